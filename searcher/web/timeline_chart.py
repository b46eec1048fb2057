"""The timeline as a chart: a bar for each period, each a link to what was published in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from khabarjoo.analyzers.calendars import JalaliDate
from khabarjoo.analyzers.digits import persian_digits

from ..output.counts import period_code, period_label
from ..results import Period, PeriodName, Timeline
from .addresses import Asked
from .ui_texts import Texts

WIDTH, HEIGHT = 720, 96
"""Of the drawing, in its own units."""

_FLOOR = 78  # where bars stand
_LEAST = 2.0  # of a bar that counts any
_GAP = 0.18  # of a bar's room
_MOST_LABELS = 8
_PERIODS: tuple[PeriodName, ...] = ("year", "season", "month")


class Slot(NamedTuple):
    """A stretch of time in a chart: what it is called, the dates that narrow to it, and what each series counts."""

    label: str
    since: str
    until: str
    counts: tuple[int, ...]


class ChartBar(NamedTuple):
    """A bar, or one beside another for each series: where it stands, and the address of its articles."""

    x: float
    width: float
    heights: tuple[float, ...]
    counts: tuple[int, ...]
    label: str
    since: str
    until: str
    address: str


class Chart(NamedTuple):
    """Bars in the order of time, labels below some of them, and the addresses with other periods.

    Time runs as the language does. ``by`` is ``year``, ``season``, ``month`` or ``day``.
    """

    bars: tuple[ChartBar, ...]
    labels: tuple[tuple[float, str], ...]
    by: str
    others: tuple[tuple[PeriodName, str], ...]


def chart_of(timeline: Timeline, asked: Asked, texts: Texts, second: Timeline | None = None) -> Chart:
    """Returns the chart of a timeline, and beside each bar that of a second one over the same periods."""
    by = timeline.by
    series = [timeline] if second is None else [timeline, second]
    counts = [{(each.year, each.part): each.count for each in line.periods} for line in series]
    slots = [
        Slot(
            texts.digits(period_label(period, by)),
            *_edges(period, by),
            tuple(found.get((period.year, period.part), 0) for found in counts),
        )
        for period in _all_periods(series)
    ]
    return _drawn(slots, by, asked, texts)


def chart_of_days(days: Sequence[tuple[JalaliDate, int]], asked: Asked, texts: Texts) -> Chart:
    """Returns the chart of the days of a month."""
    slots = []
    for day, count in days:
        code = f"{day.year}/{day.month:02}/{day.day:02}"
        slots.append(Slot(persian_digits(f"{day.day} {day.month_name} {day.year}"), code, code, (count,)))
    return _drawn(slots, "day", asked, texts)


def _drawn(slots: Sequence[Slot], by: str, asked: Asked, texts: Texts) -> Chart:
    most = max((count for slot in slots for count in slot.counts), default=0)
    room = WIDTH / max(len(slots), 1)
    bars = []
    for place, slot in enumerate(slots):
        at = place * room if texts.direction == "ltr" else WIDTH - (place + 1) * room
        heights = (round(max(_LEAST, count / most * _FLOOR), 2) if count else 0.0 for count in slot.counts)
        narrowed = asked.but(since=slot.since, until=slot.until, by="month" if by == "year" else None).at()
        x, width = round(at + room * _GAP / 2, 2), round(room * (1 - _GAP), 2)
        bars.append(ChartBar(x, width, tuple(heights), slot.counts, slot.label, slot.since, slot.until, narrowed))
    others = tuple((name, asked.but(by=name).at()) for name in _PERIODS if name != by)
    return Chart(tuple(bars), _labels(bars), by, others)


def _all_periods(series: Sequence[Timeline]) -> list[Period]:
    """The periods of all series, in order of time."""
    found = {(each.year, each.part): each for line in series for each in line.periods}
    return [found[key] for key in sorted(found)]


def _edges(period: Period, by: PeriodName) -> tuple[str, str]:
    """The dates that narrow to a period, as people write them."""
    if by == "season":
        first = period.part * 3 - 2
        return f"{period.year}/{first:02}", f"{period.year}/{first + 2:02}"
    return (code := period_code(period, by)), code


def _labels(bars: Sequence[ChartBar]) -> tuple[tuple[float, str], ...]:
    """The labels of some bars, so many as have room."""
    step = -(-len(bars) // _MOST_LABELS) or 1
    return tuple((round(bar.x + bar.width / 2, 2), bar.label) for bar in bars[step // 2 :: step])
