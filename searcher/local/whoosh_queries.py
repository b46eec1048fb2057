"""Plans as Whoosh queries. Whoosh's own classes where it has them; our leaves where it knows no such thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import Matcher, NullMatcher
from whoosh.query import And, AndMaybe, AndNot, Every, NullQuery, Or, Query, Term

from khabarjoo.index.bm25f import LEVELS
from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

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
    Terms,
    Word,
)
from .masks import mask_of_node
from .matched import Matched

if TYPE_CHECKING:
    from numpy.typing import NDArray


class MatchQuery(Or):  # type: ignore[misc]
    """Plain words: a disjunction of which is also counted how many articles match all."""


class Leaf(Query):  # type: ignore[misc]
    """A leaf of a plan that Whoosh has no class for."""

    boost = 1.0

    def __init__(self, node: Word | Exact | Pattern | Fuzzy | Near | Terms | DateRange) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"Leaf({self.node!r})"

    @property
    def scores(self) -> bool:
        """Whether articles get a score by it, or are only let through."""
        return not isinstance(self.node, Terms | DateRange)

    def worth(self, readers: list[SegmentReader]) -> float:
        """What an impact of 1 counts: how rare the match is over all segments, and its boost."""
        return 0.0 if isinstance(self.node, Terms | DateRange) else Matched(readers).worth(self.node)

    def estimate_size(self, ixreader: Any) -> int:
        """At most how many articles of a reader match; Whoosh takes its branches in an order by it."""
        articles: int = ixreader.doc_count_all()
        return articles

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """A matcher over the articles of one segment, for queries that Whoosh carries out."""
        reader: SegmentReader = searcher.reader()
        if isinstance(self.node, Terms | DateRange):
            docs = np.flatnonzero(mask_of_node(reader.live, self.node))
            return ArrayMatcher(docs, np.zeros(len(docs))) if len(docs) else NullMatcher()
        matched = Matched([leaf.reader() for leaf, _ in searcher.get_parent().leaf_searchers()])
        found = matched.found(reader, self.node)
        scores = found.impacts * (matched.worth(self.node) / LEVELS)
        return ArrayMatcher(found.docs, scores) if len(found.docs) else NullMatcher()


class ArrayMatcher(Matcher):  # type: ignore[misc]
    """Walks articles whose scores are known."""

    def __init__(self, docs: Docs, scores: NDArray[np.float64], place: int = 0) -> None:
        self._docs = docs
        self._scores = scores
        self._place = place

    def is_active(self) -> bool:
        """Whether there is a current article."""
        return self._place < len(self._docs)

    def reset(self) -> None:
        """Goes back to the first article."""
        self._place = 0

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same place."""
        return ArrayMatcher(self._docs, self._scores, self._place)

    def id(self) -> int:
        """The current article."""
        return int(self._docs[self._place])

    def all_ids(self) -> Iterator[int]:
        """Every article."""
        return iter(self._docs.tolist())

    def next(self) -> None:
        """Goes to the next article."""
        self._place += 1

    def skip_to(self, id: int) -> None:
        """Goes to the first article that is not before the one given."""
        self._place += int(np.searchsorted(self._docs[self._place :], id))

    def supports(self, astype: str) -> bool:
        """Only scores are known."""
        return False

    def value(self) -> bytes:
        """Nothing is known of the match but its score."""
        return b""

    def value_as(self, astype: str) -> Any:
        """Nothing is known of the match but its score."""
        raise NotImplementedError(astype)

    def weight(self) -> float:
        """The score of the current article."""
        return self.score()

    def score(self) -> float:
        """The score of the current article."""
        return float(self._scores[self._place])


def whoosh_query(node: Node) -> Query:
    """A plan's node, and all below it, as a Whoosh query."""
    match node:
        case Word(field=""):
            return Term(ALL_TEXT, node.lemma, boost=node.boost)
        case Word() | Exact() | Pattern() | Fuzzy() | Near() | Terms() | DateRange():
            return Leaf(node)
        case Match(parts=parts):
            return MatchQuery([whoosh_query(part) for part in parts]) if parts else NullQuery
        case AnyOf(parts=parts):
            return Or([whoosh_query(part) for part in parts]) if parts else NullQuery
        case AllOf(parts=parts):
            return And([whoosh_query(part) for part in parts]) if parts else NullQuery
        case Boosting(required=required, optional=optional):
            return AndMaybe(whoosh_query(required), whoosh_query(optional))
        case Exclude(kept=kept, barred=barred):
            return AndNot(whoosh_query(kept), whoosh_query(barred))
        case MatchAll():
            return Every()
        case MatchNone():
            return NullQuery
