"""What the periods and months of the Jalali calendar are called, for people and for programs."""

from __future__ import annotations

from analyzers.calendars import JALALI_MONTHS

from ..results import Period, PeriodName

SEASONS = tuple("بهار تابستان پاییز زمستان".split())
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def period_label(period: Period, by: PeriodName) -> str:
    """A period as a reader says it: مهر ۱۴۰۲, تابستان ۱۴۰۲, ۱۴۰۲."""
    names = {"month": JALALI_MONTHS, "season": SEASONS, "year": ("",)}[by]
    return f"{names[period.part - 1]} {period.year}".strip().translate(_PERSIAN_DIGITS)


def period_code(period: Period, by: PeriodName) -> str:
    """A period in numbers that sort as text: 1402/07, 1402/04-06 for a season, 1402."""
    year = f"{period.year:04}"
    if by == "year":
        return year
    if by == "month":
        return f"{year}/{period.part:02}"
    return f"{year}/{period.part * 3 - 2:02}-{period.part * 3:02}"


def code_label(code: str) -> str:
    """What a reader says for the number of a year or a month.

    >>> code_label("1402/07"), code_label("1402")
    ('مهر ۱۴۰۲', '۱۴۰۲')
    """
    year, _, month = code.partition("/")
    return f"{JALALI_MONTHS[int(month) - 1] if month else ''} {year}".strip().translate(_PERSIAN_DIGITS)
