"""``khabarjoo search``: one query, one page of hits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..output import FORMATS
from ..output.ids import write_ids
from ..output.notices import counts, note, suggestion
from .exits import Exit
from .opening import open_index
from .options import format_option, index_option, limit_option
from .streams import raw_output

if TYPE_CHECKING:
    from ..engine import Sort


@click.command()
@index_option
@limit_option(10, "Hits shown.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Hits to leave out first.")
@click.option("--since", metavar="DATE", help="Published on this day or later, in either calendar.")
@click.option("--until", metavar="DATE", help="Published on this day or earlier.")
@click.option("--source", multiple=True, metavar="NAME", help="Of this outlet. May be given again.")
@click.option("--category", multiple=True, metavar="NAME", help="Of this category. May be given again.")
@click.option("--tag", multiple=True, metavar="NAME", help="With this tag. May be given again.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="The best answer first, or by date.",
)
@format_option(FORMATS, "text")
@click.option("-0", "--null", "nul", is_flag=True, help="End each id with NUL, for xargs -0.")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def search(
    folder: Path | None,
    limit: int,
    offset: int,
    since: str | None,
    until: str | None,
    source: Sequence[str],
    category: Sequence[str],
    tag: Sequence[str],
    sort: Sort,
    format_name: str,
    nul: bool,
    words: Sequence[str],
) -> int:
    """Find articles, the best answer first.

    Articles with any of the words are found. Put -- before a query that begins with a dash. Counts and the
    time go to standard error, hits to standard output; matched words are coloured on a terminal, and plain
    elsewhere or when NO_COLOR is set.

    \b
    Examples:
      khabarjoo search همکاری‌های جهاد دانشگاهی
      khabarjoo search زلزله --since ۱۴۰۱/۰۶ --until 2023-12-31 --sort newest
      khabarjoo search بودجه --source ایلنا --format csv > budget.csv
      khabarjoo search قم --format ids -0 | xargs -0 -n1 khabarjoo show
    """
    if nul and format_name != "ids":
        raise click.UsageError("-0 goes with --format ids only")
    write = partial(write_ids, end="\0") if nul else FORMATS[format_name]
    with open_index(folder) as index:
        page = index.search(
            " ".join(words), limit=limit, offset=offset, since=since, until=until,
            source=source or None, category=category or None, tag=tag or None, sort=sort,
        )  # fmt: skip
        if format_name == "text":
            note(counts(page, by_date=sort != "relevance"))
        if hint := suggestion(page):
            note(hint)
        write(page, sys.stdout if format_name == "text" else raw_output())
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND
