"""Commands on the filters in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .session import Session


def set_filter(session: Session, typed: str, *, name: str) -> None:
    """Puts a filter in force, or drops it when nothing is typed, and searches again."""
    session.narrow(session.standing.with_filter(name, typed))
    tell_filters(session)


def clear(session: Session, typed: str) -> None:
    """Drops one filter, or all, and searches again."""
    session.narrow(session.standing.without(session.choice("clear", typed) or ""))
    tell_filters(session)


def tell_filters(session: Session, typed: str = "") -> None:
    """Tells the filters in force."""
    session.tell(session.standing.told(session.language) or session.words("no filters"))
