"""Which reader takes a file, what is said of files that cannot be read, and reading in a stream."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import (
    SUFFIXES,
    Notice,
    Reading,
    Skipped,
    is_readable,
    known_kinds,
    limits,
    read,
    read_stream,
)

ReadBytes = Callable[[str, bytes | str], list[Reading]]
ReadOne = Callable[[str, bytes | str], Article]

ROW = {"id": "7", "title": "باران در گیلان", "text": "دیروز باران بارید."}
HTML = (
    "<!doctype html><html><head><title>باران در گیلان</title></head>"
    "<body><p>دیروز در گیلان باران بارید.</p></body></html>"
)
TEXT = "باران در گیلان\n\nدیروز در سراسر گیلان باران بارید و رودها پرآب شدند.\n"
LINE = json.dumps(ROW, ensure_ascii=False)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "A.HTM", "b/a.jsonl.gz", "a.txt.GZ"])
def test_a_walk_takes_files_we_read_by_their_names(name: str) -> None:
    assert is_readable(Path(name))


@pytest.mark.parametrize("name", ["a.doc", "a", "a.gz", "txt", "a.json.bak", ".txt"])
def test_a_walk_leaves_other_files(name: str) -> None:
    assert not is_readable(Path(name))


def test_the_kinds_named_to_users_are_those_we_take() -> None:
    assert all(suffix in known_kinds() for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", HTML),
        ("a.html", HTML),
        ("a", HTML),
        ("a.csv", HTML),
        ("a.htm", "\ufeff\n<!-- saved -->\n<!-- twice -->" + HTML),
        ("a.txt", TEXT),
        ("a.unknown", TEXT),
        ("a.html", TEXT),
        ("a.json", LINE),
        ("a.txt", LINE),
        ("a.json", json.dumps(ROW, indent=2)),
        ("a.csv", "عنوان,متن\nباران در گیلان,دیروز باران بارید.\n"),
    ],
)
def test_content_decides_what_the_name_gets_wrong(article: ReadOne, name: str, content: str) -> None:
    assert article(name, content).title == "باران در گیلان"


def test_html_inside_json_does_not_make_the_file_html(article: ReadOne) -> None:
    assert article("a.jsonl", json.dumps({"title": "خبر", "text": HTML})).body == "دیروز در گیلان باران بارید."


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.txt.gz"])
def test_gzip_is_read_as_it_is_whatever_the_file_is_called(article: ReadOne, name: str) -> None:
    content = {"html": HTML, "json": LINE, "jsonl": LINE, "csv": "title,body\nباران در گیلان,متن\n"}
    kind = name.removesuffix(".gz").rpartition(".")[2]
    assert article(name, gzip.compress(content.get(kind, TEXT).encode())).title == "باران در گیلان"


def test_an_article_without_an_id_has_the_path_of_its_file(article: ReadOne) -> None:
    assert article("1403/مهر/a.v2.txt", TEXT).id == "1403/مهر/a.v2"
    assert article("1403/b.txt.gz", gzip.compress(TEXT.encode())).id == "1403/b"
    assert article("c.html", HTML).id == "c"
    assert article("d.json", '{"title": "خبر"}').id == "d"


def test_rows_without_ids_have_the_name_of_the_file_and_the_line(readings: ReadBytes) -> None:
    assert [getattr(x, "id", x) for x in readings("d/a.jsonl.gz", '{"title":"الف"}\n\n{"title":"ب"}\n')] == [
        "d/a:1",
        "d/a:3",
    ]
    assert [getattr(x, "id", x) for x in readings("b.csv", "title\nالف\nب\n")] == ["b:2", "b:3"]
    assert [getattr(x, "id", x) for x in readings("c.json", '[{"title":"الف"},{"title":"ب","id":9}]')] == ["c:1", "9"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.jsonl.gz"])
@pytest.mark.parametrize("content", [b"", b" \n\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_skipped_as_empty(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    (skipped,) = read(path, name=name)
    assert isinstance(skipped, Skipped)
    assert skipped.where == str(path)
    assert "empty" in skipped.why or "no title" in skipped.why


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"GIF89a\x01\x00\x01", bytes(range(256)) * 9])
def test_what_is_no_text_is_skipped_as_such(readings: ReadBytes, content: bytes) -> None:
    assert [getattr(x, "why", x) for x in readings("a.txt", content)] == ["it is not text"]


def test_a_page_of_furniture_alone_is_skipped(readings: ReadBytes) -> None:
    (skipped,) = readings("a.txt", "صفحه اصلی\nکد خبر: ۱۲۳۴\nچاپ | ارسال به دوستان\n")
    assert isinstance(skipped, Skipped)
    assert "no title and no text" in skipped.why


def test_a_file_that_is_not_there_is_skipped(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "gone.txt", name="gone.txt")
    assert skipped == Skipped(str(tmp_path / "gone.txt"), "it cannot be read: No such file or directory")


def test_a_folder_is_skipped(tmp_path: Path) -> None:
    assert list(read(tmp_path, name="x")) == [Skipped(str(tmp_path), "it is not a file")]


def test_what_stands_before_the_damage_in_a_gzip_is_read(readings: ReadBytes) -> None:
    rows = "".join(json.dumps({"id": str(n), "title": f"خبر {n} {n * n}"}) + "\n" for n in range(20_000))
    found = readings("a.jsonl.gz", gzip.compress(rows.encode())[:-2000])
    assert [x.id for x in found[:-1] if isinstance(x, Article)][:2] == ["0", "1"]
    assert len(found) > 1000
    assert isinstance(found[-1], Skipped)
    assert "damaged" in found[-1].why


def test_a_gzip_made_to_fill_the_memory_is_given_up(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXPANSION_BYTES", 2**20)
    (*_, skipped) = readings("a.jsonl.gz", gzip.compress((b'{"title":"' + b"a" * 1000 + b'"}\n') * 2**13))
    assert isinstance(skipped, Skipped)
    assert "unpacks to over" in skipped.why


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_a_file_of_blank_lines_is_given_up(readings: ReadBytes, name: str) -> None:
    (skipped,) = readings(name, gzip.compress(b"\n" * 2**21))
    assert isinstance(skipped, Skipped)
    assert "blank" in skipped.why


def test_a_page_too_large_for_one_is_skipped(readings: ReadBytes) -> None:
    (skipped,) = readings("a.html.gz", gzip.compress(b"<p>" + b"a" * (17 * 2**20)))
    assert isinstance(skipped, Skipped)
    assert "16 MB" in skipped.why


def test_lines_come_while_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl.gz"
    row = json.dumps({"title": "خبر", "text": "متن خبر " * 100}, ensure_ascii=False).encode() + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for _ in range(40_000):
            packed.write(row)
    tracemalloc.start()
    count = sum(isinstance(x, Article) for x in read(path, name=path.name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 4 * 2**20 < len(row) * count


def test_reading_may_stop_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title":"الف"}\n' * 5, encoding="utf-8")
    assert len(list(islice(read(path, name="a.jsonl"), 2))) == 2


def test_a_stream_is_read_like_a_file_and_stays_open() -> None:
    stream = io.BytesIO(LINE.encode())
    (found,) = read_stream(stream, where="-", name="-")
    assert isinstance(found, Article)
    assert found.id == "7"
    assert not stream.closed


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a"]))
def test_no_bytes_raise(content: bytes, name: str) -> None:
    for reading in read_stream(io.BytesIO(content), where=name, name=name):
        assert isinstance(reading, Article | Skipped | Notice)
        repr(reading).encode()


@given(
    st.text(st.sampled_from("ابپتکیي ‌\n\r.:؟،«»|/#*•<>&;0123456789کدخبرتاریخبرچسب=\"'{}[]ab\ud800\x00"), max_size=300),
    st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.csv"]),
)
def test_no_text_raises_and_all_that_comes_out_can_be_stored(text: str, name: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    for reading in read_stream(io.BytesIO(content), where=name, name=name):
        repr(reading).encode()
        if isinstance(reading, Article):
            f"{reading.id}{reading.title}{reading.lead}{reading.body}".encode()


def test_the_news_corpus_reads_whole_in_seconds(shared: Path) -> None:
    started = time.process_time()
    found = list(read(shared / "data" / "news.jsonl.gz", name="news.jsonl.gz"))
    assert time.process_time() - started < 30
    assert Counter(type(x) for x in found) == {Article: 15_452, Notice: 1}
    assert "columns not read: raw_path, file" in getattr(found[-1], "why", "")
    articles = [x for x in found if isinstance(x, Article)]
    assert len({x.id for x in articles}) == 15_452
    assert all(x.body or x.title for x in articles)
    undated = Counter(x.source for x in articles if x.published is None)
    assert undated == {
        "varzesh3": 2644,
        "Hamshahri (classification split)": 860,
        "asriran": 62,
        "farsnews": 33,
        "AsrIran": 13,
    }


def test_the_texts_of_the_news_corpus_come_out_as_they_are(shared: Path) -> None:
    path = shared / "data" / "news.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 3000)]
    articles = list(islice(read(path, name=path.name), 3000))
    assert [(x.id, x.title, x.body) for x in articles if isinstance(x, Article)] == [
        (row["id"], row["title"].strip(), row["body"].strip()) for row in rows
    ]
