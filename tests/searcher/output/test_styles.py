import io
import pty
import termios

import pytest

from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.styles import (
    Paragraph,
    Screen,
    Span,
    Style,
    paint,
    piece_lines,
    piece_spans,
    screen_of,
    wants_colour,
    write_paragraphs,
)
from khabarjoo.searcher.results import Fragment


def test_colours_belong_on_a_terminal_only(terminal) -> None:
    assert wants_colour(terminal)
    assert not wants_colour(io.StringIO())


def test_a_terminal_without_styles_gets_none(terminal, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(terminal)
    assert screen_of(terminal).theme == ""


@pytest.mark.parametrize(("told", "theme"), [("1", "none"), ("", "dark")])
def test_no_color_leaves_what_is_bold_and_underlined_and_empty_means_nothing(
    terminal, monkeypatch, told: str, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", told)
    assert screen_of(terminal).theme == theme


def test_plain_spans_carry_no_attributes_and_others_end_theirs() -> None:
    line = [Span("خبر "), Span("قم", Style.MATCH), Span("!", Style.FAINT)]
    assert paint(line, "dark") == "خبر \x1b[1;4;33mقم\x1b[0m\x1b[2m!\x1b[0m"
    assert paint(line, "") == "خبر قم!"
    assert paint(line, "none") == "خبر \x1b[1;4mقم\x1b[0m\x1b[2m!\x1b[0m"


def test_paragraphs_go_by_the_stream_unless_told(terminal) -> None:
    line = [Span("Qom", Style.TITLE)]
    write_paragraphs([Paragraph(line)], terminal)
    write_paragraphs([Paragraph(line)], terminal, Settings(colours="never"))
    assert terminal.getvalue() == "\x1b[1mQom\x1b[0m\nQom\n"


@pytest.mark.parametrize(
    ("told", "columns"), [("", 80), ("132", 132), ("0", 80), ("3", 10), ("۴۰", 80), ("-5", 80), ("9" * 30, 80)]
)
def test_the_width_is_that_of_the_environment_within_reason(terminal, told: str, columns: int) -> None:
    assert screen_of(terminal, environment={"COLUMNS": told}).columns == columns


def test_the_width_is_that_of_the_terminal_where_the_environment_does_not_say() -> None:
    ours, theirs = pty.openpty()
    with open(theirs, "w", encoding="utf-8") as terminal, open(ours, "rb"):  # noqa: PTH123
        termios.tcsetwinsize(theirs, (24, 57))
        assert screen_of(terminal, environment={"COLORFGBG": "15;0"}).columns == 57


def test_what_is_no_terminal_is_plain_whatever_is_set() -> None:
    assert screen_of(io.StringIO(), Settings(bidi="on"), {"COLUMNS": "40"}) == Screen()


def test_pieces_become_clean_spans_of_one_line() -> None:
    spans = piece_spans([Fragment("خبر\n\x1b[31m", False), Fragment("قم", True)], Style.TITLE)
    assert spans == [Span("خبر ", Style.TITLE), Span("قم", Style.MATCH)]


def test_pieces_of_many_lines_keep_their_lines() -> None:
    lines = piece_lines([Fragment("یک\nدو ", False), Fragment("قم", True), Fragment("\n\nسه", False)])
    assert ["".join(span.text for span in line) for line in lines] == ["یک", "دو قم", "", "سه"]
    assert lines[1][1] == Span("قم", Style.MATCH)
