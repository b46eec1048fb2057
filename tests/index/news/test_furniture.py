"""Single lines: furniture or the article's own, in any spelling, and the facts they state."""

from __future__ import annotations

import time

import pytest

from khabarjoo.index.news.furniture import furniture, is_site_talk
from khabarjoo.index.news.furniture_patterns import Meaning

SURE = {
    "انتهای پیام/": Meaning.END,
    "پایان پیام/ ر 40": Meaning.END,
    "نشانی ایمیل شما منتشر نخواهد شد.": Meaning.END,
    "رایانامهٔ شما نمایش داده نمی‌شود. پر کردن خانه‌های ستاره‌دار الزامی است *": Meaning.END,
    "شما در حال پاسخ به نظر «» هستید.": Meaning.END,
    "دیدگاهتان را بنویسید": Meaning.COMMENTS,
    "ارسال نظر": Meaning.COMMENTS,
    "نظر شما چیست؟ (حداکثر ۵۰۰ نویسه)": Meaning.COMMENTS,
    "نظرات کاربران": Meaning.COMMENTS,
    "اخبار مرتبط": Meaning.OTHERS,
    "نوشته‌های مشابه": Meaning.OTHERS,
    "پربازدیدترین‌ها": Meaning.OTHERS,
    "پیشنهاد سردبیر": Meaning.OTHERS,
    "آخرین اخبار": Meaning.OTHERS,
    "بیشتر بخوانید:": Meaning.RELATED,
    "برچسب‌ها: قم، تهران": Meaning.TAGS,
    "کلیدواژه‌ها": Meaning.TAGS,
    "#قم #تهران": Meaning.TAGS,
    "بیشتر بخوانید: باران در راه است": Meaning.NOTHING,
    "آیا این مطلب برایتان مفید بود؟ بله (۶) خیر (۳)": Meaning.NOTHING,
    "به کانال تلگرام ما بپیوندید": Meaning.NOTHING,
    "کانال پیک ساحل را در پیام‌رسان بله دنبال کنید": Meaning.NOTHING,
    "این خبر را به اشتراک بگذارید": Meaning.NOTHING,
    "ارسال به دوستان": Meaning.NOTHING,
    "نسخه چاپی": Meaning.NOTHING,
    "لینک کپی شد!": Meaning.NOTHING,
    "خبر بعدی: باران در راه است": Meaning.NOTHING,
    "قبلی «": Meaning.NOTHING,
    "عکس: نازنین ساحلی": Meaning.NOTHING,
    "در حال بارگذاری...": Meaning.NOTHING,
    "مرورگر شما از ویدئو پشتیبانی نمی‌کند.": Meaning.NOTHING,
    "برای ثبت نظر ابتدا وارد شوید": Meaning.NOTHING,
    "طراحی و تولید: کارگاه نرم‌افزار": Meaning.NOTHING,
    "تعداد بازدید: ۱۲۴۷": Meaning.NOTHING,
    "۳ نظر": Meaning.NOTHING,
    "بدون دیدگاه": Meaning.NOTHING,
    "زمان مطالعه: ۵ دقیقه": Meaning.NOTHING,
    "تمامی حقوق این سایت محفوظ است": Meaning.RIGHTS,
    "© ۱۳۹۴ پیک ساحل": Meaning.RIGHTS,
    "All rights reserved.": Meaning.RIGHTS,
    "کد خبر: ۵۳۲۰۴": Meaning.CODE,
    "شناسه مطلب ۵۳۲۰۴": Meaning.CODE,
    "تاریخ انتشار: ۲۷ تیر ۱۳۹۷ - ۰۸:۳۰": Meaning.PUBLISHED,
    "به‌روزرسانی: ۲۷ تیر ۱۳۹۷": Meaning.CHANGED,
    "date 2025-11-07": Meaning.CRAWLED,
    "لینک کوتاه: https://a.example/1": Meaning.URL,
    "سرویس: شهر و روستا": Meaning.CATEGORY,
    "منبع: ایرنا": Meaning.CREDIT,
    "خانه » سیاسی » مجلس": Meaning.CRUMB,
    "چاپ | ارسال | تلگرام": Meaning.BUTTON,
}
UNSURE = {
    "صفحه اصلی": Meaning.HOME,
    "سیاسی": Meaning.CATEGORY,
    "گروه اقتصادی": Meaning.CATEGORY,
    "خبرگزاری کار ایران": Meaning.SOURCE,
    "روزنامه موج شمال": Meaning.SOURCE,
    "۸ دی ۱۴۰۴، ۱۰:۵۵": Meaning.MOMENT,
    "شنبه ۵ مهر": Meaning.MOMENT,
    "تلگرام": Meaning.BUTTON,
    "نام:": Meaning.COMMENTS,
    "دیدگاه": Meaning.COMMENTS,
    "نویسنده: نازنین ساحلی": Meaning.NOTHING,
    "رایانامه: info@a.example": Meaning.NOTHING,
    "021-88990011": Meaning.MOMENT,
}
OWN = [
    "وزیر گفت کد خبر را چاپ کنند.",
    "آیا این خبر درست است؟",
    "اخبار مرتبط با سیل همه را نگران کرد",
    "نظرات کارشناسان دربارهٔ بودجه",
    "تلگرام فیلتر شد",
    "خبرگزاری فرانسه خبر داد",
    "حقوق کارگران محفوظ است",
    "برای احداث کانال آب گروه‌های مردمی وارد عمل شدند",
    "برای ثبت درخواست، متقاضیان باید وارد سامانه شوند",
    "به ۳۰ امتیاز رسید",
    "اقتصاد ایران در سال آینده",
    "سخنگوی دولت: گروه‌های تندرو",
    "انتهای پیام رئیس جمهور به مردم کشورهای همسایه",
    "چاپ اسکناس تازه",
    "منبع آب شهر: سد و چاه و رودخانه و قنات و برف و باران و یخچال",
    "تبلیغاتی که مردم را خسته کرد",
    "عکس یادگاری با قهرمانان",
    "۱۲ کشته در تصادف",
    "تاریخ معاصر ایران",
    "به گزارش ایسنا، باران بارید.",
    "پیام تبریک رئیس مجلس",
    "بازدید ۲۰۰ نفر از نمایشگاه",
]


