"""Counts the forms that match in an article by its forward view, so that its text need not be read for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, cached_property

import numpy as np

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.shapes import WIDE

from ..engine import Found
from ..highlight import FieldCounts, leaves_of
from ..query.plan import Leaf, Node
from ..snippets import Marking
from .match import forms_of

Place = Callable[[int], tuple[SegmentReader, int]]
"""Tells of an article's number the segment it is in and its number there."""


class CountedMarking(Marking):
    """Finds the words of a query in articles, knowing beforehand which are there."""

    def __init__(self, root: Node, analyzer: PersianAnalyzer, place: Place) -> None:
        super().__init__(root, analyzer)
        self._place = place

    def counts(self, article: Found) -> FieldCounts:
        """What is to be found in an article."""
        return self._occurrences.of(*self._place(article.place))  # type: ignore[arg-type]

    @cached_property
    def _occurrences(self) -> Occurrences:
        return Occurrences(leaves_of(self._root))


class Occurrences:
    """Counts the forms that some leaves of a plan stand for, in one article after another."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._leaves = tuple(leaves)
        self._in_segments: dict[SegmentReader, _Matching] = {}

    def of(self, reader: SegmentReader, doc: int) -> FieldCounts:
        """Those of an article of a segment."""
        if reader not in self._in_segments:
            self._in_segments[reader] = _Matching(reader, self._leaves)
        return self._in_segments[reader].counts(doc)


class _Matching:
    """The forms of a segment that match."""

    def __init__(self, reader: SegmentReader, leaves: Iterable[Leaf]) -> None:
        self._segment = reader.columns
        self._matches = np.zeros(len(self._segment.forms), np.bool_)
        for leaf in leaves:
            self._matches[forms_of(reader, leaf)] = True
        self._may_match = self._matches[: WIDE + 1].copy()
        self._may_match[WIDE:] = True
        self._letters = cache(self._segment.forms.__getitem__)

    def counts(self, doc: int) -> FieldCounts:
        """How often they are in an article."""
        segment = self._segment
        start, end = segment.doc_ends[doc : doc + 2].tolist()
        places = start + self._may_match[segment.forward[start:end]].nonzero()[0]
        forms = segment.words_at(places)
        title, lead = segment.field_lengths[doc].tolist()
        counts: tuple[dict[str, int], ...] = ({}, {}, {})
        for place, number, matches in zip(places.tolist(), forms.tolist(), self._matches[forms].tolist(), strict=True):
            if matches:
                field = counts[(place >= start + title) + (place >= start + title + lead)]
                form = self._letters(number)
                field[form] = field.get(form, 0) + 1
        return FieldCounts(*counts)
