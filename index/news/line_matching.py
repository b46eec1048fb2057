"""Lines as they are matched: letters and digits alone, because scraped pages lose and move everything between them.

The same furniture reads «دیدگاه‌ها», «ديدگاهها» or «دیدگاه ها» from page to page. A key is the line without spaces,
ZWNJ and signs, in folded letters; it knows where each of its characters stood, so that values are cut from the line
as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabarjoo.analyzers.normalizer import fold

COLONS = ":："
_MADDA_FREE = str.maketrans("آ", "ا")


def letters(text: str) -> str:
    """Returns the text's letters and digits, folded.

    >>> letters("دیدگاه‌ها (۱۲)") == letters("ديدگاه ها ١٢")
    True
    """
    return "".join(map(_letter, text))


def ascii_digits(text: str) -> str:
    """Returns the text with its digits, of whatever script, as 0 to 9.

    >>> ascii_digits("کد ۵۳۲۰۴")
    'کد 53204'
    """
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


@dataclass(frozen=True, slots=True)
class LineKey:
    """A line's letters, digits and colons; ``at[i]`` is where the key's i-th character stands in the line.

    Two numbers that something parts stay parted, by a space.
    """

    text: str
    at: Sequence[int]
    line: str

    def cut(self, start: int, end: int) -> str:
        """Returns what stands in the line between two places in the key.

        >>> key = line_key("شناسه خبر: ۲۱۴ / الف")
        >>> key.text, key.cut(9, 12)
        ('شناسهخبر:214الف', '۲۱۴')
        """
        return self.line[self.at[start] : self.at[end - 1] + 1].strip() if start < end else ""


def line_key(line: str) -> LineKey:
    """Returns the key of a line."""
    key: list[str] = []
    at: list[int] = []
    parted = False
    for place, char in enumerate(line):
        found = _letter_or_colon(char)
        if not found:
            parted = True
            continue
        if parted and found[0].isdigit() and key and key[-1].isdigit():
            key.append(" ")
            at.append(place)
        parted = False
        key += found
        at += (place,) if len(found) == 1 else (place,) * len(found)
    return LineKey("".join(key), at, line)


@lru_cache(maxsize=4096)
def _letter_or_colon(char: str) -> str:
    return ":" if char in COLONS else _letter(char)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return "".join(filter(str.isalnum, fold(char).translate(_MADDA_FREE)))
