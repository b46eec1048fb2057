"""Whether the native kernel gives what Python gives, to the last bit, on a real index and on texts of every kind.

    python benchmarks/native_equality.py INDEX QUERIES.tsv [--random 2000] [--texts 20000] [--seed 0]

All queries of the file are asked both ways, and as many plans made at random of the index's own words, with every mix
of operators and filters: by relevance at several limits, by date, and which articles match. Then texts as those of
`fuzz_analyzer.py` are analysed both ways in batches: terms, their order and their numbers. Prints one JSON line:
{"plans": .., "native": .., "texts": .., "differing": ..}, where ``native`` are the plans the kernel answers itself;
what differs is described on standard error. Exits with 1 when anything differs, with 2 where there is no kernel.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from exactness import _queries, _random_plans
from fuzz_analyzer import cases

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import NativeBulkAnalyzer
from khabarjoo.analyzers.native_kernel import describe, has_kernel
from khabarjoo.index.store import Snapshot, open_snapshot
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.query.plan import Plan
from tests.searcher.brute_force import of_snapshot

_LIMITS = (0, 10, 50)
_BATCH = 50
_REMEMBERED = 50_000  # chunks, tokens and pairs, so that now and then all are forgotten


class _InPython(ColumnEngine):
    _native_ranker = None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path, help="lines of an id, a tab and a query")
    parser.add_argument("--random", type=int, default=2000, help="plans made at random")
    parser.add_argument("--texts", type=int, default=20_000, help="texts made at random")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    if not has_kernel():
        print(describe(), file=sys.stderr)
        return 2
    snapshot = open_snapshot(options.index)
    native, reference = ColumnEngine(snapshot), _InPython(snapshot)
    plans = answered = differing = 0
    for name, plan in _plans(snapshot, options):
        plans += 1
        answered += native._natively(plan) is not None
        if not _agree(native, reference, plan):
            differing += 1
            print(name, file=sys.stderr)
    for text in _differing_texts(options.seed, options.texts):
        differing += 1
        print(repr(text), file=sys.stderr)
    print(json.dumps({"plans": plans, "native": answered, "texts": options.texts, "differing": differing}))
    return 1 if differing else 0


def _plans(snapshot: Snapshot, options: argparse.Namespace) -> Iterator[tuple[str, Plan]]:
    yield from _queries(options.queries)
    if options.random:
        yield from _random_plans(of_snapshot(snapshot), options.random, options.seed)


def _agree(native: ColumnEngine, reference: ColumnEngine, plan: Plan) -> bool:
    if any(native.best(plan, limit) != reference.best(plan, limit) for limit in _LIMITS):
        return False
    if any(native.by_date(plan, 10, newest=new) != reference.by_date(plan, 10, newest=new) for new in (True, False)):
        return False
    found, *rest = native.matched(plan)
    expected, *others = reference.matched(plan)
    return rest == others and all((one == other).all() for (_, one), (_, other) in zip(found, expected, strict=True))


def _differing_texts(seed: int, count: int) -> Iterator[list[str]]:
    """Batches of texts whose terms, or the numbers of these, differ."""
    native = NativeBulkAnalyzer(default_analyzer(), _REMEMBERED)
    reference = BulkAnalyzer(default_analyzer(), _REMEMBERED)
    texts = cases(seed, count)
    while batch := list(islice(texts, _BATCH)):
        found, expected = native.analyze(batch), reference.analyze(batch)
        if any(one.tolist() != other.tolist() for one, other in zip(found, expected, strict=True)):
            yield batch
    if native.terms != reference.terms:
        yield ["the terms, in their order"]


if __name__ == "__main__":
    sys.exit(main())
