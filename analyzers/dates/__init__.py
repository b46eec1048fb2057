"""Dates as people write them in queries and pages print them: text to spans of time, in both calendars.

Jalali and Gregorian years are told apart by their numbers. A date without day or month means the whole unit,
one without a year the latest such that has begun. Days are those of Tehran. What counts from now in Persian
counts Jalali months and years, in English Gregorian ones; weeks begin on Saturday in both, but on Monday in
ISO's 2022-W35. The weeks of a month are counted from its first day. Of 3/5/2022 the first number is the day,
unless it cannot be or AM or PM stands beside it. Lunar dates may be a day off.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from ..calendars import (
    JALALI,
    LUNAR,
    DateError,
    JalaliDate,
    format_jalali,
    jalali,
    jalali_to_gregorian,
    tehran,
)
from .finder import find_date, is_day_alone
from .iso import read_iso
from .period_pieces import names_piece
from .phrases import join_phrases, read_date, settle
from .single_date import FormError, Parts, lend, read_parts, resolve
from .spans import Interval, Span
from .tokens import Token, tokenise
from .words import Kind

__all__ = [
    "LINE_LIMIT",
    "LONGEST_DATE",
    "DateError",
    "JalaliDate",
    "Span",
    "find_moment",
    "format_jalali",
    "is_dateline",
    "jalali",
    "jalali_to_gregorian",
    "parse_moment",
    "parse_span",
    "tehran",
]

LONGEST_DATE = 500
"""Characters that parse_span and parse_moment read at most; longer text is refused."""
LINE_LIMIT = 2000
"""Characters at the beginning of a line that find_moment looks at."""

# The signs that may stand between the words of a date; any other makes it none (۵۰٪, $1400).
_SIGNS = frozenset(" /-.,،؛;:()[]|_'\"«»•·٫*؍")

# Which bound of a range a word gives, and which edge of the date after it that is.
_START, _END = 0, 1
_BOUNDS = {
    Kind.FROM: (_START, _START),
    Kind.BETWEEN: (_START, _START),
    Kind.AFTER: (_START, _END),
    Kind.TO: (_END, _END),
    Kind.DOTS: (_END, _END),
    Kind.BEFORE: (_END, _START),
}
_MOST_DASHES = 8
_COMMAS = {",", "،"}
_MOST_LISTED = 12
_MOST_TOKENS_TWICE = 12
# Dates further apart are two days, and no day that pages give in a second calendar, perhaps wrongly.
_SURELY_ANOTHER_DAY = timedelta(days=3)

# Every full date has a year in digits, or in character references.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_LONGEST_DATELINE = 160
_MAY_BE_DATELINE = re.compile(r"\d")
_NO_SIGNS = str.maketrans(dict.fromkeys(_SIGNS | set("+|–—>«»؛"), ""))
_MAY_HOLD_DATE = re.compile(r"\d\d|&")
# How dumps write a day, perhaps with a time after it: nothing in it is to be told apart before it is read.
_PLAIN_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})([-/])(\d{1,2})(?:[ T](\d.{1,30}))?", re.ASCII)
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)

_Reading = Parts | Interval


def parse_span(text: str, *, now: datetime | None = None) -> Span:
    """Returns the time that a date or range means, as a person writes it in a query; DateError when it means none.

    Ranges take in the units at both their ends. ``now`` is an aware moment, that of the call when not given.

    >>> parse_span("شهریور ۱۴۰۱") == parse_span("1401/6/1..1401/6/31")
    True
    >>> parse_span("از مهر تا آذر ۱۴۰۲") == parse_span("1402-07..1402-09")
    True
    >>> parse_span("۳۱ مهر ۱۴۰۱")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    DateError: "۳۱ مهر ۱۴۰۱" cannot be read as a date: مهر of 1401 has 30 days, not 31
    """
    now = _aware(now)
    try:
        if span := read_iso(text[: LONGEST_DATE + 1], now, partial(parse_span, now=now)):
            return span
        tokens, rest = _tokens(text)
        _check_signs(tokens, rest)
        tokens = join_phrases(tokens)
        if any(token.kind in _BOUNDS or token.kind is Kind.ONWARD for token in tokens):
            return _range(_clauses(tokens), now)
        try:
            return Span(*settle(read_date(tokens, now), now))
        except DateError:
            for read in (_dashed_range, _listed_range, _day_said_twice):
                if span := read(tokens, now):
                    return span
            raise
    except (DateError, OverflowError) as error:
        raise _explained(text, error) from None


def parse_moment(text: str, *, now: datetime | None = None) -> datetime:
    """Returns the moment that the date field of an article gives, in UTC; DateError when it gives none.

    It is as exact as it is printed: without a time the start of the day, without a day that of the month.
    A field that says more than a date is searched for one, as by find_moment.

    >>> parse_moment("۸ دی ۱۴۰۴، ۱۰:۵۵").isoformat()
    '2025-12-29T07:25:00+00:00'
    """
    now = _aware(now)
    if plain := _PLAIN_DAY.fullmatch(text):
        with suppress(DateError):  # which is explained below
            if found := _plain_day(plain, now):
                return found
    try:
        tokens, rest = _tokens(text)
        try:
            _check_signs(tokens, rest)
            phrases = join_phrases(tokens)
            if any(token.kind is Kind.WINDOW for token in phrases):
                raise FormError("a length of time is no moment")
            return settle(read_date(phrases, now), now)[0]
        except FormError:
            if found := find_date(tokens):
                return found
            raise
    except (DateError, OverflowError) as error:
        raise _explained(text, error) from None


def _plain_day(plain: re.Match[str], now: datetime) -> datetime | None:
    """The moment of a day in three numbers, by the shapes that numbers have; None where no time alone follows them."""
    year, first, month, second, day, time = plain.groups()
    gaps_and_digits = (("", year), (first, month), (second, day))
    words = [Token(Kind.NUMBER, text, gap, int(text), digits=len(text)) for gap, text in gaps_and_digits]
    parts = read_parts(words, None, now)
    if time:
        tokens, rest = tokenise(time)
        if rest or len(tokens) > 1 or not tokens[0].clock:
            return None
        parts = replace(parts, clock=tokens[0].clock)
    return settle(parts, now)[0]


def find_moment(text: str) -> datetime | None:
    """Returns the first full date in a line of a page, with the time beside it, in UTC; None if there is none.

    Full means day, month and year; a year of two digits needs the month's name and a weekday, label or time.
    Of a day printed in two calendars the Jalali date is believed. Only LINE_LIMIT characters are looked at.

    >>> find_moment("کد خبر: ۱۳۹۷۰۴ | ۰۸:۳۰ - ۲۷ تير ۱۳۹۷ - 18 July 2018 | 021-1397-12").isoformat()
    '2018-07-18T04:00:00+00:00'
    """
    line = text[:LINE_LIMIT]
    if not _MAY_HOLD_DATE.search(line):
        return None
    try:
        tokens, _ = tokenise(line)
        return find_date(tokens)
    except (DateError, OverflowError):
        return None


def is_dateline(line: str) -> bool:
    """Returns whether a line of a page is a day, even one that cannot be, with weekday, time and labels and no more.

    >>> [is_dateline(line) for line in ("تاریخ انتشار: ۳۱ مهر ۱۴۰۱، ۱۰:۵۵", "۳۱ مهر ۱۴۰۱ باران آمد", "021-1397-12")]
    [True, False, False]
    """
    if len(line) > _LONGEST_DATELINE or not _MAY_BE_DATELINE.search(line):
        return False
    tokens, rest = tokenise(line)
    return all(gap.translate(_NO_SIGNS) == "" for gap in (*(token.gap for token in tokens), rest)) and is_day_alone(
        tokens
    )


def _aware(now: datetime | None) -> datetime:
    if now is None:
        return datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError(f"now, {now}, carries no time zone")
    return now


def _explained(text: str, error: Exception) -> DateError:
    """The error as a sentence that names the words that were not understood."""
    why = "it is too far from now" if isinstance(error, OverflowError) else error
    return DateError(f'"{_shown(text)}" cannot be read as a date: {why}')


def _shown(text: str) -> str:
    """The text as an error may show it: one short line, up to the first control character."""
    words = " ".join(text[:LONGEST_DATE].split())
    legible, *rest = _CONTROL.split(words, maxsplit=1)
    printable = "".join(char for char in legible if char.isprintable() or char == "\u200c") + "…" * len(rest)
    return printable if len(printable) <= 60 else printable[:59] + "…"


def _tokens(text: str) -> tuple[list[Token], str]:
    if len(text) > LONGEST_DATE:
        raise DateError(f"it has {len(text):,} characters, more than the {LONGEST_DATE} a date may have")
    return tokenise(text)


def _check_signs(tokens: list[Token], rest: str) -> None:
    for gap in (*(token.gap for token in tokens), rest):
        for sign in gap:
            if sign not in _SIGNS:
                raise FormError(f"the sign {sign} stands in no date" if sign.isprintable() else "it is no text")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A date in a range: the word before it, None at the beginning, and the edge that its words choose."""

    word: Token | None
    tokens: list[Token]
    edge: int | None = None


