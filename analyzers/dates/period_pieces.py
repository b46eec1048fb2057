"""Pieces of months, seasons and years: هفتهٔ اول مهر, نیمهٔ دوم ۱۴۰۱, اواخر پاییز, 2022-Q3.

Weeks of a month are counted from its first day, the fifth is what is left; the last is its last seven days. Thirds of
a month have ten days, halves fifteen, and the last takes what is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..calendars import Calendar, DateError, tehran
from .spans import Interval, days, months
from .tokens import Token
from .words import Kind, Unit, join_words

_DAYS_IN = {Unit.DAY: 1, Unit.WEEK: 7}
# Units whose plural makes thirds of the whole (روزهای پایانی پاییز), and what has days and months that are counted in
# words; the day of a month is a date.
_OF_THIRDS = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})
_OF_ONE = frozenset({Kind.UNIT, Kind.SEASON, Kind.NUMBER})
_TENTHS, _QUARTERS = 3, 4
_MONTH, _WEEK = 30, 7
_LAST = -1
_MONTHS_IN_YEAR = 12
_SUPERLATIVE = "ین"


@dataclass(frozen=True, slots=True)
class Piece:
    """One of ``count`` equal parts of a time or, without a count, of its parts so many months or days long.

    With a ``weekday`` (0 is Saturday) it is one of those days. ``index`` counts from 0; -1 is the last.
    """

    index: int
    count: int = 0
    months: int = 0
    days: int = 0
    weekday: int | None = None

    def of(self, whole: Interval, calendar: Calendar) -> Interval:
        """Returns this piece of whole months of a calendar, or of a week; DateError where there is none."""
        first, after = (moment.astimezone(tehran()).date() for moment in whole)
        year, month, day = calendar.fields(first)
        last_year, last_month, last_day = calendar.fields(after)
        size = (last_year - year) * 12 + last_month - month
        is_months = day == last_day == 1 and size > 0
        if not is_months and (self.months or (after - first).days != _WEEK):
            raise DateError("only months, seasons and years have such parts")
        if self.weekday is not None:
            return self._weekday_of(first, after)
        by_month = is_months and (self.months > 0 or (self.count > 0 and size % self.count == 0))
        total = size if by_month else (after - first).days
        whole_month = _MONTH if size == 1 and is_months else total
        length = self.months or self.days or (total if by_month else whole_month) // self.count
        if not is_months and length >= total:
            raise DateError("it has no such part")
        start = total - length if self.index == _LAST else self.index * length
        if not 0 <= start < total or start + self.months > total:
            raise DateError("it has no such part")
        is_rest = self.count and self.index == self.count - 1
        end = total if is_rest else min(start + length, total)
        if by_month:
            return months(calendar, year * 12 + month - 1 + start, end - start)
        return days(first + timedelta(days=start), first + timedelta(days=end))

    def _weekday_of(self, first: date, after: date) -> Interval:
        """The first, second … or last such weekday of the days from ``first`` up to ``after``."""
        if self.index == _LAST:
            last = after - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() + 2 - (self.weekday or 0)) % _WEEK)
        else:
            day = first + timedelta(days=((self.weekday or 0) - first.weekday() - 2) % _WEEK + self.index * _WEEK)
        if not first <= day < after:
            raise DateError("it has no such part")
        return days(day, day + timedelta(days=1))


def take_piece(tokens: list[Token]) -> tuple[Piece, list[Token]] | None:
    """Returns the piece that a date's tokens name, and the tokens of what it is a piece of; None for none."""
    for place, token in enumerate(tokens):
        if token.kind is Kind.THIRD:
            return Piece(token.number, count=3), tokens[:place] + tokens[place + 1 :]
        for size in (3, 2):
            words = tokens[place : place + size]
            rest = tokens[:place] + tokens[place + size :]
            if len(words) == size and rest and (piece := _piece(words, rest)):
                return piece, rest
        if len(tokens) > place + 2 and (piece := _length_of_one(tokens[place : place + 2])):
            return piece, tokens[:place] + tokens[place + 2 :]
    if len(tokens) > 1 and (tokens[0].kind is Kind.EDGE or _is_first_of(tokens)):
        is_last = tokens[0].kind is Kind.EDGE and tokens[0].number
        return Piece(_LAST if is_last else 0, days=1), tokens[1:]
    return None


