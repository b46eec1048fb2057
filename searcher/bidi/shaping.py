"""Joins Persian letters for terminals that do not: each letter becomes the form it has beside its neighbours."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_ZWJ = "\N{ZERO WIDTH JOINER}"
_TATWEEL = "\N{ARABIC TATWEEL}"
_LAM = "\N{ARABIC LETTER LAM}"
# The forms in which a lam is joined to what follows it, and the form of the ligature it then makes with an alef.
_LIGATURE_OF_LAM = {
    "\N{ARABIC LETTER LAM INITIAL FORM}": "<isolated>",
    "\N{ARABIC LETTER LAM MEDIAL FORM}": "<final>",
}
# Forms that common fixed-width fonts lack (DejaVu Sans Mono among them), and what looks the same.
_REPLACED = {
    "\N{ARABIC LETTER HEH WITH YEH ABOVE ISOLATED FORM}": "\N{ARABIC LETTER HEH ISOLATED FORM}\N{ARABIC HAMZA ABOVE}",
    "\N{ARABIC LETTER HEH WITH YEH ABOVE FINAL FORM}": "\N{ARABIC LETTER HEH FINAL FORM}\N{ARABIC HAMZA ABOVE}",
}
_LAM_ALEF_FORMS = range(0xFEF5, 0xFEFD)  # eight ligatures of lam with the four alefs


@cache
def is_transparent(char: str) -> bool:
    """Returns whether letters join across the character: marks and format characters, but for ZWNJ and ZWJ.

    >>> is_transparent("\N{ARABIC FATHA}"), is_transparent(_ZWNJ), is_transparent("-")
    (True, False, False)
    """
    return char not in (_ZWNJ, _ZWJ) and unicodedata.category(char) in ("Mn", "Me", "Cf")


def shape(text: str) -> list[str]:
    """Returns for each character what is shown in its place: a joined form, the character itself, or nothing.

    Nothing is shown for ZWNJ and other format characters, which have done their work then, nor for the alef of a
    ligature, which is shown with its lam. A ZWJ between pictures stays, as it makes one of them.

    >>> shape("لا ب\N{ZERO WIDTH NON-JOINER}ب") == ["\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}", "", " ",
    ...     "\N{ARABIC LETTER BEH ISOLATED FORM}", "", "\N{ARABIC LETTER BEH ISOLATED FORM}"]
    True
    """
    shown = ["" if _is_format(char) and _is_done_with(text, place) else char for place, char in enumerate(text)]
    places = [place for place, char in enumerate(text) if not is_transparent(char)]
    joining = "".join(_TATWEEL if text[place] == _ZWJ else text[place] for place in places)
    forms = _reshaper().reshape(joining)
    if len(forms) != len(places):
        return shown
    previous = -1
    for place, form in zip(places, forms, strict=True):
        if text[place] not in (_ZWNJ, _ZWJ):
            shown[place] = _REPLACED.get(form, form)
        if previous >= 0 and text[previous] == _LAM:
            ligature = _lam_alef().get((_LIGATURE_OF_LAM.get(shown[previous], ""), text[place]))
            if ligature:
                shown[previous], shown[place] = ligature, ""
        previous = place
    return shown


def _is_done_with(text: str, place: int) -> bool:
    """Whether the format character there has had its effect: all have, but a ZWJ after anything but a letter."""
    return text[place] != _ZWJ or place == 0 or unicodedata.bidirectional(text[place - 1]) == "AL"


@cache
def _is_format(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@cache
def _reshaper() -> ArabicReshaper:
    """The reshaper, one form for each letter: we make the ligatures, as only we know which letters they take."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_ligatures": False})


@cache
def _lam_alef() -> dict[tuple[str, str], str]:
    """The ligature of lam with an alef, by the ligature's form and the alef."""
    ligatures = {}
    for code in _LAM_ALEF_FORMS:
        form, _, alef = unicodedata.decomposition(chr(code)).split()
        ligatures[form, chr(int(alef, 16))] = chr(code)
    return ligatures
