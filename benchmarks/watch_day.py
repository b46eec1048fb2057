"""A day of ``khabarjoo index --watch``: as many commits as there are looks in a day; prints what it holds on to.

    python benchmarks/watch_day.py [COMMITS]

By default there are 10,000 commits (a look every 10 s comes to 8,640 a day). Before each, one of the files changes: an
article is new in it, one has changed, and one is gone. Memory, open files and the entries of the index folder are
counted twenty times on the way. The exit code is 1 when any of them has grown in the second half, or the index is not
whole and complete in the end. For Linux, which tells these things of a process.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from khabarjoo.index.manifest import generations
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify

_FILES = 10
_ARTICLES = 20  # in each file
_SAMPLES = 20
_PATIENCE = 60  # seconds for one commit
_LOOKS = 5  # at each sample; the least of them is between two commits, not in one
_SETTLED = 0.05  # seconds between two looks
_SLACK = 1.05  # of memory, which an allocator never gives back to the byte
_WORDS = "باران برف باد سیل مجلس دولت بازار دانشگاه کتاب‌ها همکاری‌های تهران تبریز رشت شیراز".split()


class Sample(NamedTuple):
    """What the process and the index hold after so many commits; memory in kilobytes."""

    commits: int
    memory: int
    handles: int
    entries: int
    bytes: int


def _rows(file: int, state: int) -> dict[str, str]:
    """The articles of a file in a state: each state has one that the state before had not, and one that is other."""
    rows = {f"{file}-{state + n}": f"{_WORDS[n % len(_WORDS)]} {file} {n}" for n in range(_ARTICLES)}
    return rows | {f"{file}-{state + 1}": f"{_WORDS[state % len(_WORDS)]} {state}"}


def _write(folder: Path, file: int, state: int) -> None:
    rows = _rows(file, state).items()
    lines = (json.dumps({"id": id, "title": title, "text": f"متن {title}"}, ensure_ascii=False) for id, title in rows)
    beside = folder / f".{file}.tmp"
    beside.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    beside.replace(folder / f"{file}.jsonl")


def _sample(process: int, index: Path, commits: int) -> Sample:
    """What there is once a commit has removed what it has replaced: the least of several looks."""
    looks: list[Sample] = []
    while len(looks) < _LOOKS:
        time.sleep(_SETTLED)
        with suppress(FileNotFoundError):
            looks.append(_counted(process, index, commits))
    return Sample(*(min(values) for values in zip(*looks, strict=True)))


def _counted(process: int, index: Path, commits: int) -> Sample:
    status = Path(f"/proc/{process}/status").read_text()
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    handles = sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    files = list(index.rglob("*"))
    return Sample(commits, memory, handles, len(files), sum(path.stat().st_size for path in files))


def _wait(index: Path, generation: int, process: subprocess.Popen[bytes]) -> int:
    """The newest generation, once it is later than one."""
    end = time.monotonic() + _PATIENCE
    while (newest := max(generations(index), default=0)) <= generation:
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"no commit after generation {generation}; the watch ended with {process.poll()}")
        time.sleep(0.001)
    return newest


def run(root: Path, commits: int) -> tuple[list[Sample], list[str]]:
    """So many commits by one process; what was counted on the way, and what was wrong in the end."""
    news, index = root / "news", root / "index"
    news.mkdir()
    for file in range(_FILES):
        _write(news, file, 0)
    states = [0] * _FILES
    command = [
        sys.executable,
        "-m",
        "khabarjoo",
        "index",
        "--index",
        str(index),
        "--watch",
        "--every",
        "0.001",
        str(news),
    ]
    samples = []
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[1]) as process:
        try:
            generation = _wait(index, 0, process)
            for commit in range(1, commits + 1):
                file = commit % _FILES
                states[file] += 1
                _write(news, file, states[file])
                generation = _wait(index, generation, process)
                if commit % max(1, commits // _SAMPLES) == 0:
                    samples.append(_sample(process.pid, index, commit))
            process.send_signal(signal.SIGINT)
            status = process.wait(_PATIENCE)
        finally:
            process.kill()
    failures = [f"the watch ended with {status}"] * (status != 0)
    snapshot = open_snapshot(index)
    there = {live.segment.ids[doc] for live in snapshot.segments for doc in live.live().tolist()}
    wanted = {id for file, state in enumerate(states) for id in _rows(file, state)}
    if there != wanted:
        failures.append(f"{len(wanted - there)} articles are missing, {len(there - wanted)} are too many")
    if not (found := verify(index)).whole:
        failures.append(f"damaged: {found.damage[0]}")
    return samples, [*failures, *_grown(samples)]


def _grown(samples: list[Sample]) -> list[str]:
    """What is more in the last quarter than in the second."""
    quarter = max(1, len(samples) // 4)
    grown = []
    for name, slack in (("memory", _SLACK), ("handles", 1.0), ("entries", 1.0), ("bytes", _SLACK)):
        values = [getattr(sample, name) for sample in samples]
        early, late = (statistics.median(part) for part in (values[quarter : 2 * quarter], values[-quarter:]))
        if max(values[quarter : 2 * quarter]) * slack < late:
            grown.append(f"{name} went from {early:,.0f} to {late:,.0f}")
    return grown


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("commits", type=int, nargs="?", default=10_000)
    commits = parser.parse_args().commits
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background of a shell, also by children
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="watch-") as root:
        samples, failures = run(Path(root), commits)
    print("| commits | memory, MB | open files | entries of the index | its MB |")
    print("|---|---|---|---|---|")
    for sample in samples:
        row = (f"{sample.commits:,}", f"{sample.memory / 1e3:.1f}", sample.handles, sample.entries)
        print("| " + " | ".join(map(str, (*row, f"{sample.bytes / 1e6:.2f}"))) + " |")
    print(
        f"\n{commits:,} commits in {time.perf_counter() - started:.0f} s; {len(failures)} failures", *failures, sep="\n"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
