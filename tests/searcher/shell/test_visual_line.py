import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import TransformationInput

from khabarjoo.searcher.bidi.terminals import Layout
from khabarjoo.searcher.shell.visual_line import VisualLineProcessor, has_right_to_left, seen, seen_line

ZWNJ = "\u200c"


def transformed(text: str, layout: Layout = Layout.VISUAL, *, suggestion: str = ""):
    document = Document(text, len(text))
    control = BufferControl(Buffer(document=document))
    fragments: StyleAndTextTuples = [("class:typed", text), ("class:suggested", suggestion)]
    given = TransformationInput(control, document, 0, lambda i: i, fragments, 80, 24)
    return VisualLineProcessor(layout).apply_transformation(given)


def written(transformation) -> str:
    return "".join(fragment[1] for fragment in transformation.fragments)


@pytest.mark.parametrize(
    ("typed", "shown", "cursor"),
    [
        ("زلزله", " ﻪﻟﺰﻟﺯ", 0),
        ("زلزله ", "  ﻪﻟﺰﻟﺯ", 0),
        (f"می{ZWNJ}", " ﯽﻣ", 0),
        (f"می{ZWNJ}شود", " ﺩﻮﺷﯽﻣ", 0),
        ("سلام", " ﻡﻼﺳ", 0),
        ("title:بم", "title: ﻢﺑ", 6),
        ("title:بم ", "title:  ﻢﺑ", 6),
        ("بم title", "title  ﻢﺑ", 5),
        ("بم ۱۲", "۱۲  ﻢﺑ", 2),
        ("تاریخ:۱۴۰۱/", "۱۴۰۱/ :ﺦﯾﺭﺎﺗ", 5),
        ("(بم", " ﻢﺑ)", 0),
        ("«بم»", " «ﻢﺑ»", 0),
    ],
)
def test_what_is_typed_is_joined_and_reordered_with_the_cursor_where_the_next_letter_comes(
    typed: str, shown: str, cursor: int
) -> None:
    line = seen_line(typed, Layout.VISUAL)
    assert line.text == shown
    assert line.columns[len(typed)] == cursor


@pytest.mark.parametrize("text", ["", "abc", "۱۴۰۱ BBC", "\\since 1401"])
def test_what_has_no_letters_from_right_to_left_is_left_alone(text: str) -> None:
    assert not has_right_to_left(text)
    assert written(transformed(text)) == text
    assert transformed(text).source_to_display(len(text)) == len(text)


@pytest.mark.parametrize("layout", [Layout.MARKED, Layout.GUESSED, Layout.PADDED, Layout.PLAIN])
def test_where_the_terminal_reorders_what_is_typed_is_written_as_it_is(layout: Layout) -> None:
    assert written(transformed("زلزله", layout)) == "زلزله"
    assert transformed("زلزله", layout).source_to_display(5) == 5


def test_where_the_terminal_turns_words_they_are_turned_back_and_the_cursor_stands_as_seen() -> None:
    line = seen_line("بم تهران", Layout.WORDS)
    assert line.text == " ﺗﻬﺮﺍﻥ ﺑﻢ"
    assert line.columns == (8, 7, 6, 5, 4, 3, 2, 1, 0)


def test_styles_stay_with_their_letters_and_suggestions_come_after_the_cursor() -> None:
    shown = transformed("زلز", suggestion="له")
    assert written(shown) == " ﻪﻟﺰﻟﺯ"
    styles = [style for style, text in shown.fragments for _ in text]
    assert styles == ["", "class:suggested", "class:suggested", "class:typed", "class:typed", "class:typed"]
    assert shown.source_to_display(3) == 2


@pytest.mark.parametrize("text", ["\x1b[31mخبر", "خبر\u202eقم", "a\x07b", "a\u2066b", "خبر\x9b1m"])
@pytest.mark.parametrize("layout", list(Layout))
def test_nothing_that_acts_on_a_terminal_is_shown(text: str, layout: Layout) -> None:
    shown = written(transformed(text, layout)) + seen(text, layout)
    assert not any(char in shown for char in "\x1b\x07\x9b\u202e\u2066")


def test_arrow_keys_follow_what_is_seen() -> None:
    line = seen_line("ab زل", Layout.VISUAL)
    walked, place = [], 0
    for _ in range(6):
        walked.append(place)
        place = line.beside(place, 1)
    assert walked == [0, 1, 2, 5, 4, 3]
    assert line.beside(3, 1) == 3
    assert line.beside(0, -1) == 0


@given(st.text(st.sampled_from("زلمیهلا ابabc ۱۲34()«»:/-\u200c\u064e\u200f"), min_size=1, max_size=30))
def test_every_place_has_a_cell_and_every_cell_a_place(text: str) -> None:
    for layout in (Layout.VISUAL, Layout.WORDS, Layout.MARKED):
        line = seen_line(text, layout)
        assert len(line.columns) == len(text) + 1
        assert set(line.columns) == set(range(len(line.cells)))
        assert sorted(cell.place for cell in line.cells)[-1] == len(text)
        mapped = transformed(text, layout)
        ends = len(written(mapped))
        assert all(0 <= mapped.source_to_display(place) <= ends for place in range(len(text) + 1))
        assert all(0 <= mapped.display_to_source(column) <= len(text) for column in range(ends))


def test_a_line_of_the_toolbar_is_laid_out_as_its_language_runs() -> None:
    assert seen("source مهر", Layout.VISUAL, right_to_left=False) == "source ﺮﻬﻣ"
    assert seen("منبع ABC", Layout.VISUAL, right_to_left=True) == "ABC ﻊﺒﻨﻣ"


def test_a_path_behind_a_persian_command_keeps_its_slashes() -> None:
    assert seen_line("\\متن /a/x.csv", Layout.VISUAL).text.startswith("/a/x.csv")
