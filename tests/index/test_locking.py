"""The writer's lock, between processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import IndexLocked, StoreError
from index.locking import lock

_HOLDER = """
import sys, time
from pathlib import Path
from index.locking import lock
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


def test_a_second_process_is_told_at_once_which_one_writes(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(IndexLocked, match=f"being written by process {process.pid}; try again"), lock(tmp_path):
            pytest.fail("locked twice")
        process.communicate("")
        with lock(tmp_path):
            pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        assert (tmp_path / "lock").read_text() == f"{process.pid}\n"
        with lock(tmp_path):
            assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_one_process_cannot_lock_twice_either(tmp_path: Path) -> None:
    with lock(tmp_path):
        with pytest.raises(IndexLocked, match=f"process {os.getpid()}"), lock(tmp_path):
            pytest.fail("locked twice")
        with pytest.raises(IndexLocked), lock(tmp_path):
            pytest.fail("the lock was lost")


def test_the_lock_is_let_go_of_after_an_error_and_names_nobody_then(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock(tmp_path):
        raise RuntimeError
    assert (tmp_path / "lock").read_bytes() == b""
    with lock(tmp_path):
        pass


def test_a_holder_that_wrote_no_number_is_another_process(tmp_path: Path) -> None:
    with lock(tmp_path):
        (tmp_path / "lock").write_bytes(b"\xff\x00")
        with pytest.raises(IndexLocked, match="another process"), lock(tmp_path):
            pytest.fail("locked twice")


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), lock(tmp_path / "missing"):
        pytest.fail("locked")
