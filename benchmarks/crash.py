"""Ends indexing runs at every step at which they change the disk, in every way; prints what came of it.

    python benchmarks/crash.py

What a step is and what is checked is told in tests/index/crash_harness.py. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

_HARNESS = Path(__file__).parents[1] / "tests" / "index" / "crash_harness.py"
_SCENARIOS = (
    *("build", "update", "delete", "merge", "rebuild", "remake", "repair", "own files"),
    *("build in runs", "update in runs", "rebuild in runs", "remake in runs", "resume"),
)
_MODES = ("kill", "halfway", "power", "full", "interrupt")


def main() -> int:
    started = time.perf_counter()
    command = [sys.executable, str(_HARNESS), ",".join(_SCENARIOS), ",".join(_MODES), "1"]
    path = os.pathsep.join(map(str, _HARNESS.parents[1:3]))
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout
    found = json.loads(output)
    print("| run | steps | of them writes, syncs, renames | ended | old | new | failures |")
    print("|---|---|---|---|---|---|---|")
    failures: list[str] = []
    total: Counter[str] = Counter()
    for name in _SCENARIOS:
        of_modes = [found[f"{name}, {mode}"] for mode in _MODES]
        steps = of_modes[0]["steps"]
        counts = Counter({key: sum(of[key] for of in of_modes) for key in ("points", "old", "new")})
        failed = [failure for of in of_modes for failure in of["failures"]]
        durable = " + ".join(str(steps[step]) for step in ("write", "fsync", "replace"))
        cells = (name, sum(steps.values()), durable, counts["points"], counts["old"], counts["new"], len(failed))
        print(f"| {' | '.join(map(str, cells))} |")
        failures += failed
        total += counts
    print(f"\n{total['points']} runs ended, in {len(_MODES)} ways, in {time.perf_counter() - started:.0f} s: ", end="")
    print(f"{total['old']} left the old index, {total['new']} the new one; {len(failures)} failures")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
