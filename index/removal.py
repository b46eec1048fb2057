"""Taking articles out of an index, by their ids or by the files they came from, whatever becomes of the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .errors import IndexLocked
from .file_walk import is_under
from .store import LiveSegment, Snapshot, open_snapshot, open_writer

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Removal:
    """What was done: the ids removed, the files of theirs that are still there, and what was neither id nor file."""

    removed: list[str] = field(default_factory=list)
    files_left: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def remove(index: Path, wanted: Sequence[str], *, on_locked: Callable[[IndexLocked], None] | None = None) -> Removal:
    """Removes the articles that have these ids, or came from these files or from files below these folders.

    An id counts before a path. The file of an article that was removed by its id is not read again until it changes.
    Raises NoIndex, IndexLocked and the other errors of `errors`.
    """
    open_snapshot(index)  # for its errors: a writer would make an index where there is none
    with open_writer(index, on_locked=on_locked) as writer:
        base = writer.base
        assert base is not None
        gone = [
            live.mask.copy() if live.mask is not None else np.ones(len(live.segment), np.bool_)
            for live in base.segments
        ]
        sources = {origin: list(entry) for origin, entry in base.sources().items()}
        done = Removal()
        for one in wanted:
            if not (_remove_id(base, gone, sources, one, done) or _remove_path(base, gone, sources, one, done)):
                done.unknown.append(one)
        if done.removed:
            segments = [
                LiveSegment(live.name, live.segment, np.flatnonzero(~kept))
                for live, kept in zip(base.segments, gone, strict=True)
            ]
            writer.commit(segments, sources)
    return done


def _remove_id(
    base: Snapshot, kept: list[NDArray[np.bool_]], sources: dict[str, list[int]], id: str, done: Removal
) -> bool:
    for live, mask in zip(base.segments, kept, strict=True):
        doc = live.segment.doc_number(id)
        if doc < 0 or not mask[doc]:
            continue
        mask[doc] = False
        origin = live.segment.origins.names[int(live.segment.origins.numbers(doc)[0])]
        if origin in sources:
            sources[origin][2] -= 1
        done.removed.append(id)
        if os.path.lexists(origin) and origin not in done.files_left:
            done.files_left.append(origin)
        return True
    return False


def _remove_path(
    base: Snapshot, kept: list[NDArray[np.bool_]], sources: dict[str, list[int]], path: str, done: Removal
) -> bool:
    roots = {os.path.realpath(path), os.path.abspath(path)}  # noqa: PTH100  the file itself may be gone, or a link
    found = False
    for live, mask in zip(base.segments, kept, strict=True):
        names = live.segment.origins.names
        wanted = [number for number, name in enumerate(names) if is_under(name, list(roots))]
        docs = live.segment.origins.docs(wanted) if wanted else np.zeros(0, np.intp)
        docs = docs[mask[docs]]
        mask[docs] = False
        done.removed.extend(live.segment.ids[doc] for doc in docs.tolist())
        found = found or len(docs) > 0
    for origin in [origin for origin in sources if is_under(origin, list(roots))]:
        del sources[origin]
        found = True
    return found
