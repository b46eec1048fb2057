"""What is listed is written down: to files of any format, and as citations."""

import io
import sys
from pathlib import Path

import pytest

from khabarjoo.searcher.shell.session import Session


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def session(fake, out, tmp_path, monkeypatch) -> Session:
    monkeypatch.chdir(tmp_path)
    session = Session(lambda: fake, out, saved=tmp_path / "saved.json")
    session.answer("باران")
    out.seek(0)
    out.truncate()
    return session


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv", ".json", ".jsonl", ".ids", ".trec", ".bib", ".ris"])
def test_the_ending_of_a_file_tells_its_format(session, capsys, ending: str) -> None:
    session.answer(f"\\export found{ending}")
    assert f"2 of 2 articles written to found{ending}" in capsys.readouterr().err
    assert Path(f"found{ending}").read_text("utf-8")


@pytest.mark.parametrize(("ending", "module"), [(".docx", "docx"), (".xlsx", "openpyxl")])
def test_what_word_and_excel_open_is_written_by_libraries_that_are_kept(session, ending: str, module: str) -> None:
    library = pytest.importorskip(module)
    session.answer(f"\\export found{ending}")
    opened = library.Document(f"found{ending}") if ending == ".docx" else library.load_workbook(f"found{ending}")
    assert "باران در رشت" in str(
        [paragraph.text for paragraph in opened.paragraphs] if ending == ".docx" else list(opened.active.values)
    )


@pytest.mark.parametrize(
    ("ending", "module", "instead"),
    [
        (".docx", "word_document", "without it Word opens .html"),
        (".xlsx", "spreadsheet", "without it Excel opens .csv"),
    ],
)
def test_without_the_library_what_to_install_and_what_opens_there_is_told(
    session, capsys, monkeypatch, ending: str, module: str, instead: str
) -> None:
    monkeypatch.delitem(sys.modules, f"khabarjoo.searcher.output.{module}", raising=False)
    for name in ("docx", "openpyxl"):
        monkeypatch.setitem(sys.modules, name, None)
    session.answer(f"\\export found{ending}")
    told = capsys.readouterr().err
    assert "pip install 'khabarjoo[office]'" in told
    assert instead in told
    assert not Path(f"found{ending}").exists()


@pytest.mark.parametrize("line", ["\\export found.doc", "\\export found", "\\bibliography found.pdf"])
def test_an_ending_of_no_format_is_told_those_there_are(session, capsys, line: str) -> None:
    session.answer(line)
    assert "there is no format that ends so; there are .csv" in capsys.readouterr().err.replace(".txt", ".csv")
    assert not list(Path().glob("found*"))


def test_every_hit_is_cited_on_the_screen_or_in_a_file(session, out) -> None:
    for line in ("\\cite all", "\\bibliography", "\\bibliography refs.txt", "\\کتابنامه refs.bib"):
        session.answer(line)
    cited = Path("refs.txt").read_text("utf-8")
    assert len(cited.splitlines()) == 2
    assert out.getvalue() == cited * 2
    assert Path("refs.bib").read_text("utf-8").count("@misc{") == 2


def test_a_file_that_is_there_is_written_over_only_when_that_is_said(session, capsys) -> None:
    Path("found.csv").write_text("mine")
    session.answer("\\export found.csv")
    assert "found.csv is there already" in capsys.readouterr().err
    assert Path("found.csv").read_text() == "mine"
    session.answer("\\export! found.csv")
    assert Path("found.csv").read_text() != "mine"


def test_one_citation_goes_to_a_file_letter_by_letter(session: Session, tmp_path: Path) -> None:
    session.answer("باران")
    session.answer(f"\\cite 1 {tmp_path / 'one.bib'}")
    assert (tmp_path / "one.bib").read_text(encoding="utf-8").count("@misc{") == 1


def test_nothing_is_written_where_nothing_was_found(session: Session, fake, tmp_path: Path, capsys) -> None:
    fake.hits = []
    session.answer("باران")
    session.answer(f"\\export {tmp_path / 'none.csv'}")
    assert "nothing to write" in capsys.readouterr().err and not (tmp_path / "none.csv").exists()
