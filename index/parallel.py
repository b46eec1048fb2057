"""Building segments in several processes: each analyses and writes its own share of the articles.

Shares are dealt out in turn, so the same input makes the same segments. Processes are started fresh (spawned), as
forking a process that has threads is unsafe; they are worth starting only for input that takes seconds to index.
"""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path
from typing import NamedTuple

from analyzers.chain import default_analyzer

from .article import Article
from .build import SegmentBuilder

WORTH_STARTING = 16 << 20
"""Bytes of input from which other processes save more than they cost."""

_BATCH = 128  # articles handed over together
_WAITING = 4  # batches a worker may have before it

_Batch = list[tuple[Article, str]]


class WorkerFailed(Exception):
    """A process that built a segment died; nothing of its share was written."""


class _Worker(NamedTuple):
    process: BaseProcess
    queue: Queue[_Batch | None]
    folder: Path


class ParallelBuilder:
    """Takes articles like a `SegmentBuilder`, and writes one segment for each of its folders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        context = get_context("spawn")
        self._workers: list[_Worker] = []
        for folder in folders:
            queue: Queue[_Batch | None] = context.Queue(_WAITING)
            process = context.Process(target=_build, args=(queue, folder), daemon=True)
            process.start()
            self._workers.append(_Worker(process, queue, folder))
        self._batch: _Batch = []
        self._dealt = 0
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._batch.append((article, origin))
        self._count += 1
        if len(self._batch) == _BATCH:
            self._deal()

    def write(self) -> list[Path]:
        """Waits until all is written and returns the folders of the segments; those without articles are left out."""
        self._deal()
        for worker in self._workers:
            worker.queue.put(None)
        for worker in self._workers:
            worker.process.join()
            if worker.process.exitcode:
                raise WorkerFailed(f"a process that built {worker.folder.name} ended with {worker.process.exitcode}")
        return [worker.folder for worker in self._workers if worker.folder.exists()]

    def stop(self) -> None:
        """Ends the processes, whatever they are at."""
        for worker in self._workers:
            worker.process.terminate()

    def _deal(self) -> None:
        if self._batch:
            worker = self._workers[self._dealt % len(self._workers)]
            if not worker.process.is_alive():
                raise WorkerFailed(f"a process that built {worker.folder.name} ended early")
            worker.queue.put(self._batch)
            self._batch, self._dealt = [], self._dealt + 1


def _build(queue: Queue[_Batch | None], folder: Path) -> None:
    """What a worker does: builds a segment of all batches up to the None that ends them."""
    builder = SegmentBuilder(default_analyzer())
    while (batch := queue.get()) is not None:
        for article, origin in batch:
            builder.add(article, origin)
    if len(builder):
        builder.write(folder)
