"""Finds where an article prints the full name of somebody whom it calls by a surname or a role."""

from __future__ import annotations

from .noun_phrases import end_of, find_name, is_believed, may_be_name, name_end, read_phrase
from .sentences import Piece
from .word_kinds import Is

_NO_SURNAME = Is.ROLE | Is.MAYBE | Is.BODY | Is.MANY | Is.EDGE | Is.VERB | Is.THING
_BEFORE_NAMES = frozenset(("نام", "اسم", "عنوان", "لقب"))


def _ending_with(pieces: list[Piece], forms: tuple[str, ...], last: int) -> tuple[int, int] | None:
    """Where the full name stands whose surname is, or ends with, some forms, of which the last is at a place."""
    first = last - len(forms)
    surname = pieces[first + 1 : last + 1]
    if first < 0 or tuple(piece.form for piece in surname) != forms or any(one.bits & _NO_SURNAME for one in surname):
        return None
    given = first
    if given and pieces[given].bits & Is.WEAK and pieces[given - 1].form in _BEFORE_NAMES:
        return None  # نام کامل گوگل
    if not pieces[given].bits & Is.GIVEN:
        is_word = pieces[last].bits & Is.ORDINARY
        if is_word or not given or not may_be_name(pieces[given]) or not pieces[given - 1].bits & Is.GIVEN:
            return None
        given -= 1
    if not is_believed(pieces, given, last + 1):
        return None
    while given and first - given < 2 and pieces[given - 1].bits & Is.GIVEN and not pieces[given - 1].bits & Is.WEAK:
        given -= 1
    stop, _ = name_end(pieces, given, end_of(pieces, given, len(pieces)), is_titled=True)
    return pieces[given].start, pieces[max(last, stop - 1)].end


def full_name_beside(pieces: list[Piece], forms: tuple[str, ...], start: int, end: int) -> tuple[int, int] | None:
    """Returns where the full name is that ends with some forms at a place or, without forms, beside a role there."""
    if forms:
        last = next((at for at, piece in enumerate(pieces) if piece.end == end), -1)
        return _ending_with(pieces, forms, last)
    after = next((at for at, piece in enumerate(pieces) if piece.start >= end), len(pieces))
    while (
        after < len(pieces)
        and pieces[after].form in ("،", ",")
        or after < len(pieces)
        and pieces[after].bits & Is.TITLE
        and not pieces[after].bits & Is.GIVEN
    ):
        after += 1
    phrase = read_phrase(pieces, after, len(pieces)) if after < len(pieces) else None
    if phrase and phrase.name and phrase.is_full and phrase.is_clean and phrase.name[0] == after:
        return pieces[phrase.name[0]].start, pieces[phrase.name[1] - 1].end
    stop = next((at for at, piece in enumerate(pieces) if piece.start >= start), 0)
    if stop and pieces[stop - 1].form in ("،", ","):
        stop -= 1
    found = find_name(pieces, max(0, stop - 5), stop)
    if found and found.name and found.name[1] == stop:
        return pieces[found.name[0]].start, pieces[found.name[1] - 1].end
    return None
