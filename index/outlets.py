"""Who published it: the well-known outlets of Iran by every name they go by, and where pages name their own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.linekey import letters


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
ایپنا | خبرگزاری پانا، پانا، خبرگزاری دانش آموزی، خبرگزاری دانش آموزان ایران | pana.ir
ایسکانیوز | خبرگزاری ایسکانیوز، ISCANEWS | iscanews.ir
آنا | خبرگزاری آنا، خبرگزاری علم و فناوری آنا، خبرگزاری دانشگاه آزاد اسلامی، ANA | ana.ir ana.press
برنا | خبرگزاری برنا، برنا نیوز، BORNA | borna.news bornanews.ir
میزان | خبرگزاری میزان، میزان آنلاین، Mizan Online | mizanonline.ir mizan.news
خانه ملت | خبرگزاری خانه ملت، ICANA | icana.ir
صدا و سیما | خبرگزاری صدا و سیما، واحد مرکزی خبر، IRIB News | iribnews.ir
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
خبر قم | پایگاه اطلاع رسانی خبر قم، قم نا، Qumna | qumna.com
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

# Ordinary words among the names above: on their own they name an outlet only right after a word of _KINDS.
_ORDINARY = frozenset(
    map(
        letters,
        "مهر فارس میزان آنا ابنا سینا برنا موج الف مشرق انتخاب صراط قطره نود گل شرق اعتماد اطلاعات ابتکار رسالت جوان"
        " خراسان قدس کیهان شهروند همشهری پانا ANA DW شبستان فرهیختگان".split(),
    )
)
_KINDS = (
    "خبرگزاری|خبر گزاری|روزنامه|هفته ?نامه|ماه ?نامه|فصل ?نامه|دو ?هفته ?نامه|ورزش ?نامه|پایگاه خبری[ -]تحلیلی|"
    "پایگاه تحلیلی[ -]خبری|پایگاه خبری|پایگاه اطلاع ?رسانی|وب ?سایت خبری|وب ?سایت|سایت خبری|سایت|وبگاه|مجله|نشریه|"
    "شبکه خبری|شبکه خبر|رسانه خبری"
)
