"""A query with its phrases read more loosely: as words near each other, then as words and no more.

Headlines are pasted with the quotation marks in them, and what these enclose is often printed otherwise in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import keywords
from .lexer import USUAL_BETWEEN, Kind, scan
from .simple_questions import simple_question
from .syntax import Asked, Phrase

NEARNESS = "a phrase read as words near each other"
WORDS = "a phrase read as words"

_QUOTES = keywords.LOOSE_QUOTES + "".join(f"{opening}{closing}" for opening, closing in keywords.PAIRED_QUOTES.items())
_EDGES = re.compile(r"^[^\w#]+|[^\w]+$")
_SIGNS = re.compile(rf"[{re.escape(keywords.COLONS + keywords.ANY_LETTERS + keywords.EXACT_SIGNS)}~～^|]")


def loosened(query: str) -> Iterator[tuple[str, str]]:
    """Returns the looser readings of a query, the strictest first, each with what was done; none without a phrase.

    Only phrases of several words without a sign, a field or a number are loosened.

    >>> [text for text, _ in loosened("«باران در گیلان» و مازندران")]
    ['«باران در گیلان»~10 و مازندران', 'باران در گیلان و مازندران']
    """
    text, phrases = _phrases(query)
    if not phrases:
        return
    quoted = [text[start:end] for start, end in phrases]
    yield _replaced(text, phrases, [f"{phrase}~{USUAL_BETWEEN}" for phrase in quoted]), NEARNESS
    yield _replaced(text, phrases, [f" {_plain(phrase)} " for phrase in quoted]), WORDS


def _phrases(query: str) -> tuple[str, list[tuple[int, int]]]:
    """The part of a query that is read, and where in it the phrases are that can be loosened."""
    question = simple_question(query)
    if question and isinstance(question.root, Phrase):
        return query, [(0, len(query))] if _is_loose(question.root) else []  # as most are
    text, lexemes, _ = scan(query)
    found = [(lexeme.start, lexeme.end) for lexeme in lexemes if lexeme.kind is Kind.CLAUSE and _is_loose(lexeme.part)]
    return text, [(start, end) for start, end in found if text[start] in _QUOTES and text[end - 1] in _QUOTES]


def _is_loose(part: Asked | None) -> bool:
    return isinstance(part, Phrase) and not part.exact and part.distance is None and len(part.text.split()) > 1


def _plain(phrase: str) -> str:
    """The words of a phrase, without what would be signs outside it."""
    words = (_EDGES.sub("", _SIGNS.sub(" ", word)) for word in phrase.strip(_QUOTES).split())
    return " ".join(word.lower() if word in keywords.OPERATORS else word for word in words if word)


def _replaced(text: str, places: list[tuple[int, int]], others: list[str]) -> str:
    replaced, last = "", 0
    for (start, end), other in zip(places, others, strict=True):
        replaced += text[last:start] + other
        last = end
    return re.sub(r" {2,}", " ", replaced + text[last:]).strip()
