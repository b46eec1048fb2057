"""What was asked: a query as a syntax tree, before any word of it is analysed.

The tree keeps words as they were typed. `planner` turns it into a plan, `describe` back into a query.
"""

from __future__ import annotations

from typing import Literal

from khabarjoo.analyzers.value_object import value

from .notes import Note

Field = Literal["title", "lead", "body", "source", "category", "tag", "code", "date", "speaker"]


@value
class Words:
    """Plain words, as they were typed, with what stands between them."""

    text: str


@value
class Phrase:
    """Words one after another or, with a ``distance``, with at most so many others between them, in any order.

    ``exact`` asks for their very letters.
    """

    text: str
    distance: int | None = None
    exact: bool = False


@value
class Wildcard:
    """A word with ``*`` for any letters and ``?`` or ``؟`` for one."""

    text: str


@value
class Similar:
    """A word with at most ``distance`` letters otherwise."""

    text: str
    distance: int = 1


@value
class Hashtag:
    """A hashtag of several words, as it was typed: #دهه_فجر."""

    text: str


@value
class InField:
    """A part that has to stand in a field of the article."""

    field: Field
    part: Asked


@value
class Boosted:
    """A part that counts so many times as much."""

    part: Asked
    factor: float


@value
class Required:
    """A part that articles must have."""

    part: Asked


@value
class Barred:
    """A part that articles must not have."""

    part: Asked


@value
class Close:
    """Parts with at most ``distance`` other words between them."""

    parts: tuple[Asked, ...]
    distance: int


@value
class Together:
    """Parts beside each other, with no operator between them."""

    parts: tuple[Asked, ...]


@value
class Both:
    """Parts joined by AND."""

    parts: tuple[Asked, ...]


@value
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


@value
class Question:
    """A query as it was read: ``root`` is None when nothing was asked."""

    root: Asked | None
    notes: tuple[Note, ...] = ()
