"""Numbers for lemmas that are the same in every segment and every process."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Hashes: TypeAlias = "NDArray[np.uint64]"

# Odd, and without a pattern in their bits: of the golden ratio, e and pi.
GOLDEN, EULER, PI = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xB7E151628AED2A6B), np.uint64(0x243F6A8885A308D3)
_HALF = np.uint64(32)


def hashes_of(lemmas: Iterable[str]) -> Hashes:
    """Returns a number for each lemma that depends on its letters alone; 0 for words in Latin letters.

    Those are names where the text is Persian; where there are many, it is the code of a page.
    """
    # Whether all is ASCII is asked first, as it takes no time and hardly any lemma is.
    checksums = [
        0 if lemma.isascii() and _is_latin(lemma) else zlib.crc32(lemma.encode("utf-8", "surrogatepass"))
        for lemma in lemmas
    ]
    found = np.array(checksums, dtype=np.uint64)
    hashes = mixed(found + PI)
    hashes[found == 0] = 0
    return hashes


def _is_latin(lemma: str) -> bool:
    return lemma.isascii() and not lemma[:1].isdecimal()


def mixed(hashes: Hashes) -> Hashes:
    """Returns the numbers with their bits mixed, by multiplying and folding."""
    hashes = (hashes ^ (hashes >> _HALF)) * GOLDEN
    return hashes ^ (hashes >> _HALF)
