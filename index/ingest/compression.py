"""Gzip, bzip2 and xz as if they were the file itself, in a stream, with an end to how far a file may expand."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from gzip import GzipFile
from typing import Any, BinaryIO, Protocol
from zipfile import BadZipFile

from . import limits
from .encoding import HEAD_SIZE

PACKED_SUFFIXES = (".gz", ".bz2", ".xz")
"""The extensions that any file may have after its own."""

DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, BadZipFile)
"""What reading an unpacked stream may raise where the packed one is damaged."""

_CHUNK = 1 << 16


class Bomb(Exception):
    """A file that expands without end. The text of the error says so, in words for the user."""


class Budget:
    """How far one file may expand, through all that it is packed in: it is shared by every layer."""

    def __init__(self) -> None:
        self.packed = 0
        self._expanded = 0

    def spend(self, size: int) -> None:
        """Counts unpacked bytes. Raises Bomb."""
        self._expanded += size
        if self._expanded > max(limits.EXPANSION_BYTES, limits.EXPANSION_RATIO * self.packed):
            raise Bomb(
                f"it unpacks to over {limits.EXPANSION_RATIO} times its size; unpack it yourself if you trust it"
            )


class Readable(Protocol):
    """Anything that gives its bytes in order."""

    def read(self, size: int, /) -> bytes:
        """Returns at most so many bytes; none at the end."""


class Filled(io.RawIOBase):
    """Bytes whose every read is full unless the end is near, so that one peek sees a whole head."""

    def __init__(self, take: Callable[[int], bytes]) -> None:
        self._take = take

    def readable(self) -> bool:
        """Returns True, always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as there are bytes."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and (chunk := self._take(len(view) - filled)):
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


def buffered(take: Callable[[int], bytes]) -> io.BufferedReader:
    """Returns a stream of the bytes that a function gives, with ``HEAD_SIZE`` of them to ``peek`` at."""
    return io.BufferedReader(Filled(take), HEAD_SIZE)


def counted(stream: Readable, budget: Budget) -> io.BufferedReader:
    """Returns a file's own bytes, which its budget grows with."""

    def take(size: int) -> bytes:
        chunk = stream.read(size)
        budget.packed += len(chunk)
        return chunk

    return buffered(take)


def spent(stream: Readable, budget: Budget) -> io.BufferedReader:
    """Returns unpacked bytes, which are taken from a file's budget. Reading them raises Bomb."""

    def take(size: int) -> bytes:
        chunk = stream.read(size)
        budget.spend(len(chunk))
        return chunk

    return buffered(take)


def unpacked(plain: io.BufferedReader, budget: Budget) -> io.BufferedReader:
    """Returns the stream's bytes, unpacked if they are packed, once. Reading them raises Bomb, or one of ``DAMAGE``."""
    head = plain.peek(max(map(len, _UNPACKERS)))
    unpack = next((unpack for magic, unpack in _UNPACKERS.items() if head.startswith(magic)), None)
    return plain if unpack is None else spent(unpack(plain), budget)


class _OnePass:
    """A stream that refuses to go back, which the gzip module would rather do than say that there is damage."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read

    def seek(self, offset: int) -> int:
        raise io.UnsupportedOperation("gzip is read in one pass")


def _gzip(plain: io.BufferedReader) -> Readable:
    return GzipFile(fileobj=_OnePass(plain), mode="rb")


class _Chained:
    """What bzip2 or xz streams, one after another, unpack to: at most as much at a time as is asked for."""

    def __init__(self, packed: BinaryIO, start: Callable[[], Any]) -> None:
        self._packed = packed
        self._start = start
        self._one = start()

    def read(self, size: int) -> bytes:
        while True:
            if self._one.eof:
                rest = self._one.unused_data or self._packed.read(_CHUNK)
                if not rest.strip(b"\0"):  # xz pads its streams
                    return b""
                self._one = self._start()
            else:
                rest = self._packed.read(_CHUNK) if self._one.needs_input else b""
                if not rest and self._one.needs_input:
                    raise EOFError("it ends before its end")
            if chunk := self._one.decompress(rest, size):
                return bytes(chunk)


def _bzip2(plain: io.BufferedReader) -> Readable:
    return _Chained(plain, bz2.BZ2Decompressor)


def _xz(plain: io.BufferedReader) -> Readable:
    return _Chained(plain, lambda: lzma.LZMADecompressor(memlimit=limits.XZ_MEMORY_BYTES))


_UNPACKERS: dict[bytes, Callable[[io.BufferedReader], Readable]] = {
    b"\x1f\x8b": _gzip,
    b"BZh": _bzip2,
    b"\xfd7zXZ\x00": _xz,
}
