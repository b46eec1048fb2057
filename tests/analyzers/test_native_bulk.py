"""The native memory gives exactly what Python's does: the same terms, with the same numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import NativeBulkAnalyzer, bulk_analyzer
from khabarjoo.analyzers.native_kernel import has_kernel
from tests.corpus import SPACED, WORDS, any_texts, persian_texts

if has_kernel():
    from khabarjoo import _native

pytestmark = pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")

ODD = (
    "می نمی شود ها های تر ترین بین المللی همکاری و گفت گو گوی جست جو رفت آمد ، حمل نقل ج.ا.ا ۱۲٬۰۰۰ 3.5 ۶/۲ ﷺ \ud800 "
    "کتاب\u200c \u200cها x\u0301y NATO: (ایران) «تهران» ک " + "ب" * 70 + " " + "ب" * 210
).split(" ")  # fmt: skip


def both(remembered: int = 1 << 21) -> tuple[BulkAnalyzer, BulkAnalyzer]:
    return NativeBulkAnalyzer(default_analyzer(), remembered), BulkAnalyzer(default_analyzer(), remembered)


def agree(native: BulkAnalyzer, reference: BulkAnalyzer, texts: Sequence[str]) -> bool:
    terms, lengths, places = native.analyze_placed(texts)
    expected, expected_lengths, expected_places = reference.analyze_placed(texts)
    same = terms.tolist() == expected.tolist() and lengths.tolist() == expected_lengths.tolist()
    some = [(number, text, at) for number, text in enumerate(texts) for at in range(0, len(text), 1 + len(text) // 9)]
    placed = all(places.before(*one) == expected_places.before(*one) for one in some)
    return same and placed and native.terms == reference.terms


@given(st.lists(persian_texts(), max_size=4))
def test_persian_texts_give_the_same_numbers(texts: list[str]) -> None:
    assert agree(*both(), texts)


@given(st.lists(any_texts, max_size=4))
def test_any_strings_give_the_same_numbers(texts: list[str]) -> None:
    assert agree(*both(), texts)


@pytest.mark.parametrize("remembered", [1 << 21, 40])
def test_batch_after_batch_gives_the_same_numbers(remembered: int) -> None:
    rng, (native, reference) = Random(remembered), both(remembered)
    pieces, spaces = [*ODD, *WORDS, *SPACED], (" ", " ", " ", "", "\u200c", "\u2003", "\x1c", "\x85", "\u200b")
    for _ in range(100):
        texts = [
            "".join(rng.choice(pieces) + rng.choice(spaces) for _ in range(rng.randrange(30)))
            for _ in range(rng.randrange(5))
        ]
        assert agree(native, reference, texts)


def test_all_that_python_splits_at_is_split_at() -> None:
    text = "".join(f"باران{chr(code)}برف " for code in range(0x3100) if not 0xD800 <= code < 0xE000)
    assert agree(*both(), [text])


def test_a_batch_given_up_halfway_disturbs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzer = PersianAnalyzer()
    native = NativeBulkAnalyzer(analyzer)
    expected = native.analyze(["باران برف"])[0].tolist()
    for method in ("read_folded", "joined"):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(analyzer, method, _interrupt)
            native.analyze(["همکاری های تازه ای"])
        assert native.analyze(["باران برف"])[0].tolist() == expected


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_places_are_told_of_nothing_but_a_batch_that_was_read() -> None:
    memory = _native.Memory(_native.Listed(b"", memoryview(b"").cast("I"), 0, 10))
    assert memory.places([]).all_chunks() == (b"", [])
    with pytest.raises(ValueError, match="the batch has no such text"):
        memory.places([]).terms_before(0, 0)
    memory.look_up(["باران"])
    with pytest.raises(ValueError, match="these texts were not read to their end"):
        memory.places(["باران"])


def test_places_are_told_of_no_other_texts_than_those_that_were_read() -> None:
    native = NativeBulkAnalyzer(default_analyzer())
    native.analyze(["باران برف", "باران"])
    memory = native._memory
    assert memory.places(["باران برف", "باران"]).all_chunks()[1] == [2, 3]
    for others in (["باران برف"], ["باران", "باران برف"], ["باران برف", ""], ["باران برف آمد", "باران"]):
        with pytest.raises(ValueError, match="these texts were not read to their end"):
            memory.places(others)
    with pytest.raises(ValueError, match="something for each word is wanted"):
        memory.unite(array("I", [0]))


def test_words_that_a_text_had_are_kept_where_that_is_wanted() -> None:
    native, reference = NativeBulkAnalyzer(default_analyzer(), keeps_words=True), BulkAnalyzer(default_analyzer())
    for bulk in (native, reference):
        bulk.analyze(["همکاری های تازه ای را می پذیریم، ۱۲٬۰۰۰ بار."])
    for raw in ("های", "تازه", "،", "۱۲٬۰۰۰", "نو"):
        one, other = native.word(raw), reference.word(raw)
        assert (one.folded, one.terms) == (other.folded, other.terms)
    assert agree(native, reference, ["روزهای نو و همکاری های نو"])


def test_the_kernel_is_used_where_it_is() -> None:
    assert type(bulk_analyzer(default_analyzer())) is NativeBulkAnalyzer
