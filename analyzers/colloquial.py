"""Nouns and adjectives as they are spoken and typed: کتابا for کتاب‌ها, خونه‌مون for خانه‌مان, عالیه for عالی است.

Only words that the written language does not explain are read here. What is spoken differs in three ways, each a table:
its endings, the vowel -an, which is spoken -un, and words of its own, which the lexicon marks as spoken. Whatever is
cut or changed, the lexicon must know what is left as a common word of the written language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from .lexicon import Entry, Kind, Lexicon
from .normalizer import ALEF, ALEF_MADDA, HEH, MEEM, NOON, VAV

_WRITTEN_PERSONS = ("مان", "تان", "شان")
_SPOKEN_PERSONS = ("مون", "تون", "شون")
_PERSONS = ("م", "ت", "ش", *_WRITTEN_PERSONS, *_SPOKEN_PERSONS)
_LINKS = ("", "ه", "و", "م")  # nothing, is, the object marker, also
_NEVER = 99  # a weight that no word has
_THAT = "اون"  # آن, at the beginning of words as well (اونجا, اونقدر)
_SURE_OF_AN = 20  # the weight of a word with -an that one with -un is read as, and where an ending tells more
_SURE_BEFORE_ENDING = 20
_QUALITY = Kind.ADJECTIVE | Kind.ADVERB
_NOMINAL = Kind.NOUN | _QUALITY | Kind.NUMBER
_LONG_VOWELS = ALEF + VAV
_REPEATED = re.compile(r"(\w)\1{2,}")
_VERBAL = "تد"  # with such an end and ه or ن a word is a participle or an infinitive (برداشته, قراردادن)
_PRONOUN = 26  # the weight from which a word of function carries endings: خود, همه, این


class _Ending(NamedTuple):
    """What a spoken ending asks of the word before it.

    The word must be of one of ``kinds``; ``two``, ``three`` and ``more`` are the least weights of words of that many
    letters. ``heh`` tells that a silent heh may be swallowed (خانوادتون), ``listed`` that the ending is cut
    from words that a dictionary has too, if without frequency.
    """

    kinds: int
    more: int
    three: int = _NEVER
    two: int = _NEVER
    heh: bool = False
    listed: bool = False


_PLURAL = _Ending(Kind.NOUN, more=18, three=22)
_OWNED = _Ending(_NOMINAL, more=14, three=18, two=24, heh=True)
_OBJECT = _Ending(Kind.NOUN, more=18, three=18, two=24)
_ENDINGS = {
    **dict.fromkeys(map("".join, product(("ا",), ("", "ی", "یی", *_PERSONS), ("", "و"))), _PLURAL),
    **dict.fromkeys(map("".join, product(("ها", ""), _SPOKEN_PERSONS, _LINKS)), _OWNED),
    **dict.fromkeys(map("".join, product(("ها",), ("م", "ت", "ش", *_WRITTEN_PERSONS), ("", "و"))), _OWNED),
    **dict.fromkeys(map("".join, product(("ها", ""), _WRITTEN_PERSONS, _LINKS[1:])), _OBJECT),
    **dict.fromkeys(("مو", "تو", "شو", "هارو", "هامو", "هاتو", "هاشو"), _OBJECT),
    **dict.fromkeys(("مه", "ته", "شه"), _Ending(Kind.NOUN, more=22, three=22)),
    "ت": _Ending(Kind.NOUN, more=_NEVER, heh=True),
    "س": _Ending(_QUALITY, more=22),
    "و": _Ending(Kind.NOUN, more=22),
}
_IS = (_Ending(_QUALITY, more=19, three=19, listed=True), _Ending(Kind.NOUN, more=23))  # the ending ه
# The endings that last letters are, none for those that only end one. What is not here ends none, nor do more letters.
_TAILS: dict[str, tuple[_Ending, ...]] = {
    **{ending[-size:]: () for ending in _ENDINGS for size in range(1, len(ending))},
    **{letters: (ending,) for letters, ending in _ENDINGS.items()},
    HEH: _IS,
}


_SWALLOWED = _Ending(Kind.NOUN, more=20, three=_NEVER)


class SpokenWords:
    """Finds the written word of a spoken one. Words are given folded and without ZWNJ."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, word: str, listed: int = 0) -> str | None:
        """Returns the written word that a spoken form is of, without its endings, or None.

        Where ``listed`` is not 0, dictionaries have the word, if without frequency, so it must be surely a spoken one.

        >>> from .lexicon import default_lexicon
        >>> spoken = SpokenWords(default_lexicon())
        >>> [spoken.find(word) for word in ("کتابامون", "کتابو", "زیباس", "کتاب")]
        ['کتابها', 'کتاب', 'زیبا', None]
        """
        if len(word) < 3:
            return None
        if base := self._written(word, _SURE_OF_AN):
            return base
        if word[-1] in _TAILS and (base := self._without_ending(word, listed)):
            return base
        if not listed and _REPEATED.search(word):
            for once in (r"\1", r"\1\1"):
                if base := self._plain(_REPEATED.sub(once, word)):
                    return base
        return None

    def _plain(self, word: str) -> str | None:
        """A word, or what it is the spoken form of, if the lexicon surely has it."""
        entry = self._lexicon.get(word)
        return word if entry and entry.kind & Kind.TRUSTED else self._written(word, _SURE_OF_AN)

    def _written(self, word: str, least: int) -> str | None:
        """The written word of a spoken one that has no ending."""
        entry = self._lexicon.get(word)
        if entry and entry.kind & Kind.SPOKEN:
            return entry.lemma
        if word[0] == ALEF and word.startswith(_THAT):
            that = self._lexicon.get(ALEF_MADDA + NOON + word[len(_THAT) :])
            if that and that.kind & Kind.FUNCTION:
                return ALEF_MADDA + NOON + word[len(_THAT) :]
        for written in _with_an(word) if VAV in word[-3:] else ():
            entry = self._lexicon.get(written)
            if entry and entry.kind & Kind.TRUSTED and not entry.kind & Kind.PLURAL and entry.weight >= least:
                return written
        return None

    def _without_ending(self, word: str, listed: int) -> str | None:
        get = self._lexicon.get
        for size in range(1, len(word) - 1):
            letters, stem = word[-size:], word[:-size]
            endings = _TAILS.get(letters)
            if endings is None:
                return None
            if not endings or not _fits(stem, letters):
                continue
            entry, with_heh = get(stem), get(stem + HEH) if endings[0].heh else None
            for ending in endings:
                if listed and not ending.listed:
                    continue
                if entry and _carries(entry, len(stem), ending):
                    swallowed = ending.heh and size > 1 and with_heh and with_heh.weight > entry.weight
                    return stem + HEH if swallowed else stem
                if len(stem) < 3:
                    continue
                if (
                    ending.heh
                    and with_heh
                    and _carries(with_heh, len(stem) + 1, _SWALLOWED)
                    and not (entry and entry.kind & Kind.TRUSTED)
                ):
                    return stem + HEH
                if (size > 1 or letters in (ALEF, HEH)) and (written := self._written(stem, _SURE_BEFORE_ENDING)):
                    return written
        return None


def _carries(base: Entry, length: int, ending: _Ending) -> bool:
    """Whether a word of some letters can have an ending."""
    kind, weight = base.kind, base.weight
    if not kind & Kind.TRUSTED or not kind & ending.kinds or kind & Kind.FUNCTION and weight < _PRONOUN:
        return False
    return weight >= (ending.more if length > 3 else ending.three if length == 3 else ending.two)


def _fits(stem: str, letters: str) -> bool:
    """Whether an ending can stand after the last letter of a stem."""
    last = stem[-1]
    if letters[0] == ALEF:
        return last not in _LONG_VOWELS and last != HEH
    if letters == "س":
        return last in _LONG_VOWELS
    if letters in ("ه", "ن"):
        return last not in ALEF + HEH + (_VERBAL if letters == "ن" or len(stem) > 4 else "")
    return letters != VAV or last not in ALEF + HEH


def _with_an(word: str) -> Iterator[str]:
    """The written words that one with -un or -um may be the spoken form of (خیابون, آروم)."""
    if word.endswith("وم"):
        yield word[:-2] + ALEF + MEEM
    for end in ("ون", "ونه", "ونی"):
        if word.endswith(end) and len(word) > len(end) + 1:
            yield word[: -len(end)] + ALEF + end[1:]
