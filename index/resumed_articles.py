"""The articles that an interrupted run had indexed, from which the next takes those it meets again.

An article is taken when its id, its whole content and the file it came from are the same; then it is not analysed
again. Segments are checked as by `verify` before anything is taken from them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .article import Article
from .consistency import column_troubles
from .resume import remove
from .segment import Segment
from .segment_writer import digest, utf8
from .store import Writer

_OPEN = 64  # segments at a time


class Place(NamedTuple):
    """Where an article is: a segment of the pool, by its number, and the article's number in it."""

    segment: int
    doc: int


class Pool:
    """What a writer may take from an interrupted run. ``taken`` counts the articles taken."""

    def __init__(self, writer: Writer) -> None:
        self.taken = 0
        self._folders: list[Path] = []
        digests, segments, docs = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for segment in writer.leftovers():
            if segment.columns.broken() or any(column_troubles(segment)):
                remove(segment.folder)
                continue
            digests.append(segment.digests)
            segments.append(np.full(len(segment), len(self._folders)))
            docs.append(np.arange(len(segment)))
            self._folders.append(segment.folder)
        all_digests = np.concatenate(digests)
        order = np.argsort(all_digests, kind="stable")
        self._digests = all_digests[order]
        self._segments = np.concatenate(segments)[order]
        self._docs = np.concatenate(docs)[order]
        self._is_taken = np.zeros(len(order), np.bool_)
        self._open = lru_cache(maxsize=_OPEN)(lambda number: Segment(self._folders[number]))

    def folder(self, segment: int) -> Path:
        """Returns the folder of a segment of the pool."""
        return self._folders[segment]

    def take(self, article: Article, origin: str) -> Place | None:
        """Takes an article, read from the file ``origin``; None when it is not there, or was taken before."""
        if not len(self._digests):
            return None
        wanted = np.uint64(digest(article))
        at = int(np.searchsorted(self._digests, wanted))
        while at < len(self._digests) and self._digests[at] == wanted:
            place = Place(int(self._segments[at]), int(self._docs[at]))
            if not self._is_taken[at] and self._is_of(place, article.id, origin):
                self._is_taken[at] = True
                self.taken += 1
                return place
            at += 1
        return None

    def _is_of(self, place: Place, id: str, origin: str) -> bool:
        segment = self._open(place.segment)
        origins = segment.origins
        numbers = origins.numbers(place.doc).tolist()
        return segment.ids.raw(place.doc) == utf8(id) and [origins.names[number] for number in numbers] == [origin]
