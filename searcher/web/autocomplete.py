"""Completion as in the shell: words, names of outlets, sections and tags, fields, operators and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..output.hits_data import FORMAT_VERSION
from ..shell.completion import Vocabulary, complete
from ..shell.completion_vocabulary import read_vocabulary
from .addresses import Asked, BadAddress

if TYPE_CHECKING:
    from .reading_room import Desk
    from .site import Site

_LONGEST = 500  # characters of what is completed


def api_complete(site: Site, request: Request) -> Response:
    """Answers ``/api/complete``: what may be typed where the cursor stands in ``q``."""
    asked = Asked.of(request.query_params.multi_items())
    text = request.query_params.get("q", "")[:_LONGEST]
    told = request.query_params.get("cursor", "") or str(len(text))
    if not (told.isascii() and told.isdecimal() and int(told[:9]) <= len(text)):
        raise BadAddress("cursor", "no such number", least=0, most=len(text))
    cursor = int(told)
    persian = site.language(request, asked) == "fa"
    found = []
    if text.strip() and not text.lstrip().startswith("\\"):  # commands are of the shell
        with site.room.desk() as desk:
            known = vocabulary_of(desk)
        found = complete(text, cursor, known)
    completions = [{"text": each.text, "start": each.start, "what": each.what[persian]} for each in found]
    return JSONResponse({"format_version": FORMAT_VERSION, "query": text, "cursor": cursor, "completions": completions})


def vocabulary_of(desk: Desk) -> Vocabulary:
    """Returns what the index knows, read once for each of its states."""
    return desk.remember("vocabulary", lambda: read_vocabulary(desk.searcher))
