"""Tokens: their positions, their offsets into the article's own text, and any text at all."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given

from khabarjoo.analyzers.analyzer import JOINED_AT_MOST, PersianAnalyzer, Token, default_analyzer
from khabarjoo.analyzers.normalizer import fold, join_parts
from tests.corpus import ZWNJ, any_texts, persian_texts


def tokens(text: str) -> list[Token]:
    return list(default_analyzer().tokens(text))


def shown(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens(text)]


def check(text: str) -> None:
    found = tokens(text)
    assert [token.position for token in found] == list(range(len(found)))
    spans = [(token.start, token.end) for token in found]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    # The terms of words that were run together share their place; others follow each other.
    assert all(one == other or one[1] <= other[0] for one, other in pairwise(spans))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    assert all(token.term.lemma and token.term.form for token in found)
    assert found == tokens(text)


@given(any_texts)
def test_any_string_gives_ordered_tokens_within_it_twice_the_same(text: str) -> None:
    check(text)


@given(persian_texts())
def test_persian_text_gives_ordered_tokens_within_it_twice_the_same(text: str) -> None:
    check(text)


@given(persian_texts())
def test_a_fresh_analyzer_agrees_with_one_that_has_seen_much(text: str) -> None:
    assert list(PersianAnalyzer().tokens(text)) == tokens(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("باران، در «تهران» بارید!", ["باران", "در", "تهران", "بارید"]),
        ("كتـابهاي   خوب", ["كتـابهاي", "خوب"]),
        (f"همکاری{ZWNJ}های", [f"همکاری{ZWNJ}های"]),
        ("همکاری  های دانشگاه", ["همکاری  های", "دانشگاه"]),
        ("مُهِمّ است", ["مُهِمّ", "است"]),
        ("در ۱۲٬۰۰۰ نفر و ۳٫۵ درصد", ["در", "۱۲٬۰۰۰", "نفر", "و", "۳٫۵", "درصد"]),
        ("شبکه 100K کاربر", ["شبکه", "100K", "کاربر"]),
        ("۱۰۰کیلو", ["۱۰۰", "کیلو"]),
        ("cafe\u0301 NATO", ["cafe\u0301", "NATO"]),
    ],
)
def test_offsets_are_of_the_whole_word_as_it_was_typed(text: str, words: list[str]) -> None:
    assert shown(text) == words


def test_the_marked_word_folds_to_the_form() -> None:
    text = "كتـاب‌هاي   مُهِمّ، ١٤٠٣ و NATO"
    for token in tokens(text):
        assert join_parts(fold(text[token.start : token.end])) == token.term.form


def test_a_joined_word_reaches_from_its_first_token_to_its_last() -> None:
    text = "این همکاری های خوب"
    (token,) = [token for token in tokens(text) if token.term.lemma == "همکاری"]
    assert text[token.start : token.end] == "همکاری های"
    assert [token.position for token in tokens(text)] == [0, 1, 2]


def test_punctuation_keeps_the_parts_of_a_word_apart() -> None:
    assert shown("همکاری، های") == ["همکاری", "های"]


def test_no_word_is_spread_over_more_tokens_than_allowed() -> None:
    text = "کتاب " + "های " * 9
    assert max(len(word.split()) for word in shown(text)) <= JOINED_AT_MOST


@pytest.mark.parametrize("text", ["", " \n\t", "،؛؟!()«»", "\u064b\u064c", "ـــ", "\u200c\u200c", "\ud800", "_"])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert tokens(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1." * 30000 + "1a",
        "1" * 60000 + "a",
        "ا." * 30000,
        f"ا{ZWNJ}" * 15000,
        "می " * 30000,
        "ا" * 60000,
        "1,111" * 9000,
    ],
    ids=["dots", "digits", "initials", "zwnj", "prefixes", "letters", "thousands"],
)
def test_odd_text_takes_no_longer_than_plain_text(text: str) -> None:
    started = time.process_time()
    tokens(text)
    assert time.process_time() - started < 2
