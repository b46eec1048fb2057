"""Completion, asked for as a shell asks, and in the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.searcher.cli.main import main
from tests.corpus import make_index

SHELLS = ["bash", "zsh", "fish"]
ARTICLES = [
    Article("a", source="خبرگزاری مهر", category="سیاسی", tags=("$(touch x)", "نفت")),
    Article("b", source="خبرگزاری مهر", category="ورزشی", tags=("یک\nدو", "نیم‌فاصله")),
    Article("c", source="ایلنا"),
]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index with a few names, which is the default one."""
    path = tmp_path / "index"
    make_index(path, ARTICLES[:2], ARTICLES[2:])
    monkeypatch.setenv("KHABARJOO_INDEX", str(path))
    return path


@pytest.fixture
def complete(monkeypatch, capfd):
    """What is offered for the last of some words, in zsh's way: (type, value) pairs."""

    def complete(*words: str, shell: str = "zsh") -> list[tuple[str, str]]:
        monkeypatch.setenv("_KHABARJOO_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(f"'{word}'" for word in ("khabarjoo", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit:
            main([])
        assert exit.value.code == 0
        out, err = capfd.readouterr()
        assert err == ""
        if shell == "bash":
            return [tuple(line.split(",", 1)) for line in out.splitlines()]
        lines = out.removesuffix("\n").split("\n") if out.strip() else []
        return list(zip(lines[::3], lines[1::3], strict=True))

    return complete


def values(offered: list[tuple[str, str]]) -> list[str]:
    return [value for _, value in offered]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_printed(run, shell: str) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert f"_KHABARJOO_COMPLETE={shell}_complete" in out


def test_other_shells_are_wrong_usage(run) -> None:
    assert run("completion", "csh").code == 2


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_itself_takes_the_script(run, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    ran = subprocess.run([shell, "-n"], input=run("completion", shell).out, text=True, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_commands_options_and_choices_are_completed(complete) -> None:
    assert values(complete("ti")) == ["timeline"]
    assert {"--since", "--sort", "--source"} <= set(values(complete("search", "--s")))
    assert values(complete("timeline", "--by", "")) == ["month", "season", "year"]
    assert "html" in values(complete("search", "--format", ""))


@pytest.mark.parametrize("words", [("index", ""), ("batch", ""), ("search", "--index", "")])
def test_files_are_left_to_the_shell(complete, words: tuple[str, ...]) -> None:
    assert [kind for kind, _ in complete(*words)] == ["file"]


def test_names_are_those_of_the_index(complete, index: Path, monkeypatch) -> None:
    assert values(complete("search", "--source", "")) == ["ایلنا", "خبرگزاری مهر"]
    assert values(complete("facets", "--category", "و")) == ["ورزشی"]
    monkeypatch.delenv("KHABARJOO_INDEX")
    assert values(complete("timeline", "--index", str(index), "--source", "ا")) == ["ایلنا"]


def test_a_name_of_two_lines_is_not_offered(complete, index: Path) -> None:
    assert values(complete("search", "--tag", "ی")) == []


def test_bash_gets_names_it_will_not_run(complete, index: Path) -> None:
    assert values(complete("search", "--tag", "", shell="bash")) == [r"\\$\\(touch\\ x\\)", "نفت", "نیم‌فاصله"]


def test_without_an_index_no_name_is_offered(complete, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "absent"))
    assert complete("search", "--source", "") == []
    monkeypatch.setenv("KHABARJOO_INDEX", __file__)
    assert complete("search", "--source", "") == []


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``khabarjoo`` is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "khabarjoo"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m khabarjoo "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}


IN_BASH = """
source <(khabarjoo completion bash)
COMP_WORDS=(khabarjoo search --source 'خبر'); COMP_CWORD=3
_khabarjoo_completion khabarjoo
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_a_name_of_two_words(index: Path, program: dict[str, str]) -> None:
    ran = subprocess.run(["bash", "-c", IN_BASH], env=program, text=True, capture_output=True, check=False)
    assert (ran.stdout, ran.stderr) == ("خبرگزاری\\ مهر\n", "")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes_commands_and_names(index: Path, program: dict[str, str]) -> None:
    asked = (
        "khabarjoo completion fish | source; complete -C 'khabarjoo ti'; complete -C 'khabarjoo search --source خبر'"
    )
    ran = subprocess.run(["fish", "-N", "-c", asked], env=program, text=True, capture_output=True, check=False)
    assert [line.split("\t")[0] for line in ran.stdout.splitlines()] == ["timeline", "خبرگزاری مهر"]


STARTS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["-N", "-i"],
}
LOADS = {
    "bash": "PS1='ready> '; source <(khabarjoo completion bash)",
    "zsh": "PS1='ready> '; autoload -Uz compinit && compinit -u -D; source <(khabarjoo completion zsh)",
    "fish": "function fish_prompt; echo 'ready> '; end; khabarjoo completion fish | source",
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("khabarjoo ti", "khabarjoo timeline"),
        ("khabarjoo search --form", "khabarjoo search --format"),
        ("khabarjoo search --source ای", "khabarjoo search --source ایلنا"),
        ("khabarjoo run le", "khabarjoo run lerze"),
    ],
)
def test_a_key_completes_in_the_shell_itself(
    shell: str, typed: str, line: str, index: Path, program: dict[str, str], tmp_path: Path, run, monkeypatch
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert run("search", "*", "--save", "lerze").code == 0
    environment = program | {"TERM": "dumb", "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    child = pexpect.spawn(
        shell, STARTS[shell], env=environment, encoding="utf-8", timeout=30, dimensions=(40, 200), cwd=tmp_path
    )
    try:
        child.sendline(f"{LOADS[shell]}; echo load''ed")
        child.expect_exact("loaded")
        child.expect_exact("ready> ")
        child.send(f"{typed}\t")
        child.expect_exact(line[-3:])
        child.send("\x01echo 'is': \r")
        child.expect_exact(f"is: {line}")
    finally:
        child.close(force=True)
