"""Which articles a leaf of a plan matches, and how often: found by going through their words, for tests."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Leaf, Near, Pattern, Word

FIELDS = ("title", "lead", "body")
_LONGEST = 1 << 20  # words of an article

Term = tuple[str, str, tuple[str, ...]]
"""A lemma, a form, and the lemmas of its parts."""


class PlainArticles:
    """The words of some articles, as the analyzer gives them. Articles are numbered in the order given."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.words: list[list[Term]] = []
        self.bounds: list[list[int]] = []
        """Where title, lead and body start in an article, and where it ends."""
        self.places: dict[Term, array[int]] = defaultdict(lambda: array("Q"))
        self._by_lemma: dict[str, list[Term]] = defaultdict(list)
        for number, article in enumerate(articles):
            texts = [[token.term[:3] for token in default_analyzer().tokens(getattr(article, f))] for f in FIELDS]
            self.words.append([term for text in texts for term in text])
            self.bounds.append([sum(map(len, texts[:field])) for field in range(len(FIELDS) + 1)])
            for position, term in enumerate(self.words[-1]):
                self.places[term].append(number * _LONGEST + position)
        for term in self.places:
            for lemma in {term[0], *term[2]}:
                self._by_lemma[lemma].append(term)

    def positions(self, terms: Sequence[Term]) -> dict[int, list[int]]:
        """Where some terms stand in each article that has any of them."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in sorted(place for term in terms for place in self.places[term]):
            found[place // _LONGEST].append(place % _LONGEST)
        return found

    def terms(self, leaf: Leaf) -> Sequence[Term]:
        """The terms that a leaf stands for."""
        fits: Callable[[str], object]
        match leaf:
            case Word(lemma):
                return self._by_lemma.get(lemma, ())
            case Exact(form):
                fits = form.__eq__
            case Pattern(pattern):
                signs = {"*": ".*", "?": "."}
                fits = re.compile("".join(signs.get(sign, re.escape(sign)) for sign in pattern), re.DOTALL).fullmatch
            case Fuzzy(form, distance):
                fits = lambda other: _is_like(form, other, distance)  # noqa: E731
        forms = {form for form in {term[1] for term in self.places} if fits(form)}
        return [term for term in self.places if term[1] in forms]

    def times(self, leaf: Leaf | Near) -> dict[int, int]:
        """How often a leaf matches in each article that it matches."""
        parts = leaf.parts if isinstance(leaf, Near) else (leaf,)
        near = leaf if isinstance(leaf, Near) else Near(parts)
        positions = [self.positions(self.terms(part)) for part in parts]
        times: Counter[int] = Counter()
        for number in set.intersection(*map(set, positions)) if parts else ():
            for first, last in self._fields(number, parts[0].field):
                places = [[at for at in part[number] if first <= at < last] for part in positions]
                times[number] += sum(_begins(start, places, near) for start in set().union(*places))
        return {number: count for number, count in times.items() if count}

    def _fields(self, number: int, name: str) -> Iterator[tuple[int, int]]:
        bounds = self.bounds[number]
        return ((bounds[f], bounds[f + 1]) for f in range(len(FIELDS)) if name in ("", FIELDS[f]))


def _begins(start: int, places: Sequence[list[int]], near: Near) -> bool:
    """Whether a word begins a stretch in which all parts have a word of their own, in order or in any."""
    end = start + len(places) + near.slop
    return any(_in_order(order, start, end) for order in ([places] if near.ordered else permutations(places)))


def _in_order(places: Sequence[list[int]], start: int, end: int) -> bool:
    at = start
    for part in places[1:]:
        at = min((place for place in part if at < place < end), default=end)
    return start in places[0] and at < end


def _is_like(one: str, other: str, distance: int) -> bool:
    """Whether at most so many letters left out, put in or changed make one word of the other."""
    if one == other or abs(len(one) - len(other)) > distance or not distance:
        return one == other
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    pairs = ((one[1:], other), (one, other[1:]), (one[1:], other[1:]))
    return any(_is_like(*pair, distance - 1) for pair in pairs)
