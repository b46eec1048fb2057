"""A pager that leaves Persian as it was laid out: ``less`` shows ZWNJ as <U+200C>, and sequences for direction as text.

What fits on the screen is written there and stays. Longer text is shown a screen at a time, laid out anew when the
terminal changes its size.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..output.styles import is_terminal
from ..output.themes import UNDERLINED_BOLD
from ..terminal_safety import Sink
from .shell_messages import message

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPress

Write = Callable[[Sink], None]

_ALTERNATE_SCREEN, _USUAL_SCREEN = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_HOME, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"
_REVERSED, _USUAL = "\x1b[7m", "\x1b[0m"
_MARK = re.compile(rf"\x1b\[{UNDERLINED_BOLD}[;m]")
_WAIT = 0.25  # seconds between looks at the size of the screen
_FEWEST_ROWS = 3


class _Written(io.StringIO):
    """Text written as if to a terminal."""

    def __init__(self, terminal: Any) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._terminal.fileno())


class View:
    """The rows of a text and the window over them; moves as a reader asks.

    >>> view = View(["a", "b", "c"], height=2)
    >>> view.move("down"), view.visible
    (True, ['b', 'c'])
    """

    def __init__(self, rows: list[str], height: int) -> None:
        self.rows = rows
        self.height = max(height, 1)
        self.top = 0
        self._moves: dict[str, Callable[[], int]] = {
            "down": lambda: self.top + 1,
            "up": lambda: self.top - 1,
            "page": lambda: self.top + max(self.height - 1, 1),
            "back": lambda: self.top - max(self.height - 1, 1),
            "start": lambda: 0,
            "end": lambda: len(self.rows),
            "mark": lambda: next((row for row in self._marked if row > self.top), self.top),
            "mark back": lambda: next((row for row in reversed(self._marked) if row < self.top), self.top),
        }

    @property
    def visible(self) -> list[str]:
        """The rows in the window."""
        return self.rows[self.top : self.top + self.height]

    @property
    def place(self) -> str:
        """How far down the window is."""
        last = min(self.top + self.height, len(self.rows))
        return f"{last}/{len(self.rows)}"

    def move(self, how: str) -> bool:
        """Moves the window; whether it did."""
        before = self.top
        self.top = max(0, min(self._moves[how](), len(self.rows) - self.height))
        return self.top != before

    def lay_out(self, rows: list[str], height: int) -> None:
        """Takes other rows of the same text, and stays at about the same place in it, or at its end."""
        is_at_end = self.top and self.top + self.height >= len(self.rows)
        share = 1.0 if is_at_end else self.top / max(len(self.rows), 1)
        self.rows, self.height = rows, max(height, 1)
        self.top = max(0, min(round(share * len(rows)), len(rows) - self.height))

    @property
    def _marked(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if _MARK.search(row)]


# Keys by prompt_toolkit's names for them.
_KEYS = {
    " ": "page", "f": "page", "c-f": "page", "pagedown": "page", "b": "back", "c-b": "back", "pageup": "back",
    "down": "down", "j": "down", "c-m": "down", "c-j": "down", "up": "up", "k": "up",
    "g": "start", "home": "start", "G": "end", "end": "end", "n": "mark", "N": "mark back", "p": "mark back",
    "ب": "page", "ذ": "back", "ت": "down", "ن": "up", "ل": "start", "د": "mark", "ح": "mark back",  # the same keys
}  # fmt: skip
_LEAVING = ("q", "Q", "escape", "c-c", "c-d", "ض")


def page_through(write: Write, out: Sink, *, language: str = "en") -> None:
    """Shows what is written: in a window over it where it is longer than the terminal, as it is elsewhere."""
    if not _is_on_terminal(out):
        write(out)
        return
    rows = _rows(write, out)
    if len(rows) < _size()[1]:
        out.write("".join(f"{row}\n" for row in rows))
        return
    from prompt_toolkit.input import create_input

    keys = create_input()
    with keys.raw_mode(), _alternate_screen(out):
        _browse(View(rows, _size()[1] - 1), lambda: _rows(write, out), out, keys, language)


def _browse(view: View, lay_out: Callable[[], list[str]], out: Sink, keys: Input, language: str) -> None:
    """Draws, and moves as keys say, until one leaves. Keys pressed after that one are the prompt's."""
    from prompt_toolkit.input.typeahead import store_typeahead

    size = _size()
    _draw(view, out, size, language)
    while not keys.closed:
        pressed = _pressed(keys)
        names = [str(getattr(press.key, "value", press.key)) for press in pressed]
        for number, name in enumerate(names):
            if name in _LEAVING:
                store_typeahead(keys, pressed[number + 1 :])
                return
        moved = [view.move(_KEYS[name]) for name in names if name in _KEYS]
        if _size() != size:
            size = _size()
            view.lay_out(lay_out(), size[1] - 1)
            moved = [True]
        if any(moved):
            _draw(view, out, size, language)


def _pressed(keys: Input) -> list[KeyPress]:
    """The keys pressed since; none after a while without one."""
    import select

    ready, _, _ = select.select([keys.fileno()], [], [], _WAIT)
    return keys.read_keys() if ready else keys.flush_keys()


def _draw(view: View, out: Sink, size: tuple[int, int], language: str) -> None:
    told = message("pager", language if size[0] >= 60 else "en", place=view.place)[: max(size[0] - 1, 1)]
    rows = [f"{row}{_CLEAR_LINE}" if "\x1b[2 k" not in row else row for row in view.visible]
    out.write(f"{_HOME}{_CLEAR_BELOW}" + "\r\n".join(rows) + "\r\n" * (view.height - len(rows) + 1))
    out.write(f"{_CLEAR_BELOW}{_REVERSED}{told}{_USUAL}")
    out.flush()  # type: ignore[attr-defined]


@contextmanager
def _alternate_screen(out: Sink) -> Iterator[None]:
    out.write(_ALTERNATE_SCREEN)
    try:
        yield
    finally:
        out.write(_USUAL_SCREEN)
        out.flush()  # type: ignore[attr-defined]


def _rows(write: Write, out: Sink) -> list[str]:
    written = _Written(out)
    write(written)
    return written.getvalue().removesuffix("\n").split("\n")


def _size() -> tuple[int, int]:
    """Columns and rows of the terminal."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return 80, 24
    return size.columns or 80, max(size.lines or 24, _FEWEST_ROWS)


def _is_on_terminal(out: Sink) -> bool:
    """Whether there is a reader with a terminal that can show a window."""
    is_screen = is_terminal(out) and is_terminal(sys.stdout) and is_terminal(sys.stdin)
    return is_screen and os.environ.get("TERM", "dumb") != "dumb"
