"""CSV for spreadsheets: a byte-order mark, so that they show Persian, and no cell that they would run."""

from __future__ import annotations

import csv

from ..clean import Sink
from ..results import Hit, Page
from .moments import iso, jalali_numbers

COLUMNS = (
    "rank", "id", "score", "title", "published", "published_jalali",
    "source", "category", "tags", "url", "code", "snippet", "copies",
)  # fmt: skip
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), with the full-width letters.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(page: Page, out: Sink) -> None:
    """Writes a header and a row for each hit: tags and ids of copies separated by ``; ``, the snippet unmarked."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)  # line ends are those of RFC 4180, as cells may hold the others
    rows.writerow(COLUMNS)
    rows.writerows(map(_row, page))


def _row(hit: Hit) -> list[object]:
    texts = (
        hit.title, iso(hit.published) or "", jalali_numbers(hit.published) or "",
        hit.source, hit.category, "; ".join(hit.tags), hit.url, hit.code,
        "".join(piece.text for piece in hit.snippet), "; ".join(copy.id for copy in hit.copies),
    )  # fmt: skip
    return [hit.rank, safe_cell(hit.id), float(hit.score), *map(safe_cell, texts)]


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs: an apostrophe before what would start a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("خبر")
    ("'=HYPERLINK(1)", 'خبر')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
