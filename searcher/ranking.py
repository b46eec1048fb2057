"""How much a match is worth: impacts (see `index.impacts`) times how rare the word is.

The inverse document frequency is that of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009),
with one added inside the logarithm so that a word in most articles still counts for something.
"""

from __future__ import annotations

import math
from typing import Any

from whoosh.scoring import BaseScorer, WeightingModel


def inverse_document_frequency(documents: int, frequency: int) -> float:
    """How rare a word is that is in ``frequency`` of ``documents`` articles.

    >>> round(inverse_document_frequency(1000, 1), 2), round(inverse_document_frequency(1000, 1000), 4)
    (6.5, 0.0005)
    """
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


class ImpactWeighting(WeightingModel):  # type: ignore[misc]
    """The same ranking for queries that Whoosh's own matchers carry out."""

    def idf(self, searcher: Any, fieldname: str, text: str | bytes) -> float:
        """The inverse document frequency over all segments."""
        parent = searcher.get_parent()
        return inverse_document_frequency(parent.doc_count(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: str | bytes, qf: float = 1) -> BaseScorer:
        """A scorer for one term."""
        return _ImpactScorer(searcher.idf(fieldname, text) * qf)


class _ImpactScorer(BaseScorer):  # type: ignore[misc]
    def __init__(self, idf: float) -> None:
        self._idf = idf

    def supports_block_quality(self) -> bool:
        return True

    def score(self, matcher: Any) -> float:
        return self._idf * float(matcher.weight())

    def max_quality(self) -> float:
        return self._idf

    def block_quality(self, matcher: Any) -> float:
        return self._idf
