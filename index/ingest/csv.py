"""CSV and its relatives: one article a row, under a header of field names people use."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from . import limits
from .encoding import mend
from .field_names import FieldMap
from .guess import SAMPLE, guess
from .news_collections import persica
from .records import NAMES, Record, Records, has_text, known
from .source import Input, Notice, Reading, Skipped, TooLarge, bounded

_DELIMITERS = (",", ";", "\t", "|")
_EXCEL_HINT = "sep="
_LONGEST_HEADER = 10_000
_LONGEST_NAME, _MOST_WORDS = 40, 3  # of names that we do not know
_PERSICA = re.compile(r"\ufeff?\s*\d{1,12},\s*$")  # an id alone in its line: no header, but that corpus


def read(source: Input) -> Iterator[Reading]:
    """Yields the articles of a CSV file, and what was wrong with each row that gives none."""
    # Python's own limit of 131,072 is passed by long reports.
    csv.field_size_limit(max(csv.field_size_limit(), limits.CELL_CHARACTERS))
    lines = _lines(source)
    first, skipped = _first_line(lines)
    if not first:
        yield Skipped(source.where, "it is empty")
        return
    if _PERSICA.match(first):
        records = persica(source, chain((first,), lines), skipped + 1)
        yield from Records(source.where, source.options.mapping).articles(records)
        return
    delimiter = max(_DELIMITERS, key=lambda sign: _fit(first, sign))
    table = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
    try:
        header = next(table, [])
    except csv.Error as error:
        yield Skipped(f"{source.where}:{skipped + 1}", _not_csv(error), unread=True)
        return
    rows: Iterator[Record | Reading] = _rows(source, table, header, skipped)
    if not has_text(header, source.options.mapping):
        first_rows = list(islice(rows, SAMPLE))
        if not _is_header(header) or not _has_guessed_text(first_rows, source.options.mapping):
            yield Skipped(
                f"{source.where}:{skipped + 1}",
                f"it has no header that names a title or a text; known names are {_examples()}; --map sets others",
                unread=True,
            )
            return
        rows = chain(first_rows, rows)
    yield from Records(source.where, source.options.mapping).articles(rows)


def _is_header(cells: list[str]) -> bool:
    """Whether these may be names: short, none of them a number, no two alike."""
    names = [cell.strip() for cell in cells]
    short = all(0 < len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS for name in names)
    return short and len(set(names)) == len(names) and not any(any(map(str.isdecimal, name)) for name in names)


def _has_guessed_text(rows: list[Record | Reading], mapping: FieldMap) -> bool:
    """Whether the rows of a table that names no text have one all the same; sentences, so that its header is one."""
    guessed = guess([row.values for row in rows if isinstance(row, Record)], mapping, lambda text: False)
    return any(field == "body" for field, _ in guessed)


def _rows(source: Input, table: Any, header: list[str], skipped: int) -> Iterator[Record | Reading]:
    while True:
        line = skipped + table.line_num + 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{source.where}:{line}", _not_csv(error), unread=True)
            continue
        yield from _row(source, line, header, cells)


def _not_csv(error: csv.Error) -> str:
    return f"it is not CSV ({error}); look for a quotation mark without its pair"


def _row(source: Input, line: int, header: list[str], cells: list[str]) -> Iterator[Record | Reading]:
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
    yield Record(dict(zip(header, cells, strict=True)), f"{source.name}:{line}", where)


def is_table(head: str) -> bool:
    """Returns whether a file that begins so is a table of articles, whatever it is called.

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
