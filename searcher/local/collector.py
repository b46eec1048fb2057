"""Collects the best articles of a search, segment after segment, and counts what matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment

from ..query_limits import Partial
from .doc_address import DocAddresses
from .masks import Mask
from .ordering import FEW, in_order, likely_first
from .ranking import SCALE
from .top_k import PlainWord, add_up, rank, with_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

Order: TypeAlias = "Callable[[LiveSegment, NDArray[np.intp], NDArray[np.float64]], NDArray[np.float64]]"
"""From articles of a segment and their scores to the keys they are sorted by, highest first."""

UNIT = SCALE * LEVELS
"""A score of 1, as a whole number."""


class Matches(NamedTuple):
    """Which articles of a segment match, what they score, and which of them have all plain words of the query."""

    found: Mask
    scores: NDArray[np.int64]
    complete: Mask

    def within(self, mask: Mask) -> Matches:
        """Returns the same of only some articles."""
        return Matches(self.found & mask, self.scores * mask, self.complete & mask)


def matches_of_words(words: Sequence[PlainWord], reader: SegmentReader) -> Matches:
    """Returns which articles have any of some words, and which all."""
    scores, counts = add_up(words, reader)
    return Matches(counts > 0, scores, counts == len(words))


_Taken: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]"  # keys, articles, scores


class TopCollector:
    """Collects the best ``limit`` articles, and counts those that match and those with all plain words.

    Of equally good ones the first by id are taken. Segments are given one after another, in their order.
    """

    def __init__(
        self,
        readers: Sequence[SegmentReader],
        limit: int,
        mask: Callable[[SegmentReader], Mask | None],
        order: Order | None = None,
        only_all: bool = False,
        partial: Partial | None = None,
    ) -> None:
        self._id_of = DocAddresses(readers).id
        self._limit = limit
        self._mask = mask
        self._order = order
        self._only_all = only_all
        self.partial = partial  # which limit was reached, when not all articles were searched
        self._first = 0  # the number over all segments of the next one's first article
        self._taken: list[_Taken] = []
        self.matched: list[tuple[LiveSegment, Mask, Mask]] = []  # of each segment: that match, and that have all
        self.total = 0
        self.total_all = 0

    def collect_words(self, words: Sequence[PlainWord], reader: SegmentReader) -> None:
        """Takes what matches plain words in the next segment."""
        if not self._limit or self._order is not None or self._only_all:
            self.collect(matches_of_words(words, reader), reader)
            return
        total, total_all, docs, scores = rank(words, reader, self._limit, self._mask(reader))
        self.total += total
        self.total_all += total_all
        self._take(reader, docs, scores)

    def collect_complete(self, words: Sequence[PlainWord], reader: SegmentReader) -> None:
        """Takes what has all plain words in the next segment; others are not counted."""
        docs, scores = with_all(words, reader, self._mask(reader))
        self.total_all += len(docs)
        self._take(reader, docs, scores)

    def collect(self, matches: Matches, reader: SegmentReader) -> None:
        """Takes what matched in the next segment."""
        mask = self._mask(reader)
        found, scores, complete = matches if mask is None else matches.within(mask)
        self.total += int(np.count_nonzero(found))
        self.total_all += int(np.count_nonzero(complete))
        self.matched.append((reader.live, found, complete))
        if self._only_all:
            found, scores = complete, scores * complete
        docs = np.flatnonzero(found) if self._limit else np.zeros(0, np.intp)
        self._take(reader, docs, scores[docs])

    def _take(self, reader: SegmentReader, docs: NDArray[np.intp], scores: NDArray[np.int64]) -> None:
        """Remembers those of some articles of a segment that may be among the best."""
        if len(docs):
            real = scores / UNIT
            keys = real if self._order is None else self._order(reader.live, docs, real)
            if len(docs) > self._limit + FEW:
                likely = likely_first(keys, docs, reader.columns, self._limit)
                keys, docs, real = keys[likely], docs[likely], real[likely]
            self._taken.append((keys, docs + self._first, real))
        self._first += len(reader.columns)

    def best(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Returns the best articles by their numbers over all segments, and their scores; ties in the order of ids."""
        if not self._taken:
            return np.zeros(0, np.int64), np.zeros(0)
        keys, numbers, scores = (
            map(np.concatenate, zip(*self._taken, strict=True)) if len(self._taken) > 1 else self._taken[0]
        )
        best = in_order(keys, numbers, self._id_of, self._limit)
        return numbers[best], scores[best]
