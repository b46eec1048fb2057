"""A better query where words of one are not found: typed on the wrong keyboard, run together or apart, misspelt.

Only plain words are looked at, and of them only those that the lexicon does not vouch for and that no article has; or
hardly any, as pages have misprints too, and none of those has the other words. Each is replaced in place, so that
operators, signs and all other words stay as they were typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from khabarjoo.analyzers.analyzer import PersianAnalyzer, Token
from khabarjoo.analyzers.lexicon import Kind, default_lexicon
from khabarjoo.analyzers.normalizer import (
    ALEF,
    ALEF_MADDA,
    ZWNJ,
    ZWNJ_LOOKALIKES,
    fold,
    join_parts,
)
from khabarjoo.analyzers.stopwords import stopwords
from khabarjoo.index.segment_reader import SegmentReader

from ..engine import Correction
from ..query.lexer import Kind as LexemeKind
from ..query.lexer import scan
from ..query.plan import Near, Plan, Word
from .correction_check import ENOUGH, RARE
from .keyboards import latin_for, on_sign_keys, persian_for
from .latin_words import is_english, latin_run, read_latin
from .printed_spelling import printed, prints_in
from .spelling import Romanised, Similar, Vocabulary

_LONGEST = 300  # characters of a query that may be mended
_LONGEST_WORD = 40  # letters of a word that is looked at
_MOST_WRONG = 8  # words of a query that are looked at, but for those of another keyboard

ENGLISH_KEYBOARD = "typed on the English keyboard"
PERSIAN_KEYBOARD = "typed on the Persian keyboard"
LATIN = "Persian in Latin letters"
_KEYBOARDS = (ENGLISH_KEYBOARD, PERSIAN_KEYBOARD)
SPELLING = "spelling"
TOGETHER = "words run together"
APART = "a word in two pieces"

_SHORTEST = 3  # letters of a word whose spelling is looked at
_GOD = "الله"
_LONG = 8  # letters from which on two may be wrong
_ONE_SOUND = 0.5  # how far apart words are that differ in one letter and sound alike
_NEAR = 0.85  # how far apart a word is from one that an article has
_LONG_ENOUGH = 6  # letters from which on the first may be wrong
_SHORTEST_PIECE = 2  # letters of a word that was run together with another
_SPLITS_TRIED = 4
_CANDIDATES = 6
_LETTER = 12.0  # what a wrong letter costs: as much as the word being four thousand times rarer
_SPACE = 5.0  # what a wrong space costs
_RARE_OF = 5000  # articles in an index for each that may have a misprint
_TIMES_RARER = 200  # how much commoner a word is that was meant where a misprint is found
_MADDA_ALONE, _TIMES_RARER_BUT_FOR_MADDA = 0.2, 10  # the same where nothing but a madda is missing
_TIMES_COMMONER = 50  # how much commoner a Persian word is that was meant by a Latin one that an article has
_PLAIN_LETTERS, _PLAIN_COST = 4, 0.8  # and how plainly it is spelled
_KEYS = 1.0  # how many times rarer words of another keyboard are than Persian in Latin letters, in powers of two
# What given names and surnames are made with (Arabic names by their grammar: kunya, nasab, theophoric; Persian and
# Turkic endings of surnames).
_NAMES_BEGIN = ("عبد", "ابو", "میر", "سید", "امیر", "شاه", "محمد")
_NAMES_END = ("الله", "اله", "الدین", "علی", "قلی", "زاده", "پور", "خان", "دخت", "نژاد", "نیا")
_SURELY_LONG = 5  # letters of a word that is replaced unasked
_SURELY_COMMON = 30  # articles that have what it is replaced with,
_OF_COMMON = 250  # or one in so many
_SURELY_NEAR = 0.9  # how far they are apart, but for
_VERY_LONG = 7  # letters, where it may be any letter
_COMMON = 20  # articles with a word that is proposed for one with two letters wrong
_VERY_COMMON = 1000  # articles with a word that is proposed for one of three letters


class _Fix(NamedTuple):
    """A replacement for a stretch of the query; the better, the higher its score."""

    start: int
    end: int
    text: str
    reason: str
    score: float
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two spaces, and the tokens in it."""

    start: int
    end: int
    tokens: tuple[Token, ...]


