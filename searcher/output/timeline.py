"""Timelines: a bar chart for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import groupby

from ..clean import Sink
from ..config import DEFAULTS, Settings
from ..results import Period, PeriodName, Timeline
from .chart import Bar, chart
from .csv import BYTE_ORDER_MARK
from .json import FORMAT_VERSION, dump
from .moments import in_digits, iso
from .paint import screen_of, write_paragraphs
from .periods import period_code, period_label
from .report import numerals

_LONGEST_GAP = 6  # periods without an article that are still shown one by one
_UNITS: dict[PeriodName, str] = {"month": "ماه", "season": "فصل", "year": "سال"}


def write_timeline_text(timeline: Timeline, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a bar for each period; a long gap between them takes one line."""
    digits = (settings or DEFAULTS).digits
    bars = [bar._replace(name=in_digits(bar.name, digits)) for bar in _bars(timeline)]
    write_paragraphs(chart(bars, screen_of(out).columns), out, settings)


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


def _bars(timeline: Timeline) -> Iterator[Bar]:
    for empty, run in groupby(timeline.periods, key=_is_empty):
        periods = list(run)
        if empty and len(periods) > _LONGEST_GAP:
            yield Bar(f"⋮ بدون خبر: {numerals(len(periods))} {_UNITS[timeline.by]}", None)
        else:
            yield from (_bar(period, timeline.by) for period in periods)


def _bar(period: Period, by: PeriodName) -> Bar:
    return Bar(period_label(period, by), period.count)


def _is_empty(period: Period) -> bool:
    return not period.count
