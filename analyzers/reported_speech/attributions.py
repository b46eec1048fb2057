"""Finds the attributions in a sentence: the verb of saying, who speaks, and which words are said to be his."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .noun_phrases import read_phrase
from .quoted_documents import document_before
from .run_on import read_on, runs_on
from .said_beside import CLOSED, OPENED, THAT, WORDS_OF_A_NAME, According, according_to, saying_that
from .sentences import Piece
from .statement import Kind
from .subjects import COMMAS, Subject, subject_of, told
from .word_kinds import WANTING, Is, VerbsOfSaying, is_third_person, key, past_stem

_COLONS = frozenset(":：")
_SAYS, _DOCUMENT = ("say", "document"), "document"  # uses of verbs after which words follow even without a sign
_KE = "که"
_AND = "و"
_WANT, _ASKED, _SO_THAT = "خواست#خواه", frozenset(("خواست", "خواستند")), frozenset(("تا",))
_ASKING = {key(word) for word in "خواستار خواهان درخواست تقاضا دستور پیشنهاد توصیه وعده قول".split()}
_QUESTION = "پرسید#پرس"
_NEWS = "خبر"
_THEM = frozenset(map(key, "آن آنها آنان".split()))
_WHILE = "حالی"  # در حالی
_STRESS = "تاکید"
_LONGEST_WANTED = 40  # pieces of what is asked for
_STRESSED = 0.8  # of the certainty of a subject, what is left for what he stressed before he said something else
_VOICING = frozenset(("ابراز", "اظهار"))  # before what is felt (ابراز امیدواری کرد)
_NAMING = frozenset(("خواند#خوان", "نامید#نام", "شمرد#شمار"))  # which say what something is, or do something else
_JUDGING = {
    key(word) for word in "عنوان ذکر اعلام توصیف ارزیابی تکذیب محکوم بیان معرفی قلمداد تلقی رد تایید یاد".split()
} | {
    "دانست#دان",
    "برشمرد#برشمار",
    *_NAMING,
}
_ASKED_BY = frozenset(map(key, "پاسخ جواب واکنش".split()))  # behind which it is told to what
_SURE = 0.85  # certainty of a subject from which what it told before is taken too
_LIKELY = 0.6  # certainty of a subject from which words that no sign parts from the verb are taken
_UNPARTED = 0.8  # of that certainty
_UNPARTED_OF_NAMED = 0.9  # of it, where a full name or an institution has the verb to itself
_NAMED = ("name", "body")
_GUESSED = 0.75  # of it, where either is less sure
_SHORTEST = 4  # words said, where no sign parts them from the verb
_ASKED_FOR = 0.94  # of the certainty of a subject who asks for something, as whoever speaks tells that of others too
_LONG = 7  # words said that are surely some
_SUBJUNCTIVE = frozenset("کند کنند دهد دهند نماید نمایند سازد سازند شود شوند".split())  # what somebody should say
_MODAL = frozenset(("باید", "نباید", "میتوان", "نمیتوان"))
_GIVING_REASONS = frozenset(("که", "زیرا", "چون", "درحالیکه", "درحالی"))
_NEW_CLAUSES = frozenset(("و", "که", "اما", "ولی"))
_JOINING = frozenset(("و", "که", "تا", "یا"))
_BETWEEN_VERB_AND_COLON = 8  # words


class Attribution(NamedTuple):
    """What a sentence ascribes to somebody: pieces from ``first`` on, up to ``last``, and the verb's pieces.

    Where ``last`` is the number of pieces, all that the sentence has is meant, whether it was read or not.
    """

    kind: Kind
    subject: Subject
    verb: tuple[int, int]
    first: int
    last: int
    is_open: bool  # speech that the next sentences may go on with
    doubt: float = 1.0  # what is left of the subject's certainty for these words


class _Verb(NamedTuple):
    start: int
    end: int
    use: str


class Finder:
    """Finds attributions by the verbs of saying."""

    def __init__(self, verbs: VerbsOfSaying) -> None:
        self._verbs = verbs

    # -- verbs -------------------------------------------------------------------------------------------------

    def verb_at(self, pieces: Sequence[Piece], at: int) -> _Verb | None:
        """Returns the verb of saying in the third person that begins at a place."""
        piece = pieces[at]
        if not piece.bits & Is.SAYS:
            return None
        lights = self._verbs.with_light.get(piece.form)
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if lights and after and after.form not in _SUBJUNCTIVE:
            use = lights.get(past_stem(after.lemma)) or lights.get(after.form)
            if use and is_third_person(after.form, after.lemma):
                return _Verb(at - (at > 0 and pieces[at - 1].form in _VOICING), _after_auxiliary(pieces, at + 2), use)
        if piece.form in WANTING and (end := _end_of_wanting(pieces, at)):
            return _Verb(at, end, "report")
        use = self._verbs.alone.get(piece.lemma) or self._verbs.alone.get(piece.form)
        if not use or not is_third_person(piece.form, piece.lemma):
            return None
        past = past_stem(after.lemma) if after else ""
        is_said = (
            past in ("هست", "بود", "بودند")
            or after is not None
            and after.form == _AND
            and not _JUDGING.isdisjoint(piece[:2])
        )
        if piece.form.endswith("ه") and not is_said and not _says_participle(pieces, at):
            return None
        if past == "شد":
            return None
        return _Verb(at, _after_auxiliary(pieces, at + 1), use)

    def before_closing_verb(self, pieces: Sequence[Piece]) -> int:
        """Returns where the verb of saying begins that ends a phrase; the number of pieces where none does."""
        verbs = (self.verb_at(pieces, at) for at in range(max(0, len(pieces) - 3), len(pieces)))
        return next((verb.start for verb in verbs if verb and verb.end == len(pieces)), len(pieces))

    # -- attributions ------------------------------------------------------------------------------------------

    def find(self, pieces: Sequence[Piece]) -> list[Attribution]:
        """Returns the attributions of a sentence, at most one by its verb, with clauses of "saying that" before it."""
        hidden = _quoted(pieces)
        verbs = [
            verb
            for at, (_, _, bits, _, _) in enumerate(pieces)
            if bits & Is.SAYS and not hidden[at] and (verb := self.verb_at(pieces, at))
        ]
        if any(verb.use == _DOCUMENT for verb in verbs):
            verbs = [verb for verb in verbs if verb.use != _DOCUMENT or document_before(pieces, verb.start)]
        places = [(verb.start, verb.end) for verb in verbs if verb.use != _DOCUMENT]
        if runs_on(pieces, places):
            return [
                Attribution("report" if told.is_before else "indirect", *told[:4], False, _GUESSED)
                for told in read_on(pieces, hidden, places)
            ]
        for at, verb in enumerate(verbs):
            if (verb.use != "report" or _asks(pieces, verb)) and (opened := _opening(pieces, verb)):
                if opened[1] == "indirect" and _is_told_in_passing(pieces, verb, verbs[at + 1 :]):
                    continue
                if opened[1] == "direct" and _is_cited(pieces, verb, verbs[at + 1 :]):
                    continue
                if opened[1] == "indirect" and (found := according_to(pieces, hidden)) and found.verb[1] < verb.start:
                    return [_according(found, len(pieces))]
                return self._opened(pieces, hidden, verb, *opened, verbs[:at])
        if found := according_to(pieces, hidden):
            return [_according(found, len(pieces))]
        if verbs:
            return list(self._last_verb(pieces, hidden, verbs))
        return []

    def _opened(
        self, pieces: Sequence[Piece], hidden: Sequence[bool], verb: _Verb, first: int, kind: Kind,
        before: Sequence[_Verb],
    ) -> list[Attribution]:  # fmt: skip
        subject = _subject(pieces, hidden, verb)
        if _cites(pieces, subject, verb.start):
            subject = Subject(subject.mention, subject.certainty * 0.7)
        found = _told_in_clauses(pieces, hidden, subject, verb.start)
        found += _told_before(pieces, subject, before)
        is_open = kind != "indirect"
        doubt = 1.0
        if not is_open and _asks(pieces, verb):
            doubt = _ASKED_FOR
        elif not is_open and _is_relative(pieces, verb, first):
            doubt = _GUESSED
        found.append(Attribution(kind, subject, (verb.start, verb.end), first, len(pieces), is_open, doubt))
        return found

    def _last_verb(self, pieces: Sequence[Piece], hidden: Sequence[bool], verbs: Sequence[_Verb]) -> list[Attribution]:
        """A verb that opens nothing: words after it that want a sign, or all before it."""
        for at, verb in enumerate(verbs):
            if found := _unparted(pieces, hidden, verb, verbs[:at]):
                return found
        last = verbs[-1]
        if not _closes(pieces, last) or last.end < 6:
            return []
        if (quote := _quote_before(pieces, last)) is not None:
            opened, closed = quote
            subject = _between(pieces, closed + 1, last.start) or subject_of(pieces, hidden, opened)
            if subject.mention:
                return [Attribution("quotation", subject, (last.start, last.end), opened, closed + 1, False)]
        subject = _subject(pieces, hidden, last)
        if subject.mention is None or subject.mention.kind == "unknown" or subject.certainty < _LIKELY:
            return []
        told = _told_in_clauses(pieces, hidden, subject, last.start) if subject.certainty >= _SURE else []
        return [*told, Attribution("report", subject, (last.start, last.end), 0, len(pieces), False, _GUESSED)]


def _according(found: According, last: int) -> Attribution:
    return Attribution("indirect", found.subject, found.verb, found.first, last, False)


def _end_of_wanting(pieces: Sequence[Piece], at: int) -> int:
    """Where "asked for" ends whose light verb stands behind what is asked for (خواستار آزادی او شد); 0 if nowhere."""
    for place in range(at + 2, min(at + _LONGEST_WANTED, len(pieces))):
        form, lemma, bits, _, _ = pieces[place]
        if bits & Is.SIGN and form not in COMMAS:
            return 0
        if past_stem(lemma) == "شد" and is_third_person(form, lemma):
            return _after_auxiliary(pieces, place + 1)
    return 0


def _subject(pieces: Sequence[Piece], hidden: Sequence[bool], verb: _Verb) -> Subject:
    """Who says what a verb tells: its subject, or whoever wrote the document that it speaks of."""
    written = document_before(pieces, verb.start) if verb.use == _DOCUMENT else None
    return written or subject_of(pieces, hidden, verb.start)


def _unparted(
    pieces: Sequence[Piece], hidden: Sequence[bool], verb: _Verb, before: Sequence[_Verb]
) -> list[Attribution]:
    """What follows a verb of saying with a comma between, or nothing (وی گفت نان گران نمی‌شود)."""
    rest = len(pieces) - verb.end
    if rest <= _SHORTEST or verb.use not in _SAYS and not _asks(pieces, verb) or pieces[verb.start].lemma == _QUESTION:
        return []
    after = pieces[verb.end]
    is_comma = after.form in COMMAS
    is_verb = after.bits & (Is.VERB | Is.SAYS) and after.form not in _MODAL
    if is_verb or after.form in _JOINING or after.bits & Is.SIGN and not is_comma:
        return []
    subject = _subject(pieces, hidden, verb)
    if subject.mention is None or subject.certainty < _LIKELY:
        return []
    is_clear = pieces[verb.start].bits & Is.CLEAR and rest > _LONG
    is_sure = is_clear and subject.certainty >= 0.9 and subject.mention.kind != "unknown"
    is_named = (
        is_sure and subject.mention.kind in _NAMED and subject.mention.is_clean and _is_one(pieces, verb, subject)
    )
    doubt = _UNPARTED_OF_NAMED if is_named else _UNPARTED if is_sure else _UNPARTED * _GUESSED
    said = Attribution("indirect", subject, (verb.start, verb.end), verb.end + is_comma, len(pieces), False, doubt)
    return [*_told_before(pieces, subject, before), said]


def _is_one(pieces: Sequence[Piece], verb: _Verb, subject: Subject) -> bool:
    """Whether a subject is told in full and none but it stands with a verb of one, and no other verb is before that."""
    mention = subject.mention
    if mention is None or mention.kind == "name" and not mention.is_full or pieces[verb.start].form.endswith("ند"):
        return False
    between = [piece for piece in pieces[: verb.start] if piece.start >= mention.end]
    is_plural = pieces[verb.end - 1].form.endswith("ند")
    is_apart = any(piece.bits & Is.VERB or piece.form in _NEW_CLAUSES for piece in between)
    return not (is_plural or is_apart) and not pieces[verb.end].form.startswith("وگو")


def _closes(pieces: Sequence[Piece], verb: _Verb) -> bool:
    """Whether a clause ends with a verb, and tells all of it if the verb is one of judging (آن را گذرا خواند)."""
    if verb.end < len(pieces):
        form = pieces[verb.end].form
        if form not in ".!؛؟…،" and form != _AND and not (form in _GIVING_REASONS and _judges(pieces, 0, verb)):
            return False
    return pieces[verb.start].lemma not in _NAMING or _judges(pieces, 0, verb)


def _told_in_clauses(pieces: Sequence[Piece], hidden: Sequence[bool], subject: Subject, stop: int) -> list[Attribution]:
    """What the same subject told in clauses of "saying that" before a verb."""
    return [
        Attribution("indirect", subject, (start, first_said), first_said, last_said, False)
        for start, first_said, last_said in saying_that(pieces, hidden, stop)
    ]


def _told_before(pieces: Sequence[Piece], subject: Subject, verbs: Sequence[_Verb]) -> list[Attribution]:
    """What the same subject told before "and said" (تورم را مهارشدنی دانست و گفت)."""
    mention = subject.mention
    if mention is None or subject.certainty < _LIKELY:
        return []
    found = []
    first = next((at for at, piece in enumerate(pieces) if piece.start >= mention.end), 0)
    while 0 < first < len(pieces) and (pieces[first].form in CLOSED or pieces[first].form in COMMAS):
        first += 1
    if 0 < first < len(pieces) - 1 and pieces[first].form == "در" and pieces[first + 1].form in _ASKED_BY and verbs:
        commas = (at for at in range(verbs[0].start - 1, first, -1) if pieces[at].form in COMMAS)
        first = next(commas, first - 1) + 1
    for verb in verbs:
        is_joined = verb.end < len(pieces) and pieces[verb.end].form == _AND
        if not first or verb.end - first <= 4 or not is_joined:
            continue
        if (is_stressed := _stresses(pieces, first, verb)) or _is_content(pieces, first, verb):
            doubt = _STRESSED if is_stressed or subject.certainty < _SURE else 1.0
            found.append(Attribution("indirect", subject, (verb.start, verb.end), first, verb.end, False, doubt))
            first = verb.end + 1
    return found


def _is_content(pieces: Sequence[Piece], first: int, verb: _Verb) -> bool:
    """Whether what stands before a verb is what was told (تورم را گذرا دانست), not merely of what (از تورم گفت)."""
    if pieces[first].form == _KE or pieces[first].bits & Is.SIGN and pieces[first].form not in COMMAS:
        return False
    return pieces[verb.start].form == _NEWS or _judges(pieces, first, verb)


def _stresses(pieces: Sequence[Piece], first: int, verb: _Verb) -> bool:
    """Whether a verb tells what somebody thinks needful, in a phrase (بر ایجاد شغل تاکید کرد، خواستار آن شد)."""
    form = pieces[verb.start].form
    return form in WANTING or form == _STRESS and any(piece.form == "بر" for piece in pieces[first : verb.start])


def _judges(pieces: Sequence[Piece], first: int, verb: _Verb) -> bool:
    """Whether a verb says what its object is (تورم را گذرا دانست), which stands behind a place."""
    piece = pieces[verb.start]
    last = verb.start - (piece.lemma in _NAMING)  # نامه را خواند
    return not _JUDGING.isdisjoint(piece[:2]) and any(each.form.endswith("را") for each in pieces[first:last])


def _asks(pieces: Sequence[Piece], verb: _Verb) -> bool:
    """Whether a verb asks somebody for something (از مردم خواست تا، خواستار شد تا)."""
    verb_form = pieces[verb.start].form
    return (
        verb_form in _ASKING
        or verb_form in _ASKED
        and any(piece.form == "از" for piece in pieces[max(0, verb.start - 12) : verb.start])
    )


def _cites(pieces: Sequence[Piece], subject: Subject, stop: int) -> bool:
    """Whether a subject tells what somebody else said (روزنامه‌ای به نقل از وزیر نوشت)."""
    return subject.mention is not None and any(
        pieces[at].form == "نقل" and pieces[at + 1].form == "از" and pieces[at].start >= subject.mention.end
        for at in range(stop - 1)
    )


def _says_participle(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a participle alone is a verb (او گفته که), as news has it, and no noun (به گفته)."""
    before = pieces[at - 1].form if at else ""
    after = pieces[at + 1].form if at + 1 < len(pieces) else ""
    return before not in ("به", "بنابه", "بنابر", "طبق", "بر", "از", "این", "") and after in (_KE, ":", "است", "«", '"')


