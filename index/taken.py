"""Which file each id of a run was taken from, in few bytes an id."""

from __future__ import annotations

from array import array

_FIRST_SIZE = 1 << 10
_FULL = 0.5  # of the places taken, above which the table grows


class TakenIds:
    """Remembers the ids of a run and the files they came from, as hashes in a table with open addressing.

    It takes 24 to 48 bytes an id, a fifth of what a dictionary of texts takes. Hashes have 64 bits and are keyed anew
    in each process: that two of a million different ids meet has a chance of 1 to 37 million, and nobody can make them.
    """

    def __init__(self) -> None:
        self._files: list[str] = []
        self._count = 0
        self._grow(_FIRST_SIZE)

    def __len__(self) -> int:
        return self._count

    def get(self, id: str) -> str | None:
        """Returns the file that an id was taken from, None for one that was not taken."""
        number = self._numbers[self._place(hash(id) or 1)]
        return self._files[number - 1] if number else None

    def add(self, id: str, file: str) -> None:
        """Takes an id, which must not have been taken, from the file that is being read."""
        if not self._files or self._files[-1] != file:
            self._files.append(file)
        if self._count >= _FULL * len(self._hashes):
            hashes, numbers = self._hashes, self._numbers
            self._grow(2 * len(hashes))
            for hashed, number in zip(hashes, numbers, strict=True):
                if number:
                    self._put(hashed, number)
        self._put(hash(id) or 1, len(self._files))
        self._count += 1

    def _grow(self, size: int) -> None:
        self._hashes = array("q", bytes(8 * size))
        self._numbers = array("I", bytes(4 * size))
        self._mask = size - 1

    def _put(self, hashed: int, number: int) -> None:
        place = self._place(hashed)
        self._hashes[place], self._numbers[place] = hashed, number

    def _place(self, hashed: int) -> int:
        """Where a hash is, or the free place where it would be."""
        place = hashed & self._mask
        while self._hashes[place] not in (hashed, 0):
            place = (place + 1) & self._mask
        return place
