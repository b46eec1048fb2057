"""Says what a report of a search tells before its hits: the question, the filters, the counts, and when it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from urllib.parse import quote

from khabarjoo.analyzers.digits import figure

from ..bidi.reordering import mostly_right_to_left
from ..query.plan import Filters
from ..results import Fragment, Hit, Page
from ..terminal_safety import one_line
from .hits_text import UNTITLED
from .publication_dates import both_calendars

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # what has a meaning in an address (RFC 3986), and the percent signs of what is encoded


def web_link(url: str) -> str:
    """Returns the address percent-encoded, so that it holds no space, quote or control; '' when it is not of the web.

    >>> web_link(" https://example.org/خبر?a=1&b=<2>")
    'https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=%3C2%3E'
    >>> web_link("javascript:alert(1)")
    ''
    """
    url = url.strip()
    return quote(url, safe=_KEPT, errors="replace") if _WEB.match(url) else ""


class Fact(NamedTuple):
    """One thing a report says, and what it is called."""

    name: str
    value: str


TITLE = "گزارش جست‌وجو"
NOTHING_FOUND = "خبری یافت نشد."
CODE = "کد خبر"

ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A Gregorian day as both calendars are written; to be isolated, or its parts change places after Persian words."""

_FILTER_NAMES = {
    "since": "از تاریخ", "until": "تا تاریخ", "source": "منبع", "category": "دسته", "tag": "برچسب",
    "speaker": "گوینده",
}  # fmt: skip
_ORDERS = {"newest": "تازه‌ترین در آغاز", "oldest": "کهنه‌ترین در آغاز"}
_OF_ALL, _OF_ANY = "از خبرها با همهٔ واژه‌ها", "از خبرها با دست‌کم یکی، چون هیچ‌یک همه را ندارد"


def facts(page: Page, filters: Filters, sort: str, made: datetime | None) -> Iterator[Fact]:
    """Yields what is said of a page; made now unless a moment is given."""
    if page.explanation and page.explanation != page.query:
        yield Fact("خوانده شد", _told(page.explanation))
    for note in page.notes:
        yield Fact("یادداشت", _told(note.persian))
    if page.suggestion is not None:
        yield Fact("جست‌وجو شد" if page.suggestion.applied else "شاید منظور", _told(page.suggestion.query))
    typed = filters.typed()
    for key, name in _FILTER_NAMES.items():
        if value := typed.get(key):
            yield Fact(name, _told(value if isinstance(value, str) else "، ".join(value)))
    if order := _ORDERS.get(sort):
        yield Fact("ترتیب", f"{order}، {_OF_ALL if page.total_all or not page.total else _OF_ANY}")
    if found := _counts(page):
        yield Fact("یافته‌ها", found)
    yield Fact("زمان گزارش", both_calendars(made or datetime.now(UTC)))


def title(page: Page) -> str:
    """Returns what stands at the head of a report: the query, where there is one."""
    return _told(page.query) or "خبرهای همانند"


def direction(text: str) -> Literal["rtl", "ltr"]:
    """Returns which way a text runs, by most of its letters.

    Its first letter, which browsers go by, misleads: many a Persian headline begins with a Latin name.

    >>> direction("FATF و ایران"), direction("Reuters"), direction("۱۲۳")
    ('rtl', 'ltr', 'rtl')
    """
    return "rtl" if mostly_right_to_left(text) or not any(map(str.isalpha, text)) else "ltr"


def headline(hit: Hit) -> list[Fragment]:
    """Returns the title of a hit, with the words that matched; what stands for it when it has none."""
    return hit.marked_title if hit.title.strip() else [Fragment(hit.heading or UNTITLED, False)]


def _counts(page: Page) -> str:
    told = []
    if page.query:  # articles like another answer no words
        total, total_all = figure(page.total), figure(page.total_all)
        told.append(f"{total_all} خبر با همهٔ واژه‌ها، {total} خبر با دست‌کم یکی")
    if page.hits:
        first, last = page.hits[0].rank, page.hits[-1].rank
        told.append(f"در این گزارش: {figure(first)} تا {figure(last)}")
    return " · ".join(told)


def _told(text: str) -> str:
    return one_line(text).strip()
