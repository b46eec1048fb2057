"""Plans as Whoosh queries that also know how to match a whole segment at once and how to explain an article.

There is a class for each kind of node. Each says in one place what the node matches (`evaluate`), what it adds to an
article's score (`explain`). Whoosh's own collectors walk what `evaluate` finds. Classes are Whoosh's where it has such,
so that their terms, their branches and how they are printed are Whoosh's too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import Matcher, NullMatcher
from whoosh.query import And, AndMaybe, AndNot, Every, Or, Query, Term

from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Share
from ..query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
    Exact,
    Exclude,
    Fuzzy,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Pattern,
    Said,
    Terms,
    Word,
)
from .collector import UNIT, Matches, matches_of_words
from .leaf_matches import LeafMatches
from .masks import Mask, known_names, mask_of_node, spelled_among
from .ranking import IdfCache, whole
from .statement_search import mask_of_said
from .top_k import PlainWord

if TYPE_CHECKING:
    from numpy.typing import NDArray

Scoring = Word | Exact | Pattern | Fuzzy | Near
"""Leaves that give a score."""


class SegmentQuery:
    """What each of the queries here knows beside what Whoosh asks of it."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles of a segment that match, with their scores."""
        raise NotImplementedError

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what each leaf adds to the score of a live article; None when it does not match."""
        raise NotImplementedError

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Walks the same articles with the same scores one by one, for Whoosh's own collectors."""
        found, scores, _ = self.evaluate(searcher.reader().segment)
        docs = np.flatnonzero(found)
        return ArrayMatcher(docs, scores[docs] / UNIT) if len(docs) else NullMatcher()


# -- leaves ------------------------------------------------------------------------------------------------------------


class WordQuery(SegmentQuery, Term):  # type: ignore[misc]
    """A word, wherever it stands."""

    def __init__(self, word: Word, rarities: IdfCache) -> None:
        super().__init__(ALL_TEXT, word.lemma, boost=word.boost)
        self.word = word
        self._rarities = rarities

    @property
    def _worth(self) -> float:
        return self.word.boost * self._rarities.of(self.word.lemma)

    @property
    def plain(self) -> PlainWord:
        """The word, and what an impact of 1 of it counts."""
        return PlainWord(self.word.lemma, whole(self._worth))

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that have the word."""
        return matches_of_words([self.plain], reader)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what the word adds."""
        return _share(self.word, *reader.decoded(self.word.lemma), doc, self._worth)


class _Leaf(SegmentQuery, Query):  # type: ignore[misc]
    """A leaf of a plan that Whoosh has no class for. Equal when their nodes are."""

    boost = 1.0

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Leaf) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.node!r})"

    def estimate_size(self, ixreader: Any) -> int:
        """Returns at most how many articles of a reader match."""
        articles: int = ixreader.doc_count_all()
        return articles


class OccurrenceQuery(_Leaf):
    """A leaf that asks how words stand: in one field, in one form, in some order."""

    node: Scoring

    def __init__(self, node: Scoring, leaves: Leaves) -> None:
        super().__init__(node)
        self._leaves = leaves

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles in which they stand so."""
        matched = self._leaves.matched
        docs, impacts = matched.found(reader, self.node)
        found, scores = np.zeros(len(reader.columns), np.bool_), np.zeros(len(reader.columns), np.int64)
        found[docs], scores[docs] = True, impacts * whole(matched.worth(self.node))
        return Matches(found, scores, found)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what that adds."""
        matched = self._leaves.matched
        return _share(self.node, *matched.found(reader, self.node), doc, matched.worth(self.node))


class FilterQuery(_Leaf):
    """Articles of some names, or of a span of time. Adds nothing."""

    node: Terms | DateRange

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that pass."""
        return _without_scores(mask_of_node(reader.live, self.node) & _live(reader))

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns no share, where an article passes."""
        return [] if mask_of_node(reader.live, self.node)[doc] else None


class SaidQuery(_Leaf):
    """Articles with a statement by somebody. Adds nothing."""

    node: Said

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that have such a statement."""
        return _without_scores(mask_of_said(reader, self.node))

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns no share, where an article has one."""
        return [] if mask_of_said(reader, self.node)[doc] else None


class EveryQuery(SegmentQuery, Every):  # type: ignore[misc]
    """Every article. Adds nothing."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns all live articles."""
        return _without_scores(_live(reader))

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns no share."""
        return []


class NothingQuery(_Leaf):
    """No article."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns no article."""
        return _without_scores(np.zeros(len(reader.columns), np.bool_))

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns None, as it matches none."""
        return None


# -- branches ----------------------------------------------------------------------------------------------------------


class AnyQuery(SegmentQuery, Or):  # type: ignore[misc]
    """Articles that match any of some queries. Words are taken together."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that match any."""
        found, scores, _ = reduce(_either, self._each(reader))
        return Matches(found, scores, found)

    def _each(self, reader: SegmentReader) -> Iterator[Matches]:
        words = [part for part in self.subqueries if isinstance(part, WordQuery)]
        if len(words) > 1:
            yield matches_of_words([word.plain for word in words], reader)
        for part in self.subqueries:
            if len(words) < 2 or not isinstance(part, WordQuery):
                yield part.evaluate(reader)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what those add that match."""
        found = [shares for part in self.subqueries if (shares := part.explain(reader, doc)) is not None]
        return list(chain.from_iterable(found)) if found else None


class MatchQuery(AnyQuery):
    """Plain words: of these it is also told which articles match all."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that match any, and those that match all."""
        return reduce(_either, self._each(reader))


