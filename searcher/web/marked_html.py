"""Text of articles as HTML: escaped, its matches marked, each fact kept apart so that directions do not mix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup, escape

from ..output.publication import both_calendars, iso
from ..output.report import ISO_DAY, direction
from ..results import Fragment
from ..terminal_safety import clean, one_line

_BEGINNING = 2000  # letters that tell in which direction a text runs


def line(text: str) -> str:
    """The text in one line, without controls that would act on what stands around it."""
    return one_line(text).strip()


def marked(pieces: Iterable[Fragment]) -> Markup:
    """Pieces in one line.

    >>> marked([Fragment("<b>", False), Fragment("باران", True)])
    Markup('&lt;b&gt;<mark>باران</mark>')
    """
    return Markup("").join(
        Markup("<mark>{}</mark>").format(one_line(piece.text)) if piece.match else escape(one_line(piece.text))
        for piece in pieces
    )


def runs(pieces: Sequence[Fragment]) -> str:
    """Which way pieces run, ``rtl`` or ``ltr``."""
    return direction("".join(piece.text for piece in pieces)[:_BEGINNING])


def paragraphs(pieces: Iterable[Fragment]) -> list[tuple[str, Markup]]:
    """Pieces cut at the ends of lines: each line's direction and its HTML; lines of nothing are left out."""
    found: list[list[Fragment]] = [[]]
    for piece in pieces:
        first, *others = clean(piece.text).split("\n")
        found[-1].append(Fragment(first, piece.match))
        found += ([Fragment(other, piece.match)] for other in others)
    whole = [[piece for piece in told if piece.text] for told in found]
    return [(runs(told), marked(told)) for told in whole if any(piece.text.strip() for piece in told)]


def isolated(text: str) -> Markup:
    """A fact that keeps its direction to itself; a Gregorian day in it is not turned around.

    >>> isolated("Reuters")
    Markup('<bdi dir="ltr">Reuters</bdi>')
    """
    told = str(escape(line(text)))
    inside = ISO_DAY.sub(r'<bdi dir="ltr">\g<0></bdi>', told)
    return Markup(f'<bdi dir="{direction(text)}">{inside}</bdi>')


def moment(published: datetime | None, calendar: str = "jalali") -> Markup:
    """When something was published, in both calendars; '' when that is not known."""
    if published is None:
        return Markup("")
    told = ISO_DAY.sub(r'<bdi dir="ltr">\g<0></bdi>', str(escape(both_calendars(published, calendar))))
    return Markup(f'<time datetime="{escape(iso(published))}" dir="rtl">{told}</time>')
