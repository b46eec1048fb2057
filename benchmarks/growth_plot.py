"""Draws what growth.py printed: time, size and memory against the number of articles.

pip install matplotlib
python benchmarks/growth.py ... > growth.jsonl
python benchmarks/growth_plot.py growth.jsonl docs/growth.svg
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot

_PANELS = {
    "mean_ms": "a query, mean (ms)",
    "seconds": "indexing (s)",
    "size_mb": "the index on disk (MB)",
    "peak_mb": "memory while indexing (MB)",
}
_WIDTH = {"khabarjoo": 2.5}


def plot(lines: Sequence[dict[str, Any]], path: Path) -> None:
    """Writes a picture with a panel for each figure and a curve for each engine, both axes logarithmic."""
    pyplot.rcParams["svg.hashsalt"] = "growth"  # the same picture of the same figures, byte for byte
    figure, axes = pyplot.subplots(1, len(_PANELS), figsize=(4 * len(_PANELS), 3.6), layout="constrained")
    sizes = sorted({line["docs"] for line in lines})
    for axis, (key, title) in zip(axes, _PANELS.items(), strict=True):
        for engine in dict.fromkeys(line["engine"] for line in lines):
            points = sorted((line["docs"], line[key]) for line in lines if line["engine"] == engine and line.get(key))
            if points:
                axis.loglog(*zip(*points, strict=True), marker="o", linewidth=_WIDTH.get(engine, 1.2), label=engine)
        axis.set(title=title, xlabel="articles")
        axis.set_xticks(sizes, [f"{size:,}" for size in sizes], rotation=20)
        axis.set_xticks([], minor=True)
        axis.yaxis.set_major_formatter("{x:,g}")
        axis.yaxis.set_minor_formatter("")
        axis.grid(visible=True, alpha=0.3)
    if made := sorted({line["docs"] for line in lines if line["resampled"]}):
        figure.suptitle(f"resampled articles from {made[0]:,} on", fontsize="small")
    axes[0].legend()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, help="what growth.py printed")
    parser.add_argument("target", type=Path, help="the picture")
    given = parser.parse_args()
    plot([json.loads(line) for line in given.source.read_text(encoding="utf-8").splitlines()], given.target)
