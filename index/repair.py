"""Making an index anew from the articles stored in it, without the files they came from.

`repair` does so with the segments that `verify` finds damaged, `remake` with all of them, for a new analyzer. Articles
that cannot be opened, or are not what was indexed, are lost: the files they came from are noted as never read, so that
the next run over them brings the articles back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .article import Article
from .columns import NO_NUMBERS, ColumnsError, Numbers
from .errors import IndexDamaged, IndexLocked, NoIndex
from .index_writer import RUN_ARTICLES, Builder, ManyProcesses, OneProcess
from .manifest import Row, Sources, generations, read_manifest, read_sources
from .recovery import generation_of, orphans, segment_folders, without_manifest
from .segment import Docs, Segment
from .segment_writer import digest
from .store import (
    LiveSegment,
    Writer,
    is_behind,
    open_live,
    open_snapshot,
    open_writer,
    read_deleted,
)
from .verify import SAMPLE, Verification, name_of, verify, verify_orphans

NEVER_READ = -1
"""The time of a file that is to be read again."""

_WORTH_SHARING = 4000  # articles from which more processes save more than they cost
_OF_ARTICLES = {"ids", "ids.ends", "stored", "stored.ends", "published"}
_OF_ORIGINS = {"origin", "origin.ends", "origin.names", "origin.names.ends"}


class Lost(NamedTuple):
    """An article that could not be kept, and the file it came from; '' when that is not known either."""

    article: str
    origin: str


@dataclass
class Repair:
    """What was done: how many segments were made anew, how many articles they hold, and which were lost."""

    segments: int = 0
    articles: int = 0
    resumed: int = 0  # articles that an interrupted run like this one had made anew already
    lost: list[Lost] = field(default_factory=list)
    revived: bool = False  # whether articles that had been deleted may be back, as it is not known which they were
    read_again: int = 0  # files that the next run over them reads, whether they have changed or not
    found: Verification | None = None


def repair(
    path: Path, *, sample: int = SAMPLE, jobs: int = 1, on_locked: Callable[[IndexLocked], None] | None = None
) -> Repair:
    """Verifies the index in a folder and makes anew what is damaged.

    Raises NoIndex, IndexLocked and other errors of `errors`, and IndexDamaged when nothing is left to go by.
    """
    lost = orphans(path)
    if not lost and not generations(path):
        raise NoIndex(path)
    with open_writer(path, rebuild=True, on_locked=on_locked) as writer:
        found = verify(path, sample=sample)
        if lost and found.manifest is None:
            found = verify_orphans(path, lost)
        if found.whole:
            return Repair(found=found)
        salvage = _Salvage(writer, jobs, sample=found.manifest is not None and found.manifest.sample)
        if found.manifest is None:
            salvage.take_all(_segment_folders(path))
        else:
            salvage.take_sources(lambda: read_sources(path, found.manifest) if found.manifest else {})
            damaged = found.damaged_segments()
            for row in found.manifest.segments:  # whose terms are not ours are made anew too: one index, one analyzer
                salvage.take(row, is_damaged=row.name in damaged or is_behind(found.manifest))
        numbers = generations(path)
        done = salvage.commit()
        writer.drop(numbers)
        done.found = found
        return done


def remake(
    path: Path,
    *,
    jobs: int = 1,
    on_locked: Callable[[IndexLocked], None] | None = None,
    run_articles: int = RUN_ARTICLES,
    speakers: bool | None = None,
) -> Repair:
    """Makes all segments of an index anew from its stored articles, with the analyzer of this version.

    ``run_articles`` and ``speakers`` are as for `sync`. Raises as `repair` does; for an index too damaged to be opened
    IndexDamaged.
    """
    if not generations(path):
        raise without_manifest(path)
    with open_writer(path, rebuild=True, on_locked=on_locked, speakers=speakers) as writer:
        base = open_snapshot(path, any_analyzer=True)
        salvage = _Salvage(writer, jobs, run_articles, sample=base.manifest.sample)
        salvage.take_sources(base.sources)
        for row in base.manifest.segments:
            salvage.take(row, is_damaged=True)
        numbers = generations(path)
        done = salvage.commit()
        if done.lost:
            writer.drop(numbers)
        return done


def _segment_folders(path: Path) -> list[Path]:
    """What segments there are, whatever generations they were of, the oldest first; not what was never committed."""
    return [folder for folder in segment_folders(path) if generation_of(folder) <= generations(path)[0]]


class _Salvage:
    """Collects whole segments, and articles out of others, for the next generation."""

    def __init__(self, writer: Writer, jobs: int, run_articles: int = RUN_ARTICLES, *, sample: bool) -> None:
        self._writer = writer
        self._is_sample = sample
        self._jobs = jobs
        self._run_articles = run_articles
        self._whole: list[LiveSegment] = []
        self._others: list[tuple[Segment, Docs]] = []
        self._sources: dict[str, Sequence[int]] = {}
        self._origins: set[str] = set()
        self._unread: set[str] = set()  # those to be read again
        self._all_unread = False
        self._may_repeat = False  # whether an article may be there more than once
        self._done = Repair()

    def take_sources(self, read: Callable[[], Sources]) -> None:
        """Takes the list of files; without one, all are to be read again."""
        try:
            self._sources = dict(read())
        except (OSError, ValueError, IndexDamaged):
            self._all_unread = True

    def take(self, row: Row, *, is_damaged: bool) -> None:
        """Takes a segment as a manifest names it, as it stands or, if it is damaged, its articles."""
        if not is_damaged:
            self._whole.append(open_live(self._writer.path, row))
            return
        folder = self._writer.path / row.name
        try:
            segment = Segment(folder, salvage=True)
        except (OSError, ColumnsError):
            self._lose_all(row.articles, row.name)
            return
        if len(segment) < row.articles:
            self._lose_all(row.articles - len(segment), row.name)
        self._others.append((segment, np.setdiff1d(np.arange(len(segment)), np.asarray(self._deleted(row)))))
        self._done.segments += 1

    def take_all(self, folders: Iterable[Path]) -> None:
        """Takes the articles of all segments there are, for want of a manifest; of several with an id the newest."""
        self._all_unread = self._may_repeat = self._done.revived = True
        for folder in folders:
            try:
                segment = Segment(folder, salvage=True)
            except (OSError, ColumnsError):
                continue
            self._others.append((segment, np.arange(len(segment))))
            self._done.segments += 1
        if not self._others:
            raise IndexDamaged(self._writer.path, "nothing of it can be read")

    def commit(self) -> Repair:
        """Makes what was taken the newest generation, and tells what it came to."""
        made = self._build()
        for live in self._whole:
            self._origins.update(live.segment.origins.names)
        unread = self._origins | self._sources.keys() if self._all_unread else self._unread
        for origin in unread:
            _, _, count, *how = self._sources.get(origin, (0, 0, 0))
            self._sources[origin] = [0, NEVER_READ, count, *how]
        self._done.read_again = len(unread)
        self._writer.commit([*self._whole, *made], self._sources, sample=self._is_sample)
        return self._done

    def _deleted(self, row: Row) -> Numbers:
        """Which articles are deleted; when that is not known, those that were in an earlier generation."""
        path = self._writer.path
        for deleted_in in (row, *self._earlier(row)):
            try:
                return read_deleted(path, deleted_in)
            except (OSError, ValueError):
                self._all_unread = self._may_repeat = self._done.revived = True
        return NO_NUMBERS

    def _earlier(self, row: Row) -> Iterator[Row]:
        path = self._writer.path
        for number in generations(path):
            try:
                rows = read_manifest(path, number).segments
            except (OSError, ValueError):
                continue
            yield from (earlier for earlier in rows if earlier.name == row.name and earlier != row)

    def _build(self) -> list[LiveSegment]:
        articles = sum(len(docs) for _, docs in self._others)
        many = self._jobs > 1 and articles >= _WORTH_SHARING
        builder: Builder = (
            ManyProcesses(self._writer, self._jobs, self._run_articles)
            if many
            else OneProcess(self._writer, self._run_articles)
        )
        try:
            for article, origin in self._articles():
                builder.add(article, origin)
                self._done.articles += 1
            self._done.resumed = builder.resumed
            return [LiveSegment(folder.name, Segment(folder)) for folder in builder.finish()]
        finally:
            builder.stop()

    def _articles(self) -> Iterator[tuple[Article, str]]:
        """The articles that can be read, with the files they came from; the others are lost."""
        # Of several with one id the newest is the one that counts.
        seen = self._ids_of_whole() if self._may_repeat else None
        for segment, docs in self._others if seen is None else reversed(self._others):
            broken = set(segment.columns.broken())
            for doc in docs.tolist():
                origin = "" if broken & _OF_ORIGINS else _origin(segment, doc)
                if origin:
                    self._origins.add(origin)
                else:
                    self._all_unread = True
                article = _salvaged(segment, doc, trusted=not broken & _OF_ARTICLES)
                if article is None:
                    self._lose(name_of(segment, doc), origin)
                elif seen is None or article.id not in seen:
                    yield article, origin
                    if seen is not None:
                        seen.add(article.id)

    def _ids_of_whole(self) -> set[str]:
        return {live.segment.ids[doc] for live in self._whole for doc in live.live().tolist()}

    def _lose(self, article: str, origin: str) -> None:
        self._done.lost.append(Lost(article, origin))
        if origin:
            self._unread.add(origin)
        else:
            self._all_unread = True

    def _lose_all(self, articles: int, name: str) -> None:
        self._lose(f"{articles} of segment {name}", "")


def _salvaged(segment: Segment, doc: int, *, trusted: bool) -> Article | None:
    """A stored article if it is what was indexed: by its digest or, if that is damaged, by the columns' checksums."""
    try:
        article = segment.article(doc)
        is_same = trusted or digest(article) == int(segment.digests[doc])
    except Exception:  # whatever it is, damage led to it
        return None
    return article if is_same else None


def _origin(segment: Segment, doc: int) -> str:
    try:
        return segment.origins.names[int(segment.origins.numbers(doc)[0])]
    except Exception:  # whatever it is, damage led to it
        return ""
