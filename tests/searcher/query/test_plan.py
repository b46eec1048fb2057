"""Plans: which words of a query are searched for."""

from __future__ import annotations

import pytest
from corpus import ZWNJ, any_texts, persian_texts
from hypothesis import given

from analyzers.chain import default_analyzer
from analyzers.stopwords import stopwords
from searcher.query.plan import Word, plan_words


def plan(text: str) -> tuple[Word, ...]:
    return plan_words(text, default_analyzer())


def lemmas(text: str) -> list[str]:
    return [word.lemma for word in plan(text)]


def test_stopwords_are_left_out_where_there_is_something_else() -> None:
    assert lemmas("باران در تهران") == lemmas("باران تهران") == ["باران", "تهران"]


def test_a_query_of_stopwords_alone_is_not_empty() -> None:
    assert len(plan("از به که را")) == 4
    assert plan("که") == (Word("که", ("که",)),)


@pytest.mark.parametrize("text", ["", " ", "؟!", "\u200c", "\ud800"])
def test_a_query_without_words_has_an_empty_plan(text: str) -> None:
    assert plan(text) == ()


def test_a_word_asked_for_twice_counts_twice() -> None:
    assert plan("باران برف باران") == (Word("باران", ("باران",), 2.0), Word("برف", ("برف",), 1.0))


def test_forms_of_one_lemma_are_one_word_with_both_forms() -> None:
    (word,) = plan(f"دانشگاه دانشگاه{ZWNJ}ها")
    assert (word.lemma, word.forms, word.boost) == ("دانشگاه", ("دانشگاه", "دانشگاهها"), 2.0)


def test_spellings_of_a_query_come_to_the_same_plan() -> None:
    spellings = (f"همکاری{ZWNJ}های ایران", "همکاری های ايران", "همكاريهاي ایران")
    assert len({plan(text) for text in spellings}) == 1


@given(any_texts)
def test_any_string_has_a_plan(text: str) -> None:
    words = plan(text)
    assert len({word.lemma for word in words}) == len(words)
    assert all(word.boost >= len(word.forms) >= 1 for word in words)


@given(persian_texts())
def test_every_word_is_a_lemma_of_the_text_and_stopwords_come_only_alone(text: str) -> None:
    terms = [token.term for token in default_analyzer().tokens(text)]
    planned = plan(text)
    assert {word.lemma for word in planned} <= {term.lemma for term in terms}
    assert sum(word.boost for word in planned) in (
        len(terms),
        sum(term.form not in stopwords() for term in terms),
    )
    assert bool(planned) == bool(terms)
