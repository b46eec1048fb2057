"""Collections in tags, in lines and in wikitext; XML that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped, limits
from khabarjoo.index.ingest.wikitext import plain_wikitext

ReadBytes = Callable[[str, bytes | str], list[Reading]]

BODY = "سد کمال‌خان با حضور کشاورزان آبگیری شد."


def articles(found: list[Reading]) -> list[Article]:
    return [x for x in found if isinstance(x, Article)]


def day(article: Article) -> date | None:
    return article.published.astimezone(tehran()).date() if article.published else None


HAMSHAHRI = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HAMSHAHRI2 SYSTEM "hamshahri.dtd">
<HAMSHAHRI2>
<DOC>
<DOCID>HAM2-750403-001</DOCID>
<DOCNO>HAM2-750403-001</DOCNO>
<DATE calender="Western">1996-06-23</DATE>
<DATE calender="Persian">1375/04/03</DATE>
<CAT xml:lang="en">Economy</CAT>
<CAT xml:lang="fa">اقتصاد.کشاورزي</CAT>
<TITLE>
<![CDATA[آبگيري سد]]>
</TITLE>
<TEXT>
<IMAGE>/1375/x.jpg</IMAGE>
<![CDATA[{BODY} ۳ < ۵ & بس]]>
</TEXT>
</DOC>
<DOC>
<DOCID>HAM2-750403-002</DOCID>
<TITLE><![CDATA[ناتمام & نادرست]]></TITLE>
<TEXT><![CDATA[{BODY}]]></TEXT>
<DOC>
<DOCID>HAM2-750403-003</DOCID>
<TEXT>متن سوم</TEXT>
</DOC>
</HAMSHAHRI2>
"""


@pytest.mark.parametrize("name", ["a.xml", "a.sgml", "a.txt", "a"])
def test_hamshahri_2_is_read_though_it_is_not_well_formed(readings: ReadBytes, name: str) -> None:
    first, second, third = articles(readings(name, HAMSHAHRI))
    assert (first.id, first.title, first.category, first.source) == ("HAM2-750403-001", "آبگيري سد", "اقتصاد", "همشهری")
    assert first.body == f"{BODY} ۳ < ۵ & بس"
    assert day(first) == date(1996, 6, 23)
    assert (second.id, second.title) == ("HAM2-750403-002", "ناتمام & نادرست")
    assert third.body == "متن سوم"


TREC = f"""
<DOC>
<DOCNO> FT-1 </DOCNO>
<DATE>1375/04/03</DATE>
<HEADLINE><P>آبگیری سد</P></HEADLINE>
<TEXT>
<P>{BODY}</P>
<P>بند دوم <F P=105>یکم</F> است.</P>
</TEXT>
</DOC>
<doc><docno>FT-2</docno><text>متن دوم</text></doc>
"""


@pytest.mark.parametrize("name", ["a.sgml", "a.trec", "FT_1", "a.txt", "a.xml"])
def test_trec_documents_are_read_one_by_one(readings: ReadBytes, name: str) -> None:
    first, second = articles(readings(name, TREC))
    assert (first.id, first.title, day(first)) == ("FT-1", "آبگیری سد", date(1996, 6, 23))
    assert first.body.split("\n") == [BODY, "بند دوم یکم است."]
    assert (second.id, second.body) == ("FT-2", "متن دوم")


TNEWS = f"""<?xml version="1.0" encoding="utf-8"?>
<TNews>
<NEWS><NEWSID>140923</NEWSID><URL>http://tnews.ir/x</URL><UTCDATE>2014-09-23 03:48:23</UTCDATE>
<CATEGORY>سیاسی</CATEGORY><PRETITLE>وزیر نیرو:</PRETITLE><TITLE>آبگیری سد</TITLE><POSTTITLE>پس از سه ماه</POSTTITLE>
<BRIEF>خلاصهٔ خبر</BRIEF><DESCRIPTION><![CDATA[<p>{BODY}</p><p>دوم</p>]]></DESCRIPTION></NEWS>
</TNews>
<NEWS><NEWSID>2</NEWSID><TITLE>پس از پایان</TITLE><DESCRIPTION>متن</DESCRIPTION></NEWS>
"""


def test_tnews_is_read_with_what_stands_behind_its_end(readings: ReadBytes) -> None:
    first, second = articles(readings("a.xml", TNEWS))
    assert (first.id, first.title, first.category, first.url) == ("140923", "آبگیری سد", "سیاسی", "http://tnews.ir/x")
    assert first.lead.split("\n")[0] == "وزیر نیرو:"
    assert first.body == f"{BODY}\nدوم"
    assert first.published is not None
    assert first.published.isoformat() == "2014-09-23T03:48:23+00:00"
    assert second.title == "پس از پایان"


def test_hamshahri_1_is_read_by_its_dots(readings: ReadBytes) -> None:
    found = readings(
        "a.txt", f".DID\t1S1\n.Date\t75\\04\\02\n.Cat\tadabh\n{BODY}\nدوم\n.DID\t1S2\n.Cat\teqt\nمتن دوم\n"
    )
    first, second = articles(found)
    assert (first.id, day(first), first.category, first.source) == ("1S1", date(1996, 6, 22), "adabh", "همشهری")
    assert first.body == f"{BODY}\nدوم"
    assert (second.id, second.body, second.published) == ("1S2", "متن دوم", None)


def test_documents_of_wikiextractor_have_their_titles_in_the_tag(readings: ReadBytes) -> None:
    (found,) = articles(
        readings("wiki_00", f'<doc id="12" url="https://fa.wikipedia.org/?curid=12" title="سد">\n{BODY}\n</doc>\n')
    )
    assert (found.id, found.title, found.url) == ("12", "سد", "https://fa.wikipedia.org/?curid=12")


