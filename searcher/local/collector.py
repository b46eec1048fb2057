"""A Whoosh collector that scores whole posting lists at a time.

Plain words are ranked by `plain_words`. Every other query is carried out branch by branch, each giving the scores of
all articles as an array; whatever is none of the queries known here goes through Whoosh's own matchers, one article at
a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from whoosh.collectors import Collector
from whoosh.query import And, AndMaybe, AndNot, Every, Or, Query, Term
from whoosh.searching import Results

from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment

from ..query_limits import Partial
from .doc_address import DocAddresses
from .masks import Mask, mask_of_node
from .matched import Matched
from .ordering import FEW, in_order, likely_first
from .ranking import IdfCache
from .top_k import SCALE, PlainWord, add_up, rank
from .whoosh_queries import Leaf, MatchQuery

if TYPE_CHECKING:
    from numpy.typing import NDArray

Order: TypeAlias = "Callable[[LiveSegment, NDArray[np.intp], NDArray[np.float64]], NDArray[np.float64]]"
"""From articles of a segment and their scores to the keys they are sorted by, highest first."""

_UNIT = SCALE * LEVELS


class Matches(NamedTuple):
    """Which articles of a segment match, what they score, and which of them have all plain words of the query."""

    found: Mask
    scores: NDArray[np.int64]
    complete: Mask

    def within(self, mask: Mask) -> Matches:
        """The same of only some articles."""
        return Matches(self.found & mask, self.scores * mask, self.complete & mask)


_Taken: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]"  # keys, articles, scores


class ArrayCollector(Collector):  # type: ignore[misc]
    """Collects the best ``limit`` articles, and counts those that match and those with all plain words.

    Of equally good ones the first by id are taken.
    """

    def __init__(
        self,
        rarities: IdfCache,
        limit: int,
        mask: Callable[[LiveSegment], Mask | None],
        order: Order | None = None,
        only_all: bool = False,
        matched: Matched | None = None,
    ) -> None:
        self._rarities = rarities
        self._limit = limit
        self._mask = mask
        self._order = order
        self._only_all = only_all
        self._given = matched
        self._taken: list[_Taken] = []
        self.matched: list[tuple[LiveSegment, Mask, Mask]] = []  # of each segment: that match, and that have all
        self.total = 0
        self.total_all = 0

    def prepare(self, top_searcher: Any, q: Query, context: Any) -> None:
        """Starts a search."""
        super().prepare(top_searcher, q, context)
        self._taken, self.matched = [], []
        self.total = self.total_all = 0
        self._readers: list[SegmentReader] = [leaf.reader() for leaf, _ in top_searcher.leaf_searchers()]
        self._id_of = DocAddresses(self._readers).id
        self._leaves = self._given or Matched(self._readers)
        self._leaf_worths: dict[Leaf, float] = {}

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Goes to the next segment."""
        self.subsearcher, self.offset = subsearcher, offset

    def collect_matches(self) -> None:
        """Scores one segment."""
        reader: SegmentReader = self.subsearcher.reader()
        mask = self._mask(reader.live)
        words = _plain_words(self.q)
        if words is not None and self._limit and self._order is None and not self._only_all:
            total, total_all, docs, scores = rank(self._weighed(words), reader, self._limit, mask)
            self.total += total
            self.total_all += total_all
            self._take(reader.live, docs, scores)
            return
        matches = self._evaluate(self.q, reader) if words is None else self._add_up(words, reader)
        if (searched := self._leaves.searched(reader)) < len(reader.columns):
            matches = matches.within(np.arange(len(reader.columns)) < searched)
        found, scores, complete = matches if mask is None else matches.within(mask)
        self.total += int(np.count_nonzero(found))
        self.total_all += int(np.count_nonzero(complete))
        self.matched.append((reader.live, found, complete))
        if self._only_all:
            found, scores = complete, scores * complete
        if self._limit:
            docs = np.flatnonzero(found)
            self._take(reader.live, docs, scores[docs])

    # -- the best ----------------------------------------------------------------------------------------------

    def _take(self, live: LiveSegment, docs: NDArray[np.intp], scores: NDArray[np.int64]) -> None:
        """Remembers those of some articles of a segment that may be among the best."""
        real = scores / _UNIT
        keys = real if self._order is None else self._order(live, docs, real)
        if len(docs) > self._limit + FEW:
            likely = likely_first(keys, docs, live.segment, self._limit)
            keys, docs, real = keys[likely], docs[likely], real[likely]
        self._taken.append((keys, docs + self.offset, real))

    def best(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best articles by their numbers over all segments, and their scores; equals in the order of ids."""
        if not self._taken:
            return np.zeros(0, np.int64), np.zeros(0)
        keys, numbers, scores = (
            map(np.concatenate, zip(*self._taken, strict=True)) if len(self._taken) > 1 else self._taken[0]
        )
        best = in_order(keys, numbers, self._id_of, self._limit)
        return numbers[best], scores[best]

    def all_ids(self) -> list[int]:
        """The articles collected, in no order."""
        return [number for _, numbers, _ in self._taken for number in numbers.tolist()]

    @property
    def partial(self) -> Partial | None:
        """Which limit was reached, when not all articles were searched."""
        return self._given.partial if self._given else None

    def count(self) -> int:
        """How many articles matched."""
        return self.total

    def results(self) -> Results:
        """The best articles as Whoosh's results."""
        numbers, scores = self.best()
        results = Results(self.top_searcher, self.q, list(zip(scores.tolist(), numbers.tolist(), strict=True)))
        results.collector = self
        return results

    # -- words -------------------------------------------------------------------------------------------------

    def _add_up(self, words: list[Term], reader: SegmentReader) -> Matches:
        """Plain words: which articles have one, and which all."""
        scores, counts = add_up(self._weighed(words), reader)
        return Matches(counts > 0, scores, counts == len(words))

    def _weighed(self, words: list[Term]) -> list[PlainWord]:
        return [PlainWord(word.text, self._worth(word)) for word in words]

    def _worth(self, q: Query) -> int:
        """What an impact of 1 of a word or a leaf counts, as a whole number."""
        real = self._leaf_worth(q) if isinstance(q, Leaf) else q.boost * self._rarities.of(q.text)
        return max(1, round(real * SCALE))

    def _leaf_worth(self, q: Leaf) -> float:
        worth = self._leaf_worths.get(q)
        if worth is None:
            worth = self._leaf_worths[q] = self._leaves.worth(q.node) if q.scores else 0.0  # type: ignore[arg-type]
        return worth

    # -- branches ----------------------------------------------------------------------------------------------

    def _evaluate(self, q: Query, reader: SegmentReader) -> Matches:
        """Any query, branch by branch."""
        if _is_plain(q):
            return self._add_up([q], reader)
        if isinstance(q, Leaf):
            return self._leaf(q, reader)
        if isinstance(q, Every) and q.fieldname is None:
            return _without_scores(_live(reader))
        combine = _BRANCHES.get(type(q))
        branches = list(q.children())
        if combine is None or not branches or q.boost != 1 or getattr(q, "scale", None):
            return self._walk(q, reader)
        return combine(self._each(q, branches, reader))

    def _each(self, q: Query, branches: list[Query], reader: SegmentReader) -> Iterator[Matches]:
        """The branches of a query, one after another; words of which any will do, as one."""
        words = [branch for branch in branches if _is_plain(branch)] if type(q) in (MatchQuery, Or) else []
        if len(words) > 1:
            yield self._add_up(words, reader)
            branches = [branch for branch in branches if not _is_plain(branch)]
        for branch in branches:
            yield self._evaluate(branch, reader)

    def _leaf(self, q: Leaf, reader: SegmentReader) -> Matches:
        if not q.scores:
            mask = mask_of_node(reader.live, q.node)  # type: ignore[arg-type]
            return _without_scores(mask & _live(reader))
        found = self._leaves.found(reader, q.node)  # type: ignore[arg-type]
        return _scored(len(reader.columns), found.docs, found.impacts * self._worth(q))

    def _walk(self, q: Query, reader: SegmentReader) -> Matches:
        """By Whoosh's matchers: all that they match, scored one by one."""
        docs, scores = [], []
        matcher = q.matcher(self.subsearcher, self.context)
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(round(matcher.score() * _UNIT))
            matcher.next()
        matches = _scored(len(reader.columns), np.array(docs, np.intp), np.array(scores, np.int64))
        live = _live(reader)
        return Matches(matches.found & live, matches.scores * live, matches.complete & live)


def _plain_words(q: Query) -> list[Term] | None:
    """The words of a query that is nothing but plain words, or None for any other."""
    words = q.subqueries if type(q) is MatchQuery else [q]
    return words if all(map(_is_plain, words)) else None


def _is_plain(q: Query) -> bool:
    return type(q) is Term and q.fieldname == ALL_TEXT and q.boost > 0


def _live(reader: SegmentReader) -> Mask:
    mask = reader.live.mask
    return np.ones(len(reader.columns), np.bool_) if mask is None else mask


def _scored(articles: int, docs: NDArray[np.intp], scores: NDArray[np.int64]) -> Matches:
    found, dense = np.zeros(articles, np.bool_), np.zeros(articles, np.int64)
    found[docs], dense[docs] = True, scores
    return Matches(found, dense, found)


def _without_scores(found: Mask) -> Matches:
    return Matches(found, np.zeros(len(found), np.int64), found)


def _any(parts: Iterator[Matches]) -> Matches:
    found, scores, _ = reduce(_either, parts)
    return Matches(found, scores, found)


def _bag(parts: Iterator[Matches]) -> Matches:
    return reduce(_either, parts)


def _either(one: Matches, other: Matches) -> Matches:
    return Matches(one.found | other.found, one.scores + other.scores, one.complete & other.complete)


def _all(parts: Iterator[Matches]) -> Matches:
    found, scores, complete = reduce(_both, parts)
    return Matches(found, scores * found, complete)


def _both(one: Matches, other: Matches) -> Matches:
    return Matches(one.found & other.found, one.scores + other.scores, one.complete & other.complete)


def _preferring(parts: Iterator[Matches]) -> Matches:
    required, optional = parts
    return Matches(
        required.found,
        (required.scores + optional.scores) * required.found,
        required.complete & optional.complete,
    )


def _without(parts: Iterator[Matches]) -> Matches:
    kept, barred = parts
    allowed = ~barred.found
    return Matches(kept.found & allowed, kept.scores * allowed, kept.complete & allowed)


_BRANCHES: dict[type[Query], Callable[[Iterator[Matches]], Matches]] = {
    MatchQuery: _bag,
    Or: _any,
    And: _all,
    AndMaybe: _preferring,
    AndNot: _without,
}
