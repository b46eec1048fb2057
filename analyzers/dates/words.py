"""The words dates are written with, in Persian, Dari and English: tables, and the dictionary built from them.

In the tables ``|`` separates spellings of one word. A space inside a spelling may be typed as a space, a dot,
a ZWNJ or nothing (پنج شنبه, پنج‌شنبه, پنجشنبه): the keys of the dictionary are joined, and so is what is
looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache

from ..calendars import GREGORIAN, GREGORIAN_MONTHS, JALALI, JALALI_MONTHS, LUNAR, Calendar
from ..normalizer import ALEF, ALEF_MADDA, HEH, MEEM, YEH, ZWNJ, fold
from .date_names import (
    DARI_MONTHS,
    LATIN_DARI_MONTHS,
    LATIN_JALALI_MONTHS,
    LATIN_LUNAR_MONTHS,
    LUNAR_MONTHS,
    MONTH_VARIANTS,
    PERSIAN_GREGORIAN_MONTHS,
    WEEKDAYS,
)
from .occasions import OCCASIONS


class Kind(IntEnum):
    """What a word of a date is."""

    NUMBER = auto()  # number; digits typed, or 0 for a number in words
    ORDINAL = auto()  # number, in words: a day, never a year
    CLOCK = auto()  # a time of day
    MONTH = auto()  # number 1-12 of calendar
    WEEKDAY = auto()  # number 0-6 from Saturday
    SEASON = auto()  # number 0-3 from spring
    FEAST = auto()  # number: place in OCCASIONS
    UNIT = auto()  # unit, counted in calendar; number 1 where it is said in the plural
    UNIT_REFERENCE = auto()  # unit, number of units from now: yesterday
    WINDOW = auto()  # unit, number of units before (negative) or after now: the last 7 days
    STRETCH = auto()  # unit, number: from so many units from now to one fewer: two or three days ago
    FEW = auto()  # number: as many as it is taken for
    PAIR = auto()  # number: the greater of two that follow: two or three
    FRACTION = auto()  # number: minutes of an hour
    SHIFT = auto()  # number -1, 0, 1: ago, this, next
    SWEEP = auto()  # number -1, 1: as SHIFT, but with a count it means a window: the last 7 days
    HALF = auto()  # number: place in HALVES, the half of the day
    ZONE = auto()  # number: minutes east of Greenwich
    ERA = auto()  # calendar; number 1 for those of programs, which print the month first
    EDGE = auto()  # number 0 start, 1 end: the start of, the end of
    THIRD = auto()  # number 0-2: early, mid, late
    HALF_OF = auto()  # the half of a month or a year
    QUARTER = auto()  # Q of Q3
    MONTHS = auto()  # of so many months: سه‌ماههٔ
    FROM = auto()
    TO = auto()
    AFTER = auto()
    BEFORE = auto()
    BETWEEN = auto()
    AND = auto()
    DOTS = auto()  # a..b
    ONWARD = auto()
    LABEL = auto()  # says that a date follows: تاریخ انتشار
    FILLER = auto()  # says nothing
    OTHER = auto()  # not a word of dates


class Unit(IntEnum):
    """A length of the calendar or of the clock."""

    MINUTE = auto()
    HOUR = auto()
    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    SEASON = auto()
    YEAR = auto()
    DECADE = auto()
    CENTURY = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the dictionary; the comments of Kind say which fields a kind uses."""

    kind: Kind
    number: int = 0
    unit: Unit | None = None
    calendar: Calendar | None = None


_SEASONS = ("بهار|spring", "تابستان|summer", "پاییز|پائیز|خزان|autumn|fall", "زمستان|winter")

_ONES = "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود"
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد"
_ENGLISH_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH_ORDINALS = "first second third fourth fifth"
# As they are said, or were written before.
_SPELLINGS_OF_NUMBERS = {
    1: "یه",
    2: "couple|couple of|a couple of",
    4: "چار",
    6: "شیش",
    14: "چارده",
    15: "پونزده",
    16: "شونزده",
    17: "هیفده",
    18: "هیجده|هژده|هیژده",
    40: "چل",
    100: "یکصد",
    500: "پونصد",
    600: "شیشصد",
    1000: "هزار|یکهزار",
}
_PAIRS = {
    2: "یکی دو|یک دو|one or two",
    3: "دو سه|دو یا سه|two or three",
    4: "سه چهار|سه یا چهار|three or four",
    5: "چهار پنج|چهار یا پنج|four or five",
    6: "پنج شش|پنج شیش",
    7: "شش هفت",
    8: "هفت هشت",
}
FEW = 3
"""What «a few» is taken for (سال‌های اخیر, چند روز پیش), as Duckling's rules take it."""
_ODD_ORDINALS = {1: "یکم|اول|نخست|نخستین", 3: "سوم|سه ام"}

