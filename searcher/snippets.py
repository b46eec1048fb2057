"""Snippets: the sentences of an article that answer a query best, with the words that matched marked whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from analyzers.chain import PersianAnalyzer

from .results import Piece

_SENTENCE_END = re.compile(r"[.!؟?؛…]+[»”\")\]]*\s+|\n+")
_LONGEST = 280  # characters a snippet may have
_LEAST = 40  # a sentence shorter than this is shown together with the next


class _Match(NamedTuple):
    """A word that matched: its lemma and where it stands."""

    lemma: str
    start: int
    end: int


def mark(text: str, lemmas: Collection[str], analyzer: PersianAnalyzer) -> list[Piece]:
    """A whole text, cut at the words that have one of the lemmas; the pieces join to the text again."""
    return _pieces(text, 0, len(text), _matches(text, lemmas, analyzer))


def snippet(texts: Iterable[str], lemmas: Collection[str], analyzer: PersianAnalyzer) -> list[Piece]:
    """The best stretch of one to three sentences of some texts; their beginning when nothing in them matches.

    Best is the stretch with the most different words of the query, then the most matches, then the earliest.
    """
    best: tuple[tuple[int, int], list[Piece]] | None = None
    for text in texts:
        if not text:
            continue
        matches = _matches(text, lemmas, analyzer)
        start, end, worth = _best_stretch(text, matches)
        if best is None or worth > best[0]:
            best = (worth, _pieces(text, start, end, matches))
    return best[1] if best else []


def _matches(text: str, lemmas: Collection[str], analyzer: PersianAnalyzer) -> list[_Match]:
    found: list[_Match] = []
    for token in analyzer.tokens(text):
        term = token.term
        lemma = term.lemma if term.lemma in lemmas else next((part for part in term.parts if part in lemmas), None)
        if lemma is not None:
            found.append(_Match(lemma, token.start, token.end))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences start and end, without the space between them."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    bounds = zip(starts, [*starts[1:], len(text)], strict=True)
    trimmed = ((start, start + len(text[start:end].rstrip())) for start, end in bounds)
    return [(start, end) for start, end in trimmed if end > start]


def _best_stretch(text: str, matches: list[_Match]) -> tuple[int, int, tuple[int, int]]:
    """The best run of sentences that fits: (start, end, worth)."""
    sentences = _sentences(text)
    best = (0, 0, (-1, 0))
    for first, (start, _) in enumerate(sentences):
        for last in range(first, min(first + 3, len(sentences))):
            end = sentences[last][1]
            if last > first and end - start > _LONGEST:
                break
            inside = [match for match in matches if start <= match.start < end]
            worth = (len({match.lemma for match in inside}), len(inside))
            if worth > best[2] or worth == best[2] and start == best[0] and best[1] - start < _LEAST:
                best = (start, end, worth)
    start, end, worth = best
    if end - start > _LONGEST:
        start, end = _shorten(text, start, end, [match for match in matches if start <= match.start < end])
    return start, end, worth


def _shorten(text: str, start: int, end: int, matches: list[_Match]) -> tuple[int, int]:
    """The stretch of a long sentence with the most different words, cut at spaces."""
    anchors = [match.start for match in matches] or [start]
    windows = [(anchor, anchor + _LONGEST - 60) for anchor in anchors]
    first, last = max(windows, key=lambda w: (len({m.lemma for m in matches if w[0] <= m.start < w[1]}), -w[0]))
    first = max(start, first - 60)
    last = min(end, first + _LONGEST)
    if first > start:
        first = text.find(" ", first, anchors[0] if anchors[0] > first else last) + 1 or first
    if last < end:
        inside = [match for match in matches if match.start < last < match.end]
        last = inside[0].start if inside else last
        last = max(text.rfind(" ", first, last), first + 1)
    return first, last


def _pieces(text: str, start: int, end: int, matches: list[_Match]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for match in matches:
        if match.start < at or match.end > end:
            continue
        if match.start > at:
            pieces.append(Piece(text[at : match.start], False))
        pieces.append(Piece(text[match.start : match.end], True))
        at = match.end
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return pieces
