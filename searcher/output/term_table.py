"""Writes how often terms are used: a line for each term for readers, every period of each for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..config import DEFAULTS, Settings
from ..terminal_safety import Sink, one_line
from .counts import count_figure, period_code, period_label
from .hits_data import BYTE_ORDER_MARK, FORMAT_VERSION, dump, safe_cell
from .publication_dates import in_digits, iso
from .styles import Paragraph, Span, Style, write_paragraphs

if TYPE_CHECKING:
    from ..term_counts import TermCounts

_HEIGHTS = " ▁▂▃▄▅▆▇█"
_MOST_HEIGHTS = 30
_HEADINGS = {"en": ("times", "articles", "over time"), "fa": ("بار", "خبر", "در گذر زمان")}


def write_terms_text(terms: Sequence[TermCounts], out: Sink, *, settings: Settings | None = None) -> None:
    """Writes how often, in how many articles, and a little chart of these over time, for each term."""
    write_paragraphs(_lines(terms, settings or DEFAULTS), out, settings)


def write_terms_json(terms: Sequence[TermCounts], out: Sink) -> None:
    """Writes one JSON object, with the articles of every period of each term."""
    dump({"format_version": FORMAT_VERSION, "terms": [_record(term) for term in terms]}, out)


def write_terms_csv(terms: Sequence[TermCounts], out: Sink) -> None:
    """Writes a row for each term and period, the whole of the term in each."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(("term", "times", "articles", "period", "label", "start", "end", "count"))
    for term in terms:
        by = term.timeline.by
        whole = (safe_cell(term.term), term.times, term.articles)
        for period in term.timeline.periods:
            dates = iso(period.start), iso(period.end)
            rows.writerow((*whole, period_code(period, by), period_label(period, by), *dates, period.count))
        if not term.timeline.periods:
            rows.writerow((*whole, "", "", "", "", ""))


TERM_FORMATS: dict[str, Callable[[Sequence[TermCounts], Sink], None]] = {
    "text": write_terms_text,
    "json": write_terms_json,
    "csv": write_terms_csv,
}


def _record(term: TermCounts) -> dict[str, object]:
    timeline = term.timeline
    return {
        "term": term.term,
        "times": term.times,
        "articles": term.articles,
        "words": timeline.words,
        "undated": timeline.undated,
        "partial": term.partial.english if term.partial else None,
        "by": timeline.by,
        "periods": [
            {
                "period": period_code(period, timeline.by),
                "label": period_label(period, timeline.by),
                "start": iso(period.start),
                "end": iso(period.end),
                "count": period.count,
            }
            for period in timeline.periods
        ],
    }


def _lines(terms: Sequence[TermCounts], settings: Settings) -> Iterator[Paragraph]:
    headings = _HEADINGS[settings.language_of_messages()]
    digits = settings.digits
    times = [count_figure(term.times, digits) for term in terms]
    articles = [count_figure(term.articles, digits) for term in terms]
    charts = [sparkline([period.count for period in term.timeline.periods]) for term in terms]
    widths = [max(map(len, column)) for column in ((*times, headings[0]), (*articles, headings[1]), charts)]
    heading = f"{headings[0]:>{widths[0]}}  {headings[1]:>{widths[1]}}  {headings[2]}"
    yield Paragraph([Span(heading, Style.FAINT)])
    for term, often, many, chart in zip(terms, times, articles, charts, strict=True):
        figures = f"{often:>{widths[0]}}  {many:>{widths[1]}}  {chart:<{widths[2]}}  "
        yield Paragraph([Span(figures), Span(one_line(term.term)), Span(in_digits(_span(term), digits), Style.FAINT)])


def _span(term: TermCounts) -> str:
    """From when to when."""
    periods, by = term.timeline.periods, term.timeline.by
    if not periods:
        return ""
    first, last = period_label(periods[0], by), period_label(periods[-1], by)
    return f"  {first}" if first == last else f"  {first} تا {last}"


def sparkline(counts: Sequence[int]) -> str:
    """Returns a letter's height for each count, the tallest for the greatest; of many, neighbours are added up.

    >>> sparkline([0, 1, 4, 8])
    ' ▁▄█'
    """
    size = -(-len(counts) // _MOST_HEIGHTS) or 1
    sums = [sum(counts[at : at + size]) for at in range(0, len(counts), size)]
    most = max(sums, default=0) or 1
    return "".join(_HEIGHTS[-(-count * (len(_HEIGHTS) - 1) // most)] for count in sums)
