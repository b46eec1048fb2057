"""HTML pages: the text by its density, the facts by metadata, and pages made to trouble a reader."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, Skipped

ReadBytes = Callable[[str, bytes | str], list[Reading]]
ReadOne = Callable[[str, bytes | str], Article]

TITLE = "پل چوبی رودخانه دوباره ساخته شد"
LEAD = "پلی که سیل سال گذشته با خود برد، به دست مردم سه روستا از نو ساخته شد."
BODY = [
    "به گزارش پیک ساحل، بیش از صد نفر در ساختن پل یاری کردند و چوب آن از جنگل‌کاری‌های همان روستا آمد.",
    "سرپرست کار گفت: این پل شصت متر درازا دارد و می‌تواند خودروهای سبک را هم از رود بگذراند.",
    "دانش‌آموزان از هفتهٔ آینده بی‌آنکه رود را دور بزنند به مدرسه خواهند رفت.",
]
WIDE = "  \n "
AROUND = """
<nav><ul><li><a href="/">صفحه نخست</a></li><li><a href="/p">سیاسی</a></li></ul></nav>
<aside><h3>پربازدیدها</h3><p>این متنِ کناری بسیار بلند است و می‌خواهد جای متن اصلی را بگیرد و نباید.</p></aside>
"""
AFTER = """
<div class="related-news"><h3>اخبار مرتبط</h3><ul><li><a href="/1">رود پرآب شد و مردم شاد شدند</a></li></ul></div>
<div id="comments"><p>نظر خواننده: دست همه درد نکند که این پل را ساختید و مردم را خوشحال کردید.</p></div>
<form><p>نشانی ایمیل شما منتشر نخواهد شد.</p></form>
<footer><p>تمامی حقوق برای خبرگزاری هامون محفوظ است</p></footer>
<script>var x = "متن اسکریپت که نباید خوانده شود";</script><!-- یادداشتی پنهان -->
"""


def page(head: str = "", body: str = "", around: bool = True) -> str:
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    main = f'<main><h1>{TITLE}</h1><p class="lead">{LEAD}</p><div class="text">{text}</div></main>'
    outside = (AROUND, AFTER) if around else ("", "")
    shown = f"<body>{outside[0]}{main}{outside[1]}</body>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head>{shown}</html>"


def linked(**facts: object) -> str:
    article = json.dumps({"@type": "NewsArticle", **facts})
    return f'<script type="application/ld+json">{article}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_the_article_is_found_amid_the_page(article: ReadOne) -> None:
    found = article("a.html", page())
    assert (found.title, found.lead, found.body.split("\n")) == (TITLE, LEAD, BODY)


@pytest.mark.parametrize(
    "body",
    [
        "<br><br>".join(BODY),
        "".join(f"<div>{paragraph}</div>" for paragraph in BODY),
        "".join(f"<div><p><span>{paragraph}</span></p></div>" for paragraph in BODY),
        "<table><tr><td>" + "<br/>".join(BODY) + "</td></tr></table>",
        "\n".join(f"<p>{paragraph}" for paragraph in BODY),
        "".join(f"<p>{WIDE.join(paragraph.split(' '))}</p><p>&nbsp;</p>" for paragraph in BODY),
        '<div itemprop="articleBody">' + "".join(f"<p>{paragraph}</p>" for paragraph in BODY) + "</div>",
    ],
)
def test_paragraphs_are_told_in_any_markup(article: ReadOne, body: str) -> None:
    assert article("a.html", page(body=body)).body.split("\n") == BODY


def test_emphasis_and_links_do_not_part_words_and_zwnj_stays(article: ReadOne) -> None:
    body = (
        f'<p>می\u200c<b>رود</b> و <a href="/x">جنگل&zwnj;ها</a> را <em>می</em>بیند&nbsp;و برمی\u200cگردد. {BODY[1]}</p>'
    )
    assert (
        article("a.html", page(body=body)).body
        == f"می\u200cرود و جنگل\u200cها را میبیند\xa0و برمی\u200cگردد. {BODY[1]}"
    )


def test_furniture_inside_the_text_is_taken_out_by_the_same_rules(article: ReadOne) -> None:
    body = (
        f"<p>{BODY[0]}</p><p>بیشتر بخوانید: <a>رود پرآب شد</a></p><p>{BODY[1]}</p>"
        f"<figure><figcaption>عکس از آرشیو</figcaption></figure><p>{BODY[2]}</p>"
        "<p>انتهای پیام/</p><p>برچسب‌ها: پل، رود</p>"
    )
    found = article("a.html", page(body=body))
    assert found.body.split("\n") == BODY
    assert found.tags == ("پل", "رود")


@pytest.mark.parametrize(
    "head",
    [
        meta("og:title", f"{TITLE} | خبرگزاری هامون"),
        f"<title>{TITLE} - هامون</title>",
        f"<title>خبرگزاری هامون :: {TITLE}</title>",
        linked(headline=TITLE),
        meta("og:site_name", "هامون") + f"<title>هامون » {TITLE}</title>",
    ],
)
def test_the_title_is_the_metadatas_without_the_name_of_the_site(article: ReadOne, head: str) -> None:
    headless = page(head).replace(f"<h1>{TITLE}</h1>", "<h1>هامون</h1>" if "هامون" in head else "")
    assert article("a.html", headless).title == TITLE
    assert article("a.html", page(head)).title == TITLE


MOMENT = datetime(2023, 2, 11, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", "2023-02-11T09:30:00+03:30"),
        '<meta name="pubdate" content="2023-02-11 09:30">',
        '<meta itemprop="datePublished" content="2023-02-11T06:00:00Z">',
        linked(datePublished="2023-02-11T09:30:00+03:30"),
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},'
        '{"@type":["Article"],"datePublished":"2023-02-11T06:00Z"}]}</script>',
        meta("article:published_time", "soon") + linked(datePublished="2023-02-11T09:30:00+03:30"),
    ],
)
def test_the_moment_is_the_metadatas(article: ReadOne, head: str) -> None:
    assert article("a.html", page(head)).published == MOMENT


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2023-02-11T09:30:00+03:30">دیروز</time>',
        '<span itemprop="datePublished" content="2023-02-11T06:00:00Z">دیروز</span>',
        '<ul class="meta"><li>تاریخ انتشار: ۲۲ بهمن ۱۴۰۱ - ۰۹:۳۰</li><li>کد خبر: ۷۷۱</li></ul>',
        "<div>شنبه ۲۲ بهمن ۱۴۰۱ ساعت ۹:۳۰</div>",
    ],
)
def test_the_moment_is_that_shown_where_the_metadata_has_none(article: ReadOne, shown: str) -> None:
    assert article("a.html", page().replace("<h1>", f"{shown}<h1>")).published == MOMENT


def test_the_time_of_a_comment_is_not_the_articles(article: ReadOne) -> None:
    content = page().replace(
        '<div id="comments">', '<div id="comments"><time datetime="2023-02-12T09:30:00+03:30">دیروز</time>'
    )
    assert article("a.html", content).published is None


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (meta("og:site_name", "خبرگزاری مهر | اخبار ایران و جهان | Mehr News Agency"), "مهر"),
        (meta("og:site_name", "پیک دریا"), "پیک دریا"),
        (linked(publisher={"@type": "Organization", "name": "روزنامه موج"}), "روزنامه موج"),
        ("", "خبرگزاری هامون"),
    ],
)
def test_the_source_is_the_site(article: ReadOne, head: str, source: str) -> None:
    assert article("a.html", page(head)).source == source


def test_a_site_we_know_is_told_by_its_address(article: ReadOne) -> None:
    content = page('<link rel="canonical" href="https://www.tabnak.ir/fa/news/1">', around=False)
    found = article("a.html", content.replace("به گزارش پیک ساحل، ", ""))
    assert (found.source, found.url) == ("تابناک", "https://www.tabnak.ir/fa/news/1")


@pytest.mark.parametrize(
    "head",
    [
        meta("article:section", "اجتماعی"),
        linked(articleSection=["اجتماعی", "شهری"]),
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":'
        '[{"name":"خانه"},{"item":{"name":"اجتماعی"}}]}</script>',
    ],
)
def test_the_category_is_the_metadatas(article: ReadOne, head: str) -> None:
    assert article("a.html", page(head)).category == "اجتماعی"


def test_the_category_is_the_breadcrumbs(article: ReadOne) -> None:
    crumbs = f'<ol class="breadcrumb"><li><a href="/">خانه</a></li><li><a>اجتماعی</a></li><li>{TITLE}</li></ol>'
    assert article("a.html", page().replace("<main>", f"{crumbs}<main>")).category == "اجتماعی"


@pytest.mark.parametrize(
    "head",
    [
        meta("article:tag", "پل") + meta("article:tag", "رود"),
        meta("article:tag", "پل، رود"),
        linked(keywords=["پل", "رود"]),
        '<meta name="keywords" content="پل, رود">',
    ],
)
def test_tags_are_the_metadatas(article: ReadOne, head: str) -> None:
    assert article("a.html", page(head)).tags == ("پل", "رود")


def test_tags_are_the_links_called_so(article: ReadOne) -> None:
    links = '<div class="tags"><a rel="tag" href="/t/1">پل</a> <a rel="tag" href="/t/2">#رود</a></div>'
    assert article("a.html", page().replace("</main>", f"{links}</main>")).tags == ("پل", "رود")


def test_the_code_is_that_shown(article: ReadOne) -> None:
    content = page().replace("<h1>", '<ul class="news-meta"><li>کد خبر: <span>۷۷۱۲</span></li></ul><h1>')
    assert article("a.html", content).code == "7712"


def test_a_description_the_page_shows_above_the_text_is_the_lead(article: ReadOne) -> None:
    content = page(f'<meta name="description" content="{LEAD}">').replace('class="lead"', "")
    found = article("a.html", content)
    assert (found.lead, found.body.split("\n")) == (LEAD, BODY)


def test_a_description_the_page_does_not_show_is_no_lead(article: ReadOne) -> None:
    content = page('<meta name="description" content="پیک ساحل، تازه‌ترین خبرهای دریا و رود و ساحل">')
    assert article("a.html", content).lead == LEAD


def test_nothing_stands_twice(article: ReadOne) -> None:
    body = f'<p class="lead">{LEAD}</p><h2>{TITLE}</h2>' + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    content = page(body=body).replace(f'<p class="lead">{LEAD}</p><div', "<div")
    found = article("a.html", content)
    assert f"{found.title}\n{found.lead}\n{found.body}".split("\n") == [TITLE, LEAD, *BODY]


def test_html_without_words_is_skipped(readings: ReadBytes) -> None:
    (skipped,) = readings("a.html", "<html><body><img src=x><script>x()</script></body></html>")
    assert isinstance(skipped, Skipped)
    assert "without a title and a text" in skipped.why


TROUBLE = {
    "unclosed": "<html><body><p>باران <b>بارید",
    "many containers": "<html><body>" + "<div class=lead>" * 4000 + BODY[0] * 50,
    "many spans": "<p>" + "<span class=nav>" * 20_000 + BODY[0],
    "crossed elements": "<html><a><p><b>" * 5000 + BODY[0],
    "nested lists": "<ul><li>" * 2000 + BODY[0],
    "many paragraphs": f"<p class='x y'>{BODY[0]}</p>" * 3000,
    "nested JSON-LD": f'<script type="application/ld+json">{"[" * 100_000}</script><p>{BODY[0]}</p>',
    "NUL and surrogates": "<p>&#xD800;&#0;&#x110000; " + BODY[0],
    "a comment without end": f"<p>{BODY[0]}</p><!--" + "-" * 10_000,
    "many breadcrumbs": "<html>" + "<div class=breadcrumb>" * 1000 + "<a>x</a>" * 1000,
}


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
def test_pages_made_to_trouble_a_reader_are_read_in_time(article: ReadOne, trouble: str) -> None:
    started = time.perf_counter()
    assert article("a.html", trouble).id == "a"
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("content", ["<div>" * 100_000 + "x", "<div " + "a " * 50_000 + ">x"])
def test_pages_the_parser_would_take_minutes_over_are_skipped(readings: ReadBytes, content: str) -> None:
    (skipped,) = readings("a.html", content)
    assert isinstance(skipped, Skipped)
    assert "4096" in skipped.why
