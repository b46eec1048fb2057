"""The bulk analyzer with its memory in the native kernel: rules stay in Python, what was read is remembered natively.

Words and pairs are met in the same order as by `BulkAnalyzer`, so terms have the same numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .analyzer import BARRIER, PersianAnalyzer, Word, fold_token
from .bulk import MANY, REMEMBERED, BulkAnalyzer, Numbers
from .garbage import without_collecting
from .lexicon import SEPARATOR, Kind, Lexicon
from .native_kernel import has_kernel
from .normalizer import VAV
from .tokenizer import RAW_TOKEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from khabarjoo import _native


def bulk_analyzer(
    analyzer: PersianAnalyzer, remembered: int = REMEMBERED, *, keeps_words: bool = False
) -> BulkAnalyzer:
    """Returns a bulk analyzer, with the native memory where the kernel is there.

    With ``keeps_words`` it is asked for words that texts had, as whoever looks for who said what does.
    """
    return (
        NativeBulkAnalyzer(analyzer, remembered, keeps_words=keeps_words)
        if has_kernel()
        else BulkAnalyzer(analyzer, remembered)
    )


class PlacedWords:
    """The words of a batch, joined, where they stand in their texts; see `TermPlaces`.

    ``places`` has the number of each, which is its number in ``words``; a mark of punctuation has the number of its
    letter below 0, and what else makes no term has 0. ``firsts`` has what words that were joined begin with, by the
    number of the whole.
    """

    def __init__(
        self, memory: _native.Memory, texts: Sequence[str], words: Sequence[Word], firsts: Mapping[int, str]
    ) -> None:
        self.places = memory.places(texts)
        self.words, self.firsts = words, firsts
        self._memory = memory

    def before(self, number: int, text: str, place: int) -> int:
        """See `TermPlaces.before`."""
        return self.places.terms_before(number, place)

    def unite(self, of_words: array[int]) -> NDArray[np.uint32]:
        """Returns what the words of each chunk have together, before they are joined, by what each word has.

        It can be asked for until another batch is analysed.
        """
        return np.frombuffer(self._memory.unite(of_words), np.uint32)


class NativeBulkAnalyzer(BulkAnalyzer):
    """See `BulkAnalyzer`. Words are kept only where ``keeps_words``; elsewhere none can be asked for."""

    _is_amid_batch: bool

    def __init__(self, analyzer: PersianAnalyzer, remembered: int = REMEMBERED, *, keeps_words: bool = False) -> None:
        self._keeps_words = keeps_words
        super().__init__(analyzer, remembered)

    def analyze(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """See `BulkAnalyzer.analyze`."""
        if sum(map(len, texts)) > MANY:
            self._analyzer.prepare()
        if self._is_amid_batch or len(self._memory) > self._remembered:  # one before may have been given up halfway
            self._forget()
        memory, cut = self._memory, RAW_TOKEN.findall
        self._is_amid_batch = True
        with without_collecting():
            raws = memory.cut([cut(chunk) for chunk in memory.look_up(list(texts))])
            memory.learn([self._number(raw) for raw in raws])
            terms, lengths = memory.join(self._ask)
        self._is_amid_batch = False
        return np.frombuffer(terms, np.int32), np.frombuffer(lengths, np.int32)

    def analyze_placed(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, PlacedWords]:
        """See `BulkAnalyzer.analyze_placed`."""
        terms, lengths = self.analyze(texts)
        return terms, lengths, PlacedWords(self._memory, list(texts), self._words, self._firsts)

    def word(self, raw: str) -> Word:
        """See `BulkAnalyzer.word`."""
        return self._words[self._number(raw)]

    def _forget(self) -> None:
        from khabarjoo import _native

        word = self._analyzer.read_folded(VAV)
        self._memory = _native.Memory(_listed(self._analyzer.lexicon))
        self._memory.add_and(VAV, word.bonds_after, word.bonds_before, list(map(self._term_number, word.terms)))
        self._letters = ["", VAV]  # of each word, folded
        self._words = [BARRIER, word]
        self._firsts: dict[int, str] = {}
        self._word_numbers = {"": 0, VAV: 1}
        self._is_amid_batch = False

    def _number(self, raw: str) -> int:
        folded = fold_token(raw)
        number = self._word_numbers.get(folded)
        if number is None:
            word = self._analyzer.read_folded(folded)
            number = self._word_numbers[folded] = len(self._letters)
            self._keep(word)
            terms = list(map(self._term_number, word.terms))
            self._memory.add(word.bonds_after, word.bonds_before, terms, word.head, word.tails)
        return number

    def _ask(self, left: int, right: int, after_and: bool) -> tuple[int, list[int], str]:
        """How many words a word takes of those that follow it, and the terms and the head of the whole."""
        letters = self._letters
        following = (VAV, letters[right]) if after_and else (letters[right], "")
        whole, taken = self._analyzer.joined(letters[left], *following)
        if not taken:
            return 0, [], ""
        if self._keeps_words:
            self._firsts[len(letters)] = letters[left]
        self._keep(whole)
        return taken, list(map(self._term_number, whole.terms)), whole.head

    def _keep(self, word: Word) -> None:
        """Keeps of a word that has got the next number what will be asked for."""
        self._letters.append(word.folded)
        if self._keeps_words:
            self._words.append(word)


@lru_cache(maxsize=1)
def _listed(lexicon: Lexicon) -> _native.Listed:
    """The words that a lexicon lists, as the kernel looks them up."""
    from khabarjoo import _native

    return _native.Listed(*lexicon.lines, Kind.LISTED, ord(SEPARATOR))
