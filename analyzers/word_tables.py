"""Our own word tables, in ``data/``: text files of tab-separated cells, each with its source on top."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

LEXICON_TABLES = (
    "broken_plurals.txt",
    "irregular.txt",
    "variants.txt",
    "names.txt",
    "adjectives.txt",
    "indefinites.txt",
    "bound_forms.txt",
    "prefixes.txt",
    "pairs.txt",
    "function_compounds.txt",
    "compounds.txt",
    "given_names.txt",
    "person_names.txt",
    "spoken.txt",
)
"""The tables that are compiled into the lexicon."""

_FOLDER = Path(__file__).with_name("data")  # importlib.resources takes longer to import than these to read


class TableError(Exception):
    """A table has a row with too many or too few cells."""


def read_table(name: str, columns: int) -> Iterator[list[str]]:
    """Yields the rows of one of our tables in ``data/``, split at tabs; blank lines and ``#`` comments are passed over.

    With ``columns`` 0 a row may have any number of cells.
    """
    for number, line in enumerate(table_text(name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns and len(cells) != columns:
            raise TableError(f"{name}, line {number}: {columns} cells wanted, {len(cells)} found")
        yield cells


@lru_cache(maxsize=16)
def table_text(name: str) -> str:
    """Returns the whole text of a table."""
    return (_FOLDER / name).read_text(encoding="utf-8")
