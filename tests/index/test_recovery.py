"""An index whose manifests are gone is told from none, is not written over, and is made anew from its segments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged, NoIndex, NotAnIndex
from khabarjoo.index.manifest import LOCK, MARK, generations
from khabarjoo.index.recovery import orphans
from khabarjoo.index.repair import remake, repair
from khabarjoo.index.resume import mark_of
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot, open_writer
from khabarjoo.index.verify import verify
from tests.corpus import damage, files_in, make_live
from tests.newsfolder import Folder, counts

FIRST = {str(n): f"باران {n}" for n in range(60)}
SECOND = {str(n): f"برف {n}" for n in range(100, 110)}


def without(*patterns: str) -> Callable[[Folder], None]:
    def remove(folder: Folder) -> None:
        for pattern in patterns:
            for file in folder.index.glob(pattern):
                file.unlink()

    return remove


LOSSES = [
    without("manifest-*"),
    without("*.json"),
    without("manifest-*", LOCK),
    without("manifest-*", "sources-*", "deleted-*", LOCK),
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An index of one segment."""
    made = Folder(tmp_path)
    made.write("a.jsonl", FIRST)
    made.sync()
    return made


@pytest.fixture
def updated(folder: Folder) -> Folder:
    """Two segments: of the first, an article is deleted and one replaced."""
    folder.write("a.jsonl", {**FIRST, "1": "تازه"} | SECOND)
    folder.sync()
    rest = {id: title for id, title in FIRST.items() if id != "7"}
    folder.write("a.jsonl", {**rest, "1": "تازه"} | SECOND)
    folder.sync()
    assert [len(live.deleted) for live in open_snapshot(folder.index).segments] == [2, 0]
    return folder


@pytest.mark.parametrize("lose", LOSSES)
def test_opening_says_in_one_line_what_is_the_matter_and_what_to_do(folder: Folder, lose: Callable[..., None]) -> None:
    lose(folder)
    with pytest.raises(IndexDamaged) as caught:
        open_snapshot(folder.index)
    assert str(caught.value) == (
        f"the index in {folder.index} is damaged (it has no manifest; segments: 1); mend it with: khabarjoo verify "
        f"--repair --index {folder.index}, or make it again with: khabarjoo index --rebuild "
        f"--index {folder.index} PATHS"
    )


@pytest.mark.parametrize("lose", LOSSES)
def test_nothing_is_written_over_it(folder: Folder, lose: Callable[..., None]) -> None:
    lose(folder)
    before = files_in(folder.index)
    for act in (folder.sync, lambda: remake(folder.index)):
        with pytest.raises(IndexDamaged, match="no manifest"):
            act()
    assert files_in(folder.index) == before


@pytest.mark.parametrize("lose", LOSSES)
def test_verify_says_that_there_are_segments_but_no_manifest(updated: Folder, lose: Callable[..., None]) -> None:
    lose(updated)
    found = verify(updated.index)
    assert list(map(str, found.damage)) == ["manifest: there is none; whole segments: 2 of 2, articles in them: 71"]
    assert not found.whole


def test_verify_names_what_is_damaged_besides(updated: Folder) -> None:
    without("manifest-*")(updated)
    damage(updated.index / "s000002-1" / SEGMENT_FILE, 5000)
    first, second = verify(updated.index).damage
    assert first.why.startswith("there is none; whole segments: 1 of 2, articles in them: 60")
    assert (second.file, second.segment) == (f"s000002-1/{SEGMENT_FILE}", "s000002-1")


@pytest.mark.parametrize("lose", LOSSES)
def test_repair_takes_the_articles_of_all_segments_of_an_id_the_newest(
    updated: Folder, lose: Callable[..., None]
) -> None:
    expected = updated.rows()
    lose(updated)
    done = repair(updated.index)
    assert (done.segments, done.lost, done.revived, done.read_again) == (2, [], True, 1)
    assert updated.rows() == expected | {"7": FIRST["7"]}  # which was deleted
    assert verify(updated.index).damage == []
    assert generations(updated.index) == [3]
    assert orphans(updated.index) == []
    assert counts(updated.sync()) == {"unchanged": 69, "removed": 1}
    assert updated.rows() == expected
    assert {entry.name[:8] for entry in updated.index.iterdir() if entry.is_dir()} == {"s000003-"}


def test_repair_goes_on_when_some_of_the_segments_are_damaged(updated: Folder) -> None:
    without("manifest-*")(updated)
    file = updated.index / "s000002-1" / SEGMENT_FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    (updated.index / "s000001-1" / SEGMENT_FILE).write_bytes(b"?")
    with pytest.raises(IndexDamaged, match="no manifest"):
        open_snapshot(updated.index)
    repair(updated.index)
    assert updated.rows().items() <= ({**FIRST, "1": "تازه"} | SECOND).items()
    assert verify(updated.index).damage == []


