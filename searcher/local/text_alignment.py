"""Places the words that an index has of an article in the article's own text, by their letters.

A word is its letters, whatever was typed between them (ZWNJ, a space, marks), and the forms of a text's words, one
after another, have just the letters of the text. So where a word stands is told by how many letters come before it,
and nothing needs to be analysed. That all letters are the same is looked at before it is believed.
"""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.analyzers.normalizer import ALEF, ALEF_MADDA, fold
from khabarjoo.analyzers.tokenizer import RAW_TOKEN, is_barrier
from khabarjoo.index.packed_texts import CHARACTERS, Strings, one_byte_each

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo.index.columns import Numbers
else:
    from khabarjoo.index import late_numpy as np

_BLOCK = 1 << 16  # characters of a text that are looked at together
_NO_LETTER = b"\0"
_POINT = ord(".")  # of a decimal, which texts write in several ways
_MADDA, _NO_MADDA = ALEF_MADDA.encode(), ALEF.encode()  # which are equally long
_CHARACTERS = 1 << 17  # that the kernel is told of, pictures among them
_UNKNOWN, _BEYOND, _SEVERAL, _MOST_SEVERAL = 0xFFFF, 0xFFFE, 0xD800, 0x800  # see `_Characters`
_PARTING = frozenset((*' \n\t\r«»()[]؛:!؟"', ""))  # over which no word goes on


class Places(NamedTuple):
    """Where words start in a text, and where they end."""

    starts: list[int]
    ends: list[int]

    def put_around(self, place: int, tokens: _Tokens) -> None:
        """Widens a word to the tokens that it is in."""
        self.starts[place], self.ends[place] = tokens.around(self.starts[place], self.ends[place])


def places_of(text: str, forms: Strings, numbers: Numbers | NDArray[np.int64], chosen: Sequence[int]) -> Places | None:
    """Returns where some of a text's words stand; None when the letters of its words are not those of the text.

    ``numbers`` are the forms of all its words, in order; ``chosen`` are those asked for, ascending. A word that shares
    a token with others (عصرایران) has the place of the token.
    """
    return (_natively(text, forms, numbers, chosen) if has_kernel() else None) or _by_arrays(
        text, forms, np.asarray(numbers), np.array(chosen, np.intp)
    )


def _natively(text: str, forms: Strings, numbers: Numbers | NDArray[np.int64], chosen: Sequence[int]) -> Places | None:
    """The same by the kernel; None also where it cannot tell."""
    from khabarjoo import _native

    letters, ends = forms.columns
    found, known = None, _characters()
    while found is None:
        told = known.letters, known.several, known.parting
        try:
            found = _native.places_of(text, *told, letters, ends, numbers, chosen)
        except UnicodeEncodeError:
            return None
        if found is None and not known.learn(text):
            return None
    places, tokens = Places(*found[:2]), _Tokens(text)
    for place in found[2]:
        places.put_around(place, tokens)
    return places


class _Characters:
    """What the kernel is told of characters: the letter that each is read as, and whether no word goes on over it.

    It is 0 for what is no letter, `_UNKNOWN` for what was not met yet, and from `_SEVERAL` on the place of several
    letters. Those of the one-byte code are known from the start.
    """

    def __init__(self) -> None:
        self.letters = array("H", [_UNKNOWN]) * _CHARACTERS
        for char, code in zip(CHARACTERS[:-1], _codes(), strict=False):
            self.letters[ord(char)] = ord(CHARACTERS[code]) if code else 0
        self.letters[ord(CHARACTERS[-1])] = _UNKNOWN  # which fills the code up, and is no character
        self.several: list[list[int]] = []
        parting = bytearray(_CHARACTERS)
        for char in _PARTING & {*CHARACTERS}:
            parting[ord(char)] = 1
        self.parting = bytes(parting)

    def learn(self, text: str) -> bool:
        """Takes in the characters of a text that were not met before; returns whether there were any."""
        new = [code for code in map(ord, {*text}) if code < _CHARACTERS and self.letters[code] == _UNKNOWN]
        for code in new:
            codes = [*map(ord, _letters(chr(code)))]
            if len(codes) > 1 and len(self.several) < _MOST_SEVERAL:
                self.several.append([min(each, _UNKNOWN) for each in codes])
                codes = [_SEVERAL + len(self.several) - 1]
            self.letters[code] = codes[0] if len(codes) == 1 and codes[0] < _UNKNOWN else 0 if not codes else _BEYOND
        return bool(new)


