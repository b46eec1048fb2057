"""Copies of a hit in words: how many others tell the same, and which outlets, the first to publish first."""

from __future__ import annotations

from collections.abc import Sequence

from ..clean import one_line
from ..results import Copy
from .moments import in_digits

_SEPARATOR = "، "


def copies_in_words(copies: Sequence[Copy], digits: str = "persian") -> str:
    """How many copies there are and who published them, in order of publication; '' when there are none.

    ``digits`` are ``persian`` or ``latin``; ``mixed`` is Persian here.

    >>> copies_in_words([Copy("m1", "مهر", None), Copy("f1", "فارس", None), Copy("f2", "فارس", None)])
    '۳ نسخهٔ دیگر: مهر، فارس'
    """
    if not copies:
        return ""
    count = in_digits(str(len(copies)), "latin" if digits == "latin" else "persian")
    names = dict.fromkeys(name for copy in copies if (name := one_line(copy.source).strip()))
    return f"{count} نسخهٔ دیگر" + (f": {_SEPARATOR.join(names)}" if names else "")
