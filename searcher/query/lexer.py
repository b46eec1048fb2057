"""Cutting a query into lexemes: words, operators, brackets, and clauses (all that has a sign, field or quotes to it).

Nothing is refused: what has no place is passed over or left as a word, with a note. One pass, in linear time; texts of
any length are cut off at WORD_LIMIT and CHARACTER_LIMIT.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from khabarjoo.analyzers.normalizer import BIDI_CONTROLS, TATWEEL, ZWNJ, ZWNJ_LOOKALIKES
from khabarjoo.analyzers.value_object import value

from . import keywords
from .notes import Note
from .query_dates import date_end
from .syntax import (
    Asked,
    Barred,
    Boosted,
    Field,
    Hashtag,
    InField,
    Phrase,
    Required,
    Similar,
    Wildcard,
    Words,
)

WORD_LIMIT = 1000
"""Words of a query that are read."""
CHARACTER_LIMIT = 100_000
"""Characters of a query that are read."""
MOST_BETWEEN = 100
"""Words that may stand between words that are near."""
USUAL_BETWEEN = 10
"""Those of NEAR and of "…"~ without a number."""
MOST_EDITS = 2
"""Letters in which a similar word may differ."""
BOOSTS = (0.01, 100.0)
"""The least and the most a part may be boosted."""

_INVISIBLE = ZWNJ + ZWNJ_LOOKALIKES + BIDI_CONTROLS
_MARKS = "\u064b-\u0655\u0670"
_QUOTES = keywords.LOOSE_QUOTES + "".join(keywords.PAIRED_QUOTES)
_GAP = re.compile(rf"[\s{_INVISIBLE}]*")
_CHUNK = re.compile(rf"[^\s|{_QUOTES}{keywords.OPENING}{keywords.CLOSING}]+")
_BARS = re.compile(r"\|+")
_FIELD = re.compile(rf"([^\W\d_](?:[^\W_]|[{_INVISIBLE}{TATWEEL}{_MARKS}]){{0,20}})\s{{0,3}}[{keywords.COLONS}]")
_BOOST = re.compile(r"\^(\d{1,4}(?:[.٫]\d{1,4})?)")
_DISTANCE = re.compile(r"[~～](\d{0,4})")
_CHUNK_DISTANCE = re.compile(r"[~～](\d{0,4})\Z")
_CHUNK_BOOST = re.compile(r"\^(\d{1,4}(?:[.٫]\d{1,4})?)\Z")
_LONGEST_SUFFIX = 16
_NEAR = re.compile(rf"([^\W\d_]{{1,6}})[{_INVISIBLE}]{{0,3}}[/⁄](\d{{1,4}})\Z")
_HASHTAG = re.compile(r"[#＃]\w*[^\W_]_+[^\W_]\w*\Z")
_LETTER = r"[^\W\d_]"
_ONE_LETTER = re.compile(rf"(?<={_LETTER})[{keywords.ONE_LETTER}](?={_LETTER})")
_ONE_WORD = re.compile(rf"[\w{_INVISIBLE}{keywords.ONE_LETTER}]+\Z")
_STARS = re.compile(rf"(?<!\d)[{keywords.ANY_LETTERS}]|[{keywords.ANY_LETTERS}](?!\d)")
_EDGES = ".,،؛;:!…'’()[]{}<>/\\+-=#^~" + keywords.ONE_LETTER
_DOTS_APART = re.compile(r" (\.\.+|…)")
_LONGEST_DATE = 14  # words of a date without quotes


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()  # a plain word
    CLAUSE = auto()  # a part of its own
    OPEN = auto()
    CLOSE = auto()
    OPERATOR = auto()
    NEAR = auto()


@value
class Prefix:
    """What stands before a part: + or - as ``sign``, a field, and the sign that asks for exact letters."""

    sign: str = ""
    field: Field | None = None
    exact: bool = False

    def wrap(self, part: Asked) -> Asked:
        """Returns the part with the field and the sign."""
        if self.field:
            part = InField(self.field, part)
        if self.sign:
            part = Required(part) if self.sign in keywords.REQUIRED_SIGNS else Barred(part)
        return part


NO_PREFIX = Prefix()


@value
class Lexeme:
    """A piece of the query: ``text[start:end]``.

    ``operator`` is AND, OR or NOT; ``is_word_too`` says that it is a plain word unless what is beside it is none.
    """

    kind: Kind
    start: int
    end: int
    part: Asked | None = None
    prefix: Prefix = NO_PREFIX
    boost: float = 1.0
    operator: str = ""
    is_word_too: bool = False
    distance: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether it is plainly no plain word: a phrase, a field, a pattern."""
        if self.kind is Kind.OPEN:
            return self.prefix.field is not None
        return self.kind is Kind.CLAUSE and not isinstance(self.part, Required | Barred | Hashtag)