def _after_auxiliary(pieces: Sequence[Piece], at: int) -> int:
    while at < len(pieces) and pieces[at].bits & Is.VERB and past_stem(pieces[at].lemma) in ("هست", "بود"):
        at += 1
    return at


def _is_cited(pieces: Sequence[Piece], verb: _Verb, after: Sequence[_Verb]) -> bool:
    """Whether a quotation that somebody cites comes before what he says himself (حدیثی که فرمود: «…»، گفت: …)."""
    is_cited = may_cite(pieces, (verb.start, verb.end))
    return is_cited and any((opened := _opening(pieces, other)) and opened[1] == "direct" for other in after)


def may_cite(pieces: Sequence[Piece], verb: tuple[int, int]) -> bool:
    """Returns whether a verb stands right behind "who", and so may tell what is cited only."""
    return any(piece.form == _KE for piece in pieces[max(0, verb[0] - 4) : verb[0]])


def _is_relative(pieces: Sequence[Piece], verb: _Verb, first: int) -> bool:
    """Whether "that" tells more of the verb's object (نام ۱۸ بازیکن را اعلام کرد که در آن …)."""
    has_object = any(piece.form.endswith("را") for piece in pieces[max(0, verb.start - 14) : verb.start])
    return has_object and any(piece.form in _THEM for piece in pieces[first : first + 3])


