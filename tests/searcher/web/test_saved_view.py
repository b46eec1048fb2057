"""Saved searches: shared with the shell, told what is new, changed by forms of ours alone."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from khabarjoo.index.article import Article
from khabarjoo.searcher.shell.saved_searches import SavedSearches
from tests.corpus import make_index
from tests.searcher.web.pages import Read
from tests.searcher.web.room_articles import ADDRESS, ARTICLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_index(tmp_path / "index", ARTICLES[:4])
    return tmp_path / "index"


@pytest.fixture
def own(open_room, folder, tmp_path):
    return open_room(folder, state=tmp_path / "state")


def post(room, page: str, **fields: object):
    """Sends the form of a page."""
    token = Read(room.get(page).text).attribute("input[name=token]", "value")
    return room.post("/saved", data={"token": token, **fields}, follow_redirects=False)


def test_a_search_is_saved_with_its_filters_where_the_shell_finds_it(own, tmp_path: Path) -> None:
    answer = post(own, "/?q=باران", do="save", name="بارش", q="باران", source=["پیک باران", "Reuters"], since="۱۴۰۱")
    assert (answer.status_code, answer.headers["location"]) == (303, "/saved")
    saved = SavedSearches(tmp_path / "state" / "saved.json").get("بارش")
    assert saved.search.text == "باران"
    assert saved.search.standing.typed() == {"since": "۱۴۰۱", "source": ("پیک باران", "Reuters")}
    page = Read(own.get("/saved?lang=en").text)
    assert page.all(".kept h2") == ["بارش"]
    assert "0 new" in page.one(".kept")
    assert len(Read(own.get(page.links(".kept h2 a")[0]).text).all(".hit")) == 3


def test_what_is_new_is_told_until_it_is_marked_as_seen(own, folder) -> None:
    post(own, "/?q=باران", do="save", name="بارش", q="باران")
    make_index(folder, [*ARTICLES[:4], Article("new", "باران تازه", body="باران آمد")])
    assert "1 new" in Read(own.get("/saved?lang=en").text).one(".kept")
    page = Read(own.get("/saved?name=بارش&lang=en").text)
    assert page.all(".hit h2") == ["باران تازه"]
    feed = ElementTree.fromstring(own.get(page.links("link[rel=alternate]")[0]).text)
    assert [item.findtext("guid") for item in feed.findall("channel/item")] == ["new"]
    assert page.all(".hit h2") == Read(own.get("/saved?name=بارش").text).all(".hit h2")  # looking changes nothing
    post(own, "/saved?name=بارش", do="seen", name="بارش")
    assert Read(own.get("/saved?name=بارش").text).all(".hit") == []
    post(own, "/saved?name=بارش", do="forget", name="بارش")
    assert Read(own.get("/saved").text).all(".kept h2") == []


@pytest.mark.parametrize("token", ["", "0" * 64, "رمز"])
def test_a_form_that_is_not_ours_changes_nothing(own, tmp_path: Path, token: str) -> None:
    answer = own.post("/saved", data={"token": token, "do": "save", "name": "a", "q": "b"})
    assert answer.status_code == 403
    assert not (tmp_path / "state").exists()


def test_a_form_sent_by_a_page_of_elsewhere_changes_nothing(own, tmp_path: Path) -> None:
    token = Read(own.get("/?q=باران").text).attribute("input[name=token]", "value")
    fields = {"token": token, "do": "save", "name": "a", "q": "b"}
    assert own.post("/saved", data=fields, headers={"origin": "http://evil.example"}).status_code == 403
    assert not (tmp_path / "state").exists()
    assert own.post("/saved", data=fields, headers={"origin": ADDRESS}, follow_redirects=False).status_code == 303


def test_names_that_cannot_be_and_files_that_are_not_ours_are_told(own, tmp_path: Path) -> None:
    for name in ("", "a" * 61):
        assert post(own, "/?q=باران", do="save", name=name, q="a").status_code == 400
    assert own.get("/saved?name=نیست").status_code == 404
    assert own.get("/feed?saved=نیست").status_code == 404
    assert post(own, "/?q=باران", do="burn", name="a").status_code == 400
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "saved.json").write_text("[]")
    assert "saved.json is not ours to read" in Read(own.get("/saved?lang=en").text).one(".error")
    assert (tmp_path / "state" / "saved.json").read_text() == "[]"


def test_other_addresses_take_no_forms(own) -> None:
    assert own.post("/", data={"q": "باران"}).status_code == 405
    assert own.post("/api/search", data={"q": "باران"}).status_code == 405


def test_a_search_of_what_somebody_said_stays_one(own) -> None:
    post(own, "/?q=باران", do="save", name="گفته", q="باران", speaker="محمدباقر قالیباف")
    (address,) = Read(own.get("/saved").text).links(".kept h2 a")
    assert "speaker=%D9%85" in address


def test_a_form_of_too_many_fields_is_refused(own) -> None:
    answer = post(own, "/?q=باران", do="save", name="a", q="b", **{f"x{number}": "1" for number in range(600)})
    assert answer.status_code == 413
