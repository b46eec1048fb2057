"""What a page and its hits are to a Python program: moments in Tehran's time, and how exactly they are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo import Searcher

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
