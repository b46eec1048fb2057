"""The index folder: generations of segments, one writer at a time, any number of readers.

    manifest-000007.json    what generation 7 consists of, with sizes and checksums; its last line checks itself
    s000007/columns.bin     a segment; never changed once its manifest is written
    deleted-000007-s000003  which articles of a segment are gone
    sources-000007.json     which files were read, to tell next time what has changed
    lock                    held by the writer while it writes

A new generation is written beside the old one and takes effect when its manifest is renamed into place, after all it
names is safely on disk. A reader takes the newest manifest that is whole. Nothing in the folder is ever unpickled.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzers.chain import ANALYZER_VERSION

from .columns import Columns, ColumnsError, narrowest, write_columns
from .errors import AnalyzerMismatch, IndexDamaged, IndexLocked, NoIndex, NotAnIndex, StoreError, disk_failure
from .locking import lock
from .manifest import (
    Manifest,
    Row,
    encode,
    generations,
    leftovers,
    manifest_name,
    read_manifest,
    sources_name,
    strangers,
)
from .segment import SEGMENT_FILE, Docs, Segment

GENERATIONS_KEPT = 2
"""The newest and the one to fall back to."""

LOST = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO, errno.ELOOP)
"""Errors of the system that mean that a file is not there, or not to be read whatever we do: that is damage."""

Sources = Mapping[str, Sequence[int]]
"""Origin file to [size, modification time in ns, articles read from it]. A time of -1 has the file read again."""


@dataclass(frozen=True)
class LiveSegment:
    """A segment and the articles of it that are deleted, ascending."""

    name: str
    segment: Segment
    deleted: Docs = field(default_factory=lambda: np.zeros(0, np.intp))

    def __len__(self) -> int:
        return len(self.segment) - len(self.deleted)

    @cached_property
    def mask(self) -> NDArray[np.bool_] | None:
        """Whether each article is live, or None when all are."""
        if not len(self.deleted):
            return None
        mask = np.ones(len(self.segment), np.bool_)
        mask[self.deleted] = False
        return mask

    def live(self) -> Docs:
        """The numbers of the articles that are not deleted."""
        return np.arange(len(self.segment)) if self.mask is None else np.flatnonzero(self.mask)


@dataclass(frozen=True)
class Snapshot:
    """One generation of an index, opened. It stays readable whatever a writer does meanwhile."""

    path: Path
    manifest: Manifest
    segments: tuple[LiveSegment, ...]
    fell_back: str = ""  # why a newer generation was passed over, '' when none was

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    @property
    def generation(self) -> int:
        """The number of the generation."""
        return self.manifest.generation

    @property
    def analyzer_version(self) -> int:
        """The version of the analyzer that made the terms."""
        return self.manifest.analyzer

    def sources(self) -> Sources:
        """The files the articles came from. Raises IndexDamaged when their list is not what was written."""
        try:
            return read_sources(self.path, self.manifest)
        except (OSError, ValueError) as error:
            raise IndexDamaged(self.path, str(error)) from error

    def size_bytes(self) -> int:
        """What the segments take on disk."""
        return sum(live.segment.columns.size_bytes for live in self.segments)

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged if the error, met while reading this snapshot, comes of damage. Reads everything."""
        if isinstance(error, ColumnsError):
            raise IndexDamaged(self.path, str(error)) from error
        for live in self.segments:
            if broken := live.segment.columns.broken():
                why = f"{live.name}/{SEGMENT_FILE}: column {broken[0]} is not what was written"
                raise IndexDamaged(self.path, why) from error


