"""Bar charts in the terminal: a count, its bar and its name a line.

Names come last: numbers and bars have no direction, so a name that runs from right to left turns nothing around on
terminals that reorder, and needs no marks to keep columns in their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..clean import one_line
from .paint import Paragraph, Span, Style

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_LONGEST_NAME = 40  # cells
_LEAST_ROOM = 4  # what the longest bar has on the narrowest screen


class Bar(NamedTuple):
    """A line of a chart; without a size it says something about the lines left out there."""

    name: str
    size: int | None


def chart(bars: Sequence[Bar], columns: int, *, indent: str = "") -> Iterator[Paragraph]:
    """The lines of a chart that fits so many columns."""
    from rich.cells import cell_len

    names = [_short(bar.name) for bar in bars]
    counts = ["" if bar.size is None else f"{bar.size:,}" for bar in bars]
    name_width, count_width = max(map(cell_len, names), default=0), max(map(len, counts), default=0)
    room = max(_LEAST_ROOM, columns - len(indent) - count_width - name_width - 3)  # spaces between, a column spare
    most = max((bar.size or 0 for bar in bars), default=0)
    for bar, name, count in zip(bars, names, counts, strict=True):
        figure = f"{indent}{count:>{count_width}} " + (f"{draw(bar.size, most, room)} " if bar.size else "")
        yield Paragraph([Span(figure), Span(name, Style.PLAIN if bar.size else Style.FAINT)])


def draw(count: int, most: int, room: int) -> str:
    """A bar that fills the room where the count is ``most``; any but 0 is seen.

    >>> draw(5, 10, 4), draw(1, 1000, 4), draw(0, 10, 4)
    ('██', '▏', '')
    """
    if not count:
        return ""
    eighths = max(1, count * room * 8 // most)
    return (_FULL * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def _short(name: str) -> str:
    from rich.cells import cell_len, set_cell_size

    name = one_line(name).strip()
    return name if cell_len(name) <= _LONGEST_NAME else set_cell_size(name, _LONGEST_NAME - 1).rstrip() + "…"
