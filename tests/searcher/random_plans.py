"""Plans at random, of every kind of node, over the words and names of some articles; for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from khabarjoo.analyzers.dates import Span
from khabarjoo.index.article import Article
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
    Exact,
    Exclude,
    Filters,
    Fuzzy,
    Leaf,
    Match,
    MatchAll,
    MatchNone,
    NameField,
    Near,
    Node,
    Pattern,
    Plan,
    Terms,
    TextField,
    Word,
)
from tests.searcher.plain_matching import Term

_FIELDS: tuple[TextField, ...] = ("", "", "", "title", "lead", "body")
_BOOSTS = (1.0, 1.0, 1.0, 2.0, 0.5, 0.01, 100.0)
_LETTERS = "ابتدرسشکمنوهی"


class RandomPlans:
    """Makes plans. ``shortest`` is how many letters a pattern or a word to be resembled has at least."""

    def __init__(self, rng: Random, terms: Sequence[Term], articles: Sequence[Article], shortest: int = 1) -> None:
        self._rng = rng
        self._terms = [term for term in terms if len(term[1]) < 30] or [("نیست", "نیست", ())]
        self._long = [term for term in self._terms if len(term[1]) >= shortest] or self._terms
        self._names: dict[NameField, list[str]] = {
            "source": sorted({article.source for article in articles} - {""}),
            "category": sorted({article.category for article in articles} - {""}),
            "tag": sorted({tag for article in articles for tag in article.tags}),
            "code": sorted({article.code for article in articles} - {""}),
        }
        self._moments = sorted(article.published for article in articles if article.published)

    def plan(self) -> Plan:
        """A plan: plain words as often as anything else, with filters now and then."""
        rng = self._rng
        root = self._words(rng.randrange(1, 8)) if rng.random() < 0.3 else self._node(rng.randrange(3))
        return Plan(root, self._filters() if rng.random() < 0.3 else Filters())

    def leaf(self, field: TextField = "") -> Leaf:
        """A leaf of any kind."""
        rng = self._rng
        lemma, form, parts = rng.choice(self._terms)
        _, long, _ = rng.choice(self._long)
        leaves: tuple[Leaf, ...] = (
            Word(rng.choice((lemma, *parts)), rng.choice(((form,), (), (form, long))), field=field),
            Word(lemma, (form,), field=field),
            Exact(form, field=field),
            Pattern(self._pattern(long), field=field),
            Fuzzy(self._misspelt(long), 1 if len(long) < 6 else rng.choice((1, 2)), field=field),
            Word("نیستی", ("نیستی",), field=field),
        )
        return rng.choices(leaves, (4, 4, 2, 2, 2, 0.3))[0]

    def near(self) -> Near:
        """Words that stand together in some article, or any."""
        rng = self._rng
        field = rng.choice(_FIELDS)
        parts = tuple(self.leaf(field) for _ in range(rng.choice((1, 2, 2, 2, 3, 4))))
        return Near(parts, rng.choice((0, 0, 1, 2, 5, 20)), rng.random() < 0.5)

    def _words(self, size: int) -> Node:
        words = list(dict.fromkeys(self._rng.choice(self._terms)[:2] for _ in range(size)))
        before = ["", *(lemma if self._rng.random() < 0.2 else "" for lemma, _ in words)]
        return Match(
            tuple(
                Word(lemma, (form,), self._rng.choice(_BOOSTS[:4]), after=after)
                for (lemma, form), after in zip(words, before, strict=False)
            )
        )

    def _node(self, depth: int) -> Node:
        rng = self._rng
        if not depth or rng.random() < 0.2:
            return self._end()
        parts = tuple(self._node(depth - 1) for _ in range(rng.choice((1, 2, 2, 3))))
        one, other = self._node(depth - 1), self._node(depth - 1)
        return rng.choice((Match(parts), AnyOf(parts), AllOf(parts), Boosting(one, other), Exclude(one, other)))

    def _end(self) -> Node:
        rng = self._rng
        boost = rng.choice(_BOOSTS)
        named: NameField = rng.choice([field for field, names in self._names.items() if names] or ["source"])
        ends: tuple[Node, ...] = (
            replace(self.leaf(rng.choice(_FIELDS)), boost=boost),
            replace(self.near(), boost=boost),
            self._words(3),
            Terms(named, self._some(named)),
            DateRange(self._span()),
            MatchAll(),
            MatchNone(),
            rng.choice((Match, AnyOf, AllOf))(()),
        )
        return rng.choices(ends, (6, 3, 2, 1, 0.5, 0.4, 0.1, 0.1))[0]

    def _some(self, field: NameField) -> tuple[str, ...]:
        known = self._names[field] or ["نیست"]
        names = self._rng.sample(known, min(len(known), self._rng.randrange(1, 3)))
        return tuple(name[: self._rng.choice((99, 99, 99, 3))] for name in names)

    def _span(self) -> Span:
        if not self._moments:
            return Span(None, None)
        start, end = sorted(self._rng.choices(self._moments, k=2))
        return Span(self._open(start), self._open(end + timedelta(seconds=self._rng.randrange(2))))

    def _open(self, moment: datetime) -> datetime | None:
        return None if self._rng.random() < 0.2 else moment

    def _filters(self) -> Filters:
        rng = self._rng
        sources, categories, tags = (
            self._some(field) if rng.random() < 0.4 else () for field in ("source", "category", "tag")
        )
        return Filters(self._span() if rng.random() < 0.4 else None, sources, categories, tags)

    def _pattern(self, form: str) -> str:
        rng = self._rng
        at = rng.randrange(len(form) + 1)
        end = rng.randrange(at, len(form) + 1)
        hole = rng.choice(("*", "*", "**", "?" * (end - at) or "*"))
        pattern = form[:at] + hole + form[end:]
        return rng.choice((pattern, pattern, pattern[:1] + pattern[1:].replace(form[-1], "*", 1) or "*"))

    def _misspelt(self, form: str) -> str:
        rng = self._rng
        at = rng.randrange(len(form))
        letter, before, after = rng.choice(_LETTERS), form[:at], form[at + 1 :]
        return rng.choice((form, before + after, before + letter + form[at:], before + letter + after))
