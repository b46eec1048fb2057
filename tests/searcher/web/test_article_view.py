"""The page of an article, and the one that tells where its score comes from."""

from __future__ import annotations

import pytest

from khabarjoo.searcher.web.addresses import Asked
from tests.searcher.web.pages import Read


def test_every_match_of_the_article_is_marked_and_lines_are_paragraphs(room) -> None:
    page = Read(room.get("/article/rain", params={"q": "باران"}).text)
    assert page.all("article mark") == ["باران"] * 4
    assert page.all("article p.lead") == ["رشت خیس شد."]
    assert page.all("article p")[-1] == "مردم <b>خوشحال</b> شدند."
    assert page.all("article b") == []


def test_without_a_query_nothing_is_marked(room) -> None:
    page = Read(room.get("/article/rain").text)
    assert page.all("mark") == []
    assert page.one("article h1") == "باران در رشت"


@pytest.mark.parametrize("id", ["rain/2", ".."])
def test_an_id_of_any_letters_has_an_address(room, id: str) -> None:
    address = Asked(query="باران").article(id)
    answer = room.get(address)
    assert answer.status_code == 200
    assert id in Read(answer.text).all(".facts dd bdi")


def test_facts_are_told_and_only_addresses_of_the_web_are_links(room) -> None:
    page = Read(room.get("/article/rain").text)
    assert "https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=2" in page.links(".facts a")
    assert {"77", "rain", "news.jsonl"} <= set(page.all(".facts dd"))


def test_one_goes_on_to_the_hits_beside_it_and_back_to_the_page_it_came_from(room) -> None:
    second_page = Read(room.get("/", params={"q": "نفت", "sort": "oldest", "page": 2}).text)
    address = second_page.links(".hit h2 a")[0]
    article = Read(room.get(address).text)
    before, after = article.links(".walk a[rel=prev]"), article.links(".walk a[rel=next]")
    assert Read(room.get(after[0]).text).one("article h1") == second_page.all(".hit h2")[1]
    assert Read(room.get(before[0]).text).links(".walk a[rel=next]") == [address]
    assert "page=2" in article.links(".walk a.back")[0]


def test_other_articles_of_the_outlet_of_that_day_and_similar_ones_are_named(room) -> None:
    page = Read(room.get("/article/rain", params={"q": "باران"}).text)
    assert any("باران باز هم بارید" in told for told in page.all(".others li"))


def test_citations_are_there_to_copy(room) -> None:
    told = Read(room.get("/article/rain").text).all("pre")
    assert told[0].startswith("پیک باران. «باران در رشت»")
    assert told[1].startswith("@misc{")
    assert told[2].startswith("TY - NEWS")


def test_a_score_is_explained_in_parts_that_add_up_to_it(room) -> None:
    page = Read(room.get("/why/rain", params={"q": "باران رشت", "lang": "en"}).text)
    *parts, whole = (float(cell) for cell in page.all("td"))
    assert parts
    assert sum(parts) == pytest.approx(whole, abs=0.01)
    assert "no score" in Read(room.get("/why/book", params={"q": "باران", "lang": "en"}).text).one("main")


def test_parts_of_a_score_are_named_in_the_language_of_the_reader(room) -> None:
    persian = Read(room.get("/why/rain?q=باران رشت&lang=fa").text).all("table.why tbody th")
    english = Read(room.get("/why/rain?q=باران رشت&lang=en").text).all("table.why tbody th")
    assert len(persian) == len(english) > 2
    assert persian[:2] == english[:2] == ["باران", "رشت"]
    assert "closenesswords of the query stand near each other" in english
    assert not any(char.isascii() and char.isalpha() for text in persian for char in text)


def test_whatever_an_id_is_its_pages_are_reached(room) -> None:
    page = Read(room.get("/article/?id=..&q=باران").text)
    (why,) = [link for link in page.links(".beside a") if link.startswith("/why/")]
    assert why.startswith("/why/?")  # browsers take dots away
    assert Read(room.get(why).text).all("table.why tbody th")


def test_in_a_citation_the_day_is_not_turned_around(room) -> None:
    page = Read(room.get("/article/rain").text)
    assert page.one("pre[dir=rtl] bdi[dir=ltr]") == "2022-09-01"
