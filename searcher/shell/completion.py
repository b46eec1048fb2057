"""Completes what stands before the cursor: a pure function of text, cursor and vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from khabarjoo.analyzers.calendars import GREGORIAN_MONTHS, JALALI_MONTHS
from khabarjoo.analyzers.digits import persian_digits

from ..query import keywords
from .command_table import PREFIX, Argument, Command
from .commands import COMMANDS
from .completion_context import Kind, Place, place_at
from .completion_matching import Name, Words, best
from .standing_filters import NAMES

LIMIT = 12
"""Completions offered at once."""
MOST = 40
"""Those offered before anything is typed, where all there is can be listed."""

_LONGEST_TEXT = 2000
"""Characters of a line that are completed in."""
_OPERATORS = ("AND", "OR", "NOT", "NEAR/5")
_FEWEST_LETTERS = 2  # of a word that is completed


class Completion(NamedTuple):
    """What may stand from ``start`` to the cursor, and what it is: a word in English and in Persian."""

    text: str
    start: int
    what: tuple[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """What an index knows: its names, the commonest first, its words, and the Jalali years of its articles.

    ``language`` is that of the commands offered before any letter is typed.
    """

    sources: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    tags: tuple[Name, ...] = ()
    speakers: tuple[Name, ...] = ()
    words: Words = field(default_factory=Words)
    years: tuple[int, ...] = ()
    saved: tuple[str, ...] = ()
    language: str = "en"

    def names_of(self, kind: str) -> tuple[Name, ...]:
        """Returns the names of outlets (``source``), categories, tags or speakers."""
        names = {"source": self.sources, "category": self.categories, "tag": self.tags, "speaker": self.speakers}
        return names[kind]


EMPTY = Vocabulary()

_WHAT = {
    "source": ("outlet", "منبع"),
    "category": ("category", "دسته"),
    "tag": ("tag", "برچسب"),
    "speaker": ("speaker", "گوینده"),
    "date": ("date", "تاریخ"),
    "word": ("", ""),
    "field": ("field", "میدان"),
    "operator": ("operator", "عملگر"),
    "saved": ("saved search", "ذخیره‌شده"),
}
_NAMES_OF_ARGUMENT = {
    Argument.SOURCE: "source",
    Argument.CATEGORY: "category",
    Argument.TAG: "tag",
    Argument.SPEAKER: "speaker",
}


def complete(text: str, cursor: int, vocabulary: Vocabulary = EMPTY) -> list[Completion]:
    """Returns what may be typed where the cursor stands, the likeliest first; at most `LIMIT`, or `MOST`.

    >>> [found.text for found in complete("\\\\tim", 4)]
    ['timeline']
    """
    if cursor > _LONGEST_TEXT:
        return []
    place = place_at(text, cursor)
    typed = text[place.start : cursor]
    return list(islice(_FINDERS[place.kind](place, typed, vocabulary), LIMIT if typed else MOST))


def _commands(place: Place, typed: str, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Names of commands; all of one language when nothing is typed."""
    found = best(typed, _command_names(), LIMIT) if typed else [each.name(vocabulary.language) for each in COMMANDS]
    for name in found:
        yield Completion(name, place.start, _command_help()[name])


def _argument(place: Place, typed: str, vocabulary: Vocabulary) -> Iterable[Completion]:
    command = place.command
    assert command is not None
    if kind := _NAMES_OF_ARGUMENT.get(command.argument):
        return _of(kind, best(typed, vocabulary.names_of(kind), MOST), place)
    if command.argument is Argument.DATE:
        return _of("date", best(typed, _date_names(vocabulary.years), MOST), place)
    if command.argument is Argument.SAVED:
        return _of("saved", best(typed, map(Name.of, vocabulary.saved), LIMIT), place)
    if command.argument is Argument.COMMAND:
        return _commands(place._replace(start=place.start + typed.startswith(PREFIX)), typed.lstrip(PREFIX), vocabulary)
    return _choices(command, place, typed)


