"""The start page, and the page of results: hits, what they have in common, and when they were published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from khabarjoo.analyzers.calendars import JALALI, JalaliDate, jalali, jalali_to_gregorian, tehran
from khabarjoo.analyzers.dates import Span
from khabarjoo.analyzers.digits import latin_digits

from ..output.counts import code_label
from ..output.messages import REASONS
from ..output.publication_dates import jalali_numbers
from ..output.report import headline
from ..query.plan import Filters
from ..results import FacetCounts, FacetName, Facets, Hit, Page, Timeline, WordsMatched
from .addresses import NAMES, Asked, encoded
from .marked_html import about, isolated, marked, moment, runs
from .said_html import QuoteView, quote_view, speakers_of
from .timeline_chart import chart_of, chart_of_days
from .ui_texts import Texts

if TYPE_CHECKING:
    from .reading_room import Desk
    from .site import Site

FACETS: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")
SHOWN = 8
"""Names of each facet on the page of results."""

_SAID = 3  # statements below a hit
_FEW = 40  # articles whose days are read off themselves

MOST_EXPORTED = 5000
"""Hits that are taken along at once."""

EXPORT_NAMES = ("html", "markdown", "csv", "jsonl", "json", "ris", "bibtex", "text")
"""The formats to take hits along in; `exports_view` writes them."""

EXAMPLES = ("خشکسالی", "«جهاد دانشگاهی»", "زلزله -تهران", "عنوان:بودجه", "تاریخ:۱۴۰۱ باران")
ALL_DATED = Filters(Span(None, None))
"""A filter that lets every article with a date through."""


class Choice(NamedTuple):
    """A name of a facet: what is shown, how many articles have it, and the address narrowed to it."""

    label: Markup
    articles: int
    address: str
    is_chosen: bool = False


class FacetView(NamedTuple):
    """The names of a facet, how many there are in all, and where all are listed."""

    name: FacetName
    choices: tuple[Choice, ...]
    distinct: int
    address: str


class CopyView(NamedTuple):
    """A copy of a hit, its address, and that of both side by side."""

    name: Markup
    published: Markup
    address: str
    compared: str


class HitView(NamedTuple):
    """A hit as HTML. ``runs`` is the direction of the title, ``snippet_runs`` that of the snippet."""

    rank: int
    id: str
    address: str
    title: Markup
    runs: str
    about: Markup
    snippet: Markup = Markup("")
    snippet_runs: str = ""
    copies: tuple[CopyView, ...] = ()
    said: tuple[QuoteView, ...] = ()


class Chip(NamedTuple):
    """A filter in force, and the address without it."""

    name: str
    value: str
    address: str


def results(site: Site, request: Request) -> Response:
    """Returns the page of results; the start page where nothing is asked."""
    asked = Asked.of(request.query_params.multi_items())
    filters = asked.filters()
    with site.room.desk() as desk:
        if not asked.query.strip() and not asked.is_filtered:
            return _start(site, request, asked, desk)
        size = site.page_size(asked)
        page = found_page(desk, asked, filters, asked.first(size), size)
        texts = Texts(site.language(request, asked))
        facets, timeline = _counts(site, desk, asked, filters, texts)
        context: dict[str, Any] = {
            "page": page,
            "hits": [full_view(hit, asked, site.settings.calendar) for hit in page],
            "speakers": [
                (isolated(name), asked.but(speaker=()).at(f"/speaker/{encoded(name)}")) for name in asked.speaker
            ],
            "remarks": [remark.persian if texts.language == "fa" else remark.english for remark in page.notes],
            "facets": facets,
            "timeline": timeline,
            "exports": (*EXPORT_NAMES, *office_names()),
            "most_exported": MOST_EXPORTED,
            "chips": list(_chips(asked)),
            "newer": _paged(asked, -1) if asked.page > 1 else "",
            "older": _paged(asked, 1) if _has_more(page, asked, size) else "",
            "reason": _reason(page, texts),
            "searcher": desk.searcher,
            "latest": _latest(desk),
            "sorts": [(sort, asked.but(sort=sort).at()) for sort in ("relevance", "newest", "oldest")],
        }
        return site.render(request, "results.html", asked, **context)


@lru_cache(maxsize=1)
def office_names() -> tuple[str, ...]:
    """Returns the formats of Word and Excel, where what writes them is installed."""
    return tuple(name for name, needed in (("docx", "docx"), ("xlsx", "openpyxl")) if find_spec(needed))


def found_page(desk: Desk, asked: Asked, filters: Filters, offset: int, limit: int) -> Page:
    """Returns some hits of what was asked."""
    return desk.searcher.search(
        asked.query, limit=limit, offset=offset, sort=asked.sort, fold_duplicates=not asked.copies, filters=filters
    )


def facets_of(desk: Desk, asked: Asked, filters: Filters) -> Facets:
    """Returns what is common to all that was found."""
    by: tuple[FacetName, ...] = (*FACETS[:-2], "speaker", *FACETS[-2:]) if speakers_of(desk) else FACETS
    return desk.searcher.facets(asked.query, by=by, limit=SHOWN, filters=filters)


def timeline_of(desk: Desk, asked: Asked, filters: Filters) -> Timeline:
    """Returns when what was found was published."""
    return desk.searcher.timeline(asked.query, by=asked.by, filters=filters)


def _counts(site: Site, desk: Desk, asked: Asked, filters: Filters, texts: Texts) -> tuple[Markup, Markup]:
    """The facets and the timeline as HTML; made once, however many pages are turned."""
    first = asked.but(language=texts.language)

    def make() -> tuple[Markup, Markup]:
        facets = facets_of(desk, asked, filters)
        views, words = list(facet_views(facets, asked)), facets.words if asked.query.strip() else ""
        timeline = timeline_of(desk, asked, filters)
        if timeline.by == "month" and len(timeline.periods) == 1:
            chart = chart_of_days(_days(desk, asked, filters, timeline), asked, texts)
        else:
            chart = chart_of(timeline, asked, texts)
        return (
            site.fragment("facets.html", texts, facets=views, words=words),
            site.fragment("timeline.html", texts, chart=chart),
        )

    return desk.remember(("counts", asked.language, first), make)


def _days(desk: Desk, asked: Asked, filters: Filters, timeline: Timeline) -> list[tuple[JalaliDate, int]]:
    """The days of the one month of a timeline, each with how many of the same articles were published on it.

    Those of a few articles are read off the articles; of many, each day is counted by itself.
    """
    (month,) = timeline.periods
    numbers = range(1, JALALI.month_length(month.year, month.part) + 1)
    days = [JalaliDate(month.year, month.part, number) for number in numbers]
    if month.count <= _FEW:
        page = desk.searcher.search(asked.query, limit=month.count, sort="newest", filters=filters)
        counts = Counter(jalali(hit.published) for hit in page if hit.published)
        return [(day, counts[day]) for day in days]
    return [(day, _count_on(desk, asked, filters, day, timeline.words)) for day in days]


def _count_on(desk: Desk, asked: Asked, filters: Filters, day: JalaliDate, words: WordsMatched) -> int:
    """How many articles with all words, or with any, were published on a day."""
    start, end = (jalali_to_gregorian(day) + timedelta(days=more) for more in (0, 1))
    span = Span(*(datetime.combine(each, time(), tehran()).astimezone(UTC) for each in (start, end)))
    if filters.published is not None:
        span = span.intersect(filters.published)
    found = desk.searcher.facets(asked.query, by=(), limit=0, filters=replace(filters, published=span))
    return found.articles if found.words == words else 0


def hit_view(hit: Hit, asked: Asked, calendar: str) -> HitView:
    """Returns a hit as it is named beside an article: without what in it answers the query."""
    title = headline(hit)
    return HitView(
        hit.rank, hit.id, asked.article(hit.id, hit.rank), marked(title).strip(), runs(title), about(hit, calendar)
    )


def full_view(hit: Hit, asked: Asked, calendar: str) -> HitView:
    """Returns a hit as it is shown on a page of results."""
    copies = [
        CopyView(
            isolated(copy.source if copy.source.strip() else copy.id),
            moment(copy.published, calendar),
            asked.article(copy.id),
            asked.at("/compare", ("id", hit.id), ("with", copy.id)),
        )
        for copy in hit.copies
    ]
    named = hit_view(hit, asked, calendar)
    said = [quote_view(quote, asked, calendar) for quote in hit.quotes[:_SAID]]
    return named._replace(
        snippet=marked(hit.snippet).strip(), snippet_runs=runs(hit.snippet), copies=tuple(copies), said=tuple(said)
    )


def facet_views(facets: Facets, asked: Asked) -> Iterator[FacetView]:
    """Yields the facets with the addresses that narrow to their names; those without any name are left out."""
    for facet in facets.facets:
        if facet.counts:
            every = asked.but().at(f"/facet/{facet.name}")
            yield FacetView(facet.name, tuple(_choices(facet, asked)), facet.distinct, every)


def _choices(facet: FacetCounts, asked: Asked) -> Iterator[Choice]:
    for each in facet.counts:
        if facet.name in NAMES:
            chosen = each.name in getattr(asked, facet.name)
            narrowed = asked.without(facet.name, each.name) if chosen else asked.within(facet.name, each.name)
            yield Choice(isolated(each.name), each.count, narrowed.at(), chosen)
        else:
            chosen = latin_digits(asked.since) == latin_digits(asked.until) == each.name
            dates = {"since": "", "until": ""} if chosen else {"since": each.name, "until": each.name}
            yield Choice(isolated(code_label(each.name)), each.count, asked.but(**dates).at(), chosen)


def _chips(asked: Asked) -> Iterator[Chip]:
    for name in ("since", "until"):
        if value := getattr(asked, name):
            yield Chip(name, value, asked.without(name).at())
    for name in NAMES:
        yield from (Chip(name, value, asked.without(name, value).at()) for value in getattr(asked, name))


def _paged(asked: Asked, step: int) -> str:
    return asked.but(page=asked.page + step).at()


def _has_more(page: Page, asked: Asked, size: int) -> bool:
    """Whether there may be more hits; copies that were folded make them fewer than the articles counted."""
    listed = page.total if asked.sort == "relevance" else page.total_all or page.total
    return len(page) == size and page.offset + size < listed


def _reason(page: Page, texts: Texts) -> str:
    if page.suggestion is None:
        return ""
    reasons: Sequence[str] = page.suggestion.reason.split(", ")
    return "، ".join(REASONS.get(each, each) for each in reasons) if texts.language == "fa" else ", ".join(reasons)


def _latest(desk: Desk) -> str:
    """The Jalali day of the latest article, where a calendar opens."""
    dates = desk.remember("dates", desk.searcher.dates)
    return (jalali_numbers(dates[1]) or "") if dates else ""


def _start(site: Site, request: Request, asked: Asked, desk: Desk) -> Response:
    """What the index holds, and how to ask."""
    texts = Texts(site.language(request, asked))
    timeline = desk.remember(("start", asked.by), lambda: timeline_of(desk, asked, ALL_DATED))
    names = desk.remember("names", lambda: _commonest(desk))
    context: dict[str, Any] = {
        "articles": len(desk.searcher),
        "dates": desk.searcher.dates(),
        "facets": [
            FacetView(
                name,
                tuple(Choice(isolated(each), count, asked.within(name, each).at()) for each, count in few),
                number,
                asked.at(f"/facet/{name}"),
            )
            for name, few, number in names
        ],
        "chart": chart_of(timeline, asked, texts),
        "searcher": desk.searcher,
        "examples": [(example, asked.but(query=example).at()) for example in EXAMPLES],
    }
    return site.render(request, "start.html", asked, **context)


def _commonest(desk: Desk) -> list[tuple[FacetName, list[tuple[str, int]], int]]:
    """The commonest names of each kind, of all articles, dated or not."""
    found: list[tuple[FacetName, list[tuple[str, int]], int]] = []
    for name in ("source", "category", "tag"):
        counts = {each: count for each, count in desk.searcher.names(name).items() if each.strip()}
        if counts:
            found.append((name, list(counts.items())[:24], len(counts)))
    return found
