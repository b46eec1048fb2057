import io
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from khabarjoo.searcher.bidi.reordering import first_strong_is_right_to_left
from khabarjoo.searcher.query.keywords import spelled
from khabarjoo.searcher.shell.command_table import Command, number_in
from khabarjoo.searcher.shell.commands import COMMANDS, _late, command_named, command_of_letter
from khabarjoo.searcher.shell.session import Session

ALL = [pytest.param(command, id=command.english[0]) for command in COMMANDS]


@pytest.fixture
def helped(fake, tmp_path):
    """What a line answers."""

    def helped(line: str) -> str:
        out = io.StringIO()
        Session(lambda: fake, out, saved=tmp_path / "saved.json").answer(line)
        return out.getvalue()

    return helped


@pytest.mark.parametrize("command", ALL)
def test_a_command_has_names_and_help_in_both_languages(command) -> None:
    assert command.english
    assert command.persian
    assert all(name.isascii() for name in command.english)
    assert all(first_strong_is_right_to_left(name) for name in command.persian)
    assert command.help[0].isascii() or "،" not in command.help[0]
    assert first_strong_is_right_to_left(command.help[1])
    assert _done_by(command).__doc__


def _done_by(command: Command) -> Callable[..., None]:
    """What carries a command out, wherever it is imported from."""
    run = command.run
    if not isinstance(run, partial):
        return run
    if run.func is not _late:
        return run.func
    module, name = run.args
    return getattr(import_module(f"khabarjoo.searcher.shell.{module}"), name)


@pytest.mark.parametrize("command", ALL)
def test_a_command_is_in_the_manual(command) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "shell.md").read_text("utf-8")
    assert all(f"`\\{name}" in manual for name in (command.english[0], command.persian[0].rstrip("!")))
    assert all(f"`{letter}" in manual for letter in command.letters)


def test_no_name_and_no_letter_is_two_commands() -> None:
    names = [(spelled(name), "!" in name) for command in COMMANDS for name in command.names]
    letters = [letter for command in COMMANDS for letter in command.letters]
    assert len(names) == len(set(names))
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("command", ALL)
def test_a_command_is_found_by_each_of_its_names(command) -> None:
    assert all(command_named(name) is command for name in command.names)
    assert all(command_of_letter(letter) is command for letter in command.letters)


@pytest.mark.parametrize("name", ["پالایه‌ها", "پالایهها", "پالایه ها", "پالايه‌ها"])
def test_a_name_is_known_however_it_is_spelled(name: str) -> None:
    assert command_named(name).english == ("filters",)


@pytest.mark.parametrize("command", ALL)
def test_a_choice_is_known_in_both_languages(command) -> None:
    assert all(command.choose(typed) == choice for choice, name in command.choices.items() for typed in (choice, name))
    assert command.choose("no such choice") is None


@pytest.mark.parametrize(("line", "language"), [("\\help", 0), ("\\راهنما", 1), ("\\?", 0), ("\\کمک", 1)])
def test_help_tells_of_every_command_in_the_language_of_the_asking(helped, line: str, language: int) -> None:
    told = helped(line)
    assert all(command.help[language] in told for command in COMMANDS)
    assert not any(command.help[1 - language] in told for command in COMMANDS)
    assert all(f"\\{name}" in told for command in COMMANDS for name in (command.english[0], command.persian[0]))


@pytest.mark.parametrize(
    ("line", "told"), [("\\help sort", "newest"), ("\\راهنما \\ترتیب", "تازه"), ("\\help از", "1401")]
)
def test_help_of_one_command_tells_what_it_takes(helped, line: str, told: str) -> None:
    assert told in helped(line)


def test_help_of_no_command_is_an_error(helped, capsys) -> None:
    assert helped("\\help nothing") == ""
    assert "there is no command \\nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), (" ۱۲ ", 12), ("٢", 2), ("", None), ("²", None), ("9" * 5000, None)]
)
def test_numbers_are_read_in_any_digits(typed: str, number: int | None) -> None:
    assert number_in(typed) == number
