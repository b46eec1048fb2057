"""Measures tantivy with the ids of its ten best read from its store, as ours are; run by a Python that has it.

    python peer_ids.py FOLDER QUERIES.tsv DIR

Hits of tantivy are addresses of documents, and peers.py in FOLDER, which made the index in DIR, leaves it at that.
Prints a JSON line: mean_ms, p50_ms and p95_ms of the last of some rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_ROUNDS = 8


def main() -> None:
    """Asks everything, and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="has peers.py")
    parser.add_argument("queries", type=Path)
    parser.add_argument("index", help="the folder of tantivy's index")
    given = parser.parse_args()
    engine = script(given.folder / "peers.py").Tantivy()
    engine.open(given.index)
    texts = [line.split("\t", 1)[1] for line in given.queries.read_text(encoding="utf-8").splitlines() if "\t" in line]
    times: list[float] = []
    for _ in range(_ROUNDS):
        times = []
        for text in texts:
            started = time.perf_counter()
            _ = [engine.s.doc(address)["id"][0] for _, address in engine.search(text, 10)]
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    figures = {
        "mean_ms": statistics.fmean(times),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[len(times) * 19 // 20],
    }
    print(json.dumps({name: round(figure, 4) for name, figure in figures.items()}))


def script(path: Path) -> Any:
    """Returns a script as a module."""
    spec = spec_from_file_location("peers_of_folder", path)
    if spec is None or spec.loader is None or not path.exists():
        sys.exit(f"there is no {path}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
