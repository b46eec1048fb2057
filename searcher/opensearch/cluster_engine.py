"""The engine on an OpenSearch cluster.

The server finds what matches and brings the best articles by a score that is ours (`server_queries`); those are made a
segment in memory (`window`), scored once more to the last digit, and read closely by the same code as articles of an
index in a folder. So both give the same page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION, default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.errors import AnalyzerMismatch, StoreError
from khabarjoo.index.opensearch.address import ClusterAddress, read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_layout import Layout, open_layout
from khabarjoo.index.opensearch.cluster_sink import word_counts
from khabarjoo.index.opensearch.vocabulary_log import WordCounts

from ..engine import Answer, Correction, Found, NameKind, Share, Sort, WordForm
from ..local.collapse import FOLDED
from ..local.column_engine import words_of
from ..local.correction_check import may_be_wrong
from ..local.facet_counts import check_facets, check_period, commonest, timeline_of
from ..local.feedback import topic_of
from ..local.marking import IndexedMarking
from ..local.ranking import RANKING
from ..local.statement_search import matching as matching_statements
from ..local.statement_search import numbers_within, speakers_counted, statements_in
from ..query.plan import Match, Node, Plan, Said, Word, plain_words
from ..query_limits import Partial
from ..results import FacetName, Facets, PeriodName, Stats, Timeline
from ..snippets import Marking
from .candidates import explain, fold, rank, score
from .server_counts import ServerCounts
from .server_idf import ServerIdf
from .server_names import ServerNames
from .server_queries import complete, filtered, leaves, matching, scoring, scoring_complete
from .server_search import BEST_FIRST, ServerSearch
from .window import Place, place_of, segment_place

if TYPE_CHECKING:
    from khabarjoo.analyzers.reported_speech import Statement
    from khabarjoo.index.opensearch import address as addresses

_MARGIN = 10  # more articles than are read closely, as the server's scores are rounded
_CANDIDATES = 100  # where it does not know ours, as of what asks how words stand


def open_cluster(address: str | addresses.Place) -> ClusterEngine:
    """Opens an index on a cluster. Raises WrongAddress, NoIndex, AnalyzerMismatch, or a ClusterError."""
    if not isinstance(address, ClusterAddress):
        address = read_address(str(address))
    cluster = Cluster(address)
    try:
        cluster.require_version()
        layout = open_layout(cluster)
        if layout.analyzer not in (ANALYZER_VERSION, ANALYZER_VERSION - 1):
            raise AnalyzerMismatch(str(address), layout.analyzer, ANALYZER_VERSION)
        return ClusterEngine(cluster, layout)
    except Exception:
        cluster.close()
        raise


class ClusterEngine:
    """Answers plans over an index on a cluster, as it is while it is asked."""

    def __init__(self, cluster: Cluster, layout: Layout) -> None:
        self._cluster = cluster
        self._layout = layout
        self._index = layout.articles
        self._idf = ServerIdf(cluster, self._index)
        self._counts = ServerCounts(cluster, self._index)
        self._server = ServerSearch(cluster, self._index, speakers=layout.speakers > 0)
        self._names = ServerNames(self._counts)
        self._counted_words: tuple[int, WordCounts] | None = None

    @property
    def path(self) -> str:
        """The address."""
        return str(self._cluster.address)

    @property
    def name(self) -> str:
        """The address."""
        return self.path

    @property
    def fell_back(self) -> str:
        """Never anything: the server has one state."""
        return ""

    @property
    def tells_speakers(self) -> bool:
        """Whether the index was made to tell who said what."""
        return self._layout.speakers > 0

    def speakers(self, wanted: Sequence[str]) -> dict[str, int]:
        """See `Engine`."""
        return speakers_counted(((name, n) for name, n in self._word_counts().speakers.items() if n > 0), wanted)

    def statements(self, article: Found, said: Said) -> list[Statement]:
        """See `Engine`. They are read again in the stored article."""
        reader, number = segment_place(article.place)
        numbers = numbers_within(reader, number, matching_statements(reader, said))
        return statements_in(self.read(article), numbers, said)

    @property
    def is_behind(self) -> bool:
        """Whether the analyzer before this one made the index."""
        return self._layout.analyzer != ANALYZER_VERSION

    @property
    def is_outdated(self) -> bool:
        """Never: the server answers from what is there now."""
        return False

    def __len__(self) -> int:
        return self._idf.documents

    # -- plans -------------------------------------------------------------------------------------------------

    def search(
        self, plan: Plan, limit: int, *, offset: int = 0, sort: Sort = "relevance", collapse: bool = False
    ) -> Answer:
        """See `Engine`."""
        plan = self._names.resolve(plan)
        self._idf.learn(leaves(plan.root))
        last = offset + limit
        reach, closely = (last + FOLDED, FOLDED) if collapse else (last, 0)
        if sort == "relevance":
            answer = self._best(plan, reach, closely)
        else:
            answer = self._by_date(plan, reach, max(closely, min(reach, _MARGIN)), newest=sort == "newest")
        if not collapse:
            return answer._replace(hits=answer.hits[offset:last])
        kept, copies = fold(answer.hits[:FOLDED], last)
        shown = [*kept, *answer.hits[FOLDED:]][offset:last]
        return answer._replace(hits=shown, copies={hit.id: copies[hit.id] for hit in shown if hit.id in copies})

    def _best(self, plan: Plan, reach: int, closely: int = 0) -> Answer:
        """The first ``reach`` articles by relevance; so many are read closely at least."""
        words = list(words_of(plan.root))
        closely = max(closely, _closely(plan.root)) if reach else 0
        answer = self._scored(plan, max(reach, closely), closely)
        if not reach:
            return answer
        first, names = self._with_names(plan, words, answer.hits[:closely], answer.total_all)
        ranked = rank(plan.root, first, words, self._idf, names)
        there = {hit.id for hit in first} if names else ()
        others = [hit for hit in answer.hits[closely:] if hit.id not in there]
        return answer._replace(hits=[*ranked.hits, *others][:reach])

    def _with_names(
        self, plan: Plan, words: Sequence[Word], first: Sequence[Found], total_all: int
    ) -> tuple[Sequence[Found], Collection[str]]:
        """The articles read closely; where a person is named, with those that have all words, and the ids of these."""
        if not total_all or not any(word.after for word in words):
            return first, ()
        every = scoring_complete(plan.root, self._idf.worth)
        most = RANKING.window_of_names + _MARGIN
        named = self._server.search(plan, every, most, BEST_FIRST, most).hits
        both = {hit.id: hit for hit in (*first, *named)}.values()
        places = [place_of(hit) for hit in both]
        window = self._server.given([place.window.documents[place.number] for place in places])
        found = [hit._replace(place=Place(window, number)) for number, hit in enumerate(both)]
        return found, {hit.id for hit in named}

    def _scored(self, plan: Plan, wanted: int, closely: int) -> Answer:
        return self._server.search(plan, scoring(plan.root, self._idf.worth), wanted, BEST_FIRST, closely)

    def _by_date(self, plan: Plan, reach: int, closely: int, *, newest: bool) -> Answer:
        """The newest or oldest of the articles that have all plain words, or any when none has all."""
        order = {"order": "desc" if newest else "asc", "missing": "_last"}
        by_date: list[dict[str, Any]] = [{"published": order}, {"id": "asc"}]
        every = scoring_complete(plan.root, self._idf.worth)
        answer = self._server.search(plan, every, reach, by_date, closely)
        if answer.total:
            counts = self._server.search(plan, matching(plan.root), 0, by_date, 0)
            answer = answer._replace(total=counts.total, total_all=counts.total_all)
        else:
            answer = self._server.search(plan, scoring(plan.root, self._idf.worth), reach, by_date, closely)
        first = answer.hits[:closely]
        if not first:
            return answer
        scores = score(plan.root, place_of(first[0]).window.reader, self._idf).tolist()
        exact = [hit._replace(score=value) for hit, value in zip(first, scores, strict=True)]
        return answer._replace(hits=[*exact, *answer.hits[closely:]])

    def facets(self, plan: Plan, by: Sequence[FacetName], limit: int) -> Facets:
        """See `Engine`. Raises ValueError for another facet, or a negative limit."""
        check_facets(by, limit)
        query, articles, of_all = self._counted(plan)
        counted = tuple(commonest(name, self._counts.of_facet(query, name), limit) for name in dict.fromkeys(by))
        return Facets("", "all" if of_all else "any", articles, counted)

    def timeline(self, plan: Plan, by: PeriodName | None) -> Timeline:
        """See `Engine`. Raises ValueError for another period."""
        check_period(by)
        query, articles, of_all = self._counted(plan)
        return timeline_of(self._counts.months(query), articles, by, "all" if of_all else "any")

    def _counted(self, plan: Plan) -> tuple[dict[str, Any], int, bool]:
        """What matches the articles with all plain words, or any when none has all; how many, and whether it is all."""
        plan = self._names.resolve(plan)
        counts = self._server.search(plan, matching(plan.root), 0, BEST_FIRST, 0)
        of_all = counts.total_all > 0 or not counts.total
        query = complete(plan.root) if of_all else matching(plan.root)
        return filtered(query, plan.filters), counts.total_all if of_all else counts.total, of_all

    def explain(self, plan: Plan, article: Found) -> list[Share] | None:
        """See `Engine`."""
        plan = self._names.resolve(plan)
        self._idf.learn(leaves(plan.root))
        ids = {"term": {"id": article.id}}
        if not self._cluster.count(
            self._index, filtered({"bool": {"filter": [ids, matching(plan.root)]}}, plan.filters)
        ):
            return None
        shares = explain(plan.root, article, self._idf)
        if shares is None:
            return None
        return [*shares, *(Share(*added) for added in self._second_stage(plan, article).items())]

    def _second_stage(self, plan: Plan, article: Found) -> dict[str, float]:
        closely = _closely(plan.root)
        words = list(words_of(plan.root))
        answer = self._scored(plan, closely, closely)
        hits, names = self._with_names(plan, words, answer.hits, answer.total_all)
        rescored = rank(plan.root, hits, words, self._idf, names).rescored
        if rescored is None:
            return {}
        ids = [hits[number].id for number in rescored.numbers.tolist()]
        return rescored.parts(ids.index(article.id)) if article.id in ids else {}

    def partial(self, plan: Plan) -> Partial | None:
        """Returns None: what the server cannot answer whole is an error."""
        return None

    def similar(self, article: Found, limit: int) -> Answer:
        """See `Engine`."""
        reader, number = segment_place(article.place)
        topic = topic_of([(reader, np.array([number]), np.ones(1))], RANKING.similar_keywords)
        plan = Plan(Match(tuple(Word(lemma, (), weight / LEVELS) for lemma, weight in topic.items())))
        self._idf.learn(leaves(plan.root))
        closely = limit + 1 + _MARGIN
        answer = self._scored(plan, closely, closely)
        best = rank(plan.root, answer.hits, (), self._idf).hits
        others = [hit for hit in best if hit.id != article.id][:limit]
        return Answer(max(answer.total - 1, 0), max(answer.total_all - 1, 0), others)

    def correct(self, text: str, plan: Plan, complete: int) -> Correction | None:
        """See `Engine`."""
        words = list(words_of(plan.root))
        self._idf.learn(words)
        if not may_be_wrong(text, words, complete, self._idf.frequency):
            return None
        from .cluster_vocabulary import ClusterSuggester, ClusterVocabulary

        vocabulary = ClusterVocabulary(self._cluster, self._index, self._word_counts(), len(self))
        return ClusterSuggester(vocabulary, default_analyzer(), self._matching).correct(text, complete)

    def _matching(self, plan: Plan) -> int:
        """How many articles a plan matches."""
        resolved = self._names.resolve(plan)
        return self._cluster.count(self._index, filtered(matching(resolved.root), resolved.filters))

    def _word_counts(self) -> WordCounts:
        """The vocabulary, read anew when the number of articles has changed."""
        articles = len(self)
        if self._counted_words is None or self._counted_words[0] != articles:
            self._counted_words = articles, word_counts(self._cluster, self._layout)
        return self._counted_words[1]

    # -- articles ----------------------------------------------------------------------------------------------

    def find(self, id: str) -> Found | None:
        """See `Engine`."""
        return self._server.find(id)

    def read(self, article: Found) -> Article:
        """See `Engine`."""
        place = place_of(article)
        return place.window.article(place.number)

    def origin(self, article: Found) -> str:
        """See `Engine`."""
        place = place_of(article)
        return place.window.origin(place.number)

    def all(self) -> Iterator[Found]:
        """See `Engine`: in the order of ids."""
        return self._server.all()

    def marking(self, root: Node) -> Marking:
        """See `Engine`."""
        return IndexedMarking(root, default_analyzer(), segment_place)

    # -- the whole ---------------------------------------------------------------------------------------------

    def names(self, kind: NameKind) -> dict[str, int]:
        """See `Engine`."""
        total = self._counts.names({"match_all": {}}, kind)
        return {name: total[name] for name in sorted(total, key=lambda name: (-total[name], name))}

    def vocabulary(self, most: int) -> list[WordForm]:
        """See `Engine`."""
        from .cluster_vocabulary import LoggedWords

        return LoggedWords(self._word_counts(), most).forms()

    def dates(self) -> tuple[datetime, datetime] | None:
        """See `Engine`."""
        return self._counts.dates({"match_all": {}})

    def stats(self) -> Stats:
        """See `Engine`. The size is that of one copy of each shard."""
        first, last = self.dates() or (None, None)
        return Stats(
            articles=len(self),
            dated=self._cluster.count(self._index, {"exists": {"field": "published"}}),
            first=first,
            last=last,
            sources=self.names("source"),
            categories=self.names("category"),
            terms=sum(count > 0 for count in self._word_counts().lemmas.values()),
            size_bytes=self._layout.size_bytes(self._cluster),
            analyzer_version=self._layout.analyzer,
            path=self.path,
        )

    # -- the engine --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Does nothing: nothing can be told without asking."""

    def require_flawless(self) -> None:
        """Does nothing: documents are not checked as a whole; see ``khabarjoo verify``."""

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged's like for a document that is none of ours."""
        if isinstance(error, ValueError) and "is not that of an article" in str(error):
            raise StoreError(self.path, f"{self.path} is damaged ({error}); make it again with --rebuild") from error

    def close(self) -> None:
        """See `Engine`."""
        self._cluster.close()


def _closely(root: Node) -> int:
    """How many articles are read closely: more than are ordered anew, as the server's scores are near to ours only."""
    return RANKING.window + _MARGIN if plain_words(root) is not None else _CANDIDATES
