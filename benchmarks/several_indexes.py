"""What a query takes over several indexes at once, against one index of the same articles.

    python benchmarks/several_indexes.py WHOLE.index QUERIES.tsv PART.index PART.index... [--rounds 5]

All queries of the file (an id, a tab and a query a line) are asked of both, in turns, ten hits each; the median time of
the processor for a query is printed, and the median ratio. The parts should be equal halves of the whole.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import khabarjoo


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("whole", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("parts", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    queries = [query for line in lines if (query := line.rpartition("\t")[2])]
    with khabarjoo.open(options.whole) as one, khabarjoo.open(options.parts) as several:
        for news in (one, several):
            _milliseconds(news, queries)  # so that what is remembered is there
        rounds = [(_milliseconds(one, queries), _milliseconds(several, queries)) for _ in range(options.rounds)]
    print(f"{len(queries)} queries, {options.rounds} rounds in turns, milliseconds of the processor for each:")
    print(f"one index {statistics.median(first for first, _ in rounds):.3f}", end=", ")
    print(f"{len(options.parts)} indexes {statistics.median(second for _, second in rounds):.3f}", end=", ")
    print(f"{statistics.median(second / first for first, second in rounds):.2f} times as long")
    return 0


def _milliseconds(news: khabarjoo.Searcher, queries: Sequence[str]) -> float:
    started = time.process_time()
    for query in queries:
        for hit in news.search(query):
            _ = hit.id
    return (time.process_time() - started) / len(queries) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
