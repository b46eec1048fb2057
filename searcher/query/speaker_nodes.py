"""Speakers in plans: which words are to stand in the same statement, and which full names a name stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .plan import (
    AllOf,
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Fuzzy,
    Leaf,
    Match,
    MatchAll,
    Near,
    Node,
    Pattern,
    Said,
    Word,
    with_branches,
)

Stand = Callable[[tuple[str, ...]], tuple[str, ...]]
"""Gives the full names that some names stand for."""


def said_in(node: Node) -> Iterator[Said]:
    """Yields what a plan asks that somebody said; not what it bars."""
    match node:
        case Said():
            yield node
        case Match(parts) | AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from said_in(part)
        case Boosting(required, _):
            yield from said_in(required)
        case Exclude(kept, _):
            yield from said_in(kept)
        case _:
            return


def asks_speakers(node: Node) -> bool:
    """Returns whether a plan has to do with speakers at all."""
    match node:
        case Word():  # the first, as nearly all are words
            return False
        case Said():
            return True
        case Match(parts) | AnyOf(parts) | AllOf(parts):
            return any(map(asks_speakers, parts))
        case Boosting(required, optional):
            return asks_speakers(required) or asks_speakers(optional)
        case Exclude(kept, barred):
            return asks_speakers(kept) or asks_speakers(barred)
        case _:
            return False


def beside(root: Node, said: Said) -> Node:
    """Returns a plan of which articles must also have a statement."""
    return said if root == MatchAll() else AllOf((root, said))


def bound(node: Node, stand: Stand) -> Node:
    """Returns a plan whose speakers are full names, each with the words and phrases that stand beside it.

    Those must all be in one statement. What is barred, in a single field, or a choice is left to the whole article.
    """
    match node:
        case Said():
            return replace(node, speakers=stand(node.speakers))
        case AllOf(parts):
            words = tuple(dict.fromkeys(leaf for part in parts for leaf in _spoken(part)))
            return AllOf(tuple(_with_words(bound(part, stand), words) for part in parts))
        case Match():
            return node
        case _:
            return with_branches(node, lambda part: bound(part, stand))


def _with_words(node: Node, words: tuple[Leaf | Near, ...]) -> Node:
    return replace(node, parts=words) if isinstance(node, Said) and not node.parts else node


def _spoken(node: Node) -> Iterator[Leaf | Near]:
    """The words and phrases of a part of a query that may stand in a statement."""
    match node:
        case Word(field="") | Exact(field="") | Pattern(field="") | Fuzzy(field=""):
            yield replace(node, boost=1.0)
        case Near(parts) if parts and not parts[0].field:
            yield replace(node, boost=1.0)
        case Match(parts) | AllOf(parts):
            for part in parts:
                yield from _spoken(part)
        case Boosting(required, optional):
            yield from _spoken(required)
            yield from _spoken(optional)
        case Exclude(kept, _):
            yield from _spoken(kept)
        case _:
            return
