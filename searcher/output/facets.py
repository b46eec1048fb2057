"""Facets: what the articles that match have in common, for people and for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from ..clean import Sink
from ..config import DEFAULTS, Settings
from ..results import FacetCounts, Facets
from .chart import Bar, chart
from .csv import BYTE_ORDER_MARK, safe_cell
from .json import FORMAT_VERSION, dump
from .moments import in_digits
from .paint import Paragraph, Span, Style, screen_of, write_paragraphs
from .periods import code_label

_OF_THE_CALENDAR = ("year", "month")


def write_facets_text(facets: Facets, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a heading and a bar chart for each facet, a blank line between them."""
    write_paragraphs(_paragraphs(facets, screen_of(out).columns, (settings or DEFAULTS).digits), out, settings)


def write_facets_json(facets: Facets, out: Sink) -> None:
    """Writes one JSON object; ``distinct`` counts the names of a facet, those beyond the limit too."""
    told = {
        facet.name: {
            "distinct": facet.distinct,
            "counts": [{"name": each.name, "count": each.count} for each in facet.counts],
        }
        for facet in facets.facets
    }
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": facets.query,
            "words": facets.words,
            "articles": facets.articles,
            "facets": told,
        },
        out,
    )


def write_facets_csv(facets: Facets, out: Sink) -> None:
    """Writes a row for each name of each facet."""
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(("facet", "name", "count"))
    rows.writerows((facet.name, safe_cell(each.name), each.count) for facet in facets.facets for each in facet.counts)


FACET_FORMATS: dict[str, Callable[[Facets, Sink], None]] = {
    "text": write_facets_text,
    "json": write_facets_json,
    "csv": write_facets_csv,
}


def _paragraphs(facets: Facets, columns: int, digits: str) -> Iterator[Paragraph]:
    for place, facet in enumerate(facets.facets):
        if place:
            yield Paragraph([])
        yield Paragraph([Span(_heading(facet), Style.TITLE)])
        bars = (Bar(each.name, each.count) for each in facet.counts)
        if facet.name in _OF_THE_CALENDAR:
            bars = (bar._replace(name=in_digits(code_label(bar.name), digits)) for bar in bars)
        yield from chart(list(bars), columns, indent="  ")


def _heading(facet: FacetCounts) -> str:
    """The name of a facet, and how many names it has where not all are shown."""
    if not facet.distinct:
        return f"{facet.name}: none"
    shown = len(facet.counts)
    return facet.name if shown == facet.distinct else f"{facet.name} ({shown} of {facet.distinct:,})"
