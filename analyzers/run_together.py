"""Words run together: a token without ZWNJ that no list has, read as the words it was typed from (جهاددانشگاهی).

Of the readings whose parts are all words the likeliest is taken, and none where no reading is surely right.
"""

from __future__ import annotations

from collections.abc import Mapping

from .bound_forms import BoundForms
from .lemmatizer import SPOKEN, Lemmatizer
from .lexicon import TITLE, Kind, is_content
from .normalizer import ALEF, ALEF_MADDA, VAV, YEH

GLIDES = (ALEF + YEH, VAV + YEH)
"""What a word in alef or vav ends in before another noun (فضای)."""

SHORTEST_PART = 3
"""Letters of a part, but for prefixes and what a bound form allows."""

_PREPOSITIONS = frozenset(("به", "در", "از", "بر", "با"))  # run together with a word that is long and common enough
_THAT = "ان"  # آن, inside a word
_BEFORE_THAT = tuple(preposition + that for preposition in sorted(_PREPOSITIONS) for that in ("این", _THAT))
_RUN_ON = ("که", "است", "باشد", "باشند", "بود", "بودند")  # what any word is run together with that comes before
_LONGEST_SPLIT = 40
_COMMON = 16  # the weight of a word that may be read after a preposition it was run together with
_COMMON_BEFORE_BOUND = 20  # the same before a bound form
_VERY_COMMON = 22  # the weight of a word of three letters that may be read out of a longer one


class RunTogether:
    """Finds the words that a joined token is made of. ``prefixes`` are first elements and their kinds."""

    def __init__(self, words: Lemmatizer, bound: BoundForms, prefixes: Mapping[str, str]) -> None:
        self._words = words
        self._lexicon = words.lexicon
        self._bound = bound
        self._prefixes = prefixes
        self._known_heads = {TITLE: 40.0, **dict.fromkeys(_PREPOSITIONS, 40.0), **dict.fromkeys(prefixes, 30.0)}

    def split(self, word: str) -> tuple[str, ...]:
        """Returns the words a joined token is made of, or () when no split is surely right.

        Of the splits whose two sides are words, the one whose rarer side is commonest: real words on both sides
        beat a common word and a chance scrap.
        """
        if not 2 * SHORTEST_PART - 1 <= len(word) <= _LONGEST_SPLIT:
            return ()
        for end in _RUN_ON if word.endswith(_RUN_ON) else ():
            if word.endswith(end) and len(word) >= len(end) + 2 and self._words.known(word[: -len(end)]):
                return word[: -len(end)], end
        if word[0] == VAV and self._is_after_and(word[1:]):
            return VAV, word[1:]
        if word.startswith(_BEFORE_THAT) and (parts := self._after_that(word)):
            return parts
        best: tuple[float, tuple[str, ...]] = (0, ())
        for head, weight in self._heads(word):
            if weight >= best[0]:
                tail = word[len(head) :]
                if weight := min(weight, self._tail_weight(head, tail)):
                    best = max(best, (weight, (head, max(_with_madda(tail), key=self._word_weight))))
        return best[1]

    def _after_that(self, word: str) -> tuple[str, ...]:
        """The three words of a preposition, "this" or "that" and a common noun run together (بااین‌حال), or ()."""
        for start in _BEFORE_THAT:
            rest = word.removeprefix(start)
            if rest != word and len(rest) >= SHORTEST_PART and self._words.is_word(rest):
                return start[:2], _with_madda(start[2:])[-1] if start.endswith(_THAT) else start[2:], rest
        return ()

    def _is_after_and(self, word: str) -> bool:
        """Whether a word may be read after "and" that was run together with it (وعراق)."""
        entry = self._words.entry(word)
        common = entry is not None and entry.kind & Kind.TRUSTED and entry.weight >= _COMMON
        return len(word) > SHORTEST_PART and bool(common)

    def _heads(self, word: str) -> list[tuple[str, float]]:
        """The beginnings of a word that may be words of their own, and how common they are."""
        known, get, heads = self._known_heads, self._lexicon.get, []
        for place in range(2, len(word) - 1):
            head = stem = word[:place]
            if head in known:
                heads.append((head, known[head]))
            elif place >= SHORTEST_PART:
                entry = get(head)
                if head[-1] == YEH and head.endswith(GLIDES) and not (entry and entry.kind & Kind.TRUSTED):
                    stem = head[:-1]  # فضای مجازی
                    entry = get(stem)
                if entry and entry.kind & Kind.TRUSTED and entry.weight >= self._least_head(stem, word[place:]):
                    heads.append((head, max(entry.weight, 1)))  # which is 0 of a word listed without its frequency
        return heads

    def _least_head(self, head: str, tail: str) -> int:
        """How common a word must be to be read before a tail; less where that is a bound form."""
        least = _least_weight(head)
        if least and len(tail) >= SHORTEST_PART and head[0] != VAV and self._bound.find(tail)[0]:
            return _COMMON_BEFORE_BOUND
        return least

    def _tail_weight(self, head: str, tail: str) -> float:
        least, _ = self._bound.find(tail)
        if least and len(head) >= least:
            return 40
        if head in _PREPOSITIONS and tail in ("این", "آن"):
            return 40
        if len(tail) < SHORTEST_PART:
            is_prefixed = len(head) > SHORTEST_PART and self._prefixes.get(head) == "always"
            return self._word_weight(tail) if is_prefixed and is_common_noun(self._words, tail) else 0  # میکرو‌خط
        weight = self._word_weight(tail)
        if tail[0] == ALEF:
            weight = max(weight, self._word_weight(ALEF_MADDA + tail[1:]))
        if head in _PREPOSITIONS:
            if not weight and tail.endswith(GLIDES) and (entry := self._lexicon.get(tail[:-1])):
                weight = entry.weight  # به‌مبنای
            least = _COMMON if len(tail) > SHORTEST_PART else _VERY_COMMON
            fits = weight >= least and (self._words.is_word(tail) or self._is_word_with_glide(tail))
            return weight + _COMMON if fits else 0
        return weight if head == TITLE or weight >= _least_weight(tail) else 0

    def _is_word_with_glide(self, word: str) -> bool:
        return word.endswith(GLIDES) and self._words.is_word(word[:-1])

    def _word_weight(self, word: str) -> float:
        """How common a word is; one the lexicon lists without a frequency counts as what it is derived from."""
        lemma = self._words.known(word)
        entry = self._words.entry(lemma.text) if lemma else None
        if not lemma or lemma.rule == SPOKEN or not entry or len(lemma.text) < min(len(word), SHORTEST_PART + 1):
            return 0  # scraps: شورشیان is not شور and شیان
        if entry.kind & Kind.TRUSTED:
            return float(entry.weight)
        base = self._words.entry(lemma.text[:-1]) if lemma.text.endswith(YEH) else None
        return float(base.weight - 2) if base and base.kind & Kind.TRUSTED else 0


def is_common_noun(words: Lemmatizer, word: str) -> bool:
    """Tells whether a word, or its lemma, is surely a common noun or adjective."""
    lemma = words.known(word)
    entry = words.entry(lemma.text) if lemma else None
    return entry is not None and is_content(entry.kind, entry.weight)


def _least_weight(part: str) -> int:
    """How common a part of a joined word must be to be read out of it."""
    return 0 if len(part) > SHORTEST_PART else _VERY_COMMON


def _with_madda(part: str) -> tuple[str, ...]:
    """A later part of a joined word as it is spelled alone, where a first alef may have had its madda."""
    return (part, ALEF_MADDA + part[1:]) if part.startswith(ALEF) else (part,)
