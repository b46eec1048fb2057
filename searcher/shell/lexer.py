"""The colours of a line while it is typed, for prompt_toolkit."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

_LONGEST = 5000  # characters that are coloured: one's typing is not to be held up

# Colours from the sixteen that every terminal has, as its owner chose them.
_STYLES = {
    "command": "ansicyan bold",
    "unknown": "ansired",
    "argument": "ansigreen",
    "operator": "ansimagenta bold",
    "bracket": "ansimagenta",
    "field": "ansiblue bold",
    "sign": "ansired bold",
    "name": "ansigreen",
    "date": "ansigreen",
    "phrase": "ansiyellow",
    "pattern": "ansiyellow underline",
    "hashtag": "ansicyan",
    "value": "",
    "boost": "ansibrightblack",
    "ignored": "ansibrightblack",
    "prompt": "bold",
    "auto-suggestion": "ansibrightblack",
    "bottom-toolbar": "noreverse",
    "bottom-toolbar.text": "ansibrightblack",
}


class QueryLexer(Lexer):
    """Colours the query language and the shell's commands."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The fragments of each line."""
        return lambda number: fragments(document.lines[number])


def fragments(line: str) -> StyleAndTextTuples:
    """A line in fragments that join to it again, each with the class of its colour."""
    if not line:
        return [("", "")]
    from .colours import stretches  # with the whole grammar, which the first prompt need not wait for

    found: StyleAndTextTuples = []
    at = 0
    for start, end, what in stretches(line[:_LONGEST]):
        found += [("", line[at:start]), (f"class:{what}", line[start:end])]
        at = end
    return [*(fragment for fragment in found if fragment[1]), ("", line[at:])]


def style() -> Style:
    """What the classes look like."""
    return Style(list(_STYLES.items()))
