import csv
import io

import pytest

from khabarjoo.searcher.output.hits_data import COLUMNS, safe_cell, write_csv
from khabarjoo.searcher.results import Copy, Page


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
