"""Syncing when something goes wrong: missing and broken input, damage, and runs that are cut off at any step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged, IndexLocked, MissingPath, NoIndex, NothingToIndex
from khabarjoo.index.ingest import Skipped
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot, open_writer
from tests.corpus import damage, files_in
from tests.newsfolder import Folder, Rows, counts


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# -- what goes wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["missing", "x" * 300, "nul\0", "news.jsonl/below"])
def test_a_path_that_is_not_there_is_named_and_nothing_is_made(name: str, folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    with pytest.raises(MissingPath, match="no such file or folder"):
        folder.sync(folder.files, folder.files / name)
    assert not folder.index.exists()


def test_a_folder_without_articles_is_nothing_to_index(folder: Folder) -> None:
    with pytest.raises(NothingToIndex, match="no articles here"):
        folder.sync()
    with pytest.raises(NoIndex):
        open_snapshot(folder.index)


def test_an_empty_folder_does_not_touch_what_other_folders_gave(folder: Folder) -> None:
    folder.write("one/a.jsonl", {"1": "باران"})
    (folder.files / "two").mkdir()
    folder.sync()
    before = files_in(folder.index)
    for rebuild in (False, True):
        with pytest.raises(NothingToIndex):
            folder.sync(folder.files / "two", rebuild=rebuild)
        assert files_in(folder.index) == before


def test_a_broken_file_is_read_again_each_time_and_what_it_gives_is_kept(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"}, broken=True)
    folder.write("b.jsonl", {"2": "برف"})
    for expected in ({"added": 2, "skipped": 1}, {"unchanged": 2, "skipped": 1}):
        report = folder.sync()
        assert counts(report) == expected
        assert report.skipped[0].where.endswith("a.jsonl:2")
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"unchanged": 2}
    assert counts(folder.sync()) == {"unchanged": 2}


def test_articles_of_a_folder_that_cannot_be_looked_into_are_kept(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("open/a.jsonl", {"1": "باران"})
    folder.write("shut/b.jsonl", {"2": "برف"})
    folder.sync()
    scandir = os.scandir

    def guarded(path: Any) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    report = folder.sync()
    assert counts(report) == {"unchanged": 1, "skipped": 1}
    assert report.skipped == [Skipped(str(folder.files / "shut"), "cannot be read: Permission denied")]
    assert folder.rows() == {"1": "باران", "2": "برف"}


def test_while_another_writes_nothing_is_done(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    with open_writer(folder.index), pytest.raises(IndexLocked):
        folder.sync()


def test_a_damaged_list_of_files_asks_for_a_rebuild_which_mends_it(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    damage(folder.index / "sources-000001.json", 3)
    with pytest.raises(IndexDamaged, match="khabarjoo index --rebuild"):
        folder.sync()
    assert counts(folder.sync(rebuild=True)) == {"added": 1}
    assert counts(folder.sync()) == {"unchanged": 1}


def test_after_damage_to_the_newest_generation_a_run_makes_up_what_was_lost(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    folder.write("b.jsonl", {"2": "برف"})
    folder.sync()
    (newest,) = open_snapshot(folder.index).segments
    (folder.index / newest.name / SEGMENT_FILE).write_bytes(b"")
    assert folder.rows() == {"1": "باران"}
    assert counts(folder.sync()) == {"added": 1, "unchanged": 1}
    assert folder.rows() == {"1": "باران", "2": "برف"}


# -- interruptions -----------------------------------------------------------------------------------------------------


class _KilledError(BaseException):
    """The process ends here."""


def test_an_interrupted_run_leaves_the_index_as_it_was(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    before = files_in(folder.index)

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    folder.write("b.jsonl", {"2": "برف"})
    with pytest.raises(KeyboardInterrupt):
        folder.sync(on_progress=interrupt)
    assert folder.rows() == {"1": "باران"}
    assert {name: data for name, data in files_in(folder.index).items() if name in before} == before
    assert counts(folder.sync()) == {"added": 1, "unchanged": 1}


def _end_at(monkeypatch: pytest.MonkeyPatch, killed_at: int) -> None:
    """Ends the run at some step that changes the disk."""
    taken = 0

    def stepping(original: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            nonlocal taken
            taken += 1
            if taken == killed_at:
                raise _KilledError
            return original(*args, **options)

        return step

    monkeypatch.setattr(os, "fsync", stepping(os.fsync))
    monkeypatch.setattr(shutil, "rmtree", stepping(shutil.rmtree))
    for name in ("replace", "unlink", "mkdir"):
        monkeypatch.setattr(Path, name, stepping(getattr(Path, name)))


def _states(folder: Folder) -> Iterator[tuple[Rows, Rows]]:
    """Three runs in turn, each with something added, changed and deleted; the rows before and after each."""
    before: Rows = {}
    for number in range(3):
        after = {"kept": "باران", f"new{number}": "برف", "changing": f"باد {number}"}
        folder.write("a.jsonl", after)
        yield before, after
        before = after


def test_wherever_a_run_is_killed_the_index_is_the_old_or_the_new_one_and_the_next_run_ends_it(tmp_path: Path) -> None:
    killed_at, points = 0, 0
    while points == killed_at:
        killed_at += 1
        root = tmp_path / str(killed_at)
        root.mkdir()
        folder = Folder(root)
        for before, after in _states(folder):
            with pytest.MonkeyPatch.context() as patch:
                _end_at(patch, killed_at)
                try:
                    folder.sync()
                except _KilledError:
                    points = killed_at
                    if before or folder.index.exists() and any(folder.index.glob("manifest-*.json")):
                        assert folder.rows() in (before, after)
                    else:
                        with pytest.raises(NoIndex):
                            folder.rows()
            folder.sync()
            assert folder.rows() == after
            assert len(files_in(folder.index)) <= 12
    assert points > 10


def test_an_error_while_reading_leaves_the_index_as_it_was(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    folder.write("b.jsonl", {"2": "برف"})

    def read(path: Path, **options: Any) -> Iterator[Article]:
        yield Article("2", "برف")
        raise MemoryError

    monkeypatch.setattr("khabarjoo.index.file_sync.read", read)
    with pytest.raises(MemoryError):
        folder.sync()
    assert folder.rows() == {"1": "باران"}
