"""Reads what a sentence tells beside its verb: in clauses of saying that, with a need, according to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .noun_phrases import Phrase, read_phrase, unknown_phrase
from .sentences import Piece
from .subjects import COMMAS, Subject, told
from .word_kinds import ACCORDING, Is, key

_KE = "که"
_STRESS = "تاکید"
OPENED, CLOSED = frozenset('«"“'), frozenset('»"”')
"""Marks of quotation, by what they do."""

WORDS_OF_A_NAME = 5
"""And a mark: what is within quotation marks and no longer is read as if it stood in none."""


class According(NamedTuple):
    """Whom a sentence is according to, the pieces that tell it, and where what he says begins."""

    subject: Subject
    verb: tuple[int, int]
    first: int


_SAYING = {key(word) for word in "بیان عنوان اشاره تاکید اعلام ذکر یادآوری اظهار طرح اذعان تصریح ابراز تشریح".split()}
THAT = {key(word) for word in "اینکه آنکه".split()}
_THIS, _MATTER = "این", {key(word) for word in "مطلب نکته موضوع پرسش سوال".split()}
_WITH = frozenset(("با", "ضمن"))
_LONG = 6  # pieces
_NEED = frozenset(map(key, "لزوم ضرورت اهمیت".split()))
_TO = frozenset("به بنابه بنابر بر طبق مطابق اساس براساس پایه برپایه".split())


def saying_that(pieces: Sequence[Piece], hidden: Sequence[bool], stop: int) -> list[tuple[int, int, int]]:
    """Returns the clauses of "saying that", or of a need before a verb: where they and their words begin, and end."""
    found = []
    places = [at for at, (form, _, _, _, _) in enumerate(pieces[: max(0, stop - 3)]) if form in _WITH]
    for at in places:
        if hidden[at] or pieces[at + 1].form not in _SAYING:
            continue
        if at + 4 < stop and (need := _need(pieces, at, stop)):
            found.append(need)
            continue
        that = next((place for place in range(at + 2, min(at + 5, stop)) if pieces[place].form in THAT), -1)
        if that < 0:
            this = next((place for place in range(at + 2, min(at + 5, stop)) if pieces[place].form == _THIS), -1)
            if this < 0 or this + 2 >= stop or pieces[this + 1].form not in _MATTER or pieces[this + 2].form != _KE:
                continue
            that = this + 2
        end = next((place for place in range(stop - 1, that + 3, -1) if pieces[place].form in COMMAS), stop)
        if not any(piece.bits & Is.VERB for piece in pieces[that + 1 : end]):
            end = stop  # a comma within the clause
        if end - that > 3:
            found.append((at, that + 1, end))
    return found


def _need(pieces: Sequence[Piece], at: int, stop: int) -> tuple[int, int, int] | None:
    """What is said to be needed (با تاکید بر لزوم ایجاد شغل، گفت), from a place before a verb on."""
    if pieces[at + 1].form != _STRESS or pieces[at + 2].form != "بر" or pieces[at + 3].form not in _NEED:
        return None
    stops = (place for place in range(at + 4, stop) if pieces[place].form in COMMAS or pieces[place].bits & Is.VERB)
    end = next(stops, stop)
    is_whole = end == stop or not pieces[end].bits & Is.VERB
    return (at, at + 3, end) if is_whole and end - at > _LONG else None


def according_to(pieces: Sequence[Piece], hidden: Sequence[bool]) -> According | None:
    """Returns what a sentence gives "according to" somebody (به گفته وی)."""
    places = [at for at, (form, _, _, _, _) in enumerate(pieces) if form in ACCORDING]
    for at in (place - 1 for place in places if 0 < place < len(pieces) - 1):
        if hidden[at] or pieces[at].form not in _TO:
            continue
        phrase = read_phrase(pieces, at + 2, len(pieces))
        if phrase is None:
            phrase = unknown_phrase(pieces, at + 2, len(pieces))
            if phrase is None or phrase.end >= len(pieces):
                continue
            after = pieces[phrase.end]
            if after.form not in COMMAS and not (after.bits & Is.EDGE and phrase.end - phrase.start == 1):
                continue
        first, certainty = phrase.end, 0.95
        if phrase.kind == "body" and first - phrase.start <= 2 and (closed := _closing(pieces, first)):
            phrase, first = Phrase("body", first + 1, closed, role=(first + 1, closed)), closed + 1
        if first < len(pieces) and pieces[first].form in COMMAS:
            first += 1
            second = read_phrase(pieces, first, len(pieces))
            if (
                phrase.kind == "name"
                and not phrase.role
                and second
                and second.kind == "role"
                and second.end < len(pieces)
                and pieces[second.end].form in COMMAS
            ):
                phrase = phrase._replace(role=second.role, end=second.end)
                first = second.end + 1
        elif phrase.kind != "pronoun":
            certainty = 0.66
        if at > 4:
            first, certainty = 0, certainty * 0.8
        if len(pieces) - first > 3:
            return According(told(pieces, phrase, certainty), (at, at + 2), first)
        return None
    return None


def _closing(pieces: Sequence[Piece], opened: int) -> int:
    """Where the mark stands that closes a name which a mark opens at a place (روزنامه «آفتاب»); 0 for none."""
    if opened >= len(pieces) or pieces[opened].form not in OPENED:
        return 0
    last = min(opened + WORDS_OF_A_NAME + 1, len(pieces))
    closed = next((at for at in range(opened + 1, last) if pieces[at].bits & Is.SIGN), 0)
    return closed if closed > opened + 1 and pieces[closed].form in CLOSED else 0
