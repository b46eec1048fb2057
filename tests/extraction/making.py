"""What the test pages are made of: stories, days, and the furniture of news sites around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape
from itertools import count
from pathlib import Path

import jdatetime

MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
WEEKDAYS = "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه".split()
DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def fa(text: object) -> str:
    """A number in Persian digits."""
    return str(text).translate(DIGITS)


@dataclass(frozen=True)
class Story:
    """One report: what a page is made of and what is expected of reading it."""

    title: str
    kicker: str
    lead: str
    section: str
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]


@cache
def stories() -> tuple[Story, ...]:
    """The stories of stories.txt."""
    blocks = (Path(__file__).parent / "stories.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    return tuple(map(_story, blocks))


def _story(block: str) -> Story:
    lines = block.strip().split("\n")
    facts = [line.partition(": ")[2] for line in lines[:5]]
    title, kicker, lead, section, tags = facts
    return Story(title, kicker, lead, section, tuple(tags.split("، ")), tuple(lines[5:]))


@dataclass(frozen=True)
class Moment:
    """A Persian day and a time, in the ways that pages write it."""

    year: int
    month: int
    day: int
    hour: int
    minute: int

    @property
    def date(self) -> date:
        return jdatetime.date(self.year, self.month, self.day).togregorian()

    @property
    def clock(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def long(self) -> str:
        """«۱۹ تیر ۱۴۰۰»."""
        return fa(f"{self.day} {MONTHS[self.month - 1]} {self.year}")

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.date.weekday()]

    @property
    def slashed(self) -> str:
        return fa(f"{self.year}/{self.month:02}/{self.day:02}")

    @property
    def short(self) -> str:
        """With two digits of the year and no zeros."""
        return fa(f"{self.year % 100:02}/{self.month}/{self.day}")

    @property
    def offset(self) -> str:
        """That of Tehran: summer time was kept until 1401 from the 2nd of Farvardin to the 30th of Shahrivar."""
        summer = self.year <= 1401 and (1, 2) <= (self.month, self.day) < (6, 31)
        return "+04:30" if summer else "+03:30"

    @property
    def iso(self) -> str:
        return f"{self.date.isoformat()}T{self.clock}:00{self.offset}"


@dataclass(frozen=True)
class Page:
    """A page and what is right: ``published`` is a day, or a moment in ISO 8601; empty facts are not asked for."""

    name: str
    system: str
    content: bytes
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    published: str = ""
    code: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    kicker: str = ""
    absent: tuple[str, ...] = ()


HEADLINES = (
    "باد شدید برق سه محله را قطع کرد",
    "نمایشگاه عسل سبلان گشایش یافت",
    "صادرات زعفران قاینات دو برابر شد",
    "راه تازهٔ الموت آسفالت می‌شود",
    "بیمارستان کودکان سنندج نوسازی شد",
    "کشتی‌گیر جویباری به اردو بازگشت",
    "نرخ بلیت اتوبوس تغییر نمی‌کند",
    "موزهٔ آب در شوشتر ساخته می‌شود",
    "پرندگان مهاجر به میانکاله رسیدند",
    "کارگاه قالی‌بافی ترکمن راه افتاد",
    "نتایج مسابقهٔ عکاسی کویر اعلام شد",
    "پل هوایی میدان امام بسته می‌شود",
    "ماهیگیران کنگان به دریا رفتند",
    "جاده چالوس آخر هفته یک‌طرفه است",
    "نخستین برف در توچال نشست",
    "بذر گندم مقاوم توزیع شد",
)
SUMMARIES = (
    "در این گزارش می‌خوانید که چگونه مردم محله در چند ساعت سیم‌های افتاده را کنار زدند و راه را گشودند.",
    "بازدیدکنندگان این نمایشگاه تا پایان هفته می‌توانند از سی غرفهٔ زنبورداران دیدن کنند و بهای آن رایگان است.",
    "گمرک بیرجند از افزایش چشمگیر محموله‌های زعفران به سه کشور تازه در نیمهٔ نخست سال خبر می‌دهد.",
    "پیمانکار می‌گوید بیست کیلومتر از این راه پیش از زمستان زیر بار می‌رود و باقی در بهار ساخته خواهد شد.",
)
COMMENTS = (
    "خیلی خبر خوبی بود، کاش از این کارها در شهر ما هم انجام می‌دادند و مسئولان یاد می‌گرفتند.",
    "لطفاً پیگیری کنید که وعده‌ها عملی شود، ما سال‌هاست فقط حرف می‌شنویم و چیزی ندیده‌ایم.",
    "دست خبرنگار شما درد نکند، عکس‌ها هم بسیار زیبا بودند و دل آدم باز شد.",
    "من خودم آنجا بودم و با چشم خودم دیدم، واقعاً همت مردم ستودنی است و جای تقدیر دارد.",
)
READERS = ("ناشناس", "علی از مشهد", "سمیرا", "ح. کریمی")
MENU = "صفحه نخست|سیاسی|اقتصادی|اجتماعی|فرهنگی|ورزشی|بین‌الملل|استان‌ها|عکس|فیلم".split("|")


@dataclass
class Around:
    """Furniture for one page; whatever it gives out is remembered as what must not be read."""

    turn: int
    absent: list[str] = field(default_factory=list)
    _next: Iterator[int] = field(default_factory=count)

    def headline(self) -> str:
        return self.gone(HEADLINES[(self.turn * 5 + next(self._next)) % len(HEADLINES)])

    def headlines(self, number: int = 3) -> list[str]:
        return [self.headline() for _ in range(number)]

    def summary(self) -> str:
        return self.gone(SUMMARIES[(self.turn + next(self._next)) % len(SUMMARIES)])

    def comment(self) -> str:
        return self.gone(COMMENTS[(self.turn + next(self._next)) % len(COMMENTS)])

    def reader(self) -> str:
        return READERS[(self.turn + next(self._next)) % len(READERS)]

    def gone(self, text: str) -> str:
        """Text that must not be in the article."""
        self.absent.append(text)
        return text

    def links(self, number: int = 3, tag: str = "li", inner: str = "") -> str:
        """Linked headlines, each in an element."""
        return "".join(
            f'<{tag}><a href="/news/{9000 + place}"{inner}>{text}</a></{tag}>'
            for place, text in enumerate(self.headlines(number))
        )

    def menu(self, tag: str = "li") -> str:
        return "".join(f'<{tag}><a href="/s/{place}">{name}</a></{tag}>' for place, name in enumerate(MENU))


def paragraphs(texts: Sequence[str], form: str) -> str:
    """Paragraphs as one of the many kinds of markup that editors leave."""
    return _FORMS[form](list(map(escape, texts)))


_FORMS: dict[str, Callable[[list[str]], str]] = {
    "p": lambda texts: "\n".join(f"<p>{text}</p>" for text in texts),
    "justify": lambda texts: "\n".join(f'<p style="text-align:justify"><span>{text}</span></p>' for text in texts),
    "rtl": lambda texts: "<p>&nbsp;</p>".join(f'<p dir="RTL" class="MsoNormal">{text}</p>' for text in texts),
    "br": lambda texts: "<br><br>\n".join(texts),
    "br1": lambda texts: "<br/>".join(texts),
    "div": lambda texts: "".join(f"<div>{text}</div>" for text in texts),
    "wrap": lambda texts: "".join(f'<div class="row"><div class="cell"><p>{text}</p></div></div>' for text in texts),
    "font": lambda texts: "<p>".join(f'<font face="Tahoma" size="2">{text}</font>' for text in texts),
    "unclosed": lambda texts: "<p>" + "<p>".join(texts),
    "bold": lambda texts: "".join(f"<p>{_emphasised(text)}</p>" for text in texts),
    "linked": lambda texts: "".join(f"<p>{_linked(text)}</p>" for text in texts),
    "runs": lambda texts: "".join(f"<p>{_runs(text)}</p>" for text in texts),
}


def _emphasised(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"<strong>{first}</strong> {rest}"


def _linked(text: str) -> str:
    words = text.split(" ")
    return " ".join((*words[:2], f'<a href="/topic/1">{" ".join(words[2:5])}</a>', *words[5:]))


def _runs(text: str) -> str:
    """As a word processor leaves text: runs of words, each with its space, and a word parted in two."""
    words = text.split(" ")
    half = len(words) // 2
    word = words[half]
    middle = f'<span lang="FA">{word[:2]}</span><span lang="FA">{word[2:]}</span>'
    return (
        f'<span lang="FA">{" ".join(words[:half])} </span>{middle}<span lang="FA"> {" ".join(words[half + 1 :])}</span>'
    )
