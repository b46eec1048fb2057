"""Every command line in the docs can be typed: all are parsed, and those of the page of ten commands are run."""

from __future__ import annotations

import io
import re
import runpy
import shlex
import sys
from contextvars import copy_context
from pathlib import Path

import click
import pytest

from khabarjoo.searcher.cli.main import khabarjoo, main
from khabarjoo.seeds import pages_folder

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md")])
COMMAND_LINE = re.compile(r"^ {4}(?:[\w ./-]+ \| )?(khabarjoo(?: .*)?)$", re.MULTILINE)
SYNOPSIS = re.compile(r"\[OPTIONS\]|\[COMMAND\]")
ENDS = {"|", ">", ">>", "#", "&&", "<", ";"}


def commands_in(page: Path) -> list[list[str]]:
    """The arguments of every command line of a page, up to what the shell does with them."""
    lines = [line for line in COMMAND_LINE.findall(page.read_text(encoding="utf-8")) if not SYNOPSIS.search(line)]
    return [words_of(line) for line in lines]


def words_of(line: str) -> list[str]:
    line = re.sub(r"\s+#.*$", "", line)
    words = shlex.split(line)[1:]
    end = next((place for place, word in enumerate(words) if word in ENDS), len(words))
    return words[:end]


def parse(words: list[str]) -> None:
    """Parses arguments as the command would, without running it. Raises UsageError and its like."""
    copy_context().run(_parse, words)  # what flags say of settings is not to last


def _parse(words: list[str]) -> None:
    context = khabarjoo.make_context("khabarjoo", list(words))
    protected = vars(context).get("_protected_args", vars(context).get("protected_args", []))  # before click 8.2
    rest = [*protected, *context.args]
    if rest:
        name, command, arguments = khabarjoo.resolve_command(context, rest)
        assert command is not None
        command.make_context(name, arguments, parent=context)


def test_there_are_examples() -> None:
    assert sum(len(commands_in(page)) for page in PAGES) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_the_docs_can_be_typed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    wrong = []
    for words in commands_in(page):
        try:
            parse(words)
        except click.exceptions.Exit:
            continue
        except Exception as error:
            wrong.append((words, str(error)))
    assert wrong == []


@pytest.mark.parametrize("page", ["tldr.md", "tldr.fa.md"])
def test_the_ten_commands_do_what_they_say(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").symlink_to(pages_folder())
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    commands = commands_in(ROOT / "docs" / page)
    assert len(commands) == 12
    monkeypatch.setenv("KHABARJOO_CONFIG", str(tmp_path / "config.toml"))
    for words in commands:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("باران\n".encode()), encoding="utf-8"))
        code = main(words)
        out, err = capsys.readouterr()
        nothing_new = words[0:1] == ["run"]
        assert code == nothing_new, (words, err)
        assert nothing_new or out or words[0] == "index", words


def test_both_pages_of_ten_commands_have_the_same_commands() -> None:
    assert commands_in(ROOT / "docs/tldr.md") == commands_in(ROOT / "docs/tldr.fa.md")


def test_the_man_page_is_what_the_commands_say_now() -> None:
    man_page = runpy.run_path(str(ROOT / "docs/make_man.py"))["man_page"]()
    assert man_page == (ROOT / "docs/khabarjoo.1").read_text(encoding="utf-8"), "run `make docs`"
    names = khabarjoo.list_commands(click.Context(khabarjoo))
    assert all(f'.SS "khabarjoo {name} ' in man_page for name in names)
    assert not [line for line in man_page.splitlines() if line.startswith("'")]


COUNTERPARTS = {"docs/cli.md": "docs/cli.fa.md", "docs/tldr.md": "docs/tldr.fa.md"}


def test_the_persian_readme_says_all_that_the_english_one_says() -> None:
    english, persian = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.fa.md"))
    for pattern in (r"\((docs/[\w.-]+|[A-Z]+\.md)\)", r"^ {4}(khabarjoo[^#\n]*?)\s*(?:#|$)", r"`(--[\w-]+|\w+\[\w+\])"):
        told, said = (set(re.findall(pattern, text, re.MULTILINE)) for text in (english, persian))
        assert {COUNTERPARTS.get(each, each) for each in told} - said == set()
