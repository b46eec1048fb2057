"""Prompts for a line: colours, completion, history, keys, a toolbar, and Persian as it is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, ThreadedCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import Condition, completion_is_selected, emacs_mode, has_completions, has_focus
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.controls import SearchBufferControl
from prompt_toolkit.output import ColorDepth, create_output

from ..bidi.isolation import isolated
from ..bidi.terminals import VISUAL_ORDER, Layout, layout_of
from ..config import Settings
from ..output.styles import screen_of
from ..terminal_safety import one_line
from .highlighting import QueryLexer, style
from .history import LineHistory, cleaned, state_folder
from .index_loader import IndexLoader
from .session import Session
from .shell_messages import ShellError, message
from .standing_filters import told
from .visual_line import VisualLineProcessor, has_right_to_left, seen, seen_line

if TYPE_CHECKING:
    from .completion import Vocabulary

# Keeps a row of the menu in its place where the terminal goes by the first letter of each row of the screen.
_LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"


class ShellCompleter(Completer):
    """Completes from a vocabulary that may change, or grow, while one types."""

    def __init__(self, vocabulary: Callable[[], Vocabulary], layout: Layout, language: str) -> None:
        self._vocabulary = vocabulary
        self._layout = layout
        self._persian = language == "fa"
        self._guard = _LEFT_TO_RIGHT_MARK if layout is Layout.GUESSED else ""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yields what may stand at the cursor."""
        from .completion import complete

        cursor = document.cursor_position
        for found in complete(document.text, cursor, self._vocabulary()):
            yield Completion(
                found.text,
                start_position=found.start - cursor,
                display=self._guard + seen(found.text, self._layout),
                display_meta=seen(found.what[self._persian], self._layout),
            )


