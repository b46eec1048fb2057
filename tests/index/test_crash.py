"""Runs that are ended at every step leave the old index or the new one, and the next run finishes the work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_HARNESS = Path(__file__).with_name("crash_harness.py")
_COMMON = ("build", "update", "delete", "merge", "own files")
_IN_RUNS = ("build in runs", "update in runs", "resume", "rebuild in runs", "remake in runs")
_ALL = (*_COMMON, *_IN_RUNS, "rebuild", "remake", "repair")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks")


def swept(names: tuple[str, ...], mode: str, every: int = 1) -> dict[str, dict[str, Any]]:
    """What the harness found, by scenario; in a process of its own, which has one thread."""
    path = os.pathsep.join(map(str, _HARNESS.parents[1:3]))
    found = subprocess.run(
        [sys.executable, _HARNESS, ",".join(names), mode, str(every)],
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    loaded: dict[str, dict[str, Any]] = json.loads(found.stdout)
    return loaded


def test_killed_before_any_write_sync_or_rename_the_index_is_the_old_or_the_new_one() -> None:
    found = swept(_COMMON, "kill")
    assert {name: of["failures"] for name, of in found.items()} == {f"{name}, kill": [] for name in _COMMON}
    points = {step: sum(of["steps"].get(step, 0) for of in found.values()) for step in ("write", "fsync", "replace")}
    assert sum(of["points"] for of in found.values()) == sum(sum(of["steps"].values()) for of in found.values())
    assert sum(points.values()) >= 40, points
    assert points["replace"] == len(_COMMON)
    for of in found.values():
        assert of["old"] > 0
        assert of["new"] > 0


@pytest.mark.parametrize("mode", ["halfway", "power", "full", "interrupt"])
def test_so_it_is_when_the_run_ends_in_other_ways(mode: str) -> None:
    found = swept(_ALL, mode, every=9)
    assert {name: of["failures"] for name, of in found.items()} == {f"{name}, {mode}": [] for name in _ALL}
    assert sum(of["points"] for of in found.values()) > 30


def test_a_store_that_does_not_sync_what_it_writes_would_be_found_out() -> None:
    (of,) = swept(("careless",), "power").values()
    assert any("fell back" in failure for failure in of["failures"])
