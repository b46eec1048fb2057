"""Finds what a plan matched in an article by the words that the index has of it, so that it need not be analysed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Found
from ..highlight import NO_MATCHES, TextMatches, leaves_of
from ..query.plan import Leaf, Node, Word
from ..snippets import PARTS, Marking, Part
from .text_alignment import places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_MARKED = 30_000
"""Words of a text that are marked at most, ten times as many as a long article has."""

Place = Callable[[int], tuple[SegmentReader, int]]
"""Tells of an article's number the segment it is in and its number there."""


class IndexedMarking(Marking):
    """Marks the words of a query where the index says they are. Where a text has other letters it is read."""

    def __init__(self, root: Node, analyzer: PersianAnalyzer, place: Place) -> None:
        super().__init__(root, analyzer)
        self._place = place
        self._words: tuple[Found, IndexedWords] | None = None  # of the article that was asked for last

    def times(self, article: Found) -> int:
        """See `Marking`."""
        return len(self._words_of(article).marked)

    def matches(self, text: str, part: Part, article: Found | None) -> TextMatches:
        """See `Marking`."""
        found = self._words_of(article).matches(text, part) if article else None
        return super().matches(text, part, article) if found is None else found

    def _words_of(self, article: Found) -> IndexedWords:
        if self._words is None or self._words[0] is not article:
            self._words = article, self._matching.of(*self._place(article.place))  # type: ignore[arg-type]
        return self._words[1]

    @cached_property
    def _matching(self) -> MatchingForms:
        return MatchingForms(leaves_of(self._root))


class MatchingForms:
    """The forms that some leaves of a plan stand for, in one segment after another."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._leaves = tuple(leaves)
        self._in_segments: dict[SegmentReader, MarkedForms] = {}

    def of(self, reader: SegmentReader, doc: int) -> IndexedWords:
        """Returns the words of an article of a segment."""
        if reader not in self._in_segments:
            self._in_segments[reader] = MarkedForms(reader, self._leaves)
        forms = self._in_segments[reader]
        words = reader.columns.words(doc)
        title, lead = reader.columns.field_lengths[doc].tolist()
        marks = forms.marks[words]
        return IndexedWords(forms, words, marks, marks.nonzero()[0], (0, title, title + lead, len(words)))


class MarkedForms:
    """The forms of a segment that some leaves stand for.

    ``marks`` has for each form by what it is to be marked, 0 if by nothing: a lemma asked for, a number below 0, be it
    that of a part; or else the form itself.
    """

    def __init__(self, reader: SegmentReader, leaves: Sequence[Leaf]) -> None:
        self.segment = segment = reader.columns
        self.marks = marks = np.zeros(len(segment.forms), np.int32)
        for leaf in leaves:
            if not isinstance(leaf, Word):
                from .match import forms_of  # late, as plain words need nothing of it

                forms = forms_of(reader, leaf)
                marks[forms] = forms + 1
        lemmas = dict.fromkeys(leaf.lemma for leaf in leaves if isinstance(leaf, Word))
        numbers = {
            number: -place for place, lemma in enumerate(lemmas, 1) if (number := reader.lemma_number(lemma)) >= 0
        }
        self._names = dict(zip(range(-1, -1 - len(lemmas), -1), lemmas, strict=True))
        for number, mark in numbers.items():
            forms = segment.forms_of(number)
            for form in forms[marks[forms] < 0].tolist():  # one of several parts: the first counts
                marks[form] = next(numbers[part] for part in segment.parts_of(form) if part in numbers)
            marks[forms[marks[forms] >= 0]] = mark
        for number, mark in numbers.items():
            forms = segment.forms_of(number)
            marks[forms[segment.form_lemmas[forms] == number]] = mark

    def names(self, marks: NDArray[np.int32]) -> list[str]:
        """Returns what marks stand for: lemmas that were asked for, and forms."""
        names, listed = self._names, marks.tolist()
        for mark in {*listed} - names.keys():
            names[mark] = self.segment.forms[mark - 1]
        return list(map(names.__getitem__, listed))


class IndexedWords(NamedTuple):
    """The words of an article as numbers of forms, by what each is to be marked, which are, and where parts begin."""

    forms: MarkedForms
    numbers: NDArray[np.int64]
    marks: NDArray[np.int32]
    marked: NDArray[np.intp]
    bounds: tuple[int, int, int, int]

    def matches(self, text: str, part: Part) -> TextMatches | None:
        """Returns where those stand that are to be marked; None when the text has other letters than the words."""
        number = PARTS.index(part)
        first, end = self.bounds[number : number + 2]
        low, high = self.marked.searchsorted((first, end)).tolist()
        chosen = self.marked[low : min(high, low + MOST_MARKED)]
        if not len(chosen):
            return NO_MATCHES
        places = places_of(text, self.forms.segment.forms, self.numbers[first:end], chosen - first)
        if places is None:
            return None
        return TextMatches(*places, self.forms.names(self.marks[chosen]), complete=high - low == len(chosen))
