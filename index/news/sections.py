"""The sections news is filed under: their usual names, breadcrumbs, and what of a breadcrumb is the category."""

from __future__ import annotations

import re
from functools import lru_cache

from .line_matching import letters

# Section names as printed in the menus of Iranian outlets, in Persian and in their addresses' English.
SECTIONS = frozenset(
    map(
        letters,
        """سیاسی، سیاست، سیاست داخلی، سیاست خارجی، سیاسی اجتماعی، مجلس، دولت، دیپلماسی، هسته ای، انتخابات، امنیتی،
        دفاعی، دفاعی امنیتی، نظامی، اقتصادی، اقتصاد، اقتصاد کلان، بازار، بازار کار، بورس، بانک و بیمه، بانک، بیمه،
        انرژی، نفت، نفت و انرژی، صنعت، صنعت و معدن، صنعت و تجارت، معدن، کشاورزی، مسکن، راه و مسکن، راه و شهرسازی،
        خودرو، ارز و طلا، گردشگری، میراث فرهنگی، میراث و گردشگری، گردشگری و میراث فرهنگی، اجتماعی، جامعه، حوادث،
        انتظامی، حقوقی، قضایی، حقوقی و قضایی، شهری، شهر، تهران، محیط زیست، خانواده، زنان، زنان و خانواده، جوانان،
        ایثار و شهادت، آموزش، آموزش و پرورش، سلامت، بهداشت، بهداشت و درمان، بهداشت و سلامت، پزشکی، علمی، علم،
        علم و فناوری، علم و پیشرفت، علمی و فناوری، علمی و آموزشی، علمی و دانشگاهی، علمی دانشگاهی، دانش،
        دانش و فناوری، فناوری، فناوری اطلاعات، فناوری و ای تی، ارتباطات، ارتباطات و فناوری اطلاعات، فضای مجازی،
        نجوم، هوش مصنوعی، دانشگاه، دانشجویی، صنفی دانشجویی، فرهنگی، فرهنگ، فرهنگ و هنر، فرهنگی هنری، فرهنگی و هنری،
        فرهنگ و ادب، فرهنگ و اندیشه، فرهنگ و جامعه، هنر، هنری، هنر و رسانه، سینما، سینما و تئاتر، سینما و تلویزیون،
        تئاتر، تئاتر و سینما، موسیقی، تلویزیون، رادیو و تلویزیون، تجسمی، هنرهای تجسمی، رسانه، کتاب، ادبیات،
        ادبیات و کتاب، دین، دینی، دین و اندیشه، مذهبی، اندیشه، حوزه، حوزه و روحانیت، قرآن، معارف، فرهنگ حماسه،
        حماسه و مقاومت، جهاد و مقاومت، ورزشی، ورزش، فوتبال، فوتبال ایران، فوتبال جهان، فوتبال و فوتسال، والیبال،
        کشتی، کشتی و رزمی، ورزش بانوان، ورزش ایران، ورزش جهان، ورزش بین الملل، توپ و تور، بین الملل، بین المللی،
        جهان، خارجی، آسیا، غرب آسیا، آمریکا، اروپا، آفریقا، آمریکا اروپا، خاورمیانه، جهان اسلام، استان ها، استانی،
        استانها، شهرستان ها، شهرستانها، ایران، مناطق، عکس، تصویری، عکس و فیلم، فیلم، ویدئو، ویدیو، چندرسانه ای، صوت،
        گرافیک، اینفوگرافیک، کاریکاتور، طنز، گفتگو، گفت و گو، گزارش، یادداشت، مقاله، مقالات، تحلیل، سرمقاله، دیدگاه،
        عمومی، ویژه، اخبار ویژه، مهمترین اخبار، خواندنی، خواندنی ها، خواندنی ها و دیدنی ها، سرگرمی، سبک زندگی،
        زندگی، مجله، وبگردی، بازار و کسب و کار، کسب و کار، استارتاپ، پیشنهاد، حمل و نقل، ترافیک، آب، آب و هوا،
        هواشناسی، مسکن و شهرسازی، بازرگانی، تجارت، تاریخ، یادداشت روز، برگزیده، متفرقه، سایر، جامعه و فرهنگ، اخبار،
        خبر، خبرها، اخبار روز،
        politics, political, economy, economic, society, social, culture, cultural, art, sport, sports, world,
        international, science, technology, health, provinces""".replace(",", "،").split("،"),
    )
)
# The first crumb of every breadcrumb, and headings that only say the page holds news.
HOME = frozenset(
    map(letters, "صفحه اصلی، صفحه نخست، صفحه اول، خانه، سرصفحه، شما اینجا هستید، مسیر شما، home، main page".split("،"))
)
_PLAIN = frozenset(map(letters, "اخبار، خبر، خبرها، همه اخبار، آرشیو، آرشیو اخبار، news، archive".split("،")))

# Between crumbs. A slash or a bar needs room around it: «فرهنگی/هنری» is one section. A run of spaces is looked at from
# its beginning alone, or a long one would take the square of its length.
_CRUMBS = re.compile(r"(?:(?<!\s)\s++)?+(?:[>»›→←⟩❯‹«\\]|&gt;)++\s*+|(?<!\s)\s++[/|•·]\s++|\t++")
_LONGEST_CATEGORY = 60
_LONGEST_TRAIL = 500


def is_section(text: str) -> bool:
    """Returns whether this is the usual name of a section, or of two as one.

    >>> is_section("استانها"), is_section("بين‌الملل"), is_section("ورزش و سلامت"), is_section("اردبیل")
    (True, True, True, False)
    """
    if letters(text) in SECTIONS:
        return True
    first, _, second = text.rpartition(" و ")
    return letters(first) in SECTIONS and letters(second) in SECTIONS


def crumbs(text: str) -> list[str]:
    """Returns a breadcrumb's parts, without the way home.

    >>> crumbs("صفحه نخست » سیاسی » مجلس")
    ['سیاسی', 'مجلس']
    """
    parts = (part.strip(" \u200c:،") for part in _CRUMBS.split(text))
    return [part for part in parts if letters(part) and letters(part) not in HOME]


def is_breadcrumb(text: str) -> bool:
    """Returns whether a line leads from the home page to somewhere: «خانه > سیاسی»."""
    first, *rest = _CRUMBS.split(text.strip(" •»›>*"), maxsplit=1)
    return bool(rest) and letters(first) in HOME


def category(text: str) -> str:
    """Returns the category in a category field or a breadcrumb: its first section, which is the one facets can count.

    Numbers are the outlet's own keys, not names.

    >>> category("صفحه نخست » فرهنگی/هنری"), category("ورزشی  /  فوتبال جهان"), category("1125")
    ('فرهنگی/هنری', 'ورزشی', '')
    """
    return _category(text[:_LONGEST_TRAIL])


@lru_cache(maxsize=1 << 12)
def _category(text: str) -> str:
    parts = crumbs(text)
    named = [part for part in parts if letters(part) not in _PLAIN] or parts
    first = next((part for part in named if any(map(str.isalpha, part))), "")
    return first if len(first) <= _LONGEST_CATEGORY else ""
