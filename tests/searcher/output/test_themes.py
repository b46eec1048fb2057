"""What matched is told by more than its colour, and its colour reads on the background it has."""

import pytest

from khabarjoo.searcher.output.themes import MATCH_COLOURS, Theme, match_attributes, theme_of

_NEVER = lambda environment: pytest.fail("a terminal was asked")  # noqa: E731


@pytest.mark.parametrize("theme", ["none", "either", "light", "dark"])
def test_what_matched_is_bold_and_underlined_in_every_theme(theme: Theme) -> None:
    assert match_attributes(theme).startswith("1;4")
    assert match_attributes(theme) == "1;4" or theme in MATCH_COLOURS


def luminance(colour: int) -> float:
    """Relative luminance of one of the 216 colours of the cube, by WCAG 2.1."""
    parts = (divmod(colour - 16, 36)[0], (colour - 16) % 36 // 6, (colour - 16) % 6)
    shares = ((0, 95, 135, 175, 215, 255)[part] / 255 for part in parts)
    linear = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_the_colour_for_any_background_reads_on_white_and_on_black() -> None:
    light = luminance(int(MATCH_COLOURS["either"].rpartition(";")[2]))
    assert 1.05 / (light + 0.05) >= 4.5
    assert (light + 0.05) / 0.05 >= 4.5


@pytest.mark.parametrize("chosen", ["light", "dark", "none"])
def test_what_is_chosen_counts_and_nobody_is_asked(chosen: str) -> None:
    assert theme_of(chosen, {"COLORFGBG": "15;0"}, _NEVER) == chosen


@pytest.mark.parametrize(
    ("told", "theme"), [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("7;8", "dark")]
)
def test_a_terminal_that_tells_its_colours_in_the_environment_is_not_asked(told: str, theme: str) -> None:
    assert theme_of("auto", {"COLORFGBG": told}, _NEVER) == theme


@pytest.mark.parametrize(
    ("environment", "answer", "theme"),
    [
        ({"TERM": "xterm-256color"}, "light", "light"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;default"}, "dark", "dark"),
        ({"TERM": "xterm-256color"}, "", "either"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "", "either"),
        ({"TERM": "vt100"}, "", "none"),
    ],
)
def test_else_the_terminal_is_asked_and_without_an_answer_any_background_will_do(
    environment: dict[str, str], answer: str, theme: str
) -> None:
    assert theme_of("auto", environment, lambda _: answer) == theme
