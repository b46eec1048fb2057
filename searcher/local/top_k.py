"""Ranking the articles of a segment by plain words, a whole posting list at a time.

The impacts of each word are added into one array of scores, an article a cell. Scores are whole numbers (`SCALE` of
`ranking`), so sums are exact in any order, and each word also adds 1 below the score: how many of the words an article
has is read off the same number. What the best articles score at least is judged by some articles of a rare word; those
that reach it are few enough to be looked at singly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .masks import Mask

_COUNT = 16  # bits below the score, in which words are counted
_SAMPLED = 1 << 11  # articles by which it is judged what the best ones score


class PlainWord(NamedTuple):
    """A word, and what an impact of 1 of it counts."""

    lemma: str
    worth: int


class Ranked(NamedTuple):
    """How many articles have any of the words, and all; and articles with their scores, the best among them."""

    total: int
    total_all: int
    docs: Docs
    scores: NDArray[np.int64]


def rank(words: Sequence[PlainWord], reader: SegmentReader, limit: int, mask: Mask | None) -> Ranked:
    """Returns the ``limit`` best of a segment's articles, or of those a mask lets through, and a few more."""
    sums, lists = _add(words, reader)
    if mask is not None:
        sums *= mask
    rarest = min(lists, key=len)
    best = _likely_best(sums, lists, limit)
    return Ranked(
        int(np.count_nonzero(sums > 0)),
        int(np.count_nonzero(_counts(sums[rarest]) == len(words))),
        best,
        sums[best] >> _COUNT,
    )


def with_all(words: Sequence[PlainWord], reader: SegmentReader, mask: Mask | None) -> tuple[Docs, NDArray[np.int64]]:
    """Returns a segment's articles that have all the words, or those of them a mask lets through, with their scores."""
    addends = (reader.addends.of(lemma, worth << _COUNT, 1) for lemma, worth in words)
    (docs, sums), *others = sorted(addends, key=lambda own: len(own.docs))
    for more, values in others:
        places = np.minimum(
            np.searchsorted(more, docs), len(more) - 1
        )  # no list is shorter, so one is empty only if all are
        both = more[places] == docs
        docs, sums = docs[both], sums[both] + values[places[both]]
    if mask is not None:
        docs, sums = docs[mask[docs]], sums[mask[docs]]
    return docs, sums >> _COUNT


def add_up(words: Sequence[PlainWord], reader: SegmentReader) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns what every article of a segment scores by some words, and how many of them it has."""
    sums, _ = _add(words, reader)
    return sums >> _COUNT, _counts(sums)


def _add(words: Sequence[PlainWord], reader: SegmentReader) -> tuple[NDArray[np.int64], list[Docs]]:
    """All posting lists in one array, scores with the number of words below them; and the articles of each list."""
    sums = np.zeros(len(reader.columns), np.int64)
    addends = [reader.addends.of(lemma, worth << _COUNT, 1) for lemma, worth in words]
    for docs, values in addends:
        sums[docs] += values
    return sums, [docs for docs, _ in addends]


def _counts(sums: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many words each article has."""
    return sums & ((1 << _COUNT) - 1)


def _likely_best(sums: NDArray[np.int64], lists: Sequence[Docs], limit: int) -> Docs:
    """Articles among which are the ``limit`` best, and few others.

    Whatever so many articles reach, the best do: first some of the rarest word that enough have, then all that do.
    """
    edge = 1
    if enough := [docs for docs in lists if len(docs) >= limit]:
        docs = min(enough, key=len)
        edge = max(edge, _reached(sums[docs[:: len(docs) // max(_SAMPLED, limit) + 1]], limit))
    docs = np.flatnonzero(sums >= edge)
    return docs[sums[docs] >= _reached(sums[docs], limit)] if len(docs) > limit else docs


def _reached(sums: NDArray[np.int64], limit: int) -> int:
    """The score that ``limit`` of some articles reach at least, as sums have it; 0 of fewer articles."""
    if len(sums) < limit:
        return 0
    return int(np.partition(sums, len(sums) - limit)[len(sums) - limit]) >> _COUNT << _COUNT
