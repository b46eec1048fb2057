"""The kernel counts phrases, patterns and exact forms as Python does, and meets damage as Python does."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.columns import ColumnsError
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment
from khabarjoo.searcher.local.match import Block, Occurring
from khabarjoo.searcher.query.plan import Exact, Leaf, Near, Pattern, TextField, Word
from tests.corpus import make_live, random_articles

FIELDS: tuple[TextField, ...] = ("", "", "title", "lead", "body")

pytestmark = pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")


@pytest.fixture(scope="module", params=["whole", "with deletions"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LiveSegment:
    rng = Random(11)
    articles = random_articles(rng, 300)
    gone = [each.id for each in articles if rng.random() < 0.3] if request.param == "with deletions" else []
    return make_live(tmp_path_factory.mktemp("match") / "s", articles, gone)


def some_leaves(live: LiveSegment) -> list[Leaf | Near]:
    rng = Random(5)
    lemmas, forms = list(live.segment.lemmas), list(live.segment.forms)
    leaves: list[Leaf | Near] = []
    for _ in range(60):
        field: TextField = rng.choice(FIELDS)
        word = Word(rng.choice(lemmas), (), field=field)
        exact, pattern = Exact(rng.choice(forms), field=field), Pattern(rng.choice(forms)[:2] + "*", field=field)
        single: Leaf = rng.choice((exact, pattern))
        parts: list[Leaf] = [rng.choice((word, single, Word(rng.choice(lemmas), (), field=field)))]
        parts += [Word(rng.choice(lemmas), (), field=field) for _ in range(rng.choice((1, 1, 2, 9)))]
        leaves += [word, single, Near(tuple(parts)), Near((parts[0],)), Near((Pattern("*", field=field),) * 3)]
    return leaves


def test_leaves_are_found_as_in_python(live: LiveSegment) -> None:
    native, reference = SegmentReader(live), SegmentReader(live)
    vars(reference)["native_forward"] = None
    assert native.native_forward is not None
    matching = 0
    for leaf in some_leaves(live):
        for start, end in ((0, 300), (40, 90), (299, 300)):
            docs, levels = Occurring(native, leaf).find(Block(native, start, end))
            expected, of_python = Occurring(reference, leaf).find(Block(reference, start, end))
            assert (docs.tolist(), levels.tolist()) == (expected.tolist(), of_python.tolist())
            matching += len(docs)
    assert matching > 1000


@pytest.mark.parametrize("name", ["forward", "forward.ends"])
def test_numbers_out_of_bounds_are_damage(name: str, live: LiveSegment, tmp_path: Path, monkeypatch) -> None:
    columns = live.segment.columns
    kind, first, count = columns.located(name)
    broken = bytearray(columns.mapped)
    size = np.dtype(kind).itemsize * count
    broken[first : first + size] = b"\xf0" * size
    (tmp_path / "columns.bin").write_bytes(broken)
    monkeypatch.setattr(type(columns), "_column", lambda self, name: self._entry(name))
    reader = SegmentReader(LiveSegment("s", type(live.segment)(tmp_path)))
    with pytest.raises(ColumnsError, match="forward"):
        Occurring(reader, Pattern("*")).find(Block(reader, 0, 300))


def test_a_call_that_makes_no_sense_is_an_error(live: LiveSegment) -> None:
    forward = SegmentReader(live).native_forward
    assert forward is not None
    one, none = np.zeros(1, np.int64), np.zeros(0, np.int64)
    for starts, parts in ((none, 1), (one, 0), (one, 65)):
        with pytest.raises(ValueError, match="1 to 64 parts"):
            forward.count(starts, one, np.zeros(9, np.uint8), parts)
