"""What stands at the cursor: a command's name or argument, the value of a field, or a word of a query."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from khabarjoo.analyzers.normalizer import ZWNJ

from ..query import keywords
from ..query.syntax import Field
from .command_table import PREFIX, Argument, Command, number_in
from .commands import command_named, command_of_letter

_LONGEST_VALUE = 200  # characters before the cursor that are looked at
_QUOTES = keywords.LOOSE_QUOTES + "".join(keywords.PAIRED_QUOTES)
_SIGNS = keywords.REQUIRED_SIGNS + keywords.BARRED_SIGNS + keywords.EXACT_SIGNS + keywords.OPENING + _QUOTES + "#!|&"
_FIELD = re.compile(rf"([^\W\d_][\w{ZWNJ}]{{0,20}})\s?[{keywords.COLONS}]\s?")
_ALTERNATIVE = re.compile(r"[,،;؛]\s*|(?<=\s)(?:یا|OR)\s+|\.\.")
_ALTERNATIVE_FILTER = re.compile(r"[,،;؛]\s*")
_WORD = re.compile(rf"[^\s{re.escape(_SIGNS + keywords.CLOSING + keywords.COLONS)},،;؛]*\Z")


class Kind(Enum):
    """What may stand at a place."""

    COMMAND = auto()
    ARGUMENT = auto()
    FIELD_VALUE = auto()
    WORD = auto()
    NOTHING = auto()


class Place(NamedTuple):
    """What is being typed: its kind, and where it begins.

    ``quote`` closes the quotation mark that is open before a value; ``bare`` says that there is none, so that a value
    of several words needs a pair.
    """

    kind: Kind
    start: int
    command: Command | None = None
    field: Field | None = None
    quote: str = ""
    bare: bool = False


def place_at(text: str, cursor: int) -> Place:
    """Returns what is being typed where the cursor stands.

    >>> place_at("منبع:ایس", 8).field, place_at("\\\\sin", 4).kind.name, place_at("زلزله ته", 8).start
    ('source', 'COMMAND', 6)
    """
    before = text[:cursor]
    if before.lstrip().startswith(PREFIX):
        return _in_command(before)
    if _is_number_command(before):
        return Place(Kind.NOTHING, cursor)
    return _in_query(before)


def _in_query(before: str) -> Place:
    word = _WORD.search(before, max(0, len(before) - _LONGEST_VALUE))
    return _in_field(before) or Place(Kind.WORD, word.start())  # type: ignore[union-attr]


def _in_command(before: str) -> Place:
    begin = len(before) - len(before.lstrip()) + len(PREFIX)
    name, *rest = before[begin:].split(maxsplit=1) or [""]
    if not rest and not (name and before[-1].isspace()):
        return Place(Kind.COMMAND, begin)
    command = command_named(name)
    if command is None:
        return Place(Kind.NOTHING, len(before))
    start = begin + len(name)
    start += len(before[start:]) - len(before[start:].lstrip())
    if command.argument is Argument.QUERY:
        return _in_query(before)
    if command.argument in (Argument.SOURCE, Argument.CATEGORY, Argument.TAG, Argument.SPEAKER):
        start = _after_last(_ALTERNATIVE_FILTER, before, start)
    elif command.argument is Argument.HIT and command.choices:
        start = max(start, before.rfind(" ") + 1)
    return Place(Kind.ARGUMENT, start, command=command)


def _is_number_command(before: str) -> bool:
    letter, _, typed = before.strip().partition(" ")
    return command_of_letter(letter) is not None and (not typed or number_in(typed) is not None)


def _in_field(before: str) -> Place | None:
    """The value being typed of the last field whose value may go on to the cursor."""
    found = None
    for match in _FIELD.finditer(before, max(0, len(before) - _LONGEST_VALUE)):
        named = keywords.field_named(match[1])
        if named:
            found = (named, match.end())
    if found is None:
        return None
    named, start = found
    opening = before[start : start + 1]
    if opening and opening in _QUOTES:
        closing = keywords.PAIRED_QUOTES.get(opening, opening)
        if any(
            char in keywords.LOOSE_QUOTES if opening in keywords.LOOSE_QUOTES else char == closing
            for char in before[start + 1 :]
        ):
            return None
        return Place(Kind.FIELD_VALUE, start + 1, field=named, quote=closing)
    if opening and opening in keywords.OPENING:
        if any(char in keywords.CLOSING for char in before[start:]):
            return None
        return Place(Kind.FIELD_VALUE, _after_last(_ALTERNATIVE, before, start + 1), field=named, bare=True)
    start = _after_last(_ALTERNATIVE, before, start)
    value = before[start:]
    goes_on = named == "date" and len(value.split()) <= 3 and not value.endswith("  ")
    if any(char.isspace() for char in value) and not goes_on:
        return None
    if named in ("title", "lead", "body"):
        return Place(Kind.WORD, start)
    return Place(Kind.FIELD_VALUE, start, field=named, bare=True)


def _after_last(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the last of several values begins."""
    return max((match.end() for match in pattern.finditer(text, start)), default=start)
