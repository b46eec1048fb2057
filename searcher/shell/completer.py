"""Completion for prompt_toolkit: asks `complete` in the background, and shows what it offers legibly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from ..bidi.terminals import Layout
from .legible import seen

if TYPE_CHECKING:
    from .complete import Vocabulary


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
        """What may stand at the cursor."""
        from .complete import complete  # late: the first prompt need not wait for it

        cursor = document.cursor_position
        for found in complete(document.text, cursor, self._vocabulary()):
            yield Completion(
                found.text,
                start_position=found.start - cursor,
                display=self._guard + seen(found.text, self._layout),
                display_meta=seen(found.what[self._persian], self._layout),
            )
