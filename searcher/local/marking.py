"""Finds what a plan matched in an article by the words that the index has of it, so that it need not be analysed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Found
from ..highlight import NO_MATCHES, TextMatches, leaves_of
from ..query.plan import Leaf, Node, Word
from ..snippets import PARTS, Marking, Part
from .text_alignment import places_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo.index.columns import Numbers
else:
    from khabarjoo.index import late_numpy as np

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
        return self._in_segments[reader].words(doc)


class MarkedForms:
    """The forms of a segment that some leaves stand for.

    ``marks`` has for each of them by what it is to be marked: a lemma asked for, a number below 0, be it that of a
    part; or else the form itself.
    """

    def __init__(self, reader: SegmentReader, leaves: Sequence[Leaf]) -> None:
        self._reader = reader
        self.segment = segment = reader.columns
        self.marks: dict[int, int] = {}
        marks = self.marks
        for leaf in leaves:
            if not isinstance(leaf, Word):
                from .match import forms_of  # late, as plain words need nothing of it

                marks.update((form, form) for form in forms_of(reader, leaf).tolist())
        lemmas = dict.fromkeys(leaf.lemma for leaf in leaves if isinstance(leaf, Word))
        numbers = {
            number: -place for place, lemma in enumerate(lemmas, 1) if (number := reader.lemma_number(lemma)) >= 0
        }
        self._names = dict(zip(range(-1, -1 - len(lemmas), -1), lemmas, strict=True))
        for number in numbers:
            for form in segment.form_numbers(number):
                if (own := segment.lemma_of(form)) in numbers:
                    marks[form] = numbers[own]
                else:  # one or several of its parts: the first counts
                    parts = segment.parts_of(form)
                    marks[form] = next((numbers[part] for part in parts if part in numbers), numbers[number])
        self._table = bytearray(len(segment.forms))
        for form in marks:
            self._table[form] = 1

    def words(self, doc: int) -> IndexedWords:
        """Returns the words of an article."""
        start, title, lead, end = self.segment.word_bounds(doc)
        numbers: Numbers | NDArray[np.int64]
        if forward := self._reader.native_forward:
            forms, marked = forward.marked(start, end, self._table)
            numbers = memoryview(forms).cast("q")
        else:
            numbers = self.segment.words(doc)
            marked = np.frombuffer(self._table, np.bool_)[numbers].nonzero()[0].tolist()
        return IndexedWords(self, numbers, marked, (0, title - start, lead - start, end - start))

    def names(self, forms: Iterable[int]) -> list[str]:
        """Returns what forms are marked by: lemmas that were asked for, and forms."""
        names, listed = self._names, [self.marks[form] for form in forms]
        for mark in {*listed} - names.keys():
            names[mark] = self.segment.forms[mark]
        return list(map(names.__getitem__, listed))


class IndexedWords(NamedTuple):
    """The words of an article as numbers of forms, which are to be marked, and where its parts begin."""

    forms: MarkedForms
    numbers: Numbers | NDArray[np.int64]
    marked: list[int]
    bounds: tuple[int, int, int, int]

    def matches(self, text: str, part: Part) -> TextMatches | None:
        """Returns where those stand that are to be marked; None when the text has other letters than the words."""
        number = PARTS.index(part)
        first, end = self.bounds[number : number + 2]
        low, high = bisect_left(self.marked, first), bisect_left(self.marked, end)
        chosen = self.marked[low : min(high, low + MOST_MARKED)]
        if not chosen:
            return NO_MATCHES
        numbers = self.numbers[first:end]
        places = places_of(text, self.forms.segment.forms, numbers, [place - first for place in chosen])
        if places is None:
            return None
        names = self.forms.names(int(self.numbers[place]) for place in chosen)
        return TextMatches(*places, names, complete=high - low == len(chosen))
