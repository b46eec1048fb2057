"""A report to read in a browser or on paper: one file, from right to left, that needs nothing but itself.

Nothing in it runs or is fetched. All text of articles is escaped, and what mixes directions is isolated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape

from ..query.plan import Filters
from ..results import Fragment, Hit, Page
from ..terminal_safety import SUSPECT, Sink, one_line
from .hits_text import copies_in_words
from .publication_dates import both_calendars, iso
from .report import (
    CODE,
    ISO_DAY,
    NOTHING_FOUND,
    TITLE,
    Fact,
    direction,
    facts,
    headline,
    title,
    web_link,
)

_WRITTEN_OTHERWISE = re.compile(f"[{SUSPECT}&<>\"'\t\n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]|  ")
"""What is escaped, cleaned away, or written as one space."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a second lock: nothing is fetched even if we slip

# Matches have neither padding nor margin, which would tear the word from what is joined to it.
_STYLE = """\
:root { color-scheme: light dark; --ink: #1b1b1b; --faint: #5d6066; --paper: #fff; --line: #d9dbe0;
  --link: #14508c; --mark: #ffe58a; --mark-ink: #1b1b1b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e3; --faint: #a2a6ad; --paper: #16181b; --line: #34383e;
  --link: #8fc1f5; --mark: #6b5600; --mark-ink: #fff3c4; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.95 Vazirmatn, Vazir, "Noto Naskh Arabic", "Noto Sans Arabic", "Segoe UI", Tahoma, sans-serif; }
header { border-block-end: 2px solid var(--ink); padding-block-end: 1rem; margin-block-end: 1.75rem; }
header p { margin: 0; color: var(--faint); font-size: .9375rem; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.6; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; font-size: .9375rem; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: persian; margin: 0; padding-inline-start: 2.25rem; }
li { margin-block-end: 1.75rem; padding-inline-start: .25rem; }
li::marker { color: var(--faint); }
h2 { margin: 0; font-size: 1.175rem; line-height: 1.75; overflow-wrap: anywhere; text-align: right; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
.about, .more { margin: 0; color: var(--faint); font-size: .875rem; overflow-wrap: anywhere; }
.snippet { margin: .3rem 0; overflow-wrap: anywhere; text-align: right; }
mark { background: var(--mark); color: var(--mark-ink); padding: 0; border-radius: .15em; }
.address { margin: 0; color: var(--faint); font-size: .8125rem; text-align: right; overflow-wrap: anywhere; }
.linked.address { display: none; } /* the title leads there; on paper it cannot */
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-center { content: counter(page, persian); color: #5d6066; } }
@media print {
  :root { --ink: #000; --faint: #444; --paper: #fff; --line: #999; --link: #000; --mark: #ffe58a; --mark-ink: #000; }
  body { max-width: none; padding: 0; font-size: 11.5pt; line-height: 1.8; }
  h1 { font-size: 17pt; } h2 { font-size: 13pt; }
  li { break-inside: avoid; margin-block-end: 14pt; }
  h2 { break-after: avoid; }
  mark { font-weight: bold; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .linked.address { display: block; }
}
"""


def write_html(
    page: Page, out: Sink, *, filters: Filters | None = None, sort: str = "", made: datetime | None = None
) -> None:
    """Writes the report of a page found with these filters, in this order; made now unless a moment is given."""
    head = title(page)
    out.write('<!DOCTYPE html>\n<html lang="fa" dir="rtl">\n<head>\n<meta charset="utf-8">\n')
    out.write(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n')
    out.write('<meta name="referrer" content="no-referrer">\n')
    out.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    out.write(f"<title>{_text(head)} · {TITLE}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n")
    out.write(f'<header>\n<p>{TITLE}</p>\n<h1 dir="{direction(head)}">{_text(head)}</h1>\n')
    out.write(f"<dl>\n{_facts(facts(page, filters or Filters(), sort, made))}</dl>\n</header>\n<main>\n")
    if page.hits:
        out.write("<ol>\n")
        for hit in page:
            out.write("\n".join(_hit(hit)) + "\n")
        out.write("</ol>\n")
    else:
        out.write(f"<p>{NOTHING_FOUND}</p>\n")
    out.write("</main>\n</body>\n</html>\n")


def _facts(told: Iterable[Fact]) -> str:
    return "".join(f"<dt>{_text(fact.name)}</dt><dd>{_isolated(fact.value)}</dd>\n" for fact in told)


def _hit(hit: Hit) -> Iterator[str]:
    link = web_link(hit.url)
    head = headline(hit)
    words = _marked(head)
    words = f'<a href="{escape(link)}">{words}</a>' if link else words
    yield f'<li value="{hit.rank}">'
    yield f'<h2 dir="{_direction(head)}">{words}</h2>'
    if about := list(_about(hit)):
        yield f'<p class="about">{" · ".join(about)}</p>'
    if any(piece.text.strip() for piece in hit.snippet):
        yield f'<p class="snippet" dir="{_direction(hit.snippet)}">{_marked(hit.snippet)}</p>'
    if hit.copies:
        yield f'<p class="more">{_text(copies_in_words(hit.copies))}</p>'
    yield f'<p class="more">{" · ".join(_more(hit))}</p>'
    if hit.url.strip():
        yield f'<p class="{"linked" if link else "plain"} address" dir="ltr">{_text(hit.url)}</p>'
    yield "</li>"


def _about(hit: Hit) -> Iterator[str]:
    """Where and when an article was published."""
    yield from (_isolated(name) for name in (hit.source, hit.category) if name.strip())
    if hit.published:
        yield f'<time datetime="{iso(hit.published)}">{_isolated(both_calendars(hit.published))}</time>'


def _more(hit: Hit) -> Iterator[str]:
    """What else is known of an article."""
    if hit.tags:
        yield "، ".join(map(_isolated, hit.tags))
    if hit.code:
        yield f"{CODE}: {_isolated(hit.code)}"
    yield f"شناسه: {_isolated(hit.id)}"


def _marked(pieces: Sequence[Fragment]) -> str:
    texts: Iterable[str] = [piece.text for piece in pieces]
    if _WRITTEN_OTHERWISE.search("".join(texts)):  # of few
        texts = [escape(one_line(text)) for text in texts]
    told = (f"<mark>{text}</mark>" if piece.match else text for text, piece in zip(texts, pieces, strict=True))
    return "".join(told).strip()


def _direction(pieces: Iterable[Fragment]) -> str:
    return direction("".join(piece.text for piece in pieces))


@lru_cache(maxsize=1 << 12)  # names and dates come again
def _isolated(text: str) -> str:
    inside = ISO_DAY.sub(r'<bdi dir="ltr">\g<0></bdi>', _text(text))
    return f'<bdi dir="{direction(text)}">{inside}</bdi>'


def _text(text: str) -> str:
    return escape(one_line(text).strip())
