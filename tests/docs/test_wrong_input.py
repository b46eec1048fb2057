"""Every line of docs/wrong-input.md is what the commands say."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import version
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.searcher.cli.main import main
from khabarjoo.seeds import pages_folder

PAGE = Path(__file__).parents[2] / "docs/wrong-input.md"
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \| (\d) \|$", re.MULTILINE)
ROWS = [tuple(cell.replace(r"\|", "|") for cell in row) for row in ROW.findall(PAGE.read_text(encoding="utf-8"))]


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


def test_there_are_thirty() -> None:
    assert len(ROWS) >= 30


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
