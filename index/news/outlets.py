"""Who published it: the well-known outlets of Iran by every name they go by, and where pages name their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .line_matching import letters
from .sections import is_section


class Outlet(NamedTuple):
    """One outlet: the name readers call it by, its other names, and its domains."""

    name: str
    others: str
    domains: str


# Names as the outlets print them on their own pages (masthead, «درباره ما», domain). A name that is also an ordinary
# word (مهر, شرق, حوزه) is given in full among the others and counts on its own only where a name is expected.
OUTLETS = tuple(
    Outlet(*(part.strip() for part in line.split("|")))
    for line in """
ایرنا | خبرگزاری جمهوری اسلامی، خبرگزاری جمهوری اسلامی ایران، IRNA | irna.ir
ایسنا | خبرگزاری دانشجویان ایران، ISNA | isna.ir
مهر | خبرگزاری مهر، مهرنیوز، Mehr News Agency، Mehr News | mehrnews.com
فارس | خبرگزاری فارس، فارس نیوز، Fars News Agency، Fars News | farsnews.ir farsnews.com
تسنیم | خبرگزاری تسنیم، Tasnim News Agency، Tasnim News، Tasnim | tasnimnews.com tasnimnews.ir
ایلنا | خبرگزاری کار ایران، ILNA | ilna.ir ilna.news
ایکنا | خبرگزاری بین المللی قرآن، خبرگزاری قرآنی ایران، IQNA | iqna.ir
ایبنا | خبرگزاری کتاب ایران، IBNA | ibna.ir
ایمنا | خبرگزاری شهرهای ایران، IMNA | imna.ir
ایانا | خبرگزاری کشاورزی ایران، IANA | iana.ir
پانا | خبرگزاری پانا، خبرگزاری دانش آموزی، خبرگزاری دانش آموزان ایران | pana.ir
ایسکانیوز | خبرگزاری ایسکانیوز، ISCANEWS | iscanews.ir
آنا | خبرگزاری آنا، خبرگزاری علم و فناوری آنا، خبرگزاری دانشگاه آزاد اسلامی، ANA | ana.ir ana.press
برنا | خبرگزاری برنا، برنا نیوز، BORNA | borna.news bornanews.ir
میزان | خبرگزاری میزان، میزان آنلاین، Mizan Online | mizanonline.ir mizan.news
خانه ملت | خبرگزاری خانه ملت، ICANA | icana.ir
صدا و سیما | خبرگزاری صدا و سیما، خبرگزاری صدا و سیمای، صدا و سیمای، واحد مرکزی خبر، IRIB News | iribnews.ir
باشگاه خبرنگاران جوان | باشگاه خبرنگاران، خبرگزاری باشگاه خبرنگاران جوان، YJC | yjc.ir yjc.news
خبرگزاری دانشجو | SNN | snn.ir
خبرگزاری حوزه | حوزه نیوز، Hawzah News | hawzahnews.com
خبرگزاری رسا | رسا نیوز، Rasa News | rasanews.ir
خبرگزاری شبستان | شبستان، Shabestan | shabestan.ir shabestan.news
خبرگزاری تقریب | تقریب نیوز، Taghrib News | taghribnews.com
خبرگزاری بسیج | Basij News | basijnews.ir
خبرگزاری موج | Mojnews | mojnews.com
ایرنا پلاس | | irnaplus.ir
شانا | خبرگزاری شانا، شبکه اطلاع رسانی نفت و انرژی، SHANA | shana.ir
سینا | سیناپرس، خبرگزاری سینا، خبرگزاری سیناپرس | sinapress.ir
دفاع پرس | خبرگزاری دفاع مقدس، دفاعپرس | defapress.ir
ابنا | خبرگزاری اهل بیت، خبرگزاری ابنا، ABNA | abna24.com abna.ir
خبرآنلاین | خبرگزاری خبرآنلاین، Khabar Online، Khabaronline | khabaronline.ir
عصر ایران | سایت عصر ایران، Asr Iran، Asriran | asriran.com
تابناک | سایت تابناک، Tabnak | tabnak.ir
الف | سایت الف، سایت خبری الف | alef.ir
مشرق | مشرق نیوز، Mashregh News | mashreghnews.ir
جماران | پایگاه خبری جماران، جماران نیوز | jamaran.news jamaran.ir
انتخاب | سایت انتخاب، پایگاه خبری انتخاب | entekhab.ir
فرارو | سایت فرارو، Fararu | fararu.com
رجانیوز | رجا نیوز، Raja News | rajanews.com
جهان نیوز | Jahan News | jahannews.com
نامه نیوز | Nameh News | namehnews.com namehnews.ir
پارسینه | Parsine | parsine.com
خبر فوری | خبرفوری، Khabar Fori | khabarfoori.com
رکنا | پایگاه خبری رکنا، Rokna | rokna.net
اعتماد آنلاین | اعتمادآنلاین، Etemad Online | etemadonline.com
دیده بان ایران | دیدبان ایران | didbaniran.ir
رویداد 24 | رویداد ۲۴ | rouydad24.ir
صراط نیوز | صراط | seratnews.com seratnews.ir
پارس نیوز | پارسنیوز | parsnews.com
شفقنا | خبرگزاری شفقنا، Shafaqna | shafaqna.com
قطره | | ghatreh.com
سلام نو | | salameno.ir
اقتصاد 24 | اقتصاد ۲۴ | eghtesaad24.ir
اقتصاد نیوز | اقتصادنیوز، Eghtesad News | eghtesadnews.com
اقتصاد آنلاین | اقتصادآنلاین، Eghtesad Online | eghtesadonline.com
تجارت نیوز | تجارتنیوز، Tejarat News | tejaratnews.com
اکوایران | اکو ایران، Eco Iran | ecoiran.com
دنیای اقتصاد | روزنامه دنیای اقتصاد، Donya e Eqtesad | donya-e-eqtesad.com den.ir
ورزش سه | ورزش 3، ورزش ۳، Varzesh3 | varzesh3.com
طرفداری | Tarafdari | tarafdari.com
فوتبالی | | footballi.net
نود | وب سایت نود | navad.net 90tv.ir
زومیت | Zoomit | zoomit.ir
دیجیاتو | Digiato | digiato.com
همشهری آنلاین | همشهریآنلاین، Hamshahri Online، Hamshahrionline | hamshahrionline.ir
همشهری | روزنامه همشهری، Hamshahri | hamshahri.org newspaper.hamshahrionline.ir
جام جم | روزنامه جام جم، جام جم آنلاین | jamejamonline.ir jamejamdaily.ir
کیهان | روزنامه کیهان، Kayhan | kayhan.ir kayhannews.ir
اطلاعات | روزنامه اطلاعات | ettelaat.com
روزنامه ایران | ایران آنلاین، Iran Newspaper | iran-newspaper.com irannewspaper.ir ion.ir
شرق | روزنامه شرق، شبکه شرق | sharghdaily.com
اعتماد | روزنامه اعتماد | etemadnewspaper.ir
آرمان ملی | روزنامه آرمان ملی، آرمان امروز | armanmeli.ir
ابتکار | روزنامه ابتکار | ebtekarnews.com
آفتاب یزد | روزنامه آفتاب یزد | aftabeyazd.ir
جمهوری اسلامی | روزنامه جمهوری اسلامی | jomhourieslami.com jomhouriislami.com
رسالت | روزنامه رسالت | resalat-news.com
جوان | روزنامه جوان، جوان آنلاین | javanonline.ir javann.ir
وطن امروز | روزنامه وطن امروز | vatanemrooz.ir
خراسان | روزنامه خراسان | khorasannews.com
قدس | روزنامه قدس، قدس آنلاین | qudsonline.ir
شهرآرا نیوز | شهرآرانیوز، روزنامه شهرآرا | shahraranews.ir
فرهیختگان | روزنامه فرهیختگان | farhikhtegandaily.com fdn.ir
شهروند | روزنامه شهروند | shahrvand-newspaper.ir
جهان صنعت | روزنامه جهان صنعت، جهان صنعت نیوز | jahanesanat.ir
ایران ورزشی | روزنامه ایران ورزشی | inn.ir
خبر ورزشی | روزنامه خبر ورزشی | khabarvarzeshi.com
گل | روزنامه گل | goaldaily.ir
آی اسپورت | آیاسپورت | isport.ir
فرتاک نیوز | فرتاکنیوز، Fartak News | fartaknews.com
بهار نیوز | بهارنیوز | baharnews.ir
آفتاب نیوز | آفتابنیوز، Aftab News | aftabnews.ir
افکار نیوز | افکارنیوز | afkarnews.com
شهر خبر | شهرخبر | shahrekhabar.com
بی‌بی‌سی فارسی | بی بی سی، BBC Persian، BBC News فارسی | bbc.com bbc.co.uk
رادیو فردا | Radio Farda | radiofarda.com
صدای آمریکا | VOA | voanews.com
دویچه وله | دویچه وله فارسی، DW | dw.com
ایران اینترنشنال | Iran International | iranintl.com
یورونیوز | یورونیوز فارسی، Euronews | euronews.com
ایندیپندنت فارسی | | independentpersian.com
رادیو زمانه | | radiozamaneh.com
طلوع نیوز | Tolo News | tolonews.com
آناتولی | خبرگزاری آناتولی | aa.com.tr
اسپوتنیک | خبرگزاری اسپوتنیک | sputniknews.com
""".strip().splitlines()
)

# Ordinary words among the names above: inside a longer phrase they name an outlet only right after its kind.
_ORDINARY = frozenset(
    map(
        letters,
        "مهر فارس میزان آنا ابنا سینا برنا موج الف مشرق انتخاب صراط قطره نود گل شرق اعتماد اطلاعات ابتکار رسالت جوان"
        " خراسان قدس کیهان شهروند همشهری پانا ANA DW VOA شبستان فرهیختگان آناتولی اسپوتنیک طرفداری".split(),
    )
) | frozenset(
    map(
        letters,
        "جمهوری اسلامی،خبر فوری،خبر ورزشی،ایران ورزشی،جهان صنعت،آفتاب یزد،خانه ملت،دنیای اقتصاد،وطن امروز".split("،"),
    )
)
# What an outlet is, said before its name; and those that only say where it is found, which are no part of the name.
_KINDS = frozenset(
    map(
        letters,
        "خبرگزاری، روزنامه، هفته نامه، دوهفته نامه، ماهنامه، فصلنامه، ورزش نامه، مجله، نشریه، پایگاه خبری، شبکه خبری،"
        " پایگاه خبری تحلیلی، پایگاه تحلیلی خبری، رسانه خبری".split("،"),
    )
)
_PLACES = frozenset(
    map(
        letters,
        "پایگاه اطلاع رسانی، سایت، سایت خبری، سایت خبری تحلیلی، وب سایت، وب سایت خبری، وبگاه، درگاه، پرتال".split("،"),
    )
)
_REPORTERS = frozenset(map(letters, "خبرنگار خبرنگاران گزارشگر گروه سرویس بخش حوزه دفتر".split()))
# Who else is reported to have said something: bodies and people, which no page is published by.
_BODIES = frozenset(
    map(
        letters,
        "روابط اداره وزارت وزارتخانه سازمان شهرداری استانداری فرمانداری بخشداری دانشگاه دانشکده پلیس ستاد مرکز"
        " بانک شرکت کمیته دفتر هیئت هیأت هیات فدراسیون باشگاه پارک موسسه مؤسسه بنیاد سپاه ارتش دادگستری مجلس دولت"
        " اتاق انجمن کانون شورا شورای معاونت منابع منبع رسانه رسانه‌ها رسانه‌های مرجع مسئول مسئولان رئیس رییس مدیر"
        " مدیرکل خبرنگار خبرنگاران ما این آن یک برخی کارشناسان شاهدان شبکه تلویزیون پژوهشگاه پژوهشکده بیمارستان"
        " جمعیت صندوق نهاد گمرک بورس قرارگاه حوزه کمیسیون اورژانس هلال آتش نشانی جهاد بسیج گروه تیم کتابخانه موزه"
        " مدرسه آموزش راهداری".split(),
    )
)
# How the names of sites end.
_ENDINGS = ("نیوز", "انلاین", "پرس", "پلاس", "کام", "مدیا")
_LONGEST_NAME = 5
_OPENING = 400
_LONGEST_ADDRESS = 200
_QUOTES = "«»\"'“”„‹›[]()*#"

_CUT = r"(?=\s*[،,؛;:.(|/\n]|\s+(?:به\s?نقل|از|در|که|و\s+به|گفت|گفته|افزود|اظهار|اعلام|توض[یي]ح|م[یي])\b|\s+[-–—_ـ]|$)"
_REPORT = re.compile(r"(?<!\w)به[\s\u200c]*گزارش(?:[\s\u200c]+|(?![یيهاة]))(.{2,90}?)" + _CUT)
_DATELINE = re.compile(r"(?:[^\s:،.–—ـ_/-][^:،.–—ـ_/-]{0,24}[-–—ـ_/]\s*)?([^:؛|–—ـ_/-]{2,40}?)\s*[:؛|–—ـ_/-]")
_TALK = re.compile(r"گفت[\s\u200c]*و?[\s\u200c]*گو\s+با\s+(.{2,60}?)" + _CUT)
_REPORTER = re.compile(r"(?:خبرنگار|گزارشگر)\s+(.{2,60}?)" + _CUT)
_RIGHTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:متعلق\s+به|برا[یي]|از\s+آن)\s+(.{3,60}?)\s+(?:محفوظ|است|م[یي]|بوده|و\s)",
        r"^(.{3,60}?)\s*[؛;|,،:–-]\s*(?:همه|تمام|کلیه|كلیه|كليه)",
        r"^(?:©|\([cC]\)|[Cc]opyright)[©\s\d–-]*(.{3,60}?)(?=[.،|؛]|$)",
    )
)


def _keys() -> Iterator[tuple[str, str]]:
    for outlet in OUTLETS:
        for name in (outlet.name, *outlet.others.split("،")):
            if key := letters(name):
                yield key, outlet.name


_BY_KEY = dict(_keys())
# The well-known outlets in line keys (``index.news.line_matching``), where nothing parts a name from what follows it.
NAME_PATTERN = "(?:{kinds})(?:{all})|(?:{plain})".format(
    kinds="|".join(sorted(_KINDS | _PLACES, key=len, reverse=True)),
    all="|".join(sorted(_BY_KEY, key=len, reverse=True)),
    plain="|".join(sorted(_BY_KEY.keys() - _ORDINARY, key=len, reverse=True)),
)
_BY_DOMAIN = {domain: outlet.name for outlet in OUTLETS for domain in outlet.domains.split()}


def called(name: str) -> str:
    """Returns the outlet called by a whole name: one of its names, its domain, or that without its ending.

    >>> called("ISNA"), called("isna.ir"), called("farsnews"), called("خبرگزاری کار ایران"), called("باران")
    ('ایسنا', 'ایسنا', 'فارس', 'ایلنا', '')
    """
    stem = name.strip().lower()
    return _BY_KEY.get(letters(name)) or of_address(stem) or of_address(f"{stem}.ir") or of_address(f"{stem}.com")


def of_address(address: str) -> str:
    """Returns the outlet at this web or mail address, or nothing where we know none.

    >>> of_address("https://www.isna.ir/news/1"), of_address("info@farsnews.ir"), of_address("blog.example/1")
    ('ایسنا', 'فارس', '')
    """
    host = address[:_LONGEST_ADDRESS].partition("://")[2] or address[:_LONGEST_ADDRESS]
    parts = host.partition("/")[0].rpartition("@")[2].partition(":")[0].lower().split(".")
    return next(filter(None, (_BY_DOMAIN.get(".".join(parts[start:])) for start in range(len(parts)))), "")


def known(phrase: str) -> str:
    """Returns the well-known outlet that a phrase of a few words names, or nothing.

    >>> known("خبرنگار سیاسی ایرنا"), known("خبرگزاري كار ايران"), known("مهر و آبان")
    ('ایرنا', 'ایلنا', '')
    """
    words = [letters(word) for word in phrase.split()[:12]]
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            name = "".join(words[start : start + size])
            if name in _BY_KEY and (name not in _ORDINARY or _is_placed(words, start, size)):
                return _BY_KEY[name]
    return ""


def _is_placed(words: list[str], start: int, size: int) -> bool:
    """Whether an ordinary word stands where only an outlet's name does: alone, after its kind, after its reporter."""
    if size == len(words) or (start and words[start - 1] in _KINDS | _REPORTERS):
        return True
    return words[0] in _REPORTERS and start + size == len(words)


