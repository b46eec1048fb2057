"""Hits to take along: reports, tables, references and bibliographies, of a page or of all that was found; and feeds."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import Response

from ..hit_headings import heading_of
from ..output import FORMATS, REPORTS
from ..output.citations import CITATION_FORMATS
from ..output.office_files import DOCUMENTS, MissingPackage
from ..results import Hit, Page
from ..terminal_safety import Sink, clean
from .addresses import Asked, BadAddress
from .results_view import MOST_EXPORTED, found_page
from .site import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .site import Site

LONGEST = 60.0
"""Seconds of work that writing them may take."""

_LARGEST = 200_000_000  # characters
_IN_FEED = 30
_UNFIT = {ord(char): None for char in "\ufffe\uffff"}  # for XML


class Format(NamedTuple):
    """A format to take hits along in: what writes it, how its file ends, and what browsers call it."""

    write: Callable[..., None]
    ending: str
    kind: str


def _each(write: Callable[..., None]) -> Callable[[Page, Sink], None]:
    """Writes the article of every hit."""

    def write_all(page: Page, out: Sink) -> None:
        for hit in page:
            write(hit.article, out)

    return write_all


EXPORTS: dict[str, Format] = {
    "html": Format(REPORTS["html"], "html", "text/html; charset=utf-8"),
    "markdown": Format(REPORTS["markdown"], "md", "text/markdown; charset=utf-8"),
    "csv": Format(FORMATS["csv"], "csv", "text/csv; charset=utf-8"),
    "jsonl": Format(FORMATS["jsonl"], "jsonl", "application/x-ndjson"),
    "json": Format(FORMATS["json"], "json", "application/json"),
    "ris": Format(_each(CITATION_FORMATS["ris"]), "ris", "application/x-research-info-systems; charset=utf-8"),
    "bibtex": Format(_each(CITATION_FORMATS["bibtex"]), "bib", "application/x-bibtex; charset=utf-8"),
    "text": Format(_each(CITATION_FORMATS["text"]), "txt", "text/plain; charset=utf-8"),
}
"""Every format of text, by the name it has in addresses."""

OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats of Word and Excel, and what browsers call them; they need khabarjoo[office]."""


def export(site: Site, request: Request) -> Response:
    """Returns a file of the hits of a page, or of all hits with ``what=all``."""
    asked = Asked.of(request.query_params.multi_items())
    name = request.query_params.get("format", "")
    if name not in EXPORTS and name not in OFFICE:
        raise BadAddress("format", "none of these", allowed=", ".join((*EXPORTS, *OFFICE)))
    filters, size = asked.filters(), site.page_size(asked)
    first, most = (0, MOST_EXPORTED) if request.query_params.get("what") == "all" else (asked.first(size), size)
    with _one_at_a_time(site.exporting), site.room.desk() as desk:
        page = found_page(desk, asked, filters, first, most)
        more: dict[str, Any] = {"filters": filters, "sort": asked.sort} if name in (*REPORTS, *OFFICE) else {}
        ending, kind, content = _office_file(name, page, more) if name in OFFICE else _text_file(name, page, more)
    return Response(content, media_type=kind, headers={"content-disposition": _attachment(asked.query, ending)})


def _text_file(name: str, page: Page, more: dict[str, Any]) -> tuple[str, str, bytes]:
    chosen, out = EXPORTS[name], _BoundedText()
    chosen.write(page, out, **more)
    return chosen.ending, chosen.kind, out.getvalue().encode("utf-8", "replace")


def _office_file(name: str, page: Page, more: dict[str, Any]) -> tuple[str, str, bytes]:
    out = _BoundedBytes()
    try:
        DOCUMENTS[f".{name}"](page, out, **more)
    except MissingPackage:
        raise Failure(501, "no office") from None
    return name, OFFICE[name], out.getvalue()


@contextmanager
def _one_at_a_time(lock: threading.Lock) -> Iterator[None]:
    """Keeps large answers from being made all at once. Raises Failure where the one before takes too long."""
    if not lock.acquire(timeout=LONGEST / 2):
        raise Failure(503, "busy")
    try:
        yield
    finally:
        lock.release()


class _BoundedBytes(io.BytesIO):
    """Bytes in memory, likewise."""

    def __init__(self) -> None:
        super().__init__()
        self._end = time.thread_time() + LONGEST

    def write(self, data: Any, /) -> int:
        if time.thread_time() > self._end or self.tell() > _LARGEST:
            raise Failure(413, "too much")
        return super().write(data)


class _BoundedText(io.StringIO):
    """Text in memory, of which only so much is taken, and only for so much work."""

    def __init__(self) -> None:
        super().__init__(newline="")
        self._end = time.thread_time() + LONGEST

    def write(self, text: str, /) -> int:
        if time.thread_time() > self._end or self.tell() > _LARGEST:
            raise Failure(413, "too much")
        return super().write(text)


def _attachment(query: str, ending: str) -> str:
    """A header that has the browser save a file, called after the query."""
    letters = "".join(char if char.isalnum() or char == "\u200c" else " " for char in clean(query)[:60])
    name = "-".join(letters.split()) or "khabarjoo"
    encoded = quote(f"{name}.{ending}", safe="", errors="replace")
    return f"attachment; filename=\"khabarjoo.{ending}\"; filename*=UTF-8''{encoded}"


# -- feeds -----------------------------------------------------------------------------------------------------


def feed(site: Site, request: Request) -> Response:
    """Returns the newest articles of what was asked, as RSS."""
    if name := request.query_params.get("saved", ""):
        from .saved_view import saved_feed

        return saved_feed(site, request, name)
    asked = Asked.of(request.query_params.multi_items()).but(sort="newest", copies=True)
    filters = asked.filters()
    with site.room.desk() as desk:
        page = found_page(desk, asked, filters, 0, _IN_FEED)
        return rss(request, asked, asked.query, page)


def rss(request: Request, asked: Asked, title: str, hits: Iterable[Hit]) -> Response:
    """Returns hits as RSS 2.0 (rssboard.org/rss-specification)."""
    base = f"{request.url.scheme}://{request.headers['host']}"
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    _say(channel, "title", f"خبرجو: {title}" if title.strip() else "خبرجو")
    _say(channel, "link", base + asked.at())
    _say(channel, "description", title)
    _say(channel, "language", "fa")
    for hit in hits:
        item = Xml.SubElement(channel, "item")
        _say(item, "title", heading_of(hit.article) or hit.id)
        _say(item, "link", base + asked.article(hit.id))
        _say(item, "guid", hit.id, isPermaLink="false")
        _say(item, "description", "".join(piece.text for piece in hit.snippet))
        if hit.source:
            _say(item, "category", hit.source)
        if told := _date(hit.published):
            _say(item, "pubDate", told)
    text = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(text, media_type="application/rss+xml; charset=utf-8")


def _say(parent: Xml.Element, name: str, text: str, **attributes: str) -> None:
    Xml.SubElement(parent, name, attributes).text = clean(text).translate(_UNFIT)


def _date(moment: datetime | None) -> str:
    """The date as mail writes it (RFC 822), which RSS wants."""
    if moment is None:
        return ""
    try:
        return format_datetime(moment.astimezone(UTC), usegmt=True)
    except (ValueError, OverflowError):
        return ""
