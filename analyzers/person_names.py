"""Names of persons among words: which neighbours are parts of one name (علی دایی, سید محمد خاتمی, جو بایدن).

The lexicon marks given names, surnames and titles (``data/person_names.txt``). A surname is also known by what it is
made of, or by being a word that nobody has listed. Neighbours alone are looked at, so that a name is seen among other
words too; where two words are all there is, less is asked of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .compounds import Term
from .lexicon import Kind, Lexicon

_GIVEN = Kind.GIVEN | Kind.GIVEN_TOO
_NAMES = _GIVEN | Kind.SURNAME | Kind.TITLE
_COMMON = Kind.NOUN | Kind.ADJECTIVE | Kind.ADVERB | Kind.NUMBER
_AFTER_GIVEN_NAMES = ("ی", "یان", "خانی")  # make a surname of a given name
_OF_SURNAMES = ("زاده", "پور", "نژاد", "نیا", "فر", "وند", "منش")  # and these of nearly any word
_INFLECTED = ("indefinite", "possessive", "copula")  # rules that cut what may be the end of a name that nobody listed
_SHORTEST = 3  # letters of what a surname is made of, and of a word that may be a name without being listed
_HARDLY_MET = 9  # the weight up to which a listed word may as well be a name
_REMEMBERED = 1 << 14  # terms


class _Part(NamedTuple):
    """What a word may be in a name, as bits of `Kind`, and what it is else.

    ``unlisted`` is a word that nobody knows, ``inflected`` a form of one that is known, itself not listed, and
    ``content`` whatever is no word of function.
    """

    names: int = 0
    unlisted: bool = False
    inflected: bool = False
    content: bool = False


class PersonNames:
    """Tells the names of persons by a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._part = lru_cache(maxsize=_REMEMBERED)(self._read)

    def continued(self, terms: Sequence[Term]) -> list[bool]:
        """Returns for each of some neighbours whether it goes on with a name of which the one before is a part.

        >>> from .analyzer import default_analyzer
        >>> analyzer = default_analyzer()
        >>> terms = [token.term for token in analyzer.tokens("سخنان مهران مدیری")]
        >>> analyzer.person_names.continued(terms)
        [False, False, True]
        """
        parts, alone = [self._part(term) for term in terms], len(terms) == 2
        return [False, *(_goes_on(*pair, alone) for pair in pairwise(parts))][: len(parts)]

    def kinds_of(self, term: Term) -> int:
        """Returns what a word may be in a name, as bits of `Kind`: a given name, a surname, a title."""
        return self._part(term).names

    def _read(self, term: Term) -> _Part:
        word, entry = term.form, self._lexicon.get(term.form)
        if not word.isalpha() or word.isascii():
            return _Part()
        kind = entry.kind if entry else 0
        names = kind & _NAMES
        if not names & Kind.SURNAME and self._is_surname(word, kind):
            names |= Kind.SURNAME
        unknown = term.rule == "unknown word" or bool(entry and entry.weight <= _HARDLY_MET and term.lemma == word)
        inflected = entry is None and term.rule in _INFLECTED
        return _Part(names, len(word) >= _SHORTEST and unknown, inflected, not kind & Kind.FUNCTION)

    def _is_surname(self, word: str, kind: int) -> bool:
        if word.endswith(_AFTER_GIVEN_NAMES) and any(
            self._is_given(word, end) for end in _AFTER_GIVEN_NAMES if word.endswith(end)
        ):
            return True
        return word.endswith(_OF_SURNAMES) and not kind & _COMMON and len(word) > _SHORTEST + len("پور")

    def _is_given(self, word: str, end: str) -> bool:
        entry = self._lexicon.get(word[: -len(end)])
        return entry is not None and bool(entry.kind & Kind.GIVEN) and len(word) >= _SHORTEST + len(end)


def _goes_on(left: _Part, right: _Part, alone: bool) -> bool:
    """Whether the second of two neighbours goes on with a name; ``alone`` when there are no others."""
    names = right.names
    if left.names & Kind.GIVEN:
        return bool(names & (_GIVEN | Kind.SURNAME)) or right.unlisted or right.inflected or alone and right.content
    if left.names & Kind.GIVEN_TOO:
        return bool(names & Kind.SURNAME) or right.unlisted or alone and (bool(names & _GIVEN) or right.inflected)
    if left.names & Kind.TITLE:
        return bool(names & (_GIVEN | Kind.SURNAME)) or right.unlisted
    if left.names & Kind.SURNAME:
        return bool(names & Kind.SURNAME)
    return alone and left.unlisted and (right.unlisted or bool(names & (Kind.GIVEN | Kind.SURNAME)))
