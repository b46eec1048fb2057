"""Whether a query may be wrong, which is asked after every search, before anything is read that tells how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..query.plan import Word

ENOUGH = 5
"""Articles with all words of a query, from which on nothing is wrong with it."""

RARE = 3
"""Articles that may have a misprint, in an index of many."""


def may_be_wrong(query: str, words: Sequence[Word], found: int, frequency: Callable[[str], int]) -> bool:
    """Returns whether anything of a query may be wrong, which nothing of nearly all is: told without reading much.

    ``found`` articles have all its words; ``frequency`` tells how many have a lemma.
    """
    if len(words) > len(query.split()):  # a word was read as several
        return True
    if found >= ENOUGH:
        return False
    rarest = min((frequency(word.lemma) for word in words), default=RARE + 1)
    if rarest <= RARE:
        return True
    if query.isascii():
        from .keyboards import on_sign_keys

        return bool(on_sign_keys(query))
    return False
