"""What an index knows, for completion: read while the searcher already answers."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from khabarjoo.analyzers.calendars import jalali

from ..terminal_safety import one_line
from ..zwnj_spelling import spell
from .completion import Vocabulary
from .completion_matching import Name, Words

if TYPE_CHECKING:
    from datetime import datetime

    from ..engine import WordForm
    from ..searcher import Searcher

MOST_WORDS = 40_000
MOST_NAMES = 5_000

_SHORTEST_WORD = 3
_LONGEST_NAME = 80
_MOST_YEARS = 40


def read_vocabulary(searcher: Searcher) -> Vocabulary:
    """Returns the vocabulary of an index. Raises StoreError."""
    return Vocabulary(
        sources=_names(searcher.names("source")),
        categories=_names(searcher.names("category")),
        tags=_names(searcher.names("tag")),
        speakers=_names(searcher.speakers()),
        words=Words.of(_words(searcher.vocabulary(MOST_WORDS))),
        years=_years(searcher.dates() or ()),
    )


def _names(commonest: Iterable[str]) -> tuple[Name, ...]:
    return tuple(map(Name.of, filter(_is_plain, islice(commonest, MOST_NAMES))))


def _is_plain(text: str) -> bool:
    return text == one_line(text) and len(text) <= _LONGEST_NAME


def _words(words: Iterable[WordForm]) -> list[str]:
    """Words, the commonest first, spelled as a careful writer does."""
    ranked = sorted(
        (-word.times, spell(word.form, word.lemma, word.parts))
        for word in words
        if len(word.form) >= _SHORTEST_WORD and not any(map(str.isdigit, word.form)) and _is_plain(word.form)
    )
    return list(dict.fromkeys(word for _, word in ranked))


def _years(edges: Iterable[datetime]) -> tuple[int, ...]:
    """The Jalali years from the later of two dates back to the earlier."""
    years: list[int] = []
    for moment in edges:
        with suppress(ValueError, OverflowError, OSError):  # outside the calendar
            years.append(jalali(moment).year)
    return tuple(range(max(years), max(min(years) - 1, max(years) - _MOST_YEARS), -1)) if years else ()
