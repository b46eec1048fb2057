"""``khabarjoo show``: one article, whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..output.article import ARTICLE_FORMATS, Marks, write_article_text
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option
from .settings import bidi_option, settings


@click.command()
@index_option
@click.option("--query", metavar="QUERY", help="Mark the words that match this query.")
@format_option(ARTICLE_FORMATS, "text")
@bidi_option
@click.argument("id")
def show(folder: Path | None, query: str | None, format_name: str, id: str) -> int:
    """Print a whole article.

    \b
    Examples:
      khabarjoo show 004_اوچی
      khabarjoo show 004_اوچی --query 'جهاد دانشگاهی' | less -R
      khabarjoo show 004_اوچی --format json
    """
    with open_index(folder) as index:
        article = index.article(id)
        marks = Marks(*index.mark(article, query)) if query else None
        if format_name == "text":
            write_article_text(article, marks, sys.stdout, settings=settings())
        else:
            ARTICLE_FORMATS[format_name](article, marks, sys.stdout)
    return Exit.FOUND
