"""Folding: what each keyboard's letters, marks and controls come to, and that folding twice changes nothing."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from khabarjoo.analyzers.normalizer import (
    BIDI_CONTROLS,
    TATWEEL,
    ZWNJ,
    ZWNJ_LOOKALIKES,
    fold,
    fold_inner_madda,
    join_parts,
)
from khabarjoo.analyzers.tokenizer import RAW_TOKEN

# A Persian letter and what Arabic, Urdu, Kurdish, Pashto, Sindhi and Uyghur keyboards type for it.
_LOOKALIKES = {
    "ا": "أإٱٲٳ",
    "و": "ؤٶۄۅۆۇۈۉۊۋ",
    "ی": "يىئېےۓۍێۑٸ",
    "ه": "ةۀہۂۃەھ",
    "ک": "كڪګڬڮ",
    "گ": "ڰڱڲڳڴ",
    "ت": "ټٺٽٹ",
    "چ": "ڿڇ",
    "ح": "ځڂڅ",
    "د": "ڈډڊڋڌڍڎڏڐ",
    "ر": "ڑڒړڔڕږڗ",
    "ژ": "ڙ",
    "س": "ښڛڜ",
    "ف": "ڡڢڣڤڥڦ",
    "ق": "ڧڨ",
    "ل": "ڵڶڷڸ",
    "ن": "ںڻڼڽ",
}
_VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0656\u0670"
_KORANIC = "\u0610\u0615\u06d6\u06dc\u06df\u06e5\u06e8\u06ea\u06ed"
_MARKS = {"Mn", "Me", "Cf"}
_ASSIGNED = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) not in ("Cn", "Co", "Cs")]

_persian_words = st.text("اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", min_size=1, max_size=10)
_decoration = st.text(_VOWELS.replace("\u0653", "") + TATWEEL + BIDI_CONTROLS, max_size=3)


@pytest.mark.parametrize(("letter", "lookalike"), [(a, b) for a, others in _LOOKALIKES.items() for b in others])
def test_a_lookalike_of_a_persian_letter_folds_to_it_wherever_it_stands(letter: str, lookalike: str) -> None:
    assert fold(lookalike) == letter
    assert fold(f"ب{lookalike}م{lookalike}") == f"ب{letter}م{letter}"


def test_the_letters_of_persian_fold_to_themselves() -> None:
    alphabet = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
    assert fold(alphabet) == alphabet


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("مسئول", "مسیول"),
        ("مسؤول", "مسوول"),
        ("رأی", "رای"),
        ("جزء", "جز"),
        ("جزئي", "جزیی"),
        ("هیأت", "هیات"),
        ("خانۀ", "خانه"),
        ("خانه\u0654", "خانه"),
        ("مو\u0654لف", "مولف"),
        ("ا\u0654حمد", "احمد"),
    ],
)
def test_hamza_is_dropped_with_or_without_a_seat_and_the_seat_stays(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("آستان", "آستان"),
        ("ا\u0653ستان", "آستان"),
        ("قرآن", "قران"),
        ("الآن", "الان"),
        ("دانش\u200cآموز", "دانش\u200cآموز"),
        ("دانش\u200bا\u0653موز", "دانش\u200cآموز"),
        ("\ufe81ب", "آب"),
        ("کم\ufe82ب", "کماب"),
        ("\ufef5ن", "لان"),
    ],
)
def test_madda_stays_where_a_part_begins_and_goes_inside_it(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ﻻزم", "لازم"),
        ("اسﻼم", "اسلام"),
        ("ﺍﻳﺮﺍﻥ", "ایران"),
        ("ﭘﮋﻭﻫﺶ", "پژوهش"),
        ("ﮐﺘﺎﺏ", "کتاب"),
        ("عبدﷲ", "عبدالله"),
        ("﷼", "ریال"),
        ("ﷴ", "محمد"),
        ("ﮤ", "ه"),
    ],
)
def test_presentation_forms_and_ligatures_fold_to_the_letters_they_show(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_every_presentation_form_folds_as_the_letters_it_is_made_of() -> None:
    forms = [c for c in _ASSIGNED if "\ufb50" <= c <= "\ufdf9" or "\ufe80" <= c <= "\ufefc"]
    letters = {c: unicodedata.normalize("NFKC", c) for c in forms if unicodedata.category(c) == "Lo"}
    assert len(letters) > 600
    assert {c: fold(c) for c, spelled in letters.items() if fold(c) != fold(spelled.strip())} == {}


@pytest.mark.parametrize("mark", [*_VOWELS.replace("\u0653", ""), *_KORANIC, TATWEEL, *BIDI_CONTROLS])
def test_marks_tatweel_and_bidi_controls_leave_no_trace(mark: str) -> None:
    assert fold(f"ک{mark}ت{mark}{mark}ا{mark}ب{mark}") == "کتاب"
    assert fold(mark) == ""


@pytest.mark.parametrize("lookalike", ["\u200b", "\u200d", "\u200e", "\u200f", "\u00ac", "\u00ad", "\ufeff", "\u2060"])
def test_what_is_typed_for_a_zwnj_folds_to_one(lookalike: str) -> None:
    assert lookalike in ZWNJ_LOOKALIKES
    assert fold(f"می{lookalike}شود") == f"می{ZWNJ}شود"


@pytest.mark.parametrize("typed", ["‌می‌شود", "می‌‌‌شود", "می‌شود‌", "می‌\u200b\u200fشود", "م\u064eی‌\u0640‌شود", "‌‌می‌شود‌‌"])
def test_a_run_of_zwnjs_is_one_and_none_stands_at_an_edge(typed: str) -> None:
    assert fold(typed) == f"می{ZWNJ}شود"


def test_nothing_is_left_of_a_token_of_controls_alone() -> None:
    assert fold(ZWNJ + ZWNJ_LOOKALIKES + BIDI_CONTROLS + TATWEEL + _VOWELS) == ""
    assert fold("") == ""


@pytest.mark.parametrize("digits", ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "0123456789"])
def test_every_family_of_digits_in_news_folds_to_ascii(digits: str) -> None:
    assert fold(digits) == "0123456789"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("UIL", "uil"),
        ("ＦＩＦＡ", "fifa"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("MÜLLER", "muller"),
        ("Straße", "strasse"),
        ("ﬁlm", "film"),
        ("İstanbul", "istanbul"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("Москва", "москва"),
    ],
)
def test_letters_of_other_scripts_lose_case_width_and_accents(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_join_parts_takes_the_zwnj_out_and_folds_the_madda_it_leaves_inside() -> None:
    assert join_parts(f"دانش{ZWNJ}آموز{ZWNJ}ها") == "دانشاموزها"
    assert join_parts("آستان") == "آستان"
    assert join_parts(fold("دانش‌آموز")) == join_parts(fold("دانشآموز")) == fold("دانش\u0622موز")


def test_fold_inner_madda_keeps_the_first_letter() -> None:
    assert (fold_inner_madda("آب"), fold_inner_madda("آباآب"), fold_inner_madda("")) == ("آب", "آبااب", "")


def test_folding_a_folded_character_changes_nothing_in_all_of_unicode() -> None:
    assert [f"U+{ord(c):04X}" for c in _ASSIGNED if fold(fold(f"ب{c}م")) != fold(f"ب{c}م")] == []


def test_no_mark_and_no_control_is_left_of_any_character_in_a_word() -> None:
    left = {
        f"U+{ord(char):04X}"
        for char in _ASSIGNED
        for folded in fold(f"ب{char}م")
        if folded != ZWNJ and unicodedata.category(folded) in _MARKS
    }
    assert left == set()


@given(st.text(max_size=20))
@example("\ufffd\u200c\u200c")
@example("ا\u200c\u0653")
@example("\ud800ا\udfff")
def test_folding_is_idempotent_for_any_text(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20))
def test_any_raw_token_folds_without_marks_and_without_a_zwnj_at_an_edge(text: str) -> None:
    for raw in RAW_TOKEN.findall(text):
        folded = fold(raw)
        assert folded == folded.strip(ZWNJ)
        assert ZWNJ + ZWNJ not in folded
        assert all(char == ZWNJ or unicodedata.category(char) not in _MARKS for char in folded)


@given(_persian_words, st.lists(_decoration, min_size=11, max_size=11))
def test_decoration_between_the_letters_of_a_word_makes_no_difference(word: str, marks: list[str]) -> None:
    decorated = "".join(char + mark for char, mark in zip(word, marks, strict=False))
    assert fold(decorated) == fold(word)


@given(_persian_words)
def test_a_word_folds_alike_from_an_arabic_keyboard(word: str) -> None:
    assert fold(word.translate(str.maketrans("یک", "يك"))) == fold(word)
