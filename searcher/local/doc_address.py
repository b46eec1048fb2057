"""The numbers that articles have over all segments: those of each segment follow those of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from khabarjoo.index.segment_reader import SegmentReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from khabarjoo.index import late_numpy as np


class DocAddresses:
    """Tells of an article's number the segment it is in, and its number there."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers

    @cached_property
    def _firsts(self) -> NDArray[np.int64]:
        """The number of each segment's first article."""
        return np.cumsum([0, *(len(reader.columns) for reader in self._readers)])[:-1]

    def place(self, number: int) -> tuple[SegmentReader, int]:
        """Returns the place of one article. Raises IndexError for a number that none has."""
        for reader in self._readers:
            if number < len(reader.columns):
                return reader, number
            number -= len(reader.columns)
        raise IndexError(number)

    def id(self, number: int) -> bytes:
        """Returns the id of one article as ids are ordered: by its UTF-8 bytes."""
        reader, doc = self.place(number)
        return reader.columns.ids.raw(doc)

    def by_segment(
        self, numbers: NDArray[np.int64]
    ) -> Iterator[tuple[SegmentReader, NDArray[np.int64], NDArray[np.int64]]]:
        """Yields for each segment with some of the articles: which they are among all, and their numbers in it."""
        if len(self._readers) == 1:
            yield self._readers[0], np.arange(len(numbers)), numbers
            return
        segments = np.searchsorted(self._firsts, numbers, side="right") - 1
        for segment in sorted(set(segments.tolist())):  # np.unique takes ten times as long on so few
            chosen = np.flatnonzero(segments == segment)
            yield self._readers[segment], chosen, numbers[chosen] - self._firsts[segment]
