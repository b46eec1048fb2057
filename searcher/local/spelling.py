"""The words an index has, for those who look for one: how many articles have it, and which are spelled alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np

from khabarjoo.index.common_words import WordList
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.term_dictionary import Spellings

from ..zwnj_spelling import spell
from .ranking import frequency

LATIN_PRICE = 3.0
"""How many times rarer a reading of Latin letters may be, in powers of two, for each unit that another costs more."""

FORMS = 40_000
"""The commonest forms, which are read; rarer ones are as often misspelt themselves."""

_FEWEST = 3  # articles with a word for it to be proposed, in an index that has many
_PAIRS = 3  # of letters side by side that are others where two letters have changed places
_LEFT_OUT = 0.15  # how much likelier it is, in letters, that one was left out
_READINGS = 12  # of Latin letters that are weighed
_SMALL = 1000  # articles of an index that has few

# Letters that sound alike, which is how most words are misspelt: the first stands for all.
_SOUNDS = ("زذضظ", "سصث", "تط", "هح", "غق", "اعآ")
_AS_HEARD = str.maketrans({letter: letters[0] for letters in _SOUNDS for letter in letters[1:]})

# Letters that are taken for each other: of one shape but for their dots, as Unicode joins them (Joining_Group), and
# those of neighbouring keys (ISIRI 9147).
_SHAPES = ("بپتث", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ")
_ROWS = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_TEETH = set(permutations("بپتثنی", 2))  # but at the end of a word
_MISTAKEN = {pair for group in _SHAPES for pair in permutations(group, 2)} | {
    pair for row in _ROWS for two in pairwise(row) for pair in permutations(two, 2)
}
_ONE_SOUND = 0.5
_MADDA, _AIN_ALEF = "آ", "عا"
_MADDA_PRICE, _MISTAKEN_PRICE, _TWICE_PRICE, _SWAPPED_PRICE = 0.2, 0.7, 0.7, 0.85


class Similar(NamedTuple):
    """A form that is spelled like another: its lemma, how many articles may have the form, how far it is, and the form
    with its ZWNJs.

    A letter put in or changed counts 1; a little less one that was left out, typed twice, in its neighbour's place, or
    taken for one of its shape or on the next key; one that sounds alike half, and an alef without its madda hardly.
    """

    form: str
    lemma: str
    articles: int
    distance: float
    spelled: str


class Romanised(NamedTuple):
    """A form that Latin letters may stand for: how often articles have it, and how likely it is that it was meant."""

    form: str
    lemma: str
    occurrences: int
    cost: float
    score: float


class Vocabulary:
    """The words of some segments."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self._in_order: dict[str, tuple[list[str], list[int]]] = {}
        self.articles = sum(reader.doc_count() for reader in readers)

    @property
    def fewest(self) -> int:
        """How many articles have a word that may be proposed."""
        return 1 if self.articles < _SMALL else _FEWEST

    def count(self, lemma: str) -> int:
        """Returns how many articles have a lemma."""
        return frequency(self._readers, lemma)

    def has(self, form: str, lemma: str) -> bool:
        """Returns whether an article has a word in this form."""
        for reader in self._readers:
            segment = reader.live.segment
            number = segment.lemma_number(lemma)
            if number >= 0 and any(segment.forms[other] == form for other in segment.forms_of(number).tolist()):
                return True
        return False

    def most_together(self, lemma: str, others: Iterable[str]) -> int:
        """Returns how many of some other lemmas an article has at most that has this one."""
        others = list(others)
        most = 0
        for reader in self._readers:
            docs = reader.decoded(lemma).docs
            found = [np.isin(docs, reader.decoded(other).docs, assume_unique=True) for other in others]
            if len(docs) and found:
                most = max(most, int(np.sum(found, axis=0).max()))
        return most

    def similar(self, form: str, distance: int) -> list[Similar]:
        """Returns the forms at most so far from one, in no order."""
        from rapidfuzz.distance import OSA  # late, as few searches come here
        from rapidfuzz.process import extract

        words, heard = self._words, form.translate(_AS_HEARD)
        likely = self._spellings.alike(form, distance, pairs=_PAIRS).tolist()
        texts = [words.texts[place] for place in likely]
        similar = []
        for other, apart, at in extract(form, texts, scorer=OSA.distance, score_cutoff=distance, limit=None):
            place = likely[at]
            lemma = words.lemma(place)
            articles = min(self.count(lemma), int(words.counts[place]))
            if articles >= self.fewest:
                weighed = _price(form, other) if apart == 1 else None
                if weighed is None:
                    sounds_apart = OSA.distance(heard, other.translate(_AS_HEARD))
                    weighed = (apart + min(apart, sounds_apart)) / 2 - _LEFT_OUT * (len(other) > len(form))
                spelled = spell(other, lemma, words.parts(place))
                similar.append(Similar(other, lemma, articles, weighed, spelled))
        similar += self._sounding(form)
        return similar

    def _sounding(self, form: str) -> Iterator[Similar]:
        """The form as it may begin otherwise without sounding otherwise: with an ain before its alef, or without."""
        beginnings = {_MADDA: _AIN_ALEF, _AIN_ALEF: _MADDA}
        for written, other in beginnings.items():
            text = other + form.removeprefix(written)
            if form.startswith(written) and text in self._words.texts:
                place = self._words.texts.index(text)
                lemma = self._words.lemma(place)
                articles = min(self.count(lemma), int(self._words.counts[place]))
                if articles >= self.fewest:
                    yield Similar(text, lemma, articles, _ONE_SOUND, spell(text, lemma, self._words.parts(place)))

    def romanised(self, latin: str) -> list[Romanised]:
        """Returns the forms that a word in Latin letters may stand for, the likeliest first."""
        from khabarjoo.analyzers.finglish import beginnings, read  # late, as few searches come here

        words = self._words
        texts, places = self._beginning(beginnings(latin))
        found = []
        for reading in read(latin, texts, _READINGS):
            some = places[reading.start : reading.end]
            count = sum(int(words.counts[place]) for place in some)
            place = max(some, key=lambda place: int(words.counts[place]))
            score = math.log2(count) - LATIN_PRICE * reading.cost
            found.append(Romanised(reading.text, words.lemma(place), count, reading.cost, score))
        return sorted(found, key=lambda reading: (-reading.score, reading.form))

    def _beginning(self, letters: Iterable[str]) -> tuple[list[str], list[int]]:
        """The forms that begin with one of some letters, in order, and their places in the list."""
        texts: list[str] = []
        places: list[int] = []
        for letter in sorted(letters):
            if letter not in self._in_order:
                some = sorted((self._words.texts[place], place) for place in self._of_letter.get(letter, ()))
                self._in_order[letter] = [text for text, _ in some], [place for _, place in some]
            texts += self._in_order[letter][0]
            places += self._in_order[letter][1]
        return texts, places

    @cached_property
    def _of_letter(self) -> dict[str, list[int]]:
        """The places of the forms that begin with each letter."""
        places: dict[str, list[int]] = {}
        for place, text in enumerate(self._words.texts):
            places.setdefault(text[:1], []).append(place)
        return places

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._words.texts)

    @cached_property
    def _words(self) -> WordList:
        return WordList([reader.live for reader in self._readers], FORMS)


def _price(typed: str, meant: str) -> float | None:
    """How far apart two forms are that differ in one letter; None if that is not where they differ."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    match len(wrong), len(right):
        case 0, 1:
            return 1 - _LEFT_OUT
        case 1, 0:
            return _TWICE_PRICE if wrong in (typed[start - 1 : start], typed[start + 1 : start + 2]) else 1.0
        case 1, 1:
            if {wrong, right} == {"ا", "آ"}:
                return _MADDA_PRICE
            if wrong.translate(_AS_HEARD) == right.translate(_AS_HEARD):
                return _ONE_SOUND
            is_mistaken = (wrong, right) in _MISTAKEN or (end > 0 and (wrong, right) in _TEETH)
            return _MISTAKEN_PRICE if is_mistaken else 1.0
        case 2, 2:
            return _SWAPPED_PRICE
    return None
