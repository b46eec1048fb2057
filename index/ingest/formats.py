"""The formats that are read, and which of them a file is in: by its content where that is plain, else by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from . import (
    csv,
    feed,
    json_lines,
    markdown,
    news_collections,
    pdf,
    telegram_patterns,
    warc,
)
from .compression import PACKED_SUFFIXES
from .source import Input, ReadFormat, Reading


class Format(NamedTuple):
    """One format: its name, its extensions, how its content begins whatever the file is called, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    beginning: re.Pattern[str] | None
    read: ReadFormat


# What reads pages is imported when there is one, as it takes a twentieth of a second: it has many patterns to compile.
def _read_page(source: Input) -> Iterator[Reading]:
    from . import page_text

    return page_text.read(source)


def _read_html(source: Input) -> Iterator[Reading]:
    from . import html

    return html.read(source)


def _read_telegram_export(source: Input) -> Iterator[Reading]:
    from . import telegram_pages

    return telegram_pages.read_exported(source)


def _read_telegram_preview(source: Input) -> Iterator[Reading]:
    from . import telegram_pages

    return telegram_pages.read_preview(source)


_PROLOGUE = r"\s*(?:(?:<!--(?:(?!-->).)*-->|<\?[^<>]*>)\s*)*"
_HTML_BEGINNING = re.compile(
    _PROLOGUE + r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|p|h[1-6]|table|span|link"
    r"|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED_BEGINNING = re.compile(
    _PROLOGUE + r"<(?:!doctype\s+)?(?:[\w-]{1,40}:)?(?:rss|feed|rdf)\b", re.IGNORECASE | re.DOTALL
)
# A document in tags that are none of HTML's: it says so, or what it begins with is closed further on.
_XML_BEGINNING = re.compile(
    r"\s*(?:<\?xml\b|<!doctype\s+(?!html\b)|(?:<!--(?:(?!-->).)*-->\s*)*<([a-z][\w:.-]{0,60})(?:\s[^<>]{0,2000})?>"
    r"(?:[^<]|<(?!/))*</[a-z])",
    re.IGNORECASE | re.DOTALL,
)
_INLINE = frozenset(
    "a b i u em strong font img br hr center blockquote ul ol li pre code form iframe nav header".split()
)
_PAGE = Format("page text", (".txt", ".text"), None, _read_page)
_CSV = Format("CSV", (".csv", ".tsv"), None, csv.read)
_HTML = Format("HTML", (".html", ".htm", ".xhtml"), _HTML_BEGINNING, _read_html)
_FEED = Format("RSS and Atom", (".xml", ".rss", ".atom", ".rdf"), _FEED_BEGINNING, feed.read)
_FORMATS = (
    Format("Telegram exports in HTML", (), telegram_patterns.IS_EXPORTED, _read_telegram_export),
    Format("pages of t.me", (), telegram_patterns.IS_PREVIEW, _read_telegram_preview),
    _HTML,
    Format("JSON", (".json", ".jsonl", ".ndjson"), re.compile(r"\s*(?:\{\s*\"|\[\s*\{)"), json_lines.read),
    _CSV,
    _FEED,
    Format("collections in tags", (".sgml", ".sgm", ".trec"), news_collections.BEGINNING, news_collections.read),
    Format("Hamshahri 1", (), news_collections.DOTTED_BEGINNING, news_collections.read_dotted),
    Format("Markdown", (".md", ".markdown"), markdown.BEGINNING, markdown.read),
    Format("PDF", (".pdf",), re.compile(r"%PDF-"), pdf.read),
    Format("WARC", (".warc", ".wet"), re.compile(re.escape(warc.MAGIC.decode())), warc.read),
    _PAGE,
)
_ARCHIVES = (".zip", ".epub", ".wacz", ".tar", ".tgz", ".tbz2", ".txz")
_BINARY = {
    "Word": (".docx", ".docm"),
    "Parquet and Arrow": (".parquet", ".arrow", ".feather"),
    "SQLite": (".db", ".sqlite", ".sqlite3"),
}
_ROWS = (".json", ".ndjson", ".csv", ".tsv")

SUFFIXES = (
    *(suffix for known in _FORMATS for suffix in known.suffixes),
    *_ARCHIVES,
    *(suffix for suffixes in _BINARY.values() for suffix in suffixes),
)
"""The extensions of files that are read, without what says how any of them may be packed."""


def known_kinds() -> str:
    """Returns the formats that are read, for messages.

    >>> known_kinds().split(", ")[1]
    'JSON (.json .jsonl .ndjson)'
    """
    named = {known.name: known.suffixes for known in _FORMATS if known.suffixes}
    kinds = (f"{name} ({' '.join(suffixes)})" for name, suffixes in {**named, **_BINARY}.items())
    return f"{', '.join(kinds)}, archives of these ({' '.join(_ARCHIVES)}), each also with {' '.join(PACKED_SUFFIXES)}"


def is_readable(path: Path | str) -> bool:
    """Returns whether a walk through a folder takes this file, by its name.

    >>> is_readable(Path("news.JSONL.gz")), is_readable("news.tar.xz"), is_readable("photo.jpg")
    (True, True, False)
    """
    return suffix_of(path) in SUFFIXES


def suffix_of(path: Path | str) -> str:
    """Returns the extension that tells a file's format, in lower case.

    >>> suffix_of("1403/a.JSONL.gz"), suffix_of("a.gz"), suffix_of("a")
    ('.jsonl', '', '')
    """
    name = PurePosixPath(PurePosixPath(path).name.lower())
    return PurePosixPath(name.stem).suffix if name.suffix in PACKED_SUFFIXES else name.suffix


def format_of(suffix: str, head: str) -> Format:
    """Returns the format of a file: what its content plainly is, else what its name says, else page text."""
    begun = head.lstrip("\ufeff \t\r\n")
    if not suffix.startswith(_ROWS) or begun.startswith("<"):
        for known in _FORMATS:
            if known.beginning and known.beginning.match(begun):
                return known
        if _is_strange(begun, suffix):
            return _FEED
    if suffix not in SUFFIXES and csv.is_table(begun):
        return _CSV
    named = next((known for known in _FORMATS if suffix in known.suffixes), _PAGE)
    return _PAGE if named is _HTML and "<" not in head else named


def _is_strange(begun: str, suffix: str) -> bool:
    """Whether a file is in tags that no reader knows; what is called XML or HTML is left to those who read it."""
    if not begun.startswith("<") or any(suffix in known.suffixes for known in _FORMATS if "HTML" in known.name):
        return False
    found = _XML_BEGINNING.match(begun)
    return found is not None and (found[1] or "").lower() not in _INLINE
