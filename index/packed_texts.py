"""Packing many short texts into columns, and stored articles into few bytes.

A Persian letter takes two bytes in UTF-8. Stored articles are written with one byte a letter, by the table below,
then deflated one by one, so that each opens alone. Against deflated UTF-8 that saves a fifth of the space and two
thirds of the time. A record with any other character is kept in UTF-8.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from . import format_limits
from .column_shapes import run
from .column_values import ascend
from .columns import Array, Columns, ColumnsError, Numbers, ends_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from . import late_numpy as np

# ASCII, then what Persian pages are typed with. Its order is part of the format.
_BEYOND_ASCII = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژکگیۀہ"
    "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0670"
    "،؛؟٪٫٬«»‹›“”‘’„…–—•·°×÷±®©"
    "\u00a0\u00ac\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\ufeff"
    "éèüöçñ"
)
CHARACTERS = ("".join(map(chr, range(128))) + _BEYOND_ASCII).ljust(256, "\ufffe")
"""The character that each byte stands for in the one-byte code."""

_ONE_BYTE, _IN_UTF8 = b"\x01", b"\x00"
_WIDEST = 4  # bytes of a character in UTF-8


def pack_strings(name: str, strings: Sequence[str]) -> dict[str, Array]:
    """Returns the columns ``name`` and ``name.ends`` holding the strings in order, as UTF-8."""
    return pack_encoded(name, [string.encode("utf-8", "surrogatepass") for string in strings])


def pack_encoded(name: str, encoded: Sequence[bytes]) -> dict[str, Array]:
    """Returns the same columns of strings that are bytes already."""
    sizes = np.fromiter(map(len, encoded), np.uint64, len(encoded))
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}.ends": ends_of(sizes)}


class Strings(Sequence[str]):
    """Strings that `pack_strings` wrote, decoded as they are asked for."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._name = name
        self._bytes = columns.bytes(name)
        self._ends = columns.numbers(f"{name}.ends")

    def __len__(self) -> int:
        return max(len(self._ends) - 1, 0)  # of a damaged file there may be none

    @property
    def columns(self) -> tuple[memoryview, Numbers]:
        """The strings' bytes, one after another, and where each ends."""
        return self._bytes, self._ends

    def raw(self, index: int) -> bytes:
        """Returns one string's UTF-8 bytes."""
        start, end = run(self._ends, index, len(self._bytes), self._name)
        return bytes(self._bytes[start:end])

    def raws(self) -> list[bytes]:
        """Returns all strings' UTF-8 bytes. Raises ColumnsError where runs overlap, which would make much of little."""
        if len(self._ends) and not (self._ends[-1] <= len(self._bytes) and ascend(self._ends)):
            raise ColumnsError(f"column {self._name}.ends does not cut column {self._name} into runs")
        data, ends = bytes(self._bytes), self._ends.tolist()
        return [data[start:end] for start, end in pairwise(ends)]

    def joined(self, indices: NDArray[np.int64], most: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Returns the UTF-8 bytes of some strings in a row, and where each ends; of as many as ``most`` hold."""
        all_ends = np.asarray(self._ends)
        starts, stops = all_ends[indices].astype(np.int64), all_ends[indices + 1].astype(np.int64)
        sizes = stops - starts
        if len(sizes) and (int(sizes.min()) < 0 or int(stops.max()) > len(self._bytes)):
            raise ColumnsError(f"column {self._name}.ends does not cut column {self._name} into runs")
        ends = np.cumsum(sizes)
        count = int(np.searchsorted(ends, most, "right"))
        starts, sizes, ends = starts[:count], sizes[:count], ends[:count]
        places = np.repeat(starts - (ends - sizes), sizes)
        places += np.arange(len(places))
        return np.frombuffer(self._bytes, np.uint8)[places], ends

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        return self._decoded(self.raw(index))

    def __iter__(self) -> Iterator[str]:
        return map(self._decoded, self.raws())

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise ColumnsError(f"column {self._name} is not text") from None

    def find(self, text: str) -> int:
        """Returns the place of a string among sorted ones, or -1."""
        place = self.place(wanted := text.encode("utf-8", "surrogatepass"))
        return place if place < len(self) and self.raw(place) == wanted else -1

    def place(self, wanted: bytes) -> int:
        """Returns the first place of sorted strings that is not below the wanted bytes."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def in_both_codes(text: str) -> tuple[bytes, bytes | None]:
    """Returns a record in UTF-8, and with one byte a character if the table has them all."""
    utf8 = text.encode("utf-8", "surrogatepass")
    try:
        return utf8, one_byte_each(text, errors="strict")
    except UnicodeEncodeError:
        return utf8, None


def pack_record(utf8: bytes, coded: bytes | None) -> bytes:
    """Returns one stored record in few bytes, of what `in_both_codes` made of it; `open_record` undoes it."""
    kind, data = (_IN_UTF8, utf8) if coded is None else (_ONE_BYTE, coded)
    return kind + zlib.compress(data, level=5, wbits=-15)  # level 6 takes a tenth more time and saves nothing


def open_record(record: bytes) -> str:
    """Returns the text of one packed record; ValueError when the bytes are not one."""
    inflate = zlib.decompressobj(-15)
    longest = format_limits.ARTICLE_CHARACTERS * (1 if record[:1] == _ONE_BYTE else _WIDEST)
    try:
        data = inflate.decompress(record[1:], longest + 1)
    except zlib.error as error:
        raise ValueError("a stored record is damaged") from error
    if len(data) > longest:
        raise ValueError(
            f"a stored record opens to over {longest:,} bytes; {format_limits.raised_by('ARTICLE_CHARACTERS')}"
        )
    if not inflate.eof:
        raise ValueError("a stored record is cut short")
    if record[:1] == _ONE_BYTE:
        return codecs.charmap_decode(data, "strict", CHARACTERS)[0]
    if record[:1] == _IN_UTF8:
        return data.decode("utf-8", "surrogatepass")
    raise ValueError("a stored record is of an unknown kind")


def one_byte_each(text: str, errors: str = "replace") -> bytes:
    """Returns a text with one byte a character, by the table; characters it has not are errors, as when encoding."""
    return codecs.charmap_encode(text, errors, _encoding())[0]


@lru_cache(maxsize=1)
def _encoding() -> Any:
    return codecs.charmap_build(CHARACTERS)
