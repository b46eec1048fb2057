"""Help, in the language in which it is asked for, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .command import PREFIX, Argument, Command
from .messages import ShellError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .session import Session

# What may be typed that is no command, in both languages.
_LINES = (
    (("زلزله تهران", "search for words; see docs/query-language.md"), ("زلزله تهران", "جست‌وجوی واژه‌ها")),
    (("3", "open the third hit"), ("۳", "باز کردن خبر سوم")),
)
_BESIDE = {"en": "fa", "fa": "en"}


def help(session: Session, typed: str) -> None:
    """Lists the commands, or tells what one does."""
    from .commands import COMMANDS, command_named

    language = session.asked_in
    if typed:
        command = command_named(typed.removeprefix(PREFIX))
        if command is None:
            raise ShellError(session.words("no command", name=typed.removeprefix(PREFIX)))
        session.list_pairs(_details(command, language))
        return
    entries = [entry[language == "fa"] for entry in _LINES]
    entries += [(_names(command, language), command.help[language == "fa"]) for command in COMMANDS]
    session.list_pairs(entries)


def leave(session: Session, typed: str = "") -> None:
    """Ends the session."""
    session.done = True


def _names(command: Command, language: str) -> str:
    """A command as it is typed: with its letters, its first name, and its name in the other language."""
    names = [f"{PREFIX}{command.name(each)}" for each in (language, _BESIDE[language])]
    letters = [letter for letter in command.letters if letter.isascii() == (language == "en")]
    takes = " 3" if letters and command.argument is Argument.HIT else ""
    return " ".join([*(letter + takes for letter in letters), *names])


def _details(command: Command, language: str) -> Iterator[tuple[str, str]]:
    names = command.persian + command.english if language == "fa" else command.names
    yield " ".join(PREFIX + name for name in names), command.help[language == "fa"]
    for choice, persian in command.choices.items():
        yield (
            f"{PREFIX}{command.name(language)} {persian if language == 'fa' else choice}",
            (choice if language == "fa" else persian),
        )
    if not command.choices and command.argument.example:
        yield f"{PREFIX}{command.name(language)} {command.argument.example}", ""
