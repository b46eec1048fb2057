"""Making an index agree with files on disk: reads what is new or changed, forgets what is gone, leaves the rest.

A file is read again when its size or time differs from last time. Of a file read again, articles whose content is the
same are kept as they stand, so adding a line to a large dump costs reading the dump and indexing the line.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .article import Article
from .errors import IndexLocked, MissingPath, NothingToIndex
from .index_writer import RUN_ARTICLES, WORTH_SHARING, Builder, ManyProcesses, OneProcess
from .ingest import SUFFIXES, Notice, Skipped, is_readable, read
from .merge_policy import compact
from .segment import Segment
from .segment_writer import digest
from .store import LiveSegment, Writer, open_writer

_PROGRESS_EVERY = 200  # articles


class Progress(NamedTuple):
    """How far a run has come."""

    done_bytes: int
    total_bytes: int
    articles: int


@dataclass
class Report:
    """What a run did. ``skipped`` was not read; ``notices`` was read with a loss."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    resumed: int = 0  # of those added and updated, how many an interrupted run had indexed already
    skipped: list[Skipped] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles of the paths given are in the index now."""
        return self.added + self.updated + self.unchanged


class _File(NamedTuple):
    """A file to be read: where it is, what it is known as from run to run, and its name for ids and messages."""

    path: Path
    origin: str
    name: str
    size: int
    modified: int


def sync(
    index: Path,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_locked: Callable[[IndexLocked], None] | None = None,
    run_articles: int = RUN_ARTICLES,
) -> Report:
    """Indexes files and folders into the index in a folder, which is made if need be.

    With ``rebuild`` the index will hold these paths and nothing else. ``jobs`` is how many processes may work on input
    that is large enough to be shared; a script that asks for more than one must keep its own work under
    ``if __name__ == "__main__"``, as for any use of `multiprocessing`. With ``on_locked`` another writer is waited
    for, after that was called. ``run_articles`` is how many articles are inverted at once: so many a process may have
    to read again when it is interrupted, the others are kept for the next run. Raises MissingPath, NothingToIndex,
    IndexLocked and the other errors of `errors`, Interrupted for Ctrl-C; then the index is as it was.
    """
    started = time.perf_counter()
    found = _Found(index)
    for path in paths:
        found.add(path)
    with open_writer(index, rebuild=rebuild, on_locked=on_locked) as writer:
        run = _Run(writer, paths, found, jobs, run_articles, on_progress)
        if not found.files and not run.gone:
            raise NothingToIndex(paths[0], " ".join(SUFFIXES))
        try:
            report = run.finish(always_commit=rebuild)
        finally:
            run.stop()
        if writer.base and writer.base.fell_back:
            why = f"{writer.base.fell_back}; went on from generation {writer.base.generation}"
            report.notices.append(Notice(str(index), why))
    report.seconds = time.perf_counter() - started
    return report


def build(
    index: str | Path,
    paths: str | Path | Sequence[str | Path],
    *,
    rebuild: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Brings the index in a folder up to date with files and folders, and reports what was done.

    This is `sync` for scripts: paths may be strings, and one needs no list. Errors and ``jobs`` are those of `sync`.
    """
    given = [paths] if isinstance(paths, str | Path) else paths
    return sync(Path(index), [Path(path) for path in given], rebuild=rebuild, jobs=jobs, on_progress=on_progress)


