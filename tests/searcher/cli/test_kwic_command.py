"""Concordances, counts of terms, timelines side by side, fields, addresses and saved searches, over one index."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.searcher.cli.main import main
from khabarjoo.searcher.shell.history import state_folder
from khabarjoo.searcher.shell.index_loader import IndexLoader
from khabarjoo.searcher.shell.saved_searches import SavedSearch, SavedSearches, Seen
from khabarjoo.searcher.shell.session import Session

ARTICLES = [
    {"id": "a", "title": "سازمان ملل و زلزله", "text": "زلزله در بم آمد. سازمان ملل کمک فرستاد.", "date": "1398/02/03",
     "source": "ایسنا", "url": "https://www.isna.ir/news/98020301234/زلزله-در-بم", "code": "98020301234"},
    {"id": "b", "title": "سیل", "text": "پس از زلزله، سیل آمد و زلزله‌ها تکرار شد. ملل دیگر سازمان دادند.",
     "date": "1400/05/01", "source": "مهر", "url": "http://mehrnews.com/xyz?utm_source=t&id=7"},
    {"id": "c", "title": "گزارش باران", "text": "باران بارید. پیش از زلزله باران می‌آمد.", "source": "ایسنا",
     "date": "1402/01/10", "url": "javascript:alert(1)"},
    {"id": "d", "title": "ورزش", "text": "بازی مساوی شد.", "date": "1402/02/10", "source": "مهر"},
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studying")
    lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES)
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    khabarjoo.build(folder / "index", [folder / "news.jsonl"])
    return folder / "index"


@pytest.fixture
def ask(run, index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("KHABARJOO_INDEX", str(index))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return run


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_concordance_is_sorted_by_what_follows_with_all_matches_below_each_other(ask) -> None:
    ran = ask("kwic", "زلزله")
    lines = ran.out.splitlines()
    assert ran.err == "5 places in 3 articles\n"
    following = [line[-1].lstrip("، ").split()[:1] for line in rows(ask("kwic", "زلزله", "--format", "csv").out)[1:]]
    assert following == [[], ["باران"], ["تکرار"], ["در"], ["سیل"]]
    middle = lines[0].index("زلزله")
    assert all(line[middle:].startswith("زلزله") for line in lines)
    assert lines[0].endswith(" a") and all(len(line) <= 160 for line in lines)


def test_a_phrase_is_found_in_a_concordance_as_a_whole_only(ask) -> None:
    told = json.loads(ask("kwic", "«سازمان ملل»", "--format", "json").out)
    assert {(place["id"], place["part"], place["match"]) for place in told["places"]} == {
        ("a", "title", "سازمان ملل"),
        ("a", "body", "سازمان ملل"),
    }
    assert (told["format_version"], told["total"], told["articles"], told["found"]) == (1, 2, 1, 1)
    for place in told["places"]:
        text = ARTICLES[0]["title" if place["part"] == "title" else "text"]
        assert text[place["start"] :].startswith(place["match"])


def test_a_concordance_by_what_precedes_takes_filters_limits_and_csv(ask) -> None:
    ran = ask("kwic", "زلزله", "--sort", "preceding", "--format", "csv", "--since", "1400", "--limit", "2")
    header, *lines = rows(ran.out)
    assert header == ["id", "source", "published", "published_jalali", "part", "start", "before", "match", "after"]
    assert [(line[0], line[6].split()[-1]) for line in lines] == [("b", "از"), ("c", "از")]
    assert "3 places in 2 articles · 1 shown" in ask("kwic", "زلزله", "--since", "1400", "--limit", "1").err
    assert "in the 1 best of 3 articles" in ask("kwic", "زلزله", "--articles", "1").err


def test_a_concordance_of_what_is_nowhere_is_empty(ask) -> None:
    ran = ask("kwic", "کوانتوم")
    assert (ran.code, ran.out, ran.err) == (1, "", "0 places in 0 articles\n")


def test_terms_are_counted_by_places_articles_and_periods(ask) -> None:
    told = json.loads(ask("terms", "زلزله", "«سازمان", "ملل»", "=زلزله‌ها", "--by", "year", "--format", "json").out)
    found = [(term["term"], term["times"], term["articles"]) for term in told["terms"]]
    assert found == [("زلزله", 5, 3), ("«سازمان ملل»", 2, 1), ("=زلزله‌ها", 1, 1)]
    assert [(each["period"], each["count"]) for each in told["terms"][0]["periods"]] == [
        ("1398", 1), ("1399", 0), ("1400", 1), ("1401", 0), ("1402", 1)
    ]  # fmt: skip


def test_terms_are_shown_with_their_course_over_time(ask) -> None:
    heading, line, _ = ask("terms", "زلزله", "باران", "--by", "year").out.splitlines()
    assert heading.split() == ["times", "articles", "over", "time"]
    assert line.split() == ["5", "3", "█", "█", "█", "زلزله", "۱۳۹۸", "تا", "۱۴۰۲"]


def test_without_a_term_the_commonest_words_are_counted(ask) -> None:
    header, *lines = rows(ask("terms", "--limit", "1", "--by", "year", "--format", "csv").out)
    assert header[:3] == ["term", "times", "articles"]
    assert {tuple(line[:3]) for line in lines} == {("'=زلزله", "4", "3")}


def test_timelines_stand_side_by_side_in_the_same_periods(ask) -> None:
    ran = ask("timeline", "زلزله", "--versus", "باران", "--by", "year", "--format", "csv")
    header, *lines = rows(ran.out)
    assert header == ["period", "label", "start", "end", "زلزله", "باران"]
    assert [(line[0], *line[4:]) for line in lines] == [
        ("1398", "1", "0"), ("1399", "0", "0"), ("1400", "1", "0"), ("1401", "0", "0"), ("1402", "1", "1")
    ]  # fmt: skip
    told = json.loads(ask("timeline", "باران", "--versus", "سیل", "--format", "json").out)
    assert [query["query"] for query in told["queries"]] == ["باران", "سیل"]
    starts = [period["start"] for period in told["periods"]]
    assert starts[1:] == [period["end"] for period in told["periods"]][:-1]
    assert [sum(counts) for counts in zip(*(each["counts"] for each in told["periods"]), strict=True)] == [1, 1]
    text = ask("timeline", "زلزله", "--versus", "باران", "--by", "year")
    assert "۱۴۰۲ · زلزله" in text.out and "۱۴۰۲ · باران" in text.out and text.err.startswith("زلزله: ")


def test_fields_are_told_in_the_order_asked_for_rank_and_texts_on_demand(ask) -> None:
    ran = ask("search", "زلزله", "--format", "jsonl", "--fields", "rank,body,id", "--limit", "1")
    told = json.loads(ran.out)
    assert list(told) == ["rank", "body", "id"]
    assert told["body"] == next(each["text"] for each in ARTICLES if each["id"] == told["id"])
    header, line = rows(ask("search", "سیل", "--format", "csv", "--fields", "id،untitled,tags", "--limit", "1").out)
    assert (header, line) == (["id", "untitled", "tags"], ["b", "false", ""])
    assert "rank" not in json.loads(ask("search", "سیل", "--format", "json").out)["hits"][0]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--fields", "bdy", "--format", "json"], "did you mean body?"),
        (["--fields", "؟؟", "--format", "json"], "there are rank, id"),
        (["--fields", ",", "--format", "json"], "name some fields"),
        (["--fields", "id"], "--fields goes with --format json or jsonl or csv"),
    ],
)
def test_fields_there_are_not_are_told_with_those_there_are(options: list[str], told: str, ask) -> None:
    ran = ask("search", "زلزله", *options)
    assert (ran.code, ran.out) == (2, "") and told in ran.err


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("https://www.isna.ir/news/98020301234/زلزله-در-بم", "a"),
        ("isna.ir/news/98020301234/%D8%B2%D9%84%D8%B2%D9%84%D9%87-%D8%AF%D8%B1-%D8%A8%D9%85/", "a"),
        ("http://m.isna.ir/news/98020301234/another-headline?utm_campaign=x#end", "a"),
        ("https://mehrnews.com/xyz?id=7", "b"),
    ],
)
def test_an_article_is_found_by_its_address_however_it_was_copied(address: str, id: str, ask) -> None:
    assert json.loads(ask("show", "--format", "json", address).out)["id"] == id
    assert ask("cite", address).code == 0


@pytest.mark.parametrize(
    "address", ["https://mehrnews.com/xyz?id=8", "https://isna.ir/", "https://other.ir/news/98020301234"]
)
def test_an_address_of_no_article_is_said_to_be_none(address: str, ask) -> None:
    ran = ask("show", address)
    assert ran.code == 1 and address in ran.err


def test_the_original_is_opened_in_the_browser_and_nothing_that_is_no_web_page(
    ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    assert ask("show", "--open", "a").code == 0
    assert opened == ["https://www.isna.ir/news/98020301234/%D8%B2%D9%84%D8%B2%D9%84%D9%87-%D8%AF%D8%B1-%D8%A8%D9%85"]
    for id in ("c", "d"):
        ran = ask("show", "--open", id)
        assert ran.code == 1 and f"{id} tells no address of the web; it was read from" in ran.err
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    ran = ask("show", "--open", "b")
    assert ran.code == 2 and "$BROWSER" in ran.err and "http://mehrnews.com" in ran.err
    assert len(opened) == 1


def test_a_bare_star_is_every_article(ask) -> None:
    assert len(ask("search", "*", "--format", "ids").out.split()) == len(ARTICLES)
    assert ask("facets", "*", "--by", "source", "--format", "csv").out.split()[1:] == ["source,ایسنا,2", "source,مهر,2"]
    assert len(ask("search", "*", "-زلزله", "--format", "ids").out.split()) == 1


def test_an_explanation_heeds_the_filters_of_the_search(ask) -> None:
    assert ask("explain", "زلزله", "a", "--source", "ایسنا").code == 0
    assert ask("explain", "زلزله", "a", "--source", "مهر").code == 1
    hits = json.loads(ask("search", "زلزله", "سیل", "--since", "1400", "--format", "json").out)["hits"]
    for hit in hits:
        told = json.loads(ask("explain", "زلزله", "سیل", hit["id"], "--since", "1400", "--format", "json").out)
        assert told["score"] == pytest.approx(hit["score"], abs=1e-4)


# -- saved searches ----------------------------------------------------------------------------------------------------


def test_a_saved_search_runs_as_it_was_asked_and_tells_what_is_new(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "index"))
    news = tmp_path / "news.jsonl"

    def have(*articles: dict[str, str]) -> None:
        news.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in articles), encoding="utf-8")
        khabarjoo.build(tmp_path / "index", [news])

    have(*ARTICLES[:2])
    assert run("search", "زلزله", "--source", "مهر", "--save", "لرزه").code == 0
    assert run("run").out == "لرزه\tزلزله · source مهر\n"
    assert run("run", "لرزه", "--format", "ids").out.split() == ["b"]
    quiet = run("run", "لرزه", "--new")
    assert (quiet.code, quiet.out, quiet.err) == (1, "", "")
    fresh = {"title": "پس‌لرزه", "text": "زلزله باز آمد.", "source": "مهر"}
    have(*ARTICLES[:2], {"id": "e", **fresh}, {"id": "f", **fresh})
    once = run("run", "لرزه", "--new", "--format", "ids", "--limit", "1")
    again = run("run", "لرزه", "--new", "--format", "jsonl", "--fields", "id")
    assert once.code == 0 and "2 new since" in once.err
    assert {once.out.strip(), json.loads(again.out)["id"]} == {"e", "f"}
    assert run("run", "لرزه", "--new").code == 1
    kept = tmp_path / "state" / "khabarjoo" / "saved.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 or sys.platform == "win32"
    assert run("run", "--forget", "لرزه").err == "لرزه is forgotten\n"
    assert run("run").code == 1


def test_a_shell_that_is_open_while_the_index_grows_tells_what_is_new_and_makes_nothing_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], run
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder, news = tmp_path / "index", tmp_path / "news.jsonl"

    def have(count: int) -> None:
        rows = [{"id": f"q{number}", "title": f"زلزله {number}"} for number in range(count)]
        news.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in rows), encoding="utf-8")
        khabarjoo.build(folder, [news])

    have(2)
    opening = IndexLoader(lambda: khabarjoo.open(folder))
    session = Session(opening.searcher, io.StringIO(), reopen=opening.reload)
    with closing(opening):
        session.answer("زلزله")
        session.answer("\\save q")
        have(3)
        capfd.readouterr()
        session.answer("\\run q")
        assert capfd.readouterr().err.startswith("1 new since ")
        assert [hit.id for hit in session.shown.values()] == ["q2"]
        have(4)
        assert run("--index", str(folder), "run", "q", "--new", "--format", "ids").out == "q3\n"
        SavedSearches(state_folder() / "saved.json").know("q", str(folder), ["q0"])  # as one who knows less
        assert run("--index", str(folder), "run", "q", "--new").code == 1
        session.answer("زلزله")
        assert session.page is not None and session.page.total == 4


def test_what_is_new_is_told_with_what_it_is_counted_of(ask) -> None:
    ask("search", "زلزله باران", "--save", "x")
    kept = SavedSearches(state_folder() / "saved.json")
    found = kept.get("x")
    kept.put(SavedSearch(found.name, found.search, {name: Seen.now([]) for name in found.seen}))
    err = ask("run", "x", "--new").err
    assert "1 new since " in err and "1 article has all the words" in err


def test_all_hits_are_written_on_demand_and_else_told_to_be_left_out(ask, index: Path) -> None:
    every = rows(ask("search", "*", "--format", "csv", "--limit", "all").out)
    assert len(every) == 1 + len(ARTICLES)
    with khabarjoo.open(index) as news:
        assert len(news.search("*", limit=None)) == len(news.search("*", limit=None).to_dicts()) == len(ARTICLES)
    asked = ask("search", "*", "--format", "csv", "--limit", "3")
    assert (len(rows(asked.out)), asked.err) == (4, "3 articles written\n")
    assert ask("search", "*", "--limit", "0").code == 2


@pytest.mark.parametrize(("name", "begins"), [("xlsx", b"PK"), ("docx", b"PK")])
def test_files_of_excel_and_word_go_to_standard_output(
    index: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str, begins: bytes
) -> None:
    pytest.importorskip("openpyxl" if name == "xlsx" else "docx")
    assert main(["--index", str(index), "search", "زلزله", "--format", name]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(begins) and zipfile.is_zipfile(io.BytesIO(out))


def test_a_file_of_excel_is_not_for_a_terminal(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = ask("search", "زلزله", "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "") and "--format xlsx > hits.xlsx" in ran.err


def test_python_opens_the_index_of_the_commands_when_none_is_named(ask, index: Path) -> None:
    with khabarjoo.open() as news:
        assert news.path == index


@pytest.mark.parametrize(("name", "told"), [("csv", True), ("jsonl", True), ("html", True), ("json", False)])
def test_a_file_that_holds_a_part_says_how_to_get_the_whole(
    ask, monkeypatch: pytest.MonkeyPatch, name: str, told: bool
) -> None:
    monkeypatch.setenv("KHABARJOO_PAGE_SIZE", "3")
    assert ("3 of 4 articles written; --limit all" in ask("search", "*", "--format", name).err) == told


def test_a_search_that_is_not_saved_is_told_with_those_that_are(ask) -> None:
    assert "khabarjoo search QUERY --save NAME" in ask("run").err
    ask("search", "باران", "--save", "rain")
    ran = ask("run", "rein", "--new")
    assert ran.code == 2 and "no search is saved as rein; there are: rain" in ran.err
    assert ask("run", "--new").code == 2
    assert ask("search", "باران", "--save", " ").code == 2


def test_what_a_closed_pipe_did_not_take_stays_new(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("KHABARJOO_INDEX", str(index))
    assert main(["search", "زلزله", "--save", "x", "--limit", "1"]) == 0
    kept = tmp_path / "state" / "khabarjoo" / "saved.json"
    record = json.loads(kept.read_text())
    record["searches"][0]["seen"][str(index)]["ids"] = ""
    kept.write_text(json.dumps(record))
    program = [sys.executable, "-m", "khabarjoo", "run", "x", "--new", "--format", "ids"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.close()
    assert process.returncode == 141
    assert json.loads(kept.read_text()) == record