WIKI = f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fa">
  <siteinfo><sitename>ویکی‌خبر</sitename><namespaces><namespace key="0" /></namespaces></siteinfo>
  <page><title>سد کمال‌خان</title><ns>0</ns><id>5</id>
    <revision><id>9</id><timestamp>2020-04-03T07:30:00Z</timestamp><contributor><username>x</username></contributor>
    <text bytes="9" xml:space="preserve">{{{{تاریخ|۱۵ فروردین}}}}'''سد''' [[هیرمند|هیرمندی]] &lt;ref&gt;منبع&lt;/ref&gt; است.

== پیشینه ==
* {BODY}
{{| class="x"
| خانه
|}}
[[پرونده:a.jpg|thumb|عکس [[سد]]]]
[[رده:سدها]]</text></revision></page>
  <page><title>سد قدیم</title><ns>0</ns><id>6</id><redirect title="سد" /><revision><text>#تغییر_مسیر [[سد]]</text></revision></page>
  <page><title>بحث:سد</title><ns>1</ns><id>7</id><revision><text>گفتگو</text></revision></page>
</mediawiki>
"""


@pytest.mark.parametrize("name", ["a.xml", "a.txt"])
def test_articles_of_a_wiki_are_read_as_their_words(readings: ReadBytes, name: str) -> None:
    found = readings(name, WIKI)
    (article,) = articles(found)
    assert (article.id, article.title, article.tags) == ("5", "سد کمال‌خان", ("سدها",))
    assert article.body == f"سد هیرمندی است.\n\nپیشینه\n{BODY}"
    assert article.published is not None
    assert "2 pages are no articles" in next(x.why for x in found if isinstance(x, Notice))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{a{{b}}c}}متن", "متن"),
        ("{{نیمه‌کاره متن", ""),
        ("متن }} ادامه", "متن ادامه"),
        ("[https://x.ir نشانی] و [https://y.ir]", "نشانی و"),
        ("&nbsp;متن__TOC__", "متن"),
        ("[[الف]] و [[ب|پ]]", "الف و پ"),
        ("<gallery>a.jpg</gallery>متن<br/>دوم", "متن دوم"),
    ],
)
def test_wikitext_is_words(text: str, words: str) -> None:
    assert " ".join(plain_wikitext(text)[0].split()) == words


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", '<?xml version="1.0"?><catalog><book><title>باران</title></book></catalog>'),
        ("a.txt", '<?xml version="1.0"?><catalog><book><title>باران</title></book></catalog>'),
        ("a.sgml", "<LETTER><FROM>الف</FROM><BODYTEXT>متن</BODYTEXT></LETTER>"),
        ("a", "<LETTER><FROM>الف</FROM><BODYTEXT>متن</BODYTEXT></LETTER>"),
        ("a.txt", '<!DOCTYPE tei SYSTEM "x"><TEI><teiHeader></teiHeader></TEI>'),
        ("a.xml", "<urlset/>"),
    ],
)
def test_xml_and_sgml_of_other_kinds_are_refused_and_never_one_page(
    readings: ReadBytes, name: str, content: str
) -> None:
    (skipped,) = readings(name, content)
    assert isinstance(skipped, Skipped)
    assert "not read" in skipped.why or "without documents" in skipped.why


@pytest.mark.parametrize(
    ("beginning", "title", "tags", "end"),
    [
        (
            '<?xml version="1.0"?>\n<response><lst name="responseHeader"><int name="status">0</int></lst>\n'
            '<result name="response" numFound="1" start="0">',
            '<arr name="title_txt_fa"><str>آبگیری سد</str></arr>',
            '<arr name="tags"><str>سد</str><str>آب &amp; خاک</str></arr>',
            "</result></response>",
        ),
        (
            "<add>",
            '<field name="title">آبگیری سد</field>',
            '<field name="tags">سد</field><field name="tags">آب &amp; خاک</field>',
            "</add>",
        ),
    ],
)
def test_the_xml_of_solr_is_read_by_the_names_in_its_attributes(
    readings: ReadBytes, beginning: str, title: str, tags: str, end: str
) -> None:
    body = f'<str name="content_t">{BODY}</str><date name="date">2020-04-03T07:30:00Z</date>'
    content = f'{beginning}<doc><str name="id">7</str>{title}{tags}{body}</doc>{end}'
    (found,) = articles(readings("a.xml", content))
    assert (found.id, found.title, found.body) == ("7", "آبگیری سد", BODY)
    assert found.tags == ("سد", "آب & خاک")
    assert found.published is not None


def test_a_page_that_only_begins_with_a_sign_is_text(readings: ReadBytes) -> None:
    (found,) = readings("a.txt", "<< باران در گیلان >>\n\nدیروز در سراسر گیلان باران بارید و رودها پرآب شدند.\n")
    assert isinstance(found, Article)


def test_a_document_beyond_the_limit_is_skipped_and_the_next_is_read(
    readings: ReadBytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ITEM_CHARACTERS", 5000)
    monkeypatch.setattr("khabarjoo.index.ingest.news_collections._CHUNK", 4096)
    docs = [f"<DOC><DOCNO>{n}</DOCNO><TEXT>{'باران ' * (3000 if n == 2 else 1)}</TEXT></DOC>" for n in (1, 2, 3)]
    found = readings("a.sgml", "\n".join(docs))
    assert [x.id for x in articles(found)] == ["1", "3"]
    assert ["ITEM_CHARACTERS" in x.why for x in found if isinstance(x, Skipped)] == [True]
