"""Colours a line while it is typed: queries are cut by the query language's own grammar."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from ..output.themes import Theme
from ..query import keywords
from ..query.lexer import Kind, Lexeme
from ..query.parser import settled
from ..query.syntax import Barred, Boosted, Hashtag, InField, Phrase, Required, Similar, Wildcard
from .command_table import PREFIX, Argument, number_in
from .commands import command_named, command_of_letter


class Stretch(NamedTuple):
    """``text[start:end]``, and what it is: the name of its colour."""

    start: int
    end: int
    what: str


_OF_PART: dict[type, str] = {Phrase: "phrase", Wildcard: "pattern", Similar: "pattern", Hashtag: "hashtag"}
_NAME_FIELDS = ("source", "category", "tag", "code", "date", "speaker")


def stretches(text: str) -> list[Stretch]:
    """Returns the parts of a line in their order, without overlap; what is in none of them is plain.

    >>> stretches("منبع:ایسنا زلزله")
    [Stretch(start=0, end=5, what='field'), Stretch(start=5, end=10, what='name')]
    >>> stretches("\\\\since 1401")
    [Stretch(start=0, end=6, what='command'), Stretch(start=7, end=11, what='argument')]
    """
    if text.lstrip().startswith(PREFIX):
        return list(_command(text))
    if _is_by_letter(text):
        return [Stretch(0, len(text), "command")]
    return [stretch for stretch in _query(text) if stretch.end > stretch.start]


def _command(text: str) -> Iterator[Stretch]:
    start = len(text) - len(text.lstrip())
    name = text[start + len(PREFIX) :].split(maxsplit=1)[:1]
    end = start + len(PREFIX) + (len(name[0]) if name and not text[start + 1 : start + 2].isspace() else 0)
    command = command_named(text[start + 1 : end])
    yield Stretch(start, end, "command" if command else "unknown")
    rest = text[end:]
    if argument := rest.strip():
        at = end + rest.index(argument)
        if command is not None and command.argument is Argument.QUERY:
            yield from (Stretch(at + first, at + last, what) for first, last, what in _query(argument) if last > first)
        else:
            yield Stretch(at, at + len(argument), "argument")


def _is_by_letter(text: str) -> bool:
    letter, _, typed = text.strip().partition(" ")
    if not typed and number_in(letter) is not None:
        return len(letter) < 4
    return command_of_letter(letter) is not None and (not typed or number_in(typed) is not None)


def _query(text: str) -> Iterator[Stretch]:
    read, lexemes = settled(text)
    at = 0
    for lexeme in lexemes:
        yield from _passed_over(read, at, lexeme.start)
        yield from _lexeme(read, lexeme)
        at = lexeme.end
    yield from _passed_over(read, at, len(read))
    yield Stretch(len(read), len(text), "ignored")


def _passed_over(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Signs between lexemes, which the query does without."""
    if passed := text[start:end].strip():
        at = start + text[start:end].index(passed)
        yield Stretch(at, at + len(passed), "ignored")


def _lexeme(text: str, lexeme: Lexeme) -> Iterator[Stretch]:
    start, end = lexeme.start, lexeme.end
    if lexeme.kind in (Kind.OPERATOR, Kind.NEAR):
        yield Stretch(start, end, "operator")
    elif lexeme.kind is Kind.OPEN:
        at = yield from _prefix(text, start, end, bool(lexeme.prefix.sign), bool(lexeme.prefix.field))
        yield Stretch(at, end, "bracket")
    elif lexeme.kind is Kind.CLOSE:
        yield Stretch(start, end, "bracket")
    elif lexeme.kind is Kind.CLAUSE:
        yield from _clause(text, lexeme)


