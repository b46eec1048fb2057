from datetime import UTC, datetime

import pytest

from khabarjoo.searcher.output.report import Fact, direction, facts, title
from khabarjoo.searcher.query.plan import Filters
from khabarjoo.searcher.results import Suggestion

MADE = datetime(2025, 12, 29, 7, 25, tzinfo=UTC)


def test_a_report_says_what_was_asked_what_was_found_and_when(page, hit) -> None:
    found = page(
        hit(11), hit(12), total=1340, total_all=12, offset=10, explanation="باران OR برف",
        suggestion=Suggestion("باران", False, "spelling"),
    )  # fmt: skip
    asked = Filters.of(since="۱۴۰۱", source=("الف", "ب\nپ"), tag="ت")
    assert list(facts(found, asked, "newest", MADE)) == [
        Fact("خوانده شد", "باران OR برف"),
        Fact("شاید منظور", "باران"),
        Fact("از تاریخ", "۱۴۰۱"),
        Fact("منبع", "الف، ب پ"),
        Fact("برچسب", "ت"),
        Fact("ترتیب", "تازه‌ترین در آغاز، از خبرها با همهٔ واژه‌ها"),
        Fact("یافته‌ها", "۱۲ خبر با همهٔ واژه‌ها، ۱٬۳۴۰ خبر با دست‌کم یکی · در این گزارش: ۱۱ تا ۱۲"),
        Fact("زمان گزارش", "۸ دی ۱۴۰۴، ۱۰:۵۵ (2025-12-29)"),
    ]


def test_a_report_in_order_of_date_says_when_no_article_has_all_words(page, hit) -> None:
    told = dict(facts(page(hit(), total=3, total_all=0), Filters(), "oldest", MADE))
    assert told["ترتیب"] == "کهنه‌ترین در آغاز، از خبرها با دست‌کم یکی، چون هیچ‌یک همه را ندارد"


def test_a_report_of_a_plain_search_says_no_more_than_counts_and_time(page) -> None:
    assert [fact.name for fact in facts(page(), Filters(), "relevance", None)] == ["یافته‌ها", "زمان گزارش"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("باران", "rtl"),
        ("FATF و پیامدهای آن برای بانک‌ها", "rtl"),
        ("Water shortage in Iran: آب", "ltr"),
        ("", "rtl"),
        ("۱۴۰۳", "rtl"),
        ("2024", "rtl"),
    ],
)
def test_most_words_decide_which_way_a_text_runs(text: str, expected: str) -> None:
    assert direction(text) == expected


def test_a_report_of_articles_like_another_has_a_title_and_counts_no_words(page, hit) -> None:
    similar = page(hit(), query="")
    assert title(similar) == "خبرهای همانند"
    assert next(fact.value for fact in facts(similar, Filters(), "", MADE)) == "در این گزارش: ۱ تا ۱"
    assert title(page(query=" باران\n")) == "باران"
