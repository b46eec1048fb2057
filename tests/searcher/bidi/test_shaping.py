from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.searcher.bidi.shaping import shape
from tests.corpus import ZWNJ, any_texts, persian_texts

ZWJ = "\u200d"


def shown(text: str) -> str:
    return "".join(shape(text))


def test_letters_take_the_form_they_have_beside_their_neighbours() -> None:
    assert shown("ببب ب") == "\ufe91\ufe92\ufe90 \ufe8f"
    assert shown("پچژگکی") == "\ufb58\ufb7d\ufb8b\ufb94\ufb91\ufbfd"
    assert shown("دور") == "\ufea9\ufeed\ufead"


def test_zwnj_keeps_letters_apart_and_is_not_shown() -> None:
    assert shown(f"ب{ZWNJ}ب") == "\ufe8f\ufe8f"
    assert shown(f"{ZWNJ}ب{ZWNJ}") == "\ufe8f"


def test_zwj_joins_a_letter_to_nothing_and_is_not_shown() -> None:
    assert shown(f"ه{ZWJ}.ش") == "\ufeeb.\ufeb5"
    assert shown(ZWJ) == ""


def test_lam_and_alef_are_one_ligature() -> None:
    assert shown("لا") == "\ufefb"
    assert shown("سلام") == "\ufeb3\ufefc\ufee1"
    assert [shown(f"ل{alef}") for alef in "آأإ"] == ["\ufef5", "\ufef7", "\ufef9"]
    assert shown(f"ل{ZWNJ}ا") == "\ufedd\ufe8d"
    assert shape("لا") == ["\ufefb", ""]


def test_a_form_that_fonts_lack_is_shown_by_others() -> None:
    assert shown("خانۀ ما") == "\ufea7\ufe8e\ufee7\ufeea\u0654 \ufee3\ufe8e"
    assert shape("ۀ") == ["\ufee9\u0654"]


def test_marks_do_not_keep_letters_apart() -> None:
    assert shown("بَب") == "\ufe91\u064e\ufe90"
    assert shown("لَا") == "\ufefb\u064e"


def test_what_has_no_forms_is_shown_as_it_is() -> None:
    assert shown("abc ۱۲ 👍 שלום") == "abc ۱۲ 👍 שלום"
    assert shape("") == []


@given(st.one_of(any_texts, persian_texts(), st.text("لابَ\u200c\u200d ")))
def test_each_character_has_what_is_shown_in_its_place(text: str) -> None:
    assert len(shape(text)) == len(text)
