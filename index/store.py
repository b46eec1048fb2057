"""The index folder: generations of segments, one writer at a time, any number of readers.

    manifest-000007.json    what generation 7 consists of, with sizes and checksums; its last line checks itself
    s000007/columns.bin     a segment; never changed once its manifest is written
    deleted-000007-s000003  which articles of a segment are gone
    sources-000007.json     which files were read, to tell next time what has changed
    lock                    held by the writer while it writes
    unfinished              says that segments without a manifest may be gone on with (see `resume`)

A new generation is written beside the old one and takes effect when its manifest is renamed into place, after all it
names is safely on disk. A reader takes the newest manifest that is whole. Nothing in the folder is ever unpickled.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.analyzers.value_object import lasting_value

from .column_shapes import deleted_docs
from .columns import NO_NUMBERS, Columns, ColumnsError, Numbers, narrowest, write_columns
from .errors import (
    AnalyzerMismatch,
    IndexDamaged,
    IndexLocked,
    Interrupted,
    NoIndex,
    NotAnIndex,
    StoreError,
    disk_failure,
    is_within,
)
from .manifest import (
    MARK,
    Manifest,
    Row,
    Sources,
    deleted_name,
    encode,
    generations,
    lexicon_after,
    manifest_name,
    read_manifest,
    read_sources,
    segment_name,
    sources_name,
)
from .regular_files import create, sha256_of
from .resume import (
    is_marked,
    mark_of,
    remove,
    remove_old,
    remove_segments,
    whole_segments,
)
from .segment import SEGMENT_FILE, Docs, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from . import late_numpy as np

LOST = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO, errno.ELOOP)
"""Errors of the system that mean that a file is not there, or not to be read whatever we do: that is damage."""


@lasting_value
class LiveSegment:
    """A segment and the articles of it that are deleted, ascending."""

    name: str
    segment: Segment
    deleted: Docs | Numbers = NO_NUMBERS

    def __len__(self) -> int:
        return len(self.segment) - len(self.deleted)

    @cached_property
    def mask(self) -> NDArray[np.bool_] | None:
        """Whether each article is live, or None when all are."""
        return None if self.live_bytes is None else np.frombuffer(self.live_bytes, np.bool_)

    @cached_property
    def live_bytes(self) -> bytes | None:
        """The same as bytes, which are 0 or 1."""
        live = bytearray(b"\1") * len(self.segment)
        for doc in self.deleted.tolist():
            live[doc] = 0
        return bytes(live) if len(self.deleted) else None

    def live(self) -> Docs:
        """Returns the numbers of the articles that are not deleted."""
        return np.arange(len(self.segment)) if self.mask is None else np.flatnonzero(self.mask)


@lasting_value
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

    @property
    def is_behind(self) -> bool:
        """Whether another analyzer or lexicon than ours made the terms."""
        return is_behind(self.manifest)

    def sources(self) -> Sources:
        """Returns the files the articles came from. Raises IndexDamaged when their list is not what was written."""
        try:
            return read_sources(self.path, self.manifest)
        except (OSError, ValueError) as error:
            raise IndexDamaged(self.path, str(error)) from error

    def size_bytes(self) -> int:
        """Returns what the segments take on disk."""
        return sum(live.segment.columns.size_bytes for live in self.segments)

    def blame(self, error: Exception) -> None:
        """Raises IndexDamaged if the error, met while reading this snapshot, comes of damage. Reads everything."""
        if isinstance(error, ColumnsError):
            raise IndexDamaged(self.path, str(error)) from error
        from .consistency import column_troubles

        for live in self.segments:
            broken = [f"column {name} is not what was written" for name in live.segment.columns.broken()]
            for why in broken or (trouble.why for trouble in column_troubles(live.segment)):
                raise IndexDamaged(self.path, f"{live.name}/{SEGMENT_FILE}: {why}") from error


def is_behind(manifest: Manifest) -> bool:
    """Returns whether another analyzer or lexicon than ours made the terms, as far as the manifest tells."""
    return manifest.analyzer != ANALYZER_VERSION or manifest.lexicon not in ("", default_lexicon().digest)


def open_snapshot(path: Path, *, any_analyzer: bool = False, behind: int = 0) -> Snapshot:
    """Opens the newest whole generation of the index in a folder.

    Its terms may be those of any analyzer, or of one so many versions ``behind`` this one, if that is said.

    Raises NoIndex, NotAnIndex, IndexDamaged, OtherFormat, DiskFailure, or AnalyzerMismatch when its terms are not this
    analyzer's.
    """
    numbers = generations(path)
    if not numbers:
        from .recovery import without_manifest

        raise without_manifest(path)
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
        return open_snapshot(path, any_analyzer=any_analyzer, behind=behind)
    if snapshot is None:
        raise IndexDamaged(path, why)
    if not any_analyzer and not 0 <= ANALYZER_VERSION - snapshot.analyzer_version <= behind:
        raise AnalyzerMismatch(path, snapshot.analyzer_version, ANALYZER_VERSION)
    return snapshot


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        file = Path(error.filename)
        name = f"{file.parent.name}/{file.name}" if file.name == SEGMENT_FILE else file.name
        return f"{name}: {(error.strerror or '').lower()}"
    return str(error)


def _open_generation(path: Path, number: int, why: str) -> Snapshot:
    manifest = read_manifest(path, number)
    segments = tuple(open_live(path, row) for row in manifest.segments)
    if manifest.speakers:
        for live in segments:
            if not live.segment.has_speech:
                raise ValueError(f"{live.name}/{SEGMENT_FILE} does not tell who said what, as its manifest says")
    return Snapshot(path, manifest, segments, why)


def open_live(path: Path, row: Row) -> LiveSegment:
    """Returns a segment as a manifest names it. Raises ValueError or OSError when it is plain that it is another."""
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


def read_deleted(path: Path, row: Row) -> Numbers:
    """Reads which articles of a segment are deleted. Raises ValueError when the list is not as written, OSError."""
    if not row.deleted:
        return NO_NUMBERS
    file = path / row.deleted
    if sha256_of(file) != row.deleted_sha256:
        raise ValueError(f"{row.deleted} is not what was written")
    return deleted_docs(Columns(file), row.deleted, row.articles)


class Writer:
    """Writes the next generation. Nothing is seen by anyone until `commit`.

    ``speakers`` is the version of the rules by which its segments are to tell who said what; 0 when they are not to.
    """

    def __init__(self, path: Path, base: Snapshot | None, speakers: int = 0) -> None:
        self.path = path
        self.base = base
        self.speakers = speakers
        self.generation = max(generations(path), default=0) + 1
        self.used = base.manifest.names() if base else set()  # of what is in the folder
        self._kind = (self.generation, base.generation if base else 0, speakers)
        self._new = 0
        self._is_marked = self._goes_on = False

    def segment_folder(self) -> Path:
        """Returns a fresh folder for one more segment of this generation."""
        while True:
            self._new += 1
            folder = self.path / segment_name(self.generation, self._new)
            if not os.path.lexists(folder):
                return folder

    def leftovers(self) -> list[Segment]:
        """Returns the segments that a like interrupted run left, in order. What an unlike one left is removed."""
        self._is_marked = is_marked(self.path, *self._kind)
        if not self._is_marked:
            if remove_segments(self.path, self.generation):
                sync_folder(self.path)  # before there is a mark again
            return []
        found = list(whole_segments(self.path, self.generation))
        self._goes_on = bool(found)
        return found

    def mark(self) -> None:
        """Has the segments that are written kept if this run is interrupted; they are as `resume` gives them."""
        if not self._is_marked:
            _write_synced(self.path / MARK, mark_of(*self._kind))
            sync_folder(self.path)
            self._is_marked = True

    def commit(self, segments: Sequence[LiveSegment], sources: Sources, *, sample: bool = False) -> Snapshot:
        """Makes these segments, and no others, the newest generation; ``sample`` marks it as the bundled sample."""
        rows = tuple(self._row(live) for live in segments if len(live))
        sources_path = self.path / sources_name(self.generation)
        _write_synced(sources_path, json.dumps(sources, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        manifest = self.path / manifest_name(self.generation)
        temporary = manifest.with_suffix(".json.tmp")
        ours = default_lexicon().digest
        lexicon = lexicon_after(self.base.manifest.lexicon, ours) if self.base and len(self.base) else ours
        made = Manifest(
            self.generation, ANALYZER_VERSION, rows, sha256_of(sources_path), sample, self.speakers, lexicon
        )
        _write_synced(temporary, encode(made))
        sync_folder(self.path)
        temporary.replace(manifest)
        sync_folder(self.path)
        remove_old(self.path, self.used)
        return open_snapshot(self.path)

    def drop(self, numbers: Iterable[int]) -> None:
        """Removes generations that nobody is to fall back to."""
        for number in numbers:
            manifest = self.path / manifest_name(number)
            if manifest.is_dir() and not manifest.is_symlink():
                remove(manifest)
            else:
                manifest.unlink(missing_ok=True)
        sync_folder(self.path)
        remove_old(self.path, set())

    def discard(self, error: BaseException) -> int:
        """Removes what was written, unless it was committed or can be gone on with; how many articles that are."""
        is_strange = isinstance(error, Exception) and not isinstance(error, (StoreError, OSError, MemoryError))
        is_suspect = is_strange and self._goes_on  # what was gone on with may have led to it
        kept = 0
        if (self.path / MARK).exists() and not is_suspect and self.generation not in generations(self.path):
            kept = sum(map(len, whole_segments(self.path, self.generation)))
        remove_old(self.path, self.used, self.generation if kept else None)
        return kept

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
            sha256=known.sha256 if known else sha256_of(file),
            deleted=deleted.name if deleted else "",
            deleted_sha256=sha256_of(deleted) if deleted else "",
        )

    def _known(self, name: str) -> Row | None:
        """The row of a segment that the base generation has already vouched for."""
        rows = self.base.manifest.segments if self.base else ()
        return next((row for row in rows if row.name == name), None)

    def _write_deleted(self, live: LiveSegment) -> Path:
        path = self.path / deleted_name(self.generation, live.name)
        with create(path) as file:
            write_columns(file, {"docs": narrowest(np.asarray(live.deleted))})
            file.flush()
            os.fsync(file.fileno())
        return path


@contextmanager
def open_writer(
    path: Path,
    *,
    rebuild: bool = False,
    on_locked: Callable[[IndexLocked], None] | None = None,
    speakers: bool | None = None,
) -> Iterator[Writer]:
    """Locks the index in a folder, made if need be, and yields a writer based on its newest generation.

    With ``rebuild``, or where there is nothing but the bundled sample, the writer starts from nothing; what is there
    stays until it commits. ``speakers`` says whether segments tell who said what; by default they do if those there
    are do. With ``on_locked`` another writer is waited for, see `locking.lock`. What fails within
    leaves the index as it was; errors of the system become DiskFailure, and those of a damaged index IndexDamaged.
    """
    try:
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent)
    except FileExistsError:
        raise NotAnIndex(path, "it is a file") from None
    except OSError as error:
        raise disk_failure(path, error, is_new=True) from error
    from .lock import lock
    from .recovery import keep, require_writable

    lost = require_writable(path, rebuild=rebuild)
    with lock(path, on_locked):
        if lost and not generations(path):
            keep(lost)
            sync_folder(path)
        base = None if rebuild else _newest(path)
        writer = Writer(path, None if base and base.manifest.sample else base, _speakers(path, speakers))
        try:
            remove_old(path, writer.used, writer.generation)
            yield writer
            if lost and writer.generation in (numbers := generations(path)):
                writer.drop(numbers[1:])
        except BaseException as error:
            kept = 0
            with suppress(OSError, StoreError):
                kept = writer.discard(error)
            if isinstance(error, KeyboardInterrupt) and kept:
                raise Interrupted(kept) from error
            if isinstance(error, OSError) and is_within(path, error):
                raise disk_failure(path, error, kept) from error
            if isinstance(error, Exception) and not isinstance(error, (StoreError, OSError)) and writer.base:
                writer.base.blame(error)
            raise


def _speakers(path: Path, wanted: bool | None) -> int:
    """By which rules a writer is to have told who said what, 0 by none: as wanted, or as the newest generation has it.

    Which rules there are is asked for only when it is by some, as to know them takes time.
    """
    if wanted is None:
        wanted = any(_told_speakers(path, number) for number in generations(path))
    if not wanted:
        return 0
    from khabarjoo.analyzers.reported_speech import SPEECH_VERSION

    return SPEECH_VERSION


def _told_speakers(path: Path, number: int) -> int:
    try:
        return read_manifest(path, number).speakers
    except (OSError, ValueError, StoreError):
        return 0


def _newest(path: Path) -> Snapshot | None:
    try:
        return open_snapshot(path)
    except NoIndex:
        return None


def _write_synced(path: Path, data: bytes) -> None:
    with create(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_file(path: Path, flags: int = os.O_RDWR) -> None:  # to write, as Windows syncs nothing that is only read
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Makes a folder's own entries durable, where the system can."""
    try:
        _sync_file(path, os.O_RDONLY)
    except (PermissionError, IsADirectoryError):  # Windows opens no folders
        return
