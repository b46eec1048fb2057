"""The ten digits, as Persian and as Latin keyboards have them, and the way from one to the other."""

from __future__ import annotations

LATIN_DIGITS = "0123456789"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"

_TO_PERSIAN = str.maketrans(LATIN_DIGITS, PERSIAN_DIGITS)
_TO_LATIN = str.maketrans(PERSIAN_DIGITS, LATIN_DIGITS)


def persian_digits(text: str) -> str:
    """Returns the text with Persian digits for Latin ones.

    >>> persian_digits("1402/07")
    '۱۴۰۲/۰۷'
    """
    return text.translate(_TO_PERSIAN)


def latin_digits(text: str) -> str:
    """Returns the text with Latin digits for Persian ones. Arabic digits stay: they are folded with the letters.

    >>> latin_digits("۲۲ بهمن ۱۳۵۷")
    '22 بهمن 1357'
    """
    return text.translate(_TO_LATIN)
