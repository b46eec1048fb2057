"""Dates of ISO 8601 that no page prints but people who filter type: weeks, days of the year, intervals, lengths.

2022-W35 and 2022-W35-3 (weeks begin on Monday here), 2022-240, 2022-01/2022-03, 2022-03/P1Y2M, P7D/2022-03, and the
short lengths of mail readers: 3m.. is from three months ago.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from ..calendars import GREGORIAN, DateError
from .spans import Interval, Span, days, window
from .words import Unit

_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?\Z", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"((?:18|19|20)\d\d)-?(\d{3})\Z")
_SIDE = r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]{2,15}(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
_LENGTH = r"P(?=[\dT])(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,4}D)?(?:T(?:\d{1,4}H)?(?:\d{1,4}M)?)?"
_INTERVAL = re.compile(rf"({_SIDE}|{_LENGTH})?/({_SIDE}|{_LENGTH})?\Z", re.IGNORECASE)
_LENGTH_PART = re.compile(r"(\d+)([YMWDH])|(T)", re.IGNORECASE)
_AGO = re.compile(r"(?:(\d{1,4})([hdwmy]))?(?:(\.\.)(?:(\d{1,4})([hdwmy]))?)?\Z", re.IGNORECASE)
_UNITS = {"H": Unit.HOUR, "D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}
_UNIT_NAMES = {"h": "hours", "d": "days", "w": "weeks", "m": "months", "y": "years"}

ReadSpan = Callable[[str], Span]
"""How the dates within an interval are read."""


def read_iso(text: str, now: datetime, read_span: ReadSpan) -> Span | None:
    """Returns the span of a date in one of these forms; None for other texts, DateError where there is no such time."""
    text = text.strip()
    if match := _WEEK.match(text):
        return Span(*_week(*map(int, match.groups("0"))))
    if match := _DAY_OF_YEAR.match(text):
        return Span(*_day_of_year(int(match[1]), int(match[2])))
    if text != "/" and (match := _INTERVAL.match(text)):
        return _interval(match[1] or "", match[2] or "", now, read_span)
    if text not in ("", "..") and (match := _AGO.match(text)):
        return read_span(_spelled_out(match))
    return None


def _week(year: int, week: int, day: int) -> Interval:
    GREGORIAN.check_year(year)
    try:
        first = date.fromisocalendar(year, week, day or 1)
    except ValueError:
        raise DateError(f"there is no week {week} in {year}") from None
    return days(first, first + timedelta(days=1 if day else 7))


def _day_of_year(year: int, number: int) -> Interval:
    first = date(year, 1, 1) + timedelta(days=number - 1)
    if first.year != year:
        raise DateError(f"there is no day {number} in {year}")
    return days(first, first + timedelta(days=1))


def _interval(first: str, last: str, now: datetime, read_span: ReadSpan) -> Span:
    """From the start of one date to the end of the other; a length counts from the other side, or from now."""
    is_length = first[:1] in ("P", "p"), last[:1] in ("P", "p")
    if all(is_length):
        raise DateError("two lengths of time give no date")
    start = None if is_length[0] or not first else read_span(first).start
    end = None if is_length[1] or not last else read_span(last).end
    if is_length[0]:
        start = _moved(end or now, first, -1)
        end = end or now
    if is_length[1]:
        end = _moved(start or now, last, 1)
        start = start or now
    if start and end and start >= end:
        raise DateError("it ends before it starts")
    return Span(start, end)


def _moved(moment: datetime, length: str, sign: int) -> datetime:
    """The moment so much later, or earlier: P1Y2M, PT36H."""
    is_clock = False
    for match in _LENGTH_PART.finditer(length[1:]):
        if match[3]:
            is_clock = True
            continue
        letter = match[2].upper()
        unit = Unit.MINUTE if is_clock and letter == "M" else _UNITS[letter]
        moment = window(unit, GREGORIAN, moment, sign * int(match[1]))[sign > 0]
    return moment


def _spelled_out(match: re.Match[str]) -> str:
    """3m..1w as words: from 3 months ago to 1 weeks ago."""
    first, first_unit, dots, last, last_unit = match.groups()
    start = f"{first} {_UNIT_NAMES[first_unit.lower()]} ago" if first else ""
    end = f"{last} {_UNIT_NAMES[last_unit.lower()]} ago" if last else ""
    return f"{start}{dots or ''}{end}"
