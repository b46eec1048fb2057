"""Runs that are interrupted and gone on with: what is analysed again, what comes of it, and what stays on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from khabarjoo.index.columns import ColumnsError, write_columns
from khabarjoo.index.errors import DiskFailure, Interrupted
from khabarjoo.index.manifest import MARK, segments_of
from khabarjoo.index.repair import remake
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.segment_writer import SegmentBuilder
from khabarjoo.index.store import Writer, open_snapshot
from khabarjoo.index.verify import verify
from tests.corpus import contents, damage
from tests.newsfolder import Folder, Rows, counts

RUN = 20  # articles
FILE = 10
WORDS = ("باران", "برف", "همکاری‌های دانشگاه", "همکاریهای دولت", "كتابهاي نفت", "بازار تهران")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Ten files of ten articles each."""
    return news(tmp_path / "one")


@pytest.fixture
def uninterrupted(tmp_path: Path) -> Folder:
    """The same files, to be indexed in one go."""
    return news(tmp_path / "other")


def news(root: Path) -> Folder:
    root.mkdir()
    folder = Folder(root)
    for number in range(10):
        folder.write(f"{number}.jsonl", rows(number))
    return folder


def rows(file: int, first: str = "") -> Rows:
    """The articles of a file; the title of the first may be another."""
    titles = {f"{file}-{n}": f"{WORDS[(file + n) % len(WORDS)]} {file} {n}" for n in range(FILE)}
    return titles | ({f"{file}-0": first} if first else {})


def stop_at(articles: int) -> Callable[[Progress], None]:
    """Ctrl-C once so many articles have been read."""

    def stop(progress: Progress) -> None:
        if progress.articles >= articles:
            raise KeyboardInterrupt

    return stop


def interrupt(folder: Folder, articles: int, **options: Any) -> int:
    """Runs until so many articles have been read; how many the run says are kept."""
    with pytest.raises(KeyboardInterrupt) as caught:
        folder.sync(run_articles=RUN, on_progress=stop_at(articles), **options)
    return caught.value.kept if isinstance(caught.value, Interrupted) else 0


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many articles each batch had that was analysed in this process, with the kernel or without."""
    batches: list[int] = []
    analyse = SegmentBuilder._analyse

    def counted(builder: SegmentBuilder) -> None:
        if builder._waiting:
            batches.append(len(builder._waiting))
        analyse(builder)

    monkeypatch.setattr(SegmentBuilder, "_analyse", counted)
    yield batches


def answers(folder: Folder) -> list[dict[str, Any]]:
    """All that the index answers, segment by segment, but for where the files are that articles were read from."""
    assert verify(folder.index, sample=1000).whole
    found = [contents(live.segment) for live in open_snapshot(folder.index).segments if not len(live.deleted)]
    assert found
    for segment in found:
        segment["names"] = [names[:-1] for names in segment["names"]]
        segment["counts"] = segment["counts"][:-1]
    return found


def in_index(folder: Folder) -> set[str]:
    return {path.name for path in folder.index.iterdir()}


def assert_is_clean(folder: Folder) -> None:
    """Nothing is in the folder that the newest two generations do not consist of."""
    assert MARK not in in_index(folder)
    kept = {live.name for live in open_snapshot(folder.index).segments}
    newest = open_snapshot(folder.index).generation
    assert {path.name for path in segments_of(folder.index, newest)} == {
        name for name in kept if name.startswith(f"s{newest:06}")
    }
    assert not segments_of(folder.index, newest + 1)


# -- going on ----------------------------------------------------------------------------------------------------------


def test_an_interrupted_run_says_what_is_kept_and_the_next_analyses_only_the_rest(
    folder: Folder, uninterrupted: Folder, analysed: list[int]
) -> None:
    assert interrupt(folder, 50) == 40
    assert sum(analysed) == 40
    analysed.clear()
    report = folder.sync(run_articles=RUN)
    assert (counts(report), report.resumed, sum(analysed)) == ({"added": 100}, 40, 60)
    assert uninterrupted.sync(run_articles=RUN).resumed == 0
    assert answers(folder) == answers(uninterrupted)
    assert_is_clean(folder)
    assert counts(folder.sync()) == {"unchanged": 100}


def test_a_run_may_be_interrupted_again_and_again(folder: Folder, uninterrupted: Folder, analysed: list[int]) -> None:
    assert [interrupt(folder, articles) for articles in (10, 30, 50, 90)] == [0, 20, 40, 80]
    assert sum(analysed) == 80
    assert folder.sync(run_articles=RUN).resumed == 80
    uninterrupted.sync(run_articles=RUN)
    assert answers(folder) == answers(uninterrupted)
    assert_is_clean(folder)


KILLED = """
import os, signal, sys
from pathlib import Path
import khabarjoo.index.file_sync
from khabarjoo.index.columns import ColumnsError
from khabarjoo.index.manifest import segments_of
from khabarjoo.index.segment import Segment

