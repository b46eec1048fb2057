"""Counts over the articles that match a query: by outlet, category and tag, and by the Jalali calendar.

All of it is arithmetic over columns. A month of the Jalali calendar is numbered ``year * 12 + month - 1``, so that
the months between two others can be counted by their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from khabarjoo.analyzers.calendars import JALALI, jalali, tehran
from khabarjoo.index.segment import Facet, Segment
from khabarjoo.index.store import LiveSegment

from ..results import (
    Count,
    FacetCounts,
    FacetName,
    Facets,
    Period,
    PeriodName,
    Timeline,
    WordsMatched,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

Matched: TypeAlias = "Sequence[tuple[LiveSegment, NDArray[np.intp]]]"
"""The articles that match, by their numbers in each segment."""

Months: TypeAlias = "NDArray[np.int64]"

NO_MONTH = -1
"""The month of an article without a date, or of a year that is none we read."""

_MONTHS_IN: dict[PeriodName, int] = {"month": 1, "season": 3, "year": 12}
_LONGEST: dict[PeriodName, int] = {"month": 36, "season": 120}  # spans, in months, that still fit a screen
_DAY = 86_400  # seconds


def count_periods(
    matched: Matched, by: PeriodName | None = None, *, query: str = "", words: WordsMatched = "all"
) -> Timeline:
    """Returns how many of the articles are of each month, season or year, from the first that has one to the last.

    Without ``by`` the length of that span decides. Raises ValueError for another ``by``.
    """
    check_period(by)
    months = _months(matched)
    dated = months[months != NO_MONTH]
    by = by or _fitting(dated)
    return Timeline(query, words, len(months), by, tuple(_periods(dated, by)), undated=len(months) - len(dated))


def check_period(by: PeriodName | None) -> None:
    """Raises ValueError for a period that there is none of."""
    if by is not None and by not in _MONTHS_IN:
        raise ValueError(f"by must be one of {', '.join(_MONTHS_IN)}, not {by!r}")


def timeline_of(
    months: Mapping[int, int], articles: int, by: PeriodName | None, words: WordsMatched = "all"
) -> Timeline:
    """Returns the same of how many articles are of each month, of so many in all."""
    dated = np.repeat(np.fromiter(months, np.int64, len(months)), np.fromiter(months.values(), np.int64, len(months)))
    by = by or _fitting(dated)
    return Timeline("", words, articles, by, tuple(_periods(dated, by)), undated=articles - len(dated))


def count_facets(
    matched: Matched, by: Sequence[FacetName], limit: int, *, query: str = "", words: WordsMatched = "all"
) -> Facets:
    """Counts the articles that have each name, or are of each year or month: each facet's ``limit`` commonest.

    Raises ValueError for another facet, or a negative limit.
    """
    check_facets(by, limit)
    articles = sum(len(docs) for _, docs in matched)
    facets = tuple(commonest(name, _COUNTERS[name](matched), limit) for name in dict.fromkeys(by))
    return Facets(query, words, articles, facets)


def commonest(facet: FacetName, counts: Mapping[str, int], limit: int) -> FacetCounts:
    """Returns the ``limit`` commonest names of a facet, equals by their letters."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return FacetCounts(facet, tuple(Count(*pair) for pair in ranked[:limit]), len(ranked))


def check_facets(by: Sequence[FacetName], limit: int) -> None:
    """Raises ValueError for a facet that there is none of, or a negative limit."""
    if limit < 0:
        raise ValueError("limit must not be negative")
    for name in by:
        if name not in _COUNTERS:
            raise ValueError(f"by must be among {', '.join(_COUNTERS)}, not {name!r}")


