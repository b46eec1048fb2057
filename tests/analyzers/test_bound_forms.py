"""Bound forms: the second elements that live only in compounds, alone or with an ending."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.bound_forms import PLURALS, BoundForms
from khabarjoo.analyzers.lemmatizer import Lemmatizer
from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.analyzers.normalizer import fold
from khabarjoo.analyzers.word_tables import read_table


@pytest.fixture(scope="module")
def bound() -> BoundForms:
    return BoundForms(Lemmatizer(default_lexicon()))


def test_every_form_of_the_table_is_found_as_one_of_the_table(bound: BoundForms) -> None:
    table = {form: int(least) for form, least, _ in read_table("bound_forms.txt", 3)}
    for form in table:
        least, found = bound.find(form)
        assert least == table[found]


def test_a_form_is_found_with_the_letters_and_the_kind_the_table_gives_it(bound: BoundForms) -> None:
    assert (bound.find("سازی"), bound.is_always("سازی")) == ((2, "سازی"), True)
    assert (bound.find("سازان")[1], bound.is_always("ساز")) == ("ساز", False)


@pytest.mark.parametrize("plural", PLURALS)
def test_a_form_is_found_with_any_plural(bound: BoundForms, plural: str) -> None:
    assert bound.find("سازی" + plural) == bound.find("سازی")


@pytest.mark.parametrize("word", ["", "س", "کتاب", "رسانهای", fold("سازی‌ها")])
def test_what_is_no_bound_form_is_not_found(bound: BoundForms, word: str) -> None:
    assert bound.find(word) == (0, "")
    assert not bound.is_always(word)
