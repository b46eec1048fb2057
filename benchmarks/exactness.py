"""Whether searches of a real index give what an independent scorer gives, to the article and the score.

    python benchmarks/exactness.py INDEX QUERIES.tsv [--random 2000]

All queries of the file are compared, and as many plans made at random of the index's own words, with every mix of
operators and filters: how many articles match, how many have all words, and the best ten with their scores. Prints one
JSON line: {"queries": .., "differing": .., "seconds": ..}; each that differs is described on standard error. The scorer
reads the articles anew, which takes a minute or two for ten thousand. Exits with 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.query.plan import Plan
from khabarjoo.searcher.query.query_reading import read_query
from tests.searcher.brute_force import BruteForce, differences, of_snapshot
from tests.searcher.random_plans import RandomPlans

SHORTEST = 4
"""Letters of words that random patterns and likenesses are made from; of shorter ones they fit half the vocabulary."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path, help="lines of an id, a tab and a query")
    parser.add_argument("--random", type=int, default=2000, help="plans made at random")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    snapshot = open_snapshot(options.index)
    engine, expected = ColumnEngine(snapshot), of_snapshot(snapshot)
    asked = differing = 0
    for name, plan in (*_queries(options.queries), *_random_plans(expected, options.random, options.seed)):
        asked += 1
        if found := differences(engine, expected, plan):
            differing += 1
            print(f"{name}: {found}", file=sys.stderr)
    seconds = round(time.perf_counter() - started, 1)
    print(json.dumps({"queries": asked, "differing": differing, "seconds": seconds}))
    return 1 if differing else 0


def _queries(path: Path) -> Iterator[tuple[str, Plan]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("\t")[2]
        if not text:
            continue
        yield text, read_query(text, default_analyzer())


def _random_plans(expected: BruteForce, count: int, seed: int) -> Iterator[tuple[str, Plan]]:
    """Plans of words as often as they occur, and of any that occur at all."""
    rng = Random(seed)
    plain = expected.plain
    articles = [words for words in plain.words if words]
    terms = [rng.choice(rng.choice(articles)) for _ in range(4 * count if articles else 0)]
    terms += rng.sample(list(plain.places), min(len(plain.places), 2 * count))
    plans = RandomPlans(rng, terms, plain.articles, SHORTEST)
    for _ in range(count):
        plan = plans.plan()
        yield repr(plan), plan


if __name__ == "__main__":
    sys.exit(main())
