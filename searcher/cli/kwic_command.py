"""``khabarjoo kwic`` and ``terms``: how words are used, for those who study the language of the news."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..output.messages import note, tell_partial
from .cli_messages import message
from .opening import open_index
from .options import Indexes, filter_options, format_option, indexes_option, limit_option, settings
from .query_words import QueryCommand, whole_phrases
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from ..concordance import By
    from ..query.plan import Filters
    from ..results import PeriodName

_FORMATS = ("text", "json", "csv")  # their writers are imported when there is something to write


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@click.option(
    "--sort",
    "by",
    type=click.Choice(["following", "preceding", "article"]),
    default="following",
    show_default=True,
    help="By the words after the match, by those before it, or the best articles first.",
)
@limit_option(100, "Lines shown.")
@click.option(
    "--articles",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Articles read, the best first.",
)
@format_option(_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def kwic(
    folder: Indexes,
    by: By,
    limit: int,
    articles: int,
    format_name: str,
    words: Sequence[str],
    filters: Filters,
) -> int:
    """Show every place where words stand, with what is around them.

    A concordance: the match in the middle, lines sorted in the order of the Persian alphabet by what follows. A
    phrase is found as a whole only. Standard error says how many places there are, and in how many articles.

    \b
    Examples:
      khabarjoo kwic خشکسالی
      khabarjoo kwic «سازمان ملل» --sort preceding --since ۱۴۰۰
      khabarjoo kwic دانشگاه* --limit 1000 --format csv > usage.csv
    """
    from ..output.concordance_lines import CONCORDANCE_FORMATS, write_concordance_text

    with open_index(folder) as index:
        found = index.concordance(" ".join(words), by=by, limit=limit, articles=articles, filters=filters)
    chosen = settings()
    language = chosen.language_of_messages()
    tell_partial(found.partial, chosen)
    if format_name == "text":
        key = "places" if found.articles == found.found else "best places"
        told = [message(key, language, total=found.total, articles=found.articles, found=found.found)]
        if len(found.places) < found.total:
            told.append(message("shown", language, count=len(found.places)))
        note(" · ".join(told), chosen)
        write_concordance_text(found, sys.stdout, settings=chosen)
    else:
        CONCORDANCE_FORMATS[format_name](found, raw_output())
    return Exit.FOUND if found.places else Exit.NOTHING_FOUND


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(["month", "season", "year"]),
    help="The periods counted over, in the Jalali calendar. [default: what suits the span]",
)
@limit_option(20, "Words shown where none is named.")
@format_option(_FORMATS, "text")
@click.argument("words", nargs=-1, metavar="[TERM]...")
def terms(
    folder: Indexes,
    by: PeriodName | None,
    limit: int,
    format_name: str,
    words: Sequence[str],
    filters: Filters,
) -> int:
    """Tell how often words are used, in how many articles, and when.

    Each argument is a term: a word in any of its forms, =word in this very one, دانشگاه* or «a phrase». Without
    any, the commonest forms of all are told. The json format has the articles of every period.

    \b
    Examples:
      khabarjoo terms خشکسالی سیل «کم آبی»
      khabarjoo terms --by year --format csv دلار یورو > currencies.csv
      khabarjoo terms --limit 50
    """
    from ..output.term_table import TERM_FORMATS, write_terms_text
    from ..term_counts import commonest

    with open_index(folder) as index:
        chosen_terms = whole_phrases(words) or [f"={form}" for form in commonest(index, limit)]
        found = [index.term(term, by=by, filters=filters) for term in chosen_terms]
    chosen = settings()
    for each in found:
        tell_partial(each.partial, chosen)
    if format_name == "text":
        write_terms_text(found, sys.stdout, settings=chosen)
    else:
        TERM_FORMATS[format_name](found, raw_output())
    return Exit.FOUND if any(each.articles for each in found) else Exit.NOTHING_FOUND
