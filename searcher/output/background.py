"""Asks a terminal for the colour of its background (OSC 11), where it is one that is known to answer.

What does not answer in time would answer into the next command, so nobody else is asked. After the question comes one
that every terminal answers (DA1, "what are you?"): once that is answered there is nothing more to wait for.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from functools import lru_cache

_ANSWER = (
    ("XTERM_VERSION", ""),
    ("VTE_VERSION", ""),
    ("KITTY_WINDOW_ID", ""),
    ("ALACRITTY_WINDOW_ID", ""),
    ("KONSOLE_VERSION", ""),
    ("MLTERM", ""),
    ("WT_SESSION", ""),
    ("TERM", "xterm-kitty"),
    ("TERM", "alacritty"),
    ("TERM", "foot"),
    ("TERM", "mlterm"),
    ("TERM", "rxvt-unicode"),
    ("TERM", "xterm-ghostty"),
    ("TERM_PROGRAM", "iTerm.app"),
    ("TERM_PROGRAM", "Apple_Terminal"),
    ("TERM_PROGRAM", "WezTerm"),
    ("TERM_PROGRAM", "ghostty"),
    ("TERM_PROGRAM", "vscode"),
    ("TERM_PROGRAM", "mintty"),
)
"""Variables by which a terminal is known that answers at least the second question, and how they begin."""

_FAR_AWAY = ("SSH_CONNECTION", "SSH_TTY")  # an answer may take any time from there
_QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR = rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
_WHO_IT_IS = rb"\x1b\[\?[0-9;]*c"
_PATIENCE = 0.2  # seconds
_HALF = 0.5  # of the light of white
_SHARES = (0.299, 0.587, 0.114)  # of red, green and blue in what the eye takes for light (ITU-R BT.601)


def background_of_terminal(environment: Mapping[str, str]) -> str:
    """Returns ``light``, ``dark`` or, where the terminal is not asked or does not tell, ''."""
    if any(environment.get(name) for name in _FAR_AWAY):
        return ""
    if not any(environment.get(name, "").startswith(start) and environment.get(name) for name, start in _ANSWER):
        return ""
    return _asked()


@lru_cache(maxsize=1)
def _asked() -> str:
    """What the terminal tells, asked once for a process: only when it is all ours, no other reads or writes there."""
    if not (os.isatty(0) and os.isatty(1)):
        return ""
    try:
        return shade(_answer())
    except (OSError, ImportError, AttributeError):  # AttributeError: systems without termios' calls
        return ""


def shade(answer: bytes) -> str:
    r"""Returns whether the colour in an answer is light or dark, '' when there is none.

    >>> shade(b"\x1b]11;rgb:ffff/ffff/dddd\x1b\\"), shade(b"\x1b]11;rgb:1e/1e/2e\x07"), shade(b"\x1b[?62c")
    ('light', 'dark', '')
    """
    if (found := re.search(_COLOUR, answer)) is None:
        return ""
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in found.groups()]
    return "light" if sum(part * share for part, share in zip(parts, _SHARES, strict=True)) > _HALF else "dark"


def _answer() -> bytes:
    """What the terminal answers in time; nothing where keys wait to be read, which must not be taken for an answer."""
    import array
    import fcntl
    import select
    import termios
    import tty

    if os.tcgetpgrp(0) != os.getpgrp():  # we run in the background, and would be stopped
        return b""
    usual = termios.tcgetattr(0)
    answer = b""
    try:
        tty.setcbreak(0, termios.TCSADRAIN)
        waiting = array.array("i", [0])
        fcntl.ioctl(0, termios.FIONREAD, waiting)
        if waiting[0]:
            return b""
        os.write(1, _QUESTION)
        until = time.monotonic() + _PATIENCE
        while (left := until - time.monotonic()) > 0 and not re.search(_WHO_IT_IS, answer):
            if select.select([0], [], [], left)[0]:
                answer += os.read(0, 1024)
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, usual)
    return answer
