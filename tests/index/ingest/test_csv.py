"""CSV as spreadsheets and databases write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, Skipped, limits

ReadBytes = Callable[[str, bytes | str], list[Reading]]


def whys(found: list[Reading]) -> list[tuple[str, str]]:
    return [(x.where.rpartition("a.csv")[2], x.why) for x in found if isinstance(x, Skipped)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_sign_between_cells_is_told_by_the_header(readings: ReadBytes, sign: str, mark: str, end: str) -> None:
    rows = [["شناسه", "عنوان", "متن", "تاریخ", "برچسب‌ها"], ["7", "باران، برف", "«بارید»", "1398/08/14", "رشت و قم"]]
    (found,) = readings("a.csv", mark + end.join(sign.join(row) for row in rows) + end)
    assert isinstance(found, Article)
    assert (found.id, found.title, found.body, found.tags) == ("7", "باران، برف", "«بارید»", ("رشت و قم",))
    assert found.published is not None


def test_a_hint_for_spreadsheets_above_the_header_is_passed_over(readings: ReadBytes) -> None:
    (found,) = readings("a.csv", "sep=;\ntitle;body\nباران;بارید\n")
    assert isinstance(found, Article)
    assert (found.id, found.body) == ("a:3", "بارید")


def test_quoted_cells_hold_line_ends_signs_and_quotes(readings: ReadBytes) -> None:
    found = readings("a.csv", 'title,body\nالف,"یک, ""دو""\nسه\n"\nب,چهار\n')
    assert [(x.id, x.body) for x in found if isinstance(x, Article)] == [("a:2", 'یک, "دو"\nسه'), ("a:5", "چهار")]


def test_one_column_is_enough(readings: ReadBytes) -> None:
    assert [x.body for x in readings("a.csv", "متن\nباران بارید.\n") if isinstance(x, Article)] == ["باران بارید."]


def test_a_row_with_too_few_or_too_many_cells_is_skipped_by_its_line(readings: ReadBytes) -> None:
    found = readings("a.csv", "title,body\nالف,یک\nب\nپ,سه,چهار\n\n,,\nت,پنج,,\n")
    assert [x.title for x in found if isinstance(x, Article)] == ["الف", "ت"]
    assert whys(found) == [
        (":3", "it has 1 cells where the header has 2"),
        (":4", "it has 3 cells where the header has 2"),
    ]


def test_a_header_we_do_not_know_is_skipped_with_names_we_do(readings: ReadBytes) -> None:
    ((where, why),) = whys(readings("a.csv", "foo,bar\n1,2\n"))
    assert where == ":1"
    assert "title" in why
    assert "عنوان" in why


def test_a_quotation_without_its_end_is_told_where_it_begins(readings: ReadBytes) -> None:
    found = readings("a.csv", 'title,body\nالف,یک\nب,"دو\nپ,سه\n')
    assert [x.title for x in found if isinstance(x, Article)] == ["الف"]
    ((where, why),) = whys(found)
    assert where == ":3"
    assert "quotation mark" in why


@pytest.mark.parametrize("header", ['"title"x,body', 'title,"body', '\n\n"a""b"c,title,body'])
def test_a_header_that_is_no_csv_is_told_where_it_is(readings: ReadBytes, header: str) -> None:
    ((where, why),) = whys(readings("a.csv", f"{header}\nالف,یک\n"))
    assert where == f":{header.count(chr(10)) + 1}"
    assert why.startswith("it is not CSV (")


def test_rows_after_a_broken_one_are_read(readings: ReadBytes) -> None:
    found = readings("a.csv", 'title,body\nالف,"یک" دو\nب,سه\n')
    assert [x.title for x in found if isinstance(x, Article)] == ["ب"]
    assert [where for where, _ in whys(found)] == [":2"]


def test_cells_beyond_pythons_own_limit_are_read(readings: ReadBytes) -> None:
    (found,) = readings("a.csv", "title,body\nباران," + "باران بارید " * 20_000 + "\n")
    assert isinstance(found, Article)
    assert len(found.body) > 200_000


def test_a_line_beyond_the_limit_ends_the_reading(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELL_CHARACTERS", 2**20)
    found = readings("a.csv", "title,body\nالف,یک\nب," + "د" * 2**20 + "\n")
    assert [x.title for x in found if isinstance(x, Article)] == ["الف"]
    assert whys(found) == [
        (
            "",
            "line 3 is longer than 1,048,576 characters; the rest was not read;"
            " $KHABARJOO_CELL_CHARACTERS raises the limit",
        )
    ]


def test_rows_without_title_and_text_are_skipped(readings: ReadBytes) -> None:
    assert whys(readings("a.csv", "id,title,body\n1,,\n")) == [(":2", "it has neither a title nor a text")]
