"""The forms of a segment as text to be searched: by equality, by pattern, by likeness."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .packed_texts import Strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

Forms: TypeAlias = "NDArray[np.int64]"


class Spellings:
    """Finds forms by their letters. All are read when the first is looked for."""

    def __init__(self, forms: Strings) -> None:
        self._forms = forms

    @cached_property
    def words(self) -> list[str]:
        """All forms, by number."""
        return list(self._forms)

    @cached_property
    def _text(self) -> str:
        return "\n" + "".join(f"{word}\n" for word in self.words)

    @cached_property
    def _starts(self) -> Forms:
        """Where each form starts in the text."""
        lengths = np.fromiter(map(len, self.words), np.int64, len(self.words)) + 1
        starts: Forms = 1 + np.cumsum(lengths) - lengths
        return starts

    def equal(self, form: str) -> Forms:
        """The forms of just these letters; several where one spelling is of several lemmas."""
        return self.fitting(re.compile(re.escape(form)))

    def fitting(self, pattern: re.Pattern[str]) -> Forms:
        """The forms that a pattern, which matches no line end, fits as a whole."""
        lines = re.compile(rf"(?<=\n)(?:{pattern.pattern})(?=\n)")
        starts = [match.start() for match in lines.finditer(self._text)]
        numbers: Forms = np.searchsorted(self._starts, np.array(starts, np.int64)).astype(np.int64)
        return numbers

    def similar(self, form: str, distance: int) -> Forms:
        """The forms at most so many letters left out, put in or changed from one."""
        from rapidfuzz.distance import Levenshtein  # late, as few queries ask for likeness
        from rapidfuzz.process import extract

        near = extract(form, self.words, scorer=Levenshtein.distance, score_cutoff=distance, limit=None)
        return np.array(sorted(number for _, _, number in near), np.int64)
