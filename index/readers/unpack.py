"""Gzip as if it were the file itself, in a stream, with an end to how far it may expand."""

from __future__ import annotations

import io
from collections.abc import Callable
from gzip import GzipFile
from typing import Any, BinaryIO

from .encoding import HEAD_SIZE
from .reading import TooLarge

# News packs five to ten times. What unpacks past the allowance and to far more than that is made to fill a disk.
EXPANSION_LIMIT = 200
EXPANSION_ALLOWANCE = 256 * 2**20
_GZIP_MAGIC = b"\x1f\x8b"


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """The stream's bytes, ungzipped if they are gzip, with ``HEAD_SIZE`` bytes to ``peek`` at.

    Reading from it raises ``TooLarge`` past the limit, and ``EOFError``, ``OSError`` or ``zlib.error`` where the gzip
    is damaged.
    """
    plain = _buffered(_Filled(stream.read))
    if plain.peek(len(_GZIP_MAGIC))[: len(_GZIP_MAGIC)] != _GZIP_MAGIC:
        return plain
    return _buffered(_Expanded(plain))


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, HEAD_SIZE)


class _Filled(io.RawIOBase):
    """Bytes whose every read is full unless the end is near, so that one peek sees a whole head."""

    def __init__(self, take: Callable[[int], bytes]) -> None:
        self._take = take

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and (chunk := self._take(len(view) - filled)):
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


class _Expanded(_Filled):
    """Unpacked bytes, counted against the packed ones."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = _Counted(packed)
        self._gzip = GzipFile(fileobj=self._packed, mode="rb")
        self._expanded = 0
        super().__init__(self._take_bounded)

    def _take_bounded(self, size: int) -> bytes:
        chunk = self._gzip.read(size)
        self._expanded += len(chunk)
        if self._expanded > max(EXPANSION_ALLOWANCE, EXPANSION_LIMIT * self._packed.count):
            raise TooLarge(f"it unpacks to over {EXPANSION_LIMIT} times its size; unpack it yourself if you trust it")
        return chunk


class _Counted:
    """A stream that knows how many bytes were taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self.count += len(chunk)
        return chunk

    def seek(self, offset: int) -> int:
        raise io.UnsupportedOperation("gzip is read in one pass")
