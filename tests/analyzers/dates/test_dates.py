"""Dates as people write them and pages print them.

Expected times are written in Tehran's time, as Jalali days (1401/06/01) or Gregorian ones (2022-08-23), and turned
into moments by persiantools, which shares no code with the parser. It is noon and a half on Wednesday 10 Dey 1404.
"""

from __future__ import annotations

import html
import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate as OracleDate

from khabarjoo.analyzers.dates import (
    LINE_LIMIT,
    LONGEST_DATE,
    DateError,
    Span,
    find_moment,
    format_jalali,
    is_dateline,
    parse_moment,
    parse_span,
)
from khabarjoo.analyzers.dates.occasions import OCCASIONS, Occasion
from khabarjoo.analyzers.dates.words import vocabulary

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2025, 12, 31, 12, 30, tzinfo=TEHRAN)
TABLES = Path(__file__).with_name("dates.txt")
SHARED_DATES = Path(__file__).resolve().parents[4] / "shared" / "data" / "dates.txt"


def at(text: str) -> datetime:
    """The moment of «1401/06/01», «2022-08-23» or either with a time, in UTC."""
    day, _, clock = text.partition(" ")
    year, month, number = map(int, re.split("[/-]", day))
    found = OracleDate(year, month, number).to_gregorian() if "/" in day else date(year, month, number)
    hours = datetime.strptime(clock or "00:00:00", "%H:%M:%S").time()
    return datetime.combine(found, hours, TEHRAN).astimezone(UTC)


def span(start: str, end: str) -> Span:
    """The span between two times; «-» is open, and no end is that of the day."""
    first = None if start == "-" else at(start)
    if end:
        return Span(first, None if end == "-" else at(end))
    day, _, _ = start.partition(" ")
    year, month, number = map(int, re.split("[/-]", day))
    following = (
        OracleDate(year, month, number).to_gregorian() if "/" in day else date(year, month, number)
    ) + timedelta(1)
    return Span(first, datetime(following.year, following.month, following.day, tzinfo=TEHRAN).astimezone(UTC))


def rows(table: str) -> list[tuple[str, ...]]:
    """The rows of one table of dates.txt, three cells each."""
    text = TABLES.read_text(encoding="utf-8").partition(f"[{table}]\n")[2].partition("\n[")[0]
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(cell.strip() for cell in f"{line} | |".split(" |"))[:3] for line in lines]


@pytest.mark.parametrize(("text", "start", "end"), rows("spans"))
def test_a_date_means_this_span(text: str, start: str, end: str) -> None:
    assert parse_span(text, now=NOW) == span(start, end)


def test_the_table_of_spans_has_the_cases_it_promises() -> None:
    assert len(rows("spans")) > 420
    assert len({text for text, _, _ in rows("spans")}) == len(rows("spans"))


