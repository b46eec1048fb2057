"""Marks the words of a query in the articles it found, and cuts snippets: the sentences that answer it best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.native_kernel import has_kernel

from .highlight import TextMatch, TextMatches, Wanted, wanted
from .query.plan import Node
from .results import Fragment

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from .engine import Found

_SENTENCE_END = r"[.!؟?؛…\n](?:(?<=\n)\s*|(?<!\n)[»”\")\]]*+\s+)"
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


def mark(text: str, matches: TextMatches) -> list[Fragment]:
    """Returns a whole text, cut at the words that matched; the pieces join to the text again."""
    return _pieces(text, 0, len(text), matches)


def snippet(texts: Iterable[tuple[str, TextMatches]]) -> list[Fragment]:
    """Returns the best stretch of one to three sentences of some texts; their beginning when nothing in them matches.

    Best is the stretch with the most different words of the query, then the most matches, then the earliest.
    """
    best: tuple[_Worth, list[Fragment]] | None = None
    for text, matches in texts:
        stretch = _best_stretch(text, matches)
        if stretch and (best is None or stretch.worth > best[0]):
            best = (stretch.worth, _pieces(text, stretch.start, stretch.end, matches))
    return best[1] if best else []


class _Worths:
    """Tells what stretches of a text are worth, by the matches that start in them."""

    def __init__(self, matches: TextMatches) -> None:
        self._starts, self._by = matches.starts, matches.by
        self._different = len(set(matches.by))

    def of(self, start: int, end: int, known: _Worth = (0, 0)) -> _Worth:
        """Returns what a stretch is worth; at least that where it cannot be worth more than what is ``known``."""
        low = bisect_left(self._starts, start)
        count = bisect_left(self._starts, end, low) - low
        if count <= 1 or self._different == 1:
            return (1, count) if count else (0, 0)
        most = min(count, self._different), count
        return most if most <= known else (len(set(self._by[low : low + count])), count)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences start and end, without the space around them."""
    sentences = []
    start = len(text) - len(text.lstrip())
    for match in re.compile(_SENTENCE_END).finditer(text, start):
        end = match.start()
        end = _without_space(text, start, end) if text[end] == "\n" else end + len(match[0].rstrip())
        sentences.append((start, end))
        start = match.end()
    sentences.append((start, _without_space(text, start, len(text))))
    return [(start, end) for start, end in sentences if end > start]


def _without_space(text: str, start: int, end: int) -> int:
    """Where a stretch of a text ends without the space at its end."""
    while start < end and text[end - 1].isspace():
        end -= 1
    return end


def _best_stretch(text: str, matches: TextMatches) -> _Stretch | None:
    """The best run of sentences that fits, or None when there is no sentence."""
    if has_kernel():
        with suppress(UnicodeEncodeError):  # of half surrogates
            return _natively(text, matches)
    return _in_python(text, matches)


def _natively(text: str, matches: TextMatches) -> _Stretch | None:
    """The same by the kernel, which has the steps below. Raises UnicodeEncodeError."""
    from khabarjoo import _native

    numbers: dict[str, int] = {}
    by = [numbers.setdefault(word, len(numbers)) for word in matches.by]
    found = _native.best_stretch(text, matches.starts, matches.ends, by)
    return _Stretch(*found) if found else None


def _in_python(text: str, matches: TextMatches) -> _Stretch | None:
    """The same without it."""
    sentences, worths = _sentences(text), _Worths(matches)
    if not sentences:
        return None
    best = _Stretch(*sentences[0], (-1, 0))  # worth less than any
    for first, (start, end) in enumerate(sentences):
        if worths.of(start, max(end, start + _LONGEST), best.worth) <= best.worth:
            continue  # nothing that begins here is better
        for stretch in _stretches(text, sentences[first : first + _SENTENCES], matches, worths):
            if stretch.worth > best.worth or _completes(stretch, best):
                best = stretch
    return best


def _completes(stretch: _Stretch, best: _Stretch) -> bool:
    """Whether a stretch is no better than the best one, but goes on where that one stops too soon."""
    return stretch.start == best.start and stretch.worth == best.worth and best.end - best.start < _LEAST


def _stretches(
    text: str, sentences: list[tuple[int, int]], matches: TextMatches, worths: _Worths
) -> Iterator[_Stretch]:
    """Every run of sentences from the first on that fits; when it does not fit itself, the best part of it."""
    start, end = sentences[0]
    if end - start > _LONGEST:
        start, end = _cut(text, start, _anchor(start, end, matches), end, matches)
        yield _Stretch(start, end, worths.of(start, end))
        return
    for _, end in sentences:
        if end - start > _LONGEST:
            return
        yield _Stretch(start, end, worths.of(start, end))


