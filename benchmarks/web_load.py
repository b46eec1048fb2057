"""What the reading room does under load, beside the searcher itself on the same queries.

    python benchmarks/web_load.py INDEX QUERIES.tsv                         # 16 connections for 60 s
    python benchmarks/web_load.py INDEX QUERIES.tsv --connections 1         # latency of one reader
    python benchmarks/web_load.py INDEX QUERIES.tsv --requests 50000        # memory

QUERIES.tsv has lines of id<TAB>query. Prints one JSON line, and how far it is to standard error every minute.
`requests`, `errors` (a status other than 200, or a page of hits without a mark) and latencies are those of as many
connections as were asked for, each asking for one page of results after another. `cpu_ms` is what the server's process
computed for a request, `searcher_cpu_ms` what the searcher alone computes for the same page: ten hits with their titles
and snippets, and a suggestion. `first_cpu_ms` and `again_cpu_ms` are those of a page made in this process, when its
counts are made and when they are remembered; p95 and means, the searcher's beside them, by turns. `rss_mb` is the
server's memory, minute by minute. Processor time is used as it says the same on a busy machine. `of_searcher_cpu` is
how many requests the server answers for each page that the searcher alone makes in as much processor time,
`of_searcher` the same by the clock; `p95_of_searcher` is the p95 of latencies over that of the searcher's pages by the
clock, which means something with one connection.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import khabarjoo

_TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="What the reading room does under load.")
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--requests", type=int, default=0, metavar="N", help="Ask until so many are answered.")
    told = parser.parse_args()
    lines = told.queries.read_text(encoding="utf-8").splitlines()
    queries = [line.split("\t", 1)[1] for line in lines if "\t" in line]
    figures: dict[str, Any] = {"queries": len(queries), "connections": told.connections}
    figures |= in_this_process(told.index, queries)
    figures |= served(told.index, queries, told.connections, told.seconds, told.requests)
    print(json.dumps(figures | compared(figures)))


def compared(figures: dict[str, Any]) -> dict[str, float]:
    """What the server does beside the searcher alone."""
    return {
        "of_searcher_cpu": round(figures["searcher_cpu_ms"]["mean"] / figures["cpu_ms"], 2),
        "of_searcher": round(figures["requests_s"] * figures["searcher_ms"]["mean"] / 1000, 2),
        "p95_of_searcher": round(figures["latency_ms"]["p95"] / figures["searcher_ms"]["p95"], 2),
    }


def in_this_process(index: Path, queries: list[str]) -> dict[str, Any]:
    """What a page costs without a network, and the searcher's own page of ten."""
    from starlette.requests import Request

    from khabarjoo.searcher.web import results_view
    from khabarjoo.searcher.web.application import application

    with TemporaryDirectory() as state:
        made = application(lambda: khabarjoo.open(index), Path(state))
        site = made.state.site

        def page(query: str) -> None:
            headers = [(b"host", b"localhost")]
            scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "app": made}
            results_view.results(site, Request(scope | {"query_string": f"q={quote(query)}".encode()}))

        with khabarjoo.open(index) as searcher:

            def hits(query: str) -> None:
                found = searcher.search(query, limit=10, fold_duplicates=True)
                for hit in found:
                    _ = hit.marked_title, hit.snippet
                _ = found.suggestion

            for query in queries:
                page(query)
                hits(query)
            first, again, own, clock = [], [], [], []
            for query in queries:
                site.room.forget()
                first.append(_cpu_ms(page, query))
                again.append(_cpu_ms(page, query))
                started = time.perf_counter()
                own.append(_cpu_ms(hits, query))
                clock.append((time.perf_counter() - started) * 1000)
    return {
        name: {"mean": round(statistics.mean(each), 2), "p95": round(_quantile(each, 0.95), 2)}
        for name, each in (
            ("first_cpu_ms", first), ("again_cpu_ms", again), ("searcher_cpu_ms", own), ("searcher_ms", clock),
        )
    }  # fmt: skip


def served(index: Path, queries: list[str], connections: int, seconds: float, requests: int = 0) -> dict[str, Any]:
    """What a server answers to so many connections for so long, or until so many requests are answered."""
    program = [sys.executable, "-m", "khabarjoo", "web", "--no-browser", "--port", "0", "--index", str(index)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
            asyncio.run(_ask(port, queries, connections, 5, [], []))
            before, started = _cpu_of(server.pid), time.perf_counter()
            latencies: list[float] = []
            wrong: list[str] = []
            memory = [_rss_mb(server.pid)]
            while True:
                left = seconds - (time.perf_counter() - started)
                if requests and len(latencies) >= requests or not requests and left <= 1:
                    break
                asyncio.run(_ask(port, queries, connections, 60 if requests else min(left, 60), latencies, wrong))
                memory.append(_rss_mb(server.pid))
                print(f"{len(latencies):,} requests, {len(wrong)} errors, {memory[-1]} MB", file=sys.stderr)
            spent, passed = _cpu_of(server.pid) - before, time.perf_counter() - started
        finally:
            server.terminate()
    return {
        "requests": len(latencies),
        "errors": len(wrong),
        "requests_s": round(len(latencies) / passed, 1),
        "cpu_ms": round(spent * 1000 / len(latencies), 2),
        "latency_ms": {name: round(_quantile(latencies, part), 1) for name, part in (("p50", 0.5), ("p95", 0.95))},
        "rss_mb": memory,
    }


async def _ask(
    port: int, queries: list[str], connections: int, seconds: float, latencies: list[float], wrong: list[str]
) -> None:
    end = time.perf_counter() + seconds

    async def reader(first: int) -> None:
        receiving, sending = await asyncio.open_connection("127.0.0.1", port)
        place = first
        while time.perf_counter() < end:
            query = queries[place % len(queries)]
            place += 1
            started = time.perf_counter()
            sending.write(f"GET /?q={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = (await receiving.readuntil(b"\r\n\r\n")).lower()
            length = next(
                int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length")
            )
            body = await receiving.readexactly(length)
            latencies.append((time.perf_counter() - started) * 1000)
            if b" 200 " not in head.split(b"\r\n")[0] or (b'class="hit"' in body and b"<mark>" not in body):
                wrong.append(query)
        sending.close()

    await asyncio.gather(*(reader(number * len(queries) // connections) for number in range(connections)))


def _cpu_ms(work: Callable[[str], None], query: str) -> float:
    started = time.thread_time()
    work(query)
    return (time.thread_time() - started) * 1000


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _rss_mb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def _quantile(values: list[float], part: float) -> float:
    return sorted(values)[int(len(values) * part)]


if __name__ == "__main__":
    main()
