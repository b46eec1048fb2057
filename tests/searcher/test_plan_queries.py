"""Plans as Whoosh queries: our collector and Whoosh's own matchers, walking the same tree, find the same."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from brute_force import of_snapshot
from corpus import make_index, random_articles
from random_plans import RandomPlans
from whoosh import query as whoosh
from whoosh.reading import MultiReader
from whoosh.searching import Searcher

from khabarjoo.index.schema import ALL_TEXT
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import Snapshot
from khabarjoo.searcher.local.collector import ArrayCollector
from khabarjoo.searcher.local.masks import resolve_node
from khabarjoo.searcher.local.ranking import IdfCache, ImpactWeighting
from khabarjoo.searcher.local.whoosh_queries import ArrayMatcher, Leaf, MatchQuery, whoosh_query
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
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

باران, برف = Word("باران", ("باران",)), Word("برف", ("برف",), 2.0)


def make_snapshot(folder: Path, rng: Random) -> Snapshot:
    batches = [random_articles(rng, size, f"s{place}-") for place, size in enumerate((30, 5, 40))]
    gone = frozenset(article.id for batch in batches for article in batch if rng.random() < 0.2)
    return make_index(folder / "index", *batches, deleted=gone)


def searcher_of(snapshot: Snapshot) -> Searcher:
    readers = [SegmentReader(live) for live in snapshot.segments]
    return Searcher(MultiReader(readers), weighting=ImpactWeighting())


def walked(searcher: Searcher, query: whoosh.Query) -> dict[int, float]:
    """What Whoosh's matchers find, one article at a time."""
    found = {}
    for leaf, offset in searcher.leaf_searchers():
        matcher = query.matcher(leaf, leaf.context())
        while matcher.is_active():
            if not leaf.reader().is_deleted(matcher.id()):
                found[offset + matcher.id()] = matcher.score()
            matcher.next()
    return found


def collected(searcher: Searcher, query: whoosh.Query) -> tuple[dict[int, float], ArrayCollector]:
    rarities = IdfCache([leaf.reader() for leaf, _ in searcher.leaf_searchers()])
    collector = ArrayCollector(rarities, 10_000, lambda live: live.mask)
    searcher.search_with_collector(query, collector)
    numbers, scores = collector.best()
    return dict(zip(numbers.tolist(), scores.tolist(), strict=True)), collector


def nodes(node: Node) -> list[Node]:
    """A node and all below it."""
    match node:
        case Match(parts) | AnyOf(parts) | AllOf(parts):
            return [node, *(below for part in parts for below in nodes(part))]
        case Boosting(one, other) | Exclude(one, other):
            return [node, *nodes(one), *nodes(other)]
        case _:
            return [node]


def whoosh_can(root: Node) -> bool:
    """Whether Whoosh's matchers carry a plan out.

    They score what we do not (every article), lose what scores nothing in a disjunction, and let the first article
    through that is excluded.
    """
    for node in nodes(root):
        filtered = any(isinstance(each, Terms | DateRange) for each in nodes(node))
        if isinstance(node, MatchAll | Exclude) or (isinstance(node, Match | AnyOf) and filtered):
            return False
    return True


@pytest.mark.parametrize("seed", range(6))
def test_the_collector_finds_what_whooshs_matchers_find(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    snapshot = make_snapshot(tmp_path, rng)
    searcher = searcher_of(snapshot)
    plain = of_snapshot(snapshot).plain
    plans = RandomPlans(rng, list(plain.places), plain.articles)
    compared = 0
    while compared < 60:
        root = resolve_node(plans.plan().root, snapshot.segments)
        if not whoosh_can(root):
            continue
        query = whoosh_query(root)
        (found, collector), expected = collected(searcher, query), walked(searcher, query)
        assert found == pytest.approx(expected, rel=1e-4, abs=1e-4), root
        assert collector.total == len(expected)
        compared += bool(found)


@pytest.mark.parametrize("seed", range(3))
def test_an_article_has_all_words_of_a_bag_when_whoosh_finds_it_by_all(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    snapshot = make_snapshot(tmp_path, rng)
    searcher = searcher_of(snapshot)
    lemmas = [lemma for live in snapshot.segments for lemma in live.segment.lemmas]
    for _ in range(20):
        parts = [whoosh.Term(ALL_TEXT, lemma) for lemma in rng.sample(lemmas, rng.randrange(1, 4))]
        _, collector = collected(searcher, MatchQuery(parts))
        assert collector.total == len(walked(searcher, whoosh.Or(parts)))
        assert collector.total_all == len(walked(searcher, whoosh.And(parts)))


@pytest.mark.parametrize(
    ("node", "query"),
    [
        (برف, whoosh.Term(ALL_TEXT, "برف", boost=2.0)),
        (AnyOf((باران, برف)), whoosh.Or([whoosh_query(باران), whoosh_query(برف)])),
        (AllOf((باران, برف)), whoosh.And([whoosh_query(باران), whoosh_query(برف)])),
        (Boosting(باران, برف), whoosh.AndMaybe(whoosh_query(باران), whoosh_query(برف))),
        (Exclude(باران, برف), whoosh.AndNot(whoosh_query(باران), whoosh_query(برف))),
        (MatchAll(), whoosh.Every()),
        (MatchNone(), whoosh.NullQuery),
        (Match(()), whoosh.NullQuery),
        (AnyOf(()), whoosh.NullQuery),
        (AllOf(()), whoosh.NullQuery),
    ],
)
def test_whooshs_own_queries_are_used_where_it_has_them(node: Node, query: whoosh.Query) -> None:
    assert whoosh_query(node) == query


def test_a_bag_is_a_disjunction_told_from_others() -> None:
    query = whoosh_query(Match((باران, برف)))
    assert type(query) is MatchQuery
    assert isinstance(query, whoosh.Or)
    assert query.subqueries == [whoosh_query(باران), whoosh_query(برف)]


@pytest.mark.parametrize(
    "node", [Word("باران", (), field="title"), Exact("باران"), Near((باران, برف)), Terms("source", ("ایسنا",))]
)
def test_other_leaves_are_queries_of_our_own_equal_when_their_nodes_are(node: Word | Exact | Near | Terms) -> None:
    query = whoosh_query(node)
    assert type(query) is Leaf
    assert query == Leaf(node)
    assert hash(query) == hash(Leaf(node))
    assert query != Leaf(Exact("برف"))
    assert query.scores is not isinstance(node, Terms)


def test_a_filter_is_worth_nothing(tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path, Random(1))
    readers = [SegmentReader(live) for live in snapshot.segments]
    assert Leaf(Terms("source", ("ایسنا",))).worth(readers) == 0
    assert Leaf(Exact("باران")).worth(readers) > 0


def test_a_matcher_of_arrays_walks_skips_and_goes_back() -> None:
    matcher = ArrayMatcher(np.array([2, 5, 9]), np.array([0.5, 1.0, 2.0]))
    assert list(matcher.all_ids()) == [2, 5, 9]
    matcher.skip_to(3)
    assert (matcher.id(), matcher.score(), matcher.weight()) == (5, 1.0, 1.0)
    other = matcher.copy()
    matcher.next()
    assert (matcher.id(), other.id()) == (9, 5)
    matcher.skip_to(10)
    assert not matcher.is_active()
    matcher.reset()
    assert matcher.id() == 2
    assert not matcher.supports("positions")
    assert matcher.value() == b""
    with pytest.raises(NotImplementedError):
        matcher.value_as("positions")
