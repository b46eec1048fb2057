"""Saved searches, which the shell has too: what is kept, what is new since it was last looked at, and feeds of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..output.publication_dates import both_calendars as day_of
from ..query.plan import Filters
from ..results import Hit, Page
from ..shell.listing import Search
from ..shell.saved_searches import SavedSearch, SavedSearches, Seen
from ..shell.shell_messages import ShellError
from ..shell.standing_filters import told
from ..terminal_safety import one_line
from .addresses import Asked
from .exports_view import rss
from .guard import LONGEST_BODY
from .results_view import full_view
from .site import Failure

if TYPE_CHECKING:
    from ..searcher import Searcher
    from .reading_room import Desk
    from .site import Site

_MOST_SEEN = 10_000  # articles of a saved search that are remembered, the newest, as in the shell
_COUNTED = 50  # searches whose new articles are counted on the page that lists all
_SHOWN = 100
_MOST_FIELDS = 500  # of a form


@dataclass(frozen=True)
class Kept:
    """A saved search as a page shows it; ``new`` is None where it was not counted or not looked at before."""

    name: str
    query: str
    filters: str
    address: str
    page: str
    new: int | None


def saved_file(site: Site, language: str = "en") -> SavedSearches:
    """Returns the file that the shell keeps its searches in."""
    return SavedSearches(site.state / "saved.json", language)


def saved(site: Site, request: Request) -> Response:
    """Returns the page of all saved searches, or with ``name`` that of what is new in one."""
    asked = Asked.of(request.query_params.multi_items())
    language = site.language(request, asked)
    try:
        if name := request.query_params.get("name", ""):
            return _one(site, request, asked, saved_file(site, language).get(name))
        every = saved_file(site, language).all()
    except ShellError as error:
        raise Failure(404, "said", told=str(error)) from error
    with site.room.desk() as desk:
        kept = [_kept(each, asked, desk, language, counted=place < _COUNTED) for place, each in enumerate(every)]
        return site.render(request, "saved.html", asked, kept=kept, searcher=desk.searcher)


def _one(site: Site, request: Request, asked: Asked, found: SavedSearch) -> Response:
    with site.room.desk() as desk:
        fresh = new_hits(desk.searcher, found)
        seen = found.seen.get(desk.searcher.name)
        here = asked_of(found.search, asked.language)
        context: dict[str, Any] = {
            "kept": found,
            "address": here.at(),
            "feed": f"/feed?saved={quote(found.name, safe='')}",
            "hits": [full_view(hit, here, site.settings.calendar) for hit in fresh[:_SHOWN]],
            "total": len(fresh),
            "seen": seen,
            "since": day_of(seen.at, site.settings.calendar) if seen else "",
            "searcher": desk.searcher,
        }
        return site.render(request, "saved_one.html", asked, **context)


def new_hits(searcher: Searcher, found: SavedSearch) -> list[Hit]:
    """Returns the articles of a saved search that were not there when it was last looked at, the newest first."""
    before = found.seen.get(searcher.name)
    page = found.search.all_by_date(searcher, _MOST_SEEN)
    return [hit for hit in page if before is None or not before.has(hit.id)]


def saved_feed(site: Site, request: Request, name: str) -> Response:
    """Returns what is new in a saved search, as RSS."""
    try:
        found = saved_file(site).get(name)
    except ShellError as error:
        raise Failure(404, "said", told=str(error)) from error
    with site.room.desk() as desk:
        return rss(request, asked_of(found.search), found.name, new_hits(desk.searcher, found)[:_SHOWN])


async def form_of(site: Site, request: Request) -> dict[str, list[str]]:
    """Returns the fields of a form of ours. Raises Failure for one that is too long, or not ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise Failure(413, "too much")
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Failure(413, "too much") from error
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    if not site.is_token(fields.get("token", [""])[-1]):
        raise Failure(403, "old form")
    return fields


def change(site: Site, request: Request, fields: dict[str, list[str]]) -> Response:
    """Saves a search, forgets one, or takes its articles as seen."""
    pairs = [(name, value) for name, values in fields.items() for value in values]
    asked = Asked.of(pair for pair in pairs if pair[0] not in ("name", "token", "do"))
    name, what = fields.get("name", [""])[-1], fields.get("do", [""])[-1]
    kept = saved_file(site, site.language(request, asked))
    to = Asked(language=asked.language)
    try:
        with site.saving:
            if what == "forget":
                kept.remove(name)
            elif what == "seen":
                with site.room.desk() as desk:
                    found = kept.get(name)
                    seen = found.search.all_by_date(desk.searcher, _MOST_SEEN)
                    kept.know(found.name, desk.searcher.name, (hit.id for hit in seen))
            elif what == "save":
                search = Search(one_line(asked.query), asked.filters(), asked.sort)
                with site.room.desk() as desk:
                    kept.put(SavedSearch(name, search, _seen(desk, search)))
            else:
                raise Failure(400, "no method")
    except ShellError as error:
        raise Failure(400, "said", told=str(error)) from error
    return RedirectResponse(to.at("/saved"), 303)


def _seen(desk: Desk, search: Search) -> dict[str, Seen]:
    page: Page = search.all_by_date(desk.searcher, _MOST_SEEN)
    return {desk.searcher.name: Seen.now(hit.id for hit in page)}


def _kept(found: SavedSearch, asked: Asked, desk: Desk, language: str, *, counted: bool) -> Kept:
    known = desk.searcher.name in found.seen
    return Kept(
        found.name,
        found.search.text,
        told(found.search.standing, language),
        asked_of(found.search, asked.language).at(),
        Asked(language=asked.language).at("/saved", ("name", found.name)),
        len(new_hits(desk.searcher, found)) if counted and known else None,
    )


def asked_of(search: Search, language: str = "") -> Asked:
    """Returns the address of a saved search."""
    filters: Filters = search.standing
    return Asked(
        query=search.text,
        since=filters.since,
        until=filters.until,
        source=filters.sources,
        category=filters.categories,
        tag=filters.tags,
        speaker=filters.speakers,
        sort=cast(Any, search.sort),
        language=language,
    )
