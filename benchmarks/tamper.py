"""Tampers with a small index in 2,000 ways, one after another, and runs every command on it; prints what came of it.

    python benchmarks/tamper.py [WAYS] [SEED] [WHOLE]

Commands run in forked processes; in the first WHOLE (100) ways each is a process of its own. What is done and what must
not be is told in tests/index/tamper_harness.py. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

_HARNESS = Path(__file__).parents[1] / "tests" / "index" / "tamper_harness.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ways", type=int, nargs="?", default=2000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("whole", type=int, nargs="?", default=100, help="ways in which each command is a process")
    options = parser.parse_args()
    started = time.perf_counter()
    path = os.pathsep.join(map(str, _HARNESS.parents[1:3]))
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
    given = map(str, (options.ways, options.seed, options.whole))
    command = [sys.executable, str(_HARNESS), *given]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout)
    kinds = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in found["kinds"].items())
    print(f"{found['ways']:,} ways (seed {options.seed}) in {time.perf_counter() - started:.0f} s: {kinds}")
    print(f"{found['commands']:,} commands; {found['told']:,} ways were told by one of them", end="")
    print(f" ({found['told_by_verify']:,} by verify), {found['same']:,} changed no answer")
    print(f"most time {found['most_seconds']:.2f} s ({found['slowest']})")
    print(f"most memory {found['most_megabytes']:,} MB ({found['largest']})")
    print(f"{len(found['failures'])} failures", *found["failures"], sep="\n")
    return 1 if found["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
