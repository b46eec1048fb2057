"""Reads the noun phrase that names a speaker: a name with its titles and a role, an institution, a pronoun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .sentences import Piece
from .word_kinds import Is, key

PhraseKind = Literal["pronoun", "pointing", "many", "body", "anyone", "role", "name", "unknown"]
Span = tuple[int, int]

_LONGEST = 18  # words of a phrase
_LONGEST_NAME = 4  # words of a name without its titles
_LONGEST_BODY = 9
_LONGEST_UNKNOWN = 3
_PARTS_OF_NAMES = frozenset(
    "بن ابن ابو آل دو فون ون لو د ال دی پور نژاد زاده نیا الله الدین مهر فر راد منش دوست پناه وند کیا فرد مقدم خواه "
    "اصل حاجی حاج میر شاه خان بیگ بخش".split()
)
_RELATED = frozenset(
    "همسر پدر مادر برادر خواهر پسر دختر فرزند نوه وکیل سخنگو سخنگوی دستیار پزشک مدیربرنامه مدیربرنامههای نماینده منشی "
    "خانواده جانشین".split()
)  # of somebody, who is named after them
_TOO_GENERAL = frozenset(
    ("گروه", "مرکز", "دفتر", "رسانه", "شرکت", "بانک", "جمعیت", "اداره", "اتاق", "هیات", "شورا", "ستاد")
)
_ONE_OF = "یکیاز"
ONE = frozenset(("یک", _ONE_OF))
"""Words before a role that make it that of somebody who is not told."""
_GOVERNED = {
    "مبارزه": "با", "مقابله": "با", "ارتباط": "با", "نظارت": "بر", "رسیدگی": "به", "کمک": "به", "پیشگیری": "از",
    "حمایت": "از", "حفاظت": "از", "صیانت": "از", "دفاع": "از", "پشتیبانی": "از",
}  # fmt: skip
_ENDINGS = frozenset("پور نژاد زاده نیا آبادی وند منش".split())  # that make a surname of a given name
_LEADING = frozenset("بن ابن ابو آل فون ون دو دی ال عبد خواجه حاج حاجی".split())  # parts of names that another follows
_NEVER_LAST = frozenset(("و", "شورای", "وزارت", "سازمان", "امور", "کل", "هیات", "ستاد", "مبارزه", "حوزه"))
_SEATS = frozenset(("مجلس", "شورای", "خبرگان", "پارلمان", "کنگره"))
_SENT = frozenset(("نماینده", "جانشین"))  # of somebody, in an institution
_AND, _YEH = "و", "ی"
_SUPERLATIVE = "ترین"  # which begins a phrase of its own (سخنگوی وزارت بهداشت جدیدترین آمار را)
_PLURALS = ("های", "هایی")
_PRINTED = "چاپ"  # before the place where a newspaper appears
_NATIONS = frozenset(
    key(word)
    for word in "فرانسوی آلمانی انگلیسی بریتانیایی ایتالیایی اسپانیایی آمریکایی روسی روسیه‌ای عربی ترکیه‌ای چینی ژاپنی "
    "هندی لبنانی عراقی سعودی مصری قطری اماراتی اسرائیلی صهیونیستی فلسطینی پاکستانی افغان هلندی پرتغالی سوئدی "
    "ایرانی".split()
)  # that stand between the word for a newspaper and its name
_GOES_ON = frozenset(("دیگر", "یک"))  # which a role does not end before
_OPEN_ENDS = frozenset(("برای", "با", "به", "بدون", "بر"))  # after which the name of an institution may go on


_WORDS = Is.ORDINARY | Is.COMMON
_OUTSIDE = Is.ROLE | Is.MAYBE | Is.NONAME | Is.MANY | Is.NUMBER | Is.THING | Is.SIGN | Is.BODY | Is.MEDIUM
_ALL = frozenset(("همه", "تمام", "اغلب", "اکثر", "بیشتر"))  # of several
_SOME = frozenset(("برخی", "بعضی", "بسیاری", "تعدادی", "گروهی", "جمعی", "شماری", "عدهای"))  # of whom (برخی از مسئولان)
_SOMEBODY = Is.ROLE | Is.MAYBE | Is.MANY
_NEVER_FIRST = Is.NONAME | Is.THING | Is.ROLE | Is.MAYBE | Is.BODY | Is.MEDIUM | Is.MANY | Is.OPENING | Is.PLACE


class Phrase(NamedTuple):
    """A noun phrase by places in the pieces it was read from: all of it, its name and its role.

    ``is_full`` says that the name is one by which a person can be told, ``is_clean`` that nothing is left over.
    """

    kind: PhraseKind
    start: int
    end: int
    name: Span | None = None
    role: Span | None = None
    is_full: bool = False
    is_clean: bool = True


class Mention(NamedTuple):
    """A noun phrase as it stands in a text: places are those of the text, forms those of its words."""

    kind: PhraseKind
    start: int
    end: int
    name: Span | None
    role: Span | None
    name_forms: tuple[str, ...]
    role_forms: tuple[str, ...]
    is_full: bool
    is_clean: bool
    is_anybody: bool  # a role that many have, and that tells nobody
    is_likely: bool  # a name that is a full one, unless a longer one is found


def mention_of(pieces: Sequence[Piece], phrase: Phrase) -> Mention:
    """Returns a phrase by its places in the text."""

    def span(places: Span | None) -> Span | None:
        return (pieces[places[0]].start, pieces[places[1] - 1].end) if places else None

    def forms(places: Span | None) -> tuple[str, ...]:
        return tuple(piece.form for piece in pieces[places[0] : places[1]]) if places else ()

    whole = span((phrase.start, phrase.end))
    assert whole is not None
    if phrase.role and phrase.kind in ("name", "role") and _is_cut(pieces, phrase.role[1]):
        phrase = phrase._replace(role=None)
    return Mention(
        phrase.kind, *whole, span(phrase.name), span(phrase.role), forms(phrase.name), forms(phrase.role),
        phrase.is_full, phrase.is_clean, bool(phrase.role and pieces[phrase.role[0]].bits & Is.MAYBE),
        bool(phrase.name and phrase.kind == "name" and _is_given_and_surname(pieces, *phrase.name)),
    )  # fmt: skip


def _is_cut(pieces: Sequence[Piece], end: int) -> bool:
    """Whether a role that ends at a place goes on behind it, so that it is better not told."""
    is_open = end < len(pieces) and bool(pieces[end].bits & (Is.POINTING | Is.NUMBER) or pieces[end].form in _GOES_ON)
    return is_open or pieces[end - 1].form in _NEVER_LAST


def end_of(pieces: Sequence[Piece], start: int, stop: int) -> int:
    """Returns where the phrase that begins at a place ends at most: before a sign, verb, preposition or adverb."""
    at = start
    while at < stop and at - start < _LONGEST:
        bits = pieces[at].bits
        if bits & (Is.SIGN | Is.NUMBER):
            break
        if at > start and (bits & Is.PRONOUN or pieces[at].form.endswith(_SUPERLATIVE)):
            break
        is_edge = bits & (Is.EDGE | Is.VERB | Is.TAIL) and not (at == start and bits & Is.POINTING)
        if is_edge and (at == start or not _governs(pieces, start, at, stop)):
            break
        at += 1
    return at


def _governs(pieces: Sequence[Piece], start: int, at: int, stop: int) -> bool:
    """Whether a preposition belongs to the word before it, or leads to where somebody has a seat."""
    form = pieces[at].form
    if pieces[at - 1].form in _SOME and at - 1 == start and form == "از":
        return True
    if _GOVERNED.get(pieces[at - 1].form) == form or form == _ONE_OF and pieces[at - 1].bits & Is.ROLE:
        return True
    if form != "در" or at + 1 >= stop:
        return False
    is_sent = any(piece.form in _SENT for piece in pieces[start:at])
    return pieces[at + 1].form in _SEATS or is_sent and bool(pieces[at + 1].bits & Is.BODY)


def read_phrase(pieces: Sequence[Piece], start: int, stop: int) -> Phrase | None:
    """Returns the noun phrase at a place, or None when no speaker's can be read there."""
    if start >= stop:
        return None
    first = pieces[start].bits
    if first & Is.PRONOUN:
        return Phrase("pronoun", start, start + 1)
    is_one_of = pieces[start].form == _ONE_OF
    if pieces[start].form in ONE and start + 1 < stop and (is_one_of or pieces[start + 1].bits & _SOMEBODY):
        end = end_of(pieces, start + 1, stop)
        return Phrase("anyone", start, end, role=(start + 1, end)) if end > start + 1 else None
    end = end_of(pieces, start, stop)
    if end == start:
        return None
    if pieces[start].form in _ALL and end > start + 1 and pieces[start + 1].bits & Is.MANY:
        return Phrase("many", start, end, role=(start, end))
    if first & Is.POINTING:
        return _pointing(pieces, start, end)
    if first & Is.MANY:
        return Phrase("many", start, end, role=(start, end))
    if first & (Is.BODY | Is.MEDIUM) and not first & (Is.GIVEN | Is.SURNAME):
        return _body(pieces, start, end)
    at = start
    while at < end and _is_title(pieces, at, end):
        at += 1
    if at == end:
        return None
    if pieces[at].bits & (Is.ROLE | Is.MAYBE):
        return _role(pieces, start, at, end)
    return _name(pieces, start, at, end)


