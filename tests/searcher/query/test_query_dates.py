"""How far the date after تاریخ: goes, without quotation marks."""

from __future__ import annotations

import pytest

from khabarjoo.searcher.query.lexer import Kind, scan

# query | the date, and the words that are none of it
QUERIES = """
تاریخ: ۲۵ شهریور ۱۴۰۱ زلزله | ۲۵ شهریور ۱۴۰۱ | زلزله
تاریخ: ۷ مهر زلزله | ۷ مهر | زلزله
تاریخ:25 شهریور 1401 زلزله | 25 شهریور 1401 | زلزله
تاریخ: ۲۵ شهریورماه سال ۱۴۰۱ زلزله | ۲۵ شهریورماه سال ۱۴۰۱ | زلزله
تاریخ: بیست و پنجم شهریور ۱۴۰۱ زلزله | بیست و پنجم شهریور ۱۴۰۱ | زلزله
تاریخ: ۳۰ اسفند ۱۴۰۳ سیل | ۳۰ اسفند ۱۴۰۳ | سیل
تاریخ: ۱۶ سپتامبر ۲۰۲۲ زلزله | ۱۶ سپتامبر ۲۰۲۲ | زلزله
تاریخ: ۲۴ رمضان ۱۴۴۵ زلزله | ۲۴ رمضان ۱۴۴۵ | زلزله
date: 16 September 2022 quake | 16 September 2022 | quake
date: September 16, 2022 quake | September 16, 2022 | quake
date: 25 Shahrivar 1401 quake | 25 Shahrivar 1401 | quake
تاریخ:> ۲۵ شهریور ۱۴۰۱ زلزله | > ۲۵ شهریور ۱۴۰۱ | زلزله
تاریخ:>=۲۵ شهریور ۱۴۰۱ زلزله | >=۲۵ شهریور ۱۴۰۱ | زلزله
تاریخ:< 25 شهریور 1401 زلزله | < 25 شهریور 1401 | زلزله
تاریخ: ۱۵ روز گذشته سیل | ۱۵ روز گذشته | سیل
date: 30 days ago flood | 30 days ago | flood
تاریخ: ۲۵ تا ۲۷ شهریور ۱۴۰۱ زلزله | ۲۵ تا ۲۷ شهریور ۱۴۰۱ | زلزله
تاریخ:۲۰..۲۵ مهر ۱۴۰۲ زلزله | ۲۰..۲۵ مهر ۱۴۰۲ | زلزله
تاریخ: ۲۵ ۶ ۱۴۰۱ زلزله | ۲۵ ۶ ۱۴۰۱ | زلزله
تاریخ: از ۲۵ شهریور ماه سال ۱۴۰۱ تا ۱۵ مهر ماه سال ۱۴۰۲ زلزله | از ۲۵ شهریور ماه سال ۱۴۰۱ تا ۱۵ مهر ماه سال ۱۴۰۲ | زلزله
تاریخ: ماه گذشته میلادی سیل | ماه گذشته میلادی | سیل
تاریخ: شب یلدا برف | شب یلدا | برف
تاریخ: سال‌های اخیر خشکسالی | سال‌های اخیر | خشکسالی
تاریخ:۱۴۰۲ ۲۰ کشته | ۱۴۰۲ | ۲۰ کشته
تاریخ:۸۸ زلزله | ۸۸ | زلزله
تاریخ:۸۸ ۳ کشته | ۸۸ | ۳ کشته
تاریخ: ۲۰ نفر | ۲۰ | نفر
تاریخ: دیروز تهران | دیروز | تهران
تاریخ:۱۴۰۱/۶/۲۵ ۱۲ کشته | ۱۴۰۱/۶/۲۵ | ۱۲ کشته
""".strip().splitlines()


@pytest.mark.parametrize("row", QUERIES)
def test_a_date_takes_the_words_that_make_it_and_no_more(row: str) -> None:
    query, date, rest = (cell.strip() for cell in row.split(" |"))
    text, lexemes, notes = scan(query)
    assert not notes
    first, *words = lexemes
    assert first.kind is Kind.CLAUSE
    assert text[first.start : first.end].partition(":")[2].strip() == date
    assert [text[word.start : word.end] for word in words] == rest.split()


@pytest.mark.parametrize("day", range(1, 32))
@pytest.mark.parametrize("month", ["فروردین ۱۴۰۱", "رمضان ۱۴۴۵", "ژانویه ۲۰۲۲", "January 2022"])
def test_every_day_of_a_month_is_a_day_and_no_year(day: int, month: str) -> None:
    if day == 31 and "رمضان" in month or day == 30 and "رمضان" in month:
        pytest.skip("it has fewer days")
    text, lexemes, notes = scan(f"تاریخ: {day} {month} سیل")
    assert not notes
    assert text[lexemes[0].end :].strip() == "سیل"


@pytest.mark.parametrize("query", ["تاریخ: >", "تاریخ: > ", "تاریخ:", "منبع: >"])
def test_a_sign_without_a_date_is_said_to_be_followed_by_nothing(query: str) -> None:
    assert [note.kind for note in scan(query)[2]] == ["field"]
