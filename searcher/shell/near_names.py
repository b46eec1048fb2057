"""Names like one that was typed and is none: what "did you mean" says."""

from __future__ import annotations

from collections.abc import Iterable

from ..query.keywords import spelled

_SHARE = 0.4  # of the letters of a name may be other than those typed


def nearest(typed: str, names: Iterable[str]) -> str:
    """Returns the name most like what was typed, of equals the first; '' when none is much like it.

    A name that begins with what was typed is like it, however long it is.

    >>> nearest("expalin", ["export", "explain"]), nearest("tim", ["until", "timeline"]), nearest("xyz", ["until"])
    ('explain', 'timeline', '')
    """
    from rapidfuzz.distance import OSA

    wanted = spelled(typed.strip())
    if not wanted:
        return ""
    best, least = "", 1.0
    for name in names:
        key = spelled(name)
        if len(wanted) > 1 and key.startswith(wanted):
            share = 0.0
        else:
            share = OSA.distance(wanted, key) / max(len(wanted), len(key), 1)
        if share <= _SHARE and share < least:
            best, least = name, share
    return best
