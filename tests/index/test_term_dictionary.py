"""Forms found by their letters, against a look at each."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from khabarjoo.index.columns import Columns, write_columns
from khabarjoo.index.packed_texts import Strings, pack_strings
from khabarjoo.index.term_dictionary import Spellings
from tests.corpus import WORDS

letters = st.text("ابپ\u200cab.*[\\é🙂\ud800", min_size=1, max_size=5)
forms = st.lists(letters, max_size=12)
patterns = st.text("ابپab.[\\🙂\ud800**??", max_size=7)


def spellings_of(words: list[str]) -> Spellings:
    with tempfile.NamedTemporaryFile() as file:
        with Path(file.name).open("wb") as columns:
            write_columns(columns, pack_strings("forms", words))
        return Spellings(Strings(Columns(Path(file.name)), "forms"))


def distance(one: str, other: str) -> int:
    """Levenshtein's, as its definition reads."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one):
        above, row = row, [place + 1]
        for column, facing in enumerate(other):
            row.append(min(above[column + 1] + 1, row[column] + 1, above[column] + (letter != facing)))
    return row[-1]


@given(forms, letters)
def test_equal_finds_every_form_of_these_letters(words: list[str], wanted: str) -> None:
    spellings = spellings_of(words)
    assert spellings.words == words
    for form in (wanted, *words[:3]):
        assert spellings.equal(form).tolist() == [number for number, word in enumerate(words) if word == form]


@given(forms, patterns)
@example(["ab", "a", "b"], "?*?")
@example(["abab", "aba", "ba"], "*ab*b")
@example(["aab", "ab"], "a*ab")
@example(["ab", "abb"], "*??*b")
def test_patterns_fit_forms_as_a_whole(words: list[str], pattern: str) -> None:
    expression = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in pattern)
    by_hand = [number for number, word in enumerate(words) if re.fullmatch(expression, word, re.DOTALL)]
    assert spellings_of(words).fitting(pattern).tolist() == by_hand


@given(forms, st.text("ابپ\u200cab\ud800", max_size=5), st.integers(0, 3))
def test_similar_forms_are_those_within_the_distance(words: list[str], wanted: str, most: int) -> None:
    by_hand = [number for number, word in enumerate(words) if distance(wanted, word) <= most]
    assert spellings_of(words).similar(wanted, most).tolist() == by_hand


@given(forms, st.text("ابپ\u200cab\ud800", max_size=5), st.integers(0, 3))
def test_alike_are_all_that_so_many_changes_come_to_and_swapped_letters_where_told(
    words: list[str], wanted: str, most: int
) -> None:
    spellings = spellings_of(words)
    alike, with_swaps = spellings.alike(wanted, most).tolist(), spellings.alike(wanted, most, pairs=3).tolist()
    assert alike == sorted(alike) and with_swaps == sorted(with_swaps)
    assert {number for number, word in enumerate(words) if distance(wanted, word) <= most} <= set(alike)
    assert {number for number, word in enumerate(words) if OSA.distance(wanted, word) <= most} <= set(with_swaps)


def test_however_many_forms_are_similar_all_are_found() -> None:
    words = [f"باران{number}" for number in range(1500)] + ["باران"]
    assert spellings_of(words).similar("باران", 4).tolist() == list(range(1501))
    assert spellings_of(words).similar("باران", 2).tolist() == [*range(100), 1500]


@pytest.mark.parametrize("words", [[], [""]])
def test_of_no_forms_none_is_found(words: list[str]) -> None:
    spellings = spellings_of(words)
    assert spellings.equal("باران").tolist() == spellings.similar("باران", 2).tolist() == []
    assert spellings.fitting("*").tolist() == list(range(len(words)))


def test_long_lists_are_searched_in_their_order() -> None:
    words = sorted(f"{word}{number}" for word in WORDS for number in range(300))
    spellings = spellings_of(words)
    by_hand = [number for number, word in enumerate(words) if word.startswith("با") and word.endswith("7")]
    assert spellings.fitting("با*7").tolist() == by_hand


@pytest.mark.parametrize(
    "pattern", ["ا*" * 50_000, "?*" * 50_000, "?" * 100_000, "*".join("ابپتثجچحخد" * 5), "*" * 100_000 + "ب?" * 500]
)
def test_a_pattern_longer_than_all_words_takes_no_time(pattern: str) -> None:
    spellings = spellings_of([f"{head}ارانی{tail}" for head in "ابپتثجچحخد" for tail in map(str, range(500))])
    spellings.fitting("*ا*")
    started = time.process_time()
    assert not len(spellings.fitting(pattern))
    assert time.process_time() - started < 2


def test_patterns_of_many_parts_take_little_more_than_those_of_few() -> None:
    rng = Random(3)
    words = ["".join(rng.choices("ابپتثجچحخدرز", k=rng.randint(2, 12))) for _ in range(20_000)]
    spellings = spellings_of(words)
    spellings.fitting("*ا*")
    started = time.process_time()
    for _ in range(200):
        spellings.fitting("*".join(rng.choices("ابپتثجچحخدرز", k=11)))
    assert time.process_time() - started < 2
