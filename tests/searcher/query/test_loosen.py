"""Phrases read more loosely."""

from __future__ import annotations

import pytest

from khabarjoo.searcher.query.loosen import NEARNESS, WORDS, loosened


@pytest.mark.parametrize(
    ("query", "near", "words"),
    [
        ("«سیل در لرستان»", "«سیل در لرستان»~10", "سیل در لرستان"),
        ('استاندار: "سیل مهار شد"', 'استاندار: "سیل مهار شد"~10', "استاندار: سیل مهار شد"),
        ("باران«برف و تگرگ»آمد", "باران«برف و تگرگ»~10آمد", "باران برف و تگرگ آمد"),
        ("«کوه و دشت» و «رود و دریا»", "«کوه و دشت»~10 و «رود و دریا»~10", "کوه و دشت و رود و دریا"),
        ("“سد کرخه: پر شد!” AND آب", "“سد کرخه: پر شد!”~10 AND آب", "سد کرخه پر شد AND آب"),
        ("«این OR آن» -برف", "«این OR آن»~10 -برف", "این or آن -برف"),
    ],
)
def test_a_phrase_is_read_as_nearness_then_as_words(query: str, near: str, words: str) -> None:
    assert list(loosened(query)) == [(near, NEARNESS), (words, WORDS)]


@pytest.mark.parametrize(
    "query",
    ["", "باران و برف", "«باران»", "+«باران و برف»", "-«باران و برف»", "=«باران و برف»", "عنوان:«باران و برف»",
     "«باران و برف»~3", "منبع:«خبرگزاری مهر»", "«باران و برف", "«باران و برف»^2"],
)  # fmt: skip
def test_what_was_asked_for_with_a_sign_stays(query: str) -> None:
    assert list(loosened(query)) == []