def spellings(line: str) -> list[str]:
    """The line clean, without ZWNJ, with spaces for it, and typed on an Arabic keyboard."""
    return [line, line.replace("\u200c", ""), line.replace("\u200c", " "), line.replace("ی", "ي").replace("ک", "ك")]


@pytest.mark.parametrize(("line", "meaning"), SURE.items())
def test_furniture_is_known_wherever_it_stands_in_any_spelling(line: str, meaning: Meaning) -> None:
    for spelling in spellings(line):
        found = furniture(spelling)
        assert found is not None, spelling
        assert found.sure
        assert meaning is Meaning.NOTHING or found.has(meaning)


@pytest.mark.parametrize(("line", "meaning"), UNSURE.items())
def test_what_may_be_a_heading_is_known_but_not_for_sure(line: str, meaning: Meaning) -> None:
    for spelling in spellings(line):
        found = furniture(spelling)
        assert found is not None, spelling
        assert not found.sure
        assert meaning is Meaning.NOTHING or found.has(meaning)


@pytest.mark.parametrize("line", OWN)
def test_headlines_and_sentences_with_the_same_words_are_the_articles_own(line: str) -> None:
    assert [furniture(spelling) for spelling in spellings(line)] == [None] * 4


@pytest.mark.parametrize("line", ["", "//", "* * *", "-----", "• >", "{{ x }}", "![عکس](https://a.example/1.jpg)"])
def test_lines_without_words_are_furniture(line: str) -> None:
    assert furniture(line) is not None


def test_the_facts_of_a_line_are_cut_as_they_were_typed() -> None:
    line = "یکشنبه / ۵ مهر ۱۳۹۹ / ۱۰:۱۵ دسته‌بندی: خراسان رضوی کد خبر: 99070503 خبرنگار : 71457"
    found = furniture(line)
    assert found is not None
    assert [fact for fact in found.facts if fact[1]] == [
        (Meaning.MOMENT, "یکشنبه / ۵ مهر ۱۳۹۹ / ۱۰:۱۵"),
        (Meaning.CATEGORY, "خراسان رضوی"),
        (Meaning.CODE, "99070503"),
    ]


def test_a_few_strange_words_between_known_ones_are_passed_over() -> None:
    found = furniture("شنبه ۱۸ مهر ۱۴۰۰ | کد خبر: ۴۰۰۷ | نسخه چاپی | ذخیره در فهرست علاقه‌مندی‌ها")
    assert found is not None
    assert list(found.values(Meaning.CODE)) == ["۴۰۰۷"]


@pytest.mark.parametrize("line", ["نسخه مناسب چاپ", "دریافت PDF شماره امروز", "نظرات شما"])
def test_few_words_of_the_site_are_its_talk(line: str) -> None:
    assert is_site_talk(line)


@pytest.mark.parametrize(
    "line", ["باران بارید", "عضویت در کتابخانه رایگان است", "وی سایت تازه‌ای برای مردم شهر خود راه انداخت"]
)
def test_other_words_are_not(line: str) -> None:
    assert not is_site_talk(line)


@pytest.mark.parametrize(
    "line",
    ["ا" * 300, "برای" + "کانال" * 55, "1:" * 145, "| ا" * 95, "الف" * 95, "ما را " * 48, "تمامی حقوق " * 27,
     "کد" * 148,     "قبلی" + " " * 290 + "x", "a." * 148, "#ا " * 98, "چاپ" * 95 + "x", "برچسب‌ها: " + "ب، " * 900],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    started = time.process_time()
    for _ in range(20):
        furniture(line)
    assert time.process_time() - started < 2
