"""Writes counts over the articles that match: facets, and timelines by the periods of the Jalali calendar."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from khabarjoo.analyzers.calendars import JALALI_MONTHS
from khabarjoo.analyzers.digits import figure, persian_digits

from ..config import DEFAULTS, Settings
from ..results import FacetCounts, Facets, Period, PeriodName, Timeline
from ..terminal_safety import Sink, one_line
from .hits_data import BYTE_ORDER_MARK, FORMAT_VERSION, dump, safe_cell
from .messages import Messages, told
from .publication_dates import in_digits, iso
from .styles import Paragraph, Span, Style, screen_of, write_paragraphs

# Names come last: numbers and bars have no direction, so a name that runs from right to left turns nothing around on
# terminals that reorder, and needs no marks to keep columns in their places.


_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_LONGEST_NAME = 40  # cells
_LEAST_ROOM = 4  # what the longest bar has on the narrowest screen


class Bar(NamedTuple):
    """A line of a chart; without a size it says something about the lines left out there."""

    name: str
    size: int | None


def chart(bars: Sequence[Bar], columns: int, *, indent: str = "", digits: str = "mixed") -> Iterator[Paragraph]:
    """Yields the lines of a chart that fits so many columns, its counts in digits of one kind."""
    from rich.cells import cell_len

    names = [_short(bar.name) for bar in bars]
    counts = ["" if bar.size is None else count_figure(bar.size, digits) for bar in bars]
    name_width, count_width = max(map(cell_len, names), default=0), max(map(len, counts), default=0)
    room = max(_LEAST_ROOM, columns - len(indent) - count_width - name_width - 3)  # spaces between, a column spare
    most = max((bar.size or 0 for bar in bars), default=0)
    for bar, name, count in zip(bars, names, counts, strict=True):
        figure = f"{indent}{count:>{count_width}} " + (f"{draw(bar.size, most, room)} " if bar.size else "")
        yield Paragraph([Span(figure), Span(name, Style.PLAIN if bar.size else Style.FAINT)])


def count_figure(count: int, digits: str) -> str:
    """Returns a count in digits of one kind.

    >>> count_figure(1234, "persian"), count_figure(1234, "mixed")
    ('۱٬۲۳۴', '1,234')
    """
    return figure(count, "fa" if digits == "persian" else "en")


def draw(count: int, most: int, room: int) -> str:
    """Returns a bar that fills the room where the count is ``most``; any but 0 is seen.

    >>> draw(5, 10, 4), draw(1, 1000, 4), draw(0, 10, 4)
    ('██', '▏', '')
    """
    if not count:
        return ""
    eighths = max(1, count * room * 8 // most)
    return (_FULL * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def _short(name: str) -> str:
    from rich.cells import cell_len, set_cell_size

    name = one_line(name).strip()
    return name if cell_len(name) <= _LONGEST_NAME else set_cell_size(name, _LONGEST_NAME - 1).rstrip() + "…"


SEASONS = tuple("بهار تابستان پاییز زمستان".split())


def period_label(period: Period, by: PeriodName) -> str:
    """Returns a period as a reader says it: مهر ۱۴۰۲, تابستان ۱۴۰۲, ۱۴۰۲."""
    names = {"month": JALALI_MONTHS, "season": SEASONS, "year": ("",)}[by]
    return persian_digits(f"{names[period.part - 1]} {period.year}".strip())


def period_code(period: Period, by: PeriodName) -> str:
    """Returns a period in numbers that sort as text: 1402/07, 1402/04-06 for a season, 1402."""
    year = f"{period.year:04}"
    if by == "year":
        return year
    if by == "month":
        return f"{year}/{period.part:02}"
    return f"{year}/{period.part * 3 - 2:02}-{period.part * 3:02}"


def code_label(code: str) -> str:
    """Returns what a reader says for the number of a year or a month.

    >>> code_label("1402/07"), code_label("1402")
    ('مهر ۱۴۰۲', '۱۴۰۲')
    """
    year, _, month = code.partition("/")
    return persian_digits(f"{JALALI_MONTHS[int(month) - 1] if month else ''} {year}".strip())


MESSAGES: Messages = {
    "all": ("articles with all words: {count}", "خبرها با همهٔ واژه‌ها: {count}"),
    "any": (
        "articles with any of the words, as none has all: {count}",
        "خبرها با دست‌کم یکی از واژه‌ها، چون هیچ‌یک همه را ندارد: {count}",
    ),
    "undated": ("undated, not shown: {count}", "بی‌تاریخ، نمایش داده نشده: {count}"),
    "month": ("by month", "به تفکیک ماه"),
    "season": ("by season", "به تفکیک فصل"),
    "year": ("by year", "به تفکیک سال"),
}


def tally(counted: Timeline | Facets, language: str = "en") -> str:
    """Returns how many articles, with all words of the query or with any, and how many of them have no date.

    ``language`` is ``en`` or ``fa``.

    >>> tally(Timeline("باران", "any", 340, "month", (), undated=12))
    'articles with any of the words, as none has all: 340 · by month · undated, not shown: 12'
    """
    parts: list[tuple[str, int]] = [(counted.words, counted.articles)]
    if isinstance(counted, Timeline):
        parts.append((counted.by, 0))
        if counted.undated:
            parts.append(("undated", counted.undated))
    return " · ".join(told(MESSAGES, key, language, {"count": _figure(count, language)}) for key, count in parts)


def _figure(count: int, language: str) -> str:
    return figure(count) if language == "fa" else str(count)


_OF_THE_CALENDAR = ("year", "month")


def write_facets_text(facets: Facets, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a heading and a bar chart for each facet, a blank line between them."""
    write_paragraphs(_paragraphs(facets, screen_of(out).columns, settings or DEFAULTS), out, settings)


