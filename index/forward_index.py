"""Reading the forward view of many articles at once: which of their words are of some forms, and where they stand.

A question about forms ("which part of the query is this word?") is put as a table with a value for each form of the
segment, 0 unless one was given; reading stretches of articles with it gives the value of every word, article after
article.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .columns import Array
from .segment import WIDE, Docs, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

FormTable = Array
"""A value for each form of a segment, of any unsigned kind."""


def form_table(segment: Segment, kind: type[np.unsignedinteger[Any]]) -> FormTable:
    """A table in which no form has a value yet."""
    return np.zeros(len(segment.forms), kind)


class Stretches(NamedTuple):
    """Values of the words of some stretches, one stretch after another, and where each stretch starts."""

    values: Array
    starts: NDArray[np.int64]

    def places(self) -> NDArray[np.intp]:
        """Where the words are that have a value."""
        return np.flatnonzero(self.values.view(np.bool_) if self.values.itemsize == 1 else self.values)

    def owners(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Which stretch each of some places, ascending, is in."""
        return np.searchsorted(self.starts, places, side="right") - 1


def whole(segment: Segment, docs: Docs, longest: int | None = None) -> tuple[Array, Array]:
    """The first word of each article in the forward view and the one after its last, or after its ``longest`` first."""
    starts, ends = segment.doc_ends[docs].astype(np.int64), segment.doc_ends[docs + 1].astype(np.int64)
    return starts, ends if longest is None else np.minimum(ends, starts + longest)


def field(segment: Segment, docs: Docs, name: str) -> tuple[Array, Array]:
    """The same for one field, "title", "lead" or "body"; '' is the whole article."""
    starts, ends = whole(segment, docs)
    if not name:
        return starts, ends
    fields = segment.field_lengths[docs].astype(np.int64)
    title_end = starts + fields[:, 0]
    lead_end = title_end + fields[:, 1]
    return {"title": (starts, title_end), "lead": (title_end, lead_end), "body": (lead_end, ends)}[name]


def read(segment: Segment, starts: Array, ends: Array, table: FormTable) -> Stretches:
    """The values of all words of some stretches of the forward view."""
    forward = segment.forward
    bounds = zip(starts.tolist(), ends.tolist(), strict=True)
    codes = np.concatenate([forward[start:end] for start, end in bounds]) if len(starts) else forward[:0]
    values = table[codes.astype(np.intp)]  # which numpy does anyway, but more slowly
    sizes = ends - starts
    firsts = np.cumsum(sizes) - sizes
    stretches = Stretches(values, firsts)
    if table[WIDE:].any():
        at = np.flatnonzero(codes == WIDE)
        owners = stretches.owners(at)
        values[at] = table[segment.wide_words(at + (starts - firsts)[owners])]
    return stretches


def count(segment: Segment, docs: Docs, forms: Iterable[Array], name: str = "") -> NDArray[np.int64]:
    """How often words of some forms stand in a field of each article."""
    table = form_table(segment, np.uint8)
    for group in forms:
        table[group] = 1
    found = read(segment, *field(segment, docs, name), table)
    return np.bincount(found.owners(found.places()), minlength=len(docs))
