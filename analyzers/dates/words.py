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
from ..normalizer import ALEF, ALEF_MADDA, HEH, YEH, ZWNJ, fold


class Kind(IntEnum):
    """What a word of a date is."""

    NUMBER = auto()  # number; digits typed, or 0 for a number in words
    ORDINAL = auto()  # number, in words: a day, never a year
    CLOCK = auto()  # a time of day
    MONTH = auto()  # number 1-12 of calendar
    WEEKDAY = auto()  # number 0-6 from Saturday
    SEASON = auto()  # number 0-3 from spring
    FEAST = auto()  # number: place in FEASTS
    UNIT = auto()  # unit, counted in calendar
    UNIT_REFERENCE = auto()  # unit, number of units from now: yesterday
    WINDOW = auto()  # unit, number of units before (negative) or after now: the last 7 days
    SHIFT = auto()  # number -1, 0, 1: ago, this, next
    SWEEP = auto()  # number -1, 1: as SHIFT, but with a count it means a window: the last 7 days
    HALF = auto()  # number: place in HALVES, the half of the day
    ZONE = auto()  # number: minutes east of Greenwich
    ERA = auto()  # calendar
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


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the dictionary; the comments of Kind say which fields a kind uses."""

    kind: Kind
    number: int = 0
    unit: Unit | None = None
    calendar: Calendar | None = None


# The civil calendars of Iran and Afghanistan; what Persian calls the months of the Gregorian one, with the
# spellings of the press of both countries; the lunar months with their Persian and Arabic forms.
_DARI_MONTHS = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
_MONTH_VARIANTS = {(JALALI, 5): "امرداد", (GREGORIAN, 9): "sept"}
_LATIN_JALALI_MONTHS = "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand"
_PERSIAN_GREGORIAN_MONTHS = (
    "ژانویه|ژانویة|ژانوی|جنوری",
    "فوریه|فوریة|فبروری",
    "مارس|مارچ",
    "آوریل|آپریل|اپریل",
    "مه|می",
    "ژوئن|ژون|جون",
    "ژوئیه|ژوییه|ژولیه|جولای|جولایی|جولائی",
    "اوت|آگوست|آگست|اگست",
    "سپتامبر|سپتمبر",
    "اکتبر|اکتوبر",
    "نوامبر|نومبر",
    "دسامبر|دسمبر",
)
_LUNAR_MONTHS = (
    "محرم|محرم الحرام",
    "صفر|صفر المظفر",
    "ربیع الاول",
    "ربیع الثانی|ربیع الآخر",
    "جمادی الاول|جمادی الاولی|جمادی الاولا",
    "جمادی الثانی|جمادی الثانیه|جمادی الآخر|جمادی الآخره|جمادی الاخری",
    "رجب|رجب المرجب",
    "شعبان|شعبان المعظم",
    "رمضان|رمضان المبارک",
    "شوال|شوال المکرم",
    "ذی القعده|ذی قعده|ذیقعده|ذوالقعده|ذیعقده",
    "ذی الحجه|ذی حجه|ذیحجه|ذوالحجه",
)
_LATIN_LUNAR_MONTHS = (
    "muharram|moharram",
    "safar",
    "rabi al awwal|rabi al avval",
    "rabi al thani|rabi al sani",
    "jumada al awwal|jamadi al avval",
    "jumada al thani|jamadi al sani",
    "rajab",
    "shaban",
    "ramadan|ramazan|ramadhan",
    "shawwal|shavval",
    "dhu al qadah|zi qadeh",
    "dhu al hijjah|zi hajjeh",
)
_WEEKDAYS = (
    "شنبه|saturday|sat",
    "یک شنبه|sunday|sun",
    "دو شنبه|monday|mon",
    "سه شنبه|tuesday|tue|tues",
    "چهار شنبه|wednesday|wed",
    "پنج شنبه|thursday|thu|thur|thurs",
    "جمعه|آدینه|friday|fri",
)
_SEASONS = ("بهار|spring", "تابستان|summer", "پاییز|پائیز|خزان|autumn|fall", "زمستان|winter")

# Days of the Jalali year people name instead of counting: spellings, month, day, length in days. Nowruz is
# the thirteen days of the holiday, but as the end of a range it is its first day.
FEASTS = (
    ("نوروز|عید نوروز|nowruz|norouz|noruz|norooz", 1, 1, 13),
    ("سیزده بدر|روز طبیعت", 1, 13, 1),
    ("شب یلدا|یلدا|yalda", 9, 30, 1),
    ("دهه فجر", 11, 12, 11),
)

_ONES = "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود"
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد"
_ENGLISH_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH_ORDINALS = "first second third fourth fifth"
_SPELLINGS_OF_NUMBERS = {18: "هیجده|هژده", 100: "یکصد", 1000: "هزار|یکهزار"}
_ODD_ORDINALS = {1: "یکم|اول|نخست|نخستین", 3: "سوم|سه ام"}

_UNITS = {
    Unit.MINUTE: ("دقیقه", "minute|minutes|min|mins"),
    Unit.HOUR: ("ساعت", "hour|hours"),
    Unit.DAY: ("روز", "day|days"),
    Unit.WEEK: ("هفته", "week|weeks"),
    Unit.MONTH: ("ماه", "month|months"),
    Unit.SEASON: ("فصل", "quarter|quarters"),
    Unit.YEAR: ("سال", "year|years"),
    Unit.DECADE: ("دهه", "decade|decades|s"),
}
_REFERENCES = {
    (Unit.MINUTE, 0): ("اکنون|هم اکنون|کنون|الان|حالا", "now"),
    (Unit.DAY, 0): ("امروز|امشب", "today|tonight"),
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
    ("صبح|بامداد|سحر|ق ظ|قبل از ظهر|پیش از ظهر|am", _MORNING),
    ("ظهر|عصر|غروب|ب ظ|بعد از ظهر|پس از ظهر|pm", _EVENING),
    ("شب", _NIGHT),
)

# Minutes east of Greenwich. Source: RFC 822 and, for Iran, the tz database.
_ZONES = {
    0: "z|ut|utc|gmt|گرینویچ",
    210: "irst",
    270: "irdt|irt",
    -240: "edt",
    -300: "est|cdt",
    -360: "cst|mdt",
    -420: "mst|pdt",
    -480: "pst",
}

_PLAIN_WORDS = {
    Word(Kind.SHIFT, 0): "این|همین|جاری|کنونی|فعلی|this|current",
    Word(Kind.SHIFT, -1): "قبل|پیش|قبلی|پیشین|ago|earlier",
    Word(Kind.SWEEP, -1): "گذشته|اخیر|last|past|previous",
    Word(Kind.SHIFT, 1): "بعد|بعدی|دیگر|later|hence",
    Word(Kind.SWEEP, 1): "آینده|آتی|پیش رو|next|coming",
    Word(Kind.ERA, calendar=JALALI): "شمسی|خورشیدی|هجری شمسی|هجری خورشیدی|ه ش|ش",
    Word(Kind.ERA, calendar=LUNAR): "قمری|هجری قمری|ه ق|ق|ah",
    Word(Kind.ERA, calendar=GREGORIAN): "میلادی|ad|ce",
    Word(Kind.EDGE, 0): "ابتدا|ابتدای|آغاز|شروع|start of|start|beginning|beginning of",
    Word(Kind.EDGE, 1): "انتها|انتهای|پایان|آخر|آخرین روز|end of|end",
    Word(Kind.THIRD, 0): "اوایل|اوائل|early",
    Word(Kind.THIRD, 1): "اواسط|mid",
    Word(Kind.THIRD, 2): "اواخر|late",
    Word(Kind.HALF_OF): "نیمه|نیمه ی|نیم سال|half",
    Word(Kind.QUARTER): "q",
    Word(Kind.MONTHS): "ماهه|ماهه ی",
    Word(Kind.FROM): "از|از تاریخ|since|from|starting",
    Word(Kind.TO): "تا|الی|تا تاریخ|لغایت|to|until|till|through|upto|up to",
    Word(Kind.AFTER): "بعد از|پس از|after",
    Word(Kind.BEFORE): "قبل از|پیش از|before",
    Word(Kind.BETWEEN): "بین|مابین|میان|between",
    Word(Kind.AND): "و|and",
    Word(Kind.ONWARD): "به بعد|به این سو|onward|onwards",
    Word(Kind.LABEL): "تاریخ|مورخ|مورخه|انتشار|منتشر شده|منتشر شد|درج|ثبت|ارسال|زمان|date|dated|published|posted",
    Word(Kind.FILLER): (
        "در|طی|طول|به|به وقت|وقت|تهران|محلی|ایران|برابر|برابر با|مطابق|مطابق با|مصادف|مصادف با|با|هجری"
        "|ه|م|ام|امین|ی|ها|های|th|st|nd|rd|t|on|in|at|of|the|during|local time|iran"
    ),
}

# Keys that are other words when their parts stand apart: «۱۰ دی روز جمعه» is not yesterday.
UNSPACED = frozenset({"دیروز"})


@cache
def vocabulary() -> dict[str, Word]:
    """Every word and phrase of dates by its joined, folded spelling."""
    return {join_words(spelling): word for spellings, word in _entries() for spelling in spellings.split("|")}


@cache
def longest_phrase() -> int:
    """The most words a phrase of the dictionary is written with."""
    return max(spelling.count(" ") + 1 for spellings, _ in _entries() for spelling in spellings.split("|"))


def join_words(text: str) -> str:
    """A word or phrase as the dictionary spells it: folded, without ZWNJ and spaces, its madda dropped.

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
    for number, spellings in enumerate(_WEEKDAYS):
        yield _with_endings(spellings), Word(Kind.WEEKDAY, number)
    for number, spellings in enumerate(_SEASONS):
        yield spellings, Word(Kind.SEASON, number)
    for number, feast in enumerate(FEASTS):
        yield feast[0], Word(Kind.FEAST, number)
    yield from _unit_entries()
    yield from _month_entries()


