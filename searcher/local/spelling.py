"""The words an index has, for those who look for one: how many articles have it, and which are spelled alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.index.columns import sizes_of
from khabarjoo.index.segment_reader import SegmentReader

from .ranking import frequency

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENOUGH = 5
"""Articles with all words of a query, from which on nothing is wrong with it."""

RARE = 3
"""Articles that may have a misprint, in an index of many."""

_FORMS = 40_000  # of a segment, the commonest, that are read; rarer ones are as often misspelt themselves
_SEGMENTS = 3  # the largest, whose forms are read
_FEWEST = 3  # articles with a word for it to be proposed, in an index that has many
_LEFT_OUT = 0.15  # how much likelier it is, in letters, that one was left out
_ZIPF = 12  # all words of a text are so many times as many as its commonest
_SIMILAR = 50  # forms looked at
_SMALL = 1000  # articles of an index that has few

# Letters that sound alike, which is how most words are misspelt: the first stands for all.
_SOUNDS = ("زذضظ", "سصث", "تط", "هح", "غق", "اعآ")
_AS_HEARD = str.maketrans({letter: letters[0] for letters in _SOUNDS for letter in letters[1:]})


class Similar(NamedTuple):
    """A form that is spelled like another: its lemma, how many articles may have the form, and how far it is.

    A letter put in, changed, or in its neighbour's place counts 1, one that was left out a little less, and one that
    sounds alike half.
    """

    form: str
    lemma: str
    articles: int
    distance: float


class Vocabulary:
    """The words of some segments."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self.articles = sum(reader.doc_count() for reader in readers)

    @property
    def fewest(self) -> int:
        """How many articles have a word that may be proposed."""
        return 1 if self.articles < _SMALL else _FEWEST

    def count(self, lemma: str) -> int:
        """How many articles have a lemma."""
        return frequency(self._readers, lemma)

    def most_together(self, lemma: str, others: Iterable[str]) -> int:
        """How many of some other lemmas an article has at most that has this one."""
        others = list(others)
        most = 0
        for reader in self._readers:
            docs = reader.decoded(lemma).docs
            found = [np.isin(docs, reader.decoded(other).docs, assume_unique=True) for other in others]
            if len(docs) and found:
                most = max(most, int(np.sum(found, axis=0).max()))
        return most

    def similar(self, form: str, distance: int) -> list[Similar]:
        """The forms at most so far from one, in no order."""
        from rapidfuzz.distance import OSA  # late, as few searches come here
        from rapidfuzz.process import extract

        heard = form.translate(_AS_HEARD)
        found = extract(form, self._forms, scorer=OSA.distance, score_cutoff=distance, limit=_SIMILAR)
        similar = []
        for other, apart, place in found:
            sounds_apart = OSA.distance(heard, other.translate(_AS_HEARD))
            weighed = (apart + min(apart, sounds_apart)) / 2 - _LEFT_OUT * (len(other) > len(form))
            similar.append(Similar(other, *self._lemma(place), weighed))
        return similar

    @cached_property
    def _largest(self) -> list[SegmentReader]:
        return sorted(self._readers, key=lambda reader: -len(reader.columns))[:_SEGMENTS]

    @cached_property
    def _numbers(self) -> list[NDArray[np.intp]]:
        """Of each segment read, the numbers of the forms that may be proposed."""
        return [_common_forms(reader, self.fewest) for reader in self._largest]

    @cached_property
    def _forms(self) -> list[str]:
        return list(chain.from_iterable(map(_texts, self._largest, self._numbers)))

    def _lemma(self, place: int) -> tuple[str, int]:
        """The lemma of a form by its place among those read, and how many articles of its segment may have the form.

        Forms are numbered from the commonest, so by Zipf's law a form's number tells how common it is.
        """
        for reader, numbers in zip(self._largest, self._numbers, strict=True):
            if place < len(numbers):
                segment = reader.columns
                lemma = int(segment.form_lemmas[numbers[place]])
                expected = int(segment.doc_ends[-1]) / (_ZIPF * (int(numbers[place]) + 1))
                return reader.lemma(lemma), max(1, min(segment.document_frequency(lemma), int(expected)))
            place -= len(numbers)
        raise IndexError(place)


def _common_forms(reader: SegmentReader, fewest: int) -> NDArray[np.intp]:
    segment = reader.columns
    frequencies = sizes_of(segment.all_postings[2])
    return np.flatnonzero(frequencies[segment.form_lemmas[:_FORMS]] >= fewest)


def _texts(reader: SegmentReader, numbers: NDArray[np.intp]) -> list[str]:
    """The letters of some forms, ascending: decoded all at once."""
    columns = reader.columns.columns
    if not len(numbers):
        return []
    ends = columns["forms.ends"][: int(numbers[-1]) + 2].astype(np.int64)
    raw = bytes(columns.bytes("forms")[: int(ends[-1])])
    letters = np.cumsum((np.frombuffer(raw, np.uint8) & 0xC0) != 0x80)  # all but UTF-8's continuation bytes
    bounds = np.concatenate(([0], letters))[ends]
    text = raw.decode("utf-8", "surrogatepass")
    starts, stops = bounds[numbers].tolist(), bounds[numbers + 1].tolist()
    return [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
