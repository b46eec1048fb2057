"""What an index is made of, in bytes by column, and what closer packing would make of the largest.

    python benchmarks/column_sizes.py INDEX

Prints a line for each column from the largest on, then for those that numbers are kept in what they would take: words
of the forward view in one byte where they are among the commonest, two or three else; articles of a lemma as steps from
one to the next, seven bits a byte; ends as sizes, in a byte each, two more for a size that one does not hold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from khabarjoo.index.columns import Columns, sizes_of
from khabarjoo.index.store import open_snapshot

ONE_BYTE = 192  # words of the forward view that would take one


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the columns of an index."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="an index folder")
    now, packed = Counter[str](), Counter[str]()
    for live in open_snapshot(parser.parse_args(arguments).index).segments:
        columns = live.segment.columns
        for name in columns.names:
            now[name] += columns[name].nbytes
            packed[name] += packed_size(columns, name)
    for name, size in now.most_common():
        print(f"{size:>12,} {size / now.total():7.1%} {packed[name]:>12,}  {name}")
    print(f"{now.total():>12,}         {packed.total():>12,}")
    return 0


def packed_size(columns: Columns, name: str) -> int:
    """Returns the bytes that a column would take; those it has where nothing closer is thought of."""
    values = columns[name]
    if name == "forward":
        return _words(values)
    if name == "postings.docs":
        return _steps(values.astype(np.int64), columns["postings.ends"].astype(np.int64))
    if name.endswith(".ends"):
        return _sizes(sizes_of(values))
    return int(values.nbytes)


def _words(forms: NDArray[np.uint16]) -> int:
    two = ONE_BYTE + ((256 - ONE_BYTE) << 8)
    return int(len(forms) + np.count_nonzero(forms >= ONE_BYTE) + np.count_nonzero(forms >= two))


def _steps(docs: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    steps = np.diff(docs, prepend=0)
    firsts = ends[:-1][np.diff(ends) > 0]
    steps[firsts] = docs[firsts]
    return int(len(steps) + np.count_nonzero(steps >= 1 << 7) + np.count_nonzero(steps >= 1 << 14))


def _sizes(sizes: NDArray[np.int64]) -> int:
    return int(len(sizes) + 2 * np.count_nonzero(sizes >= 255))


if __name__ == "__main__":
    raise SystemExit(main())