def _is_first_of(tokens: list[Token]) -> bool:
    """Whether the tokens name the first day of a time: اول سال, اول هفته, but not اول مهر."""
    first, second, *rest = tokens
    if first.kind is not Kind.ORDINAL or first.number != 1 or any(token.kind is Kind.MONTH for token in rest):
        return False
    return second.kind in (Kind.UNIT, Kind.UNIT_REFERENCE)


def names_piece(tokens: list[Token]) -> bool:
    """Returns whether the tokens of a date name a piece that is more than its first or last day."""
    taken = take_piece(tokens)
    return taken is not None and taken[0].days != 1


def _piece(words: list[Token], rest: list[Token]) -> Piece | None:
    """The piece that words say, as length and ordinal or the other way round: هفتهٔ اول, first week, سه ماه اول, Q3."""
    for length, which in ((words[:-1], words[-1]), (words[1:], words[0])):
        index = _index(which, length[-1])
        if index is not None and (piece := _of_length(length, index, rest)):
            return piece
    which, named = words[0], words[-1]
    if len(words) == 2 and named.kind is Kind.WEEKDAY and _is_superlative(which):
        index = _index(which, named)
        return Piece(_LAST if index is None else index, weekday=named.number)
    return None


def _is_superlative(which: Token) -> bool:
    """Whether a word can only say which of several: سومین, آخرین, third; not «سوم», which may be a day."""
    if which.kind in (Kind.EDGE, Kind.SWEEP):
        return which.number == 1 if which.kind is Kind.EDGE else which.text.lower() == "last"
    return which.kind is Kind.ORDINAL and (which.text.isascii() or join_words(which.text).endswith(_SUPERLATIVE))


def _length_of_one(words: list[Token]) -> Piece | None:
    """A whole so many months long that says no ordinal: ۹ ماههٔ ۱۴۰۲."""
    number, unit = words
    if unit.kind is Kind.MONTHS and number.kind is Kind.NUMBER and 0 < number.number <= _MONTHS_IN_YEAR:
        return Piece(0, months=number.number)
    return None


def _index(which: Token, length: Token) -> int | None:
    if which.kind is Kind.ORDINAL and which.number <= 12:
        return which.number - 1
    if which.kind is Kind.EDGE:
        return _LAST if which.number else 0
    if length.kind is Kind.QUARTER and which.kind is Kind.NUMBER and which.adjoins and which.digits == 1:
        return which.number - 1
    return None


def _of_length(length: list[Token], index: int, rest: list[Token]) -> Piece | None:
    *counted, unit = length
    if counted:
        number = counted[0].number
        if counted[0].kind is not Kind.NUMBER or counted[0].digits > 2 or not 0 < number <= _MONTH:
            return None
        if unit.kind is Kind.MONTHS or (unit.kind is Kind.UNIT and unit.unit is Unit.MONTH):
            return Piece(index, months=number)
        if unit.kind is Kind.UNIT and unit.unit in _DAYS_IN:
            return Piece(index, days=number * _DAYS_IN[unit.unit])
        return None
    if unit.kind is Kind.UNIT and unit.number and unit.unit in _OF_THIRDS:
        return Piece(_last_of(_TENTHS, index), count=_TENTHS) if index in (0, _LAST) else None
    if unit.kind is Kind.HALF_OF:
        return Piece(_last_of(2, index), count=2)
    if unit.kind is Kind.QUARTER or (unit.kind is Kind.UNIT and unit.unit is Unit.SEASON):
        return Piece(_last_of(_QUARTERS, index), count=_QUARTERS)
    if unit.kind is Kind.UNIT and unit.unit is Unit.WEEK:
        return Piece(index, days=7)
    if unit.kind is Kind.UNIT and unit.unit is Unit.DECADE and any(token.kind is Kind.MONTH for token in rest):
        return Piece(_last_of(_TENTHS, index), count=_TENTHS)
    if unit.kind is Kind.UNIT and rest[0].kind in _OF_ONE:
        if unit.unit is Unit.MONTH:
            return Piece(index, months=1)
        if unit.unit is Unit.DAY:
            return Piece(index, days=1)
    return None


def _last_of(count: int, index: int) -> int:
    return count - 1 if index == _LAST else index
