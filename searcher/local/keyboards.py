"""Text typed on the wrong keyboard: what the same keys give on the Persian and on the English one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from khabarjoo.analyzers.digits import PERSIAN_DIGITS

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,"
_SHIFTED = "ASDFGHJCM"

# ISIRI 9147 (1386), the Iranian standard: Windows' "Persian (Standard)", macOS, Linux and phones.
_STANDARD = dict(zip(_KEYS, "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو", strict=True))
_STANDARD_SHIFTED = dict(zip(_SHIFTED, "ؤئيإأآةژء", strict=True))

# The older layout of Windows, called "Persian", where it differs; its peh is on the key that the board at hand has.
_OLDER = {"m": "ئ", "\\": "پ", "`": "پ"}
_OLDER_SHIFTED = {"G": "ۀ", "H": "آ", "C": "ژ", "Z": "ة", "X": "ي", "V": "ؤ", "B": "إ", "N": "أ", "M": "ء"}

# What many boards have printed on them, and some drivers go by.
_PRINTED = {"m": "ئ", "`": "پ", "\\": "ژ"}

_SIGN_KEYS = re.compile(r"(?<!\S)(?=\S*[A-Za-z])(?=\S*[\[\];',\\`])[A-Za-z\[\];',\\`]+(?!\S)")

LAYOUTS = (
    {**_STANDARD, **_STANDARD_SHIFTED},
    {**_STANDARD, **_OLDER, **_OLDER_SHIFTED},
    {**_STANDARD, **_PRINTED, **_OLDER_SHIFTED},
)
"""Latin characters of the keys to the Persian ones on them, layout by layout."""


def persian_for(typed: str) -> Iterator[str]:
    """Yields what the keys of a Latin text give on Persian keyboards, one reading after another.

    >>> list(persian_for("hdvhk"))
    ['ایران']
    """
    for text in dict.fromkeys((typed, typed.lower())):
        found = dict.fromkeys("".join(keys.get(char, "") for char in text) for keys in LAYOUTS if _has_all(keys, text))
        yield from found


def on_sign_keys(query: str) -> list[tuple[int, int]]:
    """Returns where in a query words stand that keys of Latin letters and of signs were pressed for.

    >>> on_sign_keys("nvs [ihk'dvd"), on_sign_keys("hello world"), on_sign_keys("a/b c")
    ([(4, 12)], [], [])
    """
    return [match.span() for match in _SIGN_KEYS.finditer(query)]


def latin_for(typed: str) -> Iterator[str]:
    """Yields what the keys of a Persian text give on the English keyboard, in small letters, one reading after another.

    >>> list(latin_for("لخخلمث")), list(latin_for("ئهزقخسخبف"))
    (['google'], ['sicrosoft', 'microsoft'])
    """
    found = ("".join(keys.get(char, "") for char in typed) for keys in _reversed() if _has_all(keys, typed))
    yield from (latin for latin in dict.fromkeys(found) if latin.isalnum())


def _has_all(keys: dict[str, str], text: str) -> bool:
    return all(char in keys for char in text)


@lru_cache(maxsize=1)
def _reversed() -> tuple[dict[str, str], ...]:
    """Persian letters and digits to the keys they are on, small letters first; Arabic yeh and kaf as Persian ones."""
    arabic = {"ي": "d", "ك": ";"}
    digits = {digit: str(number) for number, digit in enumerate(PERSIAN_DIGITS)}
    return tuple(digits | {letter: key.lower() for key, letter in reversed(keys.items())} | arabic for keys in LAYOUTS)
