"""The unit of everything: one news article, as a reader gives it and as the index stores it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One article. Empty text means the page did not say; only ``published`` may be None.

    ``id`` names the article in the index. ``published`` is an aware moment. ``code`` is the outlet's own
    number for the story (کد خبر), which readers quote and search by.
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
    def characters(self) -> int:
        """How many characters all its texts have together, the id and the names among them."""
        texts = (self.id, self.title, self.lead, self.body, self.source, self.category, *self.tags, self.url, self.code)
        return sum(map(len, texts))


def record_of(article: Article) -> str:
    """Returns what is stored of an article, but for its id and its date, which are columns of their own."""
    a = article
    record = [a.title, a.lead, a.body, a.source, a.category, list(a.tags), a.url, a.code]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
