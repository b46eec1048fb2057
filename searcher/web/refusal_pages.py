"""What whoever is refused at the door is told: a page in the reader's language, a line for programs.

Such a page asks for no file of ours, which might be refused as well.
"""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from .accepted_names import names_in
from .ui_texts import Texts

_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{title} · {name}</title>\n</head>\n<body>\n'
    '<main role="alert">\n<h1>{title}</h1>\n<p>{told}</p>\n</main>\n</body>\n</html>\n'
)


def refusal(
    scope: dict[str, object], status: int, key: str, headers: dict[str, str] | None = None, **facts: object
) -> Response:
    """Returns the answer to a request that is refused, with a text of `ui_texts` and its facts."""
    asked = Headers(scope=scope)
    is_program = str(scope.get("path", "")).startswith("/api/") or "text/html" not in asked.get("accept", "")
    if is_program:
        return PlainTextResponse(Texts("en")(key, **facts) + "\n", status, headers)
    texts = Texts(_language(scope, asked))
    page = _PAGE.format(
        language=texts.language, direction=texts.direction, title=escape(texts("refused")),
        name=escape(texts("name")), told=escape(texts(key, **facts)),
    )  # fmt: skip
    return HTMLResponse(page, status, {"vary": "accept-language", **(headers or {})})


def _language(scope: dict[str, object], headers: Headers) -> str:
    """The language that the address asks for, else the browser's first of ours, else Persian."""
    query = scope.get("query_string", b"")
    asked = query[:2000].decode("latin-1") if isinstance(query, bytes) else ""
    wanted = [*parse_qs(asked, max_num_fields=None).get("lang", []), *names_in(headers.get("accept-language", ""))]
    return next((name for each in wanted if (name := each.split("-")[0].lower()) in ("fa", "en")), "fa")
