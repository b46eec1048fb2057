"""How close the query's words stand in an article, whether in the forms asked for, and what stands for missing ones.

Each occurrence of a word of the query is paired with the one before it, when that is of another word and near enough.
A pair counts what its commoner word is worth, divided by the distance; less when the query has the two in another
order, or not beside each other.

Words that make the name of a person count more, once, where they stand side by side: both are what they are worth in
the name alone.

A word that an article has not may be there in kindred words, which begin with the same letters: they count some of what
the word itself would, by how often they occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.forward_index import FormTable, form_table, read, whole
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import Word
from .ranking import Ranking

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST = 512  # words of an article that are read; what comes later in it adds nothing here
_LONGEST_FOR_NAMES = 4096  # the same where a person is named
_OWN, _EXACT, _KINDRED = range(3)  # what a word of an article is to one of the query: a form, one asked for, or kindred
_KINDS = 4  # which take two bits; the place in the query, from 1, stands above them
_MOST_WORDS = 256 // _KINDS - 1


class Nearness(NamedTuple):
    """What closeness, names, exact forms and kindred words add to the scores of some articles."""

    closeness: NDArray[np.float64]
    names: NDArray[np.float64]
    exact: NDArray[np.float64]
    kindred: NDArray[np.float64]


class _Reading(NamedTuple):
    """The words of some articles that matter: where they stand, in which article, and what they are to the query.

    ``lengths`` are how many words of each article were read.
    """

    places: NDArray[np.intp]
    owners: NDArray[np.intp]
    values: NDArray[np.uint8]
    lengths: NDArray[np.int64]


def nearness(
    articles: Sequence[tuple[SegmentReader, Docs]],
    words: Sequence[Word],
    worths: NDArray[np.float64],
    ranking: Ranking,
) -> Nearness:
    """Returns what closeness, names, forms and kindred words add for articles, given and told segment by segment.

    ``words`` are the query's, in its order; ``worths`` what each is worth, by how rare it is.
    """
    words = words[:_MOST_WORDS]
    worths = worths[:_MOST_WORDS]
    longest = _LONGEST_FOR_NAMES if any(word.after for word in words) else _LONGEST
    places, owners, values, lengths = _one_after_another(
        [_read(reader, docs, _slots(reader, words, ranking), longest) for reader, docs in articles]
    )
    usual = WEIGHTING.b[2] * lengths / WEIGHTING.usual[2] + (1 - WEIGHTING.b[2])

    cells = (len(words) + 1) * _KINDS
    counts = np.bincount(owners * cells + values, minlength=len(lengths) * cells)
    counts = counts.reshape(len(lengths), len(words) + 1, _KINDS)[:, 1:]
    exact = counts[:, :, _EXACT] > 0
    times = counts[:, :, _KINDRED] / usual[:, np.newaxis]
    times[exact | (counts[:, :, _OWN] > 0)] = 0
    kindred = times / (WEIGHTING.k1 + times)

    own = values % _KINDS != _KINDRED
    places, owners, slots = places[own], owners[own], values[own] // _KINDS - 1
    pairs, worth = _pairs(places, owners, slots, worths, ranking)
    together = np.bincount(pairs, worth, len(lengths)) / (usual * max(float(worths.sum()), 1e-9))
    closeness = ranking.closeness * float(worths.sum()) * together / (ranking.closeness_half + together)
    # Not a matrix product, whose rounding may differ from row to row: articles alike are to come to the same.
    return Nearness(
        closeness,
        ranking.name * _names(places, owners, slots, len(lengths), words, worths),
        ranking.exact * (exact * worths).sum(axis=1),
        ranking.kindred * (kindred * worths).sum(axis=1),
    )


def _read(reader: SegmentReader, docs: Docs, slots: FormTable, longest: int) -> _Reading:
    starts, ends = whole(reader.columns, docs, longest)
    words = read(reader.columns, starts, ends, slots)
    places = words.places()
    return _Reading(places, words.owners(places), words.values[places], ends - starts)


def _one_after_another(readings: Sequence[_Reading]) -> _Reading:
    """Readings of several segments as one."""
    if len(readings) == 1:
        return readings[0]
    firsts = np.cumsum([0, *(len(reading.lengths) for reading in readings)]).tolist()
    return _Reading(
        np.concatenate([reading.places for reading in readings]),
        np.concatenate([reading.owners + first for reading, first in zip(readings, firsts, strict=False)]),
        np.concatenate([reading.values for reading in readings]),
        np.concatenate([reading.lengths for reading in readings]),
    )


def _pairs(
    places: NDArray[np.intp],
    owners: NDArray[np.intp],
    slots: NDArray[np.uint8],
    worths: NDArray[np.float64],
    ranking: Ranking,
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each two words of the query that stand near each other, the article and what they count there."""
    gaps = places[1:] - places[:-1]
    pairs = np.flatnonzero((gaps <= ranking.near) & (slots[1:] != slots[:-1]) & (owners[1:] == owners[:-1]))
    before, after = slots[pairs], slots[pairs + 1]
    worth = np.minimum(worths[before], worths[after]) / gaps[pairs]
    worth[after != before + 1] *= ranking.out_of_order
    return owners[pairs], worth


def _names(
    places: NDArray[np.intp],
    owners: NDArray[np.intp],
    slots: NDArray[np.uint8],
    articles: int,
    words: Sequence[Word],
    worths: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What the words of names that stand side by side are worth in each article, each pair once."""
    pairs = zip(("", *(word.lemma for word in words)), words, strict=False)
    goes_on = np.array([bool(word.after) and word.after == before for before, word in pairs])
    if not goes_on.any():
        return np.zeros(articles)
    after = slots[1:]
    beside = goes_on[after] & (after == slots[:-1] + 1) & (places[1:] == places[:-1] + 1) & (owners[1:] == owners[:-1])
    found = np.zeros((articles, len(words)), np.bool_)
    found[owners[1:][beside], after[beside]] = True
    both = worths + np.concatenate(([0.0], worths[:-1]))
    summed: NDArray[np.float64] = (found * both).sum(axis=1)
    return summed


def _slots(reader: SegmentReader, words: Sequence[Word], ranking: Ranking) -> FormTable:
    """For each form the place in the query, from 1, of the word it belongs to, and below it, how.

    Forms that are of no word of the query may be kindred to one.
    """
    table = form_table(reader.columns, np.uint8)
    for slot, word in enumerate(words, start=1):
        if beginning := ranking.beginning(word.lemma):
            table[reader.forms_beginning(beginning)] = slot * _KINDS + _KINDRED
    for slot, word in enumerate(words, start=1):
        number = reader.lemma_number(word.lemma)
        if number >= 0:
            forms, exact = reader.forms_of(number, word.forms)
            table[forms] = slot * _KINDS + _OWN
            table[exact] = slot * _KINDS + _EXACT
    return table
