"""Words made of words: one token read as a compound, as several words run together, or as a word and its affixes.

The same compound is typed joined, with ZWNJ or with a space, and all three must give the same terms. So a token is
always reduced to one of two answers, whatever was typed between its parts:

* *one term*, when the lexicon lists the compound (بین‌المللی), or its last part is a bound form that lives only in
  compounds (محرومیت‌زدایی); its parts are kept beside it, so that a query for one of them finds it too;
* *several terms*, one after another, when it is words of their own that were merely run together (جهاددانشگاهی).

Which of the two it is depends on the words alone, never on the spelling. `Compounds.joins` asks the same question of
two tokens with a space between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .bound_forms import PLURALS, BoundForms
from .lemmatizer import Lemma, Lemmatizer
from .lexicon import Kind
from .madda import MissingMadda
from .normalizer import ALEF, ALEF_MADDA, HEH, NOON, VAV, YEH, ZWNJ, join_parts
from .run_together import SHORTEST_PART, RunTogether, is_common_noun
from .verbs import BEFORE_PROGRESSIVE, FUTURE, PREVERBS
from .word_tables import read_table

_DEGREES = ("تر", "ترین", "تری", "ترینها", "ترها", "ترهای", "ترینهای")
_AFTER_HEH = ("ام", "ات", "اش", "ای", "ایم", "اید", "اند", "مان", "تان", "شان", "ی")
_PERSONAL_ENDINGS = ("ام", "ایم", "اید", "اند", "است")
_COPULA = "اند"
_IS = "است"
_AFTER_YEH = ("اش", "ات", "ام", "ای")
_ENDINGS_APART = frozenset((*_AFTER_HEH, *_PERSONAL_ENDINGS))
_ENCLITICS = ("مان", "تان", "شان")
SUFFIXES = frozenset(
    (*PLURALS, *_DEGREES, *_AFTER_HEH, *_ENCLITICS, "م", "ت", "ش", "یی", "یم", "ید", "ند", "ان", "گان")
)
"""What may stand after a ZWNJ as a suffix rather than as a word."""

_PLURAL = ALEF + NOON
_SPACED_SUFFIXES = frozenset((*PLURALS, *_DEGREES, "جات"))  # belong to the word before them even across a space
_IMPERFECTIVE = ("می", "نمی", "همی")
_FIRST_OF_IMPERFECTIVE = frozenset(prefix[0] for prefix in _IMPERFECTIVE)
_VERBAL_PREFIXES = frozenset(preverb + prefix for preverb in ("", *PREVERBS) for prefix in (*_IMPERFECTIVE, *FUTURE))
_HEH_AND_YEH = HEH + YEH
_MOST_PARTS = 8  # of a token typed with ZWNJ; what has more is no word
_OF_FUNCTION = 24  # the weight of what is surely a word of function; dictionaries tag rarer ones so by mistake
_REMEMBERED = 1 << 16
_HARDLY_A_NOUN = 22  # the weight up to which a verb's stem is no word of its own

_new = tuple.__new__  # which makes a term in half the time that its class takes


class Term(NamedTuple):
    """One word as the index knows it, at one position.

    ``lemma`` joins all forms of a word, ``form`` is the word as typed but for spelling (ZWNJ, letters of other
    keyboards), ``parts`` are the lemmas of a compound's parts. ``rule`` and ``entry`` say why, for `analyze`.
    """

    lemma: str
    form: str
    parts: tuple[str, ...] = ()
    rule: str = ""
    entry: str = ""


class Bond:
    """Ways in which a token may belong to the one before it, as bits."""

    SUFFIX = 1  # a suffix or a bound form, after any word
    ENCLITIC = 2  # after a silent heh
    COMPOUND = 4  # the second part of a listed compound
    PREFIXED = 8  # any word, after می or a prefix that never stands alone
    PREVERB = 16  # a verb form with می, after the first part of a compound verb (بر می گردد)
    PAIR = 32  # "and", after the first of two words that make a compound (گفت و گو)
    PROGRESSIVE = 64  # a form with می, after one of "to have" (داشت می‌رفت)


_BINDING = Kind.ADJECTIVE | Kind.HEAD | Kind.PAIR_HEAD
_BONDS_OF_KINDS = {
    adjective | head | pair: Bond.ENCLITIC * bool(adjective) | Bond.COMPOUND * bool(head) | Bond.PAIR * bool(pair)
    for adjective, head, pair in product((0, Kind.ADJECTIVE), (0, Kind.HEAD), (0, Kind.PAIR_HEAD))
}
_BONDS_OF_ENDINGS = {
    ending: Bond.SUFFIX * (ending in _ENCLITICS) | Bond.ENCLITIC * (ending in _ENDINGS_APART)
    for ending in {*_ENCLITICS, *_ENDINGS_APART}
}
_NOUN_OR_FUNCTION = Kind.NOUN | Kind.FUNCTION


class Compounds:
    """Reads folded tokens as terms."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._words = lemmatizer
        self._lexicon = lemmatizer.lexicon
        self._bound = BoundForms(lemmatizer)
        self._prefixes = {row[0]: row[1] for row in read_table("prefixes.txt", 2)}
        always = [prefix for prefix, kind in self._prefixes.items() if kind == "always"]
        self._bonds_of_heads = dict.fromkeys((*_VERBAL_PREFIXES, *always), Bond.PREFIXED)
        self._bonds_of_heads |= dict.fromkeys(BEFORE_PROGRESSIVE, Bond.PROGRESSIVE)
        for preverb in PREVERBS:
            self._bonds_of_heads[preverb] = self._bonds_of_heads.get(preverb, 0) | Bond.PREVERB
        self._agents = frozenset(filter(self._is_agent, self._bound.forms))
        self._bonds_of_tails = dict.fromkeys((*_SPACED_SUFFIXES, *self._agents), Bond.PREFIXED | Bond.SUFFIX)
        for ending, bonds in _BONDS_OF_ENDINGS.items():
            self._bonds_of_tails[ending] = self._bonds_of_tails.get(ending, Bond.PREFIXED) | bonds
        self._split = RunTogether(lemmatizer, self._bound, self._prefixes).split
        self._madda = MissingMadda(lemmatizer, self._split)
        self._bonds = lru_cache(maxsize=_REMEMBERED)(self.bonds)
        self._tails = lru_cache(maxsize=_REMEMBERED)(self._find_tails)

    def prepare(self) -> None:
        """Makes ready for reading many words."""
        self._words.verbs.prepare()

    def terms(self, folded: str) -> tuple[Term, ...]:
        """Returns the terms of one folded token, ZWNJ and all; at least one."""
        if ZWNJ in folded:
            return self._of_parts(folded.split(ZWNJ), join_parts(folded))
        return self._of_joined(folded)

    def _of_parts(self, parts: list[str], form: str) -> tuple[Term, ...]:
        """The terms of a token typed with ZWNJ: a verb form, or a stem of one or more parts with suffixes."""
        if parts[0] in BEFORE_PROGRESSIVE and parts[1].startswith(_IMPERFECTIVE):
            main = self.terms(ZWNJ.join(parts[1:]))
            return (main[0]._replace(form=form),) if len(main) == 1 else (*self._of_joined(parts[0]), *main)
        if (
            parts[0] in _VERBAL_PREFIXES
            or parts[0] in PREVERBS
            or parts[-2].endswith(HEH)
            and parts[-1] in _ENDINGS_APART
        ):
            certain = parts[0] in _VERBAL_PREFIXES or parts[-1] in _PERSONAL_ENDINGS
            if len(parts) == 2 and parts[1] == _IS and not self._words.verb(parts[0], certain=False):
                return self._one_by_one(parts)  # شایسته‌است
            if lemma := self._words.verb(form, certain=certain):
                return (self._term(lemma, form, ()),)
        if len(parts) > _MOST_PARTS:
            return self._one_by_one(parts)
        stem = list(parts)
        while len(stem) > 1 and stem[-1] in SUFFIXES and not self._words.is_word(join_parts(ZWNJ.join(stem))):
            stem.pop()
        if len(stem) == 1 < len(parts) and self._words.known(stem[0]) is None and (split := self._split(stem[0])):
            return (*self._of_joined(split[0]), *self._of_parts([*split[1:], *parts[1:]], form))  # فراحوزه‌ای
        terms = self._of_joined(join_parts(stem[0])) if len(stem) == 1 else self._of_compound(stem)
        if len(stem) == len(parts):
            return terms
        text, last, related, rule, entry = terms[-1]
        whole = join_parts(ZWNJ.join([last, *parts[len(stem) :]]))
        if rule == "verb" and (last in related or self._is_noun_before(last, parts[len(stem)])):
            # with a noun's suffix a participle is a noun, and so is what verb and noun share (کندتر)
            text, related, rule, entry = last, (), "listed", last
        rule = "suffix after ZWNJ" if rule == "listed" else f"{rule}, suffix after ZWNJ"
        return (*terms[:-1], _new(Term, (text, whole, related, rule, entry)))

    def _is_noun_before(self, form: str, suffix: str) -> bool:
        return suffix in _SPACED_SUFFIXES and self._words.is_word(form)

    def _of_compound(self, parts: list[str]) -> tuple[Term, ...]:
        """Parts typed with ZWNJ between them: one compound if it is one, else each for itself."""
        joined = join_parts(ZWNJ.join(parts))
        if (lemma := self._whole(joined)) is not None:
            return (self._term(lemma, joined, tuple(parts)),)
        if self._is_bound(parts):
            return (self._term(self._bound_lemma(parts), joined, tuple(parts)),)
        if len(parts) > 2 or any(self._words.known(part) is None for part in parts):
            split = self._split(joined)
            if split and tuple(parts) != split and not self._is_bound(split):
                return self._of_compound(list(split))  # پرگفت‌وگو
        return self._one_by_one(parts)

    def _one_by_one(self, parts: list[str]) -> tuple[Term, ...]:
        """Parts that only stand together: each for itself."""
        return tuple(term for part in parts for term in self._of_joined(part))

    def _of_joined(self, word: str) -> tuple[Term, ...]:
        """A token without ZWNJ: a word we know, words run together, or a word nobody listed."""
        lemma = self._words.known(word)
        if lemma is None:
            if parts := self._split(word):
                return self._of_compound(list(parts))
            lemma = self._words.guess(word)
        return (self._term(lemma, word, ()),)

    def _term(self, lemma: Lemma, form: str, typed: tuple[str, ...]) -> Term:
        text, rule, entry, related = lemma
        listed = self._lexicon.get(text)
        if parts := listed.parts if listed and listed.parts else typed:
            related = (*(self._words.lemma(part).text for part in parts if len(part) > 1), *related)
        return _new(Term, (text, form, related, rule, entry))

    def _whole(self, joined: str) -> Lemma | None:
        """The lemma of parts written together, when the lexicon knows them as one word."""
        lemma = self._words.known(joined)
        return lemma if lemma and lemma.rule != "verb" else None

    def with_madda(self, folded: str) -> str:
        """Returns a token that begins with alef, with the madda it lacks, if it is a word only so (ازادی)."""
        if len(folded) < 2 or folded in SUFFIXES or folded in _PERSONAL_ENDINGS:
            return folded
        return self._madda.restored(folded)

    def _is_bound(self, parts: Sequence[str]) -> bool:
        return len(parts) == 2 and self._bound.is_always(parts[1])

    def _bound_lemma(self, parts: list[str]) -> Lemma:
        _, base = self._bound.find(parts[1])
        return Lemma(join_parts(parts[0] + ZWNJ + base), "compound with a bound form", base)

    def bonds(self, folded: str) -> tuple[int, int]:
        """Returns what may be one word with this token across a space, as bits of `Bond`: what follows, what precedes.

        Where what a token has for those after it shares no bit with what the next has for those before, they are apart.
        """
        if folded.isascii():
            return 0, 0
        word = join_parts(folded)
        kind, is_plain, after = self._words.kind(word), word.isalpha(), 0
        if is_plain:
            after = Bond.SUFFIX | self._bonds_of_heads.get(word, 0) | _BONDS_OF_KINDS[kind & _BINDING]
            if word[-1] in _HEH_AND_YEH:
                after |= Bond.ENCLITIC
        return after, self._bonds_before(folded, word, kind) if is_plain or ZWNJ in folded else 0

    def _bonds_before(self, folded: str, word: str, kind: int) -> int:
        if folded is word:  # of one part
            bonds = self._bonds_of_tails.get(word, Bond.PREFIXED)
        else:
            head = folded.partition(ZWNJ)[0]
            bonds = Bond.PREFIXED | Bond.SUFFIX * (head in _SPACED_SUFFIXES) if _is_persian(head) else 0
        if not bonds:
            return 0
        if folded == VAV:
            return Bond.PAIR
        if self._bound.is_always(folded):
            bonds |= Bond.SUFFIX
        if folded[0] in _FIRST_OF_IMPERFECTIVE and folded.startswith(_IMPERFECTIVE):
            bonds |= Bond.PREVERB | Bond.PROGRESSIVE
        if kind & Kind.TAIL:
            return bonds | Bond.COMPOUND
        for base in self._other_bases(word):
            if self._words.kind(base) & Kind.TAIL:
                return bonds | Bond.COMPOUND
        return bonds

    def _other_bases(self, word: str) -> list[str]:
        """What a later part of a compound may be listed as but itself: its lemma, and without a plural."""
        lemma = self._words.lemma(word).text
        bases = [] if lemma == word else [lemma]
        if word[-1:] == YEH:
            bases.append(word[:-1])
        elif word.endswith(_PLURAL):
            bases.append(word[:-2])
        return bases

    def _find_tails(self, right: str) -> tuple[str, ...]:
        """What a later part of a compound may be listed as, spelled as it is there."""
        word = join_parts(right)
        return tuple([base.replace(ALEF_MADDA, ALEF) for base in (word, *self._other_bases(word))])

    def sides(self, folded: str, after: int, before: int) -> tuple[str, tuple[str, ...]]:
        """Returns how a folded token, with its bonds, begins a listed compound, and how it may end one."""
        head = folded if after & Bond.COMPOUND and ZWNJ not in folded else ""
        return head, self._tails(folded) if before & Bond.COMPOUND else ()

    def are_apart(self, bonds: int, head: str, tails: tuple[str, ...]) -> bool:
        """Returns whether two tokens are surely apart, by the bonds that they share and what `sides` says of them.

        They are if they could only be a compound (see `joins`), and the lexicon lists the first with none of what the
        second may be. Where either side is empty, `joins` has to be asked.
        """
        return bonds == Bond.COMPOUND and head != "" and tails != () and not self._is_listed(head, tails)

    def joins(self, left: str, right: str) -> bool:
        """Returns whether a space between two folded tokens is only a spelling: they are one word."""
        shared = self._bonds(left.rpartition(ZWNJ)[2])[0] & self._bonds(right)[1]
        if shared == Bond.COMPOUND:  # as nearly always
            return self._is_listed_compound(left, right)
        if shared & Bond.SUFFIX and right.partition(ZWNJ)[0] in _SPACED_SUFFIXES:
            return self._is_nominal(left)
        if shared & Bond.SUFFIX and right in _ENCLITICS:
            return self._is_content(left)
        if shared & Bond.ENCLITIC and self._takes_enclitic(left, right):
            return True
        if shared & Bond.PROGRESSIVE:
            return right in _IMPERFECTIVE or self._is_verb(right)
        if shared & Bond.PREVERB and (right in _IMPERFECTIVE or self._is_verb(f"{left}{ZWNJ}{right}")):
            return True
        if shared & Bond.PREFIXED and join_parts(_main_verb(left)) in _VERBAL_PREFIXES:
            return self._is_verb(f"{_main_verb(left)}{ZWNJ}{right}")
        return bool(shared) and self._is_spaced_compound(left, right)

    def joins_pair(self, left: str, right: str) -> bool:
        """Returns whether two folded tokens with "and" between them are one compound (گفت و گو, حمل و نقل)."""
        lemma = self._words.known(join_parts(f"{left}{VAV}{right}"))
        entry = self._words.entry(lemma.text) if lemma else None
        return entry is not None and bool(entry.kind & Kind.PAIR) and entry.parts[0] == left

    def _is_verb(self, folded: str) -> bool:
        lemma = self._words.known(join_parts(folded))
        return lemma is not None and lemma.rule == "verb"

    def _is_nominal(self, word: str) -> bool:
        entry = self._words.entry(join_parts(word))
        if entry is None or not entry.kind & Kind.FUNCTION or entry.weight < _OF_FUNCTION:
            return True
        return bool(entry.kind & (Kind.NOUN | Kind.ADJECTIVE))

    def _takes_enclitic(self, word: str, ending: str) -> bool:
        """Whether a word in heh or yeh can carry an ending written apart: a noun, or a participle (رفته اند)."""
        joined = join_parts(word)
        if joined.endswith(YEH):
            return ending in _AFTER_YEH and len(joined) > 3 and self._words.is_word(joined)
        if not joined.endswith(HEH):
            return ending == _COPULA and self._is_content(word)
        if ending in _PERSONAL_ENDINGS and self._words.verb(joined, certain=False):
            return True
        if ending not in _AFTER_HEH or len(joined) < SHORTEST_PART:
            return False
        split = () if (is_word := self._words.is_word(joined)) else self._split(joined)
        return is_word or bool(split) and self._words.is_word(split[-1])

    def _is_spaced_compound(self, left: str, right: str) -> bool:
        """Whether two neighbours are a compound that the lexicon lists, or the second lives only in compounds."""
        if self._bound.is_always(right) and (
            len(join_parts(left)) >= self._bound.find(right)[0] or self._is_noun(left)
        ):
            return True
        return self._is_listed_compound(left, right)

    def _is_listed_compound(self, left: str, right: str) -> bool:
        if left == right or not self._is_listed(join_parts(left), self._tails(right)):
            return False
        lemma = self._words.known(join_parts(left + ZWNJ + right))
        if lemma is None:
            return False
        if self._prefixes.get(left) == "always":
            return len(right) >= SHORTEST_PART or lemma.rule == "listed"
        entry = self._words.entry(lemma.text)
        if not entry or lemma.rule == "verb":
            return False
        if entry.parts and entry.kind & Kind.FUNCTION:
            second = entry.parts[1]
            return right == second or right == second + YEH and not second.endswith(ALEF)  # هر کسی, but not این جای
        if entry.parts and entry.kind & Kind.NAME and len(entry.parts) == 2:
            return join_parts(left) == entry.parts[0] and join_parts(right) == join_parts(entry.parts[1])
        if entry.parts:
            return join_parts(left) == join_parts(entry.parts[0]) or len(entry.parts) > 2
        if right in self._agents and lemma.rule == "listed" and self._is_noun(left):
            return True
        if not entry.kind & Kind.TRUSTED:
            return False
        if self._prefixes.get(left) == "listed":
            return not self._words.verbs.is_past_stem(right)  # هم رفت is no compound
        return self._is_content(left) and self._is_content(right)

    def _is_listed(self, head: str, tails: tuple[str, ...]) -> bool:
        """Whether the lexicon has some beginning of a compound with one of some ends as one word."""
        get = self._lexicon.get
        for tail in tails:
            entry = get(head + tail)
            if entry and entry.kind & Kind.LISTED:
                return True
        return False

    def _is_agent(self, word: str) -> bool:
        """Whether a bound form is a verb's stem that mostly ends compounds (گیر; but not ساز)."""
        if not self._words.verbs.is_present_stem(word):
            return False
        entry = self._words.entry(word)
        return entry is not None and not entry.kind & Kind.FUNCTION and entry.weight <= _HARDLY_A_NOUN

    def _is_noun(self, word: str) -> bool:
        """Whether a part is a common noun and no word of function, however short."""
        joined = join_parts(word)
        entry = self._words.entry(joined)
        return entry is not None and entry.kind & _NOUN_OR_FUNCTION == Kind.NOUN and self._is_content(word, len(joined))

    def _is_content(self, word: str, shortest: int = SHORTEST_PART) -> bool:
        """Whether a part is a common noun or adjective: such two, written apart, may still be one listed word."""
        joined = join_parts(word)
        return len(joined) >= shortest and is_common_noun(self._words, joined)


def _is_persian(part: str) -> bool:
    return part.isalpha() and not part.isascii()


def _main_verb(folded: str) -> str:
    """What of a verb form stands after the auxiliary of a progressive, if it begins with one."""
    head, mark, rest = folded.partition(ZWNJ)
    return rest if mark and head in BEFORE_PROGRESSIVE else folded
