"""Many ways to an index of the same articles, and what is compared of the indexes they lead to.

A history begins with an empty folder and ends with an index of the articles given; what it did before, and in how many
pieces, processes and tries, is to make no difference to any answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from khabarjoo.index.file_sync import sync
from khabarjoo.index.repair import remake, repair
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.searcher import Searcher
from khabarjoo.searcher.shell.completion_vocabulary import read_vocabulary

Row = dict[str, Any]
"""An article as a line of JSON has it: an id, and what else there is."""

PARTS = 5
_TOLD = ("articles", "dated", "first", "last", "sources", "categories", "terms")
_MANY = 20  # runs that add a little each


class History:
    """One index, and the folder of files it is made of."""

    def __init__(self, root: Path, rows: Sequence[Row]) -> None:
        self.index, self._files = root / "index", root / "news"
        self._files.mkdir(parents=True)
        self._times = count(1)
        self.rows = list(rows)
        self.run_articles = max(len(rows) // 4, 1)

    def write(self, name: str, rows: Iterable[Row]) -> None:
        """Writes a file of articles, later than all before."""
        path = self._files / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        moment = 10**18 + next(self._times) * 10**9
        os.utime(path, ns=(moment, moment))

    def remove(self, name: str) -> None:
        """Removes a file."""
        (self._files / f"{name}.jsonl").unlink()

    def sync(self, **options: Any) -> None:
        """Brings the index up to date with the files."""
        sync(self.index, [self._files], **{"on_forget": lambda _: True} | options)

    def parts(self, number: int) -> list[list[Row]]:
        """The articles in so many parts."""
        return [self.rows[part::number] for part in range(number)]

    def in_parts(self, number: int = PARTS) -> None:
        """Adds the articles in so many runs, a file each."""
        for name, part in enumerate(self.parts(number)):
            self.write(f"part{name:03}", part)
            self.sync()


def in_one_go(history: History) -> None:
    history.write("news", history.rows)
    history.sync()


def shuffled(history: History) -> None:
    history.write("news", Random(1).sample(history.rows, len(history.rows)))
    history.sync()


def backwards_in_parts(history: History) -> None:
    history.rows.reverse()
    history.in_parts()


def updated_and_deleted(history: History) -> None:
    """Every third article was another before, half as many again are gone, and some moved from file to file."""
    rows = history.rows
    texts = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    before = [row if n % 3 else {**texts[n - 1], "id": row["id"]} for n, row in enumerate(rows)]
    strangers = [{**texts[n], "id": f"{rows[n]['id']}-gone"} for n in range(0, len(rows), 2)]
    middle = len(rows) // 2
    history.write("a", [*before[:middle], *strangers[:middle]])
    history.sync()
    history.write("b", [*before[middle:], *strangers[middle:]])
    history.sync()
    history.write("a", rows[: middle // 2])
    history.sync()
    history.write("b", rows[middle // 2 :])
    history.sync()


def repaired(history: History) -> None:
    """Built in parts, and the largest segment damaged and made anew."""
    history.in_parts(2)
    live = max(open_snapshot(history.index).segments, key=len)
    columns = live.segment.columns
    place = columns._start + columns._columns["postings.docs"].place
    path = history.index / live.name / SEGMENT_FILE
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0xFF]))
    done = repair(history.index)
    assert done.segments == 1
    assert not done.lost


def remade(history: History) -> None:
    """Made anew from itself."""
    updated_and_deleted(history)
    assert not remake(history.index, run_articles=history.run_articles).lost


def in_two_processes(history: History) -> None:
    for name, part in enumerate(history.parts(PARTS)):
        history.write(f"part{name}", part)
    with patch("khabarjoo.index.folder_sink.WORTH_SHARING", 0):
        history.sync(jobs=2, run_articles=history.run_articles)


def compacted(history: History) -> None:
    """Added little by little, so that segments are merged again and again."""
    history.in_parts(_MANY)
    assert len(open_snapshot(history.index).segments) < _MANY


def recovered(history: History) -> None:
    """Interrupted twice, and gone on with."""
    for name, part in enumerate(history.parts(PARTS)):
        history.write(f"part{name}", part)

    def stop(progress: Progress) -> None:
        if progress.articles >= 2 * history.run_articles:
            raise KeyboardInterrupt

    for _ in range(2):
        with suppress(KeyboardInterrupt):
            history.sync(run_articles=history.run_articles, on_progress=stop)
    history.sync(run_articles=history.run_articles)


def never_merged(history: History) -> None:
    """Updated, with the segments of all runs left as they are, deleted articles among them."""
    with patch(
        "khabarjoo.index.folder_sink.compact", lambda segments, added, folder: [live for live in segments if len(live)]
    ):
        updated_and_deleted(history)
    segments = open_snapshot(history.index).segments
    assert len(segments) > 2
    assert any(len(live.deleted) for live in segments)


HISTORIES: tuple[Callable[[History], None], ...] = (
    in_one_go,
    shuffled,
    backwards_in_parts,
    updated_and_deleted,
    repaired,
    remade,
    in_two_processes,
    compacted,
    recovered,
    never_merged,
)


def name_of(history: Callable[[History], None]) -> str:
    """A history's name in words."""
    return history.__name__.replace("_", " ")


def pages(news: Searcher, query: str) -> dict[str, Any]:
    """All that can be asked about a query, in terms that are to be the same for the same articles."""
    page = news.search(query)
    folded = news.search(query, fold_duplicates=True, limit=20)
    first = page.hits[0].id if page.hits else None
    return {
        "totals": (page.total, page.total_all),
        "relevance": _hits(page),
        "second page": _hits(news.search(query, offset=10)),
        "ranking": news.rank(query, limit=100),
        "newest": _hits(news.search(query, sort="newest", limit=30)),
        "oldest": _hits(news.search(query, sort="oldest", limit=30)),
        "copies folded": [(*hit, copies) for hit, copies in zip(_hits(folded), _copies(folded), strict=True)],
        "suggestion": page.suggestion,
        "facets": news.facets(query),
        "timeline": news.timeline(query),
        "similar": _hits(news.similar(first)) if first else None,
        "explained": news.explain(query, first).lines if first else None,
    }


def _hits(page: Any) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in page.hits]


def _copies(page: Any) -> list[Any]:
    return [hit.copies for hit in page.hits]


def differing(news: Searcher, other: Searcher, queries: Iterable[str]) -> list[str]:
    """What of which queries, or of what is told of the whole, differs between two indexes."""
    one, another = ({name: told[name] for name in _TOLD} for told in (news.stats()._asdict(), other.stats()._asdict()))
    found = [] if one == another else ["the statistics"]
    if read_vocabulary(news) != read_vocabulary(other):
        found.append("what is completed")
    for query in queries:
        one, another = pages(news, query), pages(other, query)
        found += [f"{what} of «{query}»" for what in one if one[what] != another[what]]
    return found
