"""``khabarjoo quotes`` and the filters of a speaker, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("quoting")
    bodies = ("علی رضایی گفت: تورم بالا رفت و بازار آرام شد. وی افزود: بانک‌ها مقصرند.", "تورم پایین آمد.")
    rows = [json.dumps({"id": str(place), "title": "خبر", "body": body}) for place, body in enumerate(bodies)]
    (folder / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    sync(folder / "index", [folder / "news.jsonl"], speakers=True)
    return str(folder / "index")


def test_quotes_are_listed_with_who_said_them(run, told: str) -> None:
    code, out, err = run("quotes", "--index", told, "رضایی")
    assert code == 0
    assert "تورم بالا رفت" in out and "بانک‌ها مقصرند" in out
    assert "2 statements of 1 article, out of 1" in err


def test_words_narrow_to_the_statements_that_have_them(run, told: str) -> None:
    code, out, _ = run("quotes", "--index", told, "--format", "jsonl", "علی رضایی", "بانک")
    assert code == 0
    (record,) = map(json.loads, out.splitlines())
    assert (record["text"], record["resolution"]) == ("بانک‌ها مقصرند.", "pronoun")


def test_nobody_is_quoted_with_exit_code_1(run, told: str) -> None:
    code, out, err = run("quotes", "--index", told, "ناشناس")
    assert (code, out) == (1, "")
    assert "ناشناس" in err


def test_a_search_shows_the_statement_and_facets_count_speakers(run, told: str) -> None:
    code, out, _ = run("search", "--index", told, "تورم", "--speaker", "رضایی", "--format", "json")
    assert code == 0
    (hit,) = json.loads(out)["hits"]
    assert hit["quotes"][0]["speaker"] == "علی رضایی"
    code, out, _ = run("facets", "--index", told, "تورم", "--by", "speaker")
    assert code == 0
    assert "علی رضایی" in out


def test_an_index_without_speakers_says_so_in_one_line(run, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "title": "خبر", "body": "علی رضایی گفت: تورم بالا رفت."}), encoding="utf-8")
    sync(tmp_path / "index", [news])
    code, out, err = run("search", "--index", str(tmp_path / "index"), "گوینده:رضایی")
    assert (code, out) == (1, "")
    assert "khabarjoo index --speakers" in err
