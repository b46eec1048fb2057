"""Text in the encodings Persian pages come in, and bytes that are no text in any."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading
from khabarjoo.index.ingest.encoding import encoding_of

ReadBytes = Callable[[str, bytes | str], list[Reading]]
ReadOne = Callable[[str, bytes | str], Article]

CLEAN = "گزارش پژوهش‌های چهار ژرفاسنج\n\nپژوهشگران در خلیج فارس می‌کوشند ژرفای آب را بسنجند و نتیجه‌ها را بنویسند.\n"
# As Windows keyboards typed it: Arabic yeh, and the letters that only Persian has.
OLD = CLEAN.replace("ی", "ي")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_mark(article: ReadOne, encoding: str) -> None:
    found = article("a.txt", CLEAN.encode(encoding))
    assert [found.title, found.body] == CLEAN.strip().split("\n\n")


def test_windows_pages_are_read_with_zwnj_and_the_letters_of_persian(article: ReadOne) -> None:
    found = article("a.txt", OLD.encode("cp1256"))
    assert [found.title, found.body] == OLD.strip().split("\n\n")


def test_a_declared_encoding_is_believed_where_the_bytes_are_not_utf_8(article: ReadOne) -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">'
        "<title>گزارش پژوهش</title></head><body><h1>گزارش پژوهش</h1><p>پژوهشگران ژرفاي آب را مي‌سنجند.</p></body></html>"
    )
    assert article("a.html", page.encode("cp1256")).body == "پژوهشگران ژرفاي آب را مي‌سنجند."
    assert article("a.html", page.encode()).body == "پژوهشگران ژرفاي آب را مي‌سنجند."


def test_a_western_declaration_on_a_persian_page_is_not_believed() -> None:
    assert encoding_of(b'<meta charset="iso-8859-1">' + OLD.encode("cp1256")) == "cp1256"
    assert encoding_of(b'<meta charset="utf-8">' + OLD.encode("cp1256")) == "cp1256"


def test_utf_8_cut_in_a_letter_is_still_utf_8() -> None:
    assert encoding_of("خبرگزاری".encode()[:-1]) == "utf-8"


def test_jsonl_and_csv_in_utf_16_are_read(article: ReadOne) -> None:
    assert article("a.jsonl", '{"title": "باران"}\n'.encode("utf-16")).title == "باران"
    assert article("a.csv", "عنوان\tمتن\nباران\tبارید\n".encode("utf-16")).body == "بارید"


def test_bytes_that_are_no_text_are_noticed_and_the_rest_is_read(readings: ReadBytes) -> None:
    notice, found = readings("a.txt", CLEAN.encode()[:-1] + b"\xff\xfe")
    assert isinstance(notice, Notice)
    assert "not utf-8" in notice.why
    assert isinstance(found, Article)
    assert found.body.endswith("\ufffd\ufffd")


def test_a_damaged_line_is_noticed_by_its_number(readings: ReadBytes) -> None:
    good = json.dumps({"title": "باران آمد"}, ensure_ascii=False).encode()
    found = readings("a.jsonl", good + b"\n" + good.replace("آ".encode(), b"\xff") + b"\n" + good)
    assert [type(x).__name__ for x in found] == ["Article", "Notice", "Article", "Article"]
    assert isinstance(found[1], Notice)
    assert found[1].where.endswith("a.jsonl:2")
    assert [x.title for x in found if isinstance(x, Article)] == ["باران آمد", "باران \ufffdمد", "باران آمد"]


def test_a_lone_surrogate_escaped_in_json_is_mended(readings: ReadBytes) -> None:
    (found,) = readings("a.jsonl", rb'{"title": "\ud83d rain", "tags": ["\udfff x"]}')
    assert isinstance(found, Article)
    assert (found.title, found.tags) == ("\ufffd rain", ("\ufffd x",))


def test_a_replacement_character_the_page_prints_is_no_damage(readings: ReadBytes) -> None:
    assert [type(x).__name__ for x in readings("a.jsonl", '{"title": "با\ufffdران"}')] == ["Article"]
