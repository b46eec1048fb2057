"""The second stage: what closer reading adds, over several segments."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.ranking import RANKING, IdfCache, Ranking
from khabarjoo.searcher.local.rescore import Rescored, Rescorer
from khabarjoo.searcher.query.plan import Word
from tests.corpus import make_live, random_articles

WORDS = tuple(Word(lemma, (lemma,)) for lemma in ("باران", "برف", "تهران", "ایران", "همکاری"))


def readers(folder: Path, *sizes: int, seed: int = 0, deleted: float = 0.0) -> list[SegmentReader]:
    rng = Random(seed)
    found = []
    for place, size in enumerate(sizes):
        articles = random_articles(rng, size, f"s{place}-")
        gone = [article.id for article in articles if rng.random() < deleted]
        found.append(SegmentReader(make_live(folder / str(place), articles, gone)))
    return found


def scores(count: int, seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.sort(np.random.default_rng(seed).random(count) * 9 + 1)[::-1]


def rescored(found: list[SegmentReader], words: tuple[Word, ...], count: int, ranking: Ranking = RANKING) -> Rescored:
    numbers = np.array(Random(2).sample(range(sum(len(reader.columns) for reader in found)), count))
    return Rescorer(found, IdfCache(found), ranking).rescore(numbers, scores(count), words)


def test_the_score_is_that_of_words_and_all_that_is_added(tmp_path: Path) -> None:
    read = rescored(readers(tmp_path, 30, 10), WORDS[:3], 25)
    assert read.words.tolist() == scores(25).tolist()
    assert read.scores.tolist() == sum(read[1:]).tolist()  # type: ignore[attr-defined]


def test_nothing_is_ever_taken_away_and_each_part_adds_something(tmp_path: Path) -> None:
    read = rescored(readers(tmp_path, 30, 10), WORDS[:3], 25)
    for added in (read.closeness, read.exact, read.feedback):
        assert added.min() >= 0
        assert added.max() > 0


def test_closeness_and_forms_do_not_depend_on_how_articles_are_spread(tmp_path: Path) -> None:
    rng = Random(5)
    articles = random_articles(rng, 40)
    one = [SegmentReader(make_live(tmp_path / "one", articles))]
    parts = (articles[:7], articles[7:8], articles[8:])
    many = [SegmentReader(make_live(tmp_path / f"part{place}", part)) for place, part in enumerate(parts)]
    expected, found = rescored(one, WORDS, 30), rescored(many, WORDS, 30)
    assert found.closeness.tolist() == pytest.approx(expected.closeness.tolist(), rel=1e-12)
    assert found.exact.tolist() == pytest.approx(expected.exact.tolist(), rel=1e-12)


def test_long_queries_get_no_feedback(tmp_path: Path) -> None:
    found = readers(tmp_path, 30, 10)
    assert len(WORDS) == RANKING.feedback_words + 1
    assert not rescored(found, WORDS, 25).feedback.any()
    assert rescored(found, WORDS[:-1], 25).feedback.any()


def test_feedback_adds_at_most_its_share_of_the_best_score(tmp_path: Path) -> None:
    read = rescored(readers(tmp_path, 30, 10), WORDS[:2], 25)
    before = read.words + read.closeness + read.exact + read.kindred
    assert read.feedback.max() == pytest.approx(RANKING.feedback * before.max())


def test_parameters_are_those_given(tmp_path: Path) -> None:
    none = Ranking(closeness=0, name=0, exact=0, feedback=0, kindred=0)
    read = rescored(readers(tmp_path, 20), WORDS[:2], 15, none)
    assert read.scores.tolist() == read.words.tolist()


def test_without_articles_or_words_nothing_is_added(tmp_path: Path) -> None:
    found = readers(tmp_path, 5)
    empty = np.zeros(0, np.int64)
    assert len(Rescorer(found, IdfCache(found)).rescore(empty, np.zeros(0), WORDS).scores) == 0
    assert len(Rescorer([], IdfCache([])).rescore(empty, np.zeros(0), WORDS).scores) == 0
    assert rescored(found, (), 5).scores.tolist() == scores(5).tolist()


def test_articles_that_score_nothing_are_no_example(tmp_path: Path) -> None:
    found = readers(tmp_path, 9)
    read = Rescorer(found, IdfCache(found)).rescore(np.arange(9), np.zeros(9), (Word("نیستی", ("نیستی",)),))
    assert read.scores.tolist() == [0.0] * 9


def test_deleted_articles_do_not_count_for_how_rare_a_word_is(tmp_path: Path) -> None:
    whole = readers(tmp_path / "whole", 40, deleted=0.5)
    rng = Random(0)
    kept = [article for article in random_articles(rng, 40, "s0-") if rng.random() >= 0.5]
    assert len(kept) == sum(reader.doc_count() for reader in whole)
    alone = [SegmentReader(make_live(tmp_path / "alone", kept))]
    docs = whole[0].live.live()
    found = Rescorer(whole, IdfCache(whole)).rescore(docs, scores(len(docs)), WORDS)
    expected = Rescorer(alone, IdfCache(alone)).rescore(np.arange(len(docs)), scores(len(docs)), WORDS)
    assert found.closeness.tolist() == pytest.approx(expected.closeness.tolist())
    assert found.exact.tolist() == pytest.approx(expected.exact.tolist())
