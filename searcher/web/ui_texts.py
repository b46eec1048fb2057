"""What the reading room says, in English and in Persian, in one table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from khabarjoo.analyzers.calendars import JALALI_MONTHS
from khabarjoo.analyzers.digits import figure, persian_digits, persian_number

from ..output.messages import Messages, told

TEXTS: Messages = {
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
    "speaker": ("Speaker", "گوینده"),
    "all of speaker": ("All that is reported as said by", "هر آنچه نقل شده است از"),
    "statements of": ("{statements} statements in {articles} articles", "{statements} گفته در {articles} خبر"),
    "articles with": ("the articles", "خبرها"),
    "reported as": (
        "Reported as said by; only what stands between quotation marks is verbatim. "
        "People of one name are not told apart.",
        "نقل شده است که چنین گفته؛ تنها آنچه در گیومه است عین سخن است. هم‌نام‌ها از هم جدا نمی‌شوند.",
    ),
    "several speakers": ("Several have this name:", "چند نفر این نام را دارند:"),
    "newest read": ("Of the newest {most} articles.", "از {most} خبر تازه‌تر."),
    "among said": ("Among what was said", "در میان گفته‌ها"),
    "in new words": ("Said in words that are new", "با واژه‌های تازه"),
    "new are marked": ("Words not said before are marked.", "واژه‌هایی که پیش‌تر نگفته بود نشان‌دار است."),
    "perhaps too": ("With what is uncertain (perhaps)", "همراه نامطمئن‌ها (شاید)"),
    "said quotation": ("quotation", "نقل قول"),
    "said direct": ("reported directly", "به نقل"),
    "said indirect": ("reported in substance", "به مضمون"),
    "said headline": ("headline", "تیتر"),
    "said report": ("report", "گزارش"),
    "said answer": ("answer", "پاسخ"),
    "said perhaps": ("perhaps", "شاید"),
    "no speakers": (
        "This index does not tell who said what; khabarjoo index --speakers makes one that does.",
        "این نمایه نمی‌گوید چه کسی چه گفته است؛ khabarjoo index --speakers نمایه‌ای می‌سازد که بگوید.",
    ),
    "no speaker": ("Nobody called {name} is quoted here.", "از کسی به نام {name} اینجا سخنی نقل نشده است."),
    "year": ("Year", "سال"),
    "month": ("Month", "ماه"),
    "season": ("Season", "فصل"),
    "timeline": ("Articles by date of publication", "خبرها به تاریخ انتشار"),
    "by year": ("by year", "به تفکیک سال"),
    "by season": ("by season", "به تفکیک فصل"),
    "by month": ("by month", "به تفکیک ماه"),
    "by day": ("by day", "به تفکیک روز"),
    "comma": (", ", "، "),
    "cite text": ("As text", "به صورت متن"),
    "cite bibtex": ("BibTeX", "BibTeX"),
    "cite ris": ("RIS", "RIS"),
    "all of": ("All {count}", "هر {count} تا"),
    "copies": ("Copies: {count}", "{count} نسخهٔ دیگر"),
    "copies folded": ("Copies of a story are one hit", "نسخه‌های یک خبر یکجا"),
    "copies shown": ("Show every copy", "هر نسخه جداگانه"),
    "next page": ("Next page", "صفحهٔ بعد"),
    "previous page": ("Previous page", "صفحهٔ قبل"),
    "past the end": ("There are fewer pages.", "صفحه‌ها کمترند."),
    "first page": ("To the first page", "به صفحهٔ نخست"),
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
        "The index was made by the analyzer before this one, or with other word lists: some words are not found in all "
        "their forms.",
        "این نمایه را تحلیلگر پیشین یا با فهرست واژه‌های دیگری ساخته‌اند: برخی واژه‌ها در همهٔ صورت‌هایشان یافت نمی‌شوند.",
    ),
    "take along": ("Take along", "برداشتن"),
    "this page": ("This page", "این صفحه"),
    "all hits": ("All hits, {most} at most", "همهٔ یافته‌ها، دست بالا {most}"),
    "format": ("Format", "قالب"),
    "as html": ("Report (HTML)", "گزارش (HTML)"),
    "as markdown": ("Report (Markdown)", "گزارش (Markdown)"),
    "as csv": ("Table for Excel (CSV)", "جدول برای Excel (CSV)"),
    "as jsonl": ("JSON lines", "سطرهای JSON"),
    "as json": ("JSON", "JSON"),
    "as ris": ("References (RIS)", "ارجاع‌ها (RIS)"),
    "as bibtex": ("References (BibTeX)", "ارجاع‌ها (BibTeX)"),
    "as text": ("Bibliography (text)", "کتاب‌نامه (متن)"),
    "too much": (
        "That is more than can be sent at once; narrow the search.",
        "این بیش از آن است که یکجا فرستاده شود؛ جست‌وجو را باریک‌تر کنید.",
    ),
    "save": ("Save this search", "ذخیرهٔ این جست‌وجو"),
    "save name": ("Name", "نام"),
    "counted all": ("Counted: articles with all words", "شمرده: خبرهای دارای همهٔ واژه‌ها"),
    "counted any": ("Counted: articles with any of the words", "شمرده: خبرهای دارای دست‌کم یکی از واژه‌ها"),
    "saved short": ("Saved", "ذخیره‌ها"),
    "saved": ("Saved searches", "جست‌وجوهای ذخیره‌شده"),
    "none saved": (
        "No search is saved. Save one below its results; the shell has it, too.",
        "جست‌وجویی ذخیره نشده است. پایین یافته‌ها می‌توانید ذخیره کنید؛ پوسته هم آن را دارد.",
    ),
    "new": ("{count} new", "{count} تازه"),
    "what is new": ("What is new", "تازه‌ها"),
    "new since": ("{count} new since {day}", "{count} خبر تازه از {day}"),
    "not looked at": ("{count} articles; not looked at before", "{count} خبر؛ پیش‌تر دیده نشده"),
    "seen": ("Mark as seen", "همه را دیدم"),
    "forget": ("Forget", "فراموش کن"),
    "feed": ("Feed (RSS)", "خوراک (RSS)"),
    "old form": (
        "This form is of an earlier run; load its page again.",
        "این فرم از اجرای پیشین است؛ صفحه‌اش را دوباره باز کنید.",
    ),
    "said": ("{told}", "{told}"),
    "compare": ("Compare", "مقایسه"),
    "side by side": ("Side by side", "رو در رو"),
    "changed": (
        "Marked is what only one of the two has; spelling counts for nothing.",
        "آنچه فقط در یکی از دو خبر هست نشان‌دار است؛ شیوهٔ نوشتن تفاوت شمرده نمی‌شود.",
    ),
    "told also": ("Told by others too", "دیگران هم گفته‌اند"),
    "two timelines": ("Two queries on one timeline", "دو پرسش روی یک خط زمان"),
    "second query": ("Second query", "پرسش دوم"),
    "first query": ("First query", "پرسش نخست"),
    "draw": ("Draw", "بکش"),
    "facet of": ("{facet}: {count} names", "{facet}: {count} نام"),
    "only first": ("The commonest {count} are shown.", "{count} نام پرشمارتر نشان داده شده است."),
    "find name": ("Find a name", "یافتن نام"),
    "help queries": ("How to ask", "چگونه بپرسیم"),
    "help words": (
        "Any of the words; those with all come first", "خبرهای دارای دست‌کم یکی؛ آن‌ها که همه را دارند نخست"
    ),
    "help phrase": ("The words one after another", "واژه‌ها پشت سر هم"),
    "help not": ("Without a word", "بی یک واژه"),
    "help or": ("Either of them", "یکی از آن‌ها"),
    "help field": ("In the title (also متن, lead)", "در عنوان (همچنین متن و لید)"),
    "help source": ("Of an outlet (also دسته, برچسب)", "از یک منبع (همچنین دسته و برچسب)"),
    "help date": ("Of a day, month or year, of either calendar", "از یک روز، ماه یا سال، در هر دو گاه‌شماری"),
    "help pattern": ("Any word that begins so", "هر واژه‌ای که چنین آغاز شود"),
    "help keys": ("Keys", "کلیدها"),
    "keys need": (
        "They need JavaScript, and act where nothing is being typed.",
        "جاوااسکریپت می‌خواهند و جایی کار می‌کنند که چیزی نوشته نمی‌شود.",
    ),
    "keys on": ("Single keys act", "کلیدهای تکی کار کنند"),
    "key search": ("To the search box", "به کادر جست‌وجو"),
    "key next": ("Next hit", "خبر بعد"),
    "key previous": ("Previous hit", "خبر قبل"),
    "key open": ("Open the hit", "باز کردن خبر"),
    "key mark": ("Next match in the article; next page of hits", "نشان بعد در خبر؛ صفحهٔ بعدِ یافته‌ها"),
    "key mark back": ("Previous match; previous page", "نشان قبل؛ صفحهٔ قبل"),
    "key back": ("Back to the results", "بازگشت به یافته‌ها"),
    "key help": ("This page", "همین صفحه"),
    "help programs": ("For programs", "برای برنامه‌ها"),
    "programs": (
        "The same as JSON, for notebooks and other programs on this machine:",
        "همین‌ها به صورت JSON، برای برنامه‌های دیگر روی همین رایانه:",
    ),
    "loading": ("Loading more", "در حال آوردن"),
    "choose date": ("Choose a day", "انتخاب روز"),
    "previous month": ("Previous month", "ماه قبل"),
    "next month": ("Next month", "ماه بعد"),
    "previous year": ("Previous year", "سال قبل"),
    "next year": ("Next year", "سال بعد"),
    "whole month": ("The whole month", "همهٔ ماه"),
    "close": ("Close", "بستن"),
    "completions": ("Completions", "پیشنهادها"),
    "narrow to": ("Narrow to {first} – {last}", "پالایش به {first} – {last}"),
    "error": ("That did not work", "نشد"),
    "no such number": (
        "{what} must be a whole number from {least} to {most}.",
        "{what} باید چنین باشد: عددی درست از {least} تا {most}.",
    ),
    "none of these": ("{what} must be one of {allowed}.", "{what} باید یکی از این‌ها باشد: {allowed}."),
    "too far": ("{what} must be one of the first {most} hits.", "{what} باید در {most} یافتهٔ نخست باشد."),
    "too many names": ("{what} must be given at most {most} times.", "{what} باید دست بالا {most} بار بیاید."),
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
    "refused": ("This is not answered", "پاسخ داده نمی‌شود"),
    "foreign host": (
        "This address is not one of ours. Open the one that khabarjoo web has printed.",
        "این نشانی از آنِ اینجا نیست. نشانی‌ای را باز کنید که khabarjoo web نوشته است.",
    ),
    "foreign page": ("A page of elsewhere may not ask this.", "صفحهٔ جای دیگر نمی‌تواند این را بپرسد."),
    "wrong method": ("GET, HEAD and POST are all there is.", "تنها GET و HEAD و POST پذیرفته می‌شود."),
    "long address": (
        "An address may have {most} bytes after its question mark.",
        "نشانی پس از علامت پرسش دست بالا {most} بایت دارد.",
    ),
    "long form": ("A form may have {most} bytes.", "فرم دست بالا {most} بایت دارد."),
    "password wanted": (
        "The password is wanted; any user name will do.",
        "گذرواژه لازم است؛ نام کاربر هرچه باشد پذیرفته است.",
    ),
    "no office": (
        "This format needs khabarjoo[office]: pip install 'khabarjoo[office]'.",
        "این قالب khabarjoo[office] را می‌خواهد: pip install 'khabarjoo[office]'.",
    ),
    "as docx": ("Word document", "سند Word"),
    "as xlsx": ("Excel workbook", "کارپوشهٔ Excel"),
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
        return told(TEXTS, key, self.language, facts)

    def number(self, number: int) -> str:
        """Returns a whole number."""
        return figure(number, self.language)

    def digits(self, text: str) -> str:
        """Returns a text in the digits of the language."""
        return persian_digits(text) if self._place else text

    def decimal(self, number: float, places: int = 1) -> str:
        """Returns a number with so many places after its point."""
        printed = f"{number:,.{places}f}"
        return persian_number(printed) if self._place else printed

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return "rtl" if self._place else "ltr"

    def bound(self, key: str) -> Callable[..., str]:
        """Returns a text whose facts are given later."""
        return partial(self, key)


_OF_SCRIPTS = (
    "loading", "copy", "copied", "next mark", "previous mark", "choose date", "previous month", "next month",
    "previous year", "next year", "whole month", "close", "completions",
)  # fmt: skip
_WEEKDAYS = {"fa": "ش ی د س چ پ ج", "en": "Sa Su Mo Tu We Th Fr"}


def script_texts(texts: Texts) -> dict[str, object]:
    """Returns what the script of the pages says, with the names of months and weekdays."""
    said = {key: texts(key) for key in _OF_SCRIPTS}
    return said | {"months": JALALI_MONTHS, "weekdays": _WEEKDAYS[texts.language].split()}
