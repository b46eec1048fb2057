"""Finds the document that a sentence quotes (در این بیانیه آمده است), and who wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from .noun_phrases import Phrase, find_name, read_phrase
from .sentences import Piece
from .subjects import Subject, told
from .word_kinds import Is, key

_DOCUMENTS = {
    key(word)
    for word in "بیانیه اطلاعیه نامه گزارش پیام یادداشت بخشنامه متن خبر مقاله مقدمه آگهی قطعنامه ابلاغیه جوابیه حکم "
    "شکایت‌نامه روزنامه نشریه مجله سایت معرفی توضیح توضیحات سند کیفرخواست پیش‌نویس نظرسنجی "
    "توییت پیامک اعلامیه دستورالعمل مصوبه لایحه طرح گزارشی بیانیه‌ای نامه‌ای پیامی اطلاعیه‌ای".split()
}  # general knowledge of what offices and parties write
_IN, _THAT = "در", "که"
_THIS = frozenset(("این", "همین", "آن"))
_AROUND = 26  # words before the verb
_NEAR = 5  # words between the preposition and its noun
_BY = 0.75  # certainty of whoever is named behind the word for what he wrote
_WHICH = 0.6  # of whoever is named in its relative clause, and of the document itself
_WRITERS = frozenset(("name", "role", "body"))


def document_before(pieces: Sequence[Piece], stop: int) -> Subject | None:
    """Returns who wrote the document in which something is said to stand; the document where no writer is told."""
    for place in range(stop - 2, max(stop - _AROUND, 0) - 1, -1):
        if pieces[place].form != _IN:
            continue
        for at in range(place + 1, min(place + _NEAR, stop)):
            if pieces[at].form in _DOCUMENTS or pieces[at].lemma in _DOCUMENTS:
                return _written(pieces, at, stop)
            if pieces[at].bits & (Is.VERB | Is.SIGN):
                break
    return None


def _written(pieces: Sequence[Piece], noun: int, stop: int) -> Subject:
    first = noun - (pieces[noun - 1].form in _THIS)
    while noun + 1 < stop and (pieces[noun + 1].form in _DOCUMENTS or pieces[noun + 1].form in _THIS):
        noun += 1
    after = noun + 1
    if after < stop and pieces[after].form == _THAT and (name := find_name(pieces, after, stop)):
        return told(pieces, name, _WHICH)
    writer = read_phrase(pieces, after, stop)
    if writer is not None and writer.kind in _WRITERS:
        return told(pieces, writer, _BY)
    return told(pieces, Phrase("many", first, after, role=(first, after)), _WHICH)
