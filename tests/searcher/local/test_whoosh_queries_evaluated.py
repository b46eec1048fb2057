"""Plans as Whoosh queries: what they match, add and are called, and that Whoosh walks what they match."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from whoosh import query as whoosh

from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import Snapshot
from khabarjoo.searcher.local.collector import UNIT
from khabarjoo.searcher.local.leaf_matches import LeafMatches
from khabarjoo.searcher.local.ranking import IdfCache
from khabarjoo.searcher.local.whoosh_queries import ArrayMatcher, Leaves, QueryBuilder, SegmentQuery
from khabarjoo.searcher.local.whoosh_search import whoosh_searcher
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Terms,
    Word,
)
from tests.corpus import make_index, random_articles
from tests.searcher.brute_force import of_snapshot
from tests.searcher.random_plans import RandomPlans

باران, برف = Word("باران", ("باران",)), Word("برف", ("برف",), 2.0)


def make_snapshot(folder: Path, rng: Random) -> Snapshot:
    batches = [random_articles(rng, size, f"s{place}-") for place, size in enumerate((30, 5, 40))]
    gone = frozenset(article.id for batch in batches for article in batch if rng.random() < 0.2)
    return make_index(folder / "index", *batches, deleted=gone)


class Built:
    """Plans as queries on a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.readers = [SegmentReader(live) for live in snapshot.segments]
        self.searcher = whoosh_searcher(self.readers)

    def query(self, root: Node) -> SegmentQuery:
        leaves = Leaves()
        query = QueryBuilder(self.readers, IdfCache(self.readers)).build(root, leaves)
        leaves.matched = LeafMatches(self.readers, tuple(leaves.nodes))
        return query

    def evaluated(self, root: Node) -> dict[int, float]:
        """What a plan matches, by numbers over all segments, with the scores."""
        found, first = {}, 0
        query = self.query(root)
        for reader in self.readers:
            matches = query.evaluate(reader)
            docs = np.flatnonzero(matches.found)
            found.update(zip((first + docs).tolist(), (matches.scores[docs] / UNIT).tolist(), strict=True))
            first += len(reader.columns)
        return found

    def explained(self, root: Node) -> dict[int, float]:
        """The articles that an explanation says match, with the sums of what their leaves add."""
        found, first = {}, 0
        query = self.query(root)
        for reader in self.readers:
            for doc in reader.live.live().tolist():
                shares = query.explain(reader, doc)
                if shares is not None:
                    found[first + doc] = sum(share.value for share in shares)
            first += len(reader.columns)
        return found


@pytest.fixture(params=range(4))
def built(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Built, RandomPlans]:
    rng = Random(request.param)
    snapshot = make_snapshot(tmp_path, rng)
    plain = of_snapshot(snapshot).plain
    return Built(snapshot), RandomPlans(rng, list(plain.places), plain.articles)


def test_whooshs_own_collector_finds_what_a_query_matches(built: tuple[Built, RandomPlans]) -> None:
    index, plans = built
    compared = 0
    while compared < 40:
        root = plans.plan().root
        expected = index.evaluated(root)
        hits = index.searcher.search(index.query(root), limit=None)
        assert {number: score for score, number in hits.top_n} == pytest.approx(expected), root
        best = index.searcher.search(index.query(root), limit=3)
        assert [score for score, _ in best.top_n] == pytest.approx(sorted(expected.values(), reverse=True)[:3])
        compared += bool(expected)


def test_an_explanation_adds_up_to_the_score_of_whatever_matches(built: tuple[Built, RandomPlans]) -> None:
    index, plans = built
    compared = 0
    while compared < 25:
        root = plans.plan().root
        expected = index.evaluated(root)
        assert index.explained(root) == pytest.approx(expected, rel=1e-3, abs=1e-3), root
        compared += bool(expected)


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        (برف, whoosh.Term),
        (AnyOf((باران, برف)), whoosh.Or),
        (Match((باران, برف)), whoosh.Or),
        (AllOf((باران, برف)), whoosh.And),
        (Boosting(باران, برف), whoosh.AndMaybe),
        (Exclude(باران, برف), whoosh.AndNot),
        (MatchAll(), whoosh.Every),
    ],
)
def test_queries_are_whooshs_own_where_it_has_them(node: Node, kind: type[whoosh.Query], tmp_path: Path) -> None:
    query = Built(make_snapshot(tmp_path, Random(1))).query(node)
    assert isinstance(query, kind)
    if kind is not whoosh.Every:
        assert (ALL_TEXT, "برف") in set(query.iter_all_terms())  # type: ignore[attr-defined]


@pytest.mark.parametrize("node", [MatchNone(), Match(()), AnyOf(()), AllOf(())])
def test_nothing_matches_nothing(node: Node, tmp_path: Path) -> None:
    index = Built(make_snapshot(tmp_path, Random(1)))
    assert index.evaluated(node) == index.explained(node) == {}
    assert len(index.searcher.search(index.query(node))) == 0


@pytest.mark.parametrize(
    "node", [Word("باران", (), field="title"), Exact("باران"), Near((باران, برف)), Terms("source", ("مهر",))]
)
def test_leaves_of_our_own_are_equal_when_their_nodes_are(node: Node, tmp_path: Path) -> None:
    index = Built(make_snapshot(tmp_path, Random(1)))
    assert index.query(node) == index.query(node)
    assert hash(index.query(node)) == hash(index.query(node))
    assert index.query(node) != index.query(Exact("برف"))
    assert repr(node) in repr(index.query(node))


def test_names_are_resolved_wherever_they_stand_in_a_plan(tmp_path: Path) -> None:
    index = Built(make_snapshot(tmp_path, Random(1)))
    named, meant = Terms("source", ("باران",)), Terms("source", ("پیک باران",))
    for plan in (
        lambda node: Match((node, MatchAll())),
        lambda node: Boosting(MatchAll(), node),
        lambda node: Exclude(MatchAll(), AnyOf((node,))),
    ):
        assert index.query(plan(named)) == index.query(plan(meant))


def test_a_matcher_of_arrays_walks_and_skips() -> None:
    matcher = ArrayMatcher(np.array([2, 5, 9]), np.array([0.5, 1.0, 2.0]))
    assert list(matcher.all_ids()) == [2, 5, 9]
    matcher = ArrayMatcher(np.array([2, 5, 9]), np.array([0.5, 1.0, 2.0]))
    matcher.skip_to(3)
    assert (matcher.id(), matcher.score(), matcher.weight()) == (5, 1.0, 1.0)
    other = matcher.copy()
    matcher.next()
    assert (matcher.id(), other.id()) == (9, 5)
    matcher.skip_to(10)
    assert not matcher.is_active()
    assert not matcher.supports("positions")