def _clauses(tokens: list[Token]) -> list[_Clause]:
    """The dates of a range with the words before them; a word before another has no date: تا قبل از."""
    clauses = [_Clause(None, [])]
    for token in tokens:
        last = clauses[-1]
        if token.kind in _BOUNDS:
            clauses.append(_Clause(token, []))
        elif token.kind is Kind.AND:
            if last.word and last.word.kind is Kind.BETWEEN and last.tokens:
                clauses.append(_Clause(replace(token, kind=Kind.TO), []))
        elif token.kind is Kind.ONWARD:
            if last.word and last.word.kind is not Kind.FROM:
                raise FormError(f"{token.text} has no place after {last.word.text}")
            clauses[-1] = replace(last, word=replace(token, kind=Kind.FROM))
        else:
            last.tokens.append(token)
    last_word = clauses[-1].word
    if not clauses[-1].tokens and last_word and last_word.kind is not Kind.DOTS:
        raise FormError(f"no date follows {last_word.text}")
    return [_choose_edge(clause) for clause in clauses if clause.tokens]


def _choose_edge(clause: _Clause) -> _Clause:
    """The clause without the word that chooses an edge of its date: پایان مهر, ابتدای سال, اول ۱۴۰۲."""
    first, *rest = clause.tokens
    is_first_of = first.kind is Kind.ORDINAL and first.number == 1 and rest and rest[0].kind is not Kind.MONTH
    if (first.kind is not Kind.EDGE and not is_first_of) or names_piece(clause.tokens):
        return clause
    if len(rest) == 1 and rest[0].kind is Kind.UNIT:
        rest = [replace(rest[0], kind=Kind.UNIT_REFERENCE, number=0)]
    return _Clause(clause.word, rest, first.number if first.kind is Kind.EDGE else _START)


