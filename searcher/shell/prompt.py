"""The prompt: a line with colours, completion, history, a toolbar, and Persian as it is read."""

from __future__ import annotations

import os
import sys
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import SearchBufferControl
from prompt_toolkit.output import ColorDepth, create_output

from ..bidi.terminals import VISUAL_ORDER, Layout, layout_of
from ..config import Settings
from ..output.paint import screen_of
from .completer import ShellCompleter
from .history import LineHistory
from .keys import key_bindings
from .lexer import QueryLexer, style
from .messages import ShellError
from .opening import Opening
from .processor import LegibleProcessor
from .session import Session
from .state import state_folder
from .toolbar import toolbar_text

_ROOM_FOR_MENU = 6


class Prompt:
    """Asks for one line after another. The index is opened once the prompt can be seen."""

    def __init__(self, session: Session, opening: Opening, prompt: str, index: str) -> None:
        self._session = session
        self._opening = opening
        self._prompt = prompt
        layout = layout_of(os.environ, terminal=True, bidi=session.settings.bidi)
        self._asking = _prompt_session(session, opening, layout, index)
        _open_when_shown(self._asking.app, opening)
        if layout not in VISUAL_ORDER:
            self._asking.app.before_render += _draw_whole

    def ask(self) -> str | None:
        """The line typed, '' when Ctrl-C left it, None at the end. Raises what opening the index raised."""
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


def _prompt_session(session: Session, opening: Opening, layout: Layout, index: str) -> PromptSession[str]:
    settings = session.settings
    asking: PromptSession[str] = PromptSession(
        lexer=QueryLexer(),
        style=style(),
        include_default_pygments_style=False,
        color_depth=_colour_depth(settings),
        completer=ThreadedCompleter(ShellCompleter(opening.vocabulary, layout, session.language)),
        complete_while_typing=True,
        reserve_space_for_menu=_ROOM_FOR_MENU,
        history=LineHistory(state_folder() / "history"),
        auto_suggest=AutoSuggestFromHistory(),
        search_ignore_case=True,
        editing_mode=EditingMode.VI if settings.keys == "vi" else EditingMode.EMACS,
        key_bindings=key_bindings(layout),
        input_processors=[LegibleProcessor(layout)],
        wrap_lines=False,
        output=create_output(always_prefer_tty=True),  # the prompt stays on the terminal when results are piped
    )
    asking.bottom_toolbar = lambda: _toolbar(asking, session, opening, layout, index)
    searching = {
        control for control in asking.app.layout.find_all_controls() if isinstance(control, SearchBufferControl)
    }
    for control in searching:
        # Before the line that was found is added, which is legible already.
        control.input_processors = [LegibleProcessor(layout), *(control.input_processors or ())]
    return asking


def _toolbar(
    asking: PromptSession[str], session: Session, opening: Opening, layout: Layout, index: str
) -> StyleAndTextTuples:
    app = asking.app
    keys = "emacs" if app.editing_mode == EditingMode.EMACS else f"vi {app.vi_state.input_mode.value}"
    columns = app.output.get_size().columns
    text = toolbar_text(
        session, articles=opening.articles, is_ready=opening.is_ready, index=index, keys=keys, columns=columns,
        layout=layout,
    )  # fmt: skip
    return [("class:bottom-toolbar.text", text)]


def _colour_depth(settings: Settings) -> ColorDepth | None:
    """None for as many colours as the terminal has."""
    return None if screen_of(sys.stderr, settings).colour else ColorDepth.DEPTH_1_BIT


def _open_when_shown(app: Application[Any], opening: Opening) -> None:
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
