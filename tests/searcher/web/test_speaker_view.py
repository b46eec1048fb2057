"""The page of a speaker, speakers as a facet, and what was said below a hit."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from khabarjoo.searcher.searcher import Searcher
from tests.searcher.list_engine import ListEngine
from tests.searcher.web.pages import Read
from tests.searcher.web.room_articles import SAID, SPEAKER, UNESCAPED, make_told_index

PAGES = (
    "/", "/?q=تورم", f"/speaker/{quote(SPEAKER)}", "/article/new?q=گندم", "/timeline?q=تورم&q2=آب", "/facet/speaker",
    "/export?q=تورم&format=csv", "/feed?q=تورم", "/why/new?q=گندم", "/compare?id=old&with=mid", "/saved", "/help",
    "/api/search?q=تورم", "/api/complete?q=تو", "/api/facets?q=تورم", "/api/timeline?q=تورم",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(open_room, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    folder = tmp_path_factory.mktemp("told")
    make_told_index(folder / "index", SAID)
    with open_room(folder / "index") as client:
        yield client


def speaker(client, name: str = SPEAKER, **more: str) -> Read:
    return Read(client.get(f"/speaker/{quote(name)}", params={"lang": "en", **more}).text)


def test_what_somebody_is_reported_to_have_said_is_listed_the_newest_first(told) -> None:
    page = speaker(told)
    assert page.one("h1") == SPEAKER
    assert [text[:14] for text in page.all("blockquote")] == [
        "کشاورزان گندم ",
        "آب کم است.",
        "تورم مهار می‌ش",
        "تورم مهار می‌ش",
    ]
    assert "4 statements in 3 articles" in page.one(".tally p:first-child")
    assert "Reported as said by" in page.one(".tally .faint")
    assert page.all(".who")[3].startswith("reported directly محمدباقر قالیباف")
    assert any(address.startswith("/article/new") for address in page.links(".said a"))


def test_words_that_are_new_are_marked_and_what_is_said_in_them_can_be_listed_alone(told) -> None:
    page = speaker(told)
    assert {"کشاورزان", "گندم", "آب"} <= set(page.all("blockquote mark"))
    assert "تورم" not in page.all("blockquote mark")
    assert [text[:8] for text in speaker(told, new="1").all("blockquote")] == ["کشاورزان"]


def test_outlets_and_dates_narrow_on_the_same_page(told) -> None:
    page = speaker(told)
    outlets = dict(zip(page.all(".filters bdi"), page.links(".filters a"), strict=True))
    assert outlets.keys() == {"ایسنا", "مهر"}
    narrowed = Read(told.get(outlets["مهر"]).text)
    assert narrowed.one("h1") == SPEAKER
    assert len(narrowed.all("blockquote")) == 1
    assert all(address.startswith("/speaker/") for address in page.links(".timeline a"))
    assert len(speaker(told, since="1401").all("blockquote")) == 2
    assert [text[:4] for text in speaker(told, q="گندم").all("blockquote")] == ["کشاو"]


def test_a_name_of_several_lists_them_and_one_of_nobody_says_so(told) -> None:
    page = speaker(told, "خاتمی")
    assert set(page.all(".remark bdi")) == {"احمد خاتمی", "محمد خاتمی"}
    assert Read(told.get(page.links(".remark a")[0]).text).all("blockquote")
    nobody = told.get(f"/speaker/{quote('سعدی شیرازی')}")
    assert nobody.status_code == 404
    assert "سعدی شیرازی" in nobody.text


def test_text_is_escaped(told) -> None:
    page = told.get(f"/speaker/{quote('علی رضایی')}").text
    assert UNESCAPED not in page
    assert "5 &lt; 6 &amp; " in page


def test_speakers_are_a_facet_and_what_was_said_stands_below_a_hit(told) -> None:
    page = Read(told.get("/", params={"q": "تورم", "lang": "en"}).text)
    assert "Speaker" in page.all(".facet h3")
    narrowed = Read(told.get("/", params={"q": "تورم", "speaker": SPEAKER, "lang": "en"}).text)
    assert len(narrowed.all(".hit h2")) == 2
    assert all(text.startswith("تورم مهار") for text in narrowed.all("blockquote"))
    assert f"/speaker/{quote(SPEAKER)}" in narrowed.links(".remark a")[0]
    names = Read(told.get("/facet/speaker").text).all(".all-names bdi")
    assert set(names) == {SPEAKER, "علی رضایی", "احمد خاتمی", "محمد خاتمی"}
    assert told.get("/api/search", params={"q": "تورم", "speaker": SPEAKER}).json()["total"] == 2


def test_an_index_that_does_not_tell_says_so(room) -> None:
    answer = room.get("/speaker/x?lang=en")
    assert answer.status_code == 404
    assert "--speakers" in answer.text
    assert "Speaker" not in Read(room.get("/?q=باران&lang=en").text).all(".facet h3")


def test_the_room_stands_over_any_engine(told, open_room) -> None:
    searcher = told.app.state.site.room.desk
    with searcher() as desk:
        articles = [desk.searcher.article(each.id) for each in SAID]
    with open_room(open_searcher=lambda: Searcher(ListEngine(articles))) as client:
        for address in PAGES:
            assert client.get(address).status_code == 200, address
        assert Read(client.get("/?q=تورم").text).all("mark")
        assert speaker(client).all("blockquote") == speaker(told).all("blockquote")


def test_a_role_that_stands_beside_the_name_is_told_once(told) -> None:
    assert speaker(told, until="1399").one(".who") == "reported directly محمدباقر قالیباف، رئیس مجلس"


def test_what_was_chosen_stays_with_every_link_and_form_of_the_page(told) -> None:
    page = speaker(told, new="1", perhaps="1", since="1399")
    links = [*page.links(".filters a"), *page.links(".timeline a"), *page.links("a.language"), *page.links(".chips a")]
    assert links
    assert all("new=1" in link and "perhaps=1" in link for link in links)
    assert {"new", "perhaps"} <= {node.attributes["name"] for node in page.tree.css("form.within input")}
    assert speaker(told, since="1399", category="x", tag="y").all(".chips bdi") == ["1399", "x", "y"]
    only = {name for name in ("new=1", "perhaps=1") for link in page.links(".orders a") if name in link}
    assert only == {"new=1", "perhaps=1"}  # each is switched off by itself


def test_past_the_last_page_the_first_is_offered(told) -> None:
    page = speaker(told, page="7", new="1")
    assert "There are fewer pages." in page.one(".nothing p:first-child")
    assert Read(told.get(page.links(".nothing a")[0]).text).all("blockquote")


def test_as_many_statements_are_told_as_are_listed(told, monkeypatch) -> None:
    asked = ({"q": "تورم"}, {"new": "1"}, {"since": "1401"}, {"q": "گندم"})
    for each, counted in zip(asked, ("2 statements in 2", "1 statement in 1", "2 statements in 1", "1 "), strict=True):
        assert speaker(told, **each).one(".tally p:first-child").startswith(counted)
    monkeypatch.setattr("khabarjoo.searcher.web.speaker_view.MOST_READ", 1)
    page = speaker(told)
    assert page.one(".tally p:first-child").startswith("4 statements in 3 articles")  # of which the newest are read
    assert len(page.all("blockquote")) == 2
    assert "Of the newest 1 articles." in page.one(".tally .remark")
