"""The engine on several indexes at once: one ranking, counts over all, copies folded across, ids told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from khabarjoo.index.article import Article
from khabarjoo.index.store import LiveSegment, Snapshot

from ..engine import Found
from ..query_limits import LIMITS, Limits
from .column_engine import ColumnEngine
from .folder_engine import FolderEngine

_REMEMBERED = 1 << 14  # ids, as few articles answer many queries


class FoldersEngine(FolderEngine):
    """Answers plans over several indexes as over one: their segments, one after another.

    An index goes by its folder's name, or by its path where two have one name. An id that stands in several is told as
    NAME:ID, and may be asked for so in any case; by itself it means the article of the first index that has it.
    """

    def __init__(
        self, snapshots: Sequence[Snapshot], limits: Limits = LIMITS, newest: Sequence[list[int]] | None = None
    ) -> None:
        super().__init__(snapshots[0], limits, newest)
        self._snapshots = snapshots
        self._segments = tuple(live for snapshot in snapshots for live in snapshot.segments)
        self._columns = ColumnEngine(self, limits=limits)
        short = [snapshot.path.resolve().name for snapshot in snapshots]
        self._names = [
            name if short.count(name) == 1 else str(snapshot.path)
            for name, snapshot in zip(short, snapshots, strict=True)
        ]
        sizes = [sum(len(live.segment) for live in snapshot.segments) for snapshot in snapshots]
        self._firsts = [0, *accumulate(sizes)][:-1]
        self._apart = lru_cache(maxsize=_REMEMBERED)(self._told_apart)

    @property
    def segments(self) -> tuple[LiveSegment, ...]:
        """The segments of all indexes."""
        return self._segments

    @property
    def path(self) -> str:
        """The folders, as they were given."""
        return " + ".join(str(snapshot.path) for snapshot in self._snapshots)

    @property
    def name(self) -> str:
        """The folders' absolute paths."""
        return " + ".join(sorted(str(snapshot.path.absolute()) for snapshot in self._snapshots))

    @property
    def fell_back(self) -> str:
        """Why newer generations of some index were passed over as damaged; '' when none was."""
        return "; ".join(f"{each.path}: {each.fell_back}" for each in self._snapshots if each.fell_back)

    def find(self, id: str) -> Found | None:
        """See `Engine`. Takes ids as they are, and as they are told apart."""
        for _, snapshot, first in self._indexes():
            if (doc := _doc(snapshot, id)) is not None:
                return self._found(first + doc)
        for name, snapshot, first in self._indexes():
            if id.startswith(f"{name}:") and (doc := _doc(snapshot, id[len(name) + 1 :])) is not None:
                return self._found(first + doc)
        return None

    def read(self, article: Found) -> Article:
        """See `Engine`. The article has the id by which it is told apart."""
        found = super().read(article)
        return found if found.id == article.id else replace(found, id=article.id)

    def _hits(self, numbers: list[int], scores: list[float]) -> list[Found]:
        return [
            Found(self._apart(id, own := self._index_of(number)), score, number, self._names[own])
            for id, score, number in zip(self._columns.ids(numbers), scores, numbers, strict=True)
        ]

    def _found(self, number: int, score: float = 0.0) -> Found:
        (found,) = self._hits([number], [score])
        return found

    def _id(self, number: int) -> str:
        return self._apart(self._columns.id(number), self._index_of(number))

    def _told_apart(self, id: str, own: int) -> str:
        """The id of an article of one of the indexes as it is told apart from those of the others."""
        for place, snapshot in enumerate(self._snapshots):
            if place != own and _doc(snapshot, id) is not None:
                return f"{self._names[own]}:{id}"
        return id

    def _index_of(self, number: int) -> int:
        return bisect_right(self._firsts, number) - 1

    def _indexes(self) -> Iterator[tuple[str, Snapshot, int]]:
        """The name of each index, itself, and the number of its first article."""
        return zip(self._names, self._snapshots, self._firsts, strict=True)


def _doc(snapshot: Snapshot, id: str) -> int | None:
    """The number in an index of the article with an id."""
    first = 0
    for live in snapshot.segments:
        doc = live.segment.doc_number(id)
        if doc >= 0 and doc not in live.deleted:
            return first + doc
        first += len(live.segment)
    return None
