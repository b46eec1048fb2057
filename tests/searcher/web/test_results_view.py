"""The page of results and the start page, as they come without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.searcher.web.pages import Read


def test_matches_are_marked_in_titles_and_snippets_however_the_word_is_spelled(room) -> None:
    page = Read(room.get("/", params={"q": "بارانی باران"}).text)
    assert "باران" in page.all(".hit h2 mark")
    assert "باران" in page.all(".snippet mark")
    spelled = Read(room.get("/", params={"q": "همكاريهاي دانشگاهها"}).text)
    assert {"همکاری‌های", "دانشگاه‌ها"} <= set(spelled.all("mark"))


def test_a_hit_shows_outlet_and_day_of_both_calendars_each_kept_apart(room) -> None:
    page = Read(room.get("/", params={"q": "برف"}).text)
    about = page.all(".hit .about")[0]
    assert "Reuters" in about
    assert "۱۵ دی ۱۴۰۱، ۱۳:۰۰ (2023-01-05)" in about
    assert page.attribute(".hit .about bdi", "dir") == "ltr"
    assert page.attribute(".hit time", "datetime") == "2023-01-05T13:00:00+03:30"
    assert page.all(".hit time bdi[dir=ltr]")[0] == "2023-01-05"


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"q": "باران", "source": "پیک باران"}, {"باران در رشت", "باران باز هم بارید"}),
        ({"q": "باران", "tag": "تهران"}, {"باران باز هم بارید"}),
        ({"q": "باران", "category": "هواشناسی", "since": "۱۴۰۱/۱۰"}, {"برف در تهران"}),
        ({"q": "باران", "until": "2022-09-01"}, {"باران در رشت", "باران باز هم بارید"}),
        ({"q": "باران", "source": ["Reuters", "ایسنا"]}, {"برف در تهران"}),
        ({"source": "ایسنا"}, {"نمایشگاه کتاب تهران", "برنامهٔ شورا"}),
        ({"q": "شورا"}, {"برنامهٔ شورا"}),
    ],
)
def test_filters_are_those_of_the_address(room, asked, titles: set[str]) -> None:
    assert set(Read(room.get("/", params=asked).text).all(".hit h2")) == titles


def test_dates_order_hits_and_the_page_says_of_which(room) -> None:
    newest = Read(room.get("/", params={"q": "باران", "sort": "newest", "lang": "en"}).text)
    oldest = Read(room.get("/", params={"q": "باران", "sort": "oldest", "lang": "en"}).text)
    assert newest.all(".hit h2")[0] == "برف در تهران"
    assert oldest.all(".hit h2")[-1] == newest.all(".hit h2")[-1] == "نقطه‌ها"  # undated ones are last
    assert "by date" in newest.one(".tally")
    assert newest.one(".orders [aria-current]") == "Newest first"


def test_pages_go_on_where_the_one_before_ended_and_keep_all_that_was_asked(room) -> None:
    first = Read(room.get("/", params={"q": "نفت", "sort": "newest"}).text)
    (following,) = first.links("nav.pages a[rel=next]")
    assert parse_qs(urlsplit(following).query) == {"q": ["نفت"], "sort": ["newest"], "page": ["2"]}
    second = Read(room.get(following).text)
    assert second.attribute(".hit", "value") == "11"
    third = Read(room.get("/", params={"q": "نفت", "sort": "newest", "page": "۳"}).text)
    assert third.links("a[rel=next]") == []
    titles = first.all(".hit h2") + second.all(".hit h2") + third.all(".hit h2")
    assert len(set(titles)) == 25


def test_a_page_past_the_last_says_so_and_leads_back(room) -> None:
    page = Read(room.get("/", params={"q": "نفت", "page": 90, "lang": "en"}).text)
    assert "There are fewer pages." in page.one(".nothing")
    assert len(Read(room.get(page.links(".nothing a")[0]).text).all(".hit")) == 10


def test_copies_are_folded_and_named_and_can_be_shown(room) -> None:
    folded = room.get("/", params={"q": "شورا"}).text
    assert Read(folded).all(".copies li a")
    assert len(Read(room.get("/", params={"q": "شورا", "copies": "all"}).text).all(".hit")) == 2


def test_each_facet_narrows_and_what_is_in_force_can_be_dropped(room) -> None:
    page = Read(room.get("/", params={"q": "باران"}).text)
    assert page.one(".counted") == "شمرده: خبرهای دارای همهٔ واژه‌ها"
    choices = dict(zip(page.all(".facet a bdi"), page.links(".facet a"), strict=True))
    narrowed = Read(room.get(choices["پیک باران"]).text)
    assert narrowed.all(".hit h2") == ["باران در رشت", "باران باز هم بارید"]
    assert "پیک باران" in narrowed.one(".chips a")
    assert len(Read(room.get(narrowed.links(".chips a")[0]).text).all(".hit")) == len(page.all(".hit"))
    month = Read(room.get(choices["شهریور ۱۴۰۱"]).text)
    assert month.all(".hit h2") == ["باران در رشت", "باران باز هم بارید"]


def test_each_bar_of_the_timeline_leads_to_what_was_published_then(room) -> None:
    page = Read(room.get("/", params={"q": "باران", "lang": "en"}).text)
    bars = page.tree.css("figure.timeline a[data-since]")
    counts = {bar.attributes["aria-label"]: bar.attributes["href"] for bar in bars}
    (address,) = (href for label, href in counts.items() if label and label.endswith(": 2"))
    assert len(Read(room.get(address).text).all(".hit")) == 2


def test_a_month_is_drawn_by_its_days(room) -> None:
    page = Read(room.get("/", params={"q": "باران", "since": "1401/06", "until": "1401/06", "lang": "en"}).text)
    bars = {bar.attributes["data-since"]: bar for bar in page.tree.css("figure.timeline a[data-since]")}
    assert len(bars) == 31
    assert bars["1401/06/10"].attributes["aria-label"] == "۱۰ شهریور ۱۴۰۱: 2"
    day = Read(room.get(bars["1401/06/10"].attributes["href"]).text)
    assert len(day.all(".hit")) == 2
    assert {each.attributes["data-since"] for each in day.tree.css("figure.timeline a[data-since]")} == set(bars)
    assert page.one("figcaption").startswith("by day")


def test_the_days_of_many_articles_are_counted_and_those_of_few_read_off_them_alike(room, monkeypatch) -> None:
    asked = {"q": "باران", "since": "1401/06/05", "until": "1401/06/20"}
    few = Read(room.get("/", params=asked | {"lang": "fa"}).text).tree.css("figure.timeline a[data-since]")
    monkeypatch.setattr("khabarjoo.searcher.web.results_view._FEW", 0)
    many = Read(room.get("/", params=asked | {"lang": "en"}).text).tree.css("figure.timeline a[data-since]")
    labels = [[bar.attributes["aria-label"] or "" for bar in bars] for bars in (few, reversed(many))]
    assert sorted(labels[0]) == sorted(labels[1])
    assert "۱۰ شهریور ۱۴۰۱: 2" in labels[0]


def test_a_better_query_is_asked_or_offered(room) -> None:
    typed_on_english_keys = Read(room.get("/", params={"q": "fhvhk", "lang": "en"}).text)
    assert "Searched for" in typed_on_english_keys.one(".suggestion")
    assert typed_on_english_keys.all(".hit")


def test_how_a_query_was_read_is_told_and_what_could_not_be(room) -> None:
    page = Read(room.get("/", params={"q": "باران AND", "lang": "en"}).text)
    assert page.one(".remark") == "AND has nothing to join here and was read as a word."
    assert "باران" in page.one(".reading p")


def test_nothing_found_is_said_with_what_to_do(room) -> None:
    page = Read(room.get("/", params={"q": "ققنوسستان", "lang": "en"}).text)
    assert page.all(".hit") == []
    assert "Nothing was found." in page.one(".nothing")


def test_an_article_without_a_title_goes_by_its_first_sentence(room) -> None:
    assert Read(room.get("/", params={"q": "همکاری علمی"}).text).all(".hit h2") == ["همکاری‌های علمی گسترش یافت."]


def test_the_start_page_tells_what_there_is_and_how_to_ask(room) -> None:
    page = Read(room.get("/").text)
    assert "۳۴ خبر" in page.one(".start > p")
    assert "پیک باران" in page.all(".facet a bdi")
    assert all(room.get(link).status_code == 200 for link in page.links(".examples a"))


@pytest.mark.parametrize(
    ("accepted", "language"), [("fa-IR,en;q=0.5", "fa"), ("en-US", "en"), ("", "fa"), ("de", "fa")]
)
def test_pages_speak_the_language_of_the_browser(room, accepted: str, language: str) -> None:
    page = Read(room.get("/?q=باران", headers={"accept-language": accepted}).text)
    assert page.attribute("html", "lang") == language
    assert page.attribute("html", "dir") == ("rtl" if language == "fa" else "ltr")
    assert page.attribute(".hit h2", "dir") == "rtl"


def test_the_language_of_the_address_counts_more_and_stays_in_every_link(room) -> None:
    page = Read(room.get("/?q=باران&lang=en", headers={"accept-language": "fa"}).text)
    assert page.attribute("html", "lang") == "en"
    assert all("lang=" in link for link in page.links("main a") if link.startswith("/"))
