"""Finds the subject of a verb of saying: who speaks, among the words before the verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .noun_phrases import ONE, Mention, Phrase, end_of, find_name, mention_of, read_phrase, unknown_phrase
from .sentences import Piece
from .word_kinds import Is, key, openings

COMMAS = frozenset("،,؛")
_DASHES = frozenset("-–—ـ")
_BREAKS = COMMAS | _DASHES
_SIGNS_AROUND = '«»"“”'
_LONGEST_MARKED = 5  # pieces of a name within quotation marks, with that which closes them
_AND = "و"
_OBJECT = "را"
_WORDS_OF_ANOTHER = 7
_WORDS_OF_A_ROLE = 2  # at least
_CUT_BEFORE_OBJECTS = ("pointing", "many")
_BEFORE_OBJECT = 0.65  # certainty of a role from which no word parts the object
_THAT = "که"
_WHOLES = frozenset("ایران کشور تهران مجلس جمهور جمهوری انقلاب".split())  # with which a role may end
_OBJECTS = frozenset(
    key(word)
    for word in "ایجاد ریزش لغو افزایش کاهش توسعه ساخت اجرای وجود حضور نبود کمبود تصویب حذف انتشار تشکیل انتخاب "
    "برگزاری تعیین تامین تقویت اهمیت لزوم ضرورت هدف علت دلیل تعداد میزان نقش شرایط وضعیت موضوع مشکل "
    "قیمت سهم حمله اقدام تلاش حمایت مشارکت همکاری سفر دیدار ورود خروج پیروزی شکست آمار خبر مهمترین "
    "بهترین بزرگترین وقوع بروز رشد".split()
)  # with which an object may begin, right behind the role of who tells of it
_IN, _THIS = "در", frozenset(("این", "همین"))
_ENTITIES = frozenset(("nbsp", "zwnj"))  # of pages, left in a text
_AGENCY = "خبرگزاری"  # after which comes its name (خبرگزاری فرانسه)
_SPEAKERS = Is.GIVEN | Is.TITLE | Is.ROLE | Is.EDGE | Is.PRONOUN
_BUT = frozenset(("اما", "ولی"))
_NEW_CLAUSES = frozenset(("و", "اما", "ولی", "که"))
_OTHER_CLAUSE = 0.75  # certainty of a subject when the verb stands in a clause that has words of its own before it
_DATELINE = 6  # words before a colon or a dash that may tell where news comes from
_FAR = 48  # pieces of a sentence before its verb, beyond which its subject is hardly told from others


class Subject(NamedTuple):
    """Who a verb's subject is, None for a verb without one; and how surely it was found, from 0 to 1."""

    mention: Mention | None
    certainty: float


def subject_of(pieces: Sequence[Piece], hidden: Sequence[bool], stop: int) -> Subject:
    """Returns the subject of a verb at a place, among the pieces before it."""
    words = _outside_brackets(pieces, hidden, stop)
    start = _after_dateline(words)
    doubt = 1.0
    for clause in _clauses(words, start):
        clause = _after_openings(words, clause)
        own = read_phrase(words, clause, len(words))
        if own and (own.is_full if own.kind == "name" else own.kind in ("pronoun", "pointing", "role", "anyone")):
            return told(words, own, 0.9 if own.is_clean else 0.7)
        if clause < len(words) and not words[clause].bits & (Is.OPENING | Is.EDGE):
            doubt = _OTHER_CLAUSE
            break
    at, is_first, holder = start, True, -1
    while at < len(words):
        at = _after_openings(words, at)
        if at >= len(words):
            break
        comma = next((place for place in range(at, len(words)) if words[place].form in COMMAS), len(words))
        bits = words[at].bits
        may_begin = not bits & Is.EDGE or bits & Is.POINTING or words[at].form in ONE
        if not bits & Is.OPENING and may_begin and words[at].form != _AND:
            phrase = read_phrase(words, at, comma)
            if phrase is None or phrase.kind == "name" and not phrase.is_full:
                phrase = _marked_name(pieces, words, at) or phrase
            if phrase is None and is_first:
                phrase = unknown_phrase(words, at, comma)
            if phrase and holder < 0 and phrase.kind == "role" and phrase.end - at > _WORDS_OF_A_ROLE:
                holder = at
            if phrase and phrase.kind in _CUT_BEFORE_OBJECTS and _is_object(words, phrase.end):
                phrase = _before_object(words, phrase)
            if phrase and not _is_object(words, phrase.end):
                if phrase.kind == "role":
                    phrase = _without_object(words, phrase)
                phrase = _with_apposition(words, phrase, comma)
                return told(words, phrase, (0.95 if is_first else 0.85) * doubt)
        is_first = is_first and bool(bits & Is.OPENING) and comma - at < 12
        at = comma + 1
    if found := find_name(words, start, len(words)):
        return told(words, found, 0.7)
    if holder >= 0:  # with the object behind it (رئیس مجلس تورم را گذرا دانست)
        end = holder + _WORDS_OF_A_ROLE
        return told(words, Phrase("role", holder, end, role=(holder, end)), _BEFORE_OBJECT * doubt)
    for at in range(start, min(start + 7, len(words))):
        if words[at].bits & Is.PRONOUN and (
            at == start or words[at - 1].form not in ("را", "از", "به", "با", "برای", "که")
        ):
            return told(words, Phrase("pronoun", at, at + 1), 0.7)
    is_dropped = len(words) - start <= 4 or words[start].bits & Is.OPENING or words[start].form == _AND
    return Subject(None, 0.75 if is_dropped else 0.4)


