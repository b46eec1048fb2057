"""A Whoosh collector that scores whole posting lists at a time.

For each word of a disjunction the impacts of all its articles are added into one array of scores, an article a cell.
Each word also adds a constant above any score, so that how many of the words an article has can be read off the same
number. The best are then picked by partition. Whatever is no plain disjunction of words goes through Whoosh's own
matchers, one article at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.collectors import Collector
from whoosh.query import Every, Or, Query, Term
from whoosh.searching import Results

from index.impacts import LEVELS
from index.reader import ColumnReader
from index.schema import ALL_TEXT
from index.store import LiveSegment

from .filters import Mask
from .ranking import inverse_document_frequency

Order = Callable[[LiveSegment, NDArray[np.intp], NDArray[np.float64]], NDArray[np.float64]]
"""From articles of a segment and their scores to the keys they are sorted by, highest first."""


class ArrayCollector(Collector):  # type: ignore[misc]
    """Collects the best ``limit`` articles, and counts those with any and those with all of the words."""

    def __init__(
        self,
        limit: int,
        mask: Callable[[LiveSegment], Mask | None],
        order: Order | None = None,
        only_all: bool = False,
    ) -> None:
        self._limit = limit
        self._mask = mask
        self._order = order
        self._only_all = only_all
        self.items: list[tuple[float, int, float]] = []
        self.total = 0
        self.total_all = 0

    def prepare(self, top_searcher: Any, q: Query, context: Any) -> None:
        """Starts a search."""
        super().prepare(top_searcher, q, context)
        self.items = []
        self.total = self.total_all = 0
        self._terms = _plain_terms(q)
        readers = [reader for reader, _ in _leaves(top_searcher)]
        self._idf = []
        for term in self._terms or ():
            frequency = sum(_frequency(reader, term.text) for reader in readers)
            documents = sum(reader.doc_count() for reader in readers)
            self._idf.append(term.boost * inverse_document_frequency(documents, frequency))
        # An impact is at most 1, so no article scores as much as this.
        self._has_word = 2.0 ** math.ceil(math.log2(sum(self._idf) + 1) + 1)

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Goes to the next segment."""
        self.subsearcher, self.offset = subsearcher, offset
        if self._terms is None and not _is_every(self.q):
            self.matcher = self.q.matcher(subsearcher, self.context)

    def collect_matches(self) -> None:
        """Scores one segment."""
        reader: ColumnReader = self.subsearcher.reader()
        docs, scores, complete = self._score(reader)
        mask = self._mask(reader.live)
        if mask is not None:
            chosen = mask[docs]
            docs, scores, complete = docs[chosen], scores[chosen], complete[chosen]
        self.total += len(docs)
        self.total_all += int(np.count_nonzero(complete))
        if self._only_all:
            docs, scores = docs[complete], scores[complete]
        keys = self._order(reader.live, docs, scores) if self._order else scores
        best = _largest(keys, self._limit)
        rows = zip(keys[best].tolist(), scores[best].tolist(), (docs[best] + self.offset).tolist(), strict=True)
        self.items.extend((-key, number, score) for key, score, number in rows)

    def _score(self, reader: ColumnReader) -> tuple[NDArray[np.intp], NDArray[np.float64], Mask]:
        """The articles of a segment with any of the words, their scores, and whether they have all."""
        if _is_every(self.q):
            docs = np.arange(len(reader.columns))
            return docs, np.zeros(len(docs)), np.ones(len(docs), np.bool_)
        if self._terms is None:
            return self._walk()
        sums = np.zeros(len(reader.columns))
        for term, idf in zip(self._terms, self._idf, strict=True):
            number = reader.columns.lemma_number(term.text)
            if number >= 0:
                docs, impacts = reader.columns.postings(number)
                sums[docs] += impacts * (idf / LEVELS) + self._has_word
        docs = np.flatnonzero(sums)
        found = sums[docs]
        words = np.floor(found / self._has_word)
        return docs, found - words * self._has_word, words == len(self._terms)

    def _walk(self) -> tuple[NDArray[np.intp], NDArray[np.float64], Mask]:
        """The same by Whoosh's matchers: all that they match, scored one by one."""
        docs, scores = [], []
        matcher = self.matcher
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return np.array(docs, np.intp), np.array(scores, float), np.ones(len(docs), np.bool_)

    def all_ids(self) -> list[int]:
        """The articles collected."""
        return [number for _, number, _ in self.items]

    def count(self) -> int:
        """How many articles matched."""
        return self.total

    def results(self) -> Results:
        """The best articles as Whoosh's results, best first; equals in the order they were indexed."""
        self.items.sort()
        top = [(score, number) for _, number, score in self.items[: self._limit]]
        results = Results(self.top_searcher, self.q, top)
        results.collector = self
        return results


def _plain_terms(q: Query) -> list[Term] | None:
    """The words of a plain disjunction over all text, or None for any other query."""
    terms = list(q.subqueries) if type(q) is Or and q.boost == 1 and not q.scale else [q]
    plain = all(type(term) is Term and term.fieldname == ALL_TEXT and term.boost > 0 for term in terms)
    return terms if plain else None


def _is_every(q: Query) -> bool:
    """Whether a query is for all articles, whatever they hold."""
    return isinstance(q, Every) and q.fieldname is None


def _leaves(searcher: Any) -> list[tuple[ColumnReader, int]]:
    return [(leaf.reader(), offset) for leaf, offset in searcher.leaf_searchers()]


def _frequency(reader: ColumnReader, lemma: str) -> int:
    """How many live articles have a lemma; the deleted ones must not count, or it may be in more than there are."""
    number = reader.columns.lemma_number(lemma)
    if number < 0:
        return 0
    mask = reader.live.mask
    if mask is None:
        return reader.columns.document_frequency(number)
    return int(np.count_nonzero(mask[reader.columns.postings(number).docs]))


def _largest(keys: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """Where the ``limit`` largest keys are; of equal ones at the edge, the first."""
    if len(keys) <= limit or not limit:
        return np.arange(len(keys))[:limit]
    edge = np.partition(keys, len(keys) - limit)[len(keys) - limit]
    above = np.flatnonzero(keys > edge)
    equal = np.flatnonzero(keys == edge)[: limit - len(above)]
    return np.concatenate((above, equal))
