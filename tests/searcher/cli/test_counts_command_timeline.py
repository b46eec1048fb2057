import json

import pytest

FILTERS = ["--since", "۱۴۰۱", "--until", "1402", "--source", "الف", "--source", "ب", "--category", "پ", "--tag", "ت"]


def test_every_option_reaches_the_search(run, fake) -> None:
    run("timeline", *FILTERS, "--by", "season", "باران", "رشت")
    run("timeline", "باران")
    assert fake.asked == [
        (
            "باران رشت",
            {
                "by": "season",
                "since": "۱۴۰۱",
                "until": "1402",
                "source": ("الف", "ب"),
                "category": ("پ",),
                "tag": ("ت",),
            },
        ),
        ("باران", {"by": None}),
    ]


def test_the_chart_goes_to_standard_output_and_what_was_counted_to_standard_error(run, fake) -> None:
    fake.undated = 1
    code, out, err = run("timeline", "باران")
    assert code == 0
    assert [line.split()[-2:] for line in out.splitlines()] == [["مهر", "۱۴۰۲"], ["آبان", "۱۴۰۲"], ["آذر", "۱۴۰۲"]]
    assert err == "articles with all words: 2 · by month · undated, not shown: 1\n"


@pytest.mark.parametrize("format_name", ["json", "csv"])
def test_other_formats_say_only_what_could_mislead(run, fake, format_name: str) -> None:
    assert run("timeline", "باران", "--format", format_name).err == ""
    fake.words = "any"
    assert run("timeline", "باران", "--format", format_name).err == (
        "articles with any of the words, as none has all: 2 · by month\n"
    )
    fake.words, fake.undated = "all", 2
    assert run("timeline", "باران", "--format", format_name).err.endswith("undated, not shown: 2\n")


def test_json_is_whole_even_when_nothing_is_found(run, fake) -> None:
    fake.hits = []
    code, out, _ = run("timeline", "قطار", "--format", "json")
    assert code == 1
    assert json.loads(out)["periods"] == []


def test_another_period_is_wrong_usage(run, fake) -> None:
    assert run("timeline", "باران", "--by", "week").code == 2
