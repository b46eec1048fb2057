"""The commands that count, cite, compare and explain, over a real index."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from khabarjoo.analyzers.calendars import JALALI, tehran
from khabarjoo.index.article import Article
from tests.corpus import make_index


def at(year: int, month: int, day: int) -> datetime:
    date = JALALI.day(year, month, day)
    return datetime(date.year, date.month, date.day, tzinfo=tehran())


BODY = "باران در رشت بارید و رودخانه بالا آمد."
ARTICLES = [
    Article("a", "باران در رشت", "", BODY, at(1402, 6, 31), "پیک باران", "هواشناسی", ("رشت", "باران")),
    Article("b", "باران تازه", "", BODY, at(1402, 7, 1), "پیک باران", "", ("رشت",)),
    Article("c", "خشکسالی", "", "سال‌هاست باران نمی‌بارد.", at(1403, 1, 1), "دفتر دانش", "", ()),
    Article("d", "باران بی‌تاریخ", "", BODY, None, "دفتر دانش", "", ("باران",)),
    Article("e", "نمایشگاه کتاب", "", "کتاب‌های تازه آمد.", at(1400, 1, 1), "دفتر دانش", "فرهنگ", ()),
]


@pytest.fixture
def ask(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command over an index of the articles, in two segments, one article more deleted."""
    gone = Article("z", "باران", "", BODY, at(1390, 1, 1), "پیک باران")
    make_index(tmp_path / "index", [*ARTICLES[:2], gone], ARTICLES[2:], deleted={"z"})
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "index"))
    return run


def counts(ran) -> dict[str, int]:
    """The periods that are not empty."""
    return {each["period"]: each["count"] for each in json.loads(ran.out)["periods"] if each["count"]}


def test_a_timeline_counts_the_articles_with_all_words(ask) -> None:
    ran = ask("timeline", "باران", "--format", "json", "--by", "month")
    assert (ran.code, ran.err) == (0, "articles with all words: 4 · by month · undated, not shown: 1\n")
    assert counts(ran) == {"1402/06": 1, "1402/07": 1, "1403/01": 1}
    assert len(json.loads(ran.out)["periods"]) == 8


def test_a_timeline_of_words_no_article_has_together_counts_those_with_any(ask) -> None:
    ran = ask("timeline", "نمایشگاه رودخانه", "--by", "year", "--format", "json")
    assert counts(ran) == {"1400": 1, "1402": 2}
    assert ran.err == "articles with any of the words, as none has all: 4 · by year · undated, not shown: 1\n"


def test_filters_hold_for_timelines_and_facets_as_for_searches(ask) -> None:
    assert counts(ask("timeline", "باران", "--since", "۱۴۰۲/۰۷", "--format", "json", "--by", "year")) == {
        "1402": 1,
        "1403": 1,
    }
    facets = json.loads(ask("facets", "باران", "--source", "دفتر دانش", "--by", "source", "--format", "json").out)
    assert facets["facets"]["source"]["counts"] == [{"name": "دفتر دانش", "count": 2}]


def test_facets_count_names_and_dates(ask) -> None:
    found = json.loads(ask("facets", "باران", "--format", "json").out)
    assert found["articles"] == 4
    told = {name: {each["name"]: each["count"] for each in facet["counts"]} for name, facet in found["facets"].items()}
    assert told == {
        "source": {"پیک باران": 2, "دفتر دانش": 2},
        "category": {"هواشناسی": 1},
        "tag": {"باران": 2, "رشت": 2},
        "year": {"1402": 2, "1403": 1},
        "month": {"1402/06": 1, "1402/07": 1, "1403/01": 1},
    }


def test_nothing_found_is_exit_1(ask) -> None:
    assert ask("timeline", "قطار").code == 1
    assert ask("facets", "قطار").code == 1


def test_an_unreadable_date_is_one_line_and_exit_2(ask) -> None:
    for command in ("timeline", "facets"):
        code, out, err = ask(command, "باران", "--since", "۳۱ مهر ۱۴۰۲")
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_explanation_adds_up_to_the_score_of_the_search(ask) -> None:
    (hit, *_) = json.loads(ask("search", "باران رشت", "--format", "json").out)["hits"]
    explained = json.loads(ask("explain", "باران", "رشت", hit["id"], "--format", "json").out)
    assert explained["score"] == pytest.approx(sum(line["value"] for line in explained["lines"]))
    assert explained["score"] == pytest.approx(hit["score"], rel=1e-3)


def test_an_article_that_does_not_match_has_no_explanation(ask) -> None:
    assert ask("explain", "باران", "e").code == 1


def test_similar_articles_leave_the_article_itself_out(ask) -> None:
    ran = ask("similar", "a", "--format", "ids")
    assert ran.code == 0
    assert ran.out.split()[0] in {"b", "d"}
    assert "a" not in ran.out.split()
    assert ask("similar", "x9").code == 1


def test_what_is_found_can_be_cited(ask) -> None:
    ids = ask("search", "رشت", "--sort", "newest", "--format", "ids").out.split()
    assert ask("cite", *ids, "--format", "ris").out.count("TY  - NEWS\r\n") == len(ids) == 3


def test_a_report_of_a_real_search_marks_whole_words(ask) -> None:
    source = ask("search", "بارانها", "--format", "html").out
    assert "<mark>باران</mark> در رشت</h2>" in source
    assert "۴ خبر با همهٔ واژه‌ها" in source
