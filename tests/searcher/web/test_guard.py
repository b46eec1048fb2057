"""Who is answered, and what a browser may do with the answers."""

from __future__ import annotations

import base64

import pytest

from khabarjoo.searcher.web.guard import LONGEST_QUERY


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost", "LocalHost.:1", "[::1]:8642", "127.0.0.2"])
def test_our_own_names_are_answered_to(room, host: str) -> None:
    assert room.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "192.168.1.4:8642", "[", "a b"]
)
def test_a_foreign_host_is_refused_everywhere(room, host: str) -> None:
    for path in ("/", "/api/search?q=باران", "/static/room.css", "/article/rain"):
        answer = room.get(path, headers={"host": host})
        assert answer.status_code == 403
        assert "باران" not in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9", "https://127.0.0.1:1", ""])
def test_a_foreign_origin_is_refused(room, origin: str) -> None:
    assert room.get("/api/search?q=باران", headers={"origin": origin}).status_code == 403


def test_our_own_origin_is_not(room) -> None:
    assert room.get("/", headers={"origin": "http://127.0.0.1:8642"}).status_code == 200


def test_pages_of_elsewhere_may_link_but_load_nothing(room) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert room.get("/?q=باران", headers=link).status_code == 200
    same_site = {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}
    for other in ({"sec-fetch-mode": "no-cors"}, {"sec-fetch-dest": "iframe"}, same_site):
        assert room.get("/api/search?q=باران", headers=link | other).status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/?q=باران", "/article/rain?q=باران", "/api/search?q=باران", "/nothing", "/static/room.js"]
)
def test_every_answer_forbids_what_we_do_not_need(room, path: str) -> None:
    headers = room.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_of_its_own(room) -> None:
    for path in ("/", "/?q=باران", "/article/rain?q=باران", "/why/rain?q=باران", "/nothing"):
        html = room.get(path).text
        assert "style=" not in html
        assert "<style" not in html
        assert " onclick" not in html
        assert html.count("<script") == html.count('<script src="/static/')


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(room, method: str) -> None:
    assert room.request(method, "/").status_code == 405


def test_too_long_an_address_and_too_long_a_form_are_refused(room) -> None:
    assert room.get("/", params={"q": "a" * LONGEST_QUERY}).status_code == 414
    assert room.get("/", params={"q": "a " * 4000}).status_code == 200
    assert room.post("/", content=b"a" * 70_000).status_code == 413


def test_a_server_that_passes_requests_on_is_answered_by_the_name_that_was_given(open_room) -> None:
    room = open_room(names=["News.example"], password="x")
    known = authorization("x") | {"host": "news.example", "origin": "https://news.example"}
    assert room.get("/?q=باران", headers=known).status_code == 200
    assert room.get("/", headers=known | {"origin": "https://evil.example"}).status_code == 403
    assert room.get("/", headers=known | {"host": "evil.example"}).status_code == 403


@pytest.fixture(scope="module")
def locked(open_room):
    """A room that others can reach."""
    return open_room(host="0.0.0.0", password="رمز:سخت")


def authorization(password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"any:{password}".encode()).decode()}


@pytest.mark.parametrize("path", ["/", "/api/search?q=باران", "/article/rain", "/static/room.css", "/nothing"])
def test_nothing_is_answered_without_it(locked, path: str) -> None:
    answer = locked.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_all_is_answered_with_it(locked) -> None:
    assert locked.get("/?q=باران", headers=authorization("رمز:سخت")).status_code == 200


@pytest.mark.parametrize("wrong", ["", "رمز", "رمز:سخت "])
def test_another_is_refused(locked, wrong: str) -> None:
    assert locked.get("/", headers=authorization(wrong)).status_code == 401
    assert locked.get("/", headers={"authorization": "Basic !"}).status_code == 401


def test_it_is_reached_by_any_address_of_the_machine_but_by_no_foreign_name(locked) -> None:
    known = authorization("رمز:سخت")
    assert locked.get("/", headers=known | {"host": "192.168.1.4:8642"}).status_code == 200
    assert locked.get("/", headers=known | {"host": "evil.example"}).status_code == 403


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_whoever_is_refused_reads_why_in_their_language(room, locked) -> None:
    persian = room.get("/", headers=BROWSER | {"host": "evil.example", "accept-language": "fa"})
    assert persian.headers["content-type"] == "text/html; charset=utf-8"
    assert 'lang="fa" dir="rtl"' in persian.text
    assert "نشانی" in persian.text
    english = room.get("/?lang=en", headers=BROWSER | {"host": "evil.example"})
    assert 'lang="en" dir="ltr"' in english.text
    assert "This address is not one of ours" in english.text
    long = room.get("/", params={"q": "a" * LONGEST_QUERY}, headers=BROWSER)
    assert (long.status_code, "۱۶٬۰۰۰" in long.text) == (414, True)
    assert "۶۴٬۰۰۰" in room.post("/", content=b"a" * 70_000, headers=BROWSER).text
    wanted = locked.get("/", headers=BROWSER | {"accept-language": "en"})
    assert "password" in wanted.text
    assert wanted.headers["www-authenticate"].startswith("Basic ")
    assert not any("src=" in page.text or "href=" in page.text for page in (persian, english, long, wanted))


def test_a_program_that_is_refused_reads_one_line(room) -> None:
    for path, headers in (("/api/search", BROWSER), ("/", {"accept": "*/*"})):
        answer = room.get(path, headers=headers | {"host": "evil.example"})
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text == "This address is not one of ours. Open the one that khabarjoo web has printed.\n"
