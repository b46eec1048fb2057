import json

import pytest

ALL = ("source", "category", "tag", "year", "month")


def test_every_option_reaches_the_search(run, fake) -> None:
    run("facets", "--since", "۱۴۰۱", "--tag", "ت", "--by", "tag", "--by", "year", "--limit", "3", "باران", "رشت")
    run("facets", "باران")
    assert fake.asked == [
        ("باران رشت", {"by": ("tag", "year"), "limit": 3, "since": "۱۴۰۱", "tag": ("ت",)}),
        ("باران", {"by": ALL, "limit": 10}),
    ]


def test_counts_go_to_standard_output_and_what_was_counted_to_standard_error(run, fake) -> None:
    fake.words = "any"
    code, out, err = run("facets", "باران", "--by", "source", "--limit", "1")
    assert code == 0
    assert out.splitlines()[0] == "source (1 of 2)"
    assert err == "articles with any of the words, as none has all: 2\n"


@pytest.mark.parametrize("format_name", ["json", "csv"])
def test_other_formats_say_only_what_could_mislead(run, fake, format_name: str) -> None:
    assert run("facets", "باران", "--format", format_name).err == ""
    fake.words = "any"
    assert "none has all" in run("facets", "باران", "--format", format_name).err


def test_nothing_found_is_exit_1(run, fake) -> None:
    fake.hits = []
    code, out, _ = run("facets", "قطار", "--format", "json")
    assert code == 1
    assert json.loads(out)["articles"] == 0


def test_another_facet_is_wrong_usage(run, fake) -> None:
    assert run("facets", "باران", "--by", "outlet").code == 2
