"""One date as it stands among labels, weekdays and times, or as an offset from now: ۳ روز پیش, مهر پارسال."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from ..calendars import JALALI, LUNAR, Calendar, DateError, tehran
from .period_pieces import Piece, take_piece
from .single_date import FormError, Parts, american_order, at_clock, read_parts, resolve
from .spans import Interval, period, window
from .tokens import Clock, Token
from .words import FEW, HALVES, Kind, Unit

# Phrases that count from now, by the kinds of their words. A sweep without a number is one whole unit (last
# week is the week before this), with a number the time until now (last 7 days); a shift names one unit (7
# days ago is a day). A plural is a few (سال‌های اخیر), and a stretch names two units (یکی دو روز پیش).
_PHRASES = {
    (Kind.FEW, Kind.UNIT, Kind.SHIFT): Kind.WINDOW,
    (Kind.FEW, Kind.UNIT, Kind.SWEEP): Kind.WINDOW,
    (Kind.SWEEP, Kind.FEW, Kind.UNIT): Kind.WINDOW,
    (Kind.PAIR, Kind.UNIT, Kind.SHIFT): Kind.STRETCH,
    (Kind.PAIR, Kind.UNIT, Kind.SWEEP): Kind.WINDOW,
    (Kind.SWEEP, Kind.PAIR, Kind.UNIT): Kind.WINDOW,
    (Kind.NUMBER, Kind.UNIT, Kind.SHIFT): Kind.UNIT_REFERENCE,
    (Kind.NUMBER, Kind.UNIT, Kind.SWEEP): Kind.WINDOW,
    (Kind.SWEEP, Kind.NUMBER, Kind.UNIT): Kind.WINDOW,
    (Kind.UNIT, Kind.SHIFT): Kind.UNIT_REFERENCE,
    (Kind.UNIT, Kind.SWEEP): Kind.UNIT_REFERENCE,
    (Kind.SHIFT, Kind.UNIT): Kind.UNIT_REFERENCE,
    (Kind.SWEEP, Kind.UNIT): Kind.UNIT_REFERENCE,
}
_LONGEST_PHRASE = max(map(len, _PHRASES))
_COUNTS = (Kind.NUMBER, Kind.FEW, Kind.PAIR)
_SILENT = {Kind.FILLER, Kind.LABEL, Kind.HALF}

# What stands in a date besides its own words; units only before what they say: سال ۸۸, ماه مهر, روز شنبه.
_BESIDE = (Kind.CLOCK, Kind.WEEKDAY, Kind.ERA, Kind.UNIT_REFERENCE, Kind.WINDOW, Kind.STRETCH)
_NIGHT = "شب"
_MOVES = {Kind.SHIFT, Kind.SWEEP}
_PARTS = {Kind.NUMBER, Kind.ORDINAL, Kind.MONTH, Kind.SEASON, Kind.FEAST}
_UNTIL_NOW = {"اخیر", "اخير", "recent"}
_COUNTED_BY_NAME = {Unit.DECADE, Unit.CENTURY}
_INTRODUCING = {Unit.DAY, Unit.MONTH, Unit.SEASON, Unit.YEAR}
_INTRODUCED = _PARTS | {Kind.WEEKDAY, Kind.UNIT, Kind.UNIT_REFERENCE}

# Runs of digits that are a date by themselves: 13990226, 201807181046, 20180718104600; and seconds or
# milliseconds since 1970.
_COMPACT_LENGTHS = {8, 12, 14}
_CENTURIES = re.compile("1[34]|19|20")
_MONTHS, _LONGEST_MONTH = 12, 31
_EPOCH_UNITS = {10: timedelta(seconds=1), 13: timedelta(milliseconds=1)}
_MIDDLE_DAY = 15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def join_phrases(tokens: list[Token]) -> list[Token]:
    """Returns the tokens that say something, each phrase that counts from now made one reference or window."""
    said = [token for token in _with_days(_without_hours(tokens)) if token.kind not in _SILENT]
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


def _without_hours(tokens: list[Token]) -> list[Token]:
    """The tokens without the hours of a day that no clock gives: ساعات اولیه بامداد امروز, آخرین ساعات دیروز."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if before and {token.kind, before.kind} == {
            Kind.UNIT,
            Kind.EDGE if Kind.EDGE in (token.kind, before.kind) else Kind.ORDINAL,
        }:
            unit = token if token.kind is Kind.UNIT else before
            if unit.unit in (Unit.HOUR, Unit.MINUTE) and unit.number:
                kept.pop()
                continue
        kept.append(token)
    return kept


