"""The leaves of plans: what is typed, read by the analyzer, as words, letters, patterns and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.normalizer import BIDI_CONTROLS, TATWEEL, ZWNJ, ZWNJ_LOOKALIKES

from .keywords import ANY_LETTERS, ONE_LETTER, PERSIAN_QUESTION_MARK, spelled
from .plain_words import words_in
from .plan import Exact, Fuzzy, Leaf, Pattern, TextField, Word

_INSIDE = ZWNJ + ZWNJ_LOOKALIKES + BIDI_CONTROLS + TATWEEL
_MARKS = "\u064b-\u065f\u0670"
_PIECE = re.compile(rf"[^\W_{_INSIDE}{_MARKS}]|[{_INSIDE}{_MARKS}{ANY_LETTERS}{ONE_LETTER}]")
_PIECES = re.compile(rf"(?:{_PIECE.pattern})+")
_STARS = re.compile(rf"[{ANY_LETTERS}]+")
_ONE = re.compile(rf"[{ONE_LETTER}]")
_WITH_STAR = re.compile(rf"\S*[{ANY_LETTERS}]\S*")
_BETWEEN_NAMES = re.compile("[,،;؛]")
_AROUND_NAMES = " .,،;؛:!?؟'\"#_" + ANY_LETTERS + _INSIDE
_SHORTEST_WORD = 2


class LeafMaker:
    """Makes leaves of what is typed."""

    def __init__(self, analyzer: PersianAnalyzer) -> None:
        self._analyzer = analyzer

    def words(self, text: str, field: TextField = "", boost: float = 1.0) -> tuple[Word, ...]:
        """Returns the words of a text, every one."""
        return words_in(text, self._analyzer, field, boost)

    def phrase(self, text: str, field: TextField = "", *, exact: bool = False) -> tuple[Leaf, ...]:
        """Returns the words of a phrase in order, in any of their forms or in these letters; a star makes a pattern."""
        leaves: list[Leaf] = []
        end = 0
        for match in _WITH_STAR.finditer(text):
            leaves += self._phrase(text[end : match.start()], field, exact)
            leaves += self.pattern(match[0], field)
            end = match.end()
        return (*leaves, *self._phrase(text[end:], field, exact))

    def _phrase(self, text: str, field: TextField, exact: bool) -> Sequence[Leaf]:
        words = self.words(text, field)
        return [Exact(word.forms[0], field=field) for word in words] if exact else words

    def similar(self, text: str, distance: int, field: TextField = "") -> tuple[Leaf, ...]:
        """Returns a word as the form that others may resemble; a misspelt one is not taken apart."""
        form = spelled(text)
        forms = [form] if form.isalnum() else [word.forms[0] for word in self.words(text)]
        return tuple(Fuzzy(form, distance, field=field) for form in forms)

    def pattern(self, text: str, field: TextField = "") -> tuple[Leaf, ...]:
        """Returns a word with signs for letters, cut where words are; what has signs alone is left out."""
        return tuple(self._patterns(text, field))

    def _patterns(self, text: str, field: TextField) -> Iterator[Leaf]:
        for match in _PIECES.finditer(text.strip(ONE_LETTER)):
            pattern = _ONE.sub("?", _STARS.sub("*", spelled(match[0])))
            if not any(map(str.isalnum, pattern)):
                continue
            if "*" in pattern or "?" in pattern:
                yield Pattern(pattern, field=field)
            else:
                yield from self.words(match[0], field)

    def is_question(self, text: str) -> bool:
        """Returns whether the Persian question mark in a word merely lacks the space after it: چرا؟چون."""
        if _STARS.search(text) or PERSIAN_QUESTION_MARK not in text:
            return False
        return all(len(side) >= _SHORTEST_WORD and self._is_known(side) for side in _ONE.split(text))

    def _is_known(self, text: str) -> bool:
        return all(token.term.entry for token in self._analyzer.tokens(text))


def names_in(text: str) -> tuple[str, ...]:
    """Returns the names in a list with commas, each as it is typed; an underscore stands for a space.

    >>> names_in("خبرگزاری_مهر، ایسنا")
    ('خبرگزاری مهر', 'ایسنا')
    """
    return tuple(name for part in _BETWEEN_NAMES.split(text) for name in name_of(part.replace("_", " ")))


def name_of(text: str) -> tuple[str, ...]:
    """Returns the one name that a text is, as it is typed, or none."""
    name = " ".join(text.strip(_AROUND_NAMES).split())
    return (name,) if any(map(str.isalnum, name)) else ()
