"""Finds every group of copies in an index, and prints them for the eye to judge.

    python benchmarks/duplicates.py INDEX

All pairs are compared whose signatures agree as those of copies do; those that a search would fold are put together,
and so are the copies of copies.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import SIGNATURE
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import LiveSegment, open_snapshot
from khabarjoo.searcher.local.collapse import AGREEING, Collapser, are_copies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, metavar="INDEX")
    parser.add_argument("--words", type=int, default=40, help="Words shown of each article. [default: 40]")
    arguments = parser.parse_args()
    snapshot = open_snapshot(arguments.index)
    folder = Collapser([SegmentReader(live) for live in snapshot.segments])
    started = time.perf_counter()
    pairs = candidates(signatures(snapshot.segments))
    groups = grouped((a, b) for a, b in sorted(pairs) if are_copies(folder.story(a), folder.story(b)))
    took = time.perf_counter() - started
    articles = [live.segment.article(doc) for live in snapshot.segments for doc in range(len(live.segment))]
    for number, group in enumerate(groups, start=1):
        print(f"\n{number}. {len(group)} articles")
        for article in sorted((articles[n] for n in group), key=published):
            print(f"   {article.id} · {article.source} · {published(article)} · {article.title}")
            print(f"      {' '.join(f'{article.lead} {article.body}'.split()[: arguments.words])}")
    sizes = Counter(map(len, groups))
    outlets = sum(len({articles[n].source for n in group}) > 1 for group in groups)
    print(f"\n{len(articles):,} articles, {len(pairs):,} pairs compared in {took:.1f} s")
    print(f"{len(groups)} groups ({outlets} of several outlets), {sum(map(len, groups))} articles; by size: ", end="")
    print(", ".join(f"{size}: {count}" for size, count in sorted(sizes.items())))


def published(article: Article) -> str:
    return article.published.isoformat()[:16] if article.published else "undated"


def signatures(segments: tuple[LiveSegment, ...]) -> NDArray[np.uint16]:
    """The signatures of all articles, zeros for those that are deleted."""
    rows = [live.segment.signatures.copy() for live in segments]
    for of_segment, live in zip(rows, segments, strict=True):
        of_segment[live.deleted] = 0
    return np.concatenate(rows)


def candidates(rows: NDArray[np.uint16]) -> set[tuple[int, int]]:
    """The pairs of articles whose signatures agree in `AGREEING` places at least."""
    numbers = np.flatnonzero(rows.any(axis=1))
    values = rows[numbers].astype(np.uint32)
    pairs: set[tuple[int, int]] = set()
    for first, second in combinations(range(SIGNATURE), 2):
        keys = values[:, first] << np.uint32(16) | values[:, second]
        order = np.argsort(keys, kind="stable")
        bounds = np.flatnonzero(np.diff(keys[order].astype(np.int64), prepend=-1, append=-1))
        for start, end in pairwise(bounds.tolist()):
            if end - start > 1:
                pairs.update(combinations(sorted(numbers[order[start:end]].tolist()), 2))
    return {(a, b) for a, b in pairs if np.count_nonzero(rows[a] == rows[b]) >= AGREEING}


def grouped(pairs: Iterator[tuple[int, int]]) -> list[list[int]]:
    """The articles that pairs connect, group by group."""
    group_of: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        joined = set(pair).union(*(group_of[number] for number in pair))
        group_of.update(dict.fromkeys(joined, joined))
    return sorted({id(group): sorted(group) for group in group_of.values()}.values())


if __name__ == "__main__":
    main()
