"""What lemmas add to the scores of a segment's articles, worked out once and kept for the queries to come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from .segment import Docs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEPT = 1 << 21  # postings kept for each segment: 32 MB


class Decoded(NamedTuple):
    """The postings of a lemma as scoring wants them, deleted articles left out; impacts count `LEVELS`."""

    docs: Docs
    impacts: NDArray[np.int64]


class TermScores(NamedTuple):
    """What a lemma adds to the scores of the articles that have it."""

    docs: Docs
    values: NDArray[np.int64]


class ScoreCache:
    """What the lemmas of one segment add; those asked for last are kept. Threads may ask at once."""

    def __init__(self, decoded: Callable[[str], Decoded]) -> None:
        self._decoded = decoded
        self._kept: OrderedDict[tuple[str, int, int], TermScores] = OrderedDict()
        self._postings = 0
        self._writing = Lock()

    def of(self, lemma: str, worth: int, each: int) -> TermScores:
        """Returns what a lemma adds where it occurs: its impact times its worth, and ``each``."""
        key = (lemma, worth, each)
        found = self._kept.get(key)
        if found is not None:
            with suppress(KeyError):  # another thread took it out just now
                self._kept.move_to_end(key)
            return found
        docs, impacts = self._decoded(lemma)
        values = impacts * worth
        values += each
        found = TermScores(docs, values)
        with self._writing:
            if key not in self._kept:
                self._kept[key] = found
                self._postings += len(docs)
            while self._postings > _KEPT and len(self._kept) > 1:
                self._postings -= len(self._kept.popitem(last=False)[1].docs)
        return found
