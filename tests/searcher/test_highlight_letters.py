"""Where the letters of a word stand in a text, however it was typed."""

from __future__ import annotations

import time

import pytest
from corpus import ZWNJ, any_texts, persian_texts
from hypothesis import given

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.searcher.highlight import Lettering


def found(text: str, form: str, *, alone: bool = True) -> list[str]:
    return [text[start:end] for start, end in Lettering(text).find(form, alone=alone)]


@pytest.mark.parametrize(
    "typed",
    [f"همکاری{ZWNJ}های", "همکاری های", "همکاری  های", "همكاريهاي", "همـکاریِ‌های", f"همکاری{ZWNJ}\nهای", "همکاریهای"],
)
def test_letters_are_found_whatever_stands_between_them(typed: str) -> None:
    assert found(f"از {typed}، ما", "همکاریهای") == [typed]


@pytest.mark.parametrize(
    ("form", "typed"),
    [("1403", "۱۴۰۳"), ("1403", "١٤٠٣"), ("12000", "12,000"), ("3.5", "۳٫۵"), ("nato", "NATO"), ("cafe", "café"),
     ("جاا", "ج.ا.ا"), ("مسوول", "مسؤول"), ("پیشاگهی", "پیش آگهی"), ("شی", "شیء")],
)  # fmt: skip
def test_what_folds_to_the_same_letters_is_found(form: str, typed: str) -> None:
    assert any(place in typed for place in found(f"از {typed} تا", form))


def test_letters_within_a_longer_word_are_found_only_if_they_need_not_be_alone() -> None:
    text = "ایران، ایرانی و عصرایران"
    assert found(text, "ایران") == ["ایران"]
    assert found(text, "ایران", alone=False) == ["ایران"] * 3


def test_places_that_overlap_are_all_found() -> None:
    assert list(Lettering("بابابا").find("بابا", alone=False)) == [(0, 4), (2, 6)]


@pytest.mark.parametrize("form", ["", "🌧", "."])
def test_a_form_without_letters_is_nowhere(form: str) -> None:
    assert found("باران. 🌧 برف", form, alone=False) == []


@given(persian_texts() | any_texts.filter(lambda text: text.isascii()))
def test_every_word_of_a_text_is_where_its_letters_are(text: str) -> None:
    letters = Lettering(text)
    for token in default_analyzer().tokens(text):
        places = letters.find(token.term.form, alone=False)
        assert any(token.start <= start < end <= token.end for start, end in places)


@given(any_texts, any_texts)
def test_any_text_is_searched_for_any_form(text: str, form: str) -> None:
    for start, end in Lettering(text).find(form, alone=False):
        assert 0 <= start < end <= len(text)


def test_the_same_letters_over_and_over_take_no_longer_than_others() -> None:
    started = time.process_time()
    assert len(found("ا" * 50_000, "ا" * 40, alone=False)) == 50_000 - 39
    assert time.process_time() - started < 1
