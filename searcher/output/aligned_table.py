"""Tables whose columns stay in their places, whichever way their cells run; on narrow screens a row is a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bidi.isolation import isolated
from ..bidi.paragraphs import columns_of
from ..bidi.terminals import Layout
from ..config import Settings
from ..terminal_safety import Sink, one_line
from .styles import Paragraph, Screen, Span, Style, screen_of, write_paragraphs

_GAP = "  "
_NARROWEST = 12  # columns that what is broken into several rows takes at least


def write_table(rows: Sequence[Sequence[str]], out: Sink, settings: Settings | None = None) -> None:
    """Writes rows of cells, the first of them the names of the columns, from left to right."""
    write_paragraphs(table_paragraphs(rows, screen_of(out, settings)), out, settings)


def table_paragraphs(rows: Sequence[Sequence[str]], screen: Screen) -> Iterator[Paragraph]:
    """Yields the rows as paragraphs that fit a screen."""
    cells = [[one_line(cell).strip() for cell in row] for row in rows]
    layout = Layout.VISUAL if screen.layout is Layout.GUESSED else screen.layout  # as they are seen
    widths = [max(columns_of(cell, layout) for cell in column) for column in zip(*cells, strict=True)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - screen.columns + 1
    if screen.layout is Layout.GUESSED:
        excess += max(map(_unseen, cells))
    if screen.layout is not Layout.PLAIN and excess > 0:
        widest = widths.index(max(widths))
        if widths[widest] - excess < _NARROWEST:
            yield from _stacked(cells)
            return
        widths[widest] -= excess
        cells = list(_broken(cells, widest, widths[widest], layout))
    for number, row in enumerate(cells):
        line: list[Span] = []
        for cell, width in zip(row, widths, strict=True):
            gap = " " * (width - columns_of(cell, layout)) + _GAP
            line += [Span(isolated(cell), Style.PLAIN if number else Style.FAINT), Span(gap)]
        while line and not line[-1].text.strip():
            line.pop()
        yield Paragraph(line)


def _unseen(row: Sequence[str]) -> int:
    """How many columns of a row mlterm counts and does not show: those of ZWNJ, of marks, of letters drawn as one."""
    counted = sum(columns_of(cell, Layout.GUESSED) - columns_of(cell, Layout.VISUAL) for cell in row)
    return counted + 2 * len(row)


def _broken(cells: Sequence[Sequence[str]], column: int, width: int, layout: Layout) -> Iterator[list[str]]:
    """The rows with the cells of one column broken at spaces into as many rows as they take."""
    for row in cells:
        lines = [""]
        for word in row[column].split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and columns_of(longer, layout) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        for number, line in enumerate(lines):
            yield [line if place == column else "" if number else cell for place, cell in enumerate(row)]


def _stacked(cells: Sequence[Sequence[str]]) -> Iterator[Paragraph]:
    """Each row as its first cell, and the others below it with the names of their columns."""
    head, *rows = cells
    longest = max(map(len, head[1:]), default=0)
    for first, *others in rows:
        yield Paragraph([Span(isolated(first), Style.TITLE)])
        for name, cell in zip(head[1:], others, strict=True):
            if cell:
                yield Paragraph([Span(isolated(cell))], f"  {name:<{longest}}  ")
