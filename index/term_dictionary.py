"""The forms of a segment as text to be searched: by equality, by pattern, by likeness.

All forms are one text, a line each. Where each letter stands in it is listed once, so that however many patterns a
query has, the text is gone through only the first time: each takes the places of its rarest letters from the lists,
and of those the forms that it fits, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Forms: TypeAlias = "NDArray[np.int64]"
_Places: TypeAlias = "NDArray[np.int64]"

ONE_LETTER, ANY_LETTERS = "?", "*"
_END = ord("\n")
_STARS = re.compile(r"\*+")
_DENSE = 8  # places for each form, below which going through them all is less work than to look for each form's
_FIRST = 3  # letters of a form by which those are found that begin alike
_LETTER = 21  # bits, which any letter fits
_BITS = 61  # in which the letters of a form are told; a prime, as scripts lie in blocks of powers of two


class Spellings:
    """Finds forms by their letters. All are read when the first is looked for."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = forms

    @cached_property
    def words(self) -> list[str]:
        """All forms, by number."""
        return list(self._forms)

    @property
    def letters(self) -> int:
        """How many letters there are to look through, line ends too."""
        return len(self._codes)

    @cached_property
    def _codes(self) -> NDArray[np.uint32]:
        """The letters of all forms, a line end before the first and after each."""
        text = "\n".join(["", *self.words, ""])
        return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def _bounds(self) -> tuple[_Places, _Places]:
        """Where each form starts among the letters, and where it ends."""
        ends = np.flatnonzero(self._codes == _END).astype(np.int64)
        return ends[:-1] + 1, ends[1:]

    @cached_property
    def _owners(self) -> NDArray[np.int32]:
        """The form that each letter is of; a line end is of the form before it."""
        is_end = self._codes == _END
        owners: NDArray[np.int32] = np.cumsum(is_end, dtype=np.int32) - is_end - 1
        return owners

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int32], NDArray[np.uint32], _Places]:
        """The places of all letters, those of one letter together; the letters, and where theirs begin."""
        order = np.argsort(self._codes, kind="stable").astype(np.int32)
        letters, firsts = np.unique(self._codes[order], return_index=True)
        return order, letters, np.append(firsts, len(order))

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        starts, ends = self._bounds
        return ends - starts

    @cached_property
    def _objects(self) -> NDArray[np.object_]:
        """The words, so that many are taken at once."""
        words = np.empty(len(self.words), object)
        words[:] = self.words
        return words

    @cached_property
    def _beginnings(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """The first letters of all forms, of each in one number, ascending; and the forms in that order."""
        starts, ends = self._bounds
        numbers: NDArray[np.uint64] = np.zeros(len(starts), np.uint64)
        for place in range(_FIRST):
            at = starts + place
            letters = np.where(at < ends, self._codes[np.minimum(at, ends)], 0).astype(np.uint64)
            numbers = np.bitwise_or(np.left_shift(numbers, np.uint64(_LETTER)), letters)
        order = np.argsort(numbers).astype(np.int32)
        return numbers[order], order

    @cached_property
    def _letter_bits(self) -> NDArray[np.uint64]:
        """Of each form a bit for each of its letters; several letters may have one bit."""
        return self._of_each_form(_letter_bits(self._codes))

    @cached_property
    def _pair_bits(self) -> NDArray[np.uint64]:
        """Of each form a bit for each two letters side by side, its ends among them."""
        return self._of_each_form(_pair_bits(self._codes))

    def _of_each_form(self, bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """What the places from before a form to its last letter have together."""
        starts, _ = self._bounds
        return np.bitwise_or.reduceat(bits, starts - 1) if len(starts) else np.zeros(0, np.uint64)

    def equal(self, form: str) -> Forms:
        """Returns the forms of just these letters; several where one spelling is of several lemmas."""
        at = self._places([_END, *map(ord, form), _END])
        numbers: Forms = self._owners[at + 1].astype(np.int64)
        return numbers

    def fitting(self, pattern: str) -> Forms:
        """Returns the forms that a pattern fits as a whole: ``*`` stands for any letters or none, ``?`` for one.

        What stands between two stars is taken where it comes first, which leaves most for the rest.
        """
        first, *rest = ([-1 if sign == ONE_LETTER else ord(sign) for sign in part] for part in _STARS.split(pattern))
        starts, ends = self._bounds
        numbers = self._likely([first, *rest])
        if not len(numbers):
            return numbers
        if not rest:
            numbers = numbers[self._lengths[numbers] == len(first)]
        numbers = numbers[self._are_here(starts[numbers], first)]
        at = starts[numbers] + len(first)
        for part in rest[:-1]:
            numbers, at = self._after(numbers, at, part)
        if rest and rest[-1]:
            numbers = numbers[ends[numbers] - len(rest[-1]) >= at]
            numbers = numbers[self._are_here(ends[numbers] - len(rest[-1]), rest[-1])]
        return numbers

    def _likely(self, parts: Sequence[Sequence[int]]) -> Forms:
        """The forms that are long enough for some parts of a pattern and begin as it does; or, of one that begins with
        a sign, have all its letters, in any order.
        """
        shortest = sum(map(len, parts))
        beginning = list(takewhile(lambda code: code >= 0, parts[0][:_FIRST]))
        if beginning:
            numbers = self._beginning(beginning)
            return numbers[self._lengths[numbers] >= shortest]
        fits = self._lengths >= shortest
        letters = np.array([code for part in parts for code in part if code >= 0], np.uint32)
        if len(letters):
            wanted = np.bitwise_or.reduce(_letter_bits(letters))
            fits &= (self._letter_bits & wanted) == wanted
        return np.flatnonzero(fits)

    def _beginning(self, letters: Sequence[int]) -> Forms:
        """The forms that begin with a few letters, ascending."""
        numbers, order = self._beginnings
        low = reduce(lambda number, code: number << _LETTER | code, letters, 0)
        more = _LETTER * (_FIRST - len(letters))
        bounds = np.array([low << more, (low + 1) << more], np.uint64)
        first, end = np.searchsorted(numbers, bounds).tolist()
        return np.sort(order[first:end]).astype(np.int64)

    def _after(self, numbers: Forms, at: _Places, part: list[int]) -> tuple[Forms, _Places]:
        """Those of some forms that have some letters from a place on, and the place after where these come first."""
        _, ends = self._bounds
        if all(code < 0 for code in part):
            there = np.flatnonzero(at + len(part) <= ends[numbers])
            return numbers[there], at[there] + len(part)
        places = self._places(part)
        if not len(places):
            return numbers[:0], at[:0]
        if len(places) < _DENSE * len(numbers):  # of each form that has them, the first place
            earliest = np.full(len(ends), len(self._codes))
            earliest[numbers] = at
            owners = self._owners[places]
            from_at = np.flatnonzero(places >= earliest[owners])
            owners, places = owners[from_at], places[from_at]
            is_first = np.ones(len(owners), np.bool_)
            is_first[1:] = owners[1:] != owners[:-1]
            return owners[is_first].astype(np.int64), places[is_first] + len(part)
        following = np.searchsorted(places, at)
        there = np.flatnonzero(following < len(places))
        found = places[following[there]]
        inside = found < ends[numbers[there]]
        return numbers[there[inside]], found[inside] + len(part)

    def _places(self, part: list[int]) -> _Places:
        """Where some letters, of which one at least is told, stand one after another."""
        order, letters, firsts = self._sorted
        rarest: tuple[NDArray[np.int32], int] | None = None
        for offset, code in enumerate(part):
            if code < 0:
                continue
            place = int(np.searchsorted(letters, np.uint32(code)))
            if place == len(letters) or letters[place] != code:
                return np.zeros(0, np.int64)
            where = order[firsts[place] : firsts[place + 1]]
            if rarest is None or len(where) < len(rarest[0]):
                rarest = where, offset
        assert rarest is not None
        starts = rarest[0].astype(np.int64) - rarest[1]
        starts = starts[(starts >= 0) & (starts <= len(self._codes) - len(part))]
        return starts[self._are_here(starts, part, rarest[1])]

    def _are_here(self, starts: _Places, part: Sequence[int], known: int = -1) -> NDArray[np.intp]:
        """Which of some places have some letters, one after another; the one at ``known`` is there."""
        here = np.arange(len(starts))
        for offset, code in enumerate(part):
            if offset != known:
                found = self._codes[starts[here] + offset]
                here = here[found != _END if code < 0 else found == code]
        return here

    def similar(self, form: str, distance: int) -> Forms:
        """Returns the forms at most so many letters left out, put in or changed from one."""
        from rapidfuzz.distance import Levenshtein  # late, as few queries ask for likeness
        from rapidfuzz.process import extract

        likely = self.alike(form, distance)
        words = self._objects[likely].tolist()
        near = extract(form, words, scorer=Levenshtein.distance, score_cutoff=distance, limit=None)
        return likely[np.array(sorted(place for _, _, place in near), np.int64)]

    def alike(self, form: str, changes: int, pairs: int = 2) -> Forms:
        """Returns the forms, ascending, that have nearly all letters of one, in any order: all that are so many changes
        from it, and some others.

        A change takes away one letter at most, and brings one; of two letters side by side, ``pairs``: two, or three
        where neighbours may change places.
        """
        likely = np.flatnonzero(np.abs(self._lengths - len(form)) <= changes)
        line = np.array([_END, *map(ord, form), _END], np.uint32)
        for theirs, bits, most in (
            (self._letter_bits, _letter_bits(line), changes),
            (self._pair_bits, _pair_bits(line), pairs * changes),
        ):
            wanted = np.bitwise_or.reduce(bits)
            known = theirs[likely]
            likely = likely[_has_at_most(known & ~wanted, most) & _has_at_most(~known & wanted, most)]
        return likely


def _letter_bits(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A bit for each letter, none for line ends."""
    bits = np.left_shift(np.uint64(1), (codes % _BITS).astype(np.uint64))
    bits[codes == _END] = 0
    return bits


def _pair_bits(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A bit for each letter but the last, with the one after it."""
    return np.left_shift(np.uint64(1), ((codes[:-1] * np.uint32(31) + codes[1:]) % _BITS).astype(np.uint64))


def _has_at_most(bits: NDArray[np.uint64], most: int) -> NDArray[np.bool_]:
    """Whether so few bits are set: each step takes the lowest away."""
    if most >= _BITS:
        return np.ones(len(bits), np.bool_)
    for _ in range(most):
        bits = bits & (bits - np.uint64(1))
    few: NDArray[np.bool_] = bits == 0
    return few
