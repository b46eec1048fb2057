"""The analyzer for whole collections: many texts at once, as arrays of term numbers instead of objects.

News repeats its words: a million articles have a few million distinct chunks between two spaces. So each chunk is cut
and read once by the `PersianAnalyzer` and numbered; a text then is a list of look-ups, and everything that concerns
neighbours is done for a whole batch by numpy. The terms and their order are exactly those of `PersianAnalyzer.tokens`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from .analyzer import (
    BARRIER,
    JOINED_AT_MOST,
    LONGEST_REMEMBERED,
    PersianAnalyzer,
    Word,
    fold_token,
)
from .compounds import Term
from .garbage import without_collecting
from .normalizer import VAV
from .tokenizer import RAW_TOKEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

Numbers: TypeAlias = "NDArray[np.int32]"

REMEMBERED = 1 << 21  # chunks, raw tokens and pairs of words, before all are forgotten
MANY = 1 << 17  # letters of texts for which it pays to make the analyzer ready

# What decides whether words are joined is remembered as one number: the first word's above that of the next, or of the
# one after it where the next is "and"; and so is the answer: the number of the whole above how many words it takes.
_LEFT_BITS = 32
_AFTER_AND = 1 << 31
_RIGHT = _AFTER_AND - 1
_TAKEN_BITS = 2
_TAKEN = (1 << _TAKEN_BITS) - 1


class _Growing:
    """A list of small numbers that is also an array; only what is new is converted."""

    def __init__(self) -> None:
        self._new: list[int] = []
        self._array: Numbers = np.zeros(0, np.int32)
        self.append, self.extend = self._new.append, self._new.extend

    def __len__(self) -> int:
        return len(self._array) + len(self._new)

    def array(self) -> Numbers:
        if self._new:
            self._array = np.concatenate((self._array, np.array(self._new, np.int32)))
            self._new.clear()
        return self._array


class _Runs:
    """Short lists of numbers, one after another and themselves numbered."""

    def __init__(self) -> None:
        self._numbers = _Growing()
        self._sizes = _Growing()

    def __len__(self) -> int:
        return len(self._sizes)

    def append(self, run: list[int]) -> None:
        """Adds a run."""
        self._numbers.extend(run)
        self._sizes.append(len(run))

    def expand(self, runs: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
        """Returns the numbers of these runs, one run after another, and how many there are before the end of each."""
        all_sizes = self._sizes.array()
        sizes = all_sizes[runs]
        through = np.cumsum(sizes, dtype=np.int64)
        places = np.repeat(np.cumsum(all_sizes, dtype=np.int64)[runs] - through, sizes)
        places += np.arange(len(places))
        return self._numbers.array()[places], through


class _Words(dict[str, int]):
    """Raw token to word number; a new one is read when it is first asked for."""

    def __init__(self, bulk: BulkAnalyzer) -> None:
        super().__init__()
        self._bulk = bulk

    def __missing__(self, raw: str) -> int:
        number = self[raw] = self._bulk._number(raw)
        return number


class _Chunks(dict[str, int]):
    """What stands between two spaces to its number; a new one is cut and read when it is first asked for."""

    def __init__(self, words: _Words, runs: _Runs) -> None:
        super().__init__()
        self._word, self._runs = words.__getitem__, runs

    def __missing__(self, raw: str) -> int:
        number = len(self._runs)
        self._runs.append(list(map(self._word, RAW_TOKEN.findall(raw))))
        if len(raw) <= LONGEST_REMEMBERED:
            self[raw] = number
        return number


class TermPlaces(Protocol):
    """Tells of the texts of a batch how many of a text's terms stand before a place of it."""

    def before(self, number: int, text: str, place: int) -> int:
        """Returns how many terms of a text, by its number in the batch, begin before a place of it."""


class _PlacesByChunks:
    """Cuts a text once more for each place that is asked for."""

    def __init__(self, chunks: NDArray[np.int64], words: NDArray[np.int64], terms: NDArray[np.int64]) -> None:
        self._chunks = chunks  # through each text, of the batch
        self._words = words  # through each chunk
        self._terms = terms  # through each word

    def before(self, number: int, text: str, place: int) -> int:
        """See `TermPlaces.before`."""
        first = int(self._chunks[number - 1]) if number else 0
        chunks = text[:place].split()
        inside = 0
        if chunks and place < len(text) and not text[place - 1].isspace() and not text[place].isspace():
            part = chunks.pop()
            whole = part + text[place:].split(None, 1)[0]  # whose end may tell where it is cut before
            inside = sum(match.start() < len(part) for match in RAW_TOKEN.finditer(whole))
        chunk = first + len(chunks)
        word = (int(self._words[chunk - 1]) if chunk else 0) + inside
        start = int(self._words[first - 1]) if first else 0
        return (int(self._terms[word - 1]) if word else 0) - (int(self._terms[start - 1]) if start else 0)