def _is_told_in_passing(pieces: Sequence[Piece], verb: _Verb, after: Sequence[_Verb]) -> bool:
    """Whether "said that" only tells when (در حالی این را گفت که), or stands in another's clause of "saying that"."""
    before = [piece.form for piece in pieces[: verb.start]]
    if _WHILE in before:
        return True
    that = next((at for at in range(verb.start - 1, -1, -1) if before[at] in THAT), -1)
    is_clause = that >= 0 and COMMAS.isdisjoint(before[that:])
    return is_clause and any((opened := _opening(pieces, other)) and opened[1] == "direct" for other in after)


def _quoted(pieces: Sequence[Piece]) -> list[bool]:
    """Whether each piece stands within quotation marks; a name or a title of few words there counts as outside."""
    hidden = [False] * len(pieces)
    opened = -1
    for at, (form, _, bits, _, _) in enumerate(pieces):
        if not bits & Is.SIGN:
            continue
        if form in "«“":
            opened = at
        elif form in "»”" and opened >= 0:
            if at - opened > WORDS_OF_A_NAME:
                hidden[opened : at + 1] = [True] * (at + 1 - opened)
            opened = -1
        elif form == '"':
            if opened >= 0 and pieces[opened].form == '"':
                if at - opened > WORDS_OF_A_NAME:
                    hidden[opened : at + 1] = [True] * (at + 1 - opened)
                opened = -1
            elif opened < 0:
                opened = at
    if opened >= 0 and pieces[opened].form != '"':
        hidden[opened:] = [True] * (len(pieces) - opened)
    return hidden


