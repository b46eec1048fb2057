"""Reading articles from files: scraped page text, HTML, JSON lines, JSON and CSV, any of them gzipped.

One registry picks the reader, from what a file is called and from what it holds: an HTML page named ``.txt`` is read as
HTML. Readers work on streams of bytes; only a page or a JSON document is in memory whole, up to a named limit. Whatever
is wrong with a file comes out as a ``Skipped`` or a ``Notice`` in its place, never as an exception.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from . import csv, html, jsonl, page
from .encoding import HEAD_SIZE, decode, encoding_of
from .markup import TooDeep
from .reading import Input, Notice, ReadFormat, Reading, Skipped, TooLarge, stem
from .unpack import unpacked

__all__ = ["SUFFIXES", "Notice", "Reading", "Skipped", "is_readable", "known_kinds", "read", "read_stream"]


class _Format(NamedTuple):
    """One format: its name, its extensions, how its content begins whatever the file is called, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    beginning: re.Pattern[str] | None
    read: ReadFormat


_HTML_BEGINNING = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*(?:<\?xml[^<>]*>\s*)?"
    r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|p|h[1-6]|table|span|link|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = _Format("page text", (".txt", ".text"), None, page.read)
_FORMATS = (
    _Format("HTML", (".html", ".htm", ".xhtml"), _HTML_BEGINNING, html.read),
    _Format("JSON", (".json", ".jsonl", ".ndjson"), re.compile(r"\s*(?:\{\s*\"|\[\s*\{)"), jsonl.read),
    _Format("CSV", (".csv", ".tsv"), None, csv.read),
    _PAGE,
)
SUFFIXES = tuple(suffix for known in _FORMATS for suffix in known.suffixes)
"""The extensions of files that are read, without the ``.gz`` that any of them may have after it."""


def known_kinds() -> str:
    """The formats that are read, for messages.

    >>> known_kinds()
    'HTML (.html .htm .xhtml), JSON (.json .jsonl .ndjson), CSV (.csv .tsv), page text (.txt .text), each also with .gz'
    """
    kinds = (f"{known.name} ({' '.join(known.suffixes)})" for known in _FORMATS)
    return f"{', '.join(kinds)}, each also with .gz"


def is_readable(path: Path) -> bool:
    """Whether a walk through a folder takes this file, by its name.

    >>> is_readable(Path("news.JSONL.gz")), is_readable(Path("photo.jpg"))
    (True, False)
    """
    return _suffix(path.name) in SUFFIXES


def read(path: Path, *, name: str) -> Iterator[Reading]:
    """Everything one file gives, in its order.

    ``name`` is the file's path relative to the folder that is read, with forward slashes and its extension; it makes
    the ids of articles that have none of their own. Messages name ``path`` as it was given. Never raises: a file that
    cannot be opened is a ``Skipped`` too.
    """
    if path.exists() and not path.is_file():
        yield Skipped(str(path), "it is not a file")
        return
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, where=str(path), name=name)
    except OSError as error:
        yield Skipped(str(path), f"it cannot be read: {error.strerror or error}")


def read_stream(stream: BinaryIO, *, where: str, name: str) -> Iterator[Reading]:
    """Everything one stream of bytes gives, as ``read`` does for a file; the stream stays open."""
    try:
        plain = unpacked(stream)
        head = plain.peek(HEAD_SIZE)[:HEAD_SIZE]
        encoding = encoding_of(head)
        if not head:
            yield Skipped(where, "it is empty")
        elif encoding is None:
            yield Skipped(where, "it is not text")
        else:
            suffix = _suffix(PurePosixPath(name).name)
            source = Input(plain, encoding, where, stem(name, SUFFIXES), suffix)
            yield from _format(suffix, decode(head, encoding)).read(source)
    except (TooLarge, TooDeep) as error:
        yield Skipped(where, str(error))
    except (EOFError, zlib.error, OSError) as error:
        yield Skipped(where, f"it is damaged ({error}); what stands before the damage was read")


def _format(suffix: str, head: str) -> _Format:
    """The format of a file: what its content plainly is, else what its name says, else page text."""
    if not suffix.startswith((".json", ".ndjson", ".csv", ".tsv")) or head.lstrip("\ufeff \t\r\n").startswith("<"):
        for known in _FORMATS:
            if known.beginning and known.beginning.match(head.lstrip("\ufeff")):
                return known
    named = next((known for known in _FORMATS if suffix in known.suffixes), _PAGE)
    is_markup = "<" in head
    return _PAGE if named.read is html.read and not is_markup else named


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix
