"""Feeds a session with lines: those typed at the prompt, those of a plain terminal, or those piped in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from ..config import DEFAULTS, Settings
from ..output.styles import is_interactive, is_terminal, screen_size
from .index_loader import IndexLoader
from .session import Session

if TYPE_CHECKING:
    from ..searcher import Searcher

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
    opening = IndexLoader(open_searcher, language)
    is_watched = piped is None and is_interactive(sys.stdout)
    session = Session(
        opening.searcher,
        sys.stdout,
        settings=settings,
        limit=limit,
        pager=partial(_page_through, settings=settings) if piped is None else None,
        reopen=opening.reload,
        rows=(lambda: screen_size()[1]) if is_watched else None,
    )
    with closing(opening):
        if piped is not None:
            opening.searcher()
            _answer_piped(session, piped)
        elif is_terminal(sys.stdin) and os.environ.get("TERM", "dumb") != "dumb":
            from .prompt import Prompt

            asking = Prompt(session, opening, PROMPT, index)
            session.say("greeting")
            _answer_typed(session, asking.ask)
        else:
            session.say("greeting")
            opening.searcher()
            _answer_typed(session, _plain_line)


def _page_through(*given: Any, **options: Any) -> str:
    from .pager import page_through  # late, as there is a prompt first

    return page_through(*given, **options)


def _answer_piped(session: Session, lines: Iterable[str]) -> None:
    for line in lines:
        session.answer(line)
        sys.stdout.flush()  # whoever pipes lines in may wait for the answer to each
        if session.done:
            return


def _answer_typed(session: Session, ask: Callable[[], str | None]) -> None:
    """Answers lines until there are no more. Ctrl-C, whenever it comes, leaves what is being done and no more."""
    while not session.done:
        try:
            line = ask()
            if line is None:
                return
            session.answer(line)
            sys.stdout.flush()
        except KeyboardInterrupt:
            with suppress(KeyboardInterrupt):
                session.say("interrupted")


def _plain_line() -> str | None:
    """A line typed at a terminal that can do nothing but show it: its own editing, no colours."""
    try:
        sys.stderr.write(PROMPT)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = "\n"
        sys.stderr.write(line)
    if not line:
        sys.stderr.write("\n")
    return line or None
