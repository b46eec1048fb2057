"""Ids alone, one a line, for other commands: ``khabarjoo search … --format ids | while read -r id …``."""

from __future__ import annotations

from ..clean import Sink
from ..results import Page


def write_ids(page: Page, out: Sink, *, end: str = "\n") -> None:
    """Writes each hit's id and ``end``; NUL as the end is safe for any id (``xargs -0``)."""
    for hit in page:
        out.write(hit.id + end)
