"""The unit of everything: one news article, as a reader gives it and as the index stores it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from khabarjoo.analyzers.calendars import TimedMidnight, has_clock
from khabarjoo.analyzers.value_object import value

Precision = Literal["minute", "day"]
"""How exactly it is known when an article was published; of a day the moment is when it begins in Tehran."""

TIMED = "minute"
"""Stands at the end of a stored record whose date is a midnight that was stated."""


@value
class Article:
    """One article. Empty text means the page did not say; only ``published`` may be None.

    ``id`` names the article in the index. ``published`` is an aware moment, in Tehran's time once it was read from an
    index; `published_precision` tells whether its hour is known. ``code`` is the outlet's own
    number for the story (کد خبر), which readers quote and search by.

    >>> article = Article("a1", "باران در تهران", tags=("هواشناسی",))
    >>> article.title, article.published, article.tags
    ('باران در تهران', None, ('هواشناسی',))
    """

    id: str
    title: str = ""
    lead: str = ""
    body: str = ""
    published: datetime | None = None
    source: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError(f"article {self.id!r}: published must carry a time zone")

    @property
    def published_precision(self) -> Precision | None:
        """How exactly it is known when it was published; None when that is not known at all.

        >>> from datetime import UTC
        >>> Article("1", published=datetime(2025, 12, 28, 20, 30, tzinfo=UTC)).published_precision
        'day'
        """
        return precision_of(self.published)

    @property
    def characters(self) -> int:
        """How many characters all its texts have together, the id and the names among them."""
        texts = (self.id, self.title, self.lead, self.body, self.source, self.category, *self.tags, self.url, self.code)
        return sum(map(len, texts))


def precision_of(moment: datetime | None) -> Precision | None:
    """Returns how exactly a moment is known, None for none."""
    return None if moment is None else "minute" if has_clock(moment) else "day"


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record_of(article: Article) -> str:
    """Returns what is stored of an article, but for its id and its date, which are columns of their own."""
    return _written(members_of(article))


def members_of(article: Article) -> list[str | list[str]]:
    """Returns the members of the record that is stored of an article.

    A midnight that was stated is told by a word at the end.
    """
    a = article
    record: list[str | list[str]] = [a.title, a.lead, a.body, a.source, a.category, list(a.tags), a.url, a.code]
    if isinstance(a.published, TimedMidnight):
        record.append(TIMED)
    return record
