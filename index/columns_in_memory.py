"""Columns that were never written: a segment of a few articles, for as long as a question takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .columns import Array, Columns, ColumnsError, Numbers


class ColumnsInMemory(Columns):
    """Named arrays, read as those of a file are. They are our own work, so nothing of them is checked.

    Those that few ask for are made ``later``: when one of them is first read, by the function that has its name.
    """

    def __init__(self, arrays: Mapping[str, Array], later: Mapping[str, Callable[[], Array]] | None = None) -> None:
        self._arrays = dict(arrays)
        self._later = dict(later or {})

    @property
    def size_bytes(self) -> int:
        """What the arrays take."""
        return sum(array.nbytes for array in self._arrays.values())

    @property
    def names(self) -> list[str]:
        """The columns there are."""
        return [*self._arrays, *self._later]

    @property
    def is_cut_short(self) -> bool:
        """Never: there is no file."""
        return False

    def broken(self) -> list[str]:
        """Returns no column."""
        return []

    def kind(self, name: str) -> str:
        """See `Columns`."""
        return self.peek(name).dtype.str

    def count(self, name: str) -> int:
        """See `Columns`."""
        return len(self.peek(name))

    def __getitem__(self, name: str) -> Array:
        return self.peek(name)

    def peek(self, name: str) -> Array:
        """See `Columns`."""
        if name in self._later:
            self._arrays[name] = self._later.pop(name)()
        try:
            return self._arrays[name]
        except KeyError:
            raise ColumnsError(f"column {name} is missing") from None

    def peek_numbers(self, name: str) -> Numbers:
        """See `Columns`."""
        return self.peek(name).data

    def numbers(self, name: str) -> Numbers:
        """See `Columns`."""
        return self.peek_numbers(name)

    def bytes(self, name: str) -> memoryview:
        """See `Columns`."""
        return memoryview(self.peek(name).tobytes())
