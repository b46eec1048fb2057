"""The grammar: a query to a syntax tree. Any string is a query; what cannot be parsed is taken as words, with a note.

From the tightest to the loosest: NEAR joins two parts; NOT bars one; parts beside each other belong together; AND; OR.
``و``, ``یا`` and ``نه`` are words of every other sentence (مرگ و میر, رئیسی و پوتین), and queries are often headlines.
So they are operators only beside what is plainly no plain word: a phrase, a field, a pattern, a group with an operator
in it. Between two groups in parentheses ``و`` and ``یا`` join them, and ``یا`` also joins words within one; after
another operator, ``نه`` bars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

from .keywords import AND, NOT, OR
from .lexer import Kind, Lexeme, scan
from .notes import Note
from .syntax import (
    Asked,
    Barred,
    Boosted,
    Both,
    Close,
    Either,
    Question,
    Required,
    Together,
    Words,
)

DEPTH_LIMIT = 20
"""Parentheses within parentheses that are read; deeper ones are passed over."""

_OPERAND_ENDS = (Kind.WORD, Kind.CLAUSE, Kind.CLOSE)
_OPERAND_STARTS = (Kind.WORD, Kind.CLAUSE, Kind.OPEN)


def parse(text: str) -> Question:
    """Returns the syntax tree of a query, and notes of how it was read where something in it could not be.

    >>> parse("زلزله تهران").root
    Words(text='زلزله تهران')
    >>> parse('"مجلس خبرگان" و انتخابات') == parse('«مجلس خبرگان» AND انتخابات')
    True
    """
    text, lexemes, notes = scan(text)
    lexemes = _settled(text, lexemes, notes)
    return Question(_Parser(text, lexemes).either(), tuple(dict.fromkeys(notes)))


def settled(text: str) -> tuple[str, list[Lexeme]]:
    """Returns the part of a query that is read, and its lexemes so: brackets paired, operators decided."""
    text, lexemes, notes = scan(text)
    return text, _settled(text, lexemes, notes)


def _settled(text: str, lexemes: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    lexemes = _settle_or(_match_brackets(lexemes, notes))
    return _demote_idle(text, _choose_operators(lexemes), notes)


# -- lexemes put right -----------------------------------------------------------------------------------------


def _match_brackets(lexemes: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes with every bracket paired, and none around nothing or deeper than the limit."""
    kept: list[Lexeme] = []
    opened: list[int | None] = []  # where in ``kept`` each open bracket is; None for one passed over
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            is_deep = len(opened) >= DEPTH_LIMIT
            opened.append(None if is_deep else len(kept))
            if is_deep:
                notes.append(Note("deep", str(DEPTH_LIMIT)))
                continue
        elif lexeme.kind is Kind.CLOSE:
            if not opened:
                notes.append(Note("close"))
                continue
            place = opened.pop()
            if place is None:
                continue
            if place == len(kept) - 1:
                kept.pop()
                continue
        kept.append(lexeme)
    for place in reversed(opened):
        notes.append(Note("open"))
        if place is None:
            continue
        if place == len(kept) - 1:
            kept.pop()
        else:
            end = kept[-1].end
            kept.append(Lexeme(Kind.CLOSE, end, end))
    return kept


