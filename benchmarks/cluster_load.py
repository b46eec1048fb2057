"""Loads articles into a cluster of real OpenSearch processes, and asks it; prints what both cost, and on which side.

    python benchmarks/cluster_load.py DOCS.jsonl QUERIES.tsv [--line 2.19] [--jobs 2] [--rounds 3]

Starts three processes (see cluster_nodes.py), has ``khabarjoo index`` load the articles, and makes a folder of them.
Of the load it tells how long it took, and how much of the processor this side had and how much the servers; with the
latter, how many articles a second the servers alone could take on as many cores. Of the index, how large it is on both
sides. Of pages of ten, with titles and snippets: how long they took in the last of some rounds over all queries, and
at best, as what else the machine does is not theirs; and how much of the processor each side had. Last it asks both
all that can be asked with some queries (see cluster_same.py). Queries stand in the last column of each line. Exit code
1 when anything differs.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from cluster_nodes import Nodes
from cluster_same import differing

import khabarjoo
from khabarjoo.searcher.searcher import Searcher

_COMMAND = [sys.executable, "-m", "khabarjoo"]
_LIMIT = 10


class Cost(NamedTuple):
    """Seconds: by the clock, of the processor on this side, and of the processor in all servers."""

    clock: float
    here: float
    servers: float

    def since(self, before: Cost) -> Cost:
        """What has been added."""
        return Cost(*(now - then for now, then in zip(self, before, strict=True)))


class Bench:
    """A cluster and what was spent on it."""

    def __init__(self, nodes: Nodes, home: Path) -> None:
        self._nodes = nodes
        self.address = f"opensearch://{nodes.hosts}/news"
        self.folder = home / "news.index"

    def spent(self) -> Cost:
        """What was spent until now; of processes started here, those that have ended."""
        own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        here = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
        return Cost(time.perf_counter(), here, self._nodes.processor_seconds())

    def load(self, docs: Path, jobs: int) -> None:
        """Fills the cluster, and prints what it took."""
        before = self.spent()
        self._index(self.address, docs, jobs)
        cost = self.spent().since(before)
        with khabarjoo.open(self.address) as news:
            articles = len(news)
        cores = os.cpu_count() or 1
        print(f"{articles} articles in {cost.clock:.0f} s: {articles / cost.clock:.0f} a second, {jobs} jobs")
        each = f"{1e6 * cost.here / articles:.0f} µs here, {1e6 * cost.servers / articles:.0f} µs in the servers"
        print(f"the processor's time for an article: {each}")
        both = cores * articles / (cost.here + cost.servers)
        print(
            f"so {cores} cores that do nothing else take {both:.0f} a second at most; "
            f"were all else free, the servers alone {cores * articles / cost.servers:.0f}"
        )

    def size(self, docs: Path, jobs: int) -> None:
        """Makes the folder, waits until the servers have merged, and prints how large both are."""
        before = self.spent()
        self._index(str(self.folder), docs, jobs)
        cost = self.spent().since(before)
        there = self._nodes.settled_bytes()
        here = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        print(f"on disk: {there / 1e6:.0f} MB, one copy; the folder {here / 1e6:.0f} MB: {there / here:.2f} times")
        print(f"the folder was made in {cost.clock:.0f} s, {cost.here:.0f} s of the processor")

    def ask(self, queries: Sequence[str], rounds: int) -> int:
        """Asks for pages, and prints what they take; returns how many differ from the folder's."""
        all_took: list[list[float]] = []
        with khabarjoo.open(self.address) as cluster, khabarjoo.open(self.folder) as folder:
            for _ in range(rounds):
                took: list[float] = []
                before = self.spent()
                pages = [_page(cluster, text, took) for text in queries]
                cost = self.spent().since(before)
                all_took.append(took)
            others = sum(page != _page(folder, text, []) for page, text in zip(pages, queries, strict=True))
        print(f"{len(queries)} pages, {others} other than the folder's: {_told(all_took[-1])}")
        fastest = [min(times) for times in zip(*all_took, strict=True)]
        print(f"each query at its fastest of {rounds} rounds: {_told(fastest)}")
        here, servers = (1000 * seconds / len(queries) for seconds in (cost.here, cost.servers))
        print(f"the processor's time for a page: {here:.1f} ms here, {servers:.1f} ms in the servers")
        return others

    def compare(self, queries: Sequence[str]) -> int:
        """Asks both all that can be asked; returns how much differs."""
        with khabarjoo.open(self.address) as cluster, khabarjoo.open(self.folder) as folder:
            return differing(cluster, folder, queries, Random(1))

    @staticmethod
    def _index(index: str, docs: Path, jobs: int) -> None:
        command = [*_COMMAND, "index", "--index", index, "--jobs", str(jobs), str(docs)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _told(seconds: Sequence[float]) -> str:
    """What is usual and what is slow."""
    p50, p95 = (1000 * sorted(seconds)[int(len(seconds) * part)] for part in (0.5, 0.95))
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms"


def _page(searcher: Searcher, text: str, took: list[float]) -> object:
    """What a page shows; how long it took is added to ``took``."""
    started = time.perf_counter()
    results = searcher.search(text, limit=_LIMIT)
    shown = [(hit.id, hit.marked_title, hit.snippet) for hit in results]
    took.append(time.perf_counter() - started)
    return results.total, results.total_all, shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Loads and asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--line", choices=("2.19", "3"), default="2.19")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compared", type=int, default=30, help="queries with which all is asked")
    parser.add_argument("--port", type=int, default=9600)
    options = parser.parse_args(arguments)
    queries = [line.split("\t")[-1] for line in options.queries.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home, Nodes(options.line, options.port) as nodes:
        bench = Bench(nodes, Path(home))
        bench.load(options.docs, options.jobs)
        bench.size(options.docs, options.jobs)
        others = bench.ask(queries, options.rounds)
        return int(others + bench.compare(queries[: options.compared]) > 0)


if __name__ == "__main__":
    sys.exit(main())
