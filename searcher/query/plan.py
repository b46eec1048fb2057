"""A plan: what is to be matched, in the index's own terms, apart from who asked and from which engine will do it.

A plan is a small tree. Its leaves match articles by a word; its branches combine them. Every node matches a set of
articles and gives each a score; filters match and give nothing. Words are analysed already (`analyzers.analyzer`): an
engine needs no Persian to carry a plan out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from khabarjoo.analyzers.values import value

if TYPE_CHECKING:
    from khabarjoo.analyzers.dates import Span

    from .notes import Note

TextField = Literal["", "title", "lead", "body"]
"""Where a word has to stand; '' is anywhere."""

NameField = Literal["source", "category", "tag", "code"]


@value
class Word:
    """A word in any of its forms, by its lemma. ``forms`` are those asked for; an article that has one is better."""

    lemma: str
    forms: tuple[str, ...]
    boost: float = 1.0
    field: TextField = ""


@value
class Exact:
    """A word in this very form (folded letters, without ZWNJ), and in no other."""

    form: str
    boost: float = 1.0
    field: TextField = ""


@value
class Pattern:
    """Every form that a pattern fits: ``*`` stands for any letters or none, ``?`` for one."""

    pattern: str
    boost: float = 1.0
    field: TextField = ""


@value
class Fuzzy:
    """Every form at most ``distance`` letters (left out, put in, or changed) from this one."""

    form: str
    distance: int = 1
    boost: float = 1.0
    field: TextField = ""


Leaf = Word | Exact | Pattern | Fuzzy


@value
class Near:
    """All parts close together: between the first and the last stand at most ``slop`` words that are no parts.

    With ``slop`` 0 and ``ordered`` it is a phrase. All parts stand in one field.
    """

    parts: tuple[Leaf, ...]
    slop: int = 0
    ordered: bool = True
    boost: float = 1.0


@value
class Match:
    """Plain words: articles with any of the parts, those with more of them first. All and any are counted."""

    parts: tuple[Node, ...]


@value
class AnyOf:
    """Articles that match any of the parts; their scores are added."""

    parts: tuple[Node, ...]


@value
class AllOf:
    """Articles that match all of the parts; their scores are added."""

    parts: tuple[Node, ...]


@value
class Boosting:
    """Articles that match ``required``; those that match ``optional`` too score more."""

    required: Node
    optional: Node


@value
class Exclude:
    """Articles that match ``kept`` and do not match ``barred``."""

    kept: Node
    barred: Node


@value
class Terms:
    """Articles whose outlet, category, tag or code is one of some names. Gives no score."""

    field: NameField
    names: tuple[str, ...]


@value
class DateRange:
    """Articles published within a span. Gives no score."""

    span: Span


@value
class MatchAll:
    """Every article. Gives no score."""


@value
class MatchNone:
    """No article at all: what an empty query comes to."""


Node = Leaf | Near | Match | AnyOf | AllOf | Boosting | Exclude | Terms | DateRange | MatchAll | MatchNone


@value
class Filters:
    """What articles must be besides matching: published within a span, from one of some outlets, and so on."""

    published: Span | None = None
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@value
class Plan:
    """What to match, the filters beside it, and notes of how the query was read where it could not be parsed."""

    root: Node
    filters: Filters = Filters()
    notes: tuple[Note, ...] = ()
