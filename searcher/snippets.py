"""Marks the words of a query in the articles it found, and cuts snippets: the sentences that answer it best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from khabarjoo.analyzers.analyzer import PersianAnalyzer

from .highlight import LONGEST_READ, FieldCounts, FormCounts, TextMatch, Wanted, wanted
from .query.plan import Node
from .results import Fragment

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from .engine import Found

_END_MARKS = ".!؟?؛…\n"
_SENTENCE_END = re.compile(r"([.!؟?؛…][»”\")\]]*)?\s+")
_SPACE = re.compile(r"\s")
_SENTENCES = 3  # as many a snippet may have
_LONGEST = 280  # characters a snippet may have
_BEFORE = 60  # characters shown before the first match of a part of a long sentence
_LEAST = 40  # a sentence shorter than this is shown together with the next


_Worth = tuple[int, int]  # how many different words of the query, and how many in all


class _Stretch(NamedTuple):
    """A stretch of a text, and what it is worth."""

    start: int
    end: int
    worth: _Worth


class _Matches:
    """The matches of a text, in order, to be counted."""

    def __init__(self, matches: list[TextMatch]) -> None:
        self._matches = matches
        self._by = [match.by for match in matches]
        self._starts = [match.start for match in matches]

    def between(self, start: int, end: int) -> list[TextMatch]:
        """Those that start in a stretch."""
        return self._matches[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def worth(self, start: int, end: int) -> _Worth:
        """What a stretch is worth."""
        by = self._by[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return len(set(by)), len(by)


def mark(text: str, matches: list[TextMatch]) -> list[Fragment]:
    """A whole text, cut at the words that matched; the pieces join to the text again."""
    return _pieces(text, 0, len(text), matches)


def snippet(texts: Iterable[tuple[str, list[TextMatch]]]) -> list[Fragment]:
    """The best stretch of one to three sentences of some texts; their beginning when nothing in them matches.

    Best is the stretch with the most different words of the query, then the most matches, then the earliest.
    """
    best: tuple[tuple[int, int], list[Fragment]] | None = None
    for text, matches in texts:
        stretch = _best_stretch(text, matches)
        if stretch and (best is None or stretch.worth > best[0]):
            best = (stretch.worth, _pieces(text, stretch.start, stretch.end, matches))
    return best[1] if best else []


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences start and end, without the space around them."""
    marked = text
    for mark in _END_MARKS[1:]:
        marked = marked.replace(mark, _END_MARKS[0])
    sentences = []
    start = len(text) - len(text.lstrip())
    at = marked.find(_END_MARKS[0], start)
    while at >= 0:
        if match := _SENTENCE_END.match(text, at):
            sentences.append((start, _without_space(text, start, max(at, match.end(1)))))
            start = match.end()
        at = marked.find(_END_MARKS[0], max(start, at + 1))
    sentences.append((start, _without_space(text, start, len(text))))
    return [(start, end) for start, end in sentences if end > start]


def _without_space(text: str, start: int, end: int) -> int:
    """Where a stretch of a text ends without the space at its end."""
    while start < end and text[end - 1].isspace():
        end -= 1
    return end


def _best_stretch(text: str, matches: list[TextMatch]) -> _Stretch | None:
    """The best run of sentences that fits, or None when there is no sentence."""
    best: _Stretch | None = None
    all_matches = _Matches(matches)
    sentences = _sentences(text)
    for first, (start, end) in enumerate(sentences):
        if best and all_matches.worth(start, max(end, start + _LONGEST)) <= best.worth:
            continue  # nothing that begins here is better
        for stretch in _stretches(text, sentences[first : first + _SENTENCES], all_matches):
            if best is None or stretch.worth > best.worth or _completes(stretch, best):
                best = stretch
    return best


def _completes(stretch: _Stretch, best: _Stretch) -> bool:
    """Whether a stretch is no better than the best one, but goes on where that one stops too soon."""
    return stretch.start == best.start and stretch.worth == best.worth and best.end - best.start < _LEAST


def _stretches(text: str, sentences: list[tuple[int, int]], matches: _Matches) -> Iterator[_Stretch]:
    """Every run of sentences from the first on that fits; when it does not fit itself, the best part of it."""
    start, end = sentences[0]
    if end - start > _LONGEST:
        inside = matches.between(start, end)
        anchors = [match.start for match in inside] or [start]
        anchor = max(anchors, key=lambda at: (matches.worth(at, at + _LONGEST - _BEFORE), -at))
        start, end = _cut(text, start, anchor, end, inside)
        yield _Stretch(start, end, matches.worth(start, end))
        return
    for _, end in sentences:
        if end - start > _LONGEST:
            return
        yield _Stretch(start, end, matches.worth(start, end))


