"""What the shell says, in English and in Persian, in one table."""

from __future__ import annotations

from khabarjoo.analyzers.digits import persian_digits

from ..output.messages import OF_SAVED_SEARCHES, Messages, told

MESSAGES: Messages = {
    **OF_SAVED_SEARCHES,
    "greeting": (
        "Type words to search; then 3 opens the third hit, n turns the page. help tells the rest, quit leaves.",
        "واژه‌ها را بنویسید؛ بعد ۳ خبر سوم را باز می‌کند و ب صفحهٔ بعد را می‌آورد. دو واژهٔ دیگر: راهنما، خروج.",
    ),
    "opening": ("opening the index", "در حال باز کردن نمایه"),
    "articles": ("{count} articles", "{count} خبر"),
    "interrupted": ("interrupted", "قطع شد"),
    "no command": (r"there is no command \{name}; \help lists them", r"دستوری به نام ‎\{name} نیست؛ فهرست: ‎\راهنما"),
    "did you mean": (
        r"there is no command \{name}; did you mean \{near}?",
        r"دستوری به نام ‎\{name} نیست؛ شاید منظور ‎\{near} است",
    ),
    "one of, near": (
        "{name} is one of: {values}; did you mean {near}?",
        "{name} یکی از این‌هاست: {values}؛ شاید منظور {near} است",
    ),
    "is a command": (
        r"these words were searched for; the command is \{name}",
        r"این واژه‌ها جست‌وجو شد؛ آن دستور چنین است: ‎\{name}",
    ),
    "wants": (r"\{name} wants {what}: \{name} {example}", r"‎\{name} این را می‌خواهد: {what}، مانند ‎\{name} {example}"),
    "no hit": (
        'hit {number} has not been shown: {shown} have{more}; "{number}" in quotation marks is searched for',
        "خبر {number} نشان داده نشده است؛ {shown} نشان داده شده{more}؛ «{number}» در گیومه جست‌وجو می‌شود",
    ),
    "no hit, of one": (
        'hit {number} has not been shown: {shown} has{more}; "{number}" in quotation marks is searched for',
        "خبر {number} نشان داده نشده است؛ {shown} نشان داده شده{more}؛ «{number}» در گیومه جست‌وجو می‌شود",
    ),
    "nothing listed": (
        r"no hits are listed, so there is no hit {number}; words, \search and \run list some. "
        r'"{number}" in quotation marks, or \search {number}, searches for the number',
        r"خبری فهرست نشده است، پس خبر {number} نیست؛ واژه‌ها، ‎\جست‌وجو و ‎\اجرا فهرست می‌آورند. "
        r"خودِ عدد را «{number}» در گیومه، یا ‎\جست‌وجو {number}، می‌جوید",
    ),
    "more": (", n shows more", "، ب باقی را می‌آورد"),
    "range": ("{first} to {last}", "{first} تا {last}"),
    "and": (" and ", " و "),
    "position": ("{first}-{last} of {total}", "{first} تا {last} از {total}"),
    "mark": ("match {first} of {total}", "نشان {first} از {total}"),
    "marks": ("match {first}-{last} of {total}", "نشان {first} تا {last} از {total}"),
    "hit place": ("hit {number} of {total}", "خبر {number} از {total}"),
    "no way back": ("there is no search before this one", "پیش از این جست‌وجویی نیست"),
    "no way forward": ("there is no search after this one", "پس از این جست‌وجویی نیست"),
    "no hits": ("nothing has been searched for yet", "هنوز چیزی جست‌وجو نشده است"),
    "last page": ("this is the last page", "این صفحهٔ آخر است"),
    "first page": ("this is the first page", "این صفحهٔ نخست است"),
    "similar": ("like {number}: {title}", "مانند {number}: {title}"),
    "no filters": ("no filters are in force", "هیچ پالایه‌ای در کار نیست"),
    "one of": ("{name} is one of: {values}", "{name} یکی از این‌هاست: {values}"),
    "number": ("{name} is a number from 1 to {most}", "{name} عددی است از ۱ تا {most}"),
    "format": ("results are written as {value}", "نتیجه‌ها به این قالب نوشته می‌شوند: {value}"),
    "sort": ("order: {value}", "ترتیب: {value}"),
    "copies folded": ("copies of an article are one hit", "نسخه‌های یک خبر یکجا نشان داده می‌شوند"),
    "copies shown": ("every copy of an article is a hit", "هر نسخهٔ خبر جداگانه نشان داده می‌شود"),
    "limit": ("{value} hits a page", "{value} خبر در هر صفحه"),
    "limit, fitting": (
        "as many hits a page as fit the screen, {value} at most",
        "در هر صفحه به اندازهٔ جای صفحهٔ نمایش، حداکثر {value} خبر",
    ),
    "saved": (
        r"saved as {name}: {search}. \run {name} searches again and tells what is new among the articles that have all "
        "the words",
        r"به نام {name} ذخیره شد: {search}. ‎\اجرا {name} دوباره می‌جوید و تازه‌ها را در میان خبرهایی که همهٔ واژه‌ها را "
        "دارند می‌گوید",
    ),
    "filter in force": ("in force: {filter}; {clear} drops it", "در کار است: {filter}؛ ‎{clear} برش می‌دارد"),
    "none saved": (r"no searches are saved; \save NAME keeps one", r"جست‌وجویی ذخیره نشده است؛ ‎\ذخیره نام"),
    "not saved": ("no search is saved as {name}", "جست‌وجویی به نام {name} ذخیره نشده است"),
    "run again": (r"\run {name} once more shows all", r"‎\اجرا {name} یک بار دیگر همه را نشان می‌دهد"),
    "saved elsewhere": ("first run on this index", "نخستین اجرا بر این نمایه"),
    "exported, with copies": (
        "{count} of {total} articles written to {file}; copies named beside them: {copies}",
        "{count} خبر از {total} در {file} نوشته شد؛ نسخه‌هایی که کنارشان نام برده شده: {copies}",
    ),
    "exported": ("{count} of {total} articles written to {file}", "{count} خبر از {total} در {file} نوشته شد"),
    "nothing found": ("nothing was found, so there is nothing to write", "چیزی یافت نشد، پس چیزی برای نوشتن نیست"),
    "cited": (
        "to copy its letters as they are, have a file: {name} {number} news.bib (.ris, .txt)",
        "برای رونوشت از خودِ حرف‌ها، فایل بگیرید: ‎{name} {number} news.bib (یا .ris یا .txt)",
    ),
    "exists": (
        r"{file} is there already; \export! {file} writes over it",
        r"{file} از پیش هست؛ ‎\برون‌بر! {file} رویش می‌نویسد",
    ),
    "no scores": ("hit {number} has no score for these words", "خبر {number} برای این واژه‌ها امتیازی ندارد"),
    "bad name": ("a name has 1 to {most} letters", "نام ۱ تا {most} حرف دارد"),
    "too many": ("no more than {most} searches can be saved", "بیش از {most} جست‌وجو ذخیره نمی‌شود"),
    "unreadable": ("{file} is not ours to read; move it away", "{file} خواندنی نیست؛ آن را جابه‌جا کنید"),
    "offer": (
        "Nothing is indexed in {folder} yet. Index the bundled sample of {count} articles, to try things out? [Y/n] ",
        "هنوز چیزی در {folder} نمایه نشده است. {count} خبر نمونه برای آزمودن نمایه شود؟ (Enter یعنی بله؛ نه) ",
    ),
    "own pages": (
        "Your own pages take its place, now or later, with: khabarjoo index FOLDER",
        "خبرهای خودتان، اکنون یا بعد، با این فرمان جایش را می‌گیرند: khabarjoo index FOLDER",
    ),
    "pager": (
        "Space next · b back · n N marks · / find · ? keys · q leave",
        "Space بعد · b قبل · n N نشان‌ها · / یافتن · ? کلیدها · q برگشت",
    ),
    "pager, hit": (
        "Space next · ] next hit · n match · ? keys · q leave",
        "Space صفحهٔ بعد · ] خبر بعد · n نشان · ? کلیدها · q برگشت",
    ),
    "one index": (r"\{name} works on one index; several are open", r"‎\{name} با یک نمایه کار می‌کند؛ چند نمایه باز است"),
    "remove": (
        "Take {what} out of the index? Files are not touched. [y/N] ",
        "{what} از نمایه برداشته شود؟ به فایل‌ها دست نمی‌خورد. (بله؛ Enter یعنی نه) ",
    ),
    "kept": ("nothing was removed", "چیزی برداشته نشد"),
    "cannot read": (
        "{file}: there is no format that ends so; there are {known}",
        "{file}: قالبی با این پسوند نیست؛ این‌ها هست: {known}",
    ),
    "needs extra": (
        "{file} needs a package: pip install '{package}'; without it {opens} opens {instead}",
        "برای {file} یک بسته لازم است: pip install '{package}'؛ بی آن، {opens} فایل {instead} را باز می‌کند",
    ),
}  # fmt: skip

