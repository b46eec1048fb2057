"""Damages a small index in 2,000 ways, one after another; prints who noticed, and what went wrong.

    python benchmarks/damage.py [WAYS] [SEED]

What is done and what must not be is told in tests/index/damage_harness.py. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

_HARNESS = Path(__file__).parents[1] / "tests" / "index" / "damage_harness.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ways", type=int, nargs="?", default=2000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    path = os.pathsep.join(map(str, _HARNESS.parents[1:3]))
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(_HARNESS), str(options.ways), str(options.seed)]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout)
    files = ", ".join(f"{name} {count:,}" for name, count in sorted(found["of_files"].items()))
    print(f"{found['ways']:,} ways (seed {options.seed}) in {time.perf_counter() - started:.0f} s: {files}")
    print(f"{found['answers_changed']:,} changed an answer or had one refused")
    print(f"{found['found_by_open']:,} were found on opening it, {found['found_when_asked']:,} on asking it")
    print(
        f"{found['found_by_verify']:,} were found by verify, {found['harmless']:,} by nobody, with all answers the same"
    )
    print(f"{len(found['failures'])} failures", *found["failures"], sep="\n")
    return 1 if found["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