def _by_arrays(text: str, forms: Strings, numbers: NDArray[np.int64], chosen: NDArray[np.intp]) -> Places | None:
    """The same in Python."""
    tokens, places = _Tokens(text), Places([], [])
    at = first = done = 0
    while at < len(text):
        letters = _Letters(text[at : at + _BLOCK])
        size = len(letters.utf8)
        words = forms.joined(numbers[first : first + size + 1], 2 * size)  # no word is without a letter
        count, ends = _agreeing(letters.utf8, *words, whole=at + _BLOCK >= len(text))
        if count < 0:
            return None
        upto = int(np.searchsorted(chosen, first + count))
        if upto > done:
            starts, stops = letters.places(ends, chosen[done:upto] - first)
            parted = letters.are_parted(starts, stops)
            places.starts.extend((starts + at).tolist())
            places.ends.extend((stops + at).tolist())
            for place in (done + (~parted).nonzero()[0]).tolist():
                places.put_around(place, tokens)
        done, first = upto, first + count
        step = letters.place_of(int(ends[count - 1]) if count else 0)
        if not step:
            return None
        at += step
    return places if first == len(numbers) else None


def _agreeing(
    letters: bytes, joined: NDArray[np.uint8], ends: NDArray[np.int64], *, whole: bool
) -> tuple[int, NDArray[np.int64]]:
    """How many words, one after another, have the letters of a text, and where each ends among these.

    All must have all of a ``whole`` text; the last letters of any other may be some of a word. -1 when they differ.
    """
    points = joined == _POINT
    if points.any():
        ends = np.cumsum(~points)[ends - 1]
        joined = joined[~points]
    if len(ends) and not (ends[0] and (ends[1:] > ends[:-1]).all()):
        return -1, ends  # no word is without a letter
    count = len(ends) if whole else int(np.searchsorted(ends, len(letters), "right"))
    end = int(ends[count - 1]) if count else 0
    if whole and end != len(letters) or joined[:end].tobytes().replace(_MADDA, _NO_MADDA) != letters[:end]:
        return -1, ends
    return count, ends


class _Letters:
    """The letters of a stretch of a text, folded, as UTF-8."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._characters = self._codes = b""
        try:
            self._characters = one_byte_each(text, errors="strict")
            self._codes = self._characters.translate(_codes())
            codes = self._codes.translate(None, _NO_LETTER)
            self.utf8 = codecs.charmap_decode(codes, "strict", CHARACTERS)[0].encode()
        except UnicodeEncodeError:  # by letters of other scripts, one by one
            self.utf8 = "".join(map(_letters, text)).encode("utf-8", "surrogatepass")

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """Where each letter stands in the text."""
        if self._codes:
            return np.frombuffer(self._codes, np.bool_).nonzero()[0]
        return np.repeat(np.arange(len(self._text)), [len(_letters(char)) for char in self._text])

    def places(self, ends: NDArray[np.int64], chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Returns where words start in the text and end, given where each ends among the bytes of the letters."""
        letters = np.cumsum((np.frombuffer(self.utf8, np.uint8) & 0xC0) != 0x80)  # the first byte of each counts
        befores = ends[chosen - 1]
        befores[chosen == 0] = 0
        return self._places[letters[befores] - 1], self._places[letters[ends[chosen] - 1] - 1] + 1

    def are_parted(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Returns whether words surely begin and end with their tokens, by what stands before them and after them."""
        if self._characters:
            marks = self._characters.translate(_parting())
        else:
            marks = bytes(char in _PARTING for char in self._text)
        parting = np.frombuffer(b"\0" + marks + b"\0", np.bool_)
        parted: NDArray[np.bool_] = parting[starts] & parting[ends + 1]
        return parted

    def place_of(self, byte: int) -> int:
        """Returns where the letter is that begins at a byte; the end of the text where no letter does."""
        if byte == len(self.utf8):
            return len(self._text)
        return int(self._places[len(self.utf8[:byte].decode("utf-8", "surrogatepass"))])


class _Tokens:
    """The tokens of a text, as far as they are asked for, which must be in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0  # of the token that was met last

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Returns where the token starts that a word's first letter is in, and where that ends that its last is in."""
        text = self._text
        if start >= self._end:
            space = text.rfind(" ", self._end, start)
            self._go_on(self._end if space < 0 else space, start + 1)
        first = min(self._start, start)
        if self._end < end:
            self._go_on(self._end, end)
        return first, max(self._end, end)

    def _go_on(self, place: int, end: int) -> None:
        """Goes to the first token after a place that ends at another, or after it."""
        for token in RAW_TOKEN.finditer(self._text, place):
            self._start, self._end = token.span()
            if self._end >= end:
                break


@lru_cache(maxsize=1)
def _codes() -> bytes:
    """For each byte of the one-byte code that of the letter it is read as, or `_NO_LETTER`."""
    letters = map(_letters, CHARACTERS)
    return b"".join(one_byte_each(letter) if len(letter) == 1 else _NO_LETTER for letter in letters)


@lru_cache(maxsize=1)
def _characters() -> _Characters:
    return _Characters()


@lru_cache(maxsize=1)
def _parting() -> bytes:
    """For each byte of the one-byte code whether no word goes on over its character."""
    return bytes(char in _PARTING for char in CHARACTERS)


@lru_cache(maxsize=1 << 12)
def _letters(char: str) -> str:
    """The letters that a character is read as."""
    return "" if is_barrier(char) else fold(char).replace(ALEF_MADDA, ALEF)
