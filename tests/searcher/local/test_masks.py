"""Filters: by date, and by names however they are spelled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from khabarjoo.analyzers.dates import Span
from khabarjoo.index.article import Article
from khabarjoo.index.store import LiveSegment
from khabarjoo.searcher.local.masks import mask_of, mask_of_node, resolve, spelled
from khabarjoo.searcher.query.plan import DateRange, Filters, Terms
from tests.corpus import make_live


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2022, 9, number, hour, tzinfo=UTC)


@pytest.fixture
def live(tmp_path: Path) -> LiveSegment:
    """Articles a to e, of which d is deleted."""
    articles = [
        Article("a", published=day(1), source="ایسنا", category="سیاسی", tags=("نفت", "گاز")),
        Article("b", published=day(2), source="خبرگزاری مهر", tags=("نفت",)),
        Article("c", source="ايسنا خراسان", category="بین‌الملل"),
        Article("d", published=day(2), source="ایسنا"),
        Article("e", published=day(3)),
    ]
    return make_live(tmp_path / "s", articles, deleted={"d"})


def passing(live: LiveSegment, filters: Filters) -> str:
    mask = mask_of(live, resolve(filters, [live]))
    docs = live.live().tolist() if mask is None else [doc for doc, passes in enumerate(mask) if passes]
    return "".join(live.segment.ids[doc] for doc in docs)


def test_without_filters_all_live_articles_pass(live: LiveSegment, tmp_path: Path) -> None:
    assert passing(live, Filters()) == "abce"
    assert mask_of(make_live(tmp_path / "whole", [Article("a")]), Filters()) is None


@pytest.mark.parametrize(
    ("start", "end", "ids"),
    [
        (None, None, "abe"),  # a span of all time is a question for dated articles
        (day(2), None, "be"),
        (None, day(2), "a"),
        (day(1), day(3), "ab"),
        (day(1), day(1), ""),
        (day(1, 1), day(2, 1), "b"),
    ],
)
def test_a_span_takes_its_start_but_not_its_end_and_no_undated_article(
    start: datetime | None, end: datetime | None, ids: str, live: LiveSegment
) -> None:
    assert passing(live, Filters(published=Span(start, end))) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (("ایسنا",), "a"),
        (("ايسنا",), "a"),
        (("ایسنا خراسان",), "c"),
        (("خراسان",), "c"),
        (("مهر",), "b"),
        (("ایسنا", "مهر"), "ab"),
        (("مهر", "نیست"), "b"),
        (("نیست",), ""),
        (("",), ""),
        (("\ud800",), ""),
    ],
)
def test_sources_pass_when_spelled_alike_or_else_when_they_contain_the_name(
    wanted: tuple[str, ...], ids: str, live: LiveSegment
) -> None:
    assert passing(live, Filters(sources=wanted)) == ids


@pytest.mark.parametrize("spelling", ["بین‌الملل", "بین الملل", "بينالملل", "بین\u200c الملل"])
def test_a_category_is_met_in_every_spelling(spelling: str, live: LiveSegment) -> None:
    assert passing(live, Filters(categories=(spelling,))) == "c"


def test_any_of_several_tags_will_do(live: LiveSegment) -> None:
    assert passing(live, Filters(tags=("نفت",))) == "ab"
    assert passing(live, Filters(tags=("گاز", "نفت"))) == "ab"
    assert passing(live, Filters(tags=("گاز",))) == "a"


def test_all_filters_must_pass(live: LiveSegment) -> None:
    span = Span(day(2), None)
    assert passing(live, Filters(published=span, tags=("نفت",))) == "b"
    assert passing(live, Filters(published=span, tags=("نفت",), sources=("ایسنا",))) == ""


def test_names_are_resolved_over_all_segments(tmp_path: Path) -> None:
    lives = [
        make_live(tmp_path / "0", [Article("a", source="ایسنا")]),
        make_live(tmp_path / "1", [Article("b", source="ایسنا خراسان")]),
    ]
    filters = resolve(Filters(sources=("ایسنا",)), lives)
    assert filters.sources == ("ایسنا",)
    masks = [mask_of(live, filters) for live in lives]
    assert [mask.tolist() for mask in masks if mask is not None] == [[True], [False]]


def test_a_filter_of_no_such_name_is_still_a_filter(live: LiveSegment) -> None:
    assert resolve(Filters(tags=("نیست",)), [live]) == Filters(tags=("نیست",))
    assert resolve(Filters(tags=("نیست",)), []) == Filters(tags=("نیست",))


def test_names_that_deleted_articles_alone_have_stand_for_nothing(tmp_path: Path) -> None:
    articles = [Article("gone", source="ایسنا"), Article("a", source="ایسنا خراسان"), Article("b", source="مهر")]
    deleted, clean = (
        make_live(tmp_path / "0", articles, deleted={"gone"}),
        make_live(tmp_path / "1", articles[1:]),
    )
    assert passing(deleted, Filters(sources=("ایسنا",))) == passing(clean, Filters(sources=("ایسنا",))) == "a"
    for live in (deleted, clean):
        assert spelled(("ایسنا",), "source", [live]) == ("ایسنا خراسان",)


def test_names_and_spans_in_a_plan_pass_as_filters_do(live: LiveSegment) -> None:
    meant = Terms("source", spelled(("خراسان",), "source", [live]))
    assert meant == Terms("source", ("ايسنا خراسان",))
    assert mask_of_node(live, meant).tolist() == [False, False, True, False, False]
    assert mask_of_node(live, DateRange(Span(day(2), None))).tolist() == [
        False,
        True,
        False,
        True,
        True,
    ]  # d is deleted
