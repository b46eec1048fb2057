"""A text that is paged through: its rows on a screen, what is marked in them, and the window over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..bidi.isolation import without_isolates
from ..bidi.terminals import Layout
from ..output.styles import DEFAULT_DIRECTION, RIGHT_TO_LEFT, Line, Paragraph, Screen, Span, Style, paint, rows_of
from ..query.keywords import spelled

_WORD = re.compile(r"\S+")


class Row(NamedTuple):
    """A row as it is written to the screen, without its end, and how many stretches of it are marked.

    ``standing_out`` is the row as it is written when its marks are those the reader has gone to.
    """

    text: str
    marks: int = 0
    standing_out: str = ""


def laid_out(paragraphs: Sequence[Paragraph], screen: Screen, find: str = "") -> list[Row]:
    """Returns the rows of paragraphs; with something to ``find``, that is marked instead of what is marked already."""
    marked = Style.FOUND if find else Style.MATCH
    rows: list[Row] = []
    for paragraph in paragraphs:
        shown = found_in(paragraph, find) if find else paragraph
        for row in rows_of(shown, screen):
            marks = sum(span.style is marked for span in row)
            gone_to = [span._replace(style=Style.GONE_TO) if span.style is marked else span for span in row]
            standing_out = _written(gone_to, paragraph, screen) if marks else ""
            rows.append(Row(_written(row, paragraph, screen), marks, standing_out))
    return rows


def _written(row: Line, paragraph: Paragraph, screen: Screen) -> str:
    painted = paint(row, screen.theme)
    if screen.layout is Layout.MARKED and paragraph.right_to_left and painted:
        return f"{RIGHT_TO_LEFT}{painted}"
    return f"{DEFAULT_DIRECTION}{painted}" if screen.layout is Layout.MARKED else painted


def found_in(paragraph: Paragraph, find: str) -> Paragraph:
    """Returns the paragraph with the words marked that have what is looked for, in any spelling, as letters join."""
    text = "".join(span.text for span in paragraph.line)
    words = list(_WORD.finditer(text))
    folded = [spelled(without_isolates(word[0])) for word in words]
    ends = list(accumulate(len(word) + 1 for word in folded))  # of each word with the space after it
    whole, wanted = " ".join(folded), " ".join(map(spelled, find.split())).strip()
    marked = bytearray(len(text))
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        first, last = words[bisect_right(ends, at)], words[bisect_right(ends, at + len(wanted) - 1)]
        marked[first.start() : last.end()] = b"\1" * (last.end() - first.start())
        at = whole.find(wanted, at + len(wanted))
    return paragraph._replace(line=list(_restyled(paragraph.line, marked))) if any(marked) else paragraph


def _restyled(line: Line, marked: bytearray) -> Iterator[Span]:
    """The line with the marked letters in the style of what was found."""
    at = 0
    for span in line:
        begin = 0
        for place in range(1, len(span.text) + 1):
            if place == len(span.text) or marked[at + place] != marked[at + begin]:
                style = Style.FOUND if marked[at + begin] else Style.PLAIN if span.style is Style.MATCH else span.style
                yield Span(span.text[begin:place], style)
                begin = place
        at += len(span.text)


class View:
    """The rows of a text and the window over them; moves as a reader asks, and knows which marks were gone to last.

    >>> view = View([Row("a"), Row("b"), Row("c")], height=2)
    >>> view.move("down"), [row.text for row in view.visible]
    (True, ['b', 'c'])
    """

    def __init__(self, rows: list[Row], height: int) -> None:
        self.rows = rows
        self.height = max(height, 1)
        self.top = 0
        self._gone_to: int | None = None
        self._moves: dict[str, Callable[[], int]] = {
            "down": lambda: self.top + 1,
            "up": lambda: self.top - 1,
            "page": lambda: self.top + max(self.height - 1, 1),
            "back": lambda: self.top - max(self.height - 1, 1),
            "start": lambda: 0,
            "end": lambda: len(self.rows),
        }

    @property
    def visible(self) -> list[Row]:
        """The rows in the window."""
        return self.rows[self.top : self.top + self.height]

    @property
    def lines(self) -> list[str]:
        """What is written of the rows in the window: where the reader has gone to marks, these stand out."""
        return [
            row.standing_out if number == self._gone_to else row.text
            for number, row in enumerate(self.visible, start=self.top)
        ]

    @property
    def place(self) -> str:
        """How far down the window is."""
        last = min(self.top + self.height, len(self.rows))
        return f"{last}/{len(self.rows)}"

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return sum(row.marks for row in self.rows)

    @property
    def gone_to(self) -> tuple[int, int] | None:
        """Which marks the reader has gone to, the first and the last of a row, counted from 1; None before that."""
        if self._gone_to is None:
            return None
        before = sum(row.marks for row in self.rows[: self._gone_to])
        return before + 1, before + self.rows[self._gone_to].marks

    def move(self, how: str) -> bool:
        """Moves the window, or to the next or previous marks in it; whether it did."""
        before = self.top, self._gone_to
        if how in ("mark", "mark back"):
            self._go_to_mark(back=how == "mark back")
        else:
            self._move_to(self._moves[how]())
            if self.top != before[0]:
                self._gone_to = None
        return (self.top, self._gone_to) != before

    def _go_to_mark(self, *, back: bool) -> None:
        """Goes to the marks after those gone to last, or before them; at first, to the first from the top on."""
        here = self._gone_to
        if back:
            here = self.top if here is None else here
            found = next((row for row in reversed(self._marked) if row < here), None)
        else:
            here = self.top - 1 if here is None else here
            found = next((row for row in self._marked if row > here), None)
        if found is not None:
            self._gone_to = found
            self._move_to(found)

    def _move_to(self, top: int) -> None:
        self.top = max(0, min(top, len(self.rows) - self.height))

    def mark(self, rows: list[Row]) -> None:
        """Takes the same rows with other marks, and goes to the first of these from the top on, or else above it."""
        self.rows = rows
        found = next((row for row in self._marked if row >= self.top), next(iter(self._marked), None))
        if found is not None and not self.top <= found < self.top + self.height:
            self._move_to(found)
        self._gone_to = found

    def lay_out(self, rows: list[Row], height: int) -> None:
        """Takes other rows of the same text, and stays at about the same place in it, or at its end."""
        self._gone_to = None
        is_at_end = self.top and self.top + self.height >= len(self.rows)
        share = 1.0 if is_at_end else self.top / max(len(self.rows), 1)
        self.rows, self.height = rows, max(height, 1)
        self.top = max(0, min(round(share * len(rows)), len(rows) - self.height))

    @property
    def _marked(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row.marks]
