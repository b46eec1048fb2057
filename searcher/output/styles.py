"""Lines as stretches of text with a style, and how they get onto a screen: colours, width and direction.

Writers make lines of spans and paint them last, so that a line can still be measured, wrapped and reordered.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ..bidi.isolation import without_isolates
from ..bidi.terminals import Layout, layout_of
from ..config import Settings, current
from ..terminal_safety import Sink, clean, one_line, without_sequences
from .themes import Theme, match_attributes, theme_of

if TYPE_CHECKING:
    from ..results import Fragment

_COLUMNS = 80  # where the terminal does not tell
_FEWEST_COLUMNS = 10
_ROWS, _FEWEST_ROWS = 24, 3
# SCP, "select character path" of ECMA-48, as the Terminal WG's bidi proposal has it: for this paragraph and all after.
RIGHT_TO_LEFT = "\x1b[2 k"
DEFAULT_DIRECTION = "\x1b[0 k"


class Style(Enum):
    """What a stretch of text is; `attributes` tells how it looks."""

    PLAIN = "plain"
    TITLE = "title"
    MATCH = "match"
    FAINT = "faint"
    FOUND = "found"
    GONE_TO = "gone to"

    @property
    def is_bold(self) -> bool:
        """Whether terminals show it in another font."""
        return self in (Style.TITLE, Style.MATCH)


_ATTRIBUTES = {Style.PLAIN: "", Style.TITLE: "1", Style.FAINT: "2", Style.FOUND: "7", Style.GONE_TO: "1;4;7"}


def attributes(style: Style, theme: Theme) -> str:
    """Returns the terminal attributes (SGR) of a style, '' for plain text.

    >>> attributes(Style.TITLE, "dark"), attributes(Style.MATCH, "dark"), attributes(Style.MATCH, "")
    ('1', '1;4;33', '')
    """
    if style is Style.MATCH:
        return match_attributes(theme)
    return _ATTRIBUTES[style] if theme else ""


class Span(NamedTuple):
    """A stretch of text in one style. The text is clean."""

    text: str
    style: Style = Style.PLAIN


Line = Sequence[Span]


class Paragraph(NamedTuple):
    """A line that may take several rows of a screen: what stands before it, its text, and its direction.

    On the rows after the first, as many spaces stand before the text as ``lead`` is long.
    """

    line: Line
    lead: str = ""
    right_to_left: bool = False


class Screen(NamedTuple):
    """How to write to a stream; ``columns`` is the width of the terminal, if it is one; '' is no theme at all."""

    layout: Layout = Layout.PLAIN
    columns: int = _COLUMNS
    theme: Theme = ""


def screen_of(stream: object, settings: Settings | None = None, environment: Mapping[str, str] = os.environ) -> Screen:
    """Returns what the stream is, as far as it and the environment tell, and what the settings in force make of it."""
    terminal = is_terminal(stream)
    if settings is None:
        if not terminal:
            return Screen()
        settings = current(environment)
    layout = layout_of(environment, terminal=terminal, bidi=settings.bidi)
    colour = wants_colour(stream, environment) if settings.colours == "auto" else settings.colours == "always"
    theme = theme_of(settings.theme, environment) if colour else ""
    return Screen(layout, _columns(stream, environment) if terminal else _COLUMNS, theme)


def is_terminal(stream: object) -> bool:
    """Returns whether what is written to the stream is seen on a terminal at once."""
    isatty = getattr(stream, "isatty", None)
    return isatty is not None and bool(isatty())


def screen_size() -> tuple[int, int]:
    """Returns the columns and rows of the terminal."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return _COLUMNS, _ROWS
    return size.columns or _COLUMNS, max(size.lines or _ROWS, _FEWEST_ROWS)


def is_interactive(out: Sink) -> bool:
    """Returns whether there is a reader with a terminal that can show a window, and whose keys can be waited for."""
    if sys.platform == "win32":
        return False
    is_screen = is_terminal(out) and is_terminal(sys.stdout) and is_terminal(sys.stdin)
    return is_screen and os.environ.get("TERM", "dumb") != "dumb"


def wants_colour(stream: object, environment: Mapping[str, str] = os.environ) -> bool:
    """Returns whether styles belong on the stream: on a terminal that has them. No colours when NO_COLOR is set."""
    return is_terminal(stream) and environment.get("TERM") != "dumb"


