"""How often words that match are in an article, by the index alone: what a search in its texts must come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from index.reader import ColumnReader
from index.segment import WIDE

from .matches import forms_of
from .query.plan import Leaf

FormCounts = Mapping[str, int]
"""Forms by their letters, and how often each is there."""


class FieldCounts(NamedTuple):
    """The forms that match in each of an article's texts."""

    title: FormCounts
    lead: FormCounts
    body: FormCounts


class Occurrences:
    """Counts the forms that some leaves of a plan stand for, in one article after another."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._leaves = tuple(leaves)
        self._in_segments: dict[ColumnReader, _Matching] = {}

    def of(self, reader: ColumnReader, doc: int) -> FieldCounts:
        """Those of an article of a segment."""
        if reader not in self._in_segments:
            self._in_segments[reader] = _Matching(reader, self._leaves)
        return self._in_segments[reader].counts(doc)


class _Matching:
    """The forms of a segment that match."""

    def __init__(self, reader: ColumnReader, leaves: Iterable[Leaf]) -> None:
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
