"""Random texts: the promises of the analyzer hold for every Unicode block, and no text takes it long."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer
from khabarjoo.analyzers.normalizer import ZWNJ

_SEED = 1404
_CASES = 300  # beside one for each block
_SLOW = 1.0  # seconds; the texts below take a tenth of one on an idle core


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "fuzz_analyzer.py"
    spec = importlib.util.spec_from_file_location("fuzz_analyzer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(fuzz: ModuleType) -> list[str]:
    return list(fuzz.cases(_SEED, len(fuzz.blocks()) + _CASES))


def test_the_random_texts_go_through_every_block(fuzz: ModuleType) -> None:
    blocks = fuzz.blocks()
    assert len(blocks) > 500
    assert {"ی", "\u064e", "\ud800", "😀", "a"} <= {char for block in blocks for char in block}


def test_the_same_seed_gives_the_same_texts(fuzz: ModuleType, texts: list[str]) -> None:
    assert list(fuzz.cases(_SEED, len(texts))) == texts
    assert list(fuzz.cases(_SEED + 1, len(texts))) != texts


def test_offsets_positions_and_letters_of_any_text_are_right_and_stay_so(fuzz: ModuleType, texts: list[str]) -> None:
    problems = {text: problem for text in texts if (problem := fuzz.broken_promise(default_analyzer(), text))}
    assert problems == {}


def test_an_analyzer_that_has_seen_other_texts_gives_the_same_tokens(texts: list[str]) -> None:
    fresh = PersianAnalyzer()
    assert [t for t in texts[-_CASES:] if list(fresh.tokens(t)) != list(default_analyzer().tokens(t))] == []


@given(text=st.text(st.characters(exclude_categories=()), max_size=50))
def test_the_promises_hold_for_any_characters(fuzz: ModuleType, text: str) -> None:
    assert fuzz.broken_promise(default_analyzer(), text) == ""


@given(
    words=st.lists(
        st.sampled_from(["می", "ها", "تر", "خانه", "رفته", "اند", "کتاب", "و", "بر", "گفت", "گو"]), max_size=9
    )
)
def test_the_promises_hold_for_any_row_of_affixes(fuzz: ModuleType, words: list[str]) -> None:
    for gap in (" ", ZWNJ, "", f"{ZWNJ} ", ". "):
        assert fuzz.broken_promise(default_analyzer(), gap.join(words)) == ""


@pytest.mark.parametrize(
    "piece", ["ا", "ها", f"ها{ZWNJ}", f"می{ZWNJ}", f"کتاب{ZWNJ}", f"و{ZWNJ}", "تر", "1", "a", "ا."]
)
def test_a_word_without_end_is_read_in_no_time(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = time.process_time()
    for _ in PersianAnalyzer().tokens(text):
        pass
    assert time.process_time() - started < _SLOW


@pytest.mark.parametrize("piece", ["کتاب ها ", "می ", "بر می ", "خانه ای ", "گفت و ", "سازی ", "ها ", "1 1 "])
def test_a_row_of_words_that_might_be_joined_is_read_in_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    for _ in PersianAnalyzer().tokens(text):
        pass
    assert time.process_time() - started < _SLOW
