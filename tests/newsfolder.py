"""A folder of files with articles, and an index beside it that is brought up to date."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from khabarjoo.index.file_sync import sync
from khabarjoo.index.run_report import Report
from khabarjoo.index.store import open_snapshot

Rows = dict[str, str]
"""Id to title."""


class Folder:
    """A folder of files with articles, and an index beside it."""

    def __init__(self, root: Path) -> None:
        self.files = root / "news"
        self.index = root / "index"
        self.files.mkdir()
        self._clock = 10**18

    def write(self, name: str, rows: Rows, broken: bool = False) -> Path:
        """A file with an article for each id, and perhaps a line that is none; its time is later than any before."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"id": id, "title": title, "text": f"متن {title}"}) for id, title in rows.items()]
        path.write_text("\n".join([*lines, *(["{broken"] if broken else [])]) + "\n", encoding="utf-8")
        self._clock += 10**9
        os.utime(path, ns=(self._clock, self._clock))
        return path

    def sync(self, *paths: Path, **options: Any) -> Report:
        return sync(self.index, paths or [self.files], **options)

    def rows(self) -> Rows:
        """What the index holds."""
        snapshot = open_snapshot(self.index)
        articles = [live.segment.article(doc) for live in snapshot.segments for doc in live.live().tolist()]
        assert len({article.id for article in articles}) == len(articles) == len(snapshot)
        return {article.id: article.title for article in articles}


def counts(report: Report) -> dict[str, int]:
    """The numbers of a report that are not 0."""
    names = ("added", "updated", "unchanged", "removed")
    found = {name: getattr(report, name) for name in names} | {"skipped": len(report.skipped)}
    return {name: count for name, count in found.items() if count}
