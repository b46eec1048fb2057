"""The letters Persian text is typed with, and the one table that folds them to the letters we index.

Arabic, Urdu, Kurdish and Pashto keyboards have their own code points for letters a Persian reader takes for the same.
Folding maps each to one Persian letter and drops what is only decoration: harakat, tatweel, bidi controls, and the
seat a hamza sits on. Folding works on one raw token at a time, so offsets into the text never move.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

ALEF = "\u0627"
ALEF_MADDA = "\u0622"
HAMZA = "\u0621"
HEH = "\u0647"
KEHEH = "\u06a9"
MEEM = "\u0645"
NOON = "\u0646"
TEH = "\u062a"
VAV = "\u0648"
YEH = "\u06cc"
BEH = "\u0628"
REH = "\u0631"

ZWNJ = "\u200c"
TATWEEL = "\u0640"

_HIGH_HAMZA = "\u0674"  # typed after a silent heh as the sign of the ezafe

RIAL_SIGN = "\ufdfc"  # a word in one sign

# Typed where a zero-width non-joiner belongs: zero-width space and joiner, the bidi marks that some keyboards put on
# the same key, the not sign and the soft hyphen of old code pages, and a stray byte-order mark.
ZWNJ_LOOKALIKES = "\u200b\u200d\u200e\u200f\u00ac\u00ad\ufeff\u2060"
BIDI_CONTROLS = "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# A letter and the code points that are read as it. Source: the Unicode code charts of the Arabic blocks (0600-06FF,
# 0750-077F, 08A0-08FF); the seats of hamza follow the Persian Academy's spelling rules, where the seat is spelling.
_LOOKALIKES = {
    ALEF: "أإٱٲٳٵݳݴ\u0870\u0871\u0872",
    VAV: "ؤٶٷۄۅۆۇۈۉۊۋݸݹ",
    YEH: "يىئېےۓۍێۑٸݵݶݷݺݻ\u063d\u063e\u063f\u0620\u08a8",
    HEH: "ةۀہۂۃەھۿ",
    KEHEH: "كڪګڬڭڮݢݣݤ",
    "\u06af": "ڰڱڲڳڴ",
    BEH: "ݐݑݒݓݔݕݖ\u08a0",
    TEH: "ټٺٽٹ",
    "\u062b": "ٿ",
    "\u062c": "ڄڃ",
    "\u0686": "ڿڇ",
    "\u062d": "ځڂڅ",
    "\u062f": "ڈډڊڋڌڍڎڏڐ",
    REH: "ڑڒړڔڕږڗۯ",
    "\u0698": "ڙ",
    "\u0633": "ښڛڜ",
    "\u0635": "ڝڞ",
    "\u0637": "ڟ",
    "\u0639": "ڠ",
    "\u0641": "ڡڢڣڤڥڦ",
    "\u0642": "ڧڨ",
    "\u0644": "ڵڶڷڸ",
    NOON: "ںڻڼڽڹ",
}
# A madda typed after its letter; and "Allah" in one sign, which has its alef, after one more.
_COMPOSED = {"\u0627\u0653": ALEF_MADDA, "\u0627\ufdf2": "\u0627\u0644\u0644\u0647"}


# The blocks whose characters are folded by table: Latin, accents typed after their letter, Arabic with its extensions,
# and general punctuation (for the controls in it); then the presentation forms and full-width Latin. Other scripts are
# folded one by one.
_FOLDED_BLOCKS = (
    (0x21, 0x24F),
    (0x300, 0x36F),
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x8A0, 0x8FF),
    (0x2000, 0x206F),
    (0xFB50, 0xFDFD),
    (0xFE70, 0xFF5E),
)


_FOREIGN = re.compile("[^\u0000-\u024f\u0600-\u06ff\u200c]")  # what is left of other blocks after the table
_PLAIN_LETTERS = (
    "\u0627\u0628\u067e\u062a-\u062c\u0686\u062d-\u0632\u0698\u0633-\u063a\u0641\u0642\u06a9\u06af\u0644-\u0648\u06cc"
)
_PLAIN_PART = f"[{ALEF_MADDA}{_PLAIN_LETTERS}][{_PLAIN_LETTERS}]*"
_PLAIN_WORD = re.compile(f"{_PLAIN_PART}(?:{ZWNJ}{_PLAIN_PART})*")
_ARABIC_YEH, _ARABIC_KAF = "\u064a", "\u0643"  # which half of all Persian text has instead of its own
_SMALL_LETTERS = "\u06e5\u06e6"  # small waw and yeh, written above like marks


def _is_dropped(char: str) -> bool:
    """Marks, format controls and tatweel carry no letter of their own."""
    return char in _SMALL_LETTERS + TATWEEL + HAMZA + _HIGH_HAMZA or unicodedata.category(char) in ("Mn", "Me", "Cf")


class _Folding(dict[int, str]):
    """What the code points of the blocks are folded to, each worked out when it is first met; all others stay."""

    def __missing__(self, code: int) -> str:
        if not any(first <= code <= last for first, last in _FOLDED_BLOCKS):
            raise KeyError(code)
        self[code] = folded = self._fold(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        if char == ZWNJ or char in ZWNJ_LOOKALIKES:
            return ZWNJ
        if _is_dropped(char):
            return ""
        if char.isdecimal():
            return str(unicodedata.decimal(char))
        plain = _plain(char)
        return char if plain == char else plain.translate(self)


@lru_cache(maxsize=1)
def _folding() -> _Folding:
    """The table of all that was met so far; the look-alikes are there from the start."""
    return _Folding({ord(char): letter for letter, lookalikes in _LOOKALIKES.items() for char in lookalikes})


def _plain(char: str) -> str:
    """A character in compatibility form, lower case, without accents: ﻻ to لا, É to e, Ａ to a."""
    if char == ALEF_MADDA:
        return char
    composed = unicodedata.normalize("NFKC", char)
    if ALEF_MADDA in composed:
        return composed.replace(" ", "")
    decomposed = unicodedata.normalize("NFKD", composed.casefold())
    return "".join(part for part in decomposed if unicodedata.category(part) != "Mn" and part != " ")


def fold(raw: str) -> str:
    """Returns one raw token in the letters we index: Persian ones, ASCII digits, lower case, ZWNJ between letters only.

    Alef with madda stays where it begins a word or a part of one, where it tells words apart (آستان, استان), and
    becomes alef inside it, where it is only spelling (قرآن, قران).

    >>> fold("كتـابهاي"), fold("مسؤول"), fold("١٤٠٣"), fold("ﻻزم")
    ('کتابهای', 'مسوول', '1403', 'لازم')
    """
    if raw.isascii():
        return raw.lower()
    return fold_plain(raw) or _fold_all(raw)


def fold_plain(raw: str) -> str:
    """Returns what `fold` makes of plain Persian letters but for the Arabic yeh and kaf, as in most words; else ''.

    >>> fold_plain("كتابهاي"), fold_plain("مسؤول")
    ('کتابهای', '')
    """
    text = raw.replace(_ARABIC_YEH, YEH).replace(_ARABIC_KAF, KEHEH)
    return sys.intern(text) if _PLAIN_WORD.fullmatch(text) else ""


def _fold_all(text: str) -> str:
    for typed, letter in _COMPOSED.items():
        if typed in text:
            text = text.replace(typed, letter)
    folded = text.translate(_folding())
    if _FOREIGN.search(folded):
        folded = _FOREIGN.sub(_fold_foreign, folded).translate(_folding())
    if ZWNJ in folded:
        folded = ZWNJ.join(filter(None, folded.split(ZWNJ)))
    if ALEF_MADDA in folded[1:]:
        folded = ZWNJ.join(fold_inner_madda(part) for part in folded.split(ZWNJ))
    return sys.intern(folded)


def _fold_foreign(match: re.Match[str]) -> str:
    """A letter of a script we have no table for, in plain lower case; marks and controls are dropped."""
    return "" if _is_dropped(match[0]) else _plain(match[0])


def fold_inner_madda(word: str) -> str:
    """Returns a word with its madda only where it begins."""
    return word[:1] + word[1:].replace(ALEF_MADDA, ALEF)


def join_parts(folded: str) -> str:
    """Returns a folded token without its ZWNJ: the spelling that scrapers leave, and the key all spellings share.

    >>> join_parts("دانش" + ZWNJ + "آموز")
    'دانشاموز'
    """
    if ZWNJ not in folded:
        return folded
    joined = folded.replace(ZWNJ, "")
    return fold_inner_madda(joined) if ALEF_MADDA in joined else joined
