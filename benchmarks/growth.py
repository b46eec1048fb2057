"""How time, size and memory grow with the number of articles.

    python benchmarks/growth.py DOCS.jsonl QUERIES.tsv DIR --plot docs/growth.svg [the options of speed.py]

Measures as speed.py does, first the articles of DOCS, then 100,000 and 500,000 (or --sizes) that grow.py makes of them
from sentences of articles of one source. Prints a JSON line for each size and engine; "resampled" in it tells which
articles were made. They have the words of real ones but no new words: say "resampled" wherever a figure is quoted.

Of the peers only those are measured that speed.py repeats, tantivy and Lucene, if not told otherwise by --only.
--plot needs matplotlib, which nothing else here does: pip install matplotlib. Where it is installed for another Python,
leave --plot out and let growth_plot.py draw the lines printed here.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from speed import DEFAULT_BENCH, add_options, engines, measure, tell_machine, unpacked

_SIZES = (100_000, 500_000)


def main() -> int:
    """Measures each size that the command line asks for, and plots."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, rounds=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=_SIZES, metavar="N", help="resampled articles")
    parser.add_argument("--grow", type=Path, default=DEFAULT_BENCH / "grow.py", help="the script that makes articles")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw the figures")
    options = parser.parse_args()
    options.only = options.only or ["tantivy", "lucene"]
    plot = importlib.import_module("growth_plot").plot if options.plot else None
    tell_machine()
    options.home.mkdir(parents=True, exist_ok=True)
    lines = _measured(unpacked(options.docs, options.home), options.home / "given", options, resampled=False)
    for size in options.sizes:
        docs = _resampled(unpacked(options.docs, options.home), size, options)
        lines += _measured(docs, options.home / str(size), options, resampled=True)
    if plot is not None:
        plot(lines, options.plot)
    return 0


def _measured(docs: Path, home: Path, options: argparse.Namespace, *, resampled: bool) -> list[dict[str, Any]]:
    """The lines of all engines at one size, printed too."""
    lines = measure(engines(options), docs, options.queries, home, rounds=options.rounds, builds=options.builds)
    lines = [{"engine": line.pop("engine"), "resampled": resampled, **line} for line in lines]
    for line in lines:
        print(json.dumps(line), flush=True)
    return lines


def _resampled(docs: Path, size: int, options: argparse.Namespace) -> Path:
    """So many articles made of those given; always the same, so made only once."""
    grown: Path = options.home / f"resampled-{size}.jsonl"
    if not grown.exists():
        part = grown.with_suffix(".part")
        subprocess.run([sys.executable, options.grow, docs, part, str(size)], check=True)
        part.replace(grown)
    return grown


if __name__ == "__main__":
    sys.exit(main())
