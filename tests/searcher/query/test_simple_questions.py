"""Queries that are read without the grammar are read as the grammar reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabarjoo.analyzers.normalizer import ZWNJ
from khabarjoo.searcher.query.parser import parse
from khabarjoo.searcher.query.simple_questions import simple_question


@pytest.mark.parametrize(
    "text",
    [
        "«مجلس خبرگان»",
        "«مجلس و خبرگان یا نه»",
        '"كتاب‌هاي نو"~10',
        "کتابخانه*",
        "12*",
        "زلزله AND تهران",
        "مرگ و میر AND «تصادف جاده» AND نوروز* AND ۱۴۰۲",
        f"می{ZWNJ}روند AND «خانه»~۹",
    ],
)
def test_phrases_beginnings_and_words_joined_by_and_are_read_without_the_grammar(text: str) -> None:
    question = simple_question(text.replace("۹", "9"))
    assert question is not None
    assert question == parse(text.replace("۹", "9"))


@pytest.mark.parametrize(
    "text",
    ["باران OR برف", "«باران»~0", "«باران»~101", "باران AND", "AND باران", "نه AND باران", "و*", "«باران» برف", ""],
)
def test_all_else_is_left_to_the_grammar(text: str) -> None:
    assert simple_question(text) is None


SIGNS = '« » « » " " ~ ~10 ~2 * ? - + # : ^2 ( ) & _ \u064b'
PLAIN = "زلزله تهران و یا نه and AND OR NOT NEAR w نزدیک ۱۴۰۲ 12 title"
SPACES = [" AND ", " AND ", " ", ZWNJ, f"می{ZWNJ}رود", "\u200f", "ـ", "\t"]
PIECES = st.sampled_from([*SIGNS.split(), *PLAIN.split(), *SPACES])


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=9))
@settings(max_examples=500)
def test_whatever_is_read_without_the_grammar_is_read_as_by_it(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    question = simple_question(text)
    assert question is None or question == parse(text)


WORDS = st.lists(st.sampled_from(["زلزله", "و", "یا", "12", f"می{ZWNJ}رود", "NEAR", "the"]), min_size=1).map(" ".join)
PATTERNS = st.sampled_from(["زل*", "یا*", "نه*", "۱۲*"])
PARTS = st.one_of(WORDS, WORDS.map("«{}»".format), WORDS.map('"{}"~7'.format), PATTERNS)


@given(st.lists(PARTS, min_size=1, max_size=4).map(" AND ".join))
@settings(max_examples=300)
def test_so_are_parts_joined_by_and(text: str) -> None:
    question = simple_question(text)
    assert question is None or question == parse(text)
