"""The index as Whoosh knows it: its fields, and the Persian analyzer in Whoosh's own protocol."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Analyzer, Token

from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer

ALL_TEXT = "text"
TEXT_FIELDS = (ALL_TEXT, "title", "lead", "body")
"""Fields of words; the first is the other three together."""

NAME_FIELDS = ("source", "category", "tag")
"""Fields of names, matched whole."""

DATE_FIELD = "published"
"""The field of dates, in UTC."""


class WhooshAnalyzer(Analyzer):  # type: ignore[misc]
    """`PersianAnalyzer` for whatever speaks Whoosh: gives lemmas, with positions and offsets when asked."""

    def __init__(self, analyzer: PersianAnalyzer | None = None) -> None:
        self._analyzer = analyzer

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **options: Any,
    ) -> Iterator[Token]:
        """Yields one Whoosh token, its attributes set anew for each term of the text, as Whoosh's own analyzers do."""
        token = Token(positions, chars, mode=mode, boost=1.0, stopped=False)
        for found in (self._analyzer or default_analyzer()).tokens(value):
            token.text = found.term.lemma
            token.original = value[found.start : found.end]
            token.pos = start_pos + found.position
            token.startchar = start_char + found.start
            token.endchar = start_char + found.end
            yield token


@lru_cache(maxsize=1)
def whoosh_schema() -> fields.Schema:
    """Returns the schema of every index."""
    schema = fields.Schema(id=fields.ID(stored=True, unique=True))
    for name in TEXT_FIELDS:
        field = fields.TEXT(analyzer=WhooshAnalyzer(), phrase=True)
        field.format = formats.Positions()
        schema.add(name, field)
    for name in NAME_FIELDS:
        schema.add(name, fields.ID())
    schema.add(DATE_FIELD, fields.DATETIME(sortable=True))
    return schema
