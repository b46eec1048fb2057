"""What of an article is to be marked for a query: the words its plan matched, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.chain import PersianAnalyzer
from analyzers.compounds import Term

from .matches import expression
from .query.plan import AllOf, AnyOf, Bag, Fuzzy, Leaf, Letters, Near, Node, Pattern, Preferring, Without, Word


class Match(NamedTuple):
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

    def matches(self, text: str, analyzer: PersianAnalyzer) -> list[Match]:
        """Every word of a text that is to be marked."""
        if not (self.forms or self.patterns or self.similar):
            return [Match(self._lemma(term), start, end) for term, start, end in analyzer.find(text, self.lemmas)]
        every = ((self._by(token.term), token) for token in analyzer.tokens(text))
        return [Match(by, token.start, token.end) for by, token in every if by]

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
        frozenset(leaf.form for leaf in leaves if isinstance(leaf, Letters)),
        tuple(expression(leaf.pattern) for leaf in leaves if isinstance(leaf, Pattern)),
        tuple(leaf for leaf in leaves if isinstance(leaf, Fuzzy)),
    )


def leaves_of(node: Node) -> Iterator[Leaf]:
    """The leaves that articles are to match; not those they must not."""
    match node:
        case Word() | Letters() | Pattern() | Fuzzy():
            yield node
        case Near(parts) | Bag(parts) | AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Preferring(required, optional):
            yield from leaves_of(required)
            yield from leaves_of(optional)
        case Without(kept, _):
            yield from leaves_of(kept)
        case _:
            return
