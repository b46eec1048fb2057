"""The page of an article: its text with the words of the query marked, and where to go from it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from khabarjoo.index.article import Article

from ..highlight import LONGEST_READ
from ..hit_headings import heading_of, is_untitled
from ..output.citations import CITATION_FORMATS
from ..output.explanation import MEANINGS
from ..output.publication_dates import jalali_numbers
from ..output.report import web_link
from ..output.translation import translated
from ..query.plan import Filters
from ..results import Fragment, Hit
from ..snippets import Marked
from .addresses import Asked, decoded
from .copies_view import copies_of
from .results_view import HitView, found_page, hit_view
from .site import Failure

if TYPE_CHECKING:
    from ..searcher import Searcher
    from .reading_room import Desk
    from .site import Site

_SIMILAR = 6
_SAME_DAY = 8


class Neighbours(NamedTuple):
    """The hits before and after one, by their addresses, '' where there is none; and how many there are."""

    before: str = ""
    after: str = ""
    total: int = 0


def article(site: Site, request: Request) -> Response:
    """Returns the page of one article."""
    asked = Asked.of(request.query_params.multi_items())
    id = id_of(request, "/article/")

    def named(hits: Iterable[Hit]) -> list[HitView]:
        return [hit_view(hit, asked, site.settings.calendar) for hit in hits]

    with site.room.desk() as desk:
        searcher = desk.searcher
        found = searcher.article(id)
        marks = marks_of(searcher, found, asked.query)
        copies = copies_of(searcher, found)
        known = {hit.id for hit in copies}
        context: dict[str, Any] = {
            "article": found,
            "heading": marks.title if not is_untitled(found) else [Fragment(heading_of(found), False)],
            "marks": marks,
            "count": sum(piece.match for part in marks[:3] for piece in part),
            "longest": LONGEST_READ,
            "origin": searcher.origin(id),
            "link": web_link(found.url),
            "neighbours": _neighbours(desk, asked),
            "back": asked.but(page=_page_of(asked, site.page_size(asked))).at() if asked.query or asked.hit else "",
            "copies": [hit_view(hit, asked, site.settings.calendar) for hit in copies],
            "similar": [
                hit_view(hit, asked, site.settings.calendar)
                for hit in searcher.similar(id, limit=_SIMILAR)
                if hit.id not in known
            ],
            "same_day": [hit_view(hit, asked, site.settings.calendar) for hit in _same_day(searcher, found)],
            "citations": citations(found),
            "why": asked.article(id, asked.hit, "/why/"),
            "searcher": searcher,
        }
        return site.render(request, "article.html", asked, **context)


def why(site: Site, request: Request) -> Response:
    """Returns the page that tells where an article's score comes from."""
    asked = Asked.of(request.query_params.multi_items())
    id = id_of(request, "/why/")
    with site.room.desk() as desk:
        found = desk.searcher.article(id)
        explanation = desk.searcher.explain(asked.query, id)
        is_persian = site.language(request, asked) == "fa"
        context: dict[str, Any] = {
            "explanation": explanation,
            "parts": [
                (
                    translated(each.what) if is_persian else each.what,
                    MEANINGS[each.what][is_persian] if each.what in MEANINGS else "",
                    each.value,
                )
                for each in explanation.lines
            ],
            "most": max((each.value for each in explanation.lines), default=0),
            "heading": [Fragment(heading_of(found), False)],
            "back": asked.article(id, asked.hit),
        }
        return site.render(request, "why.html", asked, **context)


def id_of(request: Request, prefix: str) -> str:
    """Returns the id in the address of an article. Raises Failure where there is none."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    if id := decoded(raw, prefix) or request.query_params.get("id", ""):
        return id
    raise Failure(404, "no page")


def marks_of(searcher: Searcher, found: Article, query: str) -> Marked:
    """Returns an article with the words of a query marked; with nothing marked for no query."""
    if query.strip():
        return searcher.mark_whole(found, query)
    title, lead, body = ([Fragment(text, False)] for text in (found.title, found.lead, found.body))
    return Marked(title, lead, body, complete=True)


def citations(found: Article) -> list[tuple[str, str]]:
    """Returns an article as it is cited, by the name of the format."""
    told = []
    for name, write in CITATION_FORMATS.items():
        out = io.StringIO()
        write(found, out)
        told.append((name, out.getvalue().strip()))
    return told


def _page_of(asked: Asked, size: int) -> int:
    return max(1, -(-(asked.hit - asked.offset) // size))


def _neighbours(desk: Desk, asked: Asked) -> Neighbours:
    """The hits beside the one that was opened."""
    if not asked.hit:
        return Neighbours()
    page = found_page(desk, asked, asked.filters(), max(0, asked.hit - 2), 3)
    by_rank = {hit.rank: hit for hit in page}

    def address(rank: int) -> str:
        return asked.article(by_rank[rank].id, rank) if rank in by_rank else ""

    return Neighbours(address(asked.hit - 1), address(asked.hit + 1), page.total)


def _same_day(searcher: Searcher, found: Article) -> list[Hit]:
    """What else the outlet published on that day."""
    day = jalali_numbers(found.published)
    if not day or not found.source.strip():
        return []
    filters = Filters.of(day, day, found.source)
    page = searcher.search("", limit=_SAME_DAY + 1, sort="oldest", filters=filters)
    return [hit for hit in page if hit.id != found.id][:_SAME_DAY]
