"""JSON: lines, one article, lists, and what wraps them; and JSON that is broken."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped, limits

ReadBytes = Callable[[str, bytes | str], list[Reading]]

ROWS = [{"id": "1", "title": "الف"}, {"id": "2", "title": "ب"}, {"id": "3", "title": "پ"}]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def ids(found: list[Reading]) -> list[str]:
    return [x.id if isinstance(x, Article) else x.why for x in found]


WRITTEN = {
    "lines": LINES,
    "lines with blanks between": LINES.replace("\n", "\r\n\r\n"),
    "lines without an end": LINES.strip(),
    "a list on one line": json.dumps(ROWS),
    "a list, indented": json.dumps(ROWS, indent=1),
    "a list, a row a line": "[\n" + LINES.strip().replace("\n", ",\n") + "\n]",
    "wrapped": json.dumps({"status": "ok", "total": 3, "articles": ROWS}),
    "wrapped, indented": json.dumps({"data": ROWS, "page": {"next": None}}, indent=2),
    "wrapped twice": json.dumps({"response": {"results": ROWS}}),
    "by their ids": json.dumps({row["id"]: {"title": row["title"]} for row in ROWS}),
    "with a mark": "\ufeff" + LINES,
}


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN)
def test_articles_are_read_however_they_are_gathered(readings: ReadBytes, name: str, content: str) -> None:
    assert ids(readings(name, content)) == ["1", "2", "3"]


def test_an_article_with_lists_of_its_own_is_no_wrapper(readings: ReadBytes) -> None:
    row = {"title": "الف", "tags": ["ب"], "images": [{"title": "عکس"}], "author": {"name": "پ"}}
    found, told = readings("a.json", json.dumps(row))
    assert isinstance(found, Article)
    assert (found.id, found.title, found.tags) == ("a", "الف", ("ب",))
    assert isinstance(told, Notice)
    assert told.why == "columns not read: images, author; --map FIELD=NAME reads one"


@pytest.mark.parametrize(
    "broken", ['{"title": "ب"', "{'title': 'ب'}", "null", '"ب"', "[1]", "12", "{" * 100_000, "9" * 5000]
)
def test_a_broken_line_is_skipped_by_its_number_and_the_rest_is_read(readings: ReadBytes, broken: str) -> None:
    found = readings("a.jsonl", f'{{"id":"1","title":"الف"}}\n{broken}\n{{"id":"3","title":"پ"}}\n')
    assert [type(x) for x in found] == [Article, Skipped, Article]
    assert isinstance(found[1], Skipped)
    assert found[1].where.endswith("a.jsonl:2")
    assert "JSON" in found[1].why
    assert "\n" not in found[1].why


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_lines_are_read_though_the_first_is_broken(readings: ReadBytes, name: str) -> None:
    found = readings(name, "{broken\n" + LINES)
    assert [type(x) for x in found] == [Skipped, Article, Article, Article]
    assert isinstance(found[0], Skipped)
    assert found[0].where.endswith(f"{name}:1")


def test_a_broken_document_is_skipped_once_at_the_line_of_the_fault(readings: ReadBytes) -> None:
    (skipped,) = readings("a.json", '[\n {"title": "الف"},\n {"title" "ب"}\n]\n')
    assert isinstance(skipped, Skipped)
    assert skipped.where.endswith("a.json:3")


def test_an_item_that_is_no_article_is_skipped_by_its_number(readings: ReadBytes) -> None:
    found = readings("a.json", '[{"title": "الف"}, 5, {"url": "x"}]')
    assert [type(x) for x in found] == [Article, Skipped, Skipped]
    assert [x.where.rpartition("a.json")[2] for x in found if isinstance(x, Skipped)] == ["[2]", "[3]"]


def test_lines_after_a_list_are_not_passed_over(readings: ReadBytes) -> None:
    found = readings("a.json", '[{"id":"1","title":"الف"}]\n[2]\n{"id":"3","title":"پ"}\n')
    assert ids(found) == ["1", "it is no JSON object but a list", "3"]


def test_an_empty_list_is_said_to_be_empty(readings: ReadBytes) -> None:
    assert ids(readings("a.json", "[]")) == ["it is an empty list"]


def test_a_line_beyond_the_limit_is_skipped_by_its_number_and_the_next_is_read(
    readings: ReadBytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 2**20)
    found = readings(
        "a.jsonl", '{"id":"1","title":"الف"}\n{"title":"' + "ب" * 5 * 2**20 + '"}\n{"id":"3","title":"پ"}\n'
    )
    assert ids(found) == [
        "1",
        "it is longer than 1,048,576 characters; $KHABARJOO_LINE_CHARACTERS raises the limit",
        "3",
    ]
    assert getattr(found[1], "where", "").endswith("a.jsonl:2")


LONG = {name: content for name, content in WRITTEN.items() if "list" in name or "wrapped" in name}


@pytest.mark.parametrize("content", LONG.values(), ids=LONG)
def test_a_long_document_is_read_piece_by_piece_as_a_short_one_is(
    readings: ReadBytes, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 20)
    monkeypatch.setattr("khabarjoo.index.ingest.json_stream._CHUNK", 7)
    assert ids(readings("a.json", content)) == ["1", "2", "3"]


def test_a_long_document_that_breaks_is_read_up_to_the_line_of_the_fault(
    readings: ReadBytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 20)
    found, skipped = readings("a.json", '[\n {"title": "باران در گیلان"},\n {"title" "ب"}\n]\n')
    assert isinstance(found, Article)
    assert isinstance(skipped, Skipped)
    assert skipped.where.endswith("a.json:3")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"title": "باران در گیلان و مازندران", "text": "بارید"}', "too long for an article"),
        ('[{"title": "باران"}] {"title": "برف در زنجان"}', "more follows its end"),
        ('[{"title": "باران"} {"title": "برف در زنجان"}]', "not JSON"),
        ('[{"title": "باران در گیلان و مازندران', "not JSON"),
        ('{"a": {"b": [{"title": "باران در گیلان و مازندران"}', "not JSON"),
        ('{"a" "b": [{"title": "باران در گیلان و مازندران"}', "not JSON"),
    ],
)
def test_a_long_document_that_is_no_list_is_refused_with_why(
    readings: ReadBytes, content: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 20)
    skipped = readings("a.json", content)[-1]
    assert isinstance(skipped, Skipped)
    assert why in skipped.why


def test_a_value_beyond_the_limit_of_a_document_is_refused(
    readings: ReadBytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 20)
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 5_000_000)
    (skipped,) = readings("a.json", json.dumps([{"title": "باران " * 2_000_000}]))
    assert isinstance(skipped, Skipped)
    assert "write JSON lines" in skipped.why
