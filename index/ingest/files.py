"""From a file to what it gives: opened, unpacked, taken out of archives, and handed to its format's reader."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from ..article import Article, record_of
from ..article_keys import is_unique_everywhere, text_key
from . import archives, columnar, database, docx, limits, pdf, warc
from .compression import DAMAGE, Bomb, Budget, Readable, counted, spent, unpacked
from .encoding import HEAD_SIZE, decode, encoding_of
from .formats import SUFFIXES, format_of, suffix_of
from .markup import TooDeep
from .source import NO_OPTIONS, Input, Notice, Options, Reading, Skipped, TooLarge, stem

# So that a pipe which took the place of a file does not keep us waiting for somebody to write to it.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


_WIDEST_IN_JSON = 6  # characters that one takes in JSON: control characters are written out
_LONGEST_ID = 60  # characters of an id in a message


UNEXPECTED = "which should not happen"
"""Is said of a file whose reader raised what it is not to raise."""


OnRead = Callable[[int], None]
"""Hears how many bytes of a file have been read so far."""


def read(path: Path, *, name: str, options: Options = NO_OPTIONS, on_read: OnRead | None = None) -> Iterator[Reading]:
    """Yields everything one file gives, in its order.

    ``name`` is the file's path relative to the folder that is read, with forward slashes and its extension; it makes
    the ids of articles that have none of their own. Messages name ``path`` as it was given. Never raises: a file that
    cannot be opened is a ``Skipped`` too.
    """
    try:
        if stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  nothing else is even opened
            with open(os.open(path, _OPENING), "rb") as stream:  # noqa: PTH123  Path.open takes no opener
                if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    told = _Told(stream, on_read) if on_read else stream
                    yield from _read_stream(told, str(path), name, options, path)
                    return
        yield Skipped(str(path), "it is not a file", unread=True)
    except (OSError, ValueError) as error:
        yield Skipped(str(path), f"it cannot be read: {getattr(error, 'strerror', None) or error}", unread=True)


def read_stream(stream: BinaryIO, *, where: str, name: str, options: Options = NO_OPTIONS) -> Iterator[Reading]:
    """Yields everything one stream of bytes gives, as ``read`` does for a file; the stream stays open."""
    yield from _read_stream(stream, where, name, options, None)


class _Told(io.BufferedIOBase):
    """A file that says how far it has been read."""

    def __init__(self, stream: BinaryIO, on_read: OnRead) -> None:
        self._stream = stream
        self._on_read = on_read
        self._done = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        self._done += len(data)
        self._on_read(self._done)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()


def _read_stream(
    stream: BinaryIO | _Told, where: str, name: str, options: Options, path: Path | None
) -> Iterator[Reading]:
    budget = Budget()
    # Names that are no UTF-8 hold lone surrogates, which no index can; written out, they stay apart.
    file = _File(where, name.encode("utf-8", "backslashreplace").decode(), budget, options, path)
    whole = cast("BinaryIO", stream) if _is_whole(stream) else None
    try:
        yield from _summed_up(file.read(counted(stream, budget), whole), where)
    except Bomb as error:
        yield Skipped(where, str(error), unread=True)


class _File:
    """One file, or one in an archive: the names it goes by, how far it may expand, and how many archives it is in."""

    def __init__(
        self, where: str, name: str, budget: Budget, options: Options, path: Path | None, depth: int = 0
    ) -> None:
        self._where = where
        self._name = name
        self._budget = budget
        self._options = options
        self._path = path
        self._depth = depth
        self._given: dict[str, tuple[str, int]] = {}  # ids that the files of this archive gave, and to which text

    def read(self, packed: io.BufferedReader, whole: BinaryIO | None = None) -> Iterator[Reading]:
        """Yields what its bytes give; ``whole`` are the same bytes, in a file that can be read at any place."""
        try:
            plain = unpacked(packed, self._budget)
            head = plain.peek(HEAD_SIZE)[:HEAD_SIZE]
            suffix = suffix_of(self._name)
            whole = whole if plain is packed else None
            if docx.is_docx(suffix, head):
                source = Input(plain, "utf-8", self._where, stem(self._name, SUFFIXES), suffix, self._options)
                yield from docx.read(source, self._budget)
            elif archives.is_archive(head):
                yield from self._read_archive(plain, whole)
            elif columnar.is_columnar(head):
                stream = whole or archives.in_memory(plain)
                stream.seek(0)
                name = stem(self._name, SUFFIXES)
                yield from columnar.read(stream, head, self._where, name, self._options, self._budget)
            elif database.is_database(head):
                yield from self._read_database(whole)
            else:
                yield from self._read_text(plain, head)
        except (TooLarge, TooDeep) as error:
            yield Skipped(self._where, str(error), unread=True)
        except DAMAGE as error:
            yield Skipped(self._where, f"it is damaged ({error}); what stands before the damage was read", unread=True)
        except Bomb:
            raise
        except Exception as error:  # no file is to end a run over all the others
            why = f"reading it failed, {UNEXPECTED} ({type(error).__name__}: {error}); what stands before was read"
            yield Skipped(self._where, why, unread=True)

    def _read_archive(self, plain: io.BufferedReader, whole: BinaryIO | None) -> Iterator[Reading]:
        if self._depth == limits.ARCHIVE_DEPTH:
            yield Skipped(self._where, "it is an archive too deep in others; unpack it yourself", unread=True)
        else:
            yield from archives.read(plain, whole, self._where, self._read_member, self._budget)

    def _read_database(self, whole: BinaryIO | None) -> Iterator[Reading]:
        if self._path is None or whole is None:
            yield Skipped(self._where, "it is a packed database; unpack it yourself")
        else:
            yield from database.read(self._path, self._where, stem(self._name, SUFFIXES), self._options)

    def _read_member(self, stream: Readable, member: str) -> Iterator[Reading]:
        """What a file of an archive gives; an id that another gave to another text has the file's name before it."""
        for reading in self._member(stream, member):
            if isinstance(reading, Article) and not is_unique_everywhere(reading.id):
                text = text_key(reading)
                other, known = self._given.setdefault(reading.id, (member, text))
                if other != member and known != text:
                    yield replace(reading, id=f"{stem(member, SUFFIXES)}/{reading.id}")
                    continue
            yield reading

    def _member(self, stream: Readable, member: str) -> Iterator[Reading]:
        name = f"{stem(self._name, SUFFIXES)}/{member}"
        file = _File(f"{self._where}/{member}", name, self._budget, self._options, None, self._depth + 1)
        return file.read(spent(stream, self._budget))

    def _read_text(self, plain: io.BufferedReader, head: bytes) -> Iterator[Reading]:
        # The page of a web archive that comes first says nothing of the others' encoding.
        encoding = "utf-8" if warc.is_warc(head) or pdf.is_pdf(head) else encoding_of(head)
        if not head:
            yield Skipped(self._where, "it is empty")
        elif encoding is None:
            yield Skipped(self._where, "it is not text", unread=True)
        else:
            suffix = suffix_of(self._name)
            source = Input(plain, encoding, self._where, stem(self._name, SUFFIXES), suffix, self._options)
            read = pdf.read if pdf.is_pdf(head) else format_of(suffix, decode(head, encoding)).read
            yield from read(source)


