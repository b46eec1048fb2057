"""Lays a paragraph out for a terminal: shaped, wrapped, reordered and aligned as that terminal needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .isolation import MARKS, marks_for_isolates
from .reordering import Cell, first_strong_is_right_to_left, levels, reorder, turn_words
from .shaping import shape
from .terminals import VISUAL_ORDER, Layout
from .wrapping import width_of, wrap

Style = TypeVar("Style")

_ZWJ = "\N{ZERO WIDTH JOINER}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"  # mlterm gives it a column of its own
_EMBEDDING, _END_OF_EMBEDDING = "\N{RIGHT-TO-LEFT EMBEDDING}", "\N{POP DIRECTIONAL FORMATTING}"
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def lay_out(
    runs: Iterable[tuple[str, Style]],
    *,
    hang: int,
    blank: Style,
    layout: Layout,
    columns: int,
    right_to_left: bool,
    font_of: Callable[[Style], object] = bool,
) -> list[list[Cell[Style]]]:
    """Returns the rows of a paragraph, each row its cells in the order in which they are written.

    ``runs`` are stretches of clean text and their styles, in the order in which they are read. Their first ``hang``
    characters stand before the first row, spaces before the others: on the right, when the paragraph runs from
    right to left. ``blank`` is the style of those spaces, ``font_of`` tells the font of a style. Bidi controls in the
    text have their effect and are not written; where the terminal reorders, marks are written for isolates.
    """
    characters = [(" " if char == "\t" else char, style) for text, style in runs for char in text]
    cells = _cells(characters, layout, right_to_left=right_to_left)
    lead, text = cells[:hang], cells[hang:]
    below = [Cell(" ", 1, blank, int(right_to_left))] * width_of(lead)
    kept = 1 if layout is Layout.PADDED and right_to_left else 0  # for a space that carries the embedding
    lines = wrap(text, max(columns - kept - len(below), 1))
    # kitty turns words around that a no-break space joins as if they were one; it has done its work by now.
    lines = [[cell._replace(text=cell.text.replace(_NO_BREAK, " ")) for cell in line] for line in lines]
    rows = ((lead if number == 0 else below) + line for number, line in enumerate(lines))
    if layout in VISUAL_ORDER:
        rows = (reorder(row, right_to_left=right_to_left) for row in rows)
    if layout is Layout.WORDS:
        rows = (turn_words(row, font_of) for row in rows)
    aligned = right_to_left and layout in VISUAL_ORDER | {Layout.PADDED}
    placed = [_placed(row, blank, columns if aligned else 0, embedded=bool(kept)) for row in rows]
    return [_guarded(row, right_to_left) for row in placed] if layout is Layout.GUESSED else placed


def columns_of(text: str, layout: Layout) -> int:
    """Returns how many columns a clean text takes on a terminal of a layout.

    >>> columns_of("سلام", Layout.VISUAL), columns_of("سلام", Layout.MARKED)  # lam and alef are one letter there
    (3, 4)
    """
    return width_of(_cells([(char, None) for char in text], layout, right_to_left=False))


def _guarded(row: list[Cell[Style]], right_to_left: bool) -> list[Cell[Style]]:
    """A row that the terminal takes for one of this direction, whatever its first letter is."""
    if not row or first_strong_is_right_to_left("".join(cell.text for cell in row)) is right_to_left:
        return row
    return [row[0]._replace(text=MARKS[right_to_left] + row[0].text), *row[1:]]


def _placed(row: list[Cell[Style]], blank: Style, columns: int, *, embedded: bool) -> list[Cell[Style]]:
    """A row without spaces at its end, after so many others that it took all columns with them.

    ``embedded``, it is shown from right to left on a terminal whose lines run from left to right. The controls that
    do so take no cell, so each goes with the one before it.
    """
    last = next((place for place in range(len(row), 0, -1) if not row[place - 1].text.isspace()), 0)
    spaces = [Cell(" ", 1, blank, 0)] * (columns - width_of(row) if last else 0)
    row = row[:last]
    if embedded and spaces:
        spaces[-1] = spaces[-1]._replace(text=" " + _EMBEDDING)
        row[-1] = row[-1]._replace(text=row[-1].text + _END_OF_EMBEDDING)
    return spaces + row


def _cells(characters: Sequence[tuple[str, Style]], layout: Layout, *, right_to_left: bool) -> list[Cell[Style]]:
    """Characters with what belongs to them, as read; joined forms and embedding levels only where we reorder."""
    from wcwidth import wcwidth

    text = "".join(char for char, _ in characters)
    visual = layout in VISUAL_ORDER
    shown = shape(text) if visual else ["" if char in _BIDI_CONTROLS else char for char in text]
    marks = {} if visual else marks_for_isolates(text, right_to_left=right_to_left)
    depths = levels(text, right_to_left=right_to_left) if visual else [0] * len(text)
    bases: list[int] = []  # the place of the character each cell begins with
    texts: list[list[str]] = []
    widths: list[int] = []
    before = marks.get(-1, "")
    for place, char in enumerate(shown):
        width = max(wcwidth(char), 0) if char else 0
        if char and texts and (width == 0 or (place and text[place - 1] == _ZWJ and shown[place - 1])):
            texts[-1].append(char)
            widths[-1] += char == _ZWNJ and layout is Layout.GUESSED
        elif char:
            bases.append(place)
            texts.append([before, char])
            widths.append(width)
            before = ""
        if place in marks and texts:
            texts[-1].append(marks[place])
            widths[-1] += len(marks[place]) if layout is Layout.GUESSED else 0
        elif place in marks:
            before += marks[place]
    return [
        Cell("".join(parts), width, characters[place][1], depths[place])
        for place, parts, width in zip(bases, texts, widths, strict=True)
    ]
