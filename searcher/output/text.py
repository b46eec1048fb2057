"""Hits for people: a numbered title, where and when it was published, and what in it answers the query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..clean import Sink, one_line
from ..results import Hit, Page
from .moments import both_calendars
from .paint import Line, Span, Style, piece_spans, write_lines

UNTITLED = "(بی‌عنوان)"
_INDENT = "    "


def write_text(page: Page, out: Sink, *, colour: bool | None = None) -> None:
    """Writes the hits, a blank line between them.

    Matched words are coloured on a terminal only: what is piped is the plain text, ready for other tools.
    """
    write_lines(page_lines(page), out, colour=colour)


def page_lines(page: Page) -> Iterator[Line]:
    """The lines of a page of hits."""
    for number, hit in enumerate(page):
        if number:
            yield []
        yield from _hit_lines(hit)


def _hit_lines(hit: Hit) -> Iterator[Line]:
    title = piece_spans(hit.marked_title, Style.TITLE) if hit.title.strip() else [Span(UNTITLED, Style.FAINT)]
    yield [Span(f"{hit.rank:>2}. "), *title]
    about = about_line(hit.source, hit.category, hit.published, hit.id)
    yield [Span(_INDENT), Span(about, Style.FAINT)]
    snippet = piece_spans(hit.snippet)
    if any(span.text.strip() for span in snippet):
        yield [Span(_INDENT), *snippet]


def about_line(source: str, category: str, published: datetime | None, *more: str) -> str:
    """What is known of an article in one line: source · category · day in both calendars · more."""
    facts = (source, category, both_calendars(published) if published else "", *more)
    return " · ".join(filter(None, (one_line(fact).strip() for fact in facts)))