def _marked_name(pieces: Sequence[Piece], words: Sequence[Piece], at: int) -> Phrase | None:
    """A name that nobody listed, within quotation marks before the role of who has it («رود فان» مهاجم هلند)."""
    first = next((place for place, piece in enumerate(pieces) if piece.start == words[at].start), 0)
    if not first or pieces[first - 1].form not in _SIGNS_AROUND:
        return None
    size = next((n for n, piece in enumerate(pieces[first : first + _LONGEST_MARKED]) if piece.bits & Is.SIGN), 0)
    last = at + size
    if size < 2 or last >= len(words) or any(piece.bits & (Is.EDGE | Is.VERB) for piece in words[at:last]):
        return None
    end = end_of(words, last, len(words))
    if not words[last].bits & Is.ROLE or pieces[first + size].form not in _SIGNS_AROUND:
        return None
    return Phrase("name", at, end, (at, last), (last, end), True, False)


def _before_object(words: Sequence[Piece], phrase: Phrase) -> Phrase:
    """The least that such a phrase may be, without the object behind it (این محقق تورم را، برخی از مردم شهر را)."""
    at, end = phrase.start, phrase.end
    end = min(end, at + (2 if phrase.kind == "pointing" else 3 if words[at + 1].form == "از" else 1))
    return phrase._replace(end=end, role=(at + (phrase.kind == "pointing"), end)) if end < phrase.end else phrase


def _without_object(words: Sequence[Piece], phrase: Phrase) -> Phrase:
    """A role without what begins the object behind it (رئیس مجلس ایجاد شغل در شهرها را)."""
    object_at = next((at for at in range(phrase.end, len(words)) if words[at].form == _OBJECT), 0)
    between = words[phrase.end : object_at]
    if any(piece.bits & Is.VERB or piece.form in COMMAS or piece.form == _THAT for piece in between) or not between:
        return phrase
    first = phrase.start + _WORDS_OF_A_ROLE
    places = range(first, phrase.end)
    end = next((at for at in places if words[at].form in _OBJECTS and words[at - 1].form != _AND), 0)
    if not end:
        place = next((at for at in range(phrase.end - 2, first - 2, -1) if words[at].form in _WHOLES), 0)
        end = place + 1 if place else phrase.end
    return phrase._replace(end=end, role=(phrase.start, end))


def _is_object(words: Sequence[Piece], at: int) -> bool:
    """Whether what ends at a place is the object, by itself or with another (علی و رضا را)."""
    if at < len(words) and words[at].form == _AND:
        at = next(
            (place for place in range(at, min(at + _WORDS_OF_ANOTHER, len(words))) if words[place].form == _OBJECT), at
        )
    return at < len(words) and words[at].form == _OBJECT


def told(words: Sequence[Piece], phrase: Phrase, certainty: float) -> Subject:
    """Returns the subject that a phrase names."""
    return Subject(mention_of(words, phrase), certainty)


def _outside_brackets(pieces: Sequence[Piece], hidden: Sequence[bool], stop: int) -> list[Piece]:
    """The pieces before a place that stand in no brackets and no quotation marks."""
    words, depth = [], 0
    for at in range(max(0, stop - 4 * _FAR), stop):
        piece = pieces[at]
        form, _, bits, _, _ = piece
        is_sign = bits & Is.SIGN
        if is_sign and form in "([":
            depth += 1
        elif is_sign and form in ")]":
            depth = max(depth - 1, 0)
        elif not (depth or hidden[at] or is_sign and form in _SIGNS_AROUND):
            words.append(piece)
    return words


def _after_dateline(words: Sequence[Piece]) -> int:
    """Where a sentence begins after what tells where the news comes from (تهران - ایسنا: ...)."""
    start = _after_signs(words, 0)
    at = start
    while at < min(start + _DATELINE, len(words) - 1):
        piece = words[at]
        if piece.form in _DASHES and _is_before_role(words, start, at):
            break
        if piece.form in ":-–—ـ":
            start = at = _after_signs(words, at)
        elif piece.bits & Is.SIGN and piece.form not in "/،":
            break
        else:
            at += 1
    return start