def _opening(pieces: Sequence[Piece], verb: _Verb) -> tuple[int, Kind] | None:
    """What a verb opens: where the words said begin, and how they are given; None when it opens nothing."""
    at, last = verb.end, len(pieces)
    if at >= last:
        return None
    form = pieces[at].form
    comma = form in COMMAS
    following = pieces[at + 1].form if at + 1 < last else ""
    if form in _COLONS:
        return at + 1, "direct"
    if form == _KE or comma and following == _KE or form in _SO_THAT and _asks(pieces, verb):
        return at + 1 + (comma and form != _KE), "indirect"
    if form in OPENED or comma and following in OPENED and following:
        return at + comma, "direct"
    for place in range(at, min(at + _BETWEEN_VERB_AND_COLON, last)):
        piece = pieces[place]
        if piece.form in _COLONS:
            return place + 1, "direct"
        if piece.bits & Is.SIGN and piece.form not in "()":
            break
        if piece.bits & Is.VERB:
            break
    return None


def _quote_before(pieces: Sequence[Piece], verb: _Verb) -> tuple[int, int] | None:
    """The quotation that a sentence begins with, or nearly, when the verb comes soon after it."""
    closed = next((at for at in range(verb.start - 1, -1, -1) if pieces[at].form in "»”"), -1)
    opened = next((at for at in range(closed, -1, -1) if pieces[at].form in "«“"), -1)
    return (opened, closed) if opened >= 0 and closed - opened > 4 and verb.start - closed < 12 else None


def _between(pieces: Sequence[Piece], start: int, stop: int) -> Subject | None:
    """The subject between a quotation and its verb."""
    while start < stop and (pieces[start].form in COMMAS or pieces[start].form in ("این", "را", "مطلب")):
        start += 1
    phrase = read_phrase(pieces, start, stop)
    return told(pieces, phrase, 0.95 if phrase.end == stop else 0.7) if phrase else None
