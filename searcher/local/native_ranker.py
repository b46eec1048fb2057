"""Ranking by the native kernel: both stages for words and other leaves, of which any or all, over all segments.

What it answers is what `LeafMatches`, `TopCollector` and `Rescorer` answer, to the last bit; they are its reference,
and do all that asks for more, or for more than a query may take.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.bm25f import LEVELS, WEIGHTING
from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import NO_FILTERS, AllOf, AnyOf, Exact, Filters, Fuzzy, Leaf, Match, Near, Node, Pattern, Word
from ..query_limits import Allowance, LimitReached, Limits
from .masks import Mask, mask_of
from .ranking import SCALE, IdfCache, Ranking, inverse_document_frequency, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo import _native
else:
    from khabarjoo.index import late_numpy as np

_LEAVES = (Word, Near, Exact, Pattern, Fuzzy)
_Bytes: TypeAlias = "NDArray[np.uint8]"

_REMEMBERED = 1 << 12  # words, each with its forms
_MOST_WORDS = 255  # which are counted in a byte
_HIGHEST = 1 << 38  # worth of a word that sums of 64 bits have room for
_MOST_PARTS = 8  # of a leaf, which are bits of a byte
_ANY_NUMBER = 1 << 62  # of positions
_MOST_TIMES = 1 << 10  # that a leaf stands in an article; more are worth no more
_BODY = 2  # the field whose usual length kindred words are counted by


class Ranked(NamedTuple):
    """How many articles have any of the leaves, and all; and the best by their numbers, with their scores."""

    total: int
    total_all: int
    numbers: list[int]
    scores: list[float]


class Asked(NamedTuple):
    """What is counted, words and other leaves with what an impact of theirs counts; the words to be read closely; and
    how many leaves an article must have: to match at all, and to have all that was asked for.
    """

    counted: list[_native.Word | tuple[_native.Matched, int]]
    words: list[_native.Word]
    needed: tuple[int, int]


class NativeRanker:
    """Ranks the articles of an index for one query after another."""

    def __init__(
        self, ranker: _native.Ranker, readers: Sequence[SegmentReader], ranking: Ranking, rarities: IdfCache
    ) -> None:
        self._ranker = ranker
        self._readers = readers
        self._ranking = ranking
        self._rarities = rarities
        self._documents = sum(reader.doc_count() for reader in readers)
        self._words: dict[tuple[str, tuple[str, ...], float, str], _native.Word] = {}
        self._has_keywords = self._has_leaf_columns = False
        self._last: tuple[Node, Asked] | None = None  # of a plan with more than words, which is mostly asked more of

    @classmethod
    def of(cls, readers: Sequence[SegmentReader], ranking: Ranking, rarities: IdfCache) -> NativeRanker | None:
        """Returns the ranker of an index; None where there is no kernel, or it cannot read the files in place.

        Raises ColumnsError where a file is not that of a segment.
        """
        if not has_kernel():
            return None
        from khabarjoo import _native

        located = [
            (reader.columns.columns.mapped, {name: reader.columns.columns.located(name) for name in _native.COLUMNS})
            for reader in readers
        ]
        weighting = WEIGHTING.k1, WEIGHTING.b[_BODY], WEIGHTING.usual[_BODY]
        try:
            ranker = _native.Ranker(located, ranking, weighting, float(SCALE * LEVELS))
        except BufferError:
            return None
        return cls(ranker, readers, ranking, rarities)

    def asked(self, root: Node, limits: Limits) -> Asked | None:
        """Returns what a plan asks for as the kernel has it.

        None where it is more than leaves of which any or all, or comes to a limit.
        """
        last = self._last  # another thread may put its own there
        if last is not None and last[0] == root:
            return last[1]
        leaves, least, full = _leaves_of(root)
        if not 0 < len(leaves) <= _MOST_WORDS:
            return None
        asked = Asked([], [], (least, full))
        allowance: Allowance | None = None
        for leaf in leaves:
            if type(leaf) is Word and not leaf.field:
                word = self._word(leaf)
                if word is None:
                    return None
                asked.counted.append(word)
                asked.words.append(word)
                continue
            if allowance is None:
                allowance = Allowance(limits)
            parts = _parts_of(leaf)
            words = [self._word(part) if isinstance(part, Word) else None for part in parts]
            matched = self._match(leaf, parts, words, allowance)
            if matched is None:
                return None
            worth = whole(leaf.boost * inverse_document_frequency(self._documents, len(matched)))
            if worth >= _HIGHEST:
                return None
            asked.counted.append((matched, worth))
            asked.words.extend(word for word, part in zip(words, parts, strict=True) if word and not part.field)
        if allowance is not None:
            self._last = root, asked
        return asked

    def _word(self, word: Word) -> _native.Word | None:
        """A word as the kernel has it; what was looked up is remembered."""
        known, key = self._words, (word.lemma, word.forms, word.boost, word.after)
        native = known.get(key)
        if native is None:
            native = self._look_up(word)
            if native is not None:
                if len(known) == _REMEMBERED:
                    known.clear()
                known[key] = native
        return native

    def _match(
        self,
        leaf: Leaf | Near,
        parts: Sequence[Leaf],
        words: Sequence[_native.Word | None],
        allowance: Allowance,
    ) -> _native.Matched | None:
        """The articles that a leaf matches which asks how words stand, ``words`` being those of its parts.

        None where the kernel does not say.
        """
        near = leaf if isinstance(leaf, Near) and len(parts) > 1 else None
        if not 0 < len(parts) <= _MOST_PARTS or (near and near.ordered and near.slop):
            return None
        if not self._has_leaf_columns:
            self._ranker.take_leaf_columns(self._located(_leaf_columns()))
            self._has_leaf_columns = True
        try:
            asked: list[_native.Word | list[NDArray[np.int64]]] = []
            for part, word in zip(parts, words, strict=True):
                if word is None and isinstance(part, Word):
                    return None
                asked.append(word or self._forms(part, allowance))
            slop = near.slop if near and not near.ordered else None
            lives = self._masks(NO_FILTERS)
            most = _ANY_NUMBER if allowance.left is None else allowance.left
            matched = self._ranker.matched(asked, parts[0].field, slop, lives, _levels(), most)
            if matched is not None:
                allowance.spend(matched.cost)
        except LimitReached:
            return None
        return matched

    def _forms(self, part: Leaf, allowance: Allowance) -> list[NDArray[np.int64]]:
        """The forms of each segment that a part stands for which is no word. Raises LimitReached."""
        from .leaf_matches import letters_of
        from .match import forms_of

        for reader in self._readers:
            allowance.spend(letters_of(reader, part))
        return [forms_of(reader, part).astype(np.int64) for reader in self._readers]

    def _look_up(self, word: Word) -> _native.Word | None:
        worth = word.boost * self._rarities.of(word.lemma)
        counts = whole(worth)
        if counts >= _HIGHEST:
            return None
        lemma, beginning, after = map(_encoded, (word.lemma, self._ranking.beginning(word.lemma), word.after))
        return self._ranker.word(lemma, list(map(_encoded, word.forms)), beginning, after, counts, worth)

    def best(self, asked: Asked, limit: int, filters: Filters) -> Ranked:
        """Returns the best ``limit`` articles by both stages; ``filters`` are resolved."""
        if not self._has_keywords and 0 < len(asked.words) <= self._ranking.feedback_words:
            self._ranker.take_keywords(self._located(("keywords", "keywords.weights")))
            self._has_keywords = True
        return Ranked(*self._ranker.best(*asked, limit, self._masks(filters)))

    def signatures(self, numbers: Sequence[int]) -> _native.Signatures:
        """Returns the signatures of articles."""
        return self._ranker.signatures(self._located(("signatures",)), numbers)

    def ids(self, numbers: list[int]) -> list[str]:
        """Returns the ids of articles."""
        return self._ranker.ids(numbers)

    def by_date(self, asked: Asked, limit: int, filters: Filters, *, newest: bool) -> Ranked:
        """Returns the newest or oldest ``limit`` articles that have all leaves, or any when none has all."""
        published = [reader.columns.dates for reader in self._readers]
        return Ranked(
            *self._ranker.by_date(asked.counted, asked.needed, limit, self._masks(filters), published, newest)
        )

    def matched(self, asked: Asked, filters: Filters) -> tuple[list[Mask], bool]:
        """Returns which articles of each segment have all leaves, or any when none has all; and whether it is all."""
        total, total_all, marks = self._ranker.marks(asked.counted, asked.needed, self._masks(filters))
        of_all = total_all > 0 or not total
        return [np.frombuffer(complete if of_all else found, np.bool_) for found, complete in marks], of_all

    def _located(self, names: Sequence[str]) -> list[dict[str, tuple[str, int, int]]]:
        return [{name: reader.columns.columns.located(name) for name in names} for reader in self._readers]

    def _masks(self, filters: Filters) -> list[bytes | _Bytes | None]:
        if filters == NO_FILTERS:
            return [reader.live.live_bytes for reader in self._readers]
        masks = [mask_of(reader.live, filters) for reader in self._readers]
        return [None if mask is None else mask.view(np.uint8) for mask in masks]


def _leaves_of(root: Node) -> tuple[tuple[Leaf | Near, ...], int, int]:
    """The leaves of a plan, and how many of them are needed (see `Asked`); none of any other plan."""
    if isinstance(root, Match | AnyOf | AllOf):
        parts = root.parts
        if all(type(part) in _LEAVES for part in parts):
            least, full = len(parts) if type(root) is AllOf else 1, 1 if type(root) is AnyOf else len(parts)
            return parts, least, full  # type: ignore[return-value]
    elif type(root) in _LEAVES:
        return (root,), 1, 1  # type: ignore[return-value]
    return (), 0, 0


def _parts_of(leaf: Leaf | Near) -> tuple[Leaf, ...]:
    return leaf.parts if isinstance(leaf, Near) else (leaf,)


@cache
def _levels() -> bytes:
    """The impact of each number of occurrences in an article of usual length, as far as they differ."""
    return WEIGHTING.levels(np.arange(_MOST_TIMES, dtype=np.float32)).tobytes()


@cache
def _leaf_columns() -> list[str]:
    from khabarjoo import _native

    return _native.LEAF_COLUMNS


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
