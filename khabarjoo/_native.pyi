# What the kernel (native/) offers; analyzers/native_kernel.py says when it is there.

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from numpy.typing import NDArray
from typing_extensions import Buffer

_Array = NDArray[Any]  # of bytes or numbers in one piece
_Piece = TypeVar("_Piece")
_Values = Buffer | _Array

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
    def places(self, texts: Sequence[str]) -> Places: ...
    def unite(self, of_words: Buffer) -> bytes: ...

class Places:
    def terms_before(self, text: int, place: int) -> int: ...
    def chunks(self, text: int, start: int, end: int) -> tuple[int, int]: ...
    def all_chunks(self) -> tuple[bytes, list[int]]: ...
    def pieces(
        self,
        stretch: tuple[int, int, int],
        terms: Mapping[int, tuple[tuple[str, str, int], ...]],
        kind: type[_Piece],
        apart: Callable[[Any, int, int], Iterator[_Piece]],
    ) -> list[_Piece] | None: ...

def places_of(
    text: str,
    letters: Buffer,
    several: Sequence[Sequence[int]],
    parting: Buffer,
    forms: Buffer,
    ends: Buffer,
    numbers: _Values,
    chosen: Sequence[int],
) -> tuple[list[int], list[int], list[int]] | None: ...
def best_stretch(
    text: str, starts: Sequence[int], ends: Sequence[int], by: Sequence[int]
) -> tuple[int, int, tuple[int, int]] | None: ...
def ascend(values: Buffer, strictly: bool) -> bool: ...
def largest(values: Buffer) -> int: ...
def count_outside(values: Buffer, first: int, last: int, besides: int) -> int: ...
def crc32(data: Buffer, before: int) -> int: ...
def count_in(docs: Buffer, mask: Buffer) -> int: ...
def invert(
    forms: _Array,
    lengths: _Array,
    lemma_of_form: _Array,
    parts: _Array,
    part_sizes: _Array,
    factors: _Array,
    opening: tuple[float, int],
    part: float,
    lemmas: int,
) -> tuple[bytes, bytes, bytes]: ...

class RecordCode:
    def __init__(self, characters: str) -> None: ...
    def write(self, record: Sequence[str | Sequence[str]]) -> tuple[bytes, bytes | None] | None: ...

class Word: ...

class Matched:
    cost: int
    def __len__(self) -> int: ...

class Forward:
    def __init__(self, file: Buffer, located: Mapping[str, tuple[str, int, int]]) -> None: ...
    def marked(self, start: int, end: int, table: Buffer) -> tuple[bytes, list[int]]: ...
    def count(self, starts: _Array, ends: _Array, table: _Array, parts: int) -> bytes: ...

class Signatures:
    def agreeing(self, place: int, least: int) -> list[tuple[int, int]]: ...

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
        lives: Sequence[_Values | None],
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
        masks: Sequence[_Values | None],
    ) -> tuple[int, int, list[int], list[float]]: ...
    def signatures(
        self, located: Sequence[Mapping[str, tuple[str, int, int]]], numbers: Sequence[int]
    ) -> Signatures: ...
    def ids(self, numbers: Sequence[int]) -> list[str]: ...
    def by_date(
        self,
        counted: Sequence[Word | tuple[Matched, int]],
        needed: tuple[int, int],
        limit: int,
        masks: Sequence[_Values | None],
        published: Sequence[Buffer],
        newest: bool,
    ) -> tuple[int, int, list[int], list[float]]: ...
    def marks(
        self, counted: Sequence[Word | tuple[Matched, int]], needed: tuple[int, int], masks: Sequence[_Values | None]
    ) -> tuple[int, int, list[tuple[bytes, bytes]]]: ...
