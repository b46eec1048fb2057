"""Writes hits for people: a numbered title, where and when it was published, and what in it answers the query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..bidi.isolation import isolated
from ..bidi.reordering import mostly_right_to_left
from ..config import DEFAULTS, Settings
from ..hit_headings import heading_of, is_untitled
from ..results import Copy, Fragment, Hit, Page
from ..terminal_safety import Sink, one_line
from .publication_dates import both_calendars, in_digits
from .styles import (
    Paragraph,
    Span,
    Style,
    is_terminal,
    piece_spans,
    text_of,
    write_paragraphs,
)

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from ..quotes import Quote

UNTITLED = "(بی‌عنوان)"
_INDENT = "    "
_QUOTES = 3  # of a hit, as many as are shown of what somebody said


def write_text(page: Page, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes the hits, a blank line between them.

    On a terminal they are wrapped, coloured and put in the order it needs; what is piped is the plain text, a line
    each for title, facts and snippet, ready for other tools.
    """
    paragraphs = page_paragraphs(page, settings or DEFAULTS, on_screen=is_terminal(out))
    write_paragraphs(paragraphs, out, settings)


def page_paragraphs(page: Page, settings: Settings = DEFAULTS, *, on_screen: bool) -> Iterator[Paragraph]:
    """Yields the paragraphs of a page of hits."""
    for number, hit in enumerate(page):
        if number:
            yield Paragraph([])
        yield from _hit_paragraphs(hit, settings, on_screen=on_screen)


def _hit_paragraphs(hit: Hit, settings: Settings, *, on_screen: bool) -> Iterator[Paragraph]:
    title = heading_spans(hit.article, hit.marked_title if hit.title.strip() else [])
    about = about_line(
        hit.source, hit.category, hit.published, hit.id, hit.index, settings=settings, on_screen=on_screen
    )
    snippet = piece_spans(hit.snippet)
    right_to_left = mostly_right_to_left(f"{text_of(title)} {text_of(snippet)}")
    yield Paragraph(title, in_digits(f"{hit.rank:>2}. ", settings.digits), right_to_left)
    yield Paragraph([Span(about, Style.FAINT)], _INDENT, right_to_left)
    if text_of(snippet).strip():
        yield Paragraph(snippet, _INDENT, right_to_left)
    for quote in hit.quotes[:_QUOTES]:
        yield from quote_paragraphs(quote)
    if others := copies_in_words(hit.copies, settings.digits, on_screen=on_screen):
        yield Paragraph([Span(others, Style.FAINT)], _INDENT, right_to_left)


def quote_paragraphs(quote: Quote) -> Iterator[Paragraph]:
    """Yields a quote: who is reported to say it, and what."""
    told, text = one_line(quote.attribution).strip(), one_line(quote.text).strip()
    right_to_left = mostly_right_to_left(text)
    yield Paragraph([Span(told, Style.FAINT)], _INDENT, right_to_left)
    yield Paragraph([Span(text)], _INDENT, right_to_left)


def heading_spans(article: Article, marked_title: list[Fragment]) -> list[Span]:
    """Returns the title as it was marked; the first sentence of an article without one."""
    if not is_untitled(article):
        return piece_spans(marked_title, Style.TITLE)
    sentence = one_line(heading_of(article)).strip()
    return [Span(sentence, Style.TITLE)] if sentence else [Span(UNTITLED, Style.FAINT)]


def about_line(
    source: str,
    category: str,
    published: datetime | None,
    *more: str,
    settings: Settings = DEFAULTS,
    on_screen: bool = False,
) -> str:
    """Returns what is known of an article in one line: source · category · day in both calendars · more.

    On a screen each is isolated, so that none tears another.
    """
    day = both_calendars(published, settings.calendar, slashes=on_screen) if published else ""
    facts = (one_line(fact).strip() for fact in (source, category, in_digits(day, settings.digits), *more))
    return " · ".join(isolated(fact) if on_screen else fact for fact in facts if fact)


_SEPARATOR = "، "


def copies_in_words(copies: Sequence[Copy], digits: str = "persian", *, on_screen: bool = False) -> str:
    """Returns how many copies there are and who published them, in order of publication; '' when there are none.

    ``digits`` are ``persian`` or ``latin``; ``mixed`` is Persian here.

    >>> copies_in_words([Copy("m1", "مهر", None), Copy("f1", "فارس", None), Copy("f2", "فارس", None)])
    '۳ نسخهٔ دیگر: مهر، فارس'
    """
    if not copies:
        return ""
    count = in_digits(str(len(copies)), "latin" if digits == "latin" else "persian")
    names = dict.fromkeys(name for copy in copies if (name := one_line(copy.source).strip()))
    told = _SEPARATOR.join(map(isolated, names) if on_screen else names)
    return f"{count} نسخهٔ دیگر" + (f": {told}" if names else "")
