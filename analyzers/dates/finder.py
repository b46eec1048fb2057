"""Finding the date a page prints among other words, without taking a telephone number or a code for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from ..calendars import GREGORIAN, JALALI, LUNAR, Calendar, DateError
from .single_date import Parts, american_order, at_clock, read_parts, resolve, shape_letter
from .spans import Interval
from .tokens import Clock, Token
from .words import Kind, Unit

# The shapes (see `parts`) of a full date; in the last two the year has two digits, and needs more to show.
_NUMERIC_SHAPES = {"ynn", "nny"}
_NAMED_SHAPES = {"nmy", "omy", "mny", "moy", "ymn", "ymo"}
_SHORT_SHAPES = {"nmn", "omn", "mnn"}

_PRINTED_YEARS = {JALALI: range(1300, 1500), GREGORIAN: range(1900, 2100), LUNAR: range(1300, 1501)}
_NUMERIC_SEPARATORS = {"/", "-", "."}
_NAMED_SEPARATORS = {"", "/", "-", ".", ",", "،"}
_SHORT_YEAR_SEPARATORS = {"", "/", "-", ","}

# Words inside a date that are no part of it (۲۷م تیر ماه سال ۱۳۹۷, 18th of July), and those that may stand
# between a date and its time or its like in the other calendar.
_LINKS = {"م", "ام", "th", "st", "nd", "rd", "of"}
_LINKING_UNITS = {Unit.MONTH, Unit.YEAR}
_QUIET = {Kind.FILLER, Kind.LABEL, Kind.WEEKDAY, Kind.HALF, Kind.ERA, Kind.AND, Kind.ZONE}
_QUIET_UNITS = {Unit.HOUR, Unit.DAY}
_LONGEST_QUIET = 5

# What a line that is nothing but a date may hold, and the digits of its numbers; without a time or weekday beside it
# the year has four.
_OF_DATELINES = _QUIET | {Kind.NUMBER, Kind.ORDINAL, Kind.MONTH, Kind.CLOCK, Kind.UNIT}
_DATELINE_UNITS = _QUIET_UNITS | _LINKING_UNITS | {Unit.MINUTE}
_SHORT = (1, 2)
_FULL_DAYS = [[4, month, day] for month in _SHORT for day in _SHORT]
_FULL_DAYS += [[day, month, 4] for month in _SHORT for day in _SHORT]
_NUMBERED_DAYS = {False: _FULL_DAYS, True: _FULL_DAYS + [[a, b, c] for a in _SHORT for b in _SHORT for c in _SHORT]}

# A number before one of these counts it, or is the day of a month.
_COUNTED = {Kind.OTHER, Kind.UNIT, Kind.MONTH}


@dataclass(frozen=True, slots=True)
class _Printed:
    """A full date: its words, and the places of the tokens from its first up to but not including ``end``."""

    words: list[Token]
    parts: Parts
    start: int
    end: int
    clock: Clock | None = None

    @property
    def calendar(self) -> Calendar:
        return self.parts.calendar


def find_date(tokens: list[Token]) -> datetime | None:
    """Returns the moment of the first full date among the tokens, with the time printed beside it."""
    for place in range(len(tokens)):
        printed = _date_at(tokens, place)
        if printed and (printed.calendar is not LUNAR or place == 0 or _is_announced(tokens, place, printed.end)):
            return _moment(tokens, printed)
    return None


def is_day_alone(tokens: list[Token]) -> bool:
    """Returns whether the tokens are a day, even one that cannot be, with what stands beside it, and no other word."""
    kinds = {token.kind for token in tokens}
    if not kinds <= _OF_DATELINES or not {token.unit for token in tokens if token.kind is Kind.UNIT} <= _DATELINE_UNITS:
        return False
    numbers = [token for token in tokens if token.kind is Kind.NUMBER]
    if kinds & {Kind.MONTH}:
        return len(numbers) + (Kind.ORDINAL in kinds) > 1 or (len(numbers) == 1 and Kind.CLOCK in kinds)
    shapes = _NUMBERED_DAYS[Kind.CLOCK in kinds or Kind.WEEKDAY in kinds]
    for place in range(len(tokens) - 2):
        three = tokens[place : place + 3]
        is_day = [token.digits for token in three] in shapes and all(token.kind is Kind.NUMBER for token in three)
        if is_day and _stand_together(tokens, place):
            return True
    return False


def _date_at(tokens: list[Token], start: int) -> _Printed | None:
    if shape_letter(tokens[start]) not in "ynmo":
        return None
    words = [tokens[start]]
    place = start + 1
    inside: Clock | None = None
    while place < len(tokens) and len(words) < 3:
        token = tokens[place]
        if token.separator not in _NAMED_SEPARATORS:
            return None
        if shape_letter(token) in "ynmo":
            words.append(token)
        elif token.clock and words[0].kind is Kind.MONTH and len(words) == 2 and token.gap == " ":
            inside = token.clock  # Apr 3 21:00:00 2024
        elif not _is_link(token):
            return None
        place += 1
    shape = "".join(map(shape_letter, words))
    if not all(word.digits for word in words if shape_letter(word) == "y"):
        return None
    era = tokens[place] if place < len(tokens) and tokens[place].kind is Kind.ERA else None
    clock = _clock_at(tokens, place + (era is not None))
    if shape in _NUMERIC_SHAPES or (shape == "nnn" and clock is not None and clock.american):
        is_date = place == start + 3 and _stand_together(tokens, start)
    elif shape in _SHORT_SHAPES:
        is_short_year = words[2].digits == 2 and words[2].separator in _SHORT_YEAR_SEPARATORS
        is_date = is_short_year and _is_announced(tokens, start, place)
    else:
        is_date = shape in _NAMED_SHAPES
    if shape in _NUMERIC_SHAPES or shape == "nnn":
        words = american_order(words, clock, era)
    parts = _parts(words, era.calendar if era else None) if is_date else None
    if parts and shape in _SHORT_SHAPES and parts.calendar is LUNAR and clock is None:
        return None  # «شنبه ۲ صفر ۱۴» is rather a score
    return _Printed(words, parts, start, place, inside) if parts else None


def _clock_at(tokens: list[Token], place: int) -> Clock | None:
    return tokens[place].clock if place < len(tokens) else None


def _is_link(token: Token) -> bool:
    return token.text.lower() in _LINKS or (token.kind is Kind.UNIT and token.unit in _LINKING_UNITS)


def _stand_together(tokens: list[Token], start: int) -> bool:
    """Whether three numbers are parted by one sign alone and no more numbers hang on either side."""
    _, second, third = tokens[start : start + 3]
    if second.separator not in _NUMERIC_SEPARATORS or second.gap.strip() != third.gap.strip():
        return False
    if second.separator != "/" and not (second.adjoins and third.adjoins):
        return False
    return not (_hangs(tokens, start) or _hangs(tokens, start + 3))


def _hangs(tokens: list[Token], place: int) -> bool:
    """Whether the token at a place and the one before are numbers with no space between them."""
    if not 0 < place < len(tokens):
        return False
    before, token = tokens[place - 1], tokens[place]
    return token.adjoins and before.kind is Kind.NUMBER and token.kind is Kind.NUMBER


def _is_announced(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a weekday, label or time beside a date shows its last number to be a year, not a count."""
    before = tokens[start - 1].kind if start else None
    after = tokens[end] if end < len(tokens) else None
    if after and after.kind in _COUNTED and after.unit is not Unit.HOUR and not after.separator:
        return False
    return before in (Kind.WEEKDAY, Kind.LABEL, Kind.CLOCK) or bool(after and after.kind is Kind.CLOCK)


