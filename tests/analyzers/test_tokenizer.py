"""Cutting text: what is one raw token, where each begins and ends, and that no text takes long."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from khabarjoo.analyzers.normalizer import ZWNJ, ZWNJ_LOOKALIKES
from khabarjoo.analyzers.tokenizer import RAW_TOKEN, is_barrier, plain_number

_MEGABYTE = 1_000_000
_SLOW = 3.0  # seconds; a megabyte takes a fifth of one on an idle core


def _raw(text: str) -> list[str]:
    return RAW_TOKEN.findall(text)


def test_a_sentence_is_cut_into_words_and_marks_with_true_offsets() -> None:
    text = "رئيس‌جمهور  گفت: «می‌رویم»."
    found = [(match.group(), match.span()) for match in RAW_TOKEN.finditer(text)]
    assert found == [
        ("رئيس‌جمهور", (0, 10)),
        ("گفت", (12, 15)),
        (":", (15, 16)),
        ("«", (17, 18)),
        ("می‌رویم", (18, 25)),
        ("»", (25, 26)),
        (".", (26, 27)),
    ]


@pytest.mark.parametrize(
    "word",
    [
        "کِتابٌ",
        "كتـــاب",
        "می‌‌روم",
        *(f"می{mark}روم" for mark in ZWNJ_LOOKALIKES),
        "ته\u202bران\u202c",
        "ﺍﻳﺮﺍﻥ",
        "پښتۆ",
        "رحمٰن",
    ],
)
def test_marks_tatweel_and_joiners_stay_inside_a_word(word: str) -> None:
    assert _raw(f"({word})") == ["(", word, ")"]


@pytest.mark.parametrize("loose", ["\u064e", ZWNJ, "\u200f", " \u200c ", "\u202b"])
def test_a_mark_or_joiner_with_no_letter_before_it_is_no_token(loose: str) -> None:
    assert _raw(f"{loose}تهران") == ["تهران"]
    assert _raw(loose) == []


def test_a_tatweel_typed_as_a_dash_stands_apart_from_the_word() -> None:
    assert _raw("تهران \u0640 ایرنا") == ["تهران", "\u0640", "ایرنا"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("۱۲٬۰۰۰ تن", ["۱۲٬۰۰۰", "تن"]),
        ("12,000", ["12,000"]),
        ("۱،۲۵۰،۰۰۰", ["۱،۲۵۰،۰۰۰"]),
        ("۳٫۵", ["۳٫۵"]),
        ("3.5", ["3.5"]),
        ("12,345.67", ["12,345.67"]),
        ("۱۴۰۳/۰۶/۰۱", ["۱۴۰۳", "/", "۰۶", "/", "۰۱"]),
        ("سال ۱۴۰۳.", ["سال", "۱۴۰۳", "."]),
        ("۲۰، ۳۰", ["۲۰", "،", "۳۰"]),
        ("۱،۲،۳", ["۱", "،", "۲", "،", "۳"]),
        ("٢٥٪", ["٢٥", "٪"]),
        ("-5", ["-", "5"]),
    ],
)
def test_a_number_keeps_its_thousands_and_decimal_signs(text: str, tokens: list[str]) -> None:
    assert _raw(text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("۲۵ساله", ["۲۵", "ساله"]),
        ("کووید۱۹", ["کووید", "۱۹"]),
        ("PS752", ["PS752"]),
        ("گروه5+1", ["گروه", "5", "+", "1"]),
        ("تهرانTehran", ["تهران", "Tehran"]),
        ("FIFAو", ["FIFA", "و"]),
    ],
)
def test_a_token_is_of_one_kind(text: str, tokens: list[str]) -> None:
    assert _raw(text) == tokens


@pytest.mark.parametrize("text", ["ج.ا.ا", "ج.ا.ا.", "ق.م", "ه.ش.", "هـ.ش", "م.ر.ب"])
def test_letters_with_a_dot_after_each_are_one_token(text: str) -> None:
    assert _raw(text) == [text]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("رفت.او آمد", ["رفت", ".", "او", "آمد"]),
        ("است. و", ["است", ".", "و"]),
        ("و.رفت", ["و", ".", "رفت"]),
        ("...", [".", ".", "."]),
    ],
)
def test_the_end_of_a_sentence_is_no_abbreviation(text: str, tokens: list[str]) -> None:
    assert _raw(text) == tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("info@isna.ir", ["info", "isna", "ir"]),
        (
            "https://www.isna.ir/news/1403?q=a_b&x=1",
            ["https", "www", "isna", "ir", "news", "1403", "q", "a", "b", "x", "1"],
        ),
        ("#دهه_فجر", ["دهه", "فجر"]),
        ("@khabar_joo", ["khabar", "joo"]),
        ("COVID-19", ["COVID", "19"]),
        ("«ایران»/«تهران»", ["ایران", "تهران"]),
        ("خبر\u2013گزارش", ["خبر", "گزارش"]),
    ],
)
def test_addresses_links_and_hashtags_are_cut_into_their_words(text: str, words: list[str]) -> None:
    assert [raw for raw in _raw(text) if not is_barrier(raw)] == words


@pytest.mark.parametrize("mark", list(".,:;!?()[]{}«»،؛؟٪٫٬…–—-/\\|*&^%$#@~`+=<>\"'"))
def test_a_mark_of_punctuation_is_a_barrier_of_its_own(mark: str) -> None:
    assert _raw(f"خبر{mark}گزارش") == ["خبر", mark, "گزارش"]
    assert is_barrier(mark)


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "_", "\x1f", "\x85"])
def test_space_and_underscore_part_words_without_a_token_of_their_own(space: str) -> None:
    assert _raw(f"دهه{space}فجر") == ["دهه", "فجر"]


@pytest.mark.parametrize("raw", ["قم", "و", "5", "۵", "a", "12,000", "ج.ا.ا"])
def test_a_word_or_a_number_is_no_barrier(raw: str) -> None:
    assert not is_barrier(raw)


def test_the_currency_sign_of_iran_is_a_word() -> None:
    assert not is_barrier("﷼")
    assert _raw("﷼۵۰۰") == ["﷼", "۵۰۰"]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("۲۵", "25"),
        ("٢٥", "25"),
        ("۱۲٬۰۰۰", "12000"),
        ("12,000", "12000"),
        ("۱،۲۵۰،۰۰۰", "1250000"),
        ("۳٫۵", "3.5"),
        ("3.5", "3.5"),
        ("۰۰۷", "007"),
        ("12,345.67", "12345.67"),
    ],
)
def test_a_number_is_plain_in_ascii_digits(raw: str, number: str) -> None:
    assert plain_number(raw) == number


@pytest.mark.parametrize("raw", ["قم", "a1", "1a", "", ".", "1.", ".5", "²", "½", "۲۵٪", "Ⅳ", "1\n"])
def test_what_is_not_all_digits_is_no_number(raw: str) -> None:
    assert plain_number(raw) is None


def test_the_digits_of_every_script_are_read() -> None:
    digits = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) == "Nd"]
    assert [c for c in digits if plain_number(c) != str(unicodedata.decimal(c))] == []


@given(st.text(max_size=60))
@example("ا.ا.ا.ا.")
@example("1,111,11")
@example("۱.۱.۱.۱.۱.۱.۱.۱.۱.۱")
def test_tokens_stand_in_order_inside_the_text_and_pass_over_only_space_and_loose_marks(text: str) -> None:
    end = 0
    passed_over = ""
    for match in RAW_TOKEN.finditer(text):
        assert end <= match.start() < match.end() <= len(text)
        passed_over += text[end : match.start()]
        end = match.end()
    passed_over += text[end:]
    assert not any(char.isalnum() for char in passed_over)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_stands_beyond_a_space_never_changes_how_a_text_is_cut(left: str, right: str) -> None:
    assert _raw(f"{left} {right}") == _raw(left) + _raw(right)


@pytest.mark.parametrize(
    "piece",
    [
        "ا",
        "ا.",
        "ا.ا.اا.",
        "1",
        "1,",
        "1.",
        "1,111",
        "1,111.",
        "۱٬۱۱۱٫",
        "1.1a",
        "1" * 50 + "ا",
        ZWNJ,
        "ا" + ZWNJ * 100,
        "\u064e",
        "\u0640",
        "_",
        "a\u0301",
        "a_",
        "#_",
        "می‌",
        " \u200c ",
        "\ud800",
        "😀\u200d",
        "﷽",
    ],
    ids=lambda piece: "-".join(f"{ord(char):04X}" for char in piece[:6]),
)
def test_a_megabyte_of_one_odd_piece_is_cut_in_no_time(piece: str) -> None:
    text = piece * (_MEGABYTE // len(piece))
    started = time.process_time()
    for _ in RAW_TOKEN.finditer(text):
        pass
    assert time.process_time() - started < _SLOW
