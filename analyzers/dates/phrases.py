"""One date as it stands among labels, weekdays and times, or as an offset from now: ۳ روز پیش, مهر پارسال."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from ..calendars import JALALI, Calendar, DateError, tehran
from .parts import FormError, Parts, american_order, at_clock, read_parts, resolve
from .pieces import Piece, take_piece
from .spans import Interval, period, window
from .tokens import Clock, Token
from .words import Kind, Unit

# Phrases that count from now, by the kinds of their words. A sweep without a number is one whole unit (last
# week is the week before this), with a number the time until now (last 7 days); a shift names one unit (7
# days ago is a day).
_PHRASES = {
    (Kind.NUMBER, Kind.UNIT, Kind.SHIFT): Kind.UNIT_REFERENCE,
    (Kind.NUMBER, Kind.UNIT, Kind.SWEEP): Kind.WINDOW,
    (Kind.SWEEP, Kind.NUMBER, Kind.UNIT): Kind.WINDOW,
    (Kind.UNIT, Kind.SHIFT): Kind.UNIT_REFERENCE,
    (Kind.UNIT, Kind.SWEEP): Kind.UNIT_REFERENCE,
    (Kind.SHIFT, Kind.UNIT): Kind.UNIT_REFERENCE,
    (Kind.SWEEP, Kind.UNIT): Kind.UNIT_REFERENCE,
}
_LONGEST_PHRASE = max(map(len, _PHRASES))
_SILENT = {Kind.FILLER, Kind.LABEL, Kind.HALF}

# What stands in a date besides its own words; units only before what they say: سال ۸۸, ماه مهر, روز شنبه.
_BESIDE = (Kind.CLOCK, Kind.WEEKDAY, Kind.ERA, Kind.UNIT_REFERENCE, Kind.WINDOW)
_MOVES = {Kind.SHIFT, Kind.SWEEP}
_PARTS = {Kind.NUMBER, Kind.ORDINAL, Kind.MONTH, Kind.SEASON, Kind.FEAST}
_INTRODUCING = {Unit.DAY, Unit.MONTH, Unit.SEASON, Unit.YEAR}
_INTRODUCED = _PARTS | {Kind.WEEKDAY, Kind.UNIT, Kind.UNIT_REFERENCE}

# Runs of digits that are a date by themselves: 13990226, 201807181046, 20180718104600; and seconds or
# milliseconds since 1970.
_COMPACT_LENGTHS = {8, 12, 14}
_EPOCH_UNITS = {10: timedelta(seconds=1), 13: timedelta(milliseconds=1)}
_MIDDLE_DAY = 15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def join_phrases(tokens: list[Token]) -> list[Token]:
    """The tokens that say something, each phrase that counts from now made one reference or window."""
    said = [token for token in tokens if token.kind not in _SILENT]
    if not any(token.kind in _MOVES for token in said):
        return said
    joined: list[Token] = []
    place = 0
    while place < len(said):
        for size in range(_LONGEST_PHRASE, 1, -1):
            phrase = said[place : place + size]
            kind = _PHRASES.get(tuple(token.kind for token in phrase))
            if kind and (counted := _count(phrase, kind)):
                joined.append(counted)
                break
        else:
            size = 1
            joined.append(said[place])
        place += size
    return joined


def _count(phrase: list[Token], kind: Kind) -> Token | None:
    """The phrase as one token; None where its number is a year, or a day as in «the 15th of this month»."""
    roles = {token.kind: token for token in phrase}
    move = roles.get(Kind.SHIFT) or roles[Kind.SWEEP]
    unit, number = roles[Kind.UNIT], roles.get(Kind.NUMBER)
    if number is None:
        return replace(unit, kind=kind, number=move.number, gap=phrase[0].gap)
    if number.digits == 4 or not move.number:
        return None
    return replace(unit, kind=kind, number=move.number * number.number, gap=phrase[0].gap)


def read_date(tokens: list[Token], now: datetime) -> Parts | Interval:
    """One date, as parts when it may lack something that a range lends it; DateError when it is none."""
    tokens = _with_middle_day(tokens)
    if taken := take_piece(tokens):
        piece, rest = taken
        whole = read_date(rest, now)
        if isinstance(whole, Parts):
            return _parted(whole, piece, now)
        reference = _only(rest, Kind.UNIT_REFERENCE)
        return piece.of(whole, (reference.calendar if reference else None) or JALALI)
    for token in tokens:
        if token.kind is Kind.OTHER:
            raise FormError(f"{token.text} is no word of dates")
    words = [token for place, token in enumerate(tokens) if _is_part(tokens, place)]
    beside = {kind: _only(tokens, kind) for kind in _BESIDE}
    clock_token, weekday_token = beside[Kind.CLOCK], beside[Kind.WEEKDAY]
    clock = clock_token.clock if clock_token else None
    weekday = weekday_token.number if weekday_token else None
    era_token = beside[Kind.ERA]
    era = era_token.calendar if era_token else None
    if sweep := beside[Kind.WINDOW]:
        if words or clock or weekday is not None or sweep.unit is None or sweep.calendar is None:
            raise FormError("a length of time until now stands alone")
        return window(sweep.unit, sweep.calendar, now, sweep.number)
    if instant := _epoch(words):
        return instant
    words, clock = _expand_compact(words, clock)
    if reference := beside[Kind.UNIT_REFERENCE]:
        if not words:
            return _referred(reference, weekday, clock, now)
        words = _with_reference(words, reference, era, now)
    moves = [token.number for token in tokens if token.kind in _MOVES]
    if len(moves) > 1:
        raise FormError("it points from now more than once")
    if words:
        parts = read_parts(american_order(words, clock), era, now)
    elif weekday is not None:
        parts = Parts(JALALI)
    else:
        raise FormError("it names no day")
    return replace(parts, weekday=weekday, clock=clock, shift=moves[0] if moves else 0)


def _with_middle_day(tokens: list[Token]) -> list[Token]:
    """The tokens with the half of a month that is its middle as a day: نیمهٔ شعبان."""
    return [
        replace(token, kind=Kind.NUMBER, number=_MIDDLE_DAY, digits=2)
        if token.kind is Kind.HALF_OF and following and following.kind is Kind.MONTH
        else token
        for token, following in zip_longest(tokens, tokens[1:])
        if token is not None
    ]


def _parted(whole: Parts, piece: Piece, now: datetime) -> Parts:
    """The parts with a piece taken of them; DateError where they have no such piece."""
    smaller = (whole.piece, whole.clock, whole.day, whole.feast, whole.weekday)
    if any(part is not None for part in smaller):
        raise FormError("only months, seasons and years have such parts")
    parted = replace(whole, piece=piece)
    resolve(parted, now)
    return parted


def settle(reading: Parts | Interval, now: datetime) -> Interval:
    """The time that what was read means."""
    return resolve(reading, now) if isinstance(reading, Parts) else reading


def _is_part(tokens: list[Token], place: int) -> bool:
    """Whether a token is one of the date's own words; FormError for one that has no place in a date."""
    token = tokens[place]
    if token.kind in _PARTS or (token.kind is Kind.UNIT and token.unit is Unit.DECADE):
        return True
    if token.kind is Kind.UNIT:
        follower = tokens[place + 1].kind if place + 1 < len(tokens) else None
        if token.unit in _INTRODUCING and follower in _INTRODUCED:
            return False
    elif token.kind in _BESIDE or token.kind in _MOVES or token.kind is Kind.AND:
        return False
    raise FormError(f"{token.text} has no place there")


