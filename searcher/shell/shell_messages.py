"""What the shell says, in English and in Persian, in one table."""

from __future__ import annotations

_MESSAGES = {
    "greeting": (
        r"Type words to search; then 3 opens the third hit, n turns the page. \help tells the rest, Ctrl-D leaves.",
        r"واژه‌ها را بنویسید؛ بعد ۳ خبر سوم را باز می‌کند و ب صفحهٔ بعد را می‌آورد. راهنما: ‎\راهنما، خروج: Ctrl-D",
    ),
    "opening": ("opening the index", "در حال باز کردن نمایه"),
    "articles": ("{count} articles", "{count} خبر"),
    "interrupted": ("interrupted", "قطع شد"),
    "no command": (r"there is no command \{name}; \help lists them", r"دستوری به نام ‎\{name} نیست؛ فهرست: ‎\راهنما"),
    "wants": (r"\{name} wants {what}: \{name} {example}", r"‎\{name} این را می‌خواهد: {what}، مانند ‎\{name} {example}"),
    "no hit": ("no hit {number} has been shown", "خبری با شمارهٔ {number} نشان داده نشده است"),
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
    "saved": (
        r"saved; \run {name} searches again and tells what is new",
        r"ذخیره شد؛ ‎\اجرا {name} دوباره می‌جوید و تازه‌ها را می‌گوید",
    ),
    "forgotten": ("{name} is forgotten", "{name} فراموش شد"),
    "none saved": (r"no searches are saved; \save NAME keeps one", r"جست‌وجویی ذخیره نشده است؛ ‎\ذخیره نام"),
    "not saved": ("no search is saved as {name}", "جست‌وجویی به نام {name} ذخیره نشده است"),
    "new": (
        r"{count} new since {day}, of {total}; \run {name} once more shows all",
        r"{count} خبر تازه از {day}، از {total} خبر؛ ‎\اجرا {name} یک بار دیگر همه را نشان می‌دهد",
    ),
    "nothing new": ("nothing new since {day}", "از {day} خبر تازه‌ای نیست"),
    "saved elsewhere": ("first run on this index", "نخستین اجرا بر این نمایه"),
    "exported": ("{count} of {total} articles written to {file}", "{count} خبر از {total} در {file} نوشته شد"),
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
        "هنوز چیزی در {folder} نمایه نشده است. {count} خبر نمونه برای آزمودن نمایه شود؟ [Y/n] ",
    ),
    "own pages": (
        "Your own pages take its place, now or later, with: khabarjoo index FOLDER",
        "خبرهای خودتان، اکنون یا بعد، با این فرمان جایش را می‌گیرند: khabarjoo index FOLDER",
    ),
    "pager": (
        "{place}   Space next   b back   n N marks   q leave",
        "{place}   Space بعد   b قبل   n N نشان‌ها   q برگشت",
    ),
}  # fmt: skip
_LANGUAGES = {"en": 0, "fa": 1}


class ShellError(Exception):
    """Something asked of the shell that cannot be; the message says why."""


def message(key: str, language: str = "en", **facts: object) -> str:
    """A message with its facts filled in; ``language`` is ``en`` or ``fa``.

    >>> message("articles", count="15,452")
    '15,452 articles'
    """
    return _MESSAGES[key][_LANGUAGES[language]].format(**facts)


def message_keys() -> tuple[str, ...]:
    """Everything the shell can say."""
    return tuple(_MESSAGES)
