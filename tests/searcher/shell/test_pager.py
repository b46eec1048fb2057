import io

import pytest

from khabarjoo.searcher.shell.pager import View, page_through

ROWS = [f"row {number}" for number in range(20)]


def moved(*moves: str, rows: list[str] = ROWS, height: int = 5) -> View:
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


def test_rows_with_matches_are_gone_to() -> None:
    rows = [f"\x1b[1;4;33m{row}\x1b[0m" if number in (3, 9) else row for number, row in enumerate(ROWS)]
    assert moved("mark", rows=rows).top == 3
    assert moved("mark", "mark", rows=rows).top == 9
    assert moved("mark", "mark", "mark", rows=rows).top == 9
    assert moved("mark", "mark", "mark back", rows=rows).top == 3
    assert not View(ROWS, 5).move("mark")


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
    page_through(lambda sink: sink.write("row\n" * 500), out)
    assert out.getvalue() == "row\n" * 500
