"""``khabarjoo shell``: questions and answers until the reader leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .exits import Exit
from .opening import open_index
from .options import index_option, limit_option
from .streams import text_lines


@click.command()
@index_option
@limit_option(None, "Hits shown for each query.")
def shell(folder: Path | None, limit: int) -> int:
    """Search interactively.

    Each line is a query; 3 opens the third hit; \\help tells the rest. Ctrl-C leaves the line, Ctrl-D the
    shell. Lines can be piped in, too.

    \b
    Examples:
      khabarjoo
      khabarjoo shell --index archive.index
      echo 'جهاد دانشگاهی' | khabarjoo shell
    """
    from ..shell.session import converse

    with open_index(folder) as index:
        converse(index, None if sys.stdin.isatty() else text_lines(sys.stdin.buffer), limit=limit)
    return Exit.FOUND
