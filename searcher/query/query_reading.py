"""Reading a query: from text to plan, by short ways for those that are plain, as nearly all are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.normalizer import ZWNJ

from .keywords import has_joiner
from .plain_words import plain_plan
from .plan import MatchAll, Plan

if TYPE_CHECKING:
    from .syntax import Question

_LONGEST = 500  # that is looked at whether it is plain

EVERYTHING = "*"
"""The query that every article answers."""


def read_query(text: str, analyzer: PersianAnalyzer) -> Plan:
    """Returns the plan of a query in the query language; any text has one. A bare ``*`` is every article."""
    if len(text) <= _LONGEST and _is_plain(text) and (plan := plain_plan(text, analyzer)):
        return plan
    if text.strip() == EVERYTHING:
        return Plan(MatchAll())
    simple_question, make_plan = _beyond_plain_words()
    question = simple_question(text)
    if question is None:
        from .parser import parse

        question = parse(text)
    return make_plan(question, analyzer)


@cache
def _beyond_plain_words() -> tuple[Callable[[str], Question | None], Callable[[Question, PersianAnalyzer], Plan]]:
    """What reads queries that are more than plain words, imported when the first is read."""
    from .planner import make_plan
    from .simple_questions import simple_question

    return simple_question, make_plan


def _is_plain(text: str) -> bool:
    """Tells whether a text is letters, digits and spaces, none of its words a joiner: nothing for the grammar to see.

    >>> _is_plain("باران ۱۴۰۲"), _is_plain("باران OR برف"), _is_plain("باران؟")
    (True, False, False)
    """
    words = text.replace(ZWNJ, " ")
    return words[:1] != " " and words.replace(" ", "").isalnum() and not has_joiner(words)