class AllQuery(SegmentQuery, And):  # type: ignore[misc]
    """Articles that match all of some queries."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that match all."""
        found, scores, complete = reduce(_both, (part.evaluate(reader) for part in self.subqueries))
        return Matches(found, scores * found, complete)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what each adds."""
        found = [part.explain(reader, doc) for part in self.subqueries]
        return None if None in found else list(chain.from_iterable(found))


class BoostingQuery(SegmentQuery, AndMaybe):  # type: ignore[misc]
    """Articles that match the first query; those that match the second too score more."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that match the first."""
        required: Matches = self.a.evaluate(reader)
        optional: Matches = self.b.evaluate(reader)
        scores = (required.scores + optional.scores) * required.found
        return Matches(required.found, scores, required.complete & optional.complete)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what the first adds, and the second where it matches."""
        shares = self.a.explain(reader, doc)
        return None if shares is None else [*shares, *(self.b.explain(reader, doc) or ())]


class ExcludeQuery(SegmentQuery, AndNot):  # type: ignore[misc]
    """Articles that match the first query and do not match the second."""

    def evaluate(self, reader: SegmentReader) -> Matches:
        """Returns the articles that match the first alone."""
        kept: Matches = self.a.evaluate(reader)
        return kept.within(~self.b.evaluate(reader).found)

    def explain(self, reader: SegmentReader, doc: int) -> list[Share] | None:
        """Returns what the first adds, where the second does not match."""
        return None if self.b.explain(reader, doc) is not None else self.a.explain(reader, doc)


# -- from plans to queries ---------------------------------------------------------------------------------------------


class Leaves:
    """What the leaves of one plan match that ask how words stand. They are matched together once all are known."""

    matched: LeafMatches

    def __init__(self) -> None:
        self.nodes: dict[Scoring, None] = {}


class QueryBuilder:
    """Makes queries of plans for the segments of one index."""

    def __init__(self, readers: Sequence[SegmentReader], rarities: IdfCache) -> None:
        self._rarities = rarities
        segments = [reader.live for reader in readers]
        self._known_names = cache(lambda field: known_names(field, segments))

    def build(self, node: Node, leaves: Leaves) -> Query:
        """Returns a node, and all below it, as a query; names become those that the articles of the index have.

        What asks how words stand is added to ``leaves``, which must have them matched before the query is evaluated.
        """
        match node:
            case Word(field=""):
                return WordQuery(node, self._rarities)
            case Word() | Exact() | Pattern() | Fuzzy() | Near():
                leaves.nodes[node] = None
                return OccurrenceQuery(node, leaves)
            case Terms(field, names):
                return FilterQuery(Terms(field, spelled_among(names, self._known_names(field))))
            case DateRange():
                return FilterQuery(node)
            case Said():
                return SaidQuery(node)
            case MatchAll():
                return EveryQuery()
            case MatchNone() | Match(parts=()) | AnyOf(parts=()) | AllOf(parts=()):
                return NothingQuery(node)
            case Match(parts):
                return MatchQuery([self.build(part, leaves) for part in parts])
            case AnyOf(parts):
                return AnyQuery([self.build(part, leaves) for part in parts])
            case AllOf(parts):
                return AllQuery([self.build(part, leaves) for part in parts])
            case Boosting(required, optional):
                return BoostingQuery(self.build(required, leaves), self.build(optional, leaves))
            case Exclude(kept, barred):
                return ExcludeQuery(self.build(kept, leaves), self.build(barred, leaves))


# -- arrays ------------------------------------------------------------------------------------------------------------


def _share(leaf: Scoring, docs: Docs, impacts: NDArray[np.int64], doc: int, worth: float) -> list[Share] | None:
    place = int(np.searchsorted(docs, doc))
    if place == len(docs) or docs[place] != doc:
        return None
    return [Share(leaf, float(impacts[place]) / LEVELS * worth)]


def _live(reader: SegmentReader) -> Mask:
    mask = reader.live.mask
    return np.ones(len(reader.columns), np.bool_) if mask is None else mask


def _without_scores(found: Mask) -> Matches:
    return Matches(found, np.zeros(len(found), np.int64), found)


def _either(one: Matches, other: Matches) -> Matches:
    return Matches(one.found | other.found, one.scores + other.scores, one.complete & other.complete)


def _both(one: Matches, other: Matches) -> Matches:
    return Matches(one.found & other.found, one.scores + other.scores, one.complete & other.complete)


class ArrayMatcher(Matcher):  # type: ignore[misc]
    """Walks articles whose scores are known."""

    def __init__(self, docs: Docs, scores: NDArray[np.float64], place: int = 0) -> None:
        self._docs = docs
        self._scores = scores
        self._place = place

    def is_active(self) -> bool:
        """Returns whether there is a current article."""
        return self._place < len(self._docs)

    def copy(self) -> ArrayMatcher:
        """Returns another matcher at the same place."""
        return ArrayMatcher(self._docs, self._scores, self._place)

    def id(self) -> int:
        """Returns the current article."""
        return int(self._docs[self._place])

    def next(self) -> None:
        """Goes to the next article."""
        self._place += 1

    def skip_to(self, id: int) -> None:
        """Goes to the first article that is not before the one given."""
        self._place += int(np.searchsorted(self._docs[self._place :], id))

    def supports(self, astype: str) -> bool:
        """Returns False: only scores are known."""
        return False

    def weight(self) -> float:
        """Returns the score of the current article."""
        return self.score()

    def score(self) -> float:
        """Returns the score of the current article."""
        return float(self._scores[self._place])
