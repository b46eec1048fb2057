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
from typing import NamedTuple

from .chars import ZWNJ, fold
from .compounds import Compounds, Term
from .lexicon import Lexicon, default_lexicon
from .stems import Lemmatizer
from .tokens import RAW_TOKEN, is_barrier, plain_number

ANALYZER_VERSION = 1
"""Goes up whenever some text gives other terms than before; an index remembers the version that made it."""

_JOINED_AT_MOST = 4  # tokens: longer chains of spaced parts are not words


class Token(NamedTuple):
    """A term where it stands: ``text[start:end]`` is the whole word, ``position`` counts words from 0."""

    term: Term
    position: int
    start: int
    end: int


class PersianAnalyzer:
    """Turns text into tokens. Analysis of a word is remembered, so the second sight of it costs a look-up."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._compounds = Compounds(Lemmatizer(lexicon or default_lexicon()))
        self._folded = lru_cache(maxsize=1 << 18)(_fold_token)

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order.

        >>> [(t.term.lemma, t.position) for t in PersianAnalyzer().tokens("همکاری های دانشگاهها")]
        [('همکاری', 0), ('دانشگاه', 1)]
        """
        position = 0
        for folded, start, end in self._words(text):
            for term in self._compounds.terms(folded):
                yield Token(term, position, start, end)
                position += 1

    def _words(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Folded words with their offsets, those that only a space kept apart joined by ZWNJ."""
        held: tuple[str, int, int] | None = None
        joined = 0
        for match in RAW_TOKEN.finditer(text):
            folded = self._folded(match.group())
            if held is not None:
                if folded and joined < _JOINED_AT_MOST and self._compounds.joins(held[0], folded):
                    held = (f"{held[0]}{ZWNJ}{folded}", held[1], match.end())
                    joined += 1
                    continue
                yield held
            held = (folded, match.start(), match.end()) if folded else None
            joined = 1
        if held is not None:
            yield held


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