def _unit_entries() -> Iterator[tuple[str, Word]]:
    """Units and references: Persian ones count in Jalali months and years, English ones in Gregorian."""
    for unit, (persian, english) in _UNITS.items():
        yield _with_endings(persian, "ها", "های"), Word(Kind.UNIT, unit=unit, calendar=JALALI)
        yield english, Word(Kind.UNIT, unit=unit, calendar=GREGORIAN)
    for (unit, number), (persian, english) in _REFERENCES.items():
        yield persian, Word(Kind.UNIT_REFERENCE, number, unit, JALALI)
        if english:
            yield english, Word(Kind.UNIT_REFERENCE, number, unit, GREGORIAN)


def _month_entries() -> Iterator[tuple[str, Word]]:
    for calendar, months in (
        (JALALI, JALALI_MONTHS),
        (JALALI, _DARI_MONTHS.split()),
        (JALALI, _LATIN_JALALI_MONTHS.split()),
        (GREGORIAN, _PERSIAN_GREGORIAN_MONTHS),
        (LUNAR, _LUNAR_MONTHS),
        (LUNAR, _LATIN_LUNAR_MONTHS),
    ):
        for number, spellings in enumerate(months, start=1):
            yield _with_endings(spellings, "ماه"), Word(Kind.MONTH, number, calendar=calendar)
    for (calendar, number), spellings in _MONTH_VARIANTS.items():
        yield _with_endings(spellings, "ماه"), Word(Kind.MONTH, number, calendar=calendar)
    for number, name in enumerate(GREGORIAN_MONTHS, start=1):
        yield f"{name}|{name[:3]}", Word(Kind.MONTH, number, calendar=GREGORIAN)


