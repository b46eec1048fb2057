"""Copies an index: from a folder to a cluster, from a cluster to a folder, or from one to another of its kind.

Articles come from what is stored, so nothing is read again; the files they came from are noted as before, so that the
next run over them finds them known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from .article import Article
from .manifest import Sources
from .sink import Sink


def copy_articles(articles: Iterable[tuple[Article, str]], count: int, sources: Sources, sink: Sink) -> int:
    """Adds articles, given with the files they came from, to an empty collection; how many they were.

    ``count`` is about how many there are, and ``sources`` what is noted of their files.
    """
    added = 0
    for added, (article, origin) in enumerate(articles, start=1):
        sink.add(article, origin, partial(_bytes, count - added))
    sink.finish()
    sink.commit(sources, added, sample=False)
    return added


def _bytes(articles: int) -> int:
    """About how many bytes so many articles take: what is left decides whether more processes pay."""
    return max(articles, 0) * 3_000