def _with_days(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with what a move beside an hour of the day moves, and eras after it: شب گذشته, سال میلادی گذشته."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        yield token
        place += 1
        if following is None:
            continue
        is_era_between = token.kind is Kind.UNIT and following.kind is Kind.ERA
        if is_era_between and place + 1 < len(tokens) and tokens[place + 1].kind in _MOVES:
            yield tokens[place + 1]
            yield following
            place += 2
        half = token.kind is Kind.HALF or (token.clock is not None and token.clock.half is not None)
        if half and following.kind in _MOVES and not any(before.kind is Kind.WEEKDAY for before in tokens[:place]):
            yield replace(token, kind=Kind.UNIT, unit=Unit.DAY, calendar=JALALI, number=0, clock=None)


def _count(phrase: list[Token], kind: Kind) -> Token | None:
    """The phrase as one token; None where its number is a year, or a day as in «the 15th of this month»."""
    roles = {token.kind: token for token in phrase}
    move = roles.get(Kind.SHIFT) or roles[Kind.SWEEP]
    unit, number = roles[Kind.UNIT], next((roles[kind] for kind in _COUNTS if kind in roles), None)
    if number is None and unit.unit in _COUNTED_BY_NAME and move.text in _UNTIL_NOW:
        return replace(unit, kind=Kind.WINDOW, number=move.number, gap=phrase[0].gap)
    if number is None and unit.number:
        return replace(unit, kind=Kind.WINDOW, number=(move.number or -1) * FEW, gap=phrase[0].gap)
    if number is None:
        return replace(unit, kind=kind, number=move.number, gap=phrase[0].gap)
    if number.digits == 4 or not move.number:
        return None
    return replace(unit, kind=kind, number=move.number * number.number, gap=phrase[0].gap)


def read_date(tokens: list[Token], now: datetime) -> Parts | Interval:
    """Returns one date, as parts when it may lack something that a range lends it; DateError when it is none."""
    tokens = _with_middle_day(tokens)
    if taken := take_piece(tokens):
        piece, rest = taken
        whole = read_date(_as_reference(rest), now)
        if isinstance(whole, Parts):
            return _parted(whole, piece, now)
        reference = _only(rest, Kind.UNIT_REFERENCE)
        return piece.of(whole, (reference.calendar if reference else None) or JALALI)
    if len(tokens) > 1 and tokens[-2].kind is Kind.ORDINAL and tokens[-1].kind is Kind.UNIT:
        tokens = [*tokens[:-1], *_as_reference(tokens[-1:])]  # بیستم ماه
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
        if reference := beside[Kind.UNIT_REFERENCE]:
            return _passed_of(reference, sweep.unit, era, now)
        return window(sweep.unit, era or sweep.calendar, now, sweep.number)
    if stretch := beside[Kind.STRETCH]:
        if words or clock or weekday is not None or stretch.unit is None:
            raise FormError("two days that are counted stand alone")
        return _stretch(stretch, era, now)
    if instant := _epoch(words):
        return instant
    words, clock = _expand_compact(words, clock)
    if reference := beside[Kind.UNIT_REFERENCE]:
        if not words:
            return _referred(reference, weekday, clock, era, now)
        words = _with_reference(words, reference, era, now)
    moves = [token.number for token in tokens if token.kind in _MOVES]
    if len(moves) > 1:
        raise FormError("it points from now more than once")
    if words:
        parts = read_parts(american_order(words, clock, era_token), era, now)
    elif weekday is not None:
        parts = Parts(JALALI)
    else:
        raise FormError("it names no day")
    return replace(parts, weekday=weekday, clock=clock, shift=moves[0] if moves else 0)


def _as_reference(rest: list[Token]) -> list[Token]:
    """A unit that stands alone as the one it is now: the end of the month, the first half of the year."""
    if len(rest) != 1 or rest[0].kind is not Kind.UNIT or rest[0].number:
        return rest
    return [replace(rest[0], kind=Kind.UNIT_REFERENCE, number=0)]


def _passed_of(reference: Token, unit: Unit, era: Calendar | None, now: datetime) -> Interval:
    """What has passed of the unit it is now, in whole smaller ones: ماه‌های گذشتهٔ سال جاری."""
    calendar = era or reference.calendar or JALALI
    if reference.number or reference.unit is None or reference.unit <= unit:
        raise FormError("a length of time until now stands alone")
    start, end = period(reference.unit, calendar, now, 0)[0], period(unit, calendar, now, 0)[0]
    if start >= end:
        raise DateError("none of it has passed")
    return start, end


def _stretch(stretch: Token, era: Calendar | None, now: datetime) -> Interval:
    """The units that «two or three days ago» names: both of them."""
    unit, calendar = stretch.unit or Unit.DAY, era or stretch.calendar or JALALI
    step = 1 if stretch.number < 0 else -1
    ends = (period(unit, calendar, now, offset) for offset in (stretch.number, stretch.number + step))
    first, last = sorted(ends)
    return first[0], last[1]


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
    """Returns the time that what was read means."""
    return resolve(reading, now) if isinstance(reading, Parts) else reading


def _is_part(tokens: list[Token], place: int) -> bool:
    """Whether a token is one of the date's own words; FormError for one that has no place in a date."""
    token = tokens[place]
    if token.kind in _PARTS or (token.kind is Kind.UNIT and token.unit in _COUNTED_BY_NAME):
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
        return (_expand_six(words) if len(words) == 1 else words), clock
    digits = words[0].text
    pairs = [int(digits[start : start + 2]) for start in range(4, len(digits), 2)]
    parts = [replace(words[0], number=number, digits=2) for number in pairs[:2]]
    year = replace(words[0], number=int(digits[:4]), digits=4)
    if len(pairs) > 2:
        seconds = pairs[4:]
        unit = timedelta(seconds=1) if seconds else timedelta(minutes=1)
        clock = Clock(pairs[2], pairs[3], seconds[0] if seconds else 0, unit=unit)
    return [year, *parts], clock


def _expand_six(words: list[Token]) -> list[Token]:
    """Six digits as a year and a month (139705), or as year, month and day in two digits each (830617)."""
    digits = words[0].text
    if words[0].digits != 6:
        return words
    pairs = [replace(words[0], text=pair, number=int(pair), digits=2) for pair in re.findall("..", digits)]
    year = int(digits[:4])
    if _CENTURIES.match(digits) and 1 <= pairs[2].number <= _MONTHS:
        return [replace(words[0], text=digits[:4], number=year, digits=4), pairs[2]]
    is_day = 1 <= pairs[1].number <= _MONTHS and 1 <= pairs[2].number <= _LONGEST_MONTH
    return [pairs[0], replace(pairs[1], gap="/"), replace(pairs[2], gap="/")] if is_day else words


def _referred(
    reference: Token, weekday: int | None, clock: Clock | None, era: Calendar | None, now: datetime
) -> Interval:
    """The unit that was pointed to, or its weekday: شنبه هفته گذشته."""
    unit, calendar = reference.unit or Unit.DAY, era or reference.calendar or JALALI
    interval = period(unit, calendar, now, reference.number)
    if unit is Unit.WEEK and weekday is not None:
        unit = Unit.DAY
        interval = period(unit, calendar, interval[0] + timedelta(days=weekday, hours=12), 0)
    if clock is None:
        return interval
    if clock.half is None and reference.text.endswith(_NIGHT):
        clock = replace(clock, half=len(HALVES) - 1)
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
    if calendar is LUNAR and era is None and reference.unit is Unit.YEAR:
        calendar = reference.calendar
    if calendar is None:
        has_jalali_word = any(word.kind in (Kind.SEASON, Kind.FEAST) for word in words)
        calendar = JALALI if has_jalali_word else reference.calendar or JALALI
    if reference.unit not in (Unit.YEAR, Unit.MONTH):
        raise FormError(f"{reference.text} has no place there")
    start = period(reference.unit, calendar, now, reference.number)[0]
    year, month, _ = calendar.fields(start.astimezone(tehran()))
    year_word = replace(reference, kind=Kind.NUMBER, number=year, digits=4, text=str(year), calendar=calendar)
    if reference.unit is Unit.YEAR:
        return [*words, year_word]
    month_word = replace(reference, kind=Kind.MONTH, number=month, calendar=calendar)
    return [*words, month_word, year_word]
