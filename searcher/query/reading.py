"""Reading a query: from text to plan."""

from __future__ import annotations

import re

from analyzers.chain import PersianAnalyzer

from .grammar import parse
from .names import NEAR_WORDS, OPERATORS
from .plan import Plan
from .planner import make_plan
from .question import Question, Words

# Letters, digits and spaces, and no word that may join others: nothing the grammar could see anything in.
_MAY_JOIN = "|".join(map(re.escape, (*OPERATORS, "یا", "نه", *NEAR_WORDS)))
_PLAIN = re.compile(rf"(?!.*\b(?:{_MAY_JOIN})\b)[^\W_](?:[^\W_]|[ \u200c])*", re.IGNORECASE)
_LONGEST_PLAIN = 500


def read_query(text: str, analyzer: PersianAnalyzer) -> Plan:
    """The plan of a query in the query language; any text has one."""
    is_plain = len(text) <= _LONGEST_PLAIN and _PLAIN.fullmatch(text)
    return make_plan(Question(Words(text)) if is_plain else parse(text), analyzer)
