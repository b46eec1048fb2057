"""``khabarjoo run``: saved searches again, all of what they find or what is new, for cron."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from ..config import default_folder
from ..output.messages import note
from ..output.styles import is_terminal
from ..terminal_safety import one_line
from .cli_messages import message
from .opening import open_index
from .options import (
    Indexes,
    fields_option,
    format_option,
    hits_option,
    indexes_option,
    is_limited_by_default,
    settings,
    shell_word,
)
from .search_command import PAGE_FORMATS, write_page, writer_of
from .streams import Exit

if TYPE_CHECKING:
    from ..engine import Sort
    from ..query.plan import Filters
    from ..results import Page
    from ..searcher import Searcher
    from ..shell.saved_searches import SavedSearch, SavedSearches, Seen
    from ..terminal_safety import Sink

_MOST_KNOWN = 10_000  # articles of a saved search that are remembered, the newest


def _complete_saved(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    """Names of saved searches that begin as typed so far."""
    from ..shell.shell_messages import ShellError

    try:
        return [shell_word(name) for name in _searches().names() if name.startswith(start)]
    except (ShellError, OSError):
        return []


@click.command()
@indexes_option
@click.option("--new", "only_new", is_flag=True, help="Show what was not there the last time.")
@click.option("--forget", is_flag=True, help="Forget the search.")
@hits_option("Hits shown, or all; with --new, of which the others stay new. With --new all are shown by default.")
@format_option(PAGE_FORMATS, "text")
@fields_option
@click.argument("name", required=False, shell_complete=_complete_saved)
@click.pass_context
def run(
    ctx: click.Context,
    folder: Indexes,
    only_new: bool,
    forget: bool,
    limit: int | None,
    format_name: str,
    fields: Sequence[str],
    name: str | None,
) -> int:
    """Search again for what was saved.

    Searches are saved with khabarjoo search --save NAME, and with \\save in the shell. Without NAME, all are
    listed. With --new only articles are shown that were not there when the search was saved or last run so, and
    these are known from then on; where there are none, nothing is written and the exit code is 1. So cron mails
    what is new, and nothing when nothing is. What is new is looked for among the articles that have all words of
    the query, or any when none has all.

    \b
    Examples:
      khabarjoo search زلزله --source ایسنا --save quakes
      khabarjoo run quakes
      khabarjoo run quakes --new --format jsonl >> quakes.jsonl
      khabarjoo run --forget quakes
    """
    searches = _searches()
    if name is None:
        if only_new or forget:
            raise click.UsageError("name a saved search; khabarjoo run lists them", ctx)
        return _list(searches.all())
    saved = _named(searches, name, ctx)
    if forget:
        searches.remove(name)
        _say("forgotten", name=saved.name)
        return Exit.FOUND
    search = saved.search
    write = writer_of(format_name, fields, filters=search.standing, sort=search.sort)
    with open_index(folder or default_folder()) as index:  # what was saved was not asked of the sample
        if only_new:
            most = _MOST_KNOWN if limit is None or is_limited_by_default() else limit
            return _show_new(index, searches, saved, write, format_name, most)
        page = search.page(index, 0, len(index) if limit is None else limit)
        write_page(page, write, format_name, sort=search.sort)
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND


def keep(index: Searcher, name: str, query: str, filters: Filters, sort: Sort, *, folds: bool) -> None:
    """Saves a search under a name, the articles it finds now as known. Raises UsageError for a name that cannot be."""
    from ..shell.listing import Search
    from ..shell.saved_searches import SavedSearch, Seen
    from ..shell.shell_messages import ShellError

    search = Search(query, filters, sort, folds)
    seen = Seen.now(hit.id for hit in search.all_by_date(index, _MOST_KNOWN))
    try:
        _searches().put(SavedSearch(name, search, {index.name: seen}))
    except ShellError as error:
        raise click.UsageError(str(error)) from error
    told = one_line(search.told(settings().language_of_messages()))
    _say("saved", name=one_line(name), search=told, word=shell_word(one_line(name)))


def _searches() -> SavedSearches:
    """The searches of the shell."""
    from ..shell.history import state_folder
    from ..shell.saved_searches import SavedSearches

    return SavedSearches(state_folder() / "saved.json", settings().language_of_messages())


def _named(searches: SavedSearches, name: str, ctx: click.Context) -> SavedSearch:
    from ..shell.shell_messages import ShellError

    try:
        return searches.get(name)
    except ShellError as error:
        names = ", ".join(searches.names())
        raise click.UsageError(f"{error}; there are: {names}" if names else str(error), ctx) from error


def _list(searches: Sequence[SavedSearch]) -> int:
    """Writes each search on a line: its name, a tab, its query and filters."""
    language = settings().language_of_messages()
    for saved in searches:
        print(f"{one_line(saved.name)}\t{one_line(saved.search.told(language))}")
    if not searches:
        _say("none saved")
    return Exit.FOUND if searches else Exit.NOTHING_FOUND


def _show_new(
    index: Searcher,
    searches: SavedSearches,
    saved: SavedSearch,
    write: Callable[[Page, Sink], None],
    format_name: str,
    limit: int,
) -> int:
    """Writes what is new, then remembers it; what was not written stays new."""
    from ..shell.listing import Chosen

    before = saved.seen.get(index.name)
    found = saved.search.all_by_date(index, _MOST_KNOWN)
    fresh = [hit for hit in found if before is not None and not before.has(hit.id)]
    if before is not None and fresh:
        _say("new" if found.total_all else "new, any", count=len(fresh), day=_day(before), total=len(found))
        page = Chosen(saved.search, tuple(fresh)).page(index, 0, limit)
        write_page(page, write, format_name, sort=saved.search.sort, counted=False)
        sys.stdout.flush()
    elif is_terminal(sys.stderr):  # nothing is said to cron
        _say("nothing new", day=_day(before)) if before else _say("first run", total=len(found))
    waiting = {hit.id for hit in fresh[limit:]}
    searches.know(saved.name, index.name, (hit.id for hit in found if hit.id not in waiting))
    return Exit.FOUND if fresh else Exit.NOTHING_FOUND


def _day(seen: Seen) -> str:
    from ..output.publication_dates import both_calendars, in_digits

    chosen = settings()
    return in_digits(
        both_calendars(seen.at, chosen.calendar, slashes=chosen.language_of_messages() == "fa"), chosen.digits
    )


def _say(key: str, **facts: object) -> None:
    chosen = settings()
    note(message(key, chosen.language_of_messages(), **facts), chosen)
