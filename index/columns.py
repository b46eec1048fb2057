"""A file of named flat arrays, mapped into memory and read in place.

Layout: a magic, the length of a JSON directory, the directory (name, type, place and count of each array), then the
arrays, each at a multiple of 64 bytes. Nothing in the file is executable, and reading one array touches no other.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"KHJCOL01"
_PREFIX = struct.Struct("<8sI")
_ALIGNMENT = 64
_TYPES = ("|u1", "<u2", "<u4", "<i4", "<i8", "<u8", "<f4")


class ColumnsError(ValueError):
    """The file is not a whole file of columns."""


def write_columns(file: IO[bytes], arrays: Mapping[str, Array]) -> None:
    """Writes the arrays to an open binary file."""
    directory: dict[str, list[Any]] = {}
    place = 0
    for name, array in arrays.items():
        if array.dtype.str not in _TYPES:
            raise ColumnsError(f"column {name} has type {array.dtype}, which the format has no name for")
        directory[name] = [array.dtype.str, place, len(array)]
        place += _padded(array.nbytes)
    header = json.dumps(directory).encode()
    header += b" " * (_padded(_PREFIX.size + len(header)) - _PREFIX.size - len(header))
    file.write(_PREFIX.pack(_MAGIC, len(header)) + header)
    for array in arrays.values():
        file.write(np.ascontiguousarray(array).data if array.nbytes else b"")
        file.write(bytes(_padded(array.nbytes) - array.nbytes))


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


class Columns:
    """The arrays of one file, by name. They are read-only and stay valid while this object lives."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise ColumnsError(f"{path.name} is empty") from None
        if self._data[: len(_MAGIC)] != _MAGIC:
            raise ColumnsError(f"{path.name} is not a file of columns")
        try:
            self._start = _PREFIX.size + _PREFIX.unpack_from(self._data)[1]
            self._directory = dict(_directory(self._data[_PREFIX.size : self._start]))
        except (struct.error, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ColumnsError(f"{path.name} has a broken directory") from error
        needed = max(
            (place + count * np.dtype(kind).itemsize for kind, place, count in self._directory.values()), default=0
        )
        if self._start + needed > len(self._data):
            raise ColumnsError(f"{path.name} is cut short")

    @property
    def size_bytes(self) -> int:
        """The length of the file."""
        return len(self._data)

    def __getitem__(self, name: str) -> Array:
        try:
            kind, place, count = self._directory[name]
        except KeyError:
            raise ColumnsError(f"column {name} is missing") from None
        return np.frombuffer(self._data, np.dtype(kind), count, self._start + place)

    def bytes(self, name: str) -> memoryview:
        """A column of bytes, to be cut without copying."""
        try:
            _, place, count = self._directory[name]
        except KeyError:
            raise ColumnsError(f"column {name} is missing") from None
        start = self._start + place
        return memoryview(self._data)[start : start + count]


def _directory(text: bytes) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Name, type, place and count of each column; raises something or other when it is no directory."""
    for name, (kind, place, count) in json.loads(text).items():
        if kind not in _TYPES or type(place) is not int or type(count) is not int or min(place, count) < 0:
            raise ValueError(name)
        yield name, (kind, place, count)


def narrowest(values: Array) -> Array:
    """The same non-negative whole numbers in the narrowest type that holds them."""
    top = int(values.max()) if len(values) else 0
    for kind in (np.uint8, np.uint16, np.uint32):
        if top <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype(np.uint64)


def ends_of(sizes: Array) -> Array:
    """Where each of consecutive runs ends, after a leading 0: run ``i`` is ``[ends[i] : ends[i + 1]]``."""
    ends = np.zeros(len(sizes) + 1, dtype=np.uint64)
    np.cumsum(sizes, out=ends[1:])
    return narrowest(ends)
