"""From what was asked to what is to be matched: a syntax tree to a plan.

Plain words beside each other form a bag, which ranks. What is marked beside them - a phrase, a word in a field, in its
very letters or with a plus, a group with operators - must be in an article; the plain words then only rank, as on the
web. Names and dates narrow whatever is found, and find nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product
from math import prod
from typing import cast

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.value_object import value

from .leaves import LeafMaker, name_of, names_in
from .lexer import BOOSTS
from .notes import Note
from .plain_words import merge_words
from .plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
    Exact,
    Exclude,
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
    Said,
    Terms,
    TextField,
    Word,
)
from .query_dates import read_span
from .syntax import (
    Asked,
    Barred,
    Boosted,
    Both,
    Close,
    Either,
    Field,
    Hashtag,
    InField,
    Phrase,
    Question,
    Required,
    Similar,
    Together,
    Wildcard,
    Words,
)

_TEXT_FIELDS = ("title", "lead", "body")
_MOST_CHOICES = 50  # ways in which the alternatives that NEAR joins can be combined

_Part = Words | Phrase | Wildcard | Similar | Hashtag


def make_plan(question: Question, analyzer: PersianAnalyzer, now: datetime | None = None) -> Plan:
    """Returns the plan of a question, with its notes and those of planning. Relative dates count from ``now``.

    >>> from khabarjoo.analyzers.analyzer import default_analyzer
    >>> from .parser import parse
    >>> make_plan(parse("=همکاری"), default_analyzer()).root
    Exact(form='همکاری', boost=1.0, field='')
    """
    planner = _Planner(analyzer, now)
    root = planner.plain(question.root)
    notes = (*question.notes, *dict.fromkeys(planner.notes))
    return Plan(root or MatchNone(), notes=notes if root or notes else (Note("nothing"),))


@value
class _Scope:
    """What the parts within a field or a boosted group take from it."""

    field: Field | None = None
    boost: float = 1.0

    @property
    def text_field(self) -> TextField:
        return cast(TextField, self.field) if self.field in _TEXT_FIELDS else ""

    @property
    def is_filter(self) -> bool:
        return self.field is not None and self.field not in _TEXT_FIELDS

    def boosted(self, factor: float) -> _Scope:
        least, most = BOOSTS
        return replace(self, boost=min(max(self.boost * factor, least), most))


class _Planner:
    def __init__(self, analyzer: PersianAnalyzer, now: datetime | None) -> None:
        self._leaves = LeafMaker(analyzer)
        self._now = now
        self.notes: list[Note] = []

    def plain(self, asked: Asked | None) -> Node | None:
        """Returns the node of a whole query."""
        if isinstance(asked, Phrase | Both):  # which nothing stands beside
            return self._node(asked, _Scope())
        parts = asked.parts if isinstance(asked, Together) else (asked,) if asked else ()
        return self._together(parts, _Scope())

    def _node(self, asked: Asked, scope: _Scope) -> Node | None:
        """What matches a part; None if there is nothing in it to match."""
        match asked:
            case InField():
                return self._node(asked.part, replace(scope, field=asked.field))
            case Boosted():
                return self._node(asked.part, scope.boosted(asked.factor))
            case Required():
                return self._node(asked.part, scope)
            case Barred():
                barred = self._node(asked.part, scope)
                return _bar(barred) if barred else None
            case Together():
                return self._together(asked.parts, scope)
            case Both():
                return _all_of(self._nodes(asked.parts, scope))
            case Either():
                return _any_of(self._nodes(asked.parts, scope))
            case Close():
                return self._close(asked, scope)
            case _:
                return self._filter(asked, scope) if scope.is_filter else self._text(asked, scope)

    def _nodes(self, parts: Iterable[Asked], scope: _Scope) -> list[Node]:
        return [node for part in parts if (node := self._node(part, scope)) is not None]

    # -- parts beside each other -------------------------------------------------------------------------------

    def _together(self, parts: Sequence[Asked], scope: _Scope) -> Node | None:
        if scope.is_filter:
            return self._choice(parts, scope)
        plain: list[Node] = []
        required: list[Node] = []
        filters: list[Node] = []
        barred: list[Node] = []
        for part in parts:
            if isinstance(part, Barred):
                barred += self._nodes([part.part], scope)
            elif _is_plain(part):
                plain += self._optional(part, scope)
            elif (node := self._node(part, scope)) is not None:
                (filters if _is_filter(node) else required).append(node)
        optional = _bag(plain, alone=not required)
        core = _all_of(required)
        if core and optional:
            core = Boosting(core, optional)
        wanted = [node for node in (core or optional, *filters, *map(_bar, barred)) if node is not None]
        return _all_of(wanted)

    def _optional(self, part: Asked, scope: _Scope) -> list[Node]:
        """The parts of a bag that a plain part comes to."""
        if isinstance(part, Boosted):
            return self._optional(part.part, scope.boosted(part.factor))
        if isinstance(part, Words):
            return list(self._leaves.words(part.text, scope.text_field, scope.boost))
        node = self._node(part, scope)
        return list(node.parts) if isinstance(node, Match) else [node] if node else []

    def _choice(self, parts: Sequence[Asked], scope: _Scope) -> Node | None:
        """Names or dates beside each other: any of them, since an article has one."""
        wanted = [part for part in parts if not isinstance(part, Barred)]
        barred = [part for part in parts if isinstance(part, Barred)]
        any_wanted = _any_of(self._nodes(wanted, scope))
        return _all_of([*([any_wanted] if any_wanted else []), *self._nodes(barred, scope)])

    # -- single parts ------------------------------------------------------------------------------------------

    def _text(self, part: _Part, scope: _Scope) -> Node | None:
        field, boost = scope.text_field, scope.boost
        match part:
            case Words():
                words = self._leaves.words(part.text, field, boost)
                if len(part.text.split()) > 1:
                    return _bag(words)
                return _near(words, boost)
            case Phrase():
                leaves = self._leaves.phrase(part.text, field, exact=part.exact)
                if part.distance is None:
                    return _near(leaves, boost)
                return _near(leaves, boost, slop=part.distance, ordered=False)
            case Similar():
                return _near(self._leaves.similar(part.text, part.distance, field), boost)
            case Hashtag():
                return _near(self._leaves.phrase(part.text, field), boost)
            case Wildcard():
                if self._leaves.is_question(part.text):
                    return _bag(self._leaves.words(part.text, field, boost))
                leaves = self._leaves.pattern(part.text, field)
                if not leaves:
                    self.notes.append(Note("letters", part.text))
                return _near(leaves, boost)

    def _filter(self, part: _Part, scope: _Scope) -> Node | None:
        if scope.field == "speaker":
            speakers = names_in(part.text) if isinstance(part, Words) else name_of(part.text)
            return Said(speakers) if speakers else None
        if scope.field != "date":
            is_list = isinstance(part, Words) and scope.field != "code"
            names = names_in(part.text) if is_list else name_of(part.text)
            return Terms(cast(NameField, scope.field), names) if names else None
        try:
            return DateRange(read_span(part.text, self._now))
        except ValueError as error:
            self.notes.append(Note("date", part.text, str(error)))
            return self._text(part, _Scope(boost=scope.boost))

    # -- NEAR --------------------------------------------------------------------------------------------------

    def _close(self, asked: Close, scope: _Scope) -> Node | None:
        """Parts near each other, in every combination of their alternatives."""
        if scope.is_filter:
            return self._choice(asked.parts, scope)
        nodes = self._nodes(asked.parts, scope)
        choices = [_choices(node) for node in nodes]
        for node_choices, part in zip(choices, asked.parts, strict=False):
            if not node_choices:
                from .describe import describe_asked

                self.notes.append(Note("near", describe_asked(part)))
                return _all_of(nodes)
        if prod(map(len, choices)) > _MOST_CHOICES:
            self.notes.append(Note("choices", str(_MOST_CHOICES)))
            return _all_of(nodes)
        return _any_of([_near_each(combination, asked.distance, scope.boost) for combination in product(*choices)])


def _is_plain(part: Asked) -> bool:
    """Whether a part only ranks."""
    return isinstance(part.part if isinstance(part, Boosted) else part, Words | Wildcard | Similar | Hashtag)


def _is_filter(node: Node) -> bool:
    """Whether a node gives no score, and so can only narrow."""
    match node:
        case AllOf() | AnyOf():
            return all(map(_is_filter, node.parts))
        case Exclude():
            return _is_filter(node.kept)
        case _:
            return isinstance(node, Terms | DateRange | Said | MatchAll)


def _bar(node: Node) -> Node:
    """Every article but those that match a node."""
    return node.barred if isinstance(node, Exclude) and node.kept == MatchAll() else Exclude(MatchAll(), node)


def _bag(parts: Sequence[Node], *, alone: bool = True) -> Node | None:
    """A bag of parts, each lemma once; its stopwords are left out unless it is alone and there is nothing else."""
    others = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Word)))
    words = merge_words((part for part in parts if isinstance(part, Word)), alone=alone and not others)
    return _joined((*words, *others), Match)


def _all_of(parts: Iterable[Node]) -> Node | None:
    """What matches all parts, those that only bar gathered at the end; None of no parts."""
    kept: list[Node] = []
    barred: list[Node] = []
    for part in parts:
        if isinstance(part, Exclude):
            barred.append(part.barred)
            part = part.kept
        kept += part.parts if isinstance(part, AllOf) else [part]
    wanted = _joined([node for node in kept if not isinstance(node, MatchAll)], AllOf)
    excluded = _any_of(barred)
    if excluded is None:
        return wanted or (MatchAll() if kept else None)
    return Exclude(wanted or MatchAll(), excluded)


def _any_of(parts: Iterable[Node]) -> Node | None:
    """What matches any of the parts, with the names of one field gathered; None of no parts."""
    flat: list[Node] = []
    for part in parts:
        for node in part.parts if isinstance(part, AnyOf) else (part,):
            last = flat[-1] if flat else None
            if isinstance(node, Terms) and isinstance(last, Terms) and node.field == last.field:
                flat[-1] = Terms(node.field, tuple(dict.fromkeys((*last.names, *node.names))))
            else:
                flat.append(node)
    return _joined(flat, AnyOf)


def _joined(parts: Iterable[Node], join: type[Match] | type[AllOf] | type[AnyOf]) -> Node | None:
    distinct = tuple(parts)
    if len(distinct) > 1:
        distinct = tuple(dict.fromkeys(distinct))
    return distinct[0] if len(distinct) == 1 else join(distinct) if distinct else None


def _near(leaves: Sequence[Leaf], boost: float, *, slop: int = 0, ordered: bool = True) -> Node | None:
    """Leaves close together; one alone is itself."""
    if len(leaves) == 1:
        return leaves[0] if leaves[0].boost == boost else replace(leaves[0], boost=boost)
    alone = (replace(leaf, after="") if isinstance(leaf, Word) and leaf.after else leaf for leaf in leaves)
    plain = tuple(leaf if leaf.boost == 1 else replace(leaf, boost=1.0) for leaf in alone)
    return Near(plain, slop, ordered, boost) if plain else None


def _choices(node: Node) -> list[tuple[Leaf, ...]]:
    """The alternatives of which NEAR takes one: leaves, or the leaves of a phrase. None when it is something else."""
    match node:
        case Word() | Exact() | Pattern() | Fuzzy():
            return [(node,)]
        case Near(slop=0, ordered=True):
            return [node.parts]
        case Match() | AnyOf():
            choices = [_choices(part) for part in node.parts]
            return [leaves for each in choices for leaves in each] if all(choices) else []
        case _:
            return []


def _near_each(combination: Sequence[tuple[Leaf, ...]], distance: int, boost: float) -> Node:
    """Leaves close together; those of a phrase must also stand as one."""
    near = _near([leaf for leaves in combination for leaf in leaves], boost, slop=distance, ordered=False)
    phrases = [Near(leaves) for leaves in combination if len(leaves) > 1]
    node = _all_of([near, *phrases] if near else phrases)
    assert node is not None
    return node
