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


def test_a_link_under_a_label_is_one_tag_whatever_is_in_it(article: ReadOne) -> None:
    links = '<p>برچسب‌ها: <a href="/1">پل، رود</a> <a href="/2">جنگل</a></p><ul class="cloud"><li>برچسب‌ها</li></ul>'
    assert article("a.html", page().replace("</main>", f"{links}</main>")).tags == ("پل، رود", "جنگل")


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
    started = time.process_time()
    assert article("a.html", trouble).id == "a"
    assert time.process_time() - started < 10


@pytest.mark.parametrize("content", ["<div>" * 100_000 + "x", "<div " + "a " * 50_000 + ">x"])
def test_pages_the_parser_would_take_minutes_over_are_skipped(readings: ReadBytes, content: str) -> None:
    (skipped,) = readings("a.html", content)
    assert isinstance(skipped, Skipped)
    assert "4096" in skipped.why


def told(found: list[Reading]) -> tuple[list[Article], list[str]]:
    articles = [reading for reading in found if isinstance(reading, Article)]
    return articles, [reading.why for reading in found if not isinstance(reading, Article)]


LONG = [f"{paragraph} {BODY[(place + 1) % 3]}" for place, paragraph in enumerate(BODY)]


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{text}</p>" for text in BODY),
        "".join(f"<div>{text}</div>" for text in BODY),
        "".join(f"<div class=a><div><p>{text}</p></div></div>" for text in BODY),
        f"<div class=one><p>{BODY[0]}</p><p>{BODY[1]}</p></div><div class=two><p>{BODY[2]}</p></div>",
        f"<section><p>{BODY[0]}</p></section><hr><img src=x><section><p>{BODY[1]}</p><p>{BODY[2]}</p></section>",
        "".join(f'<div class="elementor-widget widget-{n}"><p>{text}</p></div>' for n, text in enumerate(BODY)),
        "".join(f'<div class="comment related sidebar ad"><p>{text}</p></div>' for text in BODY),
        "<font size=2>" + "<br>".join(BODY) + "</font>",
    ],
)
def test_blocks_that_belong_together_are_all_read(article: ReadOne, body: str) -> None:
    content = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"
    assert article("a.html", content).body.split("\n") == BODY


@pytest.mark.parametrize(
    ("labels", "code", "tags"),
    [
        (
            '<div class="news_nav"><b>کد خبر: </b>۷۶۹۲</div><div class="ad">برچسب ها: <a>پل</a><a>رود</a></div>',
            "7692",
            True,
        ),
        (
            '<table><tr><td>کد مطلب</td><td>۷۶۹۲</td></tr></table><p>کلیدواژه‌ها: <a href="#">پل</a>، <a>رود</a></p>',
            "7692",
            True,
        ),
        (
            "<ul><li>شناسه خبر:</li><li>7692</li></ul><h4>برچسب‌ها</h4><ul><li><a>پل</a></li><li><a>رود</a></li></ul>",
            "7692",
            True,
        ),
        ('<div class="comments"><b>برچسب‌ها:</b><a href="/1">پل</a><a href="/2">رود</a></div>', "", True),
    ],
)
def test_labels_tell_whatever_their_elements_are_called(article: ReadOne, labels: str, code: str, tags: bool) -> None:
    found = article("a.html", page().replace("</main>", f"{labels}</main>"))
    assert (found.code, found.tags) == (code, ("پل", "رود") if tags else ())


@pytest.mark.parametrize(
    ("shown", "iso"),
    [
        ("تاریخ: ۹۸/۹/۹", "2019-11-29T20:30"),
        ("تاریخ انتشار : ۹۸/۹/۹ - ۱۲:۳۰", "2019-11-30T09:00"),
        ("هامون نیوز - ۹ آذر ۱۳۹۸ - ۱۲:۳۰", "2019-11-30T09:00"),
        ("پیک ساحل: شنبه ۹ آذر ۱۳۹۸ ساعت ۱۲:۳۰", "2019-11-30T09:00"),
        ("۹ آذر ۱۳۹۸، ۱۲:۳۰ (‎+۳:۳۰ گرینویچ)", "2019-11-30T09:00"),
        ("۹ آذر ۱۳۹۸ ساعت ۱۲:۳۰:۰۰ (وقت عادی ایران)", "2019-11-30T09:00"),
        ("تاریخ انتشار: ۲۰۱۹-۱۱-۳۰T۱۲:۳۰:۰۰+۰۳:۳۰", "2019-11-30T09:00"),
        ("<span>۱۲:۳۰</span><span>۱۳۹۸/۰۹/۰۹</span>", "2019-11-30T09:00"),
        ('<b>تاریخ انتشار: </b>۹ آذر ۱۳۹۸ - ۱۲:۳۰<span class="en">30 November 2019</span>', "2019-11-30T09:00"),
    ],
)
def test_moments_are_read_as_pages_show_them(article: ReadOne, shown: str, iso: str) -> None:
    found = article("a.html", page().replace("<h1>", f"<div>{shown}</div><h1>"))
    assert found.published is not None
    assert found.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == iso
    assert found.body.split("\n") == BODY


