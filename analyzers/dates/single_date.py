"""One date as its parts: which of its numbers is the year, the month and the day, and what time they make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..calendars import GREGORIAN, JALALI, LUNAR, Calendar, DateError, tehran
from .occasions import OCCASIONS
from .period_pieces import Piece
from .spans import Interval, days, months, period
from .tokens import Clock, Token
from .words import Kind, Unit
from .years import (
    CENTURY,
    DECADE,
    century_of,
    decade_of,
    is_full,
    said_calendar,
    this_year,
    year_of,
)

# A Jalali year begins in the spring of the Gregorian year that is so much greater.
_JALALI_TO_GREGORIAN = 621

# How dates are ordered. The key has a letter for each word of the date: y a number of four digits, n of one
# or two, o an ordinal, m a month (g a Gregorian one, where that matters), s a season, f a feast, d «decade»,
# c «century».
# Each reading names the part each word is, in the same order; the first that makes a real date is taken:
# y year, m month, d day, s season, f feast, t decade, c century, x the word
# «decade» or «century», l a number alone. A year may have
# two digits; it is any such (y), one too great for a day or month (e), or one not in the future (p).
# Of 3/5/2022 the first is the day, as Persian and most of the world write it; see american_order.
_SHAPES: dict[str, tuple[str, ...]] = {
    "y": ("y",),
    "n": ("l",),
    "o": ("l",),
    "yn": ("ym",),
    "ny": ("my",),
    "nn": ("em", "me"),
    "ynn": ("ymd",),
    "nny": ("dmy", "mdy"),
    "nnn": ("ymd", "dmy"),
    "m": ("m",),
    "my": ("my",),
    "ym": ("ym",),
    "nm": ("dm",),
    "om": ("dm",),
    "mn": ("mp", "md"),
    "gn": ("md", "mp"),
    "mo": ("md",),
    "nmy": ("dmy",),
    "omy": ("dmy",),
    "mny": ("mdy",),
    "moy": ("mdy",),
    "ymn": ("ymd",),
    "ymo": ("ymd",),
    "ynm": ("ydm",),
    "nmn": ("dmy", "ymd"),
    "omn": ("dmy",),
    "mnn": ("mdy",),
    "s": ("s",),
    "sy": ("sy",),
    "ys": ("ys",),
    "sn": ("sy",),
    "f": ("f",),
    "fy": ("fy",),
    "yf": ("yf",),
    "fn": ("fy",),
    "dn": ("xt",),
    "dy": ("xt",),
    "nd": ("tx",),
    "yd": ("tx",),
    "cn": ("xc",),
    "co": ("xc",),
    "nc": ("cx",),
    "oc": ("cx",),
}
_LETTERS = {Kind.ORDINAL: "o", Kind.MONTH: "m", Kind.SEASON: "s", Kind.FEAST: "f"}

_YEARS_SEARCHED = 12  # long enough to find the last 30 اسفند or 29 February


class FormError(DateError):
    """Words in no order that dates have: a date may hide among them, as it may not in an impossible date."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a date says, None where it is silent.

    ``lone`` is a number standing alone: a two-digit year, if ``year`` is set too, or in a range maybe a day. ``years``
    counts those from ``year`` on that are meant: 10 of a decade.
    """

    calendar: Calendar
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    feast: int | None = None
    years: int = 1
    weekday: int | None = None
    lone: int | None = None
    shift: int = 0
    clock: Clock | None = None
    piece: Piece | None = None

    @property
    def is_year(self) -> bool:
        """Whether a year is all that is said."""
        return self.year is not None and self.years == 1 and not self._has_less_than_year

    @property
    def is_weekday(self) -> bool:
        """Whether a day of the week is all that is said."""
        silent = self.year is None and self.lone is None and not self._has_less_than_year
        return self.weekday is not None and silent

    @property
    def _has_less_than_year(self) -> bool:
        return any(part is not None for part in (self.month, self.day, self.season, self.feast, self.piece))


def read_parts(words: list[Token], era: Calendar | None, now: datetime) -> Parts:
    """Returns the parts that the words of one date are, checked to make a real date in some year."""
    shape = "".join(map(shape_letter, words))
    month_calendar = next(filter(None, map(_calendar_named, words)), None)
    gregorian_shape = shape.replace("m", "g") if month_calendar is GREGORIAN else shape
    readings = _SHAPES.get(gregorian_shape) or _SHAPES.get(shape)
    if not readings:
        raise FormError("its words are in no order that dates have")
    errors = []
    for reading in readings:
        try:
            return _assign(dict(zip(reading, words, strict=True)), month_calendar, era, now)
        except DateError as error:
            errors.append(error)
    raise errors[0]


def resolve(parts: Parts, now: datetime) -> Interval:
    """Returns the time the parts mean.

    What has no year is the latest such that began by ``now``; with a shift of -1 it is the latest that had
    ended, with 1 the first that begins later.
    """
    if parts.year is not None:
        interval = _in_year(parts, parts.year)
    elif parts.lone is not None:
        raise DateError("a number alone is no date; a year has four digits, or two as in ۸۸")
    else:
        interval = _pick(list(_occurrences(parts, now)), now, parts.shift)
    if parts.clock is None:
        return interval
    if parts.day is None and not parts.is_weekday:
        raise DateError("a time of day needs a day")
    return at_clock(parts.clock, interval)


def at_clock(clock: Clock, day: Interval) -> Interval:
    """Returns that time on the day the interval begins with, for as long as the time is exact to."""
    moment = clock.on(day[0].astimezone(tehran()).date())
    return moment, moment + clock.unit


def lend(lone: Parts, other: Parts, *, earlier: bool) -> Parts:
    """Returns a lone number as what it is at one end of a range: a day of the other's month, a year of its century.

    2018 to 20 ends in 2020, but 1399 to 00 in 1400. ``earlier`` says that the lone number is the first end.
    """
    if lone.lone is None:
        return lone
    if other.day is not None:
        return replace(other, day=lone.lone, weekday=None, clock=None)
    if other.years == DECADE and other.year is not None and lone.lone % DECADE == 0:
        return replace(other, year=other.year - other.year % CENTURY + lone.lone)
    if lone.year is not None and other.is_year and other.lone is None and other.year is not None:
        year = other.year - other.year % 100 + lone.lone
        if earlier and year > other.year:
            year -= 100
        elif not earlier and year < other.year:
            year += 100
        return replace(other, year=year)
    return lone


def american_order(words: list[Token], clock: Clock | None, era: Token | None = None) -> list[Token]:
    """Returns the words with the day first, where programs print the month first: beside a Latin AM, PM or era.

    Their 4/3/24 is of the years 2000 to 2099.
    """
    is_printed = (clock is not None and clock.american) or (era is not None and era.number == 1)
    shape = "".join(map(shape_letter, words))
    if not is_printed or shape not in ("nny", "nnn"):
        return words
    month, day, year = words
    if month.number > 12 or day.separator != "/" or year.separator != "/":
        return words
    if shape == "nnn":
        if era is not None or year.digits != 2:
            return words
        year = replace(year, number=2000 + year.number, digits=4)
    elif era is None and year.number not in GREGORIAN.years:
        return words
    return [day, month, year]


def _calendar_named(word: Token) -> Calendar | None:
    """The calendar of a month or of a feast."""
    if word.kind is Kind.FEAST:
        return OCCASIONS[word.number].calendar
    return word.calendar if word.kind is Kind.MONTH else None


def shape_letter(word: Token) -> str:
    """Returns the letter of a word in the keys of _SHAPES; ? for what is no part of a date."""
    if word.kind is Kind.NUMBER:
        if is_full(word):
            return "y"
        return "n" if word.digits <= 2 and word.number < 100 else "?"
    if word.kind is Kind.UNIT and word.unit in (Unit.DECADE, Unit.CENTURY):
        return "d" if word.unit is Unit.DECADE else "c"
    return _LETTERS.get(word.kind, "?")


def _assign(named: dict[str, Token], own: Calendar | None, era: Calendar | None, now: datetime) -> Parts:
    """The parts with these names; DateError when they make no date of the calendar, or none of any.

    ``own`` is the calendar of the month or feast, ``era`` the one that is said.
    """
    if "l" in named:
        return _lone(named["l"], era, now)
    calendar, year, years = own or era, None, 1
    for part in named.keys() & set("yep"):
        said = said_calendar(named[part], own, era, "f" in named)
        calendar, year = year_of(named[part], said, part, now)
    if "t" in named:
        calendar, year = decade_of(named["t"], era or named["x"].calendar or JALALI, now)
        years = DECADE
    if "c" in named:
        calendar, year = century_of(named["c"].number, era)
        years = CENTURY
    if list(named) == ["m", "d", "y"] and named["m"].kind is Kind.NUMBER and calendar is not GREGORIAN and not era:
        raise DateError("only Gregorian dates are written with the month first")
    numbers = {part: word.number for part, word in named.items()}
    parts = Parts(
        calendar=own or calendar or JALALI,
        year=year,
        month=numbers.get("m"),
        day=numbers.get("d"),
        season=numbers.get("s"),
        feast=numbers.get("f"),
        years=years,
    )
    if year is not None and calendar is not None and calendar is not parts.calendar:
        parts = replace(parts, year=_own_year(parts, calendar, year))
    _in_year(parts, parts.year or parts.calendar.leap_year)
    return parts


def _own_year(parts: Parts, calendar: Calendar, year: int) -> int:
    """The year of the parts' own calendar that has them in a year of another; of two that of most of their days."""
    start, end = months(calendar, year * 12, 12)
    first = parts.calendar.fields(start.astimezone(tehran()))[0]
    found: list[tuple[timedelta, int]] = []
    for own_year in range(first, first + 3):
        with suppress(DateError):
            begins, ends = _in_year(parts, own_year)
            inside = min(end, ends) - max(start, begins)
            if inside > timedelta(0) and (parts.feast is None or begins >= start):
                found.append((inside, -own_year))
    if not found:
        raise DateError(f"the {calendar.name} year {year} has no such day")
    return -max(found)[1]


