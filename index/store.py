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

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyzers.chain import ANALYZER_VERSION

from .columns import Columns, ColumnsError, narrowest, write_columns
from .errors import AnalyzerMismatch, IndexDamaged, NoIndex, NotAnIndex, StoreError
from .locking import lock
from .segment import SEGMENT_FILE, Docs, Segment

FORMAT_VERSION = 1
"""Of the files in the folder. Goes up when old ones can no longer be read."""

_MANIFEST = re.compile(r"manifest-(\d{6})\.json")
_OURS = re.compile(r"manifest-\d{6}\.json(\.tmp)?|s\d{6}(-\d+)?|deleted-\d{6}-\S+|sources-\d{6}\.json|lock")
_GENERATIONS_KEPT = 2  # the newest and the one to fall back to

Sources = Mapping[str, Sequence[int]]
"""Origin file to [size, modification time in ns, articles read from it]."""


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
    generation: int
    segments: tuple[LiveSegment, ...]
    analyzer_version: int
    sources_checksum: str
    fell_back: str = ""  # why a newer generation was passed over, '' when none was

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    def sources(self) -> Sources:
        """The files the articles came from. Raises IndexDamaged when their list is not what was written."""
        path = self.path / f"sources-{self.generation:06}.json"
        try:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != self.sources_checksum:
                raise ValueError(f"{path.name} is not what was written")
            loaded: Sources = json.loads(data.decode("utf-8", "surrogatepass"))
        except (OSError, ValueError) as error:
            raise IndexDamaged(self.path, str(error)) from error
        return loaded

    def size_bytes(self) -> int:
        """What the segments take on disk."""
        return sum(live.segment.columns.size_bytes for live in self.segments)


def open_snapshot(path: Path, *, any_analyzer: bool = False) -> Snapshot:
    """Opens the newest whole generation of the index in a folder.

    Raises NoIndex, NotAnIndex, IndexDamaged, or AnalyzerMismatch when its terms are not this analyzer's.
    """
    numbers = _generations(path)
    if not numbers:
        _require_ours(path)
        raise NoIndex(path)
    why = ""
    for number in numbers:
        try:
            snapshot = _open_generation(path, number, why)
        except (OSError, ValueError, KeyError, ColumnsError) as error:
            why = why or f"generation {number}: {error}"
            continue
        if not any_analyzer and snapshot.analyzer_version != ANALYZER_VERSION:
            raise AnalyzerMismatch(path, snapshot.analyzer_version, ANALYZER_VERSION)
        return snapshot
    if _generations(path) != numbers:  # a writer has replaced them all meanwhile
        return open_snapshot(path, any_analyzer=any_analyzer)
    raise IndexDamaged(path, why)


def _generations(path: Path) -> list[int]:
    """The numbers of the manifests in a folder, newest first."""
    try:
        names = [entry.name for entry in path.iterdir()]
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise NotAnIndex(path, "it is a file") from None
    except OSError as error:
        raise StoreError(path, f"{path} cannot be opened: {error.strerror}") from error
    return sorted((int(match[1]) for name in names if (match := _MANIFEST.fullmatch(name))), reverse=True)


def _require_ours(path: Path) -> None:
    """Refuses a folder that holds files of something else, unless there is an index in it already."""
    names = [] if _generations(path) or not path.is_dir() else (entry.name for entry in path.iterdir())
    strangers = sorted(name for name in names if not _OURS.fullmatch(name))
    if strangers:
        raise NotAnIndex(path, f"it holds {strangers[0]}")


def _open_generation(path: Path, number: int, why: str) -> Snapshot:
    manifest = _read_manifest(path / f"manifest-{number:06}.json")
    if manifest["format"] != FORMAT_VERSION:
        raise ValueError(f"it has format {manifest['format']}, this version reads {FORMAT_VERSION}")
    segments = []
    for row in manifest["segments"]:
        file = path / row["name"] / SEGMENT_FILE
        if file.stat().st_size != row["bytes"]:
            raise ValueError(f"{row['name']}/{SEGMENT_FILE} is not as long as it was written")
        deleted = np.zeros(0, np.intp)
        if row["deleted"]:
            deleted = Columns(path / row["deleted"])["docs"].astype(np.intp)
        segments.append(LiveSegment(row["name"], Segment(path / row["name"]), deleted))
    return Snapshot(path, number, tuple(segments), manifest["analyzer"], manifest["sources"]["sha256"], why)


