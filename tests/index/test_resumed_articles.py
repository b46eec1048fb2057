"""What is taken from the segments of an interrupted run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.manifest import segments_of
from khabarjoo.index.resumed_articles import Place, Pool
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import Writer
from tests.corpus import damage, make_segment, random_articles

ORIGIN = "news.jsonl"  # of the segments that `make_segment` makes


def pool_of(path: Path, *runs: Sequence[Article]) -> Pool:
    """The pool of a first run that was interrupted when it had written some segments."""
    path.mkdir()
    interrupted = Writer(path, None)
    interrupted.mark()
    for articles in runs:
        make_segment(interrupted.segment_folder(), articles)
    return Pool(Writer(path, None))


@pytest.fixture
def articles() -> list[Article]:
    return random_articles(Random(1), 30)


def test_every_article_is_taken_once_from_where_it_is(tmp_path: Path, articles: list[Article]) -> None:
    pool = pool_of(tmp_path / "index", articles[:10], articles[10:])
    places = [Place(0, doc) for doc in range(10)] + [Place(1, doc) for doc in range(20)]
    assert [pool.take(article, ORIGIN) for article in articles] == places
    assert [pool.folder(number).name for number in (0, 1)] == ["s000001-1", "s000001-2"]
    assert pool.taken == 30
    assert {pool.take(article, ORIGIN) for article in articles} == {None}
    assert pool.taken == 30


@pytest.mark.parametrize(
    "change", [{"id": "other"}, {"title": "مه"}, {"published": None}, {"tags": ("مه",)}, {"url": "x"}]
)
def test_an_article_of_which_anything_has_changed_is_not_taken(
    change: dict[str, object], tmp_path: Path, articles: list[Article]
) -> None:
    dated = next(article for article in articles if article.published)
    pool = pool_of(tmp_path / "index", articles)
    assert pool.take(replace(dated, **change), ORIGIN) is None  # type: ignore[arg-type]
    assert pool.take(dated, ORIGIN)


def test_an_article_that_comes_from_another_file_is_not_taken(tmp_path: Path, articles: list[Article]) -> None:
    pool = pool_of(tmp_path / "index", articles)
    assert pool.take(articles[0], "other.jsonl") is None
    assert pool.take(articles[0], ORIGIN) == Place(0, 0)


def test_what_is_there_twice_is_taken_from_the_first(tmp_path: Path, articles: list[Article]) -> None:
    pool = pool_of(tmp_path / "index", articles[5:10], articles[:10])
    assert [pool.take(article, ORIGIN) for article in articles[4:7]] == [Place(1, 4), Place(0, 0), Place(0, 1)]


def test_a_damaged_segment_is_removed_and_the_others_are_used(tmp_path: Path, articles: list[Article]) -> None:
    pool_of(tmp_path / "index", articles[:10], articles[10:20], articles[20:])
    file = tmp_path / "index" / "s000001-2" / SEGMENT_FILE
    damage(file, file.stat().st_size // 2)
    pool = Pool(Writer(tmp_path / "index", None))
    assert [pool.take(articles[number], ORIGIN) for number in (0, 10, 20)] == [Place(0, 0), None, Place(1, 0)]
    assert [path.name for path in segments_of(tmp_path / "index", 1)] == ["s000001-1", "s000001-3"]


def test_without_a_mark_there_is_nothing_to_take(tmp_path: Path, articles: list[Article]) -> None:
    make_segment(tmp_path / "index" / "s000001-1", articles)
    pool = Pool(Writer(tmp_path / "index", None))
    assert pool.take(articles[0], ORIGIN) is None
    assert not segments_of(tmp_path / "index", 1)


def test_more_segments_than_are_held_open_are_used(
    tmp_path: Path, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.resumed_articles._OPEN", 2)
    pool = pool_of(tmp_path / "index", *([article] for article in articles))
    shuffled = Random(2).sample(range(30), 30)
    assert [pool.take(articles[number], ORIGIN) for number in shuffled] == [Place(number, 0) for number in shuffled]
