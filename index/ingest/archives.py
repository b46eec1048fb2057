"""Archives: the files in a zip or tar, read in place as if they lay in a folder that is called like the archive.

Nothing is extracted to disk. Names are only names: what an archive calls ``/etc/a.txt`` is read as ``etc/a.txt``, and a
name that leads upwards, a link or an encrypted file is not read and said so.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from . import limits, tar, zip
from .compression import DAMAGE, Budget, Readable
from .source import Reading, Skipped, TooLarge

ReadMember = Callable[[Readable, str], Iterator[Reading]]
"""Reads the bytes of one file of an archive, which is called so."""


def is_archive(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is an archive we read."""
    return zip.is_zip(head) or tar.is_tar(head)


def read(
    plain: io.BufferedReader, whole: BinaryIO | None, where: str, read_member: ReadMember, budget: Budget
) -> Iterator[Reading]:
    """Yields everything the files of an archive give.

    ``plain`` are its bytes, ``whole`` a file that holds nothing else and can be read at any place, if there is one.
    """
    is_empty = True
    try:
        if zip.is_zip(plain.peek(4)):
            if whole is not None:
                budget.packed = whole.seek(0, io.SEEK_END)
            found = _read_zip(whole or in_memory(plain), where, read_member)
        else:
            found = _read_tar(plain, where, read_member)
        for reading in found:
            is_empty = False
            yield reading
    except TooLarge:
        raise
    except zip.DAMAGE as error:
        yield Skipped(where, f"it is damaged ({error}); what stands before the damage was read", unread=True)
        return
    if is_empty:
        yield Skipped(where, "it holds no file that is read")


def _read_zip(stream: BinaryIO, where: str, read_member: ReadMember) -> Iterator[Reading]:
    archive = zip.Zip(stream)
    is_wacz = _is_wacz(archive)
    for count, file in enumerate(archive.files(), start=1):
        _check(count)
        name, why_not = _cleaned(file.name)
        why_not = why_not or _LINK * file.is_link or file.why_not
        if not _is_wanted(name) or (is_wacz and not name.startswith(_WACZ_ARCHIVE)):
            continue
        if why_not:
            yield Skipped(f"{where}/{name}", why_not, unread=True)
            continue
        try:
            content = archive.open(file)
        except (*zip.DAMAGE, *DAMAGE) as error:
            yield Skipped(f"{where}/{name}", f"it is damaged ({error})", unread=True)
        else:
            yield from read_member(content, name)


def _read_tar(plain: io.BufferedReader, where: str, read_member: ReadMember) -> Iterator[Reading]:
    for count, file in enumerate(tar.files(plain), start=1):
        _check(count)
        name, why_not = _cleaned(file.name)
        why_not = why_not or _LINK * file.is_link
        if not _is_wanted(name):
            continue
        if why_not:
            yield Skipped(f"{where}/{name}", why_not, unread=True)
        else:
            yield from read_member(file.stream, name)


_WACZ_ARCHIVE = "archive/"


def _is_wacz(archive: zip.Zip) -> bool:
    """Whether an archive is a WACZ (specs.webrecorder.net/wacz): web archives, and lists of what is in them."""
    names = {file.name for file in islice(archive.files(), limits.ARCHIVE_MEMBERS)}
    return "datapackage.json" in names and any(
        name.startswith(_WACZ_ARCHIVE) and name.endswith((".warc", ".warc.gz")) for name in names
    )


_LINK = "it is a link; only files of archives are read"
# Folders of what macOS adds, and of what a book or a program says of itself.
_OF_OTHERS = frozenset({"__MACOSX", "META-INF"})
_UPWARDS = "its name leads out of the archive"


def _check(count: int) -> None:
    if count > limits.ARCHIVE_MEMBERS:
        raise TooLarge(
            f"it holds over {limits.ARCHIVE_MEMBERS:,} files; the rest was not read;"
            f" {limits.raised_by('ARCHIVE_MEMBERS')}"
        )


def _cleaned(name: str) -> tuple[str, str]:
    """A name below the archive, and why it must not be read under it.

    >>> _cleaned("/etc/./news/a.txt"), _cleaned("C:/news/a.txt"), _cleaned("news/../../a.txt")[1]
    (('etc/news/a.txt', ''), ('news/a.txt', ''), 'its name leads out of the archive')
    """
    parts = name.encode("utf-8", "backslashreplace").decode().split("/")
    if parts and len(parts[0]) == 2 and parts[0].endswith(":"):
        parts = parts[1:]
    kept = [part for part in parts if part not in ("", ".")]
    return "/".join(kept), _UPWARDS if ".." in kept else ""


def _is_wanted(name: str) -> bool:
    from .formats import is_readable

    *folders, file = name.split("/")
    hidden = any(part.startswith(".") and part != ".." for part in (*folders, file)) or _OF_OTHERS & {*folders}
    return not hidden and is_readable(file)


def in_memory(plain: io.BufferedReader) -> BinaryIO:
    """Returns a file that is packed in something, and whose end must be known before its beginning."""
    data = plain.read(limits.DOCUMENT_BYTES + 1)
    if len(data) > limits.DOCUMENT_BYTES:
        raise TooLarge(
            f"it is a packed file of over {limits.DOCUMENT_BYTES // 2**20} MB; unpack it, or"
            f" {limits.raised_by('DOCUMENT_BYTES')}"
        )
    return io.BytesIO(data)
