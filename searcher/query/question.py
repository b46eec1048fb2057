"""What was asked: a query as a syntax tree, before any word of it is analysed.

The tree keeps words as they were typed. `planner` turns it into a plan, `describe` back into a query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .notes import Note

Field = Literal["title", "lead", "body", "source", "category", "tag", "code", "date"]


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, as they were typed, with what stands between them."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another or, with a ``distance``, with at most so many others between them, in any order.

    ``exact`` asks for their very letters.
    """

    text: str
    distance: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with ``*`` for any letters and ``?`` or ``؟`` for one."""

    text: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A word with at most ``distance`` letters otherwise."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag of several words, as it was typed: #دهه_فجر."""

    text: str


@dataclass(frozen=True, slots=True)
class InField:
    """A part that has to stand in a field of the article."""

    field: Field
    part: Asked


@dataclass(frozen=True, slots=True)
class Boosted:
    """A part that counts so many times as much."""

    part: Asked
    factor: float


@dataclass(frozen=True, slots=True)
class Required:
    """A part that articles must have."""

    part: Asked


@dataclass(frozen=True, slots=True)
class Barred:
    """A part that articles must not have."""

    part: Asked


@dataclass(frozen=True, slots=True)
class Close:
    """Parts with at most ``distance`` other words between them."""

    parts: tuple[Asked, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Together:
    """Parts beside each other, with no operator between them."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Parts joined by AND."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts joined by OR."""

    parts: tuple[Asked, ...]


Asked = (
    Words
    | Phrase
    | Wildcard
    | Similar
    | Hashtag
    | InField
    | Boosted
    | Required
    | Barred
    | Close
    | Together
    | Both
    | Either
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was read: ``root`` is None when nothing was asked."""

    root: Asked | None
    notes: tuple[Note, ...] = ()
