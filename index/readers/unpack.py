"""Gzip as if it were the file itself, in a stream, with an end to how far it may expand."""

from __future__ import annotations

import io
from gzip import GzipFile
from typing import BinaryIO

from index.readers.encoding import HEAD_SIZE
from index.readers.reading import TooLarge

# News packs five to ten times. What unpacks past the allowance and to far more than that is made to fill a disk.
EXPANSION_LIMIT = 200
EXPANSION_ALLOWANCE = 256 * 2**20
_GZIP_MAGIC = b"\x1f\x8b"


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """The stream's bytes, ungzipped if they are gzip, with ``HEAD_SIZE`` bytes to ``peek`` at.

    Reading from it raises ``TooLarge`` past the limit, and ``EOFError``, ``OSError`` or ``zlib.error`` where the gzip is
    damaged.
    """
    plain = io.BufferedReader(_Filled(stream), HEAD_SIZE)
    if plain.peek(len(_GZIP_MAGIC))[: len(_GZIP_MAGIC)] != _GZIP_MAGIC:
        return plain
    return io.BufferedReader(_Expanded(plain), HEAD_SIZE)


class _Filled(io.RawIOBase):
    """A stream whose every read is full unless the end is near, so that one peek sees a whole head."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and (chunk := self._take(len(view) - filled)):
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled

    def _take(self, size: int) -> bytes:
        return self._stream.read(size)


class _Expanded(_Filled):
    """Unpacked bytes, counted against the packed ones."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = _Counted(packed)
        super().__init__(GzipFile(fileobj=self._packed))  # type: ignore[arg-type]
        self._expanded = 0

    def _take(self, size: int) -> bytes:
        chunk = super()._take(size)
        self._expanded += len(chunk)
        if self._expanded > max(EXPANSION_ALLOWANCE, EXPANSION_LIMIT * self._packed.count):
            raise TooLarge(f"unpacks to more than {EXPANSION_LIMIT} times its size; unpack it yourself if you trust it")
        return chunk


class _Counted:
    """A stream that knows how many bytes were taken from it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self.count += len(chunk)
        return chunk
