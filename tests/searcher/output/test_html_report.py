import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabarjoo.searcher.output.html_report import write_html
from khabarjoo.searcher.query.plan import Filters
from khabarjoo.searcher.results import Copy, Fragment, Page
from khabarjoo.searcher.terminal_safety import one_line

MADE = datetime(2025, 12, 29, 7, 25, tzinfo=UTC)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\x1b[31m\u202e-->"
TAGS = "html head meta title style body header p h1 dl dt dd bdi main ol li h2 a mark time".split()
ATTRIBUTES = {"lang", "dir", "charset", "http-equiv", "content", "name", "value", "href", "class", "datetime"}


class Document(HTMLParser):
    """What is in a report: its tags, the attributes, and the text in each."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def text(self, tag: str) -> list[str]:
        return [data for where, data in self.texts if where == tag]


def written(page: Page, **options: Any) -> str:
    out = io.StringIO()
    write_html(page, out, made=MADE, **options)
    return out.getvalue()


def test_a_report_is_a_whole_document_from_right_to_left(page, hit) -> None:
    source = written(page(hit()))
    assert source.startswith('<!DOCTYPE html>\n<html lang="fa" dir="rtl">\n')
    assert '<meta charset="utf-8">' in source
    assert source.endswith("</html>\n")
    assert Document(source).text("title") == ["باران · گزارش جست‌وجو"]


def test_the_query_the_filters_the_counts_and_the_time_are_said(page, hit) -> None:
    found = Document(written(page(hit(), total=340, total_all=12), filters=Filters.of(source="الف"), sort="oldest"))
    assert found.text("h1") == ["باران"]
    assert found.text("dt") == ["منبع", "ترتیب", "یافته‌ها", "زمان گزارش"]
    assert "۱۲ خبر با همهٔ واژه‌ها، ۳۴۰ خبر با دست‌کم یکی · در این گزارش: ۱ تا ۱" in found.text("bdi")


def test_a_hit_has_its_title_linked_its_facts_isolated_and_whole_words_marked(page, hit) -> None:
    source = written(page(hit(3)))
    assert '<li value="3">\n<h2 dir="rtl"><a href="https://example.org/1"><mark>باران</mark> در رشت</a></h2>' in source
    assert '<bdi dir="rtl">پیک باران</bdi> · <bdi dir="rtl">هواشناسی</bdi>' in source
    assert '<time datetime="2018-01-22T08:41:00+03:30"><bdi dir="rtl">۲ بهمن ۱۳۹۶، ۰۸:۴۱ (' in source
    assert '<p class="snippet" dir="rtl">دیروز <mark>باران</mark> بارید.</p>' in source


def test_copies_are_counted_and_their_outlets_named(page, hit) -> None:
    copies = (Copy("m1", "مهر", None), Copy("f1", "<b>فارس</b>", None))
    assert '<p class="more">۲ نسخهٔ دیگر: مهر، &lt;b&gt;فارس&lt;/b&gt;</p>' in written(page(hit(copies=copies)))


def test_a_gregorian_day_is_kept_from_being_turned_around(page, hit) -> None:
    assert '(<bdi dir="ltr">2018-01-22</bdi>)' in written(page(hit()))


def test_a_mark_adds_no_space_inside_a_line(page) -> None:
    style = re.search(r"\nmark \{([^}]*)\}", written(page()))
    assert style is not None
    assert "padding: 0;" in style[1]
    assert "margin" not in style[1]


def test_text_that_runs_the_other_way_says_so(page, hit) -> None:
    source = written(page(hit(title="Water shortage", snippet=[Fragment("The water is short.", False)])))
    assert '<h2 dir="ltr">' in source
    assert '<p class="snippet" dir="ltr">' in source


def test_nothing_is_fetched_and_nothing_runs(page, hit) -> None:
    source = written(page(hit()))
    assert "default-src 'none'" in source
    assert "url(" not in source
    assert "@import" not in source
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(Document(source).tags)


@pytest.mark.parametrize("field", ["id", "title", "source", "category", "url", "code"])
def test_what_articles_say_is_text_and_nothing_else(page, hit, field: str) -> None:
    found = Document(written(page(hit(**{field: EVIL}))))
    assert set(found.tags) <= set(TAGS)
    assert "\x1b" not in "".join(found.text("bdi") + found.text("p") + found.text("h2"))
    assert any(one_line(EVIL).strip() in data for _, data in found.texts)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "www.example.org"])
def test_only_web_addresses_are_links_others_are_shown(page, hit, url: str) -> None:
    source = written(page(hit(url=url)))
    assert "href" not in source
    assert f'<p class="plain address" dir="ltr">{url}</p>' in source


def test_the_address_of_a_link_is_shown_on_paper(page, hit) -> None:
    source = written(page(hit(url="https://example.org/خبر")))
    assert '<p class="linked address" dir="ltr">https://example.org/خبر</p>' in source
    screen, paper = source.split("@media print", 1)
    assert ".linked.address { display: none; }" in screen
    assert ".linked.address { display: block; }" in paper


def test_what_is_not_known_of_a_hit_leaves_no_trace(page, hit) -> None:
    bare = hit(source=" ", category="", published=None, tags=(), url="", code="", snippet=[], title="", marked_title=[])
    source = written(page(bare))
    assert '<h2 dir="rtl">(بی‌عنوان)</h2>\n<p class="more">شناسه: <bdi dir="ltr">a1</bdi></p>\n</li>' in source


def test_a_report_of_nothing_says_so(page) -> None:
    assert "<p>خبری یافت نشد.</p>" in written(page())


texts = st.text(st.characters(), max_size=30) | st.sampled_from([EVIL, "</title></style>", "]]>", "<!--", "&lt;"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # they only make things
@given(texts, texts, texts, st.lists(st.tuples(texts, st.booleans()), max_size=4))
def test_any_text_leaves_the_document_whole(
    page, hit, query: str, title: str, url: str, snippet: list[tuple[str, bool]]
) -> None:
    found_hit = hit(title=title, url=url, source=title, tags=(query,), snippet=[Fragment(*piece) for piece in snippet])
    source = written(page(found_hit, query=query), filters=Filters(since=title, tags=(query, url)))
    source.encode()
    found = Document(source)
    assert set(found.tags) <= set(TAGS)
    assert {name for name, _ in found.attributes} <= ATTRIBUTES
    assert all(re.match("(?i)https?://", value) for name, value in found.attributes if name == "href")