def _choices(command: Command, place: Place, typed: str) -> Iterator[Completion]:
    others = {**{persian: choice for choice, persian in command.choices.items()}, **command.choices}
    for name in best(typed, map(Name.of, dict.fromkeys((*command.choices, *command.choices.values()))), LIMIT):
        yield Completion(name, place.start, (others[name], others[name]))


def _field_value(place: Place, typed: str, vocabulary: Vocabulary) -> Iterator[Completion]:
    assert place.field is not None
    if place.field == "date":
        yield from _of("date", best(typed, _date_names(vocabulary.years), MOST), place)
    elif place.field in NAMES:
        for name in best(typed, vocabulary.names_of(place.field), MOST):
            written = f"«{name}»" if place.bare and not _is_one_word(name) else name + place.quote
            yield Completion(written, place.start, _WHAT[place.field])
    elif len(typed) >= _FEWEST_LETTERS:
        yield from _of("word", vocabulary.words.best(typed, LIMIT), place)


def _word(place: Place, typed: str, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Fields and operators that begin so, then words."""
    if typed.isascii() and typed.isupper():
        yield from _of("operator", (name for name in _OPERATORS if name.startswith(typed)), place)
    if len(typed) >= _FEWEST_LETTERS:
        yield from _of("field", (name for name in _field_names(typed)), place)
        yield from _of("word", vocabulary.words.best(typed, LIMIT), place)


def _nothing(place: Place, typed: str, vocabulary: Vocabulary) -> Iterable[Completion]:
    return ()


_FINDERS: dict[Kind, Callable[[Place, str, Vocabulary], Iterable[Completion]]] = {
    Kind.COMMAND: _commands,
    Kind.ARGUMENT: _argument,
    Kind.FIELD_VALUE: _field_value,
    Kind.WORD: _word,
    Kind.NOTHING: _nothing,
}


def _of(kind: str, texts: Iterable[str], place: Place) -> Iterator[Completion]:
    return (Completion(text, place.start, _WHAT[kind]) for text in texts)


def _is_one_word(name: str) -> bool:
    """Whether a name can stand after a colon as it is."""
    return not any(char.isspace() or char in '()،,؛;«»"' + keywords.COLONS for char in name)


def _field_names(typed: str) -> Iterator[str]:
    key = keywords.spelled(typed)
    return (f"{name}:" for name, spelled in _all_fields() if spelled.startswith(key))


@cache
def _all_fields() -> tuple[tuple[str, str], ...]:
    return tuple((name, keywords.spelled(name)) for told in keywords.FIELD_TABLE.values() for name in told.split())


@cache
def _command_names() -> tuple[Name, ...]:
    return tuple(Name.of(name) for command in COMMANDS for name in command.names if len(name) > 1)


@cache
def _command_help() -> dict[str, tuple[str, str]]:
    return {name: command.help for command in COMMANDS for name in command.names}


@cache
def _date_names(years: tuple[int, ...]) -> tuple[Name, ...]:
    return tuple(map(Name.of, date_words(years)))


_PERSIAN = (
    "امروز", "دیروز", "پریروز", "این هفته", "هفتهٔ گذشته", "این ماه", "ماه گذشته", "امسال", "پارسال",
    "۷ روز گذشته", "۳۰ روز گذشته", "۳ ماه گذشته", "نوروز", "بهار", "تابستان", "پاییز", "زمستان",
)  # fmt: skip
_ENGLISH = (
    "today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year",
    "last 7 days", "last 30 days",
)  # fmt: skip


def date_words(years: Sequence[int]) -> Iterator[str]:
    """Yields words for dates, the likeliest first; months of these Jalali years, the latest first, are among them.

    >>> next(date_words([1402])), "مهر ۱۴۰۲" in list(date_words([1402]))
    ('امروز', True)
    """
    yield from _PERSIAN
    yield from _ENGLISH
    persian_years = [persian_digits(str(year)) for year in years]
    yield from persian_years
    for year in persian_years:
        yield from (f"{month} {year}" for month in JALALI_MONTHS)
    yield from JALALI_MONTHS
    yield from GREGORIAN_MONTHS
    yield from map(str, years)
