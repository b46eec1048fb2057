"""The page of a speaker: what he is reported to have said, by date and by outlet, with the words that are new in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from khabarjoo.analyzers.analyzer import default_analyzer

from ..terminal_safety import one_line
from .addresses import NAMES, Asked, decoded, encoded
from .marked_html import isolated
from .results_view import Choice
from .said_html import speakers_of, told_view, with_new_words
from .site import Failure
from .timeline_chart import Chart, chart_of
from .ui_texts import Texts

if TYPE_CHECKING:
    from .site import Site

MOST_READ = 500
"""Articles with statements of a speaker that are read for his page, the newest first."""

_OUTLETS = 12


def speaker(site: Site, request: Request) -> Response:
    """Returns the page of one speaker."""
    asked = Asked.of(request.query_params.multi_items())._replace(speaker=(), offset=0)
    name = decoded(request.scope.get("raw_path") or b"", "/speaker/").strip()
    if not name:
        raise Failure(404, "no page")
    path = f"/speaker/{encoded(name)}"
    perhaps, only_new = request.query_params.get("perhaps") == "1", request.query_params.get("new") == "1"
    more: list[tuple[str, str]] = [("perhaps", "1")] * perhaps + [("new", "1")] * only_new
    filters = asked.filters()
    size = site.page_size(asked)
    texts = Texts(site.language(request, asked))
    with site.room.desk() as desk:
        if not speakers_of(desk):
            raise Failure(404, "no speakers")
        also = desk.searcher.speakers(name)
        if not also:
            raise Failure(404, "no speaker", name=one_line(name))
        told = desk.searcher.quotes(name, asked.query, limit=MOST_READ, perhaps=perhaps, filters=filters)
        listed = [
            (quote.id, told_view(quote, pieces, is_new, asked, site.settings.calendar))
            for quote, pieces, is_new in with_new_words(told.quotes, default_analyzer())
            if is_new or not only_new
        ]
        views = [view for _, view in listed]
        is_cut = told.articles > MOST_READ
        if is_cut and not (asked.query.strip() or asked.is_filtered or more):  # what was not read is counted as well
            counts = sum(also.values()), told.articles
        else:
            counts = len(listed), len({id for id, _ in listed})
        first = (asked.page - 1) * size
        own = replace(filters, speakers=(name,))
        chart = chart_of(desk.searcher.timeline(asked.query, by=asked.by, filters=own), asked, texts)
        outlets = desk.searcher.facets(asked.query, by=("source",), limit=_OUTLETS, filters=own).facets
        context: dict[str, Any] = {
            "name": name,
            "also": [
                (isolated(each), count, asked.but().at(f"/speaker/{encoded(each)}")) for each, count in also.items()
            ],
            "statements": counts[0],
            "articles": counts[1],
            "quotes": views[first : first + size],
            "first": first,
            "listed": len(views),
            "is_cut": is_cut,
            "most": MOST_READ,
            "chart": _on(chart, asked, path, more),
            "outlets": [
                Choice(
                    isolated(each.name),
                    each.count,
                    asked.but(source=(each.name,)).at(path, *more),
                    each.name in asked.source,
                )
                for facet in outlets
                for each in facet.counts
            ],
            "chips": [
                (kind, value, asked.without(kind, value).at(path, *more))
                for kind in ("since", "until", *NAMES)
                for value in _values(asked, kind)
            ],
            "older": asked.but(page=asked.page + 1).at(path, *more) if first + size < len(views) else "",
            "newer": asked.but(page=asked.page - 1).at(path, *more) if asked.page > 1 else "",
            "perhaps": (perhaps, asked.but().at(path, *_turned(more, "perhaps"))),
            "only_new": (only_new, asked.but().at(path, *_turned(more, "new"))),
            "start": asked.but().at(path, *more),
            "more": more,
            "articles_at": asked.but(speaker=(name,)).at(),
            "action": path,
            "searcher": desk.searcher,
        }
        return site.render(request, "speaker.html", asked, **context)


def _values(asked: Asked, kind: str) -> tuple[str, ...]:
    value = getattr(asked, kind)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _turned(more: Sequence[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """The parameters of this page alone, with one of them switched on or off."""
    kept = [pair for pair in more if pair[0] != name]
    return kept if len(kept) < len(more) else [*kept, (name, "1")]


def _on(chart: Chart, asked: Asked, path: str, more: Sequence[tuple[str, str]]) -> Chart:
    """A chart whose bars and periods lead to the same page."""
    bars = [bar._replace(address=asked.but(since=bar.since, until=bar.until).at(path, *more)) for bar in chart.bars]
    others = [(by, asked.but(by=by).at(path, *more)) for by, _ in chart.others]
    return chart._replace(bars=tuple(bars), others=tuple(others))
