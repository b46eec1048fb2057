"""A report in Markdown (CommonMark): for notes, wikis and issue trackers. All text of articles is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ..query.plan import Filters
from ..results import Fragment, Hit, Page
from ..terminal_safety import Sink, one_line
from .hits_text import copies_in_words
from .publication_dates import both_calendars
from .report import CODE, ISO_DAY, NOTHING_FOUND, TITLE, facts, headline, title, web_link

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#~|$]")
_ACTIVE_AT_START = re.compile(r"^([0-9]*)([-+.)=])")  # bullets, numbers of lists, rulers
_BACKTICKS = re.compile("`+")

# Isolated text keeps its direction to itself, so that a Latin name does not reorder the Persian around it.
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def write_markdown(
    page: Page, out: Sink, *, filters: Filters | None = None, sort: str = "", made: datetime | None = None
) -> None:
    """Writes the report of a page found with these filters, in this order; made now unless a moment is given.

    It is wrapped in one HTML element, which makes it run from right to left wherever Markdown is shown.
    """
    blocks = [f"# {TITLE}: {_isolated(_escaped(title(page)))}"]
    told = facts(page, filters or Filters(), sort, made)
    blocks.append("\n".join(f"- {fact.name}: {_isolated(_escaped(fact.value))}" for fact in told))
    for hit in page:
        blocks += _hit(hit)
    if not page.hits:
        blocks.append(NOTHING_FOUND)
    out.write('<div dir="rtl" lang="fa">\n\n' + "\n\n".join(blocks) + "\n\n</div>\n")


def _hit(hit: Hit) -> Iterable[str]:
    """A heading, a line of facts, and the snippet as a quotation."""
    words, link = _marked(headline(hit)), web_link(hit.url)
    yield f"## {hit.rank}. " + (f"[{words}](<{link}>)" if link else words)
    names = [_escaped(name) for name in (hit.source, hit.category, *hit.tags) if name.strip()]
    day = [both_calendars(hit.published)] if hit.published else []
    code = [f"{CODE}: {_escaped(hit.code)}"] if hit.code else []
    yield " · ".join(map(_isolated, [*names, *day, *code, _verbatim(hit.id)]))
    if snippet := _marked(hit.snippet):
        yield f"> {_ACTIVE_AT_START.sub(_escape_start, snippet)}"
    if hit.copies:
        yield _escaped(copies_in_words(hit.copies))


def _marked(pieces: Iterable[Fragment]) -> str:
    stretches = ((_escape(one_line(piece.text)), piece.match) for piece in pieces)
    return "".join(f"**{text}**" if match else text for text, match in stretches).strip()


def _escaped(text: str) -> str:
    return _escape(one_line(text).strip())


def escaped(text: str) -> str:
    """Returns a text of an article in one line, in which nothing acts as Markdown."""
    return _ACTIVE_AT_START.sub(_escape_start, _escaped(one_line(text).strip()))


def _escape(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _escape_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}"


def _isolated(text: str) -> str:
    inside = ISO_DAY.sub(rf"{_FIRST_STRONG_ISOLATE}\g<0>{_POP_ISOLATE}", text)
    return f"{_FIRST_STRONG_ISOLATE}{inside}{_POP_ISOLATE}"


def _verbatim(text: str) -> str:
    """Text as code, whatever backticks it has."""
    text = one_line(text).strip()
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(text)), default=0) + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"
