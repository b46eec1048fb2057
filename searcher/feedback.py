"""What the best articles have in common, and how much of it other articles have.

The keywords of the best articles are added up, those of better articles counting more; an article then gains by how
much its own keywords agree with the sum. So a page about the matter, that says it in other words, comes up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.reader import ColumnReader
from index.segment import Docs

Topic = Mapping[str, float]
"""Lemmas and how much each belongs to a topic."""


def topic_of(articles: Sequence[tuple[ColumnReader, int, float]], keywords: int) -> Topic:
    """The topic of some articles, given with the weight of each: so many of their keywords."""
    sums: dict[str, float] = defaultdict(float)
    for reader, doc, weight in articles:
        numbers, weights = reader.columns.keywords
        for number, value in zip(numbers[doc].tolist(), weights[doc].tolist(), strict=True):
            if value:
                sums[reader.lemma(number)] += value * weight
    best = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:keywords]
    return dict(best)


def agreement(reader: ColumnReader, docs: Docs, topic: Topic) -> NDArray[np.float64]:
    """How much the keywords of some articles of a segment agree with a topic; has no unit."""
    numbers, weights = reader.columns.keywords
    of_lemma = np.zeros(max(len(reader.columns.lemmas), 1))  # articles without a word have keyword 0, of weight 0
    for lemma, value in topic.items():
        number = reader.lemma_number(lemma)
        if number >= 0:
            of_lemma[number] = value
    agreement: NDArray[np.float64] = (of_lemma[numbers[docs]] * weights[docs]).sum(axis=1)
    return agreement
