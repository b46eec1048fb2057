"""What reading a file gives besides articles, and the one file being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import PurePosixPath
from typing import TextIO

from ..article import Article
from .encoding import decode, decoding, is_damaged

# One page, one JSON document: what must be in memory whole. Longer input is refused by name, never cut silently.
PAGE_LIMIT = 16 * 2**20
DOCUMENT_LIMIT = 256 * 2**20
BLANK_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read: where it stands (a path, ``path:LINE`` or ``path[ITEM]``) and why, in one line."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Notice:
    """An article was read, but with a loss its owner may want to know of, such as a date nobody can read."""

    where: str
    why: str


Reading = Article | Skipped | Notice
ReadFormat = Callable[["Input"], Iterator[Reading]]


class TooLarge(ValueError):
    """Input beyond one of the named limits. The text of the error says which, in words for the user."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file's bytes, already unpacked, with the names it goes by.

    ``where`` is for messages, ``name`` for ids (relative, without the extension), ``suffix`` is the extension in
    lower case without any ``.gz``.
    """

    stream: BufferedReader
    encoding: str
    where: str
    name: str
    suffix: str = ""

    def lines(self, newline: str | None = None) -> TextIOWrapper:
        """The text as a stream of lines. Bytes that are no text come out as lone surrogates (see ``encoding``)."""
        encoding, errors = decoding(self.encoding)
        return TextIOWrapper(self.stream, encoding=encoding, errors=errors, newline=newline)

    def is_damaged(self, text: str) -> bool:
        """Whether text of this file holds bytes that could not be read."""
        return is_damaged(text, self.encoding)

    def whole(self, limit: int = PAGE_LIMIT) -> str:
        """All of the text.

        Raises:
            TooLarge: there are more than ``limit`` bytes.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise TooLarge(f"it is larger than {limit // 2**20} MB, too large for one page; split it")
        return decode(data, self.encoding)


def bounded(lines: TextIO, limit: int) -> Iterator[str]:
    """The lines of a stream, one at a time.

    Raises:
        TooLarge: a line has ``limit`` characters or more, or more lines in a row than ``BLANK_LIMIT`` are blank.
    """
    number = blank = 0
    while line := lines.readline(limit):
        number += 1
        blank = blank + 1 if line.isspace() else 0
        if len(line) >= limit:
            raise TooLarge(f"line {number} is longer than {limit // 2**20} million characters; the rest was not read")
        if blank > BLANK_LIMIT:
            raise TooLarge(f"line {number} is the last of {blank} blank ones; the rest was not read")
        yield line


def stem(name: str, suffixes: tuple[str, ...]) -> str:
    """A relative path without its extensions: the id of the one article a file holds.

    >>> stem("1403/news.v2.txt.gz", (".txt",))
    '1403/news.v2'
    """
    path = PurePosixPath(name)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return str(path.with_suffix("") if path.suffix.lower() in suffixes else path)