# In the singular, in plurals that no ending makes, and both in English.
_UNITS = {
    Unit.MINUTE: ("دقیقه", "دقایق|دقایقی", "minute|min", "minutes|mins"),
    Unit.HOUR: ("ساعت", "ساعات|ساعاتی", "hour", "hours"),
    Unit.DAY: ("روز", "ایام", "day", "days"),
    Unit.WEEK: ("هفته", "", "week", "weeks"),
    Unit.MONTH: ("ماه", "", "month", "months"),
    Unit.SEASON: ("فصل", "فصول", "quarter", "quarters"),
    Unit.YEAR: ("سال", "سالیان|سنوات", "year", "years"),
    Unit.DECADE: ("دهه", "", "decade|s", "decades"),
    Unit.CENTURY: ("قرن|سده", "قرون", "century", "centuries"),
}
_PLURAL = 1
_REFERENCES = {
    (Unit.MINUTE, 0): ("اکنون|هم اکنون|کنون|الان|حالا|این لحظه", "now"),
    (Unit.DAY, 0): ("امروز|امشب|حال|حال حاضر", "today|tonight"),
    (Unit.DAY, -1): ("دیروز|دیشب", "yesterday"),
    (Unit.DAY, -2): ("پریروز|پریشب", "day before yesterday"),
    (Unit.DAY, -3): ("پس پریروز|پسان پریروز", ""),
    (Unit.DAY, 1): ("فردا|فردا شب", "tomorrow"),
    (Unit.DAY, 2): ("پس فردا", "day after tomorrow"),
    (Unit.YEAR, 0): ("امسال", ""),
    (Unit.YEAR, -1): ("پارسال", ""),
    (Unit.YEAR, -2): ("پیرارسال|پیرار سال|پیرار", ""),
}

# The halves of the day on a twelve-hour clock: spellings and the hour each of 12, 1, 2 ... 11 stands for.
_MORNING = tuple(range(12))
_EVENING = (12, *range(13, 24))
_NIGHT = (0, 1, 2, 3, 4, *range(17, 24))
HALVES = (
    (
        "صبح|صبح زود|اول صبح|دم صبح|صبحگاه|بامداد|سحر|سحرگاه|سپیده دم|ق ظ|قبل از ظهر|پیش از ظهر|am|morning",
        _MORNING,
    ),
    ("ظهر|نیم روز|عصر|عصرگاه|غروب|ب ظ|بعد از ظهر|پس از ظهر|pm|noon|afternoon|evening", _EVENING),
    ("شب|نیمه شب|نیمه های شب|نیم شب|آخر شب|اول شب|سر شب|شامگاه|شبانگاه|night|midnight", _NIGHT),
)

# Minutes east of Greenwich. Source: RFC 822 and, for Iran, the tz database and the names of zones in CLDR.
_ZONES = {
    0: "z|ut|utc|gmt|گرینویچ|coordinated universal time|greenwich mean time|زمان هماهنگ جهانی|وقت گرینویچ",
    210: "irst|iran standard time|وقت عادی ایران|وقت زمستانی ایران",
    270: "irdt|irt|iran daylight time|وقت تابستانی ایران",
    -240: "edt",
    -300: "est|cdt",
    -360: "cst|mdt",
    -420: "mst|pdt",
    -480: "pst",
}

