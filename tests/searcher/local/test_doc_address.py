"""Numbers over all segments, and places in one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.doc_address import DocAddresses
from tests.corpus import make_live, random_articles

SIZES = (3, 1, 5)


@pytest.fixture(params=[SIZES, (9,)], ids=["several segments", "one segment"])
def readers(request: pytest.FixtureRequest, tmp_path: Path) -> list[SegmentReader]:
    rng = Random(1)
    sizes = enumerate(request.param)
    return [SegmentReader(make_live(tmp_path / str(n), random_articles(rng, size, f"{n}-"))) for n, size in sizes]


def places(readers: list[SegmentReader]) -> list[tuple[SegmentReader, int]]:
    return [(reader, doc) for reader in readers for doc in range(len(reader.columns))]


def test_articles_are_numbered_segment_after_segment(readers: list[SegmentReader]) -> None:
    numbering = DocAddresses(readers)
    assert [numbering.place(number) for number in range(9)] == places(readers)
    with pytest.raises(IndexError):
        numbering.place(9)


def test_articles_in_any_order_are_told_by_segments(readers: list[SegmentReader]) -> None:
    numbers = np.array([8, 0, 3, 7, 2])
    found = {}
    for reader, chosen, docs in DocAddresses(readers).by_segment(numbers):
        found.update(zip(numbers[chosen].tolist(), ((reader, doc) for doc in docs.tolist()), strict=True))
    assert found == {number: places(readers)[number] for number in numbers.tolist()}
