"""Colours a line while it is typed: queries are cut by the query language's own grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from ..output.themes import Theme
from .command_table import PREFIX, Argument, Stretch, number_in
from .commands import command_named, command_of_letter


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
    return [stretch for stretch in _of_query(text) if stretch.end > stretch.start]


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
            yield from (
                Stretch(at + first, at + last, what) for first, last, what in _of_query(argument) if last > first
            )
        else:
            yield Stretch(at, at + len(argument), "argument")


def _is_by_letter(text: str) -> bool:
    letter, _, typed = text.strip().partition(" ")
    if not typed and number_in(letter) is not None:
        return len(letter) < 4
    return command_of_letter(letter) is not None and (not typed or number_in(typed) is not None)


def _of_query(text: str) -> Iterator[Stretch]:
    from .query_highlighting import query_stretches  # late, as there is nothing to colour at the first prompt

    return query_stretches(text)


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
