# What the kernel (native/) offers; analyzers/kernel.py says when it is there.

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray
from typing_extensions import Buffer

_Array = NDArray[Any]  # of bytes or numbers in one piece

INTERFACE: int
COLUMNS: list[str]

class Word: ...

class Ranker:
    def __init__(
        self,
        segments: Sequence[tuple[Buffer, Mapping[str, tuple[str, int, int]]]],
        ranking: object,
        weighting: tuple[float, float, float],
        unit: float,
    ) -> None: ...
    def take_keywords(self, located: Sequence[Mapping[str, tuple[str, int, int]]]) -> None: ...
    def word(
        self, lemma: bytes, forms: Sequence[bytes], beginning: bytes, after: bytes, whole: int, worth: float
    ) -> Word: ...
    def best(
        self, words: Sequence[Word], limit: int, masks: Sequence[_Array | None]
    ) -> tuple[int, int, list[int], list[float]]: ...
    def by_date(
        self,
        words: Sequence[Word],
        limit: int,
        masks: Sequence[_Array | None],
        published: Sequence[_Array],
        newest: bool,
    ) -> tuple[int, int, list[int], list[float]]: ...
    def marks(
        self, words: Sequence[Word], masks: Sequence[_Array | None]
    ) -> tuple[int, int, list[tuple[bytes, bytes]]]: ...
