"""The letters of a text: where words can stand in it, told without reading it.

A word is its letters, whatever was typed between them (ZWNJ, a space, marks), and most letters fold to one. So of a
text only the letters are taken, folded, a byte each; a word is looked for among them as bytes are among bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from analyzers.chars import ALEF, ALEF_MADDA, fold
from index.texts import CHARACTERS, one_byte_each

_NO_LETTER = b"\0"
_IS_LETTER = b"\0".ljust(256, b"\1")


class Lettering:
    """The letters of one text."""

    def __init__(self, text: str) -> None:
        self._codes = one_byte_each(text).translate(_folded()) + _NO_LETTER
        self._letters = self._codes.translate(None, _NO_LETTER)
        (self._places,) = np.frombuffer(self._codes.translate(_IS_LETTER), np.bool_).nonzero()

    def find(self, form: str, *, alone: bool) -> Iterator[tuple[int, int]]:
        """Where in the text the letters of a form begin and end; if ``alone``, only where no letter is beside them."""
        codes, letters, place, wanted = self._codes, self._letters, self._places.item, _letters_of(form)
        size = len(wanted)
        at = letters.find(wanted) if size else -1
        while at >= 0:
            start, end = place(at), place(at + size - 1) + 1
            if not (alone and (codes[start - 1] or codes[end])):  # before the first is the last, which is no letter
                yield start, end
            at = letters.find(wanted, at + 1)


@lru_cache(maxsize=1 << 10)
def _letters_of(form: str) -> bytes:
    return one_byte_each(form).translate(_folded()).translate(None, _NO_LETTER)


@lru_cache(maxsize=1)
def _folded() -> bytes:
    """For each byte of the one-byte code that of the letter it is read as, or `_NO_LETTER`."""
    folded = (fold(char).replace(ALEF_MADDA, ALEF) for char in CHARACTERS)
    return b"".join(one_byte_each(char) if len(char) == 1 and char.isalnum() else _NO_LETTER for char in folded)
