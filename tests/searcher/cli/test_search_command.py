import json
from pathlib import Path

import pytest

from khabarjoo.searcher.output import FORMATS
from khabarjoo.searcher.query.notes import Note
from khabarjoo.searcher.query.plan import MatchNone, Plan
from khabarjoo.searcher.results import Suggestion


def test_words_make_one_query_and_defaults_are_plain(run, fake) -> None:
    assert run("search", "باران", "در رشت").code == 0
    assert fake.asked == [
        (
            "باران در رشت",
            {
                "limit": 10,
                "offset": 0,
                "sort": "relevance",
            },
        )
    ]


def test_copies_are_folded_unless_all_are_asked_for_or_a_run_is_written(run, fake) -> None:
    for options in ((), ("--format", "json"), ("--all-copies",), ("--format", "trec")):
        run("search", *options, "باران")
    assert fake.folded == [True, True, False, False]


def test_every_option_reaches_the_search(run, fake) -> None:
    run(
        "search", "--limit", "1", "--offset", "1", "--since", "۱۴۰۱", "--until", "2023-12-31",
        "--source", "الف", "--source", "ب", "--category", "پ", "--tag", "ت", "--sort", "newest", "باران",
    )  # fmt: skip
    assert fake.asked[0][1] == {
        "limit": 1,
        "offset": 1,
        "since": "۱۴۰۱",
        "until": "2023-12-31",
        "source": ("الف", "ب"),
        "category": ("پ",),
        "tag": ("ت",),
        "sort": "newest",
    }


def test_the_index_may_be_named_and_is_closed_at_the_end(run, fake) -> None:
    run("search", "--index", "some/where", "باران")
    run("search", "باران", "--index", "some/where")
    assert fake.opened == [Path("some/where")] * 2
    assert fake.closed


def test_text_has_hits_on_standard_output_and_counts_on_standard_error(run, fake) -> None:
    code, out, err = run("search", "باران")
    assert code == 0
    assert out.startswith(" 1. باران در رشت\n")
    assert "\x1b" not in out
    assert err == "all words: 1, any: 2 · 1.2 ms\n"


def test_nothing_found_is_exit_1_and_no_output(run, fake) -> None:
    fake.hits = []
    code, out, err = run("search", "قطار")
    assert (code, out) == (1, "")
    assert err.startswith("all words: ")


def test_a_page_past_the_last_hit_is_exit_1(run, fake) -> None:
    assert run("search", "باران", "--offset", "5", "--format", "ids") == (1, "", "")


@pytest.mark.parametrize("format_name", sorted(FORMATS))
def test_every_format_writes_to_standard_output_alone(run, fake, format_name: str) -> None:
    code, out, err = run("search", "باران", "--format", format_name)
    assert code == 0
    assert out
    told = "2 articles written\n" if format_name in ("csv", "jsonl", "markdown", "html") else ""
    assert err == told or format_name == "text"


def test_json_is_whole_even_when_nothing_is_found(run, fake) -> None:
    fake.hits = []
    code, out, err = run("search", "قطار", "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out)["hits"] == []


def test_ids_end_with_nul_when_asked(run, fake) -> None:
    assert run("search", "باران", "--format", "ids", "-0").out == "a1\0b/2\0"


def test_a_suggestion_is_told_beside_the_results(run, fake) -> None:
    fake.suggestion = Suggestion("ایران", True, "typed on the English keyboard")
    code, out, err = run("search", "hdvhk", "--format", "ids")
    assert (code, out) == (0, "a1\nb/2\n")
    assert err == "searched for: ایران (typed on the English keyboard)\n"


def test_order_by_date_says_which_articles_are_listed(run, fake) -> None:
    assert "by date, of those with all" in run("search", "باران", "--sort", "oldest").err


def test_a_query_may_begin_with_a_dash_after_two_dashes(run, fake) -> None:
    run("search", "--", "باران", "-برف")
    assert fake.asked[0][0] == "باران -برف"


def test_an_unreadable_date_is_one_line_and_exit_2(run, fake) -> None:
    code, out, err = run("search", "باران", "--since", "نه‌تاریخ")
    assert (code, out) == (2, "")
    assert err.startswith('khabarjoo: "نه‌تاریخ" cannot be read as a date')
    assert err.count("\n") == 1


def test_how_the_query_is_read_is_told_first_when_asked(run, fake) -> None:
    fake.explanation = "باران OR برف"
    code, out, err = run("search", "باران", "--explain", "--format", "ids")
    assert (code, out, err) == (0, "a1\nb/2\n", "باران OR برف\n")
    assert "باران OR برف" not in run("search", "باران", "--format", "ids").err


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("C.UTF-8", "A quotation mark without its pair was passed over.\n"),
        ("fa_IR.UTF-8", "گیومه‌ای که جفت ندارد نادیده گرفته شد.\n"),
    ],
)
def test_what_was_passed_over_in_a_query_is_told(run, fake, monkeypatch, locale: str, told: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    fake.plan = Plan(MatchNone(), notes=(Note("quote"),))
    assert run("search", 'باران "', "--format", "ids").err == told


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_a_report_says_how_it_was_asked_for(run, fake, format_name: str) -> None:
    ran = run("search", "باران", "--since", "۱۴۰۱", "--source", "الف", "--sort", "newest", "--format", format_name)
    assert all(told in ran.out for told in ("از تاریخ", "۱۴۰۱", "منبع", "الف", "تازه‌ترین"))
