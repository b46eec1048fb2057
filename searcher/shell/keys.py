"""Keys of the prompt beyond those of prompt_toolkit's emacs and vi modes."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import Condition, completion_is_selected, emacs_mode, has_completions, has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from ..bidi.terminals import Layout
from .history import cleaned
from .legible import has_right_to_left, seen_line


def key_bindings(layout: Layout) -> KeyBindings:
    """The bindings, for a terminal of a layout."""
    keys = KeyBindings()
    typing = has_focus(DEFAULT_BUFFER)

    @Condition
    def is_persian() -> bool:
        return has_right_to_left(get_app().current_buffer.text)

    @keys.add("left", filter=typing & is_persian)
    def _left(event: KeyPressEvent) -> None:
        _move(event, layout, -1)

    @keys.add("right", filter=typing & is_persian)
    def _right(event: KeyPressEvent) -> None:
        _move(event, layout, 1)

    @keys.add("enter", filter=typing & completion_is_selected)
    def _take_completion(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add("escape", filter=typing & has_completions & emacs_mode)
    def _leave_menu(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    @keys.add(Keys.BracketedPaste, filter=typing)
    def _paste(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(pasted(event.data))

    @keys.add("f4")
    def _switch_mode(event: KeyPressEvent) -> None:
        is_vi = event.app.editing_mode == EditingMode.VI
        event.app.editing_mode = EditingMode.EMACS if is_vi else EditingMode.VI

    return keys


def pasted(text: str) -> str:
    r"""What a pasted text puts on the line: one line, nothing in it that acts on a terminal.

    >>> pasted("خبر\r\n\x1b[31mقم")
    'خبر قم'
    """
    return cleaned(text)


def _move(event: KeyPressEvent, layout: Layout, step: int) -> None:
    """Moves the cursor as it is seen; past the end of the text, into what is suggested."""
    buffer = event.current_buffer
    line = seen_line(buffer.text, layout)
    place = line.beside(buffer.cursor_position, step)
    if place == buffer.cursor_position and place == len(buffer.text) and buffer.suggestion:
        buffer.insert_text(buffer.suggestion.text)
        return
    buffer.cursor_position = place
