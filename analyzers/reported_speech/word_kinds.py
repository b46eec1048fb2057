"""What each word may be to a report of speech: a title, a role, a name, a verb of saying; from tables, as bits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from ..compounds import Term
from ..lexicon import Kind, Lexicon
from ..normalizer import fold, join_parts
from ..person_names import PersonNames
from ..word_tables import read_table, table_text

_KINDS = (
    "title role maybe body medium many pronoun pointing edge opening tail noname place given weak surname clear"
).split()


class Is:
    """Kinds of words, as bits; those with a table of their own have its name."""

    TITLE, ROLE, MAYBE, BODY, MEDIUM, MANY = (1 << place for place in range(6))
    PRONOUN, POINTING, EDGE, OPENING, TAIL, NONAME = (1 << place for place in range(6, 12))
    PLACE, GIVEN, WEAK, SURNAME, CLEAR = (1 << place for place in range(12, 17))
    ORDINARY = 1 << 17  # a word of the language, and so hardly a name
    VERB = 1 << 18  # a form that can end a clause
    SAYS = 1 << 19  # a verb of saying, or the first word of one
    SIGN = 1 << 20  # punctuation
    NUMBER = 1 << 21
    BEFORE_LIGHT = 1 << 22  # with a light verb it may be a verb of saying
    COMMON = 1 << 23  # a word of the language that the lexicon knows as a name too, or takes for one
    THING = 1 << 24  # the name of a place, a club or a company


_MAY_BE_NAMES = Is.GIVEN | Is.SURNAME | Is.WEAK | Is.THING | Is.COMMON  # what the lexicon may know as names too
_YEH, _HIS = "ی", "ش"
_PLURALS = ("ان", "ها", "های", "هایی", "ین")
_LIGHT = {verb: 1 << place for place, verb in enumerate("کرد داشت نمود ساخت شد داد هست بود".split())}

# Marks tell which words of a text may report speech, before anything else of them is looked into. As bits: which light
# verbs a word is in the third person, above them which it takes to be a verb of saying, and then those below.
LIGHTS, TAKES = (1 << len(_LIGHT)) - 1, len(_LIGHT)
AUXILIARIES = _LIGHT["هست"] | _LIGHT["بود"]
LIGHT = 1 << 2 * TAKES  # a light verb in any form
VERB = LIGHT << 1  # a verb of saying in any form, or a word for what somebody says
SPEAKS = LIGHT << 2  # one of these that may report speech
CLOSES = LIGHT << 3  # one that may where a clause ends with it
BEGINS = LIGHT << 4  # what a verb begins with that a space parts (تاکید می کند، تاکید خواهد کرد)
_SECOND_WORDS = {
    "بینی": "پیشبینی",
    "گیری": "نتیجهگیری",
    "نشان": "خاطرنشان",
    "اور": "یاداور",
    "آور": "یاداور",
}  # of those that a space parts (خاطر نشان کرد)
_IMPERFECTIVE, _FUTURE = "می", "خواست#خواه"
_PARTED = frozenset("گوید گویند افزاید افزایند نویسد نویسند پرسد".split())  # after a می that a space parts
_PAST = "خواست"
_PREVERB = "بر"  # برشمرد
_ASKED = frozenset(("خواست",))  # by itself too (از مردم خواست تا)
_GLIDING = ("و", "ا")  # present stems that take a yeh before their endings (می‌گوید)
_NOT_THIRD = ("م", "یم", "ید", "ی")
_NAME_SECTIONS = {
    "Provinces, cities, rivers and quarters of Iran": Is.COMMON,
    "Countries and regions": Is.THING,
    "Cities of the world": Is.THING,
    "Agencies, media, clubs, companies": Is.THING,
    "Men's names": Is.GIVEN,
    "Women's names": Is.GIVEN,
    "Surnames": Is.SURNAME,
    "Foreign names": Is.SURNAME,
}


def key(word: str) -> str:
    """Returns a word as tables are asked for it: folded, without ZWNJ."""
    return join_parts(fold(word))


WANTING = frozenset(("خواستار", "خواهان"))
"""Words whose light verb stands behind what is asked for (خواستار آزادی او شد)."""

ACCORDING = {key(word) for word in "گفته گفته‌ی گفتهٔ گفته‌های نوشته نوشته‌ی نوشتهٔ اعتقاد عقیده باور زعم ادعای".split()}
"""Words after which it is told who says or believes something (به گفته)."""


def past_stem(lemma: str) -> str:
    """Returns the past stem of a verb, by which it is listed."""
    return lemma.partition("#")[0]


@lru_cache(maxsize=1 << 14)
def is_third_person(form: str, lemma: str) -> bool:
    """Returns whether a form of a verb tells what somebody else does, and did, as news does."""
    if form.startswith("ب") and not lemma.startswith("ب") and not form.startswith(_PREVERB):
        return False
    if form.startswith("ن") and not lemma.startswith("ن"):
        return False
    past, _, present = lemma.partition("#")
    if form in (past, "ساخت", "معتقد", "معتقدند") or present.endswith(_GLIDING) and form.endswith(f"{present}ید"):
        return True
    return form.endswith(("د", "ت", "ه")) and not form.endswith(_NOT_THIRD)


class VerbsOfSaying:
    """The verbs of ``speech_verbs.txt``: for each first word its light verbs and its use."""

    def __init__(self) -> None:
        self.alone: dict[str, str] = {}
        self.with_light: dict[str, dict[str, str]] = {}
        for first, lights, use in read_table("speech_verbs.txt", 3):
            if not lights:
                self.alone[first if "#" in first else key(first)] = use
            for light in lights.split():
                self.with_light.setdefault(key(first), {})[light] = use


class WordKinds:
    """Tells the kinds of terms. Each form is looked into once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._listed: dict[str, int] = {}
        for form, bit in _listed():
            self._listed[form] = self._listed.get(form, 0) | bit
        self.verbs = VerbsOfSaying()
        told = (self.verbs.alone, self.verbs.with_light, _LIGHT, _SECOND_WORDS, _PARTED, ACCORDING)
        self._told = {_IMPERFECTIVE, *chain.from_iterable(told)}  # all but verbs that may have a mark
        self._known: dict[str, int] = {}
        self._marks: dict[str, int] = {}

    def mark(self, term: Term) -> int:
        """Returns what a term may be in a report of speech: its light verbs, those it takes, and so on."""
        mark = self._marks.get(term.form)
        if mark is None:
            mark = self._marks[term.form] = self._find_mark(term)
        return mark

    def _find_mark(self, term: Term) -> int:
        form, lemma, verbs = term.form, term.lemma, self.verbs
        if "#" not in lemma and self._told.isdisjoint((form, lemma)):
            return 0  # as nearly all
        mark = BEGINS if form == _IMPERFECTIVE or lemma == _FUTURE else 0
        if lights := verbs.with_light.get(_SECOND_WORDS.get(form, form)):
            mark |= sum(map(_LIGHT.__getitem__, lights)) << TAKES
        if form in _PARTED or form in ACCORDING or form in WANTING:
            return mark | VERB | SPEAKS
        light = _LIGHT.get(past_stem(lemma), 0)
        use = verbs.alone.get(form) or verbs.alone.get(lemma if term.rule == "verb" else form)
        mark |= LIGHT * (light > 0) | VERB * (use is not None)
        if not (light or use) or not is_third_person(form, lemma):
            return mark
        if lemma == _FUTURE and _PAST not in form:
            return mark  # will, hardly ever wants
        if use == "document" or use == "report" and form not in _ASKED and not form.endswith("ه"):
            return mark | light | CLOSES
        return mark | light | SPEAKS if use else mark | light

    def of(self, term: Term) -> int:
        """Returns the kinds of a term."""
        bits = self._known.get(term.form)
        if bits is None:
            bits = self._known[term.form] = self._find(term)
        return bits

    def of_title(self, folded: str) -> int:
        """Returns the kinds of a title of several words that are written as one (حجت‌الاسلام‌والمسلمین); 0 of others."""
        bits = self._listed.get(join_parts(folded), 0)
        return bits | Is.ORDINARY if bits & Is.TITLE else 0

    def _find(self, term: Term) -> int:
        form, lemma = term.form, term.lemma
        bits = self._listed.get(form, 0)
        known = 0 if bits & ~_MAY_BE_NAMES else self._names.kinds_of(term)
        if known & Kind.SURNAME:
            bits |= Is.SURNAME
        if known & Kind.GIVEN:
            bits |= Is.GIVEN
        elif known & Kind.GIVEN_TOO and not bits & Is.GIVEN:
            bits |= Is.GIVEN | Is.WEAK
        if bits & Is.WEAK and not known & Kind.GIVEN:
            bits |= Is.NONAME
        if bits & (Is.GIVEN | Is.SURNAME):
            bits &= ~(Is.THING | Is.COMMON)
        if not bits & ~Is.COMMON:
            bits |= self._of_lemma(form, lemma)
        if term.rule == "verb":
            if lemma in self.verbs.alone or form in self.verbs.alone:
                bits |= Is.SAYS
            if not (bits & (Is.GIVEN | Is.SURNAME)) and not form.endswith("ه"):
                bits |= Is.VERB
        elif form in self.verbs.with_light or form in self.verbs.alone:
            bits |= Is.SAYS
        if form in _SECOND_WORDS or form in self.verbs.with_light:
            bits |= Is.BEFORE_LIGHT
        if form[:1].isdigit() or form.isascii():
            bits |= Is.NUMBER
        if not bits & (Is.GIVEN | Is.SURNAME):
            if self._is_ordinary(term):
                bits |= Is.ORDINARY
            elif (entry := self._lexicon.get(form)) and entry.kind & Kind.TRUSTED:
                bits |= Is.COMMON
        return bits

    def _of_lemma(self, form: str, lemma: str) -> int:
        """The kinds a form has from its lemma: with the yeh of the ezafe its own, in the plural those of several."""
        bits = self._listed.get(lemma, 0)
        if form == lemma + _YEH or "#" in lemma:
            return bits & ~(Is.GIVEN | Is.SURNAME | Is.WEAK | Is.TITLE)
        if form == lemma + _HIS and bits & (Is.ROLE | Is.MAYBE):
            return Is.EDGE  # of him who was named before (دستیارش)
        is_plural = form.endswith(_PLURALS) and bits & (Is.ROLE | Is.MAYBE | Is.BODY | Is.MEDIUM)
        return Is.MANY if is_plural else bits & (Is.EDGE | Is.NONAME)

    def _is_ordinary(self, term: Term) -> bool:
        if term.rule in ("verb", "name", "unknown word", "guess"):
            return term.rule == "verb"
        entry = self._lexicon.get(term.lemma) or self._lexicon.get(term.form)
        return entry is None or bool(entry.kind & Kind.TRUSTED) or term.lemma != term.form


def _listed() -> Iterator[tuple[str, int]]:
    """The words of the tables, each with a kind."""
    bits = {kind: 1 << place for place, kind in enumerate(_KINDS)}
    for kind, words in read_table("speakers.txt", 2):
        for word in words.split():
            yield word if "#" in word else key(word), bits[kind]
    section = 0
    for line in table_text("names.txt").splitlines():
        if line.startswith("#"):
            section = _NAME_SECTIONS.get(line[2:].strip(), 0)
        elif section and line.strip():
            yield key(line.strip()), section


@lru_cache(maxsize=1)
def openings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Returns the adverbials that a reporting sentence begins with, by their first word; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for (line,) in read_table("speech_openings.txt", 1):
        words = tuple(map(key, line.split()))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(lines, key=len, reverse=True)) for first, lines in found.items()}