def key_bindings(layout: Layout) -> KeyBindings:
    """Returns the bindings, for a terminal of a layout."""
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
    r"""Returns what a pasted text puts on the line: one line, nothing in it that acts on a terminal.

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


_BETWEEN = " · "
_MORE = "…"


def toolbar_text(
    session: Session,
    *,
    articles: int | None,
    is_ready: bool = True,
    index: str,
    keys: str,
    columns: int,
    layout: Layout = Layout.PLAIN,
) -> str:
    """Returns the toolbar in one line of at most so many columns, as the terminal needs it.

    The hits shown and the filters come first where there is not room for all. ``articles`` is None while the index is
    being opened; until all ``is_ready`` there are dots after them.
    """
    language = session.language
    count = message("articles", language, count=session.figure(articles or 0))
    count = message("opening", language) if articles is None else count
    modes = [session.command("sort").choice_in(session.sort, language)] if session.sort != "relevance" else []
    modes += [session.format_name] if session.format_name != "text" else []
    count += "" if is_ready else _MORE
    shown = [_position(session), told(session.standing, language), *modes, count, one_line(index), keys]
    text = _BETWEEN.join(isolated(one_line(part)) for part in shown if part)
    return seen(text, layout, right_to_left=language == "fa", columns=columns - 1)


def _position(session: Session) -> str:
    """Which hits are shown, of how many; '' when none are."""
    page = session.page
    if page is None or not page.hits:
        return ""
    first, last, total = map(session.figure, (page.offset + 1, page.offset + len(page), page.total))
    return session.words("position", first=first, last=last, total=total)


_VI_MODES = {
    "vi-insert": ("vi: insert", "vi: درج"),
    "vi-insert-multiple": ("vi: insert", "vi: درج"),
    "vi-navigation": ("vi: normal", "vi: فرمان"),
    "vi-replace": ("vi: replace", "vi: جایگزینی"),
    "vi-replace-single": ("vi: replace", "vi: جایگزینی"),
}
_ROOM_FOR_MENU = 6
_FEWEST_LETTERS = 2  # typed before room is made for the menu: hits stay in sight until then


class Prompt:
    """Asks for one line after another. The index is opened once the prompt can be seen."""

    def __init__(self, session: Session, opening: IndexLoader, prompt: str, index: str) -> None:
        self._session = session
        self._opening = opening
        self._prompt = prompt
        layout = layout_of(os.environ, terminal=True, bidi=session.settings.bidi)
        self._asking = _prompt_session(session, opening, layout, index)
        _open_when_shown(self._asking.app, opening)
        if layout not in VISUAL_ORDER:
            self._asking.app.before_render += _draw_whole

    def ask(self) -> str | None:
        """Returns the line typed, '' when Ctrl-C left it, None at the end. Raises what opening the index raised."""
        self._know_saved()
        try:
            return self._asking.prompt(self._prompt)
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None

    def _know_saved(self) -> None:
        """Takes the names of saved searches into what is completed."""
        try:
            self._opening.know_saved(self._session.saved.names())
        except (ShellError, OSError):
            return


def _prompt_session(session: Session, opening: IndexLoader, layout: Layout, index: str) -> PromptSession[str]:
    settings = session.settings
    asking: PromptSession[str] = PromptSession(
        lexer=QueryLexer(),
        style=style(screen_of(sys.stderr, settings).theme),
        include_default_pygments_style=False,
        color_depth=_colour_depth(settings),
        completer=ThreadedCompleter(ShellCompleter(opening.vocabulary, layout, session.language)),
        complete_while_typing=True,
        reserve_space_for_menu=0,
        enable_suspend=True,
        history=LineHistory(state_folder() / "history"),
        auto_suggest=AutoSuggestFromHistory(),
        search_ignore_case=True,
        editing_mode=EditingMode.VI if settings.keys == "vi" else EditingMode.EMACS,
        key_bindings=key_bindings(layout),
        input_processors=[VisualLineProcessor(layout)],
        wrap_lines=False,
        output=create_output(always_prefer_tty=True),  # the prompt stays on the terminal when results are piped
    )
    asking.app.before_render += lambda app: _make_room(asking)
    asking.bottom_toolbar = lambda: _toolbar(asking, session, opening, layout, index)
    searching = {
        control for control in asking.app.layout.find_all_controls() if isinstance(control, SearchBufferControl)
    }
    for control in searching:
        # Before the line that was found is added, which is legible already.
        control.input_processors = [VisualLineProcessor(layout), *(control.input_processors or ())]
    return asking


def _make_room(asking: PromptSession[str]) -> None:
    """Makes room for the menu below the prompt once it may come."""
    buffer = asking.default_buffer
    is_typing = len(buffer.text) >= _FEWEST_LETTERS or buffer.complete_state is not None
    asking.reserve_space_for_menu = _ROOM_FOR_MENU if is_typing else 0


def _toolbar(
    asking: PromptSession[str], session: Session, opening: IndexLoader, layout: Layout, index: str
) -> StyleAndTextTuples:
    app, persian = asking.app, session.language == "fa"
    keys = "emacs" if app.editing_mode == EditingMode.EMACS else _VI_MODES[app.vi_state.input_mode.value][persian]
    if keys == "emacs" and persian:
        keys = ""  # a name that says nothing there, where it is usual
    columns = app.output.get_size().columns
    text = toolbar_text(
        session, articles=opening.articles, is_ready=opening.is_ready, index=index, keys=keys, columns=columns,
        layout=layout,
    )  # fmt: skip
    return [("class:bottom-toolbar.text", text)]


def _colour_depth(settings: Settings) -> ColorDepth | None:
    """None for as many colours as the terminal has."""
    return ColorDepth.DEPTH_1_BIT if screen_of(sys.stderr, settings).theme in ("", "none") else None


def _open_when_shown(app: Application[Any], opening: IndexLoader) -> None:
    """Begins to open the index once the prompt can be seen."""

    def fail(error: BaseException) -> None:
        loop = app.loop
        if app.is_running and loop is not None:
            loop.call_soon_threadsafe(_leave, app, error)

    def begin(app: Application[Any]) -> None:
        app.after_render -= begin
        opening.start(on_change=app.invalidate, on_failure=fail)

    app.after_render += begin


def _draw_whole(app: Application[Any]) -> None:
    """Has the next screen written whole: where the terminal reorders a line, what is written into it goes astray."""
    app.renderer._last_screen = None


def _leave(app: Application[Any], error: BaseException) -> None:
    if app.is_running and not app.future.done():  # type: ignore[union-attr]
        app.exit(exception=error)
