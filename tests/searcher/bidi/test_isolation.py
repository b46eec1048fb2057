"""Facts beside each other keep their own order, whichever way they and the paragraph run."""

import pytest

from khabarjoo.searcher.bidi.isolation import isolated, marks_for_isolates, without_isolates
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
    assert row == f"{right}{left}BBC{left}{right} · {right}{right}{DAY}{right}{right}"


def test_isolates_within_isolates_and_ends_without_a_beginning_are_no_trouble() -> None:
    assert without_isolates(isolated(f"a {isolated('قم')}", right_to_left=False)) == "a قم"
    assert set(marks_for_isolates("\u2066a \u2067قم\u2069\u2069\u2069", right_to_left=True)) == {0, 3, 6, 7}
    assert isolated("") == ""
