"""What a terminal shows: paragraphs laid out as strings, and the styles of their letters."""

from __future__ import annotations

from collections.abc import Sequence

from khabarjoo.searcher.bidi.paragraphs import lay_out
from khabarjoo.searcher.bidi.reordering import Cell
from khabarjoo.searcher.bidi.terminals import Layout

Runs = str | Sequence[tuple[str, str]]


def cells_of(
    runs: Runs, layout: Layout = Layout.VISUAL, *, columns: int = 300, hang: int = 0, rtl: bool = True
) -> list[list[Cell[str]]]:
    """The rows of a paragraph; a plain string is in the style ``p``."""
    parts = [(runs, "p")] if isinstance(runs, str) else runs
    return lay_out(parts, hang=hang, blank="p", layout=layout, columns=columns, right_to_left=rtl, font_of=str)


def rows_of(
    runs: Runs, layout: Layout = Layout.VISUAL, *, columns: int = 300, hang: int = 0, rtl: bool = True
) -> list[str]:
    """The rows of a paragraph as strings."""
    rows = cells_of(runs, layout, columns=columns, hang=hang, rtl=rtl)
    return ["".join(cell.text for cell in row) for row in rows]
