import re
import time
import unicodedata
from itertools import groupby
from pathlib import Path

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from khabarjoo.searcher.bidi.reordering import mirror
from khabarjoo.searcher.bidi.shaping import shape
from khabarjoo.searcher.bidi.terminals import VISUAL_ORDER, Layout
from khabarjoo.searcher.terminal_safety import one_line
from tests.corpus import ZWNJ, any_texts, persian_texts
from tests.searcher.bidi.bidiscreen import cells_of, rows_of

LINES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("lines.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SCREENS = [layout for layout in Layout if layout is not Layout.PLAIN]
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def styled(line: str) -> list[tuple[str, str]]:
    """A line whose words are in the styles ``w0``, ``w1`` …, and the spaces between them plain."""
    spaced = line.replace(" ", "\0 \0").split("\0")
    return [(part, "p" if part.isspace() else f"w{place}") for place, part in enumerate(spaced) if part]


def test_there_are_enough_lines_to_look_at() -> None:
    assert len(LINES) >= 50
    assert {direction for direction, _, _ in LINES} == {"R", "L"}


@pytest.mark.parametrize(("direction", "logical", "visual"), LINES)
def test_a_line_is_shown_as_another_implementation_of_bidi_shows_it(direction, logical: str, visual: str) -> None:
    (row,) = rows_of(logical, rtl=direction == "R")
    assert row.strip() == visual
    if direction == "R":
        assert wcswidth(row.rstrip()) == 300 - (len(logical) - len(logical.lstrip()))
    else:
        assert not row.startswith(" ")


@pytest.mark.parametrize(("direction", "logical", "visual"), LINES)
def test_styles_do_not_change_the_order_and_stay_on_their_words(direction, logical: str, visual: str) -> None:
    runs = styled(logical)
    (row,) = cells_of(runs, rtl=direction == "R")
    assert "".join(cell.text for cell in row).strip() == visual
    shown = dict(zip([style for _, style in runs], _shown_of_each(runs), strict=True))
    for style, text in shown.items():
        on_screen = "".join(cell.text for cell in row if cell.style == style)
        assert style == "p" or sorted(_sides(on_screen)) == sorted(_sides(text))


@pytest.mark.parametrize(("direction", "logical", "visual"), LINES)
def test_a_word_in_one_script_keeps_its_style_in_one_piece(direction, logical: str, visual: str) -> None:
    (row,) = cells_of(styled(logical), rtl=direction == "R")
    pieces = [style for style, _ in groupby(cell.style for cell in row) if style != "p"]
    words = {style: text for text, style in styled(logical)}
    assert [style for style in pieces if words[style].isalpha() and pieces.count(style) > 1] == []


def _shown_of_each(runs: list[tuple[str, str]]) -> list[str]:
    shown = shape("".join(text for text, _ in runs))
    found = []
    for text, _ in runs:
        found.append("".join(shown[: len(text)]))
        shown = shown[len(text) :]
    return found


def _sides(text: str) -> list[str]:
    """The characters, brackets of either side as those of one."""
    return [min(char, mirror(char)) for char in text]


def test_a_paragraph_is_wrapped_as_it_is_read_and_then_reordered() -> None:
    assert rows_of("خبر تازه از BBC World رسید", columns=13) == [
        "  ﺯﺍ ﻩﺯﺎﺗ ﺮﺒﺧ",
        "    BBC World",
        "         ﺪﯿﺳﺭ",
    ]


def test_what_stands_before_a_paragraph_is_on_the_right_and_its_other_rows_are_indented_there() -> None:
    assert rows_of(" 1. خبر تازه رسید", columns=12, hang=4) == ["ﻩﺯﺎﺗ ﺮﺒﺧ .1", "    ﺪﯿﺳﺭ"]
    assert rows_of(" 1. abc def", columns=8, hang=4, rtl=False) == [" 1. abc", "    def"]


def test_where_the_terminal_reorders_text_stays_as_it_is_read() -> None:
    text = f" 1. خبر «تازه» (BBC) می{ZWNJ}رسد."
    assert rows_of(text, Layout.MARKED, hang=4) == [text]
    assert rows_of(text, Layout.GUESSED, hang=4) == [text]
    assert rows_of(text, Layout.PADDED, hang=4, columns=40) == [" " * (40 - wcswidth(text)) + f"\u202b{text}\u202c"]
    assert rows_of("x y z", Layout.PADDED, columns=4) == [" \u202bx y\u202c", "   \u202bz\u202c"]


def test_a_line_from_left_to_right_is_never_moved() -> None:
    for layout in SCREENS:
        assert rows_of("  a b", layout, rtl=False) == ["  a b"]


def test_a_terminal_that_turns_words_gets_them_from_their_last_cell() -> None:
    (row,) = rows_of("در سال ۱۴۰۱ (پایان) BBC 12 گفت.", Layout.WORDS)
    assert row.split() == ["ﮔﻔﺖ.", "BBC", "12", "(ﭘﺎﯾﺎﻥ)", "۱۰۴۱", "ﺳﺎﻝ", "ﺩﺭ"]


def test_words_for_a_terminal_that_turns_them_have_no_marks_and_one_font() -> None:
    assert rows_of("خانهٔ ما", Layout.WORDS, columns=7) == ["ﻣﺎ ﺧﺎﻧﻪ"]
    assert rows_of([("ما", "bold"), ("،", "p")], Layout.WORDS, columns=3) == ["،ﻣﺎ"]
    assert rows_of("cafe\u0301", Layout.WORDS, rtl=False) == ["cafe\u0301"]


def test_zwnj_has_its_effect_and_no_cell() -> None:
    assert rows_of(f"می{ZWNJ}رود") == [" " * 295 + "ﺩﻭﺭﯽﻣ"]
    (row,) = cells_of(f"می{ZWNJ}رود", Layout.MARKED)
    assert [cell.width for cell in row] == [1] * 5


def test_marks_stay_on_their_letter() -> None:
    (row,) = cells_of("مُحَمَّد آ\u0653 لا\u064b")
    assert [cell.text for cell in row if not cell.text.isspace()] == ["\ufefb\u064b", "ﺁ\u0653", "ﺪ", "ﻤَّ", "ﺤَ", "ﻣُ"]


def test_a_picture_of_several_code_points_is_one_cell() -> None:
    (row,) = cells_of("👩\u200d👧 ok ❤\ufe0f", rtl=False)
    assert [cell.text for cell in row] == ["👩\u200d👧", " ", "o", "k", " ", "❤\ufe0f"]


@pytest.mark.parametrize("layout", SCREENS)
def test_bidi_controls_are_never_written(layout: Layout) -> None:
    foreign = re.sub("[\u2066-\u2069]", "", BIDI_CONTROLS)  # isolates are ours: what articles have of them is cleaned
    (row,) = rows_of(f"خبر\u200f (a)\u200e{foreign} b", layout)
    ours = "\u202b\u202c" if layout is Layout.PADDED else ""
    assert [char for char in row if char in BIDI_CONTROLS] == list(ours)


def test_an_empty_paragraph_is_an_empty_row() -> None:
    for layout in SCREENS:
        assert rows_of("", layout) == [""]
        assert rows_of("   ", layout) == [""]


texts = st.one_of(persian_texts(), any_texts, st.text("ابلم a1۱(«.-/ \u064e\u200c")).map(one_line)


@given(texts, st.sampled_from(SCREENS), st.integers(1, 50), st.booleans())
def test_no_row_is_wider_than_the_screen(text: str, layout: Layout, columns: int, rtl: bool) -> None:
    for row in cells_of(text, layout, columns=columns, rtl=rtl):
        assert sum(cell.width for cell in row) <= max(columns, 2)


@given(texts, st.integers(1, 50), st.booleans())
def test_no_letter_is_lost_or_made_up(text: str, columns: int, rtl: bool) -> None:
    rows = rows_of(text, columns=columns, rtl=rtl)
    assert _letters("".join(rows)) == _letters(text)
    for layout in set(SCREENS) - VISUAL_ORDER:
        kept = "".join(rows_of(text, layout, columns=columns, rtl=rtl))
        assert _unspaced(_uncontrolled(kept)) == _unspaced(_uncontrolled(text))


@given(texts, st.integers(20, 60))
def test_words_are_whole_unless_longer_than_a_row(text: str, columns: int) -> None:
    rows = rows_of(text, Layout.MARKED, columns=columns)
    words = _uncontrolled(text).split(" ")
    whole = [word for word in words if word and sum(max(wcwidth(char), 0) for char in word) <= columns]
    found = " ".join(rows)
    assert [word for word in whole if word not in found] == []


@given(texts, st.booleans())
def test_the_order_is_that_of_the_library_which_does_not_mirror(text: str, rtl: bool) -> None:
    plain = "".join(char for char in text if wcwidth(char) > 0 and not "\u0600" <= char <= "\u08ff").strip()
    (row,) = rows_of(plain, rtl=rtl, columns=10_000)
    assert _sides(row.strip()) == _sides(get_display(plain, base_dir="R" if rtl else "L").strip())


def _letters(text: str) -> list[str]:
    """The letters of a text, joined forms as the letters they are forms of, in no order."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf" and not char.isspace())
    return sorted(_sides(unicodedata.normalize("NFKD", shown)))


def _uncontrolled(text: str) -> str:
    return "".join(char for char in text if char not in BIDI_CONTROLS)


def _unspaced(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("layout", SCREENS)
@pytest.mark.parametrize(
    "text", ["آ" + "\u064e" * 50_000, "آ" * 50_000, "آ ()" * 10_000, " " * 50_000, "a\u200d" * 20_000]
)
def test_odd_text_takes_no_long_time(text: str, layout: Layout) -> None:
    started = time.process_time()
    rows_of(text, layout, columns=80)
    assert time.process_time() - started < 10