def named(phrase: str) -> str:
    """Returns the outlet that a phrase names where one is expected, well known or not; nothing for a body.

    >>> named("پایگاه اطلاع‌رسانی ساحل"), named("روزنامه موج"), named("روابط عمومی شهرداری"), named("«ساحل نیوز»")
    ('ساحل', 'روزنامه موج', '', 'ساحل نیوز')
    """
    if outlet := known(phrase):
        return outlet
    words = phrase.strip().strip(_QUOTES).split()
    for start in range(len(words)):
        for size in (3, 2, 1):
            kind, name = letters("".join(words[start : start + size])), words[start + size :]
            if not name or len(name) > _LONGEST_NAME:
                continue
            if kind in _KINDS or (kind in _PLACES and letters(name[0]) in _BODIES):
                return " ".join(words[start:])
            if kind in _PLACES:
                return _bare(name)
    if words and letters(words[0]) in ("خبرنگار", "خبرنگاران"):
        words = words[1:]
        words = words[1:] if len(words) > 1 and is_section(words[0]) else words
    ended = next((place for place, word in enumerate(words, 1) if letters(word).endswith(_ENDINGS)), 0)
    words = words[:ended] or words
    longest = _LONGEST_NAME if ended else 3
    if not words or len(words) > longest or letters(words[0]) in _BODIES:
        return ""
    return _bare(words)


