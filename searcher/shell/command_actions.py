"""Carries out the shell's commands: on hits and pages, filters, views, saved searches, and help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from ..bidi.isolation import isolated
from ..output.messages import tell_partial, tell_remarks
from ..query.plan import Filters
from ..terminal_safety import one_line
from .command_table import PREFIX, Argument, Command, number_in
from .listing import Alike, Chosen, Search
from .saved_searches import SavedSearch, Seen
from .shell_messages import ShellError
from .standing_filters import label, told, with_filter, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..engine import Sort
    from ..results import FacetName, Facets, Hit, PeriodName, Timeline
    from .session import Session
    from .trail import Step


def search(session: Session, typed: str) -> None:
    """Searches for what is typed, be it the number of a hit or the name of a command."""
    if not typed:
        raise ShellError(session.usage("search"))
    session.search_for(typed)


def set_filter(session: Session, typed: str, *, name: str) -> None:
    """Puts a filter in force, or drops it when nothing is typed, and searches again."""
    session.narrow(with_filter(session.standing, name, typed))
    tell_filters(session)


def set_names(session: Session, typed: str, *, name: FacetName) -> None:
    """Puts a filter of names in force and searches again; when nothing is typed, lists the names there are."""
    if typed:
        set_filter(session, typed, name=name)
    else:
        _list_names(session, name)


def _list_names(session: Session, name: FacetName) -> None:
    """Counts the articles of each name: those of the search, else all, as the other filters leave them."""
    from ..output.counts import tally, write_facets_text
    from ..query.query_reading import EVERYTHING

    search, others, language = session.search, without(session.standing, name), session.language
    found = session.searcher.facets(
        search.text if search else EVERYTHING, by=(name,), limit=_NAMES_LISTED, filters=others
    )
    if search is None:
        count = session.words("articles", count=session.figure(found.articles))
    else:
        count = tally(found, language)
    session.tell(" · ".join(filter(None, (one_line(search.text) if search else "", told(others, language), count))))
    tell_remarks(found.notes, session.settings)
    tell_partial(found.partial, session.settings)
    if name in (typed := session.standing.typed()):
        kept = told(Filters.of(**{name: typed[name]}), language)  # type: ignore[arg-type]
        session.say("filter in force", filter=kept, clear=f"{session.name_of('clear')} {label(name, language)}")
    session.show(lambda out: write_facets_text(found, out, settings=session.settings))


def clear(session: Session, typed: str) -> None:
    """Drops one filter, or all, and searches again."""
    session.narrow(without(session.standing, session.choice("clear", typed) or ""))
    tell_filters(session)


def tell_filters(session: Session, typed: str = "") -> None:
    """Tells the filters in force."""
    session.tell(told(session.standing, session.language) or session.words("no filters"))


def open_hit(session: Session, typed: str) -> None:
    """Shows a whole article, with the words that match the query marked; from it one goes on to the next."""
    hit: Hit | None = _hit(session, typed, "open")
    listed = session.page
    while hit is not None:
        asked = _show_article(session, hit)
        hit = (session.beside(hit.rank, asked) or hit) if asked else None
    if session.page is not listed:
        session.write_page()


def _show_article(session: Session, hit: Hit) -> str:
    from ..output.article_text import Marks, write_article_text

    article = session.searcher.article(hit.id)
    query = session.query_searched
    marks = Marks(*session.searcher.mark(article, query)) if query else None
    total = session.page.total if session.page else 0
    place = session.words("hit place", number=session.figure(hit.rank), total=session.figure(total))
    return session.show(
        lambda out: write_article_text(article, marks, out, settings=session.settings), always=True, place=place
    )


def similar(session: Session, typed: str) -> None:
    """Lists the articles most like a hit."""
    hit = _hit(session, typed, "similar")
    session.show_page(Alike(hit.id), heading=session.words("similar", number=hit.rank, title=one_line(hit.heading)))


def next_page(session: Session, typed: str = "") -> None:
    """Shows the hits after those shown."""
    page = session.page
    if page is None or session.listing is None:
        raise ShellError(session.words("no hits"))
    if not session.has_more:
        raise ShellError(session.words("last page"))
    session.show_page(session.listing, page.offset + len(page))


def previous_page(session: Session, typed: str = "") -> None:
    """Shows the hits before those shown."""
    page = session.page
    if page is None or session.listing is None:
        raise ShellError(session.words("no hits"))
    if not page.offset:
        raise ShellError(session.words("first page"))
    before = [offset for offset in session.offsets if offset < page.offset]
    session.show_page(session.listing, max(before, default=max(page.offset - session.limit, 0)))


def back(session: Session, typed: str = "") -> None:
    """Goes back to what was listed before."""
    _go(session, session.trail.back, "no way back")


def forward(session: Session, typed: str = "") -> None:
    """Goes forward again to what was gone back from."""
    _go(session, session.trail.forward, "no way forward")


def _go(session: Session, way: Callable[[Step], Step | None], otherwise: str) -> None:
    present = session.step
    step = way(present) if present else None
    if step is None:
        raise ShellError(session.words(otherwise))
    session.go_to(step)


def _hit(session: Session, typed: str, command: str) -> Hit:
    """The hit of the number typed."""
    number = number_in(typed)
    if number is None:
        raise ShellError(session.usage(command))
    return session.hit(number)


_FACETS: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")
_NAMES_OF_A_FACET = 10
_NAMES_LISTED = 40  # of outlets and the like, where they are asked for alone
_MOST_HITS = 1000  # of a page


def sort(session: Session, typed: str) -> None:
    """Sets the order of hits, and searches again; alone, tells it."""
    if typed:
        session.reorder(cast("Sort", session.choice("sort", typed)))
    else:
        session.say("sort", value=session.command("sort").choice_in(session.sort, session.language))


def set_format(session: Session, typed: str) -> None:
    """Sets how hits are written, and writes those shown again; alone, tells it."""
    if typed:
        session.format_name = session.choice("format", typed) or "text"
        session.refresh()
    else:
        session.say("format", value=session.command("format").choice_in(session.format_name, session.language))


def copies(session: Session, typed: str) -> None:
    """Shows copies of an article as one hit or each by itself; alone, tells which."""
    if typed:
        session.folds = session.choice("copies", typed) == "fold"
        session.refresh()
    else:
        session.say("copies folded" if session.folds else "copies shown")


def limit(session: Session, typed: str) -> None:
    """Sets how many hits a page has, or that they fit the screen, and shows the first again; alone, tells it."""
    if not typed:
        session.say("limit, fitting" if session.fits else "limit", value=session.figure(session.limit))
        return
    number = number_in(typed)
    if number is None and session.command("limit").choose(typed) is not None:
        session.fits, session.limit = True, session.settings.page_size
    elif not number or number > _MOST_HITS:
        raise ShellError(session.words("number", name=session.name_of("limit"), most=_MOST_HITS))
    else:
        session.fits, session.limit = False, number
    session.refresh()


def timeline(session: Session, typed: str) -> None:
    """Shows when the articles of the search were published."""
    from ..output.counts import write_timeline_text

    search = _search(session)
    by = cast("PeriodName | None", session.choice("timeline", typed))
    found = session.searcher.timeline(search.text, by=by, filters=search.standing)
    _tell_counts(session, found)
    session.show(lambda out: write_timeline_text(found, out, settings=session.settings))


def facets(session: Session, typed: str) -> None:
    """Counts the articles of the search by outlet, category, tag and date."""
    from ..output.counts import write_facets_text

    search = _search(session)
    by = cast("FacetName | None", session.choice("facets", typed))
    found = session.searcher.facets(
        search.text, by=(by,) if by else _FACETS, limit=_NAMES_OF_A_FACET, filters=search.standing
    )
    _tell_counts(session, found)
    session.show(lambda out: write_facets_text(found, out, settings=session.settings))


def _tell_counts(session: Session, found: Facets | Timeline) -> None:
    """Tells how many articles were counted, and what is to be said of how they were found."""
    from ..output.counts import tally

    session.tell(tally(found, session.language))
    tell_remarks(found.notes, session.settings)
    tell_partial(found.partial, session.settings)


def explain(session: Session, typed: str) -> None:
    """Tells how the query was read or, of a hit, what made its score."""
    from ..output.explanation import write_explanation_text

    search = _search(session)
    if not typed:
        assert session.page is not None
        session.tell(session.page.explanation)
        return
    number = number_in(typed)
    if number is None:
        raise ShellError(session.usage("explain"))
    hit = session.hit(number)
    explanation = session.searcher.explain(search.text, hit.id, filters=search.standing)
    if not explanation.lines:
        raise ShellError(session.words("no scores", number=hit.rank))
    session.show(lambda out: write_explanation_text(explanation, out, settings=session.settings))


def stats(session: Session, typed: str = "") -> None:
    """Tells what the index holds."""
    from ..output.statistics import write_stats_text

    found = session.searcher.stats()
    session.show(lambda out: write_stats_text(found, out, settings=session.settings))


def _search(session: Session) -> Search:
    """The search that is shown, or that what is shown came from."""
    if session.search is None:
        raise ShellError(session.words("no hits"))
    return session.search


_MOST_SEEN = 10_000  # articles of a saved search that are remembered, the newest


def save(session: Session, typed: str) -> None:
    """Keeps the search under a name, and the articles there are now as known."""
    if not typed:
        raise ShellError(session.usage("save"))
    if session.search is None:
        raise ShellError(session.words("no hits"))
    seen = _seen(session, session.search)
    session.saved.put(SavedSearch(typed, session.search, {session.index_name: seen}))
    session.say("saved", name=one_line(typed), search=one_line(session.search.told(session.language)))


def run(session: Session, typed: str) -> None:
    """Searches again for what was saved, and shows what is new, or all when nothing is; alone, lists what is saved."""
    if not typed:
        saved(session)
        return
    kept = session.saved.get(typed)
    session.renew()
    before = kept.seen.get(session.index_name)
    session.take(kept.search)
    found = kept.search.all_by_date(session.searcher, _MOST_SEEN)
    fresh = tuple(hit for hit in found if not before.has(hit.id)) if before else ()
    if before is None:
        session.say("saved elsewhere")
        session.show_page(kept.search)
    elif not fresh:
        session.say("nothing new", day=_day(session, before))
        session.show_page(kept.search)
    else:
        which = "new" if found.total_all else "new, any"
        session.say(which, count=len(fresh), day=_day(session, before), total=len(found))
        session.say("run again", name=kept.name)
        session.show_page(Chosen(kept.search, fresh))
    session.saved.know(kept.name, session.index_name, (hit.id for hit in found))


def saved(session: Session, typed: str = "") -> None:
    """Lists the saved searches."""
    searches = session.saved.all()
    if not searches:
        raise ShellError(session.words("none saved"))
    session.list_pairs((one_line(each.name), one_line(each.search.told(session.language))) for each in searches)


def forget(session: Session, typed: str) -> None:
    """Forgets a saved search."""
    if not typed:
        raise ShellError(session.usage("forget"))
    session.saved.remove(typed)
    session.say("forgotten", name=one_line(typed))


def _seen(session: Session, search: Search) -> Seen:
    return Seen.now(hit.id for hit in search.all_by_date(session.searcher, _MOST_SEEN))


def _day(session: Session, seen: Seen) -> str:
    from ..output.publication_dates import both_calendars, in_digits

    day = both_calendars(seen.at, session.settings.calendar, slashes=session.language == "fa")
    return in_digits(day, session.settings.digits)


# What may be typed that is no command, in both languages.
_LINES = (
    (("زلزله تهران", "search for words; see docs/query-language.md"), ("زلزله تهران", "جست‌وجوی واژه‌ها")),
    (("3", "open the third hit"), ("۳", "باز کردن خبر سوم")),
    (
        ('"help"', "in quotation marks: search for a word that is a command"),
        ("«خروج»", "در گیومه: جست‌وجوی واژه‌ای که دستور است"),
    ),
)
_BESIDE = {"en": "fa", "fa": "en"}


def help(session: Session, typed: str) -> None:
    """Lists the commands, or tells what one does."""
    from .commands import COMMANDS, command_named

    language = session.asked_in
    if typed:
        command = command_named(typed.removeprefix(PREFIX))
        if command is None:
            raise ShellError(session.unknown(typed.removeprefix(PREFIX)))
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
    names = [isolated(f"{PREFIX}{command.name(each)}") for each in (language, _BESIDE[language])]
    letters = [letter for letter in command.letters if letter.isascii() == (language == "en")]
    takes = f" {Argument.HIT.example_in(language)}" if letters and command.argument is Argument.HIT else ""
    words = [word for word in command.words if word.isascii() == (language == "en")][:2]
    return " ".join([*(letter + takes for letter in letters), *words, *names])


def _details(command: Command, language: str) -> Iterator[tuple[str, str]]:
    names = command.persian + command.english if language == "fa" else command.names
    yield " ".join(isolated(PREFIX + name) for name in names), command.help[language == "fa"]
    for choice, persian in command.choices.items():
        yield (
            f"{PREFIX}{command.name(language)} {persian if language == 'fa' else choice}",
            (choice if language == "fa" else persian),
        )
    if not command.choices and command.argument.example:
        yield f"{PREFIX}{command.name(language)} {command.argument.example_in(language)}", ""
