"""Dates as programs keep them in records: objects, lists and calls are read, and what is not is noticed."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest.date_values import date_text
from khabarjoo.index.ingest.records import moment, read_record
from khabarjoo.index.ingest.source import Notice

MOMENT = datetime(2024, 4, 3, 21, 0, tzinfo=ZoneInfo("Asia/Tehran"))
VALUES = [
    {"seconds": 1712165400, "nanoseconds": 5},
    {"seconds": "1712165400", "nanos": 0},
    {"_seconds": 1712165400, "_nanoseconds": 0},
    {"epochSecond": 1712165400, "nano": 0},
    {"$date": "2024-04-03T17:30:00Z"},
    {"$date": 1712165400000},
    {"$date": {"$numberLong": "1712165400000"}},
    {"$timestamp": {"t": 1712165400, "i": 1}},
    {"$numberLong": "1712165400000"},
    {"date": "2024-04-03 21:00:00.000000", "timezone_type": 3, "timezone": "Asia/Tehran"},
    {"date": "2024-04-03 19:30:00.000000", "timezone_type": 3, "timezone": "Europe/Berlin"},
    {"date": "2024-04-03 17:30:00.000000", "timezone_type": 1, "timezone": "+00:00"},
    {"year": 2024, "month": 4, "day": 3, "hour": 21, "minute": 0},
    {"year": 1403, "month": 1, "day": 15, "hour": 21, "minute": 0},
    {"year": 2024, "monthValue": 4, "dayOfMonth": 3, "hour": 21, "minute": 0, "month": "APRIL"},
    {"iso": "2024-04-03T17:30:00Z", "__type": "Date"},
    {"rendered": "۱۵ فروردین ۱۴۰۳ ساعت ۲۱:۰۰"},
    {"value": {"_seconds": 1712165400}},
    [2024, 4, 3, 21, 0],
    [2024, 4, 3, 21, 0, 0, 0],
    [1403, 1, 15, 21, 0],
    ["2024-04-03T17:30:00Z"],
    1712165400,
    1712165400.0,
    1712165400000,
    1712165400000000,
    "1712165400000000000",
    "/Date(1712165400000)/",
    "/Date(1712165400000+0330)/",
    'ISODate("2024-04-03T17:30:00Z")',
    "new Date(1712165400000)",
    "Timestamp(1712165400, 1)",
    "datetime.datetime(2024, 4, 3, 21, 0)",
    '{"$date": "2024-04-03T17:30:00Z"}',
    '{"seconds": 1712165400, "nanoseconds": 0}',
]


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
def test_a_value_of_a_program_is_read_as_its_moment(value: object) -> None:
    assert moment(date_text(value)) == MOMENT
    article = list(read_record({"title": "خبر", "date": value}, default_id="1", where="f:1"))[-1]
    assert isinstance(article, Article)
    assert article.published == MOMENT


@pytest.mark.parametrize("value", [None, "", {}, [], True, False, {"$date": None}, {"seconds": None}])
def test_an_empty_value_says_nothing(value: object) -> None:
    assert date_text(value) == ""


@pytest.mark.parametrize(
    "value", [{"when": "روزی"}, {"$date": "دیرگاهان ۱۳"}, [31, 2, 2024, 1], "۳۱ مهر ۱۴۰۲"], ids=str
)
def test_a_date_that_cannot_be_read_is_noticed_and_the_article_kept(value: object) -> None:
    notice, article = read_record({"title": "خبر", "date": value}, default_id="1", where="f:1")
    assert isinstance(notice, Notice)
    assert "cannot be read; the article is kept without one" in notice.why
    assert isinstance(article, Article)
    assert article.published is None


def test_a_nest_of_objects_ends() -> None:
    value: object = "2024-04-03"
    for _ in range(500):
        value = {"value": value}
    assert date_text(value) == ""
