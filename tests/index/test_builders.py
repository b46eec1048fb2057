"""Segments built in one process and in several."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from random import Random

import pytest
from corpus import random_articles

from index.builders import ManyProcesses, OneProcess
from index.errors import BuildFailed
from index.segment import Segment


def folders(root: Path):
    """Gives a new folder each time it is called."""
    root.mkdir(exist_ok=True)
    numbers = count(1)
    return lambda: root / f"s000001-{next(numbers)}"


def articles_of(paths: list[Path]) -> set:
    return {segment.article(doc) for segment in map(Segment, paths) for doc in range(len(segment))}


def test_several_processes_hold_together_what_one_holds(tmp_path: Path) -> None:
    articles = random_articles(Random(3), 300)
    alone, shared = OneProcess(folders(tmp_path / "one")), ManyProcesses(folders(tmp_path / "many"), 2)
    for article in articles:
        alone.add(article, "origin")
        shared.add(article, "origin")
    one, many = alone.finish(), shared.finish()
    assert (len(one), len(many)) == (1, 2)
    assert articles_of(one) == articles_of(many) == set(articles)


def test_a_full_segment_is_written_and_the_next_begun(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("index.builders.SEGMENT_ARTICLES", 256)
    shared = ManyProcesses(folders(tmp_path / "many"), 1)
    articles = random_articles(Random(4), 300)
    for article in articles:
        shared.add(article, "origin")
    written = shared.finish()
    assert [len(Segment(path)) for path in written] == [256, 44]


def test_a_process_that_dies_is_told_and_not_waited_for(tmp_path: Path) -> None:
    shared = ManyProcesses(folders(tmp_path / "many"), 1)
    shared._workers[0].process.kill()
    shared._workers[0].process.join()
    with pytest.raises(BuildFailed, match="--jobs 1"):
        for article in random_articles(Random(5), 2000):
            shared.add(article, "origin")
    shared.stop()
