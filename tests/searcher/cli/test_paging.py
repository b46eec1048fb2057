"""A long article is shown in a pager where somebody sits at a terminal, and nowhere else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import khabarjoo
from tests.searcher.shell.realshell import RealShell

BODY = "\n".join(f"سطر شمارهٔ {number} می‌آید." for number in range(1, 61))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paged")
    texts = {"long": BODY, "short": "کوتاه"}
    lines = (json.dumps({"id": id, "title": id, "body": body}, ensure_ascii=False) for id, body in texts.items())
    (folder / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    khabarjoo.build(folder / "index", [folder / "pages.jsonl"])
    return folder / "index"


def shown(index: Path, home: Path, *arguments: str, keys: str = "", until: str = "", **said: Any) -> str:
    """What a terminal of 24 rows gets, with keys pressed once something is there."""
    command = ["-m", "khabarjoo", "show", "--index", str(index), *arguments]
    terminal = RealShell(command, home, **said)
    try:
        if until:
            terminal.wait_for(until)
        terminal.send(keys)
        assert terminal.end() == 0
        return terminal.seen
    finally:
        terminal.close()


@pytest.fixture(autouse=True)
def no_pager_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGER", "KHABARJOO_PAGER"):
        monkeypatch.delenv(name, raising=False)


def test_a_long_article_is_shown_a_screen_at_a_time(index: Path, tmp_path: Path) -> None:
    seen = shown(index, tmp_path, "long", until="q leave", keys="q")
    assert "سطر شمارهٔ 9 " in seen and "سطر شمارهٔ 60" not in seen


@pytest.mark.parametrize("told", [("short",), ("long", "--no-pager")])
def test_what_is_short_or_wanted_at_once_is_written_at_once(index: Path, tmp_path: Path, told: tuple[str, ...]) -> None:
    assert "q leave" not in shown(index, tmp_path, *told)


@pytest.mark.parametrize("said", [{"PAGER": "cat"}, {"PAGER": ""}, {"KHABARJOO_PAGER": "cat", "PAGER": "more"}])
def test_no_pager_is_a_pager_too(index: Path, tmp_path: Path, said: dict[str, str]) -> None:
    assert "سطر شمارهٔ 60 می‌آید." in shown(index, tmp_path, "long", **said)


def test_the_readers_own_pager_gets_the_rows_and_may_leave_before_their_end(index: Path, tmp_path: Path) -> None:
    assert "سطر شمارهٔ 60" in shown(index, tmp_path, "long", PAGER="sed s/^/read:/")
    seen = shown(index, tmp_path, "long", PAGER="head -n 3")
    assert "سطر شمارهٔ 9 " not in seen
    assert "read:" not in shown(index, tmp_path, "short", PAGER="sed s/^/read:/")


def test_a_pager_that_is_not_there_keeps_nothing_back(index: Path, tmp_path: Path) -> None:
    assert "سطر شمارهٔ 60" in shown(index, tmp_path, "long", PAGER="no-such-pager-at-all")


def test_what_is_piped_is_never_paged(index: Path, tmp_path: Path) -> None:
    line = f"{sys.executable} -m khabarjoo show --index {index} long | tail -n 1"
    terminal = RealShell(["-c", f"import subprocess; subprocess.run({line!r}, shell=True)"], tmp_path)
    assert terminal.end() == 0
    assert "سطر شمارهٔ 60" in terminal.seen and "q leave" not in terminal.seen