def _too_long(article: Article) -> str:
    """Why an article is not to be stored; '' for any that people wrote."""
    if len(article.id) > limits.ID_CHARACTERS:
        shown = f"{article.id[:_LONGEST_ID]}…"
        return (
            f"an id, “{shown}”, is longer than {limits.ID_CHARACTERS:,} characters; {limits.raised_by('ID_CHARACTERS')}"
        )
    if article.characters <= limits.ARTICLE_CHARACTERS // _WIDEST_IN_JSON:
        return ""
    if len(article.id) + len(record_of(article)) <= limits.ARTICLE_CHARACTERS:
        return ""
    return (
        f"its article “{article.id[:_LONGEST_ID]}” is longer than {limits.ARTICLE_CHARACTERS:,} characters; "
        f"{limits.raised_by('ARTICLE_CHARACTERS')}"
    )


def _is_whole(stream: BinaryIO | _Told) -> bool:
    """Whether a stream can be read at any place, and stands at its beginning."""
    try:
        return stream.seekable() and stream.tell() == 0
    except (OSError, ValueError):
        return False


def _summed_up(readings: Iterator[Reading], where: str) -> Iterator[Reading]:
    """The readings, with no more complaints than anybody reads: the rest is counted."""
    told = skipped = noticed = articles = 0
    unread = False
    for reading in readings:
        if isinstance(reading, Article) and (why := _too_long(reading)):
            reading = Skipped(where, why)
        articles += isinstance(reading, Article)
        if told > limits.FRUITLESS_TROUBLES and not articles:
            why = f"over {limits.FRUITLESS_TROUBLES:,} lines or items give nothing; the rest was not read"
            yield Skipped(where, why, unread=True)
            return
        if isinstance(reading, Skipped | Notice):
            told += 1
            if told > limits.TROUBLES:
                skipped += isinstance(reading, Skipped)
                unread |= isinstance(reading, Skipped) and reading.unread
                noticed += isinstance(reading, Notice)
                continue
        yield reading
    if skipped:
        yield Skipped.more(where, skipped, unread=unread)
    if noticed:
        yield Notice.more(where, noticed)
