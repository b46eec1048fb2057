"""Ranking by plain words against a sum made for each article by itself."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.top_k import PlainWord, add_up, rank, with_all
from tests.corpus import make_live, random_articles


@pytest.fixture(params=[1 << 11, 3], ids=["all sampled", "few sampled"])
def reader(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SegmentReader:
    monkeypatch.setattr("khabarjoo.searcher.local.top_k._SAMPLED", request.param)
    articles = random_articles(Random(4), 300)
    return SegmentReader(make_live(tmp_path / "s", articles, [article.id for article in articles[::7]]))


def summed(reader: SegmentReader, words: list[PlainWord]) -> tuple[dict[int, int], dict[int, int]]:
    """For each article that has any of the words its score, and how many of them it has."""
    scores: dict[int, int] = {}
    counts: dict[int, int] = {}
    for lemma, worth in words:
        docs, impacts = reader.decoded(lemma)
        for doc, impact in zip(docs.tolist(), impacts.tolist(), strict=True):
            scores[doc] = scores.get(doc, 0) + impact * worth
            counts[doc] = counts.get(doc, 0) + 1
    return scores, counts


def some_words(rng: Random, reader: SegmentReader) -> list[PlainWord]:
    lemmas = rng.sample([*reader.columns.lemmas, "نیست"], rng.randrange(1, 6))
    return [PlainWord(lemma, rng.choice((1, 7, 1 << 16, 123_456))) for lemma in lemmas]


def some_mask(rng: Random, reader: SegmentReader) -> NDArray[np.bool_] | None:
    return None if rng.random() < 0.5 else np.array([rng.random() < 0.4 for _ in range(len(reader.columns))])


def test_those_with_all_words_are_found_with_their_sums(reader: SegmentReader) -> None:
    rng = Random(8)
    for _ in range(60):
        words, mask = some_words(rng, reader), some_mask(rng, reader)
        scores, counts = summed(reader, words)
        docs, found = with_all(words, reader, mask)
        complete = [doc for doc in scores if counts[doc] == len(words) and (mask is None or mask[doc])]
        assert dict(zip(docs.tolist(), found.tolist(), strict=True)) == {doc: scores[doc] for doc in complete}


@pytest.mark.parametrize("limit", [1, 2, 10, 1000])
def test_the_best_are_those_of_plain_sums_and_all_are_counted(limit: int, reader: SegmentReader) -> None:
    rng = Random(limit)
    for _ in range(60):
        words, mask = some_words(rng, reader), some_mask(rng, reader)
        scores, counts = summed(reader, words)
        passed = {doc: score for doc, score in scores.items() if mask is None or mask[doc]}
        ranked = rank(words, reader, limit, mask)
        assert ranked.total == len(passed)
        assert ranked.total_all == sum(counts[doc] == len(words) for doc in passed)
        found = dict(zip(ranked.docs.tolist(), ranked.scores.tolist(), strict=True))
        best = sorted(passed, key=lambda doc: (-passed[doc], doc))[:limit]
        assert found.items() <= passed.items()
        assert set(best) <= found.keys()


def test_articles_as_good_as_the_last_are_all_given(tmp_path: Path) -> None:
    articles = [Article(str(number), body="باران آمد") for number in range(20)]
    reader = SegmentReader(make_live(tmp_path / "s", articles))
    assert rank([PlainWord("باران", 9)], reader, 3, None).docs.tolist() == list(range(20))


def test_a_word_that_is_nowhere_leaves_none_with_all_words(tmp_path: Path) -> None:
    reader = SegmentReader(make_live(tmp_path / "s", [Article("0", body="باران")]))
    both, neither = [PlainWord("باران", 1), PlainWord("کویر", 1)], [PlainWord("کویر", 1)]
    assert rank(both, reader, 5, None)[:2] == (1, 0)
    assert rank(neither, reader, 5, None)[:2] == (0, 0)
    assert len(rank(neither, reader, 5, None).docs) == 0


def test_all_articles_are_summed(reader: SegmentReader) -> None:
    rng = Random(8)
    for _ in range(20):
        words = some_words(rng, reader)
        scores, counts = summed(reader, words)
        everywhere = range(len(reader.columns))
        found_scores, found_counts = add_up(words, reader)
        assert found_scores.tolist() == [scores.get(doc, 0) for doc in everywhere]
        assert found_counts.tolist() == [counts.get(doc, 0) for doc in everywhere]
