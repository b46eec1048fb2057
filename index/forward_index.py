"""Reading the forward view of many articles at once: which of their words are of some forms, and where they stand.

A question about forms ("which part of the query is this word?") is put as a table with a value for each form of the
segment, 0 unless one was given; reading stretches of articles with it gives the value of every word, article after
article.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .column_shapes import WIDE
from .columns import Array
from .segment import Docs, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

FormTable = Array
"""A value for each form of a segment, of any unsigned kind."""


def form_table(segment: Segment, kind: type[np.unsignedinteger[Any]]) -> FormTable:
    """Returns a table in which no form has a value yet."""
    return np.zeros(len(segment.forms), kind)


class Stretches(NamedTuple):
    """Values of the words of some stretches, one stretch after another, and where each stretch starts."""

    values: Array
    starts: NDArray[np.int64]

    def places(self) -> NDArray[np.intp]:
        """Returns where the words are that have a value."""
        return np.flatnonzero(self.values.view(np.bool_) if self.values.itemsize == 1 else self.values != 0)

    def owners(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Returns which stretch each of some places, ascending, is in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def sums(self) -> NDArray[np.int64]:
        """Returns the sum of the values in each stretch."""
        sums = np.zeros(len(self.starts), np.int64)
        ends = np.append(self.starts[1:], len(self.values))
        filled = np.flatnonzero(ends > self.starts)
        if len(filled):
            sums[filled] = np.add.reduceat(self.values, self.starts[filled], dtype=np.int64)
        return sums


class Reading(NamedTuple):
    """The words of some stretches of the forward view, read once for however many tables.

    ``codes`` are the words' forms, or `WIDE`; ``starts`` is where each stretch starts among them, and ``shifts`` how
    much later it starts in the forward view.
    """

    segment: Segment
    codes: NDArray[np.intp]
    starts: NDArray[np.int64]
    shifts: Array

    def values(self, table: FormTable) -> Stretches:
        """Returns the values of all words by a table."""
        stretches = Stretches(table[self.codes], self.starts)
        if table[WIDE:].any():
            at = np.flatnonzero(self.codes == WIDE)
            places = at + self.shifts[stretches.owners(at)]
            stretches.values[at] = table[self.segment.wide_words(places)]
        return stretches


def whole(segment: Segment, docs: Docs, longest: int | None = None) -> tuple[Array, Array]:
    """Returns where each article's words begin in the forward view and end, after ``longest`` at most."""
    starts, ends = segment.doc_ends[docs].astype(np.int64), segment.doc_ends[docs + 1].astype(np.int64)
    return starts, ends if longest is None else np.minimum(ends, starts + longest)


def field(segment: Segment, docs: Docs, name: str) -> tuple[Array, Array]:
    """Returns the same for one field, "title", "lead" or "body"; '' is the whole article."""
    starts, ends = whole(segment, docs)
    if not name:
        return starts, ends
    fields = segment.field_lengths[docs].astype(np.int64)
    title_end = starts + fields[:, 0]
    lead_end = title_end + fields[:, 1]
    return {"title": (starts, title_end), "lead": (title_end, lead_end), "body": (lead_end, ends)}[name]


def field_bounds(segment: Segment, docs: Docs) -> tuple[Array, Array]:
    """Returns the first word and the one after the last of three stretches an article: title, lead and body."""
    starts, ends = whole(segment, docs)
    fields = segment.field_lengths[docs].astype(np.int64)
    title_ends = starts + fields[:, 0]
    bounds = np.stack((starts, title_ends, title_ends + fields[:, 1], ends), axis=1)
    return bounds[:, :-1].ravel(), bounds[:, 1:].ravel()


def reading(segment: Segment, starts: Array, ends: Array) -> Reading:
    """Reads some stretches of the forward view."""
    forward = segment.forward
    bounds = zip(starts.tolist(), ends.tolist(), strict=True)
    codes = np.concatenate([forward[start:end] for start, end in bounds]) if len(starts) else forward[:0]
    sizes = ends - starts
    firsts = np.cumsum(sizes) - sizes
    return Reading(segment, codes.astype(np.intp), firsts, starts - firsts)  # numpy makes them so anyway, but slower


def by_fields(segment: Segment, docs: Docs) -> Reading:
    """Reads whole articles, each as three stretches: title, lead and body."""
    found = reading(segment, *whole(segment, docs))
    lengths = np.zeros((len(docs), 3), np.int64)
    lengths[:, 1:] = segment.field_lengths[docs]
    starts = (found.starts[:, np.newaxis] + np.cumsum(lengths, axis=1)).ravel()
    return Reading(segment, found.codes, starts, np.repeat(found.shifts, 3))


def read(segment: Segment, starts: Array, ends: Array, table: FormTable) -> Stretches:
    """Returns the values of all words of some stretches of the forward view."""
    return reading(segment, starts, ends).values(table)


def count(segment: Segment, docs: Docs, forms: Iterable[Array], name: str = "") -> NDArray[np.int64]:
    """Returns how often words of some forms stand in a field of each article."""
    table = form_table(segment, np.uint8)
    for group in forms:
        table[group] = 1
    return read(segment, *field(segment, docs, name), table).sums()
