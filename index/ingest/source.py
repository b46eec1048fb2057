"""What reading a file gives besides articles, and the one file being read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader, TextIOWrapper
from pathlib import PurePosixPath
from typing import TextIO

from ..article import Article
from . import limits
from .compression import PACKED_SUFFIXES
from .encoding import decode, decoding, is_damaged
from .field_names import FieldMap

_LONGEST_SHOWN = 60  # of a text in a notice


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read: where it stands (a path, ``path:LINE`` or ``path[ITEM]``) and why, in one line.

    ``count`` is how many things it tells of. ``unread`` says that it could not be read, so that articles which it held
    before may still be in it.
    """

    where: str
    why: str
    unread: bool = field(default=False, compare=False)
    count: int = 1

    @classmethod
    def more(cls, where: str, count: int, *, unread: bool = False) -> Skipped:
        """Tells how many more things of a file were not read than are named."""
        why = f"{count:,} more lines or items were not read; only the first are named"
        return cls(where, why, unread, count)


@dataclass(frozen=True, slots=True)
class Notice:
    """An article was read, but with a loss its owner may want to know of, such as a date nobody can read."""

    where: str
    why: str
    count: int = 1

    @classmethod
    def more(cls, where: str, count: int) -> Notice:
        """Tells how many more things of a file were read with a loss than are named."""
        return cls(where, f"{count:,} more lines or items were read with a loss; only the first are named", count)


def unread_date(where: str, text: str) -> Notice:
    """Returns the notice that a date cannot be read."""
    shown = f"{text[:_LONGEST_SHOWN]}{'…' if len(text) > _LONGEST_SHOWN else ''}"
    return Notice(where, f"the date “{shown}” cannot be read; the article is kept without one")


Reading = Article | Skipped | Notice
ReadFormat = Callable[["Input"], Iterator[Reading]]


class TooLarge(ValueError):
    """Input beyond one of the named limits. The text of the error says which, in words for the user."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of files to be read.

    ``mapping`` tells what fields of records are called, ``table`` which table of a database is read, ``drafts``
    whether what was not published is, too.
    """

    mapping: FieldMap = ()
    table: str = ""
    drafts: bool = False

    @property
    def digest(self) -> int:
        """A number that tells ways of reading apart; 0 is the usual one."""
        return zlib.crc32(repr(self).encode("utf-8", "backslashreplace")) if self != NO_OPTIONS else 0


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Input:
    """One file's bytes, already unpacked, with the names it goes by.

    ``where`` is for messages, ``name`` for ids (relative, without the extension), ``suffix`` is the extension in
    lower case without any ``.gz`` or its like.
    """

    stream: BufferedReader
    encoding: str
    where: str
    name: str
    suffix: str = ""
    options: Options = NO_OPTIONS

    def lines(self, newline: str | None = None) -> TextIOWrapper:
        """Returns the text as a stream of lines. Bytes that are no text become lone surrogates (see ``encoding``)."""
        encoding, errors = decoding(self.encoding)
        return TextIOWrapper(self.stream, encoding=encoding, errors=errors, newline=newline)

    def is_damaged(self, text: str) -> bool:
        """Returns whether text of this file holds bytes that could not be read."""
        return is_damaged(text, self.encoding)

    def whole(self) -> str:
        """Returns all of the text of a page.

        Raises:
            TooLarge: there is more than ``limits.PAGE_BYTES``.
        """
        data = self.stream.read(limits.PAGE_BYTES + 1)
        if len(data) > limits.PAGE_BYTES:
            raise TooLarge(
                f"it is larger than {limits.PAGE_BYTES / 2**20:g} MB, too large for one page; split it, or"
                f" {limits.raised_by('PAGE_BYTES')}"
            )
        return decode(data, self.encoding)


def bounded(lines: TextIO, limit: int) -> Iterator[str]:
    """Yields the lines of a stream, one at a time; of a line longer than ``limit`` characters, the first ``limit + 1``.

    Raises:
        TooLarge: more lines in a row than ``limits.BLANK_LINES`` are blank.
    """
    number = blank = 0
    while line := lines.readline(limit + 1):
        number += 1
        blank = blank + 1 if line.isspace() else 0
        if blank > limits.BLANK_LINES:
            raise TooLarge(f"line {number} is the last of {blank} blank ones; the rest was not read")
        yield line
        if len(line) > limit:
            while line and not line.endswith("\n"):
                line = lines.readline(limit)


def stem(name: str, suffixes: tuple[str, ...]) -> str:
    """Returns a relative path without its extensions: the id of the one article a file holds.

    >>> stem("1403/news.v2.txt.gz", (".txt",))
    '1403/news.v2'
    """
    path = PurePosixPath(name)
    if path.suffix.lower() in PACKED_SUFFIXES:
        path = path.with_suffix("")
    return str(path.with_suffix("") if path.suffix.lower() in suffixes else path)
