"""Colours a query as it is cut by the query language's own grammar; imported once something is typed."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from ..query import keywords
from ..query.lexer import Kind, Lexeme
from ..query.parser import settled
from ..query.syntax import Barred, Boosted, Hashtag, InField, Phrase, Required, Similar, Wildcard
from .command_table import Stretch

_OF_PART: dict[type, str] = {Phrase: "phrase", Wildcard: "pattern", Similar: "pattern", Hashtag: "hashtag"}
_NAME_FIELDS = ("source", "category", "tag", "code", "date", "speaker")


def query_stretches(text: str) -> Iterator[Stretch]:
    """Yields the parts of a query in their order, some of them empty."""
    read, lexemes = settled(text)
    at = 0
    for lexeme in lexemes:
        yield from _passed_over(read, at, lexeme.start)
        yield from _lexeme(read, lexeme)
        at = lexeme.end
    yield from _passed_over(read, at, len(read))
    yield Stretch(len(read), len(text), "ignored")


def _passed_over(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Signs between lexemes, which the query does without."""
    if passed := text[start:end].strip():
        at = start + text[start:end].index(passed)
        yield Stretch(at, at + len(passed), "ignored")


def _lexeme(text: str, lexeme: Lexeme) -> Iterator[Stretch]:
    start, end = lexeme.start, lexeme.end
    if lexeme.kind in (Kind.OPERATOR, Kind.NEAR):
        yield Stretch(start, end, "operator")
    elif lexeme.kind is Kind.OPEN:
        at = yield from _prefix(text, start, end, bool(lexeme.prefix.sign), bool(lexeme.prefix.field))
        yield Stretch(at, end, "bracket")
    elif lexeme.kind is Kind.CLOSE:
        yield Stretch(start, end, "bracket")
    elif lexeme.kind is Kind.CLAUSE:
        yield from _clause(text, lexeme)


def _clause(text: str, lexeme: Lexeme) -> Iterator[Stretch]:
    """A sign, the name of a field, and what is to be found, whichever it has."""
    part, end = lexeme.part, lexeme.end
    has_sign = isinstance(part, Required | Barred)
    if isinstance(part, Required | Barred):
        part = part.part
    field = part.field if isinstance(part, InField) else None
    if isinstance(part, InField):
        part = part.part
    at = yield from _prefix(text, lexeme.start, end, has_sign, field is not None)
    boost = text.rfind("^", at, end) if isinstance(part, Boosted) else -1
    if isinstance(part, Boosted):
        part = part.part
    what = "date" if field == "date" else "name" if field in _NAME_FIELDS else _OF_PART.get(type(part), "value")
    yield Stretch(at, end if boost < 0 else boost, what)
    if boost >= 0:
        yield Stretch(boost, end, "boost")


def _prefix(text: str, start: int, end: int, has_sign: bool, has_field: bool) -> Generator[Stretch, None, int]:
    """The sign and the name of the field before a part; where the part itself begins."""
    at = start + has_sign
    yield Stretch(start, at, "sign")
    if has_field:
        colons = [place for colon in keywords.COLONS if (place := text.find(colon, at, end)) >= 0]
        name_end = min(colons) + 1
        yield Stretch(at, name_end, "field")
        at = name_end + len(text[name_end:end]) - len(text[name_end:end].lstrip())
    return at
