"""Input made to harm: limits hold, time is bounded, and nothing but articles and complaints comes out."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import SUFFIXES, Notice, Reading, Skipped, limits, read, read_stream, records
from khabarjoo.index.ingest.feed import _mended
from khabarjoo.index.ingest.files import UNEXPECTED
from khabarjoo.index.ingest.formats import format_of
from khabarjoo.index.ingest.headline import PARTED
from khabarjoo.index.ingest.markup import plain
from khabarjoo.index.ingest.records import split_tags
from khabarjoo.index.news.furniture import furniture
from khabarjoo.index.news.sections import category, is_breadcrumb

ReadBytes = Callable[[str, bytes | str], list[Reading]]
ReadOne = Callable[[str, bytes | str], Article]

WORDS = "دیروز در سراسر گیلان باران بارید و رودها پرآب شدند."
SECONDS = 6
"""Far more than any of these takes alone, as tests share their machine; what they guard against takes minutes."""


def whys(found: list[Reading]) -> list[str]:
    return [x.why for x in found if isinstance(x, Skipped | Notice)]


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 1_000_000,
        "<div></ul>" * 40_000,
        "<div><!--</div>-->" * 40_000,
        "<b>" * 1_000_000,
        "<p><b>" * 15_000,
        "<header>" * 100_000,
        "<select>" + "<option>" * 50_000,
        "<h1><div>" * 2000 + "ab " * 20_000,
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        "<p " + "/".join(f"a{n}=1" for n in range(100_000)) + ">",
        '<p x=">" ' + " ".join(f"a{n}" for n in range(100_000)) + ">",
        '<meta property="og:site_name" content="a' + " " * 100_000 + 'b">',
        "<title>" + "a - " * 20_000,
        "<!--" * 100_000,
        "<" * 200_000,
        "&" * 200_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<time datetime="x">' * 20_000,
    ],
)
def test_html_made_to_keep_us_busy_does_not(readings: ReadBytes, content: str) -> None:
    started = time.process_time()
    found = readings("a.html", f"<html><body>{content}{WORDS}")
    assert time.process_time() - started < SECONDS
    assert len(found) == 1


def test_a_long_value_of_one_attribute_is_no_crowd_of_them(article: ReadOne) -> None:
    page = f'<html><meta name="description" content="{"خبر " * 10_000}"><body><p>{WORDS}</p>'
    assert article("a.html", page).body == WORDS


UNITS = (
    "a| |1|1 |<|<p |<a|=\"|='|&|&#|&a;|-|- |.|. |:|/| /|»|&gt;|#|#a |@|a@|a.|به گزارش |ا|گروه سیاسی و |کد خبر: 1 |1:1"
    "|1/|{{|![|](|© |چاپ |متعلق به |<!-- -->|<?|\n"
    "|\0|\u200c|خبرگزاری |تاریخ انتشار|ساعت |۱۲ |انتهای پیام |خانه » |خانه\n"
).split("|")


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_takes_more_time_than_the_text_is_long(unit: str) -> None:
    long, line = (unit * 200_000)[:200_000], (unit * 3000)[:2900] + "x"
    started = time.process_time()
    for find in (split_tags, plain, PARTED.split, _mended, lambda text: format_of("", text[:65_536])):
        find(long)
    for seek in (furniture, is_breadcrumb, category):
        for start in ("", "#", "برچسب: "):
            seek((start + line)[:2999])
    assert time.process_time() - started < 2


def test_code_and_styles_are_never_text(article: ReadOne) -> None:
    code = "<script>secret</script><style>secret</style><noscript>secret</noscript><!-- secret -->"
    assert "secret" not in repr(article("a.html", f"<html><body>{code}<p>{WORDS}</p>{code}"))
    assert article("a.json", json.dumps({"title": f"باران {code}", "text": WORDS})).title == "باران"


def test_control_characters_stay_as_they_are(article: ReadOne) -> None:
    title = "خبر \x1b[2J\x00\u202e\x9b1m"
    assert article("a.jsonl", json.dumps({"title": title})).title == title
    assert article("b.jsonl", '{"title": "خبر\x07 یک"}').title == "خبر\x07 یک"
    assert article("c.jsonl", '{"title": "خبر \\ud800"}').title == "خبر \ufffd"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[" * 100_000, "nested too deep"),
        ('{"title":' + "[" * 100_000, "nested too deep"),
        ('{"title":' + "9" * 5000 + "}", "not JSON"),
        ('{"title": NaN}', "neither a title nor a text"),
        ('{"title":' + "[" * 400 + '"a"' + "]" * 400 + "}", "neither a title nor a text"),
        ('{"a":' * 400 + "1" + "}" * 400, "neither a title nor a text"),
    ],
)
def test_odd_json_is_skipped_and_the_next_line_is_read(readings: ReadBytes, line: str, why: str) -> None:
    found = readings("a.jsonl", f'{{"title":"الف"}}\n{line}\n{{"title":"ب","title":"پ"}}\n')
    assert [x.title for x in found if isinstance(x, Article)] == ["الف", "پ"]
    assert [why in told for told in whys(found)] == [True]


def test_tables_of_any_shape_are_read_or_named(readings: ReadBytes, article: ReadOne) -> None:
    cell = "خبر " * 2_500_000
    assert article("a.csv", f"title,body\nباران,{cell}\n").body == cell.strip()
    columns = ",".join(f"c{n}" for n in range(100_000))
    assert article("b.csv", f"title,{columns}\nباران{',' * 100_000}\n").title == "باران"
    assert "no header" in whys(readings("c.csv", "1,2,3\n4,5,6\n"))[0]


def test_complaints_are_counted_where_nobody_would_read_them_all(
    readings: ReadBytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TROUBLES", 10)
    found = readings("a.jsonl", '{"title":"الف"}\n' + "x\n" * 100)
    assert len(found) == 12
    assert "90 more lines" in whys(found)[-1]
    monkeypatch.setattr(limits, "FRUITLESS_TROUBLES", 50)
    assert "the rest was not read" in whys(readings("a.jsonl", "x\n" * 100))[-1]


def test_a_limit_is_set_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABARJOO_A", "12")
    assert limits.limit("A", 3) == 12
    for wrong in ("x", "-1", "0"):
        monkeypatch.setenv("KHABARJOO_A", wrong)
        with pytest.warns(UserWarning, match="no number above 0"):
            assert limits.limit("A", 3) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    for name in ("a.txt", "b.txt"):
        assert list(read(tmp_path / name, name=name)) == [Skipped(str(tmp_path / name), "it is not a file")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_one_article_in_all_encodings(article: ReadOne, codec: str) -> None:
    text = "باران در استان\n\nدروز در سراسر استان باران آمد و رودها پرآب شدند و مردم شاد."
    assert article("a.txt", text.encode(codec)).title == "باران در استان"


@pytest.mark.parametrize("line", ["2 -  - 120", "باران -   : برف", "- \u200c\u200c : متن"])
def test_a_dateline_without_words_names_no_outlet(article: ReadOne, line: str) -> None:
    assert article("a.txt", f"باران در رشت\n\n{line}\n{WORDS}\n").source == ""


def test_a_reader_that_fails_ends_its_own_file_only(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> bool:
        raise IndexError("list index out of range")

    monkeypatch.setattr("khabarjoo.index.ingest.csv.has_text", fail)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "title,body\nx,y\n")
        archive.writestr("b.txt", f"باران در رشت\n\n{WORDS}")
    skipped, article = readings("n.zip", packed.getvalue())
    assert isinstance(skipped, Skipped)
    assert isinstance(article, Article)
    told = f"reading it failed, {UNEXPECTED} (IndexError: list index out of range); what stands before was read"
    assert skipped.why == told


# -- readers of sets and dumps -----------------------------------------------------------------------------------------

DEEP = '{"a":' * 100_000
TELEGRAM = '{"name": "خبر", "type": "public_channel", "id": 7, "messages": ['


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[" + "[" * 200_000),
        ("a.json", "[{}," + DEEP),
        ("a.json", DEEP),
        ("a.json", "[" + "1," * 500_000),
        ("a.jsonl", '{"doc":{"title":null,"_source":{"title":null,' * 200 + '"x":1' + "}}" * 400),
        ("a.json", '{"data":{"items":[{"doc":{"title":null,' * 150 + '"x":1' + "}}]}}" * 150),
        ("a.json", TELEGRAM + '{"id": 1, "type": "message", "text": ' + "[" * 100_000),
        ("a.json", TELEGRAM + '{"id": 2, "type": "message", "text": ["x", {"text": 5}, null], "date_unixtime": "1e99"}]}'),
        ("a.json", TELEGRAM + '{"id": 2, "type": "message", "text": "x", "date_unixtime": "99999999999999999"}]}'),
        ("a.json", TELEGRAM + "\\x0B" * 200_000),
        ("a.sgml", "<DOC>" * 100_000),
        ("a.sgml", "<DOC><TEXT>" + "<A" * 200_000),
        ("a.sgml", "<DOC><TEXT>" + "<F P=1" * 100_000),
        ("a.sgml", "<DOC>" + "".join(f"<T{n}>x" for n in range(50_000))),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "{{" * 200_000),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "[[a|" * 100_000),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "<ref>" * 50_000),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "<!--" * 100_000),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "'" * 300_000 + " " * 200_000 + "x"),
        ("a.xml", "<mediawiki><page><title>a</title><revision><text>" + "\n=" * 100_000 + "[http://" * 50_000),
        ("a.txt", ".DID\t1\n" * 100_000),
        ("a.csv", "1,\n" * 200_000),
        ("a.md", "---\n" + "a: b\n" * 100_000),
        ("a.md", "---\ntitle: x\n---\n" + "[" * 100_000),
        ("a.md", "*" * 50_000 + " a"),
        ("a.md", "> " * 50_000 + "a"),
        ("a.md", "- " * 20_000 + "a"),
        ("a.md", "`" * 20_000 + "a" + "![" * 20_000),
        ("a.md", "---\n" + "- " * 100_000 + "\n---\n"),
        ("a.html", "<html><title>Exported Data</title>" + '<div class="message default" id="message1">' * 5000),
        ("a.html", '<html><div class="tgme_widget_message" data-post="abcd/1">' * 5000),
        ("a.xml", '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><wp:post_type>post</wp:post_type>'
            "<description>" + "[caption a]" * 100_000),
        ("a.xml", '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><wp:post_type>post</wp:post_type>'
            "<description>" + "[a " * 200_000 + "</description></item>"),
        ("a.xml", "<?xml version='1.0'?><a>" + "<b>" * 300_000),
        ("a.txt", "<" + "a" * 200_000),
    ],
)  # fmt: skip
def test_sets_and_dumps_made_to_keep_us_busy_do_not(readings: ReadBytes, name: str, content: str) -> None:
    started = time.process_time()
    found = readings(name, content)
    assert time.process_time() - started < SECONDS
    assert found
    assert not [why for why in whys(found) if UNEXPECTED in why]


def test_a_long_thread_and_a_crowd_of_columns_stay_small(readings: ReadBytes) -> None:
    said = [{"id": n, "type": "message", "text": "باران " * 50, "reply_to_message_id": n - 1} for n in range(1, 3000)]
    found = readings("a.json", json.dumps({"name": "x", "type": "public_channel", "id": 1, "messages": said}))
    assert max(len(x.body) for x in found if isinstance(x, Article)) < 200_000
    rows = "".join(json.dumps({"title": "الف", **{f"c{n}-{m}": 1 for m in range(50)}}) + "\n" for n in range(1000))
    told = whys(readings("a.jsonl", rows))
    assert len(told) == 1
    assert len(told[0]) < 1000


def peak(read_all: Callable[[], int]) -> tuple[int, int]:
    """How many articles there are, and how much memory reading them takes at most."""
    tracemalloc.start()
    try:
        return read_all(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class Endless(io.RawIOBase):
    """A beginning, a part many times over, and an end, of which nothing is kept."""

    def __init__(self, beginning: str, part: str, times: int, end: str) -> None:
        self._parts = (text.encode() for text in (beginning, *(part for _ in range(times)), end))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left and (part := next(self._parts, None)) is not None:
            self._left = part
        chunk, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


BIG = [
    ("a.json", TELEGRAM, '{"id": 2, "type": "message", "text": "%s"},' % ("باران " * 100), "{}]}"),
    ("a.json", f'{{"chats": {{"list": [{TELEGRAM}', '{"id": 2, "type": "message", "text": "%s"},' % ("باران " * 100),
        "{}]}]}}"),
    ("a.json", '{"took": 1, "hits": {"hits": [', '{"_id": "1", "_source": {"text": "%s"}},' % ("باران " * 100), "{}]}}"),
    ("a.json", "[", '{"text": "%s"},\n' % ("باران " * 100), "{}]"),
    ("a.sgml", "", "<DOC><DOCNO>1</DOCNO><TEXT>%s</TEXT></DOC>\n" % ("باران " * 100), ""),
    ("a.xml", "<mediawiki>", "<page><title>a</title><ns>0</ns><revision><text>%s</text></revision></page>\n"
        % ("باران " * 100), "</mediawiki>"),
    ("a.txt", "", ".DID\t1\n%s\n" % ("باران " * 100), ""),
    ("a.csv", "", "1,\nالف,\n%s,\nب,\nپ,\nت,\nث\n" % ("باران " * 100), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "beginning", "part", "end"), BIG, ids=[f"{b[0]} {b[1][:12]}" for b in BIG])
def test_dumps_beyond_all_limits_of_size_are_read_in_little_memory(
    name: str, beginning: str, part: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some megabytes, with limits that let a document have a tenth of one."""
    for limit in ("LINE_CHARACTERS", "DOCUMENT_BYTES", "PAGE_BYTES", "ITEM_CHARACTERS"):
        monkeypatch.setattr(limits, limit, 100_000)
    monkeypatch.setattr("khabarjoo.index.ingest.json_stream._CHUNK", 1 << 16)
    times = 6_000_000 // len(part.encode())
    stream = io.BufferedReader(Endless(beginning, part, times, end))
    count, memory = peak(
        lambda: sum(isinstance(x, Article) for x in read_stream(stream, where=name, name=name))  # type: ignore[arg-type]
    )
    assert count >= times * 0.99
    assert memory < 3 << 20


