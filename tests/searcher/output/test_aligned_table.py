"""Columns stay in their places whichever way their cells run, on every kind of terminal and width."""

import pytest

from khabarjoo.searcher.bidi.terminals import Layout
from khabarjoo.searcher.output.aligned_table import table_paragraphs
from khabarjoo.searcher.output.styles import Screen, Style, rows_of, text_of

ROWS = [
    ["word", "rule", "entry"],
    ["کتاب‌هایشان", "suffix after a ZWNJ, or so", "کتاب"],
    ["سلام", "a name", "سلام"],
    ["BBC", "", "bbc"],
]


def rows(layout: Layout, columns: int = 80) -> list[str]:
    screen = Screen(layout, columns)
    return [text_of(row) for paragraph in table_paragraphs(ROWS, screen) for row in rows_of(paragraph, screen)]


def test_what_is_piped_is_as_it_is_read_and_padded() -> None:
    assert rows(Layout.PLAIN) == [
        "word        rule                        entry",
        "کتاب‌هایشان  suffix after a ZWNJ, or so  کتاب",
        "سلام        a name                      سلام",
        "BBC                                     bbc",
    ]


def test_where_we_reorder_cells_are_joined_and_a_letter_that_two_share_counts_once() -> None:
    seen = rows(Layout.VISUAL)
    assert len({row.rindex(cell) for row, cell in zip(seen, ("entry", "ﺏﺎﺘﮐ", "ﻡﻼﺳ", "bbc"), strict=True)}) == 1
    assert seen[2].startswith("ﻡﻼﺳ  ")


@pytest.mark.parametrize("layout", [Layout.VISUAL, Layout.WORDS, Layout.MARKED, Layout.GUESSED, Layout.PADDED])
def test_on_a_narrower_screen_the_widest_column_is_broken_at_spaces(layout: Layout) -> None:
    seen = [row.replace("\u200e", "").replace("\u200f", "") for row in rows(layout, 44)]
    assert len(seen) == 5
    assert "suffix after" in seen[1]
    assert seen[2].strip().endswith("so")


@pytest.mark.parametrize("layout", [Layout.VISUAL, Layout.MARKED])
def test_on_a_narrow_one_a_row_is_a_list_with_the_names_of_the_columns(layout: Layout) -> None:
    screen = Screen(layout, 30)
    first, rule, entry, *_ = table_paragraphs(ROWS, screen)
    assert first.line[0].style is Style.TITLE
    assert (rule.lead, entry.lead) == ("  rule   ", "  entry  ")
    assert len(list(table_paragraphs(ROWS, screen))) == 8
