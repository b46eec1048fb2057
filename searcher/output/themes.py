"""How styles look on a light and on a dark background, and without colours: terminal attributes (SGR).

What a style means is told by bold, underlined and faint letters alone, so that it is seen without colours, and by the
colour-blind; colours only help. They are those of the terminal's own sixteen, as its owner chose them, where the
background is known. Where it is not, one of the 256 that reads on both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from .background import background_of_terminal

Theme = Literal["", "none", "either", "light", "dark"]
"""How a screen is to be painted: not at all, without colours, for any background, for a light or a dark one."""

UNDERLINED_BOLD = "1;4"

MATCH_COLOURS: Mapping[Theme, str] = {
    "dark": "33",  # yellow
    "light": "34",  # blue
    "either": "38;5;163",  # #d700af: contrast 4.7 with white and 4.5 with black, as WCAG 2.1 computes it
}
"""The colour of what matched; 4.5 is the contrast that WCAG asks for."""

_MANY_COLOURS = ("256color", "kitty", "ghostty", "alacritty", "foot", "direct")  # in TERM
_TRUE_COLOUR = ("truecolor", "24bit")  # $COLORTERM
_LIGHT = range(7, 16)  # the colours of a light background in $COLORFGBG, but for grey
_DARK_GREY = 8


def theme_of(
    chosen: str, environment: Mapping[str, str], ask: Callable[[Mapping[str, str]], str] = background_of_terminal
) -> Theme:
    """Returns the theme of a terminal: as chosen or, for ``auto``, as it says itself, if it does.

    >>> theme_of("light", {}), theme_of("auto", {"COLORFGBG": "15;0"}), theme_of("auto", {"TERM": "linux"})
    ('light', 'dark', 'dark')
    """
    if chosen in ("light", "dark", "none"):
        return chosen  # type: ignore[return-value]
    found = _told(environment) or ask(environment)
    if found in ("light", "dark"):
        return found  # type: ignore[return-value]
    return "either" if _has_many_colours(environment) else "none"


def match_attributes(theme: Theme) -> str:
    """Returns the attributes of what matched.

    >>> match_attributes("dark"), match_attributes("none"), match_attributes("")
    ('1;4;33', '1;4', '')
    """
    if not theme:
        return ""
    return ";".join(filter(None, (UNDERLINED_BOLD, MATCH_COLOURS.get(theme, ""))))


def _told(environment: Mapping[str, str]) -> str:
    """What the environment says: rxvt, Konsole and others tell the numbers of their colours."""
    number = environment.get("COLORFGBG", "").rpartition(";")[2]
    if number.isascii() and number.isdecimal() and int(number[:4]) < 16:
        return "light" if int(number[:4]) in _LIGHT and int(number[:4]) != _DARK_GREY else "dark"
    return "dark" if environment.get("TERM") == "linux" else ""


def _has_many_colours(environment: Mapping[str, str]) -> bool:
    term = environment.get("TERM", "")
    return environment.get("COLORTERM") in _TRUE_COLOUR or any(name in term for name in _MANY_COLOURS)