def _is_before_role(words: Sequence[Piece], start: int, dash: int) -> bool:
    """Whether a name stands before a dash, and before another, or behind a title, the role of who has it."""
    name = read_phrase(words, start, dash)
    if name is None or name.kind != "name" or not name.is_full or name.end != dash or not name.name:
        return False
    role = read_phrase(words, dash + 1, len(words))
    if role is None or role.kind != "role":
        return False
    is_closed = role.end < len(words) and words[role.end].form in _BREAKS
    is_said = role.end < len(words) and bool(words[role.end].bits & Is.OPENING) and bool(words[start].bits & Is.GIVEN)
    return is_closed or is_said or name.name[0] > start


def _after_signs(words: Sequence[Piece], at: int) -> int:
    while at < len(words) and (words[at].bits & Is.SIGN or words[at].form in _ENTITIES):
        at += 1
    return at


def _after_openings(words: Sequence[Piece], at: int) -> int:
    """Where a clause begins after adverbials, and after whom it is reported by."""
    while at < len(words):
        piece = words[at]
        if piece.bits & Is.SIGN:
            at += 1
            continue
        for line in openings().get(piece.form, ()):
            if tuple(word.form for word in words[at : at + len(line)]) == line:
                at += len(line)
                break
        else:
            if (
                piece.form in ("به", "بنابه", "بنابر")
                and at + 1 < len(words)
                and words[at + 1].form in ("گزارش", "نقل")
            ):
                at = _after_medium(words, at + 2)
                continue
            if piece.form == _IN and at + 3 < len(words) and words[at + 1].form in _THIS and _begins(words[at + 3]):
                return at + 3
            return at
    return at


def _begins(piece: Piece) -> bool:
    """Whether a word surely begins a phrase that names a speaker, where an adverbial may end (در این شهر وزیر گفت)."""
    return bool(piece.bits & (Is.ROLE | Is.TITLE | Is.PRONOUN | Is.GIVEN)) and not piece.bits & (Is.WEAK | Is.EDGE)


_REPORTERS = {
    key(word)
    for word in "خبرنگار ما از روابط عمومی روابط‌عمومی سرویس گروه خبرگزاری دانشجویان ایران جمهوری اسلامی و به نقل "
    "گزارش".split()
}


def _after_medium(words: Sequence[Piece], at: int) -> int:
    """Where a clause begins after "by report of" somebody: after the next comma, or after the names of media."""
    comma = next((place for place in range(at, min(at + 18, len(words))) if words[place].form in COMMAS), -1)
    if comma >= 0:
        named = next((place for place in range(at, comma) if not words[place].bits & (Is.MEDIUM | Is.THING)), comma)
        is_other = at < named < comma and words[named].bits & (Is.ROLE | Is.TITLE | Is.GIVEN | Is.BODY)
        return named if is_other and not words[named].bits & (Is.WEAK | Is.EDGE) else comma + 1
    verb = next((place for place in range(at, len(words)) if words[place].bits & Is.VERB), len(words))
    pronoun = next(
        (place for place in range(at, min(at + _WORDS_OF_ANOTHER, verb)) if words[place].bits & Is.PRONOUN), 0
    )
    if pronoun:
        return pronoun
    while at < len(words) and (
        words[at].bits & (Is.MEDIUM | Is.SIGN | Is.THING)
        or words[at].form in _REPORTERS
        or words[at - 1].form == _AGENCY
        and not words[at].bits & _SPEAKERS
    ):
        at += 1
    return at


def _clauses(words: Sequence[Piece], start: int) -> Iterator[int]:
    """Where clauses begin, after a verb and "and" or the like, from the last to the second."""
    for at in range(len(words) - 1, start + 2, -1):
        before = words[at - 1 - (words[at].form in _BUT and words[at - 1].form in COMMAS)]
        if words[at].form in _NEW_CLAUSES and before.bits & Is.VERB:
            yield at + 1


def _with_apposition(words: Sequence[Piece], phrase: Phrase, comma: int) -> Phrase:
    """A name and the role after its comma, or a role and the name, taken together."""
    if phrase.end < len(words) and words[phrase.end].form in _DASHES:
        comma = phrase.end
    if phrase.end < comma or comma >= len(words) or phrase.kind not in ("name", "role"):
        return phrase
    end = next((place for place in range(comma + 1, len(words)) if words[place].form in _BREAKS), len(words))
    other = read_phrase(words, comma + 1, end)
    if other is None:
        return phrase
    if phrase.kind == "name" and phrase.role is None and other.kind == "role":
        return phrase._replace(role=other.role, end=other.end)
    is_object = other.end < len(words) and words[other.end].form == _OBJECT
    if phrase.kind == "role" and other.kind == "name" and (other.is_full or other.end == end) and other.is_clean:
        if is_object:
            return phrase
        return other._replace(start=phrase.start, role=phrase.role)
    return phrase
