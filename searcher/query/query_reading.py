"""Reading a query: from text to plan, by a short way for those that are nothing but words, as nearly all are."""

from __future__ import annotations

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.normalizer import ZWNJ

from .keywords import NEAR_WORDS, OPERATORS
from .plain_words import plain_plan
from .plan import MatchAll, Plan

_MAY_JOIN = frozenset(word.casefold() for word in (*OPERATORS, "یا", "نه", *NEAR_WORDS))
_LONGEST_PLAIN = 500

EVERYTHING = "*"
"""The query that every article answers."""


def read_query(text: str, analyzer: PersianAnalyzer) -> Plan:
    """Returns the plan of a query in the query language; any text has one. A bare ``*`` is every article."""
    if len(text) <= _LONGEST_PLAIN and _is_plain(text) and (plan := plain_plan(text, analyzer)):
        return plan
    if text.strip() == EVERYTHING:
        return Plan(MatchAll())
    from .parser import parse
    from .planner import make_plan

    return make_plan(parse(text), analyzer)


def _is_plain(text: str) -> bool:
    """Tells whether a text is letters, digits and spaces, none of its words a joiner: nothing for the grammar to see.

    >>> _is_plain("باران ۱۴۰۲"), _is_plain("باران OR برف"), _is_plain("باران؟")
    (True, False, False)
    """
    words = text.replace(ZWNJ, " ").split(" ")
    return bool(words[0]) and "".join(words).isalnum() and _MAY_JOIN.isdisjoint(map(str.casefold, words))
