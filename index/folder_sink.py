"""The sink of an index in a folder: articles of its segments are marked as deleted, and new segments are built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from .article import Article
from .errors import StoreError
from .index_writer import WORTH_SHARING, Builder, ManyProcesses, OneProcess
from .merge_policy import compact
from .segment import Docs, Segment
from .sink import There
from .store import LiveSegment, Writer, open_snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .manifest import Sources


class FolderSink:
    """Changes an index by way of its writer."""

    def __init__(self, writer: Writer, jobs: int, run_articles: int) -> None:
        self._writer = writer
        self._jobs = jobs
        self._run_articles = run_articles
        self._base = writer.base.segments if writer.base else ()
        self._deleted = self._masks()
        for gone, live in zip(self._deleted, self._base, strict=True):
            gone[np.asarray(live.deleted)] = True
        self._kept, self._forgotten = self._masks(), self._masks()
        self._origins: list[list[str]] = [live.segment.origins.names for live in self._base]
        self._numbers = [{name: number for number, name in enumerate(names)} for names in self._origins]
        self._builder: Builder | None = None
        self._new: list[LiveSegment] = []

    def _masks(self) -> list[NDArray[np.bool_]]:
        return [np.zeros(len(live.segment), np.bool_) for live in self._base]

    @property
    def path(self) -> Path:
        """The folder."""
        return self._writer.path

    def __len__(self) -> int:
        return sum(map(len, self._base))

    def sources(self) -> Sources:
        """See `Sink`."""
        return self._writer.base.sources() if self._writer.base else {}

    def replaced(self) -> tuple[Sources, int] | None:
        """See `Sink`. The bundled sample counts for nothing."""
        try:
            snapshot = open_snapshot(self.path, any_analyzer=True)
            return None if snapshot.manifest.sample else (snapshot.sources(), len(snapshot))
        except StoreError:
            return None

    # -- what is there -----------------------------------------------------------------------------------------

    def find(self, id: str) -> There | None:
        """See `Sink`."""
        for number, live in enumerate(self._base):
            doc = live.segment.doc_number(id)
            if doc >= 0 and not self._deleted[number][doc]:
                return There(self._origin(number, doc), int(live.segment.digests[doc]), (number, doc))
        return None

    def read(self, there: There) -> Article:
        """See `Sink`."""
        number, doc = _place(there)
        return self._base[number].segment.article(doc)

    def _origin(self, number: int, doc: int) -> str:
        return self._origins[number][int(self._base[number].segment.origins.numbers(doc)[0])]

    def _unmet(self, origin: str) -> Iterator[tuple[int, Docs]]:
        """Of each segment, the articles that came from a file and were neither kept nor dropped in this run."""
        for number, live in enumerate(self._base):
            if (known := self._numbers[number].get(origin)) is not None:
                docs = live.segment.origins.docs([known])
                yield number, docs[~self._deleted[number][docs] & ~self._kept[number][docs]]

    # -- what changes ------------------------------------------------------------------------------------------

    def keep(self, there: There) -> None:
        """See `Sink`."""
        number, doc = _place(there)
        self._kept[number][doc] = True

    def drop(self, there: There) -> None:
        """See `Sink`."""
        number, doc = _place(there)
        self._deleted[number][doc] = True

    def add(self, article: Article, origin: str, left: Callable[[], int]) -> None:
        """See `Sink`. With several processes when there is enough to read."""
        if self._builder is None:
            many = self._jobs > 1 and left() >= WORTH_SHARING
            self._builder = (
                ManyProcesses(self._writer, self._jobs, self._run_articles)
                if many
                else OneProcess(self._writer, self._run_articles)
            )
        self._builder.add(article, origin)

    def forget(self, origin: str) -> list[str]:
        """See `Sink`."""
        ids = []
        for number, docs in self._unmet(origin):
            self._deleted[number][docs] = self._forgotten[number][docs] = True
            ids += [self._base[number].segment.ids[doc] for doc in docs.tolist()]
        return ids

    def keep_rest(self, origin: str) -> int:
        """See `Sink`."""
        kept = 0
        for number, docs in self._unmet(origin):
            self._kept[number][docs] = True
            kept += len(docs)
        return kept

    def forgotten(self, is_elsewhere: Callable[[str], bool]) -> Counter[str]:
        """See `Sink`."""
        forgotten: Counter[str] = Counter()
        for number, live in enumerate(self._base):
            for doc in np.flatnonzero(self._forgotten[number]).tolist():
                if is_elsewhere(live.segment.ids[doc]):
                    self._forgotten[number][doc] = False
                else:
                    forgotten[self._origin(number, doc)] += 1
        return forgotten

    def remember(self) -> None:
        """See `Sink`."""
        for deleted, forgotten in zip(self._deleted, self._forgotten, strict=True):
            deleted[forgotten] = False

    # -- the end -----------------------------------------------------------------------------------------------

    def finish(self) -> bool:
        """See `Sink`."""
        if self._builder is not None:
            self._new = [LiveSegment(folder.name, Segment(folder)) for folder in self._builder.finish()]
        return bool(self._new) or self._is_to_tell_speakers

    @property
    def resumed(self) -> int:
        """See `Sink`."""
        return self._builder.resumed if self._builder else 0

    def commit(self, sources: Sources, added: int, *, sample: bool) -> None:
        """See `Sink`: a new generation, its last segments merged when there are too many."""
        remaining: Iterator[LiveSegment] = (
            LiveSegment(live.name, live.segment, np.flatnonzero(gone))
            for live, gone in zip(self._base, self._deleted, strict=True)
        )
        if self._is_to_tell_speakers:
            remaining = map(self._with_speakers, remaining)
        segments = compact([*remaining, *self._new], added, self._writer.segment_folder)
        self._writer.commit(segments, sources, sample=sample)

    @property
    def _is_to_tell_speakers(self) -> bool:
        """Whether segments there are do not tell who said what, or not by today's rules, and now are to."""
        base, wanted = self._writer.base, self._writer.speakers
        return base is not None and wanted > 0 and base.manifest.speakers != wanted

    def _with_speakers(self, live: LiveSegment) -> LiveSegment:
        from .speech_columns import with_speakers

        folder = self._writer.segment_folder()
        return LiveSegment(folder.name, with_speakers(live.segment, folder), live.deleted)

    def stop(self) -> None:
        """See `Sink`."""
        if self._builder is not None:
            self._builder.stop()


def _place(there: There) -> tuple[int, int]:
    """The segment of an article, and its number there."""
    return cast("tuple[int, int]", there.place)
