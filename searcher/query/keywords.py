"""The words and signs of the query language: tables, in Persian and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from khabarjoo.analyzers.normalizer import ZWNJ, fold, join_parts

if TYPE_CHECKING:
    from .syntax import Field

# The names of each field, in both languages. None is a word that headlines commonly have before a colon; those that
# they have now and then (منبع, تاریخ) are read wrongly only where a value follows that can be one.
FIELD_TABLE = {
    "title": "عنوان تیتر title headline",
    "lead": "لید lead",
    "body": "متن body text",
    "source": "منبع source",
    "category": "دسته دسته‌بندی سرویس category",
    "tag": "برچسب تگ tag",
    "date": "تاریخ date",
    "code": "کد code",
    "speaker": "گوینده speaker",
}

AND, OR, NOT = "AND", "OR", "NOT"

OPERATORS = {AND: AND, OR: OR, NOT: NOT, "&": AND, "&&": AND, "|": OR, "||": OR}
"""What is always an operator when it stands alone."""

PERSIAN_OPERATORS = {"و": AND, "یا": OR, "نه": NOT}
"""Operators that are plain words too: they join only what is plainly no plain word (see `parser`)."""

NEAR_WORDS = frozenset(("near", "w", "نزدیک"))
"""With a slash and a number after it, says how far apart words may be."""

_MAY_JOIN = frozenset(word.casefold() for word in (*OPERATORS, "یا", "نه", *NEAR_WORDS))

PAIRED_QUOTES = {"«": "»", "»": "«", "‹": "›", "《": "》"}
LOOSE_QUOTES = '"“”„‟＂〝〞'
"""Any of these is closed by any other of them."""

OPENING, CLOSING = "(（", ")）"
REQUIRED_SIGNS, BARRED_SIGNS = "+＋", "-−－"
EXACT_SIGNS = "=＝"
PERSIAN_QUESTION_MARK = "؟"
ANY_LETTERS, ONE_LETTER = "*٭＊", f"?？{PERSIAN_QUESTION_MARK}"
COLONS = ":："

# What a headline says it comes with: «… +عکس». There the plus asks for nothing.
_ENCLOSURES = (
    "عکس عکسها تصویر تصاویر فیلم ویدئو ویدیو کلیپ صوت جزئیات جدول سند اسناد نقشه نمودار اینفوگرافیک لینک حکم متن گزارش"
)

# Comparisons before a date, as a date says them.
COMPARISONS = {">=": "since ", "<=": "until ", ">": "after ", "<": "before "}


def spelled(text: str) -> str:
    """Returns a word as the tables spell it: folded, without ZWNJ."""
    return join_parts(fold(text))


def has_joiner(words: str) -> bool:
    """Returns whether one of some words is, or could be, an operator."""
    return not _MAY_JOIN.isdisjoint(map(str.casefold, words.replace(ZWNJ, " ").split(" ")))


def field_named(name: str) -> Field | None:
    """Returns the field that a name stands for, in either language and any spelling.

    >>> field_named("عنوان"), field_named("TITLE"), field_named("رئیسی")
    ('title', 'title', None)
    """
    return _fields().get(spelled(name))


def is_enclosure(word: str) -> bool:
    """Returns whether a headline may add this word with a plus."""
    return spelled(word) in _enclosures()


@cache
def _fields() -> dict[str, Field]:
    return {spelled(name): cast("Field", field) for field, names in FIELD_TABLE.items() for name in names.split()}


@cache
def _enclosures() -> frozenset[str]:
    return frozenset(map(spelled, _ENCLOSURES.split()))