def scan(text: str) -> tuple[str, list[Lexeme], list[Note]]:
    """Returns the part of a text that is read, its lexemes, and notes of what was passed over."""
    scanner = _Scanner(text[:CHARACTER_LIMIT])
    if len(text) > CHARACTER_LIMIT:
        scanner.notes.append(Note("characters", f"{CHARACTER_LIMIT:,}"))
    scanner.run()
    return scanner.text, scanner.lexemes, scanner.notes


@dataclass
class _Scanner:
    text: str
    lexemes: list[Lexeme] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    at: int = 0
    words: int = 0

    def __post_init__(self) -> None:
        self._has_colon = any(colon in self.text for colon in keywords.COLONS)
        self._loose = [place for place, char in enumerate(self.text) if char in keywords.LOOSE_QUOTES]

    def run(self) -> None:
        while (start := _end(_GAP, self.text, self.at)) < len(self.text):
            if self.words >= WORD_LIMIT:  # whatever follows, were it but a bracket
                self.notes.append(Note("words", f"{WORD_LIMIT:,}"))
                break
            may_be_glued = bool(self.lexemes) and self.lexemes[-1].kind not in (Kind.OPEN, Kind.OPERATOR)
            self._lexeme(start, is_glued=may_be_glued and start == self.at)

    def _lexeme(self, start: int, *, is_glued: bool) -> None:
        char = self.text[start]
        if char in keywords.OPENING:
            self._add(Lexeme(Kind.OPEN, start, start + 1))
        elif char in keywords.CLOSING:
            boost, end = self._boost(start + 1)
            self._add(Lexeme(Kind.CLOSE, start, end, boost=boost))
        elif bars := _BARS.match(self.text, start):
            self._add(Lexeme(Kind.OPERATOR, start, bars.end(), operator=keywords.OR))
        elif char in _QUOTES:
            self._quoted(start, start, NO_PREFIX)
        elif is_glued:
            self._chunk(start, start, NO_PREFIX)
        else:
            self._prefixed(start)

    def _add(self, lexeme: Lexeme) -> None:
        self.lexemes.append(lexeme)
        self.at = lexeme.end

    def _clause(self, start: int, end: int, part: Asked, prefix: Prefix, boost: float = 1.0) -> None:
        boosted = part if boost == 1 else Boosted(part, boost)
        self._add(Lexeme(Kind.CLAUSE, start, end, part=prefix.wrap(boosted)))

    # -- what may stand before a part --------------------------------------------------------------------------

    def _prefixed(self, start: int) -> None:
        """A part with its sign, field and sign of exactness, whichever it has."""
        at, sign = start, ""
        if self.text[at] in keywords.REQUIRED_SIGNS + keywords.BARRED_SIGNS and self._may_follow_sign(at + 1):
            sign, at = self.text[at], at + 1
        name, named, value = at, *self._field(at)
        if named and not self._has_value(value, may_compare=named == "date"):
            self.notes.append(Note("field", self.text[name:value]))
        elif named == "date" and self.text[value] not in keywords.OPENING + _QUOTES:
            if self._date(start, value, Prefix(sign, named)):
                return
        elif named:
            at = value
        named = named if at == value else None
        prefix = Prefix(sign, named) if sign or named else NO_PREFIX
        following = self.text[at + 1 : at + 2]
        if self.text[at] in keywords.EXACT_SIGNS and (following.isalnum() or self._closing(at + 1) is not None):
            prefix, at = replace(prefix, exact=True), at + 1
        if self.text[at] in keywords.OPENING:
            self._add(Lexeme(Kind.OPEN, start, at + 1, prefix=prefix))
        elif self._closing(at) is not None:
            self._quoted(start, at, prefix)
        else:
            self._chunk(start, at, prefix)

    def _may_follow_sign(self, at: int) -> bool:
        following = self.text[at : at + 1]
        signs = keywords.OPENING + keywords.EXACT_SIGNS + keywords.ANY_LETTERS + "#"
        return following.isalnum() or (following != "" and following in signs) or self._closing(at) is not None

    def _field(self, at: int) -> tuple[Field | None, int]:
        """The field named at a place, and where its value begins."""
        match = _FIELD.match(self.text, at) if self._has_colon else None
        named = keywords.field_named(match[1]) if match else None
        return (named, _end(_GAP, self.text, match.end())) if match and named else (None, -1)

    def _has_value(self, at: int, *, may_compare: bool) -> bool:
        if at >= len(self.text) or self._field(at)[0]:
            return False
        is_exact = self.text[at] in keywords.EXACT_SIGNS
        if self.text[at] in keywords.OPENING or self._closing(at + is_exact) is not None:
            return True
        chunk = _CHUNK.match(self.text, at)
        if may_compare and chunk and chunk[0] in keywords.COMPARISONS:
            chunk = _CHUNK.match(self.text, _end(_GAP, self.text, chunk.end()))
        return chunk is not None and (_has_letters(chunk[0]) or any(sign in chunk[0] for sign in keywords.ANY_LETTERS))

    # -- quotes ------------------------------------------------------------------------------------------------

    def _closing(self, at: int) -> int | None:
        """Where the quotation mark at a place is closed; None if there is no mark, or none that closes it."""
        char = self.text[at : at + 1]
        if char and char in keywords.LOOSE_QUOTES:
            following = bisect_left(self._loose, at + 1)
            return self._loose[following] if following < len(self._loose) else None
        if char in keywords.PAIRED_QUOTES:
            found = self.text.find(keywords.PAIRED_QUOTES[char], at + 1)
            return found if found >= 0 else None
        return None

    def _quoted(self, start: int, at: int, prefix: Prefix) -> None:
        closing = self._closing(at)
        if closing is None:
            self.notes.append(Note("quote"))
            self.at = at + 1
            return
        words = self.text[at + 1 : closing].split()[: WORD_LIMIT - self.words]
        inside = " ".join(words)
        self.words += max(1, len(words))
        distance, end = self._distance(closing + 1)
        boost, end = self._boost(end)
        if not _has_letters(inside):
            self.notes.append(Note("empty"))
            self.at = end
        else:
            self._clause(start, end, Phrase(inside, distance, prefix.exact), prefix, boost)

    def _distance(self, at: int) -> tuple[int | None, int]:
        match = _DISTANCE.match(self.text, at)
        if not match:
            return None, at
        return self._at_most(int(match[1] or USUAL_BETWEEN), MOST_BETWEEN) or None, match.end()

    def _boost(self, at: int) -> tuple[float, int]:
        match = _BOOST.match(self.text, at)
        return (self._factor(match[1]), match.end()) if match else (1.0, at)

    def _factor(self, digits: str) -> float:
        factor = float(digits.replace("٫", "."))
        least, most = BOOSTS
        if not least <= factor <= most:
            factor = min(max(factor, least), most)
            self.notes.append(Note("most", f"^{factor:g}"))
        return factor

    def _at_most(self, number: int, most: int) -> int:
        if number > most:
            self.notes.append(Note("most", str(most)))
        return min(number, most)

    # -- words -------------------------------------------------------------------------------------------------

    def _chunk(self, start: int, at: int, prefix: Prefix) -> None:
        """What stands between spaces: an operator, a word with its signs, or a plain word."""
        match = _CHUNK.match(self.text, at)
        if not match:
            self.at = at + 1
            return
        chunk, end = match[0].strip(_INVISIBLE), match.end()
        self.words += 1
        if prefix is NO_PREFIX and (operator := self._operator(chunk, start, end)):
            self._add(operator)
        elif not _has_letters(chunk):
            if any(sign in chunk for sign in keywords.ANY_LETTERS):
                self.notes.append(Note("letters", chunk))
            self.at = end
        else:
            self._word(chunk, start, end, prefix)

    def _operator(self, chunk: str, start: int, end: int) -> Lexeme | None:
        if operator := keywords.OPERATORS.get(chunk):
            return Lexeme(Kind.OPERATOR, start, end, operator=operator)
        if len(chunk) <= 2 and (operator := keywords.PERSIAN_OPERATORS.get(keywords.spelled(chunk))):
            return Lexeme(Kind.OPERATOR, start, end, operator=operator, is_word_too=True)
        if chunk == "NEAR":
            return Lexeme(Kind.NEAR, start, end, distance=USUAL_BETWEEN)
        near = _NEAR.match(chunk)
        if near and keywords.spelled(near[1]) in keywords.NEAR_WORDS:
            return Lexeme(Kind.NEAR, start, end, distance=self._at_most(int(near[2]), MOST_BETWEEN))
        return None

    def _word(self, chunk: str, start: int, end: int, prefix: Prefix) -> None:
        bare, edits, boost = self._suffixes(chunk)
        if prefix.exact:
            part: Asked = Phrase(bare, exact=True)
        elif edits:
            part = Similar(bare, edits)
        elif pattern := _pattern(bare):
            part = Wildcard(pattern)
        elif _HASHTAG.match(bare):
            part = Hashtag(bare)
        else:
            part = Words(bare)
            is_enclosed = prefix.sign in keywords.REQUIRED_SIGNS and keywords.is_enclosure(bare.strip(_EDGES))
            if boost == 1 and prefix.field is None and (not prefix.sign or is_enclosed):
                self._add(Lexeme(Kind.WORD, start, end))
                return
        self._clause(start, end, part, prefix, boost)

    def _suffixes(self, chunk: str) -> tuple[str, int, float]:
        """A word without the signs behind it, the letters it may differ in (0 without a sign), and its boost."""
        bare, edits, boost = chunk, 0, 1.0
        if match := _CHUNK_BOOST.search(bare, max(0, len(bare) - _LONGEST_SUFFIX)):
            if not _has_letters(bare[: match.start()]):
                return chunk, 0, 1.0
            bare, boost = bare[: match.start()], self._factor(match[1])
        match = _CHUNK_DISTANCE.search(bare, max(0, len(bare) - _LONGEST_SUFFIX))
        if match and _has_letters(bare[: match.start()]):
            bare, edits = bare[: match.start()], self._at_most(int(match[1] or 1), MOST_EDITS)
        return bare, edits, boost

    # -- dates -------------------------------------------------------------------------------------------------

    def _date(self, start: int, at: int, prefix: Prefix) -> bool:
        """The date that follows a field's name: as many words as make one. Without one, the name is a word."""
        from khabarjoo.analyzers.dates import DateError

        stops = self._date_stops(at)
        try:
            end = date_end(self.text, at, stops)
        except DateError as error:
            self.notes.append(Note("date", self.text[at : stops[0]], str(error)))
            return False
        self.words += 1
        date = _DOTS_APART.sub(r"\1", " ".join(self.text[at:end].split()))
        self._clause(start, end, Words(date), prefix)
        return True

    def _date_stops(self, at: int) -> list[int]:
        """Where the words end that may belong to a date beginning at a place."""
        stops: list[int] = []
        while len(stops) < _LONGEST_DATE and (chunk := _CHUNK.match(self.text, at)):
            if stops and (chunk[0] in keywords.OPERATORS or self._field(at)[0]):
                break
            stops.append(chunk.end())
            at = _end(_GAP, self.text, chunk.end())
        return stops


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def _pattern(word: str) -> str:
    """The pattern that a word is, without the punctuation around it; '' for one that is none.

    A question mark stands for a letter only between two letters of a word; anywhere else it asks.
    """
    bare = word.strip(_EDGES)
    has_pattern = _STARS.search(bare) or (_ONE_LETTER.search(bare) and _ONE_WORD.match(bare))
    return bare if has_pattern else ""
