"""Journeys through the reading room in a real browser: by mouse, by keys, without JavaScript, on a phone, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.article import Article
from tests.corpus import make_index
from tests.searcher.web.browser import FLAGS, axe_source, browser_path, serve

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(browser, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(index, tmp_path_factory.mktemp("state")) as told:
        yield told


@pytest.fixture
def visit(browser, address: str) -> Iterator[Open]:
    """Opens a page in a fresh browser; whatever goes wrong in it, or would leave this machine, fails the test."""
    contexts, troubles = [], []

    def visited(path: str = "", *, at: str = address, width: int = 1200, language: str = "en", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=language, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith(at) else None)
        page.goto(at + path)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert [told for told in troubles if "responded with a status of" not in told] == []


def titles(page: Any) -> list[str]:
    return page.locator(".hit h2").all_inner_texts()


def follow(page: Any, work: Callable[[], object]) -> None:
    """Does what leads to another page, and waits until it is there."""
    with page.expect_navigation():
        work()


def wait_for_titles(page: Any, expected: set[str]) -> None:
    from playwright.sync_api import expect

    expect(page.locator(".hit h2")).to_have_count(len(expected), timeout=20_000)
    assert set(titles(page)) == expected


RAIN = {"باران در رشت", "باران باز هم بارید", "برف در تهران", "نقطه‌ها"}
TEHRAN = {"باران باز هم بارید", "برف در تهران", "نمایشگاه کتاب تهران"}


def test_results_come_while_one_types_and_back_and_forward_go_from_query_to_query(visit) -> None:
    page = visit()
    page.locator("#q").press_sequentially("باران", delay=20)
    wait_for_titles(page, RAIN)
    page.wait_for_url("**/?q=*")
    assert page.locator(".hit mark").first.inner_text() == "باران"
    page.keyboard.press("Enter")
    page.locator("#q").fill("تهران")
    page.keyboard.press("Enter")
    wait_for_titles(page, TEHRAN)
    page.go_back()
    wait_for_titles(page, RAIN)
    assert page.locator("#q").input_value() == "باران"
    page.go_forward()
    wait_for_titles(page, TEHRAN)
    page.reload()
    wait_for_titles(page, TEHRAN)


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
    box.press_sequentially("نما")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"


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
        while not asked:
            page.wait_for_timeout(20)
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
    page.locator(".suggestion a").click()
    wait_for_titles(page, RAIN)
    page.locator(".facet a", has_text="پیک باران").click()
    wait_for_titles(page, {"باران در رشت", "باران باز هم بارید"})
    page.locator(".chips a").click()
    wait_for_titles(page, RAIN)
    follow(page, page.get_by_role("link", name="Newest first").click)
    assert titles(page)[0] == "برف در تهران"
    page.locator(".facet a", has_text="شهریور ۱۴۰۱").click()
    wait_for_titles(page, {"باران در رشت", "باران باز هم بارید"})
    page.locator("#since").fill("neverday")
    page.locator("#since").press("Enter")
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
    assert page.locator("figure.timeline a.chosen").count() == 6
    with page.expect_navigation():
        page.mouse.up()
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
    page.locator("form.dates button[type=submit]").click()
    wait_for_titles(page, {"باران در رشت", "باران باز هم بارید", "برف در تهران"})


def test_pages_follow_one_another_and_the_address_keeps_the_place(visit) -> None:
    page = visit("?q=نفت&sort=oldest&limit=5")
    page.mouse.wheel(0, 4000)
    page.locator("li.hit[value='11']").wait_for()
    page.locator("li.hit[value='11'] h2 a").scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    page.wait_for_function("/page=[23]/.test(location.search)")
    target = page.locator("li.hit[value='11'] h2").inner_text()
    page.locator("li.hit[value='11'] h2 a").click()
    page.wait_for_url("**/article/**")
    assert page.locator("article h1").inner_text() == target
    page.go_back()
    page.locator("li.hit[value='11']").wait_for()
    direct = visit("?q=نفت&sort=oldest&limit=5&page=5")
    assert direct.locator("li.hit").first.get_attribute("value") == "21"
    direct.locator("nav.pages a[rel=prev]").click()
    direct.locator("li.hit[value='16']").wait_for()


def test_keys_alone_lead_from_the_box_to_the_last_match_and_back(visit) -> None:
    page = visit()
    page.keyboard.press("Slash")
    page.keyboard.type("باران رشت")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".hit.here").get_attribute("value") == "1"
    page.evaluate("dispatchEvent(new KeyboardEvent('keydown', {key: 'خ', code: 'KeyO'}))")  # a Persian keyboard's o
    page.wait_for_url("**/article/**")
    count = page.locator("article mark").count()
    page.keyboard.press("n")
    assert page.locator("mark.here").count() == 1
    page.keyboard.press("Shift+N")
    assert page.locator(".marks .at").inner_text() == f"{count}/{count}"
    first = page.locator("article h1").inner_text()
    page.keyboard.press("j")
    page.wait_for_function(f"document.querySelector('article h1').textContent !== {first!r}")
    page.keyboard.press("k")
    page.wait_for_function(f"document.querySelector('article h1').textContent === {first!r}")
    page.keyboard.press("u")
    page.locator(".hit").first.wait_for()
    page.keyboard.press("?")
    page.wait_for_url("**/help*")
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
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert page.locator("article mark").count()


def test_night_is_remembered_and_the_language_changes_on_the_same_page(visit) -> None:
    page = visit("?q=باران", color_scheme="light")
    day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("button.theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != day
    follow(page, page.locator("a.language").click)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("data-theme") == "night"
    wait_for_titles(page, RAIN)


def test_an_article_is_compared_explained_cited_and_gone_on_from(visit) -> None:
    page = visit("?q=شورا&copies=all")
    page.get_by_role("link", name="Copies of a story are one hit").click()
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
    page.get_by_role("button", name="Save this search").click()
    page.wait_for_url("**/saved*")
    page.get_by_role("link", name="0 new").click()
    follow(page, page.get_by_role("button", name="Forget").click)
    assert page.locator(".kept").count() == 0
    page.goto(page.url.split("/saved")[0] + "/facet/source")
    page.locator("#sift").fill("reu")
    assert page.locator(".all-names li:visible").count() == 1
    page.goto(page.url.split("/facet")[0] + "/timeline?q=باران")
    page.locator("#q2").fill("نفت")
    follow(page, page.get_by_role("button", name="Draw").click)
    assert page.locator("rect.bar-2").count()


def test_everything_goes_without_javascript(visit) -> None:
    page = visit(java_script_enabled=False)
    page.locator("#q").fill("نفت")
    follow(page, lambda: page.locator("#q").press("Enter"))
    follow(page, page.locator("nav.pages a[rel=next]").click)
    assert page.locator("li.hit").first.get_attribute("value") == "11"
    page.locator("li.hit h2 a").first.click()
    assert page.locator("article mark").count()
    follow(page, page.locator(".walk a[rel=next]").click)
    follow(page, page.locator(".walk a.back").click)
    assert "page=2" in page.url
    page.locator("#since").fill("۱۳۹۸/۰۶")
    follow(page, lambda: page.locator("#since").press("Enter"))
    assert page.locator(".chips a").count() == 1
    page.locator("figure.timeline a").first.click()
    assert page.locator(".hit").count()
    page.locator("#save-name").fill("نفت")
    follow(page, lambda: page.locator("#save-name").press("Enter"))
    follow(page, page.locator(".kept p a").click)
    follow(page, page.get_by_role("button", name="Mark as seen").click)
    assert "0 new" in page.locator(".kept").inner_text()
    assert page.locator("button.theme").is_hidden()


PAGES = (
    "", "?q=باران", "?q=بد", "?q=ققنوسستان", "article/rain?q=باران&hit=1", "why/rain?q=باران", "facet/source",
    "timeline?q=باران&q2=نفت", "compare?id=first&with=taken", "saved", "help", "nothing",
)  # fmt: skip


def test_no_page_is_wider_than_a_phone_in_either_language(visit) -> None:
    for language in ("fa", "en"):
        page = visit(width=360, language=language)
        base = page.url
        for path in PAGES:
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, (language, path)
        page.goto(base + "?q=باران")
        page.locator(".to-filters").click()
        assert page.evaluate("location.hash") == "#filters"


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
        page.locator(".hit h2 a").click()
        assert "no article with the id old" in page.locator(".error").inner_text()
        page.go_back()
        page.reload()
        assert titles(page) == ["باران تازه"]
        shutil.rmtree(tmp_path / "index")
        page.locator("#q").fill("برف")
        page.reload()
        assert "there is no index in" in page.locator(".error").inner_text()


def test_a_hostile_index_runs_nothing_and_leaves_nothing(visit) -> None:
    page = visit("?q=بد")  # that nothing is asked of elsewhere, `visit` looks after
    ran = "window.ran === undefined && !document.querySelector('main script, main style, main [style], main [onclick]')"
    assert page.evaluate(ran)
    follow(page, page.locator(".hit h2 a").first.click)
    assert page.evaluate(ran)
    assert page.locator(".facts a[href^=javascript]").count() == 0
    box = page.locator("#q")
    box.fill("")
    box.press_sequentially('منبع:"منبع"><img src=x onerror=alert(1)>')
    page.wait_for_timeout(300)
    assert page.evaluate(ran)
    assert page.locator("img").count() == 0


def test_axe_finds_nothing_to_mend_by_day_and_by_night(visit, pytestconfig) -> None:
    source = axe_source(pytestconfig.cache.mkdir("axe"))
    every = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
    colours = "{runOnly: {type: 'rule', values: ['color-contrast']}}"
    found = []
    for language, scheme, rules, paths in (("fa", "light", every, PAGES), ("en", "dark", colours, PAGES[:6])):
        page = visit(language=language, color_scheme=scheme)
        base = page.url
        for path in paths:
            page.goto(base + path)
            for details in page.locator("details").all():
                details.evaluate("each => { each.open = true }")
            page.evaluate(source)
            told = page.evaluate(f"axe.run(document, {rules})")
            assert told["passes"]
            found += [
                (language, path, each["id"], re.sub(r"\s+", " ", each["nodes"][0]["html"])[:120])
                for each in told["violations"]
            ]
    assert found == []
