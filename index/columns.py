"""A file of named flat arrays, mapped into memory and read in place.

Layout: a head, the arrays, each at a multiple of 64 bytes, the smallest first, and the head once more. The head is a
magic, the length of a JSON directory, its checksum, and the directory: name, type, place, count and checksum of each
array. Nothing in the file is executable, and reading one array touches no other.

Checksums are looked at where that costs next to nothing: that of the directory when the file is opened, that of a small
array when it is first asked for. `Columns.broken` looks at all of them. What the arrays hold is looked at by whoever
knows what they are for, see ``require``.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from khabarjoo.analyzers.checksums import crc32

from .regular_files import NotRegular, open_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from . import late_numpy as np

Array: TypeAlias = "NDArray[Any]"

Numbers: TypeAlias = "memoryview[int]"
"""Whole numbers, read one by one without numpy."""

NO_NUMBERS: Numbers = memoryview(b"")

_MAGIC = b"KHJCOL02"
_PREFIX = struct.Struct("<8sII")  # magic, length of the directory, its checksum
_ALIGNMENT = 64
_TYPES: dict[str, Any] = {"|u1": "B", "<u2": "H", "<u4": "I", "<i4": "i", "<i8": "q", "<u8": "Q", "<f4": "f"}
"""Types of values as numpy writes them, and as `memoryview` does."""

_SMALL = 1 << 19
"""Bytes of an array that is checked when it is first asked for: takes half a millisecond. What belongs to articles by
number is within it, as a segment has 65,536 of them at most."""

# So that a pipe which took the place of a file does not keep us waiting for somebody to write to it.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_LONGEST_DIRECTORY = 1 << 20
"""Bytes of a directory: a hundred times what the columns of a segment need."""


class ColumnsError(ValueError):
    """The file is not a whole file of columns."""


def write_columns(file: IO[bytes], arrays: Mapping[str, Array | Sequence[Array]]) -> None:
    """Writes the arrays to an open binary file. One may be given in pieces, which need not be put together then."""
    in_pieces = {name: [array] if isinstance(array, np.ndarray) else array for name, array in arrays.items()}
    # When the end of a file is lost, it is best that of one large array.
    ordered = sorted(in_pieces.items(), key=lambda item: _size(item[1]))
    directory: dict[str, list[Any]] = {}
    place = 0
    for name, pieces in ordered:
        kind = pieces[0].dtype
        if kind.str not in _TYPES or any(piece.dtype != kind for piece in pieces):
            raise ColumnsError(f"column {name} has type {kind}, which the format has no name for")
        directory[name] = [kind.str, place, sum(map(len, pieces)), _checksum(pieces)]
        place += _padded(_size(pieces))
    text = json.dumps(directory).encode()
    text += b" " * (_padded(_PREFIX.size + len(text)) - _PREFIX.size - len(text))
    head = _PREFIX.pack(_MAGIC, len(text), crc32(text)) + text
    file.write(head)
    for _, pieces in ordered:
        for piece in pieces:
            file.write(_data(piece))
        file.write(bytes(_padded(_size(pieces)) - _size(pieces)))
    file.write(head)


def _size(pieces: Sequence[Array]) -> int:
    return sum(piece.nbytes for piece in pieces)


def _checksum(pieces: Sequence[Array]) -> int:
    checksum = 0
    for piece in pieces:
        checksum = crc32(_data(piece), checksum)
    return checksum


def _data(array: Array) -> memoryview | bytes:
    return np.ascontiguousarray(array).data if array.nbytes else b""


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


class _Column(NamedTuple):
    kind: str
    place: int
    length: int  # numbers in it
    checksum: int

    @property
    def size(self) -> int:
        return self.length * int(self.kind[-1])


class Require(Protocol):
    """Looks at a column before it is first read; raises ColumnsError when it cannot be what it is to be."""

    def __call__(self, columns: Columns, name: str, /, *, is_small: bool) -> None:
        """``is_small`` says that all of it may be read."""


class Columns:
    """The arrays of one file, by name. They are read-only and stay valid while this object lives.

    A damaged file is refused, unless ``salvage`` asks for what is left of it: by the second directory if the first is
    broken, arrays as far as they go, and none of them checked. Else ``require`` may refuse what a column holds.
    """

    def __init__(self, path: Path, *, salvage: bool = False, require: Require | None = None) -> None:
        self._name = path.name
        self._require = None if salvage else require
        self._data = _mapped(path)
        self._salvage = salvage
        try:
            self._head = self._read_head(0)
        except ColumnsError:
            if not salvage:
                raise
            self._head = self._read_head(self._data.rfind(_MAGIC))
        self._unchecked = set() if salvage else set(self._columns)
        needed = _padded(max((column.place + column.size for column in self._columns.values()), default=0))
        if not salvage and self._start + needed + self._start > len(self._data):
            raise ColumnsError(f"{self._name} is cut short")

    def _read_head(self, place: int) -> bytes:
        """Reads the directory at a place of the file; ColumnsError when there is none that is whole."""
        if place < 0 or self._data[place : place + len(_MAGIC)] != _MAGIC:
            raise ColumnsError(f"{self._name} is not a file of columns")
        try:
            _, length, checksum = _PREFIX.unpack_from(self._data, place)
            if _LONGEST_DIRECTORY < length <= len(self._data):
                raise ValueError
            text = self._data[place + _PREFIX.size : place + _PREFIX.size + length]
            if len(text) < length:
                raise ColumnsError(f"{self._name} is cut short")
            if crc32(text) != checksum:
                raise ValueError
            self._columns = dict(_directory(text))
        except ColumnsError:
            raise
        except (struct.error, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ColumnsError(f"{self._name} has a broken directory") from error
        self._start = _PREFIX.size + length
        return text

    @property
    def size_bytes(self) -> int:
        """The length of the file."""
        return len(self._data)

    @property
    def fingerprint(self) -> int:
        """A checksum of the directory, and so of all checksums in it."""
        return crc32(self._head)

    @property
    def names(self) -> list[str]:
        """The columns there are."""
        return list(self._columns)

    @property
    def is_cut_short(self) -> bool:
        """Whether the file has become shorter since it was opened: to read what is gone would end the process."""
        return self._data.size() < len(self._data)

    def broken(self) -> list[str]:
        """Returns the columns that are not what was written. Reads the whole file."""
        size = self._data.size() - self._start  # of what there is by now
        return [
            name
            for name, column in self._columns.items()
            if column.place + column.size > size or crc32(self._view(column)) != column.checksum
        ]

    def check(self) -> None:
        """Raises ColumnsError if any column is not what was written. Reads the whole file."""
        for name in self.broken():
            raise ColumnsError(f"column {name} is not what was written")

    def let_go(self) -> None:
        """Gives back the memory that holds what was read of the file, where the system can; it may be read again."""
        if hasattr(self._data, "madvise"):
            self._data.madvise(mmap.MADV_DONTNEED)

    def chunks(self, size: int) -> Iterator[memoryview]:
        """Returns the whole file, so many bytes at a time."""
        view = memoryview(self._data)
        return (view[start : start + size] for start in range(0, len(view), size))

    def kind(self, name: str) -> str:
        """Returns the type of a column's values, as numpy writes it. Raises ColumnsError when the column is missing."""
        return self._entry(name).kind

    def count(self, name: str) -> int:
        """Returns how many values a column has, by the directory. Raises ColumnsError when the column is missing."""
        return self._entry(name).length

    def __getitem__(self, name: str) -> Array:
        self._column(name)
        return self.peek(name)

    def peek(self, name: str) -> Array:
        """Returns a column without any check of it. Raises ColumnsError when the column is missing."""
        column = self._entry(name)
        if self._salvage:
            size = np.dtype(column.kind).itemsize
            return np.frombuffer(self._view(column)[: self._length(column) // size * size], np.dtype(column.kind))
        return np.frombuffer(self._data, np.dtype(column.kind), column.length, self._start + column.place)

    def numbers(self, name: str) -> Numbers:
        """Returns the same as numbers to be read one by one, or to be handed to the kernel."""
        self._column(name)
        return self.peek_numbers(name)

    def peek_numbers(self, name: str) -> Numbers:
        """Returns the same without any check. Raises ColumnsError when the column is missing."""
        column = self._entry(name)
        if self._salvage or sys.byteorder != "little":
            array = self.peek(name)
            return array.astype(array.dtype.newbyteorder("=")).data
        view = self._view(column)
        if (self._start + column.place) % int(column.kind[-1]):  # which is not where we would have put it
            view = memoryview(bytes(view))
        numbers: Numbers = view.cast(_TYPES[column.kind])
        return numbers

    @property
    def mapped(self) -> mmap.mmap:
        """The whole file, for whoever reads columns where they lie (see `located`)."""
        return self._data

    def located(self, name: str) -> tuple[str, int, int]:
        """Returns the type of a column's values, the first of its bytes in the file, and how many values it has."""
        column = self._column(name)
        return column.kind, self._start + column.place, column.length

    def bytes(self, name: str) -> memoryview:
        """Returns a column of bytes, to be cut without copying."""
        return self._view(self._column(name))

    def _entry(self, name: str) -> _Column:
        try:
            return self._columns[name]
        except KeyError:
            raise ColumnsError(f"column {name} is missing") from None

    def _column(self, name: str) -> _Column:
        column = self._entry(name)
        if name in self._unchecked:
            is_small = column.size <= _SMALL
            if is_small and crc32(self._view(column)) != column.checksum:
                raise ColumnsError(f"column {name} is not what was written")
            if self._require:
                self._require(self, name, is_small=is_small)
            self._unchecked.discard(name)
        return column

    def _view(self, column: _Column) -> memoryview:
        start = self._start + column.place
        return memoryview(self._data)[start : start + column.size]

    def _length(self, column: _Column) -> int:
        """How many bytes of a column the file has."""
        return len(self._view(column))


def _mapped(path: Path) -> mmap.mmap:
    try:
        file = open_regular(path)
    except NotRegular as error:
        raise ColumnsError(str(error)) from None
    with file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise ColumnsError(f"{path.name} is empty") from None


def _directory(text: bytes) -> Iterator[tuple[str, _Column]]:
    """The columns by name; raises something or other when the text is no directory."""
    for name, row in json.loads(text).items():
        column = _Column(*row)
        numbers = column[1:]
        if column.kind not in _TYPES or any(type(n) is not int for n in numbers) or min(numbers) < 0:
            raise ValueError(name)
        yield name, column


def narrowest(values: Array) -> Array:
    """Returns the same non-negative whole numbers in the narrowest type that holds them."""
    return values.astype(narrowest_type(int(values.max()) if len(values) else 0))


def narrowest_type(top: int) -> np.dtype[Any]:
    """Returns the narrowest type for whole numbers from 0 up to ``top``."""
    return next(kind for kind in map(np.dtype, ("u1", "u2", "u4", "u8")) if top <= np.iinfo(kind).max)


def ends_of(sizes: Array) -> Array:
    """Returns where each of consecutive runs ends, after a leading 0: run ``i`` is ``[ends[i] : ends[i + 1]]``."""
    ends = np.zeros(len(sizes) + 1, dtype=np.uint64)
    np.cumsum(sizes, out=ends[1:])
    return narrowest(ends)


def sizes_of(ends: Array) -> NDArray[np.int64]:
    """Returns how long each run is: what `ends_of` was given."""
    numbers: NDArray[np.int64] = ends.astype(np.int64)
    return np.diff(numbers)


def places_of(starts: Array, sizes: Array) -> NDArray[np.int64]:
    """Returns the places of runs that begin and are as long as given, one run after another.

    >>> places_of(np.array([7, 0]), np.array([2, 3])).tolist()
    [7, 8, 0, 1, 2]
    """
    places: NDArray[np.int64] = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    places += np.arange(len(places))
    return places
