"""Feeds a session with lines: those typed at the prompt, those of a plain terminal, or those piped in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from ..config import DEFAULTS, Settings
from ..output.paint import is_terminal
from .opening import Opening
from .paging import page_through
from .session import Session

if TYPE_CHECKING:
    from ..engine import Searcher

PROMPT = "khabarjoo> "


def converse(
    open_searcher: Callable[[], Searcher],
    piped: Iterable[str] | None = None,
    *,
    settings: Settings = DEFAULTS,
    limit: int | None = None,
    index: str = "",
) -> None:
    """Answers lines until they end: those piped, or those typed at a prompt when ``piped`` is None.

    ``index`` is how the reader knows the index. Raises what opening it raises.
    """
    language = settings.language_of_messages()
    opening = Opening(open_searcher, language)
    pager = partial(page_through, language=language) if piped is None else None
    session = Session(opening.searcher, sys.stdout, settings=settings, limit=limit, pager=pager)
    with closing(opening):
        if piped is not None:
            opening.searcher()
            _answer_all(session, piped, is_typed=False)
        elif is_terminal(sys.stdin) and os.environ.get("TERM", "dumb") != "dumb":
            from .prompt import typed_lines

            _answer_all(session, typed_lines(session, opening, PROMPT, index), is_typed=True)
        else:
            session.say("greeting")
            opening.searcher()
            _answer_all(session, _plain_lines(), is_typed=True)


def _answer_all(session: Session, lines: Iterable[str], *, is_typed: bool) -> None:
    for line in lines:
        try:
            session.answer(line)
        except KeyboardInterrupt:
            if not is_typed:
                raise
            session.say("interrupted")
        sys.stdout.flush()  # whoever pipes lines in may wait for the answer to each
        if session.done:
            return


def _plain_lines() -> Iterator[str]:
    """Lines typed at a terminal that can do nothing but show them: its own editing, no colours."""
    while True:
        try:
            sys.stderr.write(PROMPT)
            sys.stderr.flush()
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            sys.stderr.write("\n")
            continue
        if not line:
            sys.stderr.write("\n")
            return
        yield line
