"""Topics: what articles have in common, and how much of it others have."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from khabarjoo.index.article import Article
from khabarjoo.index.segment import Docs
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.feedback import agreement, topic_of
from khabarjoo.searcher.query.plan import Match, Plan, Word
from tests.corpus import make_index, make_live, random_articles

OIL = Article("oil", body="نفت نفت نفت گاز گاز پالایشگاه")
GAS = Article("gas", body="گاز گاز نفت خط لوله")
FILM = Article("film", body="سینما بازیگر جشنواره")


def reader_of(folder: Path, *articles: Article) -> SegmentReader:
    return SegmentReader(make_live(folder, articles))


def one_of(reader: SegmentReader, doc: int, weight: float) -> tuple[SegmentReader, Docs, NDArray[np.float64]]:
    return reader, np.array([doc]), np.array([weight])


def keywords(reader: SegmentReader, doc: int) -> dict[str, int]:
    numbers, weights = reader.columns.keywords
    pairs = zip(numbers[doc].tolist(), weights[doc].tolist(), strict=True)
    return {reader.lemma(number): weight for number, weight in pairs if weight}


def test_the_topic_of_one_article_is_its_keywords(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", OIL, FILM)
    topic = topic_of([one_of(reader, 0, 1.0)], 10)
    assert topic == keywords(reader, 0)
    assert topic.keys() == {"نفت", "گاز", "پالایشگاه"}
    assert max(topic, key=lambda lemma: topic[lemma]) == "پالایشگاه"  # once, but much the rarest


def test_a_better_article_counts_more(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", OIL, FILM)
    topic = topic_of([one_of(reader, 0, 0.25), one_of(reader, 1, 1.0)], 10)
    assert topic == pytest.approx(
        {lemma: weight / 4 for lemma, weight in keywords(reader, 0).items()} | keywords(reader, 1)
    )


def test_articles_of_several_segments_make_one_topic(tmp_path: Path) -> None:
    one, other = reader_of(tmp_path / "0", FILM, OIL), reader_of(tmp_path / "1", GAS)
    topic = topic_of([one_of(one, 1, 1.0), one_of(other, 0, 1.0)], 10)
    assert topic["نفت"] == keywords(one, 1)["نفت"] + keywords(other, 0)["نفت"]


def test_a_topic_has_the_weightiest_keywords_equals_by_their_letters(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", Article("0", body="بنژامن اوپنهایمر کالسیمین تامیفلو"))
    whole = topic_of([one_of(reader, 0, 1.0)], 10)
    assert len(set(whole.values())) == 1
    assert list(topic_of([one_of(reader, 0, 1.0)], 2)) == sorted(whole)[:2]
    assert topic_of([one_of(reader, 0, 1.0)], 0) == topic_of([], 5) == {}


def test_agreement_is_the_sum_over_common_keywords(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", OIL, GAS, FILM)
    topic = topic_of([one_of(reader, 0, 1.0)], 10)
    expected = [
        sum(topic.get(lemma, 0) * weight for lemma, weight in keywords(reader, doc).items()) for doc in range(3)
    ]
    assert agreement(reader, np.arange(3), topic).tolist() == pytest.approx(expected)
    assert agreement(reader, np.array([2, 0]), topic).tolist() == pytest.approx([expected[2], expected[0]])
    assert expected[0] > expected[1] > expected[2] == 0


def test_nothing_agrees_with_no_topic_or_with_words_that_are_nowhere(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", OIL)
    assert (
        agreement(reader, np.arange(1), {}).tolist() == agreement(reader, np.arange(1), {"قطار": 9.0}).tolist() == [0]
    )


def test_articles_without_words_have_no_topic_and_agree_with_none(tmp_path: Path) -> None:
    empty = reader_of(tmp_path / "0", Article("0"), Article("1", source="مهر"))
    assert topic_of([one_of(empty, 0, 1.0)], 5) == {}
    assert agreement(empty, np.arange(2), {"نفت": 1.0}).tolist() == [0, 0]
    mixed = reader_of(tmp_path / "1", Article("0"), OIL)
    assert topic_of([one_of(mixed, 0, 1.0)], 5) == {}
    assert agreement(mixed, np.arange(1), topic_of([one_of(mixed, 1, 1.0)], 5)).tolist() == [0]


@pytest.mark.parametrize("seed", range(3))
def test_random_articles_agree_most_with_their_own_topic(seed: int, tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "0", *random_articles(Random(seed), 40))
    for doc in range(40):
        topic = topic_of([one_of(reader, doc, 1.0)], 100)
        agreements = agreement(reader, np.arange(40), topic)
        assert agreements[doc] >= 0.97 * agreements.max()  # weights are rounded to a byte


def test_of_equal_matches_those_come_first_that_say_what_the_best_say(tmp_path: Path) -> None:
    best = [Article(f"b{n}", "سیل", body="سیل سیل باران رودخانه پل امداد") for n in range(3)]
    like = Article("like", body="سیل رودخانه پل امداد بازار")
    unlike = Article("unlike", body="سیل سینما بازیگر جشنواره اکران")
    engine = ColumnEngine(
        make_index(tmp_path / "i", [unlike, like, *best, *(Article(f"x{n}", "نفت") for n in range(20))])
    )
    answer = engine.best(Plan(Match((Word("سیل", ("سیل",)),))), 10)
    assert [engine.id(number) for number in answer.numbers] == ["b0", "b1", "b2", "like", "unlike"]
