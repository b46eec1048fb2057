"""Commands on how the search is seen: its order and format, counts over it, and how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .command import number_in
from .listing import Search
from .messages import ShellError

if TYPE_CHECKING:
    from ..engine import Sort
    from ..results import FacetName, PeriodName
    from .session import Session

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
    from ..output.tally import tally
    from ..output.timeline import write_timeline_text

    search = _search(session)
    by = cast("PeriodName | None", session.choice("timeline", typed))
    found = session.searcher.timeline(search.text, by=by, **search.standing.arguments())
    session.tell(tally(found, session.language))
    session.show(lambda out: write_timeline_text(found, out, settings=session.settings))


def facets(session: Session, typed: str) -> None:
    """Counts the articles of the search by outlet, category, tag and date."""
    from ..output.facets import write_facets_text
    from ..output.tally import tally

    search = _search(session)
    by = cast("FacetName | None", session.choice("facets", typed))
    found = session.searcher.facets(
        search.text, by=(by,) if by else _FACETS, limit=_NAMES_OF_A_FACET, **search.standing.arguments()
    )
    session.tell(tally(found, session.language))
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
