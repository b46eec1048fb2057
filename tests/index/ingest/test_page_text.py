"""Scraped page text: the article and its facts out of whatever stands around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest.page_rows import split_lines
from khabarjoo.index.ingest.page_text import article_of

ReadOne = Callable[[str, bytes | str], Article]

TITLE = "قایق‌های خورشیدی در تالاب به آب انداخته شدند"
LEAD = "ده قایق خورشیدی که دانشجویان ساخته‌اند از امروز گردشگران را در تالاب می‌گردانند و دودی به هوا نمی‌فرستند."
REPORT = (
    "به گزارش پیک ساحل، این قایق‌ها هر کدام شش سرنشین دارند و با یک روز آفتاب چهل کیلومتر می‌پیمایند. "
    "سازندگان می‌گویند هزینهٔ هر قایق از نمونهٔ بنزینی کمتر است."
)
MORE = "وی افزود: اگر این آزمایش پیروز شود، سال آینده پنجاه قایق دیگر ساخته خواهد شد و کارگاه کنار اسکله گسترش می‌یابد."
LAST = "گردشگران می‌توانند بلیت را از اسکله بخرند."
BODY = [REPORT, MORE, LAST]


def page(*lines: str) -> Article:
    return article_of(split_lines("\n".join(lines)), id="p")


def story(head: str = "", tail: str = "") -> Article:
    """The story with other lines above and below it."""
    return page(head, "", TITLE, "", LEAD, "", *BODY, "", tail)


def defective(text: str) -> str:
    """The text as scrapers leave it: no ZWNJ, Arabic yeh and kaf."""
    return text.replace("\u200c", "").replace("ی", "ي").replace("ک", "ك")


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=tehran())


def test_a_page_without_furniture_is_its_title_lead_and_body() -> None:
    found = story()
    assert (found.title, found.lead, found.body.split("\n")) == (TITLE, LEAD, BODY)


HEADS = {
    "a breadcrumb": f"خانه » محیط زیست » {TITLE}",
    "a breadcrumb copied as a list": f"• صفحه اصلی\n  • >\n  • محیط زیست\n  • >\n  • {TITLE}",
    "a numbered section after a crawler's date": " date 2023-05-06   1. محیط زیست",
    "a menu": "صفحه نخست | سیاسی | اقتصادی | ورزشی | فرهنگی | عکس | فیلم",
    "a toolbar": "چاپ خبر | ارسال به دوستان\nاندازه قلم: الف- | الف | الف+",
    "code and date": "کد خبر: ۱۲۳۴۵۶ | تاریخ انتشار: ۱۶ اردیبهشت ۱۴۰۲ - ۱۱:۲۰ | تعداد بازدید: ۸۷",
    "a masthead": "روزنامه موج شمال | شماره ۱۲۰۳ | شنبه ۱۶ اردیبهشت ۱۴۰۲ | صفحه ۳",
    "slashes": "//\nکدخبر: ۵۴۵۴۶۹ //",
    "the title twice": f"{TITLE}\nکد مطلب 15204",
    "a clock of the site": "امروز: شنبه ۱۶ اردیبهشت ۱۴۰۲\nبه روز شده در: ۱۶ اردیبهشت ۱۴۰۲ - ۱۷:۴۳",
}
TAILS = {
    "signing off": "انتهای پیام/ ۷۰۱۳",
    "tags": "برچسب‌ها: تالاب، قایق",
    "tags below their label": "برچسب‌ها\n\nتالاب\nقایق خورشیدی\n\nنظر شما",
    "hashtags": "#تالاب #قایق_خورشیدی",
    "a poll": "آیا این خبر مفید بود؟",
    "a channel": "برای ورود به کانال تلگرام پیک ساحل کلیک کنید.",
    "a channel in another network": "ما را در ایتا دنبال کنید: https://eitaa.example/peyk",
    "sharing": "این خبر را به اشتراک بگذارید\nتلگرام | واتس‌اپ | ایکس | رایانامه",
    "short link": "لینک کوتاه: peyk.example/n/12",
    "neighbours": "قبلی « باران در راه است\nراه‌آهن به شمال رسید » بعدی",
    "bare neighbours": "قبلی «\nبعدی »",
    "telephone and mail": "شماره پیامک پیک ساحل: 50001717150598رایانامه: info@peyk.example",
    "a form": "دیدگاهتان را بنویسید\n\nنشانی ایمیل شما منتشر نخواهد شد. بخش‌های موردنیاز علامت‌گذاری شده‌اند *",
    "a form field by field": "ارسال نظر\nنام:*\nایمیل:*\nمتن نظر:\nکد امنیتی: *\nعکس خوانده نمی شود",
    "comments": "نظرات کاربران\nرضا\nخیلی خوب بود، کاش در شهر ما هم از این قایق‌ها بسازند و مردم لذت ببرند.\nپاسخ",
    "related news": "اخبار مرتبط\n• تالاب پرآب شد\n• پرندگان مهاجر بازگشتند\n• اسکله تازه ساخته می‌شود؟",
    "most read": "پربازدیدترین‌ها\nتالاب پرآب شد\nپرندگان مهاجر بازگشتند",
    "rights": "تمامی حقوق این سایت متعلق به پیک ساحل است و استفاده از مطالب با ذکر منبع بلامانع است.",
    "rights by a sign": "© ۱۳۹۴-۱۴۰۲ پیک ساحل",
    "makers": "طراحی و تولید: کارگاه نرم‌افزار",
    "picture credit": "عکس: نازنین ساحلی",
    "cookies": "این سایت برای تجربهٔ بهتر شما از کوکی‌ها استفاده می‌کند.",
    "log in": "برای ثبت نظر ابتدا وارد شوید.",
    "a template's leftovers": "{$media_12732487_400_300}\n{{ related }}",
    "a printed code": "کدخبر: ۵۴۵۴۶۹ //",
    "the editor's words": "نسخه مناسب چاپ\nدریافت PDF شماره امروز",
}  # fmt: skip


@pytest.mark.parametrize("spelled", [str, defective], ids=["clean", "defective"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_stands_above_an_article_is_not_in_it(head: str, spelled: Callable[[str], str]) -> None:
    found = story(head=head if TITLE in head else spelled(head))
    assert (found.title, found.lead, found.body.split("\n")) == (TITLE, LEAD, BODY)


@pytest.mark.parametrize("spelled", [str, defective], ids=["clean", "defective"])
@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_what_stands_below_an_article_is_not_in_it(tail: str, spelled: Callable[[str], str]) -> None:
    found = story(tail=spelled(tail))
    assert (found.title, found.lead, found.body.split("\n")) == (TITLE, LEAD, BODY)


INNER = [
    "بیشتر بخوانید: تالاب پرآب شد",
    "بیشتر بخوانید:\n- تالاب پرآب شد\n- پرندگان مهاجر بازگشتند",
    "عکس: نازنین ساحلی",
    "اخبار مرتبط\nتالاب پرآب شد\nپرندگان مهاجر بازگشتند",
    "***",
    "چاپ | ارسال به دوستان",
    TITLE,
]


@pytest.mark.parametrize("inner", INNER)
def test_what_stands_amid_an_article_is_taken_out_and_the_text_goes_on(inner: str) -> None:
    found = page(TITLE, "", LEAD, "", REPORT, "", *inner.split("\n"), "", MORE, "", LAST)
    assert found.body.split("\n") == BODY


@pytest.mark.parametrize(
    "line",
    [
        "وی دربارهٔ کانال تلگرام کارگاه گفت: آن را دنبال کنید تا خبرها را ببینید و ما را یاری کنید.",
        "حقوق کارکنان این کارگاه محفوظ است و دستمزدشان پیش از پایان ماه پرداخت می‌شود.",
        "آیا این خبر درست است که قایق‌ها شب‌ها کار نمی‌کنند؟",
        "به این خبر واکنش‌های بسیاری نشان داده شد و مردم خواستار ادامهٔ کار شدند.",
        "شماره تلفن کارگاه برای خرید ۰۱۳۱۲۳۴ است و همه روزه پاسخ داده می‌شود.",
        "چاپ کتاب راهنمای تالاب",
        "سیاسی",
        "دیدگاه",
        "۱۶ اردیبهشت",
        "نظر مردم شهر",
        "قیمت‌ها: ۲۰، ۳۰ و ۴۰ هزار تومان",
    ],
)
def test_the_words_of_an_article_stay_in_it_though_furniture_has_the_same(line: str) -> None:
    found = page(TITLE, "", LEAD, "", REPORT, line, MORE, LAST, "", "انتهای پیام/")
    assert found.body.split("\n") == [REPORT, line, MORE, LAST]


def test_a_signature_at_the_end_of_a_paragraph_is_taken_off() -> None:
    assert page(TITLE, "", LEAD, "", REPORT, f"{LAST} انتهای پیام/86002/خ40").body.split("\n") == [REPORT, LAST]


def test_text_is_kept_character_for_character() -> None:
    odd = "وی گفت:  «مي‌خواهم  ‏بروم»  و  رفت…؛ ۱۲٫۵٪ <b> &nbsp; ؟"
    assert page(TITLE, "", LEAD, "", REPORT, f"  {odd}\t", MORE).body == f"{REPORT}\n{odd}\n{MORE}"


def test_a_report_that_follows_the_title_at_once_is_no_lead() -> None:
    found = page(TITLE, "", *BODY)
    assert (found.lead, found.body.split("\n")) == ("", BODY)


def test_the_lead_may_have_a_label_or_stand_above_the_title() -> None:
    assert page(TITLE, "خلاصه خبر:", LEAD, *BODY).lead == LEAD
    found = page(f" date 2023-05-06 {LEAD}", "", TITLE, "", *BODY)
    assert (found.title, found.lead, found.body.split("\n")) == (TITLE, LEAD, BODY)


@pytest.mark.parametrize("kicker", ["رئیس گروه سازندگان:", "در نشستی خبری مطرح شد؛", "سازندگان خبر دادند"])
def test_a_line_that_leads_up_to_the_title_stands_above_the_lead(kicker: str) -> None:
    found = page("کد خبر: ۱۲۳۴", kicker, "", TITLE, "", LEAD, "", *BODY)
    assert (found.title, found.lead) == (TITLE, f"{kicker}\n{LEAD}")


def test_the_title_may_stand_in_the_breadcrumb_alone() -> None:
    found = page(f"خانه » محیط زیست » {TITLE}", "", *BODY)
    assert (found.title, found.body.split("\n")) == (TITLE, BODY)


def test_a_headline_among_the_related_news_is_not_taken_for_the_title_of_the_trail() -> None:
    found = page(f"خانه » محیط زیست » {TITLE}", "", *BODY, "", "اخبار مرتبط", TITLE)
    assert (found.title, found.body.split("\n")) == (TITLE, BODY)


def test_text_without_a_headline_has_no_title() -> None:
    found = page(" date 2023-05-06 " + REPORT, "", MORE, "", LAST)
    assert (found.title, found.body.split("\n")) == ("", BODY)


def test_the_desk_before_the_text_is_the_category() -> None:
    found = page(TITLE, "", f"گروه اجتماعی: {LEAD}", "", *BODY)
    assert (found.category, found.lead) == ("اجتماعی", LEAD)


@pytest.mark.parametrize(
    ("head", "category"),
    [
        ("خانه > سیاسی > مجلس", "سیاسی"),
        ("صفحه نخست » فرهنگ و هنر", "فرهنگ و هنر"),
        ("سرویس: شهر و روستا", "شهر و روستا"),
        ("دسته‌بندی: خراسان رضوی کد خبر: 140107 خبرنگار : 50417", "خراسان رضوی"),
        ("شناسهٔ خبر: 97785 - سرویس دریانوردی", "دریانوردی"),
        (" date 2023-05-06   1. استانها", "استانها"),
        ("فرهنگي", "فرهنگي"),
        ("صفحه نخست | سیاسی | اقتصادی | ورزشی | فرهنگی | عکس", ""),
        ("", ""),
    ],
)
def test_the_category_is_told_by_breadcrumb_label_or_heading(head: str, category: str) -> None:
    assert story(head=head).category == category


@pytest.mark.parametrize(
    ("head", "tail", "published"),
    [
        ("انتشار : ۲ بهمن ۱۳۹۶ ساعت ۰۸:۴۱", "", moment(2018, 1, 22, 8, 41)),
        ("تاريخ انتشار: ۱۷:۵۳ - ۳۱ فروردين ۱۳۹۶", "", moment(2017, 4, 20, 17, 53)),
        (" date 2025-12-29   1. استانها\n۸ دی ۱۴۰۴، ۱۰:۵۵", "", moment(2025, 12, 29, 10, 55)),
        (" date 2025-11-07 خبرگزاری کار ایران", "", moment(2025, 11, 7)),
        ("جمعه / ۲۵ مهر / ۱۴۰۴ - 17 October, 2025\nسایت عصرایران / ۱۴۰۴/۰۶/۱۹", "", moment(2025, 9, 10)),
        (
            "۱۵ آذر ۱۴۰۴\nبه روز شده در: ۱۵ آذر ۱۴۰۴ - ۱۷:۴۳\nتاریخ انتشار: ۱۴:۱۱ - ۱۴-۰۲-۱۴۰۱",
            "",
            moment(2022, 5, 4, 14, 11),
        ),
        ("", "کد خبر: ۲۱۶\nتاریخ: ۱۰ آذر ۱۴۰۳ - ۱۶:۳۹", moment(2024, 11, 30, 16, 39)),
        ("امروز: یکشنبه ۱ آذر ۱۴۰۵", "", None),
        ("", "", None),
        ("", "نظرات کاربران\n۱۹ مهر ۱۴۰۰ - ۰۸:۱۱\nدست شما درد نکند", None),
    ],
)  # fmt: skip
def test_the_moment_nearest_to_publication_is_taken(head: str, tail: str, published: datetime | None) -> None:
    assert story(head=head, tail=tail).published == published


def test_a_date_in_the_text_is_not_that_of_the_article() -> None:
    assert page(TITLE, "", f"{LEAD} ۵ مهر ۱۴۰۲ روز آغاز بود.", "", *BODY).published is None


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ("به گزارش ایلنا به نقل از اداره کل بنادر، قایق‌ها آمدند.", "ایلنا"),
        ("به گزارش خبرگزاری مهر، قایق‌ها آمدند.", "مهر"),
        ("به گزارش خبرنگار اجتماعی خبرگزاری تسنیم، قایق‌ها آمدند.", "تسنیم"),
        ("به گزارش خبرگزاری صدا و سیمای مازندران؛ قایق‌ها آمدند.", "صدا و سیما"),
        ("به گزارش پایگاه اطلاعرسانی ساحل نشینان، قایق‌ها آمدند.", "ساحل نشینان"),
        ("به گزارش «پیک ساحل»، قایق‌ها آمدند.", "پیک ساحل"),
        ("به گزارش قم نیوز مهدی ساحلی شامگاه دیروز گفت: قایق‌ها آمدند.", "قم نیوز"),
        ("به گزارش روابط عمومی سازمان بنادر، قایق‌ها آمدند.", ""),
        ("زاهدان- ایرنا- قایق‌ها به چابهار هم می‌رسند و گردشگران خوشحال می‌شوند.", "ایرنا"),
        ("خبرگزاری هامون: قایق‌ها به چابهار هم می‌رسند و گردشگران خوشحال می‌شوند.", "خبرگزاری هامون"),
        ("سازنده در گفت‌وگو با خبرنگار مهر در رشت افزود: قایق‌ها آمدند.", "مهر"),
    ],
)
def test_the_source_is_told_by_the_report(report: str, source: str) -> None:
    assert page(TITLE, "", report, "", MORE, "", LAST).source == source


@pytest.mark.parametrize(
    ("head", "tail", "source"),
    [
        ("خبرگزاری کار ایران", "", "ایلنا"),
        ("روزنامه موج شمال | شماره ۱۲", "", "روزنامه موج شمال"),
        ("", "© ۱۳۹۴-۱۴۰۲ پایگاه خبری دریاچه", "پایگاه خبری دریاچه"),
        ("", "تمامی حقوق این پایگاه برای خبرگزاری هامون محفوظ است.", "خبرگزاری هامون"),
        ("", "ورزش‌نامه پیشرو؛ همه حقوق محفوظ است", "ورزش‌نامه پیشرو"),
        ("", "رایانامه: news@isna.ir", "پیک ساحل"),
        ("", "منبع: ایرنا", "پیک ساحل"),
    ],
)
def test_the_source_is_told_by_masthead_and_rights_before_the_text(head: str, tail: str, source: str) -> None:
    assert story(head=head, tail=tail).source == source


@pytest.mark.parametrize("tail", ["منبع: ایرنا", "منبع خبر : ایرنا", "- منبع : خبرگزاری جمهوری اسلامی", "info@irna.ir"])
def test_a_credit_or_an_address_tells_the_source_where_nothing_else_does(tail: str) -> None:
    assert page(TITLE, "", MORE, "", LAST, "", tail).source == "ایرنا"


@pytest.mark.parametrize(
    ("tail", "tags"),
    [
        ("برچسب ها :قم", ("قم",)),
        ("برچسب‌ها: تالاب، قایق خورشیدی", ("تالاب", "قایق خورشیدی")),
        ("كليدواژهها: تالاب | قایق", ("تالاب", "قایق")),
        ("کلمات کلیدی : تالاب - قایق", ("تالاب", "قایق")),
        ("#تالاب #قایق_خورشیدی", ("تالاب", "قایق خورشیدی")),
        ("برچسب‌ها\n\n# تالاب\n# قایق خورشیدی\n\nارسال نظر", ("تالاب", "قایق خورشیدی")),
        ("برچسب‌ها:\n• تالاب\n• قایق", ("تالاب", "قایق")),
        ("برچسبها\n\nنظر شما", ()),
    ],
)
def test_tags_are_read_from_labels_lists_and_hashtags(tail: str, tags: tuple[str, ...]) -> None:
    assert story(tail=tail).tags == tags


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("کد خبر ۵۳۲۰۴ انتشار : ۲ بهمن ۱۳۹۶ ساعت ۰۸:۴۱", "53204"),
        ("كدخبر: 545469 //", "545469"),
        ("شناسه خبر : ۹۹۰۷۰۵۰۳", "99070503"),
        ("شماره خبر: 333258", "333258"),
        ("روزنامه موج شمال | شماره ۱۲۰۳", ""),
    ],
)
def test_the_code_is_that_of_the_outlet(line: str, code: str) -> None:
    assert story(head=line).code == story(tail=line).code == code


def test_the_short_link_is_the_address() -> None:
    assert story(tail="لینک کوتاه: https://peyk.example/n/12").url == "https://peyk.example/n/12"


def test_pages_of_many_lines_take_time_in_proportion(article: ReadOne) -> None:
    lines = ["بیشتر بخوانید", "اخبار مرتبط", "متن خبری دربارهٔ چیزی", "۱۲ مهر ۱۴۰۲", "برچسب‌ها"] * 8000
    assert article("a.txt", "\n".join(lines)).id == "a"


SEEDS = {
    "000": (
        "تاکید سازمان فرهنگی شهرداری و جهاددانشگاهی قم بر افزایش همکاریهای مشترک",
        moment(2018, 1, 22, 8, 41), "خبر قم", "اجتماعی", "53204", ("قم",),
    ),
    "001": (
        "همافزایی حوزه علمیه و بسیج دانشجویی برای گسترش حرکتهای جهادی",
        None, "جهادگران حوزوی", "ویژه", "", (),
    ),
    "002": (
        "همکاری تمامقد بسیج دانشجویی برای پیشبرد مأموریتهای منطقه آزاد ارس",
        moment(2025, 11, 7), "ایلنا", "", "", (),
    ),
    "003": (
        "«کرمانشاه» به شبکه شهرهای یادگیرنده یونسکو پیوست",
        None, "فرتاک نیوز", "", "545469", (),
    ),
    "004": (
        "اوچی:همکاریهای جهاد دانشگاهی و بهزیستی اردبیل تقویت میشود",
        moment(2025, 12, 29, 10, 55), "مهر", "استانها", "", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", SEEDS)
def test_the_facts_of_real_pages_are_found(shared: Path, number: str) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    found = article_of(split_lines(path.read_text(encoding="utf-8")), id=path.stem)
    facts = (found.title, found.published, found.source, found.category, found.code, found.tags)
    assert facts == SEEDS[number]


@pytest.mark.parametrize("number", SEEDS)
def test_the_paragraphs_of_real_pages_are_all_there_and_nothing_else_is(shared: Path, number: str) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    found = article_of(split_lines(text), id=path.stem)
    paragraphs = {line.strip() for line in text.split("\n") if len(line.strip()) > 85 and not line.startswith(" date")}
    kept = {found.title, *found.lead.split("\n"), *found.body.split("\n")} - {""}
    assert {line.removeprefix("گروه اجتماعی: ") for line in paragraphs} <= kept
    assert all(line in text for line in kept)
    short = kept - paragraphs - {found.title, found.lead}
    assert not any(word in line for line in short for word in ("کد", "قبلی", "تلگرام", "نظر", "پیامک", "ایمیل", "date"))
