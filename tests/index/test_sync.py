"""Syncing: after a run, whatever happened before, the index holds the articles of the files and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from corpus import damage, files_in, random_articles

from index.article import Article
from index.errors import IndexDamaged, IndexLocked, MissingPath, NoIndex, NothingToIndex
from index.readers import Skipped
from index.segment import SEGMENT_FILE
from index.store import open_snapshot, open_writer
from index.sync import Progress, Report, sync

Rows = dict[str, str]
"""Id to title."""


class Folder:
    """A folder of files with articles, and an index beside it."""

    def __init__(self, root: Path) -> None:
        self.files = root / "news"
        self.index = root / "index"
        self.files.mkdir()
        self._clock = 10**18

    def write(self, name: str, rows: Rows, broken: bool = False) -> Path:
        """A file with an article for each id, and perhaps a line that is none; its time is later than any before."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"id": id, "title": title, "text": f"متن {title}"}) for id, title in rows.items()]
        path.write_text("\n".join([*lines, *(["{broken"] if broken else [])]) + "\n", encoding="utf-8")
        self._clock += 10**9
        os.utime(path, ns=(self._clock, self._clock))
        return path

    def sync(self, *paths: Path, **options: Any) -> Report:
        return sync(self.index, paths or [self.files], **options)

    def rows(self) -> Rows:
        """What the index holds."""
        snapshot = open_snapshot(self.index)
        articles = [live.segment.article(doc) for live in snapshot.segments for doc in live.live().tolist()]
        assert len({article.id for article in articles}) == len(articles) == len(snapshot)
        return {article.id: article.title for article in articles}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def counts(report: Report) -> dict[str, int]:
    """The numbers of a report that are not 0."""
    names = ("added", "updated", "unchanged", "removed")
    found = {name: getattr(report, name) for name in names} | {"skipped": len(report.skipped)}
    return {name: count for name, count in found.items() if count}


# -- what runs do ------------------------------------------------------------------------------------------------------


def test_a_first_run_adds_everything(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("deep/er/b.jsonl", {"3": "باد"})
    report = folder.sync()
    assert counts(report) == {"added": 3}
    assert report.articles == 3
    assert report.seconds > 0
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}


def test_a_second_run_over_the_same_files_changes_nothing_at_all(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("b.jsonl", {"3": "باد"}, broken=True)
    folder.sync()
    before = files_in(folder.index)
    for _ in range(2):
        assert counts(folder.sync()) == {"unchanged": 3, "skipped": 1}
        assert files_in(folder.index) == before


def test_a_changed_file_adds_updates_keeps_and_forgets(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف", "3": "باد"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران", "2": "تگرگ", "4": "مه"})
    assert counts(folder.sync()) == {"added": 1, "updated": 1, "unchanged": 1, "removed": 1}
    assert folder.rows() == {"1": "باران", "2": "تگرگ", "4": "مه"}


def test_a_file_whose_time_alone_has_changed_is_read_and_nothing_is_indexed(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"unchanged": 1}
    assert len(open_snapshot(folder.index).segments) == 1


def test_a_file_as_long_and_as_old_as_before_is_not_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    monkeypatch.setattr("index.sync.read", lambda path, **options: pytest.fail("read"))
    assert counts(folder.sync()) == {"unchanged": 1}


