"""Years of dates: those of two digits, of four in the calendar they can be of, decades and centuries."""

from __future__ import annotations

from datetime import datetime

from ..calendars import GREGORIAN, JALALI, LUNAR, Calendar, DateError, tehran
from .tokens import Token
from .words import Kind

# Two-digit years: the first that is in the century named; those below it are in the next. Jalali: our choice,
# since شهریور ۲۰ is that of 1320 wherever it is written. Gregorian: RFC 2822. Lunar: our choice,
# of the century before 1990 or after it.
_PIVOTS = {JALALI: (20, 1300), GREGORIAN: (50, 1900), LUNAR: (70, 1300)}

# Beside a lunar month or feast these years of four digits are Jalali, as those in which the web has news: رمضان ۱۴۰۳ is
# that of 2024 and not that of 1983. Lunar are those before (رجب ۱۳۲۴) and, from 1990 on, those after.
_JALALI_YEARS_OF_THE_WEB = range(1370, 1411)

# Centuries: the least that are Gregorian where nothing says which, and their length.
_FIRST_GREGORIAN_CENTURY = 17
DECADE, CENTURY = 10, 100


def is_full(word: Token) -> bool:
    """Returns whether a number is a year of four digits, or the like in words."""
    return word.kind is Kind.NUMBER and (word.digits == 4 or (not word.digits and word.number >= 1000))


def said_calendar(word: Token, own: Calendar | None, era: Calendar | None, is_feast: bool) -> Calendar | None:
    """Returns a year's calendar: as said, else the month's, or any where lunar days and feasts are."""
    if word.calendar or own is None or (own is not LUNAR and not is_feast):
        return word.calendar or own or era
    if era:
        return era
    has_century = is_full(word)
    if own is LUNAR and (not has_century or word.number in LUNAR.years):
        year = word.number if has_century else _full_year(word.number, JALALI)
        return JALALI if year in _JALALI_YEARS_OF_THE_WEB else LUNAR
    return None if has_century else JALALI


def year_of(word: Token, calendar: Calendar | None, part: str, now: datetime) -> tuple[Calendar, int]:
    """Returns the year a word means as the part y, e or p of the shapes of dates (see `parts`), and its calendar."""
    number = word.number
    if is_full(word):
        calendar = calendar or _calendar_of(number)
        calendar.check_year(number)
        return calendar, number
    calendar = calendar or JALALI
    has_two_digits = word.digits == 2 or (not word.digits and number >= 20 and word.kind is Kind.NUMBER)
    if not has_two_digits or (part == "e" and number <= 31):
        raise DateError(f"{number} is no year; a year has four digits, or two as in ۸۸")
    year = _full_year(number, calendar)
    if part == "p" and year > this_year(calendar, now):
        raise DateError(f"the year {year} is still to come")
    return calendar, year


def _full_year(number: int, calendar: Calendar) -> int:
    pivot, century = _PIVOTS[calendar]
    return century + number + (100 if number < pivot else 0)


def century_of(number: int, era: Calendar | None) -> tuple[Calendar, int]:
    """Returns the first year of a century: of the twentieth it is 1901."""
    calendar = era or (GREGORIAN if number >= _FIRST_GREGORIAN_CENTURY else JALALI)
    year = (number - 1) * CENTURY + 1
    calendar.check_year(year)
    return calendar, year


def decade_of(word: Token, calendar: Calendar, now: datetime) -> tuple[Calendar, int]:
    """Returns the first year of a decade; one of two digits is the latest such that has begun."""
    if is_full(word):
        calendar = _calendar_of(word.number)
        return calendar, word.number - word.number % 10
    year = _full_year(word.number, calendar)
    if year > this_year(calendar, now):
        year -= 100
    return calendar, year - year % 10


def this_year(calendar: Calendar, now: datetime) -> int:
    """Returns the year of the calendar it is now in Tehran."""
    return calendar.fields(now.astimezone(tehran()))[0]


def _calendar_of(year: int) -> Calendar:
    for calendar in (JALALI, GREGORIAN):
        if year in calendar.years:
            return calendar
    spans = " nor ".join(f"a {c.name} year from {c.years[0]} to {c.years[-1]}" for c in (JALALI, GREGORIAN))
    raise DateError(f"{year} is neither {spans}")
