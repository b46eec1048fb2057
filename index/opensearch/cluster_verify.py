"""Whether an index on a cluster is whole: its shards, its versions, its counts, and a sample of its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION, default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import bulk_analyzer
from khabarjoo.analyzers.reported_speech import SPEECH_VERSION, name_key

from ..article import Article
from .address import ClusterAddress
from .cluster import Cluster
from .cluster_layout import Layout, open_layout
from .cluster_sink import word_counts
from .document_speech import READ_WITH_SPEAKERS, add_speech, statements, words_and_speech
from .documents import article_of, document_id, documents, inverted_of, term_of

_COMPARED = 20  # words that the server counts again


@dataclass
class ClusterVerification:
    """What was found: what is wrong, and how much was looked at."""

    articles: int = 0
    analysed_again: int = 0
    size_bytes: int = 0
    damage: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damage


def verify_cluster(address: ClusterAddress, sample: int) -> ClusterVerification:
    """Compares shards, counts and ``sample`` articles with what they should be. Raises NoIndex, or a ClusterError.

    Articles of the sample are analysed again, where this version of the analyzer made the index.
    """
    cluster = Cluster(address)
    try:
        cluster.require_version()
        layout = open_layout(cluster)
        done = ClusterVerification(cluster.count(layout.articles, {"match_all": {}}), 0, layout.size_bytes(cluster))
        done.damage += _shards(cluster, layout)
        done.damage += _unfinished(cluster, layout)
        done.damage += _nameless(cluster, layout)
        done.damage += _words(cluster, layout)
        for id, why in _sampled(cluster, layout, sample, done):
            done.damage.append(f"article {id}: {why}")
        return done
    finally:
        cluster.close()


def _shards(cluster: Cluster, layout: Layout) -> Iterator[str]:
    for index in (layout.articles, layout.log):
        health = cluster.ask(lambda client, index=index: client.cluster.health(index=index))  # type: ignore[misc]
        if health["status"] == "red":
            yield f"{index}: {health['unassigned_shards']} shards are on no node"


def _unfinished(cluster: Cluster, layout: Layout) -> Iterator[str]:
    if cluster.count(layout.log, {"term": {"kind": "run"}}):
        yield "a run is at work, or ended before its time; the next khabarjoo index counts its words anew"


def _nameless(cluster: Cluster, layout: Layout) -> Iterator[str]:
    if count := cluster.count(layout.articles, {"bool": {"must_not": [{"exists": {"field": "id"}}]}}):
        yield f"{count:,} articles have no id"


def _words(cluster: Cluster, layout: Layout) -> Iterator[str]:
    """Compares the commonest words of the log with what the server counts."""
    try:
        lemmas = word_counts(cluster, layout).lemmas
    except ValueError as error:
        yield str(error)
        return
    for lemma, count in lemmas.most_common(_COMPARED):
        if count != cluster.count(layout.articles, {"term": {"lemmas": term_of(lemma)}}):
            yield f"the log counts {count:,} articles with “{lemma}”, and the index has others"
            return


def _sampled(cluster: Cluster, layout: Layout, sample: int, done: ClusterVerification) -> Iterator[tuple[str, str]]:
    """Reads articles drawn at random, and analyses them again."""
    draw = {"function_score": {"query": {"match_all": {}}, "random_score": {}, "boost_mode": "replace"}}
    body: dict[str, Any] = {"query": draw, "size": min(sample, 10_000), "_source": READ_WITH_SPEAKERS}
    if not body["size"]:
        return
    bulk = bulk_analyzer(default_analyzer(), keeps_words=layout.speakers > 0)
    for hit in cluster.search(layout.articles, body)["hits"]["hits"]:
        document = hit["_source"]
        try:
            article, told = article_of(document), _told(document)
        except ValueError as error:
            yield hit["_id"], str(error)
            continue
        if document_id(article.id) != hit["_id"]:
            yield hit["_id"], f"it holds the article {article.id}"
        elif layout.analyzer == ANALYZER_VERSION:
            again = _made_again(article, str(document.get("origin", "")), bulk, layout)
            if any(again.get(name) != document.get(name) for name in ("title", "lead", "body", "published")):
                yield article.id, "its words are not those that were indexed"
            elif layout.speakers == SPEECH_VERSION and _told(again) != told:
                yield article.id, "it tells otherwise who said what"
            done.analysed_again += 1


def _told(document: Mapping[str, Any]) -> list[object]:
    """Who says what in a document, in whichever spelling: articles sent together share the first."""
    return [(name_key(one.name), *one[1:]) for one in statements(document)]


def _made_again(article: Article, origin: str, bulk: BulkAnalyzer, layout: Layout) -> dict[str, Any]:
    """The document of an article, made anew."""
    words, told = words_and_speech([article], bulk, speakers=layout.speakers > 0)
    ((_, document),) = documents([(article, origin)], words, inverted_of(words))
    for each in told:
        add_speech(document, each)
    return document
