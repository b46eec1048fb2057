"""``khabarjoo copy``: moves an index from a folder to a cluster, back, or to a new place of its kind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from ..output.messages import note_counts
from .options import IndexPlace
from .streams import Exit

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import ClusterAddress, Place


@click.command()
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use at most N processes; as many as there are cores by default.",
)
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
    import khabarjoo
    from khabarjoo.index.index_copy import copy_index

    _require_nothing(target)
    with khabarjoo.open(source) as index:
        copied = copy_index(index.articles(), len(index), source, target, jobs or os.cpu_count() or 1)
    note_counts(f"copied {copied:,} articles")
    return Exit.FOUND


def remake_there(address: ClusterAddress, jobs: int, speakers: bool | None) -> int:
    """Makes an index on a cluster anew from its stored articles; how many they are."""
    import khabarjoo
    from khabarjoo.index.index_copy import remake_on_cluster

    with khabarjoo.open(address) as index:
        return remake_on_cluster(index.articles(), len(index), address, jobs, speakers)


def _require_nothing(target: Place) -> None:
    import khabarjoo
    from khabarjoo.index.errors import AnalyzerMismatch, NoIndex

    try:
        khabarjoo.open(target).close()
    except NoIndex:
        return
    except AnalyzerMismatch:
        pass
    raise click.UsageError(f"there is an index at {target} already; choose another place")
