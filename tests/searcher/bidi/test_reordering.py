import pytest

from khabarjoo.searcher.bidi.reordering import (
    first_strong_is_right_to_left,
    levels,
    mirror,
    mostly_right_to_left,
)


@pytest.mark.parametrize(
    ("text", "mostly", "first"),
    [
        ("خبر تازه", True, True),
        ("BBC: خبر تازه", True, False),
        ("a word, واژه, in English", False, False),
        ("خبر از Reuters News Agency Inc", False, True),
        ("۱۴۰۱ 12 ...", False, False),
        ("", False, False),
        ("۱۲ خبر", True, True),
        ("https://example.org/a/long/address خبر", True, False),
    ],
)
def test_the_direction_of_a_text_is_told_by_its_words_or_its_first_letter(text: str, mostly: bool, first: bool) -> None:
    assert mostly_right_to_left(text) is mostly
    assert first_strong_is_right_to_left(text) is first


def test_each_character_has_a_level_whatever_it_takes_in_utf8() -> None:
    assert levels("a é 漢 👍 خ", right_to_left=False) == [0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert levels("", right_to_left=True) == []


def test_a_text_that_speaks_of_levels_is_no_harm() -> None:
    text = 'levels: [ Level(7), paragraphs: [ "] خبر'
    assert levels(text, right_to_left=False) == [0] * (len(text) - 3) + [1] * 3


def test_brackets_are_mirrored_and_letters_are_not() -> None:
    assert "".join(map(mirror, "(«[<a")) == ")»]>a"
    assert mirror("") == ""
