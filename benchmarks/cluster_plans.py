"""Asks an index on a cluster and one in a folder the same random plans, of every operator; prints what differs.

    python benchmarks/cluster_plans.py opensearch://localhost:9200/plans [--plans 2000] [--seed 1]
    python benchmarks/cluster_plans.py opensearch://localhost:9200/news --folder news.index [--plans 2000] [--seed 1]

Without a folder both indexes are made of articles of random words, and removed at the end. With one, both are there
already and have the same articles.

Of each plan the totals and the first ten articles with their scores are compared; of each tenth also the pages by date,
facets and timeline. Plans are of four kinds, and count for the last that they have anything of. The first two must be
the same. Refused is what has a pattern near others that fits more words than the server takes. Prints a table, and
plans that must be the same and are not; the exit code is 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoIndex
from khabarjoo.index.opensearch.address import ClusterAddress, read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_errors import TooBroad
from khabarjoo.index.opensearch.cluster_layout import open_layout, remove
from khabarjoo.index.opensearch.cluster_sink import ClusterSink
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.engine import Engine
from khabarjoo.searcher.local.folder_engine import FolderEngine
from khabarjoo.searcher.opensearch.cluster_engine import open_cluster
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Fuzzy,
    Match,
    Near,
    Node,
    Pattern,
    Plan,
    Word,
    with_branches,
)
from khabarjoo.searcher.results import FacetName
from tests.corpus import make_index, random_articles
from tests.searcher.random_plans import RandomPlans

KINDS = ("words, booleans, filters", "phrases", "patterns, similar words", "nearness")
MUST_BE_THE_SAME = 2
"""Of the kinds, so many from the first."""

_PAGE = 10
_MADE = 300  # articles of random words
_ARTICLES_READ = 2_000  # of a folder, for the names in plans
_OFTEN = 10  # one plan in so many is compared by dates and counts too
_SHORTEST = 4  # letters of words that patterns are made of: see exactness.py
_TOLD = 10  # plans that are printed
_EPSILON = 1e-6
_NAMES: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")


@dataclass
class Tally:
    """What came of the plans of one kind; of those shown in the folder, how many the cluster's page misses."""

    plans: int = 0
    totals: int = 0
    pages: int = 0
    counts: int = 0
    shown: int = 0
    missing: int = 0
    apart: float = 0.0
    refused: int = 0

    @property
    def differing(self) -> int:
        """How often something was not the same."""
        return self.totals + self.pages + self.counts + (self.apart > _EPSILON)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares as many plans as are wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address", type=read_address)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--plans", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rng = Random(options.seed)
    tallies = [Tally() for _ in KINDS]
    told = 0
    with ExitStack() as stack:
        folder = _folder(options.folder, options.address, rng, stack)
        cluster = stack.enter_context(closing(open_cluster(options.address)))
        for number, plan in enumerate(islice(_plans(folder, rng), options.plans)):
            kind = kind_of(plan.root)
            before = tallies[kind].differing
            compare(folder, cluster, plan, tallies[kind], often=number % _OFTEN == 0)
            if kind < MUST_BE_THE_SAME and tallies[kind].differing > before and told < _TOLD:
                told += 1
                print(f"differs: {plan}", file=sys.stderr)
    _report(tallies)
    return int(any(tally.differing for tally in tallies[:MUST_BE_THE_SAME]))


def compare(folder: Engine, cluster: Engine, plan: Plan, tally: Tally, *, often: bool) -> None:
    """Asks both a plan, and counts what differs."""
    try:
        other = cluster.search(plan, _PAGE)
    except TooBroad:
        tally.plans, tally.refused = tally.plans + 1, tally.refused + 1
        return
    one = folder.search(plan, _PAGE)
    ids, others = [hit.id for hit in one.hits], [hit.id for hit in other.hits]
    tally.plans += 1
    tally.totals += (one.total, one.total_all) != (other.total, other.total_all)
    tally.pages += ids != others
    tally.shown += len(ids)
    tally.missing += len(set(ids) - set(others))
    if ids == others:
        pairs = zip(one.hits, other.hits, strict=True)
        tally.apart = max([tally.apart, *(abs(hit.score - its.score) for hit, its in pairs)])
    if often and (one.total, one.total_all) == (other.total, other.total_all):
        tally.counts += _dates_and_counts(folder, plan) != _dates_and_counts(cluster, plan)


