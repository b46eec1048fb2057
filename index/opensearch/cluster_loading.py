"""Analyses articles and sends them to a cluster, in this process or in several.

Each process has connections of its own, and counts the words of what it sent. Processes are started fresh, as forking
one that has threads is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol
from uuid import uuid4

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import bulk_analyzer

from ..article import Article
from ..errors import BuildFailed, StoreError
from ..index_writer import TERMS_REMEMBERED
from .address import ClusterAddress
from .bulk_sender import Sender
from .cluster import Cluster
from .cluster_errors import ClusterError
from .cluster_layout import Layout
from .document_speech import add_speech, speakers_shown, words_and_speech
from .documents import documents, inverted_of
from .vocabulary_log import WordCounts, packed

Batch = list[tuple[Article, str]]
"""Articles, each with the file it was read from."""


class Loader(Protocol):
    """Takes batches of articles."""

    def load(self, batch: Batch) -> None:
        """Analyses and sends a batch, now or soon."""

    def finish(self) -> None:
        """Comes back when all is sent, and its words are in the log."""

    def stop(self) -> None:
        """Lets go of whatever still works."""


class OneLoader:
    """Loads in this process. Without ``counts`` the words are left to be counted later."""

    def __init__(self, cluster: Cluster, layout: Layout, *, counts: bool) -> None:
        self._cluster, self._layout = cluster, layout
        self._sender = Sender(cluster, layout.articles)
        self._bulk = self._fresh_bulk()
        self._counts = WordCounts.none() if counts else None

    def load(self, batch: Batch) -> None:
        """See `Loader`."""
        if len(self._bulk.terms) > TERMS_REMEMBERED:
            self._bulk = self._fresh_bulk()
        articles = [article for article, _ in batch]
        words, told = words_and_speech(articles, self._bulk, speakers=self._layout.speakers > 0)
        inverted = inverted_of(words)
        rows = list(documents(batch, words, inverted))
        for (_, document), statements in zip(rows, told, strict=False):
            add_speech(document, statements)
        self._sender.index(rows)
        if self._counts is not None:
            self._counts.add(inverted)
            for _, document in rows:
                self._counts.add_speakers(speakers_shown(document))

    def _fresh_bulk(self) -> BulkAnalyzer:
        return bulk_analyzer(default_analyzer(), keeps_words=self._layout.speakers > 0)

    def finish(self) -> None:
        """See `Loader`."""
        if self._counts is not None:
            append(self._cluster, self._layout, self._counts)

    def stop(self) -> None:
        """Does nothing: there is nothing else."""


class ManyLoaders:
    """Deals batches out to several processes, in turn."""

    def __init__(self, address: ClusterAddress, layout: Layout, jobs: int, *, counts: bool) -> None:
        self._address = address
        context = get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []
        self._next = 0
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, address, layout, counts), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)
        self._busy = [0] * jobs

    def load(self, batch: Batch) -> None:
        """See `Loader`. Waits while the process whose turn it is has two batches to do."""
        place, self._next = self._next, (self._next + 1) % len(self._pipes)
        while self._busy[place] >= 2:
            self._hear(place)
        self._tell(place, batch)
        self._busy[place] += 1

    def finish(self) -> None:
        """See `Loader`."""
        for place in range(len(self._pipes)):
            self._tell(place, None)
            self._busy[place] += 1
        for place in range(len(self._pipes)):
            while self._busy[place]:
                self._hear(place)

    def stop(self) -> None:
        """See `Loader`."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(timeout=5)
            process.terminate()

    def _tell(self, place: int, message: Batch | None) -> None:
        try:
            self._pipes[place].send(message)
        except OSError:
            self._hear(place)
            raise

    def _hear(self, place: int) -> None:
        try:
            trouble = self._pipes[place].recv_bytes().decode()
        except (EOFError, OSError):
            self._processes[place].join(timeout=1)
            code = self._processes[place].exitcode
            raise BuildFailed(str(self._address), f"exit status {code}") from None
        if trouble:
            raise Failed(self._address, trouble)
        self._busy[place] -= 1


class Failed(ClusterError):
    """A process that loaded articles met an error, which it tells."""

    def __init__(self, address: ClusterAddress, told: str) -> None:
        super().__init__(address, told.removeprefix(f"{address}: "))


def _work(pipe: Connection, address: ClusterAddress, layout: Layout, counts: bool) -> None:
    """What each process does: batch after batch, until there is no more; answers '' or what went wrong."""
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        cluster = Cluster(address)
        loader: Loader | None = None
        while True:
            batch = _received(pipe)
            try:
                if loader is None:
                    cluster.require_version()
                    loader = OneLoader(cluster, layout, counts=counts)
                loader.finish() if batch is None else loader.load(batch)
            except StoreError as error:
                pipe.send_bytes(str(error).encode("utf-8", "replace"))
                return
            pipe.send_bytes(b"")
            if batch is None:
                cluster.close()
                return


def _received(pipe: Connection) -> Batch | None:
    """The next batch. Raises EOFError when the process that sends has ended, amid a batch too."""
    try:
        batch: Batch | None = pipe.recv()
    except OSError as error:
        raise EOFError from error
    return batch


def append(cluster: Cluster, layout: Layout, counts: WordCounts) -> None:
    """Appends counts to the log of an index, under names of their own: what is sent twice must not count twice."""
    name = f"words-{uuid4()}"
    entries: Iterable[dict[str, Any]] = ({"kind": "words", "data": data} for data in packed(counts))
    Sender(cluster, layout.log).index([(f"{name}-{number}", entry) for number, entry in enumerate(entries)])
