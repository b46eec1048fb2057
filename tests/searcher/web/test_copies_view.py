"""Copies of a story: found beside an article, and two side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabarjoo.searcher.web.addresses import Asked
from khabarjoo.searcher.web.copies_view import _sides
from tests.searcher.web.pages import Read
from tests.searcher.web.room_articles import ARTICLES, EVIL

STORY = next(article for article in ARTICLES if article.id == "first")


def test_an_article_names_its_copies_and_leads_to_both_side_by_side(room) -> None:
    page = Read(room.get("/article/first?lang=en").text)
    (address,) = (link for link in page.links(".others a") if link.startswith("/compare"))
    sides = Read(room.get(address).text)
    assert sides.all(".sides h2") == ["برنامهٔ شورا", "برنامهٔ شورا"]
    assert sides.all("ins") == sides.all("del") == []


def test_what_only_one_has_is_marked_and_spelling_is_no_difference() -> None:
    other = replace(STORY, body=STORY.body.replace("شهردار", "فرماندار").replace("پیش‌بینی می‌کند", "پيش‌بيني ميكند"))
    one, two = _sides(STORY, other, Asked())
    left, right = Read("".join(one.paragraphs)), Read("".join(two.paragraphs))
    assert left.all("del") == ["شهردار"]
    assert right.all("ins") == ["فرماندار"]


def test_texts_are_text_whatever_they_hold() -> None:
    for side in _sides(replace(STORY, body=EVIL), replace(STORY, body=f"{EVIL} {EVIL}\n\nx"), Asked()):
        assert Read("".join(side.paragraphs)).all("script, style, a") == []


def test_texts_made_to_be_slow_are_not() -> None:
    one, two = replace(STORY, body="آ ب " * 5000), replace(STORY, body="ب آ آ " * 5000)
    assert len(list(_sides(one, two, Asked()))) == 2


@pytest.mark.parametrize("address", ["/compare", "/compare?id=first", "/compare?id=first&with=none"])
def test_two_articles_are_wanted(room, address: str) -> None:
    assert room.get(address).status_code == 404