def jalali_months(seconds: NDArray[np.int64]) -> Months:
    """Returns the Jalali month it was in Tehran at moments given in seconds since 1970 in UTC, `UNDATED` among them.

    >>> [divmod(int(month), 12) for month in jalali_months(np.array([1516597860]))]  # Bahman, the eleventh, of 1396
    [(1396, 10)]
    """
    first, last = JALALI.years[0], JALALI.years[-1]
    inside = (seconds >= month_start(first * 12)) & (seconds < month_start((last + 1) * 12))
    months = np.full(len(seconds), NO_MONTH, np.int64)
    if inside.any():
        months[inside] = _months_at(seconds[inside])
    return months


def _months_at(seconds: NDArray[np.int64]) -> Months:
    """The months of moments within the years we read: looked up by day, and corrected within the day it begins on."""
    first, last = (jalali(_moment(int(edge))).year for edge in (seconds.min(), seconds.max()))
    starts = np.array([month_start(month) for month in range(first * 12, (last + 1) * 12 + 1)], np.int64)
    days = np.arange(starts[0] // _DAY, starts[-1] // _DAY + 1)
    begun_by = np.searchsorted(starts, days * _DAY, side="right")
    begun = begun_by[seconds // _DAY - days[0]]
    begun += seconds >= starts[begun]
    months: Months = begun + (first * 12 - 1)
    return months


@lru_cache(maxsize=4096)  # the months of all the years we read
def month_start(month: int) -> int:
    """Returns when a month begins in Tehran, in seconds."""
    day = JALALI.month_start(month // 12, month % 12 + 1)
    return int(datetime.combine(day, time(), tehran()).timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tehran())


def _months(matched: Matched) -> Months:
    """The month of each article."""
    published = [live.segment.published[docs] for live, docs in matched]
    return jalali_months(np.concatenate(published) if published else np.zeros(0, np.int64))


def _fitting(months: Months) -> PeriodName:
    """The shortest periods that the span of some months is not too long for."""
    span = int(months.max() - months.min()) + 1 if len(months) else 0
    return next((name for name, longest in _LONGEST.items() if span <= longest), "year")


def _periods(months: Months, by: PeriodName) -> list[Period]:
    """Every period from the first month to the last, those without an article too."""
    if not len(months):
        return []
    size = _MONTHS_IN[by]
    numbers = months // size
    first = int(numbers.min())
    return [_period(first + place, size, count) for place, count in enumerate(np.bincount(numbers - first).tolist())]


def _period(number: int, size: int, count: int) -> Period:
    month = number * size
    start, end = _moment(month_start(month)), _moment(month_start(month + size))
    return Period(month // 12, month % 12 // size + 1, start, end, count)


def _count_names(matched: Matched, column: Callable[[Segment], Facet]) -> Counter[str]:
    total: Counter[str] = Counter()
    for live, docs in matched:
        facet = column(live.segment)
        counts = facet.counts(docs)
        some = np.flatnonzero(counts).tolist()
        total.update({facet.names[number]: int(counts[number]) for number in some})
    return total


def _count_months(matched: Matched, unit: Literal["month", "year"]) -> Counter[str]:
    """By ``1402`` or ``1402/07``, which sort as text."""
    months = _months(matched)
    dated = months[months != NO_MONTH]
    first = int(dated.min()) if len(dated) else 0
    counts = np.bincount(dated - first)
    total: Counter[str] = Counter()
    for place in np.flatnonzero(counts).tolist():
        year, month = divmod(first + place, 12)
        total[f"{year:04}" if unit == "year" else f"{year:04}/{month + 1:02}"] += int(counts[place])
    return total


def _count_speakers(matched: Matched) -> Counter[str]:
    from .statement_search import count_speakers  # late, as few ask

    return count_speakers(matched)


_COUNTERS: dict[FacetName, Callable[[Matched], Counter[str]]] = {
    "source": partial(_count_names, column=lambda segment: segment.sources),
    "category": partial(_count_names, column=lambda segment: segment.categories),
    "tag": partial(_count_names, column=lambda segment: segment.tags),
    "speaker": _count_speakers,
    "year": partial(_count_months, unit="year"),
    "month": partial(_count_months, unit="month"),
}
