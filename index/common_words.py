"""The commonest words of an index as articles spell them: its forms, counted over all segments and live articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .column_shapes import WIDE
from .columns import sizes_of
from .segment import Segment
from .store import LiveSegment

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 1 << 18  # words counted at a time, so that they stay in the processor's cache


class WordList:
    """The ``most`` commonest forms, and any as common as the last of these; in no order.

    Forms of the same letters, lemma and parts are one, whichever segments they are in. ``texts`` are their letters,
    ``counts`` how often they occur.
    """

    def __init__(self, segments: Sequence[LiveSegment], most: int) -> None:
        self._segments = [live.segment for live in segments]
        counts = [form_counts(live) for live in segments]
        numbers = [np.flatnonzero(counted) for counted in counts]
        owners = np.repeat(np.arange(len(numbers)), [len(some) for some in numbers])
        all_numbers = _concatenated(numbers)
        all_counts = _concatenated([counted[some] for counted, some in zip(counts, numbers, strict=True)])
        if len(segments) > 1:
            firsts, distinct = _distinct(self._segments, numbers)
            all_counts = np.bincount(distinct, all_counts).astype(np.int64)
            owners, all_numbers = owners[firsts], all_numbers[firsts]
        if len(all_counts) > most:
            edge = np.partition(all_counts, len(all_counts) - most)[len(all_counts) - most]
            common = np.flatnonzero(all_counts >= edge)
            owners, all_numbers, all_counts = owners[common], all_numbers[common], all_counts[common]
        self._owners, self._numbers, self.counts = owners, all_numbers, all_counts
        self.texts: list[str] = []
        for place, segment in enumerate(self._segments):  # owners ascend, and so do the numbers of each
            self.texts += _texts(segment, all_numbers[owners == place])

    def __len__(self) -> int:
        return len(self.texts)

    def lemma(self, place: int) -> str:
        """Returns the lemma of a form, by its place in the list."""
        segment, number = self._at(place)
        return segment.lemmas[int(segment.form_lemmas[number])]

    def parts(self, place: int) -> list[str]:
        """Returns the lemmas of the parts of a compound, by its place in the list."""
        segment, number = self._at(place)
        parts, ends = segment.form_parts
        return [segment.lemmas[int(part)] for part in parts[int(ends[number]) : int(ends[number + 1])]]

    def _at(self, place: int) -> tuple[Segment, int]:
        return self._segments[int(self._owners[place])], int(self._numbers[place])


def live_lemmas(live: LiveSegment) -> NDArray[np.int64]:
    """Returns the numbers of the lemmas that the live articles of a segment have, ascending."""
    numbers = np.arange(len(live.segment.lemmas))
    if live.mask is None:
        return numbers
    docs, _, ends = live.segment.all_postings
    lemmas: NDArray[np.int64] = np.unique(np.repeat(numbers, sizes_of(ends))[live.mask[docs]])
    return lemmas


def form_counts(live: LiveSegment) -> NDArray[np.int64]:
    """Returns how often the live articles of a segment have each of its forms."""
    segment = live.segment
    forms = len(segment.forms)
    counts = _counts(segment.forward, forms) + np.bincount(segment.columns["forward.wide"], minlength=forms)
    for doc in live.deleted.tolist():
        np.subtract.at(counts, segment.words(doc), 1)
    return counts


def _counts(words: NDArray[np.uint16], forms: int) -> NDArray[np.int64]:
    counts = np.zeros(WIDE + 1, np.int64)
    for start in range(0, len(words), _AT_ONCE):
        counts += np.bincount(words[start : start + _AT_ONCE], minlength=len(counts))
    found = np.zeros(forms, np.int64)
    found[:WIDE] = counts[: min(forms, WIDE)]
    return found


def _distinct(
    segments: Sequence[Segment], numbers: Sequence[NDArray[np.intp]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of forms of all segments, one after another: where each is met first, and the number of each among those."""
    known: dict[tuple[bytes, bytes, tuple[bytes, ...]], int] = {}
    found: list[int] = []
    for segment, some in zip(segments, numbers, strict=True):
        forms, lemmas, of = segment.forms.raws(), segment.lemmas.raws(), segment.form_lemmas.tolist()
        parts, ends = (column.tolist() for column in segment.form_parts)
        for number in some.tolist():
            its_parts = tuple(lemmas[part] for part in parts[ends[number] : ends[number + 1]])
            found.append(known.setdefault((forms[number], lemmas[of[number]], its_parts), len(known)))
    distinct = np.array(found, np.int64)
    return np.unique(distinct, return_index=True)[1].astype(np.int64), distinct


def _concatenated(arrays: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


def _texts(segment: Segment, numbers: NDArray[np.int64]) -> list[str]:
    """The letters of some forms, ascending: decoded all at once."""
    columns = segment.columns
    if not len(numbers):
        return []
    ends = columns["forms.ends"][: int(numbers[-1]) + 2].astype(np.int64)
    raw = bytes(columns.bytes("forms")[: int(ends[-1])])
    letters = np.cumsum((np.frombuffer(raw, np.uint8) & 0xC0) != 0x80)  # all but UTF-8's continuation bytes
    bounds = np.concatenate(([0], letters))[ends]
    text = raw.decode("utf-8", "surrogatepass")
    starts, stops = bounds[numbers].tolist(), bounds[numbers + 1].tolist()
    return [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
