"""Web archives: the pages in them are read as HTML is; without warcio, what to install is said."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading

ReadBytes = Callable[[str, bytes | str], list[Reading]]

HTML = (
    "<!doctype html><html><head><title>باران در گیلان</title>META</head><body><p>دیروز باران بارید.</p></body></html>"
)
PAGE = HTML.replace("META", "").encode()


def record(address: str, payload: bytes, kind: str = "response", content: str = "application/http") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-09-06T10:00:00Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def response(body: bytes, *headers: str, status: str = "200 OK", content: str = "text/html; charset=utf-8") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {content}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


def told(found: list[Reading]) -> list[str]:
    return [x.id if isinstance(x, Article) else x.why for x in found]


def test_without_warcio_it_is_said_what_to_install(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    assert told(readings("a.warc", record("http://a.example/1", response(PAGE)))) == [
        "reading WARC files needs warcio; install it with: pip install 'khabarjoo[warc]'"
    ]


@pytest.fixture
def warcio() -> None:
    pytest.importorskip("warcio", reason="warcio is not installed: pip install 'khabarjoo[warc]'")


@pytest.mark.usefixtures("warcio")
class TestWithWarcio:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_pages_that_were_there_are_read_by_their_addresses(
        self, readings: ReadBytes, pack: Callable[[bytes], bytes]
    ) -> None:
        chunked = b"5\r\n" + PAGE[:5] + b"\r\n%x\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n"
        archive = [
            record("http://a.example/1", response(PAGE)),
            record("http://a.example/2", response(PAGE, status="404 Not Found")),
            record("http://a.example/3", response(b"x", content="image/png")),
            record("http://a.example/4", response(zlib.compress(PAGE), "Content-Encoding: deflate")),
            record("http://a.example/5", response(chunked, "Transfer-Encoding: chunked")),
            record("http://a.example/6", PAGE, "resource", "text/html"),
            record("http://a.example/7", response(PAGE), "request"),
        ]
        found = readings("a.warc.gz", b"".join(map(pack, archive)))
        assert told(found) == [f"http://a.example/{number}" for number in (1, 4, 5, 6)]
        assert found[0] == Article(
            id="http://a.example/1",
            title="باران در گیلان",
            body="دیروز باران بارید.",
            published=datetime(2021, 9, 6, 10, tzinfo=UTC),
            url="http://a.example/1",
        )

    def test_what_the_page_says_of_its_date_and_address_goes_first(self, readings: ReadBytes) -> None:
        meta = (
            '<meta property="article:published_time" content="2020-01-01T00:00:00Z">'
            '<link rel="canonical" href="http://a.example/news/1">'
        )
        (found,) = readings("a.warc", record("http://a.example/1", response(HTML.replace("META", meta).encode())))
        assert isinstance(found, Article)
        assert (found.published, found.url) == (datetime(2020, 1, 1, tzinfo=UTC), "http://a.example/news/1")

    def test_texts_of_wet_files_are_read_as_pages(self, readings: ReadBytes) -> None:
        text = "باران در گیلان\n\nدیروز در سراسر گیلان باران بارید و رودها پرآب شدند.\n".encode()
        archive = record("http://a.example/1", text, "conversion", "text/plain")
        (found,) = readings("a.warc.wet.gz", gzip.compress(archive))
        assert isinstance(found, Article)
        assert (found.id, found.title, found.url) == ("http://a.example/1", "باران در گیلان", "http://a.example/1")
        assert found.body.startswith("دیروز در سراسر گیلان")

    def test_of_a_wacz_the_pages_of_its_archives_are_read_and_nothing_else(self, readings: ReadBytes) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("archive/data.warc.gz", gzip.compress(record("http://a.example/1", response(PAGE))))
            archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"title": "باران", "text": "بارید"}\n')
            archive.writestr("indexes/index.cdx", "x")
            archive.writestr("datapackage.json", '{"title": "آرشیو"}')
        assert told(readings("a.wacz", packed.getvalue())) == ["http://a.example/1"]

    def test_a_page_that_expands_without_end_is_skipped_and_the_next_is_read(self, readings: ReadBytes) -> None:
        bomb = response(gzip.compress(b"<p>" + b" " * (20 << 20)), "Content-Encoding: gzip")
        found = readings("a.warc", record("http://a.example/1", bomb) + record("http://a.example/2", response(PAGE)))
        assert told(found)[1] == "http://a.example/2"
        assert "16 MB" in told(found)[0]

    @pytest.mark.parametrize(
        "content",
        [
            b"WARC/1.0\r\nX: " + b"a" * (20 << 20),
            b"WARC/1.0\r\n" + b"X: a\r\n" * (1 << 20),
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: zz\r\n\r\n",
            b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
            b"WARC/x\r\n\r\n",
            record("http://a.example/1", response(PAGE))[:90],
        ],
    )
    def test_broken_and_endless_headers_end_in_one_line(self, readings: ReadBytes, content: bytes) -> None:
        (skipped,) = readings("a.warc", content)
        assert not isinstance(skipped, Article)

    def test_nothing_but_what_we_say_is_written(
        self, readings: ReadBytes, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        """Of a record that is longer than it says, warcio would show the rest; of an odd address, the address."""
        readings("a.warc", record("http://a.example/ \x1b]0;x\x07", response(PAGE)))
        assert caplog.messages == []
        archive = record("http://a.example/1", response(PAGE)).replace(b"\r\n\r\nWARC", b"\r\nWARC")
        readings("a.warc", archive[:-4] + b"\x1b]0;x\x07 rest\r\n\r\n" + record("http://a.example/2", response(PAGE)))
        assert capfd.readouterr() == ("", "")
