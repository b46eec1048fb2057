"""Compares an index on a cluster with one of the same articles in a folder: ids, totals, scores, and what pages take.

    python benchmarks/cluster.py opensearch://localhost:9200/news news.index queries.tsv [LIMIT] [QUERIES]

Queries stand in the last column of each line. Of pages it tells how long they took, how much of the processor this
process had, and what the server says of its own time (``took``). Exit code 1 when a page or a total differs.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import khabarjoo
from khabarjoo.index.opensearch.address import ClusterAddress, read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_layout import open_layout
from khabarjoo.searcher.engine import Answer
from khabarjoo.searcher.opensearch.cluster_engine import ClusterEngine
from khabarjoo.searcher.searcher import Searcher

_SHOWN = 5


def main() -> int:
    """Prints how many pages and totals differ, and how long each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address", type=read_address, help="of the index on a cluster")
    parser.add_argument("folder", help="the index of the same articles")
    parser.add_argument("queries", type=Path)
    parser.add_argument("limit", type=int, nargs="?", default=10)
    parser.add_argument("most", type=int, nargs="?", default=1_000_000, help="queries that are asked")
    given = parser.parse_args()
    lines = given.queries.read_text(encoding="utf-8").splitlines()[: given.most]
    pages = totals = 0
    apart = 0.0
    times: dict[str, list[float]] = {"cluster": [], "folder": []}
    server = TimedCluster(given.address)
    with Searcher(ClusterEngine(server, open_layout(server))) as cluster, khabarjoo.open(given.folder) as local:
        for text in (line.split("\t")[-1] for line in lines):
            server.begin()
            one = asked(cluster, text, given.limit, times["cluster"])
            server.next()
            other = asked(local, text, given.limit, times["folder"])
            same = [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
            pages += not same
            totals += (one.total, one.total_all) != (other.total, other.total_all)
            if same:
                pairs = zip(one.hits, other.hits, strict=True)
                apart = max([apart, *(abs(hit.score - its.score) for hit, its in pairs)])
            elif pages <= _SHOWN:
                print(f"differs: {text}")
    print(f"{len(lines)} queries, {given.limit} hits: {pages} pages differ, {totals} totals")
    print(f"scores apart {apart:.1e} at most")
    for name, seconds in times.items():
        print(f"{name}: {told(seconds)}")
    print(f"cluster, of that this process' own: {told(server.own)}")
    print(f"cluster, of that the server's: {told(server.took)}; {server.requests / len(lines):.1f} requests a page")
    return int(pages + totals > 0)


class TimedCluster(Cluster):
    """Notes what each page takes of the processor here, and of the server's time."""

    def __init__(self, address: ClusterAddress) -> None:
        super().__init__(address)
        self.own: list[float] = []
        self.took: list[float] = []
        self.requests = 0
        self.begin()

    def search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        """See `Cluster.search`."""
        answer = super().search(index, body)
        self.requests += 1
        self._milliseconds += answer["took"]
        return answer

    def begin(self) -> None:
        """Begins a page."""
        self._began = time.process_time()
        self._milliseconds = 0

    def next(self) -> None:
        """Ends a page."""
        self.own.append(time.process_time() - self._began)
        self.took.append(self._milliseconds / 1000)


def told(seconds: list[float]) -> str:
    """Returns what is usual and what is slow."""
    ordered = sorted(seconds)
    return f"p50 {1000 * ordered[len(ordered) // 2]:.1f} ms, p95 {1000 * ordered[-len(ordered) // 20]:.1f} ms"


def asked(searcher: Searcher, text: str, limit: int, seconds: list[float]) -> Answer:
    """The answer to a query, without snippets; how long it took is added to ``seconds``."""
    started = time.perf_counter()
    answer = searcher._engine.search(searcher._plan(text), limit)
    seconds.append(time.perf_counter() - started)
    return answer


if __name__ == "__main__":
    sys.exit(main())
