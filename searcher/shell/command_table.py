"""What a command of the shell is: its names, what it takes, what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from khabarjoo.analyzers.digits import persian_digits

from ..query.keywords import spelled

if TYPE_CHECKING:
    from .session import Session

PREFIX = "\\"
"""What a command begins with; ``/`` is for paths and dates."""

_NONE: Mapping[str, str] = MappingProxyType({})


class Argument(Enum):
    """What a command takes."""

    NONE = auto()
    QUERY = auto()
    HIT = auto()
    DATE = auto()
    SOURCE = auto()
    CATEGORY = auto()
    TAG = auto()
    SPEAKER = auto()
    CHOICE = auto()
    NUMBER = auto()
    SAVED = auto()
    FILE = auto()
    FOLDER = auto()
    COMMAND = auto()

    @property
    def example(self) -> str:
        """Something that may be typed for it; '' where choices are listed, or nothing is taken."""
        return _EXAMPLES.get(self, "")

    def example_in(self, language: str) -> str:
        """Returns the same in the digits of a language, ``en`` or ``fa``."""
        return persian_digits(self.example) if language == "fa" else self.example


_EXAMPLES = {
    Argument.QUERY: "زلزله",
    Argument.HIT: "3",
    Argument.DATE: "1401/06",
    Argument.SOURCE: "ایسنا",
    Argument.CATEGORY: "سیاسی",
    Argument.TAG: "نفت",
    Argument.SPEAKER: "قالیباف",
    Argument.NUMBER: "20",
    Argument.SAVED: "نفت",
    Argument.FILE: "found.csv",
    Argument.FOLDER: "~/news",
    Argument.COMMAND: "since",
}


class Command(NamedTuple):
    """A command: English names and Persian ones, the first of each shown in lists, and help in both languages.

    ``letters`` may be typed alone, without a backslash, once there are hits, ``words`` at any time. ``choices`` are
    values with their Persian names.
    """

    english: tuple[str, ...]
    persian: tuple[str, ...]
    argument: Argument
    help: tuple[str, str]
    run: Callable[[Session, str], None]
    letters: tuple[str, ...] = ()
    choices: Mapping[str, str] = _NONE
    takes: tuple[str, str] = ("", "")
    words: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in both languages."""
        return self.english + self.persian

    def name(self, language: str) -> str:
        """Returns the first name in a language, ``en`` or ``fa``."""
        return (self.persian if language == "fa" else self.english)[0]

    def choice_in(self, choice: str, language: str) -> str:
        """Returns what a choice is called in a language."""
        return self.choices.get(choice, choice) if language == "fa" else choice

    def choose(self, typed: str) -> str | None:
        """Returns the choice that was typed, in either language; None when there is none of that name."""
        wanted = spelled(typed.strip())
        return next((choice for choice, persian in self.choices.items() if wanted in (choice, spelled(persian))), None)


class Stretch(NamedTuple):
    """``text[start:end]`` of a line, and what it is: the name of its colour."""

    start: int
    end: int
    what: str


def split_line(line: str) -> tuple[str, str]:
    """Returns the name of a command and what follows it.

    >>> split_line("\\\\since 1401/06 ")
    ('since', '1401/06')
    """
    name, *rest = line.strip().removeprefix(PREFIX).split(maxsplit=1) or [""]
    return name, rest[0].strip() if rest else ""


def number_in(typed: str) -> int | None:
    """Returns the number that was typed, in any digits; None when it is none.

    >>> number_in("۱۲"), number_in("²"), number_in("")
    (12, None, None)
    """
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None