def _settle_or(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with every «یا» within parentheses an operator."""
    settled: list[Lexeme] = []
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        is_or = depth > 0 and lexeme.is_word_too and lexeme.operator == OR
        settled.append(replace(lexeme, is_word_too=False) if is_or else lexeme)
    return settled


def _choose_operators(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with the Persian operators that are words here made words."""
    groups = _groups(lexemes)
    chosen = list(lexemes)
    for place, lexeme in enumerate(lexemes):
        if lexeme.is_word_too:
            after = place + 1
            if lexeme.operator != NOT and after < len(lexemes) and _is_word_not(lexemes[after]):
                after += 1  # و نه
            follows_operator = place > 0 and chosen[place - 1].kind is Kind.OPERATOR
            left, right = groups.get(place - 1, _PLAIN), groups.get(after, _PLAIN)
            if lexeme.operator == NOT:
                is_operator = right == _MARKED or follows_operator
            else:
                is_operator = _MARKED in (left, right) or left == right == _GROUP
            chosen[place] = lexeme if is_operator else replace(lexeme, kind=Kind.WORD)
    return chosen


def _is_word_not(lexeme: Lexeme) -> bool:
    return lexeme.is_word_too and lexeme.operator == NOT


_PLAIN, _GROUP, _MARKED = range(3)


def _groups(lexemes: list[Lexeme]) -> dict[int, int]:
    """What is plainly no plain word, by its place; a bracket stands for its whole group."""
    marked = [0, *accumulate(_is_sure(lexeme) for lexeme in lexemes)]
    kinds: dict[int, int] = {}
    opened: list[int] = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.OPEN:
            opened.append(place)
        elif lexeme.kind is Kind.CLOSE:
            start = opened.pop()
            kinds[start] = kinds[place] = _MARKED if marked[place] > marked[start] else _GROUP
        elif lexeme.is_marked:
            kinds[place] = _MARKED
    return kinds


def _is_sure(lexeme: Lexeme) -> bool:
    is_operator = lexeme.kind in (Kind.OPERATOR, Kind.NEAR) and not lexeme.is_word_too
    return is_operator or lexeme.kind is Kind.CLAUSE or lexeme.is_marked


def _demote_idle(text: str, lexemes: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes with operators that have nothing to join made words, or passed over where they are signs."""
    backwards: list[Lexeme] = []
    for lexeme in reversed(lexemes):
        following = backwards[-1] if backwards else None
        backwards += _kept(text, lexeme, _begins_operand(following, lexeme), notes)
    forwards: list[Lexeme] = []
    for lexeme in reversed(backwards):
        is_joined = bool(forwards) and forwards[-1].kind in _OPERAND_ENDS
        forwards += _kept(text, lexeme, is_joined or lexeme.operator == NOT, notes)
    _note_not(text, forwards, notes)
    return forwards


def _begins_operand(following: Lexeme | None, operator: Lexeme) -> bool:
    if following is None:
        return False
    is_not = following.kind is Kind.OPERATOR and following.operator == NOT and operator.kind is not Kind.NEAR
    return following.kind in _OPERAND_STARTS or is_not


def _kept(text: str, lexeme: Lexeme, is_joined: bool, notes: list[Note]) -> Iterator[Lexeme]:
    if lexeme.kind not in (Kind.OPERATOR, Kind.NEAR) or is_joined:
        yield lexeme
        return
    shown = text[lexeme.start : lexeme.end]
    is_sign = not any(map(str.isalpha, shown))
    if not lexeme.is_word_too:
        notes.append(Note("sign" if is_sign else "operator", shown))
    if not is_sign:
        yield replace(lexeme, kind=Kind.WORD)


def _note_not(text: str, lexemes: list[Lexeme], notes: list[Note]) -> None:
    """A note where «نه» between plain words may have been meant to bar."""
    for before, lexeme, after in zip(lexemes, lexemes[1:], lexemes[2:], strict=False):
        if lexeme.kind is Kind.WORD and _is_word_not(lexeme) and before.kind is after.kind is Kind.WORD:
            notes.append(Note("not", text[after.start : after.end]))


# -- lexemes to a tree -----------------------------------------------------------------------------------------


class _Run:
    """Plain words beside each other: a piece of the query that begins and ends with a word or a group of words."""

    def __init__(self, start: int, end: int, words: str | None = None) -> None:
        self.start, self.end, self.words = start, end, words

    def extend(self, end: int) -> None:
        self.end, self.words = end, None

    def part(self, text: str) -> Words:
        return Words(self.words or " ".join(text[self.start : self.end].split()))


class _Parser:
    """Recursive descent over lexemes that are in order: brackets are paired, operators have both their operands."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        self._text, self._lexemes, self._at = text, lexemes, 0

    def either(self) -> Asked | None:
        return self._joined(OR, Either, lambda: self._joined(AND, Both, self._together))

    def _joined(
        self, operator: str, join: type[Either] | type[Both], parse_part: Callable[[], Asked | None]
    ) -> Asked | None:
        parts = [parse_part()]
        while self._peek_operator() == operator:
            self._at += 1
            parts.append(parse_part())
        flat: list[Asked] = []
        for part in parts:
            if part is not None:
                flat += part.parts if isinstance(part, join) else [part]
        return flat[0] if len(flat) == 1 else join(tuple(flat)) if flat else None

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _peek_operator(self) -> str:
        lexeme = self._peek()
        return lexeme.operator if lexeme and lexeme.kind is Kind.OPERATOR else ""

    def _together(self) -> Asked | None:
        found: list[Asked | _Run] = []
        while (lexeme := self._peek()) and lexeme.kind is not Kind.CLOSE and self._peek_operator() not in (AND, OR):
            negations = 0
            while self._peek_operator() == NOT:
                self._at += 1
                negations += 1
            operand = self._near()
            if negations:
                settled = self._settled(operand)
                found += [Barred(settled) if negations % 2 else Required(settled)] if settled else []
            elif isinstance(operand, _Run) and found and isinstance(found[-1], _Run):
                found[-1].extend(operand.end)
            elif operand is not None:
                found.append(operand)
        parts = [part.part(self._text) if isinstance(part, _Run) else part for part in found]
        return parts[0] if len(parts) == 1 else Together(tuple(parts)) if parts else None

    def _settled(self, operand: Asked | _Run | None) -> Asked | None:
        return operand.part(self._text) if isinstance(operand, _Run) else operand

    def _near(self) -> Asked | _Run | None:
        """An operand with what NEAR joins to it."""
        first = self._operand()
        parts: list[Asked] = []
        distance = 0
        while (lexeme := self._peek()) and lexeme.kind is Kind.NEAR:
            self._at += 1
            distance = max(distance, lexeme.distance)
            parts += filter(None, [self._settled(self._operand())])
        left = self._settled(first)
        return Close((left, *parts), distance) if left and parts else first or (parts[0] if parts else None)

    def _operand(self) -> Asked | _Run | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme)
        if lexeme.kind is Kind.WORD:
            return _Run(lexeme.start, lexeme.end)
        return lexeme.part

    def _group(self, opened: Lexeme) -> Asked | _Run | None:
        inside = self.either()
        closed = self._lexemes[self._at]
        self._at += 1
        if inside is None:
            return None
        if isinstance(inside, Words) and closed.boost == 1 and opened.prefix.wrap(inside) is inside:
            return _Run(opened.start, closed.end, inside.text)
        return opened.prefix.wrap(inside if closed.boost == 1 else Boosted(inside, closed.boost))
