"""Sentences of a text, and the words and signs of each where they stand: the analyzer's words, joined as it joins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from ..analyzer import JOINED_AT_MOST, PersianAnalyzer, Word
from ..normalizer import VAV
from ..tokenizer import RAW_TOKEN
from .word_kinds import Is, WordKinds

_END = re.compile(
    r"\n\s*|(?<![\s.][^\W\d_])[.!؟?…]+[»”\"]?(?=\s|[«“]|[^\W\d_a-zA-Z]|$)"  # after a dot a space is often forgotten
)
_WRAPPED = 60  # letters of a line from which a line end without a full stop is that of a column, not of a paragraph
_LONGEST_LINE = 130  # letters of a line of a column
_LONGEST_QUOTE = 1200  # letters within « and » that are kept in one sentence
_CHUNKS_REMEMBERED = 1 << 18
_OPENED, _CLOSED = "«", "»"
_TO, _COMMA = "به", "،"
_LISTED_AFTER = {
    "صنعت": ("معدن",),
    "صنایع": ("معادن", "معدن"),
    "بازرگانی": ("صنایع", "صنعت"),
    "بهداشت": ("درمان",),
    "علوم": ("تحقیقات",),
    "تعاون": ("کار",),
    "کشاورزی": ("اب",),
    "اب": ("منابع",),
    "راه": ("مسکن",),
    "میراثفرهنگی": ("صنایع", "صنایعدستی", "گردشگری"),
    "معادن": ("کشاورزی",),
    "برنامه": ("بودجه",),
    "اموزش": ("تحقیقات",),
    "سیاسی": ("امنیتی", "اجتماعی", "انتظامی", "دفاعی", "فرهنگی"),
    "فرهنگی": ("اجتماعی", "صنایع", "صنایعدستی", "گردشگری"),
    "اقتصادی": ("اجتماعی", "مالی", "بازرگانی"),
    "فنی": ("عمرانی", "اجرایی"),
}  # parts of names of ministries, chambers and committees, and what comes after their commas
_OF_NAMES = frozenset(("سید", "سیده", "حاجی", "حاج", "میر"))  # titles that stay with a name they are written to
_MAY_SPEAK = Is.SPEAKS | Is.LIGHT | Is.BEFORE_LIGHT


class Sentence(NamedTuple):
    """Where a sentence starts and ends; ``paragraph`` numbers the paragraphs of the text."""

    start: int
    end: int
    paragraph: int


class Piece(NamedTuple):
    """A word or a sign of a sentence: ``text[start:end]``, its form, its lemma and its kinds (`Is`)."""

    form: str
    lemma: str
    bits: int
    start: int
    end: int


def sentences(text: str) -> Iterator[Sentence]:
    """Yields the sentences of a text. What stands in quotation marks is not cut, unless it is long.

    >>> [text for text in ("او گفت: «نه. نمی‌روم.» رفت.",) for s in sentences(text)]
    ['او گفت: «نه. نمی‌روم.» رفت.', 'او گفت: «نه. نمی‌روم.» رفت.']
    """
    start, paragraph = 0, 0
    is_parted = _is_parted(text)
    opened = text.find(_OPENED)
    for match in _END.finditer(text):
        end = match.end()
        is_line = match[0][0] == "\n"
        if opened >= 0 and opened < match.start():
            closed = text.find(_CLOSED, opened)
            if closed >= end and closed - opened < _LONGEST_QUOTE:
                continue
            opened = text.find(_OPENED, max(closed, match.start()) if closed >= 0 else end)
            while 0 <= opened < match.start() and (closed := text.find(_CLOSED, opened)) >= 0 and closed < end:
                opened = text.find(_OPENED, closed)
            if 0 <= opened < match.start() and 0 <= closed - opened < _LONGEST_QUOTE and closed >= end:
                continue
        if is_line and _is_wrapped(text, match.start(), match[0], is_parted):
            continue
        if text[start:end].strip():
            yield Sentence(start, match.start() if is_line else end, paragraph)
        start = end
        paragraph += is_line
    if text[start:].strip():
        yield Sentence(start, len(text), paragraph)


def _is_parted(text: str) -> bool:
    """Whether a text has the lines of a column, and empty lines between its paragraphs."""
    if text.count("\n\n") < 2:
        return False
    lines = text.split("\n")
    return 10 * sum(len(line) > _LONGEST_LINE for line in lines) <= len(lines)  # a link may be long


def _is_wrapped(text: str, at: int, gap: str, is_parted: bool) -> bool:
    """Whether a line end merely ends a line of a column."""
    before = text[max(0, at - 3) : at].rstrip()[-1:]
    if before == ":":
        return True  # what is said begins in the next paragraph
    line = at - text.rfind("\n", 0, at) - 1
    return line >= _WRAPPED and gap.count("\n") == 1 and (is_parted or before not in '.!؟?؛»"…')


def closed_at(text: str, start: int, end: int) -> int:
    """Returns where words end that have a quotation mark which is closed only later in their paragraph."""
    if text.count('"', start, end) % 2 == 0:
        return end
    stop = text.find("\n", end)
    closed = text.find('"', end, min(end + _LONGEST_QUOTE, stop if stop >= 0 else len(text)))
    return closed + 1 if closed >= 0 else end


class _Read(NamedTuple):
    """A word or a sign: form, lemma and kinds of each of its terms, and what joins it to its neighbours."""

    terms: tuple[tuple[str, str, int], ...]
    after: int
    before: int
    folded: str


_Placed = tuple[_Read, int, int]


class _Cut(NamedTuple):
    """What stands between two spaces: its words and signs with their places, and the kinds of all of them."""

    words: tuple[_Placed, ...]
    bits: int


class Chunks(NamedTuple):
    """What stands between spaces in a stretch of a text that begins at a place, and whether each may report speech."""

    start: int
    raws: list[str]
    marks: list[int]

    def speaking(self) -> int:
        """Returns how many of them there are as far as the last that may report speech, each looked at by itself."""
        if not any(self.marks):
            return 0
        before = last = 0
        for place, bits in enumerate(self.marks, 1):
            if bits and (bits & Is.SPEAKS or bits & Is.LIGHT and (before | bits) & Is.BEFORE_LIGHT):
                last = place
            before = bits
        return last


def _without_inner_commas(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the commas that stand in the name of a ministry (صنعت، معدن و تجارت)."""
    inner = [
        at
        for at in range(1, len(pieces) - 1)
        if pieces[at].form == _COMMA and pieces[at + 1].form in _LISTED_AFTER.get(pieces[at - 1].form, ())
    ]
    for at in reversed(inner):
        del pieces[at]
    return pieces


def _apart(terms: tuple[tuple[str, str, int], ...], start: int, end: int) -> Iterator[Piece]:
    """The pieces of words that are written as one: a title (دکترمحمدی) has its own letters, the others have all."""
    is_told = sum(len(form) for form, _, _ in terms) == end - start
    for form, lemma, bits in terms:
        is_title = is_told and bits & Is.TITLE and form not in _OF_NAMES
        yield Piece(form, lemma, bits, start, start + len(form) if is_title else end)
        start += len(form) if is_title else 0


class PieceReader:
    """Reads sentences as pieces. What a chunk between two spaces comes to is remembered, and so is what joins.

    ``word`` reads a raw token: the analyzer's own way, or that of one who has met the token already.
    """

    def __init__(self, analyzer: PersianAnalyzer, kinds: WordKinds, word: Callable[[str], Word] | None = None) -> None:
        self._analyzer = analyzer
        self._kinds = kinds
        self._word = word or analyzer.read
        self._cuts: dict[str, _Cut] = {}
        self._marks: dict[str, int] = {}
        self._joins: dict[tuple[str, str, str], tuple[_Read, int]] = {}
        self._words: dict[str, _Read] = {}

    def chunks(self, text: str, start: int, end: int) -> Chunks:
        """Returns what stands between spaces in a stretch of a text."""
        raws = text[start:end].split()
        marks = [*map(self._marks.get, raws)]
        if None in marks:
            marks = [self._cut(raw).bits & _MAY_SPEAK for raw in raws]
        return Chunks(start, raws, cast("list[int]", marks))

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """Returns the words and signs of a stretch of a text."""
        return self.pieces_of(text, self.chunks(text, start, end), end)

    def pieces_of(self, text: str, chunks: Chunks, end: int, most: int | None = None) -> list[Piece]:
        """Returns the words and signs of a cut stretch: of ``most`` chunks, those that begin before a place."""
        placed: list[_Placed] = []
        append, at = placed.append, chunks.start
        known = self._cuts.get
        for raw in chunks.raws[:most]:
            if text[at] != raw[0]:
                at = text.index(raw, at)
            if at >= end:
                break
            for word, first, last in (known(raw) or self._cut(raw)).words:
                append((word, at + first, at + last))
            at += len(raw) + 1
        while placed and placed[-1][1] >= end:
            placed.pop()
        pieces = self._joined(placed)
        return _without_inner_commas(pieces) if text.find(_COMMA, chunks.start, end) >= 0 else pieces

    def _cut(self, raw: str) -> _Cut:
        if (known := self._cuts.get(raw)) is not None:
            return known
        words: list[_Placed] = []
        bits = 0
        if len(self._cuts) >= _CHUNKS_REMEMBERED:
            self._cuts.clear()
            self._marks.clear()
            self._words.clear()
            self._joins.clear()
        for match in RAW_TOKEN.finditer(raw):
            read = self._words.get(match[0])
            if read is None:
                word = self._word(match[0])
                sign = ((match[0], match[0], Is.SIGN),)
                read = self._words[match[0]] = self._as_read(word) if word.terms else _Read(sign, 0, 0, "")
            for _, _, kinds in read.terms:
                bits |= kinds
            words.append((read, *match.span()))
        cut = self._cuts[raw] = _Cut(tuple(words), bits)
        self._marks[raw] = bits & _MAY_SPEAK
        return cut

    def _as_read(self, word: Word) -> _Read:
        terms = tuple((term.form, term.lemma, self._kinds.of(term)) for term in word.terms)
        if len(terms) > 1 and (bits := self._kinds.of_title(word.folded)):
            terms = ((word.folded, word.folded, bits),)
        return _Read(terms, word.bonds_after, word.bonds_before, word.folded)

    def _joined(self, placed: list[_Placed]) -> list[Piece]:
        """The pieces, with the words joined that only a space keeps apart, as `PersianAnalyzer.tokens` does."""
        pieces: list[Piece] = []
        new, append, last, place = tuple.__new__, pieces.append, len(placed), 0
        while place < last:
            word, start, end = placed[place]
            place += 1
            if word.after and place < last and word.after & placed[place][0].before:
                bonds, size = word.after, 1
                while place < last and bonds & placed[place][0].before and size < JOINED_AT_MOST:
                    right = placed[place][0]
                    after = placed[place + 1][0].folded if right.folded == VAV and place + 1 < last else ""
                    whole, taken = self._join(word.folded, right.folded, after)
                    if not taken:
                        break
                    word, place, size = whole, place + taken, size + 1
                    bonds, end = placed[place - 1][0].after, placed[place - 1][2]
            if len(word.terms) == 1:
                form, lemma, bits = word.terms[0]
                append(new(Piece, (form, lemma, bits, start, end)))
            else:
                pieces += _apart(word.terms, start, end)
        return pieces

    def _join(self, left: str, right: str, after: str) -> tuple[_Read, int]:
        known = self._joins.get((left, right, after))
        if known is None:
            word, taken = self._analyzer.joined(left, right, after)
            read = self._as_read(word)
            if left == _TO:  # of which no name is made (به نام), though one may look like it (بهنام)
                read = read._replace(terms=tuple((form, lemma, Is.EDGE) for form, lemma, _ in read.terms))
            known = self._joins[left, right, after] = read, taken
        return known
