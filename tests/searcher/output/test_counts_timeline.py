import csv
import io
import json

from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.counts import write_timeline_csv, write_timeline_json, write_timeline_text
from khabarjoo.searcher.results import Period, Timeline


def timeline(*periods: Period, by="month", undated: int = 0) -> Timeline:
    return Timeline("باران", "all", sum(period.count for period in periods) + undated, by, periods, undated)


def written(write, found: Timeline, out: io.StringIO | None = None, **options: object) -> str:
    out = out or io.StringIO(newline="")
    write(found, out, **options)
    return out.getvalue()


def counts(period, *counts: int) -> list[Period]:
    return [period(1402 + place // 12, place % 12 + 1, count) for place, count in enumerate(counts)]


def test_text_is_a_bar_for_each_period_plain_when_piped(period) -> None:
    assert written(write_timeline_text, timeline(*counts(period, 4, 0, 2))) == (
        f"4 {'█' * 63} فروردین ۱۴۰۲\n0 اردیبهشت ۱۴۰۲\n2 {'█' * 31}▌ خرداد ۱۴۰۲\n"
    )


def test_a_long_gap_takes_one_line(period) -> None:
    lines = written(write_timeline_text, timeline(*counts(period, 1, *[0] * 7, 1))).splitlines()
    assert len(lines) == 3
    assert lines[1] == "  ⋮ بدون خبر: ۷ ماه"


def test_a_short_gap_is_shown_period_by_period(period) -> None:
    assert len(written(write_timeline_text, timeline(*counts(period, 1, *[0] * 6, 1))).splitlines()) == 8


def test_numerals_are_those_of_the_settings(period) -> None:
    out = written(write_timeline_text, timeline(*counts(period, 1)), settings=Settings(digits="latin"))
    assert out.endswith("فروردین 1402\n")


def test_a_terminal_gets_lines_that_fit_it(period, terminal, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = written(write_timeline_text, timeline(*counts(period, 400, 30)), terminal)
    assert len(out.splitlines()) == 2


def test_nothing_dated_is_no_line() -> None:
    assert written(write_timeline_text, timeline(undated=3)) == ""


def test_json_has_every_period_with_its_bounds(period) -> None:
    assert json.loads(written(write_timeline_json, timeline(period(1402, 2, 5, 3), by="season", undated=2))) == {
        "format_version": 1,
        "query": "باران",
        "words": "all",
        "articles": 7,
        "partial": None,
        "undated": 2,
        "by": "season",
        "periods": [
            {
                "period": "1402/04-06",
                "label": "تابستان ۱۴۰۲",
                "start": "2023-06-22T00:00:00+03:30",
                "end": "2023-09-23T00:00:00+03:30",
                "count": 5,
            }
        ],
    }


def test_csv_has_a_mark_for_spreadsheets_and_a_row_for_each_period(period) -> None:
    out = written(write_timeline_csv, timeline(*counts(period, 1, 0)))
    assert out.startswith("\ufeffperiod,label,start,end,count\r\n")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert [(row["period"], row["label"], row["count"]) for row in rows] == [
        ("1402/01", "فروردین ۱۴۰۲", "1"),
        ("1402/02", "اردیبهشت ۱۴۰۲", "0"),
    ]
    assert rows[0]["end"] == rows[1]["start"] == "2023-04-21T00:00:00+03:30"
