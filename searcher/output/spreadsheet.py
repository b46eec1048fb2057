"""A table of hits that Excel and LibreOffice Calc open: a sheet from right to left, dates as dates, no formulas."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from khabarjoo.analyzers.calendars import tehran

from ..results import Hit, Page
from .citations import citation
from .office_files import printable
from .publication_dates import jalali_numbers
from .report import TITLE, title, web_link

if TYPE_CHECKING:
    from ..query.plan import Filters

_LONGEST_CELL = 32_767  # Excel specifications and limits: characters in a cell
_LONGEST_LINK = 2_079  # the same, of a link
_EARLIEST = 1900  # years that Excel counts days from
_DAY = "yyyy-mm-dd"
_DATE = f"{_DAY} hh:mm"

_COLUMNS = (
    ("رتبه", 6), ("عنوان", 60), ("منبع", 18), ("دسته", 14), ("برچسب‌ها", 24), ("تاریخ", 12), ("زمان (میلادی)", 18),
    ("نشانی", 30), ("کد خبر", 10), ("شناسه", 18), ("امتیاز", 8), ("گزیده", 80), ("استناد", 60),
)  # fmt: skip


def write_xlsx(
    page: Page, file: BinaryIO, *, filters: Filters | None = None, sort: str = "", bibliography: bool = False
) -> None:
    """Writes a row for each hit; how the page was asked for is told in the file's own title."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = printable(f"{TITLE}: {title(page)}"), ""
    sheet: Any = book.create_sheet(TITLE)
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(_COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    head = [_text(sheet, name) for name, _ in _COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for hit in page:
        sheet.append(_row(sheet, hit))
    book.save(file)


def _row(sheet: Any, hit: Hit) -> list[Any]:
    link = web_link(hit.url)
    address = _text(sheet, hit.url)
    if link and len(link) <= _LONGEST_LINK:
        address.hyperlink = link
        address.style = "Hyperlink"
    texts = [hit.heading, hit.source, hit.category, "، ".join(hit.tags), jalali_numbers(hit.published) or ""]
    rest = [_text(sheet, text) for text in (hit.code, hit.id)]
    snippet = " ".join("".join(piece.text for piece in hit.snippet).split())
    return [
        hit.rank,
        *(_text(sheet, text) for text in texts),
        _moment(sheet, hit.published, _DAY if hit.published_precision == "day" else _DATE),
        address,
        *rest,
        round(float(hit.score), 3),
        _text(sheet, snippet),
        _text(sheet, citation(hit.article)),
    ]


def _text(sheet: Any, text: str) -> Any:
    """A cell of text, which no spreadsheet takes for a formula."""
    cell = WriteOnlyCell(sheet, printable(text)[:_LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _moment(sheet: Any, moment: datetime | None, shown: str) -> Any:
    """A cell that shows a moment in Tehran's time; empty where there is none, or before days are counted."""
    try:
        local = moment.astimezone(tehran()).replace(tzinfo=None) if moment else None
    except OverflowError:  # the first and last day of all years
        local = None
    cell = WriteOnlyCell(sheet, local if local and local.year > _EARLIEST else None)
    cell.number_format = shown
    return cell