def _cut(text: str, start: int, anchor: int, end: int, matches: list[TextMatch]) -> tuple[int, int]:
    """A part of a long sentence with a match in it, and a little before: cut at spaces, never inside a match."""
    first = max(start, anchor - _BEFORE)
    last = min(end, first + _LONGEST)
    near = [match for match in matches if match.start < last and match.end > first]
    spaces = [space.start() for space in _SPACE.finditer(text, first, last)]

    def parts_words(space: int) -> bool:
        return not any(match.start < space < match.end for match in near)

    if first > start:
        first = next((space + 1 for space in spaces if space < anchor and parts_words(space)), anchor)
    if last < end:
        broken = next((match.start for match in near if match.start < last < match.end), last)
        fitting = (space for space in reversed(spaces) if anchor < space <= broken and parts_words(space))
        last = next(fitting, broken if broken > anchor else last)
    return first, last


def _pieces(text: str, start: int, end: int, matches: list[TextMatch]) -> list[Fragment]:
    pieces: list[Fragment] = []
    at = start
    for match in matches:
        if match.start < at or match.end > end:
            continue
        if match.start > at:
            pieces.append(Fragment(text[at : match.start], False))
        pieces.append(Fragment(text[match.start : match.end], True))
        at = match.end
    if at < end:
        pieces.append(Fragment(text[at:end], False))
    return pieces


Part = Literal["title", "lead", "body"]
PARTS: tuple[Part, ...] = ("title", "lead", "body")
"""The texts of an article, in their order."""


class Marked(NamedTuple):
    """An article in pieces, the words that match a query marked: all of them when it is ``complete``."""

    title: list[Fragment]
    lead: list[Fragment]
    body: list[Fragment]
    complete: bool


class Marking:
    """Finds the words of a query in whatever article it is asked about, by reading its texts."""

    def __init__(self, root: Node, analyzer: PersianAnalyzer) -> None:
        self._root = root
        self._analyzer = analyzer

    def of(self, article: Found) -> ArticleMarker:
        """What marks one article; nothing is read before it is asked."""
        return ArticleMarker(self, article)

    @cached_property
    def _wanted(self) -> Wanted:
        return wanted(self._root)

    def counts(self, article: Found) -> FieldCounts | None:
        """What is to be found in each text of an article that was found, where that is known."""
        return None

    def matches(self, text: str, counts: FormCounts | None) -> list[TextMatch]:
        """Where it is in one of its texts."""
        return self._wanted.matches(text, self._analyzer, counts)

    def parts(self, article: Article, found: Found | None) -> Iterator[tuple[Part, list[TextMatch]]]:
        """Where it is in each text of an article, which the engine has as ``found``, or not at all."""
        counts = (self.counts(found) if found else None) or (None, None, None)
        texts = (article.title, article.lead, article.body)
        for part, text, known in zip(PARTS, texts, counts, strict=True):
            yield part, self.matches(text, known)

    def whole(self, article: Article, found: Found | None) -> Marked:
        """A whole article, which the engine has as ``found``, or not at all."""
        counts = (self.counts(found) if found else None) or (None, None, None)
        texts = (article.title, article.lead, article.body)
        matches = [self.matches(text, known) for text, known in zip(texts, counts, strict=True)]
        complete = all(
            len(text) <= LONGEST_READ or (known is not None and len(some) == sum(known.values()))
            for text, known, some in zip(texts, counts, matches, strict=True)
        )
        title, lead, body = map(mark, texts, matches)
        return Marked(title, lead, body, complete)


class ArticleMarker:
    """Marks the words of a query in one article."""

    def __init__(self, marking: Marking, article: Found) -> None:
        self._marking = marking
        self._article = article

    @cached_property
    def _counts(self) -> tuple[FormCounts | None, FormCounts | None, FormCounts | None]:
        return self._marking.counts(self._article) or (None, None, None)

    def snippet(self, article: Article) -> list[Fragment]:
        """The sentences that answer the query best."""
        _, lead, body = self._counts
        texts = ((article.lead, lead), (article.body, body))
        return snippet((text, self._marking.matches(text, counts)) for text, counts in texts)

    def title(self, article: Article) -> list[Fragment]:
        """The whole title."""
        return mark(article.title, self._marking.matches(article.title, self._counts[0]))