def of_paragraphs(paragraphs: Iterable[str]) -> str:
    """Returns the outlet that an article's first paragraphs say reports it: «به گزارش …» or a dateline.

    >>> of_paragraphs(["اراک - خبرگزاری مهر: استاندار گفت."]), of_paragraphs(["به گزارش ایلنا به نقل از اداره آب، …"])
    ('مهر', 'ایلنا')
    """
    openings = [paragraph[:_OPENING] for paragraph in paragraphs]
    for opening in openings:
        for report in _REPORT.finditer(opening):
            if outlet := named(report[1]):
                return outlet
    for opening in openings:
        if (dateline := _DATELINE.match(opening)) and (outlet := _of_dateline(dateline[1])):
            return outlet
    return ""


def of_reporters(paragraphs: Iterable[str]) -> str:
    """Returns the outlet whose reporter was told what the first paragraphs say; a page may well quote another's.

    >>> of_reporters(["او در گفت‌وگو با خبرنگار مهر افزود: …"])
    'مهر'
    """
    openings = [paragraph[:_OPENING] for paragraph in paragraphs]
    told = (found[1] for pattern in (_TALK, _REPORTER) for opening in openings for found in pattern.finditer(opening))
    return next(filter(None, map(_of_dateline, told)), "")


def of_rights(line: str) -> str:
    """Returns the outlet a copyright line names as the owner.

    >>> of_rights("© ۱۳۹۴-۱۴۰۱ پایگاه خبری ساحل"), of_rights("تمامی حقوق برای خبرگزاری فارس محفوظ است")
    ('پایگاه خبری ساحل', 'فارس')
    """
    owners = (found[1] for found in (pattern.search(line) for pattern in _RIGHTS) if found)
    return next(filter(None, map(named, owners)), "")