khabarjoo.index.folder_sink.WORTH_SHARING = 0
folder, files, jobs, run, articles, kept = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])

def is_whole(path):
    try:
        return len(Segment(path)) > 0
    except (OSError, ColumnsError):
        return False

def kill(progress):
    while progress.articles >= articles:
        if sum(map(is_whole, segments_of(folder, 1))) >= kept:
            os.kill(os.getpid(), signal.SIGKILL)

khabarjoo.index.file_sync.sync(folder, [files], jobs=jobs, run_articles=run, on_progress=kill)
"""


def kill(folder: Folder, *, jobs: int, run: int, articles: int, runs: int) -> None:
    """Runs in a process of its own and kills it when so many articles have been read and so many runs written.

    Its workers are killed right after it: those that were still writing would change what a test counts.
    """
    arguments = map(str, (folder.index, folder.files, jobs, run, articles, runs))
    with subprocess.Popen([sys.executable, "-c", KILLED, *arguments], start_new_session=True) as process:
        assert process.wait(timeout=120) == -signal.SIGKILL
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def articles_of(segment: Path) -> int:
    """How many articles a segment has; none where the kill came while it was being written."""
    try:
        return len(Segment(segment))
    except (OSError, ColumnsError):
        return 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills like SIGKILL here")
def test_a_killed_run_is_gone_on_with(folder: Folder, uninterrupted: Folder, analysed: list[int]) -> None:
    kill(folder, jobs=1, run=RUN, articles=70, runs=3)
    report = folder.sync(run_articles=RUN)
    assert (report.added, report.resumed, sum(analysed)) == (100, 60, 40)
    uninterrupted.sync(run_articles=RUN)
    assert answers(folder) == answers(uninterrupted)
    assert_is_clean(folder)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills like SIGKILL here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_of_several_processes_is_gone_on_with(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    folder, uninterrupted = Folder(tmp_path / "a"), Folder(tmp_path / "b")
    for each in (folder, uninterrupted):
        for number in range(6):
            each.write(f"{number}.jsonl", {f"{number}-{n}": f"{WORDS[n % len(WORDS)]} {n}" for n in range(128)})
    kill(folder, jobs=2, run=128, articles=600, runs=3)
    written = sum(map(articles_of, segments_of(folder.index, 1)))
    assert written >= 3 * 128
    monkeypatch.setattr("khabarjoo.index.folder_sink.WORTH_SHARING", 0)
    report = folder.sync(jobs=jobs, run_articles=128)
    assert (report.added, report.resumed) == (768, written)
    uninterrupted.sync(jobs=jobs, run_articles=128)
    assert folder.rows() == uninterrupted.rows()
    assert jobs != 2 or answers(folder) == answers(uninterrupted)  # fewer processes deal articles out otherwise
    assert verify(folder.index, sample=1000).whole
    assert_is_clean(folder)


def test_other_runs_than_those_that_were_begun_come_to_the_same_articles(folder: Folder) -> None:
    interrupt(folder, 90)
    report = folder.sync(run_articles=33)
    assert (report.added, report.resumed) == (100, 80)
    assert folder.rows() == {id: title for number in range(10) for id, title in rows(number).items()}
    assert verify(folder.index, sample=1000).whole


def test_what_had_been_merged_is_not_merged_again(
    folder: Folder, uninterrupted: Folder, analysed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "commit", interrupted)
        with pytest.raises(Interrupted, match="100 articles are kept"):
            folder.sync(run_articles=RUN)
    (merged,) = segments_of(folder.index, 1)
    analysed.clear()
    assert folder.sync(run_articles=RUN).resumed == 100
    assert not analysed
    assert [live.name for live in open_snapshot(folder.index).segments] == [merged.name]
    uninterrupted.sync(run_articles=RUN)
    assert answers(folder) == answers(uninterrupted)
    assert_is_clean(folder)


def test_a_full_disk_is_told_with_what_is_kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [RUN, RUN]

    def write(path: Path, data: bytes, original: Callable[..., Any] = write_columns) -> None:
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left.pop()
        original(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("khabarjoo.index.segment_writer.write_columns", write)
        with pytest.raises(
            DiskFailure, match=r"no space left .*; 40 articles are kept, and the next run goes on from there"
        ):
            folder.sync(run_articles=RUN)
    assert in_index(folder) == {"lock", MARK, "s000001-1", "s000001-2"}
    assert folder.sync(run_articles=RUN).resumed == 40


# -- what has changed in between ---------------------------------------------------------------------------------------


def test_articles_that_changed_or_moved_are_analysed_and_those_that_are_gone_stay_gone(
    folder: Folder, analysed: list[int]
) -> None:
    assert interrupt(folder, 70) == 60
    analysed.clear()
    folder.write("0.jsonl", rows(0, "سیل"))
    (folder.files / "1.jsonl").unlink()
    (folder.files / "2.jsonl").rename(folder.files / "moved.jsonl")
    folder.write("00.jsonl", {"new": "مه"})
    report = folder.sync(run_articles=RUN)
    assert (counts(report), report.resumed) == ({"added": 91}, 39)
    assert sum(analysed) == 91 - 39
    expected = {id: title for number in range(10) if number != 1 for id, title in rows(number).items()}
    assert folder.rows() == expected | {"0-0": "سیل", "new": "مه"}
    assert verify(folder.index, sample=1000).whole
    origins = {name for live in open_snapshot(folder.index).segments for name in live.segment.origins.names}
    assert origins == {os.path.realpath(path) for path in folder.files.iterdir()}
    assert_is_clean(folder)


def test_an_interrupted_update_is_gone_on_with(folder: Folder, analysed: list[int]) -> None:
    folder.sync()
    for number in range(5):
        folder.write(f"{number}.jsonl", rows(number, "سیل"))
    folder.write("new.jsonl", {f"new{n}": "مه" for n in range(50)})
    before = folder.rows()
    assert interrupt(folder, 150) == 40
    assert folder.rows() == before
    assert verify(folder.index).whole
    analysed.clear()
    report = folder.sync(run_articles=RUN)
    assert (counts(report), report.resumed) == ({"added": 50, "updated": 5, "unchanged": 95}, 40)
    assert sum(analysed) == 15
    assert folder.rows() == before | {f"{n}-0": "سیل" for n in range(5)} | {f"new{n}": "مه" for n in range(50)}
    assert_is_clean(folder)


def test_another_run_removes_what_it_has_no_use_for(folder: Folder, tmp_path: Path) -> None:
    interrupt(folder, 50)
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "other", "title": "مه", "text": "مه"}\n')
    report = folder.sync(other)
    assert (counts(report), report.resumed) == ({"added": 1}, 0)
    assert folder.rows() == {"other": "مه"}
    assert_is_clean(folder)


def test_a_run_that_changes_nothing_leaves_it_for_another(folder: Folder, tmp_path: Path) -> None:
    folder.sync(folder.files / "0.jsonl")
    interrupt(folder, 60)
    assert counts(folder.sync(folder.files / "0.jsonl")) == {"unchanged": 10}
    assert folder.sync(run_articles=RUN).resumed == 40


# -- of other kinds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["ANALYZER_VERSION", "FORMAT_VERSION"])
def test_what_another_version_made_is_thrown_away(
    version: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"khabarjoo.index.resume.{version}", 99)
        assert interrupt(folder, 50) == 40
    report = folder.sync(run_articles=RUN)
    assert (report.added, report.resumed) == (100, 0)
    assert_is_clean(folder)


def test_a_rebuild_goes_on_from_a_rebuild_alone(folder: Folder, uninterrupted: Folder) -> None:
    for each in (folder, uninterrupted):
        each.sync(each.files / "0.jsonl")
    assert interrupt(folder, 60) == 40
    assert interrupt(folder, 50, rebuild=True) == 40
    assert folder.rows() == rows(0)
    report = folder.sync(run_articles=RUN, rebuild=True)
    assert (report.added, report.resumed) == (100, 40)
    assert_is_clean(folder)
    uninterrupted.sync(run_articles=RUN, rebuild=True)
    assert answers(folder) == answers(uninterrupted)


def test_a_plain_run_does_not_go_on_from_a_rebuild(folder: Folder) -> None:
    folder.sync(folder.files / "0.jsonl")
    assert interrupt(folder, 50, rebuild=True) == 40
    report = folder.sync(run_articles=RUN)
    assert (counts(report), report.resumed) == ({"added": 90, "unchanged": 10}, 0)
    assert_is_clean(folder)


def test_making_an_index_anew_from_itself_is_gone_on_with(
    folder: Folder, uninterrupted: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    for each in (folder, uninterrupted):
        each.sync()
    with monkeypatch.context() as patch:
        patch.setattr("khabarjoo.index.index_writer._segments", interrupted)
        with pytest.raises(Interrupted, match="100 articles are kept"):
            remake(folder.index, run_articles=RUN)
    assert remake(folder.index, run_articles=RUN).resumed == 100
    assert remake(uninterrupted.index, run_articles=RUN).resumed == 0
    assert answers(folder) == answers(uninterrupted)
    assert_is_clean(folder)


# -- small runs --------------------------------------------------------------------------------------------------------


def test_a_run_that_fits_a_segment_leaves_no_mark_and_nothing_else(folder: Folder) -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        folder.sync(on_progress=stop_at(90))
    assert type(caught.value) is KeyboardInterrupt
    assert in_index(folder) == {"lock"}


def test_segments_without_a_mark_are_removed(folder: Folder) -> None:
    folder.sync(folder.files / "0.jsonl")
    interrupt(folder, 50)
    (folder.index / MARK).unlink()
    assert folder.sync().resumed == 0
    assert_is_clean(folder)


# -- damage, and what others put there ---------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -64])
def test_a_torn_segment_is_thrown_away_and_the_others_are_kept(cut: int, folder: Folder) -> None:
    interrupt(folder, 70)
    torn = segments_of(folder.index, 1)[1] / SEGMENT_FILE
    torn.write_bytes(torn.read_bytes()[:cut])
    assert folder.sync(run_articles=RUN).resumed == 40
    assert folder.rows() == {id: title for number in range(10) for id, title in rows(number).items()}
    assert_is_clean(folder)


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_a_segment_in_which_a_byte_has_changed_is_not_used_unless_the_byte_means_nothing(
    share: int, folder: Folder
) -> None:
    interrupt(folder, 70)
    file = segments_of(folder.index, 1)[0] / SEGMENT_FILE
    damage(file, file.stat().st_size * share // 100)
    assert folder.sync(run_articles=RUN).resumed in (40, 60)
    assert folder.rows() == {id: title for number in range(10) for id, title in rows(number).items()}
    assert verify(folder.index, sample=1000).whole


@pytest.mark.parametrize("name", ["ids.order", "postings.docs", "forward", "origin", "stored.ends", "forms.lemma"])
def test_a_segment_with_right_checksums_and_wrong_numbers_is_not_used(name: str, folder: Folder) -> None:
    interrupt(folder, 70)
    segment = Segment(segments_of(folder.index, 1)[0])
    columns = {column: np.array(segment.columns[column]) for column in segment.columns.names}
    columns[name] = np.full_like(columns[name], 250)
    with (segment.folder / SEGMENT_FILE).open("wb") as file:
        write_columns(file, columns)
    assert folder.sync(run_articles=RUN).resumed == 40
    assert verify(folder.index, sample=1000).whole
    assert_is_clean(folder)


@pytest.mark.parametrize("content", [b"", b"format", b"x" * 1000, b"\x80\x04."])
def test_a_mark_that_says_something_else_is_none(content: bytes, folder: Folder) -> None:
    folder.sync(folder.files / "0.jsonl")
    interrupt(folder, 70)
    (folder.index / MARK).write_bytes(content)
    assert folder.sync(run_articles=RUN).resumed == 0
    assert_is_clean(folder)


def test_links_are_neither_followed_nor_written_through(folder: Folder, tmp_path: Path) -> None:
    interrupt(folder, 70)
    first, second, _ = segments_of(folder.index, 1)
    first.rename(tmp_path / "elsewhere")
    first.symlink_to(tmp_path / "elsewhere")
    (second / SEGMENT_FILE).rename(tmp_path / SEGMENT_FILE)
    (second / SEGMENT_FILE).symlink_to(tmp_path / SEGMENT_FILE)
    assert folder.sync(run_articles=RUN).resumed == 20
    assert_is_clean(folder)
    assert len(Segment(tmp_path / "elsewhere")) == RUN
    assert (tmp_path / SEGMENT_FILE).stat().st_size


def test_a_mark_that_is_a_link_is_removed_and_what_it_leads_to_is_left(folder: Folder, tmp_path: Path) -> None:
    folder.sync(folder.files / "0.jsonl")
    interrupt(folder, 70)
    precious = tmp_path / "precious"
    (folder.index / MARK).rename(precious)
    before = precious.read_bytes()
    (folder.index / MARK).symlink_to(precious)
    assert interrupt(folder, 50) == 40
    assert precious.read_bytes() == before
    assert not (folder.index / MARK).is_symlink()


def test_an_unexpected_error_after_going_on_makes_the_next_run_begin_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    interrupt(folder, 50)
    with monkeypatch.context() as patch:
        patch.setattr("khabarjoo.index.index_writer._segments", fail)
        with pytest.raises(ZeroDivisionError):
            folder.sync(run_articles=RUN)
    assert in_index(folder) == {"lock"}
    assert folder.sync(run_articles=RUN).resumed == 0
