"""Writes concordances: lines with the match in the middle for readers, rows and objects for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..config import Settings
from ..terminal_safety import Sink, one_line
from .hits_data import BYTE_ORDER_MARK, FORMAT_VERSION, dump, safe_cell
from .publication_dates import iso, iso_as_known, jalali_numbers
from .styles import Paragraph, Span, Style, is_terminal, screen_of, write_paragraphs

if TYPE_CHECKING:
    from ..concordance import Concordance, Place

_LONGEST_ID = 16  # cells
_LEAST_CONTEXT = 8
_IN_FILES = 160  # cells of a line where no terminal tells its width
_COLUMNS = ("id", "source", "published", "published_jalali", "part", "start", "before", "match", "after")


def write_concordance_text(concordance: Concordance, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a line for each place, all matches below each other, and the id of the article at the end."""
    columns = screen_of(out, settings).columns if is_terminal(out) else _IN_FILES
    write_paragraphs(_lines(concordance, columns), out, settings)


def write_concordance_json(concordance: Concordance, out: Sink) -> None:
    """Writes one JSON object; ``start`` counts characters from the beginning of that part of the article."""
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": concordance.query,
            "total": concordance.total,
            "articles": concordance.articles,
            "found": concordance.found,
            "partial": concordance.partial.english if concordance.partial else None,
            "places": [dict(zip(_COLUMNS, _values(place), strict=True)) for place in concordance.places],
        },
        out,
    )


def write_concordance_csv(concordance: Concordance, out: Sink) -> None:
    """Writes a row for each place; ``published`` is a day alone where no hour is known."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for place in concordance.places:
        told = dict(zip(_COLUMNS, _values(place), strict=True)) | {"published": iso_as_known(place.published)}
        rows.writerow([safe_cell(value) if isinstance(value, str) else value for value in told.values()])


CONCORDANCE_FORMATS: dict[str, Callable[[Concordance, Sink], None]] = {
    "text": write_concordance_text,
    "json": write_concordance_json,
    "csv": write_concordance_csv,
}


def _values(place: Place) -> tuple[object, ...]:
    day, jalali = iso(place.published), jalali_numbers(place.published)
    return place.id, place.source, day, jalali, place.part, place.start, place.before, place.match, place.after


def _lines(concordance: Concordance, columns: int) -> Iterator[Paragraph]:
    from wcwidth import wcswidth

    def cells(text: str) -> int:
        return max(wcswidth(text), 0)

    places = [_in_one_line(place) for place in concordance.places]
    id_width = min(max((cells(place.id) for place in places), default=0), _LONGEST_ID)
    longest = max((cells(place.match) for place in places), default=0)
    room = max((columns - id_width - min(longest, columns // 4) - 6) // 2, _LEAST_CONTEXT)
    for place in places:
        before, after = _end(place.before, room, cells), _beginning(place.after, room, cells)
        fitted = _beginning(place.id, id_width, cells)
        yield Paragraph(
            [
                Span(" " * (room - cells(before)) + before + " "),
                Span(place.match, Style.MATCH),
                Span(f" {after}" + " " * (room - cells(after) + max(longest - cells(place.match), 0)) + "  "),
                Span(fitted, Style.FAINT),
            ],
            right_to_left=True,
        )


def _in_one_line(place: Place) -> Place:
    id, before, match, after = (one_line(text).strip() for text in (place.id, place.before, place.match, place.after))
    return place._replace(id=id, before=before, match=match, after=after)


def _end(text: str, room: int, cells: Callable[[str], int]) -> str:
    """The last words of a text that fit."""
    while text and cells(text) > room:
        text = text.partition(" ")[2]
    return text


def _beginning(text: str, room: int, cells: Callable[[str], int]) -> str:
    """The first words of a text that fit, or of one word the first letters."""
    while cells(text) > room:
        shorter = text.rpartition(" ")[0]
        text = shorter or text[:-1]
    return text
