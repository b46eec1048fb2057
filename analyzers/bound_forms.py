"""Bound forms: second elements that live only in compounds (سازی, پذیر), alone or with an ending (سازان, پذیرها)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .lemmatizer import Lemmatizer
from .normalizer import HEH, join_parts
from .word_tables import read_table

PLURALS = ("هاست", "ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هام", "هاش", "هاشان")
"""The plural in ها with all that may follow it."""

# Endings taken off before a part is looked up among the bound forms, and what stands in their place; by last letter.
_NO_ENDING = (("", ""),)
_ENDINGS = (*((plural, "") for plural in PLURALS), ("گان", HEH), ("انی", ""), ("ان", ""), *_NO_ENDING, ("ی", ""))
_ENDINGS_BY_LETTER = {
    last: tuple((ending, restored) for ending, restored in _ENDINGS if ending.endswith(last) or not ending)
    for last in {ending[-1:] for ending, _ in _ENDINGS} - {""}
}
_START = 3  # letters by which nearly all words are seen to be no bound form
_REMEMBERED = 1 << 14


class BoundForms:
    """Finds the bound form that a word is. Words are given folded."""

    def __init__(self, words: Lemmatizer) -> None:
        self._words = words
        self._forms = {join_parts(form): (int(least), kind) for form, least, kind in read_table("bound_forms.txt", 3)}
        self._starts = frozenset(start for form in self._forms for start in _starts(form))
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find)

    @property
    def forms(self) -> Iterable[str]:
        """All bound forms."""
        return self._forms

    def find(self, word: str) -> tuple[int, str]:
        """Returns the bound form a word is, without its plural, after how many letters at least; (0, '') for none."""
        return self._known(word) if word[:_START] in self._starts else (0, "")

    def is_always(self, word: str) -> bool:
        """Returns whether a word is a bound form that belongs to the word before it even across a space."""
        if word[:_START] not in self._starts:
            return False
        _, form = self._known(word)
        return form != "" and self._forms[form][1] == "always"

    def _find(self, word: str) -> tuple[int, str]:
        for ending, restored in _ENDINGS_BY_LETTER.get(word[-1:], _NO_ENDING):
            if word.endswith(ending):
                form = word[: len(word) - len(ending)] + restored
                found = self._forms.get(form)
                if found and (form == word or self._is_plural(word, form)):
                    return found[0], form
        return 0, ""

    def _is_plural(self, word: str, form: str) -> bool:
        """Whether a part is no word of its own but a bound form with an ending (سازان; but not رسانه‌ای)."""
        lemma = self._words.known(word)
        return lemma is None or lemma.text == form or lemma.rule == "verb"


def _starts(form: str) -> set[str]:
    """The letters, up to three, that a bound form begins with, whatever its ending."""
    if len(form) > _START:
        return {form[:_START]}
    return {(form.removesuffix(restored) + ending)[:_START] for ending, restored in _ENDINGS}
