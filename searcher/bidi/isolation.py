"""Isolates facts from what stands beside them, so that a Latin name does not tear the Persian date after it.

Writers put isolates (UAX #9) around facts. Where we reorder, they have their effect and are not written. Where the
terminal reorders, marks stand in for them, which terminals know that know no isolates. In what is piped there are none.
"""

from __future__ import annotations

import re

from .reordering import mostly_right_to_left

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u2066", "\u2067"
END = "\u2069"
_MARKS = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"

_OPENING = {LEFT_TO_RIGHT: False, RIGHT_TO_LEFT: True}
_ISOLATES = re.compile("[\u2066-\u2069]")


def isolated(text: str, *, right_to_left: bool | None = None) -> str:
    r"""The text, with its own direction; told by its words unless it is given.

    >>> isolated("BBC") == "\u2066BBC\u2069", isolated("۲ بهمن (2018)") == "\u2067۲ بهمن (2018)\u2069"
    (True, True)
    """
    if not text:
        return ""
    runs_left = mostly_right_to_left(text) if right_to_left is None else right_to_left
    return f"{RIGHT_TO_LEFT if runs_left else LEFT_TO_RIGHT}{text}{END}"


def marks_for_isolates(text: str, *, right_to_left: bool) -> dict[int, str]:
    """Marks that do nearly what isolates do, by the places of these: on both sides of each, one of either direction.

    ``right_to_left`` is the direction of the paragraph.
    """
    marks: dict[int, str] = {}
    open_: list[bool] = [right_to_left]
    for found in _ISOLATES.finditer(text):
        if found[0] in _OPENING:
            marks[found.start()] = _MARKS[open_[-1]] + _MARKS[_OPENING[found[0]]]
            open_.append(_OPENING[found[0]])
        elif len(open_) > 1:
            inner = open_.pop()
            marks[found.start()] = _MARKS[inner] + _MARKS[open_[-1]]
    return marks


def without_isolates(text: str) -> str:
    """The text as it is read, without isolates."""
    return _ISOLATES.sub("", text)
