"""The words an index has, for those who look for one: how many articles have it, and which are spelled alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.wordlist import WordList

from .ranking import frequency

ENOUGH = 5
"""Articles with all words of a query, from which on nothing is wrong with it."""

RARE = 3
"""Articles that may have a misprint, in an index of many."""

_FORMS = 40_000  # the commonest, that are read; rarer ones are as often misspelt themselves
_FEWEST = 3  # articles with a word for it to be proposed, in an index that has many
_LEFT_OUT = 0.15  # how much likelier it is, in letters, that one was left out
_SMALL = 1000  # articles of an index that has few

# Letters that sound alike, which is how most words are misspelt: the first stands for all.
_SOUNDS = ("زذضظ", "سصث", "تط", "هح", "غق", "اعآ")
_AS_HEARD = str.maketrans({letter: letters[0] for letters in _SOUNDS for letter in letters[1:]})


class Similar(NamedTuple):
    """A form that is spelled like another: its lemma, how many articles may have the form, and how far it is.

    A letter put in, changed, or in its neighbour's place counts 1, one that was left out a little less, and one that
    sounds alike half.
    """

    form: str
    lemma: str
    articles: int
    distance: float


class Vocabulary:
    """The words of some segments."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self.articles = sum(reader.doc_count() for reader in readers)

    @property
    def fewest(self) -> int:
        """How many articles have a word that may be proposed."""
        return 1 if self.articles < _SMALL else _FEWEST

    def count(self, lemma: str) -> int:
        """How many articles have a lemma."""
        return frequency(self._readers, lemma)

    def most_together(self, lemma: str, others: Iterable[str]) -> int:
        """How many of some other lemmas an article has at most that has this one."""
        others = list(others)
        most = 0
        for reader in self._readers:
            docs = reader.decoded(lemma).docs
            found = [np.isin(docs, reader.decoded(other).docs, assume_unique=True) for other in others]
            if len(docs) and found:
                most = max(most, int(np.sum(found, axis=0).max()))
        return most

    def similar(self, form: str, distance: int) -> list[Similar]:
        """The forms at most so far from one, in no order."""
        from rapidfuzz.distance import OSA  # late, as few searches come here
        from rapidfuzz.process import extract

        words, heard = self._words, form.translate(_AS_HEARD)
        similar = []
        for other, apart, place in extract(form, words.texts, scorer=OSA.distance, score_cutoff=distance, limit=None):
            lemma = words.lemma(place)
            articles = min(self.count(lemma), int(words.counts[place]))
            if articles >= self.fewest:
                sounds_apart = OSA.distance(heard, other.translate(_AS_HEARD))
                weighed = (apart + min(apart, sounds_apart)) / 2 - _LEFT_OUT * (len(other) > len(form))
                similar.append(Similar(other, lemma, articles, weighed))
        return similar

    @cached_property
    def _words(self) -> WordList:
        return WordList([reader.live for reader in self._readers], _FORMS)
