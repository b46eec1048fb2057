"""Verb forms of the spoken language: their verb, and the words that are spelled like them."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.colloquial_verbs import SpokenVerbs
from khabarjoo.analyzers.lexicon import SpokenStems

_VERBS = SpokenVerbs(
    ("رفت", "دانست", "خواند", "گفت"), {"رو": "رفت", "دان": "دانست", "خوان": "خواند"}, [SpokenStems("بپر", "پرید")]
)


@pytest.mark.parametrize(
    ("form", "past"), [("رم", "رفت"), ("رن", "رفت"), ("دونه", "دانست"), ("خونین", "خواند"), ("دانن", "دانست")]
)
def test_a_present_form_is_found_by_its_spoken_stem_or_ending(form: str, past: str) -> None:
    assert _VERBS.present(form, imperative=False) == past


@pytest.mark.parametrize(("form", "past"), [("خوندم", "خواند"), ("دونستن", "دانست"), ("گفتین", "گفت"), ("اومد", "آمد")])
def test_a_past_form_is_found_by_its_spoken_stem_or_ending(form: str, past: str) -> None:
    assert _VERBS.past(form, prefixed=True) == past


def test_a_past_with_noon_and_no_prefix_is_an_infinitive() -> None:
    assert _VERBS.past("گفتن", prefixed=False) is None
    assert _VERBS.past("گفتن", prefixed=True) == "گفت"


def test_a_listed_stem_of_a_verb_the_written_language_lacks_is_passed_over() -> None:
    assert _VERBS.present("بپرم", imperative=False) is None


def test_a_pronoun_is_taken_off() -> None:
    assert set(_VERBS.without_object("بینمتون")) == {"بینم"}


def _lemmas(text: str) -> list[str]:
    return [token.term.lemma for token in default_analyzer().tokens(text)]


@pytest.mark.parametrize("form", ["میبینمشون", "می‌بینمش", "می بینمتون", "ببینمت", "ببینمش"])
def test_a_form_with_whom_it_is_about_is_the_verbs(form: str) -> None:
    assert _lemmas(form) == ["دید#بین"]


@pytest.mark.parametrize(
    ("form", "verb"),
    [("میرم", "رفت#رو"), ("برم", "رفت#رو"), ("می‌میرم", "مرد#میر"), ("ببرم", "برد#بر"), ("میرد", "مرد#میر")],
)
def test_of_two_verbs_with_one_spelling_speech_means_the_commoner(form: str, verb: str) -> None:
    assert _lemmas(form) == [verb]


@pytest.mark.parametrize(
    "word", ["میان", "میدان", "میزان", "بیان", "بدن", "نرم", "نشین", "نگران", "بازرسین", "همیاری", "تونسی"]
)
def test_a_written_word_is_no_spoken_verb(word: str) -> None:
    assert "#" not in _lemmas(word)[0]
