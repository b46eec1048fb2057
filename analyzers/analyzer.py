"""The Persian analyzer: text in, terms with their positions and true offsets out.

The steps, and why in this order:

1. *Cut* the raw text into tokens (`tokens`). Nothing is rewritten before, so offsets are the article's own.
2. *Fold* each token's letters (`normalizer`). Everything after works on one spelling of each letter.
3. *Join* tokens that a space merely keeps apart (همکاری های, می شود, بین المللی): before lemmas, because a suffix
   that stands alone is no word (`compounds`).
4. *Read* each as a compound, as words run together, or as one word, and find the *lemma* (`compounds`, `stems`,
   `verbs`), all guarded by the lexicon.

Stopwords are kept: they count inside phrases, and a query decides later whether it needs them (`stopwords`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .compounds import Compounds, Term
from .lemmatizer import Lemmatizer
from .lexicon import Lexicon, default_lexicon
from .normalizer import ALEF, VAV, ZWNJ, fold, fold_plain, join_parts
from .person_names import PersonNames
from .tokenizer import RAW_TOKEN, is_barrier, plain_number

ANALYZER_VERSION = 3
"""Goes up whenever some text gives other terms than before; an index remembers the version that made it."""

JOINED_AT_MOST = 4
"""Tokens a word may be spread over; longer chains of spaced parts are not words."""

LONGEST_REMEMBERED = 64
"""Letters of a chunk, which is what stands between two spaces; longer ones hardly ever come again."""

_WORDS_REMEMBERED = 1 << 18
_CHUNKS_REMEMBERED = 1 << 18


class Token(NamedTuple):
    """A term where it stands: ``text[start:end]`` is the whole word, ``position`` counts words from 0."""

    term: Term
    position: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Word:
    """A distinct word of the texts seen so far: its folded letters, its terms, and what it may be joined with.

    ``head`` is how it begins a listed compound, ``tails`` are how it may end one (see `Compounds.are_apart`).
    """

    folded: str
    terms: tuple[Term, ...]
    bonds_after: int
    bonds_before: int
    head: str = ""
    tails: tuple[str, ...] = ()


_Placed = tuple[Word, int, int]  # a word, where it starts and where it ends
_Chunk = tuple[_Placed, ...]  # the words between two spaces, with their places there


BARRIER = Word("", (), 0, 0)
"""What punctuation comes to: no terms, and nothing is joined with it."""


class _Chunks(dict[str, _Chunk]):
    """What stands between two spaces to its words. It is cut when it is first asked for."""

    def __init__(self, word: Callable[[str], Word]) -> None:
        super().__init__()
        self._word = word

    def __missing__(self, raw: str) -> _Chunk:
        chunk = tuple((self._word(match[0]), *match.span()) for match in RAW_TOKEN.finditer(raw))
        if len(raw) <= LONGEST_REMEMBERED:
            if len(self) == _CHUNKS_REMEMBERED:
                self.clear()
            self[raw] = chunk
        return chunk


class PersianAnalyzer:
    """Turns text into tokens. What a word comes to is remembered, so the second sight of it costs a look-up.

    No token reaches over a space, so what is remembered is the whole of what stands between two spaces.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or default_lexicon()
        self._compounds = Compounds(Lemmatizer(self._lexicon))
        self.person_names: PersonNames = PersonNames(self._lexicon)
        self._word = lru_cache(maxsize=_WORDS_REMEMBERED)(self.read)
        self._chunks = _Chunks(self._word)
        self._joined = lru_cache(maxsize=_WORDS_REMEMBERED)(self.joined)
        self._is_prepared = False

    @property
    def lexicon(self) -> Lexicon:
        """The words it knows."""
        return self._lexicon

    def prepare(self) -> None:
        """Makes ready for many texts, once, at the cost of some memory and a fifth of a second."""
        if not self._is_prepared:
            self._lexicon.load()
            self._compounds.prepare()
            self._is_prepared = True

    def tokens(self, text: str) -> Iterator[Token]:
        """Yields the tokens of a text, in order.

        >>> [(t.term.lemma, t.position) for t in PersianAnalyzer().tokens("همکاری های دانشگاهها")]
        [('همکاری', 0), ('دانشگاه', 1)]
        """
        position, new = 0, tuple.__new__  # which makes a token in half the time that its class takes
        for word, start, end in self._join(self._placed(text)):
            for term in word.terms:
                yield new(Token, (term, position, start, end))
                position += 1

    def joined(self, left: str, right: str, after: str) -> tuple[Word, int]:
        """Joins a folded word with those that follow it, and says how many it takes where only spaces part them.

        That is none, the next, or, where the next is "and", both; when it is none, the word is a barrier.
        """
        if right == VAV:
            if after and self._compounds.joins_pair(left, after):
                return self._whole(f"{left}{ZWNJ}{VAV}{ZWNJ}{after}", after), 2
        elif self._compounds.joins(left, right):
            return self._whole(f"{left}{ZWNJ}{right}", right), 1
        return BARRIER, 0

    def are_apart(self, bonds: int, left: Word, right: Word) -> bool:
        """See `Compounds.are_apart`."""
        return self._compounds.are_apart(bonds, left.head, right.tails)

    def _whole(self, folded: str, last: str) -> Word:
        """Words that were joined; what may be joined with them is a matter of the last of them."""
        return Word(folded, self._compounds.terms(folded), 0, 0, "" if ZWNJ in last else join_parts(folded))

    def _placed(self, text: str) -> list[_Placed]:
        """The words of a text, one by one."""
        words: list[_Placed] = []
        at, chunks = 0, self._chunks
        for raw in text.split():
            if text[at] != raw[0]:
                at = text.index(raw, at)
            for word, start, end in chunks[raw]:
                words.append((word, at + start, at + end))
            at += len(raw) + 1
        return words

    def _join(self, words: list[_Placed]) -> Iterator[_Placed]:
        """Joins the words that only a space keeps apart."""
        place, last = 0, len(words)
        while place < last:
            held, start, end = words[place]
            bonds, size = held.bonds_after, 1
            place += 1
            while place < last and bonds & words[place][0].bonds_before and size < JOINED_AT_MOST:
                right = words[place][0].folded
                after = words[place + 1][0].folded if right == VAV and place + 1 < last else ""
                whole, taken = self._joined(held.folded, right, after)
                if not taken:
                    break
                held, place, size = whole, place + taken, size + 1
                bonds, end = words[place - 1][0].bonds_after, words[place - 1][2]
            if held.terms:
                yield held, start, end

    def read(self, raw: str) -> Word:
        """Reads one raw token, whether it was met before or not."""
        return self.read_folded(fold_token(raw))

    def read_folded(self, folded: str) -> Word:
        """Reads what `fold_token` makes of a raw token."""
        if not folded:
            return BARRIER
        word = self._compounds.with_madda(folded) if folded[0] == ALEF else folded
        terms, (after, before) = self._compounds.terms(word), self._compounds.bonds(word)
        return Word(word, terms, after, before, *self._compounds.sides(word, after, before))


def fold_token(raw: str) -> str:
    """Returns a raw token folded, a number in plain digits, or '' for what makes no term."""
    if plain := fold_plain(raw):  # as nearly all are
        return plain
    if is_barrier(raw):
        return ""
    number = plain_number(raw)
    if number is not None:
        return number
    return fold(raw.replace(".", ""))


@lru_cache(maxsize=1)
def default_analyzer() -> PersianAnalyzer:
    """Returns one analyzer over the default lexicon, shared so that its memory of words is too."""
    return PersianAnalyzer()
