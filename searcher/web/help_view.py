"""The page that tells how to ask, which keys there are, and where programs find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from .addresses import Asked

if TYPE_CHECKING:
    from .site import Site

QUERIES = (
    ("باران تهران", "help words"),
    ("«جهاد دانشگاهی»", "help phrase"),
    ("زلزله -تهران", "help not"),
    ("سیل OR زلزله", "help or"),
    ("عنوان:بودجه", "help field"),
    ("منبع:ایسنا باران", "help source"),
    ("تاریخ:۱۴۰۱/۰۶ باران", "help date"),
    ("خشک*", "help pattern"),
)
"""A query of each kind, and the text that tells what it finds."""

KEYS = (
    ("/", "key search"), ("j", "key next"), ("k", "key previous"), ("o", "key open"), ("n", "key mark"),
    ("N", "key mark back"), ("u", "key back"), ("?", "key help"),
)  # fmt: skip


def show_help(site: Site, request: Request) -> Response:
    """Returns the page of help."""
    asked = Asked.of(request.query_params.multi_items())
    return site.render(request, "help.html", asked, queries=QUERIES, keys=KEYS)
