"""Indexes input that is made to take memory, each in a process of its own; prints the peak of each.

    python benchmarks/memory.py [FEWER]

FEWER divides the sizes. The exit code is 1 when one takes over a gigabyte.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MOST_MEGABYTES = 1000

_INDEX = """
import resource, sys
from pathlib import Path
from khabarjoo.index.file_sync import sync
report = sync(Path(sys.argv[1]), [Path(sys.argv[2])], jobs=1)
skipped = sum(skipped.count for skipped in report.skipped)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)
print(report.articles, skipped, len(report.skipped) + len(report.notices), peak)
"""


def _rows(count: int) -> Iterator[str]:
    yield "id,title,text\n"
    for number in range(count):
        yield f"{number},عنوان خبر,متن خبر\n"


def _one_id(count: int) -> Iterator[str]:
    yield "id,title\n"
    for _ in range(count):
        yield "a,ب\n"


def _bad_dates(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps({"id": str(number), "title": "خبر", "date": f"روز {number}ام"}, ensure_ascii=False) + "\n"


def _random_words(count: int) -> Iterator[str]:
    rng = random.Random(1)
    letters = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
    for number in range(count):
        words = " ".join("".join(rng.choices(letters, k=7)) for _ in range(400))
        yield json.dumps({"id": str(number), "title": "خبر", "text": words}, ensure_ascii=False) + "\n"


def _long_articles(count: int) -> Iterator[str]:
    text = "متن خبر باران در تهران " * 650_000  # 15 million characters
    for number in range(count):
        yield json.dumps({"id": str(number), "title": "خبر", "text": text}, ensure_ascii=False) + "\n"


def _long_keys(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps({"id": str(number), "title": "خبر", f"{number}{'k' * 4_000_000}": ""}) + "\n"


def _long_ids(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps({"id": f"{number}{'i' * 2_000_000}", "title": "خبر"}, ensure_ascii=False) + "\n"


_CASES: dict[str, tuple[str, int, Callable[[int], Iterator[str]]]] = {
    "a CSV of so many short rows": ("plain.csv", 1_000_000, _rows),
    "packed rows with one id": ("same.csv.gz", 2_000_000, _one_id),
    "rows with a date nobody can read": ("dates.jsonl", 500_000, _bad_dates),
    "articles of 400 words that are there once": ("words.jsonl", 20_000, _random_words),
    "articles of 15 million characters": ("long.jsonl", 6, _long_articles),
    "packed records with a key of 4 MB of their own": ("keys.jsonl.gz", 400, _long_keys),
    "packed records with an id of 2 MB": ("ids.jsonl.gz", 400, _long_ids),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("fewer", type=int, nargs="?", default=1, help="what the sizes are divided by")
    fewer = parser.parse_args().fewer
    failed = False
    print("| input | how many | bytes | articles | skipped | told of | seconds | peak |")
    print("|---|---|---|---|---|---|---|---|")
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "KHABARJOO_EXPANSION_BYTES": str(1 << 34),
    }
    for case, (name, count, lines) in _CASES.items():
        with tempfile.TemporaryDirectory(prefix="memory-") as folder:
            file = Path(folder, name)
            open_it = gzip.open if name.endswith(".gz") else open
            with open_it(file, "wt", encoding="utf-8") as out:
                out.writelines(lines(max(count // fewer, 3)))
            started = time.perf_counter()
            command = [sys.executable, "-c", _INDEX, str(Path(folder, "index")), str(file)]
            output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout
            articles, skipped, told, peak = map(int, output.split())
            seconds = time.perf_counter() - started
            size = file.stat().st_size
        cells = (f"{max(count // fewer, 3):,}", f"{size:,}", f"{articles:,}", f"{skipped:,}", f"{told:,}")
        print(f"| {case} | {' | '.join(cells)} | {seconds:.0f} | {peak:,} MB |", flush=True)
        failed |= peak > MOST_MEGABYTES
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
