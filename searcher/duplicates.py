"""Copies of one story among the articles found: which are, and how a page shows them as one hit.

Articles whose signatures agree somewhere are compared word by word. What counts as a copy depends on who published
both and when: agencies' copy is taken over by other outlets within days, shortened or with a new opening; but what one
outlet publishes again, of nearly the same words, is as often the next of a series: prices, weather, fixtures.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.signatures import shingles
from index.hashing import Hashes, hashes_of
from index.reader import ColumnReader
from index.segment import SIGNATURE, UNDATED, Segment

from .results import Copy

FOLDED = 300
"""Of the best articles of a search, how many are folded; so a page is the same whatever pages are asked for."""

_AGREEING = 3  # places in which the signatures of copies agree: with a third of all shingles in common, nearly always

_SHARE = 0.75  # of the shorter text's shingles, in copies by other outlets. LexisNexis groups from 80 % of the words on
_SHORTEST = 0.6  # of the longer text's length: a brief is no copy
_DAYS = 3  # between copies by other outlets
_AT_ONCE = 0.7  # of both texts' shingles, what an outlet publishes twice in half a day: a correction, an update
_LATER = 0.9  # the same, for any two articles that lie further apart
_FIGURES = 0.75  # of the shorter text's numbers and weekdays: the figures are what changes in a series

_DAY = 24 * 60 * 60
_WEEKDAYS = frozenset("شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه".split())  # as lemmas


class Story(NamedTuple):
    """What of an article tells whether another is a copy of it; ``published`` is in seconds, or None."""

    shingles: Hashes
    figures: frozenset[str]
    source: str
    published: int | None


def are_copies(one: Story, other: Story) -> bool:
    """Whether two articles are one story in the same words."""
    shorter, longer = sorted((len(one.shingles), len(other.shingles)))
    if not shorter or shorter < _SHORTEST * longer:
        return False
    common = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    dated = one.published is not None and other.published is not None
    apart = abs((one.published or 0) - (other.published or 0)) if dated else None
    if _are_two_outlets(one.source, other.source) and (apart is None or apart <= _DAYS * _DAY):
        is_alike = common >= _SHARE * shorter
    else:
        is_at_once = apart is not None and apart <= _DAY / 2
        is_alike = common >= (_AT_ONCE if is_at_once else _LATER) * (shorter + longer - common)
    return is_alike and _same_figures(one.figures, other.figures)


def _are_two_outlets(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()


def _same_figures(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _FIGURES * min(len(one), len(other))


class Folder:
    """Finds copies among articles of some segments, which are numbered one after another."""

    def __init__(self, readers: Sequence[ColumnReader]) -> None:
        self._segments: list[Segment] = [reader.columns for reader in readers]
        self._firsts = np.cumsum([0, *map(len, self._segments)])[:-1]
        self.story = lru_cache(maxsize=1024)(self._story)

    def fold(self, numbers: Sequence[int], wanted: int) -> list[list[int]]:
        """The articles as the first ``wanted`` hits, each with its copies among all of them, the best ranked first."""
        signatures = self._signatures(numbers)
        is_free = np.ones(len(numbers), np.bool_)
        has_signature = signatures.any(axis=1)
        hits: list[list[int]] = []
        for place, number in enumerate(numbers):
            if len(hits) == wanted:
                break
            if not is_free[place]:
                continue
            hits.append([number])
            if not has_signature[place]:
                continue
            is_free[place] = False
            agreeing = np.count_nonzero(signatures[is_free] == signatures[place], axis=1) >= _AGREEING
            for candidate in np.flatnonzero(is_free)[agreeing].tolist():
                if are_copies(self.story(number), self.story(numbers[candidate])):
                    is_free[candidate] = False
                    hits[-1].append(numbers[candidate])
        return hits

    def copies(self, numbers: Sequence[int]) -> tuple[Copy, ...]:
        """The articles as copies of another, in order of publication, undated ones last."""
        places = map(self._place, numbers)
        found = [Copy(segment.ids[doc], _source(segment, doc), segment.moment(doc)) for segment, doc in places]
        return tuple(sorted(found, key=_by_publication))

    def _signatures(self, numbers: Sequence[int]) -> NDArray[np.uint16]:
        wanted = np.array(numbers, np.int64)
        owners = np.searchsorted(self._firsts, wanted, side="right") - 1
        rows: NDArray[np.uint16] = np.zeros((len(wanted), SIGNATURE), np.uint16)
        for owner in np.unique(owners).tolist():
            chosen = owners == owner
            rows[chosen] = self._segments[owner].signatures[wanted[chosen] - self._firsts[owner]]
        return rows

    def _place(self, number: int) -> tuple[Segment, int]:
        owner = int(np.searchsorted(self._firsts, number, side="right")) - 1
        return self._segments[owner], number - int(self._firsts[owner])

    def _story(self, number: int) -> Story:
        segment, doc = self._place(number)
        told = segment.words(doc)[int(segment.field_lengths[doc, 0]) :]
        distinct, places = np.unique(segment.form_lemmas[told], return_inverse=True)
        lemmas = [segment.lemmas[lemma] for lemma in distinct.tolist()]
        figures = frozenset(lemma for lemma in lemmas if lemma[:1].isdecimal() or lemma in _WEEKDAYS)
        published = int(segment.published[doc])
        return Story(
            shingles(hashes_of(lemmas)[places]),
            figures,
            _source(segment, doc),
            None if published == UNDATED else published,
        )


def _by_publication(copy: Copy) -> tuple[bool, float, str]:
    return copy.published is None, copy.published.timestamp() if copy.published else 0.0, copy.id


def _source(segment: Segment, doc: int) -> str:
    names = segment.sources.numbers(doc)
    return segment.sources.names[int(names[0])] if len(names) else ""
