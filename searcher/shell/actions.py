"""Carries out the shell's commands: on hits and pages, filters, views, saved searches, and help."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..output.messages import tell_partial
from ..results import Page
from ..terminal_safety import Sink, one_line
from .command_table import PREFIX, Argument, Command, number_in
from .listing import Alike, Chosen, Search
from .saved_searches import SavedSearch, Seen
from .shell_messages import ShellError
from .standing_filters import told, with_filter, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..engine import Sort
    from ..results import FacetName, Hit, PeriodName
    from .session import Session


def set_filter(session: Session, typed: str, *, name: str) -> None:
    """Puts a filter in force, or drops it when nothing is typed, and searches again."""
    session.narrow(with_filter(session.standing, name, typed))
    tell_filters(session)


def clear(session: Session, typed: str) -> None:
    """Drops one filter, or all, and searches again."""
    session.narrow(without(session.standing, session.choice("clear", typed) or ""))
    tell_filters(session)


def tell_filters(session: Session, typed: str = "") -> None:
    """Tells the filters in force."""
    session.tell(told(session.standing, session.language) or session.words("no filters"))


def open_hit(session: Session, typed: str) -> None:
    """Shows a whole article, with the words that match the query marked."""
    from ..output.article_text import Marks, write_article_text

    hit = _hit(session, typed, "open")
    article = session.searcher.article(hit.id)
    query = session.query_searched
    marks = Marks(*session.searcher.mark(article, query)) if query else None
    session.show(lambda out: write_article_text(article, marks, out, settings=session.settings))


def similar(session: Session, typed: str) -> None:
    """Lists the articles most like a hit."""
    hit = _hit(session, typed, "similar")
    session.show_page(Alike(hit.id), heading=session.words("similar", number=hit.rank, title=one_line(hit.heading)))


def cite(session: Session, typed: str) -> None:
    """Writes a citation of a hit, in the format named after its number."""
    from ..output.citations import CITATION_FORMATS

    number, _, style = typed.partition(" ")
    hit = _hit(session, number, "cite")
    CITATION_FORMATS[session.choice("cite", style) or "text"](session.searcher.article(hit.id), session.raw_out)


def next_page(session: Session, typed: str = "") -> None:
    """Shows the hits after those shown."""
    page = session.page
    if page is None or session.listing is None:
        raise ShellError(session.words("no hits"))
    if page.offset + len(page) >= page.total or len(page) < session.limit:
        raise ShellError(session.words("last page"))
    session.show_page(session.listing, page.offset + len(page))


def previous_page(session: Session, typed: str = "") -> None:
    """Shows the hits before those shown."""
    page = session.page
    if page is None or session.listing is None:
        raise ShellError(session.words("no hits"))
    if not page.offset:
        raise ShellError(session.words("first page"))
    session.show_page(session.listing, max(page.offset - session.limit, 0))


def _hit(session: Session, typed: str, command: str) -> Hit:
    """The hit of the number typed."""
    number = number_in(typed)
    if number is None:
        raise ShellError(session.usage(command))
    hit = session.shown.get(number)
    if hit is None:
        raise ShellError(session.words("no hit", number=typed.strip()))
    return hit


_FACETS: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")
_NAMES_OF_A_FACET = 10
_MOST_HITS = 1000  # of a page


def sort(session: Session, typed: str) -> None:
    """Sets the order of hits, and searches again; alone, tells it."""
    if typed:
        session.reorder(cast("Sort", session.choice("sort", typed)))
    else:
        session.say("sort", value=session.sort)


def set_format(session: Session, typed: str) -> None:
    """Sets how hits are written, and writes those shown again; alone, tells it."""
    if typed:
        session.format_name = session.choice("format", typed) or "text"
        session.refresh()
    else:
        session.say("format", value=session.format_name)


def copies(session: Session, typed: str) -> None:
    """Shows copies of an article as one hit or each by itself; alone, tells which."""
    if typed:
        session.folds = session.choice("copies", typed) == "fold"
        session.refresh()
    else:
        session.say("copies folded" if session.folds else "copies shown")


def limit(session: Session, typed: str) -> None:
    """Sets how many hits a page has, and shows the first again; alone, tells it."""
    if typed:
        number = number_in(typed)
        if not number or number > _MOST_HITS:
            raise ShellError(session.words("number", name=session.name_of("limit"), most=_MOST_HITS))
        session.limit = number
        session.refresh()
    else:
        session.say("limit", value=session.limit)


def timeline(session: Session, typed: str) -> None:
    """Shows when the articles of the search were published."""
    from ..output.counts import tally, write_timeline_text

    search = _search(session)
    by = cast("PeriodName | None", session.choice("timeline", typed))
    found = session.searcher.timeline(search.text, by=by, filters=search.standing)
    session.tell(tally(found, session.language))
    tell_partial(found.partial, session.settings)
    session.show(lambda out: write_timeline_text(found, out, settings=session.settings))


def facets(session: Session, typed: str) -> None:
    """Counts the articles of the search by outlet, category, tag and date."""
    from ..output.counts import tally, write_facets_text

    search = _search(session)
    by = cast("FacetName | None", session.choice("facets", typed))
    found = session.searcher.facets(
        search.text, by=(by,) if by else _FACETS, limit=_NAMES_OF_A_FACET, filters=search.standing
    )
    session.tell(tally(found, session.language))
    tell_partial(found.partial, session.settings)
    session.show(lambda out: write_facets_text(found, out, settings=session.settings))


def explain(session: Session, typed: str) -> None:
    """Tells how the query was read or, of a hit, what made its score."""
    from ..output.explanation import write_explanation_text

    search = _search(session)
    if not typed:
        assert session.page is not None
        session.tell(session.page.explanation)
        return
    number = number_in(typed)
    hit = session.shown.get(number) if number is not None else None
    if hit is None:
        raise ShellError(session.words("no hit", number=typed))
    explanation = session.searcher.explain(search.text, hit.id)
    if not explanation.lines:
        raise ShellError(session.words("no scores", number=hit.rank))
    write_explanation_text(explanation, session.raw_out)


def stats(session: Session, typed: str = "") -> None:
    """Tells what the index holds."""
    from ..output.statistics import write_stats_text

    found = session.searcher.stats()
    session.show(lambda out: write_stats_text(found, out))


def _search(session: Session) -> Search:
    """The search that is shown, or that what is shown came from."""
    if session.search is None:
        raise ShellError(session.words("no hits"))
    return session.search


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
        (
            one_line(each.name),
            " · ".join(filter(None, (each.search.text, told(each.search.standing, session.language)))),
        )
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
        filters, sort = session.standing, session.sort
        return lambda page, out: REPORTS[name](page, out, filters=filters, sort=sort)
    return FORMATS[name]


def _seen(session: Session, search: Search) -> Seen:
    return Seen.now(hit.id for hit in search.all_by_date(session.searcher, _MOST_SEEN))


def _day(session: Session, seen: Seen) -> str:
    from ..output.publication import both_calendars, in_digits

    return in_digits(both_calendars(seen.at, session.settings.calendar), session.settings.digits)


# What may be typed that is no command, in both languages.
_LINES = (
    (("زلزله تهران", "search for words; see docs/query-language.md"), ("زلزله تهران", "جست‌وجوی واژه‌ها")),
    (("3", "open the third hit"), ("۳", "باز کردن خبر سوم")),
)
_BESIDE = {"en": "fa", "fa": "en"}


def help(session: Session, typed: str) -> None:
    """Lists the commands, or tells what one does."""
    from .commands import COMMANDS, command_named

    language = session.asked_in
    if typed:
        command = command_named(typed.removeprefix(PREFIX))
        if command is None:
            raise ShellError(session.words("no command", name=typed.removeprefix(PREFIX)))
        session.list_pairs(_details(command, language))
        return
    entries = [entry[language == "fa"] for entry in _LINES]
    entries += [(_names(command, language), command.help[language == "fa"]) for command in COMMANDS]
    session.list_pairs(entries)


def leave(session: Session, typed: str = "") -> None:
    """Ends the session."""
    session.done = True


def _names(command: Command, language: str) -> str:
    """A command as it is typed: with its letters, its first name, and its name in the other language."""
    names = [f"{PREFIX}{command.name(each)}" for each in (language, _BESIDE[language])]
    letters = [letter for letter in command.letters if letter.isascii() == (language == "en")]
    takes = " 3" if letters and command.argument is Argument.HIT else ""
    return " ".join([*(letter + takes for letter in letters), *names])


def _details(command: Command, language: str) -> Iterator[tuple[str, str]]:
    names = command.persian + command.english if language == "fa" else command.names
    yield " ".join(PREFIX + name for name in names), command.help[language == "fa"]
    for choice, persian in command.choices.items():
        yield (
            f"{PREFIX}{command.name(language)} {persian if language == 'fa' else choice}",
            (choice if language == "fa" else persian),
        )
    if not command.choices and command.argument.example:
        yield f"{PREFIX}{command.name(language)} {command.argument.example}", ""
