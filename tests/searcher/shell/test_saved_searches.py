import io
import json
from pathlib import Path

import pytest

from khabarjoo.searcher.query.plan import Filters
from khabarjoo.searcher.results import Copy
from khabarjoo.searcher.shell.listing import Search
from khabarjoo.searcher.shell.saved_searches import MOST_SEARCHES, SavedSearch, SavedSearches, Seen
from khabarjoo.searcher.shell.session import Session
from khabarjoo.searcher.shell.shell_messages import ShellError
from tests.searcher.conftest import make_hit

SEARCH = Search("«باران» رشت", Filters.of(since="۱۴۰۱", tag=("نفت", "برق")), "newest")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "saved.json"


@pytest.fixture
def saved(path: Path) -> SavedSearches:
    return SavedSearches(path)


@pytest.fixture
def session(fake, path: Path) -> Session:
    return Session(lambda: fake, io.StringIO(), limit=5, saved=path)


def printed(session: Session) -> str:
    assert isinstance(session.out, io.StringIO)
    return session.out.getvalue()


def test_a_search_comes_back_as_it_was_saved(path: Path, saved: SavedSearches) -> None:
    seen = Seen.now(["a1", "b\udc80"])
    saved.put(SavedSearch("بارش‌ها", SEARCH, {"/i": seen}))
    assert SavedSearches(path).all() == [SavedSearch("بارش‌ها", SEARCH, {"/i": seen})]
    assert path.stat().st_mode & 0o777 == 0o600
    assert seen.has("a1")
    assert not seen.has("a2")


@pytest.mark.parametrize("name", ["بارش‌ها", "بارشها", "بارش ها", " بارش‌ها "])
def test_a_name_is_known_however_it_is_spelled(saved: SavedSearches, name: str) -> None:
    saved.put(SavedSearch("بارش‌ها", SEARCH))
    saved.put(SavedSearch(name, Search("برف")))
    assert saved.get("بارشها").search.text == "برف"
    saved.remove(name)
    assert saved.names() == []


@pytest.mark.parametrize("name", ["", " ", "\x1b[31m", "ن" * 61])
def test_a_name_that_cannot_be_is_refused(saved: SavedSearches, name: str) -> None:
    with pytest.raises(ShellError, match="a name has 1 to 60 letters"):
        saved.put(SavedSearch(name, SEARCH))


