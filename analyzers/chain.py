"""The Persian analyzer: text in, terms with their positions and true offsets out.

The steps, and why in this order:

1. *Cut* the raw text into tokens (`tokens`). Nothing is rewritten before, so offsets are the article's own.
2. *Fold* each token's letters (`chars`). Everything after works on one spelling of each letter.
3. *Join* tokens that a space merely keeps apart (همکاری های, می شود, بین المللی): before lemmas, because a suffix
   that stands alone is no word (`compounds`).
4. *Read* each as a compound, as words run together, or as one word, and find the *lemma* (`compounds`, `stems`,
   `verbs`), all guarded by the lexicon.

Stopwords are kept: they count inside phrases, and a query decides later whether it needs them (`stopwords`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import methodcaller
from typing import NamedTuple

from .chars import VAV, ZWNJ, fold
from .compounds import Compounds, Term
from .lexicon import Lexicon, default_lexicon
from .stems import Lemmatizer
from .tokens import RAW_TOKEN, is_barrier, plain_number

ANALYZER_VERSION = 1
"""Goes up whenever some text gives other terms than before; an index remembers the version that made it."""

JOINED_AT_MOST = 4
"""Tokens a word may be spread over; longer chains of spaced parts are not words."""

_WORDS_REMEMBERED = 1 << 19


_RAW = methodcaller("group")


class Token(NamedTuple):
    """A term where it stands: ``text[start:end]`` is the whole word, ``position`` counts words from 0."""

    term: Term
    position: int
    start: int
    end: int


class Word(NamedTuple):
    """A distinct word of the texts seen so far: its folded letters, its terms, and what it may be joined with."""

    folded: str
    terms: tuple[Term, ...]
    bonds_after: int
    bonds_before: int


BARRIER = Word("", (), 0, 0)
"""What punctuation comes to: no terms, and nothing is joined with it."""


class PersianAnalyzer:
    """Turns text into tokens. What a word comes to is remembered, so the second sight of it costs a look-up."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._compounds = Compounds(Lemmatizer(lexicon or default_lexicon()))
        self.word = lru_cache(maxsize=_WORDS_REMEMBERED)(self._word)
        self._joins = lru_cache(maxsize=_WORDS_REMEMBERED)(self._joined)

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order.

        >>> [(t.term.lemma, t.position) for t in PersianAnalyzer().tokens("همکاری های دانشگاهها")]
        [('همکاری', 0), ('دانشگاه', 1)]
        """
        position = 0
        for word, start, end in self._words(text):
            for term in word.terms:
                yield Token(term, position, start, end)
                position += 1

    def _words(self, text: str) -> Iterator[tuple[Word, int, int]]:
        """Words with their offsets, those that only a space kept apart joined."""
        matches = list(RAW_TOKEN.finditer(text))
        words = list(map(self.word, map(_RAW, matches)))
        place, last = 0, len(words)
        while place < last:
            held, start = words[place], place
            bonds, size = held.bonds_after, 1
            place += 1
            while place < last and bonds & words[place].bonds_before and size < JOINED_AT_MOST:
                after = words[place + 1] if place + 1 < last else BARRIER
                whole, taken = self.joined(held, words[place], after)
                if not taken:
                    break
                held, place, size = whole, place + taken, size + 1
                bonds = words[place - 1].bonds_after
            if held.terms:
                yield held, matches[start].start(), matches[place - 1].end()

    def joined(self, left: Word, right: Word, after: Word) -> tuple[Word, int]:
        """A word with what follows it, where only spaces keep them apart, and how many of the next words that takes."""
        return self._joins(left, right, after if right.folded == VAV else BARRIER)

    def _word(self, raw: str) -> Word:
        folded = _fold_token(raw)
        return self._read(folded) if folded else BARRIER

    def _joined(self, left: Word, right: Word, after: Word) -> tuple[Word, int]:
        """A word and how many of the next two belong to it: none, the next, or, where that is "and", both."""
        if right.folded == VAV:
            if after.terms and self._compounds.joins_pair(left.folded, after.folded):
                return self._read(f"{left.folded}{ZWNJ}{VAV}{ZWNJ}{after.folded}"), 2
        elif self._compounds.joins(left.folded, right.folded):
            return self._read(f"{left.folded}{ZWNJ}{right.folded}"), 1
        return left, 0

    def _read(self, folded: str) -> Word:
        compounds = self._compounds
        return Word(folded, compounds.terms(folded), compounds.bonds_after(folded), compounds.bonds_before(folded))


def _fold_token(raw: str) -> str:
    """A raw token folded, a number in plain digits, or '' for what makes no term."""
    if is_barrier(raw):
        return ""
    number = plain_number(raw)
    if number is not None:
        return number
    return fold(raw.replace(".", ""))


@lru_cache(maxsize=1)
def default_analyzer() -> PersianAnalyzer:
    """One analyzer over the default lexicon, shared so that its memory of words is too."""
    return PersianAnalyzer()