@pytest.mark.parametrize(("text", "reason", "_"), rows("refused"))
def test_what_is_no_date_is_refused_with_the_words_and_the_reason(text: str, reason: str, _: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_span(text, now=NOW)
    message = str(refused.value)
    assert message.startswith(f'"{text}" cannot be read as a date: ')
    assert reason in message


@pytest.mark.parametrize("text", ["", " ", "\u200c", "\x00", "/", "&nbsp;", "؟"])
def test_text_without_words_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_span(text)
    with pytest.raises(DateError):
        parse_moment(text)
    assert find_moment(text) is None


@pytest.mark.parametrize("text", ["\x1b[31mقرمز\u202e " + "مهر " * 60, "ن" * LONGEST_DATE, "1" * LONGEST_DATE])
def test_an_error_shows_no_control_characters_and_not_all_of_a_long_text(text: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_span(text)
    message = str(refused.value)
    assert message.isprintable()
    assert len(message) < 200


@pytest.mark.parametrize(("text", "moment", "_"), rows("fields"))
def test_the_date_field_of_an_article_gives_its_moment(text: str, moment: str, _: str) -> None:
    assert parse_moment(text, now=NOW) == at(moment)


def test_a_moment_is_aware_and_in_utc_and_keeps_fractions_of_a_second() -> None:
    moment = parse_moment("2018-07-17T10:46:00.250+04:30")
    assert moment == datetime(2018, 7, 17, 6, 16, 0, 250000, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert parse_moment("1531818960250") == datetime(2018, 7, 17, 9, 16, 0, 250000, tzinfo=UTC)
    assert parse_moment("1531818960.25") == datetime(2018, 7, 17, 9, 16, 0, 250000, tzinfo=UTC)


@pytest.mark.parametrize("text", ["۱۴۰۱ تا ۱۴۰۲", "۱۴۰۱..", "۷ روز گذشته", "۳۱ مهر ۱۴۰۱", "۲۵:۰۰ ۵ مهر ۱۴۰۱"])
def test_a_range_and_an_impossible_date_are_no_moment(text: str) -> None:
    with pytest.raises(DateError):
        parse_moment(text, now=NOW)


@pytest.mark.parametrize(("line", "moment", "_"), rows("lines"))
def test_the_first_full_date_of_a_line_is_found_with_its_time(line: str, moment: str, _: str) -> None:
    assert find_moment(line) == at(moment)


@pytest.mark.parametrize(("line", "_", "__"), rows("not dates"))
def test_a_number_a_telephone_and_a_code_are_not_taken_for_a_date(line: str, _: str, __: str) -> None:
    assert find_moment(line) is None


PRINTED = Path(__file__).with_name("printed.txt")
PRINTED_AT = datetime(2024, 4, 3, 21, 0, tzinfo=TEHRAN)


def printed(table: str) -> list[str]:
    """The forms of one table of printed.txt."""
    text = PRINTED.read_text(encoding="utf-8").partition(f"[{table}]\n")[2].partition("\n[")[0]
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def is_printed(found: datetime | None) -> bool:
    """Whether it is the moment of printed.txt, or the day where no time was printed."""
    return found is not None and found.replace(microsecond=0) in (PRINTED_AT, PRINTED_AT.replace(hour=0))


@pytest.mark.parametrize("text", printed("both"))
def test_what_programs_print_is_read_in_fields_and_in_lines(text: str) -> None:
    assert is_printed(parse_moment(text))
    assert is_printed(find_moment(text))
    assert is_printed(find_moment(f"کد خبر: ۱۳۹۷۰۴ | انتشار: {text} | چاپ"))


@pytest.mark.parametrize("text", printed("fields"))
def test_what_programs_print_without_signs_is_read_in_fields(text: str) -> None:
    assert is_printed(parse_moment(text))
    assert find_moment(text) is None


@pytest.mark.parametrize("text", printed("both"))
def test_what_programs_print_is_a_dateline_and_a_sentence_with_it_is_none(text: str) -> None:
    assert is_dateline(text) or not re.search(r"[A-Za-z]", text) or "/news" in text or "m=" in text
    assert not is_dateline(f"{text} باران بارید")


def test_every_time_of_the_printed_forms_is_read_to_the_minute() -> None:
    timed = [text for text in printed("both") if re.search(r"\d[:.]\d\d", text)]
    assert len(timed) > 200
    assert {parse_moment(text).replace(microsecond=0) for text in timed} == {PRINTED_AT}


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from([210, 270, 0, 60, -300, 330, 345, 600]),
)
@settings(max_examples=80, deadline=None)
def test_offsets_are_read_as_icu_and_javascript_write_them(local: datetime, minutes: int) -> None:
    moment = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    sign, (hours, rest) = "-+"[minutes >= 0], divmod(abs(minutes), 60)
    short = f"{sign}{hours}" + (f":{rest:02}" if rest else "")
    day = OracleDate(local.date())
    persian = f"{day.day} {MONTHS[day.month - 1]} {day.year} ساعت {local:%H:%M:%S}"
    forms = [
        f"{local:%a %b %d %Y %H:%M:%S} GMT{sign}{hours:02}{rest:02} (Any Standard Time)".replace("Any", "Iran"),
        f"{local:%B} {local.day}, {local.year} at {local:%I:%M:%S %p} GMT{short}",
        f"{local:%I:%M:%S %p}".join([f"{local.month}/{local.day}/{local.year}, ", f" GMT{short}"]),
        f"{day.month}/{day.day}/{day.year} AP, {local:%I:%M:%S %p} UTC{short}",
        f"{local:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{rest:02}",
    ]
    if rest:
        forms.append(f"{persian} (\u200e{short} گرینویچ)".translate(PERSIAN_DIGITS))
    for form in forms:
        assert parse_moment(form) == moment, form
        assert find_moment(form) == moment, form


PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    "line",
    ["تاریخ انتشار: ۳۱ مهر ۱۴۰۱", "1403/13/45", "۴۵ فروردین ۱۴۰۳ ساعت ۲۱:۰۰", "چهارشنبه ۱۵ فروردین", "3 Aabaan 1395"],
)
def test_a_day_that_cannot_be_is_still_a_dateline_unless_it_says_too_little(line: str) -> None:
    assert is_dateline(line) == (line != "چهارشنبه ۱۵ فروردین")


@pytest.mark.parametrize(
    "line",
    [
        "021-1397-12",
        "021-1397-1212",
        "0912 139 7090",
        "کد خبر: ۱۳۹۷۰۹",
        "۲۵ شهریور ۶۰ نفر",
        "",
        "۱۰:۵۵",
        "مهر",
        "192.168.1.1",
    ],
)
def test_a_telephone_a_code_and_a_headline_are_no_datelines(line: str) -> None:
    assert not is_dateline(line)


LUNAR_DAYS = {  # days that Iran's calendars printed; the moon was sighted, so the tabular day may be one off
    "عاشورای ۱۴۴۱": date(2019, 9, 10),
    "عاشورای ۱۴۴۵": date(2023, 7, 28),
    "اربعین ۱۴۴۵": date(2023, 9, 6),
    "عید فطر ۱۳۹۸": date(2019, 6, 5),
    "عید فطر ۱۴۰۱": date(2022, 5, 3),
    "عید فطر ۱۴۰۳": date(2024, 4, 10),
    "عید قربان ۱۴۰۳": date(2024, 6, 17),
    "عید غدیر ۱۴۰۲": date(2023, 7, 7),
    "مبعث ۱۴۴۵": date(2024, 2, 8),
    "۲۱ رمضان ۱۴۴۵": date(2024, 4, 1),
    "۱۲ محرم ۱۳۸۳ قمری": date(1963, 6, 5),
}


@pytest.mark.parametrize(("text", "day"), LUNAR_DAYS.items())
def test_lunar_feasts_are_at_most_a_day_off_those_that_were_kept(text: str, day: date) -> None:
    start = parse_span(text, now=NOW).start
    assert start is not None
    assert abs(start.astimezone(TEHRAN).date() - day) <= timedelta(days=1)


@given(st.integers(1300, 1450), st.sampled_from(OCCASIONS))
@settings(max_examples=80, deadline=None)
def test_a_feast_of_a_jalali_year_begins_in_it(year: int, occasion: Occasion) -> None:
    name = occasion.spellings.split("|")[0]
    try:
        found = parse_span(f"{name} {year} شمسی", now=NOW)
    except DateError as error:
        assert "has no such day" in str(error)  # a lunar day may miss a solar year
        return
    whole = parse_span(str(year), now=NOW)
    assert found.start is not None
    assert found.start in whole


# How Persian is typed: every line must give the same as the first word of its row.
def defective(text: str) -> list[str]:
    """The text with Arabic letters, without its ZWNJ, with a space for each, with marks, and as entities."""
    return [
        text.replace("ی", "ي").replace("ک", "ك"),
        text.replace("\u200c", ""),
        text.replace("\u200c", " "),
        text.replace("\u200c", "\u200b"),
        text.replace("\u200c", "\u200d\u200c"),
        text.replace("ه", "ه\u0650").replace("ر", "ر\u064e"),
        text.replace("آ", "ا\u0653"),
        text.replace("آ", "ا"),
        "".join(f"&#{ord(char)};" for char in text),
        "\u202b" + text.replace(" ", "\u200f \u200e") + "\u202c",
        text.replace(" ", "\u00a0"),
        text.replace(" ", "  \t"),
        text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")),
        text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "سه‌شنبه ۱ آذر‌ماه ۱۴۰۱ ساعت ۱۰:۴۵",
        "از سی‌ام فروردین تا بیست‌ویکم شهریور ۱۴۰۱",
        "هفته‌ی گذشته",
        "دهه‌ی هشتاد",
        "۷ روز گذشته",
        "پنج‌شنبه‌ی هفته‌ی پیش",
        "۱۲ ربیع‌الثانی ۱۴۴۰",
        "۵ مهر امسال",
    ],
)
def test_every_way_of_typing_a_date_means_the_same(text: str) -> None:
    expected = parse_span(text, now=NOW)
    for typed in defective(text):
        assert parse_span(typed, now=NOW) == expected, typed


MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
FORMS = (
    "{y}/{m}/{d}|{y}/{m:02}/{d:02}|{y}-{m:02}-{d:02}|{d}/{m}/{y}|{y}{m:02}{d:02}|{d} {name} {y}|{name} {d} {y}"
    "|{y} {name} {d}|{d} {name}ماه سال {y}|مورخ {d} {name} {y}|{y}/{m}/{d}..{y}/{m}/{d}"
    "|از {d} {name} {y} تا {d} {name} {y}"
).split("|")


@given(st.dates(OracleDate(1300, 1, 1).to_gregorian(), OracleDate(1450, 12, 29).to_gregorian()))
@settings(max_examples=60, deadline=None)
def test_every_form_of_a_day_means_that_day(day: date) -> None:
    jalali = OracleDate(day)
    gregorian = day.strftime("%Y-%m-%d|%d %B %Y|%b %d, %Y|%Y%m%d|%a, %d %b %Y").split("|")
    names = {"y": jalali.year, "m": jalali.month, "d": jalali.day, "name": MONTHS[jalali.month - 1]}
    expected = span(day.isoformat(), "")
    for text in [*gregorian, *(form.format(**names) for form in FORMS)]:
        assert parse_span(text) == expected, text


@given(st.datetimes(datetime(1922, 1, 1), datetime(2070, 1, 1), timezones=st.just(TEHRAN), allow_imaginary=False))
def test_what_is_printed_is_read_back_to_the_minute(local: datetime) -> None:
    # An hour that comes twice is read as the first of the two; before 1935 Tehran kept its own seconds.
    minute = local.replace(second=0, microsecond=0, fold=0)
    printed = format_jalali(minute.astimezone(UTC), time=True)
    assert parse_moment(printed) == minute.astimezone(UTC)
    assert find_moment(f"انتشار: {printed} | کد ۱۲۳۴") == minute.astimezone(UTC)


