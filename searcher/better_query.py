"""What to ask where a query finds nothing: the same read more loosely, or with its wrong words corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .query.loosen import loosened
from .results import Suggestion

if TYPE_CHECKING:
    from .engine import Answer, Engine
    from .query.plan import Plan

    Ask = Callable[[str], tuple[Plan, Answer]]


def better_query(
    engine: Engine, text: str, plan: Plan, ask: Ask
) -> tuple[Suggestion | None, tuple[Plan, Answer] | None]:
    """Returns what to ask instead, and what that finds, if it was asked: when hardly anything else can be meant.

    ``ask`` answers another query as the first one was to be answered. Phrases that no article has are read as words
    near each other, then as words; what finds nothing even so is corrected.
    """
    loose: tuple[str, ...] = ()
    for looser, reason in loosened(text):
        plan, answer = ask(looser)
        if answer.total:
            return Suggestion(looser, True, reason), (plan, answer)
        text, loose = looser, (reason,)  # the loosest is corrected
    correction = engine.correct(text, plan, 0)
    if correction is None:
        return None, None
    reason = ", ".join((*loose, correction.reason))
    found = ask(correction.query) if correction.is_certain else None
    is_applied = found is not None and found[1].total > 0
    return Suggestion(correction.query, is_applied, reason), found if is_applied else None
