"""What is said beside the results: counts, suggestions and complaints. All of it goes to standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from khabarjoo.analyzers.calendars import DateError
from khabarjoo.analyzers.digits import figure, persian_number
from khabarjoo.index.errors import NoSuchArticle, StoreError

from ..bidi.isolation import direction_of_sentence, with_runs_isolated
from ..bidi.reordering import mostly_right_to_left
from ..config import ConfigError, Settings, current
from ..query_limits import Partial
from ..terminal_safety import clean, one_line
from .styles import Paragraph, Span, is_terminal, write_paragraphs

if TYPE_CHECKING:
    from ..results import Page, Remark

_DEBUG = "KHABARJOO_DEBUG"
_NAME = "khabarjoo: "
Messages = Mapping[str, tuple[str, str]]
"""A table of what is said, by short names: each in English and in Persian, with its facts in braces."""

MESSAGES: Messages = {
    "counts": ("all words: {all}, any: {any}", "همهٔ واژه‌ها: {all}، دست‌کم یکی: {any}"),
    "by date, all": ("by date, of those with all", "به ترتیب تاریخ، از آن‌ها که همه را دارند"),
    "by date, any": (
        "by date, of those with any, as none has all",
        "به ترتیب تاریخ، از آن‌ها که یکی را دارند، چون هیچ‌یک همه را ندارد",
    ),
    "shown": ("{first}-{last} shown", "از {first} تا {last}"),
    "took": ("{took} ms", "{took} میلی‌ثانیه"),
    "searched for": ("searched for", "جست‌وجو شد"),
    "did you mean": ("did you mean", "شاید منظور این است"),
}  # fmt: skip

OF_SAVED_SEARCHES = {
    "forgotten": ("{name} is forgotten", "{name} فراموش شد"),
    "nothing new": ("nothing new since {day}", "از {day} خبر تازه‌ای نیست"),
    "new": (
        "{count} new since {day}; {total} articles have all the words",
        "{count} خبر تازه پس از {day}؛ روی‌هم {total} خبر همهٔ واژه‌ها را دارند",
    ),
    "new, any": (
        "{count} new since {day}; {total} articles have any of the words, none has all",
        "{count} خبر تازه پس از {day}؛ روی‌هم {total} خبر دست‌کم یکی از واژه‌ها را دارند و هیچ‌یک همه را ندارد",
    ),
}
"""What is said of saved searches wherever there are any."""


REASONS = {
    "typed on the English keyboard": "با صفحه‌کلید انگلیسی نوشته شده",
    "typed on the Persian keyboard": "با صفحه‌کلید فارسی نوشته شده",
    "Persian in Latin letters": "فارسی با حروف لاتین",
    "spelling": "املا",
    "words run together": "واژه‌های به‌هم‌چسبیده",
    "a word in two pieces": "واژهٔ دوپاره",
    "a phrase read as words near each other": "عبارت، همچون واژه‌های نزدیک به هم",
    "a phrase read as words": "عبارت، همچون واژه‌های جدا",
}
"""Why a query was mended, in Persian."""
_COMMA = {"en": ", ", "fa": "، "}
_ONE = {
    "articles": "article", "files": "file", "hits": "hit", "lines": "line", "names": "name", "places": "place",
    "queries": "query", "segments": "segment", "statements": "statement", "words": "word",
    "articles are": "article is", "articles have": "article has",
}  # fmt: skip
_NOUNS = "|".join(sorted(_ONE, key=len, reverse=True))
_COUNTED = rf"(?<!}} of )(\{{(\w+)\}} )({_NOUNS})\b"
_COUNTED_ONE = rf"(?<!\d of )(?<![\w.,-])1 ({_NOUNS})\b"


def told(messages: Messages, key: str, language: str, facts: Mapping[str, object]) -> str:
    """Returns a message of a table in ``en`` or ``fa``, its facts filled in, whole numbers as the language prints them.

    >>> told({"found": ("{count} found", "{count} یافت شد")}, "found", "fa", {"count": 1200})
    '۱٬۲۰۰ یافت شد'
    >>> told({"all": ("{count} articles have it", "{count} خبر")}, "all", "en", {"count": 1})
    '1 article has it'
    """
    shown = {name: figure(fact, language) if isinstance(fact, int) else fact for name, fact in facts.items()}
    text = messages[key][language == "fa"]
    if language != "fa" and "1" in shown.values():
        text = re.sub(_COUNTED, lambda noun: f"{noun[1]}{_ONE[noun[3]]}" if shown[noun[2]] == "1" else noun[0], text)
    return text.format_map(shown)


def agreeing(text: str) -> str:
    """Returns an English text with its nouns in the singular after a 1.

    >>> agreeing("read 1 articles: 21 added, 1 places"), agreeing("1 of 1 articles")
    ('read 1 article: 21 added, 1 place', '1 of 1 articles')
    """
    return re.sub(_COUNTED_ONE, lambda noun: f"1 {_ONE[noun[1]]}", text)


def note(message: str, settings: Settings | None = None) -> None:
    """Says something in one line; on a terminal, in as many rows as it takes.

    Without settings it is said in the reader's language, as far as there is a translation of it.
    """
    chosen = settings or current()
    if settings is None:
        message = in_readers_language(message)
    persian = chosen.language_of_messages() == "fa"
    write_paragraphs([remark(message, persian=persian)], sys.stderr, settings)


def note_counts(message: str) -> None:
    """Says how many there were of what, as `note` does, with nouns in the singular after a 1."""
    said = in_readers_language(message)
    note(agreeing(said) if said == message else said, current())


def in_readers_language(message: str) -> str:
    """Returns a message in Persian where the reader's language is, and there is a translation of it."""
    if current().language_of_messages() != "fa":
        return message
    from .translation import translated

    return translated(message)