def test_when_nothing_can_be_read_nothing_is_removed(folder: Folder) -> None:
    without("manifest-*")(folder)
    (folder.index / "s000001-1" / SEGMENT_FILE).write_bytes(b"?")
    before = files_in(folder.index)
    with pytest.raises(IndexDamaged, match="nothing of it can be read"):
        repair(folder.index)
    assert files_in(folder.index).items() >= before.items()


@pytest.mark.parametrize("act", [lambda f: repair(f.index), lambda f: f.sync(rebuild=True)])
def test_a_repair_or_rebuild_that_fails_loses_nothing(
    updated: Folder, act: Callable[[Folder], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    without("manifest-*")(updated)
    segments = {name: data for name, data in files_in(updated.index).items() if name.endswith(SEGMENT_FILE)}

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("khabarjoo.index.store._write_synced", full)
    with pytest.raises(Exception, match="no space left"):
        act(updated)
    assert {name: (updated.index / name).read_bytes() for name in segments} == segments
    monkeypatch.undo()
    with pytest.raises(IndexDamaged):
        open_snapshot(updated.index)
    repair(updated.index)
    assert updated.rows() == {**FIRST, "1": "تازه"} | SECOND


def test_a_repair_that_is_killed_loses_nothing(folder: Folder) -> None:
    """Even if it came to nothing but its note in the lock, which a first run would leave, too."""
    without("manifest-*", "sources-*")(folder)
    code = "import os, signal, sys; from pathlib import Path; import khabarjoo.index.repair as r\n"
    code += "r.verify = lambda *a, **o: os.kill(os.getpid(), signal.SIGKILL)\nr.repair(Path(sys.argv[1]))"
    ran = subprocess.run([sys.executable, "-c", code, str(folder.index)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert (folder.index / LOCK).read_bytes() != b""
    for act in (folder.sync, folder.rows):
        with pytest.raises(IndexDamaged):
            act()
    assert not verify(folder.index).whole
    repair(folder.index)
    assert folder.rows() == FIRST


def test_a_rebuild_from_the_files_takes_its_place(updated: Folder) -> None:
    expected = updated.rows()
    without("manifest-*")(updated)
    updated.sync(rebuild=True)
    assert updated.rows() == expected
    assert verify(updated.index).damage == []
    updated.write("b.jsonl", {"200": "باد"})
    updated.sync()
    assert not list(updated.index.glob("s00000[12]*"))


def test_a_first_run_that_was_killed_is_no_index_and_the_next_takes_its_place(folder: Folder) -> None:
    without("*.json")(folder)
    (folder.index / LOCK).write_bytes(f"{os.getpid()} 1700000000\n".encode())  # never taken back
    with pytest.raises(NoIndex):
        open_snapshot(folder.index)
    with pytest.raises(NoIndex):
        verify(folder.index)
    folder.sync()
    assert folder.rows() == FIRST


def test_a_first_run_that_is_to_be_gone_on_with_is_no_index(folder: Folder) -> None:
    without("*.json")(folder)
    (folder.index / MARK).write_bytes(mark_of(1, 0))
    with pytest.raises(NoIndex):
        open_snapshot(folder.index)
    assert orphans(folder.index) == []


def test_while_a_first_run_writes_there_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with open_writer(path) as writer:
        live = make_live(writer.segment_folder(), [Article("a")])
        with pytest.raises(NoIndex):
            open_snapshot(path)
        writer.commit([live], {})
        assert len(open_snapshot(path)) == 1


def test_two_repairs_at_once_come_to_the_same(updated: Folder) -> None:
    without("manifest-*")(updated)
    threads = [
        threading.Thread(target=repair, args=(updated.index,), kwargs={"on_locked": lambda error: None})
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert updated.rows() == {**FIRST, "1": "تازه"} | SECOND
    assert verify(updated.index).damage == []


def test_a_folder_of_something_else_stays_that(tmp_path: Path) -> None:
    (tmp_path / "s1").mkdir()
    (tmp_path / "s1" / SEGMENT_FILE).write_bytes(b"mine")
    with pytest.raises(NotAnIndex):
        open_snapshot(tmp_path)
    with pytest.raises(NotAnIndex), open_writer(tmp_path, rebuild=True):
        pytest.fail("opened")


def test_a_pipe_in_place_of_the_lock_keeps_nobody_waiting(folder: Folder) -> None:
    without("manifest-*", LOCK)(folder)
    os.mkfifo(folder.index / LOCK)
    assert len(orphans(folder.index)) == 1
