"""Finds what a plan matched in an article by the words that the index has of it, so that it need not be analysed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.packed_texts import Strings
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Found
from ..highlight import FIELDS, NO_MATCHES, Field, TextMatches, leaves_of
from ..query.plan import Leaf, Node, Word
from ..snippets import Marking
from .alignment import places_of
from .match import forms_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_MARKED = 100_000
"""Words of a text that are marked at most, some hundred times as many as a long article has."""

Place = Callable[[int], tuple[SegmentReader, int]]
"""Tells of an article's number the segment it is in and its number there."""


class IndexedMarking(Marking):
    """Marks the words of a query where the index says they are. Where a text has other letters it is read."""

    def __init__(self, root: Node, analyzer: PersianAnalyzer, place: Place) -> None:
        super().__init__(root, analyzer)
        self._place = place
        self._words: tuple[Found, IndexedWords] | None = None  # of the article that was asked for last

    def matches(self, text: str, field: Field, article: Found | None) -> TextMatches:
        """See `Marking`."""
        found = self._words_of(article).matches(text, field) if article else None
        return super().matches(text, field, article) if found is None else found

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
        self._in_segments: dict[SegmentReader, tuple[Strings, NDArray[np.int32]]] = {}

    def of(self, reader: SegmentReader, doc: int) -> IndexedWords:
        """The words of an article of a segment."""
        if reader not in self._in_segments:
            self._in_segments[reader] = reader.columns.forms, _marks(reader, self._leaves)
        forms, marks = self._in_segments[reader]
        words = reader.columns.words(doc)
        title, lead = reader.columns.field_lengths[doc].tolist()
        marked = marks[words]
        return IndexedWords(forms, words, marked, marked.nonzero()[0], (0, title, title + lead, len(words)))


def _marks(reader: SegmentReader, leaves: Sequence[Leaf]) -> NDArray[np.int32]:
    """For each form of a segment by what it is to be marked, 0 if by nothing.

    That is a lemma asked for, a number below 0, be it that of a part; or else the form itself.
    """
    segment = reader.columns
    marks = np.zeros(len(segment.forms), np.int32)
    for leaf in leaves:
        if not isinstance(leaf, Word):
            forms = forms_of(reader, leaf)
            marks[forms] = forms + 1
    lemmas = dict.fromkeys(reader.lemma_number(leaf.lemma) for leaf in leaves if isinstance(leaf, Word))
    own = segment.form_lemmas
    wanted = {lemma: -place for place, lemma in enumerate(lemmas, start=1) if lemma >= 0}
    for lemma, mark in wanted.items():
        forms = segment.forms_of(lemma)
        for form in forms[marks[forms] < 0].tolist():  # one of several parts: the first counts
            parts = segment.parts_of(form)
            marks[form] = next(wanted[part] for part in parts if part in wanted)
        marks[forms[marks[forms] >= 0]] = mark
    for lemma, mark in wanted.items():
        forms = segment.forms_of(lemma)
        marks[forms[own[forms] == lemma]] = mark
    return marks


class IndexedWords(NamedTuple):
    """The words of an article as numbers of ``forms``, by what each is to be marked and which are, and its fields."""

    forms: Strings
    numbers: NDArray[np.int64]
    marks: NDArray[np.int32]
    marked: NDArray[np.intp]
    bounds: tuple[int, int, int, int]

    def matches(self, text: str, field: Field) -> TextMatches | None:
        """Where those stand that are to be marked; None when the text has other letters than the words."""
        number = FIELDS.index(field)
        first, end = self.bounds[number : number + 2]
        low, high = self.marked.searchsorted((first, end)).tolist()
        chosen = self.marked[low : min(high, low + MOST_MARKED)]
        if not len(chosen):
            return NO_MATCHES
        places = places_of(text, self.forms, self.numbers[first:end], chosen - first)
        if places is None:
            return None
        return TextMatches(*places, self.marks[chosen].tolist(), complete=high - low == len(chosen))