def _clause(text: str, lexeme: Lexeme) -> Iterator[Stretch]:
    """A sign, the name of a field, and what is to be found, whichever it has."""
    part, end = lexeme.part, lexeme.end
    has_sign = isinstance(part, Required | Barred)
    if isinstance(part, Required | Barred):
        part = part.part
    field = part.field if isinstance(part, InField) else None
    if isinstance(part, InField):
        part = part.part
    at = yield from _prefix(text, lexeme.start, end, has_sign, field is not None)
    boost = text.rfind("^", at, end) if isinstance(part, Boosted) else -1
    if isinstance(part, Boosted):
        part = part.part
    what = "date" if field == "date" else "name" if field in _NAME_FIELDS else _OF_PART.get(type(part), "value")
    yield Stretch(at, end if boost < 0 else boost, what)
    if boost >= 0:
        yield Stretch(boost, end, "boost")


def _prefix(text: str, start: int, end: int, has_sign: bool, has_field: bool) -> Generator[Stretch, None, int]:
    """The sign and the name of the field before a part; where the part itself begins."""
    at = start + has_sign
    yield Stretch(start, at, "sign")
    if has_field:
        colons = [place for colon in keywords.COLONS if (place := text.find(colon, at, end)) >= 0]
        name_end = min(colons) + 1
        yield Stretch(at, name_end, "field")
        at = name_end + len(text[name_end:end]) - len(text[name_end:end].lstrip())
    return at


_LONGEST = 5000  # characters that are coloured: one's typing is not to be held up

# What each part is, told by more than its colour where it matters. Colours are from the sixteen that every terminal
# has, as its owner chose them: those that read on a dark background, and those that read on a light one.
_ATTRIBUTES = {
    "command": "bold",
    "unknown": "underline",
    "operator": "bold",
    "field": "bold",
    "sign": "bold",
    "pattern": "underline",
    "prompt": "bold",
}
_HUES = {
    "command": ("cyan", "blue"),
    "unknown": ("brightred", "red"),
    "argument": ("green", "magenta"),
    "operator": ("magenta", "magenta"),
    "bracket": ("magenta", "magenta"),
    "field": ("brightblue", "blue"),
    "sign": ("brightred", "red"),
    "name": ("green", "magenta"),
    "date": ("green", "magenta"),
    "phrase": ("yellow", "red"),
    "pattern": ("yellow", "red"),
    "hashtag": ("cyan", "blue"),
    "boost": ("brightblack", "brightblack"),
    "ignored": ("brightblack", "brightblack"),
    "auto-suggestion": ("brightblack", "brightblack"),
}
_OF_ANY_BACKGROUND = "#808080"
_TOOLBAR = {"bottom-toolbar": "noreverse", "bottom-toolbar.text": "nobold"}


class QueryLexer(Lexer):
    """Colours the query language and the shell's commands."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Returns the fragments of each line."""
        return lambda number: fragments(document.lines[number])


def fragments(line: str) -> StyleAndTextTuples:
    """Returns a line in fragments that join to it again, each with the class of its colour."""
    if not line:
        return [("", "")]

    found: StyleAndTextTuples = []
    at = 0
    for start, end, what in stretches(line[:_LONGEST]):
        found += [("", line[at:start]), (f"class:{what}", line[start:end])]
        at = end
    return [*(fragment for fragment in found if fragment[1]), ("", line[at:])]


def style(theme: Theme = "dark") -> Style:
    """Returns what the classes look like; without a known background, attributes and a grey that reads on any."""
    told = {name: [attribute] for name, attribute in _ATTRIBUTES.items()}
    for name, (on_dark, on_light) in _HUES.items():
        if theme in ("dark", "light"):
            told.setdefault(name, []).append(f"ansi{on_dark if theme == 'dark' else on_light}")
        elif on_dark == on_light == "brightblack":
            told.setdefault(name, []).append(_OF_ANY_BACKGROUND)
        elif on_dark == on_light:
            told.setdefault(name, []).append(f"ansi{on_dark}")
    return Style([*((name, " ".join(parts)) for name, parts in told.items()), *_TOOLBAR.items()])
