"""Building all the segments of a run, in this process or in several.

Articles are inverted in runs small enough for memory; the runs are then merged into segments, so that a query has few
to look into. A segment has so many articles at most that their numbers fit two bytes. With several processes, articles
are dealt out in turn, so the same input makes the same segments. Processes are started fresh (spawned), as forking one
that has threads is unsafe; they are worth starting only for input that takes seconds to index.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple, Protocol

from analyzers.bulk import BulkAnalyzer
from analyzers.chain import default_analyzer

from .article import Article
from .build import SegmentBuilder
from .errors import BuildFailed
from .inversion import Background, no_background
from .merge import Part, merge
from .segment import Segment, all_docs

SEGMENT_ARTICLES = 1 << 16
"""Articles a segment holds at most."""

RUN_ARTICLES = 1 << 13
"""Articles inverted together: some 200 MB of arrays."""

WORTH_SHARING = 4 << 20
"""Bytes of input from which more processes save more than they cost."""

_BATCH = 128  # articles handed over together
_SYSTEM_ERROR = 100  # and the number of the system's error: the exit status of a worker that met one
_TERMS_REMEMBERED = 1 << 19  # distinct terms after which an analyzer starts afresh

_Batch = list[tuple[Article, str]]


class _Run(NamedTuple):
    """A run on disk."""

    folder: Path
    articles: int


class Builder(Protocol):
    """Takes articles and writes segments."""

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order."""

    def stop(self) -> None:
        """Lets go of everything, whatever has been written."""


class OneProcess:
    """Builds in this process."""

    def __init__(self, next_folder: Callable[[], Path], background: Background = no_background) -> None:
        self._next_folder = next_folder
        self._background = background
        self._bulk: BulkAnalyzer | None = None
        self._builder: SegmentBuilder | None = None
        self._runs: list[_Run] = []

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        if self._builder is None:
            self._bulk = _fresh_enough(self._bulk)
            self._builder = SegmentBuilder(self._bulk, background=self._background)
        self._builder.add(article, origin)
        if len(self._builder) == RUN_ARTICLES:
            self._write()

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order."""
        self._write()
        self._bulk = None  # its memory is wanted for merging
        return [_merged(group, self._next_folder) for group in _groups(self._runs)]

    def stop(self) -> None:
        """Nothing to let go of."""

    def _write(self) -> None:
        if self._builder is not None:
            folder = self._next_folder()
            self._builder.write(folder)
            self._runs.append(_Run(folder, len(self._builder)))
            self._builder = None


@dataclass
class _Worker:
    process: BaseProcess
    sending: Connection
    articles: int = 0


class ManyProcesses:
    """Builds in several processes, each a run at a time."""

    def __init__(self, next_folder: Callable[[], Path], jobs: int) -> None:
        self._next_folder = next_folder
        self._workers = [_start_worker() for _ in range(jobs)]
        self._runs: list[_Run] = []
        self._batch: _Batch = []
        self._turn = 0

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._batch.append((article, origin))
        if len(self._batch) == _BATCH:
            self._deal()

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order. Raises BuildFailed."""
        self._deal()
        for worker in self._workers:
            self._write(worker)
        self._join()
        return [_merged(group, self._next_folder) for group in _groups(self._runs)]

    def stop(self) -> None:
        """Ends the processes, whatever they are at."""
        for worker in self._workers:
            worker.sending.close()
            worker.process.terminate()
            worker.process.join()

    def _deal(self) -> None:
        if not self._batch:
            return
        worker = self._workers[self._turn % len(self._workers)]
        self._send(worker, self._batch)
        worker.articles += len(self._batch)
        self._batch, self._turn = [], self._turn + 1
        if worker.articles > RUN_ARTICLES - _BATCH:
            self._write(worker)

    def _write(self, worker: _Worker) -> None:
        if worker.articles:
            folder = self._next_folder()
            self._runs.append(_Run(folder, worker.articles))
            self._send(worker, folder)
            worker.articles = 0

    def _join(self) -> None:
        for worker in self._workers:
            worker.sending.close()
        for worker in self._workers:
            worker.process.join()
            _require_success(worker.process.exitcode, self._next_folder)

    def _send(self, worker: _Worker, message: _Batch | Path) -> None:
        try:
            worker.sending.send(message)
        except OSError as error:  # it has died: a pipe without a reader
            worker.process.join()
            _require_success(worker.process.exitcode, self._next_folder)
            raise BuildFailed(self._next_folder().parent, "one ended early") from error


def _require_success(status: int | None, next_folder: Callable[[], Path]) -> None:
    """Raises what a worker's exit status tells."""
    if status and status >= _SYSTEM_ERROR:
        number = status - _SYSTEM_ERROR
        raise OSError(number, os.strerror(number))
    if status:
        raise BuildFailed(next_folder().parent, f"one ended with status {status}")


def _start_worker() -> _Worker:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(receiving,), daemon=True)
    with _interrupts_held():
        process.start()
    receiving.close()  # ours; the worker has its own, so the pipe breaks when it dies
    return _Worker(process, sending)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What is started within never hears of Ctrl-C, which goes to all processes: we hear of it, and end them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(receiving: Connection) -> None:
    """What a worker does; when the system does not let it write, its exit status tells why."""
    try:
        _build(receiving)
    except OSError as error:
        sys.exit(_SYSTEM_ERROR + (error.errno or 0))


def _build(receiving: Connection) -> None:
    """Takes batches, writes a run where it is told to, ends when nobody tells it anything."""
    bulk: BulkAnalyzer | None = None
    builder: SegmentBuilder | None = None
    while True:
        try:
            message: _Batch | Path = receiving.recv()
        except EOFError:
            return
        if builder is None:
            bulk = _fresh_enough(bulk)
            builder = SegmentBuilder(bulk)
        if isinstance(message, Path):
            builder.write(message)
            builder = None
            continue
        for article, origin in message:
            builder.add(article, origin)


def _fresh_enough(bulk: BulkAnalyzer | None) -> BulkAnalyzer:
    """The same analyzer, or a new one when that remembers more than memory should hold."""
    return bulk if bulk is not None and len(bulk.terms) < _TERMS_REMEMBERED else BulkAnalyzer(default_analyzer())


def _groups(runs: list[_Run]) -> list[list[Path]]:
    """The runs that become one segment each, in order."""
    groups: list[list[Path]] = []
    size = SEGMENT_ARTICLES
    for run in runs:
        if size + run.articles > SEGMENT_ARTICLES:
            groups.append([])
            size = 0
        groups[-1].append(run.folder)
        size += run.articles
    return groups


def _merged(runs: list[Path], next_folder: Callable[[], Path]) -> Path:
    """The runs as one segment; they are gone afterwards."""
    if len(runs) == 1:
        return runs[0]
    segments = [Segment(run) for run in runs]
    folder = next_folder()
    merge([Part(segment, all_docs(segment)) for segment in segments], folder)
    for run in runs:
        shutil.rmtree(run)
    return folder