def test_a_labelled_day_outranks_the_time_of_another_element(article: ReadOne) -> None:
    shown = '<time datetime="2020-01-05T10:00:00+03:30">پربازدید</time><div>تاریخ انتشار: ۹ آذر ۱۳۹۸ - ۱۲:۳۰</div>'
    found = article("a.html", page().replace("<h1>", f"{shown}<h1>"))
    assert found.published == datetime(2019, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "box",
    [
        '<p>بیشتر در این باره: <a href="/1">رود پرآب شد و مردم شاد شدند</a></p>',
        '<div><span>بیشتر بخوانید</span><a href="/1">رود پرآب شد و مردم شاد شدند</a></div>',
        '<div><h4>در همین زمینه</h4><ul><li><a href="/1">رود پرآب شد</a></li><li><a>سد پر شد</a></li></ul></div>',
        '<p><a href="/1">رود پرآب شد و مردم شاد شدند</a></p>',
        '<div class="podcast-box"><h3>پادکست این هفته</h3><audio src="a.mp3"></audio><span>0:00</span></div>',
        "<figure><img src=a><p>منبع تصویر، بایگانی</p><figcaption>پل در آغاز کار</figcaption></figure>",
    ],
)
def test_boxes_amid_the_text_are_left_out(article: ReadOne, box: str) -> None:
    body = f"<p>{BODY[0]}</p>{box}<p>{BODY[1]}</p><p>{BODY[2]}</p>"
    assert article("a.html", page(body=body)).body.split("\n") == BODY


def test_runs_of_a_word_processor_stay_one_word_and_keep_their_spaces(article: ReadOne) -> None:
    runs = "<span>به گزارش </span><span>پیک</span><span> ساحل، کتاب</span><span>ها به مدرسه رسید و همه شاد شدند.</span>"
    found = article("a.html", page(body=f"<p>{runs}</p><p>{BODY[1]}</p>"))
    assert found.body.split("\n")[0] == "به گزارش پیک ساحل، کتابها به مدرسه رسید و همه شاد شدند."


@pytest.mark.parametrize(
    "title",
    [f"{TITLE} - سیاسی - هامون", f"هامون | استان‌ها > {TITLE}", f"اخبار :: {TITLE} :: هامون نیوز", "هامون نیوز"],
)
def test_the_heading_is_the_title_whatever_is_hung_on_that_of_the_page(article: ReadOne, title: str) -> None:
    assert article("a.html", page(f"<title>{title}</title>")).title == TITLE


def test_the_text_of_json_ld_is_read_where_the_page_shows_none(article: ReadOne) -> None:
    head = linked(headline=TITLE, articleBody="\n".join(BODY), datePublished="2023-02-11T09:30:00+03:30")
    found = article("a.html", f"<html><head><title>{TITLE}</title>{head}</head><body><div id=root></div></body></html>")
    assert (found.title, found.body.split("\n"), found.published) == (TITLE, BODY, MOMENT)


def test_a_page_whose_text_is_not_there_is_named(readings: ReadBytes) -> None:
    articles, whys = told(
        readings("a.html", f"<html><head><title>{TITLE}</title></head><body><div id=root></div></body></html>")
    )
    assert [found.title for found in articles] == [TITLE]
    assert ["no text" in why for why in whys] == [True]


@pytest.mark.parametrize(
    ("around", "is_lost"),
    [
        ("<div class='sidebar'><div><p>{0}</p></div><div><b>{1}</b></div><p>{2}</p></div>", True),
        ("<div id='comments'><h4>نظرات کاربران</h4><p>{0}</p><p>{1}</p><p>{2}</p></div>", False),
        ("<nav><p>{0}</p><p>{1}</p><p>{2}</p></nav>", False),
        ("", False),
    ],
)
def test_a_page_that_loses_much_of_its_text_is_named(readings: ReadBytes, around: str, is_lost: bool) -> None:
    main = f"<main><h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in LONG) + "</main>"
    others = [f"دیگر آن‌که {text[: len(text) * 3 // 4]}." for text in LONG]
    articles, whys = told(readings("a.html", f"<body>{main}{around.format(*others)}</body>"))
    assert articles[0].body.split("\n") == LONG
    assert ["left out" in why for why in whys] == [True] * is_lost
