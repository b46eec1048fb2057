"""How close the query's words stand in an article, and whether in the forms asked for.

Each occurrence of a word of the query is paired with the one before it, when that is of another word and near enough.
A pair counts what its commoner word is worth, divided by the distance; less when the query has the two in another
order, or not beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.forward import FormTable, read, whole
from index.impacts import WEIGHTING
from index.reader import ColumnReader
from index.segment import Docs

from .query.plan import Word
from .ranking import Ranking

_LONGEST = 512  # words of an article that are read; what comes later in it adds nothing here
_EXACT = 1 << 7
_MOST_WORDS = _EXACT - 1


class Nearness(NamedTuple):
    """What closeness and what exact forms add to the scores of some articles."""

    closeness: NDArray[np.float64]
    exact: NDArray[np.float64]


def nearness(
    reader: ColumnReader, docs: Docs, words: Sequence[Word], worths: NDArray[np.float64], ranking: Ranking
) -> Nearness:
    """What the words' closeness and forms add for articles of one segment.

    ``words`` are the query's, in its order; ``worths`` what each is worth, by how rare it is.
    """
    words = words[:_MOST_WORDS]
    worths = worths[:_MOST_WORDS]
    starts, ends = whole(reader.columns, docs, _LONGEST)
    read_words = read(reader.columns, starts, ends, _slots(reader, words))
    places = read_words.places()
    values = read_words.values[places]
    owners = read_words.owners(places)
    slots = (values & _MOST_WORDS) - np.uint8(1)

    gaps = places[1:] - places[:-1]
    pairs = np.flatnonzero((gaps <= ranking.near) & (slots[1:] != slots[:-1]) & (owners[1:] == owners[:-1]))
    before, after = slots[pairs], slots[pairs + 1]
    worth = np.minimum(worths[before], worths[after]) / gaps[pairs]
    worth[after != before + 1] *= ranking.out_of_order
    usual = WEIGHTING.b[2] * (ends - starts) / WEIGHTING.usual[2] + (1 - WEIGHTING.b[2])
    together = np.bincount(owners[pairs], worth, len(docs)) / (usual * max(float(worths.sum()), 1e-9))
    most = ranking.closeness * float(worths.sum())
    closeness = most * together / (ranking.closeness_half + together)

    there = np.zeros((len(docs), len(words)), np.bool_)
    typed = np.flatnonzero(values >= _EXACT)
    there[owners[typed], slots[typed]] = True
    # Not a matrix product, whose rounding may differ from row to row: articles alike are to come to the same.
    return Nearness(closeness, ranking.exact * (there * worths).sum(axis=1))


def _slots(reader: ColumnReader, words: Sequence[Word]) -> FormTable:
    """For each form the place in the query, from 1, of the word it is a form of, and whether it is one asked for."""
    table = FormTable(np.uint8)
    for slot, word in enumerate(words, start=1):
        number = reader.lemma_number(word.lemma)
        if number >= 0:
            forms, exact = reader.forms_of(number, word.forms)
            table.set(forms, slot)
            table.set(exact, slot | _EXACT)
    return table
