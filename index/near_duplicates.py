"""Near-duplicates: a signature of each article by which its copies are found, and the exact likeness of two.

A text is taken as the set of its shingles, every three lemmas in a row, after what an outlet puts around a story has
been set aside (`datelines`). The signature is a MinHash (Broder, "On the resemblance and containment of documents",
1997): of `SIGNATURE` orders of all shingles, the first shingle of the text in each. Two texts agree in as large a share
of the places as they have shingles in common, so whatever is a copy agrees in some; how alike two texts are is then
counted from the words themselves. Lemmas go by their letters, so signatures of different segments can be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .column_shapes import SIGNATURE
from .hashing import EULER, GOLDEN, Hashes, mixed
from .news.datelines import own_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

Signatures: TypeAlias = "NDArray[np.uint16]"

_SHINGLE = 3  # lemmas in a row: four lose copies that were lightly edited, two join texts of one topic
_FEWEST = 24  # shingles of a text that is long enough to be a copy of another
_BATCH = 128  # articles at a time, so that the arrays stay in the processor's cache
_NONE = np.uint32(0xFFFFFFFF)  # comes after every shingle, in any order


def signatures(words: Hashes, lengths: NDArray[np.int64]) -> Signatures:
    """Returns the signatures of some articles, articles x `SIGNATURE`.

    ``words`` are the hashes of their lemmas, article after article without the titles, ``lengths`` how many each has.
    """
    rows = np.zeros((len(lengths), SIGNATURE), np.uint16)
    ends = np.cumsum(lengths)
    for first in range(0, len(lengths), _BATCH):
        batch = slice(first, first + _BATCH)
        start = int(ends[first] - lengths[first])
        _sign(words[start : int(ends[batch][-1])], lengths[batch], rows[batch])
    return rows


def _sign(words: Hashes, lengths: NDArray[np.int64], rows: Signatures) -> None:
    """Writes the signatures of some articles into their rows, which are zeros."""
    hashes, starts, ends = _shingles(words, lengths)
    enough = np.flatnonzero(ends - starts >= _FEWEST)
    if not len(enough):
        return
    # The places where one article's shingles end and the next one's begin, two by two.
    bounds = np.column_stack((starts[enough], ends[enough])).ravel()
    at = (hashes >> np.uint64(32)).astype(np.uint32)
    step = hashes.astype(np.uint32) | np.uint32(1)
    for place in range(SIGNATURE):  # every order is one step further on a walk of the shingle's own
        at += step
        at[-1] = _NONE  # no shingle: so that the last bound, too, is a place
        rows[enough, place] = np.minimum.reduceat(at, bounds)[::2].astype(np.uint16)
    rows[enough, 0] |= 1  # never nothing but zeros


def shingles(words: Hashes) -> Hashes:
    """Returns the distinct shingles of one article, ascending; none when it is too short to be a copy."""
    hashes, _, ends = _shingles(words, np.array([len(words)], dtype=np.int64))
    found: Hashes = np.unique(hashes[: ends[0]])
    return found if len(found) >= _FEWEST else found[:0]


def _shingles(words: Hashes, lengths: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64], NDArray[np.int64]]:
    """The shingles of all articles, and where each one's start and end among others that mean nothing."""
    own = own_words(words, lengths)
    kept = np.concatenate(([0], np.cumsum(own)))
    ends = np.cumsum(lengths)
    starts, ends = kept[ends - lengths], kept[ends]
    words = words[own]
    padded = np.concatenate((words, np.zeros(_SHINGLE, np.uint64)))
    hashes = mixed(padded[:-2] * GOLDEN + padded[1:-1] * EULER + padded[2:])
    return hashes, starts, np.maximum(ends - (_SHINGLE - 1), starts)
