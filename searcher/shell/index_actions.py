"""Carries out the commands that change the index: the command line does the work, the shell opens it anew."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..output.messages import note
from ..output.styles import is_terminal
from ..terminal_safety import one_line
from .command_table import number_in
from .shell_messages import ShellError

if TYPE_CHECKING:
    from .session import Session

_YES = ("y", "yes", "ب", "بله", "آری")


def index(session: Session, typed: str) -> None:
    """Takes folders and files into the index, and lists again what was listed."""
    if not typed:
        raise ShellError(session.usage("index"))
    _run(session, "index", _paths(typed))


def remove(session: Session, typed: str) -> None:
    """Takes an article out of the index, told by the number of a hit or by its id; asks first, where somebody is."""
    if not typed:
        raise ShellError(session.usage("remove"))
    number = number_in(typed)
    if number is not None and session.shown:
        hit = session.hit(number)
        id, what = hit.id, f"«{one_line(hit.heading).strip()}» ({one_line(hit.id)})"
    else:
        id, what = typed, one_line(typed)
    if _is_answered() and not _is_meant(session, what):
        session.say("kept")
        return
    _run(session, "remove", [id], "--verbose")


def _run(session: Session, command: str, given: list[str], *options: str) -> None:
    """Runs a command of the command line on the index that is open, and opens what that made of it."""
    from ..cli.main import main

    path = session.searcher.path
    if not isinstance(path, Path):
        raise ShellError(session.words("one index", name=session.command(command).name(session.language)))
    sys.stdout.flush()
    main([command, "--index", str(path), *options, "--", *given])
    session.reopen()


def _paths(typed: str) -> list[str]:
    """The paths typed: the whole when there is such a file, else one after another, quoted as in a shell."""
    whole = Path(typed).expanduser()
    with suppress(OSError, ValueError):
        if whole.exists():
            return [str(whole)]
    try:
        return [str(Path(part).expanduser()) for part in shlex.split(typed)]
    except ValueError:  # a quotation mark without its pair
        return [str(whole)]


def _is_answered() -> bool:
    return sys.stdin.isatty() and is_terminal(sys.stderr)


def _is_meant(session: Session, what: str) -> bool:
    note(session.words("remove", what=what), session.settings)
    return sys.stdin.readline().strip().lower() in _YES
