"""How much a match is worth, in two stages, with every parameter of both.

First each word counts its impact in the article (`index.bm25f`) times how rare it is. Then the best articles of that
order, the *window*, are read more closely: the words' closeness, their exact forms, and kindred words in place of those
that are missing (`proximity`), and how much an article is about what the best are about (`feedback`). What is added in
the second stage is never negative, so articles of the window stay before all others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from khabarjoo.analyzers.value_object import value
from khabarjoo.index.segment_reader import SegmentReader

SCALE = 1 << 16
"""A worth of 1 in scores as whole numbers; with the levels of an impact, scores are exact to a ten-millionth."""

_REMEMBERED = 1 << 14  # lemmas


@value
class Ranking:
    """The parameters of the second stage. docs/relevance.md tells how they were chosen, and what each brings."""

    window: int = 40  # articles read more closely
    window_of_names: int = 100  # and, where a person is named, of those with all words: many have those of several

    # Closeness: as in Büttcher, Clarke and Lushman, "Term proximity scoring for ad-hoc retrieval", SIGIR 2006, each
    # word counts the nearness of the query's word before it; order and adjacency as in Metzler and Croft's sequential
    # dependence, SIGIR 2005.
    closeness: float = 0.2  # the most it adds, as a share of what all words of the query are worth
    closeness_half: float = 1.0  # nearness, as a share of the same, at which it adds half of that
    near: int = 8  # words apart at most
    out_of_order: float = 0.5  # what a pair counts that stands otherwise than in the query
    exact: float = 0.05  # what a word adds that stands in a form asked for, as a share of its worth

    # Names of persons: neighbours that make one (حسین علیزاده) count as a phrase does.
    name: float = 0.3  # what two add that stand side by side as in the query, as a share of what both are worth

    # Kindred words, which begin alike (کرونا, کرونایی): cutting words after four or five letters helped on Hamshahri
    # in Akasereh and Savoy, "Ad hoc retrieval with the Persian language", CORIA 2012.
    kindred: float = 0.5  # what an article's use of words kindred to one it lacks is worth, against using that word
    kindred_letters: int = 4  # that are the same; shorter words have no kindred
    kindred_letters_of_long: int = 6  # the same for long words, mostly compounds: their first part is another word
    long: int = 9  # letters of a long word

    # Feedback: Rocchio's, over the keywords of the best articles; Lavrenko and Croft, SIGIR 2001, weigh them likewise.
    feedback: float = 0.3  # the most it adds, as a share of the best score
    feedback_articles: int = 8
    feedback_keywords: int = 30
    feedback_words: int = 4  # queries of more words know what they want

    similar_keywords: int = 24  # of an article, by which others like it are found

    def beginning(self, lemma: str) -> str:
        """Returns what all words kindred to one begin with; '' when it has none, as numbers have."""
        letters = self.kindred_letters if len(lemma) < self.long else self.kindred_letters_of_long
        return "" if len(lemma) < letters or lemma[0].isdecimal() else lemma[:letters]


RANKING = Ranking()
"""The parameters all searches use."""


def whole(worth: float) -> int:
    """Returns what an impact of 1 counts, as a whole number."""
    return max(1, round(worth * SCALE))


def inverse_document_frequency(documents: int, frequency: int) -> float:
    """Returns how rare a word is that is in ``frequency`` of ``documents`` articles: BM25's formula with one added
    inside the logarithm, so that a word that is in most articles still counts for something (Robertson and Zaragoza,
    "The Probabilistic Relevance Framework", 2009, section 3.4, mends it so).

    >>> round(inverse_document_frequency(1000, 1), 4), round(inverse_document_frequency(1000, 1000), 4)
    (6.5033, 0.0005)
    """
    return math.log1p((documents - frequency + 0.5) / (frequency + 0.5))


def frequency(readers: Iterable[SegmentReader], lemma: str) -> int:
    """Returns how many articles of some segments have a lemma."""
    return sum(reader.articles_with(lemma) for reader in readers)


class IdfCache:
    """How rare the lemmas of an index are over all its segments; what was worked out is remembered."""

    of: Callable[[str], float]
    """How rare a lemma is."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._readers = readers
        self._documents = sum(reader.doc_count() for reader in readers)
        self.of = lru_cache(maxsize=_REMEMBERED)(self._of)

    def _of(self, lemma: str) -> float:
        return inverse_document_frequency(self._documents, self.frequency(lemma))

    def frequency(self, lemma: str) -> int:
        """Returns how many articles have a lemma."""
        return frequency(self._readers, lemma)
