"""What a search gives back: a page of hits, each with its snippet when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, overload


class Piece(NamedTuple):
    """A stretch of the article's own text; ``match`` when it is a word the query matched."""

    text: str
    match: bool


class Suggestion(NamedTuple):
    """A better query: what to ask instead, whether that was done, and why it was thought of."""

    query: str
    applied: bool
    reason: str


@dataclass(frozen=True)
class Hit:
    """One article found. ``score`` has no unit: it only orders the hits of one page. ``rank`` counts from 1.

    ``published`` is an aware moment in UTC, or None.
    """

    rank: int
    id: str
    score: float
    title: str
    published: datetime | None
    source: str
    category: str
    tags: tuple[str, ...]
    url: str
    code: str
    _make_snippet: Callable[[], list[Piece]] = field(repr=False, compare=False)
    _mark_title: Callable[[], list[Piece]] = field(repr=False, compare=False)

    @cached_property
    def snippet(self) -> list[Piece]:
        """The sentences of the article that answer the query best, with the words that matched."""
        return self._make_snippet()

    @cached_property
    def marked_title(self) -> list[Piece]:
        """The title, with the words that matched."""
        return self._mark_title()


@dataclass(frozen=True)
class Page(Sequence[Hit]):
    """The hits asked for, in order, and how many there are in all.

    ``total`` counts the articles with any of the query's words, ``total_all`` those with all of them.
    ``took_ms`` is the time the search took, in milliseconds. ``offset`` is how many hits come before this page.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    total_all: int
    took_ms: float
    offset: int = 0
    suggestion: Suggestion | None = None

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)
