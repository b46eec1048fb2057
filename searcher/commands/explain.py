"""``khabarjoo explain``: why an article has its score."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..output.explanation import EXPLANATION_FORMATS
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option
from .streams import raw_output


@click.command()
@index_option
@format_option(EXPLANATION_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.argument("id")
def explain(folder: Path | None, format_name: str, words: Sequence[str], id: str) -> int:
    """Tell why an article has its score for a query.

    Each line is what a part of the query adds; together they are the score. When the article does not match,
    there is none, and the exit code is 1. How a query is read is told by: khabarjoo search --explain.

    \b
    Examples:
      khabarjoo explain 'جهاد دانشگاهی' a01
      khabarjoo explain --format json دانشگاه a01
    """
    with open_index(folder) as index:
        explanation = index.explain(" ".join(words), id)
    EXPLANATION_FORMATS[format_name](explanation, sys.stdout if format_name == "text" else raw_output())
    return Exit.FOUND if explanation.lines else Exit.NOTHING_FOUND
