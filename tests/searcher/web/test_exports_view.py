"""Exports and feeds."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from khabarjoo.searcher.web.exports_view import EXPORTS
from khabarjoo.searcher.web.results_view import EXPORT_NAMES, office_names
from tests.searcher.web.pages import Read


def test_every_format_on_the_page_can_be_had(room) -> None:
    assert tuple(EXPORTS) == EXPORT_NAMES
    for name in EXPORT_NAMES:
        answer = room.get("/export", params={"q": "باران", "format": name})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="khabarjoo.')
        assert "باران" in answer.text


def test_a_page_or_all_hits_are_taken_along(room) -> None:
    asked = {"q": "نفت", "sort": "oldest", "format": "jsonl"}
    second = room.get("/export", params=asked | {"page": 2}).text.splitlines()
    every = room.get("/export", params=asked | {"what": "all"}).text.splitlines()
    assert (len(second), len(every)) == (10, 25)
    assert every[10:20] == second
    assert json.loads(every[0])["source"] == "نفت‌نامه"


def test_a_spreadsheet_reads_the_table_and_runs_nothing_of_it(room) -> None:
    text = room.get("/export", params={"q": "باران", "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {"باران در رشت", "برف در تهران"} <= {row["title"] for row in rows}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_references_and_a_bibliography_have_every_hit(room) -> None:
    asked = {"q": "نفت", "what": "all"}
    assert room.get("/export", params=asked | {"format": "ris"}).text.count("TY  - NEWS") == 25
    assert len(room.get("/export", params=asked | {"format": "text"}).text.splitlines()) == 25


def test_another_format_is_refused(room) -> None:
    answer = room.get("/export", params={"q": "باران", "format": "exe", "lang": "en"})
    assert answer.status_code == 400
    assert "format must be one of" in Read(answer.text).one(".error")


def test_a_feed_has_the_newest_articles_first(room) -> None:
    answer = room.get("/feed", params={"q": "باران"})
    assert answer.headers["content-type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(answer.text).findall("channel/item")
    assert items[0].findtext("title") == "برف در تهران"
    assert items[0].findtext("guid") == "snow"
    assert parsedate_to_datetime(items[0].findtext("pubDate") or "") == datetime(2023, 1, 5, 9, 30, tzinfo=UTC)
    link = items[0].findtext("link")
    assert link.startswith("http://127.0.0.1:8642/article/snow")
    assert room.get(link).status_code == 200


def test_a_feed_of_anything_is_xml(room) -> None:
    for query in ("بد", "\x00<&\ufffe", "ققنوسستان"):
        assert ElementTree.fromstring(room.get("/feed", params={"q": query}).text).tag == "rss"


@pytest.mark.parametrize("query", ["باران", "../../etc/passwd", 'a"b\r\nX: y', "\x00"])
def test_a_file_is_called_after_the_query_and_nothing_else(room, query: str) -> None:
    told = room.get("/export", params={"q": query, "format": "json"}).headers["content-disposition"]
    name = told.split("''")[1]
    assert not set('"\r\n/\\') & set(name)
    assert "x" not in room.get("/export", params={"q": query, "format": "json"}).headers


def test_word_and_excel_files_are_taken_along_where_their_libraries_are(room, monkeypatch) -> None:
    import khabarjoo.searcher.web.exports_view as exports
    from khabarjoo.searcher.output.office_files import DOCUMENTS, MissingPackage

    assert set(office_names()) <= set(Read(room.get("/?q=باران").text).values("select#format option"))
    for name in office_names():
        answer = room.get("/export", params={"q": "باران", "format": name})
        assert answer.status_code == 200
        assert answer.content.startswith(b"PK")
        assert answer.headers["content-type"] == exports.OFFICE[name]
        assert answer.headers["content-disposition"].endswith(f".{name}")

    def missing(*_: object, **__: object) -> None:
        raise MissingPackage("khabarjoo[office]")

    monkeypatch.setitem(DOCUMENTS, ".docx", missing)
    answer = room.get("/export", params={"q": "باران", "format": "docx"})
    assert answer.status_code == 501
    assert "khabarjoo[office]" in answer.text