def unknown_phrase(pieces: Sequence[Piece], start: int, stop: int) -> Phrase | None:
    """Returns a phrase of few words that is no kind of speaker: perhaps a short name, known in full to the article."""
    end = end_of(pieces, start, stop)
    if not 0 < end - start <= _LONGEST_UNKNOWN or any(map(_is_no_name, pieces[start:end])):
        return None
    return Phrase("unknown", start, end, (start, end))


def _is_no_name(piece: Piece) -> bool:
    return bool(piece.bits & Is.NONAME) and not piece.bits & (Is.GIVEN | Is.SURNAME)


def _pointing(pieces: Sequence[Piece], start: int, end: int) -> Phrase | None:
    if end - start < 2:
        return None
    bits = pieces[start + 1].bits
    if bits & Is.MANY:
        return Phrase("many", start, end, role=(start, end))
    if bits & (Is.ROLE | Is.MAYBE | Is.BODY | Is.MEDIUM):
        return Phrase("pointing", start, end, role=(start + 1, end), is_clean=end - start < 8)
    return None


def _body(pieces: Sequence[Piece], start: int, end: int) -> Phrase | None:
    if pieces[start].bits & Is.MEDIUM:
        if end - start > 2 and pieces[start + 1].form in _NATIONS:
            start += 2
        end = next((at for at in range(start + 1, end) if pieces[at].form == _PRINTED), end)
    size = end - start
    if size == 1 and pieces[start].form in _TOO_GENERAL:
        return None
    inner = next((at for at in range(start + 1, end) if pieces[at].bits & Is.ROLE and not pieces[at].bits & Is.BODY), 0)
    titled = next((at for at in range(start + 1, end - 1) if _is_title(pieces, at, end)), 0)
    named = min(inner or titled, titled or inner)
    phrase = read_phrase(pieces, named, end) if named else None
    if phrase and phrase.kind == "name" and phrase.is_full:
        return phrase
    is_whole = end >= len(pieces) or pieces[end].form not in _OPEN_ENDS
    return Phrase("body", start, end, role=(start, end), is_clean=size <= _LONGEST_BODY and not inner and is_whole)


