"""Cutting text into raw tokens. The text itself is never changed, so offsets are the article's own.

A raw token is a run of one kind: a word in Arabic script with the marks, tatweel and ZWNJ typed inside it; a word in
any other script; a number with its decimal or thousands signs; or one mark of punctuation, which makes no term but
keeps the words on its two sides from being read as one.
"""

from __future__ import annotations

import re

from .normalizer import BIDI_CONTROLS, RIAL_SIGN, TATWEEL, ZWNJ, ZWNJ_LOOKALIKES

# Letters of the Arabic blocks and their presentation forms; digits (0660-0669, 06F0-06F9) and punctuation are not, nor
# are blessings in one sign (FDFA, FDFB), which are typed close to a name and are no part of it.
_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufdfc\ufe70-\ufefc"
)
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
_INSIDE = _MARKS + TATWEEL + ZWNJ + ZWNJ_LOOKALIKES + BIDI_CONTROLS
_JOINER = "\u200d"  # keeps the letter of an abbreviation in its joined shape (ه‍.ش)
_THOUSANDS = ",\u066c\u060c"
_DECIMAL = ".\u066b"

LONGEST_TOKEN = 200
"""Letters of a token; what is longer is no word, and is cut there."""

# A word, or letters with a dot after each (ج.ا.ا): told apart after the first letter, so that no text is tried twice.
_ABBREVIATED = rf"(?:\.[{_LETTERS}](?![{_LETTERS}{_INSIDE}]))+\.?"
_WORD = rf"[{_LETTERS}][{TATWEEL}{_JOINER}]?(?:[{_LETTERS}{_INSIDE}]{{1,{LONGEST_TOKEN}}}|{_ABBREVIATED})?"
# A decimal with a slash, as Persian types it (۶/۲): short, and not part of a date, which has two.
_SLASHED = r"(?<![\d/])\d{1,3}/\d{1,2}(?![\d/]|[^\W_])"
_NUMBER = (
    rf"{_SLASHED}|"
    rf"\d{{1,3}}(?:[{_THOUSANDS}]\d{{3}})+(?:[{_DECIMAL}]\d+)?(?![\d])|\d++(?:[{_DECIMAL}]\d++){{0,7}}+(?![^\W\d_])"
)
_INITIALS = r"[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"
_OTHER = rf"[^\W_{_LETTERS}\ufdfa\ufdfb](?:[^\W_{_LETTERS}\ufdfa\ufdfb]|[\u0300-\u036f]){{0,{LONGEST_TOKEN}}}"
_BLESSINGS = "\ufdfa\ufdfb"
_BARRIER = rf"[{_BLESSINGS}]|[^\s\w{_INSIDE}]"

# Nearly every token is a word that begins with two letters, so that is tried first.
_COMMON_WORD = rf"[{_LETTERS}]{{2}}[{_LETTERS}{_INSIDE}]{{0,{LONGEST_TOKEN}}}+"

RAW_TOKEN = re.compile(f"{_COMMON_WORD}|{_WORD}|{_NUMBER}|{_INITIALS}|{_OTHER}|{_BARRIER}")
"""Finds raw tokens and barriers in order; everything it passes over is space, underscore or loose marks."""

_NUMBER_ONLY = rf"\d+(?:[{_THOUSANDS}{_DECIMAL}/]\d+)*\Z"
_THOUSANDS_SIGN = f"[{_THOUSANDS}]"


def is_barrier(raw: str) -> bool:
    """Returns whether a raw token is punctuation: no term, and no word is read across it."""
    return len(raw) == 1 and raw != RIAL_SIGN and (raw in _BLESSINGS or not raw.isalnum())


def plain_number(raw: str) -> str | None:
    """Returns a raw number without thousands signs and with a point for the decimal, or None for what is no number.

    >>> plain_number("۱۲٬۰۰۰"), plain_number("۳٫۵"), plain_number("۳/۵"), plain_number("قم")
    ('12000', '3.5', '3.5', None)
    """
    if not raw[:1].isdecimal() or not re.match(_NUMBER_ONLY, raw):
        return None
    digits = re.sub(_THOUSANDS_SIGN, "", raw).replace("\u066b", ".").replace("/", ".")
    return "".join("." if char == "." else str(int(char)) for char in digits)
