"""How long the shell takes to its first prompt, and to a completion: medians, on a terminal of its own.

    python benchmarks/shell_start.py --index DIR [--starts 10]

Without --index, an index of the bundled sample is made first. Starts are measured from the start of the process to the
prompt on its terminal; beside them stands what an empty Python takes, as a measure of the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pexpect

PROMPT = "khabarjoo>"
TYPED = ("ای", "زلز", "دانشگاه", "منبع:ا", "برچسب:پر", "برچسب:تپل", "تاریخ:هف", "\\", "\\سا", "\\since مه", "انتخاباتا")
"""Beginnings of lines, each completed a letter at a time."""


def main() -> None:
    """Measures, and prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="an index; one of the bundled sample when left out")
    parser.add_argument("--starts", type=int, default=10, metavar="N")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = arguments.index or sample_index(Path(folder))
        environment = os.environ | {
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": folder,
            "KHABARJOO_CONFIG": f"{folder}/none",
        }
        start_once(index, environment)  # files into the cache of the system
        starts = [start_once(index, environment) for _ in range(arguments.starts)]
        empty = [empty_start() for _ in range(arguments.starts)]
        shown = f"from {1000 * min(starts):.0f} to {1000 * max(starts):.0f}"
        print(f"first prompt   {1000 * median(starts):6.0f} ms   ({shown})")
        print(f"empty Python   {1000 * median(empty):6.0f} ms")
        print_completions(index)


def sample_index(folder: Path) -> Path:
    """An index of the bundled sample."""
    from khabarjoo.index.file_sync import sync
    from khabarjoo.seeds import pages_folder

    sync(folder / "index", [pages_folder()])
    return folder / "index"


def start_once(index: Path, environment: dict[str, str]) -> float:
    """Seconds to the first prompt."""
    started = time.perf_counter()
    command = ["-m", "khabarjoo", "shell", "--index", str(index)]
    child = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=60)
    child.expect_exact(PROMPT)
    took = time.perf_counter() - started
    child.close(force=True)
    return took


def empty_start() -> float:
    """Seconds that a Python takes that does nothing."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


def print_completions(index: Path) -> None:
    """Measures the vocabulary and completions in this process."""
    import khabarjoo
    from khabarjoo.searcher.shell.completion import complete
    from khabarjoo.searcher.shell.completion_vocabulary import read_vocabulary

    searcher = khabarjoo.open(index)
    started = time.perf_counter()
    vocabulary = read_vocabulary(searcher)
    print(f"vocabulary     {1000 * (time.perf_counter() - started):6.0f} ms   ({len(vocabulary.words):,} words)")
    took = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            started = time.perf_counter()
            complete(text[:end], end, vocabulary)
            took.append(time.perf_counter() - started)
    print(f"completion     {1000 * median(took):6.1f} ms   (at most {1000 * max(took):.1f})")


if __name__ == "__main__":
    main()
