"""Statements as HTML: what somebody is reported to have said, beside a hit or among others of the same speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.stopwords import stopwords

from ..output.report import direction
from ..query.keywords import spelled
from ..quotes import Quote
from ..results import Fragment
from .addresses import Asked
from .marked_html import about, isolated, line, marked

if TYPE_CHECKING:
    from .reading_room import Desk

_NEW = 0.5  # of the words of a statement, from which it is said in words that are new
_FEWEST_NEW = 3
_LONGEST = 1200  # letters of a statement that are shown


class QuoteView(NamedTuple):
    """A statement as HTML: its words, those marked that are new, and where it stands. ``kind`` is a text's key."""

    text: Markup
    runs: str
    kind: str
    called: Markup
    naming: str
    about: Markup
    address: str
    title: str
    is_new: bool


def speakers_of(desk: Desk) -> dict[str, int]:
    """Returns all speakers whom an index knows, each with how many statements are shown; none where it tells none."""
    return desk.remember("speakers", desk.searcher.speakers)


def with_new_words(quotes: Sequence[Quote], analyzer: PersianAnalyzer) -> Iterable[tuple[Quote, list[Fragment], bool]]:
    """Returns statements, the newest first, with the words that no older one of them has as matches.

    The last tells whether half of a statement's words are new, and three at least. Of the oldest nothing is: there is
    nothing to compare it with.
    """
    known: set[str] = set()
    common = stopwords()
    found: list[tuple[Quote, list[Fragment], bool]] = []
    for quote in reversed(quotes):
        text = quote.text[:_LONGEST]
        tokens = [each for each in analyzer.tokens(text) if each.term.form not in common and each.term.form.isalpha()]
        lemmas = {token.term.lemma for token in tokens}
        new = lemmas - known if known else set()
        pieces, at = [], 0
        for token in tokens:
            if token.term.lemma in new and token.start >= at:
                pieces += [Fragment(text[at : token.start], False), Fragment(text[token.start : token.end], True)]
                at = token.end
        pieces.append(Fragment(text[at:] + ("…" if len(quote.text) > _LONGEST else ""), False))
        found.append((quote, pieces, len(new) >= max(_FEWEST_NEW, _NEW * len(lemmas))))
        known |= lemmas
    return reversed(found)


def quote_view(quote: Quote, asked: Asked, calendar: str) -> QuoteView:
    """Returns a statement as HTML, nothing in it marked."""
    text = quote.text[:_LONGEST]
    return told_view(
        quote, [Fragment(text + ("…" if len(quote.text) > _LONGEST else ""), False)], False, asked, calendar
    )


def told_view(quote: Quote, pieces: list[Fragment], is_new: bool, asked: Asked, calendar: str) -> QuoteView:
    """Returns a statement as HTML, some pieces of it marked."""
    said = quote.statement
    called = said.printed or said.name
    if spelled(said.role) not in spelled(called):
        called = "، ".join(filter(None, (called, said.role)))
    kind = said.kind if said.is_shown else "perhaps"
    return QuoteView(
        marked(pieces), direction(quote.text[:_LONGEST]), f"said {kind}", isolated(called), line(quote.naming),
        about(quote.article, calendar), asked.article(quote.id), line(quote.article.title), is_new,
    )  # fmt: skip
