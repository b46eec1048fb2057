"""What of an article is to be marked for a query: the words its plan matched, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.chain import Found, PersianAnalyzer, Token
from analyzers.compounds import Term

from .letters import Lettering
from .matches import expression
from .occurrences import FormCounts
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

    def matches(self, text: str, analyzer: PersianAnalyzer, forms: FormCounts | None = None) -> list[Match]:
        """Every word of a text that is to be marked.

        Where it is known what forms these have and how often each is there, they are looked for by their letters; the
        whole text is read only if they are not all found so.
        """
        if forms is not None:
            for places in _guesses(text, forms):
                found = self._matches(analyzer.words_at(text, places))
                if len(found) == sum(forms.values()):
                    return found
        return self._matches(analyzer.tokens(text))

    def _matches(self, words: Iterable[Token | Found]) -> list[Match]:
        return [Match(by, word.start, word.end) for word in words if (by := self._by(word.term))]

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
