"""Reads sentences without punctuation: what is said lasts from its verb to where the next one is told who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .noun_phrases import find_name, read_phrase
from .sentences import Piece
from .subjects import Subject, subject_of, told
from .word_kinds import Is

_LONG = 60  # words from which a sentence is one that lacks signs, and no long one
_WORDS_A_SIGN = 40
_SHORTEST = 4  # words said
_AND, _THAT = "و", "که"
_SAME = 0.65  # certainty of a subject that is that of the verb before
_SPEAKERS = frozenset(("pronoun", "pointing", "name", "role", "body", "anyone"))


class Told(NamedTuple):
    """What a verb tells, by places in the sentence's pieces; ``is_before`` where the words stand before it."""

    subject: Subject
    verb: tuple[int, int]
    first: int
    last: int
    is_before: bool


def runs_on(pieces: Sequence[Piece], verbs: Sequence[tuple[int, int]]) -> bool:
    """Returns whether a sentence goes on over several verbs of saying without a sign that would part them."""
    if len(verbs) < 2 or len(pieces) < _LONG:
        return False
    return sum(bool(piece.bits & Is.SIGN) for piece in pieces) * _WORDS_A_SIGN <= len(pieces)


def read_on(pieces: Sequence[Piece], hidden: Sequence[bool], verbs: Sequence[tuple[int, int]]) -> Iterator[Told]:
    """Yields what each verb of saying tells in a sentence that runs on; verbs are told by their first piece and end."""
    starts = [_clause(pieces, low, verb[0]) for low, verb in zip([0, *(end for _, end in verbs)], verbs, strict=False)]
    subject: Subject | None = None
    for at, (start, end) in enumerate(verbs):
        clause = starts[at]
        if clause >= 0:
            subject = subject_of(pieces[clause:start], hidden[clause:start], start - clause)
            if not clause and (name := find_name(pieces, 0, start)):
                subject = told(pieces, name, _SAME)  # behind a headline
        elif subject is not None:
            subject = subject._replace(certainty=min(subject.certainty, _SAME))
        if subject is None or subject.mention is None:
            continue
        last = next((place for place in starts[at + 1 :] if place >= 0), len(pieces))
        joined = next((other for other, _ in verbs[at + 1 :] if other < last), last)
        first = end + (end < len(pieces) and pieces[end].form == _THAT)
        if joined < last:
            last = _before_and(pieces, first, joined)
        if last - first >= _SHORTEST:
            yield Told(subject, (start, end), first, last, False)
        elif start - max(clause, 0) > _SHORTEST and clause >= 0:
            yield Told(subject, (start, end), clause, start, True)


def _clause(pieces: Sequence[Piece], low: int, stop: int) -> int:
    """Where a verb's clause begins with its own subject, after a verb that ends the clause before; -1 if nowhere."""
    for at in range(stop - 1, low - 1, -1):
        if at and not pieces[at - 1].bits & Is.VERB or pieces[at].bits & Is.VERB:
            continue
        phrase = read_phrase(pieces, at + (pieces[at].form == _AND), stop)
        if phrase is not None and phrase.kind in _SPEAKERS or not at:
            return at
    return -1


def _before_and(pieces: Sequence[Piece], first: int, stop: int) -> int:
    """Where the clause before another of the same speaker ends."""
    return next((at for at in range(stop - 1, first, -1) if pieces[at].form == _AND), stop)
