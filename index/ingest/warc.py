"""Web archives (WARC, ISO 28500): each HTML page that was fetched is read as a file that is called by its address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from khabarjoo.analyzers.dates import DateError

from ..article import Article
from . import limits
from .compression import DAMAGE, Bomb
from .encoding import HEAD_SIZE, encoding_of
from .markup import TooDeep
from .records import moment
from .source import Input, Reading, Skipped, TooLarge

MAGIC = b"WARC/"
_PAGES = ("text/html", "application/xhtml+xml")
_RECORDS = ("response", "resource")
_EXTRACTED = "conversion"  # what WET files hold: the text of a page (commoncrawl.org)
_CHUNK = 1 << 16
_NO_READER = "reading WARC files needs warcio; install it with: pip install 'khabarjoo[warc]'"


def is_warc(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is a web archive."""
    return head.startswith(MAGIC)


def read(source: Input) -> Iterator[Reading]:
    """Yields the articles of the pages in a web archive, and what was wrong with pages that give none."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        yield Skipped(source.where, _NO_READER, unread=True)
        return
    import logging  # late, as only warcio logs

    stream = _Bounded(source.stream)
    is_empty = True
    try:
        records = ArchiveIterator(stream, no_record_parse=False)
        # What warcio would write to standard error, with what was read as it is, escape sequences included.
        records.INC_RECORD = ""
        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        while True:
            with stream:
                record = next(records, None)
            if record is None:
                break
            if record.rec_type in _RECORDS and _is_page(record):
                is_empty = False
                yield from _page(record, source)
            elif record.rec_type == _EXTRACTED and _is_text(record):
                is_empty = False
                yield from _page(record, source, is_text=True)
            while record.raw_stream.read(_CHUNK):
                pass
    except (*DAMAGE, TooLarge, TooDeep, Bomb):
        raise
    except Exception as error:  # warcio has errors of its own and lets those of what it parses with pass
        why = f"it is damaged ({error or type(error).__name__}); what stands before was read"
        yield Skipped(source.where, why, unread=True)
        return
    if is_empty:
        yield Skipped(source.where, "it is a web archive without HTML pages or their texts")


class _Bounded:
    """A stream that gives no more than so much of the headers of a record, while it is entered."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left: int | None = None

    def __enter__(self) -> None:
        self._left = limits.ARCHIVE_HEADER_BYTES

    def __exit__(self, *error: object) -> None:
        self._left = None

    def read(self, size: int = -1) -> bytes:
        """Returns the next bytes. Raises TooLarge."""
        if self._left is not None:
            self._left -= _CHUNK
            if self._left < 0:
                raise TooLarge(f"the headers of a record are longer than {limits.ARCHIVE_HEADER_BYTES // 2**20} MB")
            size = min(size, _CHUNK) if size >= 0 else _CHUNK
        return self._stream.read(size)


def _is_page(record: Any) -> bool:
    """Whether a record is an HTML page that was there."""
    headers = record.http_headers
    if headers is None:
        kind = record.content_type
    else:
        kind = headers.get_header("Content-Type")
        if not (headers.get_statuscode() or "").startswith("2"):
            return False
    return (kind or "").partition(";")[0].strip().lower() in _PAGES


def _is_text(record: Any) -> bool:
    return (record.content_type or "").partition(";")[0].strip().lower() == "text/plain"


def _page(record: Any, source: Input, *, is_text: bool = False) -> Iterator[Reading]:
    from . import html, page_text

    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    where = f"{source.where}/{address}" if address else source.where
    try:
        data = record.content_stream().read(limits.PAGE_BYTES + 1)
        encoding = encoding_of(data[:HEAD_SIZE])
        if encoding is None:
            yield Skipped(where, "it is not text", unread=True)
            return
        one = Input(io.BufferedReader(io.BytesIO(data)), encoding, where, address or source.name)
        for reading in (page_text if is_text else html).read(one):
            yield _completed(reading, address, record) if isinstance(reading, Article) else reading
    except (TooLarge, TooDeep) as error:
        yield Skipped(where, str(error), unread=True)


def _completed(article: Article, address: str, record: Any) -> Article:
    """The article of a page, with what the archive knows of it where the page does not say."""
    published = article.published
    if published is None:
        try:
            published = moment(record.rec_headers.get_header("WARC-Date") or "")
        except (DateError, OverflowError, ValueError):
            published = None
    return replace(article, url=article.url or address, published=published)
