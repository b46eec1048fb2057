"""The query language: what each query comes to, and that any text at all is one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabarjoo.searcher.query.describe import describe
from khabarjoo.searcher.query.keywords import FIELD_TABLE, OPERATORS, PERSIAN_OPERATORS
from khabarjoo.searcher.query.lexer import CHARACTER_LIMIT, WORD_LIMIT
from khabarjoo.searcher.query.notes import note_kinds
from khabarjoo.searcher.query.parser import DEPTH_LIMIT, parse
from khabarjoo.searcher.query.plan import Match, MatchNone, Near, Word
from khabarjoo.searcher.query.syntax import Phrase, Words
from tests.corpus import ZWNJ, any_texts
from tests.searcher.query.query_samples import NOW, plan_of

TABLE = Path(__file__).with_name("queries.tsv")


def rows() -> list[tuple[str, str, str]]:
    """The queries of the table, each with its plan and its kinds of notes."""
    lines = TABLE.read_text(encoding="utf-8").split("\n")
    cells = [f"{line}\t\t".split("\t")[:3] for line in lines if line and not line.startswith("## ")]
    return [(query, plan, kinds) for query, plan, kinds in cells]


@pytest.mark.parametrize(("query", "plan", "kinds"), rows())
def test_a_query_comes_to_this_plan(query: str, plan: str, kinds: str) -> None:
    found = plan_of(query)
    assert (describe(found), " ".join(note.kind for note in found.notes)) == (plan, kinds)


@pytest.mark.parametrize("query", [query for query, _, _ in rows()])
def test_a_question_described_is_a_query_that_parses_to_it(query: str) -> None:
    question = parse(query)
    assert parse(describe(question)).root == question.root


def test_the_table_has_the_queries_it_promises() -> None:
    queries = [query for query, _, _ in rows()]
    assert len(queries) == len(set(queries)) > 400
    words = {word for query in queries for word in query.replace("(", " ").split()}
    assert words >= {*OPERATORS, *PERSIAN_OPERATORS}
    for names in FIELD_TABLE.values():
        assert any(word.startswith(f"{name}:") for name in names.split() for word in words)


# -- both languages, any spelling ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings",
    [
        ('"زلزله" AND تهران', '"زلزله" و تهران', "«زلزله» & تهران", "“زلزله” && تهران", "«زلزله» ﻭ تهران"),
        ('"زلزله" OR سیل', '"زلزله" یا سیل', '"زلزله" يا سیل', '"زلزله" | سیل', '"زلزله"|سیل'),
        ('زلزله NOT "سیل"', 'زلزله نه "سیل"', 'زلزله -"سیل"', "زلزله −«سیل»"),
        ("زلزله NEAR/5 تهران", "زلزله نزدیک/۵ تهران", "زلزله نزديك/٥ تهران", "زلزله w/5 تهران"),
        ('"زلزله تهران"~5', "«زلزله تهران»~۵", "”زلزله تهران“～٥"),
        ("title:زلزله", "عنوان:زلزله", "عنوان: زلزله", "عنوان : زلزله", f"عنوان{ZWNJ}:زلزله", "عُنـوان:زلزله"),
        ("source:ایسنا زلزله", "منبع:ایسنا زلزله", "زلزله منبع: ایسنا"),
        ("date:1401-06", "تاریخ:۱۴۰۱/۰۶", "تاریخ:شهریور ۱۴۰۱", "تاریخ: «شهريور ١٤٠١»", "date:(شهریور ماه ۱۴۰۱)"),
        ("(زلزله OR سیل) AND تهران", "（زلزله یا سیل） و تهران", "(زلزله يا سیل) AND تهران"),
        ("همکاری‌های ایران", "همکاری های ايران", "همكاريهاي ایران"),
        ('"همکاری‌های ایران"', "«همکاری های ايران»", "“همكاريهاي ایران”"),
        ("زلزله^1.5", "زلزله^۱٫۵", "زلزله^١.٥"),
    ],
)
def test_all_spellings_of_a_query_come_to_one_plan(spellings: tuple[str, ...]) -> None:
    plans = {plan_of(query).root for query in spellings}
    assert len(plans) == 1
    assert not any(plan_of(query).notes for query in spellings)


@pytest.mark.parametrize(
    "text",
    [
        "رئیسی و پوتین",
        "مرگ و میر در زلزله و سیل",
        "ماندن یا رفتن",
        "آلمان نه مربیان خوبی دارد نه روحیه",
        "انفجار در تهران (عکس) و چند خبر دیگر",
        "حضرت علی(ع) و امام حسن(ع)",
        "انفجار در تهران (+عکس)",
        "انفجار در تهران +فیلم",
        "دیدار ۱+۵ - وین",
        "خبر ۱۴۰۱-۱۴۰۲ برد-برد covid-19 R&D",
        "رئیسی: همکاری؟ بله!",
        "خانه نزدیک دریا",
        "#زلزله",
    ],
)
def test_a_headline_is_plain_words(text: str) -> None:
    assert parse(text).root == Words(text)


# -- what cannot be parsed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "؟!", ZWNJ, "\ud800", "()", "( ( ) )", "…"])
def test_what_holds_no_word_is_a_plan_for_nothing_and_says_so(text: str) -> None:
    plan = plan_of(text)
    assert plan.root == MatchNone()
    assert [note.kind for note in plan.notes] == ["nothing"]


def test_a_quotation_mark_without_its_pair_leaves_the_words() -> None:
    assert plan_of('زلزله "تهران بم').root == plan_of("زلزله تهران بم").root
    assert parse('"زلزله تهران').root == Words("زلزله تهران")


def test_brackets_deeper_than_the_limit_are_passed_over() -> None:
    deep = "(" * 10_000 + "زلزله" + ")" * 10_000
    question = parse(deep)
    assert question.root == Words("زلزله")
    assert [note.kind for note in question.notes] == ["deep"]
    nested = "(زلزله OR " * DEPTH_LIMIT + "سیل" + ")" * DEPTH_LIMIT
    assert parse(nested).notes == ()


def test_only_so_many_words_are_read_and_a_note_says_so() -> None:
    words = [str(number) for number in range(10_000, 20_000)]
    plan = plan_of(" ".join(words))
    assert isinstance(plan.root, Match)
    assert len(plan.root.parts) == WORD_LIMIT
    assert [note.kind for note in plan.notes] == ["words"]
    assert "1,000" in plan.notes[0].english
    assert plan_of(" ".join(words[:WORD_LIMIT])).notes == ()
    phrase = plan_of(f'"{" ".join(words)}" زلزله')
    assert isinstance(phrase.root, Near)
    assert len(phrase.root.parts) == WORD_LIMIT
    assert [note.kind for note in phrase.notes] == ["words"]


def test_only_so_many_characters_are_read_and_a_note_says_so() -> None:
    plan = plan_of("ز" * 10 * CHARACTER_LIMIT)
    assert [note.kind for note in plan.notes] == ["characters"]


def test_what_a_note_shows_of_the_query_is_short_and_printable() -> None:
    for text in ("date:" + "\x1b[31m\u202e" + "ن" * 5000, "تاریخ:\x07الف", "*" * 5000):
        for note in plan_of(text).notes:
            for sentence in (note.english, note.persian):
                assert sentence.replace(ZWNJ, "").replace("\u200e", "").isprintable()
                assert len(sentence) < 300


def test_every_kind_of_note_is_made_by_some_query_and_reads_in_both_languages() -> None:
    made = {note.kind: note for query, _, _ in rows() for note in plan_of(query).notes}
    choices = " NEAR/2 ".join(["(الف OR ب OR پ OR ت)"] * 4)
    for query in ("(" * 30 + "زلزله", "ن " * 2000, "ن" * (CHARACTER_LIMIT + 1), choices):
        made |= {note.kind: note for note in plan_of(query).notes}
    of_names = {kind for kind in note_kinds() if kind.startswith("no ")}  # made by whoever knows the index
    assert set(made) == set(note_kinds()) - of_names
    for note in made.values():
        assert "{" not in note.english + note.persian
        assert note.english.endswith(".")
        assert note.persian.endswith(".")


def test_a_date_that_cannot_be_read_is_words_and_its_note_gives_the_reason() -> None:
    plan = plan_of("تاریخ:۱۴۰۲/۰۷/۳۱ زلزله")
    assert plan.root == plan_of("تاریخ ۱۴۰۲ ۰۷ ۳۱ زلزله").root
    assert "مهر of 1402 has 30 days, not 31" in plan.notes[0].english


# -- any text --------------------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from(
        'زلزله تهران و یا نه AND OR NOT NEAR NEAR/5 نزدیک/۵ W/2 & | || ( ) （ ） " « » “ ” - + = * ? ؟ ~ ~2 ^2 ^0 # : '
        "عنوان: title: منبع:ایسنا source: تاریخ: date:1402 date:foo تا .. ۱۴۰۲ شهریور -زلزله +سیل =همکاری دانش* د?ن "
        "#دهه_فجر \u200c ـ \u064b \u200f".split()
    ),
    st.just(" "),
    st.text(max_size=4),
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=25))
@settings(max_examples=500)
def test_any_pieces_of_the_language_parse_to_a_plan(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    question = parse(text)
    plan = plan_of(text)
    assert describe(question) or question.root is None
    assert describe(plan) or plan.root == MatchNone()
    assert plan.root != MatchNone() or plan.notes
    assert all(note.english and note.persian for note in plan.notes)


@given(any_texts)
def test_any_string_parses_to_a_plan(text: str) -> None:
    plan_of(text)


WORD = st.sampled_from(["زلزله", "تهران", f"همکاری{ZWNJ}های", "بین المللی", "NATO", "۱۴۰۳", "رئیسی"])
ATOM = st.one_of(
    WORD,
    WORD.map('"{} بم"'.format),
    WORD.map("«{}»~۳".format),
    WORD.map(lambda word: f"{word.split()[0]}*"),
    WORD.map(lambda word: f"={word.split()[0]}"),
    WORD.map(lambda word: f"{word.split()[0]}~^2"),
    WORD.map(lambda word: f"عنوان:{word.split()[0]}"),
    st.sampled_from(["منبع:ایسنا", "date:1401..1402", "تاریخ:شهریور ۱۴۰۱", "#دهه_فجر", "a NEAR/3 b"]),
)
QUERIES = st.recursive(
    ATOM,
    lambda part: st.one_of(
        st.tuples(part, part).map("{0[0]} {0[1]}".format),
        st.tuples(part, st.sampled_from(["AND", "OR", "NOT", "AND NOT"]), part).map("{0[0]} {0[1]} {0[2]}".format),
        part.map("({})".format),
        part.map("({})^3".format),
        part.map("-({})".format),
        part.map("+({})".format),
        part.map("متن:({})".format),
    ),
    max_leaves=8,
)


@given(QUERIES)
@settings(max_examples=400)
def test_a_well_formed_query_described_and_parsed_again_is_the_same(text: str) -> None:
    question = parse(text)
    assert question.notes == ()
    again = parse(describe(question))
    assert again == question
    assert plan_of(describe(question)) == plan_of(text)


LONG = f'( ) () " « "a "a"_ a_ AND_ OR_ NOT_ -a_ (a_OR_ a_NEAR/5_ * a*b* ~ ^2 title: date:x_ تاریخ:از_ و_ یا_ {ZWNJ} ـ'
LONG += ' "a"_و_ a?_ a؟b : | a: عنوان_:_ (- #a \u064b _ (یا_ date:1402_تا_'


@pytest.mark.parametrize("piece", [piece.replace("_", " ") for piece in LONG.split(" ")])
def test_text_of_any_length_is_answered_at_once(piece: str) -> None:
    began = time.process_time()
    plan_of(piece * 10_000)
    assert time.process_time() - began < 2


def test_now_is_what_relative_dates_count_from() -> None:
    assert describe(plan_of("تاریخ:دیروز")) == "date:1404/10/09"
    assert NOW.tzinfo is not None


def test_the_words_of_a_tree_are_as_they_were_typed() -> None:
    assert parse("«همکاري  های»").root == Phrase("همکاري های")
    assert plan_of("همکاري").root == Word("همکاری", ("همکاری",))
