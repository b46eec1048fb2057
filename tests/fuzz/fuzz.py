"""Coverage-guided fuzzing of all that reads what others wrote; run by hand.

    pip install atheris warcio     # neither is a dependency
    python tests/fuzz/fuzz.py TARGET FOLDER -max_total_time=600 -rss_limit_mb=4096

TARGET is one of those below, FOLDER keeps the inputs that lead somewhere new; when it is new itself, it is given some
to begin with. What follows is libFuzzer's. An input that raises, or takes longer than -timeout (seconds), is written to
a file; `python tests/fuzz/fuzz.py TARGET FILE` repeats it.
"""

from __future__ import annotations

import functools
import io
import json
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

Target = Callable[[bytes], None]

_PAGE = "به گزارش خبرگزاری ایسنا، دیروز باران بارید.\n\nکد خبر: ۱۲\n۱۴۰۱/۰۶/۲۳ - ۱۰:۲۰\nبرچسب‌ها: باران، رشت\n"
_HTML = (
    '<html><head><title>باران</title><meta property="og:title" content="باران">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "باران"}</script></head>'
    f"<body><article><h1>باران</h1><p>{_PAGE * 3}</p><ul><li>a</ul></article></body></html>"
)
_ROW = {"id": "1", "title": "باران", "text": _PAGE, "date": "1401/06/23", "tags": ["رشت", "a,b"]}
_FEED = (
    '<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>ایسنا</title><item>'
    "<title>باران &amp; برف</title><link>https://example.org/1</link><description><![CDATA[<p>متن</p>]]></description>"
    "<pubDate>Wed, 14 Sep 2022 10:20:00 +0430</pubDate><category domain='x'>ورزشی</category></item></channel></rss>"
)
_ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}".encode()
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nWARC-Date: 2022-09-14T10:20:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(_ANSWER)}\r\n\r\n"
).encode() + _ANSWER


def _zipped(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("a/1.txt", _PAGE)
        archive.writestr("b.jsonl", json.dumps(_ROW))
    return packed.getvalue()


def _tarred(kind: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=kind) as archive:
        for name, text in (("a/1.txt", _PAGE), (f"{'باران' * 40}.html", _HTML)):
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


_BEGINNINGS: dict[str, list[str | bytes]] = {
    "page": [_PAGE],
    "html": [_HTML],
    "jsonl": [json.dumps(_ROW, ensure_ascii=False) * 2, json.dumps([_ROW, _ROW])],
    "csv": ['id,title,text\n1,باران,"متن\n""دو"""\n', "شناسه\tعنوان\tمتن\n1\tباران\tمتن\n"],
    "feed": [_FEED, '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>باران</title></entry></feed>'],
    "warc": [_WARC],
    "zip": [_zipped(zipfile.ZIP_STORED), _zipped(zipfile.ZIP_DEFLATED)],
    "tar": [_tarred(tarfile.GNU_FORMAT), _tarred(tarfile.PAX_FORMAT)],
    "analyzer": [_PAGE, "همکاریهای جهاددانشگاهي می\u200cشود كتاب ها"],
    "dates": ["۱۴ تیر ۱۴۰۰ - ۱۰:۲۰", "2022-09-14T10:20:00Z", "1401/06", "دیروز", "هفتهٔ گذشته", "از ۱۴۰۰ تا ۱۴۰۱"],
    "queries": [
        'باران AND (برف OR "سیل تهران"~3) -نفت',
        "title:باران source:ایسنا تاریخ:1401..1402",
        "بار* ن?ت /x/ ~2",
    ],
}
"""Inputs to begin with, by target."""


def _reader(name: str) -> Target:
    """Any bytes in a file of that name."""
    from khabarjoo.index.article import Article
    from khabarjoo.index.ingest import Notice, Skipped, read_stream
    from khabarjoo.index.ingest.files import UNEXPECTED

    def target(data: bytes) -> None:
        for reading in read_stream(io.BytesIO(data), where=name, name=name):
            assert isinstance(reading, Article | Notice | Skipped)
            assert isinstance(reading, Article) or UNEXPECTED not in reading.why, reading
            if isinstance(reading, Article):
                f"{reading.id}{reading.title}{reading.lead}{reading.body}".encode()

    return target


def _analyzer() -> Target:
    """Any text: offsets stay inside it, and many texts at once give the same terms as each alone."""
    from khabarjoo.analyzers.analyzer import default_analyzer
    from khabarjoo.analyzers.bulk import BulkAnalyzer

    analyzer = default_analyzer()
    bulk = BulkAnalyzer(analyzer)

    def target(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape" if data[:1] == b"\0" else "replace")
        tokens = list(analyzer.tokens(text))
        for token in tokens:
            assert 0 <= token.start <= token.end <= len(text)
        numbers, lengths = bulk.analyze([text, text])
        terms = [bulk.terms[number] for number in numbers.tolist()]
        assert lengths.tolist() == [len(tokens)] * 2
        assert [(t.form, t.lemma, t.parts) for t in terms] == [
            (token.term.form, token.term.lemma, token.term.parts) for token in tokens * 2
        ]

    return target


def _dates() -> Target:
    """Any text: a span, or a DateError."""
    from khabarjoo.analyzers.dates import DateError, find_moment, parse_span

    def target(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        find_moment(text)
        try:
            span = parse_span(text)
        except DateError:
            return
        assert span.start is None or span.end is None or span.start < span.end

    return target


def _queries() -> Target:
    """Any text: it is understood somehow, carried out over a small index and explained, or is a DateError."""
    import khabarjoo
    from khabarjoo.analyzers.calendars import DateError
    from khabarjoo.index.file_sync import sync
    from khabarjoo.seeds import pages_folder

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    sync(folder, [pages_folder()], jobs=1)
    news = khabarjoo.open(folder)

    def target(data: bytes) -> None:
        try:
            page = news.search(data.decode("utf-8", "replace"), limit=2)
            f"{page.explanation}{page.suggestion}{[hit.snippet for hit in page.hits]}".encode()
        except DateError:
            return

    return target


_READERS = {"page": "a.txt", "html": "a.html", "jsonl": "a.jsonl", "csv": "a.csv", "feed": "a.xml", "warc": "a.warc"}
TARGETS: dict[str, Callable[[], Target]] = {
    **{format: functools.partial(_reader, name) for format, name in _READERS.items()},
    "zip": functools.partial(_reader, "a.zip"),
    "tar": functools.partial(_reader, "a.tar"),
    "analyzer": _analyzer,
    "dates": _dates,
    "queries": _queries,
}


def _begin(name: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    for number, text in enumerate(_BEGINNINGS[name]):
        (folder / str(number)).write_bytes(text if isinstance(text, bytes) else text.encode())


def main() -> None:
    """Fuzzes one target until libFuzzer is told to stop."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"which of these: {', '.join(TARGETS)}? then a folder and libFuzzer's options")
    name = sys.argv.pop(1)
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and not Path(sys.argv[1]).exists():
        _begin(name, Path(sys.argv[1]))
    with atheris.instrument_imports(include=["khabarjoo"]):
        target = TARGETS[name]()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
