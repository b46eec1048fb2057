"""Hits and pages on their way to another process: what they would read from the index later, read beforehand.

Nothing of ours reads such a file; whoever unpickles one trusts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .results import Copy, Fragment, Hit, Page, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from khabarjoo.index.article import Article

    from .query.plan import Plan
    from .query_limits import Partial
    from .quotes import Quote


class HitGone(RuntimeError):
    """A hit that cannot go to another process, as the index it is in can no longer be read."""


class KeptMarks:
    """The marked texts of an article, as they were when it was kept."""

    def __init__(self, snippet: list[Fragment], title: list[Fragment]) -> None:
        self._snippet = snippet
        self._title = title

    def snippet(self, article: Article) -> list[Fragment]:
        """Returns the sentences that answered the query best."""
        return self._snippet

    def title(self, article: Article) -> list[Fragment]:
        """Returns the whole title."""
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
    marks = KeptMarks(snippet, title)
    return Hit(rank, id, score, lambda: article, marks, copies, lambda: origin, index, lambda: quotes)


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
