from datetime import UTC, datetime, timedelta, timezone

import pytest

from khabarjoo.searcher.output.publication_dates import both_calendars, iso, jalali_numbers


def test_a_day_without_an_hour_is_the_day_in_tehran_not_in_utc() -> None:
    midnight = datetime(2025, 11, 6, 20, 30, tzinfo=UTC)
    assert iso(midnight) == "2025-11-07T00:00:00+03:30"
    assert jalali_numbers(midnight) == "1404/08/16"
    assert both_calendars(midnight) == "۱۶ آبان ۱۴۰۴ (2025-11-07)"


def test_summer_time_is_that_of_its_year() -> None:
    assert iso(datetime(2022, 7, 1, tzinfo=UTC)) == "2022-07-01T04:30:00+04:30"
    assert iso(datetime(2023, 7, 1, tzinfo=UTC)) == "2023-07-01T03:30:00+03:30"


def test_nothing_is_said_of_the_undated() -> None:
    assert iso(None) is None
    assert jalali_numbers(None) is None


@pytest.mark.parametrize(
    "moment",
    [datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), datetime.max.replace(tzinfo=UTC)],
)
def test_the_ends_of_time_are_written_without_failing(moment: datetime) -> None:
    assert iso(moment)
    assert both_calendars(moment)
    jalali_numbers(moment)
