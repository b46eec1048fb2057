"""The writer's lock, between processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from khabarjoo.index.errors import IndexLocked, StoreError
from khabarjoo.index.lock import lock

_HOLDER = """
import sys, time
from pathlib import Path
from khabarjoo.index.lock import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a folder's lock until its input ends."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def _written_by(pid: int) -> str:
    return rf"being written by process {pid} since \d\d:\d\d:\d\d; try again"


def test_a_second_process_is_told_at_once_which_one_writes(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(IndexLocked, match=_written_by(process.pid)), lock(tmp_path):
            pytest.fail("locked twice")
        process.communicate("")
        with lock(tmp_path):
            pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        assert (tmp_path / "lock").read_text().startswith(f"{process.pid} ")
        with lock(tmp_path):
            assert (tmp_path / "lock").read_text().startswith(f"{os.getpid()} ")


def test_one_process_cannot_lock_twice_either(tmp_path: Path) -> None:
    with lock(tmp_path):
        with pytest.raises(IndexLocked, match=_written_by(os.getpid())), lock(tmp_path):
            pytest.fail("locked twice")
        with pytest.raises(IndexLocked), lock(tmp_path):
            pytest.fail("the lock was lost")


def test_the_lock_is_let_go_of_after_an_error_and_names_nobody_then(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock(tmp_path):
        raise RuntimeError
    assert (tmp_path / "lock").read_bytes() == b""
    with lock(tmp_path):
        pass


@pytest.mark.parametrize("note", [b"", b"\xff\x00", b"12", b"\x1b[2J 1\n", b"1 99999999999\n"])
def test_a_holder_that_wrote_no_number_is_another_process(note: bytes, tmp_path: Path) -> None:
    with lock(tmp_path):
        (tmp_path / "lock").write_bytes(note)
        with pytest.raises(IndexLocked, match="another process"), lock(tmp_path):
            pytest.fail("locked twice")


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing: no such file"), lock(tmp_path / "missing"):
        pytest.fail("locked")


def test_one_who_waits_is_told_once_and_goes_on_when_the_lock_is_free(tmp_path: Path) -> None:
    told: list[IndexLocked] = []
    with holder(tmp_path) as process:

        def end(error: IndexLocked) -> None:
            told.append(error)
            process.kill()

        with lock(tmp_path, end):
            assert (tmp_path / "lock").read_text().startswith(f"{os.getpid()} ")
    assert [error.owner.split(" since ")[0] for error in told] == [f"process {process.pid}"]


def test_without_another_writer_nobody_waits(tmp_path: Path) -> None:
    with lock(tmp_path, lambda error: pytest.fail(str(error))):
        assert (tmp_path / "lock").read_text().startswith(f"{os.getpid()} ")


def test_a_holder_of_another_day_is_named_with_the_day(tmp_path: Path) -> None:
    with lock(tmp_path):
        (tmp_path / "lock").write_text("77 1000000000\n")
        with pytest.raises(IndexLocked, match=r"process 77 since 2001-09-\d\d \d\d:\d\d;"), lock(tmp_path):
            pytest.fail("locked twice")
