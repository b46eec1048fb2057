"""Impacts: BM25F worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from khabarjoo.index.bm25f import BM25F, FIELDS, LEVELS, WEIGHTING


def factor(weighting: BM25F, field: int, length: int) -> float:
    """What one occurrence in a field of some length counts, as the formula reads."""
    b = weighting.b[field]
    return weighting.weight[field] / (1 - b + b * length / weighting.usual[field])


def test_field_factors_are_weight_over_length_correction() -> None:
    lengths = np.array([[9, 25, 300], [1, 1, 1], [3, 50, 1000]])
    factors = WEIGHTING.field_factors(lengths)
    for row, lengths_of_article in enumerate(lengths.tolist()):
        for field, length in enumerate(lengths_of_article):
            assert factors[row, field] == pytest.approx(factor(WEIGHTING, field, length), rel=1e-6)


def test_in_a_usual_article_an_occurrence_counts_its_field_s_weight() -> None:
    usual = np.array([WEIGHTING.usual], np.int64)
    assert WEIGHTING.field_factors(usual)[0].tolist() == pytest.approx(WEIGHTING.weight, rel=1e-6)


def test_empty_fields_have_a_factor_whatever_the_parameters() -> None:
    assert np.isfinite(BM25F(b=(1, 1, 1)).field_factors(np.zeros((2, 3), np.int64))).all()


def test_longer_fields_count_less() -> None:
    lengths = np.repeat(np.arange(1, 2000, 7)[:, None], len(FIELDS), axis=1)
    assert (np.diff(WEIGHTING.field_factors(lengths), axis=0) < 0).all()


def test_levels_are_the_saturated_frequency_in_255ths() -> None:
    weighted = np.array([0.1, 1.2, 3.7, 40.0], np.float32)
    by_hand = [round(value / (1.2 + value) * 255) for value in (0.1, 1.2, 3.7, 40.0)]
    assert BM25F(k1=1.2).levels(weighted).tolist() == by_hand


def test_levels_rise_with_the_frequency_and_stay_between_1_and_255() -> None:
    levels = WEIGHTING.levels(np.array([1e-9, *np.geomspace(0.01, 1e6, 500)], np.float32))
    assert (np.diff(levels.astype(int)) >= 0).all()
    assert (levels[0], levels[-1]) == (1, LEVELS)
