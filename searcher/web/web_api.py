"""The reading room for programs: under ``/api``, the JSON of the command line."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from ..output.article_text import Marks, write_article_json
from ..output.counts import write_facets_json, write_timeline_json
from ..output.explanation import write_explanation_json
from ..output.hits_data import write_json
from ..results import FacetName
from ..terminal_safety import Sink
from .addresses import Asked, BadAddress
from .article_view import id_of
from .results_view import FACETS, found_page

if TYPE_CHECKING:
    from .site import Site

_MOST_COUNTS = 1000
_USUAL = 10


def api_search(site: Site, request: Request) -> Response:
    """Answers ``/api/search``: as ``khabarjoo search --format json``."""
    asked = Asked.of(request.query_params.multi_items())
    filters, size = asked.filters(), asked.limit or _USUAL
    with site.room.desk() as desk:
        page = found_page(desk, asked, filters, asked.first(size), size)
        return _json(lambda out: write_json(page, out))


def api_article(site: Site, request: Request) -> Response:
    """Answers ``/api/article/ID``: as ``khabarjoo show --format json``, the words of ``q`` marked."""
    asked = Asked.of(request.query_params.multi_items())
    id = id_of(request, "/api/article/")
    with site.room.desk() as desk:
        found, origin = desk.searcher.article(id), desk.searcher.origin(id)
        marks = Marks(*desk.searcher.mark(found, asked.query)) if asked.query.strip() else None
        return _json(lambda out: write_article_json(found, marks, out, origin=origin))


def api_similar(site: Site, request: Request) -> Response:
    """Answers ``/api/similar/ID``: as ``khabarjoo similar --format json``."""
    asked = Asked.of(request.query_params.multi_items())
    with site.room.desk() as desk:
        page = desk.searcher.similar(id_of(request, "/api/similar/"), limit=asked.limit or _USUAL)
        return _json(lambda out: write_json(page, out))


def api_facets(site: Site, request: Request) -> Response:
    """Answers ``/api/facets``: as ``khabarjoo facets --format json``."""
    pairs = request.query_params.multi_items()
    asked = Asked.of(pair for pair in pairs if pair[0] not in ("by", "limit"))
    wanted = [value for name, value in pairs if name == "by" and value]
    if any(name not in get_args(FacetName) for name in wanted):
        raise BadAddress("by", "none of these", allowed=", ".join(get_args(FacetName)))
    by = tuple(dict.fromkeys(cast("list[FacetName]", wanted))) or FACETS
    limit = _limit(pairs, _MOST_COUNTS)
    filters = asked.filters()
    with site.room.desk() as desk:
        found = desk.searcher.facets(asked.query, by=by, limit=limit, filters=filters)
        return _json(lambda out: write_facets_json(found, out))


def api_timeline(site: Site, request: Request) -> Response:
    """Answers ``/api/timeline``: as ``khabarjoo timeline --format json``."""
    asked = Asked.of(request.query_params.multi_items())
    filters = asked.filters()
    with site.room.desk() as desk:
        found = desk.searcher.timeline(asked.query, by=asked.by, filters=filters)
        return _json(lambda out: write_timeline_json(found, out))


def api_explain(site: Site, request: Request) -> Response:
    """Answers ``/api/explain/ID``: as ``khabarjoo explain --format json``."""
    asked = Asked.of(request.query_params.multi_items())
    with site.room.desk() as desk:
        found = desk.searcher.explain(asked.query, id_of(request, "/api/explain/"))
        return _json(lambda out: write_explanation_json(found, out))


def _limit(pairs: list[tuple[str, str]], most: int) -> int:
    told = [value.strip() for name, value in pairs if name == "limit" and value.strip()]
    if not told:
        return _USUAL
    if told[-1].isdecimal() and len(told[-1]) < 10 and 1 <= int(told[-1]) <= most:
        return int(told[-1])
    raise BadAddress("limit", "no such number", least=1, most=most)


def _json(write: Callable[[Sink], None]) -> Response:
    out = io.StringIO()
    write(out)
    return Response(out.getvalue().encode("utf-8", "replace"), media_type="application/json")
