"""CSV and its relatives: one article a row, under a header of field names people use."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from .encoding import mend
from .fields import NAMES, has_text, known, read_record
from .reading import Input, Notice, Reading, Skipped, bounded

# The longest article in one cell, in characters. Python's own limit of 131,072 is passed by long reports.
FIELD_LIMIT = 16 * 2**20

_DELIMITERS = (",", ";", "\t", "|")
_EXCEL_HINT = "sep="


def read(source: Input) -> Iterator[Reading]:
    """The articles of a CSV file, and what was wrong with each row that gives none."""
    if csv.field_size_limit() < FIELD_LIMIT:
        csv.field_size_limit(FIELD_LIMIT)
    lines = bounded(source.lines(newline=""), FIELD_LIMIT)
    first, skipped = _first_line(lines)
    if not first:
        yield Skipped(source.where, "it is empty")
        return
    delimiter = max(_DELIMITERS, key=lambda sign: _fit(first, sign))
    records = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
    header = next(records, [])
    if not has_text(header):
        yield Skipped(
            f"{source.where}:{skipped + 1}",
            f"it has no header that names a title or a text; known names are {_examples()}",
        )
        return
    while True:
        line = skipped + records.line_num + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(
                f"{source.where}:{line}", f"it is not CSV ({error}); look for a quotation mark without its pair"
            )
            continue
        yield from _row(source, line, header, cells)


def _row(source: Input, line: int, header: list[str], cells: list[str]) -> Iterator[Reading]:
    where = f"{source.where}:{line}"
    while len(cells) > len(header) and not cells[-1]:
        cells = cells[:-1]
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(header):
        yield Skipped(where, f"it has {len(cells)} cells where the header has {len(header)}")
        return
    if any(map(source.is_damaged, cells)):
        yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        cells = list(map(mend, cells))
    yield from read_record(dict(zip(header, cells, strict=True)), default_id=f"{source.name}:{line}", where=where)


def _first_line(lines: Iterator[str]) -> tuple[str, int]:
    """The first line that says something, and how many were before it."""
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith(_EXCEL_HINT):
            return line, number
    return "", 0


def _fit(header: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter parts a header: names we know, then names at all."""
    try:
        names = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return known(names), len(names)


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _examples() -> str:
    return ", ".join(names.split(",")[0].strip() for names in (NAMES["title"], NAMES["body"])) + ", عنوان, متن"
