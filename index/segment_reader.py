"""Reads one live segment for ranking and matching: postings, forms and counts, decoded once and remembered."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from khabarjoo.analyzers.native_kernel import has_kernel

from .column_values import count_in
from .score_cache import Decoded, ScoreCache
from .store import LiveSegment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo import _native

    from .term_dictionary import Spellings
else:
    from . import late_numpy as np


class SegmentReader:
    """Reads one live segment. Deleted articles are left out of whatever it tells."""

    def __init__(self, live: LiveSegment) -> None:
        self.live = live
        self.columns = live.segment
        self.addends = ScoreCache(self.decoded)
        self.lemma_number = lru_cache(maxsize=1 << 14)(self.columns.lemma_number)
        self.lemma = lru_cache(maxsize=1 << 14)(self.columns.lemmas.__getitem__)
        self.forms_of = lru_cache(maxsize=1 << 12)(self._forms_of)
        self.forms_beginning = lru_cache(maxsize=1 << 10)(self._forms_beginning)

    @cached_property
    def spellings(self) -> Spellings:
        """The segment's forms by their letters."""
        from .term_dictionary import Spellings  # late, as plain words need none

        return Spellings(self.columns.forms)

    @cached_property
    def native_forward(self) -> _native.Forward | None:
        """The forward view as the kernel reads it; None without a kernel, and where no file can be read in place."""
        from .columns_in_memory import ColumnsInMemory  # late, as plain words ask for no forward view

        columns = self.columns.columns
        if not has_kernel() or isinstance(columns, ColumnsInMemory):
            return None
        from khabarjoo import _native

        located = {name: columns.located(name) for name in _native.FORWARD_COLUMNS}
        try:
            return _native.Forward(columns.mapped, located)
        except BufferError:
            return None

    def decoded(self, lemma: str) -> Decoded:
        """Returns the postings of a lemma."""
        number = self.lemma_number(lemma)
        if number < 0:
            return Decoded(np.zeros(0, np.intp), np.zeros(0, np.int64))
        docs, impacts = self.columns.postings(number)
        if self.live.mask is not None:
            kept = self.live.mask[docs]
            docs, impacts = docs[kept], impacts[kept]
        return Decoded(docs.astype(np.intp), impacts.astype(np.int64))

    def articles_with(self, lemma: str) -> int:
        """Returns how many articles have a lemma, deleted ones left out."""
        number = self.lemma_number(lemma)
        if number < 0:
            return 0
        if self.live.live_bytes is None:
            return self.columns.document_frequency(number)
        return count_in(self.columns.docs_with(number), self.live.live_bytes)

    def _forms_of(self, lemma: int, wanted: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The forms of a lemma, by its number, and those of them that are spelled as wanted."""
        forms = self.columns.forms_of(lemma)
        texts = self.columns.forms
        exact = forms[np.array([texts[form] in wanted for form in forms.tolist()], np.bool_)]
        return forms.astype(np.intp), exact.astype(np.intp)

    def _forms_beginning(self, letters: str) -> NDArray[np.intp]:
        """The common forms of all lemmas that begin with some letters."""
        lemmas, beginning = self.columns.lemmas, letters.encode("utf-8", "surrogatepass")
        forms = self.columns.forms_between(lemmas.place(beginning), lemmas.place(beginning + b"\xff"))
        return forms.astype(np.intp)

    def doc_count(self) -> int:
        """Returns how many articles there are, deleted ones left out."""
        return len(self.live)
