"""Hits and pages on their way to another process: what they would read from the index later, read beforehand.

Nothing of ours reads such a file; whoever unpickles one trusts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .engine import Found
from .results import Copy, Fragment, Hit, Page, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from khabarjoo.index.article import Article

    from .query.plan import Plan
    from .query_limits import Partial
    from .quotes import Quote


class HitGone(RuntimeError):
    """A hit that cannot go to another process, as the index it is in can no longer be read."""


class KeptSource:
    """What a hit tells of its article, as it was when it was kept."""

    def __init__(
        self, article: Article, snippet: list[Fragment], title: list[Fragment], origin: str, quotes: tuple[Quote, ...]
    ) -> None:
        self._article = article
        self._snippet = snippet
        self._title = title
        self._origin = origin
        self._quotes = quotes

    def article(self, found: Found) -> Article:
        """Returns the whole article."""
        return self._article

    def origin(self, found: Found) -> str:
        """Returns the file that it was read from."""
        return self._origin

    def quotes(self, found: Found) -> tuple[Quote, ...]:
        """Returns the statements of the article that the query asked for."""
        return self._quotes

    def snippet(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the sentences that answered the query best."""
        return self._snippet

    def title(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the whole title, with what the query matched."""
        return self._title


def kept(hit: Hit) -> tuple[Callable[..., Hit], tuple[object, ...]]:
    """Returns what makes a hit anew. Raises HitGone when its article cannot be read any more."""
    try:
        read = (hit.article, hit.snippet, hit.marked_title, hit.origin, hit.quotes)
    except Exception as error:
        raise HitGone(
            f"the hit {hit.id!r} cannot be pickled: its article is read from the index, which is closed or gone;"
            " pickle hits while the Searcher is open"
        ) from error
    return hit_again, (hit.rank, hit.id, hit.score, hit.copies, hit.index, *read)


def hit_again(
    rank: int,
    id: str,
    score: float,
    copies: tuple[Copy, ...],
    index: str,
    article: Article,
    snippet: list[Fragment],
    title: list[Fragment],
    origin: str,
    quotes: tuple[Quote, ...] = (),
) -> Hit:
    """Returns a hit of what was kept of it."""
    source = KeptSource(article, snippet, title, origin, quotes)
    return Hit(rank, id, score, Found(id, score), source, copies, index)


def kept_page(page: Page) -> tuple[Callable[..., Page], tuple[object, ...]]:
    """Returns what makes a page anew, its suggestion looked for already. Raises HitGone."""
    told = (page.query, page.hits, page.total, page.total_all, page.took_ms, page.offset, page.plan, page.partial)
    return page_again, (*told, page.suggestion)


def page_again(
    query: str,
    hits: tuple[Hit, ...],
    total: int,
    total_all: int,
    took_ms: float,
    offset: int,
    plan: Plan | None,
    partial: Partial | None,
    suggestion: Suggestion | None,
) -> Page:
    """Returns a page of what was kept of it."""
    return Page(query, hits, total, total_all, took_ms, offset, plan, lambda: suggestion, partial)
