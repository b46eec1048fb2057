"""When articles were published, as Whoosh's DATETIME fields hold it: terms for ranges, keys for sorting.

Such a field counts microseconds since the year 1. So that a long range needs few terms, every moment has a term for
each of eight precisions: the precision's shift, then the number without its last so many bits. Whoosh keeps all these
on disk; here they are worked out from the column of seconds when they are asked for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.columns import ColumnReader

from .columns import Array
from .segment import UNDATED, Docs

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EPOCH = (datetime(1970, 1, 1) - datetime.min) // timedelta(seconds=1)  # seconds from the year 1 to 1970
_SIGN = 1 << 63  # what Whoosh adds to signed numbers, so that their bytes sort
_SHIFTS = range(0, 64, 8)
_TERM = struct.Struct(">BQ")


class DateTerms:
    """The moments of a segment's articles, in UTC; an article without a date has no term."""

    def __init__(self, published: Array) -> None:
        dated = published != UNDATED
        self._microseconds = np.where(dated, published + _EPOCH, -1) * np.where(dated, 1_000_000, 1)
        order = np.argsort(self._microseconds, kind="stable")
        self._docs: Docs = order[np.count_nonzero(~dated) :]
        self._sorted: NDArray[np.uint64] = self._microseconds[self._docs].astype(np.uint64) + np.uint64(_SIGN)

    def docs(self, term: bytes) -> Docs:
        """Returns the articles that have a term, ascending."""
        if len(term) != _TERM.size:
            return self._docs[:0]
        shift, number = _TERM.unpack(term)
        if shift not in _SHIFTS or number >> (64 - shift):
            return self._docs[:0]
        numbers = self._sorted >> np.uint64(shift)
        start, end = (int(np.searchsorted(numbers, np.uint64(number), side)) for side in ("left", "right"))
        return np.sort(self._docs[start:end])

    def terms_from(self, prefix: bytes) -> Iterator[bytes]:
        """Yields all terms that are not below a prefix, ascending."""
        for shift in _SHIFTS:
            for number in np.unique(self._sorted >> np.uint64(shift)).tolist():
                term = _TERM.pack(shift, number)
                if term >= prefix:
                    yield term

    def column(self, *, reverse: bool, translate: bool) -> DateColumn:
        """Returns each article's moment: as a date without a zone, or as a number to sort by, undated ones last."""
        return DateColumn(self._microseconds, reverse, translate)


class DateColumn(ColumnReader):  # type: ignore[misc]
    """Moments by article, as Whoosh's sorting and its column queries ask for them."""

    def __init__(self, microseconds: NDArray[np.int64], reverse: bool, translate: bool) -> None:
        self._microseconds = microseconds
        self._reverse = reverse
        self._translate = translate
        self._undated = 1 if reverse else (datetime.max - datetime.min) // timedelta(microseconds=1)

    def __len__(self) -> int:
        return len(self._microseconds)

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, docnum: int) -> Any:
        number = int(self._microseconds[docnum])
        if self._translate:
            return None if number < 0 else datetime.min + timedelta(microseconds=number)
        if number < 0:
            return self._undated
        return -number if self._reverse else number
