"""Whoosh over our segments: a searcher of its own, which carries out the queries of `queries` a segment at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from whoosh.collectors import Collector
from whoosh.query import Query
from whoosh.reading import EmptyReader, MultiReader
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.whoosh_reader import WhooshReader

from ..query.plan import Node
from ..query.query_reading import read_query
from .collector import TopCollector
from .leaf_matches import LeafMatches
from .ranking import IdfCache, inverse_document_frequency
from .whoosh_queries import Leaves, QueryBuilder, Scoring, SegmentQuery


def whoosh_searcher(readers: Sequence[SegmentReader]) -> Searcher:
    """Returns Whoosh's searcher over some segments."""
    own = [WhooshReader(reader) for reader in readers]
    reader = own[0] if len(own) == 1 else MultiReader(own) if own else EmptyReader()
    return Searcher(reader, weighting=ImpactWeighting())


def open_whoosh(path: str | Path) -> Searcher:
    """Opens an index as Whoosh's own searcher, to be used and closed as any other; docs/whoosh.md has examples.

    Scores are those of our first stage. Raises as `searcher.open` does.
    """
    return whoosh_searcher([SegmentReader(live) for live in open_snapshot(Path(path)).segments])


def whoosh_query(text: str, searcher: Searcher) -> Query:
    """Returns a query of ours for a searcher of `open_whoosh`. Its filters and dates hold; limits do not."""
    readers = [leaf.reader().segment for leaf, _ in searcher.leaf_searchers()]
    root = read_query(text, default_analyzer()).root
    return query_of(root, readers, IdfCache(readers), lambda leaves: LeafMatches(readers, leaves))[0]


def query_of(
    root: Node,
    readers: Sequence[SegmentReader],
    rarities: IdfCache,
    match: Callable[[tuple[Scoring, ...]], LeafMatches],
) -> tuple[SegmentQuery, LeafMatches]:
    """Returns a plan as a query for some segments, and what its leaves match that ask how words stand, by ``match``."""
    leaves = Leaves()
    query = QueryBuilder(readers, rarities).build(root, leaves)
    leaves.matched = match(tuple(leaves.nodes))
    return query, leaves.matched


class SegmentCollector(Collector):  # type: ignore[misc]
    """Hands what a query matches in each segment to a `TopCollector`."""

    def __init__(self, top: TopCollector) -> None:
        self._top = top

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Goes to the next segment."""
        self.subsearcher, self.offset = subsearcher, offset

    def collect_matches(self) -> None:
        """Evaluates the query in one segment."""
        reader: SegmentReader = self.subsearcher.reader().segment
        self._top.collect(self.q.evaluate(reader), reader)


def collect(searcher: Searcher, query: Query, top: TopCollector) -> None:
    """Has Whoosh carry out one of our queries."""
    searcher.search_with_collector(query, SegmentCollector(top))


class ImpactWeighting(WeightingModel):  # type: ignore[misc]
    """The first stage for queries that Whoosh's own matchers carry out."""

    def idf(self, searcher: Any, fieldname: str, text: str | bytes) -> float:
        """Returns the inverse document frequency over all segments."""
        parent = searcher.get_parent()
        return inverse_document_frequency(parent.doc_count(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: str | bytes, qf: float = 1) -> BaseScorer:
        """Returns a scorer for one term."""
        return _ImpactScorer(searcher.idf(fieldname, text) * qf)


class _ImpactScorer(BaseScorer):  # type: ignore[misc]
    def __init__(self, idf: float) -> None:
        self._idf = idf

    def supports_block_quality(self) -> bool:
        return True

    def score(self, matcher: Any) -> float:
        return self._idf * float(matcher.weight())

    def max_quality(self) -> float:
        return self._idf

    def block_quality(self, matcher: Any) -> float:
        return self._idf
