"""What the leaves of one query match in all segments, as far as the query's limits allow.

Articles are gone through a block after another, each with all leaves, so that whenever a limit is reached there is a
number of articles of which everything is known. How many positions a query looks at is told beforehand by what the
postings say of each leaf, so that the limit of positions always ends it at the same article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from khabarjoo.index.forward_index import whole
from khabarjoo.index.segment import all_docs
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import Fuzzy, Leaf, Near, Word
from ..query_limits import UNLIMITED, Allowance, LimitReached, Limits, Partial
from .match import Block, Found, Occurring
from .ranking import inverse_document_frequency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Kept = tuple[NDArray[np.uint32], NDArray[np.uint8]]

_BLOCK = 1 << 21  # positions looked at, by all leaves, between two looks at the clock
_LEAVES = 32  # with so many leaves, so many times as many
_SHORTEST = 32  # words that an article counts for at least


class LeafMatches:
    """Which articles some leaves match. Segments and leaves not given are looked up when they are asked for."""

    def __init__(
        self, readers: Sequence[SegmentReader], leaves: Sequence[Leaf | Near] = (), limits: Limits = UNLIMITED
    ) -> None:
        self._readers = readers
        self.leaves = tuple(dict.fromkeys(leaves))
        self._found: dict[tuple[SegmentReader, Leaf | Near], _Kept] = {}
        self._worths: dict[Leaf | Near, float] = {}
        self._ends: dict[SegmentReader, int] = {}
        self.partial: Partial | None = None
        if leaves:
            self._match(limits)

    def found(self, reader: SegmentReader, node: Leaf | Near) -> Found:
        """Returns the articles of a segment that a leaf matches, of those that were searched."""
        if isinstance(node, Word) and not node.field:
            return Found(*reader.decoded(node.lemma))
        kept = self._found.get((reader, node))
        if kept is None:
            kept = self._found[reader, node] = _match_all(reader, node)
        return Found(kept[0].astype(np.intp), kept[1].astype(np.int64))

    def searched(self, reader: SegmentReader) -> int:
        """Returns how many articles of a segment, from its first on, were searched."""
        return self._ends.get(reader, len(reader.columns))

    def worth(self, node: Leaf | Near) -> float:
        """Returns what an impact of 1 of a leaf counts: how rare the match is over all segments, and its boost."""
        worth = self._worths.get(node)
        if worth is None:
            documents = sum(reader.doc_count() for reader in self._readers)
            frequency = sum(len(self.found(reader, node).docs) for reader in self._readers)
            worth = self._worths[node] = node.boost * inverse_document_frequency(documents, frequency)
        return worth

    def _match(self, limits: Limits) -> None:
        allowance = Allowance(limits)
        for reader in self._readers:
            end, found = _match_segment(reader, self.leaves, allowance)
            self._ends[reader] = end
            self._found.update({(reader, node): kept for node, kept in zip(self.leaves, found, strict=True)})
        if allowance.reached:
            searched = sum(_live(reader, self._ends[reader]) for reader in self._readers)
            self.partial = Partial(allowance.reached, searched, sum(reader.doc_count() for reader in self._readers))


def _match_segment(
    reader: SegmentReader, leaves: Sequence[Leaf | Near], allowance: Allowance
) -> tuple[int, list[_Kept]]:
    """Up to which article a segment was searched, and what each leaf matches in it."""
    occurring: list[Occurring] = []
    pieces: list[list[_Kept]] = [[] for _ in leaves]
    end = 0
    try:
        for node in leaves:
            allowance.spend(letters_of(reader, node))
            occurring.append(Occurring(reader, node))
        ends = _work(reader, occurring)
        affordable = len(ends) if allowance.left is None else int(np.searchsorted(ends, allowance.left, "right"))
        size = _BLOCK * min(len(leaves), _LEAVES)
        while end < affordable:
            allowance.check()
            done = int(ends[end - 1]) if end else 0
            upto = min(affordable, max(end + 1, int(np.searchsorted(ends, done + size, "right"))))
            block = Block(reader, end, upto)
            found = []
            for each in occurring:
                allowance.check()
                found.append(each.find(block, allowance.check))
            for kept, piece in zip(pieces, found, strict=True):
                kept.append(piece)
            end = upto
        allowance.spend(int(ends[-1]) if len(ends) else 0)
    except LimitReached:
        pass
    return end, [_joined(kept) for kept in pieces]


def letters_of(reader: SegmentReader, node: Leaf | Near) -> int:
    """Returns what it costs to look the parts of a leaf up among the forms of a segment."""
    parts = node.parts if isinstance(node, Near) else (node,)
    looked_up = sum(2 if isinstance(part, Fuzzy) else 1 for part in parts if not isinstance(part, Word))
    return looked_up * reader.spellings.letters // 4 if looked_up else 0


def _work(reader: SegmentReader, occurring: Sequence[Occurring]) -> NDArray[np.int64]:
    """How many positions all leaves look at up to the end of each article of a segment."""
    starts, ends = whole(reader.columns, all_docs(reader.columns))
    lengths = np.maximum(ends - starts, _SHORTEST)
    work = np.zeros(len(lengths), np.int64)
    for each in occurring:
        docs = slice(None) if each.docs is None else each.docs
        work[docs] += each.cost * lengths[docs]
    return np.cumsum(work)


def _match_all(reader: SegmentReader, node: Leaf | Near) -> _Kept:
    (kept,) = _match_segment(reader, (node,), Allowance(UNLIMITED))[1]
    return kept


def _joined(kept: Sequence[_Kept]) -> _Kept:
    if len(kept) == 1:
        return kept[0]
    if not kept:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
    docs, levels = zip(*kept, strict=True)
    return np.concatenate(docs), np.concatenate(levels)


def _live(reader: SegmentReader, end: int) -> int:
    """How many of a segment's articles up to one are live."""
    return end if reader.live.mask is None else int(np.count_nonzero(reader.live.mask[:end]))
