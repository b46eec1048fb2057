"""The unit of everything: one news article, as a reader gives it and as the index stores it."""

from __future__ import annotations

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
