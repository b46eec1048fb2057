"""Dates in queries: how far the date after ``date:`` goes, and the span it means."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from .keywords import COMPARISONS

if TYPE_CHECKING:
    from khabarjoo.analyzers.dates import Span

_DOTS = ("..", "…")
_DIGITS_OF_DAY = 2
_SHORT = re.compile(r"\d{1,2}(?:\s*(?:\.\.|…)\s*\d{1,2})?")
_YEAR = re.compile(r"\d{4}")
_RANGE_WORDS = frozenset(("تا", "الی", "to", "until", "till"))


def read_span(text: str, now: datetime | None = None) -> Span:
    """Returns the span that a query's date means, as `parse_span`, also after < <= > >=. Raises DateError."""
    from khabarjoo.analyzers.dates import parse_span

    for sign, words in COMPARISONS.items():
        if text.startswith(sign):
            return parse_span(words + text[len(sign) :], now=now)
    return parse_span(text, now=now)


def date_end(text: str, start: int, stops: list[int]) -> int:
    """Returns where the date from ``start`` ends: at one of ``stops``, where its words do. Raises DateError.

    It takes in every word that makes it mean another time. One of numbers alone is complete as it stands, and goes on
    only as a range, or the numbers of news («date:1402 20 killed») would belong to it. A number of two digits is a year
    only where no words make it a day or a count: ۲۵ شهریور ۱۴۰۱, ۱۵ روز گذشته.
    """
    from khabarjoo.analyzers.dates import DateError

    end, span, first_error = 0, None, None
    for stop in stops:
        date = text[start:end]
        is_short = _is_short(date)
        if end and _is_complete(date) and not is_short and not _is_range_word(text[end:stop]):
            break
        try:
            found = read_span(text[start:stop])
        except DateError as error:
            first_error = first_error or error
            continue
        goes_on = found != span or _YEAR.fullmatch(text[end:stop].strip())
        if goes_on and not (is_short and _is_another_number(text[start:stop])):
            end, span = stop, found
    if first_error and not end:
        raise first_error
    return end


def _is_complete(date: str) -> bool:
    return not any(char.isalpha() for char in date) and not date.endswith(_DOTS)


def _is_short(date: str) -> bool:
    """Whether a date is one number of at most two digits, or a range of two."""
    return _SHORT.fullmatch(date.lstrip("".join(COMPARISONS) + " ")) is not None


def _is_another_number(date: str) -> bool:
    """Whether a date goes on with a number that no word and no year ties to it: ۸۸ ۳, but not ۲۵ ۶ ۱۴۰۱."""
    numbers = date.split()
    return _is_complete(date) and ".." not in date and all(len(number) <= _DIGITS_OF_DAY for number in numbers)


def _is_range_word(text: str) -> bool:
    word = text.split()[0]
    return word.startswith(_DOTS) or word.lower() in _RANGE_WORDS
