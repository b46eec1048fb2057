"""Runs a command as a process of its own, and watches how long it takes and how much memory it holds.

Memory is the resident memory of the process and all its descendants at one moment, added up; the highest of the moments
looked at, which are 50 ms apart. What processes share counts for each of them, so it is an upper bound. It is read
from /proc, and None where there is none.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_INTERVAL = 0.05  # seconds


class Watched(NamedTuple):
    """How a command went: what it wrote, its exit code, its time in seconds and its peak in megabytes (10^6 bytes)."""

    output: str
    errors: str
    code: int
    seconds: float
    peak_mb: int | None


def watch(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Watched:
    """Runs a command to its end, with more in its environment. Raises OSError when there is no such command."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
    ) as process:
        memory = _MemoryWatch(process.pid)
        memory.start()
        output, errors = process.communicate()
        seconds = time.perf_counter() - started
        memory.stop()
    return Watched(output, errors, process.returncode, seconds, memory.peak_mb)


class _MemoryWatch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self._peak = 0

    def run(self) -> None:
        while not self._ended.wait(_INTERVAL):
            self._peak = max(self._peak, sum(map(_resident, _tree(self._pid))))

    def stop(self) -> None:
        self._ended.set()
        self.join()

    @property
    def peak_mb(self) -> int | None:
        return round(self._peak / 1e6) or None


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants; those that end meanwhile are left out."""
    yield pid
    try:
        children = [(task / "children").read_text() for task in (_PROC / str(pid) / "task").iterdir()]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from _tree(int(child))


def _resident(pid: int) -> int:
    """Bytes in memory now; 0 for a process that has ended."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