def remark(message: str, *, persian: bool = False) -> Paragraph:
    """Makes a paragraph of what is said.

    ``persian`` says that the reader's language is: then a sentence that begins with a path, or an outlet of Latin
    letters, still runs from right to left.
    """
    text = one_line(message).strip()
    told = text.removeprefix(_NAME)
    right_to_left = direction_of_sentence(told) or (persian and mostly_right_to_left(told))
    return Paragraph([Span(with_runs_isolated(text, right_to_left=right_to_left))], right_to_left=right_to_left)


def tell_partial(partial: Partial | None, settings: Settings) -> None:
    """Says that an answer is partial, if it is."""
    if partial is not None:
        tell_remarks((partial,), settings)


def tell_remarks(remarks: Iterable[Remark], settings: Settings) -> None:
    """Says what is remarked of an answer, in the reader's language."""
    for each in remarks:
        note(each.persian if settings.language_of_messages() == "fa" else each.english, settings)


def complain(message: object, hint: str = "") -> None:
    """Says what went wrong, in one line that names us; on a terminal the ``hint``, where to read more, has its own."""
    told = in_readers_language(f"{_NAME}{message}")
    more = in_readers_language(f"see: {hint}") if hint else ""
    if more and not is_terminal(sys.stderr):
        told, more = f"{told} ({more})", ""
    for line in filter(None, (told, more)):
        note(line, current())


def tell_failure(error: Exception) -> None:
    """Tells of a failure in one line; with ``$KHABARJOO_DEBUG`` set, after where it happened."""
    if os.environ.get(_DEBUG):
        import traceback

        sys.stderr.write(clean("".join(traceback.format_exception(error))))
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        complain(f"{error.filename}: {reason}" if error.filename else reason)
    elif isinstance(error, (StoreError, NoSuchArticle, DateError, ConfigError)):
        complain(error)
    else:
        complain(f"{type(error).__name__}: {error} (this should not happen; {_DEBUG}=1 shows where)")


def counts(page: Page, *, by_date: bool = False, language: str = "en") -> str:
    """Returns how many articles were found, which of them are shown, and how long it took.

    ``by_date`` says which articles a list in order of date is taken from. ``language`` is ``en`` or ``fa``.
    """
    facts = {"all": page.total_all, "any": page.total, "first": page.offset + 1, "last": page.offset + len(page)}
    keys = ["counts"]
    if by_date and page.total:
        keys.append("by date, all" if page.total_all else "by date, any")
    if page.hits and (page.offset or len(page) < page.total):
        keys.append("shown")
    shown = {name: str(fact) for name, fact in facts.items()} | {"took": f"{page.took_ms:.1f}"}
    if language == "fa":
        shown = {name: persian_number(fact) for name, fact in shown.items()}
    return " · ".join(told(MESSAGES, key, language, shown) for key in (*keys, "took"))


def suggestion(page: Page, *, language: str = "en") -> str:
    """Returns the better query in words, or '' when there is none."""
    if page.suggestion is None:
        return ""
    lead = told(MESSAGES, "searched for" if page.suggestion.applied else "did you mean", language, {})
    reasons = page.suggestion.reason.split(_COMMA["en"])
    if language == "fa":
        reasons = [REASONS.get(reason, reason) for reason in reasons]
    return f"{lead}: {page.suggestion.query} ({_COMMA[language].join(reasons)})"
