"""What is marked in an article: the words that a plan matched, as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.searcher.highlight import NO_MATCHES, Wanted, wanted
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
from tests.corpus import ZWNJ, any_texts

باران, برف = Word("باران", ("باران",)), Word("برف", ("برف",))


def marked(root: Node, text: str) -> list[str]:
    matches = wanted(root).matches(text, default_analyzer())
    return [text[start:end] for start, end in zip(matches.starts, matches.ends, strict=True)]


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
    assert list(matches.by) == ["دانشگاه", "باران", "برف"]
    assert list(wanted(Word("جهاد", ())).matches("جهاددانشگاهی", default_analyzer()).by) == ["جهاد"]


def test_of_no_leaf_nothing_is_wanted() -> None:
    assert wanted(MatchAll()) == wanted(Match(())) == Wanted()
    assert Wanted().matches("باران", default_analyzer()) == NO_MATCHES


def test_of_several_words_written_apart_that_are_read_together_only_those_that_match_are_marked() -> None:
    assert marked(Word("کننده", ()), "ثبت نام کنندگان") == ["کنندگان"]
    assert marked(AnyOf((Word("نام", ()), Word("ثبت", ()))), f"از ثبت{ZWNJ}نام کنندگان") == [f"ثبت{ZWNJ}نام"] * 2


def test_of_a_text_that_is_too_long_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.highlight.LONGEST_READ", 15)
    matches = wanted(باران).matches("باران و باران و باران", default_analyzer())
    assert (list(matches.starts), matches.complete) == ([0, 8], False)
    assert wanted(باران).matches("باران و باران", default_analyzer()).complete


@given(any_texts, st.text(st.characters(), max_size=6))
def test_any_text_is_searched_for_anything(text: str, asked: str) -> None:
    root = AnyOf((Word(asked, ()), Exact(asked), Pattern(f"*{asked}?"), Fuzzy(asked, 1)))
    matches = wanted(root).matches(text, default_analyzer())
    for start, end in zip(matches.starts, matches.ends, strict=True):
        assert 0 <= start < end <= len(text)
