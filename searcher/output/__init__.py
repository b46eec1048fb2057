"""Writers of results. Each takes a page and a text stream and knows nothing of commands."""

from __future__ import annotations

from collections.abc import Callable

from ..clean import Sink
from ..results import Page
from .csv import write_csv
from .ids import write_ids
from .json import write_json
from .jsonl import write_jsonl
from .text import write_text
from .trec import write_trec

Writer = Callable[[Page, Sink], None]

FORMATS: dict[str, Writer] = {
    "text": write_text,
    "json": write_json,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "ids": write_ids,
    "trec": write_trec,
}
"""Every format a page can be written in, by its name on the command line."""
