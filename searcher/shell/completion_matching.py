"""Fuzzy matching of what was typed with names and words, however they are spelled."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import NamedTuple

from ..query.keywords import spelled

_SEPARATORS = re.compile(r"[\s._/:-]+")
_MOST_TYPED = 60  # characters
_LAST = "\U0010ffff"
_READINGS = 8  # of Latin letters
_PRICE = 3.0  # how much rarer a word may be, in powers of two, for each unit that its reading costs less
_DEAREST, _DEAREST_OF_LETTER = 0.6, 0.35  # what a reading may cost, and how much more for each letter
_SHORT = 2  # letters of the beginning of a word that may have no vowel yet
_FIRST = 10  # so that the very commonest words do not outweigh what was typed
_INSIDE = 100  # what is worse than any other fit: scattered letters inside a word


class Name(NamedTuple):
    """Something to complete to: its text, and the letters it is found by."""

    text: str
    key: str

    @classmethod
    def of(cls, text: str) -> Name:
        """Returns the name of a text."""
        return cls(text, key_of(text))


def key_of(text: str) -> str:
    """Returns the letters of a text, folded, with a space between words.

    >>> key_of("خبرگزاري_مهر") == key_of("خبرگزاری مهر")
    True
    """
    return " ".join(spelled(word) for word in _SEPARATORS.split(text.replace("_", " ")) if word)


def best(typed: str, names: Iterable[Name], limit: int) -> list[str]:
    """Returns the names that fit what was typed, best first, of equals the first; all, as they come, when nothing was.

    They begin with it, or one of their words does, or they have its letters in their order, near each other or from
    the beginning of a word.
    """
    key = key_of(typed[:_MOST_TYPED])
    if not key:
        return [name.text for name, _ in zip(names, range(limit), strict=False)]
    pattern = _scattered(key)
    ranked = ((worth, place, name.text) for place, name in enumerate(names) if (worth := _worth(key, name, pattern)))
    return [text for _, _, text in heapq.nsmallest(limit, ranked)]


def _worth(key: str, name: Name, pattern: re.Pattern[str]) -> int:
    """How well a name fits, 1 the best; 0 when it does not."""
    if name.key.startswith(key):
        return 1
    if f" {key}" in name.key:
        return 2
    if key in name.key:
        return 3
    found = pattern.search(name.key)
    if found is None:
        return 0
    gaps = found.end() - found.start() - len(key)
    if found.start() == 0 or name.key[found.start() - 1] == " ":
        return 4 + gaps
    return _INSIDE + gaps if gaps <= len(key) // 2 else 0


@lru_cache(maxsize=16)
def _scattered(key: str) -> re.Pattern[str]:
    """Finds the letters of a key in their order; linear, as each gap ends at the first letter that may end it."""
    letters = [re.escape(char) for char in key.replace(" ", "")]
    return re.compile(letters[0] + "".join(f"[^{char}]*+{char}" for char in letters[1:]))


@dataclass(frozen=True)
class Words:
    """Words by frequency, so ordered that those that begin alike are together.

    ``keys`` are ascending; ``ranks`` and ``texts`` go with them, rank 0 the commonest.
    """

    keys: Sequence[str] = ()
    ranks: Sequence[int] = ()
    texts: Sequence[str] = field(default=(), repr=False)

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """Returns the words, given the commonest first."""
        ordered = sorted((spelled(word), rank, word) for rank, word in enumerate(words))
        return cls([key for key, _, _ in ordered], [rank for _, rank, _ in ordered], [word for *_, word in ordered])

    def __len__(self) -> int:
        return len(self.keys)

    def best(self, typed: str, limit: int) -> list[str]:
        """Returns the commonest words that begin with what was typed; then others with its first letter and all others.

        Where few do, Latin letters are read as Persian.
        """
        key = spelled(typed[:_MOST_TYPED])
        if not key:
            return []
        places = self._beginning(key)
        found = self._commonest(iter(places), limit)
        if len(found) < limit and len(key) > 2:
            pattern = _scattered(key)
            others = (
                place
                for place in self._beginning(key[0])
                if place not in places and len(self.keys[place]) < 3 * len(key) and pattern.match(self.keys[place])
            )
            found += self._commonest(others, limit - len(found))
        if len(found) < limit and key.isascii():
            found += [place for place in self._in_latin(typed, limit) if place not in found][: limit - len(found)]
        return [self.texts[place] for place in found if self.keys[place] != key or self.texts[place] != typed]

    def _in_latin(self, typed: str, limit: int) -> list[int]:
        """The places of the likeliest words that begin as Latin letters say in Persian."""
        from khabarjoo.analyzers.finglish import read  # late, as most type Persian

        likely: dict[int, float] = {}
        dearest = _DEAREST + _DEAREST_OF_LETTER * len(typed)
        if len(typed) > _SHORT and not set("aeiouy") & set(typed.lower()):
            return []  # an abbreviation
        for reading in read(typed, self.keys, _READINGS, begun=True):
            if reading.cost > dearest:
                break
            for place in self._commonest(iter(range(reading.start, reading.end)), limit):
                unlikely = log2(self.ranks[place] + _FIRST) + _PRICE * reading.cost
                likely[place] = min(unlikely, likely.get(place, unlikely))
        return heapq.nsmallest(limit, likely, key=likely.__getitem__)

    def _beginning(self, key: str) -> range:
        return range(bisect_left(self.keys, key), bisect_left(self.keys, key + _LAST))

    def _commonest(self, places: Iterator[int], limit: int) -> list[int]:
        return heapq.nsmallest(limit, places, key=self.ranks.__getitem__)
