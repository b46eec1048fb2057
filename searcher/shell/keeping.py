"""Commands that keep something: saved searches, and hits written to a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..clean import Sink, one_line
from ..results import Page
from .listing import Chosen, Search
from .messages import ShellError
from .saved import SavedSearch, Seen

if TYPE_CHECKING:
    from .session import Session

MOST_EXPORTED = 1000
_MOST_SEEN = 10_000  # articles of a saved search that are remembered, the newest

_Writer = Callable[[Page, Sink], None]
_FORMAT_OF_SUFFIX = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json",
    ".jsonl": "jsonl", ".ids": "ids", ".trec": "trec", ".run": "trec",
}  # fmt: skip
_CITATION_OF_SUFFIX = {".bib": "bibtex", ".ris": "ris"}


def save(session: Session, typed: str) -> None:
    """Keeps the search under a name, and the articles there are now as known."""
    if not typed:
        raise ShellError(session.usage("save"))
    if session.search is None:
        raise ShellError(session.words("no hits"))
    seen = _seen(session, session.search)
    session.saved.put(SavedSearch(typed, session.search, {session.index_name: seen}))
    session.say("saved", name=one_line(typed))


def run(session: Session, typed: str) -> None:
    """Searches again for what was saved. What is new since last time is shown, or everything when nothing is."""
    if not typed:
        raise ShellError(session.usage("run"))
    saved = session.saved.get(typed)
    before = saved.seen.get(session.index_name)
    session.take(saved.search)
    found = saved.search.all_by_date(session.searcher, _MOST_SEEN)
    fresh = tuple(hit for hit in found if not before.has(hit.id)) if before else ()
    if before is None:
        session.say("saved elsewhere")
        session.show_page(saved.search)
    elif not fresh:
        session.say("nothing new", day=_day(session, before))
        session.show_page(saved.search)
    else:
        session.say("new", count=len(fresh), day=_day(session, before), total=len(found), name=saved.name)
        session.show_page(Chosen(saved.search, fresh))
    known = Seen.now(hit.id for hit in found)
    session.saved.put(SavedSearch(saved.name, saved.search, saved.seen | {session.index_name: known}))


def saved(session: Session, typed: str = "") -> None:
    """Lists the saved searches."""
    searches = session.saved.all()
    if not searches:
        raise ShellError(session.words("none saved"))
    session.list_pairs(
        (one_line(each.name), " · ".join(filter(None, (each.search.text, each.search.standing.told(session.language)))))
        for each in searches
    )


def forget(session: Session, typed: str) -> None:
    """Forgets a saved search."""
    if not typed:
        raise ShellError(session.usage("forget"))
    session.saved.remove(typed)
    session.say("forgotten", name=one_line(typed))


def export(session: Session, typed: str, *, overwrite: bool = False) -> None:
    """Writes the hits of what is listed to a file, in the format that its ending tells."""
    if not typed:
        raise ShellError(session.usage("export"))
    if session.listing is None:
        raise ShellError(session.words("no hits"))
    path = Path(typed).expanduser()
    write = _writer(session, path.suffix.lower())
    page = session.listing.page(session.searcher, 0, MOST_EXPORTED)
    told = io.StringIO(newline="")
    write(page, told)
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(told.getvalue())
    except FileExistsError as error:
        raise ShellError(session.words("exists", file=one_line(typed))) from error
    session.say("exported", count=len(page), total=page.total, file=one_line(typed))


def _writer(session: Session, suffix: str) -> _Writer:
    """What writes a page to a file with this ending."""
    from ..output import FORMATS, REPORTS
    from ..output.citations import CITATION_FORMATS

    if suffix in _CITATION_OF_SUFFIX:
        write_one = CITATION_FORMATS[_CITATION_OF_SUFFIX[suffix]]

        def write_all(page: Page, out: Sink) -> None:
            for hit in page:
                write_one(hit.article, out)

        return write_all
    name = _FORMAT_OF_SUFFIX.get(suffix)
    if name is None:
        raise ShellError(session.usage("export"))
    if name in REPORTS:
        filters, sort = session.standing.arguments(), session.sort
        return lambda page, out: REPORTS[name](page, out, filters=filters, sort=sort)
    return FORMATS[name]


def _seen(session: Session, search: Search) -> Seen:
    return Seen.now(hit.id for hit in search.all_by_date(session.searcher, _MOST_SEEN))


def _day(session: Session, seen: Seen) -> str:
    from ..output.moments import both_calendars, in_digits

    return in_digits(both_calendars(seen.at, session.settings.calendar), session.settings.digits)
