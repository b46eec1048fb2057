"""Nouns and adjectives of the spoken language: found by their written word, and names left alone."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.colloquial import SpokenWords
from khabarjoo.analyzers.lexicon import default_lexicon


@pytest.fixture(scope="module")
def spoken() -> SpokenWords:
    return SpokenWords(default_lexicon())


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("درختا", "درخت"),
        ("درختای", "درخت"),
        ("درختامون", "درخت"),
        ("برادرمون", "برادر"),
        ("همسایمون", "همسایه"),
        ("ماشینشو", "ماشین"),
        ("دفترو", "دفتر"),
        ("عجیبه", "عجیب"),
        ("زیباس", "زیبا"),
        ("خیابونا", "خیابان"),
        ("آرومه", "آرام"),
        ("سلااااام", "سلام"),
    ],
)
def test_a_spoken_word_is_found_by_its_written_one(spoken: SpokenWords, typed: str, written: str) -> None:
    assert spoken.find(typed) == written


@pytest.mark.parametrize(
    "word", ["رونالدو", "میلانو", "لیگا", "پدرو", "گرافن", "قراردادن", "برداشته", "ایران", "او", ""]
)
def test_a_name_or_a_written_word_is_no_spoken_one(spoken: SpokenWords, word: str) -> None:
    assert spoken.find(word) is None


@pytest.mark.parametrize("word", ["درختا", "درختمون", "خیلیییی"])
def test_a_word_that_dictionaries_have_is_not_cut(spoken: SpokenWords, word: str) -> None:
    assert spoken.find(word, listed=1) is None
