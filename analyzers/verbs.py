"""Verb forms: from any form of a conjugation to the verb's infinitive.

A Persian verb has two stems, past (رفت) and present (رو), and forms are prefix + stem + personal ending:
می‌روم, نرفته‌اند, بروید. The stems come from the lexicon; the affixes are the tables below (source: the conjugation
chapters of any Persian school grammar). A form is looked up by trying every prefix and ending that fits, which needs
no list of the 200,000 forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .chars import ALEF, ALEF_MADDA, BEH, HEH, NOON, VAV, YEH, fold_inner_madda
from .lexicon import VerbStems

# Personal endings by their number of letters.
_PRESENT_ENDINGS = ((1, ("م", "ی", "د")), (2, ("یم", "ید", "ند")))
_PAST_ENDINGS = ((0, ("",)), (1, ("م", "ی")), (2, ("یم", "ید", "ند")))
_PARTICIPLE_ENDINGS = ("", "ام", "ای", "ایم", "اید", "اند", "است")
_ENCLITICS = ("ش", "م", "ت", "شان", "مان", "تان")

_IMPERFECTIVE = ("نمی", "همی", "می")
_PREVERBS = ("بر", "در", "باز", "فرا", "فرو", "وا", "ور")

# The verbs news is made of, commonest first. They settle what a bare form means when other words share its letters
# (شد, کرد, کند) and which verb owns a stem that two have (کش: کشیدن, کشتن). Compiled for this project.
COMMON_VERBS = (
    "کرد شد داد داشت گفت بود رفت گرفت آمد آورد خواست توانست یافت رسید زد دید ساخت گذاشت برد خورد ماند نمود افزود پرداخت "
    "دانست رساند گشت گذشت خواند نوشت انداخت افتاد فرستاد پذیرفت شناخت کشید شنید فروخت خرید نشست ایستاد ریخت شکست پیوست "
    "آموخت ورزید کوشید بخشید انجامید سپرد گسترد افراشت آزمود آفرید برید بست پرسید پوشید پیمود تاخت ترسید جنگید جوشید "
    "چرخید خندید خوابید دوید درخشید راند ربود روید رقصید زیست سنجید سوخت ستود سرود شتافت شست فرمود فهمید کاست کاشت کشت "
    "کوبید گرداند گرایید گریخت گزید گذراند گنجید لرزید مرد نامید نگریست نواخت نهاد نشاند وزید بارید باخت پخت تابید "
    "اندیشید انگیخت اندوخت پراکند پرورد چید خاست خشکید دوخت زدود شکافت شمرد فرسود گشود گماشت نگاشت نالید نوشید یازید"
).split()

_BE = "هستن"
_COPULA = dict.fromkeys(
    "است هست هستم هستی هستیم هستید هستند نیست نیستم نیستی نیستیم نیستید نیستند اند استند".split(), _BE
)


# Bare forms of common verbs that news writes as nouns far more often (a meeting, a purchase, a defeat, the past), and
# one that another word's letters would win.
NOUN_FIRST = frozenset(
    "نشست خرید ساخت پرداخت برداشت برخورد شکست بازداشت بازگشت شناخت نهاد کشت دریافت درگذشت گذشت پیوست سرود کاشت "
    "گذشته داده خواسته نوشته بسته کشته رشته یافته ساخته گذشته شکسته بازمانده وابسته شایسته بایسته برجسته دسته هسته".split()
)
VERB_FIRST = frozenset(["کند"])


class VerbForm(NamedTuple):
    """A form read as a verb's: its infinitive, and whether a prefix leaves no doubt that it is a verb."""

    infinitive: str
    certain: bool


