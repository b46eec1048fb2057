"""Plans as queries of OpenSearch: what matches, and a score that brings the best articles to the front.

Words are scored as in an index in a folder. What asks how words stand is scored nearly so, which is enough to choose
the articles that are then read closely. Boosts carry how rare a leaf is: see `server_idf`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any, TypeAlias

from khabarjoo.analyzers.dates import Span
from khabarjoo.index.opensearch.document_speech import speaker_term
from khabarjoo.index.opensearch.documents import term_of
from khabarjoo.index.opensearch.mapping import FIELDS, IS_FORM, SAID

from ..local.match import PARTS_OF_A_PHRASE
from ..local.ranking import SCALE, whole
from ..query.plan import (
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
    Near,
    Node,
    Pattern,
    Said,
    Terms,
    Word,
    sought,
)

Query: TypeAlias = dict[str, Any]
Worth: TypeAlias = Callable[[Leaf | Near], float]
"""What an impact of 1 of a leaf counts."""

_FORMS = 200  # that a pattern fits, the commonest, are scored; all of them match
_CONSTANT = {"rewrite": "constant_score"}
_FURTHER = 0.05  # of what words together score in further fields counts: about what more of them add to an impact
_EXPANSIONS = 1024  # forms that a pattern may stand for where it is near others; the server's limit
_PERMUTED = 5  # parts whose orders are all asked for: 120


def matching(node: Node) -> Query:
    """Returns the query that matches what a node does, for what counts and does not score."""
    return {"bool": {"filter": [_query(node, _unweighed)]}}


def complete(node: Node) -> Query:
    """Returns the query that matches what has all plain words of a node."""
    match node:
        case Match(parts) | AllOf(parts) if parts:
            return {"bool": {"filter": [complete(part) for part in parts]}}
        case Boosting(required, optional):
            return {"bool": {"filter": [complete(required), complete(optional)]}}
        case Exclude(kept, barred):
            return {"bool": {"filter": [complete(kept)], "must_not": [matching(barred)]}}
        case _:
            return matching(node)


def scoring(node: Node, worth: Worth) -> Query:
    """Returns the query that matches what a node does, and scores it."""
    return _query(node, worth)


def scoring_complete(node: Node, worth: Worth) -> Query:
    """Returns the same for what has all plain words of a node alone."""
    return {"bool": {"must": [scoring(node, worth)], "filter": [complete(node)]}}


def filtered(query: Query, filters: Filters) -> Query:
    """Returns the query for those articles alone that pass filters, whose names are those that articles have."""
    conditions = [_named(field, names) for field, names in _names_of(filters) if names]
    if filters.published:
        conditions.append(_within(filters.published))
    return {"bool": {"must": [query], "filter": conditions}} if conditions else query


def leaves(node: Node) -> Iterator[Leaf | Near]:
    """Yields the leaves of a node that give a score."""
    return (leaf for leaf in sought(node) if isinstance(leaf, Word | Exact | Pattern | Fuzzy | Near))


def _names_of(filters: Filters) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from (("source", filters.sources), ("category", filters.categories), ("tag", filters.tags))


def _unweighed(leaf: Leaf | Near) -> float:
    return 1.0


def _boost(leaf: Leaf | Near, worth: Worth) -> float:
    return whole(worth(leaf)) / SCALE


def _query(node: Node, worth: Worth) -> Query:
    match node:
        case Word(field=""):
            return {"term": {"lemmas": {"value": term_of(node.lemma), "boost": _boost(node, worth)}}}
        case Word() | Exact() | Pattern() | Fuzzy():
            return _occurring(node, node.field or "lemmas", _boost(node, worth))
        case Near(parts=()) | Match(parts=()) | AnyOf(parts=()) | AllOf(parts=()) | Said(speakers=()) | MatchNone():
            return {"match_none": {}}
        case Near(parts):
            boost = _boost(node, worth)
            together = [_near(node, field, boost) for field in _fields(parts[0])]
            return together[0] if len(together) == 1 else {"dis_max": {"queries": together, "tie_breaker": _FURTHER}}
        case Match(parts) | AnyOf(parts):
            return _any([_query(part, worth) for part in parts])
        case AllOf(parts):
            return {"bool": {"must": [_query(part, worth) for part in parts]}}
        case Boosting(required, optional):
            return {"bool": {"must": [_query(required, worth)], "should": [_query(optional, worth)]}}
        case Exclude(kept, barred):
            return {"bool": {"must": [_query(kept, worth)], "must_not": [_query(barred, _unweighed)]}}
        case Said():
            return {"bool": {"filter": [_said(node)]}}
        case Terms(field, names):
            return {"bool": {"filter": [_named(field, names)]}}
        case DateRange(span):
            return {"bool": {"filter": [_within(span)]}}
        case MatchAll():
            return {"bool": {"filter": [{"match_all": {}}]}}


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _fields(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.field,) if leaf.field else FIELDS


def _occurring(leaf: Leaf, field: str, boost: float) -> Query:
    """A leaf in one field."""
    match leaf:
        case Word():
            return {"term": {field: {"value": term_of(leaf.lemma), "boost": boost}}}
        case Exact():
            return {"term": {field: {"value": IS_FORM + term_of(leaf.form), "boost": boost}}}
        case Pattern():
            pattern = {"value": _wildcard(leaf.pattern)}
            best = {**pattern, "boost": boost, "rewrite": f"top_terms_{_FORMS}"}
            fitting = {"wildcard": {field: pattern | _CONSTANT}}
            return {"bool": {"filter": [fitting], "should": [{"wildcard": {field: best}}]}}
        case Fuzzy():
            like = {**_likeness(leaf), "value": IS_FORM + term_of(leaf.form), "max_expansions": _EXPANSIONS}
            best = {**like, "boost": boost, "rewrite": f"top_terms_{_FORMS}"}
            return {"bool": {"filter": [{"fuzzy": {field: like | _CONSTANT}}], "should": [{"fuzzy": {field: best}}]}}


def _likeness(leaf: Fuzzy) -> Query:
    """How like a form must be; its sign is no letter of it, and two letters swapped are two changed."""
    return {"fuzziness": leaf.distance, "prefix_length": 1, "transpositions": False}


def _wildcard(pattern: str) -> str:
    return IS_FORM + pattern.replace("\\", "\\\\")


def _near(node: Near, field: str, boost: float) -> Query:
    """Words together in one field."""
    parts = node.parts[:PARTS_OF_A_PHRASE]
    if len(parts) == 1:
        return _occurring(parts[0], field, boost)
    words = [_term(part) for part in parts]
    if node.ordered and not node.slop and None not in words:
        # The similarity is asked once a term of a phrase, and what it says is added up.
        phrase = {"query": " ".join(map(str, words)), "analyzer": "spaces", "boost": boost / len(words)}
        return {"match_phrase": {field: phrase}}
    return {"intervals": {field: {**_together(node, list(map(_interval, parts))), "boost": boost}}}


def _together(node: Near, parts: list[Query]) -> Query:
    """Parts close together. Without an order, in any of theirs: the server's own way with three and more keeps the
    first two together, and does not find the third between them.
    """
    if node.ordered:
        return _all_of(node, parts, ordered=True)
    if len(parts) > _PERMUTED:
        return _all_of(node, parts, mode="unordered_no_overlap")
    orders = [_all_of(node, list(order), ordered=True) for order in permutations(parts)]
    return {"any_of": {"intervals": orders}}


def _all_of(node: Near, parts: list[Query], **how: Any) -> Query:
    return {"all_of": {**how, "max_gaps": node.slop, "intervals": parts}}


def _said(said: Said) -> Query:
    """A statement by one of some speakers, from a sign to the next end, with all parts in it."""
    signs = [True, False] if said.perhaps else [True]
    terms = list(dict.fromkeys(speaker_term(name, is_shown=shown) for name in said.speakers for shown in signs))
    if not said.parts:
        return {"terms": {"said": terms}}
    ends = _match(SAID)
    statements = [{"all_of": {"ordered": True, "intervals": [_match(term), ends]}} for term in terms]
    found: Query = {"any_of": {"intervals": statements}}
    for part in said.parts:
        found = {"any_of": {"intervals": [found], "filter": {"containing": _part(part)}}}
    return {"intervals": {"said": found}}


def _part(part: Leaf | Near) -> Query:
    """A word, or words together, of a statement."""
    if not isinstance(part, Near):
        return _interval(part)
    parts = list(map(_interval, part.parts[:PARTS_OF_A_PHRASE]))
    return parts[0] if len(parts) == 1 else _together(part, parts)


def _match(term: str | None) -> Query:
    return {"match": {"query": term, "analyzer": "spaces"}}


def _term(leaf: Leaf) -> str | None:
    """The one term that a leaf stands for; None where it stands for several."""
    match leaf:
        case Word():
            return term_of(leaf.lemma)
        case Exact():
            return IS_FORM + term_of(leaf.form)
        case _:
            return None


def _interval(leaf: Leaf) -> Query:
    match leaf:
        case Pattern():
            return {"wildcard": {"pattern": _wildcard(leaf.pattern), "max_expansions": _EXPANSIONS}}
        case Fuzzy():
            return {"fuzzy": {"term": IS_FORM + term_of(leaf.form), **_likeness(leaf)}}
        case _:
            return _match(_term(leaf))


def _named(field: str, names: tuple[str, ...]) -> Query:
    return {"terms": {field: list(names)}}


def _within(span: Span) -> Query:
    bounds: Query = {}
    if span.start is not None:
        bounds["gte"] = int(span.start.timestamp())
    if span.end is not None:
        bounds["lt"] = int(span.end.timestamp())
    return {"range": {"published": bounds}} if bounds else {"exists": {"field": "published"}}