def _only(tokens: list[Token], kind: Kind) -> Token | None:
    found = [token for token in tokens if token.kind is kind]
    if len(found) > 1:
        raise FormError(f"both {found[0].text} and {found[1].text} stand there")
    return found[0] if found else None


def _epoch(words: list[Token]) -> Interval | None:
    """The time since 1970 that ten or thirteen digits alone are; a fraction of a second may follow ten."""
    if not words or words[0].digits not in _EPOCH_UNITS or words[0].text.startswith("0"):
        return None
    unit = _EPOCH_UNITS[words[0].digits]
    start = _EPOCH + words[0].number * unit
    if len(words) == 2 and words[1].gap == "." and unit == timedelta(seconds=1):
        start += timedelta(microseconds=int(words[1].text.ljust(6, "0")[:6]))
    elif len(words) > 1:
        return None
    return start, start + unit


def _expand_compact(words: list[Token], clock: Clock | None) -> tuple[list[Token], Clock | None]:
    """A run of eight digits as year, month and day, with the time that four or six more give."""
    if len(words) != 1 or words[0].digits not in _COMPACT_LENGTHS:
        return words, clock
    digits = words[0].text
    pairs = [int(digits[start : start + 2]) for start in range(4, len(digits), 2)]
    parts = [replace(words[0], number=number, digits=2) for number in pairs[:2]]
    year = replace(words[0], number=int(digits[:4]), digits=4)
    if len(pairs) > 2:
        seconds = pairs[4:]
        unit = timedelta(seconds=1) if seconds else timedelta(minutes=1)
        clock = Clock(pairs[2], pairs[3], seconds[0] if seconds else 0, unit=unit)
    return [year, *parts], clock


def _referred(reference: Token, weekday: int | None, clock: Clock | None, now: datetime) -> Interval:
    """The unit that was pointed to, or its weekday: شنبه هفته گذشته."""
    unit, calendar = reference.unit or Unit.DAY, reference.calendar or JALALI
    interval = period(unit, calendar, now, reference.number)
    if unit is Unit.WEEK and weekday is not None:
        unit = Unit.DAY
        interval = period(unit, calendar, interval[0] + timedelta(days=weekday, hours=12), 0)
    if clock is None:
        return interval
    if unit is not Unit.DAY:
        raise DateError("a time of day needs a day")
    return at_clock(clock, interval)


def _with_reference(words: list[Token], reference: Token, era: Calendar | None, now: datetime) -> list[Token]:
    """The words of a date with the year or month it points to in numbers: ۵ مهر پارسال, پنجم ماه گذشته."""
    if reference.unit is Unit.DAY:
        if len(words) < 2:
            raise FormError(f"{words[0].text} has no place beside {reference.text}")
        return words  # the date itself is printed beside «today»
    calendar = next((word.calendar for word in words if word.kind is Kind.MONTH), None) or era
    if calendar is None:
        has_jalali_word = any(word.kind in (Kind.SEASON, Kind.FEAST) for word in words)
        calendar = JALALI if has_jalali_word else reference.calendar or JALALI
    if reference.unit not in (Unit.YEAR, Unit.MONTH):
        raise FormError(f"{reference.text} has no place there")
    start = period(reference.unit, calendar, now, reference.number)[0]
    year, month, _ = calendar.fields(start.astimezone(tehran()))
    year_word = replace(reference, kind=Kind.NUMBER, number=year, digits=4, text=str(year))
    if reference.unit is Unit.YEAR:
        return [*words, year_word]
    month_word = replace(reference, kind=Kind.MONTH, number=month, calendar=calendar)
    return [*words, month_word, year_word]
