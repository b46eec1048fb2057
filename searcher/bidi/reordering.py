"""Puts the cells of a line in the order of the screen, by the Unicode bidirectional algorithm (UAX #9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from khabarjoo.analyzers.digits import PERSIAN_DIGITS

Style = TypeVar("Style")

_LEVEL = r"Level\(\s*(\d+)"
_RIGHT_TO_LEFT = ("R", "AL")

_ONLY_PERSIAN = re.compile("[\t-@\\[-`{-~\xa0\xab\xbb\u0600-\u06ff\u200b-\u200d\u2010-\u2027]*")
"""Letters of Arabic script, and signs of no direction of their own: digits, punctuation, spaces, joiners."""

_PERSIAN_LETTER = re.compile(
    "[\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff]"
)
"""Those of them that are letters, or run from right to left as these do."""


class Cell(NamedTuple, Generic[Style]):
    """What is shown in one place of the screen: a character with its marks, and how wide it is there (0, 1 or 2).

    ``level`` is its embedding level: odd when it is read from right to left.
    """

    text: str
    width: int
    style: Style
    level: int


def is_right_to_left(char: str) -> bool:
    """Returns whether it is a letter of a script that runs from right to left."""
    return unicodedata.bidirectional(char) in _RIGHT_TO_LEFT


def first_strong_is_right_to_left(text: str) -> bool:
    """Returns the direction of a text by its first letter (rules P2 and P3); left to right without letters."""
    classes = (unicodedata.bidirectional(char) for char in text)
    return next((found != "L" for found in classes if found in ("L", *_RIGHT_TO_LEFT)), False)


def mostly_right_to_left(text: str) -> bool:
    """Returns the direction of a text by its words: from right to left when at least half of those with letters are.

    >>> mostly_right_to_left("BBC: خبر تازه"), mostly_right_to_left("a word, واژه, in English")
    (True, False)
    """
    if _ONLY_PERSIAN.fullmatch(text):  # as nearly all
        return _PERSIAN_LETTER.search(text) is not None
    words = list(map(_first_strong, text.split()))
    leftward, rightward = words.count(True), words.count(False)
    return leftward > 0 and leftward >= rightward


@lru_cache(maxsize=1 << 14)
def _first_strong(word: str) -> bool | None:
    """Whether the first letter of a word is of a script that runs from right to left; None when it has no letter."""
    classes = map(unicodedata.bidirectional, word)
    return next((found != "L" for found in classes if found in ("L", *_RIGHT_TO_LEFT)), None)


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """Returns the embedding level of each character of a paragraph.

    >>> levels("خبر (BBC) ۱۲", right_to_left=True)
    [1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 2, 2]
    """
    from bidi import get_display

    if not text:
        return []
    # Asked to debug, python-bidi tells its levels instead of the text: one for each byte of UTF-8. The text comes
    # first, quoted, so what it may say of levels is passed over with it.
    told = str(get_display(text, base_dir="R" if right_to_left else "L", debug=True)).rpartition("levels: [")[2]
    of_bytes = [int(level) for level in re.findall(_LEVEL, told.partition("paragraphs: [")[0])]
    found, at = [], 0
    for char in text:
        found.append(of_bytes[at])
        at += len(char.encode())
    return found


def reorder(line: list[Cell[Style]], *, right_to_left: bool) -> list[Cell[Style]]:
    """Returns the cells of a line from left to right (rules L1, L2 and L4)."""
    base = int(right_to_left)
    end = next((place for place in range(len(line), 0, -1) if not line[place - 1].text.isspace()), 0)
    cells = line[:end] + [cell._replace(level=base) for cell in line[end:]]
    mirrored = _mirrored()
    cells = [
        cell._replace(text=mirror(cell.text)) if cell.level % 2 and cell.text[:1] in mirrored else cell
        for cell in cells
    ]
    for level in range(max((cell.level for cell in cells), default=0), 0, -1):
        cells = _turn_runs(cells, level)
    return cells


def turn_words(line: list[Cell[Style]], font_of: Callable[[Style], object]) -> list[Cell[Style]]:
    """Returns the cells of a line from left to right, right-to-left words turned back for terminals that turn them.

    A word in two fonts is two words to it. Marks are left out: kitty, the terminal that does so, loses a letter of a
    word for each mark in it.
    """
    turned: list[Cell[Style]] = []
    for (space, _), run in groupby(line, key=lambda cell: (cell.text.isspace(), font_of(cell.style))):
        word = list(run)
        if not space and _is_turned(word):
            word = [cell._replace(text=mirror(cell.text[0])) for cell in reversed(word)]
        turned += word
    return turned


def _turn_runs(cells: list[Cell[Style]], level: int) -> list[Cell[Style]]:
    """Turns around each run of cells that have at least this level."""
    turned: list[Cell[Style]] = []
    for high, run in groupby(cells, key=lambda cell: cell.level >= level):
        cells_of_run = list(run)
        turned += cells_of_run[::-1] if high else cells_of_run
    return turned


def mirror(text: str) -> str:
    """Returns a cell as the other side sees it: one kind of brackets and quotation marks for the other."""
    return _mirrored().get(text[:1], text[:1]) + text[1:]


def _is_turned(word: list[Cell[Style]]) -> bool:
    """Whether the terminal turns the word when it comes from its last cell: its first letter or digit decides."""
    for cell in reversed(word):
        if (
            is_right_to_left(cell.text[0]) or cell.text[0] in PERSIAN_DIGITS
        ):  # those of Arabic itself belong to no script
            return True
        if unicodedata.bidirectional(cell.text[0]) == "L":
            return False
    return False


@cache
def _mirrored() -> dict[str, str]:
    from bidi.mirror import MIRRORED

    return dict(MIRRORED)
