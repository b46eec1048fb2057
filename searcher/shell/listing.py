"""What is being paged through: the hits of a search, the articles like another, or those that are new."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from ..query.plan import Filters
from .standing_filters import told

if TYPE_CHECKING:
    from ..engine import Sort
    from ..results import Hit, Page
    from ..searcher import Searcher

_ORDERS = {"newest": ("newest first", "نخست تازه‌ها"), "oldest": ("oldest first", "نخست کهنه‌ها")}


class Listing(Protocol):
    """Something that has pages of hits."""

    def page(self, searcher: Searcher, offset: int, limit: int) -> Page:
        """Returns so many hits after the first ``offset``."""


@dataclass(frozen=True)
class Search:
    """A query with the filters and the order it was asked in; ``folds`` copies of an article into one hit."""

    text: str
    standing: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    folds: bool = True

    def told(self, language: str) -> str:
        """Returns the search in words: its query, its filters, and its order where that is not the usual one.

        >>> Search("زلزله", Filters.of(since="1401"), "newest").told("en")
        'زلزله · since 1401 · newest first'
        """
        order = _ORDERS[self.sort][language == "fa"] if self.sort in _ORDERS else ""
        return " · ".join(filter(None, (self.text, told(self.standing, language), order)))

    def page(self, searcher: Searcher, offset: int, limit: int) -> Page:
        """Returns the hits of the query."""
        return searcher.search(self.text, limit=limit, fold_duplicates=self.folds, **self._options(offset))

    def all_by_date(self, searcher: Searcher, limit: int) -> Page:
        """Returns the newest of the articles that have all words, or any when none has all."""
        return replace(self, sort="newest", folds=False).page(searcher, 0, limit)

    def _options(self, offset: int) -> dict[str, Any]:
        options: dict[str, Any] = {"filters": self.standing}
        if offset:
            options["offset"] = offset
        if self.sort != "relevance":
            options["sort"] = self.sort
        return options


@dataclass(frozen=True)
class Alike:
    """The articles about what one is about."""

    id: str

    def page(self, searcher: Searcher, offset: int, limit: int) -> Page:
        """Returns the most alike first."""
        found = searcher.similar(self.id, limit=offset + limit)
        return replace(found, query="", hits=found.hits[offset:], offset=offset)


@dataclass(frozen=True)
class Chosen:
    """Some hits of a search, numbered anew."""

    search: Search
    hits: tuple[Hit, ...]

    def page(self, searcher: Searcher, offset: int, limit: int) -> Page:
        """Returns the hits in the order they were given."""
        from ..results import Page  # late, as there is a prompt first

        shown = tuple(
            replace(hit, rank=rank) for rank, hit in enumerate(self.hits[offset : offset + limit], start=offset + 1)
        )
        total = len(self.hits)
        return Page(self.search.text, shown, total, total, took_ms=0.0, offset=offset)
