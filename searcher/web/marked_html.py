"""Text of articles as HTML: escaped, its matches marked, each fact kept apart so that directions do not mix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..output.publication_dates import both_calendars, iso
from ..output.report import ISO_DAY, direction
from ..results import Fragment
from ..terminal_safety import clean, one_line

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from ..results import Hit

_BEGINNING = 2000  # letters that tell in which direction a text runs
_SHORT = 200  # letters of a fact that is remembered as HTML

# What `one_line` may take away, but for white space, which HTML shows as one space anyway.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]")


def line(text: str) -> str:
    """Returns the text in one line, without controls that would act on what stands around it."""
    return one_line(text).strip()


def _html(text: str) -> str:
    return escape(one_line(text) if _ACTING.search(text) else text)


def marked(pieces: Iterable[Fragment]) -> Markup:
    """Returns the pieces in one line.

    >>> marked([Fragment("<b>", False), Fragment("باران", True)])
    Markup('&lt;b&gt;<mark>باران</mark>')
    """
    return Markup("".join([f"<mark>{_html(text)}</mark>" if match else _html(text) for text, match in pieces]))


def runs(pieces: Sequence[Fragment]) -> str:
    """Returns which way pieces run, ``rtl`` or ``ltr``."""
    return direction("".join(piece.text for piece in pieces)[:_BEGINNING])


def paragraphs(pieces: Iterable[Fragment]) -> list[tuple[str, Markup]]:
    """Returns the pieces cut at the ends of lines: each line's direction and its HTML; empty lines are left out."""
    found: list[list[Fragment]] = [[]]
    for piece in pieces:
        first, *others = clean(piece.text).split("\n")
        found[-1].append(Fragment(first, piece.match))
        found += ([Fragment(other, piece.match)] for other in others)
    whole = [[piece for piece in told if piece.text] for told in found]
    return [(runs(told), marked(told)) for told in whole if any(piece.text.strip() for piece in told)]


def isolated(text: str) -> Markup:
    """Returns a fact that keeps its direction to itself; a Gregorian day in it is not turned around.

    >>> isolated("Reuters")
    Markup('<bdi dir="ltr">Reuters</bdi>')
    """
    return _remembered(text) if len(text) <= _SHORT else _isolated(text)


def _isolated(text: str) -> Markup:
    return Markup(f'<bdi dir="{direction(text)}">{days_isolated(line(text))}</bdi>')


_remembered: Callable[[str], Markup] = lru_cache(maxsize=4096)(_isolated)


def days_isolated(text: str) -> Markup:
    """Returns a text of which no Gregorian day is turned around.

    >>> days_isolated("(2022-09-01)")
    Markup('(<bdi dir="ltr">2022-09-01</bdi>)')
    """
    return Markup(ISO_DAY.sub(r'<bdi dir="ltr">\g<0></bdi>', escape(text)))


@lru_cache(maxsize=4096)
def moment(published: datetime | None, calendar: str = "jalali") -> Markup:
    """Returns when something was published, in both calendars; '' when that is not known."""
    if published is None:
        return Markup("")
    told = days_isolated(both_calendars(published, calendar))
    return Markup(f'<time datetime="{escape(iso(published) or "")}" dir="rtl">{told}</time>')


_DOT = '<span class="dot"> · </span>'


def about(item: Article | Hit, calendar: str) -> Markup:
    """Returns what is known of an article in one line: outlet, section, day in both calendars, id, index."""
    facts = [isolated(name) for name in (item.source, item.category) if name.strip()]
    if item.published:
        facts.append(moment(item.published, calendar))
    facts += [isolated(name) for name in (item.id, getattr(item, "index", "")) if name]
    return Markup(f'<p class="about">{_DOT.join(facts)}</p>')
