"""Leaves: which words of a text are searched for."""

from __future__ import annotations

import pytest
from hypothesis import given

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.stopwords import stopwords
from khabarjoo.searcher.query.leaves import LeafMaker, name_of, names_in
from khabarjoo.searcher.query.plain_words import merge_words
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Near, Pattern, Word
from tests.corpus import ZWNJ, any_texts, persian_texts


def words(text: str) -> tuple[Word, ...]:
    return merge_words(LeafMaker(default_analyzer()).words(text))


def lemmas(text: str) -> list[str]:
    return [word.lemma for word in words(text)]


def test_stopwords_are_left_out_where_there_is_something_else() -> None:
    assert lemmas("باران در تهران") == lemmas("باران تهران") == ["باران", "تهران"]


def test_stopwords_alone_are_kept_unless_something_stands_beside_them() -> None:
    assert len(words("از به که را")) == 4
    assert words("که") == (Word("که", ("که",)),)
    assert merge_words([Word("که", ("که",))], alone=False) == ()


@pytest.mark.parametrize("text", ["", " ", "؟!", "\u200c", "\ud800"])
def test_a_text_without_words_has_no_leaves(text: str) -> None:
    leaves = LeafMaker(default_analyzer())
    assert leaves.words(text) == leaves.phrase(text) == leaves.pattern(text) == ()


def test_a_word_asked_for_twice_counts_twice() -> None:
    assert words("باران برف باران") == (Word("باران", ("باران",), 2.0), Word("برف", ("برف",), 1.0))


def test_forms_of_one_lemma_are_one_word_with_both_forms() -> None:
    (word,) = words(f"دانشگاه دانشگاه{ZWNJ}ها")
    assert (word.lemma, word.forms, word.boost) == ("دانشگاه", ("دانشگاه", "دانشگاهها"), 2.0)


def test_one_lemma_in_two_fields_is_two_words() -> None:
    title, anywhere = Word("باران", ("باران",), field="title"), Word("باران", ("باران",))
    assert merge_words([title, anywhere]) == (title, anywhere)


def test_spellings_of_a_query_come_to_the_same_words() -> None:
    spellings = (f"همکاری{ZWNJ}های ایران", "همکاری های ايران", "همكاريهاي ایران")
    assert len({words(text) for text in spellings}) == 1


def test_a_phrase_holds_words_letters_or_patterns_in_order() -> None:
    leaves = LeafMaker(default_analyzer())
    rain, snow = Word("باران", ("باران",)), Word("برف", ("برف",))
    assert leaves.phrase("باران برف") == (rain, snow)
    assert leaves.phrase("باران بر*") == (rain, Pattern("بر*"))
    assert leaves.phrase("باران‌ها برف", exact=True) == (Exact("بارانها"), Exact("برف"))
    assert Near(leaves.phrase("برف باران", "title")).parts[0] == Word("برف", ("برف",), field="title")


def test_a_misspelt_word_is_compared_whole() -> None:
    leaves = LeafMaker(default_analyzer())
    assert leaves.similar(f"هسته{ZWNJ}اي", 1) == (Fuzzy("هستهای"),)
    assert leaves.similar("covid-19", 2) == (Fuzzy("covid", 2), Fuzzy("19", 2))


def test_names_are_cut_at_commas_and_freed_of_the_punctuation_around_them() -> None:
    assert names_in("خبرگزاری_مهر، ایسنا؛ ,") == ("خبرگزاری مهر", "ایسنا")
    assert name_of(" «صدا و سیما» ،") == ("«صدا و سیما»",)
    assert name_of("؟!") == ()


@given(any_texts)
def test_any_string_has_words_each_lemma_once(text: str) -> None:
    found = words(text)
    assert len({word.lemma for word in found}) == len(found)
    assert all(word.boost >= len(word.forms) >= 1 for word in found)


@given(persian_texts())
def test_every_word_is_a_lemma_of_the_text_and_stopwords_come_only_alone(text: str) -> None:
    terms = [token.term for token in default_analyzer().tokens(text)]
    found = words(text)
    assert {word.lemma for word in found} <= {term.lemma for term in terms}
    assert sum(word.boost for word in found) in (
        len(terms),
        sum(term.form not in stopwords() for term in terms),
    )
    assert bool(found) == bool(terms)
