import io

import pytest

from searcher.output.paint import Span, Style, paint, piece_lines, piece_spans, wants_colour, write_lines
from searcher.results import Piece


def test_colours_belong_on_a_terminal_only(terminal) -> None:
    assert wants_colour(terminal)
    assert not wants_colour(io.StringIO())


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_without_colours_gets_none(terminal, monkeypatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    assert not wants_colour(terminal)


def test_an_empty_no_color_means_nothing(terminal, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert wants_colour(terminal)


def test_plain_spans_carry_no_attributes_and_others_end_theirs() -> None:
    line = [Span("خبر "), Span("قم", Style.MATCH), Span("!", Style.FAINT)]
    assert paint(line, colour=True) == "خبر \x1b[1;33mقم\x1b[0m\x1b[2m!\x1b[0m"
    assert paint(line, colour=False) == "خبر قم!"


def test_write_lines_asks_the_stream_unless_told(terminal) -> None:
    line = [Span("قم", Style.TITLE)]
    write_lines([line], terminal)
    write_lines([line], terminal, colour=False)
    assert terminal.getvalue() == "\x1b[1mقم\x1b[0m\nقم\n"


def test_pieces_become_clean_spans_of_one_line() -> None:
    spans = piece_spans([Piece("خبر\n\x1b[31m", False), Piece("قم", True)], Style.TITLE)
    assert spans == [Span("خبر ", Style.TITLE), Span("قم", Style.MATCH)]


def test_pieces_of_many_lines_keep_their_lines() -> None:
    lines = piece_lines([Piece("یک\nدو ", False), Piece("قم", True), Piece("\n\nسه", False)])
    assert ["".join(span.text for span in line) for line in lines] == ["یک", "دو قم", "", "سه"]
    assert lines[1][1] == Span("قم", Style.MATCH)
