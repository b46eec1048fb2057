"""The collector finds what a plain scorer of a few lines finds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment
from khabarjoo.searcher.local.collector import Order, TopCollector
from khabarjoo.searcher.local.masks import Mask
from khabarjoo.searcher.local.ranking import IdfCache, whole
from khabarjoo.searcher.local.top_k import PlainWord
from tests.corpus import make_live, random_articles

Boosts = dict[str, float]


class Found(NamedTuple):
    """What a scorer found: (article, score) from the best, how many had any of the words, how many all."""

    top: list[tuple[int, float]]
    total: int
    total_all: int


def make_lives(folder: Path, seed: int, segments: int, deleted: float = 0.25) -> list[LiveSegment]:
    rng = Random(seed)
    lives = []
    for number in range(segments):
        articles = random_articles(rng, rng.choice((1, 15, 30)), prefix=f"s{number}-")
        gone = {article.id for article in articles if rng.random() < deleted}
        lives.append(make_live(folder / f"{number}", articles, gone))
    return lives


def plainly(
    lives: Sequence[LiveSegment], boosts: Boosts, masks: Sequence[Mask | None], only_all: bool = False
) -> Found:
    """Scores article by article, word by word, and sorts them all."""
    documents = sum(map(len, lives))
    levels: dict[str, dict[int, int]] = {lemma: {} for lemma in boosts}
    allowed, offset = set(), 0
    for live, mask in zip(lives, masks, strict=True):
        alive = set(live.live().tolist())
        for lemma in boosts:
            number = live.segment.lemma_number(lemma)
            if number >= 0:
                docs, impacts = live.segment.postings(number)
                pairs = zip(docs.tolist(), impacts.tolist(), strict=True)
                levels[lemma].update({offset + doc: level for doc, level in pairs if doc in alive})
        allowed |= {offset + doc for doc in alive if mask is None or mask[doc]}
        offset += len(live.segment)
    scores: dict[int, float] = {}
    for lemma, boost in boosts.items():
        idf = math.log(1 + (documents - len(levels[lemma]) + 0.5) / (len(levels[lemma]) + 0.5))
        for doc in allowed & levels[lemma].keys():
            scores[doc] = scores.get(doc, 0) + boost * idf * levels[lemma][doc] / 255
    complete = {doc for doc in scores if all(doc in levels[lemma] for lemma in boosts)}
    kept = complete if only_all else set(scores)
    return Found(sorted(((doc, scores[doc]) for doc in kept), key=lambda x: (-x[1], x[0])), len(scores), len(complete))


def collected(
    lives: Sequence[LiveSegment],
    boosts: Boosts,
    limit: int,
    masks: Sequence[Mask | None] | None = None,
    only_all: bool = False,
) -> Found:
    given = masks or [live.mask for live in lives]
    collector = collecting(lives, boosts, limit, given, None, only_all)
    numbers, scores = collector.best()
    return Found(list(zip(numbers.tolist(), scores.tolist(), strict=True)), collector.total, collector.total_all)


def collecting(
    lives: Sequence[LiveSegment],
    boosts: Boosts,
    limit: int,
    masks: Sequence[Mask | None],
    order: Order | None = None,
    only_all: bool = False,
) -> TopCollector:
    readers = [SegmentReader(live) for live in lives]
    rarities = IdfCache(readers)
    words = [PlainWord(lemma, whole(boost * rarities.of(lemma))) for lemma, boost in boosts.items()]
    collector = TopCollector(readers, limit, lambda reader: masks[readers.index(reader)], order, only_all)
    for reader in readers:
        collector.collect_words(words, reader)
    return collector


def random_boosts(rng: Random, lives: Sequence[LiveSegment]) -> Boosts:
    lemmas = [*sorted({lemma for live in lives for lemma in live.segment.lemmas}), "نیست"]
    return {lemma: rng.choice((1.0, 1.0, 2.0, 0.5)) for lemma in rng.sample(lemmas, rng.randrange(1, 6))}


def same(found: Found, expected: Found, limit: int) -> None:
    assert (found.total, found.total_all) == (expected.total, expected.total_all)
    assert len(found.top) == min(limit, len(expected.top))
    scores = dict(expected.top)
    assert [score for _, score in found.top] == pytest.approx([scores[doc] for doc, _ in found.top], rel=1e-4, abs=1e-4)
    # Worths are kept in steps of 1/65536, and so may the order be of articles closer to each other: compared by score.
    assert [score for _, score in found.top] == pytest.approx(
        [score for _, score in expected.top[:limit]], rel=1e-4, abs=1e-4
    )
    assert len({doc for doc, _ in found.top}) == len(found.top)


@pytest.mark.parametrize("segments", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_random_disjunctions_equal_a_plain_scorer_s(seed: int, segments: int, tmp_path: Path) -> None:
    lives = make_lives(tmp_path, seed, segments)
    rng = Random(seed)
    for _ in range(20):
        boosts, limit = random_boosts(rng, lives), rng.choice((0, 1, 3, 10, 1000))
        masks = [live.mask for live in lives]
        only_all = rng.random() < 0.3
        expected = plainly(lives, boosts, masks, only_all)
        same(collected(lives, boosts, limit, only_all=only_all), expected, limit)


@pytest.mark.parametrize("seed", range(3))
def test_masked_articles_are_neither_found_nor_counted(seed: int, tmp_path: Path) -> None:
    lives = make_lives(tmp_path, seed, 3)
    rng = Random(seed)
    for _ in range(10):
        masks: list[Mask | None] = []
        for live in lives:
            mask = np.array([rng.random() < 0.5 for _ in range(len(live.segment))])
            masks.append(mask if live.mask is None else mask & live.mask)
        boosts = random_boosts(rng, lives)
        same(collected(lives, boosts, 7, masks), plainly(lives, boosts, masks), 7)


@pytest.mark.parametrize("only_all", [False, True])
def test_the_best_of_many_are_the_same_as_of_all(only_all: bool, tmp_path: Path) -> None:
    """So many that they are looked for block by block."""
    rng = Random(7)
    lives = [make_live(tmp_path / "0", random_articles(rng, 1500)), make_live(tmp_path / "1", random_articles(rng, 9))]
    for limit in (1, 2, 10, 40):
        for _ in range(5):
            boosts = random_boosts(rng, lives)
            expected = plainly(lives, boosts, [None, None], only_all)
            same(collected(lives, boosts, limit, only_all=only_all), expected, limit)


def test_equals_come_in_the_order_they_were_indexed_whatever_the_limit(tmp_path: Path) -> None:
    batches = [[Article(f"{batch}-{n}", "باران") for n in range(7)] for batch in range(3)]
    lives = [make_live(tmp_path / str(number), batch) for number, batch in enumerate(batches)]
    for limit in range(23):
        found = collected(lives, {"باران": 1.0}, limit)
        assert [number for number, _ in found.top] == list(range(min(limit, 21)))
        assert found.total == found.total_all == 21


def test_the_better_of_a_late_segment_comes_before_equals_of_an_early_one(tmp_path: Path) -> None:
    lives = [
        make_live(tmp_path / "0", [Article(str(n), "باران در تهران") for n in range(5)]),
        make_live(tmp_path / "1", [Article("x", "باران")]),
    ]
    assert [number for number, _ in collected(lives, {"باران": 1.0}, 2).top] == [5, 0]


def test_deleted_articles_count_for_nothing(tmp_path: Path) -> None:
    articles = [Article(str(n), "باران") for n in range(10)]
    live = make_live(tmp_path / "0", articles, deleted={str(n) for n in range(9)})
    alone = make_live(tmp_path / "1", articles[9:])
    found, expected = (collected([one], {"باران": 1.0}, 5) for one in (live, alone))
    assert found.top == [(9, expected.top[0][1])]
    assert (found.total, found.total_all) == (1, 1)
    assert found.top[0][1] > 0


@pytest.mark.parametrize("boost", [1e-3, 1.0, 5000.0, 5e4])
def test_scores_of_any_size_are_told_from_counts_of_words(boost: float, tmp_path: Path) -> None:
    articles = [Article("0", "باران"), Article("1", "برف باران"), Article("2", "باد"), Article("3", "برف " * 30)]
    lives = [make_live(tmp_path / "0", articles)]
    boosts = {"باران": boost, "برف": 1.0}
    same(collected(lives, boosts, 9), plainly(lives, boosts, [None]), 9)


def test_many_words_are_told_from_high_scores(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(1500)]
    lives = [make_live(tmp_path / "0", [Article("0", " ".join(words)), Article("1", "word7"), Article("2", "other")])]
    boosts = dict.fromkeys(words, 9.0)
    found = collected(lives, boosts, 9)
    same(found, plainly(lives, boosts, [None]), 9)
    assert (found.total, found.total_all) == (2, 1)


def test_a_word_that_no_article_has_is_not_found(tmp_path: Path) -> None:
    assert collected(make_lives(tmp_path, 5, 2), {"نیست": 1.0}, 10) == ([], 0, 0)


def test_an_order_takes_the_place_of_the_score(tmp_path: Path) -> None:
    lives = [make_live(tmp_path / str(n), [Article(f"{n}{m}", "باران " * (m + 1)) for m in range(4)]) for n in range(2)]
    collector = collecting(lives, {"باران": 1.0}, 3, [None, None], lambda live, docs, scores: -scores)
    numbers, scores = collector.best()
    assert numbers.tolist() == [0, 4, 1]
    assert scores.tolist() == sorted(scores.tolist())
