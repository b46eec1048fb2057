"""The analyzer for whole collections: many texts at once, as arrays of term numbers instead of objects.

News repeats its words: a million articles have a few hundred thousand distinct raw tokens. So each raw token is read
once by the `PersianAnalyzer` and numbered; a text then is a list of look-ups, and everything that concerns neighbours
is done for a whole batch by numpy. The terms and their order are exactly those of `PersianAnalyzer.tokens`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .chain import BARRIER, JOINED_AT_MOST, PersianAnalyzer, Word
from .chars import VAV
from .compounds import Term
from .tokens import RAW_TOKEN

Numbers = NDArray[np.int32]


class _RawWords(dict[str, int]):
    """Raw token to word number; a new one is read when it is first asked for."""

    def __init__(self, bulk: BulkAnalyzer) -> None:
        super().__init__()
        self._bulk = bulk

    def __missing__(self, raw: str) -> int:
        number = self[raw] = self._bulk._number(self._bulk._analyzer.word(raw))
        return number


class _Growing:
    """A list of small numbers that is also an array; only what is new is converted."""

    def __init__(self) -> None:
        self._new: list[int] = []
        self._array: Numbers = np.zeros(0, np.int32)

    def append(self, value: int) -> None:
        self._new.append(value)

    def array(self) -> Numbers:
        if self._new:
            self._array = np.concatenate((self._array, np.array(self._new, np.int32)))
            self._new = []
        return self._array


class BulkAnalyzer:
    """Analyses batches of texts. ``terms`` lists every distinct term met so far; results are indexes into it."""

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._analyzer = analyzer
        self.terms: list[Term] = []
        self._term_numbers: dict[tuple[str, str, tuple[str, ...]], int] = {}
        self._words: list[Word] = []
        self._word_numbers: dict[str, int] = {}
        self._bonds_after = _Growing()
        self._bonds_before = _Growing()
        self._counts = _Growing()
        self._flat = _Growing()
        self._number(BARRIER)
        self._raw_words = _RawWords(self)
        self._pairs: dict[tuple[int, int, int], tuple[int, int]] = {}
        self._and = self._number(analyzer.word(VAV))

    def analyze(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The term numbers of all texts, one after another, and how many each text has."""
        number = self._raw_words.__getitem__
        words: list[int] = []
        ends = []
        for text in texts:
            words.extend(map(number, RAW_TOKEN.findall(text)))
            words.append(0)  # a barrier: nothing is joined across texts
            ends.append(len(words))
        array = np.array(words, dtype=np.int32)
        kept = self._join(array)
        return self._expand(array, kept, np.array(ends, dtype=np.int64))

    def _number(self, word: Word) -> int:
        """The number of a word, a new one if it has none; its terms are numbered with it."""
        number = self._word_numbers.get(word.folded)
        if number is None:
            number = self._word_numbers[word.folded] = len(self._words)
            self._words.append(word)
            self._bonds_after.append(word.bonds_after)
            self._bonds_before.append(word.bonds_before)
            self._counts.append(len(word.terms))
            for term in word.terms:
                self._flat.append(self._term_number(term))
        return number

    def _term_number(self, term: Term) -> int:
        key = (term.form, term.lemma, term.parts)
        number = self._term_numbers.get(key)
        if number is None:
            number = self._term_numbers[key] = len(self.terms)
            self.terms.append(term)
        return number

    def _join(self, array: Numbers) -> NDArray[np.bool_]:
        """Joins neighbours that are one word, in place; tells which places still stand for a word."""
        after, before = self._bonds_after.array(), self._bonds_before.array()
        kept = np.ones(len(array), dtype=np.bool_)
        candidates = np.flatnonzero(after[array[:-1]] & before[array[1:]])
        pairs = zip(candidates.tolist(), array[candidates].tolist(), array[candidates + 1].tolist(), strict=True)
        known = self._pairs
        start, end, size, whole = -1, -1, 1, 0
        for place, left, right in pairs:
            if place < end:
                continue
            if place != end:
                start, size, whole = place, 1, left
            third = int(array[place + 2]) if right == self._and else 0
            joined, taken = known.get((whole, right, third)) or self._pair(whole, right, third)
            if taken and size < JOINED_AT_MOST:
                array[start] = whole = joined
                kept[place + 1 : place + 1 + taken] = False
                end, size = place + taken, size + 1
        return kept

    def _pair(self, left: int, right: int, after: int) -> tuple[int, int]:
        """The number of a word joined with the next one or two, and how many those are; 0 when they are apart."""
        words = self._words
        joined, taken = self._analyzer.joined(words[left], words[right], words[after])
        found = self._pairs[left, right, after] = (self._number(joined) if taken else 0, taken)
        return found

    def _expand(self, array: Numbers, kept: NDArray[np.bool_], ends: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
        """Words to their terms: none for a barrier, several for words that were run together."""
        counts, flat = self._counts.array(), self._flat.array()
        starts = np.zeros(len(counts) + 1, dtype=np.int64)
        np.cumsum(counts, out=starts[1:])
        sizes = np.where(kept, counts[array], 0)
        through = np.cumsum(sizes)
        lengths = np.diff(through[ends - 1], prepend=0).astype(np.int32)
        words, sizes = array[sizes > 0], sizes[sizes > 0]
        places = np.repeat(starts[words] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        return flat[places], lengths
