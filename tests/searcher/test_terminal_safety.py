import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.searcher.terminal_safety import CleanSink, clean, one_line

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("unsafe", "safe"),
    [
        ("\x1b[31mقرمز\x1b[0m", "قرمز"),  # colour
        ("\x1b[2J\x1b[Hپاک", "پاک"),  # clears the screen
        ("\x1b]0;عنوان پنجره\x07خبر", "خبر"),  # renames the window, ended by BEL
        ("\x1b]8;;https://example.org\x1b\\خبر\x1b]8;;\x1b\\", "خبر"),  # a link, ended by ST
        ("\x1b]52;c;cm0=\x9cخبر", "خبر"),  # writes the clipboard, ended by C1 ST
        ("\x1bP1$r\x1b\\خبر", "خبر"),  # device control
        ("\x1bcخبر", "خبر"),  # resets the terminal
        ("\x1b(0خبر", "خبر"),  # another character set
        ("\x9b31mخبر\x9b0m", "خبر"),  # the same in C1 controls, which some terminals heed in UTF-8
        ("\x9d0;عنوان\x9cخبر\x90$q\x1b\\", "خبر"),
        ("\x1b]0;عنوان\x9cخبر\x9d0;عنوان\x07", "خبر"),
        ("\x84\x88خبر\x9b", "خبر"),
        ("خبر\x08\x08\x7f\x00\x07", "خبر"),
        ("\x1b", ""),
    ],
)
def test_escape_sequences_and_controls_are_removed(unsafe: str, safe: str) -> None:
    assert clean(unsafe) == safe


def test_a_string_sequence_without_its_end_does_not_swallow_the_text() -> None:
    assert clean("\x1b]0;دنبالهٔ خبر") == "0;دنبالهٔ خبر"


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_no_bidi_override_embedding_or_isolate_stays(code: int) -> None:
    assert clean(f"قم{chr(code)}خبر") == "قمخبر"


def test_what_persian_text_is_made_of_stays() -> None:
    text = f"می{ZWNJ}شود؛ «مسئول» ۱۴۰۳ مُدَرِّس\tابـر \u200fABC 👍🏽\n"
    assert clean(text) == text


def test_line_ends_of_all_kinds_become_newlines() -> None:
    assert clean("یک\r\nدو\rسه\u2028چهار\x85پنج\x0b\x0c") == "یک\nدو\nسه\nچهار\nپنج\n\n"


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert clean("خبر\ud800") == "خبر\ufffd"


def test_one_line_has_no_line_end_and_no_run_of_spaces() -> None:
    assert one_line("یک\n\n  دو\t\u2029سه\xa0چهار ") == "یک دو سه چهار "


@given(st.text())
def test_any_text_is_made_safe_once_and_for_all(text: str) -> None:
    cleaned = clean(text)
    kept = {"\n", "\t"}
    assert not [char for char in cleaned if unicodedata.category(char) == "Cc" and char not in kept]
    assert not [char for char in cleaned if unicodedata.bidirectional(char) in _TURNING]
    assert clean(cleaned) == cleaned
    cleaned.encode()  # fails for a lone surrogate


_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    "unit", ["\x1b[", "\x1b]", "\x1b]0;", "\x9d", "\x9b", "\x9b0;", "\x9d0;", "\x9b ", "\x1b[0;", "\x1b "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    clean(unit * 100_000)
    assert time.process_time() - started < 2


def test_a_clean_sink_lets_only_clean_text_through(terminal) -> None:
    CleanSink(terminal).write("خبر\x1b[31m\n")
    assert terminal.getvalue() == "خبر\n"
