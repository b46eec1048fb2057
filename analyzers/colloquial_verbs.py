"""Verb forms as they are spoken and typed: میره for می‌رود, می‌دونن for می‌دانند, اومدین for آمدید.

Spoken Persian conjugates as the written language does, with a few endings of its own, and with stems that are shorter
or sound otherwise. Both are tables here (sources: the chapters on the colloquial language in grammars of Persian, and
the list of spoken stems that hazm ships, MIT). `verbs` asks for what none of its own forms explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .lexicon import SpokenStems
from .normalizer import ALEF, NOON, VAV

_AAN, _OON = ALEF + NOON, VAV + NOON

_WRITTEN_TOO = ("م", "ی", "یم", "ید")  # endings that the written language has as well
_SPOKEN = ("ه", "ن", "ین")  # رود: ره, روند: رن, روید: رین
PRESENT_ENDINGS = (*_WRITTEN_TOO, *_SPOKEN, "ند")
"""What present stems end in that are spoken otherwise than they are written."""

_AFTER_VOWEL = ("م", "ی", "د", "ن", "یم", "ین", "ید")  # میاد, بخوان
_PAST = ("", "م", "ی", "ن", "یم", "ین", "ید", "ند")
_PERFECT = ("ه", "هام", "های", "هایم", "هاید", "هاین", "هاند", "هان", "هاست")
SPOKEN_ENDINGS = ("ین", "هاین", "هان")
"""What forms without a prefix end in that have a past stem as it is written."""
_OBJECTS = ("شون", "مون", "تون", "شان", "مان", "تان", "ش", "م", "ت")
_LAST_OF_OBJECTS = frozenset(pronoun[-1] for pronoun in _OBJECTS)

# Present stems that are spoken otherwise than by rule.
_PRESENT_STEMS = {
    "ر": "رفت", "گ": "گفت", "د": "داد", "ش": "شد", "ذار": "گذاشت", "زار": "گذاشت", "یار": "آورد", "شین": "نشست",
    "وایست": "ایستاد", "وایس": "ایستاد", "نداز": "انداخت", "شور": "شست", "فرس": "فرستاد",
}  # fmt: skip
_VOWEL_STEMS = {"یا": "آمد", "خوا": "خواست", "خا": "خواست"}
_AFTER_MI = {"ار": "آورد"}  # میارم, میاد; after ب and ن these begin with yeh
_VOWEL_AFTER_MI = {"ا": "آمد", "آ": "آمد"}
_VOWELS = (ALEF, VAV)
# Past stems likewise.
_PAST_STEMS = {
    "اومد": "آمد", "ومد": "آمد", "ذاشت": "گذاشت", "زاشت": "گذاشت", "نداخت": "انداخت",
    "وایستاد": "ایستاد", "وایساد": "ایستاد", "واستاد": "ایستاد", "شیکست": "شکست",
}  # fmt: skip
_ALONE = ("دار", "باش", "کن")  # written present stems with forms that need no prefix
_STARTS_ALONE = (*_ALONE, "خوا")
_NO_VERBS = ("است", "هست")
INVARIABLE = {
    **dict.fromkeys("هستین هستن هسن هس نیستین نیستن نیس".split(), "هست#است"),
    **dict.fromkeys("میباس میباست".split(), "بایست"),
}
"""Forms that are found as they are, and the past stem, or the lemma, of each."""


class SpokenVerbs:
    """Finds the verb of a spoken form without its prefixes, as the past stem that the written language gives it."""

    def __init__(self, pasts: Iterable[str], presents: Mapping[str, str], listed: Iterable[SpokenStems]) -> None:
        self._written_pasts = frozenset(pasts).difference(_NO_VERBS)
        self._written_presents = presents
        self._presents: dict[str, str] = {}
        for stem, past in presents.items():  # the commoner verb first
            if (spoken := _spoken_an(stem)) != stem:
                self._presents.setdefault(spoken, past)
        self._pasts = {_spoken_an_in(past): past for past in self._written_pasts if _spoken_an_in(past) != past}
        for stem, past in listed:
            if len(stem) > 2 and stem not in presents and stem not in _VOWEL_STEMS and past in self._written_pasts:
                self._presents.setdefault(stem, past)
        self._presents.update(_PRESENT_STEMS)
        self._pasts.update(_PAST_STEMS)
        self._starts_of_pasts = frozenset(stem[:3] for stem in self._pasts)
        self.starts = self._starts_of_pasts.union(_STARTS_ALONE)
        self.first = frozenset(stem[:2] for stem in (*self._presents, *self._pasts, *_VOWEL_STEMS))

    def present(self, form: str, *, imperative: bool) -> str | None:
        """Returns the verb of a present form after می; if ``imperative``, after ب and ن, where a stem stands alone too.

        >>> SpokenVerbs((), {"رو": "رفت"}, ()).present("رن", imperative=False)
        'رفت'
        """
        if imperative and len(form) > 1 and (past := self._presents.get(form)):
            return past
        for stem, ending in _splits(form, _ENDINGS_OF_PRESENT):
            past = self._presents.get(stem) or (None if imperative else _AFTER_MI.get(stem))
            if past and ending in PRESENT_ENDINGS and (len(stem) > 1 or ending != "ند"):
                return past
            vowel = _VOWEL_STEMS.get(stem) or (None if imperative else _VOWEL_AFTER_MI.get(stem))
            if vowel and ending in _AFTER_VOWEL:
                return vowel
            if ending in _SPOKEN and not stem.endswith(_VOWELS) and (past := self._written_presents.get(stem)):
                return past
        return None

    def alone(self, form: str) -> str | None:
        """Returns the verb of a present form without a prefix, of those said so alone (داره, باشه, کنن, خوام)."""
        if not form.startswith(_STARTS_ALONE):
            return None
        for stem, ending in _splits(form, _ENDINGS_OF_PRESENT):
            if ending in _SPOKEN and stem in _ALONE and (past := self._written_presents.get(stem)):
                return past
            if ending in _AFTER_VOWEL and stem == "خوا":
                return _VOWEL_STEMS[stem]
        return None

    def past(self, form: str, *, prefixed: bool) -> str | None:
        """Returns the verb of a past or perfect form; if ``prefixed`` also of infinitives without their می or ن."""
        if form[:3] not in self._starts_of_pasts and not form.endswith(NOON if prefixed else SPOKEN_ENDINGS):
            return None
        for stem, ending in ((form, ""), *_splits(form, _ENDINGS_OF_PAST)):
            if past := self._pasts.get(stem):
                if ending in _PAST and (ending != NOON or prefixed or stem in _PAST_STEMS) or ending in _PERFECT:
                    return past
            elif stem in self._written_pasts and (ending in SPOKEN_ENDINGS or prefixed and ending == NOON):
                return stem
        return None

    def without_object(self, form: str) -> Iterator[str]:
        """Yields the forms left when a pronoun is taken off that says whom or what (ببینمت, میبردشون)."""
        for pronoun in _OBJECTS if form[-1:] in _LAST_OF_OBJECTS else ():
            if form.endswith(pronoun) and len(form) > len(pronoun) + 2:
                yield form[: -len(pronoun)]


def _by_last_letter(endings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Endings by their last letter, the shortest first."""
    ordered = sorted({*endings} - {""}, key=len)
    return {last: tuple(ending for ending in ordered if ending[-1] == last) for last in {e[-1] for e in ordered}}


_ENDINGS_OF_PRESENT = _by_last_letter((*PRESENT_ENDINGS, *_AFTER_VOWEL))
_ENDINGS_OF_PAST = _by_last_letter((*_PAST, *_PERFECT, *SPOKEN_ENDINGS))


def _splits(form: str, endings: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """A form cut before each of the endings that it has, the longest stem first."""
    return [
        (form[: -len(ending)], ending)
        for ending in endings.get(form[-1:], ())
        if form.endswith(ending) and len(form) > len(ending)
    ]


def _spoken_an(stem: str) -> str:
    """A present stem with its last -an spoken -un; the vav of خوان and توان is not written twice."""
    if not stem.endswith(_AAN) or len(stem) < 3:
        return stem
    return stem[: -3 if stem[-3] == VAV and len(stem) > 3 else -2] + _OON


def _spoken_an_in(past: str) -> str:
    """A past stem with the -an before its end spoken -un (خواند: خوند, دانست: دونست)."""
    for end in ("د", "ید", "ست"):
        if past.endswith(_AAN + end) and len(past) > len(end) + 2:
            return _spoken_an(past[: -len(end)]) + end
    return past
