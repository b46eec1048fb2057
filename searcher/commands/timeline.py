"""``khabarjoo timeline``: when the articles that answer a query were published."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from ..output.notices import note
from ..output.tally import tally
from ..output.timeline import TIMELINE_FORMATS, write_timeline_text
from .exits import Exit
from .opening import open_index
from .options import filter_options, format_option, index_option
from .settings import bidi_option, settings

if TYPE_CHECKING:
    from ..output.report import Filters
    from ..results import PeriodName


@click.command()
@index_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(["month", "season", "year"]),
    help="What a bar stands for, in the Jalali calendar. [default: what suits the span]",
)
@format_option(TIMELINE_FORMATS, "text")
@bidi_option
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def timeline(
    folder: Path | None,
    by: PeriodName | None,
    format_name: str,
    words: Sequence[str],
    **filters: Unpack[Filters],
) -> int:
    """Show how many articles there are from month to month.

    The articles with all words of the query are counted or, when none has all, those with any: standard error
    says which, and how many have no date. Months, seasons and years are those of the Jalali calendar; those
    without an article are shown too, but for long gaps, which take one line.

    \b
    Examples:
      khabarjoo timeline خشکسالی
      khabarjoo timeline زلزله --since ۱۳۹۶ --by month
      khabarjoo timeline بودجه --source ایلنا --format csv > budget.csv
    """
    with open_index(folder) as index:
        found = index.timeline(" ".join(words), by=by, **filters)
    chosen = settings()
    if format_name == "text" or found.words == "any" or found.undated:
        note(tally(found, chosen.language_of_messages()), chosen)
    if format_name == "text":
        write_timeline_text(found, sys.stdout, settings=chosen)
    else:
        TIMELINE_FORMATS[format_name](found, sys.stdout)
    return Exit.FOUND if found.articles else Exit.NOTHING_FOUND