def _range(clauses: list[_Clause], now: datetime) -> Span:
    ends: list[_Clause | None] = [None, None]
    for clause in clauses:
        bound = _BOUNDS[clause.word.kind][0] if clause.word else _START
        if ends[bound]:
            raise FormError("it says twice where it starts or ends")
        ends[bound] = clause
    if ends == [None, None]:
        raise FormError("it names no day")
    readings = [read_date(clause.tokens, now) if clause else None for clause in ends]
    intervals = _resolve_ends(readings[_START], readings[_END], now)
    start, end = map(_bound, ends, readings, intervals)
    if start and end and start >= end:
        raise DateError("it ends before it starts")
    return Span(start, end)


def _resolve_ends(
    start: _Reading | None, end: _Reading | None, now: datetime
) -> tuple[Interval | None, Interval | None]:
    """Both ends of a range; one that lacks its month or year is the nearest such to the other."""
    if isinstance(start, Parts) and isinstance(end, Parts):
        start, end = lend(start, end, earlier=True), lend(end, start, earlier=False)
        if start.year is not None and end.year is None and end.lone is None:
            first = resolve(start, now)
            return first, resolve(replace(end, shift=1), first[0] - _INSTANT)
    last = None if end is None else settle(end, now)
    if last and start == end and isinstance(start, Parts) and start.year is None and start.day is None:
        return settle(start, last[0] - _INSTANT), last  # نوروز تا نوروز
    return None if start is None else settle(start, last[0] if last else now), last


