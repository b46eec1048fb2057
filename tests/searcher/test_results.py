"""What a page and its hits are to a Python program: moments in Tehran's time, tables, copies for other processes."""

from __future__ import annotations

import asyncio
import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jdatetime
import pytest

import khabarjoo
from khabarjoo import Fragment, Page, Searcher
from khabarjoo.searcher.hit_pickling import HitGone

MOMENTS = {
    "day": ("1401/06/05", "2022-08-27T00:00:00+04:30", "day"),
    "persian-midnight": ("۵ شهریور ۱۴۰۱، ساعت ۰۰:۰۰", "2022-08-27T00:00:00+04:30", "minute"),
    "iso-midnight": ("2022-08-27T00:00:00+04:30", "2022-08-27T00:00:00+04:30", "minute"),
    "end-of-day": ("1401/06/04 24:00", "2022-08-27T00:00:00+04:30", "minute"),
    "printed-by-a-program": ("2022-08-27 00:00:00", "2022-08-27T00:00:00+04:30", "day"),
    "near-midnight": ("1402/10/11 00:20", "2024-01-01T00:20:00+03:30", "minute"),
    "spring-forward": ("1401/01/01", "2022-03-21T00:00:00+03:30", "day"),
    "skipped-hour": ("1401/01/02", "2022-03-22T01:00:00+04:30", "day"),
    "none": (None, None, None),
}
"""By id: the date as it is written, the moment, and its precision."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    lines = [
        json.dumps({"id": id, "title": "باران بارید", "text": "باران در شهر بارید.", "date": date, "source": "پیک"})
        for id, (date, *_) in MOMENTS.items()
    ]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    khabarjoo.build(folder / "index", [folder / "news.jsonl"])
    return folder / "index"


@pytest.fixture(scope="module")
def news(index: Path) -> Iterator[Searcher]:
    with khabarjoo.open(index) as opened:
        yield opened


@pytest.mark.parametrize("id", MOMENTS)
def test_a_hit_tells_when_it_was_published_in_tehrans_time_and_whether_the_hour_is_known(
    id: str, news: Searcher
) -> None:
    hit = next(hit for hit in news.search("باران", limit=20) if hit.id == id)
    _, moment, precision = MOMENTS[id]
    assert (hit.published and hit.published.isoformat()) == moment
    assert hit.published_precision == hit.article.published_precision == precision
    if hit.published:
        assert hit.article.published == hit.published == news.article(id).published


def test_the_earliest_and_the_latest_date_are_those_of_tehran(news: Searcher) -> None:
    dates = news.dates()
    assert dates and [date.isoformat() for date in dates] == ["2022-03-21T00:00:00+03:30", "2024-01-01T00:20:00+03:30"]
    assert news.stats().last == dates[1] and dates[1].utcoffset() == timedelta(hours=3.5)


def test_a_stated_midnight_outlives_dump_and_index(index: Path, tmp_path: Path, run) -> None:
    lines = run("dump", "--index", str(index)).out
    (tmp_path / "dump.jsonl").write_text(lines, encoding="utf-8")
    khabarjoo.build(tmp_path / "again", [tmp_path / "dump.jsonl"])
    with khabarjoo.open(tmp_path / "again") as again:
        found = {hit.id: hit.published_precision for hit in again.search("باران", limit=20)}
    assert found == {id: precision for id, (*_, precision) in MOMENTS.items()}


def test_json_tells_the_precision_and_the_hour_is_shown_where_it_is_known(index: Path, run) -> None:
    ran = run("search", "--index", str(index), "--format", "json", "--limit", "20", "باران")
    told = {hit["id"]: hit["published_precision"] for hit in json.loads(ran.out)["hits"]}
    assert told == {id: precision for id, (*_, precision) in MOMENTS.items()}
    assert "۰۰:۰۰" in run("show", "--index", str(index), "persian-midnight").out
    assert "۰۰:۰۰" not in run("show", "--index", str(index), "day").out


# -- dates given by programs -------------------------------------------------------------------------------------------

IN_1401 = {
    "day",
    "persian-midnight",
    "iso-midnight",
    "end-of-day",
    "printed-by-a-program",
    "spring-forward",
    "skipped-hour",
}


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (1401, 1401),
        ("1401", "1401"),
        (date(2022, 3, 21), date(2023, 3, 20)),
        (jdatetime.date(1401, 1, 1), jdatetime.date(1401, 12, 29)),
        (datetime(2022, 3, 21), datetime(2023, 3, 21)),
        (jdatetime.datetime(1401, 1, 1), jdatetime.datetime(1402, 1, 1)),
        (datetime.fromisoformat("2022-03-20T20:30:00+00:00"), None),
    ],
)
def test_since_and_until_take_whatever_programs_call_a_date(since: Any, until: Any, news: Searcher) -> None:
    found = {hit.id for hit in news.search("باران", limit=20, since=since, until=until)}
    assert found - {"near-midnight"} == IN_1401 and ("near-midnight" in found) == (until is None)


@pytest.mark.parametrize("since", [14.5, True, object()])
def test_what_is_no_date_is_refused_with_what_is_one(since: Any, news: Searcher) -> None:
    with pytest.raises(TypeError, match="a date is a str, an int, a date or a datetime, not"):
        news.search("باران", since=since)


def test_a_filter_there_is_not_is_refused_with_those_there_are(news: Searcher) -> None:
    with pytest.raises(TypeError, match="'sinse'; filters are since, until, source, category, tag, speaker, filters"):
        news.search("باران", sinse="1401")  # type: ignore[call-arg]


# -- a searcher as a collection ----------------------------------------------------------------------------------------


def test_a_searcher_is_a_collection_of_its_articles(news: Searcher) -> None:
    assert {article.id for article in news} == set(MOMENTS) and len(list(news)) == len(news)
    assert "day" in news and "week" not in news and 3 not in news


def test_the_api_is_listed(news: Searcher) -> None:
    assert {"Searcher", "Page", "Hit", "Concordance", "TermCounts", "open", "build"} <= set(dir(khabarjoo))
    assert all(getattr(khabarjoo, name) is not None for name in khabarjoo.__all__)
    assert {"search", "concordance", "term", "timeline", "facets", "explain", "articles"} <= set(dir(news))


def test_a_hit_shows_its_title_and_day(news: Searcher) -> None:
    hit = next(hit for hit in news.search("باران", limit=20) if hit.id == "near-midnight")
    assert repr(hit).startswith(f"Hit(rank={hit.rank}, id='near-midnight', score=")
    assert "title='باران بارید', published='2024-01-01 00:20'" in repr(hit)


# -- tables ------------------------------------------------------------------------------------------------------------


def test_a_page_is_a_list_of_dicts(news: Searcher) -> None:
    page = news.search("باران", limit=20)
    rows = page.to_dicts()
    assert [row["id"] for row in rows] == [hit.id for hit in page]
    assert rows[0]["published"] == page[0].published and rows[0]["title"] == "باران بارید"
    assert page.to_dicts(["id", "body"])[0] == {"id": page[0].id, "body": "باران در شهر بارید."}
    with pytest.raises(ValueError, match="there is no field 'bdy'; there are rank, id"):
        page.to_dicts(["bdy"])


def test_a_page_is_a_dataframe_with_dates_in_tehrans_time(news: Searcher) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'khabarjoo[dataframes]'")
    page = news.search("باران", limit=20)
    table = page.to_pandas()
    assert list(table["id"]) == [hit.id for hit in page]
    assert str(table["published"].dt.tz) == "Asia/Tehran"
    for hit, moment in zip(page, table["published"], strict=True):
        assert (None if pandas.isna(moment) else moment.isoformat()) == (hit.published and hit.published.isoformat())
    assert list(news.search("کوانتوم").to_pandas().columns) == list(table.columns)
    assert list(page.to_pandas(["id", "lead"]).columns) == ["id", "lead"]


def test_a_page_is_a_dataframe_of_polars(news: Searcher) -> None:
    pytest.importorskip("polars", reason="polars is not installed: pip install 'khabarjoo[dataframes]'")
    page = news.search("باران", limit=20)
    table = page.to_polars()
    assert table["published"].to_list() == [hit.published for hit in page]
    assert table["tags"].to_list()[0] == [] and str(table.schema["published"]).endswith("'Asia/Tehran')")
    assert news.search("کوانتوم").to_polars().schema == table.schema


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_there_is_named(library: str, news: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=f"to_{library} needs {library}, which is not installed: pip install"):
        getattr(news.search("باران"), f"to_{library}")()


def test_a_notebook_shows_a_table_from_right_to_left_with_all_text_escaped(page, hit) -> None:
    found = hit(title="<script>باران</script>", url="javascript:x", source="<b>", snippet=[Fragment("<i>", True)])
    shown = page(found, hit(2), query="باران <u>")._repr_html_()
    assert shown.startswith('<div dir="rtl"') and "<mark>باران</mark>" in shown and "2018-01-22" in shown
    assert not {"<script", "<i", "<u", 'href="javascript'} & set(re.findall(r"<\w+|href=.\w+", shown))
    assert "&lt;script&gt;" in shown and "<mark>&lt;i&gt;</mark>" in shown and "&lt;u&gt;" in shown
    assert 'href="https://example.org/1"' in shown and "خبری یافت نشد" in page()._repr_html_()


# -- other processes, threads, coroutines ------------------------------------------------------------------------------


def test_a_page_goes_to_another_process_with_all_that_can_be_asked_of_it(index: Path) -> None:
    with khabarjoo.open(index) as news:
        page = news.search("باران", limit=3)
        again: Page = copy.copy(page)
        told = [(hit, hit.snippet, hit.marked_title, hit.article, hit.origin) for hit in page]
    assert again == page and again.plan == page.plan and again.suggestion == page.suggestion
    assert [(hit, hit.snippet, hit.marked_title, hit.article, hit.origin) for hit in again] == told
    program = (
        "import pickle, khabarjoo, sys\n"
        "with khabarjoo.open(sys.argv[1]) as news: data = pickle.dumps(news.search('باران', limit=3))\n"
        "page = pickle.loads(data)\n"
        "print([hit.id for hit in page], page[0].snippet[0].text, page == pickle.loads(pickle.dumps(page)))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(index)], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout == f"{[hit.id for hit in page]} {page[0].snippet[0].text} True\n"


def test_a_hit_whose_article_is_gone_says_why_it_cannot_be_copied(page) -> None:
    class Gone:
        def article(self, found: object) -> Any:
            raise khabarjoo.IndexDamaged(Path("x"), "cut short")

    hit = khabarjoo.Hit(1, "a", 1.0, None, Gone())  # type: ignore[arg-type]
    with pytest.raises(HitGone, match="the hit 'a' cannot be pickled: its article is read from the index"):
        copy.copy(hit)
    assert repr(hit) == "Hit(rank=1, id='a', score=1.000)"


QUERIES = ("باران", "بارا*", "«باران در شهر»", "باران~", "شهر -باران", "باران نزدیک/۳ شهر", "=بارید", "منبع:پیک شهر")


def answers(news: Searcher, query: str) -> object:
    page = news.search(query, limit=5)
    counted = news.facets(query, by=("source",)).articles
    return [(hit.id, hit.score, hit.snippet) for hit in page], page.total, counted, news.term(query).times


def test_eight_threads_share_one_searcher(news: Searcher) -> None:
    expected = {query: answers(news, query) for query in QUERIES}
    asked = QUERIES * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda query: answers(news, query), asked))
    assert found == [expected[query] for query in asked]


def test_coroutines_ask_by_way_of_threads(news: Searcher) -> None:
    async def ask() -> list[Page]:
        return await asyncio.gather(*(asyncio.to_thread(news.search, query) for query in QUERIES))

    found = asyncio.run(ask())
    assert [page.query for page in found] == list(QUERIES)
    assert [page.hits for page in found] == [news.search(query).hits for query in QUERIES]
