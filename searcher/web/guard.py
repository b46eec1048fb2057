"""Stands before everything: who may ask, from which page, how much at a time, and what a browser may do with answers.

- Hosts: a page of elsewhere may have its own name resolve to this machine ("DNS rebinding") and would then count as
  ours. So only our own names are answered to.
- Origins: whatever a page of elsewhere sends, other than by a link, is refused.
- Passwords: where others than this machine can reach us, each request must carry one (RFC 7617).
- Headers: browsers load nothing from elsewhere, and run no script and no style that is not a file of ours.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from .refusal_pages import refusal

PASSWORD_VARIABLE = "KHABARJOO_WEB_PASSWORD"
"""The environment variable that names the password."""

LONGEST_QUERY = 16_000
"""Bytes of an address after its question mark."""

LONGEST_BODY = 64_000
"""Bytes of a form."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # not "no-referrer", with which forms say that they come from nowhere
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_METHODS = ("GET", "HEAD", "POST")
_AT_ONCE = 5  # wrong passwords in a row that are answered without delay
_DELAY = 1.0  # seconds between answers to more of them

Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def is_loopback(host: str) -> bool:
    """Returns whether a host can be reached from this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def own_names(host: str, more: Sequence[str] = ()) -> frozenset[str]:
    """Returns the names we answer to when bound to a host: those given, and where others reach us, this machine's."""
    names = {"localhost", host, *more}
    if not is_loopback(host):
        own = socket.gethostname()
        names |= {own, f"{own}.local", socket.getfqdn()}
    return frozenset(name.lower().rstrip(".") for name in names if name)


class Guard:
    """Lets through what may be asked, and adds the headers of safety to every answer."""

    def __init__(self, app: App, *, host: str, names: Sequence[str] = (), password: str = "") -> None:
        self._app = app
        self._names = own_names(host, names)
        self._any_address = not is_loopback(host)
        self._password = password
        self._wrong = _WrongPasswords()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request (ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        refusal = await self._refusal(scope)

        async def send_safely(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        await (refusal or self._app)(scope, receive, send_safely)

    async def _refusal(self, scope: Scope) -> Response | None:
        """The answer to what is refused, None for what is not."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.is_ours(hosts[0]):
            return refusal(scope, 403, "foreign host")
        if not _same_site(headers, hosts[0], scope["method"]):
            return refusal(scope, 403, "foreign page")
        if scope["method"] not in _METHODS:
            return refusal(scope, 405, "wrong method", {"allow": ", ".join(_METHODS)})
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            return refusal(scope, 414, "long address", most=LONGEST_QUERY)
        if _length(headers) > LONGEST_BODY:
            return refusal(scope, 413, "long form", most=LONGEST_BODY)
        return await self._unknown(scope, headers) if self._password else None

    def is_ours(self, host: str) -> bool:
        """Returns whether a Host header names us: one of our names, or an address of this machine, with any port."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if any(char in host for char in "/?#@\\ "):
            return False
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._any_address or address.is_loopback  # no name server can lead to what is no name

    async def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        told = password_of(headers.get("authorization", ""))
        if told is not None and hmac.compare_digest(told.encode(), self._password.encode()):
            return None
        if told is not None:
            await self._wrong.wait()
        asking = {"www-authenticate": 'Basic realm="khabarjoo", charset="UTF-8"'}
        return refusal(scope, 401, "password wanted", asking)


class _WrongPasswords:
    """Keeps whoever guesses from guessing fast: after a few, one a second is answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0

    async def wait(self) -> None:
        """Returns when the next wrong password may be answered."""
        import asyncio

        now = time.monotonic()
        with self._lock:
            self._next = max(self._next, now - _AT_ONCE * _DELAY) + _DELAY
            due = self._next
        await asyncio.sleep(min(max(0.0, due - now), 30 * _DELAY))


def password_of(authorization: str) -> str | None:
    """Returns the password in an Authorization header, None where there is none.

    >>> password_of("Basic dXNlcjpvcGVuOnNlc2FtZQ=="), password_of("Bearer sesame")
    ('open:sesame', 'sesame')
    """
    scheme, _, told = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return told.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(told.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        return None


def _same_site(headers: Headers, host: str, method: str) -> bool:
    """Whether a request comes of our own pages, of a link, or of no page at all."""
    origins = headers.getlist("origin")
    if any(not _is_origin_of(origin, host) for origin in origins):
        return False
    site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "navigate")
    is_link = mode == "navigate" and method in ("GET", "HEAD") and headers.get("sec-fetch-dest") != "iframe"
    return site in ("none", "same-origin") or is_link


def _is_origin_of(origin: str, host: str) -> bool:
    scheme, separator, told = origin.partition("://")
    return bool(separator) and scheme in ("http", "https") and told.lower() == host.lower()


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else LONGEST_BODY + 1