def of_heading(line: str) -> str:
    """Returns the outlet whose name and kind are a whole line, as in a masthead: «روزنامه موج», «خبرگزاری کار ایران».

    >>> of_heading("روزنامه موج"), of_heading("روزنامه را خواندم و گفتم")
    ('روزنامه موج', '')
    """
    words = line.strip().strip(_QUOTES).split()
    if not words or len(words) > _LONGEST_NAME or words[-1][-1] in ".،؛!؟":
        return ""
    key = letters(line)
    if key in _BY_KEY and key not in _ORDINARY:
        return _BY_KEY[key]
    sizes = (size for size in (3, 2, 1) if letters("".join(words[:size])) in _KINDS | _PLACES)
    size = next(sizes, 0)
    return named(line) if size and 0 < len(words) - size <= 2 else ""


def is_name(phrase: str) -> bool:
    """Returns whether a phrase is plainly the name of an outlet, well known or not: by its kind or by its ending.

    >>> is_name("ساحل نیوز"), is_name("روزنامه موج"), is_name("کوه و کویر")
    (True, True, False)
    """
    return bool(_of_dateline(phrase))


def _of_dateline(phrase: str) -> str:
    """A dateline names only what is well known or says its kind, for anything may stand before a dash."""
    if outlet := of_heading(phrase) or known(phrase):
        return outlet
    words = phrase.split()
    return phrase if 0 < len(words) <= 3 and letters(words[-1]).endswith(_ENDINGS) else ""


def _bare(words: list[str]) -> str:
    return " ".join(words).strip(_QUOTES + " ،,؛:.")
