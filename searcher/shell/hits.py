"""Commands on hits and pages of hits: open, cite, find similar ones, turn the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clean import one_line
from .command import number_in
from .listing import Alike
from .messages import ShellError

if TYPE_CHECKING:
    from ..results import Hit
    from .session import Session


def open_hit(session: Session, typed: str) -> None:
    """Shows a whole article, with the words that match the query marked."""
    from ..output.article import Marks, write_article_text

    hit = _hit(session, typed, "open")
    article = session.searcher.article(hit.id)
    query = session.query_searched
    marks = Marks(*session.searcher.mark(article, query)) if query else None
    session.show(lambda out: write_article_text(article, marks, out, settings=session.settings))


def similar(session: Session, typed: str) -> None:
    """Lists the articles most like a hit."""
    hit = _hit(session, typed, "similar")
    session.show_page(Alike(hit.id), heading=session.words("similar", number=hit.rank, title=one_line(hit.title)))


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
