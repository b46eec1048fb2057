"""Lemmas of single words: verbs to their infinitive, nouns and adjectives to the form a dictionary lists.

Nothing is cut unless the lexicon knows what is left. A suffix is *plain* when it can hardly be anything else (ها with
its possessives, ترین) and *doubtful* when many words merely end in its letters (ان, ات, ی, م): a doubtful one is cut
only from words that the lexicon does not itself know as words.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

from .colloquial import SpokenWords
from .lexicon import Entry, Kind, Lexicon
from .normalizer import ALEF, ALEF_MADDA, BEH, HEH, MEEM, NOON, TEH, VAV, YEH
from .verbs import NOUN_FIRST, VERB_FIRST, VerbForm, Verbs
from .word_tables import read_table

SPOKEN = "spoken"
"""The rule of a word of the spoken language that is no verb form."""

_QUALITY = Kind.ADJECTIVE | Kind.ADVERB | Kind.NAME
_NOMINAL = Kind.NOUN | Kind.ADJECTIVE | Kind.ADVERB | Kind.NUMBER | Kind.NAME
_READ_BY_ENTRY = Kind.SPOKEN | Kind.LEMMA | Kind.NAME
_BROKEN_PLURAL = Kind.LEMMA | Kind.PLURAL
_LONGEST_WORD = 64
_RESTORED = 2  # how much commoner a base must be that needs a letter restored (log2)
_SHORTEST_UNKNOWN = 4  # letters that must be left of a word nobody knows
_SCARCE = 8  # the weight up to which any word yields to a spoken verb form with a prefix
_RARE = 15  # the weight up to which a noun yields to a marked verb form that is spelled alike
_SHORTEST_OF_RARE_VERB = 5
_PREFIXES_OF_RARE_VERBS = (BEH, NOON, "می")
_LONGEST_OF_PERFECT = 4  # letters from the heh of a participle on
_PERSONS_OF_PERFECTS = ("ام", "ایم", "اید", "اند", "ان", "این")  # a participle with them is no noun (خزیده‌ایم)
_ENDINGS_OF_BOTH = {False: "می", True: "میتش"}  # of spoken verbs and of nouns, by whether the verb has a prefix
_IS = "است"
_STATES = ("بودن", "داشتن")  # infinitives that are hardly nouns, as others are (رفتن)
_SURELY_VERBAL = ("می", "نمی", "نیست")
_WORDS_REMEMBERED = 1 << 16
_ENDINGS_REMEMBERED = 1 << 14
_NOUN_ENDINGS = "میت"  # letters that are endings of nouns as well as of verbs
_OF_SURNAMES = YEH + ALEF + NOON  # what makes a surname of a given name, as the yeh alone does
_LAST = 3  # letters by which the suffixes of a word are looked up
_DEEPEST = 5  # suffixes on one word; no word of Persian has more

_new = tuple.__new__


class Lemma(NamedTuple):
    """A word's lemma and how it was found: the rule's name and the lexicon entry it leans on ('' for none).

    ``related`` are lemmas the word should be found by as well, if less: a participle is a noun too (داده), an
    infinitive belongs to its verb.
    """

    text: str
    rule: str
    entry: str = ""
    related: tuple[str, ...] = ()


class _Suffix(NamedTuple):
    """A suffix and what may stand in its place.

    ``restores`` are endings tried on what is left, in order (گان leaves بیننده from بینندگان). ``needs`` are the kinds
    the base must have (0: any listed word). ``after`` are the letters one of which must precede, '' for any, and
    ``never_after`` those that must not. ``shortest`` is the fewest letters that may be left, and ``first`` what they
    must begin with. ``eager`` takes the first restored ending that makes a word, where else the commonest word wins;
    ``weight`` is the least the base must have, ``sure`` how well it must be known, and ``bars`` what it must not be.
    """

    letters: str
    rule: str
    restores: tuple[str, ...] = ("",)
    needs: int = 0
    after: str = ""
    shortest: int = 2
    never_after: str = ""
    first: str = ""
    eager: bool = False
    weight: int = 0
    sure: int = Kind.TRUSTED
    bars: int = 0


class _Suffixes:
    """A table of suffixes; ``fitting`` finds those that a word with certain last letters may end in, in their order."""

    def __init__(self, *suffixes: _Suffix) -> None:
        self._by_last_letter = {
            last: tuple(suffix for suffix in suffixes if suffix.letters[-1] == last)
            for last in {suffix.letters[-1] for suffix in suffixes}
        }
        self.fitting = lru_cache(maxsize=_ENDINGS_REMEMBERED)(self._fitting)

    def _fitting(self, last: str) -> tuple[_Suffix, ...]:
        return tuple(suffix for suffix in self._by_last_letter.get(last[-1:], ()) if _may_end_in(last, suffix))


def _may_end_in(last: str, suffix: _Suffix) -> bool:
    """Whether a word with these last letters may have a suffix."""
    letters = suffix.letters
    if not last.endswith(letters):
        return letters.endswith(last)
    before = last[: -len(letters)][-1:]
    return not (before and (before in suffix.never_after or suffix.after and before not in suffix.after))


_ALEF_AND_YEH = ALEF + YEH
_GLIDES = (_ALEF_AND_YEH, VAV + YEH)
_DOUBLE_GLIDES = (ALEF + YEH + YEH, VAV + YEH + YEH)
_PERSONS = ("شان", "مان", "تان", "ش", "م", "ت")
_PLURAL_TAILS = (*(YEH + person for person in _PERSONS), "یی", "")
_UNKNOWN_PLURALS = (*("ها" + tail for tail in _PLURAL_TAILS[:-1]), "های", "ها")


_plain = partial(_Suffix, sure=Kind.LISTED)

# Hardly ever anything but a suffix: the base need only be in the word list.
_PLAIN = (
    _Suffix("ست", "copula", after=ALEF + VAV, needs=_NOMINAL),
    *(_plain("ها" + person, "possessive after -e", restores=(HEH, ""), eager=True) for person in _PERSONS),
    *(_plain("ها" + tail, "plural -ha") for tail in _PLURAL_TAILS),
    _plain("هاست", "plural -ha with the copula"),
    _plain("های", "plural -ha, or -e with -i", restores=("", HEH)),  # شهرهای, رسانهای
    _plain("ترینها", "superlative, plural"),
    _plain("ترینهای", "superlative, plural"),
    _plain("ترین", "superlative"),
    _plain("تری", "comparative", needs=_QUALITY, shortest=4),
    _plain("تر", "comparative", needs=_QUALITY, shortest=3),
)
# Cut whatever the lexicon says of the whole word: what is left tells enough.
_SURE = (
    _Suffix("گان", "plural -gan", restores=(HEH,), needs=_NOMINAL, shortest=3),
    _Suffix("ین", "plural -in of a participle", needs=_NOMINAL, shortest=4, first=MEEM),
)
# Cut only from words the lexicon has no frequency or part of speech for, or has as plurals.
_DOUBTFUL = (
    _Suffix("یان", "plural -yan", after=ALEF + VAV),
    _Suffix("ان", "plural -an", needs=_NOMINAL, shortest=2),
    _Suffix("جات", "plural -jat", restores=("", HEH), needs=_NOMINAL),
    _Suffix("ات", "plural -at", restores=("", HEH, TEH), needs=_NOMINAL, shortest=2, never_after=YEH),
    _Suffix("یی", "indefinite after -a, -u", after=ALEF + VAV, needs=_NOMINAL),
    _Suffix("ی", "ezafe after -a, -u", after=ALEF + VAV, needs=_NOMINAL),
)
# Cut from words the lexicon does not trust when what is left is common enough to be what was meant (پدرش, نظرم).
_POSSESSED = (
    *(_Suffix(person, "possessive", needs=Kind.NOUN, shortest=3, weight=20) for person in _PERSONS if person != TEH),
    *(_Suffix(YEH + person, "possessive after -a, -u", after=ALEF + VAV, needs=Kind.NOUN) for person in _PERSONS),
    *(_Suffix(person, "possessive", needs=Kind.NOUN, weight=25, bars=Kind.FUNCTION) for person in _PERSONS[:4]),  # دلش
)
# Cut only from words that are not in the lexicon at all. One letter is soon wrong, so more must be left of the word.
_GUESSED = (
    _Suffix("ای", "indefinite after -e", after=HEH, needs=_NOMINAL),
    *(_Suffix(ALEF + person, "possessive after -e", after=HEH, needs=_NOMINAL) for person in _PERSONS),
    _Suffix("اش", "possessive after -i", after=YEH, needs=_NOMINAL, shortest=4),
    *(_Suffix(person, "possessive", needs=Kind.NOUN, shortest=3) for person in _PERSONS if person not in (MEEM, TEH)),
    _Suffix(MEEM, "possessive", needs=Kind.NOUN, shortest=4),
    _Suffix(TEH, "possessive", needs=Kind.NOUN, shortest=3, weight=20, never_after=ALEF + HEH),
    *(_Suffix(ending, "copula", needs=Kind.ADJECTIVE, shortest=4) for ending in ("اند", "ند", "یم", "ید")),
    _Suffix("ایست", "copula after -i", after=HEH, needs=Kind.NOUN, shortest=3),
    _Suffix("یست", "copula after -i", restores=("", YEH), needs=_NOMINAL, shortest=3, weight=18),
    _Suffix("ی", "indefinite", needs=_NOMINAL),
)
_CUT_ANYWAY = _Suffixes(*_SURE)
_ENDINGS_CUT_ANYWAY = tuple(suffix.letters for suffix in _SURE)
_CUT_LISTED = _Suffixes(*_PLAIN, *_DOUBTFUL, *_POSSESSED)
_CUT_UNLISTED = _Suffixes(*_PLAIN, *_DOUBTFUL, *_POSSESSED, *_GUESSED)
_LAST_LETTERS = frozenset(suffix.letters[-1] for suffix in (*_SURE, *_PLAIN, *_DOUBTFUL, *_POSSESSED, *_GUESSED))

# What a word whose outermost suffix is a plural's ends in, when every yeh at its end is taken off.
_PLURAL_ENDINGS = tuple(
    {suffix.letters.rstrip(YEH) for suffix in (*_SURE, *_PLAIN, *_DOUBTFUL) if suffix.rule.startswith("plural")}
)
_LAST_OF_PLURALS = frozenset(YEH).union(ending[-1] for ending in _PLURAL_ENDINGS)


class Lemmatizer:
    """Finds the lemma of single words, given folded and without ZWNJ."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.verbs = Verbs(lexicon.verbs(), lexicon.spoken_verbs())
        self._spoken = SpokenWords(lexicon)
        self._first_names = frozenset(first for first, _ in read_table("given_names.txt", 2))
        self.known = lru_cache(maxsize=_WORDS_REMEMBERED)(self._known)
        self.lexicon = lexicon

    def entry(self, word: str) -> Entry | None:
        """Returns what the lexicon has on the word."""
        return self.lexicon.get(word)

    def kind(self, word: str) -> int:
        """Returns the kinds of a word, 0 when the lexicon does not have it."""
        entry = self.lexicon.get(word)
        return entry.kind if entry else 0

    def has(self, word: str, kind: int) -> bool:
        """Returns whether the lexicon has the word as one of the kinds."""
        entry = self.lexicon.get(word)
        return entry is not None and entry.kind & kind != 0

    def is_word(self, word: str) -> bool:
        """Returns whether the lexicon surely knows the word, as it stands."""
        entry = self.lexicon.get(word)
        return entry is not None and entry.kind & Kind.TRUSTED != 0

    def lemma(self, word: str) -> Lemma:
        """Returns the lemma of a word; a word nobody knows is its own."""
        return self.known(word) or self.guess(word)

    def guess(self, word: str) -> Lemma:
        """Returns what to make of a word that is not `known`: its plural is cut, as nothing else ends like that."""
        rule, end = "unknown word", len(word)
        if "ها" in word:
            for ending in _UNKNOWN_PLURALS:
                if word.endswith(ending) and end - len(ending) >= _SHORTEST_UNKNOWN:
                    rule, end = "unknown word, plural -ha", end - len(ending)
                    break
        if end == len(word) and end > _SHORTEST_UNKNOWN + 1 and word.endswith(_ALEF_AND_YEH):
            rule, end = "unknown word, ezafe after -a", end - 1
        if end == len(word):
            return _lemma(word, rule)
        base = self.known(word[:end])
        return base._replace(rule=rule) if base and base.rule != "verb" else _lemma(word[:end], rule)

    def _known(self, word: str) -> Lemma | None:
        """The lemma of a word the lexicon knows or can reach by cutting suffixes; None when it cannot."""
        return None if len(word) > _LONGEST_WORD or word.isascii() else self._search(word, _DEEPEST)

    def verb(self, word: str, *, certain: bool) -> Lemma | None:
        """Returns the lemma of a verb form; if ``certain`` also of one that only its spelling tells from a noun."""
        form = self.verbs.find(word, any_verb=certain)
        if form and (certain or self._reads_as_verb(word, form, self.entry(word))):
            return _verb_lemma(word, form)
        return None

    def _search(self, word: str, depth: int) -> Lemma | None:
        entry = self.lexicon.get(word)
        kind = entry.kind if entry else 0
        if entry and kind & _READ_BY_ENTRY:
            if kind & Kind.SPOKEN:
                return self._of_spoken(entry.lemma, depth)
            if kind & Kind.NAME and not kind & Kind.LEMMA:
                return _listed(word, "name")
            return _lemma(entry.lemma, "broken plural" if kind & Kind.PLURAL else "same word", entry.lemma)
        last = word[-1:]
        if last == NOON and (verb := self.verbs.of_infinitive(word)):
            if word in _STATES:
                return Lemma(verb, "infinitive", verb, (word,))
            return Lemma(word, "infinitive", word, (verb,))
        form = None
        if (len(word) > 2 or self.verbs.is_past_stem(word)) and not (entry and self._is_surely_noun(word, entry)):
            form = self.verbs.find(word, spoken=not (entry and kind & Kind.TRUSTED and entry.weight > _SCARCE))
        if form and self._reads_as_verb(word, form, entry):
            return _verb_lemma(word, form)
        if last == YEH and not kind & Kind.TRUSTED and self._is_plural_with_ending(word):
            return self._search(word[:-1], depth - 1)
        if last == NOON and word.endswith(_ENDINGS_CUT_ANYWAY):
            for suffix in _CUT_ANYWAY.fitting(word[-_LAST:]):
                if word.endswith(suffix.letters) and (base := self._base(word, suffix, depth - 1)):
                    return base
        if entry and not kind & Kind.PLURAL and (kind & Kind.TRUSTED or self.verbs.is_present_stem(word)):
            return _listed(word)
        if depth == 0:
            return None
        if last in _LAST_LETTERS and word not in NOUN_FIRST and (base := self._cut(word, kind, depth)):
            return base
        if depth == _DEEPEST and not kind & Kind.TRUSTED and (written := self._spoken.find(word, kind & Kind.LISTED)):
            return self._of_spoken(written, depth)
        return self._settle(word, kind, form or self._rare_verb(word))

    def _of_spoken(self, written: str, depth: int) -> Lemma:
        """The lemma of a word of the spoken language."""
        return (self._search(written, depth - 1) or _listed(written))._replace(rule=SPOKEN)

    def _rare_verb(self, word: str) -> VerbForm | None:
        """The rare verb that a word nobody knows may be a form of, if it is long enough to be hardly a name's."""
        if len(word) < _SHORTEST_OF_RARE_VERB or not word.startswith(_PREFIXES_OF_RARE_VERBS):
            return None
        form = self.verbs.find(word, any_verb=True)
        return form if form and (form.certain or word.startswith(BEH)) else None

    def _is_surely_noun(self, word: str, entry: Entry) -> bool:
        """Whether a word is a common noun or adjective that `_reads_as_verb` says is no verb, told without its form."""
        kind = entry.kind
        return (
            entry.weight > _RARE
            and kind & Kind.TRUSTED != 0
            and kind & (Kind.NOUN | Kind.ADJECTIVE) != 0
            and HEH not in word[-_LONGEST_OF_PERFECT:]
            and not word.startswith(_SURELY_VERBAL)
            and word not in VERB_FIRST
            and not self.verbs.is_past_stem(word)
        )

    def _reads_as_verb(self, word: str, form: VerbForm, entry: Entry | None) -> bool:
        """Whether a form is the verb's rather than that of a noun that is spelled alike (برد, بدهی, کارم)."""
        if word in VERB_FIRST or word.startswith(_SURELY_VERBAL) and form.certain and not form.spoken:
            return True
        if word.endswith("های") and (word[:-3] in NOUN_FIRST or self.is_word(word[:-3])):
            return False  # نهادهای is no participle
        if form.spoken:
            return self._reads_as_spoken(word, form, entry)
        noun = entry is not None and bool(entry.kind & Kind.TRUSTED and entry.kind & (Kind.NOUN | Kind.ADJECTIVE))
        rare = entry is None or entry.weight <= _RARE
        if self.verbs.is_participle(word) or self.verbs.is_participle(word.removeprefix(NOON)):
            return word not in NOUN_FIRST and (rare or word.startswith(NOON) or self.verbs.is_common(form.plain_past))
        if form.certain:
            return not noun or rare
        participle, heh, person = word.rpartition(HEH)
        if (
            person in _PERSONS_OF_PERFECTS
            and self.verbs.is_past_stem(participle)
            and participle + heh not in NOUN_FIRST
        ):
            return True
        if word in NOUN_FIRST or not self.verbs.is_common(form.plain_past):
            return False
        if noun:
            return self.verbs.is_past_stem(word)
        return not self._is_inflected_noun(word, form)

    def _reads_as_spoken(self, word: str, form: VerbForm, entry: Entry | None) -> bool:
        """Whether a form is a spoken verb's rather than any written word, with an ending or after a preposition."""
        if entry and entry.kind & Kind.TRUSTED and not (form.certain and entry.weight <= _SCARCE):
            return False
        if self.verbs.is_present_stem(word):
            return False  # نشین
        if word[-1] in _ENDINGS_OF_BOTH[form.certain] and len(word) > 3 and self.is_word(word[:-1]):
            return word.startswith("می") and word[-1] != YEH and not form.preverb  # میمونم, but not میمونی or بتونی
        if word.endswith("ین") and (form.preverb or not self.verbs.is_usual(form.past)) and self.is_word(word[:-2]):
            return False  # بازرسین
        return not (form.preverb and self.is_word(word[len(form.preverb) :]))

    def _is_inflected_noun(self, word: str, form: VerbForm) -> bool:
        """Whether a word is rather a noun with a short ending than a verb with one (کارم, بندی; but not دارم)."""
        if word[:-1] in NOUN_FIRST:
            return True
        if form.past != form.plain_past and word[-1] in _NOUN_ENDINGS and _is_listed(self.entry(word[:-1])):
            return True  # بازدهی is of بازده
        if word.startswith(form.past) or self.verbs.is_usual(form.plain_past):
            return False
        return len(word) < 6 and word[-1] in _NOUN_ENDINGS and self.is_word(word[:-1])

    def _cut(self, word: str, kind: int, depth: int) -> Lemma | None:
        """The lemma of what is left when the first suffix that fits is cut from a word the lexicon does not trust."""
        last = word[-1]
        if (last == YEH or last == NOON and word.endswith(_OF_SURNAMES)) and self._is_given_name(
            word.removesuffix(_OF_SURNAMES).removesuffix(YEH)
        ):
            return _listed(word, "name")  # علیمحمدی
        if last == YEH:
            if word.endswith(_GLIDES) and self.is_word(word[:-1]):
                return self._search(word[:-1], depth - 1)  # انتهای, before ها is looked for in it
            if word.endswith(_DOUBLE_GLIDES) and self.is_word(word[:-2]):
                return self._search(word[:-2], depth - 1)
        suffixes = _CUT_LISTED if kind & Kind.LISTED else _CUT_UNLISTED
        for suffix in suffixes.fitting(word[-_LAST:]):
            if word.endswith(suffix.letters) and (found := self._base(word, suffix, depth)):
                return found
        return None

    def _base(self, word: str, suffix: _Suffix, depth: int) -> Lemma | None:
        """The lemma of a word without one suffix, if what is left is a word that can carry it."""
        stem = word[: -len(suffix.letters)]
        if len(stem) < suffix.shortest or suffix.first and not stem.startswith(suffix.first):
            return None
        last = stem[-1]
        if suffix.after and last not in suffix.after or last in suffix.never_after:
            return None
        get, bases = self.lexicon.get, []
        for ending in suffix.restores:
            base = stem + ending
            if (entry := get(base)) and _carries(entry, suffix):
                bases.append(base)
        if bases:
            base = bases[0]
            if suffix.eager:
                base = next(filter(self.is_word, bases), base)
            elif len(bases) > 1 and stem not in NOUN_FIRST:
                base = max(bases, key=lambda base: self._weight(base) - (len(base) - len(stem)) * _RESTORED)
            known = self._search(base, depth - 1) or _listed(base)
            if known.rule == "verb" and self.is_word(base):  # with a noun's suffix a form is the noun's (کندتر, داده‌ها)
                known = _listed(base)
            return _lemma(known.text, suffix.rule, known.entry, known.related)
        if last not in _LAST_OF_PLURALS or not stem.rstrip(YEH).endswith(_PLURAL_ENDINGS) or self.is_word(stem):
            return None
        found = self._search(stem, depth - 1)
        return found._replace(rule=suffix.rule) if found and found.rule.startswith("plural") else None

    def _is_given_name(self, word: str) -> bool:
        """Whether a word is a given name of two parts."""
        entry = self.lexicon.get(word)
        return entry is not None and len(entry.parts) == 2 and entry.parts[0] in self._first_names

    def _is_plural_with_ending(self, word: str) -> bool:
        """Whether a word is a plural and the indefinite yeh (اخباری), which dictionaries may list as an adjective."""
        if self.kind(word[:-1]) & _BROKEN_PLURAL == _BROKEN_PLURAL:
            return True
        return word.endswith("گانی") and self.is_word(word[:-4] + HEH)

    def _weight(self, word: str) -> int:
        entry = self.entry(word)
        return entry.weight if entry else -1

    def _settle(self, word: str, kind: int, form: VerbForm | None) -> Lemma | None:
        """What to make of a word from which nothing could be cut."""
        if kind & Kind.LISTED:
            return _listed(word)
        if form and not (word.endswith(_IS) and self.is_word(word.removesuffix(_IS))):  # شایسته‌است
            return _verb_lemma(word, form)
        if word[0] == ALEF and self.entry(ALEF_MADDA + word[1:]):
            return self._search(ALEF_MADDA + word[1:], 1)
        return None


def _carries(base: Entry, suffix: _Suffix) -> bool:
    """Whether what is left of a word can have the suffix."""
    kind = base.kind
    if kind & suffix.bars or not kind & suffix.sure or base.weight < suffix.weight:
        return False
    if kind & Kind.FUNCTION and base.parts and suffix.rule.startswith("plural"):
        return False  # به کارهای is not به‌کار
    return not suffix.needs or kind & suffix.needs != 0


def _listed(word: str, rule: str = "listed") -> Lemma:
    """The lemma of a word that is its own."""
    return _new(Lemma, (word, rule, word, ()))


def _lemma(text: str, rule: str, entry: str = "", related: tuple[str, ...] = ()) -> Lemma:
    """A lemma, made in half the time that its class takes."""
    return _new(Lemma, (text, rule, entry, related))


def _is_listed(entry: Entry | None) -> bool:
    return entry is not None and bool(entry.kind & Kind.LISTED)


def _verb_lemma(word: str, form: VerbForm) -> Lemma:
    own, others = (word,) if word.endswith(HEH) else (), (form.past, form.past + NOON) if form.preverb else ()
    return _lemma(form.lemma, "verb", form.lemma, (*own, *others))
