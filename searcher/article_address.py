"""Finds the article that was published at a web address, however the address was copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from .query.plan import Plan, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .engine import Engine, Found

_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S+", re.IGNORECASE)
_HOST_PREFIX = re.compile(r"(?:www|m|amp|mobile)\.")
_NOT_OF_ARTICLES = re.compile(r"utm_|fbclid$|gclid$|amp$|ref$|from$")  # parameters of who links, not of what
_CODE = re.compile(r"\d{5,}")
_DAY = re.compile(r"(?:1[34]|19|20)\d{6}")


class Address(NamedTuple):
    """What two copies of an address share: no scheme, www, fragment, slash at the end, or parameters of who links."""

    host: str
    path: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """The part of the path that holds the outlet's number of the story; '' when there is none."""
        return next(
            (part for part in self.path.split("/") if (found := _CODE.search(part)) and not _DAY.fullmatch(found[0])),
            "",
        )


def is_address(text: str) -> bool:
    """Returns whether a text may be the address of an article on the web.

    >>> [is_address(text) for text in ("https://example.org/news/1", "example.org/1", "isna/004", "a.txt")]
    [True, True, False, False]
    """
    return _ADDRESS.fullmatch(text.strip()) is not None


def address_of(url: str) -> Address | None:
    """Returns the address that a URL is a copy of; None for what is no URL.

    >>> address_of("https://www.Example.org/%D8%AE%D8%A8%D8%B1/?utm_source=x#top") == address_of("example.org/خبر")
    True
    """
    text = url.strip()
    try:
        parts = urlsplit(text if "//" in text[:8] else f"//{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    parameters = sorted(pair for pair in parse_qsl(parts.query) if not _NOT_OF_ARTICLES.match(pair[0]))
    return (
        Address(_HOST_PREFIX.sub("", host, count=1), unquote(parts.path).strip("/"), tuple(parameters))
        if host
        else None
    )


def find_address(engine: Engine, url: str) -> Found | None:
    """Returns the article that was published at an address, or None.

    Articles with the code in the address are looked at first; else all are read, until one has the address. The words
    of a headline after the code do not count where only one article of that outlet has it.
    """
    wanted = address_of(url)
    if wanted is None:
        return None
    codes = tuple(dict.fromkeys(_CODE.findall(wanted.path)))
    if codes:
        coded = engine.search(Plan(Terms("code", codes)), 100).hits
        if (found := _at(engine, wanted, coded)) is not None:
            return found
    return _at(engine, wanted, engine.all())


def _at(engine: Engine, wanted: Address, articles: Iterable[Found]) -> Found | None:
    alike: list[Found] = []
    for found in articles:
        url = engine.read(found).url
        if not url or (address := address_of(url)) is None or address.host != wanted.host:
            continue
        if address == wanted:
            return found
        if wanted.code and address.code == wanted.code:
            alike.append(found)
    return alike[0] if len(alike) == 1 else None