def read_sources(path: Path, manifest: Manifest) -> Sources:
    """The sources of a generation. Raises ValueError when they are not what was written, OSError."""
    name = sources_name(manifest.generation)
    data = (path / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != manifest.sources_sha256:
        raise ValueError(f"{name} is not what was written")
    loaded: Sources = json.loads(data.decode("utf-8", "surrogatepass"))
    return loaded


def open_snapshot(path: Path, *, any_analyzer: bool = False) -> Snapshot:
    """Opens the newest whole generation of the index in a folder.

    Raises NoIndex, NotAnIndex, IndexDamaged, OtherFormat, DiskFailure, or AnalyzerMismatch when its terms are not this
    analyzer's.
    """
    numbers = generations(path)
    if not numbers:
        _require_ours(path)
        raise NoIndex(path)
    why = ""
    snapshot = None
    for number in numbers:
        try:
            snapshot = _open_generation(path, number, why)
            break
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno not in LOST:
                raise disk_failure(path, error) from error
            why = why or f"generation {number}: {_reason(error)}"
    if why and generations(path) != numbers:  # a writer has replaced them meanwhile
        return open_snapshot(path, any_analyzer=any_analyzer)
    if snapshot is None:
        raise IndexDamaged(path, why)
    if not any_analyzer and snapshot.analyzer_version != ANALYZER_VERSION:
        raise AnalyzerMismatch(path, snapshot.analyzer_version, ANALYZER_VERSION)
    return snapshot


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        file = Path(error.filename)
        name = f"{file.parent.name}/{file.name}" if file.name == SEGMENT_FILE else file.name
        return f"{name}: {(error.strerror or '').lower()}"
    return str(error)


def _require_ours(path: Path) -> None:
    """Refuses a folder that holds files of something else, unless there is an index in it already."""
    found = [] if generations(path) else strangers(path)
    if found:
        raise NotAnIndex(path, f"it holds {found[0]}")


def _open_generation(path: Path, number: int, why: str) -> Snapshot:
    manifest = read_manifest(path, number)
    return Snapshot(path, manifest, tuple(open_live(path, row) for row in manifest.segments), why)


def open_live(path: Path, row: Row) -> LiveSegment:
    """A segment as a manifest names it. Raises ValueError or OSError when it is plain that it is another."""
    file = path / row.name / SEGMENT_FILE
    if file.stat().st_size != row.bytes:
        raise ValueError(f"{row.name}/{SEGMENT_FILE} is not as long as it was written")
    try:
        segment = Segment(path / row.name)
    except ColumnsError as error:
        raise ValueError(f"{row.name}/{error}") from error
    if segment.columns.fingerprint != row.directory or len(segment) != row.articles:
        raise ValueError(f"{row.name}/{SEGMENT_FILE} is not the one that was written")
    return LiveSegment(row.name, segment, read_deleted(path, row))


def read_deleted(path: Path, row: Row) -> Docs:
    """Which articles of a segment are deleted. Raises ValueError when the list is not what was written, OSError."""
    if not row.deleted:
        return np.zeros(0, np.intp)
    file = path / row.deleted
    if _sha256(file) != row.deleted_sha256:
        raise ValueError(f"{row.deleted} is not what was written")
    return Columns(file)["docs"].astype(np.intp)


class Writer:
    """Writes the next generation. Nothing is seen by anyone until `commit`."""

    def __init__(self, path: Path, base: Snapshot | None) -> None:
        self.path = path
        self.base = base
        self.generation = max(generations(path), default=0) + 1
        self._new = 0

    def segment_folder(self) -> Path:
        """A fresh folder for one more segment of this generation."""
        self._new += 1
        return self.path / f"s{self.generation:06}-{self._new}"

    def commit(self, segments: Sequence[LiveSegment], sources: Sources) -> Snapshot:
        """Makes these segments, and no others, the newest generation."""
        rows = tuple(self._row(live) for live in segments if len(live))
        sources_path = self.path / sources_name(self.generation)
        _write_synced(sources_path, json.dumps(sources, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        manifest = self.path / manifest_name(self.generation)
        temporary = manifest.with_suffix(".json.tmp")
        _write_synced(temporary, encode(Manifest(self.generation, ANALYZER_VERSION, rows, _sha256(sources_path))))
        sync_folder(self.path)
        temporary.replace(manifest)
        sync_folder(self.path)
        _remove_old(self.path, self.base)
        return open_snapshot(self.path)

    def drop(self, numbers: Iterable[int]) -> None:
        """Removes generations that nobody is to fall back to."""
        for number in numbers:
            (self.path / manifest_name(number)).unlink(missing_ok=True)
        sync_folder(self.path)
        _remove_old(self.path, None)

    def discard(self) -> None:
        """Removes what was written, unless it was committed: a full disk has no room for it."""
        if self.generation not in generations(self.path):
            _remove_old(self.path, self.base)

    def _row(self, live: LiveSegment) -> Row:
        folder = self.path / live.name
        known = self._known(live.name)
        file = folder / SEGMENT_FILE
        if known is None:
            _sync_file(file)
            sync_folder(folder)
        deleted = self._write_deleted(live) if len(live.deleted) else None
        return Row(
            name=live.name,
            articles=len(live.segment),
            bytes=file.stat().st_size,
            directory=live.segment.columns.fingerprint,
            sha256=known.sha256 if known else _sha256(file),
            deleted=deleted.name if deleted else "",
            deleted_sha256=_sha256(deleted) if deleted else "",
        )

    def _known(self, name: str) -> Row | None:
        """The row of a segment that the base generation has already vouched for."""
        rows = self.base.manifest.segments if self.base else ()
        return next((row for row in rows if row.name == name), None)

    def _write_deleted(self, live: LiveSegment) -> Path:
        path = self.path / f"deleted-{self.generation:06}-{live.name}"
        with path.open("wb") as file:
            write_columns(file, {"docs": narrowest(live.deleted)})
            file.flush()
            os.fsync(file.fileno())
        return path


@contextmanager
def open_writer(
    path: Path, *, rebuild: bool = False, on_locked: Callable[[IndexLocked], None] | None = None
) -> Iterator[Writer]:
    """Locks the index in a folder, made if need be, and yields a writer based on its newest generation.

    With ``rebuild`` the writer starts from nothing; what is there stays until it commits. With ``on_locked`` another
    writer is waited for, see `locking.lock`. What fails within leaves the index as it was; errors of the system become
    DiskFailure, and those that come of a damaged index IndexDamaged.
    """
    try:
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent)
    except FileExistsError:
        raise NotAnIndex(path, "it is a file") from None
    except OSError as error:
        raise disk_failure(path, error) from error
    _require_ours(path)
    with lock(path, on_locked):
        writer = Writer(path, None if rebuild else _newest(path))
        try:
            _remove_old(path, writer.base)
            yield writer
        except BaseException as error:
            with suppress(OSError, StoreError):
                writer.discard()
            if isinstance(error, OSError) and _is_within(path, error):
                raise disk_failure(path, error) from error
            if isinstance(error, Exception) and not isinstance(error, (StoreError, OSError)) and writer.base:
                writer.base.blame(error)
            raise


def _newest(path: Path) -> Snapshot | None:
    try:
        return open_snapshot(path)
    except NoIndex:
        return None


def _is_within(path: Path, error: OSError) -> bool:
    """Whether an error concerns the index; one that names no file comes of writing to it."""
    if isinstance(error, BrokenPipeError):
        return False
    return error.filename is None or os.path.realpath(error.filename).startswith(os.path.realpath(path))


def _remove_old(path: Path, base: Snapshot | None) -> None:
    """Removes what no generation still kept consists of, and what an interrupted writer left.

    The generation that a writer started from is kept too: those after it may have been passed over as damaged.
    """
    kept = base.manifest.names() if base else set()
    for number in generations(path)[:GENERATIONS_KEPT]:
        kept.add(manifest_name(number))
        try:
            kept |= read_manifest(path, number).names()
        except (ValueError, OSError, StoreError):
            return  # who knows what it needs, and what can be made of that
    # A manifest goes before what it names, so that none is ever left that names what is gone.
    for entry in sorted(leftovers(path, kept), key=lambda entry: not entry.name.startswith("manifest")):
        with suppress(OSError):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Makes a folder's own entries durable, where the system can."""
    try:
        _sync_file(path)
    except (PermissionError, IsADirectoryError):  # Windows opens no folders
        return
