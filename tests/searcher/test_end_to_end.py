"""The real thing: a folder of pages, an index of it, and every command over that index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.searcher.cli.main import main

ZWNJ = "\u200c"

PAGES: dict[str, Any] = {
    "rain.json": {
        "title": "باران‌های پاییزی در رشت",
        "body": "دیروز باران شدیدی در رشت بارید. مدرسه‌ها تعطیل شدند.",
        "date": "1396/11/02 08:41",
        "source": "پیک باران",
        "category": "هواشناسی",
        "tags": ["رشت", "باران"],
        "code": "77",
    },
    "deep/school.json": {
        "title": "همكاريهاي دانشگاه و مدرسه",  # Arabic letters, ZWNJ deleted
        "body": "دانشگاه با مدرسه‌ها همکاری می‌کند.",
        "date": "2025-11-07",
        "source": "دفتر دانش",
        "category": "آموزش",
    },
    "undated.json": {"title": "نمایشگاه کتاب", "body": "کتاب‌های تازه در نمایشگاه دیده شد.\n\x1b[31mقرمز\u202e"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, page in PAGES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("indexes") / "index"
    assert main(["index", "--index", str(index), str(folder)]) == 0
    return index


@pytest.fixture
def ask(run, index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Runs the command over the index."""
    monkeypatch.setenv("KHABARJOO_INDEX", str(index))
    yield run


def ids(ran) -> list[str]:
    return ran.out.split()


@pytest.mark.parametrize("query", [f"همکاری{ZWNJ}های دانشگاه", "همکاری های دانشگاه", "همكاريهاي دانشگاه"])
def test_any_spelling_finds_the_article(ask, query: str) -> None:
    assert ids(ask("search", "--format", "ids", query))[0] == "deep/school"


def test_json_has_the_text_of_the_article_character_for_character(ask) -> None:
    ran = ask("search", "--format", "json", "نمایشگاه")
    assert ran.code == 0
    page = json.loads(ran.out)
    assert (page["format_version"], page["query"], page["total"]) == (1, "نمایشگاه", 1)
    (hit,) = page["hits"]
    assert hit["published"] is None
    snippet = "".join(piece["text"] for piece in hit["snippet"])
    assert snippet in PAGES["undated.json"]["body"]
    assert any(piece["match"] and piece["text"] == "نمایشگاه" for piece in hit["snippet"])


def test_the_date_of_a_hit_is_given_in_both_calendars(ask) -> None:
    (hit,) = json.loads(ask("search", "--format", "json", "رشت").out)["hits"]
    assert hit["published"] == "2018-01-22T08:41:00+03:30"
    assert hit["published_jalali"] == "1396/11/02"
    assert (hit["source"], hit["category"], hit["code"]) == ("پیک باران", "هواشناسی", "77")
    assert hit["tags"] == ["رشت", "باران"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--since", "۱۴۰۴/۰۱/۰۱"], {"deep/school"}),
        (["--until", "2018-12-31"], {"rain"}),
        (["--source", "پیک باران"], {"rain"}),
        (["--source", "پیک باران", "--source", "دفتر دانش"], {"rain", "deep/school"}),
        (["--category", "آموزش"], {"deep/school"}),
        (["--tag", "رشت"], {"rain"}),
        (["--limit", "1", "--offset", "2"], set()),
    ],
)
def test_filters_narrow_what_is_found(ask, options: list[str], found: set[str]) -> None:
    assert set(ids(ask("search", "--format", "ids", *options, "مدرسه"))) == found


def test_sorting_by_date_goes_either_way(ask) -> None:
    newest = ids(ask("search", "--format", "ids", "--sort", "newest", "مدرسه"))
    oldest = ids(ask("search", "--format", "ids", "--sort", "oldest", "مدرسه"))
    assert newest == ["deep/school", "rain"] == oldest[::-1]


def test_nothing_found_is_exit_1(ask) -> None:
    assert ask("search", "--format", "ids", "قطار") == (1, "", "")


def test_an_unreadable_date_is_one_line_and_exit_2(ask) -> None:
    ran = ask("search", "--since", "۳۱ مهر ۱۴۰۱", "مدرسه")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("khabarjoo: ")
    assert ran.err.count("\n") == 1


def test_a_batch_makes_a_run_in_the_order_of_search(ask) -> None:
    ran = ask("batch", "-", stdin="7\tمدرسه\n8\tقطار\n")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("7", "Q0", "1", "khabarjoo"),
        ("7", "Q0", "2", "khabarjoo"),
    ]
    assert [row[2] for row in rows] == ids(ask("search", "--format", "ids", "مدرسه"))