def _is_title(pieces: Sequence[Piece], at: int, end: int) -> bool:
    bits = pieces[at].bits
    if not bits & Is.TITLE:
        return False
    if not bits & (Is.ROLE | Is.GIVEN) or at + 1 == end:
        return not bits & Is.GIVEN
    after = pieces[at + 1].bits
    is_name = after & (Is.GIVEN | Is.SURNAME | Is.TITLE) or not after & (Is.ORDINARY | Is.ROLE)
    return bool(is_name) and (not bits & Is.GIVEN or bool(after & Is.GIVEN))


def _role(pieces: Sequence[Piece], start: int, at: int, end: int) -> Phrase:
    """A role, with the name of who has it after it, or without."""
    for place in range(at + 1, end):
        bits = pieces[place].bits
        if pieces[place - 1].bits & Is.PLACE or pieces[place - 1].form == _AND:
            continue
        is_titled = place + 1 < end and _is_title(pieces, place, end) and not bits & Is.ROLE
        if not is_titled and not bits & Is.GIVEN:
            continue
        first = place
        while first < end and _is_title(pieces, first, end):
            first += 1
        if pieces[place - 1].form in _RELATED:
            break  # it is not the other who speaks
        last, is_full = name_end(pieces, first, end, is_titled=is_titled)
        if last and (is_full or last == end):
            return Phrase("name", start, end, (first, last), (at, place), is_full, last == end)
    return Phrase("role", start, end, role=(start if start == at else at, end))


