"""Journeys through the reading room in a real browser: by mouse, by keys, without JavaScript, on a phone, on paper."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.article import Article
from tests.corpus import make_index
from tests.searcher.web.browser import follow, serve, titles, wait_for_results, wait_for_titles

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def wait_until(page: Any, happened: Callable[[], object]) -> None:
    """Waits until what a page asks for has come to us."""
    while not happened():
        page.wait_for_timeout(20)  # in which the browser is listened to


RAIN = {"باران در رشت", "باران باز هم بارید", "برف در تهران", "نقطه‌ها"}
TEHRAN = {"باران باز هم بارید", "برف در تهران", "نمایشگاه کتاب تهران"}


def test_results_come_while_one_types_and_back_and_forward_go_from_query_to_query(visit) -> None:
    page = visit()
    page.locator("#q").press_sequentially("باران", delay=20)
    wait_for_titles(page, RAIN)
    assert "/?q=" in page.url
    assert page.locator(".hit mark").first.inner_text() == "باران"
    page.keyboard.press("Enter")
    page.locator("#q").fill("تهران")
    page.keyboard.press("Enter")
    wait_for_titles(page, TEHRAN)
    page.go_back()
    wait_for_titles(page, RAIN)
    assert page.locator("#q").input_value() == "باران"
    page.go_back()
    page.locator(".start h1").wait_for()
    page.go_forward()
    wait_for_titles(page, RAIN)
    page.go_forward()
    wait_for_titles(page, TEHRAN)
    page.reload()
    wait_for_titles(page, TEHRAN)


def test_what_is_typed_while_an_answer_is_on_its_way_takes_its_place(visit) -> None:
    page = visit()
    page.clock.install(time=0)
    page.clock.pause_at(1)
    held = []
    page.route("**/?q=*", lambda route: held.append(route))
    page.locator("#q").press_sequentially("بارا")
    page.clock.run_for(300)
    page.locator("main[aria-busy]").wait_for()
    page.locator("#q").press_sequentially("ن")
    page.clock.run_for(300)
    wait_until(page, lambda: len(held) == 2)
    assert page.locator("main").get_attribute("aria-busy") == "true"
    held[1].continue_()
    wait_for_titles(page, RAIN)
    page.go_back()  # to where one was before the first letter
    page.locator(".start h1").wait_for()


def test_places_of_one_page_are_gone_to_without_asking_for_it_again(visit) -> None:
    page = visit("?q=باران")
    page.evaluate("document.querySelector('main').dataset.old = ''")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the box
    page.wait_for_url("**#main")
    page.go_back()
    page.locator("#q").fill("تهران")
    wait_for_titles(page, TEHRAN)
    page.go_back()
    wait_for_titles(page, RAIN)
    assert page.locator("[data-old]").count()


def test_words_and_outlets_are_completed_by_keys_and_by_mouse(visit) -> None:
    page = visit()
    box = page.locator("#q")
    box.press_sequentially("منبع:Re")
    page.get_by_role("option", name="Reuters").wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "completion-0"
    page.keyboard.press("Enter")
    assert box.input_value() == "منبع:Reuters "
    wait_for_titles(page, {"برف در تهران"})
    box.fill("")
    box.press_sequentially("عنو")
    page.get_by_role("option", name="عنوان:").first.click()
    assert box.input_value() == "عنوان:"


def test_completions_that_were_sent_away_do_not_come_back(visit) -> None:
    page = visit()
    page.clock.install(time=0)
    page.clock.pause_at(1)
    box = page.locator("#q")
    box.press_sequentially("عنوان:نم")
    page.clock.run_for(100)
    page.get_by_role("option").first.wait_for()
    box.press_sequentially("ا")
    page.keyboard.press("Escape")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(400)
    wait_for_results(page, "عنوان:نما")  # what was typed is looked for
    assert box.get_attribute("aria-expanded") == "false"
    assert not any("/api/complete" in url for url in asked)


@pytest.mark.parametrize("is_followed", [False, True])
def test_completions_that_come_late_replace_all_that_was_typed_and_keep_what_was_chosen(
    visit, is_followed: bool
) -> None:
    page = visit()
    page.clock.install(time=0)
    page.clock.pause_at(1)  # nothing is asked before the time is moved on, however slow the keys are
    box, asked = page.locator("#q"), []
    page.route("**/api/complete*", lambda route: asked.append(route))

    def answer() -> None:
        wait_until(page, lambda: asked)
        asked.pop().continue_()

    box.press_sequentially("باران منبع:R")
    page.clock.run_for(100)
    box.press_sequentially("e")
    answer()
    page.get_by_role("option", name="Reuters").wait_for()
    page.keyboard.press("ArrowDown")
    if is_followed:
        page.evaluate("document.querySelector('#completions li').dataset.old = ''")
        page.clock.run_for(100)
        answer()
        page.locator("#completions [data-old]").wait_for(state="detached")
    assert box.get_attribute("aria-activedescendant") == "completion-0"
    page.keyboard.press("Enter")
    assert box.input_value() == "باران منبع:Reuters "


def test_a_slip_is_mended_and_facets_dates_and_orders_narrow_and_widen(visit) -> None:
    page = visit("?q=fhvhk")
    follow(page, page.locator(".suggestion a").click)
    assert set(titles(page)) == RAIN
    follow(page, page.locator(".facet a", has_text="پیک باران").click)
    assert set(titles(page)) == {"باران در رشت", "باران باز هم بارید"}
    follow(page, page.locator(".chips a").click)
    assert set(titles(page)) == RAIN
    follow(page, page.get_by_role("link", name="Newest first").click)
    assert titles(page)[0] == "برف در تهران"
    follow(page, page.locator(".facet a", has_text="شهریور ۱۴۰۱").click)
    assert set(titles(page)) == {"باران در رشت", "باران باز هم بارید"}
    page.locator("#since").fill("neverday")
    follow(page, lambda: page.locator("#since").press("Enter"))
    assert "no date that can be read" in page.locator(".error").inner_text()
    follow(page, page.get_by_role("link", name="Start again").click)
    assert page.locator(".start h1").is_visible()


def test_one_drags_over_the_timeline_or_follows_a_bar(visit) -> None:
    page = visit("?q=باران نفت&by=month&sort=oldest")
    bars = page.locator("figure.timeline a[data-since]")
    first, last = bars.nth(0).bounding_box(), bars.nth(5).bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + 10)
    page.mouse.down()
    page.mouse.move((first["x"] + last["x"]) / 2, last["y"] + 10, steps=4)
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 10, steps=4)
    page.wait_for_function("document.querySelectorAll('figure.timeline a.chosen').length === 6")
    follow(page, page.mouse.up)
    assert "since=1397" in page.url
    assert "until=1398" in page.url
    narrowed = page.locator(".hit").count()
    follow(page, page.locator("figure.timeline a[data-since]").first.click)
    assert 0 < page.locator(".hit").count() < narrowed


def test_a_day_is_chosen_from_a_jalali_calendar_by_mouse_and_by_keys(visit) -> None:
    page = visit("?q=باران", language="fa")
    page.locator(".calendar-button").first.click()
    calendar = page.locator("dialog.calendar")
    assert calendar.locator("h2").inner_text() == "تیر ۱۴۰۲"  # that of the latest article
    calendar.get_by_label("ماه قبل").click()
    calendar.get_by_label("سال قبل").click()
    assert calendar.locator("h2").inner_text() == "خرداد ۱۴۰۱"
    assert calendar.locator(".days button").count() == 31
    calendar.get_by_role("button", name="۱۲ خرداد ۱۴۰۱", exact=True).click()
    assert page.locator("#since").input_value() == "۱۴۰۱/۰۳/۱۲"
    page.locator("#until").fill("1403/12")
    page.locator(".calendar-button").nth(1).press("Enter")
    assert calendar.locator(".days button").count() == 30  # a leap year
    for key in ("ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.locator("#until").input_value() == "۱۴۰۳/۱۲/۰۹"
    follow(page, page.locator("form.dates button[type=submit]").click)
    assert set(titles(page)) == {"باران در رشت", "باران باز هم بارید", "برف در تهران"}


def test_pages_follow_one_another_and_the_address_keeps_the_place(visit) -> None:
    page = visit("?q=نفت&sort=oldest&limit=5")
    page.mouse.wheel(0, 4000)
    page.locator("li.hit[value='11']").wait_for()
    page.evaluate("document.querySelector('li.hit[value=\"11\"]').scrollIntoView({behavior: 'instant'})")
    page.wait_for_function("/page=[23]/.test(location.search)")
    target = page.locator("li.hit[value='11'] h2").inner_text()
    follow(page, page.locator("li.hit[value='11'] h2 a").click)
    assert page.locator("article h1").inner_text() == target
    page.go_back()
    page.locator("li.hit[value='11']").wait_for()
    direct = visit("?q=نفت&sort=oldest&limit=5&page=5")
    assert direct.locator("li.hit").first.get_attribute("value") == "21"
    follow(direct, direct.locator("nav.pages a[rel=prev]").click)
    assert direct.locator("li.hit").first.get_attribute("value") == "16"


def test_keys_alone_lead_from_the_box_to_the_last_match_and_back(visit) -> None:
    page = visit()
    page.keyboard.press("Slash")
    page.keyboard.type("باران رشت")
    page.keyboard.press("Enter")
    wait_for_results(page, "باران رشت")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".hit.here").get_attribute("value") == "1"
    press_o = "dispatchEvent(new KeyboardEvent('keydown', {key: 'خ', code: 'KeyO'}))"  # on a Persian keyboard
    follow(page, lambda: page.evaluate(press_o))
    count = page.locator("article mark").count()
    page.keyboard.press("n")
    assert page.locator("mark.here").count() == 1
    page.keyboard.press("Shift+N")
    assert page.locator(".marks .at").inner_text() == f"{count}/{count}"
    first = page.locator("article h1").inner_text()
    follow(page, lambda: page.keyboard.press("j"))
    assert page.locator("article h1").inner_text() != first
    follow(page, lambda: page.keyboard.press("k"))
    assert page.locator("article h1").inner_text() == first
    follow(page, lambda: page.keyboard.press("u"))
    assert page.locator(".hit").count()
    follow(page, lambda: page.keyboard.press("?"))
    page.locator("#keys-on").uncheck()
    page.goto(page.url.replace("/help", "/"))
    page.keyboard.press("Slash")
    assert page.evaluate("document.activeElement.id") != "q"


def test_tab_and_enter_are_enough(visit) -> None:
    page = visit("?q=باران")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.hit h2'))"):
            break
    follow(page, lambda: page.keyboard.press("Enter"))
    assert page.locator("article mark").count()


def test_night_is_remembered_and_the_language_changes_on_the_same_page(visit) -> None:
    page = visit("?q=باران", color_scheme="light")
    day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("button.theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != day
    follow(page, page.locator("a.language").click)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("data-theme") == "night"
    assert set(titles(page)) == RAIN


def test_an_article_is_compared_explained_cited_and_gone_on_from(visit) -> None:
    page = visit("?q=شورا&copies=all")
    follow(page, page.get_by_role("link", name="Copies of a story are one hit").click)
    page.locator("details.copies summary").click()
    follow(page, page.locator("details.copies a", has_text="Compare").click)
    assert page.locator(".sides article").count() == 2
    follow(page, page.locator(".sides h2 a").first.click)
    page.locator("details.cite summary").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".cite button").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert "«برنامهٔ شورا»" in page.evaluate("navigator.clipboard.readText()")
    rain = visit("article/rain?q=باران")
    follow(rain, rain.get_by_role("link", name="Why this score").click)
    assert rain.locator("table.why tbody tr").count()
    rain.go_back()
    follow(rain, rain.locator(".others a", has_text="باران باز هم بارید").first.click)
    assert rain.locator("article h1").inner_text() == "باران باز هم بارید"


def test_hits_are_taken_along_and_searches_saved(visit, tmp_path: Path) -> None:
    page = visit("?q=باران")
    page.locator("#format").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="All hits").click()
    assert download.value.suggested_filename == "باران.csv"
    assert "باران در رشت" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.locator("#save-name").fill("بارش")
    follow(page, page.get_by_role("button", name="Save this search").click)
    page.go_back()
    wait_for_titles(page, RAIN)
    page.go_forward()
    follow(page, page.get_by_role("link", name="0 new").click)
    follow(page, page.locator("a.language").click)
    assert page.locator("h1").inner_text() == "بارش"
    follow(page, page.get_by_role("button", name="فراموش کن").click)
    assert "جست‌وجویی ذخیره نشده است" in page.locator("main").inner_text()
    follow(page, page.locator("a.language").click)
    page.goto(page.url.split("/saved")[0] + "/facet/source")
    page.locator("#sift").fill("reu")
    assert page.locator(".all-names li:visible").count() == 1
    page.goto(page.url.split("/facet")[0] + "/timeline?q=باران")
    page.locator("#q2").fill("نفت")
    follow(page, page.get_by_role("button", name="Draw").click)
    assert page.locator("rect.bar-2").count()
    follow(page, page.locator("a.language").click)
    assert page.locator("rect.bar-2").count()


def test_everything_goes_without_javascript(visit) -> None:
    page = visit(java_script_enabled=False)
    page.locator("#q").fill("نفت")
    follow(page, lambda: page.locator("#q").press("Enter"))
    follow(page, page.locator("nav.pages a[rel=next]").click)
    assert page.locator("li.hit").first.get_attribute("value") == "11"
    follow(page, page.locator("li.hit h2 a").first.click)
    assert page.locator("article mark").count()
    follow(page, page.locator(".walk a[rel=next]").click)
    follow(page, page.locator(".walk a.back").click)
    assert "page=2" in page.url
    page.locator("#since").fill("۱۳۹۸/۰۶")
    follow(page, lambda: page.locator("#since").press("Enter"))
    assert page.locator(".chips a").count() == 1
    follow(page, page.locator("figure.timeline a").first.click)
    assert page.locator(".hit").count()
    page.locator("#save-name").fill("نفت")
    follow(page, lambda: page.locator("#save-name").press("Enter"))
    follow(page, page.locator(".kept p a").click)
    follow(page, page.get_by_role("button", name="Mark as seen").click)
    assert "0 new" in page.locator(".kept").inner_text()
    assert page.locator("button.theme").is_hidden()


def test_on_a_phone_a_link_leads_to_the_filters(visit) -> None:
    page = visit("?q=باران", width=360, language="fa")
    page.locator(".to-filters").click()
    page.wait_for_url("**#filters")
    page.locator("#since").fill("۱۴۰۱/۰۶")
    follow(page, lambda: page.locator("#since").press("Enter"))
    assert set(titles(page)) == {"باران در رشت", "باران باز هم بارید", "برف در تهران"}


def test_an_article_is_printed_without_what_is_for_the_screen(visit, tmp_path: Path) -> None:
    page = visit("article/rain?q=باران")
    page.emulate_media(media="print")
    assert page.locator(".top").is_hidden()
    assert page.locator("article h1").is_visible()
    page.pdf(path=tmp_path / "article.pdf")
    assert (tmp_path / "article.pdf").read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", tmp_path / "article.pdf", "-"], capture_output=True, check=True).stdout
        assert "Saved searches" not in told.decode()


def test_an_index_that_is_updated_or_goes_while_one_reads_is_followed(browser, visit, tmp_path: Path) -> None:
    make_index(tmp_path / "index", [Article("old", "باران کهنه")])
    with serve(tmp_path / "index", tmp_path) as at:
        page = visit("?q=باران", at=at)
        assert titles(page) == ["باران کهنه"]
        make_index(tmp_path / "index", [Article("new", "باران تازه")])
        follow(page, page.locator(".hit h2 a").click)
        assert "no article with the id old" in page.locator(".error").inner_text()
        page.go_back()
        page.reload()
        assert titles(page) == ["باران تازه"]
        shutil.rmtree(tmp_path / "index")
        page.locator("#q").fill("برف")  # told where one types, too
        assert "there is no index in" in page.locator(".error").inner_text()
        make_index(tmp_path / "index", [Article("snow", "برف آمد")])
        page.locator("#q").fill("برف آمد")
        wait_for_titles(page, ["برف آمد"])


def test_a_hostile_index_runs_nothing_and_leaves_nothing(visit) -> None:
    page = visit("?q=بد")  # that nothing is asked of elsewhere, `visit` looks after
    ran = "window.ran === undefined && !document.querySelector('main script, main style, main [style], main [onclick]')"
    assert page.evaluate(ran)
    follow(page, page.locator(".hit h2 a").first.click)
    assert page.evaluate(ran)
    assert page.locator(".facts a[href^=javascript]").count() == 0
    page.go_back()
    box = page.locator("#q")
    box.fill("")
    hostile = 'منبع:"منبع"><img src=x onerror=alert(1)>'
    box.press_sequentially(hostile)
    wait_for_results(page, hostile)
    assert page.evaluate(ran)
    assert page.locator("img").count() == 0
