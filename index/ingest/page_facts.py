"""The facts a page states about its article in furniture: when, by whom, under what, and with which code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from khabarjoo.analyzers.calendars import has_clock
from khabarjoo.analyzers.dates import DateError, find_moment, is_dateline, tehran

from ..news import outlets, sections
from ..news.furniture_patterns import Meaning
from ..news.line_matching import ascii_digits
from .page_layout import Layout
from .page_rows import PageRow
from .records import PLACEHOLDERS, moment, split_tags

# A day whose year has two digits, and the time of a day.
_SHORT_YEAR = re.compile(r"(?<![\d:/.-])\d\d([/.-])\d{1,2}\1\d{1,2}(?![\d:/.-]*\d)")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?")
_LABELLED_RANKS = (3, 5)
_FIRST_PARAGRAPHS = 4
_MOST_MOMENTS = 40
_OPENING = 200
_FEWEST_DIGITS = 4  # of a labelled moment: it says more than the time
# More names of sections than this before a headline are the menu.
_MOST_SECTIONS = 2
_GROUP_PREFIX = re.compile(r"(?:[^:]{0,50}?[-–،,]\s*)?(?:گروه|سرو[یي]س)\s+([^:–-]{2,30}?)\s*[:–-]")
_REPORT_GROUP = re.compile(r"(?:گروه|سرو[یي]س|حوزه)\s+(\S+(?:\s+و\s+\S+)?)\s")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its article; empty where it says nothing.

    ``is_labelled`` tells whether a label says that ``published`` is when it appeared, not its place alone.
    """

    published: datetime | None
    source: str
    category: str
    tags: tuple[str, ...]
    url: str
    code: str
    is_labelled: bool = False
    unread_date: str = ""

    @property
    def has_clock(self) -> bool:
        """Whether a time of the day is known, not the day alone."""
        return self.published is not None and has_clock(self.published)


def facts(rows: Sequence[PageRow], layout: Layout) -> Facts:
    """Returns the facts in a page's rows."""
    paragraphs = list(filter(None, (*layout.lead.split("\n"), *layout.body)))[:_FIRST_PARAGRAPHS]
    tags = (tag for value in _values(rows, Meaning.TAGS) for tag in split_tags(value))
    published, is_labelled = _published(rows, layout)
    return Facts(
        published=published,
        source=_source(rows, layout, paragraphs),
        category=_category(rows, layout, paragraphs),
        tags=tuple(dict.fromkeys(tags)),
        url=next(_values(rows, Meaning.URL), ""),
        code=ascii_digits(next(_values(rows, Meaning.CODE), "")),
        is_labelled=is_labelled,
        unread_date="" if published else next(_unread_dates(rows), ""),
    )


def _values(rows: Sequence[PageRow], *meanings: Meaning) -> Iterator[str]:
    return (value for row in rows if row.mark for value in row.mark.values(*meanings))


def _published(rows: Sequence[PageRow], layout: Layout) -> tuple[datetime | None, bool]:
    """The moment the page says the article appeared: labelled before bare, near the headline before far from it."""
    stated = [
        (_rank(meaning, rows, place, layout), -abs(place - layout.title_at), -place, value)
        for place, row in enumerate(rows)
        if row.mark is not None
        for meaning, value in row.mark.facts
    ]
    candidates = sorted((candidate for candidate in stated if candidate[0]), reverse=True)[:_MOST_MOMENTS]
    moments = [
        (found, rank)
        for rank, *_, value in candidates
        if (found := _moment(value, rank)) and _day(found) not in PLACEHOLDERS
    ]
    if not moments:
        return None, False
    first, rank = moments[0]
    same_day = [found for found, _ in moments if _day(found) == _day(first)]
    return next(filter(has_clock, same_day), first), rank in _LABELLED_RANKS


def _moment(value: str, rank: int) -> datetime | None:
    """The moment in a value; after a label a year may have two digits."""
    found = find_moment(value)
    if found is not None or rank not in _LABELLED_RANKS:
        return found
    digits = ascii_digits(value)
    short, clock = _SHORT_YEAR.search(digits), _CLOCK.search(digits)
    if short is None:
        return None
    try:
        return moment(f"{short[0]} {clock[0] if clock else ''}".strip())
    except (DateError, OverflowError, ValueError):
        return None


def _unread_dates(rows: Sequence[PageRow]) -> Iterator[str]:
    """What the page prints as a moment and nobody can read."""
    for row in rows:
        for meaning, value in row.mark.facts if row.mark else ():
            stated = meaning is Meaning.PUBLISHED and sum(map(str.isdigit, value)) >= _FEWEST_DIGITS
            if (stated or (meaning is Meaning.MOMENT and is_dateline(value))) and find_moment(value) is None:
                yield value


def _rank(meaning: Meaning, rows: Sequence[PageRow], place: int, layout: Layout) -> int:
    """How much a moment says about publication; 0 for nothing."""
    if meaning is Meaning.PUBLISHED:
        return 5 if place < layout.end else 3
    if meaning is Meaning.MOMENT:
        above = rows[place - 1].mark if place else None
        if above and (Meaning.PUBLISHED, "") in above.facts:
            return 5
        return 4 if place <= layout.head else 2 * (place < layout.end)
    return int(meaning is Meaning.CRAWLED)


def _day(moment: datetime) -> date:
    return moment.astimezone(tehran()).date()


def _source(rows: Sequence[PageRow], layout: Layout, paragraphs: Sequence[str]) -> str:
    """The outlet: by its masthead, its copyright line, its own words, then whom it credits and where it links."""
    head, rest = rows[: layout.head], rows[layout.head :]
    addresses = (value for value in _values(rows, Meaning.NOTHING, Meaning.URL) if "." in value)
    named = (
        *map(outlets.named, _values(head, Meaning.SOURCE)),
        *map(outlets.of_rights, _values(rows, Meaning.RIGHTS)),
        outlets.of_paragraphs(paragraphs),
        *map(outlets.named, _values(rest, Meaning.CREDIT, Meaning.SOURCE)),
        *map(outlets.of_address, addresses),
        outlets.of_reporters(paragraphs),
    )
    return next(filter(None, named), "")


def _category(rows: Sequence[PageRow], layout: Layout, paragraphs: Sequence[str]) -> str:
    """The section: by breadcrumb, label or heading, else as the first paragraphs say it: «گروه اجتماعی: …»."""
    stated = list(_values(rows[: layout.head], Meaning.CATEGORY))
    labelled = list(_values(rows[layout.head :], Meaning.CATEGORY))
    if stated and len(stated) <= _MOST_SECTIONS + 1:
        return sections.category(stated[0])
    for row in rows[layout.head : layout.head + 2]:
        prefix = _GROUP_PREFIX.match(row.text[:_OPENING])
        if prefix and (sections.is_section(prefix[1]) or len(prefix[1].split()) <= 2):
            return prefix[1].strip()
    for paragraph in paragraphs[:2]:
        for group in _REPORT_GROUP.finditer(paragraph[:_OPENING]):
            if sections.is_section(group[1]):
                return group[1]
            if sections.is_section(group[1].split()[0]):
                return group[1].split()[0]
    return next(map(sections.category, labelled), "")