def _name(pieces: Sequence[Piece], start: int, at: int, end: int) -> Phrase | None:
    """A name, with a role after it, or without."""
    bits = pieces[at].bits
    is_plain = bool(bits & Is.WEAK) and not bits & Is.NONAME  # doubtful only after other words
    last, is_full = name_end(pieces, at, end, is_titled=at > start or is_plain)
    is_before_role = at + 2 < end and pieces[at + 2].bits & Is.ROLE and not pieces[at].bits & _NEVER_FIRST
    is_before_role = is_before_role and pieces[at].form == pieces[at].lemma and not pieces[at + 1].bits & Is.THING
    if not last and is_before_role and not pieces[at + 1].bits & Is.ORDINARY:  # موفق الربیعی مشاور امنیت ملی
        last, is_full = at + 2, True
    if not last:
        return None
    if last < end and pieces[last].bits & (Is.ROLE | Is.MAYBE):
        return Phrase("name", start, end, (at, last), (last, end), is_full)
    return Phrase("name", start, last if last < end else end, (at, last), None, is_full, last == end)


def name_end(pieces: Sequence[Piece], at: int, end: int, *, is_titled: bool) -> tuple[int, bool]:
    """Returns where the name that begins at a place ends, and whether it is a full one; (0, False) for none."""
    if at >= end:
        return 0, False
    bits = pieces[at].bits
    if bits & (_NEVER_FIRST & ~Is.MEDIUM) and not bits & Is.GIVEN:
        return 0, False
    last = at + 1
    while last < end and last - at < _LONGEST_NAME and _goes_on(pieces, at, last):
        last += 1
    if last - at > 2 and _is_before_verb(pieces, last):
        last -= 1
    while last - at > 1 and pieces[last - 1].form in _LEADING:
        last -= 1  # زین‌الدین زیدان دو روز پیش
    if last - at > 1:
        last = _after_place(pieces, last, end)
    size = last - at
    if bits & Is.GIVEN:
        if not is_titled and not is_believed(pieces, at, last):
            return 0, False
        if size == 2 and _ends_surname(pieces, last, end):
            last = last + 1
        return last, size > 1 and not (size == 2 and pieces[at + 1].form in _ENDINGS)
    if is_titled:
        if size == 1 and bits & Is.NONAME:
            return 0, False
        return last, False
    if bits & _WORDS and not bits & Is.SURNAME:
        return 0, False
    rest = pieces[at + 1 : last]
    if len(pieces[at].form) < 3 or not all(map(may_be_name, rest)):
        return 0, False
    if size > 2 and _is_given(pieces[at + 1]):
        return 0, False  # what stands before a whole name is none
    return last, size > 1 and not pieces[at].bits & Is.SURNAME


def _is_before_verb(pieces: Sequence[Piece], last: int) -> bool:
    """Whether the last word of what may be a name is one of a verb's instead (علی رضایی تصمیم گرفت)."""
    verb = pieces[last].bits if last < len(pieces) else 0
    return bool(pieces[last - 1].bits & _WORDS and verb & Is.VERB and not verb & Is.SAYS)


def is_believed(pieces: Sequence[Piece], at: int, last: int) -> bool:
    """Returns whether a given name that may be another word is one here, by what follows it."""
    bits = pieces[at].bits
    if not bits & (Is.WEAK | Is.NONAME):
        return True
    rest = pieces[at + 1 : last]
    if len(rest) > 1 and _is_given(rest[0]) and bits & Is.NONAME or not rest:
        return False  # a whole name by itself, of which the word before is no part
    if bits & Is.EDGE:
        return bool(rest[0].bits & Is.SURNAME)
    if bits & Is.NONAME:
        return may_be_name(rest[0])
    return any(piece.bits & Is.SURNAME or not piece.bits & (Is.ORDINARY | _OUTSIDE) for piece in rest)


