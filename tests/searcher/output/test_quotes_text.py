"""Quotes as they are written: what is perhaps somebody's under a heading of its own, nothing of an article acts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from khabarjoo.analyzers.reported_speech import default_reader
from khabarjoo.index.article import Article
from khabarjoo.searcher.output.quotes_text import (
    QUOTE_FORMATS,
    write_quotes_csv,
    write_quotes_jsonl,
    write_quotes_markdown,
    write_quotes_text,
)
from khabarjoo.searcher.quotes import Quote
from khabarjoo.searcher.results import Quotes

BODY = "محمدباقر قالیباف، رئیس مجلس گفت: *تورم* را مهار می‌کنیم. وی افزود: دولت باید کار کند."
ARTICLE = Article("a", "خبر", body=BODY, published=datetime(2023, 5, 1, 9, tzinfo=UTC), source="ایسنا", url="=cmd")


@pytest.fixture
def quotes() -> Quotes:
    told = default_reader().read("", "", BODY)
    shown = [Quote("a", ARTICLE, statement) for statement in told]
    perhaps = shown[1]._replace(statement=told[1]._replace(certainty=0.5))
    return Quotes((shown[0], shown[1], perhaps), 1)


def written(write: Callable[[Quotes, io.StringIO], None], quotes: Quotes) -> str:
    out = io.StringIO()
    write(quotes, out)
    return out.getvalue()


def test_people_read_who_is_reported_to_say_it_and_where_he_is_named(quotes: Quotes) -> None:
    lines = written(write_quotes_text, quotes).splitlines()
    assert "ایسنا" in lines[0]
    assert lines[1].strip() == "محمدباقر قالیباف، رئیس مجلس (به نقل)"
    assert lines[2].strip() == "*تورم* را مهار می‌کنیم."
    assert "وی: محمدباقر قالیباف، رئیس مجلس گفت" in lines[5]
    assert lines.index("شاید") > 5


def test_json_lines_have_places_that_give_the_text(quotes: Quotes) -> None:
    records = [json.loads(line) for line in written(write_quotes_jsonl, quotes).splitlines()]
    assert [record["shown"] for record in records] == [True, True, False]
    for record in records:
        assert BODY[record["start"] : record["end"]] == record["text"]
        assert record["key"] == "محمدباقرقالیباف"
    assert records[0]["published_jalali"].startswith("1402/02/11")


def test_csv_has_a_column_for_each_and_no_formula(quotes: Quotes) -> None:
    rows = list(csv.DictReader(io.StringIO(written(write_quotes_csv, quotes).lstrip("\ufeff"))))
    assert [row["kind"] for row in rows] == ["direct"] * 3
    assert all(not row["url"].startswith("=") for row in rows)


def test_markdown_escapes_what_would_act(quotes: Quotes) -> None:
    text = written(write_quotes_markdown, quotes)
    assert r"> \*تورم\*" in text
    assert "## شاید" in text


@pytest.mark.parametrize("name", QUOTE_FORMATS)
def test_nothing_is_written_of_nothing_but_what_frames_it(name: str) -> None:
    assert "قالیباف" not in written(QUOTE_FORMATS[name], Quotes((), 0))
