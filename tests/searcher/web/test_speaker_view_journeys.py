"""Journeys to what somebody is reported to have said: by mouse, by keys, without JavaScript."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.searcher.web.browser import follow, titles
from tests.searcher.web.room_articles import SPEAKER

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
PAGE = f"speaker/{quote(SPEAKER)}"


def test_a_name_beside_the_results_leads_to_all_that_its_bearer_said(visit) -> None:
    page = visit("?q=تورم")
    follow(page, page.locator(".facet a", has_text=SPEAKER).click)
    assert set(titles(page)) == {"خبر کهنه", "خبر میانه"}
    assert page.locator(".hit blockquote").count() == 2
    follow(page, page.locator(".remark a", has_text=SPEAKER).click)
    assert page.locator("h1").inner_text() == SPEAKER
    assert page.locator("blockquote").count() == 2  # of those with the words that were asked for
    page.locator("#among").fill("")
    follow(page, lambda: page.locator("#among").press("Enter"))
    assert page.locator("blockquote").count() == 4
    follow(page, page.locator("a.language").click)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("blockquote").count() == 4


def test_what_was_said_is_narrowed_by_date_by_outlet_and_to_what_is_new(visit) -> None:
    page = visit(PAGE)
    follow(page, page.get_by_role("link", name="Said in words that are new").click)
    assert page.locator("blockquote").all_inner_texts() == ["کشاورزان گندم را به سیلوهای تازه می‌سپارند."]
    assert page.locator("blockquote mark").all_inner_texts()[:2] == ["کشاورزان", "گندم"]
    follow(page, page.locator(".filters a", has_text="ایسنا").click)
    assert page.locator("blockquote").count() == 1  # of what is new still
    follow(page, page.get_by_role("link", name="Said in words that are new").click)
    assert page.locator("blockquote").count() == 3
    follow(page, page.locator("figure.timeline svg a").last.click)
    assert page.locator("blockquote").count() == 2
    for left in (2, 1, 0):
        follow(page, page.locator(".chips a").first.click)
        assert page.locator(".chips a").count() == left
    assert page.locator("blockquote").count() == 4
    follow(page, page.locator("li.hit a").first.click)
    assert page.locator("article h1").inner_text() == "خبر تازه"
    page.go_back()
    assert page.locator("blockquote").count() == 4


def test_keys_lead_from_statement_to_statement_and_into_its_article(visit) -> None:
    page = visit(PAGE, language="fa")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('li.here') === document.querySelectorAll('li.hit')[1]")
    follow(page, lambda: page.keyboard.press("o"))
    assert page.locator("article h1").inner_text() == "خبر تازه"
    page.go_back()
    follow(page, lambda: page.keyboard.press("u"))
    assert set(titles(page)) == {"خبر کهنه", "خبر میانه", "خبر تازه"}


def test_statements_are_paged_and_searched_without_javascript(visit) -> None:
    page = visit(f"{PAGE}?limit=1&perhaps=1", java_script_enabled=False)
    said = [page.locator("blockquote").inner_text()]
    for _ in range(3):
        follow(page, page.locator("nav.pages a[rel=next]").click)
        said.append(page.locator("blockquote").inner_text())
    assert said[0].startswith("کشاورزان")
    assert len(set(said)) == 3  # two report the same words
    assert page.locator("nav.pages a[rel=next]").count() == 0
    page.locator("#among").fill("آب")
    follow(page, lambda: page.locator("#among").press("Enter"))
    assert page.locator("blockquote").all_inner_texts() == ["آب کم است."]
    assert "perhaps=1" in page.url
    assert page.get_by_role("link", name="With what is uncertain").get_attribute("aria-current") == "true"
