"""What a term is worth in an article, before how rare the term is: the saturated, length-corrected frequency of BM25F.

    weighted = sum over fields of  weight * frequency / (1 - b + b * length / usual length)
             + opening * frequency among the first words after the title
    impact   = weighted / (k1 + weighted)

after Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004. It depends on the
article alone, so it is worked out once, when the article is indexed, and kept in a byte: scoring a term then is one
addition an article. `searcher.local.ranking` multiplies it with the term's inverse document frequency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabarjoo.analyzers.value_object import value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from . import late_numpy as np

FIELDS = ("title", "lead", "body")
LEVELS = 255
"""An impact of 1 is kept as this number."""


@value
class BM25F:
    """The parameters of BM25F, for title, lead and body. ``usual`` are the lengths, in words, of a usual article.

    News says first what it is about, so a word among the first ``opening_words`` after the title counts ``opening``
    more, whatever the article's length: it stands in for the title of articles that have none.
    """

    k1: float = 1.2
    weight: tuple[float, float, float] = (2.0, 1.2, 1.0)
    b: tuple[float, float, float] = (0.4, 0.4, 0.65)
    usual: tuple[float, float, float] = (9.0, 25.0, 300.0)
    opening: float = 0.8
    opening_words: int = 40
    part: float = 0.5  # how much a compound's part counts, against a word of its own

    def field_factors(self, lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        """Returns what one occurrence in each field counts. ``lengths``: articles x fields; so is the answer."""
        b = np.array(self.b)
        norm = 1 - b + b * np.maximum(lengths, 1) / np.array(self.usual)
        factors: NDArray[np.float32] = (np.array(self.weight) / norm).astype(np.float32)
        return factors

    def levels(self, weighted: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Returns weighted frequencies as impacts from 1 to `LEVELS`."""
        impact = weighted / (self.k1 + weighted)
        levels: NDArray[np.uint8] = np.clip(np.rint(impact * LEVELS), 1, LEVELS).astype(np.uint8)
        return levels


WEIGHTING = BM25F()
"""The parameters all indexes are made with. docs/relevance.md tells how they were chosen, and what else was tried."""
