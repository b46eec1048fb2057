"""What columns hold as a whole: the kernel and numpy say the same."""

from __future__ import annotations

from array import array
from itertools import pairwise
from random import Random

import pytest

from khabarjoo.index import column_values
from khabarjoo.index.column_values import ascend, count_in, count_outside, largest


@pytest.fixture(params=["with the kernel where there is one", "without"], autouse=True)
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "without":
        monkeypatch.setattr(column_values, "has_kernel", lambda: False)


def numbers_of(kind, values):
    return memoryview(array(kind, values).tobytes()).cast(kind)


@pytest.mark.parametrize("kind", "BHIQ")
def test_order_and_the_largest_value_are_told_whatever_the_width(kind: str) -> None:
    rng = Random(3)
    for size in (0, 1, 2, 3, 9):
        for _ in range(20):
            values = [rng.randrange(5) for _ in range(size)]
            if rng.random() < 0.7:
                values.sort()
            numbers = numbers_of(kind, values)
            assert ascend(numbers) == all(one <= other for one, other in pairwise(values))
            assert ascend(numbers, strictly=True) == all(one < other for one, other in pairwise(values))
            assert largest(numbers) == max(values, default=0)
    top = (1 << 8 * array(kind).itemsize) - 1
    assert largest(numbers_of(kind, [0, top, 1])) == top


def test_dates_beyond_all_years_are_counted() -> None:
    dates = numbers_of("q", [-(1 << 63), -5, 0, 7, 8, (1 << 63) - 1])
    assert count_outside(dates, -5, 7, besides=-(1 << 63)) == 2
    assert count_outside(dates, -5, 7, besides=8) == 2
    assert count_outside(numbers_of("q", []), 0, 1, besides=2) == 0


def test_live_articles_are_counted() -> None:
    docs = numbers_of("H", [0, 2, 3])
    assert count_in(docs, bytes([1, 1, 0, 1])) == 2
    assert count_in(docs[:0], b"") == 0
    with pytest.raises(IndexError):
        count_in(docs, bytes([1, 1, 1]))
