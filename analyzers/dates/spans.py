"""Spans of time, and the units of the calendar and the clock that relative dates count in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ..calendars import Calendar, DateError, tehran
from .words import Unit

_CLOCK_UNITS = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
_DAYS_IN = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS_IN = {Unit.MONTH: 1, Unit.SEASON: 3, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}
_BEFORE_CENTURIES = 12  # their first year is 1 of a hundred
_MOST_UNITS = 9999


@dataclass(frozen=True, slots=True)
class Span:
    """The moments from ``start`` up to but not including ``end``: aware and in UTC, None where it is open.

    >>> year = Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
    >>> datetime(2020, 6, 1, tzinfo=UTC) in year, year.end in year
    (True, False)
    """

    start: datetime | None
    end: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)

    def intersect(self, other: Span) -> Span:
        """Returns the moments in both; where there are none, a span that starts and ends at once."""
        start = max((s for s in (self.start, other.start) if s is not None), default=None)
        end = min((e for e in (self.end, other.end) if e is not None), default=None)
        if start is not None and end is not None and end < start:
            end = start
        return Span(start, end)


Interval = tuple[datetime, datetime]
"""A span with both its ends, as start and end."""


def days(first: date, after: date) -> Interval:
    """Returns the days of Tehran from ``first`` up to but not including ``after``."""
    return _midnight(first), _midnight(after)


def months(calendar: Calendar, first: int, count: int) -> Interval:
    """Returns ``count`` months of a calendar; ``first`` is the year times twelve and the months since its first.

    Of those that begin within the years of the calendar, the ones that end after them are cut short.
    """
    last = min(first + count, calendar.years.stop * 12)
    return days(_month_start(calendar, first), _month_start(calendar, last))


def period(unit: Unit, calendar: Calendar, now: datetime, offset: int) -> Interval:
    """Returns the whole unit of Tehran's time that is ``offset`` units after the one ``now`` is in.

    Weeks begin on Saturday. The calendar tells whose months, seasons (quarters), years and decades are meant.
    """
    local = now.astimezone(tehran())
    _check_count(offset)
    if unit in _CLOCK_UNITS:
        length = _CLOCK_UNITS[unit]
        passed = timedelta(minutes=local.minute * (unit is Unit.HOUR), seconds=local.second)
        start = now.astimezone(UTC).replace(microsecond=0) - passed + offset * length
        return start, start + length
    if unit in _DAYS_IN:
        size = _DAYS_IN[unit]
        today = local.toordinal()
        first = today - (today + 1) % size + offset * size  # day 6 of Python's count is a Saturday
        return days(date.fromordinal(first), date.fromordinal(first + size))
    size = _MONTHS_IN[unit]
    year, month, _ = calendar.fields(local)
    this_month = year * 12 + month - 1
    since_start = (this_month - _BEFORE_CENTURIES * (unit is Unit.CENTURY)) % size
    return months(calendar, this_month - since_start + offset * size, size)


def window(unit: Unit, calendar: Calendar, now: datetime, count: int) -> Interval:
    """Returns the time between ``now`` and ``count`` units later, or earlier where that is negative."""
    _check_count(count)
    if unit in _MONTHS_IN:
        other = _months_later(calendar, now, count * _MONTHS_IN[unit])
    else:
        length = _CLOCK_UNITS.get(unit) or timedelta(days=_DAYS_IN[unit])
        other = now + count * length
    now, other = now.astimezone(UTC), other.astimezone(UTC)
    return min(now, other), max(now, other)


def _months_later(calendar: Calendar, now: datetime, count: int) -> datetime:
    """The same day and time so many months later, or the last day of a month too short for it."""
    local = now.astimezone(tehran())
    year, month, day = calendar.fields(local)
    first = year * 12 + month - 1 + count
    start, after = _month_start(calendar, first), _month_start(calendar, first + 1)
    landed = start + timedelta(days=min(day, (after - start).days) - 1)
    return datetime.combine(landed, local.timetz())


def _month_start(calendar: Calendar, month: int) -> date:
    year, place = divmod(month, 12)
    if year not in calendar.years and (month != calendar.years.stop * 12):
        raise DateError(f"that is outside the {calendar.name} years {calendar.years[0]} to {calendar.years[-1]}")
    return calendar.month_start(year, place + 1)


def _midnight(day: date) -> datetime:
    """The moment a day of Tehran begins: at 1:00, on days the clock is put forward at midnight."""
    return datetime.combine(day, time(), tehran()).astimezone(UTC)


def _check_count(count: int) -> None:
    if abs(count) > _MOST_UNITS:
        raise DateError(f"{abs(count)} is too many to count")
