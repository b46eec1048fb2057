"""Sets and dumps of Persian news as they are distributed: which of their columns are read as what."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Options, Reading, Skipped, field_map, read

ReadBytes = Callable[[str, bytes | str], list[Reading]]

TITLE = "سد کمال‌خان آبگیری شد"
LEAD = "آبگیری سد پس از سه ماه آغاز شد."
BODY = "سد کمال‌خان با حضور کشاورزان آبگیری شد و آب به دشت رسید."
URL = "https://www.irna.ir/news/85000001/x"


def articles(found: list[Reading]) -> list[Article]:
    return [x for x in found if isinstance(x, Article)]


def notices(found: list[Reading]) -> list[str]:
    return [x.why for x in found if isinstance(x, Notice)]


def row(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)


PN_SUMMARY = (
    "id\ttitle\tarticle\tsummary\tcategory\tcategories\tnetwork\tlink\n"
    f"ff4\t{TITLE}\t{BODY}[n]دوم.\t{LEAD}\tOil-Energy\tانرژی+نفت\tIRNA\t{URL}\n"
)
WIKI_SUMMARY = f"id\tlink\ttitle\tarticle\thighlights\nw1\t{URL}\t{TITLE}\t{BODY}[n]دوم.\t{LEAD}\n"
TASNIM = f"category,title,abstract,body,time\nاقتصادی,{TITLE},{LEAD},{BODY},۱۵ فروردین ۱۳۹۹ - ۱۲:۰۰\n"
FARS = f'title,abstract,paragraphs,cat,subcategory,tags,link,date\n{TITLE},{LEAD},{BODY},اقتصادی,x,"الف,ب",{URL},1399/01/15\n'
SPREADSHEET = f"Content;Title;Category;Source;Journalist;Tags;Date;Time;URL\n{BODY};{TITLE};اقتصادی;ایسنا;م;سد;15/01/1399;12:00;{URL}\n"
NEWS_PLEASE = row(
    authors=[], date_download="2020-04-05 10:00:00", date_modify=None, date_publish="2020-04-03 07:30:00",
    description=LEAD, filename="x.json", image_url=None, language="fa", localpath=None, maintext=BODY,
    source_domain="www.irna.ir", title=TITLE, title_page=None, title_rss=None, url=URL,
)  # fmt: skip
TRAFILATURA = row(
    title=TITLE, author=None, hostname="irna.ir", date="2020-04-03", fingerprint="d1", id=None, license=None,
    comments="", raw_text=BODY, text=BODY, language=None, image=None, pagetype="article", filedate="2026-01-01",
    source=URL, **{"source-hostname": "IRNA"}, excerpt=LEAD, categories="اقتصادی", tags="سد;آب",
)  # fmt: skip
NEUCLIR = row(
    id="5f", cc_file="crawl-data/x.warc.gz", time="2020-04-03T12:00:00+04:30", title=TITLE, text=BODY, url=URL
)
MIRACL = row(docid="12#0", title=TITLE, text=BODY)
MONGO = row(
    _id={"$oid": "5f0c1d2e3a4b5c6d7e8f9a0b"}, title=TITLE, text=BODY,
    date={"$date": {"$numberLong": "1585899000000"}}, url=URL,
)  # fmt: skip
FEEDPARSER = row(
    id="https://irna.ir/1", title=TITLE, link=URL, summary=LEAD, published="Fri, 03 Apr 2020 07:30:00 GMT",
    content=[{"type": "text/html", "value": f"<p>{BODY}</p>"}], tags=[{"term": "سد", "scheme": None, "label": None}],
)  # fmt: skip
PERSICA = f"843656,\n{TITLE},\n{BODY}، ادامه,\n1399/1/15,\n12:00,\nاقتصادی,\nنفت\n"


@pytest.mark.parametrize(
    ("name", "content", "has_date", "unread"),
    [
        ("pn_summary.tsv", PN_SUMMARY, False, []),
        ("wiki_summary.csv", WIKI_SUMMARY, False, []),
        ("tasnim.csv", TASNIM, True, []),
        ("fars.csv", FARS, True, ["subcategory"]),
        ("sheet.csv", SPREADSHEET, True, ["Journalist"]),
        ("news-please.json", NEWS_PLEASE, True, ["date_download", "filename", "language"]),
        ("trafilatura.json", TRAFILATURA, True, ["fingerprint", "raw_text", "pagetype", "filedate"]),
        ("neuclir.jsonl", NEUCLIR, True, ["cc_file"]),
        ("miracl.jsonl", MIRACL, False, []),
        ("mongo.json", MONGO, True, []),
        ("feedparser.jsonl", FEEDPARSER, True, []),
        ("persica.csv", PERSICA, True, ["category2"]),
    ],
)
def test_the_columns_of_known_sets_are_read(
    readings: ReadBytes, name: str, content: str, has_date: bool, unread: list[str]
) -> None:
    found = readings(name, content)
    (article,) = articles(found)
    assert article.title == TITLE
    assert article.body.startswith(BODY)
    assert "[n]" not in article.body
    if has_date:
        assert article.published is not None
        assert article.published.astimezone(tehran()).date().isoformat() == "2020-04-03"
    told = [why for why in notices(found) if why.startswith("columns not read")]
    assert len(told) == bool(unread)
    assert all(column in told[0] for column in unread)


def test_facts_of_known_sets_are_found(readings: ReadBytes) -> None:
    (summary,) = articles(readings("pn.tsv", PN_SUMMARY))
    assert (summary.source, summary.category, summary.lead, summary.url) == ("ایرنا", "انرژی", LEAD, URL)
    (crawled,) = articles(readings("a.json", NEWS_PLEASE))
    assert (crawled.source, crawled.lead) == ("ایرنا", LEAD)
    (extracted,) = articles(readings("b.json", TRAFILATURA))
    assert (extracted.source, extracted.url, extracted.tags) == ("ایرنا", URL, ("سد", "آب"))
    (stored,) = articles(readings("c.jsonl", MONGO))
    assert (stored.id, stored.published) == ("5f0c1d2e3a4b5c6d7e8f9a0b", datetime(2020, 4, 3, 7, 30, tzinfo=UTC))
    (parsed,) = articles(readings("d.jsonl", FEEDPARSER))
    assert (parsed.tags, parsed.body) == (("سد",), BODY)
    (persica,) = articles(readings("e.csv", PERSICA))
    assert (persica.id, persica.body, persica.category) == ("843656", f"{BODY}، ادامه", "اقتصادی")
    assert persica.published == datetime(2020, 4, 3, 12, tzinfo=tehran())


def test_a_record_of_persica_with_too_few_values_is_named_by_its_line(readings: ReadBytes) -> None:
    found = readings("a.csv", f"1,\nالف,\nب\n{PERSICA}")
    assert [x.id for x in articles(found)] == ["843656"]
    assert [x.why for x in found if isinstance(x, Skipped)] == ["it has 3 values where Persica has 7"]


HITS = [
    {"_index": "n", "_id": f"x{n}", "_score": 1.0, "_source": {"title": f"خبر {n}", "content": BODY}} for n in (1, 2)
]
DOCS = [{"id": f"x{n}", "title": f"خبر {n}", "content": BODY} for n in (1, 2)]
SOLR = [{"id": f"x{n}", "title_txt_fa": [f"خبر {n}"], "content_t": BODY, "_version_": 1} for n in (1, 2)]
ANSWERS = {
    "elasticsearch": {
        "took": 3, "timed_out": False, "_shards": {"total": 1, "failures": [{"shard": 0, "reason": {}}]},
        "hits": {"total": {"value": 2, "relation": "eq"}, "hits": HITS},
        "aggregations": {"by": {"buckets": [{"key": "a", "doc_count": 2}]}},
    },
    "solr": {"responseHeader": {"status": 0, "params": {"q": "*:*"}}, "response": {"numFound": 2, "docs": SOLR}},
    "typesense": {
        "found": 2, "facet_counts": [{"field_name": "a", "counts": [{"value": "b"}]}],
        "hits": [{"document": doc, "highlights": [{"field": "title", "snippet": "x"}]} for doc in DOCS],
        "request_params": {"q": "x"},
    },
    "meilisearch": {"hits": DOCS, "query": "x", "processingTimeMs": 1},
    "strapi": {"data": [{"id": f"x{n}", "attributes": {"title": f"خبر {n}", "body": BODY}} for n in (1, 2)], "meta": {}},
    "json feed": {"version": "https://jsonfeed.org/version/1.1", "title": "خبرها", "items": [
        {"id": f"x{n}", "title": f"خبر {n}", "content_html": f"<p>{BODY}</p>"} for n in (1, 2)]},
    "a titled list": {"title": "خبرهای روز", "articles": DOCS},
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_of_search_engines_and_feeds_give_their_documents(
    readings: ReadBytes, answer: dict[str, Any], indent: int | None
) -> None:
    found = articles(readings("a.json", json.dumps(answer, ensure_ascii=False, indent=indent)))
    assert [(x.id, x.title, x.body) for x in found] == [(f"x{n}", f"خبر {n}", BODY) for n in (1, 2)]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_long_answers_are_read_as_short_ones_are(
    readings: ReadBytes, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.ingest.limits.LINE_CHARACTERS", 300)
    found = articles(readings("a.json", json.dumps(answer, ensure_ascii=False, indent=1)))
    assert [(x.id, x.title) for x in found] == [(f"x{n}", f"خبر {n}") for n in (1, 2)]


@pytest.mark.parametrize(
    "lines",
    [
        [row(**hit) for hit in HITS],
        [
            line
            for doc in DOCS
            for line in (row(index={"_index": "n", "_id": doc["id"]}), row(title=doc["title"], content=BODY))
        ],
    ],
    ids=["elasticdump", "bulk"],
)
def test_lines_of_elasticsearch_have_the_ids_of_their_envelopes(readings: ReadBytes, lines: list[str]) -> None:
    found = readings("a.jsonl", "\n".join(lines))
    assert [(x.id, x.title) for x in articles(found)] == [("x1", "خبر 1"), ("x2", "خبر 2")]
    assert len(found) == 2


def test_a_record_in_an_object_called_article_is_that_object(readings: ReadBytes) -> None:
    found = readings(
        "a.jsonl", row(article={"title": TITLE, "body": BODY, "id": 7}) + "\n" + row(article=BODY, title="ب")
    )
    assert [(x.id, x.title, x.body) for x in articles(found)] == [("7", TITLE, BODY), ("a:2", "ب", BODY)]


# -- names nobody knows ------------------------------------------------------------------------------------------------

STRANGE = "kod,onvan_e_kh,matn_e_kh,zaman_e_kh\n" + "".join(
    f"{n},خبر {n},{BODY} شماره {n}.,1399/01/{n:02} 10:00\n" for n in range(1, 30)
)


def test_a_text_and_a_date_are_told_by_what_columns_hold_and_that_is_said(readings: ReadBytes) -> None:
    found = readings("a.csv", STRANGE)
    assert len(articles(found)) == 29
    assert articles(found)[3].body == f"{BODY} شماره 4."
    assert articles(found)[3].published == datetime(2020, 3, 23, 10, tzinfo=tehran())
    assert notices(found) == [
        "columns guessed from what they hold: body=matn_e_kh, published=zaman_e_kh; --map FIELD=NAME reads others",
        "columns not read: kod, onvan_e_kh; --map FIELD=NAME reads one",
    ]


def test_numbers_names_and_moments_of_crawling_are_never_guessed(readings: ReadBytes) -> None:
    found = readings("a.jsonl", row(title=TITLE, nevisande="مریم", crawled_on="2020-01-02 10:00", n="13990101"))
    (article,) = articles(found)
    assert (article.body, article.published) == ("", None)
    assert notices(found) == ["columns not read: nevisande, crawled_on, n; --map FIELD=NAME reads one"]


def mapped(path: Path, *texts: str) -> list[Reading]:
    return list(read(path, name=path.name, options=Options(field_map(texts))))


def test_what_the_user_says_of_columns_comes_before_what_we_know(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(STRANGE, encoding="utf-8")
    found = mapped(path, "title=onvan_e_kh", "body=Matn E Kh", "published=zaman_e_kh", "code=kod")
    assert (articles(found)[0].title, articles(found)[0].code) == ("خبر 1", "1")
    assert notices(found) == []
    path = tmp_path / "b.jsonl"
    path.write_text(row(title="خام", headline=TITLE, text=BODY, pubdate="1399/01/15"), encoding="utf-8")
    found = mapped(path, "title=headline")
    assert articles(found)[0].title == TITLE
    assert (
        notices(found) == ["columns not read: title; --map FIELD=NAME reads one"] or articles(found)[0].title == TITLE
    )


def test_a_name_that_a_file_has_not_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(row(title=TITLE, text=BODY), encoding="utf-8")
    assert [x.title for x in articles(mapped(path, "title=nothing", "published=pubdate"))] == [TITLE]


def test_columns_without_a_value_are_not_named(readings: ReadBytes) -> None:
    assert notices(readings("a.csv", f"title,body,x,y\n{TITLE},{BODY},,\n{TITLE},{BODY},,1\n")) == [
        "columns not read: y; --map FIELD=NAME reads one"
    ]


@pytest.mark.parametrize(
    "table", [f"1,خبر یک,{BODY}\n2,خبر دو,{BODY}\n", f"خبر یک,{BODY}\nخبر دو,{BODY}\n", f"1399,الف\n1400,{BODY}\n"]
)
def test_a_table_without_a_header_is_refused_lest_its_first_row_be_lost(readings: ReadBytes, table: str) -> None:
    (skipped,) = readings("a.csv", table)
    assert isinstance(skipped, Skipped)
    assert "no header" in skipped.why
