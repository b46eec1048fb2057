"""Writers of results. Each takes a page and a text stream and knows nothing of commands."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..results import Page
    from ..terminal_safety import Sink

    Writer = Callable[[Page, Sink], None]


_MODULES = {
    "text": "hits_text",
    "json": "hits_data",
    "jsonl": "hits_data",
    "csv": "hits_data",
    "ids": "hits_data",
    "trec": "hits_data",
    "markdown": "markdown_report",
    "html": "html_report",
}


def _writer(format_name: str) -> Callable[..., None]:
    """Returns ``write_FORMAT`` of its module, which is imported when there is something to write."""

    def write(*arguments: Any, **options: Any) -> None:
        getattr(import_module(f".{_MODULES[format_name]}", __package__), f"write_{format_name}")(*arguments, **options)

    return write


REPORTS: dict[str, Callable[..., None]] = {name: _writer(name) for name in ("markdown", "html")}
"""The formats that also tell how the page was asked for: they take ``filters`` and ``sort`` besides."""

FORMATS: dict[str, Writer] = {name: _writer(name) for name in ("text", "json", "jsonl", "csv", "ids", "trec")} | REPORTS
"""Every format a page can be written in, by its name on the command line."""

WITH_FIELDS: dict[str, Callable[..., None]] = {name: _writer(name) for name in ("json", "jsonl", "csv")}
"""The formats whose writers take ``fields``, which of a hit to write."""
