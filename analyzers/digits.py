"""The ten digits, as Persian and as Latin keyboards have them, and the way from one to the other."""

from __future__ import annotations

LATIN_DIGITS = "0123456789"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"

_TO_PERSIAN = str.maketrans(LATIN_DIGITS, PERSIAN_DIGITS)
_MARKS = str.maketrans(",.", "٬٫")
_TO_LATIN = str.maketrans(PERSIAN_DIGITS, LATIN_DIGITS)


def persian_digits(text: str) -> str:
    """Returns the text with Persian digits for Latin ones.

    >>> persian_digits("1402/07")
    '۱۴۰۲/۰۷'
    """
    return text.translate(_TO_PERSIAN)


def persian_number(text: str) -> str:
    """Returns a printed number as Persian prints it, with its marks of thousands and of decimals.

    >>> persian_number("12,345.6")
    '۱۲٬۳۴۵٫۶'
    """
    return persian_digits(text).translate(_MARKS)


def figure(number: int, language: str = "fa") -> str:
    """Returns a whole number as ``fa`` or ``en`` prints it, thousands apart.

    >>> figure(12345), figure(12345, "en")
    ('۱۲٬۳۴۵', '12,345')
    """
    return persian_number(f"{number:,}") if language == "fa" else f"{number:,}"


def latin_digits(text: str) -> str:
    """Returns the text with Latin digits for Persian ones. Arabic digits stay: they are folded with the letters.

    >>> latin_digits("۲۲ بهمن ۱۳۵۷")
    '22 بهمن 1357'
    """
    return text.translate(_TO_LATIN)
