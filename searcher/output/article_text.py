"""A whole article, with the words that match a query marked when there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from khabarjoo.index.article import Article

from ..bidi.isolation import isolated
from ..bidi.reordering import mostly_right_to_left
from ..bidi.terminals import Layout
from ..config import DEFAULTS, Settings
from ..hit_headings import heading_of, is_untitled
from ..results import Fragment
from ..terminal_safety import Sink, one_line
from .hits_data import FORMAT_VERSION, dump, piece_records
from .hits_text import about_line, heading_spans
from .publication_dates import iso, jalali_numbers
from .styles import (
    Line,
    Paragraph,
    Span,
    Style,
    is_terminal,
    piece_lines,
    screen_of,
    text_of,
    write_paragraphs,
)

_BEGINNING = 1000  # characters that tell in which direction an article runs
_WORDS_OF_A_SENTENCE = 4


class Marks(NamedTuple):
    """The title, lead and body of an article in pieces, matches marked."""

    title: list[Fragment]
    lead: list[Fragment]
    body: list[Fragment]


def unmarked(article: Article) -> Marks:
    """Returns the article in one piece each, nothing marked."""
    return Marks(*([Fragment(text, False)] for text in (article.title, article.lead, article.body)))


def write_article_text(
    article: Article, marks: Marks | None, out: Sink, *, origin: str = "", settings: Settings | None = None
) -> None:
    """Writes the article for reading: wrapped and in the order of the screen on a terminal, as it is elsewhere.

    ``origin`` is the file it was read from.
    """
    marks = marks or unmarked(article)
    lines = _lines(article, marks, origin, settings or DEFAULTS, on_screen=is_terminal(out))
    if screen_of(out, settings).layout is Layout.PLAIN:  # which needs no direction
        write_paragraphs(map(Paragraph, lines), out, settings)
    else:
        write_paragraphs(_paragraphs(article, lines), out, settings)


def write_article_json(article: Article, marks: Marks | None, out: Sink, *, origin: str = "") -> None:
    """Writes the article as one JSON object; ``marked`` is null, or has title, lead and body in pieces."""
    marked = None if marks is None else {name: piece_records(part) for name, part in marks._asdict().items()}
    dump(
        {
            "format_version": FORMAT_VERSION,
            "id": article.id,
            "title": heading_of(article),
            "untitled": is_untitled(article),
            "lead": article.lead,
            "body": article.body,
            "published": iso(article.published),
            "published_jalali": jalali_numbers(article.published),
            "published_precision": article.published_precision,
            "source": article.source,
            "category": article.category,
            "tags": list(article.tags),
            "url": article.url,
            "code": article.code,
            "origin": origin,
            "marked": marked,
        },
        out,
    )


ARTICLE_FORMATS: dict[str, Callable[..., None]] = {
    "text": write_article_text,
    "json": write_article_json,
}


def _paragraphs(article: Article, lines: Iterable[Line]) -> Iterator[Paragraph]:
    """The lines of the article; what is told of it, and a line without words of its own, run as the article does."""
    whole = mostly_right_to_left(f"{article.title} {article.lead or article.body[:_BEGINNING]}")
    for line in lines:
        text = text_of(line)
        own = mostly_right_to_left(text)
        is_fact = bool(line) and all(span.style is Style.FAINT for span in line)
        yield Paragraph(line, right_to_left=own or (whole and (is_fact or _is_short(text))))


def _is_short(text: str) -> bool:
    """Whether the words are too few to tell in which direction a line runs: an id, a name, an address."""
    return len(text.split()) < _WORDS_OF_A_SENTENCE


def _lines(article: Article, marks: Marks, origin: str, settings: Settings, *, on_screen: bool) -> Iterator[Line]:
    yield heading_spans(article, marks.title)
    facts = (
        about_line(
            article.source, article.category, article.published, article.id, settings=settings, on_screen=on_screen
        ),
        f"کد خبر: {_alone(article.code)}" if article.code else "",
        "، ".join(map(_alone, article.tags)),
        _alone(article.url),
        _alone(origin),
    )
    for fact in filter(None, facts):
        yield [Span(fact, Style.FAINT)]
    for part, text in ((marks.lead, article.lead), (marks.body, article.body)):
        if text.strip():
            yield []
            yield from piece_lines(part)


def _alone(text: str) -> str:
    """A fact in one line, which keeps its direction to itself."""
    return isolated(one_line(text))
