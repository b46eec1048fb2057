import pytest

from khabarjoo.searcher.output.counts import code_label, period_code, period_label


@pytest.mark.parametrize(
    ("by", "part", "months", "label", "code"),
    [
        ("month", 1, 1, "فروردین ۱۴۰۲", "1402/01"),
        ("month", 12, 1, "اسفند ۱۴۰۲", "1402/12"),
        ("season", 1, 3, "بهار ۱۴۰۲", "1402/01-03"),
        ("season", 4, 3, "زمستان ۱۴۰۲", "1402/10-12"),
        ("year", 1, 12, "۱۴۰۲", "1402"),
    ],
)
def test_a_period_has_a_name_for_readers_and_a_code_that_sorts(
    period, by, part: int, months: int, label: str, code: str
) -> None:
    found = period(1402, part, 1, months)
    assert (period_label(found, by), period_code(found, by)) == (label, code)


def test_a_code_of_a_month_or_year_has_a_name_too() -> None:
    assert (code_label("1402/07"), code_label("1402")) == ("مهر ۱۴۰۲", "۱۴۰۲")
