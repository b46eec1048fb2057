"""Sentences of a text, and the words and signs of each where they stand: the analyzer's words, joined as it joins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias, TypeVar

from ..analyzer import JOINED_AT_MOST, PersianAnalyzer, Word
from ..normalizer import VAV
from ..tokenizer import RAW_TOKEN
from .word_kinds import AUXILIARIES, BEGINS, CLOSES, LIGHT, LIGHTS, SPEAKS, TAKES, VERB, Is, WordKinds

_END = re.compile(
    r"[\n.!؟?…](?:(?<=\n)\s*"  # what may end a sentence is looked for first, as that is quick
    r"|(?<!\n)(?<![\s.][^\W\d_].)[.!؟?…]*[»”\"]?(?=\s|[«“]|[^\W\d_a-zA-Z]|$))"  # after a dot a space is often forgotten
)
_WRAPPED = 60  # letters of a line from which a line end without a full stop is that of a column, not of a paragraph
_LONGEST_LINE = 130  # letters of a line of a column
_DATELINE = re.compile(
    r"(?:گروه\s[^:\n]{2,20}|فارس|مهر|ا[یي](?:سنا|رنا|لنا|كنا|کنا)|تسن[یي]م)\s?:"
)  # begins a paragraph
_LONGEST_QUOTE = 1200  # letters within « and » that are kept in one sentence
_REMEMBERED = 1 << 19  # chunks, raw tokens and pairs, before all are forgotten
AROUND = " \t\n\r\xa0،,:؛-–—"
"""What may stand around the words that are said."""
_OPENED, _CLOSED = "«", "»"
TO, COMMA, _AND = "به", "،", "و"
_THAT, _TOO = frozenset("که كه زیرا زيرا چون درحالیکه درحاليكه درحالی درحالي".split()), "هم"
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
_SEVERAL = 1 << 16  # above the bonds of a word that is several
_OF_NAMES = frozenset(("سید", "سیده", "حاجی", "حاج", "میر"))  # titles that stay with a name they are written to


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
        if is_line and _is_wrapped(text, match.start(), match[0], is_parted) and not _DATELINE.match(text, end):
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


def closed_at(text: str, start: int, end: int, *, is_over_paragraphs: bool = False) -> int:
    """Returns where words end with a quotation mark that is closed only later in their paragraph, or in others."""
    if text.count('"', start, end) % 2 == 0:
        return end
    stop = -1 if is_over_paragraphs else text.find("\n", end)
    closed = text.find('"', end, min(end + _LONGEST_QUOTE, stop if stop >= 0 else len(text)))
    if closed < 0 or is_over_paragraphs and text[end:closed].rstrip().endswith((":", "که", "كه")):
        return end  # it opens another
    return closed + 1


Terms: TypeAlias = tuple[tuple[str, str, int], ...]  # form, lemma and kinds of each


class _Read(NamedTuple):
    """A word or a sign: form, lemma and kinds of each of its terms, and what joins it to its neighbours."""

    terms: Terms
    after: int
    before: int
    folded: str


# A word or a sign where it stands: form, lemma and kinds of its first term, start and end, what joins it, all of it.
_Placed = tuple[str, str, int, int, int, int, int, _Read]


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Known(dict[_Key, _Value]):
    """What each chunk, or each number, comes to. It is read when it is first asked for."""

    def __init__(self, read: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: _Key) -> _Value:
        value = self[raw] = self._read(raw)
        return value


class Chunks:
    """What stands between spaces in a stretch of a text, and which of it may report speech.

    ``marks`` are those of the ones that have any, each behind its place among all, counted from 1. ``first`` is the
    number of the first in a batch that was analysed, -1 where there is none.
    """

    __slots__ = ("_raws", "first", "marks", "start", "stretch")

    def __init__(self, start: int, stretch: str, marks: list[tuple[int, int]], first: int = -1) -> None:
        self.start, self.stretch, self.marks, self.first = start, stretch, marks, first
        self._raws: list[str] | None = None

    @property
    def raws(self) -> list[str]:
        """Each of them."""
        if self._raws is None:
            self._raws = self.stretch.split()
        return self._raws

    def speaking(self) -> int:
        """Returns how many of them there are as far as the last verb of saying; 0 when none of these may report speech.

        A light verb that a space parts from its می counts only where another verb of saying is: of what such verbs
        alone report, too little is told of the right person.
        """
        at = before = previous = last = may_report = 0
        for place, mark in self.marks:
            if place != at + 1:
                before = previous = 0
            if mark & VERB or mark & LIGHT and (previous | mark) & LIGHTS << TAKES:
                last = place
            may_report = may_report or mark & SPEAKS or mark & (before | mark) >> TAKES & LIGHTS
            may_report = may_report or mark & CLOSES and self._closes(place)
            at, previous = place, mark
            if not mark & BEGINS:
                before = mark
        return last if may_report else 0

    def _closes(self, place: int) -> bool:
        """Whether a clause may end with the verb before a place."""
        if place == len(self.raws) or dict(self.marks).get(place + 1, 0) & AUXILIARIES:
            return True
        after = self.raws[place]
        return after == _AND or after in _THAT or not (after[0].isalpha() and self.raws[place - 1][-1].isalpha())


def may_speak(marks: int) -> bool:
    """Returns whether chunks that have these marks together may report speech."""
    return bool(marks & (SPEAKS | CLOSES) or marks >> TAKES & marks & LIGHTS)


def without_inner_commas(pieces: list[Piece]) -> list[Piece]:
    """Returns pieces without the commas that stand in the name of a ministry (صنعت، معدن و تجارت)."""
    forms = [piece[0] for piece in pieces]
    for at in range(len(pieces) - 2, 0, -1):
        if forms[at] == COMMA and forms[at + 1] in _LISTED_AFTER.get(forms[at - 1], ()):
            del pieces[at]
    return pieces


def as_edge(terms: Terms) -> Terms:
    """Returns terms of which no name is made, whatever they may look like (به نام, بهنام)."""
    return tuple((form, lemma, Is.EDGE) for form, lemma, _ in terms)


def is_apart(first: str, whole: Word) -> bool:
    """Returns whether words are read apart that the analyzer joins: he said too (هم گفت), which might be one word."""
    return first == _TOO and any("#" in part for term in whole.terms for part in term.parts)


def apart(terms: Terms, start: int, end: int) -> Iterator[Piece]:
    """Yields the pieces of words written as one: a title (دکترمحمدی) has its own letters, the others have all."""
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
        self.kinds = kinds
        self._word = word or analyzer.read
        self._cuts = Known(self._cut)
        self._marks = Known(self._mark)
        self._joins: dict[tuple[str, str, str], tuple[_Read, int]] = {}
        self._words: dict[str, _Read] = {}

    def chunks(self, text: str, start: int, end: int) -> Chunks:
        """Returns what stands between spaces in a stretch of a text."""
        self._forget_much()
        chunks = Chunks(start, text[start:end], [])
        marks = enumerate(map(self._marks.__getitem__, chunks.raws), 1)
        chunks.marks = [(place, mark) for place, mark in marks if mark]
        return chunks

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """Returns the words and signs of a stretch of a text."""
        self._forget_much()
        return self.pieces_of(text, Chunks(start, text[start:end], []), end)

    def _forget_much(self) -> None:
        if len(self._marks) + len(self._words) + len(self._joins) > _REMEMBERED:
            for memory in (self._cuts, self._marks, self._words, self._joins):
                memory.clear()

    def pieces_of(self, text: str, chunks: Chunks, end: int, most: int | None = None) -> list[Piece]:
        """Returns the words and signs of a cut stretch: of ``most`` chunks, those that begin before a place."""
        pieces: list[Piece] = []
        words: list[_Read] = []
        unfinished: list[int] = []  # words that may go on with the next, or that are several
        new, append, append_word, bonds = tuple.__new__, pieces.append, words.append, 0
        cuts, at = self._cuts, chunks.start
        for raw in chunks.raws[:most]:
            if text[at] != raw[0]:
                at = text.index(raw, at)
            if at >= end:
                break
            for form, lemma, bits, first, last, before, after, word in cuts[raw]:
                if bonds & before:
                    unfinished.append(len(pieces) - 1)
                if after >= _SEVERAL:
                    unfinished.append(len(pieces))
                bonds = after
                append(new(Piece, (form, lemma, bits, at + first, at + last)))
                append_word(word)
            at += len(raw) + 1
        while pieces and pieces[-1].start >= end:
            pieces.pop()
            words.pop()
        if unfinished:
            pieces = self._joined(pieces, words, unfinished)
        return without_inner_commas(pieces) if text.find(COMMA, chunks.start, end) >= 0 else pieces

    def _mark(self, raw: str) -> int:
        """What of a chunk may report speech; the kinds of its words are told only where a sentence is read."""
        mark = 0
        for token in RAW_TOKEN.findall(raw):
            for term in self._word(token).terms:
                mark |= self.kinds.mark(term)
        return mark

    def _cut(self, raw: str) -> tuple[_Placed, ...]:
        placed: list[_Placed] = []
        for match in RAW_TOKEN.finditer(raw):
            read = self._words.get(match[0])
            if read is None:
                word = self._word(match[0])
                sign = ((match[0], match[0], Is.SIGN),)
                read = self._words[match[0]] = self.as_read(word) if word.terms else _Read(sign, 0, 0, "")
            after = read.after | _SEVERAL * (len(read.terms) > 1)
            placed.append((*read.terms[0], *match.span(), read.before, after, read))
        return tuple(placed)

    def as_read(self, word: Word) -> _Read:
        """Returns a word with the kinds of its terms."""
        terms = tuple((term.form, term.lemma, self.kinds.of(term)) for term in word.terms)
        if len(terms) > 1 and (bits := self.kinds.of_title(word.folded)):
            terms = ((word.folded, word.folded, bits),)
        return _Read(terms, word.bonds_after, word.bonds_before, word.folded)

    def _joined(self, pieces: list[Piece], words: list[_Read], places: list[int]) -> list[Piece]:
        """The pieces, with the words joined that only a space keeps apart, as `PersianAnalyzer.tokens` does.

        ``places`` are those where words may begin that are joined, or that are several.
        """
        out: list[Piece] = []
        done, last, known = 0, len(words), self._joins.get
        for start in places:
            if start < done or start >= last:
                continue
            word, place, size = words[start], start + 1, 1
            bonds = word.after
            while place < last and bonds & words[place].before and size < JOINED_AT_MOST:
                right = words[place].folded
                after = words[place + 1].folded if right == VAV and place + 1 < last else ""
                whole, taken = known((word.folded, right, after)) or self._join(word.folded, right, after)
                if not taken:
                    break
                word, place, size = whole, place + taken, size + 1
                bonds = words[place - 1].after
            if size > 1 or len(word.terms) > 1:
                out += pieces[done:start]
                out += apart(word.terms, pieces[start].start, pieces[place - 1].end)
                done = place
        return out + pieces[done:] if done else pieces

    def _join(self, left: str, right: str, after: str) -> tuple[_Read, int]:
        word, taken = self._analyzer.joined(left, right, after)
        read = self.as_read(word)
        if left == TO:
            read = read._replace(terms=as_edge(read.terms))
        if is_apart(left, word):
            taken = 0
        self._joins[left, right, after] = read, taken
        return read, taken
