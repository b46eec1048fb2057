"""Ids alone, one a line, for other commands: ``khabarjoo search … --format ids | while read -r id …``."""

from __future__ import annotations

from ..clean import Sink, one_line
from ..results import Page
from .paint import is_terminal


def write_ids(page: Page, out: Sink, *, end: str = "\n") -> None:
    """Writes each hit's id and ``end``; NUL as the end is safe for any id (``xargs -0``).

    On a terminal each is in one line.
    """
    shown = one_line if is_terminal(out) else str
    for hit in page:
        out.write(shown(hit.id) + end)
