"""What the reading room says, in English and in Persian, in one table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from khabarjoo.analyzers.digits import persian_digits

from ..output.report import numerals

_TEXTS = {
    "name": ("Khabarjoo", "خبرجو"),
    "skip": ("Skip to the results", "پرش به یافته‌ها"),
    "query": ("Search the news", "جست‌وجو در خبرها"),
    "search": ("Search", "بجوی"),
    "other language": ("فارسی", "English"),
    "day or night": ("Day or night", "روز یا شب"),
    "help": ("Help", "راهنما"),
    "home": ("Start page", "صفحهٔ نخست"),
    "holds": ("{count} articles", "{count} خبر"),
    "from to": ("from {first} to {last}", "از {first} تا {last}"),
    "try": ("Try one of these", "مانند این‌ها"),
    "results": ("Results", "یافته‌ها"),
    "counts": ("{all} articles with all words, {any} with any", "{all} خبر با همهٔ واژه‌ها، {any} خبر با دست‌کم یکی"),
    "count filtered": ("{any} articles", "{any} خبر"),
    "by date, all": ("by date, of those with all words", "به ترتیب تاریخ، از آن‌ها که همهٔ واژه‌ها را دارند"),
    "by date, any": (
        "by date, of those with any word, as none has all",
        "به ترتیب تاریخ، از آن‌ها که یکی را دارند، چون هیچ‌یک همه را ندارد",
    ),
    "shown": ("{first} to {last} shown", "از {first} تا {last}"),
    "took": ("{took} ms", "{took} میلی‌ثانیه"),
    "read as": ("Read as", "خوانده شد"),
    "searched for": ("Searched for", "جست‌وجو شد"),
    "did you mean": ("Did you mean", "شاید منظور این است"),
    "nothing": ("Nothing was found.", "خبری یافت نشد."),
    "nothing, so": (
        "Fewer or other words may find more; so may wider dates and fewer filters.",
        "شاید با واژه‌های کمتر یا دیگر، یا با بازهٔ بازتر و پالایه‌های کمتر چیزی یافت شود.",
    ),
    "sort": ("Order", "ترتیب"),
    "relevance": ("Best first", "بهترین نخست"),
    "newest": ("Newest first", "تازه‌ترین نخست"),
    "oldest": ("Oldest first", "کهنه‌ترین نخست"),
    "filters": ("Narrow", "پالایش"),
    "to filters": ("To the filters", "به پالایه‌ها"),
    "in force": ("In force", "در کار"),
    "drop": ("Drop {what}", "برداشتن {what}"),
    "since": ("From", "از تاریخ"),
    "until": ("Until", "تا تاریخ"),
    "date example": ("e.g. 1401/06 or last week", "مانند ۱۴۰۱/۰۶ یا هفتهٔ گذشته"),
    "apply": ("Narrow", "اعمال"),
    "source": ("Outlet", "منبع"),
    "category": ("Section", "دسته"),
    "tag": ("Tag", "برچسب"),
    "year": ("Year", "سال"),
    "month": ("Month", "ماه"),
    "season": ("Season", "فصل"),
    "timeline": ("Articles by date of publication", "خبرها به تاریخ انتشار"),
    "by year": ("by year", "به تفکیک سال"),
    "by season": ("by season", "به تفکیک فصل"),
    "by month": ("by month", "به تفکیک ماه"),
    "comma": (", ", "، "),
    "cite text": ("As text", "به صورت متن"),
    "cite bibtex": ("BibTeX", "BibTeX"),
    "cite ris": ("RIS", "RIS"),
    "all of": ("All {count}", "هر {count} تا"),
    "copies": ("{count} more copies", "{count} نسخهٔ دیگر"),
    "copies folded": ("Copies of a story are one hit", "نسخه‌های یک خبر یکجا"),
    "copies shown": ("Show every copy", "هر نسخه جداگانه"),
    "next page": ("Next page", "صفحهٔ بعد"),
    "previous page": ("Previous page", "صفحهٔ قبل"),
    "pages": ("Pages", "صفحه‌ها"),
    "page": ("Page {page}", "صفحهٔ {page}"),
    "untitled": ("(no title)", "(بی‌عنوان)"),
    "code": ("Code", "کد خبر"),
    "id": ("Id", "شناسه"),
    "origin": ("Read from", "خوانده شده از"),
    "address": ("Published at", "نشانی"),
    "tags": ("Tags", "برچسب‌ها"),
    "published": ("Published", "انتشار"),
    "back": ("Back to the results", "بازگشت به یافته‌ها"),
    "next hit": ("Next hit", "خبر بعد"),
    "previous hit": ("Previous hit", "خبر قبل"),
    "hit of": ("Hit {hit} of {total}", "خبر {hit} از {total}"),
    "marks": ("{count} words marked", "{count} واژه نشان‌دار"),
    "first mark": ("To the first", "به نخستین"),
    "next mark": ("Next match", "نشان بعد"),
    "previous mark": ("Previous match", "نشان قبل"),
    "incomplete": (
        "Only the words in the first {count} letters are marked.",
        "تنها واژه‌های {count} حرف نخست نشان‌دار شده‌اند.",
    ),
    "similar": ("Similar articles", "خبرهای همانند"),
    "same day": ("{source}, the same day", "{source}، همان روز"),
    "cite": ("Cite", "ارجاع"),
    "copy": ("Copy", "رونوشت"),
    "copied": ("Copied", "رونوشت شد"),
    "why": ("Why this score", "چرا این امتیاز"),
    "score": ("Score", "امتیاز"),
    "part": ("Part of the query", "بخش پرسش"),
    "adds": ("Adds", "می‌افزاید"),
    "no score": ("The article has no score for these words.", "این خبر برای این واژه‌ها امتیازی ندارد."),
    "full text": ("Article", "متن خبر"),
    "fell back": (
        "The newest state of the index is damaged ({why}); an older one is shown.",
        "تازه‌ترین نسخهٔ نمایه آسیب دیده است ({why})؛ نسخهٔ پیشین نشان داده می‌شود.",
    ),
    "behind": (
        "The index was made by the analyzer before this one: some words are not found in all their forms.",
        "این نمایه را تحلیلگر پیشین ساخته است: برخی واژه‌ها در همهٔ صورت‌هایشان یافت نمی‌شوند.",
    ),
    "error": ("That did not work", "نشد"),
    "bad address": ("{what} must be {allowed}.", "{what} باید چنین باشد: {allowed}."),
    "bad date": ("This is no date that can be read: {reason}", "این تاریخ خوانده نشد: {reason}"),
    "no article": ("There is no article with the id {id}.", "خبری با شناسهٔ {id} نیست."),
    "no page": ("There is no such page.", "چنین صفحه‌ای نیست."),
    "no method": ("This address does not take what was sent.", "این نشانی آنچه فرستاده شد را نمی‌پذیرد."),
    "busy": (
        "Too many questions at a time; try again in a moment.",
        "پرسش‌های هم‌زمان بسیارند؛ اندکی بعد دوباره بکوشید.",
    ),
    "no index": ("The index cannot be read: {reason}", "نمایه خوانده نمی‌شود: {reason}"),
    "failed": ("Something went wrong here: {reason}", "خطایی در اینجا رخ داد: {reason}"),
    "start again": ("Start again", "از نو"),
}  # fmt: skip


class Texts:
    """The texts of one language, ``en`` or ``fa``.

    >>> Texts("fa")("holds", count=1200)
    '۱٬۲۰۰ خبر'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._place = int(language == "fa")

    def __call__(self, key: str, **facts: object) -> str:
        """A text with its facts filled in, numbers in the digits of the language."""
        told = {name: self.number(fact) if isinstance(fact, int) else fact for name, fact in facts.items()}
        return _TEXTS[key][self._place].format(**told)

    def number(self, number: int) -> str:
        """A whole number."""
        return numerals(number) if self._place else f"{number:,}"

    def digits(self, text: str) -> str:
        """A text in the digits of the language."""
        return persian_digits(text) if self._place else text

    def decimal(self, number: float, places: int = 1) -> str:
        """A number with so many places after its point."""
        told = f"{number:,.{places}f}"
        return persian_digits(told).replace(",", "٬").replace(".", "٫") if self._place else told

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return "rtl" if self._place else "ltr"

    def bound(self, key: str) -> Callable[..., str]:
        """A text whose facts are given later."""
        return partial(self, key)


def text_keys() -> tuple[str, ...]:
    """Everything the reading room can say."""
    return tuple(_TEXTS)
