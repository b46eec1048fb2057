"""Copies an index: from a folder to a cluster, from a cluster to a folder, or from one to another of its kind.

Articles come from what is stored, so nothing is read again; the files they came from are noted as before, so that the
next run over them finds them known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .article import Article
from .folder_sink import FolderSink
from .index_writer import RUN_ARTICLES
from .manifest import Sources
from .sink import Sink
from .store import open_snapshot, open_writer

if TYPE_CHECKING:
    from .opensearch.address import ClusterAddress, Place

Articles = Iterable[tuple[Article, str]]
"""Articles, each with the file it was read from."""


def copy_index(articles: Articles, count: int, source: Place, target: Place, jobs: int) -> int:
    """Makes an index at ``target``, where there is none, of the articles at ``source``; how many they were.

    ``count`` is about how many there are. The copy tells who said what if the other did. Raises a StoreError of some
    kind.
    """
    sources, speakers = _known_at(source)
    if isinstance(target, Path):
        with open_writer(target, speakers=speakers) as writer:
            return _copy(articles, count, sources, FolderSink(writer, jobs, RUN_ARTICLES))
    from .opensearch.cluster_sink import ClusterSink

    return _copy(articles, count, sources, ClusterSink(target, jobs=jobs, speakers=speakers))


def remake_on_cluster(
    articles: Articles, count: int, address: ClusterAddress, jobs: int, speakers: bool | None = None
) -> int:
    """Makes an index on a cluster anew of its own articles; searches see the new one when it is whole.

    ``speakers`` says whether it then tells who said what; by default, whether it did before.
    """
    from .opensearch.cluster_sink import ClusterSink

    sources, _ = _known_at(address)
    return _copy(articles, count, sources, ClusterSink(address, rebuild=True, jobs=jobs, speakers=speakers))


def _copy(articles: Articles, count: int, sources: Sources, sink: Sink) -> int:
    added = 0
    try:
        for added, (article, origin) in enumerate(articles, start=1):
            sink.add(article, origin, partial(_bytes, count - added))
        sink.finish()
        sink.commit(sources, added, sample=False)
    finally:
        sink.stop()
    return added


def _known_at(place: Place) -> tuple[Sources, bool]:
    """What is noted of the files that the articles of an index came from, and whether it tells who said what."""
    if isinstance(place, Path):
        snapshot = open_snapshot(place, behind=1)
        return snapshot.sources(), snapshot.manifest.speakers > 0
    from .opensearch.cluster_sink import known_on_cluster

    return known_on_cluster(place)


def _bytes(articles: int) -> int:
    """About how many bytes so many articles take: what is left decides whether more processes pay."""
    return max(articles, 0) * 3_000
