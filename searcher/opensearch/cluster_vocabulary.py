"""The vocabulary of an index on a cluster, read from its log: for suggestions and completion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.documents import READ, article_of, term_of
from khabarjoo.index.opensearch.vocabulary_log import FormKey, WordCounts

from ..engine import WordForm
from ..local.printed_spelling import ARTICLES_READ, printed_in
from ..local.spelling import FORMS, Similar, Vocabulary
from ..local.suggest import Suggester
from ..query.plan import Plan


class LoggedWords:
    """The ``most`` commonest forms of a log, and any as common as the last, as `index.wordlist.WordList` has them."""

    def __init__(self, counts: WordCounts, most: int) -> None:
        rows = [(key, times) for key, times in counts.forms.items() if times > 0]
        if len(rows) > most:
            edge = np.partition([times for _, times in rows], len(rows) - most)[len(rows) - most]
            rows = [row for row in rows if row[1] >= edge]
        self._keys: list[FormKey] = [key for key, _ in rows]
        self.texts = [form for form, _, _ in self._keys]
        self.counts = np.array([times for _, times in rows], np.int64)

    def __len__(self) -> int:
        return len(self._keys)

    def lemma(self, place: int) -> str:
        """Returns the lemma of a form, by its place in the list."""
        return self._keys[place][1]

    def parts(self, place: int) -> list[str]:
        """Returns the lemmas of the parts of a compound, by its place in the list."""
        return list(self._keys[place][2])

    def forms(self) -> list[WordForm]:
        """Returns all of them, as an engine tells them."""
        pairs = zip(self._keys, self.counts.tolist(), strict=True)
        return [WordForm(form, times, lemma, list(parts)) for (form, lemma, parts), times in pairs]


class ClusterVocabulary(Vocabulary):
    """The words of an index on a cluster, as suggestions ask for them."""

    def __init__(self, cluster: Cluster, index: str, counts: WordCounts, articles: int) -> None:
        super().__init__(())
        self.articles = articles
        self._cluster, self._index = cluster, index
        self._logged = counts

    def count(self, lemma: str) -> int:
        """See `Vocabulary`."""
        return self._logged.lemmas[lemma]

    def has(self, form: str, lemma: str) -> bool:
        """See `Vocabulary`."""
        return form in self._forms_of.get(lemma, ())

    def most_together(self, lemma: str, others: Iterable[str]) -> int:
        """See `Vocabulary`."""
        wanted = [{"constant_score": {"filter": _term(other)}} for other in others]
        if not wanted:
            return 0
        query = {"bool": {"filter": [_term(lemma)], "should": wanted}}
        hits = self._cluster.search(self._index, {"query": query, "size": 1, "_source": False})["hits"]["hits"]
        return round(hits[0]["_score"]) if hits else 0

    @cached_property
    def _words(self) -> LoggedWords:  # type: ignore[override]  # which has all that is asked of the list
        return LoggedWords(self._logged, FORMS)

    @cached_property
    def _forms_of(self) -> dict[str, set[str]]:
        """The forms that are of each lemma, or have it as a part."""
        found: dict[str, set[str]] = defaultdict(set)
        for (form, lemma, parts), times in self._logged.forms.items():
            if times > 0:
                for each in (lemma, *parts):
                    found[each].add(form)
        return found

    def printed(self, similar: Similar) -> Sequence[str]:
        """Returns how the first articles by id print a form."""
        body: dict[str, Any] = {
            "query": {"bool": {"filter": [_term(similar.lemma)]}},
            "size": ARTICLES_READ,
            "_source": READ,
            "sort": [{"id": "asc"}],
        }
        hits = self._cluster.search(self._index, body)["hits"]["hits"]
        prints = (printed_in(article_of(hit["_source"]), similar.form) for hit in hits)
        return [text for text in prints if text]


class ClusterSuggester(Suggester):
    """Mends queries by the words of an index on a cluster."""

    def __init__(self, vocabulary: ClusterVocabulary, analyzer: PersianAnalyzer, count: Callable[[Plan], int]) -> None:
        super().__init__((), analyzer, count)
        self._known = vocabulary

    @cached_property
    def _vocabulary(self) -> ClusterVocabulary:
        return self._known

    def _prints(self, similar: Similar) -> Iterable[str]:
        return self._known.printed(similar)


def _term(lemma: str) -> dict[str, Any]:
    return {"term": {"lemmas": term_of(lemma)}}