@given(st.datetimes(datetime(1922, 1, 1), datetime(2070, 1, 1), timezones=st.just(UTC)))
def test_iso_dates_of_any_moment_are_read_back_exactly(moment: datetime) -> None:
    for text in (moment.isoformat(), moment.astimezone(ZoneInfo("America/New_York")).isoformat()):
        if re.search(r"[+-]\d\d:(00|15|30|45)$", text):
            assert parse_moment(text) == moment


def test_days_are_as_long_as_tehran_made_them() -> None:
    def hours(text: str) -> float:
        found = parse_span(text)
        assert found.start and found.end
        return (found.end - found.start) / timedelta(hours=1)

    assert [hours("1397/1/1"), hours("1397/1/2"), hours("1397/6/30"), hours("1397/6/31")] == [24, 23, 25, 24]
    assert [hours("1402/1/2"), hours("1402/6/30")] == [24, 24]
    assert parse_span("1397/1/2").start == datetime(2018, 3, 21, 20, 30, tzinfo=UTC)


def test_relative_dates_are_of_the_day_it_is_in_tehran() -> None:
    before_midnight = datetime(2018, 7, 17, 19, 29, tzinfo=UTC)
    assert parse_span("امروز", now=before_midnight) == span("1397/04/26", "")
    assert parse_span("امروز", now=before_midnight + timedelta(minutes=1)) == span("1397/04/27", "")


def test_the_time_now_is_that_of_the_call_unless_given() -> None:
    assert datetime.now(UTC) in parse_span("امروز")
    with pytest.raises(ValueError, match="no time zone"):
        parse_span("امروز", now=datetime(2025, 12, 31))


def test_weeks_begin_on_saturday_on_every_day_of_a_week() -> None:
    for day in range(6, 13):
        now = at(f"1404/10/{day:02} 09:00:00")
        assert parse_span("این هفته", now=now) == span("1404/10/06", "1404/10/13")