def _lone(word: Token, calendar: Calendar | None, now: datetime) -> Parts:
    try:
        calendar, year = year_of(word, calendar, "y", now)
    except DateError:
        return Parts(JALALI, lone=word.number)
    return Parts(calendar, year, lone=word.number)


def _in_year(parts: Parts, year: int) -> Interval:
    """The time the parts other than year, weekday and clock mean in that year; DateError if there is none."""
    whole = _whole_in_year(parts, year)
    if parts.piece is None:
        return whole
    return parts.piece.of(whole, parts.calendar if parts.season is None else JALALI)


def _whole_in_year(parts: Parts, year: int) -> Interval:
    calendar = parts.calendar
    if parts.season is not None:
        return months(JALALI, _jalali_year(calendar, year) * 12 + parts.season * 3, 3)
    if parts.feast is not None:
        occasion = OCCASIONS[parts.feast]
        first = occasion.first_day(year)
        return days(first, first + timedelta(days=occasion.length))
    if parts.month is None:
        return months(calendar, year * 12, 12 * parts.years)
    if parts.day is None:
        calendar.check_month(parts.month)
        return months(calendar, year * 12 + parts.month - 1, 1)
    first = calendar.day(year, parts.month, parts.day)
    return days(first, first + timedelta(days=1))


