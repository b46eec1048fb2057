"""Every line of docs/wrong-input.md is what the commands say, and of docs/manners.md what the shell says."""

from __future__ import annotations

import io
import re
import shlex
from importlib.metadata import version
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.searcher.cli.main import main
from khabarjoo.searcher.searcher import Searcher
from khabarjoo.searcher.shell.session import Session
from khabarjoo.seeds import pages_folder

PAGE = Path(__file__).parents[2] / "docs/wrong-input.md"
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \| (\d) \|$", re.MULTILINE)
ROWS = [tuple(cell.replace(r"\|", "|") for cell in row) for row in ROW.findall(PAGE.read_text(encoding="utf-8"))]

MANNERS = Path(__file__).parents[2] / "docs/manners.md"
TYPED = re.compile(r"^\| ((?:`[^`]+` )*)\| `([^`]+)` \| (.+) \|$", re.MULTILINE)
LINES = [tuple(cell.replace(r"\|", "|") for cell in row) for row in TYPED.findall(MANNERS.read_text(encoding="utf-8"))]

WORDED_BY_CLICK = re.compile("No such option|Invalid value|Missing argument")


def older_click() -> bool:
    """Whether this click quotes otherwise than the one the page was written with."""
    return tuple(map(int, version("click").split(".")[:2])) < (8, 5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "pages").symlink_to(pages_folder())
    khabarjoo.build(folder / "index", [folder / "pages"])
    return folder


def test_there_are_thirty_of_each() -> None:
    shell = MANNERS.read_text(encoding="utf-8").split("## Wrong input: the shell", 1)[1].split("\n## ", 1)[0]
    assert len(ROWS) >= 30 and len(LINES) >= 30
    assert len(ROWS) + 1 == PAGE.read_text(encoding="utf-8").count("\n| ")  # the head of the table and every line
    assert len(LINES) + 1 == shell.count("\n| ")


@pytest.mark.parametrize(("typed", "said", "code"), ROWS, ids=[row[0] for row in ROWS])
def test_wrong_input_is_told_in_one_line(
    typed: str, said: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KHABARJOO_INDEX", str(folder / "index"))
    monkeypatch.setenv("KHABARJOO_CONFIG", str(folder / "config.toml"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    words = shlex.split(typed)
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("="))
    assert main(words[1:]) == int(code)
    lines = capfd.readouterr().err.splitlines()
    if not (WORDED_BY_CLICK.search(said) and older_click()):
        assert lines[0] == said
    assert len(lines) == 1 or not said.startswith("khabarjoo: ")


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Searcher:
    return khabarjoo.open(folder / "index")


@pytest.mark.parametrize(("first", "typed", "seen"), LINES, ids=[" ".join(line[:2]) for line in LINES])
def test_wrong_input_in_the_shell_is_told(
    first: str, typed: str, seen: str, folder: Path, searcher: Searcher, tmp_path: Path, monkeypatch, capfd
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("KHABARJOO_CONFIG", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    session = Session(lambda: searcher, io.StringIO(), saved=tmp_path / "saved.json")
    for line in re.findall("`([^`]+)`", first):
        session.answer(line)
    capfd.readouterr()
    session.answer(typed)
    assert seen in capfd.readouterr().err.splitlines()
