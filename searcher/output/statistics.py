"""What an index holds, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from khabarjoo.analyzers.kernel import describe

from ..config import Settings
from ..terminal_safety import Sink, one_line
from .hits_data import FORMAT_VERSION, dump
from .publication import both_calendars, iso, jalali_numbers
from .styles import Paragraph, Span, write_paragraphs

if TYPE_CHECKING:
    from ..results import Stats

_NAMES_SHOWN = 10


def write_stats_text(stats: Stats, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes one fact a line; of sources and categories only the largest."""
    write_paragraphs(
        (Paragraph([Span(one_line(value))], f"{name:<10} ") for name, value in _facts(stats)), out, settings
    )


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


def _facts(stats: Stats) -> Iterator[tuple[str, str]]:
    yield "index", str(stats.path)
    yield "articles", f"{stats.articles:,}"
    if stats.first and stats.last:
        yield "dated", f"{stats.dated:,}"
        yield "first", both_calendars(stats.first)
        yield "last", both_calendars(stats.last)
    yield "sources", _summary(stats.sources)
    yield "categories", _summary(stats.categories)
    yield "terms", f"{stats.terms:,}"
    yield "size", _size(stats.size_bytes)
    yield "analyzer", f"version {stats.analyzer_version}"
    yield "kernel", describe()


def _size(count: int) -> str:
    """Bytes in the unit that leaves few digits.

    >>> _size(421_100), _size(88_120_000)
    ('421 kB', '88.1 MB')
    """
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _summary(counts: Mapping[str, int]) -> str:
    """How many names there are, and the largest of them with their counts."""
    names = "، ".join(f"{name} ({count:,})" for name, count in _largest_first(counts)[:_NAMES_SHOWN])
    more = "، …" if len(counts) > _NAMES_SHOWN else ""
    return f"{len(counts):,}: {names}{more}" if counts else "none"


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
