"""``khabarjoo cite``: citations of articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from index.errors import NoSuchArticle

from ..output.citations import CITATION_FORMATS
from ..output.notices import complain
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option
from .streams import raw_output


@click.command()
@index_option
@format_option(CITATION_FORMATS, "text")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def cite(folder: Path | None, format_name: str, ids: Sequence[str]) -> int:
    """Cite articles, for a text or a reference manager.

    Days are those of both calendars. An id that is of no article is named on standard error, the others are
    cited all the same, and the exit code is 1.

    \b
    Examples:
      khabarjoo cite a01
      khabarjoo cite --format bibtex a01 a02 > news.bib
      khabarjoo search قم --format ids -0 | xargs -0 khabarjoo cite --format ris > news.ris
    """
    write, out = CITATION_FORMATS[format_name], raw_output()
    missing = False
    with open_index(folder) as index:
        for id in dict.fromkeys(ids):
            try:
                article = index.article(id)
            except NoSuchArticle as error:
                complain(error)
                missing = True
            else:
                write(article, out)
    return Exit.NOTHING_FOUND if missing else Exit.FOUND
