"""Ranking by the native kernel: both stages for words, of which any or all, over all segments, in one call.

What it answers is what `TopCollector` and `Rescorer` answer, to the last bit; they are its reference, and do all that
asks for more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.bm25f import LEVELS, WEIGHTING
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import AllOf, AnyOf, Filters, Match, Node, Word
from .masks import Mask, mask_of
from .ranking import SCALE, IdfCache, Ranking, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from khabarjoo import _native

_Bytes: TypeAlias = "NDArray[np.uint8]"

_REMEMBERED = 1 << 12  # words, each with its forms
_MOST_WORDS = 255  # which are counted in a byte
_HIGHEST = 1 << 38  # worth of a word that sums of 64 bits have room for
_BODY = 2  # the field whose usual length kindred words are counted by


class Ranked(NamedTuple):
    """How many articles have any of the words, and all; and the best by their numbers, with their scores."""

    total: int
    total_all: int
    numbers: list[int]
    scores: list[float]


class Asked(NamedTuple):
    """Words, and how many of them an article must have: to match at all, and to have all that was asked for."""

    words: list[_native.Word]
    needed: tuple[int, int]


class NativeRanker:
    """Ranks the articles of an index for one query after another."""

    def __init__(
        self, ranker: _native.Ranker, readers: Sequence[SegmentReader], ranking: Ranking, rarities: IdfCache
    ) -> None:
        self._ranker = ranker
        self._readers = readers
        self._ranking = ranking
        self._rarities = rarities
        self._words: dict[tuple[str, tuple[str, ...], float, str], _native.Word] = {}
        self._has_keywords = False

    @classmethod
    def of(cls, readers: Sequence[SegmentReader], ranking: Ranking, rarities: IdfCache) -> NativeRanker | None:
        """Returns the ranker of an index; None where there is no kernel, or it cannot read the files in place.

        Raises ColumnsError where a file is not that of a segment.
        """
        if not has_kernel():
            return None
        from khabarjoo import _native

        located = [
            (reader.columns.columns.mapped, {name: reader.columns.columns.located(name) for name in _native.COLUMNS})
            for reader in readers
        ]
        weighting = WEIGHTING.k1, WEIGHTING.b[_BODY], WEIGHTING.usual[_BODY]
        try:
            ranker = _native.Ranker(located, ranking, weighting, float(SCALE * LEVELS))
        except BufferError:
            return None
        return cls(ranker, readers, ranking, rarities)

    def asked(self, root: Node) -> Asked | None:
        """Returns what a plan asks for as the kernel has it; None where it is more than words of which any or all."""
        words, least, full = _words_of(root)
        if not 0 < len(words) <= _MOST_WORDS:
            return None
        known, found = self._words, []
        for word in words:
            key = (word.lemma, word.forms, word.boost, word.after)
            native = known.get(key)
            if native is None:
                native = self._look_up(word)
                if native is None:
                    return None
                if len(known) == _REMEMBERED:
                    known.clear()
                known[key] = native
            found.append(native)
        return Asked(found, (least, full))

    def _look_up(self, word: Word) -> _native.Word | None:
        worth = word.boost * self._rarities.of(word.lemma)
        counts = whole(worth)
        if counts >= _HIGHEST:
            return None
        lemma, beginning, after = map(_encoded, (word.lemma, self._ranking.beginning(word.lemma), word.after))
        return self._ranker.word(lemma, list(map(_encoded, word.forms)), beginning, after, counts, worth)

    def best(self, asked: Asked, limit: int, filters: Filters) -> Ranked:
        """Returns the best ``limit`` articles by both stages; ``filters`` are resolved."""
        if not self._has_keywords and len(asked.words) <= self._ranking.feedback_words:
            names = ("keywords", "keywords.weights")
            columns = [reader.columns.columns for reader in self._readers]
            self._ranker.take_keywords([{name: each.located(name) for name in names} for each in columns])
            self._has_keywords = True
        return Ranked(*self._ranker.best(*asked, limit, self._masks(filters)))

    def ids(self, numbers: list[int]) -> list[str]:
        """Returns the ids of articles."""
        return self._ranker.ids(numbers)

    def by_date(self, asked: Asked, limit: int, filters: Filters, *, newest: bool) -> Ranked:
        """Returns the newest or oldest ``limit`` articles that have all words, or any when none has all."""
        published = [reader.columns.published for reader in self._readers]
        return Ranked(*self._ranker.by_date(*asked, limit, self._masks(filters), published, newest))

    def matched(self, asked: Asked, filters: Filters) -> tuple[list[Mask], bool]:
        """Returns which articles of each segment have all words, or any when none has all; and whether it is all."""
        total, total_all, marks = self._ranker.marks(*asked, self._masks(filters))
        of_all = total_all > 0 or not total
        return [np.frombuffer(complete if of_all else found, np.bool_) for found, complete in marks], of_all

    def _masks(self, filters: Filters) -> list[_Bytes | None]:
        masks = [mask_of(reader.live, filters) for reader in self._readers]
        return [None if mask is None else mask.view(np.uint8) for mask in masks]


def _words_of(root: Node) -> tuple[tuple[Word, ...], int, int]:
    """The words of a plan, and how many of them are needed (see `Asked`); no words of any other plan."""
    match root:
        case Word(field=""):
            return (root,), 1, 1
        case Match(parts) | AnyOf(parts) | AllOf(parts) if all(type(part) is Word and not part.field for part in parts):
            least, full = len(parts) if type(root) is AllOf else 1, 1 if type(root) is AnyOf else len(parts)
            return parts, least, full  # type: ignore[return-value]
    return (), 0, 0


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
