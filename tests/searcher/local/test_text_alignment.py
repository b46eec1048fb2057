"""Where the words of an article stand in its text: where reading the text finds them."""

from __future__ import annotations

import time
from array import array
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.columns import Columns, ColumnsError, write_columns
from khabarjoo.index.packed_texts import Strings, pack_strings
from khabarjoo.searcher.highlight import tokens_apart
from khabarjoo.searcher.local import text_alignment
from khabarjoo.searcher.local.text_alignment import Places, places_of
from tests.corpus import ZWNJ, any_texts, persian_texts

Placed = list[tuple[str, int, int]]


def strings(folder: Path, texts: list[str]) -> Strings:
    file = folder / "forms.bin"
    with file.open("wb") as out:
        write_columns(out, pack_strings("forms", texts))
    return Strings(Columns(file), "forms")


def aligned(folder: Path, text: str, forms: list[str], chosen: list[int] | None = None) -> Places | None:
    """Where some forms of a text are, whose words are all of the forms."""
    distinct = sorted(set(forms))
    numbers = np.array([distinct.index(form) for form in forms], np.int64)
    wanted = list(range(len(forms))) if chosen is None else chosen
    found = places_of(text, letters := strings(folder, distinct), numbers, wanted)
    reference = text_alignment._by_arrays(text, letters, numbers, np.array(wanted, np.intp))
    assert found == reference
    return found


def read(text: str) -> Placed:
    return [(term.form, start, end) for term, start, end in tokens_apart(text, default_analyzer().tokens(text))]


def check(folder: Path, text: str) -> None:
    expected = read(text)
    found = aligned(folder, text, [form for form, _, _ in expected])
    if text.strip():
        assert found == Places([start for _, start, _ in expected], [end for _, _, end in expected])


@pytest.mark.parametrize(
    "text",
    [
        f"از همکاری{ZWNJ}های، همکاری های ما و همكاريهاي شما",
        "به ۲۰درصد و کووید ۱۹ رسید؛ ۱۲٬۰۰۰ نفر، ۳٫۵ درصد، ۶/۲ و 1.2.3",
        "جهاددانشگاهی، عصرایران، فتح الله زاده و ثبت نام کنندگان",
        "ج.ا.ا. و U.S. و café و Akrapovič",
        "بـاران، شیء جزء سوءمدیریت ها، مِهر\u064e آزادی ازادی",
        "ﺑﺎﺭﺍﻥ ﷲ ﻻ کە ھم ٱفت B₁ Großansicht 馴れ寿司 правоты 🌧 ˈآلمان ¼ ﷼ ﷺ ™ ℃",
        "گفت و گو،گفت‌وگو\nگفتگو\xa0و\u200fحمل  و  نقل",
        "«باران» (برف)[تگرگ]: «ایران!» ایران؟",
    ],
)
def test_every_word_is_where_reading_the_text_finds_it(tmp_path: Path, text: str) -> None:
    assert len(read(text)) > 3
    check(tmp_path, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(persian_texts() | any_texts.filter(lambda text: text.isascii()))
def test_so_it_is_in_any_text(tmp_path: Path, text: str) -> None:
    check(tmp_path, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_texts, st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=4))
def test_words_of_another_text_are_nowhere_or_within_the_text(tmp_path: Path, text: str, forms: list[str]) -> None:
    found = aligned(tmp_path, text, forms)
    if found:
        assert all(0 <= start < end <= len(text) for start, end in zip(*found, strict=True))


@pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")
def test_the_kernel_places_the_words_of_usual_texts_by_itself(tmp_path: Path) -> None:
    forms = strings(tmp_path, ["باران", "3.5", "آمد"])
    numbers = np.array([0, 1, 2])
    found = text_alignment._natively("«باران»، ۳٫۵ امد.", forms, numbers, [0, 2])
    assert found == Places([1, 13], [6, 16])
    assert text_alignment._natively("باران 馴れ ۳٫۵ آمد", forms, numbers, [0, 1, 2]) is None  # left to Python


def test_a_form_without_letters_is_no_word(tmp_path: Path) -> None:
    assert aligned(tmp_path, "باران", ["باران", "."]) is None
    assert aligned(tmp_path, "باران", [".", "باران"]) is None


def test_only_those_asked_for_are_told(tmp_path: Path) -> None:
    assert aligned(tmp_path, "باران و برف و باران", ["باران", "و", "برف", "و", "باران"], [0, 4]) == ([0, 14], [5, 19])
    assert aligned(tmp_path, "باران و برف", ["باران", "و", "برف"], []) == ([], [])


@pytest.mark.parametrize("forms", [["باران"], ["باران", "و", "برف", "و"], ["باران", "و", "بره"], ["بارانو", "برفی"]])
def test_a_text_of_other_letters_is_refused(tmp_path: Path, forms: list[str]) -> None:
    assert aligned(tmp_path, "باران و برف", forms) is None


@pytest.mark.parametrize("block", [12, 17, 33, 60])
def test_long_texts_are_looked_at_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(text_alignment, "_BLOCK", block)
    check(tmp_path, f"گفت، {' ' * 40} همکاری{ZWNJ}های ما؛ ۳٫۵ درصد، کووید۱۹ و ﻻ {'.' * 40} باران‌ها آمد")


def test_a_form_longer_than_the_text_costs_nothing(tmp_path: Path) -> None:
    assert aligned(tmp_path, "باران", ["ب" * 1_000_000]) is None


def test_ends_that_cut_nothing_are_damage(tmp_path: Path) -> None:
    forms = strings(tmp_path, ["باران"])
    forms._ends = memoryview(array("Q", [0, 1 << 40]))
    numbers = np.zeros(1, np.int64)
    with pytest.raises(ColumnsError, match="into runs"):
        places_of("باران", forms, numbers, [0])
    with pytest.raises(ColumnsError, match="into runs"):
        text_alignment._by_arrays("باران", forms, numbers, np.zeros(1, np.intp))


@pytest.mark.parametrize("text", ["باران،" * 50_000, "باران " * 50_000, "با" * 50_000, "ب" * 150 + "،" * 100_000])
def test_a_text_without_spaces_takes_no_longer_than_others(tmp_path: Path, text: str) -> None:
    forms = [form for form, _, _ in read(text)]
    started = time.process_time()
    assert aligned(tmp_path, text, forms)
    assert time.process_time() - started < 2
