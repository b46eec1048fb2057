"""JSON lines: one hit a line, for tools that read line by line."""

from __future__ import annotations

from ..clean import Sink
from ..results import Page
from .json import dump, hit_record


def write_jsonl(page: Page, out: Sink) -> None:
    """Writes each hit as the JSON object it is in the json format, one a line."""
    for hit in page:
        dump(hit_record(hit), out, indent=None)
