"""What leaves of a plan stand for in one segment: which forms, which articles may have them, and which do.

Words come from the postings. Whatever asks how words stand (exact letters, fields, patterns, nearness) takes the
articles that can match from the postings, and looks into the forward view of those.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property, reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.columns import Array
from khabarjoo.index.forward_index import Reading, Stretches, by_fields, field, field_bounds, form_table, reading
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import Exact, Leaf, Near, Pattern, Word
from .cooccurrence import phrases, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS_OF_A_PHRASE = 60
"""Words of a phrase that are looked at; those after them are taken to be there."""

EACH_FIELD = "title, lead, body"
"""Stands for all three fields, each for itself."""

_COST_OF_PHRASES, _COST_OF_WINDOWS = 3, 20
_SAMPLE = 1 << 16
_BITS_OF_A_BYTE = 8
_FEW = 64  # lemmas whose postings are taken one by one


class Found(NamedTuple):
    """Articles, ascending, that are live, and the impact of what matched in each, of `LEVELS`."""

    docs: Docs
    impacts: NDArray[np.int64]


def forms_of(reader: SegmentReader, node: Leaf) -> Array:
    """Returns the forms of a segment that a leaf stands for."""
    segment = reader.columns
    if isinstance(node, Word):
        number = reader.lemma_number(node.lemma)
        return segment.forms_of(number) if number >= 0 else np.zeros(0, np.int64)
    if isinstance(node, Exact):
        return reader.spellings.equal(node.form)
    if isinstance(node, Pattern):
        return reader.spellings.fitting(node.pattern)
    return reader.spellings.similar(node.form, node.distance)


class Block:
    """The live articles of a segment from one on, up to another; what is read of them is read once for all leaves."""

    def __init__(self, reader: SegmentReader, start: int, end: int) -> None:
        self.start, self.end = start, end
        self._segment = reader.columns
        mask = reader.live.mask
        self._docs = np.arange(start, end) if mask is None else start + np.flatnonzero(mask[start:end])
        self._read: dict[str, Reading] = {}

    def read(self, docs: Docs, name: str) -> tuple[Docs, Reading]:
        """Returns a field of articles of the block, or `EACH_FIELD`: of those given, or all when most are."""
        chosen = self.chosen(docs)
        if chosen is docs:
            return docs, self._reading(docs, name)
        if name not in self._read:
            self._read[name] = self._reading(chosen, name)
        return chosen, self._read[name]

    def chosen(self, docs: Docs) -> Docs:
        """Returns the articles of the block that are read for some of them: those, or all when they are most of it."""
        return docs if 2 * len(docs) < len(self._docs) else self._docs

    def _reading(self, docs: Docs, name: str) -> Reading:
        if name == EACH_FIELD:
            return by_fields(self._segment, docs)
        return reading(self._segment, *field(self._segment, docs, name))


class Occurring:
    """A leaf that asks how words stand in the articles of a segment. Each is looked for block by block."""

    def __init__(self, reader: SegmentReader, node: Leaf | Near) -> None:
        self._segment = reader.columns
        self._forward = reader.native_forward
        self._near = node if isinstance(node, Near) and len(node.parts) > 1 else None
        parts = node.parts[:PARTS_OF_A_PHRASE] if isinstance(node, Near) else (node,)
        groups = [forms_of(reader, part) for part in parts]
        field = parts[0].field if parts else ""
        self._field = field if field or not self._near else EACH_FIELD
        self._forms = [_packed(group, len(self._segment.forms)) for group in groups]
        likely = [docs for pair in zip(parts, groups, strict=True) if (docs := _may_match(reader, *pair)) is not None]
        if parts and not likely:
            self.docs: Array | None = None
        else:
            nothing = np.zeros(0, np.uint32)
            self.docs = reduce(_in_both, sorted(likely, key=len)) if parts else nothing

    @cached_property
    def cost(self) -> int:
        """About how long a word takes to be looked at, against one that is only counted.

        Of windows, that depends on how many words begin one: as many as do in the segment's first words.
        """
        if self._near is None:
            return 1
        if self._is_phrase(self._near):
            return _COST_OF_PHRASES
        table, sample = self._table(), self._segment.forward[:_SAMPLE]
        share = np.count_nonzero(table[sample[sample < len(table)]]) / max(len(sample), 1)
        return _COST_OF_PHRASES + math.ceil(_COST_OF_WINDOWS * share * len(self._forms))

    def find(self, block: Block, check: Callable[[], object] = bool) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """Returns a block's articles that match, and the impact of their occurrences in an article of usual length.

        ``check`` is called now and then.
        """
        docs = np.arange(block.start, block.end) if self.docs is None else self.docs
        docs = docs[np.searchsorted(docs, block.start) : np.searchsorted(docs, block.end)]
        if not len(docs):
            return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        if (counted := self._counted(block.chosen(docs))) is not None:
            docs, times = block.chosen(docs), counted
        else:
            docs, read = block.read(docs, self._field)
            times = self._times(read.values(self._table()), check)
        if self._field == EACH_FIELD:
            times = times.reshape(-1, 3).sum(axis=1)
        there = np.flatnonzero(times)
        return docs[there].astype(np.uint32), WEIGHTING.levels(times[there].astype(np.float32))

    def _counted(self, docs: Docs) -> NDArray[np.int64] | None:
        """How often it stands in each stretch of articles, by the kernel; None where there is none, or for windows."""
        segment, parts = self._segment, len(self._forms)
        if self._forward is None or (self._near and not self._is_phrase(self._near)):
            return None
        table = self._table(np.uint8 if parts <= _BITS_OF_A_BYTE else np.uint64)
        starts, ends = field_bounds(segment, docs) if self._field == EACH_FIELD else field(segment, docs, self._field)
        return np.frombuffer(self._forward.count(starts, ends, table, parts), np.int64)

    def times_within(self, read: Reading) -> NDArray[np.int64]:
        """Returns how often the leaf stands in each of some stretches of text."""
        return self._times(read.values(self._table()), bool)

    def _times(self, words: Stretches, check: Callable[[], object]) -> NDArray[np.int64]:
        if self._near is None:
            return words.sums()
        if self._is_phrase(self._near):
            return phrases(words, len(self._forms))
        return together(words, len(self._forms), self._near.slop, ordered=self._near.ordered, check=check)

    @staticmethod
    def _is_phrase(node: Near) -> bool:
        return node.ordered and not node.slop

    def _table(self, kind: type[np.uint8 | np.uint64] = np.uint64) -> Array:
        """For each form 1, or a bit for each part that it is of."""
        if self._near is None:
            return _table(self._forms[0], len(self._segment.forms))
        table = form_table(self._segment, kind)
        for place, forms in enumerate(self._forms):
            if forms.dtype == np.uint32:
                table[forms] |= kind(1 << place)
            else:
                table[_table(forms, len(table)) != 0] |= kind(1 << place)
        return table


def _may_match(reader: SegmentReader, part: Leaf, forms: Array) -> Array | None:
    """The live articles that may have a part, in some of its forms; None if that may be all."""
    return reader.decoded(part.lemma).docs if isinstance(part, Word) else _may_have(reader, forms)


def _in_both(some: Array, more: Array) -> Array:
    """The numbers that are in both of two ascending lists, of which the first is no longer."""
    if not len(some):
        return some
    places = np.minimum(np.searchsorted(more, some), len(more) - 1)
    both: Array = some[more[places] == some]
    return both


def _may_have(reader: SegmentReader, forms: Array) -> NDArray[np.uint32] | None:
    """The live articles that have a lemma of some of the forms, so may have one of these; None if that may be all."""
    segment = reader.columns
    all_docs, _, ends = segment.all_postings
    lemmas = np.unique(segment.form_lemmas[forms]).astype(np.int64)
    starts = ends[lemmas].astype(np.int64)
    sizes = ends[lemmas + 1].astype(np.int64) - starts
    total = int(sizes.sum())
    if total > 2 * len(segment):
        return None
    if len(lemmas) <= _FEW:
        places = [np.arange(start, start + size) for start, size in zip(starts.tolist(), sizes.tolist(), strict=True)]
        at = np.concatenate(places) if places else np.zeros(0, np.int64)
    else:
        at = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(total)
    docs = np.unique(all_docs[at]).astype(np.uint32)
    live: NDArray[np.uint32] = docs if reader.live.mask is None else docs[reader.live.mask[docs]]
    return live


def _packed(numbers: Array, below: int) -> Array:
    """Numbers in few bytes: as they are, or a bit for each that could be."""
    if 32 * len(numbers) < below:
        return numbers.astype(np.uint32)
    mask = np.zeros(below, np.bool_)
    mask[numbers] = True
    return np.packbits(mask)


def _table(packed: Array, below: int) -> NDArray[np.uint8]:
    """For each number that could be, 1 where it is among the packed ones."""
    if packed.dtype == np.uint8:
        return np.unpackbits(packed, count=below)
    table = np.zeros(below, np.uint8)
    table[packed] = 1
    return table
