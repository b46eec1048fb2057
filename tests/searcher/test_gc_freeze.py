from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from khabarjoo.searcher.gc_freeze import startup_frozen


@pytest.fixture(autouse=True)
def thawed():
    """What a test has made to stay is collected after it, like all else."""
    yield
    gc.unfreeze()


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_collecting_rests_meanwhile_and_goes_on_as_before(switch) -> None:
    switch()
    try:
        before = gc.isenabled()
        with startup_frozen():
            assert not gc.isenabled()
        assert gc.isenabled() == before
    finally:
        gc.enable()


def test_what_there_is_at_the_end_is_not_looked_at_again() -> None:
    with startup_frozen():
        kept = [[]]
    assert gc.get_freeze_count() > 0
    assert not any(each is kept for each in gc.get_objects())


def test_when_it_fails_collecting_goes_on() -> None:
    with pytest.raises(ValueError, match="failed"), startup_frozen():
        raise ValueError("failed")
    assert gc.isenabled()


def test_the_command_itself_is_made_to_stay() -> None:
    code = "import gc, sys; from khabarjoo.__main__ import main; main(); sys.exit(gc.get_freeze_count() < 10_000)"
    assert subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, check=False).returncode == 0
