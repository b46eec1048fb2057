"""The reading room as an ASGI application: every address there is, behind the guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ..config import DEFAULTS, Settings
from . import (
    article_view,
    autocomplete,
    copies_view,
    counts_view,
    exports_view,
    help_view,
    openapi,
    results_view,
    saved_view,
    speaker_view,
    web_api,
)
from .guard import Guard
from .reading_room import ReadingRoom
from .saved_view import form_of
from .site import STATIC, Site, in_thread, page

if TYPE_CHECKING:
    from ..searcher import Searcher

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


def application(
    open_searcher: Callable[[], Searcher],
    state: Path,
    *,
    settings: Settings = DEFAULTS,
    host: str = "127.0.0.1",
    names: Sequence[str] = (),
    password: str = "",
) -> Starlette:
    """Returns the reading room of the index that ``open_searcher`` opens, for ASGI servers.

    ``state`` is the folder of saved searches. ``host`` is what the server is bound to, and so what it may be called,
    besides ``names``; with a ``password`` every request must carry it.
    """
    site = Site(ReadingRoom(open_searcher), state, settings)
    made = Starlette(
        routes=list(_ROUTES),
        middleware=[Middleware(Guard, host=host, names=names, password=password)],
        exception_handlers={HTTPException: _no_page},
    )
    made.state.site = site
    return made


async def _no_page(request: Request, error: Exception) -> Response:
    site: Site = request.app.state.site
    return site.failed(request, error)


def form(
    handler: Callable[[Site, Request, dict[str, list[str]]], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Returns a handler of forms as Starlette wants it: only those of our own pages reach it."""

    async def answer(request: Request) -> Response:
        site: Site = request.app.state.site
        try:
            fields = await form_of(site, request)
            return await in_thread(handler, site, request, fields)
        except Exception as error:
            return site.failed(request, error)

    return answer


async def _static(request: Request) -> Response:
    """A file of ours."""
    name = request.path_params["name"]
    kind = _KINDS.get(Path(name).suffix)
    if kind is None or name not in {path.name for path in STATIC.iterdir()}:
        raise HTTPException(404)
    return FileResponse(STATIC / name, media_type=kind, headers={"cache-control": _FOREVER})


_ROUTES = (
    Route("/", page(results_view.results)),
    Route("/article/{id:path}", page(article_view.article)),
    Route("/why/{id:path}", page(article_view.why)),
    Route("/compare", page(copies_view.compare)),
    Route("/facet/{name}", page(counts_view.names)),
    Route("/speaker/{name:path}", page(speaker_view.speaker)),
    Route("/timeline", page(counts_view.timelines)),
    Route("/export", page(exports_view.export)),
    Route("/feed", page(exports_view.feed)),
    Route("/saved", page(saved_view.saved)),
    Route("/saved", form(saved_view.change), methods=["POST"]),
    Route("/api/search", page(web_api.api_search)),
    Route("/api/article/{id:path}", page(web_api.api_article)),
    Route("/api/similar/{id:path}", page(web_api.api_similar)),
    Route("/api/explain/{id:path}", page(web_api.api_explain)),
    Route("/api/complete", page(autocomplete.api_complete)),
    Route("/api/openapi.json", page(openapi.api_description)),
    Route("/help", page(help_view.show_help)),
    Route("/api/facets", page(web_api.api_facets)),
    Route("/api/timeline", page(web_api.api_timeline)),
    Route("/static/{name}", _static),
)
