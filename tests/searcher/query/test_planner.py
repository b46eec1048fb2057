"""Plans: what each part of a question comes to."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.dates import parse_span
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
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
from tests.corpus import ZWNJ
from tests.searcher.query.query_samples import NOW, plan_of

QUAKE, TEHRAN, FLOOD = Word("زلزله", ("زلزله",)), Word("تهران", ("تهران",)), Word("سیل", ("سیل",))


def root(query: str) -> Node:
    plan = plan_of(query)
    assert plan.notes == ()
    return plan.root


def test_plain_words_are_a_bag_without_stopwords() -> None:
    assert root("زلزله در تهران") == Match((QUAKE, TEHRAN))
    assert root("زلزله") == QUAKE


def test_stopwords_stay_where_there_is_nothing_else() -> None:
    assert isinstance(root("از به که را"), Match)
    assert root("که") == Word("که", ("که",))
    assert root('که در "زلزله"') == QUAKE
    assert root("منبع:ایسنا که") == AllOf((Word("که", ("که",)), Terms("source", ("ایسنا",))))


def test_a_word_asked_for_twice_counts_twice_and_keeps_both_forms() -> None:
    assert root(f"دانشگاه دانشگاه{ZWNJ}ها^2") == Word("دانشگاه", ("دانشگاه", "دانشگاهها"), 3.0)


def test_explicit_operators_make_these_nodes() -> None:
    assert root("زلزله AND تهران") == AllOf((QUAKE, TEHRAN))
    assert root("زلزله OR تهران") == AnyOf((QUAKE, TEHRAN))
    assert root("زلزله NOT تهران") == root("زلزله AND NOT تهران") == root("زلزله -تهران") == Exclude(QUAKE, TEHRAN)
    assert root("زلزله تهران AND سیل") == AllOf((Match((QUAKE, TEHRAN)), FLOOD))


def test_not_binds_before_and_and_and_before_or() -> None:
    assert root("زلزله OR سیل AND NOT تهران") == AnyOf((QUAKE, Exclude(FLOOD, TEHRAN)))
    assert root("(زلزله OR سیل) AND NOT تهران") == Exclude(AnyOf((QUAKE, FLOOD)), TEHRAN)


def test_a_query_that_only_bars_is_of_all_other_articles() -> None:
    assert root("-تهران") == root("NOT تهران") == Exclude(MatchAll(), TEHRAN)
    assert root("-تهران -سیل") == root("NOT تهران AND NOT سیل") == Exclude(MatchAll(), AnyOf((TEHRAN, FLOOD)))
    assert root("زلزله OR NOT تهران") == AnyOf((QUAKE, Exclude(MatchAll(), TEHRAN)))
    assert root("NOT NOT زلزله") == root("-(-زلزله)") == QUAKE


@pytest.mark.parametrize(
    ("marked", "node"),
    [
        ('"زلزله"', QUAKE),
        ('"زلزله تهران"', Near((QUAKE, TEHRAN))),
        ("+زلزله", QUAKE),
        ("=زلزله", Exact("زلزله")),
        ("عنوان:زلزله", Word("زلزله", ("زلزله",), field="title")),
        ("(زلزله OR تهران)", AnyOf((QUAKE, TEHRAN))),
        ("زلزله NEAR/5 تهران", Near((QUAKE, TEHRAN), 5, ordered=False)),
    ],
)
def test_what_is_marked_must_be_there_and_plain_words_beside_it_rank(marked: str, node: Node) -> None:
    assert root(f"{marked} سیل") == root(f"سیل {marked}") == Boosting(node, FLOOD)


@pytest.mark.parametrize(
    ("loose", "node"),
    [
        ("زلز*", Pattern("زلز*")),
        ("زلزله~", Fuzzy("زلزله")),
        ("زلزله^2", Word("زلزله", ("زلزله",), 2.0)),
        ("#زلزله", QUAKE),
        ("(زلزله)", QUAKE),
    ],
)
def test_what_is_only_written_otherwise_ranks_as_plain_words_do(loose: str, node: Node) -> None:
    found = root(f"سیل {loose}")
    assert isinstance(found, Match)
    assert set(found.parts) == {node, FLOOD}


def test_names_and_dates_narrow_what_plain_words_find() -> None:
    isna, year = Terms("source", ("ایسنا",)), DateRange(parse_span("1402"))
    assert root("منبع:ایسنا زلزله تهران") == AllOf((Match((QUAKE, TEHRAN)), isna))
    assert root("زلزله date:1402 منبع:ایسنا") == AllOf((QUAKE, year, isna))
    assert root("منبع:ایسنا") == isna
    assert root("زلزله -منبع:ایسنا") == Exclude(QUAKE, isna)
    assert root('"زلزله" تهران date:1402') == AllOf((Boosting(QUAKE, TEHRAN), year))
    assert root("زلزله (منبع:ایسنا OR date:1402)") == AllOf((QUAKE, AnyOf((isna, year))))


def test_names_are_as_they_were_typed() -> None:
    assert root("منبع:(خبرگزاري مهر)") == Terms("source", ("خبرگزاري مهر",))
    assert root("منبع:ایسنا،مهر") == root("منبع:(ایسنا یا مهر)") == Terms("source", ("ایسنا", "مهر"))
    assert root("کد:A_۱۲،") == Terms("code", ("A_۱۲",))
    assert root("منبع:خبرگزاری_مهر") == root('منبع:"خبرگزاری مهر"') == Terms("source", ("خبرگزاری مهر",))
    assert root("برچسب:نفت برچسب:گاز") == AllOf((Terms("tag", ("نفت",)), Terms("tag", ("گاز",))))


def test_dates_count_from_the_moment_given() -> None:
    assert root("تاریخ:دیروز") == DateRange(parse_span("دیروز", now=NOW))
    assert root("date:<1402") == DateRange(parse_span("before 1402"))


def test_a_word_that_is_several_is_a_phrase_where_it_must_be_there() -> None:
    both = (Word("جهاد", ("جهاد",)), Word("دانشگاهی", ("دانشگاهی",)))
    assert root("جهاددانشگاهی") == Match(both)
    assert root("+جهاددانشگاهی") == Near(both)
    assert root("زلزله -جهاددانشگاهی") == Exclude(QUAKE, Near(both))
    assert root('"جهاددانشگاهی تهران"') == Near((*both, TEHRAN))
    assert root("=جهاددانشگاهی") == Near((Exact("جهاد"), Exact("دانشگاهی")))


def test_phrases_keep_stopwords_and_order() -> None:
    assert root('"زلزله در تهران"') == Near((QUAKE, Word("در", ("در",)), TEHRAN))
    assert root('"تهران زلزله"') != root('"زلزله تهران"')
    assert root('="زلزله تهران"') == Near((Exact("زلزله"), Exact("تهران")))
    assert root('"زلز* تهران"') == Near((Pattern("زلز*"), TEHRAN))


def test_distance_is_in_any_order() -> None:
    assert root('"زلزله تهران"~3') == root("زلزله NEAR/3 تهران") == Near((QUAKE, TEHRAN), 3, ordered=False)


def test_near_takes_phrases_and_choices() -> None:
    phrase = Near((QUAKE, TEHRAN))
    near = Near((QUAKE, TEHRAN, FLOOD), 3, ordered=False)
    assert root('"زلزله تهران" NEAR/3 سیل') == AllOf((near, phrase))
    either = AnyOf((Near((QUAKE, FLOOD), 3, ordered=False), Near((TEHRAN, FLOOD), 3, ordered=False)))
    assert root("(زلزله OR تهران) NEAR/3 سیل") == root("(زلزله تهران) NEAR/3 سیل") == either


def test_near_of_what_has_no_place_asks_for_both_and_says_so() -> None:
    plan = plan_of("زلزله NEAR/3 (تهران AND سیل)")
    assert plan.root == AllOf((QUAKE, TEHRAN, FLOOD))
    assert [note.kind for note in plan.notes] == ["near"]


def test_a_field_and_a_boost_reach_every_word_of_a_group() -> None:
    title = Word("زلزله", ("زلزله",), 2.0, "title"), Word("سیل", ("سیل",), 2.0, "title")
    assert root("عنوان:(زلزله OR سیل)^2") == AnyOf(title)
    assert root("عنوان:(زلزله سیل)^2") == Match(title)
    assert root('عنوان:"زلزله"~2^2') == title[0]
    assert root("(عنوان:زلزله OR متن:سیل)^2") == AnyOf((title[0], Word("سیل", ("سیل",), 2.0, "body")))


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        (f"هسته{ZWNJ}ای*", "هستهای*"),
        ("كتاب*", "کتاب*"),
        ("*گاه", "*گاه"),
        ("د؟لت", "د?لت"),
        ("د?لت", "د?لت"),
        ("دانشـگاه**", "دانشگاه*"),
        ("۱۴۰*", "140*"),
        ("Inter*", "inter*"),
        ("ا*", "ا*"),
    ],
)
def test_patterns_are_folded_as_text_is(typed: str, pattern: str) -> None:
    assert root(typed) == Pattern(pattern)


def test_a_question_mark_between_two_words_is_no_pattern() -> None:
    assert root("رفته؟چرا") == root("رفته؟ چرا")


def test_a_pattern_without_letters_is_left_out_with_a_note() -> None:
    for text in ("زلزله *", "زلزله -*", "* زلزله", "زلزله عنوان:*"):
        plan = plan_of(text)
        assert plan.root == QUAKE
        assert [note.kind for note in plan.notes] == ["letters"]
    assert plan_of("*").root == MatchNone()