def test_articles_of_a_file_that_is_gone_are_forgotten(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.write("b.jsonl", {"2": "برف"})
    folder.sync()
    (folder.files / "b.jsonl").unlink()
    assert counts(folder.sync()) == {"unchanged": 1, "removed": 1}
    assert folder.rows() == {"1": "باران"}


def test_a_folder_emptied_of_its_files_empties_its_part_of_the_index(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    path.unlink()
    assert counts(folder.sync()) == {"removed": 1}
    assert folder.rows() == {}


def test_a_renamed_file_keeps_its_articles(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.sync()
    path.rename(folder.files / "z.jsonl")
    folder.sync()
    assert folder.rows() == {"1": "باران", "2": "برف"}
    assert counts(folder.sync()) == {"unchanged": 2}


def test_files_outside_the_paths_of_a_run_are_left_alone(folder: Folder) -> None:
    folder.write("one/a.jsonl", {"1": "باران"})
    folder.write("two/b.jsonl", {"2": "برف"})
    folder.write("onemore.jsonl", {"3": "باد"})
    folder.sync()
    shutil.rmtree(folder.files / "two")
    (folder.files / "onemore.jsonl").unlink()
    assert counts(folder.sync(folder.files / "one")) == {"unchanged": 1}
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}


def test_several_paths_are_read_once_each_however_they_are_named(folder: Folder) -> None:
    path = folder.write("one/a.jsonl", {"1": "باران"})
    assert counts(folder.sync(folder.files, path, folder.files / "one" / ".." / "one")) == {"added": 1}
    (folder.files / "link.jsonl").symlink_to(path)
    assert counts(folder.sync()) == {"unchanged": 1}


def test_hidden_files_and_other_kinds_of_files_are_passed_over_unless_named(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.write(".hidden.jsonl", {"2": "برف"})
    folder.write(".git/b.jsonl", {"3": "باد"})
    folder.write("picture.jpg", {"4": "مه"})
    assert counts(folder.sync()) == {"added": 1}
    folder.sync(folder.files / ".hidden.jsonl")
    assert set(folder.rows()) == {"1", "2"}


def test_an_index_inside_the_folder_it_is_of_is_not_read(folder: Folder) -> None:
    folder.index = folder.files / "index"
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"added": 1}
    before = files_in(folder.index)
    assert counts(folder.sync()) == {"unchanged": 1}
    assert files_in(folder.index) == before


def test_progress_goes_up_to_the_total(folder: Folder) -> None:
    for number in range(3):
        folder.write(f"{number}.jsonl", {f"{number}-{n}": "باران" for n in range(number + 1)})
    seen: list[Progress] = []
    folder.sync(on_progress=seen.append)
    assert [progress.articles for progress in seen] == [1, 3, 6]
    assert [progress.done_bytes for progress in seen] == sorted({progress.done_bytes for progress in seen})
    assert {progress.total_bytes for progress in seen} == {seen[-1].done_bytes}


def test_more_articles_than_a_segment_holds_go_into_several(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.sync._SEGMENT_ARTICLES", 2)
    folder.write("a.jsonl", {str(number): "باران" for number in range(5)})
    assert counts(folder.sync()) == {"added": 5}
    assert [len(live) for live in open_snapshot(folder.index).segments] == [2, 2, 1]
    folder.write("a.jsonl", {str(number): "باران" for number in range(1, 5)})
    assert counts(folder.sync()) == {"unchanged": 4, "removed": 1}


def test_file_names_that_are_no_text_are_remembered(folder: Folder) -> None:
    name = os.fsdecode(b"\xff.jsonl")
    try:
        folder.write(name, {"1": "باران"})
    except OSError:
        pytest.skip("this file system has only names that are text")
    folder.sync()
    assert counts(folder.sync()) == {"unchanged": 1}


# -- ids that two articles have ----------------------------------------------------------------------------------------


def test_an_id_goes_to_the_first_article_that_has_it(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.write("b.jsonl", {"1": "برف", "2": "باد"})
    report = folder.sync()
    assert counts(report) == {"added": 2, "skipped": 1}
    assert report.skipped[0].where == "b.jsonl"
    assert "the id '1' is already that of an article in a.jsonl" in report.skipped[0].why
    assert folder.rows() == {"1": "باران", "2": "باد"}


def test_an_id_twice_in_one_file_is_told_of_every_time(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران"})
    path.write_text(path.read_text() * 2)
    assert counts(folder.sync()) == {"added": 1, "skipped": 1}
    assert counts(folder.sync()) == {"unchanged": 1, "skipped": 1}


def test_an_id_of_a_file_that_has_not_changed_stays_with_it(folder: Folder) -> None:
    folder.write("b.jsonl", {"1": "برف"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"unchanged": 1, "skipped": 1}
    assert folder.rows() == {"1": "برف"}
    (folder.files / "b.jsonl").unlink()
    assert counts(folder.sync()) == {"added": 1, "removed": 1}
    assert folder.rows() == {"1": "باران"}


@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("b", "a")])
def test_an_article_moved_to_another_file_is_in_the_index_after_one_run(
    before: str, after: str, folder: Folder
) -> None:
    folder.write(f"{before}.jsonl", {"1": "باران", "2": "برف"})
    folder.write(f"{after}.jsonl", {"3": "باد"})
    folder.sync()
    folder.write(f"{before}.jsonl", {"1": "باران"})
    folder.write(f"{after}.jsonl", {"3": "باد", "2": "برف"})
    assert "skipped" not in counts(folder.sync())
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}
    assert counts(folder.sync()) == {"unchanged": 3}
    (folder.files / f"{before}.jsonl").unlink()
    folder.sync()
    assert folder.rows() == {"2": "برف", "3": "باد"}


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
    (folder.index / "s000002-1" / SEGMENT_FILE).write_bytes(b"")
    assert folder.rows() == {"1": "باران"}
    assert counts(folder.sync()) == {"added": 1, "unchanged": 1}
    assert folder.rows() == {"1": "باران", "2": "برف"}


# -- rebuilding --------------------------------------------------------------------------------------------------------


def test_a_rebuild_holds_the_paths_given_and_nothing_else(folder: Folder) -> None:
    folder.write("one/a.jsonl", {"1": "باران"})
    folder.write("two/b.jsonl", {"2": "برف"})
    folder.sync()
    assert counts(folder.sync(folder.files / "two", rebuild=True)) == {"added": 1}
    assert folder.rows() == {"2": "برف"}


def test_a_rebuild_over_files_without_articles_leaves_an_empty_index(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    monkeypatch.setattr("index.sync.read", lambda path, **options: iter(()))
    assert counts(folder.sync(rebuild=True)) == {}
    assert folder.rows() == {}


def test_a_rebuild_gives_the_same_segment_twice(folder: Folder) -> None:
    folder.write("a.jsonl", {article.id: article.title or "-" for article in random_articles(Random(4), 30)})
    segments = []
    for generation in (1, 2):
        folder.sync(rebuild=True)
        segments.append((folder.index / f"s{generation:06}-1" / SEGMENT_FILE).read_bytes())
    assert segments[0] == segments[1]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_index_is_as_if_made_anew(seed: int, folder: Folder) -> None:
    rng = Random(seed)
    for _ in range(6):
        for name in ("a.jsonl", "b/b.jsonl", "c.jsonl"):
            if rng.random() < 0.5:
                # Each file has ids of its own, so that it does not matter which was read first.
                folder.write(name, {f"{name}-{rng.randrange(8)}": rng.choice(("باران", "برف")) for _ in range(5)})
            elif rng.random() < 0.4 and (folder.files / name).exists():
                (folder.files / name).unlink()
        if any(path.is_file() for path in folder.files.rglob("*")):
            folder.sync()
            changed = folder.rows()
            kept, folder.index = folder.index, folder.index.with_name(f"anew{rng.random()}")
            folder.sync()
            assert folder.rows() == changed
            folder.index = kept


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

    monkeypatch.setattr("index.sync.read", read)
    with pytest.raises(MemoryError):
        folder.sync()
    assert folder.rows() == {"1": "باران"}
