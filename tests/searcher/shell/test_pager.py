import io

import pytest

from khabarjoo.searcher.bidi.terminals import Layout
from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.styles import Paragraph, Screen, Span, Style
from khabarjoo.searcher.shell.paged_text import Row, View, laid_out
from khabarjoo.searcher.shell.pager import page_through

ROWS = [Row(f"row {number}") for number in range(20)]


def moved(*moves: str, rows: list[Row] = ROWS, height: int = 5) -> View:
    view = View(rows, height)
    for move in moves:
        view.move(move)
    return view


@pytest.mark.parametrize(
    ("moves", "top"),
    [
        ((), 0),
        (("down", "down", "up"), 1),
        (("page",), 4),
        (("page", "back"), 0),
        (("page",) * 9, 15),
        (("end",), 15),
        (("end", "start"), 0),
        (("up", "back"), 0),
        (("end", "down"), 15),
    ],
)
def test_the_window_moves_within_the_text(moves: tuple[str, ...], top: int) -> None:
    view = moved(*moves)
    assert view.top == top
    assert view.visible == ROWS[top : top + 5]
    assert view.place == f"{top + 5}/20"


def marked(*numbers: int) -> list[Row]:
    """The rows, some of them with a mark."""
    return [Row(row.text, int(number in numbers), f"{row.text}!") for number, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("moves", "top", "gone_to"),
    [
        ((), 0, None),
        (("mark",), 3, (1, 1)),
        (("mark", "mark"), 9, (2, 2)),
        (("mark", "mark", "mark", "mark"), 15, (3, 3)),
        (("mark", "mark", "mark back"), 3, (1, 1)),
        (("mark", "mark back"), 3, (1, 1)),
        (("mark", "down"), 4, None),
        (("mark", "down", "mark"), 9, (2, 2)),
        (("end", "mark back"), 9, (2, 2)),
        (("end", "mark"), 15, (3, 3)),  # in sight, though the window moves no further
    ],
)
def test_marks_are_gone_to_one_after_another_and_counted(moves: tuple[str, ...], top: int, gone_to) -> None:
    view = moved(*moves, rows=marked(3, 9, 18))
    assert (view.top, view.gone_to, view.marks) == (top, gone_to, 3)
    standing_out = [line for line in view.lines if line.endswith("!")]
    assert standing_out == ([f"row {(3, 9, 18)[gone_to[0] - 1]}!"] if gone_to else [])


def test_several_marks_of_a_row_are_gone_to_at_once() -> None:
    rows = marked(3, 9)
    rows[3] = rows[3]._replace(marks=2)
    view = moved("mark", rows=rows)
    assert (view.gone_to, view.marks) == ((1, 2), 3)
    view.move("mark")
    assert view.gone_to == (3, 3)


def test_without_marks_there_is_nowhere_to_go() -> None:
    assert not View(ROWS, 5).move("mark")
    assert not View([], 5).move("mark back")


@pytest.mark.parametrize(("moves", "top"), [(("page", "page"), 16), ((), 0), (("end",), 38)])
def test_another_size_keeps_the_place(moves: tuple[str, ...], top: int) -> None:
    view = moved(*moves)
    view.lay_out(ROWS * 2, height=2)
    assert view.top == top


@pytest.mark.parametrize("height", [0, -3, 100])
def test_odd_heights_are_no_trouble(height: int) -> None:
    view = moved("page", "end", "up", height=height)
    view.lay_out([], height)
    assert view.visible == []


def test_what_is_no_terminal_gets_everything_at_once() -> None:
    out = io.StringIO()
    page_through(lambda sink: print("row\n" * 500, end="", file=sink), out, settings=Settings(), always=True)
    assert out.getvalue() == "row\n" * 500


TEXT = [
    Paragraph([Span("باران در "), Span("رشت", Style.MATCH), Span(" می‌بارد؛ ۱۲ ميلی‌متر")], right_to_left=True),
    Paragraph([Span("Rain in Rasht, 12 mm")]),
]
SCREEN = Screen(Layout.MARKED, 60, "none")


def found(find: str) -> list[str]:
    """What is shown in reverse when something is looked for."""
    rows = laid_out(TEXT, SCREEN, find)
    assert [bool(row.marks) for row in rows] == ["\x1b[7m" in row.text for row in rows]
    return [part.split("\x1b")[0] for row in rows for part in row.text.split("\x1b[7m")[1:]]


@pytest.mark.parametrize(
    ("find", "words"),
    [
        ("باران", ["باران"]),
        ("بار", ["باران", "می‌بارد؛"]),  # whole words, as a part of one would not join the rest
        ("می بارد", []),
        ("میبارد", ["می‌بارد؛"]),
        ("میلی‌متر", ["ميلی‌متر"]),  # another yeh
        ("rasht, 12", ["Rasht, 12"]),
        ("در رشت", ["در رشت"]),
        ("12", ["۱۲", "12"]),
        ("نیست", []),
        ("  ", []),
    ],
)
def test_words_are_found_in_any_spelling_and_marked_whole(find: str, words: list[str]) -> None:
    assert found(find) == words


def test_what_the_query_matched_is_marked_until_something_is_looked_for() -> None:
    assert [row.marks for row in laid_out(TEXT, SCREEN)] == [1, 0]
    assert [row.marks for row in laid_out(TEXT, SCREEN, "rain")] == [0, 1]
    assert "\x1b[1;4;7mرشت" in laid_out(TEXT, SCREEN)[0].standing_out


def test_the_window_goes_to_what_was_found_and_stays_where_it_is_in_sight() -> None:
    view = View(ROWS, 5)
    view.mark(marked(3, 15))
    assert (view.top, view.gone_to) == (0, (1, 1))
    view.move("page")
    view.mark(marked(3, 15))
    assert (view.top, view.gone_to) == (15, (2, 2))
    view.mark(marked(3))
    assert (view.top, view.gone_to) == (3, (1, 1))
    view.mark(ROWS)
    assert (view.top, view.gone_to) == (3, None)
