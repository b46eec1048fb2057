"""CSV and its relatives: one article a row, under a header of field names people use."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from . import limits
from .encoding import mend
from .records import NAMES, has_text, known, read_record
from .source import Input, Notice, Reading, Skipped, TooLarge, bounded

_DELIMITERS = (",", ";", "\t", "|")
_EXCEL_HINT = "sep="
_LONGEST_HEADER = 10_000


def read(source: Input) -> Iterator[Reading]:
    """The articles of a CSV file, and what was wrong with each row that gives none."""
    # Python's own limit of 131,072 is passed by long reports.
    csv.field_size_limit(max(csv.field_size_limit(), limits.CELL_CHARACTERS))
    lines = _lines(source)
    first, skipped = _first_line(lines)
    if not first:
        yield Skipped(source.where, "it is empty")
        return
    delimiter = max(_DELIMITERS, key=lambda sign: _fit(first, sign))
    records = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
    try:
        header = next(records, [])
    except csv.Error as error:
        yield Skipped(f"{source.where}:{skipped + 1}", _not_csv(error), unread=True)
        return
    if not has_text(header):
        yield Skipped(
            f"{source.where}:{skipped + 1}",
            f"it has no header that names a title or a text; known names are {_examples()}",
            unread=True,
        )
        return
    while True:
        line = skipped + records.line_num + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{source.where}:{line}", _not_csv(error), unread=True)
            continue
        yield from _row(source, line, header, cells)


def _not_csv(error: csv.Error) -> str:
    return f"it is not CSV ({error}); look for a quotation mark without its pair"


def _row(source: Input, line: int, header: list[str], cells: list[str]) -> Iterator[Reading]:
    where = f"{source.where}:{line}"
    while len(cells) > len(header) and not cells[-1]:
        cells = cells[:-1]
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(header):
        yield Skipped(where, f"it has {len(cells)} cells where the header has {len(header)}", unread=True)
        return
    if any(map(source.is_damaged, cells)):
        yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        cells = list(map(mend, cells))
    yield from read_record(dict(zip(header, cells, strict=True)), default_id=f"{source.name}:{line}", where=where)


def is_table(head: str) -> bool:
    """Whether a file that begins so is a table of articles, whatever it is called.

    >>> is_table("id,title,body\\n1,a,b"), is_table("a title, and a body")
    (True, False)
    """
    first = head.partition("\n")[0][:_LONGEST_HEADER].strip()
    names = max((_names(first, sign) for sign in _DELIMITERS), key=known)
    return known(names) > 1 and has_text(names)


def _lines(source: Input) -> Iterator[str]:
    """The lines of a table. Raises TooLarge, for what follows a line that was cut can be no table."""
    for number, line in enumerate(bounded(source.lines(newline=""), limits.CELL_CHARACTERS), start=1):
        if len(line) > limits.CELL_CHARACTERS:
            raise TooLarge(
                f"line {number} is longer than {limits.CELL_CHARACTERS:,} characters; the rest was not read;"
                f" {limits.raised_by('CELL_CHARACTERS')}"
            )
        yield line


def _first_line(lines: Iterator[str]) -> tuple[str, int]:
    """The first line that says something, and how many were before it."""
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith(_EXCEL_HINT):
            return line, number
    return "", 0


def _fit(header: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter parts a header: names we know, then names at all."""
    names = _names(header, delimiter)
    return known(names), len(names)


def _names(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _examples() -> str:
    return ", ".join(names.split(",")[0].strip() for names in (NAMES["title"], NAMES["body"])) + ", عنوان, متن"