def _bound(clause: _Clause | None, reading: _Reading | None, interval: Interval | None) -> datetime | None:
    if clause is None or interval is None:
        return None
    bound, edge = _BOUNDS[clause.word.kind] if clause.word else (_START, _START)
    if bound == edge == _END and isinstance(reading, Parts) and reading.feast is not None:
        return interval[0] + _DAY  # up to Nowruz is up to its first day
    return interval[edge if clause.edge is None else clause.edge]


def _dashed_range(tokens: list[Token], now: datetime) -> Span | None:
    """The range that a dash makes of what is no one date: ۱-۵ مهر ۱۴۰۲, 1397-1398; None if it makes none.

    A dash without spaces is tried only where there is no other, or it would be within a date.
    """
    dashes = [place for place in range(1, len(tokens)) if "-" in tokens[place].separator]
    spaced = [place for place in dashes if not tokens[place].adjoins]
    for place in (dashes if len(dashes) == 1 else spaced)[:_MOST_DASHES]:
        left, right = tokens[:place], tokens[place:]
        with suppress(DateError):
            if _may_be_ends(read_date(left, now), read_date(right, now)):
                return _range([_Clause(None, left), _Clause(replace(right[0], kind=Kind.TO), right)], now)
    return None


def _listed_range(tokens: list[Token], now: datetime) -> Span | None:
    """The range of dates in a list of which each ends where the next begins: مهر، آبان و آذر ۱۴۰۲; None if not."""
    link = next((place for place in range(len(tokens) - 1, 0, -1) if tokens[place].kind is Kind.AND), 0)
    if not link:
        return None
    listed = [*_parted_by_commas(tokens[:link]), tokens[link + 1 :]]
    with suppress(DateError):
        *earlier, last_but_one, last = (read_date(part, now) for part in listed)
        first, end = _resolve_ends(last_but_one, last, now)
        if first and end and first[1] == end[0]:
            start = first[0]
            for reading in reversed(earlier):
                if isinstance(reading, Parts) and isinstance(last, Parts):
                    reading = lend(reading, last, earlier=True)
                first = settle(reading, start)
                if first[1] != start:
                    return None
                start = first[0]
            return Span(start, end[1])
    return None


def _parted_by_commas(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if parts[-1] and token.separator in _COMMAS:
            parts.append([])
        parts[-1].append(token)
    return parts if len(parts) <= _MOST_LISTED else [tokens]


def _day_said_twice(tokens: list[Token], now: datetime) -> Span | None:
    """The day that two calendars name, the Jalali one first: ۱۱ سپتامبر ۲۰۰۱ (۲۰ شهریور ۱۳۸۰); None if they do not."""
    for place in range(2, min(len(tokens), _MOST_TOKENS_TWICE)):
        with suppress(DateError):
            dates = [read_date(part, now) for part in (tokens[:place], tokens[place:])]
            days = [date for date in dates if isinstance(date, Parts) and date.day]
            if len(days) == 2 and days[0].calendar is not days[1].calendar:
                days.sort(key=lambda date: (date.calendar is not JALALI, date.calendar is LUNAR, date.year is None))
                intervals = [settle(date, now) for date in days]
                if abs(intervals[0][0] - intervals[1][0]) < _SURELY_ANOTHER_DAY:
                    return Span(*intervals[0])
    return None


def _may_be_ends(start: _Reading, end: _Reading) -> bool:
    """Whether a number alone can be what the other end makes of it: a day, or the year after (1397-98)."""
    if not (isinstance(start, Parts) and isinstance(end, Parts)):
        return True
    if start.lone is not None:
        return end.day is not None
    if end.lone is None or start.day is not None:
        return True
    return start.is_year and start.year is not None and (start.year + 1) % 100 == end.lone
