"""Copies of one story among the articles found: which are, and how a page shows them as one hit.

Articles whose signatures agree somewhere are compared word by word. What counts as a copy depends on who published
both and when: agencies' copy is taken over by other outlets within days, shortened or with a new opening; but what one
outlet publishes again, of nearly the same words, is as often the next of a series: prices, weather, fixtures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from khabarjoo.index.column_shapes import SIGNATURE
from khabarjoo.index.segment import UNDATED, Segment
from khabarjoo.index.segment_reader import SegmentReader

from ..results import Copy
from .doc_address import DocAddresses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo import _native
    from khabarjoo.index.hashing import Hashes

    Signatures: TypeAlias = "_native.Signatures | SignatureArrays"
else:
    from khabarjoo.index import late_numpy as np

FOLDED = 300
"""Of the best articles of a search, how many are folded; so a page is the same whatever pages are asked for."""

AGREEING = 3
"""Places in which the signatures of copies agree at least: with a third of all shingles in common, nearly always."""

_SHORTEST = 0.6  # of the longer text's length: a brief is no copy
_FIGURES = 0.75  # of the shorter text's numbers and weekdays: the figures are what changes in a series


class _Rule(NamedTuple):
    """What two articles have in common at least when they are copies.

    ``share`` is of the shorter text's shingles, ``resemblance`` of the shingles of both; ``agreeing`` is in how many
    places signatures then agree, nearly always.
    """

    agreeing: int
    share: float
    resemblance: float


_TAKEN_OVER = _Rule(AGREEING, 0.75, 0.0)  # by another outlet within days; cf. Nexis, where 80 % are "high similarity"
_CORRECTED = _Rule(6, 0.0, 0.7)  # published twice by one outlet in half a day
_REPEATED = _Rule(10, 0.0, 0.9)  # any other two
_DAYS = 3  # within which others take over a story
_HOURS = 12  # within which an outlet corrects it

_BLOCK = 16  # articles compared with all others at a time
_HOUR = 60 * 60
_DAY = 24 * _HOUR
_WEEKDAYS = frozenset("شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه".split())  # as lemmas


class Story:
    """What of an article tells whether another is a copy of it; its words are read when they are needed."""

    def __init__(self, segment: Segment, doc: int) -> None:
        self._segment, self._doc = segment, doc
        self.source = _source(segment, doc)
        published = segment.dates[doc]
        self.published = None if published == UNDATED else published

    @cached_property
    def words(self) -> tuple[Hashes, frozenset[str]]:
        """The shingles, and the numbers and weekdays."""
        from khabarjoo.index.hashing import hashes_of  # late, as few pages have what may be a copy
        from khabarjoo.index.near_duplicates import shingles

        segment, doc = self._segment, self._doc
        title, lead, *_ = segment.word_bounds(doc)
        told = segment.words(doc)[lead - title :]
        distinct, places = np.unique(segment.form_lemmas[told], return_inverse=True)
        lemmas = [segment.lemmas[lemma] for lemma in distinct.tolist()]
        figures = frozenset(lemma for lemma in lemmas if lemma[:1].isdecimal() or lemma in _WEEKDAYS)
        return shingles(hashes_of(lemmas)[places]), figures


def are_copies(one: Story, other: Story, agreeing: int = SIGNATURE) -> bool:
    """Returns whether two articles, whose signatures agree in so many places, are one story in the same words."""
    rule = _rule(one, other)
    if agreeing < rule.agreeing:
        return False
    (left, left_figures), (right, right_figures) = one.words, other.words
    shorter, longer = sorted((len(left), len(right)))
    if not shorter or shorter < _SHORTEST * longer:
        return False
    common = len(np.intersect1d(left, right, assume_unique=True))
    if common < rule.share * shorter or common < rule.resemblance * (shorter + longer - common):
        return False
    return len(left_figures & right_figures) >= _FIGURES * min(len(left_figures), len(right_figures))


def _rule(one: Story, other: Story) -> _Rule:
    known = one.published is not None and other.published is not None
    apart = abs((one.published or 0) - (other.published or 0)) if known else None
    if _are_two_outlets(one.source, other.source):
        return _TAKEN_OVER if apart is None or apart <= _DAYS * _DAY else _REPEATED
    return _CORRECTED if apart is not None and apart <= _HOURS * _HOUR else _REPEATED


def _are_two_outlets(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()


class SignatureArrays:
    """The signatures of some articles, articles x values; zeros of those that are too short to have any."""

    def __init__(self, rows: NDArray[np.uint16]) -> None:
        self._has_any = rows.any(axis=1)
        self._values = np.ascontiguousarray(rows.T)
        self._block, self._agreement = -1, np.zeros((0, 0), np.uint8)

    def agreeing(self, place: int, least: int) -> list[tuple[int, int]]:
        """Returns the articles after one whose signatures agree with its own in so many places at least, and in how
        many.
        """
        if not self._has_any[place]:
            return []
        block, row = divmod(place, _BLOCK)
        if block != self._block:
            start = block * _BLOCK
            self._block, self._agreement = block, _agreement(self._values, slice(start, start + _BLOCK))
        agreement = self._agreement[row]
        others = place + 1 + np.flatnonzero((agreement >= least)[place + 1 :] & self._has_any[place + 1 :])
        return list(zip(others.tolist(), agreement[others].tolist(), strict=True))


class Collapser:
    """Finds copies among articles of some segments, which are numbered one after another."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._numbering = DocAddresses(readers)
        self.story = lru_cache(maxsize=1024)(self._story)

    def fold(self, numbers: Sequence[int], wanted: int, signatures: Signatures | None = None) -> list[list[int]]:
        """Returns the first ``wanted`` hits of the articles, each with its copies among them, the best ranked first.

        Their ``signatures`` are given where the kernel has them.
        """
        signatures = signatures or self._signatures(numbers)
        copies: set[int] = set()
        hits: list[list[int]] = []
        for place, number in enumerate(numbers):
            if len(hits) == wanted:
                break
            if place in copies:
                continue
            hits.append([number])
            for candidate, agreeing in signatures.agreeing(place, AGREEING):
                if candidate in copies:
                    continue
                if are_copies(self.story(number), self.story(numbers[candidate]), agreeing):
                    copies.add(candidate)
                    hits[-1].append(numbers[candidate])
        return hits

    def copies(self, numbers: Sequence[int], id_of: Callable[[int], str]) -> tuple[Copy, ...]:
        """Returns the articles as copies of another, by date, undated ones last; ``id_of`` tells their ids."""
        places = ((id_of(number), *self._place(number)) for number in numbers)
        found = [Copy(id, _source(segment, doc), segment.moment(doc)) for id, segment, doc in places]
        return tuple(sorted(found, key=_by_publication))

    def _signatures(self, numbers: Sequence[int]) -> SignatureArrays:
        rows: NDArray[np.uint16] = np.zeros((len(numbers), SIGNATURE), np.uint16)
        for reader, chosen, docs in self._numbering.by_segment(np.array(numbers, np.int64)):
            rows[chosen] = reader.columns.signatures[docs]
        return SignatureArrays(rows)

    def _place(self, number: int) -> tuple[Segment, int]:
        reader, doc = self._numbering.place(number)
        return reader.columns, doc

    def _story(self, number: int) -> Story:
        return Story(*self._place(number))


def _by_publication(copy: Copy) -> tuple[bool, float, str]:
    return copy.published is None, copy.published.timestamp() if copy.published else 0.0, copy.id


def _agreement(signatures: NDArray[np.uint16], block: slice) -> NDArray[np.uint8]:
    """In how many places the signatures of a block of articles agree with those of each."""
    width = signatures.shape[1]
    agreement = np.zeros((len(range(*block.indices(width))), width), np.uint8)
    for values in signatures:
        agreement += values == values[block, np.newaxis]
    return agreement


def _source(segment: Segment, doc: int) -> str:
    names = segment.sources.numbers(doc)
    return segment.sources.names[names[0]] if len(names) else ""
