"""How a moment of publication is written: for readers in both calendars, for programs in ISO 8601.

A day is a day in Tehran: what is dated without an hour has midnight there, still the day before in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from khabarjoo.analyzers.calendars import format_jalali, has_clock, jalali, tehran_time
from khabarjoo.analyzers.digits import latin_digits, persian_digits

_DAYS = {
    "jalali": "{jalali} ({gregorian})",
    "gregorian": "{gregorian} ({jalali})",
    "both": "{jalali} · {gregorian}",
}
_DIGITS: dict[str, Callable[[str], str]] = {"mixed": str, "persian": persian_digits, "latin": latin_digits}


def iso(moment: datetime | None) -> str | None:
    """Returns ISO 8601 with Tehran's offset at that time.

    >>> from datetime import UTC
    >>> iso(datetime(2018, 1, 22, 5, 11, tzinfo=UTC))
    '2018-01-22T08:41:00+03:30'
    """
    return None if moment is None else tehran_time(moment).isoformat()


def iso_as_known(moment: datetime | None) -> str | None:
    """Returns ISO 8601 of as much as is known: the day alone where that has no hour.

    >>> from datetime import UTC
    >>> iso_as_known(datetime(2018, 1, 21, 20, 30, tzinfo=UTC)), iso_as_known(datetime(2018, 1, 22, 5, 11, tzinfo=UTC))
    ('2018-01-22', '2018-01-22T08:41:00+03:30')
    """
    if moment is None or has_clock(moment):
        return iso(moment)
    return tehran_time(moment).date().isoformat()


def jalali_numbers(moment: datetime | None) -> str | None:
    """Returns the Jalali day in numbers that sort as text.

    >>> from datetime import UTC
    >>> jalali_numbers(datetime(2018, 1, 22, 5, 11, tzinfo=UTC))
    '1396/11/02'
    """
    if moment is None:
        return None
    try:
        day = jalali(moment)
    except (ValueError, OverflowError):  # before the calendar begins, or at the end of time
        return None
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def both_calendars(moment: datetime, calendar: str = "jalali", *, slashes: bool = False) -> str:
    """Returns the day in words, with the hour when it is known, and the Gregorian day.

    ``calendar`` says which comes first, ``jalali`` or ``gregorian``; ``both`` sets them side by side. Beside Persian
    letters a screen shows 2018-01-22 as 22-01-2018, by the rules of bidi; ``slashes`` keep the numbers in order.

    >>> from datetime import UTC
    >>> both_calendars(datetime(2018, 1, 22, 5, 11, tzinfo=UTC))
    '۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22)'
    """
    local = tehran_time(moment)
    gregorian = local.date().isoformat().replace("-", "/" if slashes else "-")
    try:
        persian = format_jalali(moment, time=has_clock(moment))
    except (ValueError, OverflowError):
        return gregorian
    return _DAYS[calendar].format(jalali=persian, gregorian=gregorian)


def in_digits(text: str, digits: str) -> str:
    """Returns the text in digits of one kind, ``persian`` or ``latin``; as it is when they may be ``mixed``.

    >>> in_digits("۲ بهمن (2018)", "latin"), in_digits("۲ بهمن (2018)", "persian")
    ('2 بهمن (2018)', '۲ بهمن (۲۰۱۸)')
    """
    return _DIGITS[digits](text)
