"""``khabarjoo facets``, ``timeline`` and ``stats``: counts over what was found and over the whole index."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..output.counts import FACET_FORMATS, TIMELINE_FORMATS, tally, write_facets_text, write_timeline_text
from ..output.messages import note, tell_partial, tell_remarks
from ..output.statistics import STATS_FORMATS
from .opening import open_index
from .options import Indexes, filter_options, format_option, indexes_option, limit_option, settings
from .query_words import QueryCommand
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from ..query.plan import Filters
    from ..results import FacetName, PeriodName, Timeline

_LENGTHS: tuple[PeriodName, ...] = ("month", "season", "year")


def coarsest(timelines: Sequence[Timeline]) -> PeriodName:
    """Returns the longest of the periods that some timelines count by."""
    return max((each.by for each in timelines), key=_LENGTHS.index)


_NAMES: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")
_CHOICES: tuple[FacetName, ...] = (*_NAMES, "speaker")


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(_CHOICES),
    multiple=True,
    help="Count by this. May be given again. [default: all but speaker]",
)
@limit_option(10, "Names shown of each kind.")
@format_option(FACET_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def facets(
    folder: Indexes,
    by: Sequence[FacetName],
    limit: int,
    format_name: str,
    words: Sequence[str],
    filters: Filters,
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
        found = index.facets(" ".join(words), by=by or _NAMES, limit=limit, filters=filters)
    chosen = settings()
    tell_remarks(found.notes, chosen)
    tell_partial(found.partial, chosen)
    if format_name == "text" or found.words == "any":
        note(tally(found, chosen.language_of_messages()), chosen)
    if format_name == "text":
        write_facets_text(found, sys.stdout, settings=chosen)
    else:
        FACET_FORMATS[format_name](found, raw_output())
    return Exit.FOUND if found.articles else Exit.NOTHING_FOUND


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(["month", "season", "year"]),
    help="What a bar stands for, in the Jalali calendar. [default: what suits the span]",
)
@click.option("--versus", metavar="QUERY", multiple=True, help="Another query to count beside. May be given again.")
@format_option(TIMELINE_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def timeline(
    folder: Indexes,
    by: PeriodName | None,
    versus: Sequence[str],
    format_name: str,
    words: Sequence[str],
    filters: Filters,
) -> int:
    """Show how many articles there are from month to month.

    The articles with all words of the query are counted or, when none has all, those with any: standard error
    says which, and how many have no date. Months, seasons and years are those of the Jalali calendar; those
    without an article are shown too, but for long gaps, which take one line. Queries given with --versus are
    counted beside, in the same periods.

    \b
    Examples:
      khabarjoo timeline خشکسالی
      khabarjoo timeline زلزله --since ۱۳۹۶ --by month
      khabarjoo timeline زلزله --versus سیل --versus آتش‌سوزی
      khabarjoo timeline بودجه --source ایلنا --format csv > budget.csv
    """
    with open_index(folder) as index:
        found = [index.timeline(query, by=by, filters=filters) for query in (" ".join(words), *versus)]
        if len(found) > 1 and by is None:
            by = coarsest(found)
            found = [index.timeline(each.query, by=by, filters=filters) for each in found]
    chosen = settings()
    language = chosen.language_of_messages()
    for each in found:
        tell_remarks(each.notes, chosen)
        tell_partial(each.partial, chosen)
        if format_name == "text" or each.words == "any" or each.undated:
            note(f"{each.query}: {tally(each, language)}" if versus else tally(each, language), chosen)
    if versus:
        from ..output.comparison import COMPARISON_FORMATS, write_comparison_text

        if format_name == "text":
            write_comparison_text(found, sys.stdout, settings=chosen)
        else:
            COMPARISON_FORMATS[format_name](found, raw_output())
    elif format_name == "text":
        write_timeline_text(found[0], sys.stdout, settings=chosen)
    else:
        TIMELINE_FORMATS[format_name](found[0], sys.stdout)
    return Exit.FOUND if any(each.articles for each in found) else Exit.NOTHING_FOUND


@click.command()
@indexes_option
@format_option(STATS_FORMATS, "text")
def stats(folder: Indexes, format_name: str) -> int:
    """Tell what the index holds.

    How many articles, of which dates, sources and categories; how many terms; its size and analyzer version.

    \b
    Examples:
      khabarjoo stats
      khabarjoo stats --index archive.index --format json
    """
    with open_index(folder) as index:
        STATS_FORMATS[format_name](index.stats(), sys.stdout)
    return Exit.FOUND