def _with_endings(spellings: str, *endings: str) -> str:
    """Each spelling alone, with each ending, and with the ی that follows a final ه (هفته‌ی)."""
    names = spellings.split("|")
    names += [f"{name} {ending}" for name in names for ending in endings]
    names += [f"{name} {YEH}" for name in names if name.endswith(HEH)]
    return "|".join(names)


def _number_entries() -> Iterator[tuple[str, Word]]:
    """Numbers in words: one to ninety-nine, the round ones, and the ordinals that days are named with."""
    for number in range(1, 100):
        cardinal = _cardinal(number)
        yield cardinal, Word(Kind.NUMBER, number)
        ordinal = _ODD_ORDINALS.get(number, f"{cardinal} ام|{cardinal} م")
        if number > 20 and number % 10 == 3:
            ordinal += f"|{cardinal.rpartition(' ')[0]} سوم"
        yield ordinal, Word(Kind.ORDINAL, number)
    for number, spelling in enumerate(_HUNDREDS.split(), start=1):
        yield spelling, Word(Kind.NUMBER, number * 100)
    for number, spelling in enumerate(_ENGLISH_NUMBERS.split(), start=1):
        yield spelling, Word(Kind.NUMBER, number)
    for number, spellings in _SPELLINGS_OF_NUMBERS.items():
        yield spellings, Word(Kind.NUMBER, number)
    yield "هیجدهم|هژدهم", Word(Kind.ORDINAL, 18)
    yield "اولین", Word(Kind.ORDINAL, 1)
    for number, spelling in enumerate(_ENGLISH_ORDINALS.split(), start=1):
        yield spelling, Word(Kind.ORDINAL, number)


def _cardinal(number: int) -> str:
    ones, tens = _ONES.split(), _TENS.split()
    if number < 20:
        return ones[number - 1]
    return tens[number // 10 - 2] + (f" و {ones[number % 10 - 1]}" if number % 10 else "")