class _Found:
    """The readable files of some paths, in order, each once, and what could not even be looked at."""

    def __init__(self, index: Path) -> None:
        self._index = os.path.realpath(index)
        self._seen: set[str] = set()
        self.files: list[_File] = []
        self.unreadable: list[Skipped] = []
        self.refused: list[Skipped] = []

    def add(self, path: Path) -> None:
        """Takes a folder's readable files, or one file whatever its name. Raises MissingPath."""
        if not os.path.exists(path):  # noqa: PTH110  Path.exists raises for names that are too long
            raise MissingPath(path)
        if not path.is_dir():
            self._add_file(path, path.name)
            return
        for file in self._walk(path):
            self._add_file(file, file.relative_to(path).as_posix())

    def _add_file(self, file: Path, name: str) -> None:
        origin = os.path.realpath(file)
        if origin in self._seen:
            return
        self._seen.add(origin)
        try:
            status = file.stat()
        except OSError as error:
            self._note(error)
        else:
            self.files.append(_File(file, origin, name, status.st_size, status.st_mtime_ns))

    def _walk(self, folder: Path) -> Iterator[Path]:
        """The readable files below a folder. Links to folders are not followed, nor are those to files elsewhere."""
        roots = _real([folder])
        for root, folders, names in os.walk(folder, onerror=self._note):
            if os.path.realpath(root) == self._index:  # the index is no article of its own
                folders.clear()
                continue
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in (Path(root, name) for name in folders):
                self._leads_out(path, roots)
            for name in sorted(names):
                path = Path(root, name)
                taken = not name.startswith(".") and is_readable(path) and path.is_file()
                if taken and not self._leads_out(path, roots):
                    yield path

    def _leads_out(self, path: Path, roots: Sequence[str]) -> bool:
        """Whether a path below a folder is a link out of it, which may show what nobody meant to be indexed."""
        leads_out = path.is_symlink() and not _under(os.path.realpath(path), roots)
        if leads_out:
            self.refused.append(
                Skipped(str(path), "it is a link out of the folder; to index what it leads to, name it")
            )
        return leads_out

    def _note(self, error: OSError) -> None:
        self.unreadable.append(Skipped(str(error.filename), f"cannot be read: {error.strerror}"))