def kind_of(root: Node) -> int:
    """The place among the kinds of the last that a plan has anything of."""
    return max(map(_kind, _nodes(root)))


def _kind(node: Node) -> int:
    match node:
        case Near(parts, slop, ordered) if len(parts) > 1:
            is_phrase = ordered and not slop and all(isinstance(part, Word | Exact) for part in parts)
            return KINDS.index("phrases" if is_phrase else "nearness")
        case Pattern() | Fuzzy() | Near(parts=(Pattern() | Fuzzy(),)):
            return KINDS.index("patterns, similar words")
        case _:
            return 0


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    below: list[Node] = []

    def note(child: Node) -> Node:
        below.append(child)
        return child

    with_branches(node, note)
    for child in below:
        yield from _nodes(child)


def _dates_and_counts(engine: Engine, plan: Plan) -> object:
    pages = [[hit.id for hit in engine.search(plan, _PAGE, sort=sort).hits] for sort in ("newest", "oldest")]
    return pages, engine.facets(plan, _NAMES, 5), engine.timeline(plan, None)


def _plans(folder: Engine, rng: Random) -> Iterator[Plan]:
    """Plans of words as often as they occur, and of any that occur at all; some with neighbours in an article."""
    words = folder.vocabulary(1_000_000)
    often = rng.choices(words, [word.times for word in words], k=20_000)
    terms = [(word.lemma, word.form, tuple(word.parts)) for word in [*often, *rng.choices(words, k=10_000)]]
    articles = [folder.read(found) for found in islice(folder.all(), _ARTICLES_READ)]
    plans = RandomPlans(rng, terms, articles, _SHORTEST)
    while True:
        plan = plans.plan()
        yield Plan(_with_neighbours(plan.root, rng.choice(articles), rng), plan.filters) if rng.random() < 0.3 else plan


def _with_neighbours(root: Node, article: Article, rng: Random) -> Node:
    """Words that stand side by side in an article, as a phrase or near one another, alone or joined to a plan."""
    tokens = list(default_analyzer().tokens(rng.choice((article.title, article.body)) or article.body))
    at, size = rng.randrange(len(tokens) or 1), rng.choice((2, 2, 3, 4))
    leaves = [Exact(t.term.form) if rng.random() < 0.3 else Word(t.term.lemma, (t.term.form,)) for t in tokens]
    near = Near(tuple(leaves[at : at + size]))
    if rng.random() < 0.3:
        near = Near(near.parts[:: rng.choice((1, -1))], rng.choice((1, 2, 5)), rng.random() < 0.5)
    return rng.choice(
        (near, Match((near, root)), AnyOf((root, near)), AllOf((root, near)), Boosting(root, near), Exclude(root, near))
    )


def _folder(path: Path | None, address: ClusterAddress, rng: Random, stack: ExitStack) -> FolderEngine:
    """The index in a folder; where none is given, one of made articles, which are put on the cluster as well."""
    if path is not None:
        return stack.enter_context(closing(FolderEngine(open_snapshot(path))))
    cluster = stack.enter_context(closing(Cluster(address)))
    try:
        open_layout(cluster)
    except NoIndex:
        pass
    else:
        sys.exit(f"{address} is there already; give its folder with --folder, or another name")
    articles = random_articles(rng, _MADE)
    sink = ClusterSink(address)
    try:
        stack.callback(lambda: remove(cluster, open_layout(cluster)))
        for article in articles:
            sink.add(article, "made", lambda: 0)
        sink.finish()
        sink.commit({}, len(articles), sample=False)
    finally:
        sink.stop()
    home = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
    return stack.enter_context(closing(FolderEngine(make_index(home, articles))))


def _report(tallies: Sequence[Tally]) -> None:
    print("| kind of plan | plans | refused | totals differ | pages differ | missing | dates, counts | scores apart |")
    print("|---|---|---|---|---|---|---|---|")
    for name, tally in zip(KINDS, tallies, strict=True):
        missing = f"{tally.missing} of {tally.shown}"
        cells = (
            name,
            tally.plans,
            tally.refused,
            tally.totals,
            tally.pages,
            missing,
            tally.counts,
            f"{tally.apart:.0e}",
        )
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    sys.exit(main())
