"""What the best articles have in common, and how much of it other articles have.

The keywords of the best articles are added up, those of better articles counting more; an article then gains by how
much its own keywords agree with the sum. So a page about the matter, that says it in other words, comes up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

Topic = Mapping[str, float]
"""Lemmas and how much each belongs to a topic."""


def topic_of(articles: Iterable[tuple[SegmentReader, Docs, NDArray[np.float64]]], keywords: int) -> Topic:
    """Returns the topic of some articles, given by segments with the weight of each: so many of their keywords."""
    summed = [(reader, *_keywords_of(reader, docs, weights)) for reader, docs, weights in articles]
    if len(summed) == 1:  # then the others need not even be spelled
        reader, numbers, weights = summed[0]
        best = np.lexsort((numbers, -weights))[:keywords]
        summed = [(reader, numbers[best], weights[best])]
    sums: dict[str, float] = defaultdict(float)
    for reader, numbers, weights in summed:
        for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
            sums[reader.lemma(number)] += weight
    least = sorted(sums.values())[-keywords] if len(sums) > keywords else 0  # numbers alone are sorted in no time
    most = (item for item in sums.items() if item[1] >= least)
    return dict(sorted(most, key=lambda item: (-item[1], item[0]))[:keywords])


def _keywords_of(
    reader: SegmentReader, docs: Docs, weights: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The keywords of some articles of a segment, each once, and what they weigh together."""
    numbers, values = reader.columns.keywords
    distinct, which = np.unique(numbers[docs], return_inverse=True)
    worths: NDArray[np.float64] = (values[docs] * weights[:, np.newaxis]).ravel()
    sums = np.bincount(which.ravel(), worths, len(distinct)).astype(np.float64, copy=False)
    has_some = sums > 0  # an article with few keywords has some of no weight
    return distinct[has_some].astype(np.int64), sums[has_some]


def agreement(reader: SegmentReader, docs: Docs, topic: Topic) -> NDArray[np.float64]:
    """Returns how much the keywords of some articles of a segment agree with a topic; has no unit."""
    known = sorted((number, value) for lemma, value in topic.items() if (number := reader.lemma_number(lemma)) >= 0)
    if not known:
        return np.zeros(len(docs))
    wanted, values = np.array([number for number, _ in known]), np.array([value for _, value in known])
    numbers, weights = reader.columns.keywords
    numbers, weights = numbers[docs], weights[docs]
    places = np.minimum(np.searchsorted(wanted, numbers), len(wanted) - 1)
    agreement: NDArray[np.float64] = (values[places] * (wanted[places] == numbers) * weights).sum(axis=1)
    return agreement
