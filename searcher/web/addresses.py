"""The address of a page is its whole state: what was asked, with which filters, in which order, on which page.

Pages are made from an `Asked`, and every link on them is another one. So each can be kept, shared and gone back to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast, get_args
from urllib.parse import quote, quote_plus, unquote_to_bytes

from ..engine import Sort
from ..query.plan import Filters
from ..results import PeriodName
from .ui_texts import Texts

NAMES = ("source", "category", "tag", "speaker")
"""The filters by name, of which an address may have several of each."""

FARTHEST = 10_000
"""Hits that can be paged to: who wants more takes them along with an export."""

LARGEST_LIMIT = 1000
"""Hits one page may have."""

_MOST_NAMES = 50
_OF_ALL = {*NAMES, "q", "since", "until", "sort", "copies", "by", "page", "limit", "offset", "hit", "lang"}
_ORDERS: tuple[Sort, ...] = get_args(Sort)
_PERIODS: tuple[PeriodName, ...] = get_args(PeriodName)
_LANGUAGES = ("fa", "en")
_DOTS = (".", "..")  # browsers take these away, percent-encoded or not


class BadAddress(ValueError):
    """A part of an address that cannot be: what is said of it in `ui_texts`, by its key, and the facts of that."""

    def __init__(self, name: str, key: str, **facts: object) -> None:
        self.key, self.facts = key, {"what": name, **facts}
        super().__init__(Texts("en")(key, **self.facts).removesuffix("."))


class Asked(NamedTuple):
    """What a page was asked for. ``language`` is '' where the browser's own counts, ``limit`` 0 for the usual size.

    ``copies`` says that every copy of an article is a hit; ``hit`` is the rank that an article was opened at, 0 for
    none; ``by`` what a bar of the timeline stands for, '' for what suits the span.
    """

    query: str = ""
    since: str = ""
    until: str = ""
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    sort: Sort = "relevance"
    copies: bool = False
    by: PeriodName | None = None
    page: int = 1
    limit: int = 0
    offset: int = 0
    hit: int = 0
    language: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Asked:
        """Reads the parameters of an address; those of other pages are passed over. Raises BadAddress.

        >>> Asked.of([("q", "باران"), ("source", "ایسنا"), ("page", "۲")]).page
        2
        """
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                given.setdefault(name, []).append(value)
        last = {name: values[-1] for name, values in given.items()}
        names = {name: tuple(dict.fromkeys(given.get(name, ()))) for name in NAMES}
        for name, values in names.items():
            if len(values) > _MOST_NAMES:
                raise BadAddress(name, "too many names", most=_MOST_NAMES)
        return cls(
            query=last.get("q", ""),
            since=last.get("since", "").strip(),
            until=last.get("until", "").strip(),
            **names,
            sort=cast(Sort, _one_of(last, "sort", _ORDERS, "relevance")),
            copies=_one_of(last, "copies", ("folded", "all"), "folded") == "all",
            by=cast("PeriodName | None", _one_of(last, "by", _PERIODS, "") or None),
            page=_number(last, "page", 1, 1, FARTHEST),
            limit=_number(last, "limit", 0, 1, LARGEST_LIMIT),
            offset=_number(last, "offset", 0, 0, FARTHEST - 1),
            hit=_number(last, "hit", 0, 1, FARTHEST),
            language=_one_of(last, "lang", _LANGUAGES, ""),
        )

    def filters(self) -> Filters:
        """Returns the filters. Raises DateError."""
        return Filters.of(
            self.since or None, self.until or None,
            self.source or None, self.category or None, self.tag or None, self.speaker or None,
        )  # fmt: skip

    @property
    def is_filtered(self) -> bool:
        """Whether there are filters."""
        return bool(self.since or self.until or self.source or self.category or self.tag or self.speaker)

    def first(self, size: int) -> int:
        """Returns how many hits come before a page of ``size`` hits. Raises BadAddress for what is too far."""
        first = self.offset + (self.page - 1) * size
        if first >= FARTHEST:
            raise BadAddress("page", "too far", most=FARTHEST)
        return first

    # -- other addresses ---------------------------------------------------------------------------------------

    def but(self, **changes: Any) -> Asked:
        """Returns the same with some parts changed; the first page, unless that is among them."""
        return self._replace(**{"page": 1, "hit": 0, **changes})

    def within(self, name: str, value: str) -> Asked:
        """Returns the same narrowed to one more name of a kind."""
        return self.but(**{name: tuple(dict.fromkeys((*getattr(self, name), value)))})

    def without(self, name: str, value: str = "") -> Asked:
        """Returns the same widened: without one name of a kind, or without a date."""
        kept: object = tuple(each for each in getattr(self, name) if each != value) if name in NAMES else ""
        return self.but(**{name: kept})

    def pairs(self) -> list[tuple[str, str]]:
        """Returns the parameters, those that say nothing left out.

        >>> Asked(query="باران", page=2).pairs()
        [('q', 'باران'), ('page', '2')]
        """
        told = [
            ("q", self.query),
            ("since", self.since),
            ("until", self.until),
            *((name, value) for name in NAMES for value in getattr(self, name)),
            ("sort", "" if self.sort == "relevance" else self.sort),
            ("copies", "all" if self.copies else ""),
            ("by", self.by or ""),
            ("page", "" if self.page == 1 else str(self.page)),
            ("limit", str(self.limit or "")),
            ("offset", str(self.offset or "")),
            ("hit", str(self.hit or "")),
            ("lang", self.language),
        ]
        return [(name, value) for name, value in told if value]

    def at(self, path: str = "/", *more: tuple[str, str]) -> str:
        """Returns the address on a path.

        >>> Asked(query="a b", sort="newest").at()
        '/?q=a+b&sort=newest'
        """
        query = "&".join([f"{name}={_quoted(value)}" for name, value in (*self.pairs(), *more)])
        return f"{path}?{query}" if query else path

    def article(self, id: str, hit: int = 0, under: str = "/article/") -> str:
        """Returns the address of an article, or another page of it, with what was asked, whose words are marked."""
        asked = self._replace(hit=hit)
        if id in _DOTS:
            return asked.at(under, ("id", id))
        return asked.at(f"{under}{encoded(id)}")


def others(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the parameters that an `Asked` does not have: those of one page alone.

    >>> others([("q", "باران"), ("q2", "برف")])
    [('q2', 'برف')]
    """
    return [(name, value) for name, value in pairs if name not in _OF_ALL]


@lru_cache(maxsize=1024)
def _quoted(value: str) -> str:
    """A value as a part of an address; those of one page are mostly the same."""
    return quote_plus(value, errors="replace")


def encoded(id: str) -> str:
    """Returns an id as a part of an address, whatever letters it has; `decoded` gives it back."""
    return quote(id, safe="", errors="surrogatepass")


def decoded(raw_path: bytes, prefix: str) -> str:
    """Returns the id after a prefix in a path as it came.

    >>> decoded(b"/article/isna%2F77", "/article/")
    'isna/77'
    """
    told = unquote_to_bytes(raw_path.split(b"?", 1)[0])[len(prefix) :]
    try:
        return told.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return told.decode("utf-8", "replace")


def _one_of(given: dict[str, str], name: str, allowed: Sequence[str], default: str) -> str:
    value = given.get(name, "").strip() or default
    if value != default and value not in allowed:
        raise BadAddress(name, "none of these", allowed=", ".join(allowed))
    return value


def _number(given: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number in any digits."""
    told = given.get(name, "").strip()
    if not told:
        return default
    if told.isdecimal() and len(told) < 10 and least <= int(told) <= most:
        return int(told)
    raise BadAddress(name, "no such number", least=least, most=most)