def test_a_span_holds_its_start_but_not_its_end() -> None:
    month = parse_span("مهر ۱۴۰۲")
    assert month.start and month.start in month
    assert month.end and month.end not in month
    assert at("1402/07/30 23:59:59") in month
    assert at("1402/07/15") in parse_span("۱۴۰۲..")
    assert at("1402/07/15") not in parse_span("..۱۴۰۱")


def test_spans_intersect_in_the_moments_of_both() -> None:
    year, autumn = parse_span("۱۴۰۲"), parse_span("پاییز ۱۴۰۲")
    assert year.intersect(autumn) == autumn
    assert parse_span("۱۴۰۱..").intersect(parse_span("..۱۴۰۲")) == parse_span("۱۴۰۱..۱۴۰۲")
    assert Span(None, None).intersect(year) == year
    nothing = parse_span("۱۴۰۱").intersect(parse_span("۱۴۰۳"))
    assert nothing.start == nothing.end


PIECES = st.one_of(
    st.sampled_from(sorted(vocabulary())),
    st.integers(0, 99).map(str),
    st.integers(1290, 2110).map(str),
    st.sampled_from(
        ["..", "10:30", "25:00", "PM", "+0430", "&nbsp;", "&#", "۱۴۰۲", "٥", "1531818960", "9" * 30, "20180718T10"]
    ),
    st.sampled_from(["W35", "2022-W", "P", "P1M", "PT9999H", "3m", "9999y..", "Q3", "2022-", "366", "/"]),
    st.sampled_from(list("/-.:,،؛()#%&;\u200c\u200eـ \x00\x1b²½\ud800")),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=9), st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_no_text_raises_anything_but_date_error(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    for parse in (parse_span, parse_moment):
        try:
            parse(text, now=NOW)
        except DateError as error:
            assert str(error)
    find_moment(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1/",
        "۱",
        "P1M/",
        "P",
        "3m..",
        "هفته اول ",
        "نیمه ",
        "مهر و ",
        "2022-W",
        "- ",
        "a ",
        "&#",
        "از ",
        "5:",
        "۲۷ تیر ",
        "10:46:00.",
        "\u200c",
        "ـ",
        "..",
        "1 - ",
    ],
)
def test_text_of_any_length_is_answered_at_once(piece: str) -> None:
    long = piece * (1_000_000 // len(piece))
    began = time.process_time()
    for text in (long, long[:LONGEST_DATE]):
        with pytest.raises(DateError):
            parse_span(text)
        with pytest.raises(DateError):
            parse_moment(text)
    assert find_moment(long) is None
    assert time.process_time() - began < 1


def test_longer_text_than_a_date_may_have_is_refused_and_says_so() -> None:
    assert parse_span("۱۴۰۱" + " " * (LONGEST_DATE - 4)) == parse_span("۱۴۰۱")
    with pytest.raises(DateError, match="501 characters, more than the 500"):
        parse_span("۱۴۰۱" + " " * (LONGEST_DATE - 3))


def test_only_the_beginning_of_a_line_is_searched() -> None:
    printed = "۲۷ تیر ۱۳۹۷"
    assert find_moment("ن " * (LINE_LIMIT // 2 - len(printed)) + printed) == at("1397/04/27")
    assert find_moment("ن " * (LINE_LIMIT // 2) + printed) is None


def test_every_date_that_real_pages_print_is_read_right() -> None:
    if not SHARED_DATES.exists():
        pytest.skip("the dates of real pages are not beside the checkout")
    lines = SHARED_DATES.read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        plain = html.unescape(line)
        hour, minute = map(int, re.search(r"(\d\d):(\d\d)", plain).groups())  # type: ignore[union-attr]
        if printed := re.search(r"[0-9]+ [A-Z][a-z]+ [0-9]+", plain):
            day = datetime.strptime(printed[0], "%d %B %Y").date()
        else:
            day = OracleDate(*map(int, re.search(r"(\d{4})/(\d+)/(\d+)", plain).groups())).to_gregorian()  # type: ignore[union-attr]
        expected = datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)
        assert parse_moment(line) == find_moment(line) == expected, line
