"""``khabarjoo facets``: what the articles that answer a query have in common."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from ..output.facets import FACET_FORMATS, write_facets_text
from ..output.notices import note
from ..output.tally import tally
from .exits import Exit
from .opening import open_index
from .options import filter_options, format_option, index_option, limit_option
from .settings import bidi_option, settings
from .streams import raw_output

if TYPE_CHECKING:
    from ..output.report import Filters
    from ..results import FacetName

_NAMES: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")


@click.command()
@index_option
@filter_options
@click.option(
    "--by", type=click.Choice(_NAMES), multiple=True, help="Count by this. May be given again. [default: all]"
)
@limit_option(10, "Names shown of each kind.")
@format_option(FACET_FORMATS, "text")
@bidi_option
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def facets(
    folder: Path | None,
    by: Sequence[FacetName],
    limit: int,
    format_name: str,
    words: Sequence[str],
    **filters: Unpack[Filters],
) -> int:
    """Count articles by outlet, category, tag and date.

    The articles with all words of the query are counted or, when none has all, those with any: standard error
    says which. The commonest names come first. Years and months are those of the Jalali calendar.

    \b
    Examples:
      khabarjoo facets خشکسالی
      khabarjoo facets زلزله --by source --by year --limit 5
      khabarjoo facets بودجه --since ۱۴۰۰ --format json
    """
    with open_index(folder) as index:
        found = index.facets(" ".join(words), by=by or _NAMES, limit=limit, **filters)
    chosen = settings()
    if format_name == "text" or found.words == "any":
        note(tally(found, chosen.language_of_messages()), chosen)
    if format_name == "text":
        write_facets_text(found, sys.stdout, settings=chosen)
    else:
        FACET_FORMATS[format_name](found, raw_output())
    return Exit.FOUND if found.articles else Exit.NOTHING_FOUND
