"""Segments built in one process and in several."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from random import Random

import pytest

from khabarjoo.index import index_writer
from khabarjoo.index.article import Article
from khabarjoo.index.consistency import column_troubles
from khabarjoo.index.errors import BuildFailed
from khabarjoo.index.index_writer import ManyProcesses, OneProcess
from khabarjoo.index.manifest import MARK
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.segment_writer import SegmentBuilder
from khabarjoo.index.store import Writer, open_writer
from tests.corpus import contents, random_articles

id_of = attrgetter("id")


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[tuple[int, int, int]]:
    """Those of the search for garbage; put back after a test whose builder is never stopped."""
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)


def writer(root: Path) -> Writer:
    """Writes the first generation of an index."""
    root.mkdir(exist_ok=True)
    return Writer(root, None)


def build(builder: OneProcess | ManyProcesses, articles: list[Article]) -> list[Segment]:
    for article in articles:
        builder.add(article, "origin")
    return [Segment(folder) for folder in builder.finish()]


def articles_of(segments: list[Segment]) -> list[Article]:
    return [segment.article(doc) for segment in segments for doc in range(len(segment))]


@pytest.mark.parametrize("run", [1, 7, 64, 100])
def test_runs_come_to_the_same_segment_as_one_run(run: int, tmp_path: Path) -> None:
    articles = random_articles(Random(run), 100)
    (whole,) = build(OneProcess(writer(tmp_path / "whole")), articles)
    (merged,) = build(OneProcess(writer(tmp_path / "runs"), run_articles=run), articles)
    assert contents(merged) == contents(whole)
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {merged.folder.name, MARK}


@pytest.mark.parametrize("end", [OneProcess.finish, OneProcess.stop])
def test_old_objects_are_not_searched_for_garbage_until_it_ends(
    end: Callable[[OneProcess], object], tmp_path: Path, thresholds: tuple[int, int, int]
) -> None:
    builder = OneProcess(writer(tmp_path / "s"))
    assert gc.get_threshold()[2] > 1 << 20
    end(builder)
    assert gc.get_threshold() == thresholds


def test_runs_make_as_many_segments_as_their_articles_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer.SEGMENT_ARTICLES", 25)
    articles = random_articles(Random(6), 58)
    segments = build(OneProcess(writer(tmp_path / "s"), run_articles=10), articles)
    assert [len(segment) for segment in segments] == [20, 20, 18]
    assert articles_of(segments) == articles
    assert len(list((tmp_path / "s").glob("s*"))) == 3


def test_a_run_of_long_articles_is_written_before_it_has_as_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = random_articles(Random(7), 300)
    (whole,) = build(OneProcess(writer(tmp_path / "whole")), articles)
    monkeypatch.setattr("khabarjoo.index.index_writer._RUN_CHARACTERS", 3000)
    written: list[int] = []
    monkeypatch.setattr("khabarjoo.index.index_writer.SegmentBuilder", _counting(written))
    (merged,) = build(OneProcess(writer(tmp_path / "runs")), articles)
    assert len(written) > 5
    assert sum(written) == 300
    assert contents(merged) == contents(whole)


def _counting(written: list[int]) -> type[SegmentBuilder]:
    class Counting(SegmentBuilder):
        def write(self, folder: Path) -> Path:
            written.append(len(self))
            return super().write(folder)

    return Counting


def test_the_mark_is_there_as_soon_as_one_of_several_runs_is(tmp_path: Path) -> None:
    articles = random_articles(Random(2), 25)
    for size, marked in ((30, False), (10, True)):
        root = tmp_path / str(size)
        build(OneProcess(writer(root), run_articles=size), articles)
        assert (root / MARK).exists() is marked


def test_what_an_interrupted_build_wrote_is_merged_with_the_rest_in_order(tmp_path: Path) -> None:
    articles = random_articles(Random(5), 75)
    (whole,) = build(OneProcess(writer(tmp_path / "whole"), run_articles=10), articles)
    interrupted = OneProcess(writer(tmp_path / "runs"), run_articles=10)
    for article in articles[:48]:
        interrupted.add(article, "origin")
    builder = OneProcess(writer(tmp_path / "runs"), run_articles=10)
    (merged,) = build(builder, articles)
    assert builder.resumed == 40
    assert contents(merged) == contents(whole)


def test_of_what_an_interrupted_build_wrote_only_what_is_there_again_is_taken(tmp_path: Path) -> None:
    articles = random_articles(Random(5), 75)
    others = random_articles(Random(6), 9, prefix="b")
    interrupted = OneProcess(writer(tmp_path / "runs"), run_articles=10)
    for article in articles:
        interrupted.add(article, "origin")
    now = [*articles[3:30], *others, *reversed(articles[30:70])]
    builder = OneProcess(writer(tmp_path / "runs"), run_articles=12)
    (merged,) = build(builder, now)
    assert builder.resumed == 67
    assert sorted(articles_of([merged]), key=id_of) == sorted(now, key=id_of)
    assert not list(column_troubles(merged))


def test_segments_may_share_what_an_interrupted_build_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer.SEGMENT_ARTICLES", 25)
    articles = random_articles(Random(5), 60)
    interrupted = OneProcess(writer(tmp_path / "runs"), run_articles=20)
    for article in articles:
        interrupted.add(article, "origin")
    segments = build(OneProcess(writer(tmp_path / "runs"), run_articles=12), articles)
    assert [len(segment) for segment in segments] == [24, 24, 12]
    assert articles_of(segments) == articles
    assert {path.name for path in (tmp_path / "runs").glob("s*")} == {segment.folder.name for segment in segments}


def test_an_analyzer_that_remembers_too_much_is_begun_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = random_articles(Random(8), 40)
    (whole,) = build(OneProcess(writer(tmp_path / "whole")), articles)
    monkeypatch.setattr("khabarjoo.index.index_writer.TERMS_REMEMBERED", 1)
    (merged,) = build(OneProcess(writer(tmp_path / "runs"), run_articles=9), articles)
    assert contents(merged) == contents(whole)


def test_no_articles_make_no_segments(tmp_path: Path) -> None:
    assert build(OneProcess(writer(tmp_path / "s")), []) == []


def test_several_processes_hold_together_what_one_holds(tmp_path: Path) -> None:
    articles = random_articles(Random(3), 300)
    (one,) = build(OneProcess(writer(tmp_path / "one")), articles)
    (many,) = build(ManyProcesses(writer(tmp_path / "many"), 2), articles)
    assert sorted(articles_of([one]), key=id_of) == sorted(articles_of([many]), key=id_of)
    batches = [articles[first : first + 64] for first in range(0, 300, 64)]
    dealt = [article for batch in (*batches[::2], *batches[1::2]) for article in batch]  # in turn, a batch at a time
    assert articles_of([many]) == dealt
    (in_order,) = build(OneProcess(writer(tmp_path / "dealt")), dealt)
    assert contents(many) == contents(in_order)


def test_the_same_articles_make_the_same_segment_in_several_processes(tmp_path: Path) -> None:
    articles = random_articles(Random(9), 400)
    files = []
    for name in ("once", "again"):
        (segment,) = build(ManyProcesses(writer(tmp_path / name), 2), articles)
        files.append((segment.folder / SEGMENT_FILE).read_bytes())
    assert files[0] == files[1]


def test_a_full_segment_is_written_and_the_next_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer.SEGMENT_ARTICLES", 256)
    articles = random_articles(Random(4), 300)
    segments = build(ManyProcesses(writer(tmp_path / "many"), 1, run_articles=256), articles)
    assert [len(segment) for segment in segments] == [256, 44]
    assert articles_of(segments) == articles


def test_a_process_that_dies_is_told_and_not_waited_for(tmp_path: Path) -> None:
    shared = ManyProcesses(writer(tmp_path / "many"), 1)
    shared._workers[0].process.kill()
    shared._workers[0].process.join()
    with pytest.raises(BuildFailed, match="--jobs 1"):
        for article in random_articles(Random(5), 2000):
            shared.add(article, "origin")
    shared.stop()


def test_what_the_system_refuses_a_process_is_the_error_that_is_raised(tmp_path: Path) -> None:
    shared = ManyProcesses(writer(tmp_path / "many"), 1)
    (tmp_path / "many").rmdir()
    (tmp_path / "many").write_text("")
    with pytest.raises(NotADirectoryError):
        build(shared, random_articles(Random(6), 10))
    shared.stop()


def test_ctrl_c_does_not_reach_the_processes_which_the_run_ends_itself(tmp_path: Path) -> None:
    shared = ManyProcesses(writer(tmp_path / "many"), 1)
    os.kill(shared._workers[0].process.pid or 0, signal.SIGINT)
    (segment,) = build(shared, random_articles(Random(7), 10))
    assert len(segment) == 10


def test_a_run_of_words_never_met_before_ends_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer._NEW_TERMS", 500)
    monkeypatch.setattr("khabarjoo.index.segment_writer._BATCH_CHARACTERS", 1)
    with open_writer(tmp_path / "index") as writer:
        builder = OneProcess(writer)
        rng = Random(1)
        for number in range(40):
            words = " ".join("".join(rng.choices("ابپتثجچحخدذرزژسشصضطظعغفقکگلمن", k=8)) for _ in range(50))
            builder.add(Article(f"a{number}", words), "a.jsonl")
        assert len(builder._runs) >= 3
        (folder,) = builder.finish()
    assert len(Segment(folder)) == 40


def test_long_articles_make_segments_of_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer._SEGMENT_CHARACTERS", 100)
    runs = [index_writer._Run(articles=3, characters=size) for size in (60, 40, 1, 200, 5)]
    assert [[run.characters for run in group] for group in index_writer._groups(runs)] == [[60, 40], [1], [200], [5]]
