"""What is marked in an article: the words that a plan matched, as they were typed."""

from __future__ import annotations

from collections import Counter

import pytest
from corpus import ZWNJ, any_texts, persian_texts
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer
from khabarjoo.searcher.highlight import Wanted, wanted
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Fuzzy,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Pattern,
    Terms,
    Word,
)

باران, برف = Word("باران", ("باران",)), Word("برف", ("برف",))


def marked(root: Node, text: str) -> list[str]:
    matches = wanted(root).matches(text, default_analyzer())
    return [text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        (باران, ["باران"]),
        (Match((باران, برف)), ["باران", "برف"]),
        (AnyOf((باران, AllOf((برف,)))), ["باران", "برف"]),
        (Boosting(باران, برف), ["باران", "برف"]),
        (Near((باران, Exact("برف"))), ["باران", "برف"]),
        (Exclude(باران, برف), ["باران"]),
        (Exclude(MatchAll(), برف), []),
        (AllOf((باران, Terms("source", ("برف",)))), ["باران"]),
        (Word("برف", (), field="title"), ["برف"]),
        (MatchNone(), []),
    ],
)
def test_words_that_articles_are_to_match_are_wanted_wherever_they_are_in_a_plan(
    root: Node, expected: list[str]
) -> None:
    assert marked(root, "باران و برف در تهران") == expected


@pytest.mark.parametrize("typed", [f"همکاری{ZWNJ}های", "همکاری های", "همكاريهاي"])
def test_a_word_is_marked_whole_in_every_spelling(typed: str) -> None:
    assert marked(Word("همکاری", ("همکاری",)), f"از {typed} ما") == [typed]
    assert marked(Exact("همکاریهای"), f"از {typed} ما") == [typed]
    assert marked(Pattern("همکار*"), f"از {typed} ما") == [typed]
    assert marked(Exact("همکاری"), f"از {typed} ما") == []


def test_a_compound_is_marked_for_a_part_of_it() -> None:
    assert marked(Word("جهاد", ("جهاد",)), "در جهاددانشگاهی") == ["جهاددانشگاهی"]
    assert marked(AnyOf((Word("جهاد", ()), Exact("در"))), "در جهاددانشگاهی") == ["در", "جهاددانشگاهی"]


def test_patterns_and_likenesses_are_of_whole_words() -> None:
    assert marked(Pattern("بار*"), "بارش باران و انبار") == ["بارش", "باران"]
    assert marked(Pattern("ب?ران"), "باران بیران بران") == ["باران", "بیران"]
    assert marked(Fuzzy("تهران", 1), "تهران تهرن تحران طحران") == ["تهران", "تهرن", "تحران"]
    assert marked(Fuzzy("تهران", 2), "طحران") == ["طحران"]


def test_a_match_says_by_what_it_matched() -> None:
    root = AnyOf((Word("دانشگاه", ()), Exact("باران"), Pattern("بر*")))
    matches = wanted(root).matches("دانشگاه‌ها باران برف", default_analyzer())
    assert [match.by for match in matches] == ["دانشگاه", "باران", "برف"]
    assert wanted(Word("جهاد", ())).matches("جهاددانشگاهی", default_analyzer())[0].by == "جهاد"


def test_of_no_leaf_nothing_is_wanted() -> None:
    assert wanted(MatchAll()) == wanted(Match(())) == Wanted()
    assert Wanted().matches("باران", default_analyzer()) == []


lemmas = st.lists(st.sampled_from(["باران", "همکاری", "شد", "المللی", "دانشگاه", "کتاب", "نیست"]), min_size=1)


@given(persian_texts(), lemmas)
def test_words_known_to_be_there_are_found_as_by_reading_the_whole(text: str, words: list[str]) -> None:
    asked, analyzer = Wanted(frozenset(words)), default_analyzer()
    terms = (token.term for token in analyzer.tokens(text))
    forms = Counter(term.form for term in terms if asked.lemmas.intersection((term.lemma, *term.parts)))
    assert asked.matches(text, analyzer, forms) == asked.matches(text, analyzer)


def test_the_whole_is_read_when_not_all_words_that_are_there_are_found_by_their_letters() -> None:
    text = "ﺑﺎﺭﺍﻥ و باران"  # the first in letters of another kind
    matches = Wanted(frozenset({"باران"})).matches(text, default_analyzer(), {"باران": 2})
    assert [text[match.start : match.end] for match in matches] == ["ﺑﺎﺭﺍﻥ", "باران"]


def test_nothing_is_read_where_no_word_is() -> None:
    analyzer = PersianAnalyzer()
    assert Wanted(frozenset({"باران"})).matches("برف و تگرگ", analyzer, {}) == []
    assert not analyzer._chunks


@given(any_texts, st.text(st.characters(), max_size=6))
def test_any_text_is_searched_for_anything(text: str, asked: str) -> None:
    root = AnyOf((Word(asked, ()), Exact(asked), Pattern(f"*{asked}?"), Fuzzy(asked, 1)))
    for match in wanted(root).matches(text, default_analyzer()):
        assert 0 <= match.start < match.end <= len(text)
