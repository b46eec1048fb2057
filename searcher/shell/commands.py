"""The table of the shell's commands: dispatch, help, colours and completion all read it."""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from ..output import FORMATS
from ..query.keywords import spelled
from . import command_actions as actions
from .command_table import Argument, Command

if TYPE_CHECKING:
    from .session import Session

ORDERS = {"relevance": "مرتبط", "newest": "تازه", "oldest": "کهنه"}
PERIODS = {"month": "ماه", "season": "فصل", "year": "سال"}
FACETS = {
    "source": "منبع", "category": "دسته", "tag": "برچسب", "speaker": "گوینده", "year": "سال", "month": "ماه",
}  # fmt: skip
FILTERS = {
    "since": "از", "until": "تا", "source": "منبع", "category": "دسته", "tag": "برچسب", "speaker": "گوینده",
}  # fmt: skip
SIZES = {"screen": "صفحه"}
COPIES = {"fold": "یکجا", "all": "همه"}
CITATIONS = {"text": "متن", "bibtex": "بیبتک", "ris": "ریس"}
FORMAT_NAMES = {name: {"text": "متن"}.get(name, name) for name in FORMATS}
ENDINGS = ".csv .xlsx .docx .html .md .txt .json .jsonl .ids .trec .bib .ris"
"""What the names of exported files may end in."""


def _late(module: str, name: str, session: Session, typed: str, **options: bool) -> None:
    """Calls a function of a module beside this one, which is imported when its command is given."""
    getattr(import_module(f".{module}", __package__), name)(session, typed, **options)


