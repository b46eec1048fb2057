# What the kernel (native/) offers; analyzers/native_kernel.py says when it is there.

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray
from typing_extensions import Buffer

_Array = NDArray[Any]  # of bytes or numbers in one piece

INTERFACE: int
COLUMNS: list[str]
FORWARD_COLUMNS: list[str]
LEAF_COLUMNS: list[str]

class Listed:
    def __init__(self, lines: Buffer, kinds: Buffer, listed: int, separator: int) -> None: ...

class Memory:
    def __init__(self, listed: Listed) -> None: ...
    def __len__(self) -> int: ...
    def add_and(self, raw: str, after: int, before: int, terms: Sequence[int]) -> None: ...
    def add(self, after: int, before: int, terms: Sequence[int], head: str, tails: Sequence[str]) -> None: ...
    def look_up(self, texts: Sequence[str]) -> list[str]: ...
    def cut(self, odd: Sequence[Sequence[str]]) -> list[str]: ...
    def learn(self, words: Sequence[int]) -> None: ...
    def join(self, ask: Callable[[int, int, bool], tuple[int, list[int], str]]) -> tuple[bytes, bytes]: ...
    def places(self) -> list[bytes]: ...

def places_of(
    text: str,
    letters: _Array,
    several: Sequence[Sequence[int]],
    parting: Buffer,
    forms: Buffer,
    ends: _Array,
    kind: str,
    numbers: _Array,
    chosen: _Array,
) -> tuple[list[int], list[int], list[int]] | None: ...
def best_stretch(
    text: str, starts: Sequence[int], ends: Sequence[int], by: Sequence[int]
) -> tuple[int, int, tuple[int, int]] | None: ...

class Word: ...

class Matched:
    cost: int
    def __len__(self) -> int: ...

class Forward:
    def __init__(self, file: Buffer, located: Mapping[str, tuple[str, int, int]]) -> None: ...
    def count(self, starts: _Array, ends: _Array, table: _Array, parts: int) -> bytes: ...

class Ranker:
    def __init__(
        self,
        segments: Sequence[tuple[Buffer, Mapping[str, tuple[str, int, int]]]],
        ranking: object,
        weighting: tuple[float, float, float],
        unit: float,
    ) -> None: ...
    def take_keywords(self, located: Sequence[Mapping[str, tuple[str, int, int]]]) -> None: ...
    def take_leaf_columns(self, located: Sequence[Mapping[str, tuple[str, int, int]]]) -> None: ...
    def matched(
        self,
        parts: Sequence[Word | Sequence[_Array]],
        field: str,
        slop: int | None,
        lives: Sequence[_Array | None],
        levels: bytes,
        most: int,
    ) -> Matched | None: ...
    def word(
        self, lemma: bytes, forms: Sequence[bytes], beginning: bytes, after: bytes, whole: int, worth: float
    ) -> Word: ...
    def best(
        self,
        counted: Sequence[Word | tuple[Matched, int]],
        words: Sequence[Word],
        needed: tuple[int, int],
        limit: int,
        masks: Sequence[_Array | None],
    ) -> tuple[int, int, list[int], list[float]]: ...
    def ids(self, numbers: Sequence[int]) -> list[str]: ...
    def by_date(
        self,
        counted: Sequence[Word | tuple[Matched, int]],
        needed: tuple[int, int],
        limit: int,
        masks: Sequence[_Array | None],
        published: Sequence[_Array],
        newest: bool,
    ) -> tuple[int, int, list[int], list[float]]: ...
    def marks(
        self, counted: Sequence[Word | tuple[Matched, int]], needed: tuple[int, int], masks: Sequence[_Array | None]
    ) -> tuple[int, int, list[tuple[bytes, bytes]]]: ...
