"""One date as its parts: which of its numbers is the year, the month and the day, and what time they make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..calendars import GREGORIAN, JALALI, LUNAR, Calendar, DateError, tehran
from .pieces import Piece
from .spans import Interval, days, months, period
from .tokens import Clock, Token
from .words import FEASTS, Kind, Unit

# A Jalali year begins in the spring of the Gregorian year that is so much greater.
_JALALI_TO_GREGORIAN = 621

# How dates are ordered. The key has a letter for each word of the date: y a number of four digits, n of one
# or two, o an ordinal, m a month (g a Gregorian one, where that matters), s a season, f a feast, d «decade».
# Each reading names the part each word is, in the same order; the first that makes a real date is taken:
# y year, m month, d day, s season, f feast, t decade, x the word «decade», l a number alone. A year may have
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
    "gnn": ("mdy",),
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
}
_LETTERS = {Kind.ORDINAL: "o", Kind.MONTH: "m", Kind.SEASON: "s", Kind.FEAST: "f"}

# Two-digit years: the first that is in the century named; those below it are in the next. Jalali: our choice,
# since شهریور ۲۰ is that of 1320 wherever it is written. Gregorian: RFC 2822.
_PIVOTS = {JALALI: (20, 1300), GREGORIAN: (50, 1900)}

_YEARS_SEARCHED = 12  # long enough to find the last 30 اسفند or 29 February


class FormError(DateError):
    """Words in no order that dates have: a date may hide among them, as it may not in an impossible date."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a date says, None where it is silent.

    ``lone`` is a number standing alone: a two-digit year, if ``year`` is set too, or in a range maybe a day.
    """

    calendar: Calendar
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    feast: int | None = None
    is_decade: bool = False
    weekday: int | None = None
    lone: int | None = None
    shift: int = 0
    clock: Clock | None = None
    piece: Piece | None = None

    @property
    def is_year(self) -> bool:
        """Whether a year is all that is said."""
        return self.year is not None and not self.is_decade and not self._has_less_than_year

    @property
    def is_weekday(self) -> bool:
        """Whether a day of the week is all that is said."""
        silent = self.year is None and self.lone is None and not self._has_less_than_year
        return self.weekday is not None and silent

    @property
    def _has_less_than_year(self) -> bool:
        return any(part is not None for part in (self.month, self.day, self.season, self.feast, self.piece))


def read_parts(words: list[Token], era: Calendar | None, now: datetime) -> Parts:
    """The parts that the words of one date are, checked to make a real date in some year."""
    shape = "".join(map(shape_letter, words))
    month_calendar = next((word.calendar for word in words if word.kind is Kind.MONTH), None)
    gregorian_shape = shape.replace("m", "g") if month_calendar is GREGORIAN else shape
    readings = _SHAPES.get(gregorian_shape) or _SHAPES.get(shape)
    if not readings:
        raise FormError("its words are in no order that dates have")
    errors = []
    for reading in readings:
        try:
            return _assign(dict(zip(reading, words, strict=True)), month_calendar or era, now)
        except DateError as error:
            errors.append(error)
    raise errors[0]


def resolve(parts: Parts, now: datetime) -> Interval:
    """The time the parts mean.

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
    """That time on the day the interval begins with, for as long as the time is exact to."""
    moment = clock.on(day[0].astimezone(tehran()).date())
    return moment, moment + clock.unit


def lend(lone: Parts, other: Parts, *, earlier: bool) -> Parts:
    """A lone number as what it is at one end of a range: a day of the other's month, a year of its century.

    2018 to 20 ends in 2020, but 1399 to 00 in 1400. ``earlier`` says that the lone number is the first end.
    """
    if lone.lone is None:
        return lone
    if other.day is not None:
        return replace(other, day=lone.lone, weekday=None, clock=None)
    if lone.year is not None and other.is_year and other.lone is None and other.year is not None:
        year = other.year - other.year % 100 + lone.lone
        if earlier and year > other.year:
            year -= 100
        elif not earlier and year < other.year:
            year += 100
        return replace(other, year=year)
    return lone


def american_order(words: list[Token], clock: Clock | None) -> list[Token]:
    """The words with the day first, where 3/5/2022 has the month first, as beside a Latin AM or PM."""
    if clock is None or not clock.american or "".join(map(shape_letter, words)) != "nny":
        return words
    month, day, year = words
    is_american = month.number <= 12 and year.number in GREGORIAN.years and day.separator == "/"
    return [day, month, year] if is_american else words


