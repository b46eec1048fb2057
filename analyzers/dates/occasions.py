"""Days that people name instead of counting: the feasts and days of the calendar of Iran, and some of the world's.

Source: the official calendar that the Calendar Centre of the University of Tehran's Institute of Geophysics publishes
every year, and for the rest of the world the days that the names themselves mean (Christmas, New Year's Day).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..calendars import GREGORIAN, JALALI, LUNAR, Calendar

_TUESDAY_EVE = -1
_WEDNESDAY, _FRIDAY = 4, 6


@dataclass(frozen=True, slots=True)
class Occasion:
    """A named day or days of every year.

    ``day`` counts in the month of the calendar; with ``last`` it is instead how many days after the last such weekday
    (0 is Saturday) of the month. ``length`` is in days.
    """

    spellings: str
    calendar: Calendar
    month: int
    day: int
    length: int = 1
    last: int | None = None

    def first_day(self, year: int) -> date:
        """Returns the day it begins in a year of its own calendar; DateError where there is no such day.

        >>> OCCASIONS[0].first_day(1403)
        datetime.date(2024, 3, 20)
        """
        if self.last is None:
            return self.calendar.day(year, self.month, self.day)
        end = self.calendar.day(year, self.month, self.calendar.month_length(year, self.month))
        since = (end.weekday() + 2 - self.last) % 7
        return end + timedelta(days=self.day - since)


# The thirteen days of Nowruz are those of its holiday; as the end of a range it is its first day.
OCCASIONS = (
    Occasion("نوروز|عید|عید نوروز|نوروزی|عید باستانی نوروز|nowruz|norouz|noruz|norooz|newroz", JALALI, 1, 1, 13),
    Occasion("سال نو|تحویل سال|سال تحویل|نوروز باستانی", JALALI, 1, 1),
    Occasion("روز جمهوری اسلامی", JALALI, 1, 12),
    Occasion("سیزده بدر|سیزده به در|۱۳ بدر|روز طبیعت|sizdah bedar", JALALI, 1, 13),
    Occasion("روز ارتش", JALALI, 1, 29),
    Occasion("روز معلم", JALALI, 2, 12),
    Occasion("تیرگان|جشن تیرگان", JALALI, 4, 13),
    Occasion("روز خبرنگار", JALALI, 5, 17),
    Occasion("روز پزشک", JALALI, 6, 1),
    Occasion("هفته دولت", JALALI, 6, 2, 7),
    Occasion("هفته دفاع مقدس", JALALI, 6, 31, 7),
    Occasion("مهرگان|جشن مهرگان|mehregan", JALALI, 7, 16),
    Occasion("روز دانش آموز", JALALI, 8, 13),
    Occasion("روز دانشجو", JALALI, 9, 16),
    Occasion("شب یلدا|یلدا|شب چله|شب چله بزرگ|yalda|yalda night|shab e yalda", JALALI, 9, 30),
    Occasion("جشن سده", JALALI, 11, 10),
    Occasion("دهه فجر|دهه مبارک فجر|ایام دهه فجر", JALALI, 11, 12, 11),
    Occasion("روز درختکاری|روز درخت کاری", JALALI, 12, 15),
    Occasion(
        "چهارشنبه سوری|چارشنبه سوری|شب چهارشنبه سوری|chaharshanbe suri", JALALI, 12, _TUESDAY_EVE, last=_WEDNESDAY
    ),
    Occasion("روز ملی شدن صنعت نفت|ملی شدن صنعت نفت", JALALI, 12, 29),
    Occasion("تاسوعا|تاسوعای حسینی|tasua|tasu a", LUNAR, 1, 9),
    Occasion("عاشورا|عاشورای|عاشورای حسینی|روز عاشورا|ashura|ashoura", LUNAR, 1, 10),
    Occasion("اربعین|اربعین حسینی|اربعین امام حسین|arbaeen|arbain", LUNAR, 2, 20),
    Occasion("هفته وحدت", LUNAR, 3, 12, 6),
    Occasion("میلاد پیامبر|ولادت پیامبر|عید میلاد النبی|میلاد النبی|mawlid", LUNAR, 3, 17),
    Occasion("روز زن|روز مادر", LUNAR, 6, 20),
    Occasion("روز پدر|روز مرد", LUNAR, 7, 13),
    Occasion("مبعث|عید مبعث|عید سعید مبعث|مبعث پیامبر", LUNAR, 7, 27),
    Occasion("نیمه شعبان|عید نیمه شعبان|نیمه ی شعبان", LUNAR, 8, 15),
    Occasion("شب قدر|شب های قدر|لیالی قدر|لیله القدر|laylat al qadr", LUNAR, 9, 19, 5),
    Occasion("روز قدس|روز جهانی قدس|quds day|al quds day", LUNAR, 9, 0, last=_FRIDAY),
    Occasion("عید فطر|عید سعید فطر|عید رمضان|فطر|eid al fitr|eid ul fitr", LUNAR, 10, 1),
    Occasion("روز دختر", LUNAR, 11, 1),
    Occasion("دهه کرامت", LUNAR, 11, 1, 11),
    Occasion("روز عرفه|عرفه", LUNAR, 12, 9),
    Occasion("عید قربان|عید سعید قربان|عید اضحی|عید الاضحی|eid al adha|eid ul adha", LUNAR, 12, 10),
    Occasion("عید غدیر|عید سعید غدیر|عید غدیر خم|عید سعید غدیر خم|eid al ghadir", LUNAR, 12, 18),
    Occasion("سال نو میلادی|سال نوی میلادی|آغاز سال نو میلادی|new year|new years day|new year s day", GREGORIAN, 1, 1),
    Occasion("ولنتاین|روز ولنتاین|روز عشاق|valentine|valentines day|valentine s day", GREGORIAN, 2, 14),
    Occasion("روز جهانی زن", GREGORIAN, 3, 8),
    Occasion("روز کارگر|روز جهانی کارگر", GREGORIAN, 5, 1),
    Occasion("هالووین|هالوین|halloween", GREGORIAN, 10, 31),
    Occasion("کریسمس|عید کریسمس|جشن کریسمس|روز کریسمس|christmas|xmas|christmas day", GREGORIAN, 12, 25),
    Occasion("شب سال نو میلادی|new years eve|new year s eve", GREGORIAN, 12, 31),
)
