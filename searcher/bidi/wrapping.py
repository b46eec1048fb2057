"""Breaks a paragraph into lines that fit, at spaces, before it is reordered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

from .reordering import Cell

Style = TypeVar("Style")

_NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"


def width_of(cells: list[Cell[Style]]) -> int:
    """Returns how many columns the cells take."""
    return sum([cell.width for cell in cells])


def wrap(cells: list[Cell[Style]], width: int) -> list[list[Cell[Style]]]:
    """Returns the lines of a paragraph, at most so many columns wide; the spaces at breaks are left out.

    A word is never broken, unless it alone is longer than a line.
    """
    lines: list[list[Cell[Style]]] = [[]]
    room = width
    gap: list[Cell[Style]] = []
    for word in _words(cells, width):
        if _is_break(word[0]):
            gap = word
            continue
        needed = width_of(word)
        if lines[-1] and width_of(gap) + needed > room:
            lines.append([])
            room, gap = width, []
        if width_of(gap) + needed > room:
            gap = []
        lines[-1] += gap + word
        room -= width_of(gap) + needed
        gap = []
    return lines


def _words(cells: list[Cell[Style]], longest: int) -> Iterator[list[Cell[Style]]]:
    """Words and the spaces between them in turn; a word longer than a line in pieces that fit."""
    for breaks, run in groupby(cells, key=_is_break):
        word = list(run)
        if breaks or width_of(word) <= longest:
            yield word
        else:
            yield from _pieces(word, longest)


def _is_break(cell: Cell[Style]) -> bool:
    return cell.text[0].isspace() and cell.text[0] not in _NO_BREAK  # a mark may follow


def _pieces(word: list[Cell[Style]], longest: int) -> Iterator[list[Cell[Style]]]:
    """A word in pieces that fit, each of one cell at least."""
    piece: list[Cell[Style]] = []
    room = longest
    for cell in word:
        if piece and cell.width > room:
            yield piece
            piece, room = [], longest
        piece.append(cell)
        room -= cell.width
    yield piece
