"""``khabarjoo similar``: articles like one that is known."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..output import FORMATS
from ..output.text import write_text
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option, limit_option
from .settings import bidi_option, settings
from .streams import raw_output


@click.command()
@index_option
@limit_option(None, "Articles shown.")
@format_option(FORMATS, "text")
@bidi_option
@click.argument("id")
def similar(folder: Path | None, limit: int, format_name: str, id: str) -> int:
    """Find articles about the same things as another.

    They are found by the words that tell that article from the rest, the most alike first.

    \b
    Examples:
      khabarjoo similar a01
      khabarjoo similar a01 --limit 3 --format json
    """
    with open_index(folder) as index:
        page = index.similar(id, limit=limit)
        if format_name == "text":
            write_text(page, sys.stdout, settings=settings())
        else:
            FORMATS[format_name](page, raw_output())
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND
