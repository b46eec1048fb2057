"""The syntax tree of queries that one pattern can read: phrases, beginnings of words and plain words, joined by AND.

Nearly all queries that are more than plain words are such. The grammar (`parser`) reads all of them to the same tree.
"""

from __future__ import annotations

import re

from khabarjoo.analyzers.normalizer import ZWNJ

from .keywords import AND, has_joiner
from .syntax import Asked, Both, Phrase, Question, Wildcard, Words

_LONGEST = 500  # letters of a query

_WORD = rf"[^\W_]+(?:{ZWNJ}[^\W_]+)*"
_WORDS = rf"{_WORD}(?: {_WORD})*"
_PART = re.compile(rf'({_WORDS})|(?:«({_WORDS})»|"({_WORDS})")(?:~([1-9]\d?))?|([^\W_]{{2,}}\*)')


def simple_question(text: str) -> Question | None:
    """Returns the syntax tree of a query of some hundred letters; None when it is longer, or for the grammar to read.

    >>> simple_question("«باران در گیلان» AND مازندران").root
    Both(parts=(Phrase(text='باران در گیلان', distance=None, exact=False), Words(text='مازندران')))
    >>> simple_question("باران OR برف")
    """
    if len(text) > _LONGEST:
        return None
    parts = [_part(part) for part in text.split(f" {AND} ")]
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return Question(known[0] if len(known) == 1 else Both(known))


def _part(text: str) -> Asked | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    words, phrase, other_phrase, distance, pattern = match.groups()
    if words:
        return None if has_joiner(words) else Words(words)
    return Wildcard(pattern) if pattern else Phrase(phrase or other_phrase, int(distance) if distance else None)