class Suggester:
    """Mends queries by the words of an index."""

    def __init__(
        self,
        readers: Sequence[SegmentReader],
        analyzer: PersianAnalyzer,
        count: Callable[[Plan], int],
    ) -> None:
        self._readers = readers
        self._analyzer = analyzer
        self._count = count

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._readers)

    def _prints(self, similar: Similar) -> Iterable[str]:
        """How articles print a form."""
        return prints_in(self._readers, similar)

    def correct(self, query: str, found: int = 0) -> Correction | None:
        """Returns the query with what is wrong in it replaced; None when nothing is, or nothing better is known.

        ``found`` says how many articles have all its words.
        """
        if len(query) > _LONGEST:
            return None
        read = self._chunks(query)
        if found >= ENOUGH and not any(any(self._torn(query, chunk)) for chunk in read):
            return None
        retyped = list(self._retyped_with_signs(query))
        chunks = [chunk for chunk in read if not any(_overlap(chunk, fix) for fix in retyped)]
        latin = self._romanised(query, chunks)
        is_alone = sum(not self._is_stopword(token) for chunk in chunks for token in chunk.tokens) == 1
        rare = min(RARE, self._vocabulary.articles // _RARE_OF) if is_alone or not found else 0
        fixes: list[_Fix] = []
        wrong = 0
        for place, chunk in enumerate(chunks):
            if fixes and chunk.start < fixes[-1].end:
                continue
            is_wrong = any(self._is_wrong(token, rare) for token in chunk.tokens) or any(self._torn(query, chunk))
            if wrong < _MOST_WRONG and is_wrong:
                mending = self._fixes(query, chunks, place, rare, latin.get(chunk.start))
                wrong += not any(fix.reason in _KEYBOARDS for fix in mending)
                fixes += mending
        fixes += [fix for fix in latin.values() if not any(_overlap(fix, other) for other in fixes)]
        fixes = list(self._with_signs_between(query, sorted(fixes + retyped)))
        if not fixes:
            return None
        mended, end = "", 0
        for fix in fixes:
            mended += query[end : fix.start] + fix.text
            end = fix.end
        reason = ", ".join(dict.fromkeys(fix.reason for fix in fixes))
        return Correction(mended + query[end:], reason, all(fix.is_certain for fix in fixes))

    # -- what is wrong -----------------------------------------------------------------------------------------

    def _chunks(self, query: str) -> list[_Chunk]:
        """The plain words of a query, as they stand between spaces, with their tokens."""
        text, lexemes, _ = scan(query)
        spans = [(lexeme.start, lexeme.end) for lexeme in lexemes if lexeme.kind is LexemeKind.WORD]
        tokens = list(self._analyzer.tokens(text))
        return [
            _Chunk(start, end, tuple(_apart([token for token in tokens if start <= token.start < end], text)))
            for start, end in spans
        ]

    def _is_wrong(self, token: Token, rare: int = 0) -> bool:
        """Whether no article has a word, or only so many, and it is not known to be one."""
        return self._vocabulary.count(token.term.lemma) <= rare and not self._is_known(token)

    def _is_stopword(self, token: Token) -> bool:
        return token.term.form in stopwords()

    def _is_known(self, token: Token) -> bool:
        if token.term.form.isdecimal():
            return True
        entry = default_lexicon().get(join_parts(token.term.entry)) if token.term.entry else None
        return entry is not None and bool(entry.kind & (Kind.TRUSTED | Kind.NAME | Kind.LEMMA | Kind.COMPOUND))

    # -- what is right -----------------------------------------------------------------------------------------

    def _fixes(self, query: str, chunks: list[_Chunk], place: int, rare: int, latin: _Fix | None = None) -> list[_Fix]:
        """What mends a chunk: the whole of it, or each of its tokens."""
        chunk = chunks[place]
        typed = self._retyped(query, chunk)
        if typed and (latin is None or math.log2(typed.score) - _KEYS > latin.score):
            return [typed]
        if latin:
            return [latin]
        wrong = [t for t in chunk.tokens if len(t.term.form) <= _LONGEST_WORD and self._is_wrong(t, rare)]
        for start, end in self._torn(query, chunk):
            others = self._others(chunks[:place] + chunks[place + 1 :], rare)
            if fix := self._spelled_so(start, end, join_parts(fold(query[start:end])), 0, others):
                return [fix]
        others = self._others(chunks, rare)
        whole = list(self._joined(query, chunks, place))
        fixes = []
        for token in wrong:
            found = [*whole, *self._spelled(token, others)]
            if self._is_wrong(token):
                found += self._split(query, token)
            if found:
                fixes.append(max(found, key=lambda fix: fix.score))
        return fixes[:1] if fixes and fixes[0] in whole else fixes

    def _others(self, chunks: Sequence[_Chunk], rare: int) -> list[str]:
        """The lemmas of the words of some chunks that are not wrong, and more than stopwords."""
        return [
            token.term.lemma
            for chunk in chunks
            for token in chunk.tokens
            if not self._is_stopword(token) and not self._is_wrong(token, rare)
        ]

    def _romanised(self, query: str, chunks: Sequence[_Chunk]) -> dict[int, _Fix]:
        """The Latin words of a query as Persian ones, by where their chunks start.

        None when the index knows one of them as it is. English words are read only beside others that surely are
        Persian, and words that an article or two have when what they stand for is by far commoner.
        """
        surely: dict[int, _Fix] = {}
        english: dict[int, _Fix] = {}
        for chunk in chunks:
            span = latin_run(query[chunk.start : chunk.end])
            if span is None or not chunk.tokens:
                continue
            start, end = chunk.start + span[0], chunk.start + span[1]
            word, is_of_english = query[start:end], is_english(query[start:end])
            count = min(self._vocabulary.count(token.term.lemma) for token in chunk.tokens)
            reading = read_latin(word, self._vocabulary) if count <= RARE or is_of_english else None
            if count and not is_of_english and not (reading and _is_plainly_persian(word, reading, count)):
                return {}
            if reading:
                fix = _Fix(start, end, reading.form, LATIN, reading.score)
                (english if is_of_english else surely)[chunk.start] = fix
        return surely | english if surely else {}

    def _retyped_with_signs(self, query: str) -> Iterator[_Fix]:
        """Words that were typed with keys of signs too, which are anything but letters to the query's grammar."""
        for start, end in on_sign_keys(query):
            lemmas = [token.term.lemma for token in self._analyzer.tokens(query[start:end])]
            count, text = max(((self._rarest(text), text) for text in persian_for(query[start:end])), default=(0, ""))
            if count and (min(map(self._vocabulary.count, lemmas), default=0) == 0 or not self._stand_together(lemmas)):
                yield _Fix(start, end, text, ENGLISH_KEYBOARD, float(count))

    def _stand_together(self, lemmas: Sequence[str]) -> int:
        """How many articles have some words beside each other."""
        if len(lemmas) == 1:
            return self._vocabulary.count(lemmas[0])
        return self._count(Plan(Near(tuple(Word(lemma, ()) for lemma in lemmas))))

    def _beside_each_other(self, text: str) -> int:
        """How many articles have the words of a text so."""
        return self._stand_together([token.term.lemma for token in self._analyzer.tokens(text)])

    def _retyped(self, query: str, chunk: _Chunk) -> _Fix | None:
        """The chunk as its keys give it on the other keyboard, when all its words are found so."""
        typed = query[chunk.start : chunk.end]
        is_latin = any(char.isascii() and char.isalpha() for char in typed)
        if any(self._vocabulary.count(token.term.lemma) for token in chunk.tokens):
            return None
        readings = persian_for(typed) if is_latin else latin_for(typed)
        reason = ENGLISH_KEYBOARD if is_latin else PERSIAN_KEYBOARD
        found = ((self._rarest(text), text) for text in readings)
        count, text = max(found, default=(0, ""))
        return _Fix(chunk.start, chunk.end, text, reason, float(count)) if count else None

    def _rarest(self, text: str) -> int:
        """How many articles have the rarest word of a text."""
        return min((self._vocabulary.count(token.term.lemma) for token in self._analyzer.tokens(text)), default=0)

    def _with_signs_between(self, query: str, fixes: Iterable[_Fix]) -> Iterator[_Fix]:
        """The fixes, and signs between words typed on the English keyboard that are words on it: "," is "and"."""
        before: _Fix | None = None
        for fix in fixes:
            if before and before.reason == fix.reason == ENGLISH_KEYBOARD:
                between = query[before.end : fix.start]
                sign = between.strip()
                text = next((text for text in persian_for(sign) if self._rarest(text)), "") if sign else ""
                if text:
                    start = before.end + between.index(sign)
                    yield _Fix(start, start + len(sign), text, fix.reason, 0.0)
            yield fix
            before = fix

    def _joined(self, query: str, chunks: Sequence[_Chunk], place: int) -> Iterator[_Fix]:
        """The chunk joined with the one before or after it, when that is one word."""
        for left, right in ((place - 1, place), (place, place + 1)):
            if left < 0 or right >= len(chunks):
                continue
            start, end = chunks[left].start, chunks[right].end
            text = "".join(query[start:end].split())
            if query[chunks[left].end : chunks[right].start].strip() or not text.isalpha():
                continue
            tokens = list(self._analyzer.tokens(text))
            count = self._vocabulary.count(tokens[0].term.lemma) if len(tokens) == 1 else 0
            if count >= self._vocabulary.fewest and not tokens[0].term.parts:
                yield _Fix(start, end, text, APART, math.log2(count) - _SPACE)

    def _split(self, query: str, token: Token) -> Iterator[_Fix]:
        """The token as two words that stand beside each other somewhere."""
        text = query[token.start : token.end]
        if not text.isalpha():
            return
        tried = []
        for at in range(_SHORTEST_PIECE, len(text) - _SHORTEST_PIECE + 1):
            pieces = [list(self._analyzer.tokens(piece)) for piece in (text[:at], text[at:])]
            if all(len(piece) == 1 and self._is_printed(piece[0]) for piece in pieces):
                lemmas = [piece[0].term.lemma for piece in pieces]
                tried.append((min(map(self._vocabulary.count, lemmas)), at, lemmas))
        for rarest, at, lemmas in sorted(tried, reverse=True)[:_SPLITS_TRIED]:
            if rarest >= self._vocabulary.fewest and (count := self._stand_together(lemmas)):
                yield _Fix(token.start, token.end, f"{text[:at]} {text[at:]}", TOGETHER, math.log2(count) - _SPACE)

    def _is_printed(self, token: Token) -> bool:
        """Whether some article has a word as it is typed, so that it is no chance scrap."""
        return self._vocabulary.has(token.term.form, token.term.lemma)

    def _torn(self, query: str, chunk: _Chunk) -> Iterator[tuple[int, int]]:
        """Where a word stands that is read as several which no article has beside each other: misspelt, most likely."""
        for (start, end), some in groupby(chunk.tokens, key=lambda token: (token.start, token.end)):
            lemmas = [token.term.lemma for token in some]
            if len(lemmas) > 1 and join_parts(fold(query[start:end])).isalpha() and not self._stand_together(lemmas):
                yield start, end

    def _spelled(self, token: Token, others: Sequence[str]) -> Iterator[_Fix]:
        """The token as the words of the index that are spelled most like it."""
        count = self._vocabulary.count(token.term.lemma)
        if count <= RARE and not self._vocabulary.has(token.term.form, token.term.lemma):
            count = 0
        if fix := self._spelled_so(token.start, token.end, token.term.form, count, others):
            yield fix

    def _spelled_so(self, start: int, end: int, form: str, count: int, others: Sequence[str]) -> _Fix | None:
        """A form that so many articles have as the likeliest of the words that are spelled like it."""
        if len(form) < _SHORTEST or not form.isalpha():
            return None
        candidates = [
            (math.log2(similar.articles) - _LETTER * similar.distance, similar)
            for similar in self._vocabulary.similar(form, 1 if len(form) < _LONG else 2)
            if _is_likely(similar, form, count) and similar.form not in stopwords()
        ]
        with_god = self._with_god(start, end, form) if not count else None
        for score, similar in sorted(candidates, reverse=True)[:_CANDIDATES]:
            if with_god and with_god.score > score:
                break
            if 2 * self._vocabulary.most_together(similar.lemma, others) >= len(others):
                is_certain = self._is_certain(similar, form)
                return _Fix(start, end, printed(self._prints(similar), similar), SPELLING, score, is_certain)
        return with_god

    def _with_god(self, start: int, end: int, form: str) -> _Fix | None:
        """A name that ends in «Allah» with the word before that mended; the index has these as two words."""
        before = form.removesuffix(_GOD)
        if before == form or len(before) < _SHORTEST:
            return None
        found = [
            (math.log2(count) - _LETTER * similar.distance, text)
            for similar in self._vocabulary.similar(before, 1)
            if (count := self._beside_each_other(text := f"{similar.form}{_GOD}")) >= self._vocabulary.fewest
        ]
        score, text = max(found, default=(0.0, ""))
        return _Fix(start, end, text, SPELLING, score, is_certain=False) if text else None

    def _is_certain(self, similar: Similar, form: str) -> bool:
        """Whether a word was hardly meant as it is: a long one, a letter away from a common one, and not in its end.

        A short word, one with another ending, or one that is like a name may as well be a name that no article has.
        """
        common = min(_SURELY_COMMON, max(1, self._vocabulary.articles // _OF_COMMON))
        return (
            len(form) >= _SURELY_LONG
            and not form.startswith(_NAMES_BEGIN)
            and not form.endswith(_NAMES_END)
            and similar.articles >= common
            and similar.distance <= (_SURELY_NEAR if len(form) < _VERY_LONG else 1)
            and similar.form[-1] == form[-1]
            and similar.form[0] == form[0]
        )


def _apart(tokens: Sequence[Token], text: str) -> Iterator[Token]:
    """The tokens with each at its own letters, where those that were joined by ZWNJ are read as several."""
    for (start, end), some in groupby(tokens, key=lambda token: (token.start, token.end)):
        group = list(some)
        places = list(_pieces(text[start:end], [token.term.form for token in group])) if len(group) > 1 else []
        if len(places) == len(group):
            yield from (
                token._replace(start=start + first, end=start + last)
                for token, (first, last) in zip(group, places, strict=True)
            )
        else:
            yield from group


def _pieces(text: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each of some forms stands in a text, that is each a number of its parts between ZWNJs."""
    ends = [match.start() for match in re.finditer(rf"[{ZWNJ}{ZWNJ_LOOKALIKES}]+|\Z", text)]
    start = 0
    for form in forms:
        end = next((end for end in ends if end > start and join_parts(fold(text[start:end])) == form), None)
        if end is None:
            return
        yield start, end
        start = end
        while start < len(text) and text[start] in ZWNJ + ZWNJ_LOOKALIKES:
            start += 1


def _is_plainly_persian(word: str, reading: Romanised, count: int) -> bool:
    """Whether a Latin word that so many articles have is Persian yet: in small letters, plainly spelled, and common."""
    is_plain = word.islower() and len(word) >= _PLAIN_LETTERS and reading.cost <= _PLAIN_COST
    return is_plain and reading.occurrences >= count * _TIMES_COMMONER


def _overlap(one: _Chunk | _Fix, other: _Fix) -> bool:
    return one.start < other.end and other.start < one.end


def _plain_alef(letter: str) -> str:
    return letter.replace(ALEF_MADDA, ALEF)


def _is_likely(similar: Similar, form: str, count: int) -> bool:
    """Whether a word may have been meant by a form that so many articles have.

    Two wrong letters are likely only in a common word that begins alike, and so is a form that is found.
    """
    begins_alike = _plain_alef(similar.form[:1]) == _plain_alef(form[:1])
    if count and similar.distance <= _MADDA_ALONE and similar.articles >= count * _TIMES_RARER_BUT_FOR_MADDA:
        return True
    if count:
        return begins_alike and similar.distance <= _NEAR and similar.articles >= count * _TIMES_RARER
    if similar.distance > 1:
        return begins_alike and similar.articles >= _COMMON
    if len(form) == _SHORTEST:
        return similar.distance <= _ONE_SOUND or (begins_alike and similar.articles >= _VERY_COMMON)
    return begins_alike or similar.distance < 1 or len(form) >= _LONG_ENOUGH
