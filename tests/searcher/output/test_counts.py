import pytest
from rich.cells import cell_len

from khabarjoo.searcher.output.counts import Bar, chart, draw
from khabarjoo.searcher.output.styles import Style, text_of


def lines(bars: list[Bar], columns: int = 40, indent: str = "") -> list[str]:
    return [text_of(paragraph.line) for paragraph in chart(bars, columns, indent=indent)]


def test_counts_stand_under_each_other_and_bars_fill_the_columns() -> None:
    assert lines([Bar("مهر", 1200), Bar("آبان", 600), Bar("آذر", 0)], columns=24) == [
        "1,200 ████████████ مهر",
        "  600 ██████ آبان",
        "    0 آذر",
    ]


@pytest.mark.parametrize("columns", [30, 40, 80, 200])
@pytest.mark.parametrize("indent", ["", "  "])
def test_no_line_is_wider_than_the_screen(columns: int, indent: str) -> None:
    bars = [Bar("خبرگزاری", 123456), Bar("ب", 7)]
    assert max(map(cell_len, lines(bars, columns, indent))) < columns


def test_a_screen_too_narrow_still_gets_a_short_bar() -> None:
    assert lines([Bar("خبرگزاری جمهوری اسلامی", 10)], columns=10) == ["10 ████ خبرگزاری جمهوری اسلامی"]


def test_a_long_name_is_cut_and_an_unsafe_one_cleaned() -> None:
    (line,) = lines([Bar("خبر\n\x1b[31m" + "ن" * 100, 1)], columns=100)
    assert line.endswith("…")
    assert "\x1b" not in line
    assert cell_len(line.split(" ", 2)[2]) <= 40


def test_lines_without_a_bar_are_faint() -> None:
    styles = [paragraph.line[-1].style for paragraph in chart([Bar("الف", 1), Bar("ب", 0), Bar("⋮", None)], 40)]
    assert styles == [Style.PLAIN, Style.FAINT, Style.FAINT]


def test_a_chart_of_nothing_has_no_lines() -> None:
    assert lines([]) == []
    assert lines([Bar("الف", 0)]) == ["0 الف"]


def test_bars_are_in_proportion_to_an_eighth_of_a_cell() -> None:
    assert [draw(count, 16, 2) for count in (16, 15, 9, 8, 1, 0)] == ["██", "█▉", "█▏", "█", "▏", ""]
