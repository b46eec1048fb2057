"""Which file each id of a run was seen in, and for which text, in few bytes an id."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

_FIRST_SIZE = 1 << 10
_FULL = 0.5  # of the places taken, above which the table grows


class SeenIds:
    """Remembers the ids of a run, the files they came from and a key of 32 bits of each text, in a table of hashes.

    It takes 32 to 64 bytes an id, a quarter of what a dictionary of texts takes. Hashes have 64 bits and are keyed anew
    in each process: that two of a million different ids meet has a chance of 1 to 37 million, and nobody can make them.
    """

    def __init__(self) -> None:
        self._files: list[str] = []
        self._count = 0
        self._grow(_FIRST_SIZE)

    def __len__(self) -> int:
        return self._count

    def get(self, id: Hashable) -> tuple[str, int] | None:
        """Returns the file that an id was seen in and the key of its text, None for one not seen yet."""
        place = self._place(hash(id) or 1)
        number = self._numbers[place]
        return (self._files[number - 1], self._texts[place]) if number else None

    def add(self, id: Hashable, file: str, text: int) -> None:
        """Notes an id, which must not be there yet, as seen in the file that is being read."""
        if not self._files or self._files[-1] != file:
            self._files.append(file)
        if self._count >= _FULL * len(self._hashes):
            hashes, numbers, texts = self._hashes, self._numbers, self._texts
            self._grow(2 * len(hashes))
            for hashed, number, key in zip(hashes, numbers, texts, strict=True):
                if number:
                    self._put(hashed, number, key)
        self._put(hash(id) or 1, len(self._files), text)
        self._count += 1

    def _grow(self, size: int) -> None:
        self._hashes = array("q", bytes(8 * size))
        self._numbers = array("I", bytes(4 * size))
        self._texts = array("I", bytes(4 * size))
        self._mask = size - 1

    def _put(self, hashed: int, number: int, text: int) -> None:
        place = self._place(hashed)
        self._hashes[place], self._numbers[place], self._texts[place] = hashed, number, text

    def _place(self, hashed: int) -> int:
        """Where a hash is, or the free place where it would be."""
        place = hashed & self._mask
        while self._hashes[place] not in (hashed, 0):
            place = (place + 1) & self._mask
        return place
