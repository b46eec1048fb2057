"""A table for Excel: right to left, dates as dates, and no formula whatever an article says."""

import io
from datetime import UTC, datetime

import pytest

openpyxl = pytest.importorskip("openpyxl")

from khabarjoo.searcher.output.office_files import DOCUMENTS  # noqa: E402


def sheet_of(page):
    file = io.BytesIO()
    DOCUMENTS[".xlsx"](page, file)
    return openpyxl.load_workbook(file).active


def test_a_row_for_each_hit_below_the_names_of_the_columns(page, hit) -> None:
    sheet = sheet_of(page(hit(1), hit(2, title="برف", id="b2", published=None)))
    head, first, second = sheet.iter_rows()
    told = {name.value: cell for name, cell in zip(head, first, strict=True)}
    assert sheet.sheet_view.rightToLeft
    assert told["عنوان"].value == "باران در رشت"
    assert told["تاریخ"].value == "1396/11/02"
    assert told["زمان (میلادی)"].value == datetime(2018, 1, 22, 8, 41)
    assert told["زمان (میلادی)"].number_format == "yyyy-mm-dd hh:mm"
    assert told["نشانی"].hyperlink.target == "https://example.org/1"
    assert told["گزیده"].value == "دیروز باران بارید."
    assert [cell.value for cell in second][5:7] == [None, None] or [cell.value for cell in second][5:7] == ["", None]


def test_a_day_whose_hour_is_not_known_shows_none(page, hit) -> None:
    (row,) = list(sheet_of(page(hit(published=datetime(2018, 1, 21, 20, 30, tzinfo=UTC)))).iter_rows())[1:]
    assert (row[6].value, row[6].number_format) == (datetime(2018, 1, 22), "yyyy-mm-dd")


@pytest.mark.parametrize("planted", ["=1+1", "+1", "@SUM(A1)", "\x00=1", "=\uffff", "ب" * 40_000])
def test_no_cell_is_a_formula_and_none_is_too_long(page, hit, planted: str) -> None:
    cells = [
        cell for row in sheet_of(page(hit(1, title=planted, source=planted, id=planted))).iter_rows() for cell in row
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert max(len(cell.value) for cell in cells if isinstance(cell.value, str)) <= 32_767


@pytest.mark.parametrize(
    "published",
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(1890, 5, 1, tzinfo=UTC)],
)
def test_a_moment_that_excel_cannot_count_is_left_out_or_whole(page, hit, published: datetime) -> None:
    assert sheet_of(page(hit(1, published=published))).max_row == 2


def test_an_address_that_is_not_of_the_web_is_no_link(page, hit) -> None:
    cells = [cell for row in sheet_of(page(hit(1, url="javascript:alert(1)"))).iter_rows() for cell in row]
    assert not any(cell.hyperlink for cell in cells)
