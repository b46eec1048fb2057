"""What a run may forget: not what it could not read, and not a great deal at once without being told to."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.errors import WouldForget
from khabarjoo.index.file_sync import FORGOTTEN_UNASKED
from khabarjoo.index.manifest import generations
from khabarjoo.index.store import open_snapshot
from tests.newsfolder import Folder, Rows, counts

MANY = FORGOTTEN_UNASKED + 20


def rows(count: int, name: str = "") -> Rows:
    return {f"{name}{n}": f"باران {name} {n}" for n in range(count)}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def two(folder: Folder) -> Folder:
    """An index of what two folders gave, the second of them less than half of it."""
    folder.write("one/a.jsonl", rows(2 * MANY, "a"))
    folder.write("two/b.jsonl", rows(MANY, "b"))
    folder.sync()
    return folder


# -- what cannot be read stays -----------------------------------------------------------------------------------------


def shut(file: Path, patch: pytest.MonkeyPatch) -> None:
    """A file that may not be opened, also by tests that run as root."""
    os.utime(file, ns=(0, 0))
    opened = os.open

    def refuse(path: Any, *args: Any, **options: Any) -> int:
        if Path(path) == file:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)

    patch.setattr(os, "open", refuse)


def cut(file: Path, patch: pytest.MonkeyPatch) -> None:
    file.write_bytes(file.read_bytes()[:-40])  # an article's line is longer than that


def zeroed(file: Path, patch: pytest.MonkeyPatch) -> None:
    """What a loss of power leaves of a file."""
    file.write_bytes(bytes(file.stat().st_size))


def replaced_by_pipe(file: Path, patch: pytest.MonkeyPatch) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("spoil", [shut, cut, zeroed, replaced_by_pipe])
def test_what_cannot_be_read_stays_and_is_told_until_it_can(
    spoil: Callable[[Path, pytest.MonkeyPatch], None], folder: Folder
) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    file = folder.write("b.jsonl", {"2": "برف", "3": "باد"})
    folder.sync()
    with pytest.MonkeyPatch.context() as patch:
        spoil(file, patch)
        for _ in range(2):
            report = folder.sync()
            assert (report.removed, report.unchanged) == (0, 1 if spoil is replaced_by_pipe else 3)
            assert [Path(skipped.where.split(":")[0]).name for skipped in report.skipped] == ["b.jsonl"]
        assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}
    file.unlink()
    folder.write("b.jsonl", {"3": "باد"})
    report = folder.sync()
    assert (report.removed, report.skipped) == (1, [])
    assert folder.rows() == {"1": "باران", "3": "باد"}


def test_of_a_dump_that_is_cut_short_what_is_read_counts_and_the_rest_stays(folder: Folder) -> None:
    file = folder.write("b.jsonl", rows(50))
    packed = file.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    file.unlink()
    folder.sync()
    packed.write_bytes(packed.read_bytes()[:-200])
    report = folder.sync()
    assert (report.removed, report.unchanged, len(report.skipped)) == (0, 50, 1)
    assert "articles that it gave before stay" in report.notices[0].why
    assert len(folder.rows()) == 50


def test_a_line_that_breaks_does_not_lose_its_article(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران"}, broken=True)
    assert counts(folder.sync()) == {"unchanged": 2, "skipped": 1}
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"unchanged": 1, "removed": 1}


def test_content_that_changes_behind_the_same_size_and_time_is_read(folder: Folder) -> None:
    file = folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    status = file.stat()
    file.write_bytes(
        file.read_bytes().replace("باران".encode("ascii", "backslashreplace"), rb"\u0628\u0631\u0641\u0642\u0642")
    )
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert counts(folder.sync()) == {"updated": 1}
    assert counts(folder.sync()) == {"unchanged": 1}


# -- a great deal at once ----------------------------------------------------------------------------------------------


def unmounted(folder: Folder) -> tuple[Path, ...]:
    """A folder that is empty, where one with a disk in it was."""
    shutil.rmtree(folder.files / "two")
    (folder.files / "two").mkdir()
    return (folder.files / "one", folder.files / "two")


def unmounted_below(folder: Folder) -> tuple[Path, ...]:
    unmounted(folder)
    return (folder.files,)


def emptied(folder: Folder) -> tuple[Path, ...]:
    """Over half of the index, in a file that is there and can be read."""
    folder.write("one/a.jsonl", rows(3, "a"))
    return (folder.files,)


LOSSES = [unmounted, unmounted_below, emptied]


@pytest.mark.parametrize("lose", LOSSES)
def test_a_run_that_would_forget_a_great_deal_does_nothing(lose: Callable[..., Any], two: Folder) -> None:
    before = two.rows()
    paths = lose(two)
    two.write("one/new.jsonl", {"new": "سیل"})
    with pytest.raises(WouldForget, match="--allow-forget") as caught:
        two.sync(*paths)
    assert caught.value.forgotten == (2 * MANY - 3 if lose is emptied else MANY)
    assert two.rows() == before
    assert generations(two.index) == [1]


@pytest.mark.parametrize("lose", LOSSES)
def test_when_it_is_told_to_it_forgets(lose: Callable[..., Any], two: Folder) -> None:
    paths = lose(two)
    report = two.sync(*paths, on_forget=lambda error: True)
    assert report.removed == (2 * MANY - 3 if lose is emptied else MANY)
    assert len(two.rows()) == 3 * MANY - report.removed


@pytest.mark.parametrize("lose", LOSSES)
def test_when_it_is_told_to_keep_it_keeps_says_so_and_does_the_rest(lose: Callable[..., Any], two: Folder) -> None:
    before = two.rows()
    paths = lose(two)
    two.write("one/new.jsonl", {"new": "سیل"})
    report = two.sync(*paths, on_forget=lambda error: False)
    assert (report.added, report.removed) == (1, 0)
    assert "--allow-forget" in report.notices[0].why
    assert two.rows() == before | {"new": "سیل"}
    generation = open_snapshot(two.index).generation
    again = two.sync(*paths, on_forget=lambda error: False)
    assert [notice.where for notice in again.notices] == [notice.where for notice in report.notices]
    assert open_snapshot(two.index).generation == generation
    two.write("two/b.jsonl", rows(MANY, "b"))
    two.write("one/a.jsonl", rows(2 * MANY, "a"))
    report = two.sync(*paths)
    assert (report.removed, report.notices) == (0, [])


def test_a_few_articles_are_forgotten_without_a_word(folder: Folder) -> None:
    file = folder.write("a.jsonl", rows(FORGOTTEN_UNASKED))
    folder.sync()
    file.unlink()
    assert counts(folder.sync()) == {"removed": FORGOTTEN_UNASKED}


def test_articles_that_move_to_another_file_are_not_forgotten(two: Folder) -> None:
    (two.files / "one" / "a.jsonl").rename(two.files / "two" / "c.jsonl")
    two.sync()
    assert len(two.rows()) == 3 * MANY


def test_what_takes_the_place_of_what_was_there_is_no_empty_folder(two: Folder) -> None:
    two.write("two/b.jsonl", rows(MANY, "other"))
    assert counts(two.sync()) == {"added": MANY, "removed": MANY, "unchanged": 2 * MANY}


def test_a_rebuild_from_a_path_that_has_become_empty_asks_too(two: Folder) -> None:
    paths = unmounted(two)
    for on_forget in (None, lambda error: False):
        with pytest.raises(WouldForget):
            two.sync(*paths, rebuild=True, on_forget=on_forget)
    assert len(two.rows()) == 3 * MANY
    two.sync(*paths, rebuild=True, on_forget=lambda error: True)
    assert len(two.rows()) == 2 * MANY


# -- the bundled sample ------------------------------------------------------------------------------------------------


def test_the_sample_gives_way_to_the_first_files_and_to_nothing_else(folder: Folder) -> None:
    sample = folder.write("sample/a.jsonl", rows(3, "sample"))
    folder.write("own/b.jsonl", rows(2, "own"))
    folder.sync(sample.parent, sample=True)
    assert open_snapshot(folder.index).manifest.sample
    folder.sync(sample.parent, sample=True)
    assert generations(folder.index) == [1]
    folder.sync(folder.files / "own")
    assert folder.rows().keys() == {"own0", "own1"}
    folder.sync(sample.parent, sample=True)
    folder.sync(sample.parent)
    assert len(folder.rows()) == 5
    assert not open_snapshot(folder.index).manifest.sample


def test_a_run_that_fails_leaves_the_sample(folder: Folder) -> None:
    sample = folder.write("sample/a.jsonl", rows(3, "sample"))
    folder.write("own/b.jsonl", rows(2, "own"))
    folder.sync(sample.parent, sample=True)

    def fail(progress: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.sync(folder.files / "own", on_progress=fail)
    assert open_snapshot(folder.index).manifest.sample
    assert len(folder.rows()) == 3
