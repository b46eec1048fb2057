"""The names of months and weekdays as the press, programs and people spell them, ``|`` between spellings (see
`words`).
"""

from __future__ import annotations

import re

from ..calendars import GREGORIAN, JALALI

# The civil calendars of Iran and Afghanistan; what Persian calls the months of the Gregorian one, with the
# spellings of the press of both countries; the lunar months with their Persian and Arabic forms.
DARI_MONTHS = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
MONTH_VARIANTS = {(JALALI, 5): "امرداد|amordad", (GREGORIAN, 9): "sept"}
# In Latin letters, of whose spellings `latin_key` makes one: khordaad, aazar, farvardeen, shahriwar.
LATIN_JALALI_MONTHS = (
    "farvardin",
    "ordibehesht|ordebehesht|ordibehest|urdibihisht",
    "khordad|xordad",
    "tir",
    "mordad|murdad",
    "shahrivar|sharivar",
    "mehr|mihr",
    "aban",
    "azar|adhar",
    "dey|dei",
    "bahman",
    "esfand|isfand",
)
LATIN_DARI_MONTHS = (
    "hamal",
    "savr|saur|thavr|thaur",
    "javza|jauza|jovza",
    "saratan",
    "asad",
    "sunbula|sonbola|sunbulah|sonbole",
    "mizan",
    "aqrab",
    "qavs|qaus|qovs",
    "jadi|jady",
    "dalv|dalva|dalvah",
    "hut",
)
PERSIAN_GREGORIAN_MONTHS = (
    "ژانویه|ژانویة|ژانوی|جنوری|ینایر|کانون الثانی",
    "فوریه|فوریة|فبروری|فبرایر|شباط",
    "مارس|مارچ|آذار",
    "آوریل|آپریل|اپریل|ابریل|نیسان",
    "مه|می|مایو|مای|ایار",
    "ژوئن|ژون|جون|یونیو|یونیه|حزیران",
    "ژوئیه|ژوییه|ژولیه|جولای|جولایی|جولائی|ژولای|یولیو|یولیه|تموز",
    "اوت|آگوست|آگست|اگست|اغسطس",
    "سپتامبر|سپتمبر|سبتمبر|ایلول",
    "اکتبر|اکتوبر|تشرین الاول",
    "نوامبر|نومبر|نوفمبر|تشرین الثانی",
    "دسامبر|دسمبر|دیسمبر|کانون الاول",
)
LUNAR_MONTHS = (
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
LATIN_LUNAR_MONTHS = (
    "muharram|moharram|muh",
    "safar|saf",
    "rabi al awwal|rabi al avval|rabi ul awwal|rabi i|rab i",
    "rabi al thani|rabi al sani|rabi ul thani|rabi ii|rab ii|rabi al akhir",
    "jumada al awwal|jamadi al avval|jumada al ula|jumada i|jum i",
    "jumada al thani|jamadi al sani|jumada al akhirah|jumada ii|jum ii",
    "rajab|raj",
    "shaban|sha|sha ban",
    "ramadan|ramazan|ramadhan|ramzan|ram",
    "shawwal|shavval|shaw",
    "dhu al qadah|zi qadeh|dhul qadah|dhul qidah|dhul q|dhu al qidah",
    "dhu al hijjah|zi hajjeh|dhul hijjah|dhul h|dhu al hijja",
)
WEEKDAYS = (
    "شنبه|شمبه|saturday|sat",
    "یک شنبه|یک شمبه|sunday|sun",
    "دو شنبه|دو شمبه|monday|mon",
    "سه شنبه|سه شمبه|سشنبه|سشمبه|tuesday|tue|tues",
    "چهار شنبه|چهار شمبه|چار شنبه|چار شمبه|wednesday|wed",
    "پنج شنبه|پنج شمبه|پن شنبه|پن شمبه|thursday|thu|thur|thurs",
    "جمعه|آدینه|friday|fri",
)

# The weekdays as PHP's Persian libraries shorten them, before a comma.
SHORT_WEEKDAYS = {"ش": 0, "ی": 1, "د": 2, "س": 3, "چ": 4, "پ": 5, "ج": 6}
SHORT_WEEKDAYS |= {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5}


def latin_key(word: str) -> str:
    """Returns a Latin spelling of a month's Persian name as the dictionary has it: long vowels, doubled letters once.

    >>> latin_key("aazar"), latin_key("farvardeen"), latin_key("shahriwar")
    ('azar', 'farvardin', 'shahrivar')
    """
    word = word.replace("ee", "i").replace("oo", "u").replace("ou", "u").replace("w", "v")
    return re.sub(r"([a-z])\1", r"\1", word)
