"""``khabarjoo copy``: moves an index from a folder to a cluster, back, or to a new place of its kind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import khabarjoo
from khabarjoo.index.copying import copy_articles

from ..output.messages import note
from .options import IndexPlace
from .streams import Exit

if TYPE_CHECKING:
    from khabarjoo.index.article import Article
    from khabarjoo.index.cluster.address import ClusterAddress, Place
    from khabarjoo.index.manifest import Sources

    Articles = Iterator[tuple[Article, str]]


@click.command()
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Use at most N processes.")
@click.argument("source", metavar="FROM", type=IndexPlace())
@click.argument("target", metavar="TO", type=IndexPlace())
def copy(jobs: int | None, source: Place, target: Place) -> int:
    """Copy an index, from its stored articles.

    FROM and TO are folders, or opensearch://HOST:PORT/NAME. There must be no index at TO. Files that the articles
    came from are known at TO as they were at FROM, so that khabarjoo index goes on from there.

    \b
    Examples:
      khabarjoo copy news.index opensearch://localhost:9200/news
      khabarjoo copy opensearch://localhost:9200/news back.index
    """
    _require_nothing(target)
    with khabarjoo.open(source) as index:
        copied = _copy(index.articles(), len(index), sources_at(source), target, jobs or os.cpu_count() or 1)
    note(f"copied {copied:,} articles")
    return Exit.FOUND


def remake_on_cluster(address: ClusterAddress, jobs: int) -> int:
    """Makes an index on a cluster anew from its stored articles, of which it tells how many they are.

    Searches see it when it is whole.
    """
    from khabarjoo.index.cluster.cluster_sink import ClusterSink

    with khabarjoo.open(address) as index:
        sources = sources_at(address)
        sink = ClusterSink(address, rebuild=True, jobs=jobs)
        try:
            return copy_articles(index.articles(), len(index), sources, sink)
        finally:
            sink.stop()


def _require_nothing(target: Place) -> None:
    from khabarjoo.index.errors import AnalyzerMismatch, NoIndex

    try:
        khabarjoo.open(target).close()
    except NoIndex:
        return
    except AnalyzerMismatch:
        pass
    raise click.UsageError(f"there is an index at {target} already; choose another place")


def _copy(articles: Articles, count: int, sources: Sources, target: Place, jobs: int) -> int:
    if isinstance(target, Path):
        from khabarjoo.index.folder_sink import FolderSink
        from khabarjoo.index.index_writer import RUN_ARTICLES
        from khabarjoo.index.store import open_writer

        with open_writer(target) as writer:
            folder = FolderSink(writer, jobs, RUN_ARTICLES)
            try:
                return copy_articles(articles, count, sources, folder)
            finally:
                folder.stop()
    from khabarjoo.index.cluster.cluster_sink import ClusterSink

    sink = ClusterSink(target, jobs=jobs)
    try:
        return copy_articles(articles, count, sources, sink)
    finally:
        sink.stop()


def sources_at(place: Place) -> Sources:
    """The files that the articles of an index came from."""
    if isinstance(place, Path):
        from khabarjoo.index.store import open_snapshot

        return open_snapshot(place, behind=1).sources()
    from khabarjoo.index.cluster.cluster_sink import sources_on_cluster

    return sources_on_cluster(place)
