import io
import re

import pytest
from wcwidth import wcswidth

from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.hits_text import write_text
from khabarjoo.searcher.results import Copy, Fragment


def test_a_hit_is_a_numbered_title_its_facts_and_its_snippet(page, hit) -> None:
    out = io.StringIO()
    write_text(page(hit(1), hit(12, title="برف", id="b2")), out)
    assert out.getvalue() == (
        " 1. باران در رشت\n"
        "    پیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · a1\n"
        "    دیروز باران بارید.\n"
        "\n"
        "12. برف\n"
        "    پیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · b2\n"
        "    دیروز باران بارید.\n"
    )


def test_copies_are_counted_and_their_outlets_named_in_order(page, hit) -> None:
    copies = (Copy("m1", "مهر", None), Copy("f1", "فارس", None), Copy("m2", "مهر", None))
    out = io.StringIO()
    write_text(page(hit(copies=copies)), out)
    assert out.getvalue().splitlines()[3] == "    ۳ نسخهٔ دیگر: مهر، فارس"
    out = io.StringIO()
    write_text(page(hit(copies=copies)), out, settings=Settings(digits="latin"))
    assert out.getvalue().splitlines()[3] == "    3 نسخهٔ دیگر: مهر، فارس"


def test_what_the_page_does_not_say_is_left_out(page, hit) -> None:
    out = io.StringIO()
    write_text(page(hit(title=" ", source="", category="", published=None, snippet=[])), out)
    assert out.getvalue() == " 1. (بی‌عنوان)\n    a1\n"


def test_on_a_terminal_lines_are_in_its_order_and_whole_matched_words_are_coloured(page, hit, terminal) -> None:
    write_text(page(hit()), terminal)
    title, about, snippet = terminal.getvalue().splitlines()
    assert title == " " * 64 + "\x1b[1mﺖﺷﺭ ﺭﺩ \x1b[0m\x1b[1;4;33mﻥﺍﺭﺎﺑ\x1b[0m .1"
    assert about == " " * 17 + "\x1b[2ma1 · (2018/01/22) ۰۸:۴۱ ،۱۳۹۶ ﻦﻤﻬﺑ ۲ · ﯽﺳﺎﻨﺷﺍﻮﻫ · ﻥﺍﺭﺎﺑ ﮏﯿﭘ\x1b[0m"
    assert snippet == " " * 58 + ".ﺪﯾﺭﺎﺑ \x1b[1;4;33mﻥﺍﺭﺎﺑ\x1b[0m ﺯﻭﺮﯾﺩ"


def test_a_terminal_that_reorders_gets_each_line_as_it_is_read_and_its_direction(
    page, hit, terminal, monkeypatch
) -> None:
    monkeypatch.setenv("VTE_VERSION", "7006")
    write_text(page(hit(), hit(2, title="Rain in Rasht", snippet=[])), terminal)
    title, about, snippet, blank, english, _ = terminal.getvalue().removesuffix("\x1b[0 k").splitlines()
    assert title == "\x1b[2 k 1. \x1b[1;4;33mباران\x1b[0m\x1b[1m در رشت\x1b[0m"
    assert about == "\x1b[0 k\x1b[2 k    \x1b[2mپیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018/01/22) · a1\x1b[0m"
    assert snippet == "\x1b[0 k\x1b[2 k    دیروز \x1b[1;4;33mباران\x1b[0m بارید."
    assert blank == "\x1b[0 k"
    assert english == " 2. \x1b[1mRain in Rasht\x1b[0m"


@pytest.mark.parametrize("columns", [10, 40, 80, 200])
@pytest.mark.parametrize("variables", [{}, {"VTE_VERSION": "7006"}, {"MLTERM": "3"}, {"KONSOLE_VERSION": "2"}])
def test_rows_fit_the_screen_and_are_indented_on_the_right(
    page, hit, terminal, monkeypatch, columns: int, variables: dict[str, str]
) -> None:
    for name, value in ({"COLUMNS": str(columns), "KHABARJOO_COLOURS": "never"} | variables).items():
        monkeypatch.setenv(name, value)
    write_text(page(hit(snippet=[Fragment("باران شدیدی دیروز در رشت بارید. " * 20, False)])), terminal)
    rows = re.sub("\x1b\\[[02] k", "", terminal.getvalue()).splitlines()
    assert "\x1b" not in "".join(rows)
    assert max(map(wcswidth, rows)) <= columns
    assert len(rows) > 22 * 28 / columns
    if not variables:
        assert {wcswidth(row) for row in rows[-5:]} == {columns - 4}


def test_text_that_is_piped_is_never_wrapped_or_reordered(page, hit, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    out = io.StringIO()
    write_text(page(hit(snippet=[Fragment("باران شدیدی (BBC) " * 20, True)])), out, settings=Settings(bidi="on"))
    assert out.getvalue().splitlines()[2] == "    " + "باران شدیدی (BBC) " * 20


def test_bidi_can_be_set(page, hit, terminal) -> None:
    write_text(page(hit()), terminal, settings=Settings(bidi="off", colours="never"))
    assert terminal.getvalue().startswith(" 1. باران در رشت\n")


def test_colours_can_be_set(page, hit, terminal) -> None:
    out = io.StringIO()
    write_text(page(hit()), out, settings=Settings(colours="always"))
    assert out.getvalue().startswith(" 1. \x1b[1;4;33mباران\x1b[0m")
    write_text(page(hit()), terminal, settings=Settings(colours="never"))
    assert "\x1b" not in terminal.getvalue()


@pytest.mark.parametrize(
    ("settings", "number", "day"),
    [
        (Settings(), " 1. ", "۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22)"),
        (Settings(calendar="gregorian"), " 1. ", "2018-01-22 (۲ بهمن ۱۳۹۶، ۰۸:۴۱)"),
        (Settings(calendar="both"), " 1. ", "۲ بهمن ۱۳۹۶، ۰۸:۴۱ · 2018-01-22"),
        (Settings(digits="latin"), " 1. ", "2 بهمن 1396، 08:41 (2018-01-22)"),
        (Settings(digits="persian"), " ۱. ", "۲ بهمن ۱۳۹۶، ۰۸:۴۱ (۲۰۱۸-۰۱-۲۲)"),
    ],
)
def test_the_calendar_and_the_digits_can_be_set(page, hit, settings: Settings, number: str, day: str) -> None:
    out = io.StringIO()
    write_text(page(hit()), out, settings=settings)
    title, about, _ = out.getvalue().splitlines()
    assert title == f"{number}باران در رشت"
    assert about == f"    پیک باران · هواشناسی · {day} · a1"


def test_nothing_planted_in_an_article_reaches_the_terminal(page, hit, terminal) -> None:
    evil = "\x1b]0;x\x07\u202e\x9b\r\n"
    planted = hit(
        id=f"i{evil}d",
        title=f"ع{evil}",
        source=f"م{evil}",
        category=f"د{evil}",
        snippet=[Fragment(f"ب{evil}", True)],
    )
    write_text(page(planted), terminal, settings=Settings(colours="never", bidi="off"))
    assert terminal.getvalue() == (" 1. ع\n    م · د · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018/01/22) · i d\n    ب\n")


def test_no_hits_are_no_lines(page) -> None:
    out = io.StringIO()
    write_text(page(), out)
    assert out.getvalue() == ""