_PLAIN_WORDS = {
    Word(Kind.SHIFT, 0): "این|همین|جاری|کنونی|فعلی|حاضر|جدید|this|current",
    Word(Kind.SHIFT, -1): "قبل|پیش|قبلی|پیشین|ago|earlier",
    Word(Kind.SWEEP, -1): "گذشته|اخیر|که گذشت|last|past|previous|recent",
    Word(Kind.SHIFT, 1): "بعد|بعدی|دیگر|later|hence",
    Word(Kind.SWEEP, 1): "آینده|آتی|پیش رو|پیش روی|next|coming|upcoming",
    Word(Kind.ERA, calendar=JALALI): "شمسی|خورشیدی|هجری شمسی|هجری خورشیدی|ه ش|ش",
    Word(Kind.ERA, 1, calendar=JALALI): "ap|anno persico",
    Word(Kind.ERA, calendar=LUNAR): "قمری|هجری قمری|ه ق|ق",
    Word(Kind.ERA, 1, calendar=LUNAR): "ah|anno hegirae",
    Word(Kind.ERA, calendar=GREGORIAN): "میلادی|ad|ce|anno domini",
    Word(Kind.EDGE, 0): "ابتدا|ابتدای|ابتدایی|آغاز|آغازین|شروع|اولیه|start of|start|beginning|beginning of",
    Word(Kind.EDGE, 1): "انتها|انتهای|انتهایی|پایان|پایانی|آخر|آخرین|آخرین روز|واپسین|end of|end",
    Word(Kind.THIRD, 0): "اوایل|اوائل|early",
    Word(Kind.THIRD, 1): "اواسط|میانی|میانه|میانه ی|نیمه های|mid",
    Word(Kind.THIRD, 2): "اواخر|late",
    Word(Kind.HALF_OF): "نیمه|نیمه ی|نیم سال|half",
    Word(Kind.QUARTER): "q",
    Word(Kind.FEW, FEW): "چند|چندین|few|a few|several",
    Word(Kind.FRACTION, 30): "نیم",
    Word(Kind.FRACTION, 15): "ربع",
    Word(Kind.MONTHS): "ماهه|ماهه ی",
    Word(Kind.FROM): "از|از تاریخ|since|from|starting",
    Word(Kind.TO): "تا|الی|تا تاریخ|لغایت|to|until|till|through|upto|up to",
    Word(Kind.AFTER): "بعد از|پس از|after",
    Word(Kind.BEFORE): "قبل از|پیش از|before",
    Word(Kind.BETWEEN): "بین|مابین|میان|between",
    Word(Kind.AND): "و|and",
    Word(Kind.ONWARD): "به بعد|به این سو|به این طرف|onward|onwards",
    Word(Kind.LABEL): "تاریخ|مورخ|مورخه|انتشار|منتشر شده|منتشر شد|درج|ثبت|ارسال|زمان|date|dated|published|posted",
    Word(Kind.FILLER): (
        "در|طی|طول|ظرف|عرض|خلال|مدت|به مدت|فاصله|بازه|حدود|حدودا|تقریبا|حوالی|نزدیک به|قریب به|راس|به"
        "|به وقت|وقت|تهران|محلی|ایران|برابر|برابر با|مطابق|مطابق با|مصادف|مصادف با|معادل|معادل با|مقارن با"
        "|همزمان با|با|هجری|عادی|تابستانی|زمستانی|تعطیلات|مبارک|سعید|مناسبت|جشن|ه|م|ام|امین|ی|ها|های|th|st"
        "|nd|rd|t|on|in|at|um|kl|of|the|during|local time|iran|tehran|asia|standard time|daylight time|time"
    ),
}

# Keys that are other words when their parts stand apart: «۱۰ دی روز جمعه» is not yesterday.
UNSPACED = frozenset({"دیروز"})


@cache
def vocabulary() -> dict[str, Word]:
    """Returns every word and phrase of dates by its joined, folded spelling."""
    return {join_words(spelling): word for spellings, word in _entries() for spelling in spellings.split("|")}


@cache
def longest_phrase() -> int:
    """Returns the most words a phrase of the dictionary is written with."""
    return max(spelling.count(" ") + 1 for spellings, _ in _entries() for spelling in spellings.split("|"))


def join_words(text: str) -> str:
    """Returns a word or phrase as the dictionary spells it: folded, without ZWNJ and spaces, its madda dropped.

    >>> join_words("پنج‌شنبة") == join_words("پنجشنبه"), join_words("آبان")
    (True, 'ابان')
    """
    folded = "".join(map(fold, text.split()))
    return folded.replace(ZWNJ, "").replace(ALEF_MADDA, ALEF)


def _entries() -> Iterator[tuple[str, Word]]:
    """Spellings and what they mean; of two entries with one spelling the later wins."""
    for word, spellings in _PLAIN_WORDS.items():
        yield spellings, word
    for number, half in enumerate(HALVES):
        yield half[0], Word(Kind.HALF, number)
    for minutes, spellings in _ZONES.items():
        yield spellings, Word(Kind.ZONE, minutes)
    yield from _number_entries()
    for number, spellings in enumerate(WEEKDAYS):
        yield _with_endings(spellings), Word(Kind.WEEKDAY, number)
    for number, spellings in enumerate(_SEASONS):
        yield spellings, Word(Kind.SEASON, number)
    for number, occasion in enumerate(OCCASIONS):
        yield _with_endings(occasion.spellings), Word(Kind.FEAST, number)
    yield from _unit_entries()
    yield from _month_entries()


