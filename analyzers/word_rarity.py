"""How rare a word is in Persian at large, whatever collection of articles it is met in.

Of words whose frequency the lexicon knows (its weight, log2 of the frequency in hazm's list), rarity falls by ln 2 each
time frequency doubles, as an inverse document frequency does. Of the others the kind tells: the figures below are the
mean inverse document frequencies of such words in 9,156 news articles (those of docs/relevance.md's first two sets),
rounded.
"""

from __future__ import annotations

import math

from .lexicon import Kind, default_lexicon
from .stopwords import stopwords

RAREST = 7.5
"""Of words the lexicon does not know: foreign names, most of them."""

_COMMONEST = 0.5
_VERB = 1.0  # lemmas of verbs are their two stems (رفت#رو)
_STOPWORD = 1.0
_NUMBERS = (2.0, 3.0, 5.0, 6.0)  # of one digit, two, three, and more
_FUNCTION_WORD = 2.5  # without a frequency, as are those below
_LISTED = 5.0
_FEW_TIMES = 6.0  # up to the weight that follows: words newly listed, whose frequency is none of all texts
_FEW = 6
_SOME_TIMES = 4.0
_SOME = 13  # the weight that names are given (see `lexicon_compiler`); what is known of those below is not much either
_AT_16 = 7.0  # of a word of weight 16


def rarity(lemma: str) -> float:
    """Returns how rare a lemma is: the logarithm of one in how many articles it may be expected, about.

    >>> rarity("ایران") < rarity("تورم") < rarity("پرسپولیس") < rarity("اوپنهایمر")
    True
    """
    if "#" in lemma:
        return _VERB
    if lemma in stopwords():
        return _STOPWORD
    if lemma[:1].isdecimal():
        return _NUMBERS[min(len(lemma), len(_NUMBERS)) - 1]
    entry = default_lexicon().get(lemma)
    if entry is None:
        return RAREST
    if not entry.weight:
        return _FUNCTION_WORD if entry.kind & Kind.FUNCTION else _LISTED
    if entry.weight <= _SOME:
        return _FEW_TIMES if entry.weight <= _FEW else _SOME_TIMES
    return min(max(_AT_16 - math.log(2) * (entry.weight - 16), _COMMONEST), RAREST)
