"""Snippets: the sentences of an article that answer a query best, with the words that matched marked whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analyzers.chain import PersianAnalyzer

from .results import Piece
from .wanted import Match, Wanted

_SENTENCE_END = re.compile(r"[.!؟?؛…][»”\")\]]*\s+|\n+")
_SENTENCES = 3  # as many a snippet may have
_LONGEST = 280  # characters a snippet may have
_BEFORE = 60  # characters shown before the first match of a part of a long sentence
_LEAST = 40  # a sentence shorter than this is shown together with the next


class _Stretch(NamedTuple):
    """A stretch of a text, and what it is worth: how many different words of the query it has, and how many in all."""

    start: int
    end: int
    worth: tuple[int, int]


def mark(text: str, wanted: Wanted, analyzer: PersianAnalyzer) -> list[Piece]:
    """A whole text, cut at the words that are wanted; the pieces join to the text again."""
    return _pieces(text, 0, len(text), wanted.matches(text, analyzer))


def snippet(texts: Iterable[str], wanted: Wanted, analyzer: PersianAnalyzer) -> list[Piece]:
    """The best stretch of one to three sentences of some texts; their beginning when nothing in them matches.

    Best is the stretch with the most different words of the query, then the most matches, then the earliest.
    """
    best: tuple[tuple[int, int], list[Piece]] | None = None
    for text in texts:
        matches = wanted.matches(text, analyzer)
        stretch = _best_stretch(text, matches)
        if stretch and (best is None or stretch.worth > best[0]):
            best = (stretch.worth, _pieces(text, stretch.start, stretch.end, matches))
    return best[1] if best else []


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences start and end, without the space around them."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    bounds = zip(starts, [*starts[1:], len(text)], strict=True)
    trimmed = ((end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in bounds)
    return [(start, end) for start, end in trimmed if end > start]


def _best_stretch(text: str, matches: list[Match]) -> _Stretch | None:
    """The best run of sentences that fits, or None when there is no sentence."""
    best: _Stretch | None = None
    for stretch in _stretches(text, matches):
        if best is None or stretch.worth > best.worth or _completes(stretch, best):
            best = stretch
    return best


def _completes(stretch: _Stretch, best: _Stretch) -> bool:
    """Whether a stretch is no better than the best one, but goes on where that one stops too soon."""
    return stretch.start == best.start and stretch.worth == best.worth and best.end - best.start < _LEAST


def _stretches(text: str, matches: list[Match]) -> Iterator[_Stretch]:
    """Every run of one to three sentences that fits, and of a sentence that does not, the best part."""
    sentences = _sentences(text)
    starts = [match.start for match in matches]

    def worth(start: int, end: int) -> tuple[int, int]:
        inside = matches[bisect_left(starts, start) : bisect_left(starts, end)]
        return len({match.by for match in inside}), len(inside)

    for first, (start, end) in enumerate(sentences):
        if first and not worth(start, start + _LONGEST)[1]:
            continue  # no better than the beginning
        if end - start > _LONGEST:
            inside = matches[bisect_left(starts, start) : bisect_left(starts, end)]
            anchors = [match.start for match in inside] or [start]
            anchor = max(anchors, key=lambda at: (worth(at, at + _LONGEST - _BEFORE), -at))
            start, end = _cut(text, start, anchor, end, inside)
            yield _Stretch(start, end, worth(start, end))
            continue
        for _, end in sentences[first : first + _SENTENCES]:
            if end - start > _LONGEST:
                break
            yield _Stretch(start, end, worth(start, end))


def _cut(text: str, start: int, anchor: int, end: int, matches: list[Match]) -> tuple[int, int]:
    """A part of a long sentence with a match in it, and a little before: cut at spaces, never inside a match."""
    first = max(start, anchor - _BEFORE)
    last = min(end, first + _LONGEST)
    near = [match for match in matches if match.start < last and match.end > first]
    spaces = [
        space.start()
        for space in re.compile(r"\s").finditer(text, first, last)
        if not any(match.start < space.start() < match.end for match in near)
    ]
    if first > start:
        first = next((space + 1 for space in spaces if space < anchor), anchor)
    if last < end:
        broken = next((match.start for match in near if match.start < last < match.end), last)
        last = max((space for space in spaces if anchor < space <= broken), default=broken if broken > anchor else last)
    return first, last


def _pieces(text: str, start: int, end: int, matches: list[Match]) -> list[Piece]:
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
