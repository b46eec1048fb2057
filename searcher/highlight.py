"""Finds what of an article a query matched: the words wanted, how often each occurs, their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import groupby
from typing import NamedTuple

from khabarjoo.analyzers.analyzer import JOINED_AT_MOST, PersianAnalyzer, Token, fold_token
from khabarjoo.analyzers.compounds import Term
from khabarjoo.analyzers.normalizer import join_parts
from khabarjoo.analyzers.tokenizer import LONGEST_TOKEN, RAW_TOKEN
from khabarjoo.analyzers.value_object import lasting_value

from .query.plan import Exact, Fuzzy, Leaf, Near, Node, Pattern, Word, sought

LONGEST_READ = 1_000_000
"""Letters of a text that is read for words to mark, some fifty times as many as a long article has."""

_ANY_LETTER = r"[^\n]"
_REMEMBERED = 1 << 16  # words


class TextMatch(NamedTuple):
    """A word that matched: by what, a lemma that was asked for or its own form, and where it stands."""

    by: str
    start: int
    end: int


class TextMatches(NamedTuple):
    """The words of a text that matched, in order: where each starts and ends, and by what it matched.

    They are all there are when they are ``complete``.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    by: Sequence[str]
    complete: bool = True

    def each(self) -> Iterator[TextMatch]:
        """Returns the matches one after another."""
        return map(TextMatch, self.by, self.starts, self.ends)


NO_MATCHES = TextMatches((), (), ())


@lasting_value
class Wanted:
    """The words to mark: those with some lemmas, in some forms, or that patterns fit or that are like some form."""

    lemmas: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()
    similar: tuple[Fuzzy, ...] = ()
    _known: dict[Term, str] = field(default_factory=dict, repr=False, compare=False)

    def matches(self, text: str, analyzer: PersianAnalyzer) -> TextMatches:
        """Returns every word of a text that is to be marked, found by reading it as far as `LONGEST_READ`."""
        beginning = _beginning(text)
        words = tokens_apart(beginning, analyzer.tokens(beginning))
        matches = [(start, end, by) for term, start, end in words if (by := self._remembered(term))]
        starts, ends, bys = zip(*matches, strict=True) if matches else ((), (), ())
        return TextMatches(starts, ends, bys, complete=len(beginning) == len(text))

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
    """Returns what is to be marked for a plan."""
    leaves = list(leaves_of(root))
    return Wanted(
        frozenset(leaf.lemma for leaf in leaves if isinstance(leaf, Word)),
        frozenset(leaf.form for leaf in leaves if isinstance(leaf, Exact)),
        tuple(expression(leaf.pattern) for leaf in leaves if isinstance(leaf, Pattern) and _may_fit(leaf.pattern)),
        tuple(leaf for leaf in leaves if isinstance(leaf, Fuzzy)),
    )


def expression(pattern: str) -> re.Pattern[str]:
    """Returns a pattern as an expression without backtracking: between two stars what comes first is taken."""
    first, *rest = (re.escape(part).replace(r"\?", _ANY_LETTER) for part in re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first)
    middle = "".join(f"(?>{_ANY_LETTER}*?{part})" for part in rest[:-1])
    return re.compile(f"{first}{middle}{_ANY_LETTER}*{rest[-1]}")


def _may_fit(pattern: str) -> bool:
    """Whether a pattern is no longer than the longest words are."""
    return len(pattern) - pattern.count("*") <= JOINED_AT_MOST * LONGEST_TOKEN


def _beginning(text: str) -> str:
    """The text, or as much of it as is read: up to the last space there."""
    if len(text) <= LONGEST_READ:
        return text
    return text[: max(text.rfind(" ", 0, LONGEST_READ), 0) or LONGEST_READ]


def tokens_apart(text: str, tokens: Iterable[Token]) -> Iterator[tuple[Term, int, int]]:
    """Yields each term with its place; of several in one word that is written apart, each with its own part of that."""
    for (start, end), group in groupby(tokens, key=lambda token: (token.start, token.end)):
        terms = [token.term for token in group]
        parts = list(RAW_TOKEN.finditer(text, start, end)) if len(terms) > 1 else []
        owners = [part for part in parts for _ in join_parts(fold_token(part[0]))] if len(parts) > 1 else []
        if len(owners) != sum(len(term.form) for term in terms):
            yield from ((term, start, end) for term in terms)
            continue
        at = 0
        for term in terms:
            own = owners[at : at + len(term.form)]
            at += len(own)
            yield term, own[0].start(), own[-1].end()


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Yields the leaves that articles are to match; not those they must not."""
    for leaf in sought(node):
        match leaf:
            case Word() | Exact() | Pattern() | Fuzzy():
                yield leaf
            case Near(parts):
                yield from parts
