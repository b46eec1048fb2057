"""Copies an index: from a folder to a cluster, from a cluster to a folder, or from one to another of its kind.

Articles come from what is stored, so nothing is read again; the files they came from are noted as before, so that the
next run over them finds them known.
"""

from __future__ import annotations

from collections.abc import Iterable

from .article import Article
from .manifest import Sources
from .sink import Sink


def copy_articles(articles: Iterable[tuple[Article, str]], count: int, sources: Sources, sink: Sink) -> int:
    """Adds articles, given with the files they came from, to an empty collection; how many they were.

    ``count`` is about how many there are, and ``sources`` what is noted of their files.
    """
    added = 0
    for article, origin in articles:
        sink.add(article, origin, lambda: max(count - added, 0) * _USUAL)
        added += 1
    sink.finish()
    sink.commit(sources, added, sample=False)
    return added


_USUAL = 3_000
"""Bytes that an article takes, about: what is left decides whether more processes pay."""