PIECES = st.sampled_from(
    [*(
        '<rss><channel><item>|</item>|<title>|</title>|<![CDATA[|]]>|&|&amp;|<!DOCTYPE rss [|{"title":|"|}|[|,|\n|\0'
        "|title,body\n|WARC/1.0\r\n|Content-Length: 9\r\n\r\n|<p>|<div|>|باران |"
        '<DOC>|</DOC>|<mediawiki>|<page>|<text>|{{|[[|---\n|title: |.DID\t1\n|{"messages":[|tgme_widget_message|'
        '{"name":"a","type":"public_channel","id":1,"messages":[|{"id":2,"type":"message","text":"|"}|PAR1|ARROW1|'
        '{"hits":{"hits":[{"_source":{"title":"|Exported Data|[caption]|SQLite format 3'.encode().split(b"|")
    ), b"\xff", "باران".encode("utf-16"), b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9"]
)  # fmt: skip
NAMES = st.sampled_from(["a", *(f"a{suffix}" for suffix in SUFFIXES), "a.jsonl.gz", "a.csv.bz2", "a.xml.xz"])


def harmless(content: bytes, name: str) -> None:
    started = time.process_time()
    for reading in read_stream(io.BytesIO(content), where=name, name=name):
        assert isinstance(reading, Article | Skipped | Notice)
        assert isinstance(reading, Article) or UNEXPECTED not in reading.why
        if isinstance(reading, Article):
            f"{reading.id}{reading.title}{reading.lead}{reading.body}{reading.tags}".encode()
    assert time.process_time() - started < SECONDS


@given(st.lists(PIECES | st.binary(max_size=20), max_size=30), NAMES)
def test_any_pieces_of_any_format_under_any_name_give_readings(pieces: list[bytes], name: str) -> None:
    harmless(b"".join(pieces), name)


@given(st.lists(PIECES | st.binary(max_size=20), max_size=20), NAMES)
def test_any_pieces_in_archives_give_readings(pieces: list[bytes], name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, b"".join(pieces))
    harmless(gzip.compress(packed.getvalue()), "x")


def test_an_article_longer_than_may_be_stored_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ARTICLE_CHARACTERS", 1000)
    path = tmp_path / "a.csv"
    long = "متن" * 400
    path.write_text(f"id,title,text\n1,خبر,{long}\n2,خبر,متن\n", encoding="utf-8")
    found = list(read(path, name="a.csv"))
    assert [reading.id for reading in found if isinstance(reading, Article)] == ["2"]
    assert "“1” is longer than 1,000 characters; $KHABARJOO_ARTICLE_CHARACTERS raises" in whys(found)[0]


def test_an_id_that_nobody_would_give_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": "i" * size, "title": "خبر"}) + "\n" for size in (5001, 5000)))
    found = list(read(path, name="a.jsonl"))
    assert [len(reading.id) for reading in found if isinstance(reading, Article)] == [5000]
    assert "is longer than 5,000 characters; $KHABARJOO_ID_CHARACTERS raises the limit" in whys(found)[0]


def test_what_is_remembered_of_names_and_dates_does_not_grow_with_their_length() -> None:
    long = "k" * 100_000
    tracemalloc.start()
    for number in range(50):
        list(
            records.read_record(
                {"title": "خبر", f"{number}{long}": "", "date": f"{number}{long}"}, default_id="a", where="a"
            )
        )
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 1_000_000
