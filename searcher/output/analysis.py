"""What the analyzer makes of a text: a table to read, JSON, or ``text<TAB>lemmas`` for other tools."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..config import current
from ..terminal_safety import Sink, one_line
from .aligned_table import write_table
from .hits_data import FORMAT_VERSION, dump
from .publication_dates import in_digits
from .styles import is_terminal

if TYPE_CHECKING:
    from khabarjoo.analyzers.analyzer import Token

_HEADER = {
    "word": "واژه", "position": "جا", "form": "صورت", "lemma": "بن", "parts": "پاره‌ها", "rule": "قاعده",
    "entry": "مدخل",
}  # fmt: skip
"""What the columns are called, in English and in Persian."""


def write_analysis_table(text: str, tokens: Sequence[Token], out: Sink) -> None:
    """Writes one row for each term, in the reader's language: the word as typed, where it stands, what it is found by,
    and why.
    """
    chosen, rows = current(), [_row(text, token) for token in tokens]
    head = ["#" if name == "position" and is_terminal(out) else name for name in _HEADER]  # there is less room
    if chosen.language_of_messages() == "fa":
        from .translation import translated

        head = [_HEADER.get(name, name) for name in head]
        rows = [(word, at, *found, translated(rule), entry) for word, at, *found, rule, entry in rows]
    write_table([head, *((word, in_digits(at, chosen.digits), *rest) for word, at, *rest in rows)], out)


def write_analysis_json(text: str, tokens: Sequence[Token], out: Sink) -> None:
    """Writes one JSON object, in one line; ``start`` and ``end`` count characters of the text."""
    records = [
        {
            "word": text[token.start : token.end],
            "start": token.start,
            "end": token.end,
            "position": token.position,
            "form": token.term.form,
            "lemma": token.term.lemma,
            "parts": list(token.term.parts),
            "rule": token.term.rule,
            "entry": token.term.entry,
        }
        for token in tokens
    ]
    dump({"format_version": FORMAT_VERSION, "text": text, "tokens": records}, out, indent=None)


def write_analysis_tsv(text: str, tokens: Sequence[Token], out: Sink) -> None:
    """Writes the text as it is, but in one line on a terminal, a tab, and its lemmas separated by spaces."""
    shown = one_line(text) if is_terminal(out) else text
    out.write(f"{shown}\t{' '.join(token.term.lemma for token in tokens)}\n")


ANALYSIS_FORMATS: dict[str, Callable[[str, Sequence[Token], Sink], None]] = {
    "table": write_analysis_table,
    "json": write_analysis_json,
    "tsv": write_analysis_tsv,
}


def _row(text: str, token: Token) -> tuple[str, ...]:
    term = token.term
    word = text[token.start : token.end]
    return (word, str(token.position), term.form, term.lemma, " ".join(term.parts), term.rule, term.entry)
