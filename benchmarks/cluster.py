"""Compares an index on a cluster with one of the same articles in a folder: ids, totals, scores, times.

    python benchmarks/cluster.py opensearch://localhost:9200/news news.index queries.tsv [LIMIT] [QUERIES]

Queries stand in the last column of each line. Exit code 1 when a page or a total differs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import khabarjoo
from khabarjoo.searcher.engine import Answer
from khabarjoo.searcher.searcher import Searcher

_SHOWN = 5


def main(address: str, folder: str, queries: str, limit: str = "10", most: str = "1000000") -> int:
    """Prints how many pages and totals differ, and how long each took."""
    lines = Path(queries).read_text(encoding="utf-8").splitlines()[: int(most)]
    pages = totals = 0
    apart = 0.0
    times: dict[str, list[float]] = {"cluster": [], "folder": []}
    with khabarjoo.open(address) as cluster, khabarjoo.open(folder) as local:
        for text in (line.split("\t")[-1] for line in lines):
            one = asked(cluster, text, int(limit), times["cluster"])
            other = asked(local, text, int(limit), times["folder"])
            same = [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
            pages += not same
            totals += (one.total, one.total_all) != (other.total, other.total_all)
            if same:
                pairs = zip(one.hits, other.hits, strict=True)
                apart = max([apart, *(abs(hit.score - its.score) for hit, its in pairs)])
            elif pages <= _SHOWN:
                print(f"differs: {text}")
    print(
        f"{len(lines)} queries, {limit} hits: {pages} pages differ, {totals} totals; scores apart {apart:.1e} at most"
    )
    for name, seconds in times.items():
        seconds.sort()
        print(
            f"{name}: p50 {1000 * seconds[len(seconds) // 2]:.1f} ms, p95 {1000 * seconds[-len(seconds) // 20]:.1f} ms"
        )
    return int(pages + totals > 0)


def asked(searcher: Searcher, text: str, limit: int, seconds: list[float]) -> Answer:
    """The answer to a query, without snippets; how long it took is added to ``seconds``."""
    started = time.perf_counter()
    answer = searcher._engine.search(searcher._plan(text), limit)
    seconds.append(time.perf_counter() - started)
    return answer


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
