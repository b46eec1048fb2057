"""Putting articles in order: the highest key first, and of equals the first by id.

Numbers of articles depend on what was indexed when; ids do not. So a page is the same however its articles came to be
in the index.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from khabarjoo.index.segment import Docs, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = 64
"""Articles more than wanted that are not worth cutting."""


def in_order(
    keys: NDArray[np.float64], numbers: NDArray[np.int64], id_of: Callable[[int], bytes], limit: int
) -> NDArray[np.intp]:
    """Returns where the first ``limit`` of some articles are, by their keys; ``id_of`` tells a number's id.

    >>> in_order(np.array([1.0, 2.0, 1.0]), np.array([7, 8, 9]), {7: b"b", 8: b"c", 9: b"a"}.__getitem__, 2).tolist()
    [1, 2]
    """
    order = (-keys).argsort(kind="stable")
    ordered = keys[order]
    tied = ordered[1:] == ordered[:-1]
    if np.count_nonzero(tied[:limit]):  # it takes a tenth of the time of any()
        end = 0
        for first in tied[:limit].nonzero()[0].tolist():
            if first < end:
                continue
            others = tied[first:].argmin() if not tied[first:].all() else len(tied) - first
            end = first + int(others) + 1
            order[first:end] = sorted(order[first:end].tolist(), key=lambda place: id_of(int(numbers[place])))
    return order[:limit]


def likely_first(keys: NDArray[np.float64], docs: Docs, segment: Segment, limit: int) -> NDArray[np.intp]:
    """Returns where the first ``limit`` of a segment's articles are, in no order; there are more than that."""
    edge = np.partition(keys, len(keys) - limit)[len(keys) - limit]
    above, equal = np.flatnonzero(keys > edge), np.flatnonzero(keys == edge)
    wanted = limit - len(above)
    if len(equal) > wanted:
        equal = equal[np.argpartition(segment.id_ranks[docs[equal]], wanted - 1)[:wanted]]
    return np.concatenate((above, equal))