def _parts(words: list[Token], era: Calendar | None) -> Parts | None:
    if era is not None and any(word.kind is Kind.MONTH for word in words):
        era = None  # the month says which calendar it is
    try:
        parts = read_parts(words, era, datetime.now(UTC))
    except DateError:
        return None
    return parts if parts.day and parts.year in _PRINTED_YEARS[parts.calendar] else None


def _moment(tokens: list[Token], printed: _Printed) -> datetime:
    """The moment of a date, of the times beside it and of its like in other calendars.

    Where the calendars disagree the Jalali one is believed: pages work the other out, and often wrongly.
    """
    clock, others = _follow(tokens, printed)
    clock = printed.clock or clock or _clock_before(tokens, printed.start)
    dates = [date.parts for date in (printed, *others)]
    if clock is not None and clock.american:
        dates = [_interpret(date, clock) for date in (printed, *others)]
    dates.sort(key=lambda parts: parts.calendar is not JALALI)
    chosen = next((parts for parts in dates if parts.calendar is not LUNAR), dates[0])
    now = datetime.now(UTC)
    midnight = resolve(chosen, now)
    if clock is None:
        return midnight[0]
    # A time with its offset from Greenwich may be that of the other calendar's date, a day away at midnight.
    for parts in dates if clock.offset is not None else ():
        moment = _at(clock, resolve(parts, now))
        if moment and midnight[0] <= moment < midnight[1]:
            return moment
    return _at(clock, midnight) or midnight[0]


def _interpret(date: _Printed, clock: Clock | None) -> Parts:
    return _parts(american_order(date.words, clock), date.calendar) or date.parts


def _at(clock: Clock, day: Interval) -> datetime | None:
    try:
        return at_clock(clock, day)[0]
    except DateError:
        return None


def _follow(tokens: list[Token], printed: _Printed) -> tuple[Clock | None, list[_Printed]]:
    """The first time after a date, and the same day in other calendars, as far as nothing else is said."""
    clock: Clock | None = None
    others: list[_Printed] = []
    place, quiet = printed.end, 0
    while place < len(tokens) and quiet <= _LONGEST_QUIET:
        token = tokens[place]
        other = _date_at(tokens, place)
        if other and other.calendar not in [date.calendar for date in (printed, *others)]:
            others.append(other)
            place, quiet = other.end, 0
        elif token.clock and not other:
            clock = clock or token.clock
            place += 1
        elif _is_quiet(token):
            place, quiet = place + 1, quiet + 1
        else:
            break
    return clock, others


def _clock_before(tokens: list[Token], start: int) -> Clock | None:
    for token in reversed(tokens[max(0, start - _LONGEST_QUIET) : start]):
        if token.clock:
            return token.clock
        if not _is_quiet(token):
            return None
    return None


def _is_quiet(token: Token) -> bool:
    return token.kind in _QUIET or (token.kind is Kind.UNIT and token.unit in _QUIET_UNITS)
