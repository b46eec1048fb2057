"""The second stage of ranking: the best articles by words are read more closely, and ordered anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from khabarjoo.index.segment_reader import SegmentReader

from ..query.plan import Word
from .doc_address import DocAddresses
from .feedback import agreement, topic_of
from .ordering import in_order
from .proximity import Nearness, nearness
from .ranking import RANKING, IdfCache, Ranking

if TYPE_CHECKING:
    from numpy.typing import NDArray

Numbers: TypeAlias = "NDArray[np.int64]"
Scores: TypeAlias = "NDArray[np.float64]"

_STEPS = 1 << 24  # of an article's weight in the topic: sums of whole numbers are the same in any order


class Rescored(NamedTuple):
    """Articles by their numbers over all segments, with what the second stage adds to their scores by words."""

    numbers: Numbers
    words: Scores
    closeness: Scores
    names: Scores
    exact: Scores
    feedback: Scores
    kindred: Scores

    @property
    def scores(self) -> Scores:
        """The whole scores."""
        return self.words + self.closeness + self.names + self.exact + self.feedback + self.kindred

    def parts(self, place: int) -> dict[str, float]:
        """Returns what is added to the score of one of the articles, by what adds it."""
        parts = {
            "closeness": self.closeness,
            "names": self.names,
            "exact forms": self.exact,
            "kindred words": self.kindred,
            "like the best": self.feedback,
        }
        return {what: float(added[place]) for what, added in parts.items() if added[place]}


class Rescorer:
    """Reads articles of one index for one query after another."""

    def __init__(self, readers: Sequence[SegmentReader], rarities: IdfCache, ranking: Ranking = RANKING) -> None:
        self._numbering = DocAddresses(readers)
        self._rarities = rarities
        self._ranking = ranking

    def rescore(self, numbers: Numbers, scores: Scores, words: Sequence[Word]) -> Rescored:
        """Returns what closer reading adds to the scores of some articles, for a query of these words."""
        nothing = np.zeros(len(numbers))
        if not words or not len(numbers):
            return Rescored(numbers, scores, nothing, nothing, nothing, nothing, nothing)
        closeness, names, exact, kindred = near = self._nearness(numbers, words)
        feedback = self._feedback(numbers, scores + sum(near)) if self._wants_feedback(words) else nothing
        return Rescored(numbers, scores, closeness, names, exact, feedback, kindred)

    def _nearness(self, numbers: Numbers, words: Sequence[Word]) -> Nearness:
        worths = np.array([word.boost * self._rarities.of(word.lemma) for word in words])
        groups = list(self._numbering.by_segment(numbers))
        near = nearness([(reader, docs) for reader, _, docs in groups], words, worths, self._ranking)
        order = np.argsort(np.concatenate([chosen for _, chosen, _ in groups]))
        return Nearness(*(added[order] for added in near))

    def _wants_feedback(self, words: Sequence[Word]) -> bool:
        return len(words) <= self._ranking.feedback_words

    def _feedback(self, numbers: Numbers, scores: Scores) -> Scores:
        ranking = self._ranking
        best = in_order(scores, numbers, self._numbering.id, ranking.feedback_articles)
        top = float(scores[best[0]])
        if not top:  # a filter let them through, and none has a word
            return np.zeros(len(numbers))
        weights = np.rint((scores[best] / top) ** 2 * _STEPS)
        articles = (
            (reader, docs, weights[chosen]) for reader, chosen, docs in self._numbering.by_segment(numbers[best])
        )
        topic = topic_of(articles, ranking.feedback_keywords)
        added = np.zeros(len(numbers))
        for reader, chosen, docs in self._numbering.by_segment(numbers):
            added[chosen] = agreement(reader, docs, topic)
        most = float(added.max())
        return added * (ranking.feedback * top / most) if most else added