def test_there_is_an_end_to_what_is_saved(saved: SavedSearches, monkeypatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.shell.saved_searches.MOST_SEARCHES", 1)
    saved.put(SavedSearch("one", SEARCH))
    with pytest.raises(ShellError, match="no more than 1"):
        saved.put(SavedSearch("two", SEARCH))
    assert MOST_SEARCHES == 500


_GOOD = {"name": "x", "query": "q", "sort": "newest", "filters": {}, "seen": {}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"version": 2, "searches": []}',
        "[" * 100_000,
        *(
            json.dumps({"version": 1, "searches": [_GOOD | wrong]})
            for wrong in (
                {"sort": "best"}, {"query": 3}, {"filters": {"tag": [1]}}, {"filters": []}, {"name": None},
                {"seen": {"i": {"at": "never", "ids": ""}}}, {"seen": {"i": 1}},
            )
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_told_and_left_alone(path: Path, saved: SavedSearches, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    for use in (saved.names, lambda: saved.put(SavedSearch("x", SEARCH))):
        with pytest.raises(ShellError, match="not ours to read"):
            use()
    assert path.read_text() == text


def test_what_acts_on_a_terminal_is_taken_out_of_a_file(path: Path, saved: SavedSearches) -> None:
    path.parent.mkdir()
    planted = {"name": "a\x1b[31mb", "query": "q\u202e", "filters": {"since": "\x071401"}}
    path.write_text(json.dumps({"version": 1, "searches": [_GOOD | planted]}))
    (found,) = saved.all()
    assert (found.name, found.search.text, found.search.standing.since) == ("ab", "q", "1401")


def test_running_a_search_shows_what_is_new_and_once_more_everything(session: Session, fake, capsys) -> None:
    session.answer("باران")
    session.answer("\\save بارش")
    fake.hits = [*fake.hits, make_hit(3, id="c3", title="باران تازه")]
    capsys.readouterr()
    session.answer("\\run بارش")
    assert capsys.readouterr().err.startswith("1 new since ")
    assert [hit.id for hit in session.shown.values()] == ["c3"]
    assert " 1. باران تازه\n" in printed(session)
    session.answer("\\اجرا بارش")
    assert capsys.readouterr().err.startswith("nothing new since ")
    assert len(session.shown) == 3


def test_running_a_search_takes_its_filters_and_order(session: Session, fake) -> None:
    for line in ("\\tag نفت", "\\sort newest", "باران", "\\save x", "\\clear", "\\sort relevance", "\\run x"):
        session.answer(line)
    assert session.standing == Filters.of(tag=("نفت",))
    assert session.sort == "newest"
    assert fake.asked[-1] == ("باران", {"limit": 5, "tag": ("نفت",), "sort": "newest"})


def test_what_is_new_is_told_for_each_index_by_itself(session: Session, path: Path, capsys) -> None:
    SavedSearches(path).put(SavedSearch("x", SEARCH, {"/elsewhere": Seen.now(["a1"])}))
    session.answer("\\run x")
    assert capsys.readouterr().err.startswith("first run on this index\n")
    assert len(SavedSearches(path).get("x").seen) == 2


def test_what_is_saved_is_told(session: Session, capsys) -> None:
    for line in ("\\tag نفت", "باران", "\\sort oldest", "\\save x"):
        session.answer(line)
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("saved as x: باران · tag نفت · oldest first. \\run x searches again")


@pytest.mark.parametrize("line", ["\\saved", "\\run", "\\اجرا"])
def test_saved_searches_are_listed_and_forgotten(session: Session, capsys, line: str) -> None:
    for typed in ("\\tag نفت", "باران", "\\save x", line):
        session.answer(typed)
    assert printed(session).endswith("x  باران · tag نفت\n")
    for line in ("\\forget X", "\\saved", "\\run x", "\\forget x"):
        session.answer(line)
    assert capsys.readouterr().err.splitlines()[-4:] == [
        "X is forgotten",
        "khabarjoo: no searches are saved; \\save NAME keeps one",
        "khabarjoo: no search is saved as x",
        "khabarjoo: no search is saved as x",
    ]


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("x.txt", " 1. باران"), ("x.md", "<div dir="), ("x.html", "<!"), ("x.csv", "\ufeffrank"), ("x.json", "{"),
        ("x.jsonl", "{"), ("x.ids", "a1\nb/2\n"), ("x.trec", ""), ("X.BIB", "@misc{"), ("x.ris", "TY  - NEWS\r\n"),
    ],
)  # fmt: skip
def test_hits_are_exported_in_the_format_of_the_ending(
    session: Session, tmp_path: Path, file: str, begins: str
) -> None:
    session.answer("باران")
    session.answer(f"\\export {tmp_path / file}")
    assert (tmp_path / file).read_bytes().decode("utf-8").startswith(begins)


def test_copies_that_were_folded_are_told_beside_what_was_written(session: Session, fake, tmp_path, capsys) -> None:
    fake.hits = [make_hit(1, copies=(Copy("m1", "مهر", None),))]
    session.answer("باران")
    session.answer(f"\\export {tmp_path / 'x.csv'}")
    assert capsys.readouterr().err.endswith("x.csv; copies named beside them: 1\n")


def test_a_file_is_written_over_only_when_that_is_asked_for(session: Session, tmp_path: Path, capsys) -> None:
    (tmp_path / "x.ids").write_text("mine")
    session.answer("باران")
    capsys.readouterr()
    session.answer(f"\\export {tmp_path}/x.ids")
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "x.ids").read_text() == "mine"
    session.answer(f"\\برون‌بر! {tmp_path}/x.ids")
    assert (tmp_path / "x.ids").read_text() == "a1\nb/2\n"


@pytest.mark.parametrize("file", ["x.pdf", "x", "", "no/such/folder/x.csv"])
def test_a_file_that_cannot_be_written_is_told(
    session: Session, tmp_path: Path, capsys, monkeypatch, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    session.answer("باران")
    capsys.readouterr()
    session.answer(f"\\export {file}")
    assert capsys.readouterr().err.startswith("khabarjoo: ")
    assert list(tmp_path.rglob("x*")) == []
