"""The command on a terminal: a real one of a given width, which says of itself what it likes."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from click import Context
from wcwidth import wcswidth

from khabarjoo.searcher.bidi.terminals import SIGNS
from khabarjoo.searcher.cli.main import main

PAGE = {
    "id": "a1",
    "title": "همکاری‌های تازهٔ بانک (IMF)",
    "body": "بانک در سال ۱۴۰۱ با IMF همکاری کرد. " * 3,
    "date": "1401/06/23",
    "source": "پیک\x1b]0;x\x07 بازار\u202e",
    "tags": ["نرخ ارز"],
}
Screen = Callable[..., list[str]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    page = folder / "page.json"
    page.write_text(json.dumps(PAGE, ensure_ascii=False), encoding="utf-8")
    assert main(["index", "--index", str(folder / "index"), str(page)]) == 0
    return folder / "index"


@pytest.fixture
def screen(index: Path) -> Screen:
    """What the command writes to a terminal of some width, row by row."""

    def screen(*arguments: str, columns: int = 60, **said: str) -> list[str]:
        ours = {sign.variable for sign in SIGNS} | {"COLUMNS"}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {"TERM": "xterm-256color", "COLORFGBG": "15;0", "KHABARJOO_INDEX": str(index)} | said
        out = pexpect.run(
            sys.executable + " -m khabarjoo " + " ".join(arguments),
            env=environment,
            encoding="utf-8",
            dimensions=(24, columns),
            timeout=60,
        )
        return out.replace("\r\n", "\n").splitlines()

    return screen


def plain(rows: list[str]) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m|\x1b\[[02] k", "", row) for row in rows]


def test_where_the_terminal_does_not_reorder_lines_come_in_the_order_of_the_screen(screen: Screen) -> None:
    rows = screen("search", "بانک", KHABARJOO_COLOURS="never")
    assert rows[1] == " " * 31 + "(IMF) ﮏﻧﺎﺑ ﻩٔﺯﺎﺗ ﯼﺎﻫﯼﺭﺎﮑﻤﻫ .1"
    assert rows[2] == " " * 12 + "a1 · (2022/09/14) ۱۴۰۱ ﺭﻮﯾﺮﻬﺷ ۲۳ · ﺭﺍﺯﺎﺑ ﮏﯿﭘ"
    assert all(wcswidth(row) <= 60 for row in rows)


def test_matched_words_are_coloured_whole(screen: Screen) -> None:
    title = screen("search", "بانک")[1]
    assert "\x1b[1;4;33mﮏﻧﺎﺑ\x1b[0m" in title


@pytest.mark.parametrize("columns", [40, 200])
@pytest.mark.parametrize("said", [{}, {"VTE_VERSION": "7006"}, {"TERM": "dumb"}, {"KONSOLE_VERSION": "230400"}])
def test_no_row_is_wider_than_the_screen(screen: Screen, columns: int, said: dict[str, str]) -> None:
    for command in (["search", "بانک"], ["show", "a1"]):
        rows = plain(screen(*command, columns=columns, **said))
        assert max(map(wcswidth, rows)) <= columns


def test_where_the_terminal_reorders_lines_come_as_they_are_read(screen: Screen) -> None:
    rows = screen("search", "بانک", VTE_VERSION="7006", KHABARJOO_COLOURS="never")
    assert rows[1] == "\x1b[2 k 1. همکاری‌های تازهٔ بانک (IMF)"


@pytest.mark.parametrize(
    ("arguments", "said", "reordered"),
    [
        (["--bidi", "off", "search", "بانک"], {}, False),
        (["search", "--bidi", "off", "بانک"], {}, False),
        (["--bidi", "on", "search", "--bidi", "off", "بانک"], {}, False),
        (["search", "بانک"], {"KHABARJOO_BIDI": "off"}, False),
        (["search", "--bidi", "auto", "بانک"], {"KHABARJOO_BIDI": "off"}, True),
        (["--bidi", "on", "show", "a1"], {"VTE_VERSION": "7006"}, True),
        (["show", "a1", "--bidi", "on"], {"MLTERM": "3.9.0", "TERM": "mlterm"}, True),
        (["show", "a1"], {"MLTERM": "3.9.0", "TERM": "mlterm"}, False),
    ],
)
def test_who_reorders_can_be_said(screen: Screen, arguments: list[str], said: dict[str, str], reordered: bool) -> None:
    text = "\n".join(plain(screen(*arguments, **said)))
    assert ("ﮏﻧﺎﺑ" in text, "بانک" in text) == (reordered, not reordered)


@pytest.mark.parametrize("said", [{}, {"VTE_VERSION": "7006"}, {"MLTERM": "3"}, {"TERM": "xterm-kitty"}])
def test_nothing_planted_reaches_the_terminal(screen: Screen, said: dict[str, str]) -> None:
    for command in (["search", "بانک"], ["show", "a1"]):
        text = "\n".join(plain(screen(*command, **said)))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_a_dumb_terminal_gets_no_sequences(screen: Screen) -> None:
    assert "\x1b" not in "".join(screen("search", "بانک", TERM="dumb"))
    assert "\x1b" not in "".join(screen("search", "بانک", TERM="dumb", VTE_VERSION="7006"))


@pytest.mark.parametrize(
    ("arguments", "said", "attributes"),
    [
        ([], {}, "1;4;33"),
        (["--theme", "light"], {}, "1;4;34"),
        (["--theme", "none"], {}, "1;4"),
        ([], {"COLORFGBG": "0;15"}, "1;4;34"),
        ([], {"COLORFGBG": ""}, "1;4;38;5;163"),
        ([], {"NO_COLOR": "1"}, "1;4"),
        (["--theme", "dark"], {"NO_COLOR": "1"}, "1;4;33"),
    ],
)
def test_what_matched_is_bold_and_underlined_and_its_colour_suits_the_background(
    screen: Screen, arguments: list[str], said: dict[str, str], attributes: str
) -> None:
    assert f"\x1b[{attributes}mﮏﻧﺎﺑ\x1b[0m" in screen("search", *arguments, "بانک", **said)[1]


def test_every_command_takes_what_is_about_the_screen() -> None:
    from khabarjoo.searcher.cli.main import khabarjoo

    context = Context(khabarjoo)
    for name in khabarjoo.list_commands(context):
        options = {option for parameter in khabarjoo.get_command(context, name).params for option in parameter.opts}
        assert {"--bidi", "--theme"} <= options, name


def test_errors_are_laid_out_as_the_command_line_says(screen: Screen) -> None:
    rows = screen("--bidi", "off", "search", "--since", "نه‌تاریخ", "قم")
    assert any("نه‌تاریخ" in row for row in rows)
    assert not any("نه‌تاریخ" in row for row in screen("search", "--since", "نه‌تاریخ", "قم"))


def test_a_name_that_no_article_has_is_told_with_the_nearest_in_every_command(screen: Screen) -> None:
    for command in ("search", "facets", "timeline"):
        rows = screen("--bidi", "off", command, "--tag", "نرخ‌ارزز", "بانک", columns=200)
        assert any("the tag نرخ‌ارزز; the nearest is نرخ ارز." in row for row in rows), command
