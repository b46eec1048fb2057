"""Feeds: what RSS of all versions and Atom say of their items, and XML that is broken or means harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Options, Reading, Skipped, limits, read

ReadBytes = Callable[[str, bytes | str], list[Reading]]
ReadOne = Callable[[str, bytes | str], Article]

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>خبرگزاری ساحل | تازه‌ها</title><link>https://sahel.example/</link>
<atom:link href="https://sahel.example/rss" rel="self"/><image><title>نشان</title></image>
ITEMS
</channel></rss>"""
ITEM = """<item><title>باران در گیلان</title><link>https://sahel.example/news/1?a=1&amp;b=2</link>
<guid isPermaLink="false">sahel-1</guid><description><![CDATA[<p>هوای گیلان سه روز بارانی است.</p>]]></description>
<content:encoded><![CDATA[<p>دیروز باران بارید.</p>
<script>var x = 1;</script><p>رودها پرآب شدند.</p>]]></content:encoded>
<pubDate>Mon, 06 Sep 2021 16:45:40 +0430</pubDate><dc:creator>کسی</dc:creator>
<category>سیاسی</category><category>قم</category><category domain="post_tag">برف</category></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>نشریهٔ موج</title><id>urn:1</id>
<entry><title type="html">باران &lt;b&gt;بارید&lt;/b&gt;</title><id>tag:1</id>
<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/>
<updated>2021-09-06T10:00:00Z</updated><published>2021-09-05T10:00:00Z</published>
<category term="eco" label="اقتصادی"/><source><title>روزنامه ساحل</title><id>urn:2</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>یک &lt;دو&gt;</p><p>سه</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:terms="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://x.example"><title>روزنامه موج</title></channel>
<item rdf:about="http://x.example/1"><title>باران</title><terms:date>2021-01-01T00:00:00Z</terms:date></item></rdf:RDF>"""


def rss(items: str) -> str:
    return RSS.replace("ITEMS", items)


def whys(found: list[Reading]) -> list[str]:
    return [getattr(x, "why", "") for x in found]


def test_an_item_of_rss_gives_all_that_it_says(article: ReadOne) -> None:
    assert article("a.xml", rss(ITEM)) == Article(
        id="sahel-1",
        title="باران در گیلان",
        lead="هوای گیلان سه روز بارانی است.",
        body="دیروز باران بارید.\nرودها پرآب شدند.",
        published=datetime(2021, 9, 6, 12, 15, 40, tzinfo=UTC),
        source="خبرگزاری ساحل",
        category="سیاسی",
        tags=("قم", "برف"),
        url="https://sahel.example/news/1?a=1&b=2",
    )


@pytest.mark.parametrize("prefix", ["", "a:"])
def test_an_entry_of_atom_gives_all_that_it_says_whatever_its_prefix(article: ReadOne, prefix: str) -> None:
    text = ATOM
    for name in ("feed", "entry", "title", "source", "content", "link", "id", "updated", "published", "category"):
        text = text.replace(f"<{name}", f"<{prefix}{name}").replace(f"</{name}", f"</{prefix}{name}")
    text = text.replace("feed xmlns=", f"feed xmlns{':a' if prefix else ''}=")
    assert article("a.atom", text) == Article(
        id="tag:1",
        title="باران بارید",
        body="یک <دو>\nسه",
        published=datetime(2021, 9, 5, 10, tzinfo=UTC),
        source="روزنامه ساحل",
        category="اقتصادی",
        url="https://a.example/1",
    )


def test_an_item_of_rss_1_is_called_by_its_address_and_prefixes_are_free(article: ReadOne) -> None:
    found = article("a.rdf", RDF)
    assert (found.id, found.title, found.source) == ("http://x.example/1", "باران", "روزنامه موج")
    assert found.published == datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.txt", "a.html", "a", "b/a.xml.gz"])
@pytest.mark.parametrize("content", [rss(ITEM), ATOM, RDF, "\ufeff<!-- saved -->\n" + RDF])
def test_a_feed_is_told_by_its_content(article: ReadOne, name: str, content: str) -> None:
    assert article(name, content).title.startswith("باران")


def test_items_without_ids_are_numbered(readings: ReadBytes) -> None:
    found = readings("d/a.xml", rss("<item><title>الف</title></item><item><title>ب</title></item><item/>"))
    assert [getattr(x, "id", "") for x in found] == ["d/a:1", "d/a:2", ""]
    assert [getattr(x, "where", "")[-7:] for x in found[2:]] == [".xml[3]"]


