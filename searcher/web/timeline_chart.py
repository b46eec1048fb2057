"""The timeline as a chart: a bar for each period, each a link to what was published in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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


class ChartBar(NamedTuple):
    """A bar: where it is, what it counts, and the address of its articles. ``heights`` are of each series."""

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

    Time runs as the language does.
    """

    bars: tuple[ChartBar, ...]
    labels: tuple[tuple[float, str], ...]
    by: PeriodName
    others: tuple[tuple[PeriodName, str], ...]
    most: int


def chart_of(timeline: Timeline, asked: Asked, texts: Texts, second: Timeline | None = None) -> Chart:
    """The chart of a timeline, and beside each bar that of a second one over the same periods."""
    by = timeline.by
    series = [timeline] if second is None else [timeline, second]
    periods = _all_periods(series)
    counts = [{(each.year, each.part): each.count for each in line.periods} for line in series]
    most = max((count for told in counts for count in told.values()), default=0)
    room = WIDTH / max(len(periods), 1)
    bars = []
    for place, period in enumerate(periods):
        at = place * room if texts.direction == "ltr" else WIDTH - (place + 1) * room
        told = tuple(found.get((period.year, period.part), 0) for found in counts)
        since, until = _edges(period, by)
        narrowed = asked.but(since=since, until=until, by=_finer(by)).at()
        bars.append(
            ChartBar(
                round(at + room * _GAP / 2, 2),
                round(room * (1 - _GAP), 2),
                tuple(round(max(_LEAST, count / most * _FLOOR), 2) if count else 0.0 for count in told),
                told,
                texts.digits(period_label(period, by)),
                since,
                until,
                narrowed,
            )
        )
    others = tuple((name, asked.but(by=name).at()) for name in ("year", "season", "month") if name != by)
    return Chart(tuple(bars), _labels(bars), by, others, most)  # type: ignore[arg-type]


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


def _finer(by: PeriodName) -> PeriodName | None:
    return "month" if by == "year" else None


def _labels(bars: Sequence[ChartBar]) -> tuple[tuple[float, str], ...]:
    """The labels of some bars, so many as have room."""
    step = -(-len(bars) // _MOST_LABELS) or 1
    return tuple((round(bar.x + bar.width / 2, 2), bar.label) for bar in bars[step // 2 :: step])
