"""Alef typed where alef with madda belongs (ازادی, اموزش): found out by what the lexicon has, and mended.

Of two words that the lexicon knows, the one as typed is kept, unless it is hardly ever met and the other is common: so
اسم stays apart from آسم, and المان is آلمان.
"""

from __future__ import annotations

from collections.abc import Callable

from .lemmatizer import SPOKEN, Lemma, Lemmatizer
from .lexicon import Kind
from .normalizer import ALEF_MADDA, ZWNJ, join_parts

_TWO, _THREE = 2, 3  # letters
_HARDLY_MET = 8  # the weight up to which a word that begins with alef may be another one without its madda
_FAR_COMMONER = 15  # by how much that one must be commoner
_HARDLY_CHANCE = 6  # letters of a lemma that is hardly reached by chance
_AS_A_VERB = 26  # the weight that stands for a common verb's
_WITH_MADDA = 12  # and its least weight where dictionaries have the word with a plain alef
_MUST_BE_COMMON = 22  # its least weight where they have, and only a form of it is meant


class MissingMadda:
    """Restores the madda of first letters. ``split`` tells the words that a joined token is made of, () for none."""

    def __init__(self, lemmatizer: Lemmatizer, split: Callable[[str], tuple[str, ...]]) -> None:
        self._words = lemmatizer
        self._split = split

    def restored(self, folded: str) -> str:
        """Returns a folded token that begins with alef, with its madda if it is a word only with it."""
        whole = join_parts(folded)
        if self._is_rather_with_madda(whole):
            return ALEF_MADDA + folded[1:]
        head, mark, _ = folded.partition(ZWNJ)
        if mark and len(head) > _TWO and self._words.known(whole) is None and self._is_rather_with_madda(head):
            return ALEF_MADDA + folded[1:]
        return folded

    def _is_rather_with_madda(self, word: str) -> bool:
        words, entry, marked = self._words, self._words.entry(word), ALEF_MADDA + word[1:]
        trusted = entry is not None and entry.kind & Kind.TRUSTED != 0
        if entry and trusted and (entry.weight > _HARDLY_MET or entry.kind & Kind.NAME):
            return False
        known = words.known(marked)
        if known is None:
            return words.known(word) is None and bool(self._split(marked)) and not self._split(word)
        if known.rule == SPOKEN or entry and entry.kind & Kind.SPOKEN or words.verbs.is_present_stem(word):
            return False
        past, verbal, _ = known.text.partition("#")
        if verbal and not words.verbs.is_common(past):
            return False
        weight = self._weight_of(known)
        short = len(known.text) < _THREE and weight < _FAR_COMMONER + _WITH_MADDA
        if not verbal and (known.text[:1] != ALEF_MADDA or short):
            return False
        if entry and trusted:
            return weight >= entry.weight + _FAR_COMMONER
        if len(word) < _THREE:
            return weight >= _FAR_COMMONER + _WITH_MADDA
        plain = words.known(word)
        if plain is None or plain.rule == SPOKEN or plain.text in (word, known.text):
            if plain is not None and known.text not in (marked, plain.text) and not verbal:
                return weight >= _MUST_BE_COMMON
            sure = plain is None and (known.text == marked or len(known.text) >= _HARDLY_CHANCE)
            return sure or weight >= _WITH_MADDA or known.rule == "same word"
        if plain.text[0] == ALEF_MADDA:
            return True
        return word.startswith(plain.text) and len(known.text) > len(plain.text) or weight >= self._weight_of(plain) + 2

    def _weight_of(self, lemma: Lemma) -> int:
        """How common a lemma is; a verb's is as common as any word."""
        if "#" in lemma.text:
            return _AS_A_VERB
        entry = self._words.entry(lemma.text)
        return entry.weight if entry and entry.kind & Kind.TRUSTED else 0