def _anchor(start: int, end: int, matches: TextMatches) -> int:
    """The match of a long sentence from which on a part of it is worth most, or its start when it has none."""
    starts, by = matches.starts, matches.by
    best, anchor = (0, 0), start
    within: Counter[str] = Counter()  # from one match on, as far as a part goes
    first = last = bisect_left(starts, start)
    while first < len(starts) and starts[first] < end:
        at = starts[first]
        while last < len(starts) and starts[last] < at + _LONGEST - _BEFORE:
            within[by[last]] += 1
            last += 1
        if (worth := (len(within), last - first)) > best:
            best, anchor = worth, at
        while first < last and starts[first] == at:
            within[by[first]] -= 1
            if not within[by[first]]:
                del within[by[first]]
            first += 1
    return anchor


def _cut(text: str, start: int, anchor: int, end: int, matches: TextMatches) -> tuple[int, int]:
    """A part of a long sentence with a match in it, and a little before: cut at spaces, never inside a match."""
    first = max(start, anchor - _BEFORE)
    last = min(end, first + _LONGEST)
    inside = slice(bisect_left(matches.starts, start), bisect_left(matches.starts, last))
    near = [place for place in zip(matches.starts[inside], matches.ends[inside], strict=True) if place[1] > first]
    apart = [place for place in near if _SPACE.search(text, *place)]
    spaces = [space.start() for space in _SPACE.finditer(text, first, last)]

    def parts_words(space: int) -> bool:
        return any(begin < space < stop for begin, stop in apart)

    if first > start:
        first = next((space + 1 for space in spaces if space < anchor and not parts_words(space)), anchor)
    if last < end:
        broken = next((begin for begin, stop in near if begin < last < stop), last)
        fitting = (space for space in reversed(spaces) if anchor < space <= broken and not parts_words(space))
        last = next(fitting, broken if broken > anchor else last)
    return first, last


def _pieces(text: str, start: int, end: int, matches: TextMatches) -> list[Fragment]:
    pieces: list[Fragment] = []
    at = start
    inside = slice(bisect_left(matches.starts, start), bisect_left(matches.starts, end))
    for first, last in zip(matches.starts[inside], matches.ends[inside], strict=True):
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Fragment(text[at:first], False))
        pieces.append(Fragment(text[first:last], True))
        at = last
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
        """Returns what marks one article; nothing is read before it is asked."""
        return ArticleMarker(self, article)

    @cached_property
    def _wanted(self) -> Wanted:
        return wanted(self._root)

    def times(self, article: Found) -> int | None:
        """Returns how often it is in an article that was found, where that is known without reading it."""
        return None

    def matches(self, text: str, part: Part, article: Found | None) -> TextMatches:
        """Returns where it is in a text, which is a part of an article that was found, or of none."""
        return self._wanted.matches(text, self._analyzer)

    def parts(self, article: Article, found: Found | None) -> Iterator[tuple[Part, list[TextMatch]]]:
        """Yields where it is in each text of an article, which the engine has as ``found``, or not at all."""
        for part, text in zip(PARTS, (article.title, article.lead, article.body), strict=True):
            yield part, list(self.matches(text, part, found).each())

    def whole(self, article: Article, found: Found | None) -> Marked:
        """Returns a whole article, which the engine has as ``found``, or not at all."""
        texts = (article.title, article.lead, article.body)
        matches = [self.matches(text, part, found) for part, text in zip(PARTS, texts, strict=True)]
        title, lead, body = map(mark, texts, matches)
        return Marked(title, lead, body, all(some.complete for some in matches))


class ArticleMarker:
    """Marks the words of a query in one article."""

    def __init__(self, marking: Marking, article: Found) -> None:
        self._marking = marking
        self._article = article

    def snippet(self, article: Article) -> list[Fragment]:
        """Returns the sentences that answer the query best."""
        lead, body = article.lead, article.body
        return snippet([(lead, self._matches(lead, "lead")), (body, self._matches(body, "body"))])

    def title(self, article: Article) -> list[Fragment]:
        """Returns the whole title."""
        return mark(article.title, self._matches(article.title, "title"))

    def _matches(self, text: str, part: Part) -> TextMatches:
        return self._marking.matches(text, part, self._article)
