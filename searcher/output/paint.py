"""Lines as stretches of text with a style, and the colours of a terminal.

Writers make lines of spans and paint them last, so that a line can still be measured, wrapped or reordered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from ..clean import Sink, clean, one_line
from ..results import Piece


class Style(Enum):
    """What a stretch of text is. The value is its terminal attribute (SGR), or '' for plain text."""

    PLAIN = ""
    TITLE = "1"  # bold
    MATCH = "1;33"  # bold yellow: seen on dark and on light, and by the colour-blind as bold
    FAINT = "2"


class Span(NamedTuple):
    """A stretch of text in one style. The text is clean."""

    text: str
    style: Style = Style.PLAIN


Line = Sequence[Span]


def is_terminal(stream: object) -> bool:
    """Whether what is written to the stream is seen on a terminal at once."""
    isatty = getattr(stream, "isatty", None)
    return isatty is not None and bool(isatty())


def wants_colour(stream: object) -> bool:
    """Whether colours belong on the stream: on a terminal that has them, unless NO_COLOR is set."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(line: Line, *, colour: bool) -> str:
    r"""The line as a string, without its line end.

    >>> paint([Span("خبر ", Style.PLAIN), Span("قم", Style.MATCH)], colour=True)
    'خبر \x1b[1;33mقم\x1b[0m'
    """
    if not colour:
        return "".join(span.text for span in line)
    return "".join(f"\x1b[{span.style.value}m{span.text}\x1b[0m" if span.style.value else span.text for span in line)


def write_lines(lines: Iterable[Line], out: Sink, *, colour: bool | None = None) -> None:
    """Writes lines, in colour or not; None asks the stream."""
    coloured = wants_colour(out) if colour is None else colour
    for line in lines:
        out.write(paint(line, colour=coloured) + "\n")


def piece_spans(pieces: Iterable[Piece], style: Style = Style.PLAIN) -> list[Span]:
    """Marked text as spans of one line: matches stand out, the rest has the style."""
    return [Span(one_line(piece.text), Style.MATCH if piece.match else style) for piece in pieces]


def piece_lines(pieces: Iterable[Piece]) -> list[Line]:
    """Marked text of many lines as spans, a list for each line; a match keeps to its line."""
    lines: list[list[Span]] = [[]]
    for piece in pieces:
        style = Style.MATCH if piece.match else Style.PLAIN
        first, *rest = clean(piece.text).split("\n")
        lines[-1].append(Span(first, style))
        lines.extend([Span(text, style)] for text in rest)
    return list(lines)
