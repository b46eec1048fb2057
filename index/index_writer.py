"""Building all the segments of a run, in this process or in several.

Articles are inverted in runs small enough for memory; the runs are then merged into segments, so that a query has few
to look into. A segment has so many articles at most that their numbers fit two bytes. With several processes, articles
are dealt out in turn, so the same input makes the same segments. Processes are started fresh (spawned), as forking one
that has threads is unsafe; they are worth starting only for input that takes seconds to index.

Articles that an interrupted run had analysed (`resume_pool`) count as members of their runs, but stay in the segments
they are in until those are merged. So runs hold what they would have held had nothing been interrupted.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

import numpy as np

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import bulk_analyzer

from .article import Article
from .errors import BuildFailed
from .merge import Part, merge
from .resume import remove
from .resumed_articles import Place, Pool
from .segment import Segment, all_docs
from .segment_writer import SegmentBuilder
from .store import Writer

SEGMENT_ARTICLES = 1 << 16
"""Articles a segment holds at most."""

RUN_ARTICLES = 1 << 13
"""Articles inverted together, and then safe from an interruption: some 200 MB of arrays."""

_RUN_CHARACTERS = 1 << 25
"""Characters from which a run is inverted however few its articles are: twice as many as those of usual news."""

TERMS_REMEMBERED = 3 << 17
"""Distinct terms after which an analyzer starts afresh; each takes a kilobyte."""

WORTH_SHARING = 4 << 20
"""Bytes of input from which more processes save more than they cost."""

_BATCH = 64  # articles handed over together
_BATCH_CHARACTERS = 1 << 20  # from which they are fewer
_PIPE_BYTES = 1 << 20  # the most that Linux gives anybody: some four batches
_SYSTEM_ERROR = 100  # and the number of the system's error: the exit status of a worker that met one
_NEVER = 1 << 30  # searches of what is young before one of all
_NEW_TERMS = 1 << 18  # terms no run before had, after which one ends however few its articles are
_SEGMENT_CHARACTERS = 1 << 28  # from which a segment has fewer articles: twice as many as those of usual news

_Batch = list[tuple[Article, str]]

if sys.platform == "linux":
    import fcntl


@dataclass
class _Run:
    """Articles inverted together: those taken from the pool, and the others, which are in a folder once written."""

    articles: int = 0
    characters: int = 0
    taken: list[Place] = field(default_factory=list)
    folder: Path | None = None

    def count(self, article: Article) -> None:
        self.articles += 1
        self.characters += article.characters

    @property
    def is_fresh(self) -> bool:
        """Whether any of its articles is to be analysed."""
        return len(self.taken) < self.articles


class Builder(Protocol):
    """Takes articles and writes segments."""

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order."""

    def stop(self) -> None:
        """Lets go of everything, whatever has been written."""

    @property
    def resumed(self) -> int:
        """How many of the articles an interrupted run had analysed."""


