"""``khabarjoo dump``: every article, for other programs and for another index."""

from __future__ import annotations

import sys

import click

from ..output.article_dump import write_dump
from ..output.messages import note_counts
from .opening import open_index
from .options import Indexes, indexes_option
from .streams import Exit


@click.command()
@indexes_option
def dump(folder: Indexes) -> int:
    """Write all articles with their texts, a line of JSON each.

    The lines can be read by any program, and by khabarjoo index, which makes the same articles of them, with the same
    ids. The file an article came from is told as its origin.

    \b
    Examples:
      khabarjoo dump > all.jsonl
      khabarjoo dump | gzip > all.jsonl.gz
      khabarjoo dump --index old.index | khabarjoo index --index new.index -
    """
    with open_index(folder) as index:
        write_dump(index, sys.stdout)
        if not sys.stdout.isatty():
            note_counts(f"{len(index):,} articles written")
    return Exit.FOUND
