"""What a person may write for a date, for completion; every entry is read by `analyzers.dates`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.calendars import GREGORIAN_MONTHS, JALALI_MONTHS

_PERSIAN = (
    "امروز", "دیروز", "پریروز", "این هفته", "هفتهٔ گذشته", "این ماه", "ماه گذشته", "امسال", "پارسال",
    "۷ روز گذشته", "۳۰ روز گذشته", "۳ ماه گذشته", "نوروز", "بهار", "تابستان", "پاییز", "زمستان",
)  # fmt: skip
_ENGLISH = (
    "today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year",
    "last 7 days", "last 30 days",
)  # fmt: skip
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def date_words(years: Sequence[int]) -> Iterator[str]:
    """Words for dates, the likeliest first; months of these Jalali years, the latest first, are among them.

    >>> next(date_words([1402])), "مهر ۱۴۰۲" in list(date_words([1402]))
    ('امروز', True)
    """
    yield from _PERSIAN
    yield from _ENGLISH
    persian_years = [str(year).translate(_PERSIAN_DIGITS) for year in years]
    yield from persian_years
    for year in persian_years:
        yield from (f"{month} {year}" for month in JALALI_MONTHS)
    yield from JALALI_MONTHS
    yield from GREGORIAN_MONTHS
    yield from map(str, years)