def test_a_lead_that_only_begins_the_text_is_left_out(article: ReadOne) -> None:
    text = "دیروز در سراسر گیلان باران بارید و رودها پرآب شدند و مردم شاد بودند."
    found = article("a.xml", rss(f"<item><description>{text[:40]} […]</description><content>{text}</content></item>"))
    assert (found.lead, found.body) == ("", text)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("نامه&zwnj;ای", "نامه\u200cای"),
        ("باد & باران", "باد & باران"),
        ("باد &amp;amp; باران", "باد & باران"),
        ("باد &unknown; باران", "باد &unknown; باران"),
        ("باد\x00\x1b[2J", "باد[2J"),
        ("<x:y>باد</x:y>", "باد"),
        ("باد &#0;&#8;", "باد \ufffd"),
    ],
)
def test_what_feeds_get_wrong_is_read(article: ReadOne, written: str, title: str) -> None:
    assert article("a.xml", rss(f"<item><title>{written}</title></item>")).title == title


def test_a_reference_is_whole_wherever_the_pieces_part(article: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(1, 12):
        monkeypatch.setattr("khabarjoo.index.ingest.feed._CHUNK", size)
        assert article("a.xml", rss("<item><title>باد&zwnj;ها و آب</title></item>")).title == "باد\u200cها و آب"


@pytest.mark.parametrize("codec", ["cp1256", "utf-16", "utf-16-le"])
def test_feeds_in_other_encodings_are_read(article: ReadOne, codec: str) -> None:
    text = rss("<item><title>باران در سراسر استان</title></item>").replace("\u200c", "").replace("ی", "ي")
    assert article("a.xml", text.replace("utf-8", codec).encode(codec)).title == "باران در سراسر استان"


def test_broken_bytes_are_noticed_once(readings: ReadBytes) -> None:
    found = readings("a.xml", rss(ITEM.replace("باران در", "باران TEN")).encode().replace(b"TEN", b"\xff"))
    assert [type(x) for x in found] == [Notice, Article]


def test_what_stands_before_the_damage_is_read(readings: ReadBytes) -> None:
    first, skipped = readings("a.xml", rss(ITEM + "<item><title>دوم").removesuffix("\n</channel></rss>"))
    assert isinstance(first, Article)
    assert "what stands before was read" in getattr(skipped, "why", "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>', "own"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>&a;</title></item></rss>', "own"),
        ("<rss>" + "<a>" * 100_000, "nested more than 256"),
        ("<rss><!--" + "a" * (6 << 20), "a tag or comment"),
        ("<rss a='" + "a" * (6 << 20), "a tag or comment"),
        ("<urlset/>", "of a kind that is not read"),
        ("<rss/>", "without items"),
        ("words", "of a kind that is not read"),
    ],
)
def test_what_is_no_feed_or_means_harm_is_skipped(readings: ReadBytes, content: str, why: str) -> None:
    (skipped,) = readings("a.xml", content)
    assert why in getattr(skipped, "why", "")


def test_nothing_outside_the_file_is_read(article: ReadOne) -> None:
    content = '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><item><title>باران &a;</title></item></rss>'
    assert article("a.xml", content).title == "باران &a;"


def test_an_endless_item_ends_the_reading(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ITEM_CHARACTERS", 1000)
    for endless in ("<title>" + "a" * 2000, "<category/>" * 500):
        (skipped,) = readings("a.xml", f"<rss><item>{endless}")
        assert isinstance(skipped, Skipped)
        assert "$KHABARJOO_ITEM_CHARACTERS" in skipped.why


WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>هفته‌نامه</title>
<item><title>سد</title><guid>https://x.ir/?p=1</guid><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>سد [b_box color="x"]آبگیری[/b_box] شد.</p>[caption id="a"]<img/> عکس[/caption][gallery ids="1"][۱]]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2024-03-12 12:00:00</wp:post_date><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>درباره</title><guid>https://x.ir/?p=2</guid><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>نیمه</title><guid>https://x.ir/?p=3</guid><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>
<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>دور ریخته</title><guid>https://x.ir/?p=4</guid><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""


def test_of_an_export_of_wordpress_published_posts_are_read_and_drafts_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(WXR, encoding="utf-8")
    post, notice = read(path, name="a.xml")
    assert isinstance(post, Article)
    assert (post.title, post.body) == ("سد", "سد آبگیری شد.\n[۱]")
    assert post.published == datetime(2024, 3, 12, 12, tzinfo=tehran())
    assert isinstance(notice, Notice)
    assert notice.why == (
        "it is an export of WordPress; left out of it: 1 page, 1 draft, 1 trash; --drafts reads what is not published"
    )
    found = [x for x in read(path, name="a.xml", options=Options(drafts=True)) if isinstance(x, Article)]
    assert [(x.title, x.published is None) for x in found] == [("سد", False), ("نیمه", True)]