def write_facets_json(facets: Facets, out: Sink) -> None:
    """Writes one JSON object; ``distinct`` counts the names of a facet, those beyond the limit too."""
    told = {
        facet.name: {
            "distinct": facet.distinct,
            "counts": [{"name": each.name, "count": each.count} for each in facet.counts],
        }
        for facet in facets.facets
    }
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": facets.query,
            "words": facets.words,
            "articles": facets.articles,
            "partial": facets.partial.english if facets.partial else None,
            "facets": told,
        },
        out,
    )


def write_facets_csv(facets: Facets, out: Sink) -> None:
    """Writes a row for each name of each facet."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(("facet", "name", "count"))
    rows.writerows((facet.name, safe_cell(each.name), each.count) for facet in facets.facets for each in facet.counts)


FACET_FORMATS: dict[str, Callable[[Facets, Sink], None]] = {
    "text": write_facets_text,
    "json": write_facets_json,
    "csv": write_facets_csv,
}


_FACET_NAMES = {
    "source": "منبع", "category": "دسته", "tag": "برچسب", "speaker": "گوینده", "year": "سال", "month": "ماه",
}  # fmt: skip


def _paragraphs(facets: Facets, columns: int, settings: Settings) -> Iterator[Paragraph]:
    digits = settings.digits
    for place, facet in enumerate(facets.facets):
        if place:
            yield Paragraph([])
        yield Paragraph([Span(_heading(facet, settings), Style.TITLE)])
        bars = (Bar(each.name, each.count) for each in facet.counts)
        if facet.name in _OF_THE_CALENDAR:
            bars = (bar._replace(name=in_digits(code_label(bar.name), digits)) for bar in bars)
        yield from chart(list(bars), columns, indent="  ", digits=digits)


def _heading(facet: FacetCounts, settings: Settings) -> str:
    """The name of a facet, and how many names it has where not all are shown."""
    persian = settings.language_of_messages() == "fa"
    name, of, none = (_FACET_NAMES[facet.name], "از", "هیچ") if persian else (facet.name, "of", "none")
    if not facet.distinct:
        return f"{name}: {none}"
    shown, distinct = (count_figure(count, settings.digits) for count in (len(facet.counts), facet.distinct))
    return name if len(facet.counts) == facet.distinct else f"{name} ({shown} {of} {distinct})"


_LONGEST_GAP = 6  # periods without an article that are still shown one by one
_UNITS: dict[PeriodName, str] = {"month": "ماه", "season": "فصل", "year": "سال"}


def write_timeline_text(timeline: Timeline, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a bar for each period; a long gap between them takes one line."""
    digits = (settings or DEFAULTS).digits
    bars = [bar._replace(name=in_digits(bar.name, digits)) for bar in _bars(timeline)]
    write_paragraphs(chart(bars, screen_of(out).columns, digits=digits), out, settings)


def write_timeline_json(timeline: Timeline, out: Sink) -> None:
    """Writes one JSON object; a period lasts from its start up to but not including its end."""
    periods = [
        {
            "period": period_code(period, timeline.by),
            "label": period_label(period, timeline.by),
            "start": iso(period.start),
            "end": iso(period.end),
            "count": period.count,
        }
        for period in timeline.periods
    ]
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": timeline.query,
            "words": timeline.words,
            "articles": timeline.articles,
            "partial": timeline.partial.english if timeline.partial else None,
            "undated": timeline.undated,
            "by": timeline.by,
            "periods": periods,
        },
        out,
    )


def write_timeline_csv(timeline: Timeline, out: Sink) -> None:
    """Writes a row for each period, those without an article too."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(("period", "label", "start", "end", "count"))
    for period in timeline.periods:
        code, label = period_code(period, timeline.by), period_label(period, timeline.by)
        rows.writerow((code, label, iso(period.start), iso(period.end), period.count))


TIMELINE_FORMATS: dict[str, Callable[[Timeline, Sink], None]] = {
    "text": write_timeline_text,
    "json": write_timeline_json,
    "csv": write_timeline_csv,
}


def is_long_gap(periods: int) -> bool:
    """Returns whether so many periods without an article are told in one line."""
    return periods > _LONGEST_GAP


def gap_bar(periods: int, by: PeriodName) -> Bar:
    """Returns the line that stands for so many periods without an article."""
    return Bar(f"⋮ بدون خبر: {figure(periods)} {_UNITS[by]}", None)


def _bars(timeline: Timeline) -> Iterator[Bar]:
    for empty, run in groupby(timeline.periods, key=_is_empty):
        periods = list(run)
        if empty and is_long_gap(len(periods)):
            yield gap_bar(len(periods), timeline.by)
        else:
            yield from (_bar(period, timeline.by) for period in periods)


def _bar(period: Period, by: PeriodName) -> Bar:
    return Bar(period_label(period, by), period.count)


def _is_empty(period: Period) -> bool:
    return not period.count
