"""The line under the prompt: which index, how many articles, how keys and hits are set, and the filters in force."""

from __future__ import annotations

from wcwidth import wcwidth

from ..bidi.terminals import Layout
from ..clean import one_line
from .legible import seen
from .messages import message
from .session import Session

_BETWEEN = " · "
_CUT = "…"


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
    """The toolbar in one line of at most so many columns, as the terminal needs it.

    Filters come first where there is not room for all. ``articles`` is None while the index is being opened; until all
    ``is_ready`` there are dots after them.
    """
    language = session.language
    count = message("opening", language) if articles is None else message("articles", language, count=f"{articles:,}")
    modes: list[str] = [session.sort] if session.sort != "relevance" else []
    modes += [session.format_name] if session.format_name != "text" else []
    count += "" if is_ready else _CUT
    shown = [session.standing.told(language), *modes, count, one_line(index), keys]
    return seen(_cut(_BETWEEN.join(filter(None, shown)), columns - 1), layout, right_to_left=language == "fa")


def _cut(text: str, columns: int) -> str:
    """The beginning of a text that fits."""
    width = 0
    for place, char in enumerate(text):
        width += max(wcwidth(char), 0)
        if width > columns:
            return text[: max(place - 1, 0)] + _CUT
    return text