class BulkAnalyzer:
    """Analyses batches of texts. ``terms`` lists every distinct term met so far; results are indexes into it.

    What chunks and pairs of words come to is forgotten when there are more than ``remembered`` of them.
    """

    def __init__(self, analyzer: PersianAnalyzer, remembered: int = REMEMBERED) -> None:
        self._analyzer = analyzer
        self._remembered = remembered
        self.terms: list[Term] = []
        self._term_numbers: dict[tuple[str, str, tuple[str, ...]], int] = {}
        self._forget()

    def analyze(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Returns the term numbers of all texts, one after another, and how many each text has."""
        terms, lengths, _ = self.analyze_placed(texts)
        return terms, lengths

    def analyze_placed(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, TermPlaces]:
        """Returns the same, and what tells how many terms of a text stand before a place of it."""
        if sum(map(len, texts)) > MANY:
            self._analyzer.prepare()
        if len(self._words_of_chunk) + len(self._raw_words) + len(self._joined) > self._remembered:
            self._forget()
        with without_collecting():
            chunks, ends_of_chunks = self._look_up(texts)
            words, words_through = self._words_of_chunk.expand(chunks)
            ends = words_through[ends_of_chunks - 1]
            self._join(words)
        terms, through = self._terms_of_word.expand(words)
        lengths = np.diff(through[ends - 1], prepend=0).astype(np.int32)
        return terms, lengths, _PlacesByChunks(ends_of_chunks, words_through, through)

    def word(self, raw: str) -> Word:
        """Returns a raw token as a word; one that a text had is not read again."""
        return self._words[self._raw_words[raw]]

    def _look_up(self, texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
        """The chunks of all texts by number, a barrier after each text, and where each text ends."""
        number = self._chunks.__getitem__
        chunks: list[int] = []
        ends = []
        for text in texts:
            chunks.extend(map(number, text.split()))
            chunks.append(0)  # nothing is joined across texts
            ends.append(len(chunks))
        return np.fromiter(chunks, np.int32, len(chunks)), np.array(ends, dtype=np.int64)

    def _forget(self) -> None:
        """Begins anew with nothing remembered but the terms."""
        self._words: list[Word] = []
        self._word_numbers = {BARRIER.folded: 0}
        self._bonds_after = _Growing()
        self._bonds_before = _Growing()
        self._terms_of_word = _Runs()
        self._words_of_chunk = _Runs()
        self._raw_words = _Words(self)
        self._chunks = _Chunks(self._raw_words, self._words_of_chunk)
        self._joined: dict[int, int] = {}
        self._words_of_chunk.append([self._add(BARRIER)])
        self._and = self._raw_words[VAV]

    def _number(self, raw: str) -> int:
        """The number of the word that a raw token is, a new one if it has none."""
        folded = fold_token(raw)
        number = self._word_numbers.get(folded)
        if number is None:
            number = self._word_numbers[folded] = self._add(self._analyzer.read_folded(folded))
        return number

    def _add(self, word: Word) -> int:
        """Gives a word a new number, and its terms with it."""
        self._words.append(word)
        self._bonds_after.append(word.bonds_after)
        self._bonds_before.append(word.bonds_before)
        self._terms_of_word.append([self._term_number(term) for term in word.terms])
        return len(self._words) - 1

    def _term_number(self, term: Term) -> int:
        key = (term.form, term.lemma, term.parts)
        number = self._term_numbers.get(key)
        if number is None:
            number = self._term_numbers[key] = len(self.terms)
            self.terms.append(term)
        return number

    def _join(self, array: Numbers) -> None:
        """Joins neighbours that are one word, in place: the first becomes the whole, the others barriers."""
        after, before = self._bonds_after.array(), self._bonds_before.array()
        candidates = np.flatnonzero(after[array[:-1]] & before[array[1:]])
        pairs = self._pairs_at(array, candidates)
        known = self._joined.get
        end, size, whole = -1, 1, 0
        for place, pair, found in zip(candidates.tolist(), pairs, map(known, pairs), strict=True):
            if place < end:
                continue
            first = pair >> _LEFT_BITS
            if place != end:
                start, size = place, 1
            else:
                pair = whole << _LEFT_BITS | pair & (_RIGHT | _AFTER_AND)
                found = known(pair)
            if found is None:
                found = self._join_pair(pair, first)
            if found and size < JOINED_AT_MOST:
                whole, taken = found >> _TAKEN_BITS, found & _TAKEN
                array[start] = whole
                array[place + 1 : place + 1 + taken] = 0
                end, size = place + taken, size + 1

    def _pairs_at(self, array: Numbers, places: NDArray[np.int64]) -> list[int]:
        """The pairs of words that begin at some places."""
        nexts = array[places + 1]
        # whatever is joined has a barrier after it, if only that at the end of the text
        deciding = np.where(nexts == self._and, array[places + 2].astype(np.int64) | _AFTER_AND, nexts)
        pairs: list[int] = (array[places].astype(np.int64) << _LEFT_BITS | deciding).tolist()
        return pairs

    def _join_pair(self, pair: int, last: int) -> int:
        """What a pair that is met for the first time comes to; 0 when its words are apart.

        ``last`` is the last of the words that the left one was joined of.
        """
        words, analyzer, found = self._words, self._analyzer, 0
        left, right = words[pair >> _LEFT_BITS], words[pair & _RIGHT]
        is_after_and = pair & _AFTER_AND
        if is_after_and or not analyzer.are_apart(words[last].bonds_after & right.bonds_before, left, right):
            following = (VAV, right.folded) if is_after_and else (right.folded, "")
            whole, taken = analyzer.joined(left.folded, *following)
            found = self._add(whole) << _TAKEN_BITS | taken if taken else 0
        self._joined[pair] = found
        return found