def _read_manifest(path: Path) -> Any:
    body, _, checksum = path.read_text(encoding="utf-8").rstrip("\n").rpartition("\n")
    if hashlib.sha256(body.encode()).hexdigest() != checksum:
        raise ValueError(f"{path.name} is not what was written")
    return json.loads(body)


class Writer:
    """Writes the next generation. Nothing is seen by anyone until `commit`."""

    def __init__(self, path: Path, base: Snapshot | None) -> None:
        self.path = path
        self.base = base
        self.generation = max(_generations(path), default=0) + 1
        self._new = 0

    def segment_folder(self) -> Path:
        """A fresh folder for one more segment of this generation."""
        self._new += 1
        return self.path / f"s{self.generation:06}-{self._new}"

    def commit(self, segments: Sequence[LiveSegment], sources: Sources) -> Snapshot:
        """Makes these segments, and no others, the newest generation."""
        rows = [self._row(live) for live in segments if len(live)]
        sources_path = self.path / f"sources-{self.generation:06}.json"
        _write_synced(sources_path, json.dumps(sources, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        body = json.dumps(
            {
                "format": FORMAT_VERSION,
                "generation": self.generation,
                "analyzer": ANALYZER_VERSION,
                "segments": rows,
                "sources": {"sha256": _sha256(sources_path)},
            },
            indent=1,
        )
        manifest = self.path / f"manifest-{self.generation:06}.json"
        temporary = manifest.with_suffix(".json.tmp")
        _write_synced(temporary, f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n".encode())
        sync_folder(self.path)
        temporary.replace(manifest)
        sync_folder(self.path)
        _remove_old(self.path, self.base)
        return open_snapshot(self.path)

    def _row(self, live: LiveSegment) -> dict[str, Any]:
        folder = self.path / live.name
        known = self._known(live.name)
        deleted = self._write_deleted(live) if len(live.deleted) else None
        file = folder / SEGMENT_FILE
        if known is None:
            _sync_file(file)
            sync_folder(folder)
        return {
            "name": live.name,
            "articles": len(live.segment),
            "bytes": file.stat().st_size,
            "sha256": known["sha256"] if known else _sha256(file),
            "deleted": deleted,
        }

    def _known(self, name: str) -> Any:
        """The row of a segment that the base generation has already vouched for."""
        if self.base is None:
            return None
        rows = _read_manifest(self.path / f"manifest-{self.base.generation:06}.json")["segments"]
        return next((row for row in rows if row["name"] == name), None)

    def _write_deleted(self, live: LiveSegment) -> str:
        name = f"deleted-{self.generation:06}-{live.name}"
        with (self.path / name).open("wb") as file:
            write_columns(file, {"docs": narrowest(live.deleted)})
            file.flush()
            os.fsync(file.fileno())
        return name


@contextmanager
def open_writer(path: Path, *, rebuild: bool = False) -> Iterator[Writer]:
    """Locks the index in a folder, made if need be, and yields a writer based on its newest generation.

    With ``rebuild`` the writer starts from nothing; what is there stays until it commits.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotAnIndex(path, "it is a file") from None
    except OSError as error:
        raise StoreError(path, f"{path} cannot be made: {error.strerror}") from error
    _require_ours(path)
    with lock(path):
        base = None
        if not rebuild:
            try:
                base = open_snapshot(path)
            except NoIndex:
                base = None
        writer = Writer(path, base)
        _remove_old(path, base)
        yield writer


def _remove_old(path: Path, base: Snapshot | None) -> None:
    """Removes what no generation still kept consists of, and what an interrupted writer left.

    The generation that a writer started from is kept too: those after it may have been passed over as damaged.
    """
    kept = set()
    numbers = _generations(path)
    for number in {*numbers[:_GENERATIONS_KEPT], *([base.generation] if base else [])}:
        kept |= {f"manifest-{number:06}.json", f"sources-{number:06}.json"}
        try:
            rows = _read_manifest(path / f"manifest-{number:06}.json")["segments"]
        except (ValueError, KeyError):
            continue
        except OSError:
            return  # who knows what it needs
        kept |= {name for row in rows for name in (row["name"], row["deleted"]) if name}
    for entry in path.iterdir():
        if entry.name in kept or entry.name == "lock" or not _OURS.fullmatch(entry.name):
            continue
        if entry.is_dir():
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
