import pytest

from khabarjoo.searcher.output.counts import tally
from khabarjoo.searcher.results import Facets, Timeline


@pytest.mark.parametrize(
    ("counted", "english", "persian"),
    [
        (Facets("", "all", 3, ()), "articles with all words: 3", "خبرها با همهٔ واژه‌ها: ۳"),
        (
            Timeline("", "any", 3, "year", (), 1),
            "articles with any of the words, as none has all: 3 · by year · undated, not shown: 1",
            "خبرها با دست‌کم یکی از واژه‌ها، چون هیچ‌یک همه را ندارد: ۳ · به تفکیک سال · بی‌تاریخ، نمایش داده نشده: ۱",
        ),
    ],
)
def test_what_was_counted_is_said_in_either_language(counted, english: str, persian: str) -> None:
    assert (tally(counted), tally(counted, "fa")) == (english, persian)
