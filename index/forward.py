"""Reading the forward view of many articles at once: which of their words are of some forms, and where they stand.

A question about forms ("which part of the query is this word?") is put as a `FormTable`, a value for each form; reading
stretches of articles with it gives the value of every word, article after article.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import Array
from .segment import WIDE, Docs, Segment


class FormSet(NamedTuple):
    """Some forms: those whose numbers fit the forward view, and the others."""

    small: NDArray[np.intp]
    wide: tuple[int, ...]


def form_set(forms: Array) -> FormSet:
    """Forms by their numbers, as tables take them."""
    return FormSet(forms[forms < WIDE].astype(np.intp), tuple(forms[forms >= WIDE].tolist()))


class FormTable:
    """A value for each form of a segment, 0 unless one was given."""

    def __init__(self, kind: type[np.unsignedinteger]) -> None:  # type: ignore[type-arg]
        self.values: Array = np.zeros(WIDE + 1, kind)
        self.wide: dict[int, int] = {}

    def add(self, forms: FormSet, value: int) -> None:
        """Adds a value's bits to those of some forms."""
        self.values[forms.small] |= self.values.dtype.type(value)
        for form in forms.wide:
            self.wide[form] = self.wide.get(form, 0) | value

    def set(self, forms: FormSet, value: int) -> None:
        """Sets the value of some forms."""
        self.values[forms.small] = value
        if forms.wide:
            self.wide.update(dict.fromkeys(forms.wide, value))


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
    values = table.values[codes]
    sizes = ends - starts
    firsts = np.cumsum(sizes) - sizes
    stretches = Stretches(values, firsts)
    if table.wide:
        at = np.flatnonzero(codes == WIDE)
        owners = stretches.owners(at)
        numbers = segment.wide_words(at - firsts[owners] + starts[owners])
        values[at] = [table.wide.get(number, 0) for number in numbers.tolist()]
    return stretches


def count(segment: Segment, docs: Docs, forms: Iterable[Array], name: str = "") -> NDArray[np.int64]:
    """How often words of some forms stand in a field of each article."""
    table = FormTable(np.uint8)
    for group in forms:
        table.add(form_set(group), 1)
    found = read(segment, *field(segment, docs, name), table)
    return np.bincount(found.owners(found.places()), minlength=len(docs))
