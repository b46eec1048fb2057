"""Conversions against an independent library, Tehran's clock, and how Jalali days are printed."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate as OracleDate

from khabarjoo.analyzers.calendars import (
    GREGORIAN,
    JALALI,
    LUNAR,
    Calendar,
    DateError,
    JalaliDate,
    format_jalali,
    jalali,
    jalali_to_gregorian,
    tehran,
)

FIRST_DAY = OracleDate(1300, 1, 1).to_gregorian()
LAST_DAY = OracleDate(1450, 12, 29).to_gregorian()
DAYS = st.dates(FIRST_DAY, LAST_DAY)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=tehran())


def test_every_day_of_1300_to_1450_converts_as_persiantools_does() -> None:
    day = FIRST_DAY
    while day <= LAST_DAY:
        oracle = OracleDate(day)
        assert JALALI.fields(day) == (oracle.year, oracle.month, oracle.day)
        assert JALALI.day(oracle.year, oracle.month, oracle.day) == day
        day += timedelta(days=1)


@given(DAYS)
def test_a_day_converted_there_and_back_is_itself(day: date) -> None:
    assert jalali_to_gregorian(jalali(noon(day))) == day


@given(DAYS, DAYS)
def test_jalali_days_sort_as_time_does(one: date, other: date) -> None:
    assert (jalali(noon(one)) < jalali(noon(other))) == (one < other)


@given(st.sampled_from([JALALI, GREGORIAN, LUNAR]), DAYS)
def test_every_calendar_gives_back_the_day_it_was_given(calendar: Calendar, day: date) -> None:
    assert calendar.day(*calendar.fields(day)) == day


@pytest.mark.parametrize(
    ("calendar", "lengths"),
    [
        (JALALI, [31] * 6 + [30] * 6),
        (GREGORIAN, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
        (LUNAR, [30, 29] * 5 + [30, 30]),
    ],
)
def test_the_leap_year_of_a_calendar_has_every_day_a_year_can_have(calendar: Calendar, lengths: list[int]) -> None:
    assert [calendar.month_length(calendar.leap_year, month) for month in range(1, 13)] == lengths


@pytest.mark.parametrize(
    ("year", "is_leap"), [(1399, True), (1400, False), (1402, False), (1403, True), (1404, False), (1408, True)]
)
def test_esfand_has_thirty_days_only_in_leap_years(year: int, is_leap: bool) -> None:
    assert JALALI.month_length(year, 12) == (30 if is_leap else 29)


# Muharram 1 as Iran's calendar had it; the tabular calendar may differ by a day.
@pytest.mark.parametrize(
    ("year", "observed"), [(1433, date(2011, 11, 27)), (1440, date(2018, 9, 11)), (1445, date(2023, 7, 19))]
)
def test_lunar_years_begin_within_a_day_of_the_observed_moon(year: int, observed: date) -> None:
    assert abs((LUNAR.day(year, 1, 1) - observed).days) <= 1


@pytest.mark.parametrize(
    ("calendar", "fields", "reason"),
    [
        (JALALI, (1401, 7, 31), "مهر of 1401 has 30 days, not 31"),
        (JALALI, (1402, 12, 30), "اسفند of 1402 has 29 days, not 30"),
        (GREGORIAN, (2021, 2, 29), "February of 2021 has 28 days, not 29"),
        (GREGORIAN, (2021, 13, 1), "there is no month 13"),
        (GREGORIAN, (1401, 1, 1), "1401 is not a Gregorian year from 1800 to 2099"),
        (LUNAR, (1440, 2, 30), "صفر of 1440 has 29 days, not 30"),
        (JALALI, (1401, 7, 0), "مهر of 1401 has 30 days, not 0"),
    ],
)
def test_a_day_that_is_not_is_refused_with_the_reason(
    calendar: Calendar, fields: tuple[int, int, int], reason: str
) -> None:
    with pytest.raises(DateError) as refused:
        calendar.day(*fields)
    assert str(refused.value) == reason


def test_the_jalali_day_is_that_of_tehran_and_not_of_greenwich() -> None:
    assert jalali(datetime(2018, 7, 17, 19, 29, tzinfo=UTC)) == JalaliDate(1397, 4, 26)
    assert jalali(datetime(2018, 7, 17, 19, 30, tzinfo=UTC)) == JalaliDate(1397, 4, 27)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(1976, 7, 1, tzinfo=UTC), 3.5),
        (datetime(1978, 7, 1, tzinfo=UTC), 5),
        (datetime(2006, 7, 1, tzinfo=UTC), 3.5),
        (datetime(2018, 1, 1, tzinfo=UTC), 3.5),
        (datetime(2018, 7, 1, tzinfo=UTC), 4.5),
        (datetime(2022, 7, 1, tzinfo=UTC), 4.5),
        (datetime(2023, 7, 1, tzinfo=UTC), 3.5),
    ],
)
def test_tehran_keeps_its_history_of_summer_time(moment: datetime, hours: float) -> None:
    assert moment.astimezone(tehran()).utcoffset() == timedelta(hours=hours)


def test_a_day_is_printed_in_persian_with_its_time_on_request() -> None:
    moment = datetime(2018, 7, 18, 4, 5, tzinfo=UTC)
    assert format_jalali(moment) == "۲۷ تیر ۱۳۹۷"
    assert format_jalali(moment, time=True) == "۲۷ تیر ۱۳۹۷، ۰۸:۳۵"


def test_months_have_their_persian_names() -> None:
    names = [JalaliDate(1404, month, 1).month_name for month in range(1, 13)]
    assert names == "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        jalali(datetime(2018, 7, 18))
    with pytest.raises(ValueError, match="no time zone"):
        format_jalali(datetime(2018, 7, 18))


def test_importing_the_parser_does_not_import_what_only_a_date_needs() -> None:
    late = "('jdatetime', 'zoneinfo', 'html')"
    code = f"import sys, khabarjoo.analyzers.dates; print([m for m in {late} if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