def _jalali_year(calendar: Calendar, year: int) -> int:
    if calendar is LUNAR:
        raise DateError("a lunar year has no seasons")
    return year if calendar is JALALI else year - _JALALI_TO_GREGORIAN


def _occurrences(parts: Parts, now: datetime) -> Iterator[Interval]:
    """Every such month, season, feast or day of some years around now, or every such weekday around it."""
    if parts.is_weekday:
        for offset in range(-7, 8):
            day = period(Unit.DAY, JALALI, now, offset)
            if (day[0].astimezone(tehran()).weekday() + 2) % 7 == parts.weekday:
                yield day
        return
    current = this_year(parts.calendar, now)
    for year in range(current - _YEARS_SEARCHED, current + _YEARS_SEARCHED + 1):
        with suppress(DateError):  # 30 اسفند is not in every year
            yield _in_year(parts, year)


def _pick(occurrences: list[Interval], now: datetime, shift: int) -> Interval:
    if shift > 0:
        found = min((later for later in occurrences if later[0] > now), default=None)
    elif shift < 0:
        found = max((earlier for earlier in occurrences if earlier[1] <= now), default=None)
    else:
        found = max((begun for begun in occurrences if begun[0] <= now), default=None)
    if found is None:
        raise DateError("there is none near that time")
    return found
