"""Finds what of an article a query matched: the words wanted, how often each occurs, their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import Found, PersianAnalyzer, Token
from khabarjoo.analyzers.compounds import Term
from khabarjoo.analyzers.normalizer import ALEF, ALEF_MADDA, fold
from khabarjoo.index.packed_texts import CHARACTERS, one_byte_each

from .query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Fuzzy,
    Leaf,
    Match,
    Near,
    Node,
    Pattern,
    Word,
)

FormCounts = Mapping[str, int]
"""Forms by their letters, and how often each is there."""


class FieldCounts(NamedTuple):
    """The forms that match in each of an article's texts."""

    title: FormCounts
    lead: FormCounts
    body: FormCounts


# A word is its letters, whatever was typed between them (ZWNJ, a space, marks), and most letters fold to one. So of a
# text only the letters are taken, folded, a byte each; a word is looked for among them as bytes are among bytes.


_NO_LETTER = b"\0"
_IS_LETTER = b"\0".ljust(256, b"\1")


class Lettering:
    """The letters of one text."""

    def __init__(self, text: str) -> None:
        self._codes = one_byte_each(text).translate(_folded()) + _NO_LETTER
        self._letters = self._codes.translate(None, _NO_LETTER)
        (self._places,) = np.frombuffer(self._codes.translate(_IS_LETTER), np.bool_).nonzero()

    def find(self, form: str, *, alone: bool) -> Iterator[tuple[int, int]]:
        """Where in the text the letters of a form begin and end; if ``alone``, only where no letter is beside them."""
        codes, letters, place, wanted = self._codes, self._letters, self._places.item, _letters_of(form)
        size = len(wanted)
        at = letters.find(wanted) if size else -1
        while at >= 0:
            start, end = place(at), place(at + size - 1) + 1
            if not (alone and (codes[start - 1] or codes[end])):  # before the first is the last, which is no letter
                yield start, end
            at = letters.find(wanted, at + 1)


@lru_cache(maxsize=1 << 10)
def _letters_of(form: str) -> bytes:
    return one_byte_each(form).translate(_folded()).translate(None, _NO_LETTER)


@lru_cache(maxsize=1)
def _folded() -> bytes:
    """For each byte of the one-byte code that of the letter it is read as, or `_NO_LETTER`."""
    folded = (fold(char).replace(ALEF_MADDA, ALEF) for char in CHARACTERS)
    return b"".join(one_byte_each(char) if len(char) == 1 and char.isalnum() else _NO_LETTER for char in folded)


LONGEST_READ = 1_000_000
"""Letters of a text that is read for words to mark, some fifty times as many as a long article has."""

_ANY_LETTER = r"[^\n]"
_FORMS = 50  # that are looked for one by one
_LETTERS = 30  # of a text for each word that is looked for
_SHORT = 600  # letters of a text in which it does not matter
_REMEMBERED = 1 << 16  # words


class TextMatch(NamedTuple):
    """A word that matched: by what, and where it stands."""

    by: str
    start: int
    end: int


@dataclass(frozen=True)
class Wanted:
    """The words to mark: those with some lemmas, in some forms, or that patterns fit or that are like some form."""

    lemmas: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()
    similar: tuple[Fuzzy, ...] = ()
    _known: dict[Term, str] = field(default_factory=dict, repr=False, compare=False)

    def matches(self, text: str, analyzer: PersianAnalyzer, forms: FormCounts | None = None) -> list[TextMatch]:
        """Every word of a text that is to be marked.

        Of a text that is longer than `LONGEST_READ`, those after so many letters may be missing.

        Where it is known what forms these have and how often each is there, they are looked for by their letters; the
        whole text is read only if they are not all found so.
        """
        if forms is not None and _are_few(forms, text):
            for places in _guesses(text, forms):
                found = self._matches(analyzer.words_at(text, places))
                if len(found) == sum(forms.values()):
                    return found
        return self._matches(analyzer.tokens(_beginning(text)))

    def _matches(self, words: Iterable[Token | Found]) -> list[TextMatch]:
        return [TextMatch(by, word.start, word.end) for word in words if (by := self._remembered(word.term))]

    def _remembered(self, term: Term) -> str:
        """By what a word is to be marked, '' if it is not; of each worked out once."""
        by = self._known.get(term)
        if by is None:
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            by = self._known[term] = self._by(term)
        return by

    def _by(self, term: Term) -> str:
        if term.lemma in self.lemmas or not self.lemmas.isdisjoint(term.parts):
            return self._lemma(term)
        form = term.form
        if form in self.forms or any(pattern.fullmatch(form) for pattern in self.patterns) or self._is_similar(form):
            return form
        return ""

    def _lemma(self, term: Term) -> str:
        return term.lemma if term.lemma in self.lemmas else next(part for part in term.parts if part in self.lemmas)

    def _is_similar(self, form: str) -> bool:
        if not self.similar:
            return False
        from rapidfuzz.distance import Levenshtein  # late, as few queries ask for likeness

        return any(
            Levenshtein.distance(form, node.form, score_cutoff=node.distance) <= node.distance for node in self.similar
        )


def wanted(root: Node) -> Wanted:
    """What is to be marked for a plan."""
    leaves = list(leaves_of(root))
    return Wanted(
        frozenset(leaf.lemma for leaf in leaves if isinstance(leaf, Word)),
        frozenset(leaf.form for leaf in leaves if isinstance(leaf, Exact)),
        tuple(expression(leaf.pattern) for leaf in leaves if isinstance(leaf, Pattern)),
        tuple(leaf for leaf in leaves if isinstance(leaf, Fuzzy)),
    )


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression without backtracking: what stands between two stars is taken where it comes first."""
    first, *rest = (re.escape(part).replace(r"\?", _ANY_LETTER) for part in re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first)
    middle = "".join(f"(?>{_ANY_LETTER}*?{part})" for part in rest[:-1])
    return re.compile(f"{first}{middle}{_ANY_LETTER}*{rest[-1]}")


def _beginning(text: str) -> str:
    """The text, or as much of it as is read: up to the last space there."""
    if len(text) <= LONGEST_READ:
        return text
    return text[: max(text.rfind(" ", 0, LONGEST_READ), 0) or LONGEST_READ]


def _are_few(forms: FormCounts, text: str) -> bool:
    """Whether it is less work to look for each form, and to read what stands there, than to read the whole text."""
    return len(forms) <= _FORMS and sum(forms.values()) * _LETTERS <= max(len(text), _SHORT)


def _guesses(text: str, forms: FormCounts) -> Iterator[list[tuple[int, int]]]:
    """Where words of some forms may be in a text: where their letters stand alone, then where they stand at all."""
    if not forms:
        yield []
        return
    letters = Lettering(text)
    for alone in (True, False):
        yield sorted({place for form in forms for place in letters.find(form, alone=alone)})


def leaves_of(node: Node) -> Iterator[Leaf]:
    """The leaves that articles are to match; not those they must not."""
    match node:
        case Word() | Exact() | Pattern() | Fuzzy():
            yield node
        case Near(parts) | Match(parts) | AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Boosting(required, optional):
            yield from leaves_of(required)
            yield from leaves_of(optional)
        case Exclude(kept, _):
            yield from leaves_of(kept)
        case _:
            return