def _ends_surname(pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether a word of the language is the end of a surname: the part before it is none, and no noun may follow it."""
    unfit = _OUTSIDE | Is.SAYS | Is.BEFORE_LIGHT | Is.VERB | Is.EDGE | Is.OPENING | Is.TITLE
    if (
        at >= end
        or pieces[at].bits & unfit
        or pieces[at - 1].bits & (Is.SURNAME | Is.ORDINARY)
        or at + 1 >= len(pieces)
    ):
        return False
    after = pieces[at + 1]
    if after.bits & (Is.ROLE | Is.SIGN):
        return at + 1 < end or bool(after.bits & Is.SIGN)
    return bool(after.bits & Is.EDGE) and not after.bits & Is.POINTING and after.form != "را"


def _is_given(piece: Piece) -> bool:
    return bool(piece.bits & Is.GIVEN) and not piece.bits & Is.WEAK


def may_be_name(piece: Piece) -> bool:
    """Returns whether a word may be taken for part of a name where nothing else says that it is."""
    is_known = piece.bits & (Is.SURNAME | Is.GIVEN) or piece.form in _PARTS_OF_NAMES
    return bool(is_known) or not piece.bits & (_WORDS | _OUTSIDE)


def _is_given_and_surname(pieces: Sequence[Piece], at: int, last: int) -> bool:
    """Whether words after a title are a given name that nobody listed and a surname, not a surname of two words."""
    if last - at < 2:
        return False
    first, second = pieces[at], pieces[at + 1]
    if first.bits & Is.SURNAME or second.form in _PARTS_OF_NAMES:
        return False
    return bool(second.bits & Is.SURNAME) or not (first.bits | second.bits) & _WORDS


def _after_place(pieces: Sequence[Piece], last: int, end: int) -> int:
    """Where a name ends with the last part of its surname, that tells the place of a family (صالحی انارکی).

    A word that could be one is, where nothing but a role comes after it.
    """
    stop = last
    while stop < end and pieces[stop].start == pieces[last].start:
        stop += 1
    if stop == last or stop < end and not pieces[stop].bits & (Is.ROLE | Is.MAYBE):
        return last
    unfit = _OUTSIDE | Is.PLACE | Is.TITLE
    is_place = pieces[stop - 1].form.endswith(_YEH) and not pieces[stop - 1].bits & unfit
    return stop if is_place else last


def _goes_on(pieces: Sequence[Piece], first: int, at: int) -> bool:
    """Whether a name that has begun goes on with a word."""
    bits = pieces[at].bits
    if pieces[at].start == pieces[at - 1].start:
        return True  # one word
    if pieces[at].form in _PARTS_OF_NAMES:
        return True
    if bits & _OUTSIDE and not bits & (Is.GIVEN | Is.SURNAME) or bits & Is.ROLE or pieces[at].form == _AND:
        return False
    if pieces[at - 1].form in _LEADING:
        return True
    if pieces[at].form.endswith(_PLURALS) and not bits & (Is.GIVEN | Is.SURNAME):
        return False
    if bits & (Is.GIVEN | Is.SURNAME) or not bits & Is.ORDINARY:
        return True
    are_given = at - first <= 2 and all(piece.bits & Is.GIVEN for piece in pieces[first:at])
    return are_given and not bits & (Is.BODY | Is.MEDIUM | Is.PLACE)


def find_name(pieces: Sequence[Piece], start: int, stop: int) -> Phrase | None:
    """Returns the last person named in full anywhere in a stretch, with the role before the name."""
    found: Phrase | None = None
    at = start
    while at < stop:
        bits = pieces[at].bits
        if bits & Is.GIVEN and not (at > start and pieces[at - 1].bits & Is.PLACE):
            end = end_of(pieces, at, stop)
            last, is_full = name_end(pieces, at, end, is_titled=at > start and bool(pieces[at - 1].bits & Is.TITLE))
            if last and is_full:
                role = _role_before(pieces, start, at)
                found = Phrase(
                    "name", role if role >= 0 else at, last, (at, last), (role, at) if role >= 0 else None, True
                )
                at = last
                continue
        at += 1
    return found


def _role_before(pieces: Sequence[Piece], start: int, at: int) -> int:
    """Where the role begins that stands right before a name; -1 when none does."""
    role = -1
    for place in range(at - 1, max(start, at - 9) - 1, -1):
        bits = pieces[place].bits
        if bits & (Is.SIGN | Is.EDGE | Is.VERB):
            break
        if bits & Is.ROLE:
            role = place
    return role
