"""Reading a query: from text to plan, by a short way for those that are nothing but words, as nearly all are."""

from __future__ import annotations

import re

from khabarjoo.analyzers.analyzer import PersianAnalyzer

from .keywords import NEAR_WORDS, OPERATORS
from .plain_words import plain_plan
from .plan import MatchAll, Plan

# Letters, digits and spaces, and no word that may be an operator among plain words: the grammar has nothing to see.
_MAY_JOIN = "|".join(map(re.escape, (*OPERATORS, "یا", "نه", *NEAR_WORDS)))
_PLAIN = re.compile(rf"(?!.*\b(?:{_MAY_JOIN})\b)[^\W_](?:[^\W_]|[ \u200c])*", re.IGNORECASE)
_LONGEST_PLAIN = 500

EVERYTHING = "*"
"""The query that every article answers."""


def read_query(text: str, analyzer: PersianAnalyzer) -> Plan:
    """Returns the plan of a query in the query language; any text has one. A bare ``*`` is every article."""
    if len(text) <= _LONGEST_PLAIN and _PLAIN.fullmatch(text) and (plan := plain_plan(text, analyzer)):
        return plan
    if text.strip() == EVERYTHING:
        return Plan(MatchAll())
    from .parser import parse
    from .planner import make_plan

    return make_plan(parse(text), analyzer)
