"""Describes the addresses under ``/api`` for programs (OpenAPI 3.1, spec.openapis.org/oas/v3.1.0).

Written as tables, and held true by a test: every address is answered, and every answer is of the shape told here.
"""

from __future__ import annotations

from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..engine import Sort
from ..results import FacetName, PeriodName
from .addresses import FARTHEST, LARGEST_LIMIT
from .site import Site

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TRUTH: Schema = {"type": "boolean"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_MOMENT: Schema = {"type": ["string", "null"], "description": "ISO 8601 with Tehran's offset"}
_OR_NULL: Schema = {"type": ["string", "null"]}
_WORDS: Schema = {"enum": ["all", "any"], "description": "whether articles with all words are counted, or with any"}


def _object(**properties: Schema) -> Schema:
    """An object that has these at least: later versions may add to it."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_VERSION: Schema = {"const": 1}
_PIECES = _list(_object(text=_TEXT, match=_TRUTH))
_ABOUT: dict[str, Schema] = {
    "id": _TEXT, "title": _TEXT, "untitled": _TRUTH, "published": _MOMENT, "published_jalali": _OR_NULL,
    "source": _TEXT, "category": _TEXT, "tags": _TEXTS, "url": _TEXT, "code": _TEXT, "origin": _TEXT,
}  # fmt: skip
_COPY = _object(id=_TEXT, source=_TEXT, published=_MOMENT)
_SUGGESTION: Schema = {
    "oneOf": [{"type": "null"}, _object(query=_TEXT, applied=_TRUTH, reason=_TEXT)],
}

SCHEMAS: dict[str, Schema] = {
    "Page": _object(
        format_version=_VERSION, query=_TEXT, total=_COUNT, total_all=_COUNT, explanation=_TEXT, took_ms=_NUMBER,
        suggestion=_SUGGESTION,
        hits=_list(_object(**_ABOUT, score=_NUMBER, snippet=_PIECES, copies=_list(_COPY))),
    ),
    "Article": _object(
        format_version=_VERSION, **_ABOUT, lead=_TEXT, body=_TEXT,
        marked={"oneOf": [{"type": "null"}, _object(title=_PIECES, lead=_PIECES, body=_PIECES)]},
    ),
    "Facets": _object(
        format_version=_VERSION, query=_TEXT, words=_WORDS, articles=_COUNT, facets={"type": "object"},
    ),
    "Timeline": _object(
        format_version=_VERSION, query=_TEXT, words=_WORDS, articles=_COUNT, undated=_COUNT,
        by={"enum": list(get_args(PeriodName))},
        periods=_list(_object(period=_TEXT, label=_TEXT, start=_TEXT, end=_TEXT, count=_COUNT)),
    ),
    "Explanation": _object(
        format_version=_VERSION, query=_TEXT, id=_TEXT, score=_NUMBER,
        lines=_list(_object(what=_TEXT, value=_NUMBER)),
    ),
    "Completions": _object(
        format_version=_VERSION, query=_TEXT, cursor=_COUNT,
        completions=_list(_object(text=_TEXT, start=_COUNT, what=_TEXT)),
    ),
    "Error": _object(format_version=_VERSION, error=_TEXT),
}  # fmt: skip


def _parameter(name: str, schema: Schema, told: str, *, where: str = "query") -> Schema:
    found: Schema = {"name": name, "in": where, "required": where == "path", "schema": schema, "description": told}
    if schema.get("type") == "array":
        found |= {"style": "form", "explode": True}
    return found


_NAMES: Schema = {"type": "array", "items": _TEXT, "maxItems": 50}
_PARAMETERS: dict[str, Schema] = {
    "id": _parameter("id", {"type": "string", "minLength": 1}, "The id of an article.", where="path"),
    "q": _parameter("q", _TEXT, "The query, in the query language."),
    "since": _parameter("since", _TEXT, "Published on this day or later, in either calendar."),
    "until": _parameter("until", _TEXT, "Published on this day or earlier."),
    "source": _parameter("source", _NAMES, "Of one of these outlets."),
    "category": _parameter("category", _NAMES, "Of one of these sections."),
    "tag": _parameter("tag", _NAMES, "With one of these tags."),
    "speaker": _parameter("speaker", _NAMES, "With what one of these is reported to have said."),
    "sort": _parameter("sort", {"enum": list(get_args(Sort))}, "The best first, or by date."),
    "copies": _parameter("copies", {"enum": ["folded", "all"]}, "Whether copies of a story are hits of their own."),
    "page": _parameter("page", {"type": "integer", "minimum": 1, "maximum": FARTHEST}, "Which page, from 1."),
    "limit": _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT}, "Hits of a page."),
    "offset": _parameter(
        "offset", {"type": "integer", "minimum": 0, "maximum": FARTHEST - 1}, "Hits passed over first."
    ),
    "names": _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 1000}, "Names of each facet."),
    "facets": _parameter("by", {"type": "array", "items": {"enum": list(get_args(FacetName))}}, "What is counted."),
    "period": _parameter("by", {"enum": list(get_args(PeriodName))}, "What a period is; else what suits the span."),
    "cursor": _parameter("cursor", {"type": "integer", "minimum": 0}, "Where in the query; at its end, else."),
}
_FILTERS = ("q", "since", "until", "source", "category", "tag", "speaker")

PATHS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "/api/search": ("Search", "Page", (*_FILTERS, "sort", "copies", "page", "limit", "offset")),
    "/api/article/{id}": ("Read an article, its matches marked", "Article", ("id", "q")),
    "/api/similar/{id}": ("Find articles about the same things", "Page", ("id", "limit")),
    "/api/explain/{id}": ("Tell why an article has its score", "Explanation", ("id", "q")),
    "/api/facets": ("Count articles by outlet, section, tag and date", "Facets", (*_FILTERS, "facets", "names")),
    "/api/timeline": ("Count articles from period to period", "Timeline", (*_FILTERS, "period")),
    "/api/complete": ("Complete what is being typed", "Completions", ("q", "cursor")),
}
"""Each address: what it is for, the shape of its answer, and its parameters."""


def description() -> dict[str, Any]:
    """Returns the whole description, ready for JSON."""
    import khabarjoo

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Khabarjoo",
            "version": str(khabarjoo.__version__),
            "description": "Full-text search over Persian news, as `khabarjoo web` answers it. Nothing is changed.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {path: {"get": _operation(*told)} for path, told in PATHS.items()},
        "components": {"schemas": SCHEMAS},
    }


def _operation(summary: str, shape: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    wrong = {"description": "What cannot be answered, and why", "content": _content("Error")}
    return {
        "summary": summary,
        "operationId": summary.split(",")[0].title().replace(" ", ""),
        "parameters": [_PARAMETERS[name] for name in parameters],
        "responses": {
            "200": {"description": shape, "content": _content(shape)},
            **dict.fromkeys(("400", "404", "503"), wrong),
        },
    }


def _content(shape: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}


def api_description(site: Site, request: Request) -> Response:
    """Answers ``/api/openapi.json``."""
    return JSONResponse(description())
