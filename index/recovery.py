"""Segments without any manifest: what is left of an index whose manifests are gone.

A first run that was ended midway leaves segments too, and they are no index yet. It is told by its mark (see
`resume`) or by its note in the lock (see `lock`), which every run that comes to an end of its own takes back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .errors import IndexDamaged, NoIndex, NotAnIndex, StoreError
from .manifest import GENERATION, LOCK, MARK, generations, manifest_name, strangers
from .regular_files import NotRegular, create, open_regular
from .segment import SEGMENT_FILE

_SEGMENT = re.compile(rf"s({GENERATION})(?:-([0-9]{{1,9}}))?")
_MARK_OF_FIRST = b"generation 1 after 0\n"
_LONGEST_NOTE = 1024  # bytes


def segment_folders(path: Path) -> list[Path]:
    """Returns what segments there are, whatever generations they were of, the oldest first."""
    found = (file.parent for file in path.glob(f"s[0-9]*/{SEGMENT_FILE}"))
    return sorted((folder for folder in found if _SEGMENT.fullmatch(folder.name)), key=_age)


def generation_of(folder: Path) -> int:
    """Returns the generation that added a segment."""
    return _age(folder)[0]


def orphans(path: Path) -> list[Path]:
    """Returns the segments of an index whose manifests are gone, the oldest first; none where there is a manifest.

    Raises NotAnIndex for a file, StoreError.
    """
    found = segment_folders(path)
    if not found or (generation_of(found[-1]) == 1 and _is_first_run(path)):
        return []
    return [] if generations(path) else found  # looked at last: whoever was writing may have finished meanwhile


def without_manifest(path: Path) -> StoreError:
    """Returns what is wrong with a folder that has no manifest."""
    if found := orphans(path):
        return IndexDamaged(path, f"it has no manifest; segments: {len(found)}")
    foreign = strangers(path)
    return NotAnIndex(path, f"it holds {foreign[0]}") if foreign else NoIndex(path)


def require_writable(path: Path, *, rebuild: bool) -> list[Path]:
    """Raises what speaks against writing to a folder; gives its orphans, beside which only a rebuild may write."""
    error = None if generations(path) else without_manifest(path)
    if error is None or isinstance(error, NoIndex):
        return []
    if rebuild and isinstance(error, IndexDamaged):
        return orphans(path)
    raise error


def keep(found: Sequence[Path]) -> None:
    """Has nobody take orphans for what a first run left: from now on there is a manifest, although a damaged one."""
    create(found[-1].parent / manifest_name(generation_of(found[-1]))).close()


def _age(folder: Path) -> tuple[int, int]:
    match = _SEGMENT.fullmatch(folder.name)
    assert match is not None
    return int(match[1]), int(match[2] or 0)


def _is_first_run(path: Path) -> bool:
    """Whether a first run writes to a folder, or was ended while it did."""
    return _beginning(path / MARK).endswith(_MARK_OF_FIRST) or bool(_beginning(path / LOCK))


def _beginning(path: Path) -> bytes:
    """What a small file holds; nothing when it is not there or is none."""
    try:
        with open_regular(path) as file:
            return file.read(_LONGEST_NOTE)
    except (OSError, NotRegular):
        return b""
