"""Facts beside each other keep their own order, whichever way they and the paragraph run."""

import re

import pytest
from wcwidth import wcswidth

from khabarjoo.searcher.bidi.isolation import (
    direction_of_sentence,
    isolated,
    marks_for_isolates,
    with_runs_isolated,
    without_isolates,
)
from khabarjoo.searcher.bidi.terminals import Layout
from tests.searcher.bidi.bidiscreen import rows_of

DAY = "۲۴ فروردین ۱۳۸۳ (2004/04/12)"
SEEN = "(2004/04/12) ۱۳۸۳ ﻦﯾﺩﺭﻭﺮﻓ ۲۴"


@pytest.mark.parametrize("rtl", [True, False])
@pytest.mark.parametrize("beside", ["BBC", "bbc-12", "ایسنا", "12", "A (B)", "«قم»"])
def test_a_day_in_both_calendars_is_not_torn_by_what_stands_beside_it(beside: str, rtl: bool) -> None:
    for facts in ([beside, DAY], [DAY, beside], [beside, DAY, "x9", "فارس"]):
        (row,) = rows_of(" · ".join(map(isolated, facts)), Layout.VISUAL, rtl=rtl)
        assert SEEN in row
        seen = [fact.strip() for fact in row.strip().split(" · ")]
        place = facts.index(DAY)
        assert (seen[::-1] if rtl else seen)[place] == SEEN


def test_without_isolates_it_is_torn() -> None:
    (row,) = rows_of(f"BBC · {DAY}", Layout.VISUAL)
    assert SEEN not in row


def test_where_the_terminal_reorders_marks_of_both_directions_stand_around_each_fact() -> None:
    left, right = "\u200e", "\u200f"
    (row,) = rows_of(f"{isolated('BBC')} · {isolated(DAY)}", Layout.MARKED)
    assert row == f"BBC · {right}{DAY}"
    (row,) = rows_of(f"{isolated('BBC')} · {isolated('Reuters')} · {isolated('a1')}", Layout.MARKED)
    assert row == f"BBC · {right}Reuters · {right}a1"
    (row,) = rows_of(f"{isolated('فارس')}، {isolated('۱۲ خبر')}، {isolated('!')} x", Layout.MARKED, rtl=False)
    assert row == f"فارس، {left}{right}۱۲ خبر، {left}! x"


def test_where_nothing_would_be_torn_there_are_no_marks() -> None:
    (row,) = rows_of(" · ".join(map(isolated, ["ایسنا", DAY, "a1"])), Layout.MARKED)
    assert row == f"ایسنا · {DAY} · a1"


def test_no_mark_stands_after_a_bracket() -> None:
    (row,) = rows_of(f"{isolated('ایسنا (8)')}، {isolated('فارس (7)')}", Layout.MARKED, rtl=False)
    assert row == "ایسنا (8)، \u200eفارس (7)"


@pytest.mark.parametrize(
    ("sentence", "rtl", "kept"),
    [
        ("khabarjoo: no article is of ایسنان; the nearest is ایسنا.", False, ["ایسنان", "ایسنا"]),
        ("nothing new since ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018/01/22)", False, ["۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018/01/22)"]),
        ("پروندهٔ /tmp/x.csv از پیش هست؛ \\export! x.csv", True, ["/tmp/x.csv", "\\export! x.csv"]),
        ("با این فرمان: khabarjoo index FOLDER", True, ["khabarjoo index FOLDER"]),
        ("plain words, no more", False, []),
    ],
)
def test_words_of_the_other_direction_in_a_sentence_are_isolated_as_runs(
    sentence: str, rtl: bool, kept: list[str]
) -> None:
    told = with_runs_isolated(sentence, right_to_left=rtl)
    assert without_isolates(told) == sentence
    assert re.findall("[\u2066\u2067]([^\u2069]*)\u2069", told) == kept


@pytest.mark.parametrize(
    ("sentence", "rtl"),
    [('"نه‌تاریخ" cannot be read', False), ("«BBC» منبع نیست", True), ("خبر", True), ("“قم”", True), ("12", False)],
)
def test_what_is_quoted_does_not_tell_how_a_sentence_runs(sentence: str, rtl: bool) -> None:
    assert direction_of_sentence(sentence) is rtl


def test_isolates_within_isolates_and_ends_without_a_beginning_are_no_trouble() -> None:
    assert without_isolates(isolated(f"a {isolated('قم')}", right_to_left=False)) == "a قم"
    assert marks_for_isolates("\u2066a \u2067قم\u2069\u2069\u2069", right_to_left=True) == {6: "\u200e"}
    assert isolated("") == ""


@pytest.mark.parametrize("layout", [Layout.VISUAL, Layout.WORDS, Layout.MARKED, Layout.GUESSED, Layout.PADDED])
@pytest.mark.parametrize("rtl", [True, False])
def test_facts_that_are_whole_are_broken_between_and_never_within(layout: Layout, rtl: bool) -> None:
    facts = [f"{name} ({number})" for number, name in enumerate(["راه ابریشم", "BBC World", "موج خزر", "A B"] * 3, 10)]
    rows = rows_of("، ".join(isolated(fact, whole=True) for fact in facts), layout, columns=40, rtl=rtl)
    assert len(rows) > 4
    assert all(wcswidth(row) <= 40 for row in rows)
    assert "\N{NO-BREAK SPACE}" not in "".join(rows)
    assert [sum(str(number) in row for row in rows) for number in range(10, 22)] == [1] * 12
    assert not [row for row in rows if row.count("(") != row.count(")")]
