"""What a terminal does with text that runs from right to left, by what it says of itself in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Layout(Enum):
    """How lines must be written for them to read right."""

    PLAIN = "as they are: nobody reads them on a screen"
    VISUAL = "in the order of the screen, letters joined by us: the terminal shows cells from left to right"
    WORDS = "words in the order of the screen, each from its last cell: the terminal turns words around, not lines"
    MARKED = "as read, with a sequence that sets the direction of the line: the terminal reorders and aligns"
    GUESSED = "as read: the terminal reorders, and guesses each line's direction from its first letter"
    PADDED = "as read, in an embedding and with spaces before it: the terminal reorders, but from the left"


VISUAL_ORDER = frozenset({Layout.VISUAL, Layout.WORDS})
"""The layouts in which we reorder; in all others text stays as it is read."""


class Sign(NamedTuple):
    """A terminal is known by how a variable begins; ``why`` says how its behaviour is known."""

    variable: str
    beginning: str
    layout: Layout
    why: str
    version: int = 0

    def is_in(self, environment: Mapping[str, str]) -> bool:
        """Returns whether the terminal has left this sign, and has at least this version."""
        value = environment.get(self.variable, "")
        if self.version and not (value.isascii() and value.isdecimal() and int(value[:9]) >= self.version):
            return False
        return bool(value) and value.startswith(self.beginning)


_ANYTHING = ""
_VTE_WITH_BIDI = 5800  # 0.58 of September 2019, as major * 10000 + minor * 100 + micro
_NO_BIDI = "shows the cells as they come"
_VTE_ESCAPES = "implements the Terminal WG's bidi proposal: SCP (CSI 2 SP k) sets a paragraph's direction"

# The first that matches counts. A program started from another terminal inherits that one's variables, so what
# every terminal sets anew (TERM) comes before what only some set, and VTE, whose terminals clear the others'
# variables before they start a shell, comes last.
SIGNS = (
    Sign("INSIDE_EMACS", _ANYTHING, Layout.GUESSED, "Emacs manual, Bidirectional Editing: it reorders what it shows"),
    Sign("TERM", "eterm", Layout.GUESSED, "Emacs' own terminal, reached through ssh"),
    Sign("TERM", "mlterm", Layout.GUESSED, "mlterm's README.bidi; seen in 3.9.0: aligns right, too"),
    Sign("TERM", "xterm-kitty", Layout.WORDS, "kitty's force_ltr option says so; seen in 0.26.5"),
    Sign("TERM", "konsole", Layout.PADDED, "Konsole's BidiLineLTR is on by default; seen in 22.12"),
    Sign("TERM", "vte", Layout.MARKED, _VTE_ESCAPES),
    Sign("TERM", "gnome", Layout.MARKED, _VTE_ESCAPES),
    Sign("TERM", "mintty", Layout.MARKED, "mintty's wiki, CtrlSeqs, bidirectional rendering"),
    Sign("TERM", "alacritty", Layout.VISUAL, f"alacritty issue 663: {_NO_BIDI}"),
    Sign("TERM", "foot", Layout.VISUAL, f"foot issue 756: {_NO_BIDI}"),
    Sign("TERM", "xterm-ghostty", Layout.VISUAL, f"ghostty issue 1442: {_NO_BIDI}"),
    Sign("TERM", "wezterm", Layout.VISUAL, "wezterm issue 784: bidi_enabled is off by default"),
    Sign("TERM", "contour", Layout.VISUAL, f"contour's unicode-core page: {_NO_BIDI}"),
    Sign("TERM", "st-", Layout.VISUAL, f"st {_NO_BIDI}"),
    Sign("TERM", "rxvt", Layout.VISUAL, f"rxvt {_NO_BIDI}"),
    Sign("TERM", "linux", Layout.VISUAL, f"the Linux console {_NO_BIDI}"),
    Sign("TERM_PROGRAM", "Apple_Terminal", Layout.GUESSED, "Terminal WG, survey of terminals: it reorders lines"),
    Sign("TERM_PROGRAM", "mintty", Layout.MARKED, "mintty's wiki, CtrlSeqs, bidirectional rendering"),
    Sign("TERM_PROGRAM", "vscode", Layout.VISUAL, f"xterm.js issue 701: {_NO_BIDI}"),
    Sign("TERM_PROGRAM", "WezTerm", Layout.VISUAL, "wezterm issue 784: bidi_enabled is off by default"),
    Sign("TERM_PROGRAM", "ghostty", Layout.VISUAL, f"ghostty issue 1442: {_NO_BIDI}"),
    Sign("TERM_PROGRAM", "iTerm.app", Layout.VISUAL, "iTerm2 issue 2686: right-to-left text is off by default"),
    Sign("WT_SESSION", _ANYTHING, Layout.VISUAL, f"Windows Terminal issue 538: {_NO_BIDI}"),
    Sign("XTERM_VERSION", _ANYTHING, Layout.VISUAL, f"xterm {_NO_BIDI}; seen in 379"),
    Sign("MLTERM", _ANYTHING, Layout.GUESSED, "mlterm sets it; so it is known inside tmux and screen"),
    Sign("KONSOLE_VERSION", _ANYTHING, Layout.PADDED, "Konsole sets it; so it is known inside tmux and screen"),
    Sign("KITTY_WINDOW_ID", _ANYTHING, Layout.WORDS, "kitty sets it; so it is known inside tmux and screen"),
    Sign("ALACRITTY_WINDOW_ID", _ANYTHING, Layout.VISUAL, f"alacritty issue 663: {_NO_BIDI}"),
    Sign("VTE_VERSION", _ANYTHING, Layout.MARKED, _VTE_ESCAPES, version=_VTE_WITH_BIDI),
    Sign("VTE_VERSION", _ANYTHING, Layout.VISUAL, f"VTE before 0.58 {_NO_BIDI}"),
)

_KEEP_SEQUENCES = ("dumb", "screen", "tmux")
_VARIABLE = "KHABARJOO_BIDI"


def layout_of(environment: Mapping[str, str], *, terminal: bool, bidi: str | None = None) -> Layout:
    """Returns how to write to a stream that is a terminal or not.

    ``bidi`` is ``auto``, or ``on`` when we are to reorder whatever the terminal is, or ``off`` when we are not;
    without it ``$KHABARJOO_BIDI`` counts.

    >>> layout_of({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, terminal=True).name
    'MARKED'
    >>> layout_of({"TERM": "alacritty"}, terminal=True).name, layout_of({"TERM": "alacritty"}, terminal=False).name
    ('VISUAL', 'PLAIN')
    """
    if not terminal:
        return Layout.PLAIN
    choice = environment.get(_VARIABLE) if bidi is None else bidi
    if choice == "on":
        return Layout.VISUAL
    detected = _detected(environment)
    if choice == "off" and detected in VISUAL_ORDER:
        return Layout.GUESSED
    if detected is Layout.MARKED and not _passes_sequences(environment):
        return Layout.PADDED
    return detected


def _detected(environment: Mapping[str, str]) -> Layout:
    known = (sign.layout for sign in SIGNS if sign.is_in(environment))
    return next(known, Layout.VISUAL)  # most terminals show the cells as they come


def _passes_sequences(environment: Mapping[str, str]) -> bool:
    """Whether a sequence for the terminal reaches it: tmux and screen keep those they do not know."""
    return not environment.get("TERM", "").startswith(_KEEP_SEQUENCES)