def shape_letter(word: Token) -> str:
    """The letter of a word in the keys of _SHAPES; ? for what is no part of a date."""
    if word.kind is Kind.NUMBER:
        if word.digits == 4 or (not word.digits and word.number >= 1000):
            return "y"
        return "n" if word.digits <= 2 and word.number < 100 else "?"
    if word.kind is Kind.UNIT and word.unit is Unit.DECADE:
        return "d"
    return _LETTERS.get(word.kind, "?")


def _assign(named: dict[str, Token], calendar: Calendar | None, now: datetime) -> Parts:
    """The parts with these names; DateError when they make no date of the calendar, or none of any."""
    if "l" in named:
        return _lone(named["l"], calendar, now)
    year = None
    for part in named.keys() & set("yep"):
        calendar, year = _year(named[part], calendar, part, now)
    if "t" in named:
        calendar, year = _decade(named["t"], calendar or named["x"].calendar or JALALI, now)
    if list(named) == ["m", "d", "y"] and named["m"].kind is Kind.NUMBER and calendar is not GREGORIAN:
        raise DateError("only Gregorian dates are written with the month first")
    numbers = {part: word.number for part, word in named.items()}
    parts = Parts(
        calendar=calendar or JALALI,
        year=year,
        month=numbers.get("m"),
        day=numbers.get("d"),
        season=numbers.get("s"),
        feast=numbers.get("f"),
        is_decade="t" in named,
    )
    _in_year(parts, year or parts.calendar.leap_year)
    return parts


def _lone(word: Token, calendar: Calendar | None, now: datetime) -> Parts:
    try:
        calendar, year = _year(word, calendar, "y", now)
    except DateError:
        return Parts(JALALI, lone=word.number)
    return Parts(calendar, year, lone=word.number)


def _year(word: Token, calendar: Calendar | None, part: str, now: datetime) -> tuple[Calendar, int]:
    """The year a word means as the part y, e or p of _SHAPES, and its calendar."""
    number = word.number
    if shape_letter(word) == "y":
        calendar = calendar or _calendar_of(number)
        calendar.check_year(number)
        return calendar, number
    calendar = calendar or JALALI
    has_two_digits = word.digits == 2 or (not word.digits and number >= 20 and word.kind is Kind.NUMBER)
    if not has_two_digits or (part == "e" and number <= 31):
        raise DateError(f"{number} is no year; a year has four digits, or two as in ۸۸")
    year = _full_year(number, calendar)
    if part == "p" and year > _this_year(calendar, now):
        raise DateError(f"the year {year} is still to come")
    return calendar, year


def _full_year(number: int, calendar: Calendar) -> int:
    if calendar not in _PIVOTS:
        raise DateError(f"a {calendar.name} year has four digits")
    pivot, century = _PIVOTS[calendar]
    return century + number + (100 if number < pivot else 0)


def _decade(word: Token, calendar: Calendar, now: datetime) -> tuple[Calendar, int]:
    """The first year of a decade; one of two digits is the latest such that has begun."""
    if shape_letter(word) == "y":
        calendar = _calendar_of(word.number)
        return calendar, word.number - word.number % 10
    year = _full_year(word.number, calendar)
    if year > _this_year(calendar, now):
        year -= 100
    return calendar, year - year % 10


def _this_year(calendar: Calendar, now: datetime) -> int:
    return calendar.fields(now.astimezone(tehran()))[0]


def _calendar_of(year: int) -> Calendar:
    for calendar in (JALALI, GREGORIAN):
        if year in calendar.years:
            return calendar
    spans = " nor ".join(f"a {c.name} year from {c.years[0]} to {c.years[-1]}" for c in (JALALI, GREGORIAN))
    raise DateError(f"{year} is neither {spans}")


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
        _, month, day, length = FEASTS[parts.feast]
        first = JALALI.day(_jalali_year(calendar, year), month, day)
        return days(first, first + timedelta(days=length))
    if parts.month is None:
        return months(calendar, year * 12, 120 if parts.is_decade else 12)
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
    this_year = _this_year(parts.calendar, now)
    for year in range(this_year - _YEARS_SEARCHED, this_year + _YEARS_SEARCHED + 1):
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
