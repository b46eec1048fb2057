"""Verifying an index: everything is read again and compared with the manifest, and with itself.

Somebody may commit meanwhile. So all that is to be verified is opened before any of it is read: what is open stays as
it is, whoever removes it. Opening takes some milliseconds, and is begun anew when a commit falls into them.

Checksums come first: of the manifests kept, and of all files they name. The segments of the newest generation are then
opened and their columns compared with each other; every stored article is opened; and of a sample, postings are
counted again and articles analysed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .columns import NO_NUMBERS, Columns, ColumnsError
from .consistency import (
    Trouble,
    article_troubles,
    column_troubles,
    reanalysis_troubles,
    recount_troubles,
    speech_troubles,
)
from .errors import IndexBusy, NoIndex, NoTemporarySpace, OtherFormat, disk_failure
from .manifest import (
    Manifest,
    Row,
    generations,
    manifest_name,
    read_manifest,
    read_sources,
    sources_name,
)
from .recovery import orphans
from .resume import GENERATIONS_KEPT
from .run_report import Progress
from .segment import SEGMENT_FILE, Docs, Segment
from .store import LOST, is_behind, read_deleted

SAMPLE = 200
"""Lemmas counted again and articles analysed again in each segment, unless another number is asked for."""

_READ_AT_ONCE = 1 << 20  # bytes
_OPENED_AT_ONCE = 1000  # articles
_ATTEMPTS = 100  # to open an index that somebody writes to


class Damage(NamedTuple):
    """Something that is not as it was written. ``segment`` and ``article`` are '' when it is not of one."""

    file: str
    why: str
    segment: str = ""
    article: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.why}" + (f" (article {self.article})" if self.article else "")


@dataclass
class Verification:
    """What was found. ``manifest`` is that of the newest generation which has one that can be read."""

    path: Path
    manifest: Manifest | None = None
    damage: list[Damage] = field(default_factory=list)
    articles: int = 0
    size_bytes: int = 0
    counted_again: int = 0
    analysed_again: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damage

    def damaged_segments(self) -> set[str]:
        """Returns the segments in which something is damaged."""
        return {found.segment for found in self.damage if found.segment}


def verify(path: Path, *, sample: int = SAMPLE, on_progress: Callable[[Progress], None] | None = None) -> Verification:
    """Verifies the index in a folder; it may be written to meanwhile.

    ``sample`` is how many lemmas and articles of each segment are worked out again; 0 for none. Raises NoIndex,
    NotAnIndex, OtherFormat, DiskFailure, and IndexBusy when somebody commits all the time. Damage is told, not raised.
    """
    for _ in range(_ATTEMPTS):
        numbers = generations(path)
        if not numbers and (lost := orphans(path)):
            return verify_orphans(path, lost)
        if not numbers:
            raise NoIndex(path)
        verifier = _Verifier(path, sample, on_progress)
        verifier.open(numbers)
        if generations(path) == numbers:
            return verifier.run()
    raise IndexBusy(path)


def verify_orphans(path: Path, folders: Sequence[Path]) -> Verification:
    """Verifies segments without a manifest, which is damage even if they are whole."""
    found = Verification(path)
    articles = 0
    for folder in folders:
        try:
            segment = Segment(folder)
            segment.columns.check()
            articles += len(segment)
        except (OSError, ColumnsError) as error:
            found.damage.append(Damage(f"{folder.name}/{SEGMENT_FILE}", str(error), folder.name))
    whole = len(folders) - len(found.damage)
    why = f"there is none; whole segments: {whole} of {len(folders)}, articles in them: {articles:,}"
    found.damage.insert(0, Damage("manifest", why))
    return found


class _Held(NamedTuple):
    """A segment that is open for as long as it is verified."""

    row: Row
    columns: Columns
    in_depth: bool


class _Verifier:
    def __init__(self, path: Path, sample: int, on_progress: Callable[[Progress], None] | None) -> None:
        self._path = path
        self._sample = sample
        self._on_progress = on_progress
        self._found = Verification(path)
        self._done = self._total = 0
        self._held: dict[str, _Held] = {}
        self._seen: set[str] = set()

    def open(self, numbers: list[int]) -> None:
        """Opens the generations kept, and reads what is small of them."""
        for manifest in self._manifests(numbers):
            self._generation(manifest)

    def run(self) -> Verification:
        """Verifies what is open, the segments of the newest generation in depth."""
        self._total = sum(held.columns.size_bytes for held in self._held.values())
        for held in self._held.values():
            self._segment(held)
        return self._found

    def _manifests(self, numbers: list[int]) -> Iterator[Manifest]:
        """Those kept of the manifests; of more, when none of these can be read, the newest that can."""
        for place, number in enumerate(numbers):
            if place >= GENERATIONS_KEPT and self._found.manifest:
                return
            try:
                manifest = read_manifest(self._path, number)
            except OtherFormat:
                if place == 0:
                    raise
                continue
            except (OSError, ValueError) as error:
                self._tell(manifest_name(number), error)
                continue
            self._found.manifest = self._found.manifest or manifest
            yield manifest

    def _generation(self, manifest: Manifest) -> None:
        newest = manifest is self._found.manifest
        try:
            read_sources(self._path, manifest)
        except (OSError, ValueError) as error:
            self._tell(sources_name(manifest.generation), error)
        for row in manifest.segments:
            try:
                deleted = read_deleted(self._path, row)
            except (OSError, ValueError) as error:
                self._tell(row.deleted, error, row.name)
                deleted = NO_NUMBERS
            if newest:
                self._found.articles += row.articles - len(deleted)
                self._found.size_bytes += row.bytes
            if row.name not in self._seen:
                self._seen.add(row.name)
                self._hold(row, in_depth=newest)

    def _hold(self, row: Row, *, in_depth: bool) -> None:
        file = f"{row.name}/{SEGMENT_FILE}"
        try:
            self._held[row.name] = _Held(row, Columns(self._path / file, salvage=True), in_depth)
        except (OSError, ValueError) as error:
            self._tell(file, error, row.name)

    def _segment(self, held: _Held) -> None:
        row, columns, in_depth = held
        file = f"{row.name}/{SEGMENT_FILE}"
        is_same = columns.size_bytes == row.bytes and self._sha256(columns) == row.sha256
        broken = columns.broken()
        for name in broken:
            self._found.damage.append(Damage(file, f"column {name} is not what was written", row.name))
        if not is_same and not broken:
            self._found.damage.append(Damage(file, "what lies beside the columns is not what was written", row.name))
        if in_depth:
            self._columns(row, columns, file, is_whole=not broken)

    def _columns(self, row: Row, columns: Columns, file: str, *, is_whole: bool) -> None:
        """Looks into the columns of a segment; where some are broken, for the articles that are."""
        try:
            segment = Segment(self._path / row.name, salvage=True, columns=columns)
            size = len(segment)
        except ColumnsError as error:
            self._tell(file, error, row.name)
            return
        troubles: list[Trouble] = []
        if is_whole:
            if size != row.articles:
                troubles.append(Trouble(f"it has {size} articles where there should be {row.articles}"))
            troubles += column_troubles(segment)
        if is_whole and not troubles:
            troubles += self._work_out_again(segment)
        for start in range(0, size, _OPENED_AT_ONCE):
            troubles += article_troubles(segment, range(start, min(start + _OPENED_AT_ONCE, size)))
            self._tell_progress(0)
        for why, doc in troubles:
            self._found.damage.append(Damage(file, why, row.name, name_of(segment, doc) if doc >= 0 else ""))

    def _work_out_again(self, segment: Segment) -> Iterator[Trouble]:
        lemmas, docs = self._some(len(segment.lemmas)), self._some(len(segment))
        try:
            if len(lemmas):
                yield from recount_troubles(segment, lemmas)
                self._found.counted_again += len(lemmas)
            if len(docs) and self._found.manifest and not is_behind(self._found.manifest):
                yield from reanalysis_troubles(segment, docs)
                if self._found.manifest.speakers:
                    yield from self._speech_again(segment, docs, self._found.manifest.speakers)
                self._found.analysed_again += len(docs)
        except (OSError, NoTemporarySpace):  # there must be a place for temporary files
            raise
        except Exception as error:  # whatever else it is, the columns led to it
            yield Trouble(f"its columns cannot be read: {type(error).__name__}: {error}")

    @staticmethod
    def _speech_again(segment: Segment, docs: Docs, version: int) -> Iterator[Trouble]:
        """What is told otherwise of who said what; not looked into where other rules told it."""
        if not segment.has_speech:
            yield Trouble("it does not tell who said what, as its manifest says")
            return
        from khabarjoo.analyzers.reported_speech import SPEECH_VERSION

        if version == SPEECH_VERSION:
            yield from speech_troubles(segment, docs)

    def _some(self, count: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """The sample of so many things: always the same, ascending."""
        return np.sort(np.random.default_rng(count).permutation(count)[: self._sample])

    def _sha256(self, columns: Columns) -> str:
        checksum = hashlib.sha256()
        for data in columns.chunks(_READ_AT_ONCE):
            checksum.update(data)
            self._tell_progress(len(data))
        return checksum.hexdigest()

    def _tell_progress(self, size: int) -> None:
        self._done += size
        if self._on_progress:
            self._on_progress(Progress(self._done, self._total, 0))

    def _tell(self, file: str, error: Exception, segment: str = "") -> None:
        if isinstance(error, OSError) and error.errno not in LOST:
            raise disk_failure(self._path, error) from error
        why = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        why = why.removeprefix(f"{file} ").removeprefix(f"{Path(file).name} ")
        self._found.damage.append(Damage(file, why, segment))


def name_of(segment: Segment, doc: int) -> str:
    """Returns an article's id, as far as it can be read, else its number in the segment."""
    try:
        return segment.ids[doc] or f"number {doc}"
    except (ValueError, IndexError):
        return f"number {doc}"
