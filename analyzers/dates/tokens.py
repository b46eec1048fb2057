"""Cutting text into the tokens of dates: words of the dictionary, numbers, times of day, and their gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from ..calendars import Calendar, DateError, TimedMidnight, has_clock, tehran
from ..normalizer import BIDI_CONTROLS, TATWEEL, ZWNJ, ZWNJ_LOOKALIKES
from .date_names import SHORT_WEEKDAYS, latin_key
from .words import (
    HALVES,
    UNSPACED,
    Kind,
    Unit,
    Word,
    join_words,
    longest_phrase,
    vocabulary,
)

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_INVISIBLE = BIDI_CONTROLS + "\u200e\u200f\u2060\ufeff"
_DASHES = "‐‑‒–—―−"
_SLASHES = "⁄∕／\\"
_APOSTROPHES = "\u02bb\u02bc\u02be\u02bf"  # letters to Unicode, in ICU's Latin names of lunar months
_CLEANING = str.maketrans(
    dict.fromkeys(_INVISIBLE + _APOSTROPHES, "")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SLASHES, "/")
    | {"…": ".."}
)

# An offset from Greenwich stands right after the time, in any digits. Its hours and minutes are those of real zones,
# so that the year in «10:46 -1397» is none. Postgres prints the hours alone, after seconds; ICU one digit of them,
# perhaps in brackets and with the word for Greenwich on either side.
_ZERO, _ONE, _TWO, _TO_FOUR = "[0۰٠]", "[1۱١]", "[0-2۰-۲٠-٢]", "[0-4۰-۴٠-٤]"
_MINUTES = "(?:[03۰۳٠٣][0۰٠]|[14۱۴١٤][5۵٥])"
_OFFSET = rf"""
    [ ]?(?P<bracket>\()?[ ]?(?P<greenwich>gmt|utc|ut|گرینویچ)?[ ]?
    (?P<offset>
        (?:\+(?:{_ZERO}\d|{_ONE}{_TO_FOUR})|-(?:{_ZERO}\d|{_ONE}{_TWO})) :? {_MINUTES}
        | [+-]\d:{_MINUTES}
        | (?(second)[+-](?:{_ZERO}\d|{_ONE}{_TWO})|(?!))
        | (?(greenwich)[+-](?:{_ONE}{_TO_FOUR}|\d)|(?!))
    )
    (?![\d/.:-])
"""
_LEXEME = rf"""
    (?P<dots> \.\.+ )
    | (?P<clock>
        (?<!\d)(?<!\d:)
        (?P<hour>\d{{1,2}}) [ ]?:[ ]? (?P<minute>\d{{1,2}})
        (?: [ ]?:[ ]? (?P<second>\d{{1,2}}) (?:[.,](?P<fraction>\d{{1,9}}))? )?
        (?![\d:])
        (?: [ ]?(?P<half>[ap])\.?[ ]?m\b\.? )?
        (?: {_OFFSET} )?
      )
    | (?P<digits> \d+ )
    | (?P<word> [^\W\d_] (?: [^\W\d_] | [{_MARKS}{ZWNJ}{ZWNJ_LOOKALIKES}] )* )
"""
_JOINING_GAPS = frozenset({"", " ", ".", ". ", "-", "٫"})
# Words that are two: of «till now», which is written as one.
_TWO_WORDS = {"تاکنون": ("تا", "کنون"), "تابحال": ("تا", "حال"), "تاحالا": ("تا", "حالا"), "تابه": ("تا", "به")}
_COMMAS = (",", "،")
_SECOND = timedelta(seconds=1)
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed.

    ``unit`` is the length it is exact to, ``half`` a place in HALVES, ``offset`` minutes east of Greenwich
    (None: Tehran's time), ``american`` whether AM or PM was printed in Latin letters.
    """

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    unit: timedelta = timedelta(minutes=1)
    half: int | None = None
    offset: int | None = None
    american: bool = False

    def on(self, day: date) -> datetime:
        """Returns the moment it is this time on that day, in UTC; DateError for 25:00.

        An hour that comes twice, as the clock is put back, is the first of the two; 24:00 ends the day. A midnight that
        is stated is a `TimedMidnight`; not 00:00:00 without a zone, which is how programs write a day without an hour.
        """
        hour = self.hour
        if self.half is not None and 1 <= hour <= 12:
            hour = HALVES[self.half][1][hour % 12]
        is_midnight = (hour, self.minute, self.second) == (24, 0, 0)
        if (hour > 23 and not is_midnight) or self.minute > 59 or self.second > 60:
            raise DateError(f"there is no time {self.hour:02}:{self.minute:02}:{self.second:02}")
        zone = tehran() if self.offset is None else timezone(timedelta(minutes=self.offset))
        since_midnight = timedelta(hours=hour, minutes=self.minute, seconds=self.second, microseconds=self.microsecond)
        moment = (datetime.combine(day, time(), zone) + since_midnight).astimezone(UTC)
        is_stated = since_midnight or self.offset is not None or self.unit > _SECOND
        return TimedMidnight.at(moment) if is_stated and not has_clock(moment) else moment


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or time of day.

    ``text`` is what was typed, cut where it is long, and for a number its ASCII digits. ``gap`` is what parts it
    from the token before.
    """

    kind: Kind
    text: str
    gap: str
    number: int = 0
    unit: Unit | None = None
    calendar: Calendar | None = None
    digits: int = 0
    clock: Clock | None = None

    @property
    def separator(self) -> str:
        """The punctuation before the token, without spaces."""
        return self.gap.replace(" ", "")

    @property
    def adjoins(self) -> bool:
        """Whether no space stands before the token."""
        return " " not in self.gap


def tokenise(text: str) -> tuple[list[Token], str]:
    """Returns the tokens of a text and what follows the last.

    Takes text as pages hold it: entities, any digits, ZWNJ, harakat, tatweel, bidi controls.

    >>> tokens, rest = tokenise("۵&nbsp;شهریورماه ۱۴۰۱، ساعت ۸")
    >>> [(token.kind.name, token.number) for token in tokens]
    [('NUMBER', 5), ('MONTH', 6), ('NUMBER', 1401), ('CLOCK', 8)]
    """
    lexemes, rest = _lexemes(_clean(text))
    return _join_clocks(_join_numbers(_with_short_weekdays(_look_up(lexemes)))), rest


def _clean(text: str) -> str:
    if "&" in text:
        import html  # late: a large table that few dates need

        text = html.unescape(html.unescape(text))
    return " ".join(text.translate(_CLEANING).split())


@dataclass(frozen=True, slots=True)
class _Lexeme:
    match: re.Match[str]
    gap: str
    joined: str = ""


@cache
def _lexeme() -> re.Pattern[str]:
    return re.compile(_LEXEME, re.VERBOSE | re.IGNORECASE)  # late: it takes milliseconds


def _lexemes(text: str) -> tuple[list[_Lexeme], str]:
    """Runs of one kind in order; a word that is written with ZWNJ gives its parts, as words do."""
    lexemes: list[_Lexeme] = []
    gap, end = "", 0
    for match in _lexeme().finditer(text):
        gap += text[end : match.start()]
        end = match.end()
        if match.lastgroup != "word":
            lexemes.append(_Lexeme(match, gap))
            gap = ""
            continue
        parts = _parts(match["word"])
        for part in parts:
            lexemes.append(_Lexeme(match, gap, part))
            gap = ""
        if not parts:  # nothing but tatweel, drawn as a dash
            gap += "-"
    return lexemes, gap + text[end:]


def _parts(word: str) -> list[str]:
    for lookalike in ZWNJ_LOOKALIKES:
        word = word.replace(lookalike, ZWNJ)
    parts = [part for part in map(join_words, word.replace(TATWEEL, "").split(ZWNJ)) if part]
    return [whole for part in parts for whole in _TWO_WORDS.get(part, (part,))]


def _look_up(lexemes: list[_Lexeme]) -> list[Token]:
    tokens: list[Token] = []
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        match, gap = lexeme.match, lexeme.gap
        size = 1
        if lexeme.joined:
            size, word = _longest_phrase_at(lexemes, place)
            raw = match.string[match.start() : lexemes[place + size - 1].match.end()]
            tokens.append(Token(word.kind, raw[:_LONGEST_SHOWN], gap, word.number, word.unit, word.calendar))
        elif match["digits"]:
            # A long run of digits is no part of a date, and slow to make a number of.
            digits = "".join(str(int(digit)) for digit in match["digits"][:_LONGEST_SHOWN])
            tokens.append(Token(Kind.NUMBER, digits, gap, int(digits), digits=len(digits)))
        elif match["dots"]:
            tokens.append(Token(Kind.DOTS, match[0], gap))
        else:
            tokens.append(Token(Kind.CLOCK, match[0], gap, clock=_clock(match)))
        place += size
    return tokens


def _longest_phrase_at(lexemes: list[_Lexeme], place: int) -> tuple[int, Word]:
    """How many lexemes the longest phrase that begins here takes, and its entry."""
    words = vocabulary()
    joined = ""
    is_spaced = False
    best = (1, Word(Kind.OTHER))
    for size, lexeme in enumerate(lexemes[place : place + longest_phrase()], start=1):
        if not lexeme.joined or (size > 1 and lexeme.gap not in _JOINING_GAPS):
            break
        joined += lexeme.joined
        is_spaced = is_spaced or (size > 1 and lexeme.gap != "")
        if joined in words and not (is_spaced and joined in UNSPACED):
            best = (size, words[joined])
    first = lexemes[place].joined
    if best[1].kind is Kind.OTHER and first.isascii():
        month = words.get(latin_key(first))
        if month and month.kind is Kind.MONTH:
            return 1, month
    return best


def _with_short_weekdays(tokens: list[Token]) -> list[Token]:
    """The tokens with the weekdays that a letter or the first half of the name stands for: «سه, ۲۲ اسفند»."""
    for place, (word, day, month) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if month.kind is Kind.MONTH and day.digits and day.gap.startswith(_COMMAS) and not word.digits:
            weekday = SHORT_WEEKDAYS.get(join_words(word.text))
            if weekday is not None:
                tokens[place] = replace(word, kind=Kind.WEEKDAY, number=weekday)
    return tokens


def _clock(match: re.Match[str]) -> Clock:
    fraction = match["fraction"]
    unit = timedelta(minutes=1)
    if match["second"]:
        unit = timedelta(milliseconds=1) if fraction else _SECOND
    half = match["half"]
    offset = match["offset"]
    if offset:
        sign = -1 if offset[0] == "-" else 1
        hours, _, rest = offset[1:].partition(":")
        if not rest:
            hours, rest = offset[1:3], offset[3:]
        minutes = sign * (int(hours) * 60 + int(rest or 0))
    return Clock(
        hour=int(match["hour"]),
        minute=int(match["minute"]),
        second=int(match["second"] or 0),
        microsecond=int((fraction or "0").ljust(6, "0")[:6]),
        unit=unit,
        half=None if not half else int(half in "pP"),
        offset=minutes if offset else None,
        american=bool(half),
    )


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Numbers in words made one: هزار و سیصد و هشتاد, دو هزار و هجده."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and _is_spelled(token):
            if last.kind is Kind.AND and len(joined) > 1 and _takes(joined[-2], token):
                joined[-2:] = [replace(joined[-2], number=joined[-2].number + token.number, kind=token.kind)]
                continue
            if _is_spelled(last) and token.number == 1000 and last.number < 10:
                joined[-1] = replace(last, number=last.number * 1000)
                continue
        joined.append(token)
    return joined


def _is_spelled(token: Token) -> bool:
    return token.kind in (Kind.NUMBER, Kind.ORDINAL) and not token.digits


def _takes(left: Token, right: Token) -> bool:
    """Whether the number in words on the left is round enough to be added to: سیصد و ده, not ده و سه."""
    return _is_spelled(left) and left.number % 100 == 0 and right.number < (1000 if left.number >= 1000 else 100)


def _join_clocks(tokens: list[Token]) -> list[Token]:
    """Times of day made one token: ساعت ۸, ۸ صبح, ۱۰:۵۵ ب.ظ, 10:46:00 GMT, ساعت ۱۰ و ۳۰ دقیقه."""
    joined: list[Token] = []
    for place, token in enumerate(tokens):
        last = joined[-1] if joined else None
        if last is None:
            joined.append(token)
        elif last.kind is Kind.UNIT and last.unit is Unit.HOUR and (clock := _as_clock(token)):
            joined[-1] = replace(token, kind=Kind.CLOCK, gap=last.gap, clock=clock)
        elif token.kind is Kind.HALF and (clock := _as_clock(last)):
            joined[-1] = replace(last, kind=Kind.CLOCK, clock=_in_half(clock, token))
        elif token.kind is Kind.ZONE and last.clock:
            if last.clock.offset is None:
                joined[-1] = replace(last, clock=replace(last.clock, offset=token.number))
        elif token.kind is Kind.FRACTION and _ends_in_hour(joined):
            hour = joined[-2]
            assert hour.clock is not None
            clock = replace(hour.clock, minute=token.number, unit=timedelta(minutes=1))
            joined[-2:] = [replace(hour, clock=clock)]
        elif token.unit is Unit.MINUTE and token.kind is Kind.UNIT and _ends_in_minutes(joined):
            hour, minutes = joined[-3], joined[-1]
            assert hour.clock is not None
            clock = replace(hour.clock, minute=minutes.number, unit=timedelta(minutes=1))
            joined[-3:] = [replace(hour, clock=clock)]
        else:
            joined.append(_basic_clock(token, tokens[place - 2 : place]))
    return joined


def _as_clock(token: Token) -> Clock | None:
    """A time, or the hour a short number can be."""
    if token.clock:
        return token.clock
    if token.kind is Kind.NUMBER and token.digits in (0, 1, 2) and token.number <= 24:
        return Clock(token.number, unit=timedelta(hours=1))
    return None


def _in_half(clock: Clock, token: Token) -> Clock:
    return replace(clock, half=token.number, american=token.text.isascii())


def _ends_in_hour(tokens: list[Token]) -> bool:
    """Whether the tokens end in a whole hour and «and»."""
    return len(tokens) > 1 and tokens[-1].kind is Kind.AND and tokens[-2].clock is not None


def _ends_in_minutes(tokens: list[Token]) -> bool:
    """Whether the tokens end in an hour, «and» and a number."""
    if len(tokens) < 3:
        return False
    hour, link, minutes = tokens[-3:]
    return bool(hour.clock) and link.kind is Kind.AND and minutes.kind is Kind.NUMBER


def _basic_clock(token: Token, before: list[Token]) -> Token:
    """The time of ISO 8601's basic form, which follows eight digits and a T: 20180717T1046."""
    if token.digits in (4, 6) and token.adjoins and len(before) == 2:
        day, letter = before
        if day.digits == 8 and letter.text in "tT" and letter.adjoins:
            hour, minute, second = (int(token.text[i : i + 2] or 0) for i in (0, 2, 4))
            unit = _SECOND if token.digits == 6 else timedelta(minutes=1)
            return replace(token, kind=Kind.CLOCK, digits=0, clock=Clock(hour, minute, second, unit=unit))
    return token
