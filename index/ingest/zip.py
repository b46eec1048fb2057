"""Zip: the files of an archive, one after another. Nothing is ever extracted to disk."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from .compression import Readable

_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_IN_UTF8 = 0x800
# Python unpacks the other methods without an end to how much comes out at a time.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FILE_TYPE, _LINK = 0o170000, 0o120000

DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError, struct.error)
"""What opening an archive or a file of it may raise where it is damaged, beside what reading bytes raises."""


class ZipFile(NamedTuple):
    """One file: its name as written, whether it is only a link, why it cannot be read, and its place in the archive."""

    name: str
    is_link: bool
    why_not: str
    place: zipfile.ZipInfo


def is_zip(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is a zip archive."""
    return head.startswith(_MAGICS)


class Zip:
    """An opened archive. Opening it raises one of ``DAMAGE``."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream)

    def files(self) -> Iterator[ZipFile]:
        """Yields the files and links, in the order of the archive's list."""
        for place in self._zip.infolist():
            if not place.is_dir():
                is_link = place.external_attr >> 16 & _FILE_TYPE == _LINK
                yield ZipFile(_name(place).replace("\\", "/"), is_link, _why_not(place), place)

    def open(self, file: ZipFile) -> Readable:
        """Returns the bytes of a file. Raises one of ``DAMAGE``."""
        return self._zip.open(file.place)


def _name(place: zipfile.ZipInfo) -> str:
    """The name of a file; in UTF-8 where its bytes are, though its flag is not set, as many programs leave it."""
    if place.flag_bits & _IN_UTF8:
        return place.filename
    try:
        return place.orig_filename.encode("cp437").decode("utf-8").partition("\0")[0]
    except UnicodeError:
        return place.filename


def _why_not(place: zipfile.ZipInfo) -> str:
    if place.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack it yourself"
    if place.compress_type not in _METHODS:
        return f"it is packed by method {place.compress_type}, which is not read; unpack it yourself"
    return ""
