"""What an index holds, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from khabarjoo.analyzers.digits import figure, persian_number
from khabarjoo.analyzers.native_kernel import describe

from ..bidi.isolation import isolated
from ..bidi.paragraphs import columns_of
from ..bidi.terminals import Layout
from ..config import Settings, current
from ..terminal_safety import Sink, one_line
from .hits_data import FORMAT_VERSION, dump
from .publication_dates import both_calendars, in_digits, iso, jalali_numbers
from .styles import Paragraph, Span, screen_of, write_paragraphs
from .translation import translated

if TYPE_CHECKING:
    from ..results import Stats

_NAMES_SHOWN = 10


# What is told, in English and in Persian.
_LABELS = {
    "index": ("index", "نمایه"),
    "articles": ("articles", "خبرها"),
    "dated": ("dated", "تاریخ‌دار"),
    "first": ("first", "نخستین"),
    "last": ("last", "واپسین"),
    "sources": ("sources", "منبع‌ها"),
    "categories": ("categories", "دسته‌ها"),
    "terms": ("terms", "واژه‌ها"),
    "size": ("size", "اندازه"),
    "analyzer": ("analyzer", "تحلیلگر"),
    "kernel": ("kernel", "هسته"),
}
_WORDS = {
    "version": ("version {}", "نسخهٔ {}"),
    "none": ("none", "هیچ"),
    "megabytes": ("{} MB", "{} مگابایت"),
    "kilobytes": ("{} kB", "{} کیلوبایت"),
}


def write_stats_text(stats: Stats, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes one fact a line, in the reader's language; of sources and categories only the largest."""
    chosen = settings or current()
    persian = chosen.language_of_messages() == "fa"
    layout = screen_of(out, chosen).layout
    on_screen = layout is not Layout.PLAIN
    facts = [(_LABELS[name][persian], value) for name, value in _facts(stats, chosen, persian, on_screen)]
    longest = max(columns_of(name, layout) for name, _ in facts)
    paragraphs = (
        Paragraph([Span(value)], name + " " * (longest - columns_of(name, layout) + 1), right_to_left=persian)
        for name, value in facts
    )
    write_paragraphs(paragraphs, out, chosen)


def write_stats_json(stats: Stats, out: Sink) -> None:
    """Writes one JSON object, every source and category in it, the largest first."""
    dump(
        {
            "format_version": FORMAT_VERSION,
            "path": str(stats.path),
            "articles": stats.articles,
            "dated": stats.dated,
            "first": iso(stats.first),
            "first_jalali": jalali_numbers(stats.first),
            "last": iso(stats.last),
            "last_jalali": jalali_numbers(stats.last),
            "sources": dict(_largest_first(stats.sources)),
            "categories": dict(_largest_first(stats.categories)),
            "terms": stats.terms,
            "size_bytes": stats.size_bytes,
            "analyzer_version": stats.analyzer_version,
            "kernel": describe(),
        },
        out,
    )


STATS_FORMATS: dict[str, Callable[[Stats, Sink], None]] = {"text": write_stats_text, "json": write_stats_json}


def _facts(stats: Stats, settings: Settings, persian: bool, on_screen: bool) -> Iterator[tuple[str, str]]:
    """What is told: the name of each fact, and the fact, isolated from what stands before it."""
    number = partial(figure, language="fa" if persian else "en")
    yield "index", isolated(one_line(str(stats.path)), right_to_left=False)
    yield "articles", number(stats.articles)
    if stats.first and stats.last:
        yield "dated", number(stats.dated)
        for name, moment in (("first", stats.first), ("last", stats.last)):
            day = both_calendars(moment, settings.calendar, slashes=on_screen)
            yield name, isolated(in_digits(day, settings.digits))
    yield "sources", _summary(stats.sources, persian, whole=on_screen)
    yield "categories", _summary(stats.categories, persian, whole=on_screen)
    yield "terms", number(stats.terms)
    yield "size", _size(stats.size_bytes, persian)
    yield "analyzer", _WORDS["version"][persian].format(number(stats.analyzer_version))
    yield "kernel", isolated(one_line(translated(describe()) if persian else describe()))


def _size(count: int, persian: bool = False) -> str:
    """Bytes in the unit that leaves few digits.

    >>> _size(421_100), _size(88_120_000), _size(421_100, persian=True)
    ('421 kB', '88.1 MB', '۴۲۱ کیلوبایت')
    """
    told, unit = (f"{count / 1e6:,.1f}", "megabytes") if count >= 1e6 else (f"{count / 1e3:.0f}", "kilobytes")
    return _WORDS[unit][persian].format(persian_number(told) if persian else told)


def _summary(counts: Mapping[str, int], persian: bool, *, whole: bool) -> str:
    """How many names there are, and the largest of them with their counts."""
    if not counts:
        return _WORDS["none"][persian]
    number = partial(figure, language="fa" if persian else "en")
    shown = _largest_first(counts)[:_NAMES_SHOWN]
    names = [isolated(f"{one_line(name).strip()} ({number(count)})", whole=whole) for name, count in shown]
    more = ["…"] if len(counts) > _NAMES_SHOWN else []
    return f"{number(len(counts))}: {'، '.join([*names, *more])}"


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
