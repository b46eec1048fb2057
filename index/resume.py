"""What an interrupted run leaves in the index folder for the next one to go on with.

Segments are written as a run goes. Once there are to be several, a file, the *mark*, says what they are made by and
for. If the run ends before it commits, those that are whole stay; the next run of the same kind takes articles from
them (`resume_pool`), and whoever commits next removes what is left of them.

The segments are not synced, so that they cost nothing: each checks itself, and one that a loss of power has torn is
found out and removed, as is one that was made by another version, or for another generation.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.analyzers.lexicon import default_lexicon

from .errors import StoreError
from .manifest import (
    FORMAT_VERSION,
    MARK,
    generations,
    manifest_name,
    read_manifest,
    segments_of,
    unkept,
)
from .regular_files import NotRegular, open_regular
from .segment import SEGMENT_FILE, Segment

GENERATIONS_KEPT = 2
"""The newest and the one to fall back to."""


def mark_of(generation: int, base: int, speakers: int = 0) -> bytes:
    """Returns the mark that says that a generation, which is based on another or on none, 0, may be gone on with.

    ``speakers`` is the version of the rules by which its segments tell who said what; 0 when they do not.
    """
    told = f", speakers {speakers}" if speakers else ""
    made = f"format {FORMAT_VERSION}, analyzer {ANALYZER_VERSION} with {default_lexicon().digest}{told}"
    return f"{made}, generation {generation} after {base}\n".encode()


def is_marked(path: Path, generation: int, base: int, speakers: int = 0) -> bool:
    """Returns whether the segments there are of a generation are such as this version would make for it."""
    expected = mark_of(generation, base, speakers)
    try:
        with open_regular(path / MARK) as file:
            return file.read(len(expected) + 1) == expected
    except (FileNotFoundError, NotRegular):
        return False


def whole_segments(path: Path, generation: int) -> Iterator[Segment]:
    """Yields the segments of a generation that were written to their ends, in order; removes the others."""
    for folder in segments_of(path, generation):
        try:
            if folder.is_symlink() or not _is_plain_file(folder / SEGMENT_FILE):
                raise ValueError(folder)
            segment = Segment(folder)
        except (OSError, ValueError):
            remove(folder)
        else:
            yield segment


def remove_segments(path: Path, generation: int) -> bool:
    """Removes the mark and what segments there are of a generation; whether there was anything."""
    entries = [entry for entry in (path / MARK, *segments_of(path, generation)) if os.path.lexists(entry)]
    for entry in entries:
        remove(entry)
    return bool(entries)


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def remove(entry: Path) -> None:
    """Removes a file or folder, as far as the system lets us: what stays is removed another time."""
    import shutil  # late, as this is for writers, and readers come by here

    with suppress(OSError):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def remove_old(path: Path, used: Collection[str], unfinished: int | None = None) -> None:
    """Removes what no generation still kept consists of, and what an interrupted writer left.

    What the writer started from, ``used``, is kept too: generations after that may have been passed over as damaged.
    So are the marked segments of the ``unfinished`` one.
    """
    kept = set(used)
    for number in generations(path)[:GENERATIONS_KEPT]:
        kept.add(manifest_name(number))
        try:
            kept |= read_manifest(path, number).names()
        except (ValueError, OSError, StoreError):
            return  # who knows what it needs, and what can be made of that
    if unfinished is not None and _is_plain_file(path / MARK) and (begun := segments_of(path, unfinished)):
        kept |= {MARK, *(folder.name for folder in begun)}
    # A manifest goes before what it names, so that none is ever left that names what is gone.
    for entry in sorted(unkept(path, kept), key=lambda entry: not entry.name.startswith("manifest")):
        remove(entry)