def test_show_prints_the_article_and_marks_the_query(ask) -> None:
    ran = ask("show", "undated")
    assert ran.code == 0
    assert ran.out.startswith("نمایشگاه کتاب\n")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    record = json.loads(ask("show", "rain", "--format", "json", "--query", "باران").out)
    assert {"text": "باران", "match": True} in record["marked"]["body"]
    assert "".join(piece["text"] for piece in record["marked"]["body"]) == record["body"]


def test_stats_count_what_was_indexed(ask, index: Path) -> None:
    record = json.loads(ask("stats", "--format", "json").out)
    assert (record["articles"], record["dated"], record["path"]) == (3, 2, str(index))
    assert record["sources"] == {"دفتر دانش": 1, "پیک باران": 1}
    assert (record["first_jalali"], record["last_jalali"]) == ("1396/11/02", "1404/08/16")


def test_the_shell_answers_queries_and_opens_hits(ask) -> None:
    ran = ask("shell", stdin="نمایشگاه\n1\n\\quit\n")
    assert ran.code == 0
    assert ran.out.startswith(" 1. نمایشگاه کتاب\n")
    assert "\nکتاب‌های تازه در نمایشگاه دیده شد.\n" in ran.out


def test_a_second_run_changes_nothing(run, folder: Path, index: Path) -> None:
    ran = run("index", "--index", str(index), str(folder))
    assert ran.code == 0
    assert "read 3 articles: 0 added, 0 updated, 3 unchanged, 0 forgotten; skipped 0" in ran.err


def test_what_is_gone_is_forgotten_and_what_cannot_be_read_is_named(run, tmp_path: Path) -> None:
    pages, index = tmp_path / "pages", str(tmp_path / "index")
    pages.mkdir()
    for name, page in PAGES.items():
        pages.joinpath(Path(name).name).write_text(json.dumps(page), encoding="utf-8")
    assert run("index", "--index", index, str(pages)).code == 0
    pages.joinpath("rain.json").unlink()
    pages.joinpath("lines.jsonl").write_text('{"id": "ok", "title": "خوب"}\n{"title": \n', encoding="utf-8")
    ran = run("index", "--index", index, str(pages))
    assert ran.code == 0
    assert "1 added, 0 updated, 2 unchanged, 1 forgotten; skipped 1" in ran.err
    assert "lines.jsonl:2: " in ran.err
    assert run("search", "--index", index, "--format", "ids", "خوب").out == "ok\n"
    assert run("search", "--index", index, "رشت").code == 1


def test_standard_input_adds_to_what_is_there(run, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    assert run("index", "--index", index, "-", stdin='{"id": "a", "title": "باران"}\n').code == 0
    assert run("index", "--index", index, "-", stdin='{"id": "b", "title": "باران و برف"}\n').code == 0
    assert sorted(ids(run("search", "--index", index, "--format", "ids", "باران"))) == ["a", "b"]


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir], ids=["missing", "empty folder"])
def test_a_path_without_articles_is_one_line_exit_2_and_nothing_lost(run, index: Path, tmp_path, make) -> None:
    path = tmp_path / "nothing"
    make(path)
    ran = run("index", "--index", str(index), str(path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"khabarjoo: {path}: ")
    assert ran.err.count("\n") == 1
    assert run("search", "--index", str(index), "--format", "ids", "رشت").out == "rain\n"


def test_a_folder_that_is_no_index_is_one_line_and_exit_2(run, folder: Path) -> None:
    for arguments in (["search", "باران"], ["stats"], ["show", "rain"], ["index", str(folder)]):
        command, *rest = arguments
        ran = run(command, "--index", str(folder), *rest)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("khabarjoo: ")
        assert ran.err.count("\n") == 1


def test_the_first_search_of_all_is_over_the_bundled_sample(run, folder: Path, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "new" / "index"))
    first = run("search", "--format", "json", "شهر", "خبر", "ایران")
    assert first.code == 0
    assert "bundled sample" in first.err
    assert json.loads(first.out)["hits"]
    assert run("search", "--format", "ids", "ایران").err == ""
    assert run("index", str(folder)).code == 0
    assert json.loads(run("stats", "--format", "json").out)["articles"] == len(PAGES)


def test_an_empty_file_alone_is_one_line_and_exit_2(run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    ran = run("index", "--index", str(tmp_path / "index"), str(empty))
    assert (ran.code, ran.out) == (2, "")
    assert "empty.txt: " in ran.err
    assert ran.err.count("\n") == 1
