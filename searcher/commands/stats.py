"""``khabarjoo stats``: what an index holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..output.statistics import STATS_FORMATS
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option


@click.command()
@index_option
@format_option(STATS_FORMATS, "text")
def stats(folder: Path | None, format_name: str) -> int:
    """Tell what the index holds.

    How many articles, of which dates, sources and categories; how many terms; its size and analyzer version.

    \b
    Examples:
      khabarjoo stats
      khabarjoo stats --index archive.index --format json
    """
    with open_index(folder) as index:
        STATS_FORMATS[format_name](index.stats(), sys.stdout)
    return Exit.FOUND
