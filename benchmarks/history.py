"""Whether an index answers the same whatever its history: one go, parts, updates, repairs, processes, compaction.

    python benchmarks/history.py DOCS.jsonl.gz QUERIES.tsv [--articles 3000] [--queries 82]

The articles, taken from all over DOCS, are indexed in each of the ways of tests/searcher/histories.py. Then each query
is asked of every index: counts, the best hundred with their scores, pages by relevance, newest and oldest, with copies
folded, facets, timeline, suggestion, and the articles similar to the first. Prints one JSON line for each history:
{"history": .., "segments": .., "compared": .., "differing": ..}; what differs is named on standard error. The first
history is what others are compared with. Exits with 1 when anything differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import khabarjoo
from khabarjoo.index.store import open_snapshot
from tests.searcher.histories import HISTORIES, History, Row, differing, name_of, pages


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("docs", type=Path, metavar="DOCS", help="articles as JSON lines, perhaps packed by gzip")
    parser.add_argument("queries", type=Path, metavar="QUERIES.tsv", help="lines of an id, a tab and a query")
    parser.add_argument("--articles", type=int, default=3000, help="how many articles are indexed (3000)")
    parser.add_argument("--queries", dest="asked", type=int, default=82, help="how many queries are asked (82)")
    options = parser.parse_args(arguments)
    rows = _spread(_rows(options.docs), options.articles)
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    queries = _spread([text for line in lines if (text := line.partition("\t")[2])], options.asked)
    total = 0
    with tempfile.TemporaryDirectory(prefix="khabarjoo-history-") as folder:
        first: Path | None = None
        for live in HISTORIES:
            history = History(Path(folder, live.__name__), rows)
            live(history)
            found: list[str] = []
            if first is None:
                first = history.index
            else:
                with khabarjoo.open(first) as news, khabarjoo.open(history.index) as other:
                    found = differing(news, other, queries)
                    compared = len(queries) * len(pages(news, queries[0]))
                for what in found:
                    print(f"{name_of(live)}: {what}", file=sys.stderr)
                segments = len(open_snapshot(history.index).segments)
                _print({"history": name_of(live), "segments": segments, "compared": compared, "differing": len(found)})
            total += len(found)
    return 1 if total else 0


def _rows(path: Path) -> list[Row]:
    """The articles of a file, each id once."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return list({row["id"]: row for row in map(json.loads, file)}.values())


def _spread(values: list[Any], wanted: int) -> list[Any]:
    """So many of some values, from all over them."""
    step = max(len(values) // max(wanted, 1), 1)
    return values[::step][:wanted]


def _print(line: dict[str, object]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