COMMANDS = (
    Command(
        ("search",), ("جست‌وجو", "بجو"), Argument.QUERY,
        ("search for what follows, a number or a command's name too", "جست‌وجوی آنچه در پی می‌آید، عدد یا نام دستور هم"),
        actions.search, takes=("a query", "یک پرسش"),
    ),
    Command(
        ("open", "o"), ("باز",), Argument.HIT,
        ("open a hit in the pager; its number alone does it, too", "باز کردن خبر در صفحه‌خوان؛ شماره‌اش تنها هم بس است"),
        actions.open_hit, takes=("the number of a hit", "شمارهٔ خبر"),
    ),
    Command(
        ("next", "n"), ("بعدی", "بعد"), Argument.NONE,
        ("the next page of hits", "صفحهٔ بعد"), actions.next_page, letters=("n", "ب"),
    ),
    Command(
        ("previous", "prev", "p"), ("قبلی", "قبل"), Argument.NONE,
        ("the page before", "صفحهٔ قبل"), actions.previous_page, letters=("p", "ق"),
    ),
    Command(
        ("back", "b"), ("برگشت", "عقب"), Argument.NONE,
        ("back to the search before this one", "برگشت به جست‌وجوی پیش از این"), actions.back,
    ),
    Command(
        ("forward", "f"), ("جلو",), Argument.NONE,
        ("forward again, after going back", "دوباره جلو، پس از برگشت"), actions.forward,
    ),
    Command(
        ("similar", "s"), ("همانند", "مشابه"), Argument.HIT,
        ("find articles like a hit", "یافتن خبرهای همانند یک خبر"),
        actions.similar, letters=("s", "ه"), takes=("the number of a hit", "شمارهٔ خبر"),
    ),
    Command(
        ("cite", "c"), ("استناد", "ارجاع"), Argument.HIT,
        ("cite a hit; bibtex or ris after the number for reference managers; all cites every hit",
         "استناد به یک خبر؛ پس از شماره bibtex یا ris برای نرم‌افزارهای مرجع؛ همه: همهٔ خبرها"),
        partial(_late, "exporting", "cite"), letters=("c", "ا"), choices=CITATIONS,
        takes=("the number of a hit, or all", "شمارهٔ خبر، یا همه"),
    ),
    Command(
        ("since",), ("از",), Argument.DATE,
        ("only articles of this day or later; without a date, drop that", "فقط از این روز به بعد؛ بی‌تاریخ: برداشتن آن"),
        partial(actions.set_filter, name="since"),
    ),
    Command(
        ("until",), ("تا",), Argument.DATE,
        ("only articles of this day or earlier", "فقط تا این روز"), partial(actions.set_filter, name="until"),
    ),
    Command(
        ("source",), ("منبع",), Argument.SOURCE,
        ("only articles of these outlets, separated by commas; alone, lists the outlets",
         "فقط از این منبع‌ها، با ویرگول میانشان؛ تنها: فهرست منبع‌ها"),
        partial(actions.set_names, name="source"),
    ),
    Command(
        ("category",), ("دسته", "سرویس"), Argument.CATEGORY,
        ("only articles of these categories; alone, lists them", "فقط از این دسته‌ها؛ تنها: فهرستشان"),
        partial(actions.set_names, name="category"),
    ),
    Command(
        ("tag",), ("برچسب",), Argument.TAG,
        ("only articles with one of these tags; alone, lists them", "فقط با یکی از این برچسب‌ها؛ تنها: فهرستشان"),
        partial(actions.set_names, name="tag"),
    ),
    Command(
        ("speaker",), ("گوینده",), Argument.SPEAKER,
        ("only what these people are reported to have said; alone, lists them",
         "فقط آنچه از این کسان نقل شده است؛ تنها: فهرستشان"),
        partial(actions.set_names, name="speaker"),
    ),
    Command(
        ("filters",), ("پالایه‌ها",), Argument.NONE,
        ("tell the filters in force", "پالایه‌های در کار"), actions.tell_filters,
    ),
    Command(
        ("clear",), ("پاک",), Argument.CHOICE,
        ("drop one filter, or all", "برداشتن یک پالایه، یا همه"), actions.clear, choices=FILTERS,
    ),
    Command(
        ("sort",), ("ترتیب",), Argument.CHOICE,
        ("the order of hits", "ترتیب خبرها"), actions.sort, choices=ORDERS,
    ),
    Command(
        ("format",), ("قالب",), Argument.CHOICE,
        ("how hits are written", "قالب نوشتن خبرها"), actions.set_format, choices=FORMAT_NAMES,
    ),
    Command(
        ("copies",), ("نسخه‌ها",), Argument.CHOICE,
        ("copies of an article as one hit, or all", "نسخه‌های یک خبر یکجا، یا همه"), actions.copies, choices=COPIES,
    ),
    Command(
        ("limit",), ("تعداد",), Argument.NUMBER,
        ("how many hits a page has; screen for as many as fit it",
         "چند خبر در هر صفحه؛ صفحه: به اندازهٔ جای صفحهٔ نمایش"), actions.limit, choices=SIZES,
    ),
    Command(
        ("timeline",), ("گاه‌شمار", "زمان"), Argument.CHOICE,
        ("how many articles of the search there are from month to month", "شمار خبرهای جست‌وجو، ماه به ماه"),
        actions.timeline, choices=PERIODS,
    ),
    Command(
        ("facets",), ("آمار",), Argument.CHOICE,
        ("what the articles of the search have in common", "شمار خبرهای جست‌وجو به تفکیک منبع، دسته و مانند آن"),
        actions.facets, choices=FACETS,
    ),
    Command(
        ("explain",), ("توضیح", "چرا"), Argument.HIT,
        ("how the query was read; with a number, why that hit has its score",
         "پرسش چگونه خوانده شد؛ با شماره: چرا آن خبر این امتیاز را دارد"), actions.explain,
    ),
    Command(
        ("stats",), ("نمایه",), Argument.NONE, ("what the index holds", "در نمایه چیست"), actions.stats,
    ),
    Command(
        ("save",), ("ذخیره",), Argument.SAVED,
        ("keep this search, its filters and its order, under a name", "ذخیرهٔ این جست‌وجو با پالایه‌ها و ترتیبش"),
        actions.save, takes=("a name", "یک نام"),
    ),
    Command(
        ("run",), ("اجرا",), Argument.SAVED,
        ("search again for what was saved; what is new since last time comes first; alone, lists what is saved",
         "جست‌وجوی دوبارهٔ ذخیره‌شده؛ نخست آنچه از بار پیش تازه است؛ تنها: فهرست ذخیره‌ها"),
        actions.run, takes=("the name of a saved search", "نام جست‌وجوی ذخیره‌شده"),
    ),
    Command(
        ("saved",), ("ذخیره‌ها",), Argument.NONE,
        ("the searches that are saved", "جست‌وجوهای ذخیره‌شده"), actions.saved,
    ),
    Command(
        ("forget",), ("فراموش",), Argument.SAVED,
        ("forget a saved search", "فراموش کردن جست‌وجوی ذخیره‌شده"),
        actions.forget, takes=("the name of a saved search", "نام جست‌وجوی ذخیره‌شده"),
    ),
    Command(
        ("export",), ("برون‌بر",), Argument.FILE,
        ("write up to 1,000 hits to a file; its ending tells the format",
         "نوشتن تا ۱۰۰۰ خبر در فایل؛ پسوندش قالب را می‌گوید"),
        partial(_late, "exporting", "export"), takes=(f"a file: {ENDINGS}", f"نام فایل: {ENDINGS}"),
    ),
    Command(
        ("export!",), ("برون‌بر!",), Argument.FILE,
        ("the same, over a file that is there", "همان، روی فایلی که هست"),
        partial(_late, "exporting", "export", overwrite=True), takes=("a file", "نام فایل"),
    ),
    Command(
        ("bibliography", "bib"), ("کتابنامه",), Argument.FILE,
        ("cite every hit, on the screen or in a file: .txt .bib .ris .docx",
         "استناد به همهٔ خبرها، روی صفحه یا در فایل: .txt .bib .ris .docx"),
        partial(_late, "exporting", "bibliography"),
    ),
    Command(
        ("index",), ("نمایه‌کن",), Argument.FOLDER,
        ("take a folder or a file into the index", "افزودن یک پوشه یا فایل به نمایه"),
        partial(_late, "index_actions", "index"), takes=("a folder or a file", "یک پوشه یا فایل"),
    ),
    Command(
        ("remove",), ("بردار",), Argument.HIT,
        ("take an article out of the index: a hit's number, or an id", "برداشتن یک خبر از نمایه: شمارهٔ خبر یا شناسه"),
        partial(_late, "index_actions", "remove"), takes=("the number of a hit, or an id", "شمارهٔ خبر یا شناسه"),
    ),
    Command(
        ("help", "h", "?"), ("راهنما", "کمک"), Argument.COMMAND,
        ("this list, or what one command does", "همین فهرست، یا کار یک دستور"), actions.help,
        words=("help", "?", "راهنما", "؟"),
    ),
    Command(
        ("quit", "exit", "q"), ("خروج",), Argument.NONE,
        ("leave the shell (or Ctrl-D)", "خروج (یا Ctrl-D)"), actions.leave,
        words=("quit", "exit", "q", "خروج"),
    ),
)  # fmt: skip
"""Every command of the shell."""


def command_named(name: str) -> Command | None:
    """Returns the command of a name, in either language and any spelling.

    >>> command_named("since").persian, command_named("ذخیره ها").english, command_named("nothing")
    (('از',), ('saved',), None)
    """
    return _named().get(_key(name))


def command_of_letter(letter: str) -> Command | None:
    """Returns the command that a letter typed alone stands for."""
    return next((command for command in COMMANDS if letter in command.letters), None)


def command_of_word(line: str) -> Command | None:
    """Returns the command that a word typed alone stands for at any time.

    >>> command_of_word("EXIT").english[0], command_of_word("راهنما").english[0], command_of_word("exit now")
    ('quit', 'help', None)
    """
    wanted = spelled(line)
    return next((command for command in COMMANDS if wanted in command.words), None) if len(line) < 10 else None


def _key(name: str) -> str:
    return spelled(name.replace(" ", "")) + "!" * name.endswith("!")


@cache
def _named() -> dict[str, Command]:
    return {_key(name): command for command in COMMANDS for name in command.names}
