"""How often words stand near each other: counted over the places of all articles at once.

Each word that is of some part of what is asked begins a *window*: itself and what follows it, as far as is allowed. A
window counts when each part can have a word of its own in it. By Hall's theorem (P. Hall, "On representatives of
subsets", 1935) that is so when any so many parts have as many words between them; the word that the window begins with
can then always be one of those given away.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from khabarjoo.index.forward_index import Stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.intp]
    Bits = NDArray[np.uint64]

_AT_ONCE = 1 << 16  # windows
_BETWEEN_CHECKS = 1 << 8  # windows looked at one by one
_ENOUGH = 1 << 20  # words, more than a window has


def phrases(words: Stretches, parts: int) -> NDArray[np.int64]:
    """Returns how often the parts stand one after another in each stretch. The bits of a word tell which it may be."""
    articles = len(words.starts)
    last = len(words.values) - parts + 1
    if last <= 0:
        return np.zeros(articles, np.int64)
    here = np.flatnonzero(words.values[:last] & np.uint64(1) != 0)
    for part in range(1, parts):
        here = here[(words.values[here + part] >> np.uint64(part)) & np.uint64(1) != 0]
    owners = words.owners(here)
    inside = owners == words.owners(here + parts - 1)
    return np.bincount(owners[inside], minlength=articles)


def together(
    words: Stretches, parts: int, slop: int, *, ordered: bool, check: Callable[[], object] = bool
) -> NDArray[np.int64]:
    """Counts the words of each stretch that begin a window, no longer than allowed, with a word for each part.

    ``check`` is called now and then, and may raise something.
    """
    at = words.places()
    owners = words.owners(at)
    bits = words.values[at]
    articles = len(words.starts)
    ends = np.minimum(
        np.searchsorted(at, at + (parts + slop)), np.searchsorted(owners, np.arange(1, articles + 1))[owners]
    )
    firsts = np.flatnonzero(ends - np.arange(len(at)) >= parts)
    find = _in_order if ordered else _in_any_order
    times = np.zeros(articles, np.int64)
    for start in range(0, len(firsts), _AT_ONCE):
        check()
        chunk = firsts[start : start + _AT_ONCE]
        low, high = int(chunk[0]), int(ends[chunk[-1]])
        found = chunk[find(bits[low:high], chunk - low, ends[chunk] - low, parts, check)]
        times += np.bincount(owners[found], minlength=articles)
    return times


def _in_order(bits: Bits, firsts: Indices, ends: Indices, parts: int, check: Callable[[], object]) -> Indices:
    """Which windows begin with the first part and have the others after it, in order: each where it comes first."""
    windows = np.flatnonzero(bits[firsts] & np.uint64(1) != 0)
    at = firsts[windows]
    for part in range(1, parts):
        places = np.flatnonzero(bits >> np.uint64(part) & np.uint64(1) != 0)
        following = np.searchsorted(places, at, side="right")
        there = np.flatnonzero(following < len(places))
        windows, at = windows[there], places[following[there]]
        inside = at < ends[windows]
        windows, at = windows[inside], at[inside]
    return windows


def _in_any_order(bits: Bits, firsts: Indices, ends: Indices, parts: int, check: Callable[[], object]) -> Indices:
    """Which windows have a word of its own for each part."""
    windows = np.arange(len(firsts))
    for part in range(parts):  # each must be there at all
        there = _counts(bits >> np.uint64(part) & np.uint64(1) != 0, firsts[windows], ends[windows]) > 0
        windows = windows[there]
    if parts == 2:
        return windows  # of which there are at least as many words
    is_ambiguous = _counts(bits & (bits - np.uint64(1)) != 0, firsts[windows], ends[windows]) > 0
    sure, open_ = windows[~is_ambiguous], windows[is_ambiguous]
    if len(open_):
        enough = _have_plenty(bits, firsts[open_], ends[open_], parts)
        sure = np.concatenate((sure, open_[enough]))
        open_ = open_[~enough]
    found = [sure]
    for start in range(0, len(open_), _BETWEEN_CHECKS):
        check()
        some = open_[start : start + _BETWEEN_CHECKS]
        fits = [
            _assigned(tuple(sorted(bits[first:end].tolist())), parts)
            for first, end in zip(firsts[some].tolist(), ends[some].tolist(), strict=True)
        ]
        found.append(some[np.array(fits, np.bool_)])
    return np.concatenate(found)


def _counts(marked: NDArray[np.bool_], firsts: Indices, ends: Indices) -> NDArray[np.int32]:
    """How many marked words each window has."""
    before = np.zeros(len(marked) + 1, np.int32)
    np.cumsum(marked, out=before[1:])
    counts: NDArray[np.int32] = before[ends] - before[firsts]
    return counts


def _have_plenty(bits: Bits, firsts: Indices, ends: Indices, parts: int) -> NDArray[np.bool_]:
    """Whether windows have so many words for each part that it does not matter which gets which.

    A part with a word that no other wants takes it. The others, those with the fewest words first, take one after
    another: that works out when the first has one, the second two, and so on.
    """
    counts = np.empty((len(firsts), parts), np.int32)
    for part in range(parts):
        bit = np.uint64(1 << part)
        own = _counts(bits == bit, firsts, ends)
        counts[:, part] = np.where(own > 0, _ENOUGH, _counts(bits & bit != 0, firsts, ends))
    counts.sort(axis=1)
    plenty: NDArray[np.bool_] = (counts >= np.arange(1, parts + 1)).all(axis=1)
    return plenty


@lru_cache(maxsize=1 << 12)
def _assigned(words: tuple[int, ...], parts: int) -> bool:
    """Whether each part can have a word of its own: augmenting paths, a word after another."""
    taken: dict[int, int] = {}  # part -> word

    def give(word: int, seen: set[int]) -> bool:
        for part in range(parts):
            if words[word] >> part & 1 and part not in seen:
                seen.add(part)
                if part not in taken or give(taken[part], seen):
                    taken[part] = word
                    return True
        return False

    for word in range(len(words)):
        give(word, set())
        if len(taken) == parts:
            return True
    return False
