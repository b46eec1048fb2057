"""What all pages share: searchers, templates, the language of whoever asks, and errors as pages."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from khabarjoo.analyzers.calendars import DateError
from khabarjoo.index.errors import NoSuchArticle, StoreError

from ..config import DEFAULTS, Settings
from ..output.hits_data import FORMAT_VERSION
from ..output.messages import complain, tell_failure
from ..output.translation import translated
from ..terminal_safety import one_line
from .accepted_names import names_in
from .addresses import Asked, BadAddress, encoded, others
from .marked_html import about, days_isolated, isolated, line, marked, moment, paragraphs, runs
from .reading_room import AT_ONCE, ReadingRoom, TooBusy
from .ui_texts import Texts, script_texts

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
API = "/api/"

Handler = Callable[["Site", Request], Response]


class Failure(Exception):
    """What a page cannot do, in the words of `ui_texts`, with the status of HTTP to answer with."""

    def __init__(self, status: int, key: str, **facts: object) -> None:
        super().__init__(key)
        self.status, self.key, self.facts = status, key, facts


@dataclass
class Site:
    """The reading room of one index. ``state`` is the folder of what is kept between visits."""

    room: ReadingRoom
    state: Path
    settings: Settings = DEFAULTS
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    saving: threading.Lock = field(default_factory=threading.Lock)
    exporting: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def templates(self) -> Environment:
        """The templates, in which everything is escaped whatever the file is called."""
        made = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        made.globals |= {
            "marked": marked, "paragraphs": paragraphs, "isolated": isolated, "moment": moment, "runs": runs,
            "line": line, "encoded": encoded, "versions": _versions(), "about": about,
            "days_isolated": days_isolated,
        }  # fmt: skip
        return made

    @property
    def token(self) -> str:
        """What a form must bring along, so that it is one of ours; it holds until the server ends."""
        return hmac.new(self.secret, b"form", hashlib.sha256).hexdigest()

    def is_token(self, told: str) -> bool:
        """Returns whether a form brought it along."""
        return hmac.compare_digest(told.encode("utf-8", "replace"), self.token.encode())

    def page_size(self, asked: Asked) -> int:
        """Returns how many hits a page has."""
        return asked.limit or min(self.settings.page_size, 100)

    def language(self, request: Request, asked: Asked | None = None) -> str:
        """Returns the language: of the address, else the settings, else the browser's first of ours, else Persian."""
        chosen = asked.language if asked else request.query_params.get("lang", "")
        if chosen in ("fa", "en"):
            return chosen
        if self.settings.language != "auto":
            return self.settings.language
        for name in names_in(request.headers.get("accept-language", "")):
            if name.split("-")[0] in ("fa", "en"):
                return name.split("-")[0]
        return "fa"

    def render(
        self, request: Request, template: str, asked: Asked, *, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """Returns a page made of a template."""
        texts = Texts(self.language(request, asked))
        other = asked.but(language="en" if texts.language == "fa" else "fa", page=asked.page, hit=asked.hit)
        known: dict[str, Any] = {
            "t": texts,
            "fields": asked.but().pairs(),
            "asked": asked,
            "other": other,
            "path": _own_path(request),
            "rest": others(request.query_params.multi_items()),
            "token": self.token,
        }
        known["script_texts"] = script_texts(texts)
        html = self.templates.get_template(template).render(known | {"settings": self.settings} | context)
        return HTMLResponse(html.encode("utf-8", "replace"), status, {"vary": "accept-language"})

    def fragment(self, template: str, texts: Texts, **context: Any) -> Markup:
        """Returns a part of a page made of a template."""
        return Markup(self.templates.get_template(template).render(context | {"t": texts}))

    # -- errors ------------------------------------------------------------------------------------------------

    def failed(self, request: Request, error: Exception) -> Response:
        """Returns the answer to a request that failed: a page, or JSON for programs."""
        answer = self._told(request, error)
        answer.headers.update(getattr(error, "headers", None) or {})  # such as which methods there are
        return answer

    def _told(self, request: Request, error: Exception) -> Response:
        status, key, facts = _worded(error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, (TooBusy, Failure)):
            complain(f"{request.url.path}: {error}") if isinstance(error, StoreError) else tell_failure(error)
        if request.url.path.startswith(API):
            return JSONResponse({"format_version": FORMAT_VERSION, "error": _in_english(error, key, facts)}, status)
        try:
            asked = Asked.of(request.query_params.multi_items())
        except BadAddress:
            asked = Asked(query=request.query_params.get("q", ""), language=request.query_params.get("lang", ""))
            asked = asked.but(language=asked.language if asked.language in ("fa", "en") else "")
        texts = Texts(self.language(request, asked))
        if texts.language == "fa" and "reason" in facts:
            facts = facts | {"reason": translated(str(facts["reason"]))}
        shown = {name: isolated(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        told = Markup(texts(key, **shown))  # the text is ours, and what is filled in is escaped
        return self.render(request, "error.html", asked, status=status, told=told)


def _worded(error: Exception) -> tuple[int, str, dict[str, object]]:
    """The status of HTTP for an error, what is said, and its facts."""
    reason = one_line(str(error)).strip()
    match error:
        case Failure():
            return error.status, error.key, error.facts
        case BadAddress():
            return 400, error.key, error.facts
        case DateError():
            return 400, "bad date", {"reason": reason}
        case NoSuchArticle():
            return 404, "no article", {"id": one_line(error.id)}
        case HTTPException():
            return error.status_code, "no method" if error.status_code == 405 else "no page", {}
        case TooBusy():
            return 503, "busy", {}
        case StoreError():
            return 503, "no index", {"reason": reason}
        case _:
            return 500, "failed", {"reason": type(error).__name__}


def _own_path(request: Request) -> str:
    """The path as it came, such that no link to it leads elsewhere, as one to ``//example.org`` would."""
    raw: bytes = request.scope.get("raw_path") or b"/"
    return "/" + raw.decode("ascii", "replace").lstrip("/\\")


def _in_english(error: Exception, key: str, facts: dict[str, object]) -> str:
    if isinstance(error, (DateError, BadAddress, NoSuchArticle)):
        return one_line(str(error)).strip()
    return Texts("en")(key, **facts)


async def in_thread(work: Callable[..., Response], *given: Any) -> Response:
    """Has a handler run in one of a few threads; what comes meanwhile waits its turn, and holds no thread.

    A thread more than searchers may be asked keeps pages that need none from waiting for those that do.
    """
    limiter = current_default_thread_limiter()  # of the running loop
    if limiter.total_tokens != AT_ONCE + 1:
        limiter.total_tokens = AT_ONCE + 1
    return await run_in_threadpool(work, *given)


def page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Returns a handler as Starlette wants it: run in a thread, its failures answered."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        site: Site = request.app.state.site
        try:
            return await in_thread(handler, site, request)
        except Exception as error:
            return site.failed(request, error)

    return answer


def _versions() -> dict[str, str]:
    """The files of ours that pages load, each with its version, so that browsers may keep them."""
    return {
        path.name: f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
        for path in sorted(STATIC.iterdir())
    }
