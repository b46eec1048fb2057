"""Calendars: Jalali, Gregorian and lunar Hijri days, Tehran's clock, and the way Persian prints a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple

from .digits import persian_digits

_JALALI_NAMES = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_GREGORIAN_NAMES = "January February March April May June July August September October November December"
_LUNAR_NAMES = "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذی‌القعده ذی‌الحجه"
JALALI_MONTHS = tuple(_JALALI_NAMES.split())
GREGORIAN_MONTHS = tuple(_GREGORIAN_NAMES.split())


# The tabular Islamic calendar (civil epoch): 1 Muharram 1 is this day of Python's count, and thirty years,
# eleven of them leap, have 10631 days.
_LUNAR_EPOCH = 227015


class DateError(ValueError):
    """Words that name no date, or an impossible one; the message says in a sentence which and why."""


@dataclass(slots=True, eq=False)
class Calendar:
    """One calendar of twelve months.

    ``years`` are those we read as dates of this calendar, ``leap_year`` one of them that has every day a year
    can have. ``month_start`` gives the first day of a month and ``fields`` the (year, month, day) of a day.
    """

    name: str
    years: range
    leap_year: int
    months: tuple[str, ...]
    month_start: Callable[[int, int], date]
    fields: Callable[[date], tuple[int, int, int]]

    def month_length(self, year: int, month: int) -> int:
        """Counts the days in that month.

        >>> [JALALI.month_length(1403, month) for month in (1, 7, 12)]
        [31, 30, 30]
        """
        return (self.month_start(year + month // 12, month % 12 + 1) - self.month_start(year, month)).days

    def day(self, year: int, month: int, day: int) -> date:
        """Returns the day with these numbers; DateError gives the reason there is none.

        >>> JALALI.day(1403, 12, 30)
        datetime.date(2025, 3, 20)
        >>> JALALI.day(1402, 12, 30)
        Traceback (most recent call last):
        khabarjoo.analyzers.calendars.DateError: اسفند of 1402 has 29 days, not 30
        """
        self.check_year(year)
        self.check_month(month)
        length = self.month_length(year, month)
        if not 1 <= day <= length:
            raise DateError(f"{self.months[month - 1]} of {year} has {length} days, not {day}")
        return date.fromordinal(self.month_start(year, month).toordinal() + day - 1)

    def check_year(self, year: int) -> None:
        """Raises DateError for a year we do not read as one of this calendar."""
        if year not in self.years:
            raise DateError(f"{year} is not a {self.name} year from {self.years[0]} to {self.years[-1]}")

    def check_month(self, month: int) -> None:
        """Raises DateError for a month there is not."""
        if not 1 <= month <= 12:
            raise DateError(f"there is no month {month}")


@lru_cache(maxsize=4096)  # the months of all the years we read
def _jalali_month_start(year: int, month: int) -> date:
    import jdatetime  # late, because its import costs more than most searches take

    start: date = jdatetime.date(year, month, 1).togregorian()
    return start


@lru_cache(maxsize=1 << 14)
def _jalali_fields(day: date) -> tuple[int, int, int]:
    import jdatetime

    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


def _gregorian_month_start(year: int, month: int) -> date:
    return date(year, month, 1)


def _gregorian_fields(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _lunar_month_start(year: int, month: int) -> date:
    leap_days = (3 + 11 * year) // 30
    return date.fromordinal(_LUNAR_EPOCH + 354 * (year - 1) + leap_days + 29 * (month - 1) + month // 2)


def _lunar_fields(day: date) -> tuple[int, int, int]:
    year = (30 * (day.toordinal() - _LUNAR_EPOCH) + 10646) // 10631
    passed = day.toordinal() - _lunar_month_start(year, 1).toordinal()
    month = min(12, (11 * passed + 330) // 325)
    return year, month, day.toordinal() - _lunar_month_start(year, month).toordinal() + 1


# Solar years reach back to the first Persian newspapers. Inside these years jdatetime's leap years (a cycle
# of thirty-three) are those of the official calendar. The lunar calendar is the tabular one: the moon that
# was really sighted may begin a month a day earlier or later.
JALALI = Calendar(
    "Jalali",
    years=range(1200, 1500),
    leap_year=1403,
    months=JALALI_MONTHS,
    month_start=_jalali_month_start,
    fields=_jalali_fields,
)
GREGORIAN = Calendar(
    "Gregorian",
    years=range(1800, 2100),
    leap_year=2024,
    months=GREGORIAN_MONTHS,
    month_start=_gregorian_month_start,
    fields=_gregorian_fields,
)
LUNAR = Calendar(
    "lunar Hijri",
    years=range(1200, 1501),
    leap_year=1445,
    months=tuple(_LUNAR_NAMES.split()),
    month_start=_lunar_month_start,
    fields=_lunar_fields,
)


@cache
def tehran() -> tzinfo:
    """Returns Tehran's clock, with its history of summer time (the last was that of 1401)."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Tehran")


class TimedMidnight(datetime):
    """The moment a day begins in Tehran, where the hour itself was stated.

    A date without an hour is the plain datetime of the same moment; so that of the two only the rarer, a story that
    did appear at 00:00, has a type of its own, and the precision of a moment goes wherever the moment does.
    """

    @classmethod
    def at(cls, moment: datetime) -> TimedMidnight:
        """Returns an aware moment as one whose hour was stated, in the same time zone."""
        return cls.combine(moment.date(), moment.timetz())


def has_clock(moment: datetime) -> bool:
    """Returns whether the hour of an aware moment is known; not when a day begins in Tehran, unless stated.

    >>> from datetime import UTC
    >>> midnight = datetime(2025, 12, 28, 20, 30, tzinfo=UTC)
    >>> has_clock(midnight), has_clock(TimedMidnight.at(midnight)), has_clock(midnight.replace(minute=31))
    (False, True, True)
    """
    return isinstance(moment, TimedMidnight) or not _begins_day(moment)


def tehran_time(moment: datetime) -> datetime:
    """Returns the same moment in Tehran's time, its precision kept; as it is at the end of all time.

    >>> from datetime import UTC
    >>> tehran_time(datetime(2025, 12, 28, 20, 30, tzinfo=UTC)).isoformat()
    '2025-12-29T00:00:00+03:30'
    """
    try:
        local = moment.astimezone(tehran())
    except OverflowError:  # the first and last day of all years
        return moment
    return TimedMidnight.at(local) if isinstance(moment, TimedMidnight) else local


def _begins_day(moment: datetime) -> bool:
    """Whether a day begins in Tehran then: at 1:00, on days the clock is put forward at midnight."""
    try:
        local = moment.astimezone(tehran())
        if local.hour > 1:
            return False
        return datetime.combine(local.date(), time(), tehran()).timestamp() == moment.timestamp()
    except OverflowError:
        return False


class JalaliDate(NamedTuple):
    """A day of the Jalali calendar; days sort by time."""

    year: int
    month: int
    day: int

    @property
    def month_name(self) -> str:
        """The month in Persian.

        >>> JalaliDate(1404, 10, 8).month_name
        'دی'
        """
        return JALALI_MONTHS[self.month - 1]


def jalali(moment: datetime) -> JalaliDate:
    """Returns the Jalali day it is in Tehran at that moment; ValueError for a moment without a time zone.

    >>> from datetime import UTC
    >>> jalali(datetime(2025, 12, 29, 20, 30, tzinfo=UTC))
    JalaliDate(year=1404, month=10, day=9)
    """
    return JalaliDate(*_jalali_fields(_in_tehran(moment).date()))


def jalali_to_gregorian(day: JalaliDate) -> date:
    """Returns the same day in the Gregorian calendar; DateError when there is no such day.

    >>> jalali_to_gregorian(JalaliDate(1397, 4, 27))
    datetime.date(2018, 7, 18)
    """
    return JALALI.day(day.year, day.month, day.day)


def format_jalali(moment: datetime, *, time: bool = False) -> str:
    """Returns the Jalali day it is in Tehran at that moment as Persian prints it, with hour and minute on request.

    >>> from datetime import UTC
    >>> format_jalali(datetime(2025, 12, 29, 7, 25, tzinfo=UTC))
    '۸ دی ۱۴۰۴'
    >>> format_jalali(datetime(2025, 12, 29, 7, 25, tzinfo=UTC), time=True)
    '۸ دی ۱۴۰۴، ۱۰:۵۵'
    """
    local = _in_tehran(moment)
    year, month, day = _jalali_fields(local.date())
    text = f"{day} {JALALI_MONTHS[month - 1]} {year}"
    if time:
        text += f"، {local:%H:%M}"
    return persian_digits(text)


def _in_tehran(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} carries no time zone")
    return moment.astimezone(tehran())
