"""How many hits of a page fit the screen, so that the best are in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..output.hits_text import page_paragraphs
from ..output.messages import remark
from ..output.styles import Paragraph, Screen, rows_of

if TYPE_CHECKING:
    from ..config import Settings
    from ..results import Page

_ROWS_OF_PROMPT = 3  # the line that was typed, the next, and the toolbar


def fitted(page: Page, told: Iterable[str], screen: Screen, settings: Settings, rows: int) -> Page:
    """Returns the page with as many of its hits, one at least, as fit so many rows below what is told of it."""
    room = rows - _ROWS_OF_PROMPT - height(map(remark, told), screen)
    for count, hit in enumerate(page.hits):
        one = replace(page, hits=(hit,))
        room -= height(page_paragraphs(one, settings, on_screen=True), screen) + bool(count)
        if room < 0 and count:
            return replace(page, hits=page.hits[:count], _suggest=lambda: page.suggestion)
    return page


def height(paragraphs: Iterable[Paragraph], screen: Screen) -> int:
    """Returns how many rows paragraphs take."""
    return sum(1 for paragraph in paragraphs for _ in rows_of(paragraph, screen))