def _unit_entries() -> Iterator[tuple[str, Word]]:
    """Units and references: Persian ones count in Jalali months and years, English ones in Gregorian."""
    for unit, (persian, odd_plurals, english, english_plural) in _UNITS.items():
        calendar = GREGORIAN if unit is Unit.CENTURY else JALALI
        names = persian.split("|")
        plurals = [f"{name} {ending}" for name in names for ending in ("ها", "های", "هایی")]
        yield _with_endings(persian, "ی", "ای"), Word(Kind.UNIT, unit=unit, calendar=calendar)
        yield "|".join(filter(None, [*plurals, odd_plurals])), Word(Kind.UNIT, _PLURAL, unit, calendar)
        yield english, Word(Kind.UNIT, unit=unit, calendar=GREGORIAN)
        yield english_plural, Word(Kind.UNIT, _PLURAL, unit, GREGORIAN)
    for (unit, number), (persian, english) in _REFERENCES.items():
        yield persian, Word(Kind.UNIT_REFERENCE, number, unit, JALALI)
        if english:
            yield english, Word(Kind.UNIT_REFERENCE, number, unit, GREGORIAN)


def _month_entries() -> Iterator[tuple[str, Word]]:
    for calendar, months in (
        (JALALI, JALALI_MONTHS),
        (JALALI, DARI_MONTHS.split()),
        (JALALI, LATIN_JALALI_MONTHS),
        (JALALI, LATIN_DARI_MONTHS),
        (GREGORIAN, PERSIAN_GREGORIAN_MONTHS),
        (LUNAR, LUNAR_MONTHS),
        (LUNAR, LATIN_LUNAR_MONTHS),
    ):
        for number, spellings in enumerate(months, start=1):
            yield _with_endings(spellings, "ماه"), Word(Kind.MONTH, number, calendar=calendar)
    for (calendar, number), spellings in MONTH_VARIANTS.items():
        yield _with_endings(spellings, "ماه"), Word(Kind.MONTH, number, calendar=calendar)
    for number, name in enumerate(GREGORIAN_MONTHS, start=1):
        yield f"{name}|{name[:3]}", Word(Kind.MONTH, number, calendar=GREGORIAN)


def _with_endings(spellings: str, *endings: str) -> str:
    """Each spelling alone, with each ending, and with the ی that follows a final ه or ا (هفته‌ی, یلدای)."""
    names = spellings.split("|")
    names += [f"{name} {ending}" for name in names for ending in endings]
    names += [f"{name} {YEH}" for name in names if name.endswith((HEH, ALEF))]
    return "|".join(names)


def _number_entries() -> Iterator[tuple[str, Word]]:
    """Numbers in words: one to ninety-nine, the round ones, and the ordinals that days are named with."""
    for number in range(1, 100):
        cardinal = _cardinal(number)
        yield cardinal, Word(Kind.NUMBER, number)
        ordinal = _ODD_ORDINALS.get(number, f"{cardinal} ام|{cardinal} م")
        if number > 20 and number % 10 == 3:
            ordinal += f"|{cardinal.rpartition(' ')[0]} سوم"
        superlatives = (f"{spelling} ین" for spelling in ordinal.split("|") if spelling.endswith(MEEM))
        yield "|".join([ordinal, *superlatives]), Word(Kind.ORDINAL, number)
    for number, spelling in enumerate(_HUNDREDS.split(), start=1):
        yield spelling, Word(Kind.NUMBER, number * 100)
    for number, spelling in enumerate(_ENGLISH_NUMBERS.split(), start=1):
        yield spelling, Word(Kind.NUMBER, number)
    for number, spellings in _SPELLINGS_OF_NUMBERS.items():
        yield spellings, Word(Kind.NUMBER, number)
        if number > 2:
            yield "|".join(f"{spelling} م" for spelling in spellings.split("|")), Word(Kind.ORDINAL, number)
    for number, spellings in _PAIRS.items():
        yield spellings, Word(Kind.PAIR, number)
    yield "اولین", Word(Kind.ORDINAL, 1)
    for number, spelling in enumerate(_ENGLISH_ORDINALS.split(), start=1):
        yield spelling, Word(Kind.ORDINAL, number)


def _cardinal(number: int) -> str:
    ones, tens = _ONES.split(), _TENS.split()
    if number < 20:
        return ones[number - 1]
    return tens[number // 10 - 2] + (f" و {ones[number % 10 - 1]}" if number % 10 else "")
