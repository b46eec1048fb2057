"""A pager that leaves Persian as it was laid out: ``less`` shows ZWNJ as <U+200C>, and sequences for direction as text.

What fits on the screen is written there and stays, unless it is to be paged ``always``. Longer text is shown a screen
at a time, laid out anew when the terminal changes its size.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..bidi.terminals import Layout
from ..output.publication_dates import in_digits
from ..output.styles import (
    DEFAULT_DIRECTION,
    RIGHT_TO_LEFT,
    Gathering,
    Paragraph,
    Span,
    Style,
    is_interactive,
    paint_paragraph,
    screen_of,
    screen_size,
)
from ..terminal_safety import Sink, one_line
from .paged_text import Row, View, laid_out
from .shell_messages import PAGER_KEYS, message
from .visual_line import fits, seen

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPress

    from ..config import Settings

Write = Callable[[Sink], None]

_ALTERNATE_SCREEN, _USUAL_SCREEN = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_HOME, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"
_REVERSED, _USUAL = "\x1b[7m", "\x1b[0m"
_WAIT = 0.25  # seconds between looks at the size of the screen
_BETWEEN = " · "
_KEPT = 3  # keys that are told where there is little room: how to go on, the list of keys, how to leave
_LONGEST_FIND = 200

# Keys by prompt_toolkit's names for them, those of a Persian keyboard in the same places.
_KEYS = {
    " ": "page", "f": "page", "c-f": "page", "pagedown": "page", "b": "back", "c-b": "back", "pageup": "back",
    "down": "down", "j": "down", "c-m": "down", "c-j": "down", "up": "up", "k": "up",
    "g": "start", "home": "start", "G": "end", "end": "end", "n": "mark", "N": "mark back", "p": "mark back",
    "ب": "page", "ذ": "back", "ت": "down", "ن": "up", "ل": "start", "د": "mark", "ح": "mark back",
}  # fmt: skip
_LEAVING = ("q", "Q", "escape", "c-c", "c-d", "ض")
_ENDS = dict.fromkeys(_LEAVING, "leave") | {
    "]": "next", "چ": "next", "[": "previous", "ج": "previous",
    "c-z": "suspend", "/": "find", "?": "help", "؟": "help", "h": "help", "ا": "help",
}  # fmt: skip
"""What is done besides moving."""


def page_through(
    write: Write, out: Sink, *, settings: Settings, always: bool = False, place: str = "", keep: bool = False
) -> str:
    """Shows what is written: in a window over it where it is longer than the terminal, as it is elsewhere.

    ``place`` says where among hits it is; then ``next`` or ``previous`` is returned when the reader asks for that hit,
    and '' when the window was left. With ``always`` short texts have a window, too; with ``keep`` what was in it last
    stays on the screen.
    """
    if not is_interactive(out):
        write(out)
        return ""
    reading = _Reading(write, out, settings, place)
    if not always and len(reading.view.rows) < screen_size()[1]:
        for paragraph in reading.paragraphs:
            for row in paint_paragraph(paragraph, reading.screen):
                out.write(row)
        return ""
    from prompt_toolkit.input import create_input

    keys = create_input()
    while True:
        with keys.raw_mode(), _alternate_screen(out):
            asked = reading.browse(keys)
        if asked != "suspend":
            if keep:
                out.write("".join(f"{row.text}\n" for row in reading.view.visible) + reading.end_of_row)
            return "" if asked == "leave" else asked
        os.kill(0, signal.SIGTSTP)


class _Reading:
    """A text that is being read on a terminal."""

    def __init__(self, write: Write, out: Sink, settings: Settings, place: str) -> None:
        self._write = write
        self._out = out
        self._settings = settings
        self._language = settings.language_of_messages()
        self._place = place
        self._find = ""
        self._size = screen_size()
        self._lay_out()
        self.view = View(self._rows(), self._size[1] - 1)

    @property
    def end_of_row(self) -> str:
        """What ends a row that may have a direction of its own."""
        return DEFAULT_DIRECTION if self.screen.layout is Layout.MARKED else ""

    def browse(self, keys: Input) -> str:
        """Draws, and moves as keys say, until one asks for something else. Keys pressed after it are the next's."""
        from prompt_toolkit.input.typeahead import store_typeahead

        self._draw()
        while not keys.closed:
            pressed = _pressed(keys)
            moved = False
            for number, press in enumerate(pressed):
                name = _name(press)
                if name in _KEYS:
                    moved = self.view.move(_KEYS[name]) or moved
                    continue
                asked = _ENDS.get(name, "")
                if asked in ("leave", "suspend") or (asked in ("next", "previous") and self._place):
                    store_typeahead(keys, pressed[number + 1 :])
                    return asked
                if asked == "help":
                    store_typeahead(keys, pressed[number + 1 :])
                    self._help(keys)
                    moved = True
                    break
                if asked == "find":
                    self._ask_what_to_find(keys, pressed[number + 1 :])
                    moved = True
                    break
            if screen_size() != self._size:
                self._size = screen_size()
                self._lay_out()
                self.view.lay_out(self._rows(), self._size[1] - 1)
                moved = True
            if moved:
                self._draw()
        return "leave"

    def _lay_out(self) -> None:
        gathered = Gathering(self._out)
        self._write(gathered)
        self.paragraphs = gathered.paragraphs
        self.screen = screen_of(self._out, self._settings)

    def _rows(self) -> list[Row]:
        return laid_out(self.paragraphs, self.screen, self._find)

    def _draw(self, told: str = "") -> None:
        columns = self._size[0]
        told = told or self._status(columns - 1)
        status = seen(told, self.screen.layout, right_to_left=self._language == "fa", columns=columns - 1)
        # A row that runs from right to left fills its row of the screen, and what clears the rest of it would not.
        rows = [row if RIGHT_TO_LEFT in row else f"{row}{_CLEAR_LINE}" for row in self.view.lines]
        missing = self.view.height - len(rows)
        self._out.write(f"{_HOME}{_CLEAR_BELOW}" + "\r\n".join(rows) + "\r\n" * (missing + 1))
        self._out.write(f"{self.end_of_row}{_CLEAR_BELOW}{_REVERSED}{status}{_USUAL}")
        self._out.flush()  # type: ignore[attr-defined]

    def _status(self, columns: int) -> str:
        """Where one is, and as many of the keys as there is room for: how to leave, above all."""
        # The number stands before the words: after them it would run from right to left, as they do.
        found = " ".join(filter(None, (self._mark_place(), self._find and f"/{self._find}")))
        facts = list(filter(None, (self._place, self.view.place, found)))
        keys = message("pager, hit" if self._place else "pager", self._language).split(_BETWEEN)
        while len(keys) > 1 and not fits(_BETWEEN.join(facts + keys), columns):
            del keys[1 if len(keys) > _KEPT else 0]
        told = _BETWEEN.join(facts + keys)
        return in_digits(told, "persian") if self._language == "fa" else told

    def _mark_place(self) -> str:
        """Which marks were gone to, of how many: match 3 of 17."""
        total, at = self.view.marks, self.view.gone_to
        if at is None:
            return f"({total})" if self._find else ""
        first, last = at
        return message("mark" if first == last else "marks", self._language, first=first, last=last, total=total)

    def _ask_what_to_find(self, keys: Input, pressed: list[KeyPress]) -> None:
        """Takes what is typed after ``/``, and marks it; nothing typed finds what the query did again."""
        typed = ""
        while not keys.closed:
            for number, press in enumerate(pressed):
                name = _name(press)
                if name in ("c-m", "c-j"):
                    from prompt_toolkit.input.typeahead import store_typeahead

                    store_typeahead(keys, pressed[number + 1 :])
                    self._mark(typed.strip())
                    return
                if name in ("escape", "c-c", "c-d"):
                    return
                if name in ("c-h", "backspace"):
                    typed = typed[:-1]
                elif name == "c-u":
                    typed = ""
                elif name == press.data or name == "<bracketed-paste>":
                    typed = one_line(typed + press.data)[:_LONGEST_FIND]
            self._draw(f"/{typed}")
            pressed = _pressed(keys)

    def _mark(self, find: str) -> None:
        self._find = find
        self.view.mark(self._rows())

    def _help(self, keys: Input) -> None:
        """Tells what each key does, until one leaves."""
        persian = self._language == "fa"
        gaps = max(len(key) for key, *_ in PAGER_KEYS) + 2
        told = [
            Paragraph([Span(key, Style.TITLE), Span(" " * (gaps - len(key)) + what[persian])], right_to_left=persian)
            for key, *what in PAGER_KEYS
        ]

        def write(out: Sink) -> None:
            assert isinstance(out, Gathering)
            out.paragraphs += told

        _Reading(write, self._out, self._settings, "").browse(keys)


def _name(press: KeyPress) -> str:
    return str(getattr(press.key, "value", press.key))


def _pressed(keys: Input) -> list[KeyPress]:
    """The keys pressed since; none after a while without one."""
    import select

    from prompt_toolkit.input.typeahead import get_typeahead

    if ahead := get_typeahead(keys):
        return ahead
    ready, _, _ = select.select([keys.fileno()], [], [], _WAIT)
    return keys.read_keys() if ready else keys.flush_keys()


@contextmanager
def _alternate_screen(out: Sink) -> Iterator[None]:
    out.write(_ALTERNATE_SCREEN)
    try:
        yield
    finally:
        out.write(_USUAL_SCREEN)
        out.flush()  # type: ignore[attr-defined]
