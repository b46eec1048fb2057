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

from analyzers.chain import default_analyzer

from .article import Article
from .build import SegmentBuilder, digest
from .errors import MissingPath, NothingToIndex
from .readers import Notice, Skipped, is_readable, known_kinds, read
from .segment import Segment
from .store import LiveSegment, Writer, open_writer

_SEGMENT_ARTICLES = 1 << 16  # so that article numbers fit two bytes


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
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Indexes files and folders into the index in a folder, which is made if need be.

    With ``rebuild`` the index will hold these paths and nothing else. Raises MissingPath, NothingToIndex, IndexLocked
    and the other errors of `errors`; then the index is as it was.
    """
    started = time.perf_counter()
    files = list(_find_files(paths))
    with open_writer(index, rebuild=rebuild) as writer:
        run = _Run(writer, paths, files, on_progress)
        if not files and not run.gone:
            raise NothingToIndex(paths[0], known_kinds())
        report = run.finish()
    report.seconds = time.perf_counter() - started
    return report


def _find_files(paths: Iterable[Path]) -> Iterator[_File]:
    """Every readable file of the paths, in order, each once; a file named outright is taken whatever its name."""
    seen = set()
    for path in paths:
        if not path.exists():
            raise MissingPath(path)
        found = _walk(path) if path.is_dir() else [path]
        for file in found:
            origin = os.path.realpath(file)
            if origin not in seen:
                seen.add(origin)
                status = file.stat()
                name = file.relative_to(path).as_posix() if path.is_dir() else file.name
                yield _File(file, origin, name, status.st_size, status.st_mtime_ns)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and is_readable(path) and path.is_file():
                yield path


class _Run:
    """One run over the files, from what is in the index to what will be."""

    def __init__(
        self,
        writer: Writer,
        paths: Sequence[Path],
        files: list[_File],
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._writer = writer
        self._files = files
        self._on_progress = on_progress
        self._base = writer.base.segments if writer.base else ()
        self._sources = dict(writer.base.sources()) if writer.base else {}
        self._deleted = [np.zeros(len(live.segment), np.bool_) for live in self._base]
        for gone, live in zip(self._deleted, self._base, strict=True):
            gone[live.deleted] = True
        self._kept = [np.zeros(len(live.segment), np.bool_) for live in self._base]
        self._origins: list[list[str]] = [live.segment.origins.names for live in self._base]
        roots = [os.path.realpath(path) for path in paths]
        found = {file.origin for file in files}
        self.gone = {origin for origin in self._sources if _under(origin, roots) and origin not in found}
        self._new: list[LiveSegment] = []
        self._builder: SegmentBuilder | None = None
        self._taken: dict[str, str] = {}
        self._report = Report()

    def finish(self) -> Report:
        """Reads what must be read and commits, if anything has changed."""
        total = sum(file.size for file in self._files)
        done = 0
        before = dict(self._sources)
        for origin in self.gone:
            self._report.removed += self._forget(origin)
            del self._sources[origin]
        for file in self._files:
            state = self._sources.get(file.origin)
            if state and list(state[:2]) == [file.size, file.modified]:
                self._report.unchanged += state[2]
            else:
                self._read(file)
            done += file.size
            if self._on_progress:
                self._on_progress(Progress(done, total, self._report.articles))
        self._flush()
        if self._sources != before or self._new or self._report.removed or self._report.updated:
            self._writer.commit([*self._remaining(), *self._new], self._sources)
        return self._report

    def _read(self, file: _File) -> None:
        """Reads one file: adds and replaces what differs, forgets what it no longer holds."""
        counts, troubles = 0, len(self._report.skipped)
        for reading in read(file.path, name=file.name):
            if isinstance(reading, Article):
                counts += self._take(reading, file)
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
        """Adds an article, keeps the same one that is there, or refuses one whose id is another's."""
        taken = self._taken.get(article.id)
        place = self._find(article.id)
        if place and self._origin(*place) not in (file.origin, *self.gone):
            taken = taken or self._origin(*place)
        if taken:
            self._report.skipped.append(
                Skipped(file.name, f"the id {article.id!r} is already that of an article in {taken}; left out")
            )
            return False
        self._taken[article.id] = file.name
        if place:
            segment, doc = place
            if int(self._base[segment].segment.digests[doc]) == digest(article):
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
            self._builder = SegmentBuilder(default_analyzer())
        self._builder.add(article, origin)
        if len(self._builder) == _SEGMENT_ARTICLES:
            self._flush()

    def _flush(self) -> None:
        if self._builder is not None:
            folder = self._writer.segment_folder()
            self._builder.write(folder)
            self._new.append(LiveSegment(folder.name, Segment(folder)))
            self._builder = None

    def _remaining(self) -> Iterator[LiveSegment]:
        for live, gone in zip(self._base, self._deleted, strict=True):
            yield LiveSegment(live.name, live.segment, np.flatnonzero(gone))


def _under(origin: str, roots: Sequence[str]) -> bool:
    return any(origin == root or origin.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
