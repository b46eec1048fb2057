"""What lemmas add to scores, and that only those used last are kept."""

from __future__ import annotations

import numpy as np
import pytest

from khabarjoo.index.score_cache import Decoded, ScoreCache

POSTINGS = {"باران": ([0, 2, 5], [10, 255, 3]), "برف": ([1], [7]), "باد": ([3, 4], [1, 1]), "نیست": ([], [])}


class Postings:
    """Postings that tell which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def decoded(self, lemma: str) -> Decoded:
        self.asked.append(lemma)
        docs, impacts = POSTINGS[lemma]
        return Decoded(np.array(docs, np.intp), np.array(impacts, np.int64))


def test_a_lemma_adds_its_impact_times_its_worth_and_something_for_each_article() -> None:
    docs, values = ScoreCache(Postings().decoded).of("باران", 3, 1)
    assert (docs.tolist(), values.tolist()) == ([0, 2, 5], [31, 766, 10])
    assert ScoreCache(Postings().decoded).of("نیست", 3, 1).values.tolist() == []


def test_what_was_worked_out_is_not_worked_out_again() -> None:
    postings = Postings()
    addends = ScoreCache(postings.decoded)
    assert addends.of("برف", 2, 0) is addends.of("برف", 2, 0)
    assert addends.of("برف", 3, 0).values.tolist() == [21]
    assert postings.asked == ["برف", "برف"]


def test_those_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.score_cache._KEPT", 4)
    postings = Postings()
    addends = ScoreCache(postings.decoded)
    for lemma in ("باران", "برف", "باران", "باد", "باران", "باد", "برف"):
        addends.of(lemma, 1, 0)
    # with باد there are six, so برف and then باران go; with باران again باد goes, and so on
    assert postings.asked == ["باران", "برف", "باد", "باران", "باد", "برف"]
