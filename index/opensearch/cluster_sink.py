"""The sink of an index on a cluster: articles are analysed here and sent in batches, under stable ids.

What a run sends shows once the run commits, as the index is not refreshed before. A run that ends in between has lost
nothing: the next finds its articles there, and counts the words of all of them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabarjoo.analyzers.reported_speech import SPEECH_VERSION

from ..article import Article
from ..errors import NoIndex, StoreError
from ..file_sync import sync_into
from ..index_writer import WORTH_SHARING
from ..ingest import NO_OPTIONS, Options
from ..manifest import Sources
from ..sink import There
from .address import ClusterAddress
from .bulk_sender import Sender
from .cluster import Cluster
from .cluster_errors import Unfit
from .cluster_layout import REPLICAS, SHARDS, Layout, adopt, create, open_layout
from .cluster_loading import Loader, ManyLoaders, OneLoader, append
from .document_speech import speakers_shown
from .documents import READ, WordReader, article_of, document_id, inverted_of
from .mapping import FIELDS
from .runs import WHOLE, Part, RunMark
from .vocabulary_log import WordCounts, pack, unpack, unpacked

if TYPE_CHECKING:
    from ..errors import WouldForget
    from ..run_report import Progress, Report

_BATCH = 256  # articles analysed and sent together
_BATCH_CHARACTERS = 1 << 20  # from which they are fewer
_OFTEN = "1s"  # after which what is written shows, of itself
_ENTRIES = 20  # of the log fetched together: each may have a megabyte
_COUNTED = [*FIELDS, "speech"]  # fields of a document that the log counts
_ASIDE = 500  # articles looked at together whose words no longer count


class ClusterSink:
    """Changes an index on a cluster; makes it where there is none. With ``rebuild`` another is made in its place."""

    def __init__(
        self,
        address: ClusterAddress,
        *,
        rebuild: bool = False,
        must_exist: bool = False,
        jobs: int = 1,
        part: Part = WHOLE,
        shards: int = SHARDS,
        replicas: int = REPLICAS,
        speakers: bool | None = None,
    ) -> None:
        self._jobs, self._part = jobs, part
        self._cluster = cluster = Cluster(address)
        cluster.require_version()
        try:
            self._before: Layout | None = open_layout(cluster)
        except NoIndex:
            if must_exist:
                raise
            self._before = None
        self._is_new = rebuild and self._before is not None
        if speakers is None:
            speakers = self._before is not None and self._before.speakers > 0
        version = SPEECH_VERSION if speakers else 0
        if self._before is None:  # named at once, so that an interrupted first run is gone on from, and shared
            self._layout = create(cluster, 1, shards, replicas, speakers=version)
            adopt(cluster, self._layout, None)
        elif self._is_new:
            self._layout = create(cluster, self._before.number + 1, shards, replicas, speakers=version)
        elif speakers and not self._before.speakers:
            raise Unfit(address, "it was made without who said what; khabarjoo index --rebuild --speakers adds it")
        else:
            self._layout = self._before
        self._mark = RunMark(cluster, self._layout, part)
        self._there: dict[str, There] | None = None
        self._kept: set[str] = set()
        self._dropped: set[str] = set()
        self._forgotten: dict[str, There] = {}
        self._loader: Loader | None = None
        self._waiting: list[tuple[Article, str]] = []
        self._characters = 0
        self._added = 0
        self._counts = WordCounts.none()
        self._reader = WordReader()
        self._is_recounting = self._begin()
        self._is_done = False

    def _begin(self) -> bool:
        """Marks that a run is at work; whether one before it was cut short, so that words are counted anew."""
        articles = self._layout.articles
        was_cut_short = self._mark.set()
        if was_cut_short:
            self._cluster.refresh(articles)
        self._set_refresh("-1")
        return was_cut_short

    def _set_refresh(self, interval: str) -> None:
        body = {"index": {"refresh_interval": interval}}
        self._cluster.ask(lambda client: client.indices.put_settings(index=self._layout.articles, body=body))

    @property
    def path(self) -> str:
        """The address."""
        return str(self._cluster.address)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def _all(self) -> dict[str, There]:
        """Every article there was before the run, by its id."""
        if self._there is None:
            rows = self._cluster.all(self._layout.articles, {"match_all": {}}, ["id", "origin", "digest"], "id")
            self._there = {row["id"]: There(row.get("origin", ""), int(row["digest"]), row["id"]) for row in rows}
        return self._there

    def sources(self) -> Sources:
        """See `Sink`."""
        return _sources_of(self._cluster, self._layout, self._part)

    def replaced(self) -> tuple[Sources, int] | None:
        """See `Sink`."""
        if self._before is None or not self._is_new:
            return None
        before = self._before
        return _sources_of(self._cluster, before, WHOLE), self._cluster.count(before.articles, {"match_all": {}})

    # -- what is there -----------------------------------------------------------------------------------------

    def find(self, id: str) -> There | None:
        """See `Sink`."""
        return None if id in self._dropped or id in self._forgotten else self._all.get(id)

    def read(self, there: There) -> Article:
        """See `Sink`."""
        (document,) = self._cluster.get(self._layout.articles, [document_id(str(there.place))], READ)
        return article_of(document or {})

    def _unmet(self, origin: str) -> Iterator[tuple[str, There]]:
        for id, there in self._all.items():
            if not self._part.takes(id):
                continue
            is_met = id in self._kept or id in self._dropped or id in self._forgotten
            if there.origin == origin and not is_met:
                yield id, there

    def origins(self) -> set[str]:
        """Returns the files that articles came from."""
        return {there.origin for there in self._all.values()}

    # -- what changes ------------------------------------------------------------------------------------------

    def keep(self, there: There) -> None:
        """See `Sink`."""
        self._kept.add(str(there.place))

    def drop(self, there: There) -> None:
        """See `Sink`. The article that takes its id overwrites it; its words are taken away before."""
        self._dropped.add(str(there.place))

    def add(self, article: Article, origin: str, left: Callable[[], int]) -> None:
        """See `Sink`."""
        if self._loader is None:
            counts = not self._is_recounting
            self._loader = (
                ManyLoaders(self._cluster.address, self._layout, self._jobs, counts=counts)
                if self._jobs > 1 and left() >= WORTH_SHARING
                else OneLoader(self._cluster, self._layout, counts=counts)
            )
        self._waiting.append((article, origin))
        self._characters += article.characters
        if len(self._waiting) == _BATCH or self._characters >= _BATCH_CHARACTERS:
            self._send()

    def remove(self, there: There) -> None:
        """Deletes an article that nothing takes the place of."""
        self._forgotten[str(there.place)] = there

    def forget(self, origin: str) -> list[str]:
        """See `Sink`."""
        unmet = dict(self._unmet(origin))
        self._forgotten.update(unmet)
        return list(unmet)

    def keep_rest(self, origin: str) -> int:
        """See `Sink`."""
        unmet = [id for id, _ in self._unmet(origin)]
        self._kept.update(unmet)
        return len(unmet)

    def forgotten(self, is_elsewhere: Callable[[str], bool]) -> Counter[str]:
        """See `Sink`."""
        for id in [id for id in self._forgotten if is_elsewhere(id)]:
            self._dropped.add(id)
            del self._forgotten[id]
        return Counter(there.origin for there in self._forgotten.values())

    def remember(self) -> None:
        """See `Sink`."""
        self._forgotten.clear()

    def _send(self) -> None:
        """Has what waits analysed and sent."""
        batch, self._waiting, self._characters = self._waiting, [], 0
        if self._loader is None or not batch:
            return
        self._take_away([article.id for article, _ in batch if article.id in self._dropped])
        self._loader.load(batch)
        self._added += len(batch)

    def _take_away(self, ids: Sequence[str]) -> None:
        """No longer counts the words of articles that are replaced or removed."""
        if self._is_recounting:
            return
        for start in range(0, len(ids), _ASIDE):
            names = list(map(document_id, ids[start : start + _ASIDE]))
            found = self._cluster.get(self._layout.articles, names, _COUNTED)
            self._count(self._counts, [document for document in found if document], -1)

    def _count(self, counts: WordCounts, documents: Sequence[dict[str, Any]], sign: int = 1) -> None:
        """Counts the words and speakers of documents, or with a minus takes them away."""
        counts.add(inverted_of(self._reader.read(documents)), sign)
        for document in documents:
            counts.add_speakers(speakers_shown(document), sign)

    # -- the end -----------------------------------------------------------------------------------------------

    def finish(self) -> bool:
        """See `Sink`."""
        self._send()
        if self._loader is not None:
            self._loader.finish()
        return self._added > 0

    @property
    def resumed(self) -> int:
        """None are told: what an interrupted run had sent is there, and counts as unchanged."""
        return 0

    def commit(self, sources: Sources, added: int, *, sample: bool) -> None:
        """See `Sink`."""
        layout, cluster = self._layout, self._cluster
        gone = list(self._forgotten)
        self._take_away(gone)
        Sender(cluster, layout.articles).delete(list(map(document_id, gone)))
        self._set_refresh(_OFTEN)
        cluster.refresh(layout.articles)
        is_counted = not self._is_recounting
        if is_counted:
            append(cluster, layout, self._counts)
        elif self._mark.is_alone():
            self._recount()
            is_counted = True
        entry = {"kind": "sources", "data": pack(dict(sources))}
        cluster.ask(lambda client: client.index(index=layout.log, id=_sources_id(self._part), body=entry))
        if self._is_new:
            adopt(cluster, layout, self._before)
            self._is_new = False
        if is_counted:
            self._mark.clear()
        self._is_done = True

    def _recount(self) -> None:
        """Counts the words of all articles, in place of what was counted before."""
        counts = WordCounts.none()
        batch: list[dict[str, Any]] = []
        for document in self._cluster.all(self._layout.articles, {"match_all": {}}, _COUNTED, "id"):
            batch.append(document)
            if len(batch) == _ASIDE:
                self._count(counts, batch)
                batch = []
        self._count(counts, batch)
        self._cluster.refresh(self._layout.log)
        self._cluster.delete_all(self._layout.log, {"term": {"kind": "words"}})
        append(self._cluster, self._layout, counts)

    def stop(self) -> None:
        """See `Sink`. What a run sent that did not commit stays, and the next run goes on from it."""
        if self._loader is not None:
            self._loader.stop()
        elif not self._is_recounting and not self._is_done:  # nothing was sent
            with suppress(StoreError):
                self._set_refresh(_OFTEN)
                self._mark.clear()
        self._cluster.close()


def known_on_cluster(address: ClusterAddress) -> tuple[Sources, bool]:
    """Returns what was noted of the files that articles came from, and whether the index tells who said what."""
    cluster = Cluster(address)
    try:
        layout = open_layout(cluster)
        return _sources_of(cluster, layout, WHOLE), layout.speakers > 0
    finally:
        cluster.close()


def sync_to_cluster(
    address: ClusterAddress,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_forget: Callable[[WouldForget], bool] | None = None,
    options: Callable[[str], Options] = lambda path: NO_OPTIONS,
    list_changes: bool = False,
    part: Part = WHOLE,
    speakers: bool | None = None,
    again: bool = False,
) -> Report:
    """Indexes files and folders into an index on a cluster, as `sync.sync` does into one in a folder.

    With ``part`` only that share of the articles, so that several machines load at once. An index that is to tell who
    said what does so from its beginning, or with ``rebuild``.
    """
    if rebuild and part != WHOLE:
        raise ValueError("an index is rebuilt as a whole: without --part")
    return sync_into(
        lambda: ClusterSink(address, rebuild=rebuild, jobs=jobs, part=part, speakers=speakers),
        paths,
        rebuild=rebuild,
        on_progress=on_progress,
        on_forget=on_forget,
        options=options,
        list_changes=list_changes,
        takes=part.takes,
        again=again,
    )


def _sources_id(part: Part) -> str:
    return "sources" if part == WHOLE else f"sources-{part}"


def _sources_of(cluster: Cluster, layout: Layout, part: Part) -> Sources:
    (entry,) = cluster.get(layout.log, [_sources_id(part)], ["data"])
    sources: Sources = unpack(str(entry["data"])) if entry else {}
    return sources


def word_counts(cluster: Cluster, layout: Layout) -> WordCounts:
    """Returns the words of an index. Raises ValueError where the log is none of ours."""
    entries = cluster.all(layout.log, {"term": {"kind": "words"}}, ["data"], "_seq_no", page=_ENTRIES)
    return unpacked(str(entry["data"]) for entry in entries)
