"""The page on the query language says what the parser does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khabarjoo.analyzers.dates import parse_span
from khabarjoo.searcher.query.describe import describe
from khabarjoo.searcher.query.keywords import FIELD_TABLE, OPERATORS, PERSIAN_OPERATORS
from khabarjoo.searcher.query.lexer import CHARACTER_LIMIT, MOST_BETWEEN, MOST_EDITS, WORD_LIMIT
from khabarjoo.searcher.query.query_dates import read_span
from tests.searcher.query.query_samples import NOW, plan_of

PAGE = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (\S.*)$", PAGE, re.MULTILINE)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The rows of a section's table, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def quoted(cell: str) -> list[str]:
    return [text.replace("\\|", "|") for text in re.findall("`([^`]+)`", cell)]


def test_every_operator_and_field_is_on_the_page() -> None:
    table = section("All operators")
    for operator in {*OPERATORS, *PERSIAN_OPERATORS, "NEAR/5", "W/5", "نزدیک/۵"} - {"&&", "||"}:
        assert operator in table.replace("\\|", "|")
    fields = section("Fields")
    for names in FIELD_TABLE.values():
        for name in names.split():
            assert f"`{name}:`" in fields


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_without_a_note(example: str) -> None:
    assert plan_of(example).notes == ()


@pytest.mark.parametrize("cell", [cell for row in rows("All operators") for cell in row[1:3] if cell])
def test_a_spelling_of_an_operator_is_read_without_a_note(cell: str) -> None:
    for example in quoted(cell):
        query = example if len(example) > 3 else f"زلزله {example} بم"
        assert plan_of(query).notes == ()


@pytest.mark.parametrize("date", [date for row in rows("Dates") for date in quoted(row[1])])
def test_a_date_on_the_page_can_be_read(date: str) -> None:
    if date.startswith("<"):
        assert read_span(date, NOW)
    else:
        assert parse_span(date, now=NOW)


@pytest.mark.parametrize("query", [query for row in rows("What cannot be parsed") for query in quoted(row[0])])
def test_what_the_page_says_cannot_be_parsed_gets_a_note(query: str) -> None:
    assert plan_of(query).notes


@pytest.mark.parametrize(("query", "plan"), rows("What --explain shows"))
def test_a_plan_on_the_page_is_that_of_its_query(query: str, plan: str) -> None:
    assert describe(plan_of(quoted(query)[0])) == quoted(plan)[0]


def test_the_limits_on_the_page_are_those_of_the_parser() -> None:
    assert f"At most {WORD_LIMIT:,} words and {CHARACTER_LIMIT:,} characters" in PAGE
    assert f"at most {MOST_EDITS} letters, 100 times, {MOST_BETWEEN} words" in PAGE
