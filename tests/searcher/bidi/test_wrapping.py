import pytest

from khabarjoo.searcher.bidi.reordering import Cell
from khabarjoo.searcher.bidi.wrapping import wrap


def wrapped(text: str, width: int) -> list[str]:
    cells = [Cell(char, 2 if char > "\u3000" else 1, None, 0) for char in text]
    return ["".join(cell.text for cell in line) for line in wrap(cells, width)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("یک دو سه", 8, ["یک دو سه"]),
        ("یک دو سه", 7, ["یک دو", "سه"]),
        ("یک دو سه", 2, ["یک", "دو", "سه"]),
        ("یک  دو", 6, ["یک  دو"]),
        ("یک  دو", 5, ["یک", "دو"]),
        ("  یک", 4, ["  یک"]),
        ("  یک", 3, ["یک"]),
        ("یک ", 2, ["یک"]),
        ("درازدراز ک", 4, ["دراز", "دراز", "ک"]),
        ("ک درازدرازد", 4, ["ک", "دراز", "دراز", "د"]),
        ("یک\u00a0دو سه", 6, ["یک\u00a0دو", "سه"]),
        ("漢字漢", 4, ["漢字", "漢"]),
        ("漢字", 1, ["漢", "字"]),
    ],
)
def test_lines_break_at_spaces_and_fit(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_long_text_takes_no_long_time() -> None:
    assert len(wrapped("کلمه " * 20_000, 40)) == 2500
    assert len(wrapped("ک" * 20_000, 40)) == 500
