"""A page of hits as notebooks show it: a table that reads from right to left. All text in it is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from khabarjoo.analyzers.digits import figure

from ..terminal_safety import one_line
from .publication_dates import both_calendars
from .report import ISO_DAY, NOTHING_FOUND, direction, headline, web_link

if TYPE_CHECKING:
    from ..results import Fragment, Hit, Page

# Notebooks align cells by their own style, right for numbers; theirs is outdone here, and colours are left to them.
_TABLE = "text-align:right;border-collapse:collapse;font-family:Vazirmatn,Vazir,Tahoma,sans-serif;max-width:60rem"
_CELL = "text-align:right;vertical-align:top;padding:.4em .6em;line-height:1.8"
_HEADINGS = ("", "خبر", "منبع", "تاریخ")


def page_table(page: Page) -> str:
    """Returns the hits of a page as one HTML element: rank, title and snippet, outlet, day in both calendars."""
    head = "".join(f'<th style="{_CELL}">{heading}</th>' for heading in _HEADINGS)
    rows = "".join(map(_row, page)) or f'<tr><td colspan="4" style="{_CELL}">{NOTHING_FOUND}</td></tr>'
    return (
        f'<div dir="rtl" lang="fa"><table style="{_TABLE}"><caption style="{_CELL}">{_summary(page)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _summary(page: Page) -> str:
    query = f'<bdi dir="{direction(page.query)}">{_text(page.query)}</bdi> · ' if page.query else ""
    return f"{query}همهٔ واژه‌ها: {figure(page.total_all)} · دست‌کم یکی: {figure(page.total)}"


def _row(hit: Hit) -> str:
    link = web_link(hit.url)
    title = f"<b>{_marked(headline(hit))}</b>"
    title = f'<a href="{escape(link)}" rel="noreferrer">{title}</a>' if link else title
    day = both_calendars(hit.published) if hit.published else ""
    day = ISO_DAY.sub(r'<bdi dir="ltr" style="white-space:nowrap">\g<0></bdi>', _text(day))
    cells = (figure(hit.rank), f"{title}<br>{_marked(hit.snippet)}", f"<bdi>{_text(hit.source)}</bdi>", day)
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _marked(pieces: Iterable[Fragment]) -> str:
    return "".join(f"<mark>{_kept(piece.text)}</mark>" if piece.match else _kept(piece.text) for piece in pieces)


def _kept(text: str) -> str:
    return escape(one_line(text))


def _text(text: str) -> str:
    return escape(one_line(text).strip())
