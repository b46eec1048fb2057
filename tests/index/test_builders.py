"""Segments built in one process and in several."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import count
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from corpus import contents, keywords_of, random_articles

from index.article import Article
from index.builders import ManyProcesses, OneProcess
from index.errors import BuildFailed
from index.inversion import Numbers
from index.segment import SEGMENT_FILE, Segment

id_of = attrgetter("id")


NextFolder = Callable[[], Path]


def folders(root: Path) -> NextFolder:
    """Gives a new folder each time it is called."""
    root.mkdir(exist_ok=True)
    numbers = count(1)
    return lambda: root / f"s000001-{next(numbers)}"


def build(builder: OneProcess | ManyProcesses, articles: list[Article]) -> list[Segment]:
    for article in articles:
        builder.add(article, "origin")
    return [Segment(folder) for folder in builder.finish()]


def but_keywords(segment: Segment) -> dict[str, Any]:
    """All a segment answers, but for keywords, which depend on the articles inverted together."""
    return {name: value for name, value in contents(segment).items() if name != "keywords"}


def articles_of(segments: list[Segment]) -> list[Article]:
    return [segment.article(doc) for segment in segments for doc in range(len(segment))]


@pytest.mark.parametrize("run", [1, 7, 64, 100])
def test_runs_come_to_the_same_segment_as_one_run(run: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = random_articles(Random(run), 100)
    (whole,) = build(OneProcess(folders(tmp_path / "whole")), articles)
    monkeypatch.setattr("index.builders.RUN_ARTICLES", run)
    (merged,) = build(OneProcess(folders(tmp_path / "runs")), articles)
    assert but_keywords(merged) == but_keywords(whole)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [merged.folder.name]


def test_runs_make_as_many_segments_as_their_articles_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.builders.RUN_ARTICLES", 10)
    monkeypatch.setattr("index.builders.SEGMENT_ARTICLES", 25)
    articles = random_articles(Random(6), 58)
    segments = build(OneProcess(folders(tmp_path / "s")), articles)
    assert [len(segment) for segment in segments] == [20, 20, 18]
    assert articles_of(segments) == articles
    assert len(list((tmp_path / "s").iterdir())) == 3


def test_an_analyzer_that_remembers_too_much_is_begun_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = random_articles(Random(8), 40)
    (whole,) = build(OneProcess(folders(tmp_path / "whole")), articles)
    monkeypatch.setattr("index.builders.RUN_ARTICLES", 9)
    monkeypatch.setattr("index.builders._TERMS_REMEMBERED", 1)
    (merged,) = build(OneProcess(folders(tmp_path / "runs")), articles)
    assert but_keywords(merged) == but_keywords(whole)


def test_no_articles_make_no_segments(tmp_path: Path) -> None:
    assert build(OneProcess(folders(tmp_path / "s")), []) == []


def test_what_is_indexed_already_tells_which_words_are_rare(tmp_path: Path) -> None:
    articles = [Article("a", "باران برف"), Article("b", "باران نفت")]

    def background(lemmas: list[str]) -> tuple[int, Numbers]:
        return 1000, np.array([900 * (lemma != "باران") for lemma in lemmas])

    (alone,) = build(OneProcess(folders(tmp_path / "alone")), articles)
    (beside,) = build(OneProcess(folders(tmp_path / "beside"), background), articles)
    assert [keywords_of(alone, doc)[0][0] for doc in range(2)] == ["برف", "نفت"]
    assert [keywords_of(beside, doc)[0][0] for doc in range(2)] == ["باران", "باران"]


def test_several_processes_hold_together_what_one_holds(tmp_path: Path) -> None:
    articles = random_articles(Random(3), 300)
    (one,) = build(OneProcess(folders(tmp_path / "one")), articles)
    (many,) = build(ManyProcesses(folders(tmp_path / "many"), 2), articles)
    assert sorted(articles_of([one]), key=id_of) == sorted(articles_of([many]), key=id_of)
    dealt = articles[:128] + articles[256:] + articles[128:256]  # in turn, a batch at a time
    assert articles_of([many]) == dealt
    (in_order,) = build(OneProcess(folders(tmp_path / "dealt")), dealt)
    assert but_keywords(many) == but_keywords(in_order)


def test_the_same_articles_make_the_same_segment_in_several_processes(tmp_path: Path) -> None:
    articles = random_articles(Random(9), 400)
    files = []
    for name in ("once", "again"):
        (segment,) = build(ManyProcesses(folders(tmp_path / name), 2), articles)
        files.append((segment.folder / SEGMENT_FILE).read_bytes())
    assert files[0] == files[1]


def test_a_full_segment_is_written_and_the_next_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.builders.RUN_ARTICLES", 256)
    monkeypatch.setattr("index.builders.SEGMENT_ARTICLES", 256)
    articles = random_articles(Random(4), 300)
    segments = build(ManyProcesses(folders(tmp_path / "many"), 1), articles)
    assert [len(segment) for segment in segments] == [256, 44]
    assert articles_of(segments) == articles


def test_a_process_that_dies_is_told_and_not_waited_for(tmp_path: Path) -> None:
    shared = ManyProcesses(folders(tmp_path / "many"), 1)
    shared._workers[0].process.kill()
    shared._workers[0].process.join()
    with pytest.raises(BuildFailed, match="--jobs 1"):
        for article in random_articles(Random(5), 2000):
            shared.add(article, "origin")
    shared.stop()


def test_what_the_system_refuses_a_process_is_the_error_that_is_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shared = ManyProcesses(lambda: tmp_path / "file" / "s", 1)
    with pytest.raises(NotADirectoryError):
        build(shared, random_articles(Random(6), 10))
    shared.stop()


def test_ctrl_c_does_not_reach_the_processes_which_the_run_ends_itself(tmp_path: Path) -> None:
    shared = ManyProcesses(folders(tmp_path / "many"), 1)
    os.kill(shared._workers[0].process.pid or 0, signal.SIGINT)
    (segment,) = build(shared, random_articles(Random(7), 10))
    assert len(segment) == 10
