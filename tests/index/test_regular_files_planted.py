"""Indexes that somebody else made: nothing outside is written or read through a link, and nothing waits for a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.errors import IndexDamaged, NotAnIndex, StoreError
from khabarjoo.index.manifest import LOCK, MARK, generations, manifest_name, sources_name
from khabarjoo.index.repair import repair
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import Writer, open_snapshot
from khabarjoo.index.verify import verify
from tests.newsfolder import Folder

PRECIOUS = b"123 years of work\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    for number, title in enumerate(("باران", "برف")):
        folder.write(f"{number}.jsonl", {str(number): title})
        folder.sync()
    folder.write("2.jsonl", {"2": "باد"})
    return folder


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A file outside of the index."""
    file = tmp_path / "precious"
    file.write_bytes(PRECIOUS)
    return file


def link(place: Path, precious: Path) -> None:
    place.unlink(missing_ok=True)
    place.symlink_to(precious)


def second_name(place: Path, precious: Path) -> None:
    place.unlink(missing_ok=True)
    place.hardlink_to(precious)


def pipe(place: Path, precious: Path) -> None:
    place.unlink(missing_ok=True)
    os.mkfifo(place)


def folder_of_that_name(place: Path, precious: Path) -> None:
    place.unlink(missing_ok=True)
    place.mkdir()
    (place / "in it").write_bytes(PRECIOUS)


PLANTED = [link, second_name, pipe, folder_of_that_name]
WRITTEN = [LOCK, MARK, "manifest-000003.json.tmp", "sources-000003.json", "s000003-1", "deleted-000003-s000001-1"]


@pytest.mark.parametrize("newest_is_whole", [True, False])
@pytest.mark.parametrize("plant", PLANTED)
@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_is_written_through_what_somebody_planted(
    name: str, plant: Callable[[Path, Path], None], newest_is_whole: bool, folder: Folder, precious: Path
) -> None:
    plant(folder.index / name, precious)
    if not newest_is_whole:
        (folder.index / manifest_name(2)).write_bytes(b"{}")
    for act in (folder.sync, lambda: repair(folder.index)):
        try:
            act()
        except StoreError as error:
            assert (name, plant is second_name) == (LOCK, False), error
    assert precious.read_bytes() == PRECIOUS
    if name != LOCK:
        assert verify(folder.index).whole
        assert not (folder.index / manifest_name(generations(folder.index)[0])).is_symlink()


@pytest.mark.parametrize("plant", [link, pipe])
def test_a_lock_that_is_no_file_is_refused_in_one_line(
    plant: Callable[[Path, Path], None], folder: Folder, precious: Path
) -> None:
    plant(folder.index / LOCK, precious)
    with pytest.raises(NotAnIndex, match="lock is"):
        folder.sync()


@pytest.mark.parametrize("plant", [link, pipe, folder_of_that_name])
@pytest.mark.parametrize("name", [manifest_name(2), sources_name(2), SEGMENT_FILE])
def test_what_is_no_file_counts_as_damage_and_nobody_waits_for_it(
    name: str, plant: Callable[[Path, Path], None], folder: Folder, tmp_path: Path
) -> None:
    if name == SEGMENT_FILE:
        name = f"{open_snapshot(folder.index).segments[-1].name}/{name}"
    copy = tmp_path / "copy"  # a link to what was there: as good as it, and not in the index all the same
    (folder.index / name).rename(copy)
    plant(folder.index / name, copy)
    assert not verify(folder.index).whole
    if name == sources_name(2):
        with pytest.raises(IndexDamaged):
            folder.sync()
    else:
        assert open_snapshot(folder.index).generation == 1
    repair(folder.index)
    assert verify(folder.index).whole
    folder.sync()
    assert folder.rows() == {"0": "باران", "1": "برف", "2": "باد"}


def test_a_segment_that_is_a_link_counts_as_damage(folder: Folder, tmp_path: Path) -> None:
    name = open_snapshot(folder.index).segments[-1].name
    (folder.index / name).rename(tmp_path / "elsewhere")
    (folder.index / name).symlink_to(tmp_path / "elsewhere")
    assert open_snapshot(folder.index).generation == 1
    assert not verify(folder.index).whole


# -- many generations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [9, 99_998, 999_998, 999_999, 1_000_000, 123_456_789_012])
def test_a_generation_of_any_number_is_followed_by_the_next(number: int, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    with pytest.MonkeyPatch.context() as patch:
        begin = Writer.__init__

        def begin_at(writer: Writer, *arguments: Any) -> None:
            begin(writer, *arguments)
            writer.generation = number

        patch.setattr(Writer, "__init__", begin_at)
        folder.sync()
    assert generations(folder.index) == [number]
    for count, title in enumerate(("باد", "مه", "سیل"), start=1):
        folder.write("a.jsonl", {"1": "باران", "3": title})
        folder.sync()
        assert generations(folder.index)[0] == open_snapshot(folder.index).generation == number + count
        assert folder.rows() == {"1": "باران", "3": title}
    assert len(generations(folder.index)) == 2
    assert verify(folder.index).whole
    entries = {entry.name for entry in folder.index.iterdir()}
    assert not [name for name in entries if f"{number:06}" in name], entries
    for number_kept in generations(folder.index):
        (folder.index / manifest_name(number_kept)).unlink()
    with pytest.raises(IndexDamaged, match="it has no manifest; segments: "):
        open_snapshot(folder.index)
    repair(folder.index)
    assert folder.rows()["3"] == "سیل"


@pytest.mark.parametrize("name", ["manifest-0000001.json", "manifest-٠٠٠٠٠٣.json", "manifest-00003.json"])
def test_other_spellings_of_a_number_are_no_generations(name: str, folder: Folder) -> None:
    (folder.index / name).write_bytes(b"{}")
    assert generations(folder.index) == [2, 1]