PAGER_KEYS = (
    ("Space  f  Page Down  ب", "a screen on", "یک صفحه جلو"),
    ("b  Page Up  ذ", "a screen back", "یک صفحه عقب"),
    ("j  k  ت  ن  Enter", "a row", "یک سطر"),
    ("g  G  Home  End  ل", "the beginning, the end", "آغاز و پایان"),
    ("n  N  د  ح", "the next match, the one before", "نشان بعدی و قبلی"),
    ("/", "find words; n goes through them, / Enter ends that", "یافتن واژه‌ها؛ n در میانشان می‌گردد، / Enter پایانش"),
    ("]  [  چ  ج", "the next hit, the one before", "خبر بعدی و قبلی"),
    ("Ctrl-Z", "suspend; fg comes back", "تعلیق؛ fg بازمی‌گردد"),
    ("?  h  ؟", "these keys", "همین کلیدها"),
    ("q  Esc  ض", "leave", "برگشت"),
)  # fmt: skip
"""The keys of the pager, those of a Persian keyboard too, and what they do in English and in Persian."""


class ShellError(Exception):
    """Something asked of the shell that cannot be; the message says why."""


def message(key: str, language: str = "en", **facts: object) -> str:
    """Returns a message in ``en`` or ``fa`` with its facts filled in; numbers as they may be typed, in its digits.

    >>> message("articles", count="15,452"), message("number", "fa", name="n", most=1000)
    ('15,452 articles', 'n عددی است از ۱ تا ۱۰۰۰')
    """
    shown = {name: str(fact) for name, fact in facts.items()}
    if language == "fa":
        shown |= {name: persian_digits(shown[name]) for name, fact in facts.items() if isinstance(fact, int)}
    return told(MESSAGES, key, language, shown)
