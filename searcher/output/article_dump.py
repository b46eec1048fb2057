"""All articles as JSON lines, which ``khabarjoo index`` reads back to the same articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..terminal_safety import Sink
from .hits_data import dump
from .publication_dates import iso

if TYPE_CHECKING:
    from ..searcher import Searcher

DUMP_VERSION = 1
"""Of the lines; stands in each under the name ``khabarjoo``, by which they are known again."""


def write_dump(index: Searcher, out: Sink) -> None:
    """Writes every article of an index as one line of JSON."""
    for article, origin in index.articles():
        dump(
            {
                "khabarjoo": DUMP_VERSION,
                "id": article.id,
                "title": article.title,
                "lead": article.lead,
                "body": article.body,
                "published": iso(article.published),
                "published_precision": article.published_precision,
                "source": article.source,
                "category": article.category,
                "tags": list(article.tags),
                "url": article.url,
                "code": article.code,
                "origin": origin,
            },
            out,
            indent=None,
        )
