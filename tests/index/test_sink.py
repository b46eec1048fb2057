"""Runs over files bring any sink up to date, as they do the one of an index in a folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.errors import WouldForget
from khabarjoo.index.file_sync import sync_into
from khabarjoo.index.folder_sink import FolderSink
from khabarjoo.index.manifest import Sources
from khabarjoo.index.run_report import Report
from khabarjoo.index.segment_writer import digest
from khabarjoo.index.sink import Sink, There
from khabarjoo.index.store import open_snapshot, open_writer
from tests.newsfolder import Rows, counts


class Kept:
    """What a sink of lists has between runs."""

    def __init__(self) -> None:
        self.articles: dict[str, tuple[Article, str]] = {}
        self.sources: Sources = {}


class ListSink:
    """Articles in a dictionary."""

    path = Path("a list")
    resumed = 0

    def __init__(self, kept: Kept) -> None:
        self._kept_here = kept
        self._there = dict(kept.articles)
        self._met: set[str] = set()
        self._gone: dict[str, tuple[Article, str]] = {}
        self._new: dict[str, tuple[Article, str]] = {}

    def __len__(self) -> int:
        return len(self._kept_here.articles)

    def sources(self) -> Sources:
        return self._kept_here.sources

    def replaced(self) -> tuple[Sources, int] | None:
        return self._kept_here.sources, len(self)

    def find(self, id: str) -> There | None:
        if id not in self._there:
            return None
        article, origin = self._there[id]
        return There(origin, digest(article), article)

    def read(self, there: There) -> Article:
        assert isinstance(there.place, Article)
        return there.place

    def keep(self, there: There) -> None:
        self._met.add(self.read(there).id)

    def drop(self, there: There) -> None:
        del self._there[self.read(there).id]

    def add(self, article: Article, origin: str, left: Callable[[], int]) -> None:
        assert left() > 0
        self._new[article.id] = article, origin

    def forget(self, origin: str) -> list[str]:
        ids = list(self._unmet(origin))
        for id in ids:
            self._gone[id] = self._there.pop(id)
        return ids

    def keep_rest(self, origin: str) -> int:
        ids = list(self._unmet(origin))
        self._met |= set(ids)
        return len(ids)

    def _unmet(self, origin: str) -> Iterator[str]:
        return (id for id, (_, own) in self._there.items() if own == origin and id not in self._met)

    def forgotten(self, is_elsewhere: Callable[[str], bool]) -> Counter[str]:
        self._gone = {id: gone for id, gone in self._gone.items() if not is_elsewhere(id)}
        return Counter(origin for _, origin in self._gone.values())

    def remember(self) -> None:
        self._there |= self._gone

    def finish(self) -> bool:
        return bool(self._new)

    def commit(self, sources: Sources, added: int, *, sample: bool) -> None:
        assert added == len(self._new)
        self._kept_here.articles = self._there | self._new
        self._kept_here.sources = dict(sources)

    def stop(self) -> None:
        pass


class Collection:
    """A folder of files, and a collection that is brought up to date with it."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self._index = folder / "index"
        self._kept = Kept() if kind == "a list" else None

    def write(self, name: str, rows: Mapping[str, str]) -> None:
        lines = (json.dumps({"id": id, "title": id, "text": text}) for id, text in rows.items())
        (self.files / name).write_text("\n".join(lines), encoding="utf-8")

    def run(self, **options: object) -> Report:
        if self._kept is not None:
            kept = self._kept
            return sync_into(lambda: ListSink(kept), [self.files], **options)  # type: ignore[arg-type]
        with open_writer(self._index) as writer:
            make: Callable[[], Sink] = lambda: FolderSink(writer, 1, 100)  # noqa: E731
            return sync_into(make, [self.files], **options)  # type: ignore[arg-type]

    def rows(self) -> Rows:
        if self._kept is not None:
            found = [article for article, _ in self._kept.articles.values()]
        else:
            segments = open_snapshot(self._index).segments
            found = [live.segment.article(doc) for live in segments for doc in live.live().tolist()]
        return {article.id: article.body for article in found}


@pytest.fixture(params=["a list", "a folder"])
def collection(request: pytest.FixtureRequest, tmp_path: Path) -> Collection:
    return Collection(tmp_path, request.param)


def test_a_run_adds_updates_keeps_and_forgets(collection: Collection) -> None:
    collection.write("a.jsonl", {"1": "باران", "2": "برف", "3": "باد"})
    assert counts(collection.run()) == {"added": 3}
    assert counts(collection.run()) == {"unchanged": 3}
    collection.write("a.jsonl", {"1": "باران", "2": "تگرگ", "4": "مه"})
    report = collection.run(list_changes=True)
    assert counts(report) == {"added": 1, "updated": 1, "unchanged": 1, "removed": 1}
    assert sorted(report.changes) == [("added", "4"), ("forgotten", "3"), ("updated", "2")]
    assert collection.rows() == {"1": "باران", "2": "تگرگ", "4": "مه"}


def test_what_is_gone_is_forgotten_and_what_moves_is_not(collection: Collection) -> None:
    collection.write("a.jsonl", {"1": "باران", "2": "برف"})
    collection.write("b.jsonl", {"3": "باد"})
    collection.run()
    (collection.files / "a.jsonl").rename(collection.files / "c.jsonl")
    (collection.files / "b.jsonl").unlink()
    collection.run()
    assert collection.rows() == {"1": "باران", "2": "برف"}


def test_a_great_deal_is_not_forgotten_unasked(collection: Collection) -> None:
    rows = {str(number): f"باران {number}" for number in range(150)}
    collection.write("a.jsonl", rows)
    collection.run()
    (collection.files / "a.jsonl").unlink()
    with pytest.raises(WouldForget):
        collection.run()
    assert collection.rows() == rows
    collection.run(on_forget=lambda _: False)
    assert collection.rows() == rows
    collection.run(on_forget=lambda _: True)
    assert collection.rows() == {}


@pytest.mark.parametrize("seed", range(3))
def test_random_histories_leave_what_the_files_have(seed: int, collection: Collection) -> None:
    rng = Random(seed)
    for _ in range(8):
        ids = rng.sample(range(40), 30)
        for name, part in (("a.jsonl", ids[:15]), ("b.jsonl", ids[15:])):
            collection.write(name, {str(id): f"باران {rng.randrange(3)}" for id in part})
        expected = {
            row["id"]: row["text"]
            for file in sorted(collection.files.iterdir())
            for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
        }
        collection.run(on_forget=lambda _: True)
        assert collection.rows() == expected
