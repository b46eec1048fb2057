"""Verb forms: from any form of a conjugation to the verb's two stems, written رفت#رو.

A Persian verb has two stems, past (رفت) and present (رو), and forms are prefix + stem + personal ending:
می‌روم, نرفته‌اند, بروید. The stems come from the lexicon; the affixes are the tables below (source: the conjugation
chapters of any Persian school grammar). A form is looked up by trying every prefix and ending that fits, which needs
no list of the 200,000 forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .colloquial_verbs import INVARIABLE as SPOKEN_INVARIABLE
from .colloquial_verbs import PRESENT_ENDINGS as SPOKEN_PRESENT_ENDINGS
from .colloquial_verbs import SPOKEN_ENDINGS, SpokenVerbs
from .lexicon import SpokenStems, VerbStems
from .normalizer import ALEF, ALEF_MADDA, BEH, HEH, MEEM, NOON, VAV, YEH, fold_inner_madda

# Personal endings by their number of letters.
_PRESENT_ENDINGS = ((1, ("م", "ی", "د")), (2, ("یم", "ید", "ند")))
_PAST_ENDINGS = ((0, ("",)), (1, ("م", "ی")), (2, ("یم", "ید", "ند")))
_PARTICIPLE_ENDINGS = ("", "ام", "ای", "ایم", "اید", "اند", "است")
_ENDINGS = (*(ending for _, endings in _PRESENT_ENDINGS for ending in endings), *_PARTICIPLE_ENDINGS[1:], HEH)
_ENCLITICS = ("ش", "م", "ت", "شان", "مان", "تان")

_IMPERFECTIVE = ("نمی", "همی", "می")
PREVERBS = ("بر", "در", "باز", "فرا", "فرو", "وا", "ور")
_SHORT_PREFIXES = (NOON, BEH)
_BEGINNINGS = (*_IMPERFECTIVE, *_SHORT_PREFIXES, *PREVERBS, "خواه")
_OVERRULING = (*_IMPERFECTIVE, BEH)  # what may begin a spoken form that is spelled like a written one without a prefix
_LAST_AFTER_PREVERB = frozenset("منهید")
_SPOKEN_PREFIXES = ("می", *_SHORT_PREFIXES)
_LAST_OF_SPOKEN_ENDINGS = frozenset(ending[-1] for ending in SPOKEN_ENDINGS)
_LAST_OF_SPOKEN = frozenset("منهیدتشرس")
_STARTS_REMEMBERED = 1 << 13
_FIRST_OF_ENDINGS = frozenset(ending[0] for ending in (*_ENDINGS, *SPOKEN_PRESENT_ENDINGS))
_START = 3  # letters by which most words are seen to be no forms
FUTURE = tuple(no + "خواه" + ending for no in ("", NOON) for ending in ("م", "ی", "د", "یم", "ید", "ند"))
"""What a past stem stands after in the future tense (خواهد رفت)."""

BEFORE_PROGRESSIVE = frozenset(
    "دارم داری دارد داریم دارید دارند داره دارن دارین داشتم داشتی داشت داشتیم داشتید داشتند داشتین".split()
)
"""What a form with می stands after in the progressive (دارد می‌رود), written and spoken."""

_PREVERBS_WRITTEN = ("باز", "برگ", "برن", "برم", "فرا", "فرو", "وا", "ور")  # in the list of stems

# The verbs news is made of, commonest first. They settle what a bare form means when other words share its letters
# (شد, کرد, کند) and which verb owns a stem that two have (کش: کشیدن, کشتن). Compiled for this project.
COMMON_VERBS = (
    "کرد شد داد داشت گفت بود رفت گرفت آمد آورد خواست توانست یافت رسید زد دید ساخت گذاشت برد خورد ماند نمود "
    "افزود پرداخت دانست رساند گشت گذشت خواند نوشت انداخت افتاد فرستاد پذیرفت شناخت کشید شنید فروخت خرید نشست "
    "ایستاد ریخت شکست پیوست آموخت ورزید کوشید بخشید انجامید سپرد گسترد افراشت آزمود آفرید برید بست پرسید پوشید "
    "پیمود تاخت ترسید جنگید جوشید چرخید خندید خوابید دوید درخشید راند ربود رویید رقصید زیست سنجید سوخت ستود "
    "سرود شتافت شست فرمود فهمید کاست کاشت کشت کوبید گرداند گرایید گریخت گزید گذراند گنجید لرزید مرد نامید "
    "نگریست نواخت نهاد نشاند وزید بارید باخت پخت تابید اندیشید انگیخت اندوخت پنداشت بوسید گستراند لرزاند جست "
    "فشرد گسست آمیخت سوزاند ترساند چسبید پیچید ترکید تراشید پراکند پرورد چید خاست خشکید دوخت زدود شکافت شمرد "
    "فرسود گشود گماشت نگاشت نالید نوشید"
).split()

# Verbs that hazm's list lacks.
_MORE_STEMS = (
    ("چرید", "چر"), ("دمید", "دم"), ("مکید", "مک"), ("غلتید", "غلت"), ("شورید", "شور"), ("شوراند", "شوران"),
    ("نکوهید", "نکوه"), ("گرایید", "گرا"), ("چکید", "چک"), ("چکاند", "چکان"), ("رنجید", "رنج"), ("رنجاند", "رنجان"),
    ("پوسید", "پوس"), ("گردید", "گرد"),
    ("خیساند", "خیسان"), ("لغزاند", "لغزان"), ("غلتاند", "غلتان"), ("تاباند", "تابان"), ("تابید", "تاب"),
    ("نمایاند", "نمایان"), ("نوشاند", "نوشان"), ("پروراند", "پروران"), ("چشاند", "چشان"), ("چپاند", "چپان"),
    ("لرزاند", "لرزان"),
    ("آراماند", "آرامان"),
    ("رهاند", "رهان"), ("رهید", "ره"), ("گرایاند", "گرایان"), ("فشاند", "فشان"), ("آراست", "آرا"),
    ("پایید", "پا"), ("روبید", "روب"), ("جهاند", "جهان"), ("کوچید", "کوچ"), ("خشکاند", "خشکان"), ("خیزاند", "خیزان"),
)  # fmt: skip
# Pasts that are spellings of another one.
_SAME_VERB = {
    "سپارد": "سپرد",
    "پندارید": "پنداشت",
    "گذارد": "گذاشت",
    "رسانید": "رساند",
    "گسترانید": "گستراند",
    "گردید": "گشت",
}
# Old verbs that share a past stem with a common one, and have a clearer one of their own in the list.
_SHADOWED = frozenset([("آماد", "آمای"), ("رفت", "روب"), ("نوشت", "نورد"), ("کشت", "کار"), ("فروخت", "فروز")])
# The present stem that names a verb which the list gives several.
_USUAL_PRESENT = {
    "نوشت": "نویس",
    "جست": "جو",
    "شمرد": "شمار",
    "کشت": "کش",
    "گفت": "گو",
    "آمد": "آ",
    "سپرد": "سپار",
    "دوخت": "دوز",
}
# Forms that are found as they are, and the past stem (of "to be" the lemma) of each.
_INVARIABLE = {
    **dict.fromkeys("میتوان نمیتوان بتوان نتوان".split(), "توانست"),
    **dict.fromkeys("باید نباید بایستی نبایستی".split(), "بایست"),
    **dict.fromkeys("است هست هستم هستیم هستید هستند نیست نیستم نیستی نیستیم نیستید نیستند اند".split(), "هست#است"),
}


# Bare forms of common verbs that news writes as nouns far more often (a meeting, a purchase, a defeat, the past), and
# one that another word's letters would win.
NOUN_FIRST = frozenset(
    "مرد نشست خرید ساخت پرداخت برداشت برخورد شکست بازداشت بازگشت شناخت نهاد کشت دریافت درگذشت گذشت پیوست سرود کاشت "
    "گذشته خواسته گسترده پیچیده رشته بسته وابسته شایسته بایسته برجسته دسته هسته بازمانده بازنشسته ورشکسته".split()
)
VERB_FIRST = frozenset(["کند"])


_FORBIDDEN = frozenset("کن زن گو رو خور گیر".split())  # present stems whose bare negation is a command (نکن)
_USUAL = 30  # verbs from the top of the list whose short forms are more often theirs than a noun's


class VerbForm(NamedTuple):
    """A form read as a verb's.

    ``lemma`` is the verb's two stems (رفت#رو), ``past`` the first of them with the preverb the form had (بازگشت).
    ``certain`` tells that a prefix leaves no doubt that it is a verb, ``spoken`` that the form is not a written one.
    """

    lemma: str
    past: str
    certain: bool
    spoken: bool = False
    preverb: str = ""

    @property
    def plain_past(self) -> str:
        """The past stem without a preverb (گشت)."""
        return self.lemma.partition("#")[0]


class Verbs:
    """Finds the verb of forms written without ZWNJ."""

    _bare: Callable[[str], str | None]
    """The past stem of the commonest verb that has a form without prefixes."""

    def __init__(self, stems: Iterable[VerbStems], spoken: Iterable[SpokenStems] = ()) -> None:
        stems = (*stems, *(VerbStems(past, present) for past, present in _MORE_STEMS))
        self._rank = {past: place for place, past in enumerate(COMMON_VERBS)}
        self._rank |= {past: self._rank[chief] for past, chief in _SAME_VERB.items() if chief in self._rank}
        self._lemmas: dict[str, str] = {}
        self._past: set[str] = set()
        self._present: dict[str, str] = {}
        for verb in sorted(stems, key=lambda verb: self._rank_of(verb.past)):
            if verb in _SHADOWED or (verb.past.startswith(_PREVERBS_WRITTEN) and verb.past not in self._rank):
                continue  # بازگشت, واداد: read as a preverb and the plain verb, like all their kind
            self._past.add(verb.past)
            chief = _SAME_VERB.get(verb.past, verb.past)
            present = _USUAL_PRESENT.get(chief, verb.present)
            self._lemmas.setdefault(verb.past, self._lemmas.get(chief, f"{chief}#{present}"))
            for present in _written_stems(verb.present):
                self._present.setdefault(present, verb.past)
        self._first = frozenset(stem[:2] for stem in (*self._past, *self._present))
        self._last = frozenset(form[-1] for form in (*self._past, *_ENDINGS))
        self._spoken = SpokenVerbs(self._past, self._present, spoken)
        self._starts = self._starts_of_marked()
        self._may_begin = lru_cache(maxsize=_STARTS_REMEMBERED)(self._begins)
        self._bare = self._strip

    def prepare(self) -> None:
        """Makes all forms without prefixes, some 20,000, so that finding one costs a look-up."""
        stems = {*self._past, *self._present}
        endings = {"", *_ENDINGS, *(HEH + ending for ending in _PARTICIPLE_ENDINGS)}
        forms = map("".join, product(stems, endings))
        self._bare = {form: past for form in forms if (past := self._strip(form))}.get

    def _rank_of(self, past: str) -> int:
        return self._rank.get(past, len(self._rank))

    def is_common(self, past: str) -> bool:
        """Returns whether the verb with this past stem is one of those news is made of."""
        return past in self._rank

    def is_usual(self, past: str) -> bool:
        """Returns whether the verb is one of the few that make up most verb forms."""
        return self._rank_of(past) < _USUAL

    def is_past_stem(self, word: str) -> bool:
        """Returns whether the word is some verb's past stem (رفت)."""
        return word in self._past

    def is_present_stem(self, word: str) -> bool:
        """Returns whether the word is some verb's present stem (رو), which makes compounds (پیاده‌رو)."""
        return word in self._present

    def is_participle(self, word: str) -> bool:
        """Returns whether the word is some verb's past participle (رفته)."""
        return word.endswith(HEH) and word[:-1] in self._past

    def of_infinitive(self, word: str) -> str | None:
        """Returns the lemma of the verb a word is the infinitive of (رفتن), or None."""
        return self._lemmas.get(word[:-1]) if word.endswith(NOON) else None

    def find(self, word: str, *, any_verb: bool = False, spoken: bool = True) -> VerbForm | None:
        """Returns the verb a form belongs to, or None; of several, the commonest.

        Rare verbs have forms that are spelled like many a name, so they are found by their stem alone, unless
        ``any_verb`` says that it is a verb for sure. Without ``spoken`` only forms of the written language are.

        >>> from .lexicon import default_lexicon
        >>> Verbs(default_lexicon().verbs()).find("نمیروند")
        VerbForm(lemma='رفت#رو', past='رفت', certain=True, spoken=False, preverb='')
        """
        bare = self._bare(word)
        ends_as_spoken = word[-1:] in _LAST_OF_SPOKEN_ENDINGS and word.endswith(SPOKEN_ENDINGS)
        if bare is None and not ends_as_spoken and not self._may_begin(word[:_START]):
            return None  # most words
        if word in _INVARIABLE:
            past = _INVARIABLE[word]
            return VerbForm(self._lemmas.get(past, past), past, certain=True)
        written = self._written(word, bare, any_verb=any_verb)
        if not spoken or word[-1:] not in _LAST_OF_SPOKEN:
            return written
        is_rare = written is not None and not self.is_common(written.plain_past)
        if written and not is_rare and (written.certain or not word.startswith(_OVERRULING)):
            return written
        form = self._as_spoken(word, any_verb=any_verb)
        if (
            written
            and form
            and not (is_rare and self.is_common(form.plain_past) or self._is_overruled(word, written, form))
        ):
            return written
        return form or written

    def _starts_of_marked(self) -> frozenset[str]:
        """What forms begin with that have a prefix, or are spoken ones which their end does not tell; three letters."""
        after = {"ای", YEH + ALEF}  # a short prefix: the stem, yeh in place of a first alef (بیفتد), or ایست
        for start in self._first | self._spoken.first:
            start = YEH + start[1:] if start[0] in (ALEF, ALEF_MADDA) else start
            after |= {start} if len(start) > 1 else {start + letter for letter in _FIRST_OF_ENDINGS}
        whole = (*_IMPERFECTIVE, *PREVERBS, *FUTURE, *_INVARIABLE, *SPOKEN_INVARIABLE, *self._spoken.starts)
        marked = map("".join, product(_SHORT_PREFIXES, after))
        return frozenset(start[:_START] for start in (*whole, *marked))

    def _begins(self, start: str) -> bool:
        return start in self._starts or start[:2] in self._starts

    def _written(self, word: str, bare: str | None, *, any_verb: bool) -> VerbForm | None:
        """The verb of a form of the written language; ``bare`` is what it is without prefixes."""
        if bare is None and not word.startswith(_BEGINNINGS):
            return None
        any_verb = any_verb or word.startswith(FUTURE)
        if (form := self._whole(word, bare)) and (any_verb or self.is_common(form.past)):
            return form
        for preverb in PREVERBS if word.startswith(PREVERBS) else ():
            for rest in _with_madda(word[len(preverb) :]) if word.startswith(preverb) else ():
                form = self._whole(rest, self._bare(rest))
                if form and (any_verb or self.is_common(form.past)):
                    return form._replace(past=_with_preverb(preverb, form.past), preverb=preverb)
        return VerbForm(self._lemmas[bare], bare, certain=False) if bare and word.startswith(bare) else None

    def _as_spoken(self, word: str, *, any_verb: bool) -> VerbForm | None:
        """The verb of a form of the spoken language; of rare ones only where ``any_verb`` says that it is a verb."""
        if known := SPOKEN_INVARIABLE.get(word):
            return VerbForm(self._lemmas.get(known, known), known, certain=True, spoken=True)
        marked = self._commonest(self._spoken_after_prefix(word)) if word.startswith(_SPOKEN_PREFIXES) else None
        if marked and (any_verb or self.is_common(marked)):
            return VerbForm(self._lemmas[marked], marked, certain=True, spoken=True)
        past = self._spoken.past(word, prefixed=False)
        if not (past and (any_verb or self.is_common(past))):
            past = self._spoken.alone(word)
        if past:
            return VerbForm(self._lemmas[past], past, certain=False, spoken=True)
        for preverb in PREVERBS if word.startswith(PREVERBS) else ():
            rest = word[len(preverb) :] if word.startswith(preverb) else ""
            if len(rest) > 3 and rest[-1] in _LAST_AFTER_PREVERB:
                past = self._commonest((*self._spoken_after_prefix(rest), self._spoken_bare(rest)))
                if past and (any_verb or self.is_common(past)):
                    return VerbForm(self._lemmas[past], _with_preverb(preverb, past), True, True, preverb)
        return None

    def _spoken_bare(self, word: str) -> str | None:
        """The verb of a spoken form after a preverb (برگشتین, برگرده)."""
        past = self._spoken.past(word, prefixed=False) or self._spoken.present(word, imperative=True)
        return past if past and self.is_usual(past) else None

    def _spoken_after_prefix(self, word: str) -> Iterator[str | None]:
        spoken = self._spoken
        for prefix in ("نمی", "می"):
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                rest = word[len(prefix) :]
                if past := spoken.present(rest, imperative=False) or spoken.past(rest, prefixed=True):
                    yield past
                    return
                for form in spoken.without_object(rest):
                    yield spoken.present(form, imperative=False) or spoken.past(form, prefixed=True) or self._bare(form)
                return
        if word[0] in _SHORT_PREFIXES and len(word) > 2 and word[1] not in (ALEF, ALEF_MADDA):
            rest = word[1:]
            for form in (rest, ALEF + rest[1:]) if rest[0] == YEH else (rest,):
                yield spoken.present(form, imperative=True)
                if word[0] == NOON:
                    yield spoken.past(form, prefixed=True)
                for less in spoken.without_object(form):
                    yield spoken.present(less, imperative=True)
                    yield self._of_present(less) if word[0] == BEH else None

    def _is_overruled(self, word: str, written: VerbForm, spoken: VerbForm) -> bool:
        """Whether a form without a prefix is rather a spoken one with it (میرم, برم: of رفتن)."""
        rarer = self._rank_of(spoken.past) < self._rank_of(written.past)
        return rarer and not written.certain and word.endswith(MEEM)

    def _whole(self, word: str, bare: str | None) -> VerbForm | None:
        """A form without a preverb; where it can be read with a prefix and without one, the commoner verb's."""
        marked = self._marked(word)
        if bare and not (marked and self._rank_of(marked.past) < self._rank_of(bare)):
            return VerbForm(self._lemmas[bare], bare, certain=False)
        return marked

    def _marked(self, word: str) -> VerbForm | None:
        if word.startswith(FUTURE) and (past := self._commonest(self._future(word))):
            return VerbForm(self._lemmas[past], past, certain=True)
        if word.startswith(_IMPERFECTIVE) and (past := self._commonest(self._imperfective(word))):
            return VerbForm(self._lemmas[past], past, certain=True)
        if word.startswith(_SHORT_PREFIXES) and len(word) > 2 and (past := self._commonest(self._prefixed(word))):
            return VerbForm(self._lemmas[past], past, certain=self.is_common(past))
        return None

    def _commonest(self, pasts: Iterable[str | None]) -> str | None:
        """The commonest of the verbs with these past stems; of equals the first."""
        commonest, least = None, 0
        for past in pasts:
            if past and (commonest is None or self._rank_of(past) < least):
                commonest, least = past, self._rank_of(past)
        return commonest

    def _future(self, word: str) -> Iterator[str]:
        for auxiliary in FUTURE:
            for form in _with_madda(word[len(auxiliary) :]) if word.startswith(auxiliary) else ():
                preverb = next(
                    (preverb for preverb in PREVERBS if form not in self._past and form.startswith(preverb)), ""
                )
                yield from (past for past in _with_madda(form[len(preverb) :]) if past in self._past)

    def _imperfective(self, word: str) -> Iterator[str | None]:
        for prefix in _IMPERFECTIVE:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                for form in _with_madda(word[len(prefix) :]):
                    yield self._bare(form)
                    for enclitic in _ENCLITICS:
                        if form.endswith(enclitic) and len(form) > len(enclitic) + 2:
                            yield self._bare(form[: -len(enclitic)])

    def _prefixed(self, word: str) -> list[str | None]:
        negative, rest = word[0] == NOON, word[1:]
        forms: tuple[str, ...] = (rest,)
        if rest[0] == YEH:  # نیامد, بیاورد, بیندازد, نیفتاد
            after = rest[1:]
            forms = (rest, *_with_madda(after)) if after.startswith(ALEF) else (rest, ALEF + after)
        elif rest[0] in (ALEF, ALEF_MADDA) and not rest.startswith("ایست"):  # بافت is no form of افتادن: that is بیفت
            return []
        pasts: list[str | None] = []
        for form in forms:
            if not negative or form in _FORBIDDEN:
                pasts.append(self._present.get(form))
            if self._bare(form):
                pasts.append(self._of_present(form))
                if negative:
                    pasts.append(self._of_past(form))
        return pasts

    def _strip(self, word: str) -> str | None:
        """What `_bare` finds, by taking the endings off."""
        if word[-1:] not in self._last or word[:2] not in self._first and word[:1] not in self._first:
            return None  # most words
        past, present = self._of_past(word), self._of_present(word)
        return self._commonest((past, present)) if past and present else past or present

    def _of_past(self, word: str) -> str | None:
        past = self._past
        found = [
            word[: len(word) - size]
            for size, endings in _PAST_ENDINGS
            if word[len(word) - size :] in endings and word[: len(word) - size] in past
        ]
        heh = word.rfind(HEH, -4)
        if heh > 0 and word[heh + 1 :] in _PARTICIPLE_ENDINGS and word[:heh] in past:
            found.append(word[:heh])
        return self._commonest(found) if found else None

    def _of_present(self, word: str) -> str | None:
        present = self._present
        found = [
            present[word[:-size]]
            for size, endings in _PRESENT_ENDINGS
            if word[-size:] in endings and word[:-size] in present
        ]
        return self._commonest(found) if found else None


def _written_stems(present: str) -> Iterator[str]:
    """A present stem as its forms show it: the glide of آی and گوی comes and goes."""
    yield present
    if present.endswith((ALEF + YEH, VAV + YEH)) or present == ALEF_MADDA + YEH:
        yield present[:-1]
    elif present.endswith(ALEF) or present == ALEF_MADDA:
        yield present + YEH


def _with_preverb(preverb: str, past: str) -> str:
    """A past stem after a preverb, as the two are written (برآمد: برامد)."""
    return preverb + fold_inner_madda(f" {past}")[1:]


def _with_madda(form: str) -> tuple[str, ...]:
    """A form after its prefix: the madda of a first alef is folded away inside a joined word (میاید: می + آید)."""
    if form.startswith(ALEF):
        return (ALEF_MADDA + form[1:], form)
    return (form,)
