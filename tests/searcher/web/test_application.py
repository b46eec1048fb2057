"""The whole room: hostile articles, an index that changes or breaks, errors as pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged
from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.searcher import Searcher
from khabarjoo.searcher.web.application import application
from tests.corpus import make_index
from tests.searcher.list_engine import ListEngine
from tests.searcher.web.pages import Read
from tests.searcher.web.room_articles import ADDRESS, ARTICLES


def test_text_of_articles_is_text_whatever_it_holds(room) -> None:
    results = room.get("/", params={"q": "بد"}).text
    (address,) = set(Read(results).links(".hit h2 a"))
    for html in (results, room.get(address).text, room.get("/").text, room.get("/?q=<script>alert(1)</script>").text):
        page = Read(html)
        assert all(node.attributes.get("src", "").startswith("/static/") for node in page.tree.css("script"))
        assert page.tree.css("style") == []
        assert not any(link.lower().startswith("javascript") for link in page.links())
        assert "\u202e" not in html
        assert "\x1b" not in html


@pytest.mark.parametrize(
    ("path", "status", "english", "persian"),
    [
        ("/article/none", 404, "There is no article with the id none.", "خبری با شناسهٔ none نیست."),
        ("/nothing", 404, "There is no such page.", "چنین صفحه‌ای نیست."),
        ("/?q=a&since=foo", 400, "no date that can be read", "این تاریخ خوانده نشد"),
        ("/?q=a&page=x", 400, "page must be", "page باید چنین باشد"),
        ("/?q=a&sort=x", 400, "sort must be", "sort باید"),
    ],
)
def test_errors_are_pages_in_the_language_of_the_reader(room, path, status, english, persian) -> None:
    for language, told in (("en", english), ("fa", persian)):
        answer = room.get(path, headers={"accept-language": language})
        assert answer.status_code == status
        page = Read(answer.text)
        assert told in page.one(".error")
        assert page.attribute("html", "lang") == language
        assert page.tree.css_first("#q") is not None


def test_an_index_that_is_updated_meanwhile_is_followed(open_room, tmp_path: Path) -> None:
    make_index(tmp_path / "index", [Article("old", "باران کهنه")])
    room = open_room(tmp_path / "index")
    assert Read(room.get("/?q=باران").text).all(".hit h2") == ["باران کهنه"]
    make_index(tmp_path / "index", [Article("new", "باران تازه", source="مهر")])
    page = Read(room.get("/?q=باران").text)
    assert page.all(".hit h2") == ["باران تازه"]
    assert page.all(".facet a bdi") == ["مهر"]  # what was counted before is forgotten, too


def test_any_engine_will_do(tmp_path: Path, room) -> None:
    listed = Searcher(ListEngine(ARTICLES))
    other = TestClient(application(lambda: listed, tmp_path), base_url=ADDRESS, raise_server_exceptions=False)
    for address in (
        "/?q=باران&sort=newest",
        "/?q=نفت&since=1398&copies=all",
        "/article/rain?q=باران",
        "/facet/source?q=باران",
    ):
        shown = [Read(each.get(address).text) for each in (other, room)]
        assert shown[0].all("h1, h2, mark") == shown[1].all("h1, h2, mark") != []


def test_a_damaged_index_is_told_and_asked_again_when_it_is_mended(
    open_room, tmp_path: Path, monkeypatch, capsys
) -> None:
    make_index(tmp_path / "index", [Article("rain", "باران")])
    room = open_room(tmp_path / "index")
    with monkeypatch.context() as broken:

        def damaged(*given: object, **named: object) -> None:
            raise IndexDamaged(tmp_path / "index", "a column is not what was written")

        broken.setattr(Searcher, "search", damaged)
        answer = room.get("/?q=باران&lang=en")
        assert answer.status_code == 503
        assert "is damaged" in Read(answer.text).one(".error")
        assert room.get("/api/search?q=باران").status_code == 503
    assert "damaged" in capsys.readouterr().err
    assert room.get("/?q=باران").status_code == 200


def test_an_index_that_is_gone_is_told(open_room, tmp_path: Path) -> None:
    answer = open_room(tmp_path / "nowhere").get("/?lang=en")
    assert answer.status_code == 503
    assert "there is no index in" in Read(answer.text).one(".error")


def test_an_older_state_that_answers_is_told(open_room, tmp_path: Path, monkeypatch) -> None:
    make_index(tmp_path / "index", [Article("rain", "باران")])
    monkeypatch.setattr(Searcher, "fell_back", "generation 7: cut short")
    assert "generation 7" in Read(open_room(tmp_path / "index").get("/?q=باران&lang=en").text).one(".warning")


def test_what_should_not_happen_is_one_line_without_details(open_room, monkeypatch, capsys) -> None:
    monkeypatch.setattr(Searcher, "search", lambda *given, **named: 1 / 0)
    answer = open_room().get("/?q=باران&lang=en")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in Read(answer.text).one(".error")
    assert capsys.readouterr().err.count("\n") == 1


def test_settings_give_the_size_of_pages_and_the_calendar(open_room) -> None:
    room = open_room(settings=Settings(page_size=3, calendar="gregorian", language="en"))
    page = Read(room.get("/?q=نفت", headers={"accept-language": "fa"}).text)
    assert len(page.all(".hit")) == 3
    assert page.all(".hit time")[0].startswith("2019-")
    assert page.attribute("html", "lang") == "en"


def test_looking_changes_no_file(open_room, index: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    room = open_room(state=tmp_path / "state")
    for path in ("/", "/?q=باران", "/article/rain?q=باران", "/api/facets?q=باران"):
        assert room.get(path).status_code == 200
        assert room.head(path).content == b""
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == before
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/?q=باران&source=Reuters&page=1", "/article/rain?q=باران&hit=1", "/article/?id=..&q=باران",
        "/why/?id=..&q=باران", "/compare?id=first&with=taken", "/timeline?q=باران&q2=نفت", "/facet/source?q=باران",
        "/export?format=none&q=باران",
    ],
)  # fmt: skip
def test_the_same_page_in_the_other_language_is_a_link(room, path: str) -> None:
    def shown(html: str) -> tuple[str | None, list[str], list[str]]:
        page = Read(html)
        return page.attribute("html", "lang"), page.values("main input"), page.all("main article p, main svg text")

    first = room.get(path + "&lang=en")
    (address,) = Read(first.text).links("a.language")
    second = room.get(address)
    assert (second.status_code, shown(second.text)[0]) == (first.status_code, "fa")
    (back,) = Read(second.text).links("a.language")
    assert shown(room.get(back).text)[:2] == shown(first.text)[:2]


def test_an_error_is_told_in_persian_to_its_last_word_and_each_fact_keeps_its_direction(room) -> None:
    for path, told in (
        ("/?q=a&since=foo", "«foo» تاریخ خوانایی نیست"),
        ("/?q=a&page=x", "عددی درست از ۱ تا ۱۰٬۰۰۰"),
        ("/?q=a&sort=x", "یکی از این‌ها باشد: relevance, newest, oldest"),
        ("/?q=a&page=10000", "۱۰٬۰۰۰ یافتهٔ نخست"),
    ):
        page = Read(room.get(path, headers={"accept-language": "fa"}).text)
        assert told in page.one(".error p:nth-of-type(1)")
        assert page.all(".error bdi")
    hostile = room.get("/article/<b>x").text
    assert "<b>" not in hostile
    assert "&lt;b&gt;x" in hostile


@pytest.mark.parametrize("path", ["/article/", "/why/", "/speaker/", "/api/article/", "/compare?id=rain"])
def test_an_address_without_its_name_is_no_page(room, path: str) -> None:
    answer = room.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "There is no such page." in answer.text or "--speakers" in answer.text


def test_what_takes_no_form_says_what_it_takes(room) -> None:
    for path in ("/", "/api/search", "/static/room.css"):
        answer = room.post(path)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\\\evil.example/x", "///evil.example"])
def test_no_path_makes_a_link_that_leads_elsewhere(room, path: str) -> None:
    answer = room.get(f"{ADDRESS}{path}")
    assert answer.status_code == 404
    assert all(link[0] in "/#" and link[1:2] not in ("/", "\\") for link in Read(answer.text).links())
