"""Concordances: every place where a query's words stand, with what stands around them, sorted by what follows.

Researchers read usage off them (KWIC, "key word in context"). Which words match is for `snippets.Marking` to say; here
neighbours that matched are put together, a phrase is held to be one, and lines are put in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from khabarjoo.analyzers.normalizer import fold

from .query.plan import Exact, Exclude, Near, Word
from .query_limits import Partial

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from .engine import Engine
    from .highlight import TextMatch
    from .query.plan import Node, Plan
    from .snippets import Part

By = Literal["following", "preceding", "article"]
"""What lines are sorted by: the words after the match, those before it, or the articles as they rank."""

_CONTEXT = 120  # characters on either side, at most
_BETWEEN = re.compile("[\\s\u200c]*")
_LINE_END = re.compile(r"[\r\n]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


class Place(NamedTuple):
    """One line: a match, what stands before and after it in its paragraph, and the article it is in.

    ``start`` is where the match begins in that part of the article, in characters. ``published`` is in Tehran's time.
    """

    id: str
    source: str
    published: datetime | None
    part: Part
    start: int
    before: str
    match: str
    after: str


class Concordance(NamedTuple):
    """The lines of a query: ``places`` are those asked for, ``total`` counts them all.

    ``articles`` were read, the best first, of ``found`` that match.
    """

    query: str
    places: tuple[Place, ...]
    total: int
    articles: int
    found: int
    partial: Partial | None = None

    def to_dicts(self) -> list[dict[str, object]]:
        """Returns the lines as dicts, for a table of any kind."""
        return [place._asdict() for place in self.places]


def concordance_of(engine: Engine, plan: Plan, text: str, *, by: By, limit: int, articles: int) -> Concordance:
    """Reads the best articles of a plan, and gives the first lines in an order. Raises ValueError for another order."""
    answer = engine.search(plan, articles)
    marking = engine.marking(plan.root)
    places: list[Place] = []
    for found in answer.hits:
        article = engine.read(found)
        places += places_in(article, marking.parts(article, found), plan.root)
    chosen = tuple(in_order(places, by)[:limit])
    return Concordance(text, chosen, len(places), len(answer.hits), answer.total, answer.partial)


def places_in(article: Article, matches: Iterable[tuple[Part, list[TextMatch]]], root: Node) -> Iterator[Place]:
    """Yields the lines of one article, in their order; ``matches`` are the words that matched in its parts."""
    texts = {"title": article.title, "lead": article.lead, "body": article.body}
    phrase = phrase_of(root)
    for part, found in matches:
        text = texts[part]
        for start, end in runs(text, found, phrase):
            before = _LINE_END.split(text[max(0, start - _CONTEXT) : start])[-1]
            after = _LINE_END.split(text[end : end + _CONTEXT])[0]
            if len(before) == _CONTEXT:
                before = before.partition(" ")[2]
            if len(after) == _CONTEXT:
                after = after.rpartition(" ")[0]
            yield Place(
                article.id,
                article.source,
                article.published,
                part,
                start,
                before.strip(),
                text[start:end],
                after.strip(),
            )


def in_order(places: Sequence[Place], by: By) -> list[Place]:
    """Returns the lines sorted; equal ones stay as they are. Raises ValueError for another order."""
    if by == "article":
        return list(places)
    if by == "following":
        return sorted(places, key=lambda place: (letters_in_order(place.after), letters_in_order(place.before)))
    if by == "preceding":
        backwards = {id(place): " ".join(reversed(_NO_LETTERS.sub(" ", place.before).split())) for place in places}
        return sorted(places, key=lambda place: (letters_in_order(backwards[id(place)]), letters_in_order(place.after)))
    raise ValueError(f"by must be one of following, preceding, article, not {by!r}")


def letters_in_order(text: str) -> tuple[int, ...]:
    """Returns what puts texts in the order of the Persian alphabet; signs, ZWNJ and spelling do not count.

    Unicode has پ چ ژ ک گ ی after all others.

    >>> sorted(["گاو", "زمین", "«چادر»", "نور", "پدر"], key=letters_in_order)
    ['پدر', '«چادر»', 'زمین', 'گاو', 'نور']
    """
    ranks = _ranks()
    words = " ".join(map(fold, _NO_LETTERS.sub(" ", text.replace("\u200c", "")).split()))
    return tuple(ranks.get(letter, ord(letter) + len(ranks)) for letter in words)


@cache
def _ranks() -> dict[str, int]:
    return {letter: rank for rank, letter in enumerate(" " + _ALPHABET)}


def phrase_of(root: Node) -> tuple[frozenset[str], ...]:
    """Returns what the words of a phrase may be marked by, in order; nothing of any other query."""
    if isinstance(root, Exclude):
        root = root.kept
    if not (isinstance(root, Near) and root.ordered and not root.slop):
        return ()
    names = [
        frozenset((part.lemma,)) if isinstance(part, Word) else frozenset((part.form,))
        for part in root.parts
        if isinstance(part, Word | Exact)
    ]
    return tuple(names) if len(names) == len(root.parts) else ()


def runs(text: str, matches: list[TextMatch], phrase: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yields where words that matched stand side by side; of a phrase only where all of it does."""
    run: list[TextMatch] = []
    for match in matches:
        if run and not _BETWEEN.fullmatch(text, run[-1].end, match.start):
            yield from _kept(run, phrase)
            run = []
        run.append(match)
    yield from _kept(run, phrase)


def _kept(run: list[TextMatch], phrase: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    if not phrase:
        if run:
            yield run[0].start, run[-1].end
        return
    at = 0
    while at + len(phrase) <= len(run):
        part = run[at : at + len(phrase)]
        if all(match.by in names for match, names in zip(part, phrase, strict=True)):
            yield part[0].start, part[-1].end
            at += len(phrase)
        else:
            at += 1
