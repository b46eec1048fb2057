"""Writes timelines of several queries side by side: the same periods, a count for each query."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import NamedTuple

from khabarjoo.analyzers.calendars import JALALI, tehran

from ..config import DEFAULTS, Settings
from ..results import Period, PeriodName, Timeline
from ..terminal_safety import Sink, one_line
from .counts import Bar, chart, gap_bar, is_long_gap, period_code, period_label
from .hits_data import BYTE_ORDER_MARK, FORMAT_VERSION, dump, safe_cell
from .publication_dates import in_digits, iso
from .styles import screen_of, write_paragraphs


class Row(NamedTuple):
    """A period, and how many articles of each query it has."""

    period: Period
    counts: tuple[int, ...]


_MONTHS_IN: dict[PeriodName, int] = {"month": 1, "season": 3, "year": 12}


def rows_of(timelines: Sequence[Timeline]) -> list[Row]:
    """Returns every period from the first of any timeline to the last; all timelines count by the same periods."""
    counts = [{_number(period): period.count for period in timeline.periods} for timeline in timelines]
    known = {_number(period): period for timeline in timelines for period in timeline.periods}
    if not known:
        return []
    rows: list[Row] = []
    period = known[min(known)]
    while (number := _number(period)) <= max(known):
        rows.append(Row(period, tuple(each.get(number, 0) for each in counts)))
        period = _after(period, timelines[0].by)
    return rows


def _number(period: Period) -> tuple[int, int]:
    return period.year, period.part


def _after(period: Period, by: PeriodName) -> Period:
    """The period after another."""
    size = _MONTHS_IN[by]
    month = period.year * 12 + (period.part - 1) * size + size
    end = JALALI.month_start((month + size) // 12, (month + size) % 12 + 1)
    return Period(month // 12, month % 12 // size + 1, period.end, datetime.combine(end, time(), tehran()), 0)


def write_comparison_text(timelines: Sequence[Timeline], out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a bar for each query in each period, all in one measure; long gaps take one line."""
    digits = (settings or DEFAULTS).digits
    bars = [bar._replace(name=in_digits(bar.name, digits)) for bar in _bars(timelines)]
    write_paragraphs(chart(bars, screen_of(out).columns, digits=digits), out, settings)


def write_comparison_json(timelines: Sequence[Timeline], out: Sink) -> None:
    """Writes one JSON object: the queries in their order, and for each period the counts in the same."""
    dump(
        {
            "format_version": FORMAT_VERSION,
            "by": timelines[0].by,
            "queries": [
                {
                    "query": timeline.query,
                    "words": timeline.words,
                    "articles": timeline.articles,
                    "undated": timeline.undated,
                    "partial": timeline.partial.english if timeline.partial else None,
                }
                for timeline in timelines
            ],
            "periods": [
                {
                    "period": period_code(period, timelines[0].by),
                    "label": period_label(period, timelines[0].by),
                    "start": iso(period.start),
                    "end": iso(period.end),
                    "counts": list(counts),
                }
                for period, counts in rows_of(timelines)
            ],
        },
        out,
    )


def write_comparison_csv(timelines: Sequence[Timeline], out: Sink) -> None:
    """Writes a row for each period, with a column for each query, called after it."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(("period", "label", "start", "end", *(safe_cell(timeline.query) for timeline in timelines)))
    for period, counts in rows_of(timelines):
        by = timelines[0].by
        rows.writerow((period_code(period, by), period_label(period, by), iso(period.start), iso(period.end), *counts))


COMPARISON_FORMATS: dict[str, Callable[[Sequence[Timeline], Sink], None]] = {
    "text": write_comparison_text,
    "json": write_comparison_json,
    "csv": write_comparison_csv,
}


def _bars(timelines: Sequence[Timeline]) -> Iterator[Bar]:
    by = timelines[0].by
    for counted, run in groupby(rows_of(timelines), key=lambda row: any(row.counts)):
        rows = list(run)
        if not counted and is_long_gap(len(rows)):
            yield gap_bar(len(rows), by)
            continue
        for period, counts in rows:
            for timeline, count in zip(timelines, counts, strict=True):
                yield Bar(f"{period_label(period, by)} · {one_line(timeline.query)}", count)
