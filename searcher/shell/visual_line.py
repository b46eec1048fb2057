"""Shows a line of the prompt as it is seen: letters joined and in order of the screen, where the terminal does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice, pairwise
from typing import NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments
from wcwidth import wcwidth

from ..bidi.isolation import END, LEFT_TO_RIGHT, without_isolates
from ..bidi.reordering import (
    Cell,
    first_strong_is_right_to_left,
    is_right_to_left,
    levels,
    reorder,
    turn_words,
)
from ..bidi.shaping import shape
from ..bidi.terminals import VISUAL_ORDER, Layout
from ..terminal_safety import clean, one_line

# What is typed stays in the order in which it is read. A `VisualLine` tells for each place of the text where on screen
# it is, so that the cursor can stand there, and in which order places come there, so that the arrow keys can follow.


_CLASSES_THAT_STAY = ("L", "R", "AL", "EN", "AN")
_PATH = re.compile(r"(?<!\S)(?:~|\.{1,2})?/\S+")
_CURSOR = " "  # shown where the cursor stands after the last character
_CUT = "…"
_ISOLATES = frozenset("\u2066\u2067\u2069")
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class VisualCell(NamedTuple):
    """A character on the screen with its marks, and the place in the text it comes from."""

    text: str
    place: int


@dataclass(frozen=True)
class VisualLine:
    """A line from left to right. The end of the text has a cell of its own, for the cursor.

    ``columns`` gives for each place of the text, its end included, the number of its cell.
    """

    cells: tuple[VisualCell, ...]
    columns: tuple[int, ...]

    @property
    def text(self) -> str:
        """What is written."""
        return "".join(cell.text for cell in self.cells)

    def beside(self, place: int, step: int) -> int:
        """Returns the place seen one cell further right (1) or left (-1); the same at the edge."""
        column = self.columns[place] + step
        return self.cells[column].place if 0 <= column < len(self.cells) else place


def has_right_to_left(text: str) -> bool:
    """Returns whether any letter of a text runs from right to left.

    >>> has_right_to_left("title:زلزله"), has_right_to_left("۱۴۰۱ BBC")
    (True, False)
    """
    return any(map(is_right_to_left, text))


def _levels(text: str, *, right_to_left: bool) -> list[int]:
    """The levels of what is typed; a path keeps its slashes, which have no direction of their own."""
    paths = [place for found in _PATH.finditer(text) for place in found.span()]
    if not paths:
        return levels(text, right_to_left=right_to_left)
    pieces = [text[start:end] for start, end in pairwise([0, *paths, len(text)])]
    marks = cycle((LEFT_TO_RIGHT, END))
    marked = "".join(piece + mark for piece, mark in zip(pieces, [*islice(marks, len(paths)), ""], strict=True))
    found = levels(marked, right_to_left=right_to_left)
    return [level for char, level in zip(marked, found, strict=True) if char not in (LEFT_TO_RIGHT, END)]


@lru_cache(maxsize=64)
def seen_line(text: str, layout: Layout) -> VisualLine:
    """Returns how a line that is being typed is seen on a terminal of a layout."""
    visual = layout in VISUAL_ORDER
    shown = shape(text) if visual else list(text)
    right_to_left = visual and first_strong_is_right_to_left(text)  # others see it after a Latin prompt
    depths = _levels(text + _continuation(text), right_to_left=right_to_left)
    cells: list[Cell[int]] = []
    cell_of: list[int] = []  # for each place of the text
    for place, char in enumerate(shown):
        joins = bool(cells) and (not char or _takes_no_room(text[place]))
        if joins:
            written = char if text[place] not in _BIDI_CONTROLS else ""
            cells[-1] = cells[-1]._replace(text=cells[-1].text + written)
        else:
            cells.append(Cell(char or " ", 1, place, depths[place]))
        cell_of.append(len(cells) - 1)
    cells.append(Cell(_CURSOR, 1, len(text), depths[len(text)]))
    cell_of.append(len(cells) - 1)
    ordered = _reordered(cells, right_to_left=right_to_left)
    column_of = {cell.style: column for column, cell in enumerate(ordered)}
    columns = tuple(column_of[cells[number].style] for number in cell_of)
    if layout is Layout.WORDS:
        written_cells = turn_words(ordered, _same_font)
        ordered = [cell._replace(text=turned.text) for cell, turned in zip(ordered, written_cells, strict=True)]
    return VisualLine(tuple(VisualCell(cell.text, cell.style) for cell in ordered), columns)


def seen(text: str, layout: Layout, *, right_to_left: bool | None = None, columns: int = 0) -> str:
    """Returns a text of one line as it is written to a terminal, cut to so many columns if any: for toolbars and menus.

    Isolates in it have their effect where we reorder, and are not written.

    >>> seen("خبر", Layout.VISUAL) == "ﺮﺒﺧ", seen("خبر", Layout.MARKED)
    (True, 'خبر')
    """
    parts = re.split("([\u2066\u2067\u2069])", text)
    text = "".join(part if part in _ISOLATES else one_line(part) for part in parts)
    text = "".join(char for char in text if char not in _BIDI_CONTROLS - _ISOLATES)
    text = cut(text, columns) if columns else text
    if layout not in VISUAL_ORDER or not has_right_to_left(text):
        return without_isolates(text)
    base = first_strong_is_right_to_left(text) if right_to_left is None else right_to_left
    depths = levels(text, right_to_left=base)
    cells: list[Cell[int]] = []
    for place, char in enumerate(shape(text)):
        if not char or text[place] in _ISOLATES:
            continue
        if cells and _takes_no_room(text[place]):
            cells[-1] = cells[-1]._replace(text=cells[-1].text + char)
        else:
            cells.append(Cell(char, 1, place, depths[place]))
    ordered = reorder(cells, right_to_left=base)
    if layout is Layout.WORDS:
        ordered = turn_words(ordered, _same_font)
    return "".join(cell.text for cell in ordered)


def fits(text: str, columns: int) -> bool:
    """Returns whether a text takes no more than so many columns."""
    return cut(text, columns) == text


def cut(text: str, columns: int) -> str:
    """Returns the beginning of a text that fits so many columns.

    >>> cut("خبر تازه", 5), cut("خبر", 5)
    ('خبر …', 'خبر')
    """
    width = 0
    for place, char in enumerate(text):
        width += max(wcwidth(char), 0)
        if width > columns:
            return text[: max(place - 1, 0)] + _CUT
    return text


def _reordered(cells: list[Cell[int]], *, right_to_left: bool) -> list[Cell[int]]:
    """The cells from left to right. Spaces at the end keep their level: the next word is to come after them."""
    guarded = [*cells[:-1], cells[-1]._replace(text="|")]  # no space, or it would go to the edge, and those before it
    ordered = reorder(guarded, right_to_left=right_to_left)
    return [cell._replace(text=_CURSOR) if cell.style == cells[-1].style else cell for cell in ordered]


def _continuation(text: str) -> str:
    """A character that stands for the next that is typed: like the last that has a direction."""
    return next((char for char in reversed(text) if unicodedata.bidirectional(char) in _CLASSES_THAT_STAY), "a")


def _takes_no_room(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


_same_font: Callable[[int], object] = lambda place: None  # noqa: E731


class VisualLineProcessor(Processor):
    """Puts a line in the order of the screen, where the terminal does not, and lets no control character through."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Returns the line as it is seen. Styles stay with their characters."""
        fragments = explode_text_fragments(transformation_input.fragments)
        text = "".join(_harmless(fragment[1]) for fragment in fragments)
        styles = [fragment[0] for fragment in fragments]
        if self._layout not in VISUAL_ORDER or not has_right_to_left(text):
            return Transformation([(style, char) for style, char in zip(styles, text, strict=True)])
        line = seen_line(text, self._layout)
        starts, at = [], 0  # where each cell begins in what is written
        for cell in line.cells:
            starts.append(at)
            at += len(cell.text)
        written: StyleAndTextTuples = [
            (styles[cell.place] if cell.place < len(styles) else "", cell.text) for cell in line.cells
        ]
        sources = [cell.place for cell in line.cells for _ in cell.text]
        return Transformation(
            written,
            source_to_display=lambda place: starts[line.columns[min(max(place, 0), len(text))]],
            display_to_source=lambda place: sources[min(max(place, 0), len(sources) - 1)],
        )


def _harmless(char: str) -> str:
    """The character, or one that stands for it where it could act on a terminal; always one."""
    return char if clean(char) == char and char not in "\n\t" else "\N{REPLACEMENT CHARACTER}"
