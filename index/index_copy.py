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
    from .cluster.address import ClusterAddress, Place

Articles = Iterable[tuple[Article, str]]
"""Articles, each with the file it was read from."""


def copy_index(articles: Articles, count: int, source: Place, target: Place, jobs: int) -> int:
    """Makes an index at ``target``, where there is none, of the articles at ``source``; how many they were.

    ``count`` is about how many there are. Raises a StoreError of some kind.
    """
    sources = _sources_at(source)
    if isinstance(target, Path):
        with open_writer(target) as writer:
            return _copy(articles, count, sources, FolderSink(writer, jobs, RUN_ARTICLES))
    from .cluster.cluster_sink import ClusterSink

    return _copy(articles, count, sources, ClusterSink(target, jobs=jobs))


def remake_on_cluster(articles: Articles, count: int, address: ClusterAddress, jobs: int) -> int:
    """Makes an index on a cluster anew of its own articles; searches see the new one when it is whole."""
    from .cluster.cluster_sink import ClusterSink

    sources = _sources_at(address)
    return _copy(articles, count, sources, ClusterSink(address, rebuild=True, jobs=jobs))


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


def _sources_at(place: Place) -> Sources:
    """What is noted of the files that the articles of an index came from."""
    if isinstance(place, Path):
        return open_snapshot(place, behind=1).sources()
    from .cluster.cluster_sink import sources_on_cluster

    return sources_on_cluster(place)


def _bytes(articles: int) -> int:
    """About how many bytes so many articles take: what is left decides whether more processes pay."""
    return max(articles, 0) * 3_000
