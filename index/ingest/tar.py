"""Tar, read in one pass: POSIX ustar and pax, and GNU's long names (IEEE Std 1003.1, "pax", ustar interchange format).

Python's own module runs quadratic patterns over headers of any size and follows sizes below zero in versions we
support; what is needed of tar is short: where each file begins, and its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import limits
from .compression import Readable, buffered

_BLOCK = 512
_MAGIC_AT = 257
_MAGIC = b"ustar"
_FILES = (b"0", b"\0", b"7")
_LINKS = (b"1", b"2")
_PAX, _LONG_NAME, _OTHER_NOTES = b"x", b"L", (b"g", b"K", b"X")
_CHUNK = 1 << 16


class TarDamaged(OSError):
    """What should be the header of a file is none."""


class TarFile(NamedTuple):
    """One file: its name as written, whether it is only a link, and its bytes, to be read before the next file."""

    name: str
    is_link: bool
    stream: Readable


def is_tar(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is a tar archive.

    >>> is_tar(b"\\0" * 512)
    False
    """
    return head[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] == _MAGIC and _is_header(head[:_BLOCK])


def files(archive: Readable) -> Iterator[TarFile]:
    """Yields the files and links of an archive, in order. Raises TarDamaged, and what reading the archive raises."""
    name = ""
    size: int | None = None
    while (header := archive.read(_BLOCK)).strip(b"\0"):
        if len(header) < _BLOCK or not _is_header(header):
            raise TarDamaged("a header in it is broken")
        kind = header[156:157]
        body = _Body(archive, _number(header[124:136]) if size is None or kind == _PAX else size)
        if kind == _PAX:
            records = dict(_records(body.notes()))
            name = records.get(b"path", name.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
            size = _size(records.get(b"size"))
        elif kind == _LONG_NAME:
            name = _text(body.notes())
        elif kind not in _OTHER_NOTES:
            if kind in _FILES or kind in _LINKS:
                yield TarFile(name or _own_name(header), kind in _LINKS, buffered(body.read))
            name, size = "", None
        body.skip()


class _Body:
    """The bytes that follow a header, and what fills their last block."""

    def __init__(self, archive: Readable, size: int) -> None:
        self._archive = archive
        self._left = size
        self._padding = -size % _BLOCK

    def read(self, size: int) -> bytes:
        chunk = self._archive.read(min(size, self._left)) if self._left else b""
        if not chunk and self._left:
            raise EOFError("it ends in the middle of a file")
        self._left -= len(chunk)
        return chunk

    def notes(self) -> bytes:
        """Returns all of it, where it tells of the next file."""
        if self._left > limits.ARCHIVE_HEADER_BYTES:
            raise TarDamaged("what it says of one file is too long")
        return b"".join(iter(lambda: self.read(_CHUNK), b""))

    def skip(self) -> None:
        while self.read(_CHUNK):
            pass
        self._left, self._padding = self._padding, 0
        while self._left and (chunk := self._archive.read(self._left)):
            self._left -= len(chunk)


def _is_header(block: bytes) -> bool:
    """Whether the checksum is that of the block, with spaces in its own place."""
    try:
        stated = _number(block[148:156])
    except TarDamaged:
        return False
    return len(block) == _BLOCK and stated == sum(block[:148]) + sum(block[156:]) + 8 * ord(" ")


def _number(field: bytes) -> int:
    """A number in octal digits, or with the highest bit set in binary."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.partition(b"\0")[0].strip()
    if digits.strip(b"01234567"):
        raise TarDamaged("a number in it is none")
    return int(digits or b"0", 8)


def _size(text: bytes | None) -> int | None:
    if text is None:
        return None
    if not text.isdigit() or len(text) > 20:
        raise TarDamaged("a number in it is none")
    return int(text)


def _records(notes: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records of a pax header, each ``LENGTH NAME=VALUE\\n``, the length counted from its own first digit."""
    place = 0
    while place < len(notes):
        space = notes.find(b" ", place, place + 20)
        length = int(notes[place:space]) if space > place and notes[place:space].isdigit() else 0
        if space < 0 or place + length <= space:
            return
        name, _, value = notes[space + 1 : place + length].rstrip(b"\n").partition(b"=")
        yield name, value
        place += length


def _own_name(header: bytes) -> str:
    name, prefix = _text(header[:100]), _text(header[345:500]) if header[257:265] == b"ustar\x0000" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")
