"""Measures Khabarjoo itself: the command as it is installed, and the public Python API. Nothing else of it is used."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from processes import watch

import khabarjoo

WARM_ROUNDS = 8
"""How often all queries are asked in one process; the last round counts."""

_COLD_QUERIES = 7
_FEW = 20  # articles
_PAGE_ROUNDS = 2

Figures = dict[str, float]


@dataclass(frozen=True)
class Khabarjoo:
    """Our own engine, in an environment with some more variables. See `Engine` in speed.py for what is measured."""

    name: str = "khabarjoo"
    environment: tuple[tuple[str, str], ...] = ()
    repeated: bool = True

    def measure(self, docs: Path, queries: Path, folder: Path) -> tuple[Figures, Figures]:
        """Builds the index if it is not there; times queries and pages in a new process, and whole cold commands."""
        more = {**dict(self.environment), **_compiled_beside(folder)}
        build = {} if folder.exists() else _build(docs, folder, more)
        texts = [line.split("\t", 1)[1] for line in queries.read_text(encoding="utf-8").splitlines() if "\t" in line]
        with ProcessPoolExecutor(1, get_context("spawn"), _add_to_environment, (more,)) as pool:
            asked = pool.submit(_ask, folder, texts).result()
        return build, {**asked, "cold_ms": round(_cold_ms(folder, texts, more), 1)}


IN_PYTHON = Khabarjoo("khabarjoo-python", (("KHABARJOO_NATIVE", "0"),))
"""The same without the native kernel."""


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _add_to_environment(more: Mapping[str, str]) -> None:
    os.environ.update(more)


def _command(*arguments: str | Path) -> list[str | Path]:
    """A call of the command that belongs to this Python."""
    script = Path(sys.executable).with_name("khabarjoo")
    return [*([script] if script.exists() else [sys.executable, "-m", "khabarjoo"]), *arguments]


def _compiled_beside(folder: Path) -> dict[str, str]:
    """An environment that keeps what Python compiles, as whoever installs a wheel has it; of a checkout, too."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder.with_name("bytecode"))}


def _build(docs: Path, folder: Path, more: Mapping[str, str]) -> Figures:
    """Indexes with all cores, in a process measured whole; a few articles before compile the lexicon and modules."""
    with tempfile.TemporaryDirectory() as few, docs.open(encoding="utf-8") as lines:
        sample = Path(few, "few.jsonl")
        sample.write_text("".join(islice(lines, _FEW)), encoding="utf-8")
        watch(_index(sample, Path(few, "index")), more)
    run = watch(_index(docs, folder), more)
    if run.code:
        raise RuntimeError(f"khabarjoo index failed: {run.errors.strip()}")
    with khabarjoo.open(folder) as news:
        articles = len(news)
    figures = {"docs": articles, "seconds": round(run.seconds, 2), "docs_s": round(articles / run.seconds, 1)}
    return figures if run.peak_mb is None else {**figures, "peak_mb": run.peak_mb}


def _index(docs: Path, folder: Path) -> list[str | Path]:
    return _command("index", "--index", folder, "--jobs", str(available_cores()), docs)


def _ask(folder: Path, queries: Sequence[str]) -> Figures:
    """Times the queries, ids only, then pages of ten with titles and snippets; all in milliseconds, the index warm."""
    with khabarjoo.open(folder) as news:
        ids = sorted(_last_round(lambda query: [hit.id for hit in news.search(query, limit=10)], queries, WARM_ROUNDS))
        pages = _last_round(
            lambda query: [(hit.snippet, hit.marked_title, hit.title) for hit in news.search(query, limit=10)],
            queries,
            _PAGE_ROUNDS,
        )
    return {
        "mean_ms": round(statistics.fmean(ids), 4),
        "p50_ms": round(ids[len(ids) // 2], 4),
        "p95_ms": round(ids[int(len(ids) * 0.95)], 4),
        "snippet_ms": round(statistics.fmean(pages), 3),
    }


def _last_round(ask: Callable[[str], object], queries: Sequence[str], rounds: int) -> list[float]:
    """The time of each query in milliseconds, in the last of some rounds over all."""
    times: list[float] = []
    for _ in range(rounds):
        times = []
        for query in queries:
            started = time.perf_counter()
            ask(query)
            times.append((time.perf_counter() - started) * 1000)
    return times


def _cold_ms(folder: Path, queries: Sequence[str], more: Mapping[str, str]) -> float:
    """The median time of a whole ``khabarjoo search``, each in a new process and for another query."""
    spread = [queries[place * len(queries) // _COLD_QUERIES] for place in range(_COLD_QUERIES)]
    commands = [_command("search", "--index", folder, "--", query) for query in spread]
    watch(commands[0], more)  # whose modules are compiled now
    runs = [watch(command, more) for command in commands]
    if failed := next((run for run in runs if run.code > 1), None):
        raise RuntimeError(f"khabarjoo search failed: {failed.errors.strip()}")
    return statistics.median(run.seconds for run in runs) * 1000