def paint(line: Line, theme: Theme) -> str:
    r"""Returns the line as a string, without its line end.

    >>> paint([Span("خبر ", Style.PLAIN), Span("قم", Style.MATCH)], "dark")
    'خبر \x1b[1;4;33mقم\x1b[0m'
    """
    if not theme:
        return "".join(span.text for span in line)
    painted = ((span.text, attributes(span.style, theme)) for span in line)
    return "".join(f"\x1b[{told}m{text}\x1b[0m" if told else text for text, told in painted)


def paint_paragraph(paragraph: Paragraph, screen: Screen) -> Iterator[str]:
    """Yields the rows of a paragraph as strings with their ends, as the screen needs them."""
    marked = screen.layout is Layout.MARKED and paragraph.right_to_left
    for row in rows_of(paragraph, screen):
        painted = paint(row, screen.theme)
        yield f"{RIGHT_TO_LEFT}{painted}\n{DEFAULT_DIRECTION}" if marked and painted else f"{painted}\n"


def rows_of(paragraph: Paragraph, screen: Screen) -> Iterator[Line]:
    """Yields the rows of a paragraph, each in the order in which it is written to the screen."""
    runs = [Span(paragraph.lead), *paragraph.line]
    if screen.layout is Layout.PLAIN:
        yield [span._replace(text=without_isolates(span.text)) for span in runs]
        return
    from ..bidi.paragraphs import lay_out

    rows = lay_out(
        runs, hang=len(paragraph.lead), blank=Style.PLAIN, layout=screen.layout, columns=screen.columns,
        right_to_left=paragraph.right_to_left, font_of=lambda style: bool(screen.theme) and style.is_bold,
    )  # fmt: skip
    for row in rows:
        runs_of_style = groupby(row, lambda cell: cell.style)
        yield [Span("".join(cell.text for cell in run), style) for style, run in runs_of_style]


class Gathering:
    """A stream that keeps paragraphs as they are instead of text, for who lays them out later: the pager.

    Whatever else it is asked, it answers for the terminal behind it.
    """

    def __init__(self, terminal: Any) -> None:
        self._terminal = terminal
        self.paragraphs: list[Paragraph] = []

    def write(self, text: str, /) -> object:
        """Takes text as it is, a paragraph a line."""
        lines = clean(text).removesuffix("\n").split("\n")
        self.paragraphs += [Paragraph([Span(line)]) for line in lines]
        return len(text)

    def isatty(self) -> bool:
        """Returns whether a terminal is behind it."""
        return True

    def fileno(self) -> int:
        """Returns the number of the terminal."""
        return int(self._terminal.fileno())


def write_paragraphs(paragraphs: Iterable[Paragraph], out: Sink, settings: Settings | None = None) -> None:
    """Writes paragraphs: on a terminal as it needs them, elsewhere as they are read, a line each."""
    if isinstance(out, Gathering):
        out.paragraphs += paragraphs
        return
    screen = screen_of(out, settings)
    for paragraph in paragraphs:
        for row in paint_paragraph(paragraph, screen):
            out.write(row)


def piece_spans(pieces: Iterable[Fragment], style: Style = Style.PLAIN) -> list[Span]:
    """Returns marked text as spans of one line: matches stand out, the rest has the style."""
    return [Span(one_line(text), Style.MATCH if match else style) for text, match in _without_sequences(pieces)]


def piece_lines(pieces: Iterable[Fragment]) -> list[Line]:
    """Returns marked text of many lines as spans, a list for each line; a match keeps to its line."""
    lines: list[list[Span]] = [[]]
    for text, match in _without_sequences(pieces):
        style = Style.MATCH if match else Style.PLAIN
        first, *rest = clean(text).split("\n")
        lines[-1].append(Span(first, style))
        lines.extend([Span(line, style)] for line in rest)
    return list(lines)


def _without_sequences(pieces: Iterable[Fragment]) -> Iterator[Fragment]:
    """The pieces without escape sequences, which a match may have cut in two."""
    pieces = list(pieces)
    for piece, text in zip(pieces, without_sequences([piece.text for piece in pieces]), strict=True):
        yield piece._replace(text=text)


def text_of(line: Line) -> str:
    """Returns the text of a line without its styles."""
    return "".join(span.text for span in line)


def _columns(stream: object, environment: Mapping[str, str]) -> int:
    """How wide the terminal is: as $COLUMNS says, else as it says itself."""
    told = environment.get("COLUMNS", "")
    columns = int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else 0
    if not columns:
        try:
            columns = os.get_terminal_size(stream.fileno()).columns  # type: ignore[attr-defined]
        except (AttributeError, OSError, ValueError):
            columns = 0
    return max(columns, _FEWEST_COLUMNS) if columns else _COLUMNS
