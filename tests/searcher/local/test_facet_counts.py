"""Counts over matched articles, against counting them one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.calendars import JALALI, jalali, tehran
from khabarjoo.index.article import Article
from khabarjoo.index.segment import UNDATED
from khabarjoo.searcher.local.facet_counts import NO_MONTH, Matched, count_facets, count_periods, jalali_months
from khabarjoo.searcher.results import Count, FacetName, Timeline
from tests.corpus import make_live, random_articles

ALL_FACETS: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")


def at(year: int, month: int, day: int = 1, hour: int = 12) -> datetime:
    """A moment of a Jalali day in Tehran."""
    date = JALALI.day(year, month, day)
    return datetime(date.year, date.month, date.day, hour, tzinfo=tehran())


def matched(folder: Path, articles: list[Article]) -> Matched:
    """The articles, dealt to two segments, all of them matching."""
    lives = [make_live(folder / name, part) for name, part in (("s", articles[::2]), ("t", articles[1::2])) if part]
    return [(live, live.live()) for live in lives]


def published(folder: Path, *moments: datetime | None) -> Matched:
    return matched(folder, [Article(f"a{place}", published=moment) for place, moment in enumerate(moments)])


def told(timeline: Timeline) -> list[tuple[int, int, int]]:
    return [(period.year, period.part, period.count) for period in timeline.periods]


def test_the_month_is_that_of_tehran_at_every_edge_of_every_month() -> None:
    starts = [
        datetime(day.year, day.month, day.day, tzinfo=tehran())
        for day in (
            JALALI.month_start(year, month) for year in (1300, 1324, 1356, 1370, 1400) for month in range(1, 13)
        )
    ]
    moments = [start.astimezone(UTC) + timedelta(seconds=s) for start in starts for s in (-43200, -1, 0, 1, 43200)]
    seconds = np.array([int(moment.timestamp()) for moment in moments])
    days = [jalali(moment) for moment in moments]
    assert jalali_months(seconds).tolist() == [day.year * 12 + day.month - 1 for day in days]


FIRST, LAST = (JALALI.month_start(JALALI.years[0] + gap, 1) for gap in (0, len(JALALI.years)))


@given(st.lists(st.one_of(st.datetimes(), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))), max_size=20))
def test_any_moment_has_the_month_of_its_day_or_none(moments: list[datetime]) -> None:
    aware = [moment.replace(microsecond=0, tzinfo=UTC) for moment in moments]
    expected = [NO_MONTH]
    for moment in aware:
        day = jalali(moment) if FIRST < moment.date() < LAST else None
        expected.append(day.year * 12 + day.month - 1 if day and day.year in JALALI.years else NO_MONTH)
    seconds = np.array([UNDATED, *(int(moment.timestamp()) for moment in aware)])
    assert jalali_months(seconds).tolist() == expected


def test_months_without_an_article_are_there_with_zero(tmp_path: Path) -> None:
    found = published(tmp_path, at(1401, 11), at(1402, 2), None, at(1402, 2, 31, 23))
    timeline = count_periods(found, "month", query="باران", words="any")
    assert told(timeline) == [(1401, 11, 1), (1401, 12, 0), (1402, 1, 0), (1402, 2, 2)]
    assert (timeline.query, timeline.words, timeline.articles, timeline.undated) == ("باران", "any", 4, 1)


def test_seasons_are_three_jalali_months_and_begin_with_spring(tmp_path: Path) -> None:
    found = published(tmp_path, at(1401, 12), at(1402, 1), at(1402, 3, 31), at(1402, 4))
    assert told(count_periods(found, "season")) == [(1401, 4, 1), (1402, 1, 2), (1402, 2, 1)]


def test_a_period_lasts_from_midnight_in_tehran_to_midnight(tmp_path: Path) -> None:
    (year,) = count_periods(published(tmp_path, at(1403, 5)), "year").periods
    assert (year.year, year.part, year.count) == (1403, 1, 1)
    assert (year.start, year.end) == (
        datetime(2024, 3, 19, 20, 30, tzinfo=UTC),
        datetime(2025, 3, 20, 20, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("last", "by"),
    [((1400, 1), "month"), ((1402, 12), "month"), ((1403, 1), "season"), ((1409, 12), "season"), ((1410, 1), "year")],
)
def test_the_length_of_the_span_chooses_the_periods(tmp_path: Path, last: tuple[int, int], by: str) -> None:
    assert count_periods(published(tmp_path, at(1400, 1), at(*last))).by == by


def test_no_article_or_none_with_a_date_makes_no_period(tmp_path: Path) -> None:
    assert count_periods([]).periods == ()
    timeline = count_periods(published(tmp_path, None, datetime(9999, 6, 1, tzinfo=UTC), datetime(1, 6, 1, tzinfo=UTC)))
    assert (timeline.periods, timeline.articles, timeline.undated, timeline.by) == ((), 3, 3, "month")


@pytest.mark.parametrize("by", ["day", ""])
def test_other_periods_are_refused(by: Any) -> None:
    with pytest.raises(ValueError, match="by must be one of month, season, year"):
        count_periods([], by)


def test_facets_agree_with_counting_one_by_one(tmp_path: Path) -> None:
    articles = random_articles(Random(6), 60)
    facets = count_facets(matched(tmp_path, articles), ALL_FACETS, 1000)
    days = [jalali(article.published) for article in articles if article.published]
    expected = {
        "source": Counter(article.source for article in articles if article.source),
        "category": Counter(article.category for article in articles if article.category),
        "tag": Counter(tag for article in articles for tag in article.tags),
        "year": Counter(str(day.year) for day in days),
        "month": Counter(f"{day.year}/{day.month:02}" for day in days),
    }
    assert {facet.name: {each.name: each.count for each in facet.counts} for facet in facets.facets} == expected
    assert [facet.distinct for facet in facets.facets] == [len(counts) for counts in expected.values()]
    assert facets.articles == 60


def test_only_the_articles_that_match_are_counted(tmp_path: Path) -> None:
    live = make_live(tmp_path / "s", [Article("a", source="الف"), Article("b", source="ب"), Article("c", source="ب")])
    facets = count_facets([(live, np.array([0, 2]))], ["source"], 10)
    assert facets.facets[0].counts == (Count("الف", 1), Count("ب", 1))
    assert facets.articles == 2


def test_the_commonest_names_come_first_and_equals_by_name_up_to_the_limit(tmp_path: Path) -> None:
    articles = [Article(f"{place}", source=source) for place, source in enumerate("پتبتا")]
    (source,) = count_facets(matched(tmp_path, articles), ["source"], 3).facets
    assert source.counts == (Count("ت", 2), Count("ا", 1), Count("ب", 1))
    assert source.distinct == 4


def test_a_facet_asked_for_twice_is_told_once() -> None:
    assert [facet.name for facet in count_facets([], ["year", "source", "year"], 1).facets] == ["year", "source"]


def test_other_facets_and_negative_limits_are_refused() -> None:
    wrong: Any = "outlet"
    with pytest.raises(ValueError, match="by must be among source, category, tag, speaker, year, month, not 'outlet'"):
        count_facets([], [wrong], 1)
    with pytest.raises(ValueError, match="limit must not be negative"):
        count_facets([], ["source"], -1)
