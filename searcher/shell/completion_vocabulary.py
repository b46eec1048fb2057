"""What an index knows, for completion: read from its columns, apart from the searcher that answers meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from khabarjoo.analyzers.calendars import jalali
from khabarjoo.index.segment import UNDATED, Facet
from khabarjoo.index.store import LiveSegment, open_snapshot
from khabarjoo.index.wordlist import WordList

from ..local.spelling import spell
from ..terminal_safety import one_line
from .completion import Vocabulary
from .completion_matching import Name, Words

MOST_WORDS = 40_000
MOST_NAMES = 5_000

_SHORTEST_WORD = 3
_LONGEST_NAME = 80
_MOST_YEARS = 40


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of the index in a folder. Raises StoreError."""
    segments = open_snapshot(path).segments
    return Vocabulary(
        sources=_names([(live, live.segment.sources) for live in segments]),
        categories=_names([(live, live.segment.categories) for live in segments]),
        tags=_names([(live, live.segment.tags) for live in segments]),
        words=Words.of(_words(segments)),
        years=_years(segments),
    )


def _names(facets: list[tuple[LiveSegment, Facet]]) -> tuple[Name, ...]:
    """The names that articles have, the commonest first."""
    total: Counter[str] = Counter()
    for live, facet in facets:
        counts = facet.counts(live.live()).tolist()
        total.update({name: count for name, count in zip(facet.names, counts, strict=True) if count})
    ranked = sorted(total, key=lambda name: (-total[name], name))[:MOST_NAMES]
    return tuple(map(Name.of, filter(_is_plain, ranked)))


def _is_plain(text: str) -> bool:
    return text == one_line(text) and len(text) <= _LONGEST_NAME


def _words(segments: Sequence[LiveSegment]) -> list[str]:
    """The commonest words, the commonest first, spelled as a careful writer does."""
    words = WordList(segments, MOST_WORDS)
    ranked = sorted(
        (-count, spell(form, words.lemma(place), words.parts(place)))
        for place, (form, count) in enumerate(zip(words.texts, words.counts.tolist(), strict=True))
        if len(form) >= _SHORTEST_WORD and not any(map(str.isdigit, form)) and _is_plain(form)
    )
    return list(dict.fromkeys(word for _, word in ranked))


def _years(segments: Sequence[LiveSegment]) -> tuple[int, ...]:
    """The Jalali years of articles, from the latest to the first."""
    years: list[int] = []
    for live in segments:
        published = live.segment.published[live.live()]
        dated = published[published != UNDATED]
        for seconds in (dated.min(), dated.max()) if len(dated) else ():
            with suppress(ValueError, OverflowError, OSError):  # outside the calendar
                years.append(jalali(datetime.fromtimestamp(int(seconds), UTC)).year)
    return tuple(range(max(years), max(min(years) - 1, max(years) - _MOST_YEARS), -1)) if years else ()