class Verbs:
    """Finds the infinitive of verb forms written without ZWNJ."""

    def __init__(self, stems: Iterable[VerbStems]) -> None:
        self._rank = {past + NOON: place for place, past in enumerate(COMMON_VERBS)}
        self._past: dict[str, str] = {}
        self._present: dict[str, str] = {}
        for verb in sorted(stems, key=lambda verb: self._rank_of(verb.past + NOON)):
            self._past.setdefault(verb.past, verb.past + NOON)
            for present in _written_stems(verb.present):
                self._present.setdefault(present, verb.past + NOON)

    def _rank_of(self, infinitive: str) -> int:
        return self._rank.get(infinitive, len(self._rank))

    def is_common(self, infinitive: str) -> bool:
        """Whether the verb is one of those news is made of."""
        return infinitive in self._rank

    def is_past_stem(self, word: str) -> bool:
        """Whether the word is some verb's past stem (رفت)."""
        return word in self._past

    def is_present_stem(self, word: str) -> bool:
        """Whether the word is some verb's present stem (رو), which makes compounds (پیاده‌رو)."""
        return word in self._present

    def participle(self, word: str) -> str | None:
        """The infinitive of a past participle (رفته), or None."""
        return self._past.get(word[:-1]) if word.endswith(HEH) else None

    def find(self, word: str) -> VerbForm | None:
        """The verb a form belongs to, or None; of several, the commonest.

        Certain forms carry می, or a negation or the be- of the subjunctive before a common verb.
        """
        if infinitive := _COPULA.get(word):
            return VerbForm(infinitive, certain=True)
        bare = self._commonest(self._bare(word))
        if bare and self.is_common(bare):
            return VerbForm(bare, certain=False)
        if form := self._marked(word):
            return form
        for preverb in _PREVERBS:
            if word.startswith(preverb):
                rest = word[len(preverb) :]
                form = self._marked(rest) or VerbForm(self._commonest(self._joined_bare(rest)) or "", certain=False)
                if self.is_common(form.infinitive):
                    return VerbForm(preverb + fold_inner_madda(form.infinitive), form.certain)
        return VerbForm(bare, certain=False) if bare else None

    def _marked(self, word: str) -> VerbForm | None:
        if infinitive := self._commonest(self._imperfective(word)):
            return VerbForm(infinitive, certain=True)
        if infinitive := self._commonest(self._prefixed(word)):
            return VerbForm(infinitive, certain=self.is_common(infinitive))
        return None

    def _joined_bare(self, word: str) -> Iterator[str]:
        for form in _with_madda(word):
            yield from self._bare(form)

    def _commonest(self, infinitives: Iterable[str]) -> str | None:
        return min(infinitives, key=self._rank_of, default=None)

    def _imperfective(self, word: str) -> Iterator[str]:
        for prefix in _IMPERFECTIVE:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                for form in _with_madda(word[len(prefix) :]):
                    yield from self._bare(form)
                    for enclitic in _ENCLITICS:
                        if form.endswith(enclitic) and len(form) > len(enclitic) + 2:
                            yield from self._bare(form[: -len(enclitic)])

    def _prefixed(self, word: str) -> Iterator[str]:
        if len(word) < 3 or word[0] not in (NOON, BEH):
            return
        negative = word[0] == NOON
        rest = word[1:]
        if rest[0] == YEH:  # نیامد، بیاورد، بیندازد، نیفتاد
            after = rest[1:]
            forms = (rest, *_with_madda(after)) if after.startswith(ALEF) else (rest, ALEF + after)
        else:
            forms = (rest,)
        for form in forms:
            yield from self._of_present(form, imperative=not negative)
            if negative:
                yield from self._of_past(form)

    def _bare(self, word: str) -> Iterator[str]:
        yield from self._of_past(word)
        yield from self._of_present(word, imperative=False)

    def _of_past(self, word: str) -> Iterator[str]:
        past = self._past
        for size, endings in _PAST_ENDINGS:
            stem = word[:-size] if size else word
            if stem in past and word[len(stem) :] in endings:
                yield past[stem]
        heh = word.rfind(HEH, -4)
        if heh > 0 and word[heh + 1 :] in _PARTICIPLE_ENDINGS and word[:heh] in past:
            yield past[word[:heh]]

    def _of_present(self, word: str, *, imperative: bool) -> Iterator[str]:
        present = self._present
        if imperative and word in present:
            yield present[word]
        for size, endings in _PRESENT_ENDINGS:
            if word[:-size] in present and word[-size:] in endings:
                yield present[word[:-size]]


def _written_stems(present: str) -> Iterator[str]:
    """A present stem as its forms show it: the glide of آی and گوی comes and goes."""
    yield present
    if present.endswith((ALEF + YEH, VAV + YEH)) or present == ALEF_MADDA + YEH:
        yield present[:-1]
    elif present.endswith(ALEF) or present == ALEF_MADDA:
        yield present + YEH


def _with_madda(form: str) -> tuple[str, ...]:
    """A form after its prefix: the madda of a first alef is folded away inside a joined word (میاید: می + آید)."""
    if form.startswith(ALEF):
        return (ALEF_MADDA + form[1:], form)
    return (form,)
