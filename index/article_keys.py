"""What tells articles apart: ids that are unique everywhere, and a key of an article's text."""

from __future__ import annotations

import re

from .article import Article

_EVERYWHERE = re.compile(
    r"[a-z][a-z0-9+.-]*://|urn:|tag:[^,]+,\d{4}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|[0-9a-f]{24,64}$",
    re.IGNORECASE,
)
TEXT_BITS = 32
"""Of the keys of texts."""


def is_unique_everywhere(id: str) -> bool:
    """Returns whether an id is no file's own.

    >>> is_unique_everywhere("https://example.org/?p=1"), is_unique_everywhere("17")
    (True, False)
    """
    return _EVERYWHERE.match(id) is not None


def text_key(article: Article) -> int:
    """Returns a number that tells an article's text from others, within this process."""
    return hash((article.title, article.lead, article.body)) & ((1 << TEXT_BITS) - 1)
