"""How much a match is worth."""

from __future__ import annotations

import math

import pytest

from khabarjoo.searcher.local.ranking import inverse_document_frequency


def test_the_rarer_a_word_the_more_it_counts_and_never_nothing() -> None:
    for documents in (1, 2, 10, 100_000):
        values = [inverse_document_frequency(documents, count) for count in range(documents + 1)][:200]
        assert values == sorted(values, reverse=True)
        assert min(inverse_document_frequency(documents, documents), *values) > 0


def test_it_is_the_logarithm_of_bm25_with_one_inside() -> None:
    assert inverse_document_frequency(100, 7) == pytest.approx(math.log((100 - 7 + 0.5) / (7 + 0.5) + 1))
