import csv
import io
from datetime import UTC, datetime

import pytest

from khabarjoo.analyzers.calendars import TimedMidnight
from khabarjoo.searcher.output.hits_data import COLUMNS, safe_cell, write_csv
from khabarjoo.searcher.results import Copy, Fragment, Page

MIDNIGHT = datetime(2018, 1, 21, 20, 30, tzinfo=UTC)


def written(page: Page) -> str:
    out = io.StringIO(newline="")
    write_csv(page, out)
    return out.getvalue()


def test_a_byte_order_mark_comes_first_so_that_spreadsheets_show_persian(page) -> None:
    assert written(page()) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def test_a_row_has_every_fact_of_its_hit(page, hit) -> None:
    (row,) = csv.DictReader(io.StringIO(written(page(hit(3))).removeprefix("\ufeff"), newline=""))
    assert row == {
        "rank": "3",
        "id": "a1",
        "score": "7.25",
        "title": "باران در رشت",
        "published": "2018-01-22T08:41:00+03:30",
        "published_jalali": "1396/11/02",
        "source": "پیک باران",
        "category": "هواشناسی",
        "tags": "رشت; باران",
        "url": "https://example.org/1",
        "code": "77",
        "snippet": "دیروز باران بارید.",
        "copies": "",
    }


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (MIDNIGHT, "2018-01-22"),
        (TimedMidnight.at(MIDNIGHT), "2018-01-22T00:00:00+03:30"),
        (MIDNIGHT.replace(minute=31), "2018-01-22T00:01:00+03:30"),
    ],
)
def test_a_day_whose_hour_is_not_known_is_a_day_alone(page, hit, published: datetime, told: str) -> None:
    (row,) = csv.DictReader(io.StringIO(written(page(hit(published=published)))))
    assert row["published"] == told


def test_a_snippet_is_in_one_line_without_gaps(page, hit) -> None:
    snippet = (Fragment("دیروز\n در  ", False), Fragment("رشت", True), Fragment("\xa0 بارید\u200cم", False))
    (row,) = csv.DictReader(io.StringIO(written(page(hit(snippet=snippet))), newline=""))
    assert row["snippet"] == "دیروز در رشت بارید\u200cم"


def test_copies_are_listed_by_their_ids(page, hit) -> None:
    copies = (Copy("m1", "مهر", None), Copy("f1", "فارس", None))
    (row,) = csv.DictReader(io.StringIO(written(page(hit(copies=copies)))))
    assert row["copies"] == "m1; f1"


def test_commas_quotes_and_line_ends_stay_in_their_cell(page, hit) -> None:
    title = 'گفت: "بله"، یا, نه\nسطر دوم'
    (row,) = csv.DictReader(io.StringIO(written(page(hit(title=title, published=None))), newline=""))
    assert row["title"] == title
    assert row["published"] == row["published_jalali"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_would_start_a_formula_is_neutralised(page, hit, start: str) -> None:
    cell = f"{start}1+1"
    assert safe_cell(cell) == f"'{cell}"
    (row,) = csv.DictReader(io.StringIO(written(page(hit(id=cell, title=cell, tags=(cell,)))), newline=""))
    assert row["id"] == row["title"] == row["tags"] == f"'{cell}"


def test_an_ordinary_cell_is_as_it_was() -> None:
    assert safe_cell("۱ = ۱") == "۱ = ۱"
    assert safe_cell("") == ""
