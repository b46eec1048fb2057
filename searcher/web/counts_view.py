"""Pages of counts: all names of a facet, and two queries on one timeline."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import Response

from ..engine import NameKind
from ..results import Count, FacetCounts, FacetName, Facets
from .addresses import NAMES, Asked
from .results_view import ALL_DATED, FACETS, facet_views, timeline_of
from .said_html import speakers_of
from .site import Failure
from .timeline_chart import chart_of
from .ui_texts import Texts

if TYPE_CHECKING:
    from .reading_room import Desk
    from .site import Site

MOST_NAMES = 2000
"""Names of a facet that are listed."""


def names(site: Site, request: Request) -> Response:
    """Returns the page of all names of a facet, each with how many articles have it."""
    asked = Asked.of(request.query_params.multi_items())
    name = request.path_params["name"]
    if name not in (*FACETS, "speaker"):
        raise Failure(404, "no page")
    filters = asked.filters()
    with site.room.desk() as desk:
        if name == "speaker" and not speakers_of(desk):
            raise Failure(404, "no speakers")
        if asked.query.strip() or asked.is_filtered or name not in NAMES:
            by = (cast(FacetName, name),)
            filters = filters if asked.query.strip() or asked.is_filtered else ALL_DATED
            counted = desk.searcher.facets(asked.query, by=by, limit=MOST_NAMES, filters=filters)
        else:
            counted = _all(desk, name)
        context: dict[str, Any] = {
            "facet": next(iter(facet_views(counted, asked)), None),
            "name": name,
            "back": asked.at(),
            "searcher": desk.searcher,
        }
        return site.render(request, "facet.html", asked, **context)


def _all(desk: Desk, name: str) -> Facets:
    """All names of a kind, of all articles, dated or not; of speakers with how many statements they are shown with."""
    named = speakers_of(desk) if name == "speaker" else desk.searcher.names(cast(NameKind, name))
    counts = {each: count for each, count in named.items() if each.strip()}
    shown = tuple(Count(each, count) for each, count in islice(counts.items(), MOST_NAMES))
    return Facets("", "all", len(desk.searcher), (FacetCounts(cast(FacetName, name), shown, len(counts)),))


def timelines(site: Site, request: Request) -> Response:
    """Returns the page with the timelines of two queries in one chart."""
    asked = Asked.of(request.query_params.multi_items())
    second = asked.but(query=request.query_params.get("q2", ""))
    texts = Texts(site.language(request, asked))
    filters = asked.filters()
    with site.room.desk() as desk:
        first_line = timeline_of(desk, asked, filters)
        second_line = timeline_of(desk, second.but(by=asked.by or first_line.by), filters)
        if second_line.periods and not first_line.periods:
            first_line = timeline_of(desk, asked.but(by=second_line.by), filters)
        context: dict[str, Any] = {
            "second": second.query,
            "chart": chart_of(first_line, asked, texts, second_line),
            "articles": (first_line.articles, second_line.articles),
            "searcher": desk.searcher,
            "periods": [
                (by, asked.but(by=by).at("/timeline", ("q2", second.query))) for by in ("year", "season", "month")
            ],
        }
        return site.render(request, "timelines.html", asked, **context)
