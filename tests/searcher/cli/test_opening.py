from pathlib import Path
from types import SimpleNamespace

import pytest

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.index import store
from khabarjoo.index.errors import NoIndex
from khabarjoo.searcher.cli.opening import open_index
from khabarjoo.searcher.config import default_folder
from khabarjoo.searcher.shell.listing import Search
from khabarjoo.searcher.shell.saved_searches import SavedSearch, SavedSearches


@pytest.fixture
def sample(monkeypatch) -> list[tuple[Path, list[Path]]]:
    """What was indexed, by a stand-in that makes the folder."""
    made: list[tuple[Path, list[Path]]] = []

    def sync(folder: Path, paths: list[Path], *, sample: bool) -> None:
        assert sample
        folder.mkdir(parents=True)
        made.append((folder, paths))

    monkeypatch.setattr("khabarjoo.index.file_sync.sync", sync)
    monkeypatch.setattr("khabarjoo.seeds.pages_folder", lambda: Path("sample"), raising=False)
    return made


@pytest.fixture
def opened(monkeypatch) -> None:
    def open_folder(folder: Path, *, limits: object = None, tables: Path | None = None) -> SimpleNamespace:
        if not folder.exists():
            raise NoIndex(folder)
        return SimpleNamespace(
            path=folder, fell_back="generation 7: it is cut short" if folder.name == "old" else "", is_behind=False
        )

    monkeypatch.setattr("khabarjoo.open", open_folder, raising=False)


def test_the_environment_names_the_default_index(monkeypatch) -> None:
    monkeypatch.setenv("KHABARJOO_INDEX", "/some/where")
    assert default_folder() == Path("/some/where")


def test_without_the_environment_it_is_in_the_data_folder_of_the_user(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("KHABARJOO_INDEX", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder().name == "index"
    assert default_folder().parent.name == "khabarjoo"


def test_the_first_search_indexes_the_sample_and_says_so(monkeypatch, tmp_path, sample, opened, capsys) -> None:
    folder = tmp_path / "data" / "khabarjoo"
    monkeypatch.setenv("KHABARJOO_INDEX", str(folder))
    assert open_index(None, first_search=True).path == folder
    assert sample == [(folder, [Path("sample")])]
    out, err = capsys.readouterr()
    assert out == ""
    assert "bundled sample" in err
    assert "khabarjoo index FOLDER" in err

    assert open_index(None).path == folder
    assert len(sample) == 1
    assert capsys.readouterr().err == ""


def test_an_index_named_outright_is_never_made_of_the_sample(tmp_path, sample, opened) -> None:
    with pytest.raises(NoIndex):
        open_index(tmp_path / "absent")
    assert sample == []


def test_only_a_search_makes_the_sample_of_an_index_that_the_environment_names(
    monkeypatch, tmp_path, sample, opened, run
) -> None:
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "absent"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    SavedSearches(tmp_path / "state" / "khabarjoo" / "saved.json").put(SavedSearch("x", Search("باران")))
    for arguments in (["stats"], ["show", "a"], ["run", "x", "--new"], ["run", "x"]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "") and "there is no index in" in err
    monkeypatch.delenv("KHABARJOO_INDEX")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run("run", "x", "--new")[0] == 2
    assert sample == [] and not (tmp_path / "absent").exists() and not (tmp_path / "data").exists()
    open_index(None)
    assert len(sample) == 1


def test_an_older_generation_is_not_shown_as_if_it_were_the_newest(tmp_path, opened, capsys) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    open_index(folder)
    told = f"{folder} is damaged (generation 7: it is cut short); what is shown is older; see: khabarjoo verify"
    told += f" --index {folder}"
    assert " ".join(capsys.readouterr().err.split()) == f"khabarjoo: {told}"


def test_an_index_of_the_analyzer_before_is_searched_with_a_notice_and_made_anew_by_the_command_it_names(
    run, monkeypatch, tmp_path
) -> None:
    articles = tmp_path / "news.jsonl"
    articles.write_text('{"id": "a", "title": "باران بهاری"}\n', encoding="utf-8")
    folder = tmp_path / "index"
    assert run("--index", str(folder), "index", str(articles))[0] == 0
    articles.unlink()
    monkeypatch.setattr(store, "ANALYZER_VERSION", ANALYZER_VERSION + 1)
    code, out, err = run("--index", str(folder), "search", "باران", "--format", "ids")
    assert (code, out.split()) == (0, ["a"])
    assert "made by the analyzer before this one" in err
    assert f"khabarjoo index --rebuild --index {folder}" in err
    assert run("index", "--rebuild", "--index", str(folder))[0] == 0
    code, out, err = run("--index", str(folder), "search", "باران", "--format", "ids")
    assert (code, out.split(), "analyzer" in err) == (0, ["a"], False)


def test_an_index_made_with_other_word_lists_is_searched_with_a_notice(run, monkeypatch, tmp_path) -> None:
    articles = tmp_path / "news.jsonl"
    articles.write_text('{"id": "a", "title": "باران بهاری"}\n', encoding="utf-8")
    folder = tmp_path / "index"
    assert run("--index", str(folder), "index", str(articles))[0] == 0
    monkeypatch.setattr(store, "default_lexicon", lambda: SimpleNamespace(digest="of others"))
    code, out, err = run("--index", str(folder), "search", "باران", "--format", "ids")
    assert (code, out.split()) == (0, ["a"])
    assert "with other word lists" in err
    assert f"khabarjoo index --rebuild --index {folder}" in err


def test_an_index_of_an_analyzer_before_that_is_refused(run, monkeypatch, tmp_path) -> None:
    articles = tmp_path / "news.jsonl"
    articles.write_text('{"id": "a", "title": "باران"}\n', encoding="utf-8")
    folder = str(tmp_path / "index")
    assert run("--index", folder, "index", str(articles))[0] == 0
    monkeypatch.setattr(store, "ANALYZER_VERSION", ANALYZER_VERSION + 2)
    code, _, err = run("--index", folder, "search", "باران")
    assert (code, "make it again" in err) == (2, True)