class _Run:
    """One run over the files, from what is in the index to what will be."""

    def __init__(
        self,
        writer: Writer,
        paths: Sequence[Path],
        found: _Found,
        jobs: int,
        run_articles: int,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._writer = writer
        self._files = found.files
        self._jobs = jobs
        self._run_articles = run_articles
        self._on_progress = on_progress
        self._base = writer.base.segments if writer.base else ()
        self._sources = dict(writer.base.sources()) if writer.base else {}
        self._deleted = [np.zeros(len(live.segment), np.bool_) for live in self._base]
        for gone, live in zip(self._deleted, self._base, strict=True):
            gone[live.deleted] = True
        self._kept = [np.zeros(len(live.segment), np.bool_) for live in self._base]
        self._origins: list[list[str]] = [live.segment.origins.names for live in self._base]
        there = {file.origin for file in found.files}
        roots, unseen = _real(paths), _real(Path(skipped.where) for skipped in found.unreadable)
        self.gone = {o for o in self._sources if o not in there and _under(o, roots) and not _under(o, unseen)}
        self._unread = {file.origin for file in found.files if not self._is_known(file)}
        self._new: list[LiveSegment] = []
        self._builder: Builder | None = None
        self._taken: dict[str, str] = {}
        self._report = Report(skipped=[*found.unreadable, *found.refused])
        self._done = 0
        self._total = sum(file.size for file in found.files)

    def finish(self, *, always_commit: bool) -> Report:
        """Reads what must be read and commits, if anything has changed."""
        before = dict(self._sources)
        for origin in self.gone:
            self._report.removed += self._forget(origin)
            del self._sources[origin]
        for file in self._files:
            if file.origin in self._unread:
                self._unread.remove(file.origin)
                self._read(file)
            else:
                self._report.unchanged += self._sources[file.origin][2]
            self._done += file.size
            self._tell()
        if self._builder is not None:
            self._new = [LiveSegment(folder.name, Segment(folder)) for folder in self._builder.finish()]
            self._report.resumed = self._builder.resumed
        if always_commit or self._sources != before or self._new or self._report.removed or self._report.updated:
            added = self._report.added + self._report.updated
            segments = compact([*self._remaining(), *self._new], added, self._writer.segment_folder)
            self._writer.commit(segments, self._sources)
        return self._report

    def stop(self) -> None:
        """Lets go of whatever still works on the run."""
        if self._builder is not None:
            self._builder.stop()

    def _tell(self) -> None:
        if self._on_progress:
            self._on_progress(Progress(self._done, self._total, self._report.articles))

    def _is_known(self, file: _File) -> bool:
        """Whether a file is as it was when it was last read, and was read without trouble."""
        return list(self._sources.get(file.origin, ())[:2]) == [file.size, file.modified]

    def _read(self, file: _File) -> None:
        """Reads one file: adds and replaces what differs, forgets what it no longer holds."""
        counts, troubles = 0, len(self._report.skipped)
        for reading in read(file.path, name=file.name):
            if isinstance(reading, Article):
                counts += self._take(reading, file)
                if counts % _PROGRESS_EVERY == 0:
                    self._tell()
            elif isinstance(reading, Skipped):
                self._report.skipped.append(reading)
            else:
                self._report.notices.append(reading)
        self._report.removed += self._forget(file.origin)
        # A file with troubles is read again next time, so that they are told again.
        whole = len(self._report.skipped) == troubles
        if counts or not whole:
            self._sources[file.origin] = [file.size, file.modified if whole else -1, counts]
        else:
            self._sources.pop(file.origin, None)

    def _take(self, article: Article, file: _File) -> bool:
        """Adds an article, keeps the same one that is there, or refuses one whose id is another's.

        An id goes to the first file that has it, as in a run over all files: one that is yet to be read has no claim.
        """
        taken = self._taken.get(article.id)
        place = self._find(article.id)
        owner = self._origin(*place) if place else file.origin
        if owner != file.origin and owner not in self._unread and os.path.lexists(owner):
            taken = taken or owner
        if taken:
            self._report.skipped.append(
                Skipped(file.name, f"the id “{article.id}” is already that of an article in {taken}; left out")
            )
            return False
        self._taken[article.id] = file.name
        if place:
            segment, doc = place
            if owner == file.origin and int(self._base[segment].segment.digests[doc]) == digest(article):
                self._kept[segment][doc] = True
                self._report.unchanged += 1
                return True
            self._deleted[segment][doc] = True
            self._report.updated += 1
        else:
            self._report.added += 1
        self._add(article, file.origin)
        return True

    def _find(self, id: str) -> tuple[int, int] | None:
        """Where the index has an article that is not deleted: (segment, article)."""
        for number, live in enumerate(self._base):
            doc = live.segment.doc_number(id)
            if doc >= 0 and not self._deleted[number][doc]:
                return number, doc
        return None

    def _origin(self, segment: int, doc: int) -> str:
        return self._origins[segment][int(self._base[segment].segment.origins.numbers(doc)[0])]

    def _forget(self, origin: str) -> int:
        """Deletes the articles that came from a file and were not kept in this run; how many they were."""
        forgotten = 0
        for number, live in enumerate(self._base):
            if origin in self._origins[number]:
                docs = live.segment.origins.docs([self._origins[number].index(origin)])
                docs = docs[~self._deleted[number][docs] & ~self._kept[number][docs]]
                self._deleted[number][docs] = True
                forgotten += len(docs)
        return forgotten

    def _add(self, article: Article, origin: str) -> None:
        if self._builder is None:
            left = sum(file.size for file in self._files if file.origin in self._unread or file.origin == origin)
            many = self._jobs > 1 and left >= WORTH_SHARING
            self._builder = (
                ManyProcesses(self._writer, self._jobs, self._run_articles)
                if many
                else OneProcess(self._writer, self._run_articles)
            )
        self._builder.add(article, origin)

    def _remaining(self) -> Iterator[LiveSegment]:
        for live, gone in zip(self._base, self._deleted, strict=True):
            yield LiveSegment(live.name, live.segment, np.flatnonzero(gone))


def _real(paths: Iterable[Path]) -> list[str]:
    return [os.path.realpath(path) for path in paths]


def _under(origin: str, roots: Sequence[str]) -> bool:
    return any(origin == root or origin.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
