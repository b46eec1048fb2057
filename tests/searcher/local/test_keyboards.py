"""Layouts of keys, Persian and English."""

from __future__ import annotations

import pytest

from khabarjoo.searcher.local.keyboards import LAYOUTS, latin_for, on_sign_keys, persian_for


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hdvhk", "ایران"), (";vlhk", "کرمان"), ("'dghk", "گیلان"), ("[ihn", "جهاد"), ("]ht", "چاف"),
        ("Hlg", "آمل"), ("HDVHK", "ایران"), ("lsd,g", "مسیول"), ("CHgi", "ژآله"), (",cdv", "وزیر"),
        ("mhdhk", "پایان"), ("\\hdhk", "پایان"), ("`hdhk", "پایان"), ("lmg", "مپل"),
    ],
)  # fmt: skip
def test_the_keys_of_latin_letters_give_persian_ones(typed: str, meant: str) -> None:
    assert meant in persian_for(typed)


def test_hamza_on_yeh_and_zheh_are_where_each_layout_has_them() -> None:
    assert list(persian_for("lsm,g")) == ["مسپول", "مسئول"]
    assert "ژاله" in persian_for("\\hgi")
    assert "ژاله" in persian_for("Chgi")


@pytest.mark.parametrize("typed", ["ایران", "hdvhk 1", "iran!", "a.b", "é"])
def test_what_is_not_on_letter_keys_gives_nothing(typed: str) -> None:
    assert list(persian_for(typed)) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("لخخلمث", "google"), ("زخرهی", "covid"), ("زخرهي۱۹", "covid19"), ("ذقف", "brt"), ("ئهزقخسخبف", "microsoft"),
     ("پخفخقخمش", "motorola")],
)  # fmt: skip
def test_the_keys_of_persian_letters_give_latin_ones(typed: str, meant: str) -> None:
    assert meant in latin_for(typed)


@pytest.mark.parametrize("typed", ["iran", "جمع", "کار،", "می\u200cشود"])
def test_what_gives_no_latin_word_gives_nothing(typed: str) -> None:
    assert list(latin_for(typed)) == []


def test_every_letter_of_the_alphabet_is_on_every_layout() -> None:
    for keys in LAYOUTS:
        assert set("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئ") <= set(keys.values())


@pytest.mark.parametrize("typed", ["don't", "a/b", "x:y", "[12]", "hello, world", "کتاب", "'"])
def test_signs_around_words_are_not_keys_of_words(typed: str) -> None:
    assert all(not any(map(str.isalpha, text)) or text != typed for text in persian_for(typed))


def test_words_with_keys_of_signs_are_found_whole() -> None:
    query = "nvs [ihk'dvd ,[,n hdvhk (title:a)"
    assert [query[start:end] for start, end in on_sign_keys(query)] == ["[ihk'dvd", ",[,n"]
