"""``khabarjoo quotes``: what somebody is reported to have said."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..output.messages import note, note_counts
from ..output.quotes_text import QUOTE_FORMATS, write_quotes_text
from .opening import open_index
from .options import Indexes, filter_options, format_option, indexes_option, limit_option, settings
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from ..query.plan import Filters


@click.command()
@indexes_option
@limit_option(100, "Articles read, the newest first.")
@filter_options
@click.option("--perhaps", is_flag=True, help="Also what is not certain enough to be his, under «شاید».")
@format_option(QUOTE_FORMATS, "text")
@click.argument("name")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
def quotes(
    folder: Indexes,
    limit: int,
    filters: Filters,
    perhaps: bool,
    format_name: str,
    name: str,
    words: Sequence[str],
) -> int:
    """List what somebody is reported to have said.

    Statements come from the newest article to the oldest, with who is reported to say them as it is printed there, the
    outlet and the day; with a query, only those that have all of its words. Only what stands between quotation marks is
    verbatim, and all of it is reported as said, no more. The index must have been made with --speakers.

    \b
    Examples:
      khabarjoo quotes قالیباف
      khabarjoo quotes "محمدباقر قالیباف" تورم --since ۱۴۰۰
      khabarjoo quotes قالیباف --perhaps --format csv > quotes.csv
    """
    with open_index(folder) as index:
        found = index.quotes(name, " ".join(words), perhaps=perhaps, limit=limit, filters=filters)
        chosen = settings()
        language = chosen.language_of_messages()
        for remark in found.notes:
            note(remark.persian if language == "fa" else remark.english, chosen)
        if format_name == "text":
            shown = sum(quote.statement.is_shown for quote in found.quotes)
            read = len({quote.id for quote in found.quotes})
            note_counts(f"{shown:,} statements of {read:,} articles, out of {found.articles:,} that have some")
            write_quotes_text(found, sys.stdout, settings=chosen)
        else:
            QUOTE_FORMATS[format_name](found, raw_output())
    return Exit.FOUND if found.quotes else Exit.NOTHING_FOUND