class OneProcess:
    """Builds in this process.

    New words make millions of objects, all of them kept, and the search for garbage would look through them again and
    again. So until it is stopped only what is young is searched.
    """

    def __init__(self, writer: Writer, run_articles: int = RUN_ARTICLES) -> None:
        self._writer = writer
        self._run_articles = run_articles
        self._pool = Pool(writer)
        self._bulk: BulkAnalyzer | None = None
        self._known_terms = 0  # before the run
        self._builder: SegmentBuilder | None = None
        self._run = _Run()
        self._runs: list[_Run] = []
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], _NEVER)

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        run = self._run
        run.count(article)
        if place := self._pool.take(article, origin):
            run.taken.append(place)
        else:
            self._analyse(article, origin)
        new_terms = len(self._bulk.terms) - self._known_terms if self._bulk else 0
        if run.articles >= self._run_articles or run.characters >= _RUN_CHARACTERS or new_terms >= _NEW_TERMS:
            self._writer.mark()
            self._write()
            if new_terms >= _NEW_TERMS:
                self._bulk = None

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order."""
        self._write()
        self._bulk = None  # its memory is wanted for merging
        segments = _segments(self._runs, self._pool, self._writer)
        self.stop()
        return segments

    def stop(self) -> None:
        """Lets garbage be searched for as before."""
        gc.set_threshold(*self._thresholds)

    @property
    def resumed(self) -> int:
        """How many of the articles an interrupted run had analysed."""
        return self._pool.taken

    def _analyse(self, article: Article, origin: str) -> None:
        if self._builder is None:
            self._bulk = _fresh_enough(self._bulk, speakers=self._writer.speakers > 0)
            self._known_terms = len(self._bulk.terms)
            self._builder = _segment_builder(self._bulk, speakers=self._writer.speakers > 0)
        self._builder.add(article, origin)

    def _write(self) -> None:
        if self._builder is not None:
            self._run.folder = self._writer.segment_folder()
            self._builder.write(self._run.folder)
            self._builder = None
        if self._run.articles:
            self._runs.append(self._run)
            self._run = _Run()


@dataclass
class _Worker:
    process: BaseProcess
    sending: Connection
    run: _Run = field(default_factory=_Run)


class ManyProcesses:
    """Builds in several processes, each a run at a time."""

    def __init__(self, writer: Writer, jobs: int, run_articles: int = RUN_ARTICLES) -> None:
        self._writer = writer
        self._run_articles = run_articles
        self._pool = Pool(writer)
        self._workers = [_start_worker(speakers=writer.speakers > 0) for _ in range(jobs)]
        self._runs: list[_Run] = []
        self._batch: _Batch = []
        self._characters = 0  # of the batch
        self._turn = 0

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._batch.append((article, origin))
        self._characters += article.characters
        if len(self._batch) == _BATCH or self._characters >= _BATCH_CHARACTERS:
            self._deal()

    def finish(self) -> list[Path]:
        """Writes what is left and returns the folders of all segments, in order. Raises BuildFailed."""
        self._deal()
        for worker in self._workers:
            self._write(worker)
        self._join()
        return _segments(self._runs, self._pool, self._writer)

    def stop(self) -> None:
        """Ends the processes, whatever they are at."""
        for worker in self._workers:
            worker.sending.close()
            worker.process.terminate()
            worker.process.join()

    @property
    def resumed(self) -> int:
        """How many of the articles an interrupted run had analysed."""
        return self._pool.taken

    def _deal(self) -> None:
        if not self._batch:
            return
        worker = self._workers[self._turn % len(self._workers)]
        if fresh := list(self._fresh(worker.run)):
            self._send(worker, fresh)
        self._batch, self._characters, self._turn = [], 0, self._turn + 1
        if worker.run.articles > self._run_articles - _BATCH or worker.run.characters >= _RUN_CHARACTERS:
            self._writer.mark()
            self._write(worker)

    def _fresh(self, run: _Run) -> Iterator[tuple[Article, str]]:
        """Counts the articles of the batch as those of a run; gives those that are to be analysed."""
        for article, origin in self._batch:
            run.count(article)
            if place := self._pool.take(article, origin):
                run.taken.append(place)
            else:
                yield article, origin

    def _write(self, worker: _Worker) -> None:
        run = worker.run
        if run.is_fresh:
            run.folder = self._writer.segment_folder()
            self._send(worker, run.folder)
        if run.articles:
            self._runs.append(run)
            worker.run = _Run()

    def _join(self) -> None:
        for worker in self._workers:
            worker.sending.close()
        for worker in self._workers:
            worker.process.join()
            _require_success(worker.process.exitcode, self._writer.path)

    def _send(self, worker: _Worker, message: _Batch | Path) -> None:
        try:
            worker.sending.send(message)
        except OSError as error:  # it has died: a pipe without a reader
            worker.process.join()
            _require_success(worker.process.exitcode, self._writer.path)
            raise BuildFailed(self._writer.path, "one ended early") from error


def _require_success(status: int | None, path: Path) -> None:
    """Raises what a worker's exit status tells."""
    if status and status >= _SYSTEM_ERROR:
        number = status - _SYSTEM_ERROR
        raise OSError(number, os.strerror(number))
    if status:
        raise BuildFailed(path, f"one ended with status {status}")


def _start_worker(*, speakers: bool) -> _Worker:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    _widen(sending)
    process = context.Process(target=_work, args=(receiving, speakers), daemon=True)
    with _interrupts_held():
        process.start()
    receiving.close()  # ours; the worker has its own, so the pipe breaks when it dies
    return _Worker(process, sending)


def _widen(pipe: Connection) -> None:
    """Lets a pipe hold some batches, where the system can, so that neither end waits while the other is busy."""
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


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


def _work(receiving: Connection, speakers: bool) -> None:
    """What a worker does; when the system does not let it write, its exit status tells why."""
    try:
        _build(receiving, speakers)
    except OSError as error:
        sys.exit(_SYSTEM_ERROR + (error.errno or 0))
    os._exit(0)  # what it wrote is closed, and letting go of all words one by one takes a third of a second


def _build(receiving: Connection, speakers: bool) -> None:
    """Takes batches, writes a run where it is told to, ends when nobody tells it anything."""
    gc.disable()  # with so many words to look through it takes long, and there is nothing to find but an old analyzer
    bulk: BulkAnalyzer | None = None
    builder: SegmentBuilder | None = None
    while True:
        try:
            message: _Batch | Path = receiving.recv()
        except EOFError:
            return
        if builder is None:
            before = bulk
            bulk = _fresh_enough(bulk, speakers=speakers)
            builder = _segment_builder(bulk, speakers=speakers)
            if before is not bulk:
                before = None
                gc.collect()
        if isinstance(message, Path):
            if not _is_wanted():
                return
            builder.write(message)
            builder = None
            continue
        for article, origin in message:
            builder.add(article, origin)


def _segment_builder(bulk: BulkAnalyzer, *, speakers: bool) -> SegmentBuilder:
    """A builder that also collects who said what, if that is wanted."""
    if not speakers:
        return SegmentBuilder(bulk)
    from .speech_columns import SpeechColumns

    return SegmentBuilder(bulk, speech=SpeechColumns(bulk))


def _fresh_enough(bulk: BulkAnalyzer | None, *, speakers: bool) -> BulkAnalyzer:
    """The same analyzer, or a new one when that remembers more than memory should hold."""
    if bulk is not None and len(bulk.terms) < TERMS_REMEMBERED:
        return bulk
    return bulk_analyzer(default_analyzer(), keeps_words=speakers)


def _is_wanted() -> bool:
    """Whether there is still somebody to build for, so that no other writer can have begun."""
    parent = parent_process()
    return parent is not None and parent.is_alive()


# -- from runs to segments ---------------------------------------------------------------------------------------------


_Pieces = dict[Path, list[int] | None]
"""What a segment is made of: of each folder the articles that are taken, or None for all of them."""


def _segments(runs: Sequence[_Run], pool: Pool, writer: Writer) -> list[Path]:
    """The runs as segments. What these were merged of is gone afterwards."""
    groups = [_pieces(group, pool) for group in _groups(runs)]
    return [
        _merged(pieces, writer, {folder for later in groups[place + 1 :] for folder in later})
        for place, pieces in enumerate(groups)
    ]


def _groups(runs: Sequence[_Run]) -> list[list[_Run]]:
    """The runs that become one segment each, in order."""
    groups: list[list[_Run]] = []
    size, characters = SEGMENT_ARTICLES, 0
    for run in runs:
        if size + run.articles > SEGMENT_ARTICLES or (size and characters + run.characters > _SEGMENT_CHARACTERS):
            groups.append([])
            size = characters = 0
        groups[-1].append(run)
        size += run.articles
        characters += run.characters
    return groups


def _pieces(runs: Sequence[_Run], pool: Pool) -> _Pieces:
    pieces: _Pieces = {}
    for run in runs:
        for place in sorted(run.taken):
            docs = pieces.setdefault(pool.folder(place.segment), [])
            assert docs is not None
            docs.append(place.doc)
        if run.folder:
            pieces[run.folder] = None
    return pieces


def _merged(pieces: _Pieces, writer: Writer, kept: Collection[Path]) -> Path:
    """The pieces as one segment, in a new folder if need be; their own folders, but for those kept, are gone then."""
    parts = [_part(Segment(piece), docs) for piece, docs in pieces.items()]
    if len(parts) == 1 and len(parts[0].kept) == len(parts[0].segment):
        return parts[0].segment.folder
    folder = writer.segment_folder()
    merge(parts, folder)
    for piece in pieces.keys() - set(kept):
        remove(piece)  # what is mapped stays on Windows, until the next run
    return folder


def _part(segment: Segment, docs: list[int] | None) -> Part:
    return Part(segment, all_docs(segment) if docs is None else np.sort(np.array(docs, np.intp)))
