"""Latin words of a query that are Persian in Latin letters: what they say in the words of an index."""

from __future__ import annotations

import re
from functools import cache

from khabarjoo.analyzers.finglish import is_latin
from khabarjoo.analyzers.word_tables import table_text

from .spelling import Romanised, Vocabulary

_RUN = re.compile(r"[A-Za-zâā](?:[A-Za-zâā'’`-]*[A-Za-zâā])?")
_EDGES = " .,،؛;:!?؟…()[]"
_SHORTEST = 2  # letters
_COST = 1.5  # what a reading may cost, and how much more for each letter
_COST_OF_LETTER = 0.45
_VOWELS = frozenset("aeiouyâā")
_NO_VOWEL = 2.0  # how much less a word may cost that was written without a vowel, as people hardly do
_OF_ENGLISH = 6.0  # the score of a reading of an English word among Persian ones


def latin_run(typed: str) -> tuple[int, int] | None:
    """Returns where the one Latin word stands in what was typed between two spaces; None when there is more than that.

    >>> latin_run("ali-reza,"), latin_run("mp3"), latin_run("covid-19")
    ((0, 8), None, None)
    """
    match = _RUN.search(typed)
    if not match or typed[: match.start()].strip(_EDGES) or typed[match.end() :].strip(_EDGES):
        return None
    return match.span() if is_latin(match[0]) else None


def is_english(word: str) -> bool:
    """Returns whether a word is an English one, in any case.

    >>> is_english("Museum"), is_english("zendegi")
    (True, False)
    """
    return f"\n{word.lower()}\n" in _english()


def read_latin(word: str, vocabulary: Vocabulary) -> Romanised | None:
    """Returns the Persian word that a Latin one stands for most likely.

    An English word needs a reading that is cheap and of a common word, and should be looked at only among others that
    are Persian.
    """
    if len(word) < _SHORTEST:
        return None
    dearest = _COST + _COST_OF_LETTER * len(word) - (0 if _VOWELS & set(word.lower()) else _NO_VOWEL)
    reading = next((reading for reading in vocabulary.romanised(word) if reading.cost <= dearest), None)
    return reading if reading and (not is_english(word) or reading.score >= _OF_ENGLISH) else None


@cache
def _english() -> str:
    return table_text("english_words.txt")
