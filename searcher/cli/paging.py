"""Shows what is longer than the terminal through a pager: that of ``$PAGER``, else our own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from ..bidi.terminals import Layout
from ..output.styles import Gathering, is_interactive, paint_paragraph, screen_of, screen_size

if TYPE_CHECKING:
    from ..config import Settings
    from ..terminal_safety import Sink

_VARIABLES = ("KHABARJOO_PAGER", "PAGER")  # the first that is set counts, as with git's and man's own
_NO_PAGERS = ("", "cat")
_CANNOT_RUN = (126, 127)  # what sh says of a command that is none
# What a pager is told unless it has been told already: colours are none of its business, nor is the direction of text.
_FOR_PAGERS = {"LESS": "FRX", "LV": "-c", "LESSUTFCHARDEF": "200b-200f:c,202a-202e:c,2066-2069:c"}


def write_paged(write: Callable[[Sink], None], settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
    """Writes to standard output; on a terminal that has fewer rows than that takes, through a pager."""
    if not is_interactive(sys.stdout):
        write(sys.stdout)
        return
    command = pager_of(environment)
    if command is None:
        from ..shell.pager import page_through  # late, as it needs the keys of a terminal

        page_through(write, sys.stdout, settings=settings)
    elif command in _NO_PAGERS or not _page_with(command, write, settings, environment):
        write(sys.stdout)


def pager_of(environment: Mapping[str, str]) -> str | None:
    """Returns the command of the reader's pager; None where none is named, and ours is meant.

    >>> pager_of({"PAGER": "less"}), pager_of({"PAGER": "less", "KHABARJOO_PAGER": "cat"}), pager_of({})
    ('less', 'cat', None)
    """
    return next((environment[name].strip() for name in _VARIABLES if name in environment), None)


def _page_with(command: str, write: Callable[[Sink], None], settings: Settings, environment: Mapping[str, str]) -> bool:
    """Gives a pager what takes more rows than there are; whether it was shown by one."""
    gathered = Gathering(sys.stdout)
    write(gathered)
    screen = screen_of(sys.stdout, settings)
    if screen.layout is Layout.MARKED:  # by sequences that pagers show as text
        screen = screen._replace(layout=Layout.GUESSED)
    rows = [row for paragraph in gathered.paragraphs for row in paint_paragraph(paragraph, screen)]
    if len(rows) < screen_size()[1]:
        return False
    sys.stdout.flush()
    told = {**_FOR_PAGERS, **environment}
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=told) as pager:  # as git runs it
        assert pager.stdin is not None
        with suppress(BrokenPipeError, KeyboardInterrupt):  # it was left before all of it was read
            pager.stdin.write("".join(rows).encode("utf-8", "backslashreplace"))
        with suppress(BrokenPipeError):
            pager.stdin.close()
        return _ended(pager) not in _CANNOT_RUN


def _ended(pager: subprocess.Popen[bytes]) -> int:
    """How a pager ended; Ctrl-C is the pager's, which goes on with another thing than what it did."""
    while True:
        with suppress(KeyboardInterrupt):
            return pager.wait()
