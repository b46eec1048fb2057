from collections.abc import Mapping
from pathlib import Path

import pytest

from khabarjoo.searcher.bidi.terminals import SIGNS, VISUAL_ORDER, Layout, layout_of

VTE = {"VTE_VERSION": "7006", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
KONSOLE = {"KONSOLE_VERSION": "221203", "TERM": "xterm-256color"}
MLTERM = {"MLTERM": "3.9.0", "TERM": "mlterm"}
KITTY = {"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}

TERMINALS = [
    ("GNOME Terminal", VTE, Layout.MARKED),
    ("VTE 0.58, the first that reorders", VTE | {"VTE_VERSION": "5800"}, Layout.MARKED),
    ("VTE 0.56, which does not", VTE | {"VTE_VERSION": "5603"}, Layout.VISUAL),
    ("VTE 1.2, to come", VTE | {"VTE_VERSION": "10200"}, Layout.MARKED),
    ("VTE that says nonsense", VTE | {"VTE_VERSION": "new"}, Layout.VISUAL),
    ("VTE, version in Persian digits", VTE | {"VTE_VERSION": "۷۰۰۶"}, Layout.VISUAL),
    ("VTE without its variable, over ssh", {"TERM": "vte-256color"}, Layout.MARKED),
    ("Konsole", KONSOLE, Layout.PADDED),
    ("mlterm", MLTERM, Layout.GUESSED),
    ("mlterm over ssh", {"TERM": "mlterm"}, Layout.GUESSED),
    ("Apple's Terminal", {"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}, Layout.GUESSED),
    ("mintty", {"TERM_PROGRAM": "mintty", "TERM": "xterm"}, Layout.MARKED),
    ("Emacs, M-x shell", {"INSIDE_EMACS": "29.1,comint", "TERM": "dumb"}, Layout.GUESSED),
    ("Emacs, M-x shell, started from xterm", {"INSIDE_EMACS": "t", "XTERM_VERSION": "XTerm(379)"}, Layout.GUESSED),
    ("kitty", KITTY, Layout.WORDS),
    ("kitty over ssh", {"TERM": "xterm-kitty"}, Layout.WORDS),
    ("foot", {"TERM": "foot"}, Layout.VISUAL),
    ("foot-extra", {"TERM": "foot-extra"}, Layout.VISUAL),
    ("alacritty", {"TERM": "alacritty"}, Layout.VISUAL),
    ("alacritty under another name", {"TERM": "xterm-256color", "ALACRITTY_WINDOW_ID": "7"}, Layout.VISUAL),
    ("WezTerm", {"TERM_PROGRAM": "WezTerm", "TERM": "xterm-256color"}, Layout.VISUAL),
    ("ghostty", {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, Layout.VISUAL),
    ("iTerm2", {"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}, Layout.VISUAL),
    ("Windows Terminal", {"WT_SESSION": "5a3c", "TERM": "xterm-256color"}, Layout.VISUAL),
    ("VS Code", {"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, Layout.VISUAL),
    ("xterm", {"XTERM_VERSION": "XTerm(379)", "TERM": "xterm"}, Layout.VISUAL),
    ("the Linux console", {"TERM": "linux"}, Layout.VISUAL),
    ("rxvt", {"TERM": "rxvt-unicode-256color"}, Layout.VISUAL),
    ("one nobody knows", {"TERM": "xterm-256color"}, Layout.VISUAL),
    ("one that says nothing", {}, Layout.VISUAL),
    (
        "tmux in GNOME Terminal",
        VTE | {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "/t,1,0"},
        Layout.PADDED,
    ),
    ("tmux in Konsole", KONSOLE | {"TERM": "screen-256color", "TMUX": "/t,1,0"}, Layout.PADDED),
    ("tmux in mlterm", MLTERM | {"TERM": "tmux-256color"}, Layout.GUESSED),
    ("tmux in kitty", KITTY | {"TERM": "tmux-256color"}, Layout.WORDS),
    ("tmux in xterm", {"XTERM_VERSION": "XTerm(379)", "TERM": "screen"}, Layout.VISUAL),
    ("tmux in who knows what", {"TERM": "tmux-256color", "TMUX": "/t,1,0"}, Layout.VISUAL),
    ("screen in GNOME Terminal", VTE | {"TERM": "screen.xterm-256color", "STY": "1.pts"}, Layout.PADDED),
    ("GNOME Terminal, made dumb", VTE | {"TERM": "dumb"}, Layout.PADDED),
    ("xterm started from GNOME Terminal", VTE | {"XTERM_VERSION": "XTerm(379)"}, Layout.VISUAL),
    ("alacritty started from GNOME Terminal", VTE | {"TERM": "alacritty"}, Layout.VISUAL),
    ("VS Code started from GNOME Terminal", VTE | {"TERM_PROGRAM": "vscode"}, Layout.VISUAL),
    ("kitty started from Konsole", KONSOLE | KITTY, Layout.WORDS),
    ("Konsole started from kitty", KITTY | KONSOLE, Layout.PADDED),
    ("mlterm started from xterm", {"XTERM_VERSION": "XTerm(379)"} | MLTERM, Layout.GUESSED),
]
REORDERING = [environment for _, environment, layout in TERMINALS if layout not in VISUAL_ORDER]


@pytest.mark.parametrize(("environment", "layout"), [row[1:] for row in TERMINALS], ids=[row[0] for row in TERMINALS])
def test_a_terminal_is_known_by_its_environment(environment: Mapping[str, str], layout: Layout) -> None:
    assert layout_of(environment, terminal=True) is layout
    assert layout_of(environment, terminal=True, bidi="auto") is layout


@pytest.mark.parametrize("bidi", [None, "auto", "on", "off"])
@pytest.mark.parametrize("environment", [row[1] for row in TERMINALS[:12]])
def test_what_is_no_terminal_gets_the_text_as_it_is(environment: Mapping[str, str], bidi: str | None) -> None:
    assert layout_of(environment, terminal=False, bidi=bidi) is Layout.PLAIN


@pytest.mark.parametrize("environment", [row[1] for row in TERMINALS])
def test_on_means_that_we_reorder_and_off_that_we_do_not(environment: Mapping[str, str]) -> None:
    assert layout_of(environment, terminal=True, bidi="on") is Layout.VISUAL
    assert layout_of(environment, terminal=True, bidi="off") not in VISUAL_ORDER


@pytest.mark.parametrize("environment", REORDERING)
def test_off_changes_nothing_where_the_terminal_reorders(environment: Mapping[str, str]) -> None:
    assert layout_of(environment, terminal=True, bidi="off") is layout_of(environment, terminal=True)


def test_the_environment_decides_where_nothing_else_does() -> None:
    assert layout_of(VTE | {"KHABARJOO_BIDI": "on"}, terminal=True) is Layout.VISUAL
    assert layout_of({"KHABARJOO_BIDI": "off"}, terminal=True) is Layout.GUESSED
    assert layout_of(VTE | {"KHABARJOO_BIDI": "on"}, terminal=True, bidi="auto") is Layout.MARKED
    assert layout_of(VTE | {"KHABARJOO_BIDI": "perhaps"}, terminal=True) is Layout.MARKED


def test_every_sign_says_how_it_is_known_and_can_be_reached() -> None:
    assert all(sign.why for sign in SIGNS)
    for sign in SIGNS:
        alone = {sign.variable: str(sign.version or sign.beginning or "1")}
        assert layout_of(alone, terminal=True) is sign.layout


def test_the_page_on_terminals_names_every_variable() -> None:
    page = Path(__file__).parents[3].joinpath("docs", "terminals.md").read_text(encoding="utf-8")
    assert [sign.variable for sign in SIGNS if f"`{sign.variable}" not in page] == []
