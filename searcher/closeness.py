"""How close the query's words stand in an article, whether in the forms asked for, and what stands for missing ones.

Each occurrence of a word of the query is paired with the one before it, when that is of another word and near enough.
A pair counts what its commoner word is worth, divided by the distance; less when the query has the two in another
order, or not beside each other.

A word that an article has not may be there in kindred words, which begin with the same letters: they count some of what
the word itself would, by how often they occur.
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
_EXACT, _KINDRED = 1 << 7, 1 << 6  # bits beside the place of a word in the query
_MOST_WORDS = _KINDRED - 1


class Nearness(NamedTuple):
    """What closeness, exact forms and kindred words add to the scores of some articles."""

    closeness: NDArray[np.float64]
    exact: NDArray[np.float64]
    kindred: NDArray[np.float64]


def nearness(
    reader: ColumnReader, docs: Docs, words: Sequence[Word], worths: NDArray[np.float64], ranking: Ranking
) -> Nearness:
    """What the words' closeness, forms and kindred words add for articles of one segment.

    ``words`` are the query's, in its order; ``worths`` what each is worth, by how rare it is.
    """
    words = words[:_MOST_WORDS]
    worths = worths[:_MOST_WORDS]
    starts, ends = whole(reader.columns, docs, _LONGEST)
    read_words = read(reader.columns, starts, ends, _slots(reader, words, ranking))
    places = read_words.places()
    values = read_words.values[places]
    owners = read_words.owners(places)
    usual = WEIGHTING.b[2] * (ends - starts) / WEIGHTING.usual[2] + (1 - WEIGHTING.b[2])

    likened = np.flatnonzero(values & _KINDRED)
    cells = owners[likened] * len(words) + (values[likened] & _MOST_WORDS) - 1
    times = np.bincount(cells, minlength=len(docs) * len(words)).reshape(len(docs), len(words)) / usual[:, np.newaxis]
    instead = times / (WEIGHTING.k1 + times)

    own = np.flatnonzero(values & _KINDRED == 0)
    places, values, owners = places[own], values[own], owners[own]
    slots = (values & _MOST_WORDS) - np.uint8(1)
    instead[owners, slots] = 0

    gaps = places[1:] - places[:-1]
    pairs = np.flatnonzero((gaps <= ranking.near) & (slots[1:] != slots[:-1]) & (owners[1:] == owners[:-1]))
    before, after = slots[pairs], slots[pairs + 1]
    worth = np.minimum(worths[before], worths[after]) / gaps[pairs]
    worth[after != before + 1] *= ranking.out_of_order
    together = np.bincount(owners[pairs], worth, len(docs)) / (usual * max(float(worths.sum()), 1e-9))
    most = ranking.closeness * float(worths.sum())
    closeness = most * together / (ranking.closeness_half + together)

    there = np.zeros((len(docs), len(words)), np.bool_)
    typed = np.flatnonzero(values >= _EXACT)
    there[owners[typed], slots[typed]] = True
    # Not a matrix product, whose rounding may differ from row to row: articles alike are to come to the same.
    return Nearness(
        closeness, ranking.exact * (there * worths).sum(axis=1), ranking.kindred * (instead * worths).sum(axis=1)
    )


def _slots(reader: ColumnReader, words: Sequence[Word], ranking: Ranking) -> FormTable:
    """For each form the place in the query, from 1, of the word it is a form of, and whether it is one asked for.

    Forms that are of no word of the query may be kindred to one.
    """
    table = FormTable(np.uint8)
    for slot, word in enumerate(words, start=1):
        if beginning := _beginning(word.lemma, ranking):
            table.set(reader.forms_beginning(beginning), slot | _KINDRED)
    for slot, word in enumerate(words, start=1):
        number = reader.lemma_number(word.lemma)
        if number >= 0:
            forms, exact = reader.forms_of(number, word.forms)
            table.set(forms, slot)
            table.set(exact, slot | _EXACT)
    return table


def _beginning(lemma: str, ranking: Ranking) -> str:
    """What all words kindred to one begin with; '' when it has none, as numbers have."""
    letters = ranking.kindred_letters if len(lemma) < ranking.long else ranking.kindred_letters_of_long
    return "" if len(lemma) < letters or lemma[0].isdecimal() else lemma[:letters]
