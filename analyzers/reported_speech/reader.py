"""Reads an article for what it reports as said, and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ..analyzer import PersianAnalyzer, Word, default_analyzer
from ..bulk import TermPlaces
from ..native_bulk import PlacedWords
from .attributions import Attribution, Finder, may_cite
from .batch_pieces import BatchPieces
from .carried import goes_on, goes_on_listing
from .cast import Cast, Person, is_of_something
from .full_names import full_name_beside
from .interviews import answers, talks
from .noun_phrases import (
    Mention,
    find_name,
    mention_of,
    read_phrase,
    unknown_phrase,
)
from .sentences import AROUND, Chunks, Piece, PieceReader, Sentence, closed_at, sentences
from .statement import FIELDS, Field, Kind, Place, Resolution, Statement
from .subjects import subject_of
from .word_kinds import Is, WordKinds

SPEECH_VERSION = 4
"""Goes up whenever some article gives other statements than before; an index with speakers remembers it."""

_BEHIND = 24  # chunks that are read behind the last verb of saying, for what it opens
_SHORTEST = 8  # letters of what is said
_MARKS = '«»"“”، '
_HEADLINE = re.compile(r"\s*([^:«»\n]{2,60}?)\s*:\s*(?=\S)(.{12,})", re.DOTALL)
_SPEAKER = re.compile(r"\s*([^:«»\n]{2,80}?)\s*:\s*")
_LONGEST_LABEL = 45
_LONGEST_HEADLINE = 140
_IN_FIRST_LINE = 0.75  # certainty of who speaks in a headline that a body begins with
_LABELLED = 0.9  # certainty of a speaker who is named before a colon, and speaks elsewhere too
_ANSWER = 0.7  # certainty of an answer of an interview
_NAMED_LATER = 0.85  # certainty of a speaker whose name is told only after he spoke
_SURE = 0.85  # certainty of a subject from which it may name one who spoke before, whatever it tells
_NESTED = 0.75  # certainty of what may be told by whoever was speaking, of the certainty it would have
_IN = "در"  # before where a speaker says it
_CONTESTED = 0.85  # of the certainty of a pronoun, where somebody else was the subject in between
_IN_BETWEEN = 0.6  # of who is the subject in between, and so more likely meant
_LOOKED_AT = 600  # letters before a pronoun


class SpeechReader:
    """Reads articles for reported speech. What was met before costs a look-up.

    ``word`` reads a raw token where somebody has read it already; by default the analyzer does.
    """

    def __init__(self, analyzer: PersianAnalyzer | None = None, word: Callable[[str], Word] | None = None) -> None:
        analyzer = analyzer or default_analyzer()
        self._kinds = WordKinds(analyzer.lexicon)
        self._reader = PieceReader(analyzer, self._kinds, word)
        self._batch = BatchPieces(self._reader)
        self._finder = Finder(self._kinds.verbs)

    def read(self, title: str, lead: str, body: str) -> list[Statement]:
        """Returns the statements of an article, in the order of its title, lead and body.

        >>> (said,) = SpeechReader().read("", "", "محمدباقر قالیباف، رئیس مجلس گفت: تورم را مهار می‌کنیم.")
        >>> said.name, said.role, said.kind
        ('محمدباقر قالیباف', 'رئیس مجلس', 'direct')
        """
        return _Article(self._reader, self._finder, (title, lead, body)).statements()

    def read_batch(self, articles: Iterable[tuple[str, str, str]], places: TermPlaces) -> Iterator[list[Statement]]:
        """Yields the statements of each article of a batch that was just analysed; ``places`` is what that gave."""
        if not isinstance(places, PlacedWords):
            yield from (self.read(*texts) for texts in articles)
            return
        self._batch.take(places)
        for number, texts in enumerate(articles):
            self._batch.turn_to(len(FIELDS) * number, texts)
            yield _Article(self._batch, self._finder, texts).statements()


@lru_cache(maxsize=1)
def default_reader() -> SpeechReader:
    """Returns one reader over the default analyzer, shared so that its memory of words is too."""
    return SpeechReader()


class _Article:
    """One article while it is read."""

    def __init__(self, reader: PieceReader, finder: Finder, texts: tuple[str, str, str]) -> None:
        self._reader = reader
        self._finder = finder
        self._texts: dict[Field, str] = dict(zip(FIELDS, texts, strict=True))
        self._cast = Cast(self._full_name)
        self._found: list[Statement] = []
        self._who: list[Person] = []  # of each statement found
        self._full: dict[tuple[str, ...] | str, tuple[str, Place] | None] = {}

    def statements(self) -> list[Statement]:
        for field in FIELDS[1:]:
            self._read_field(field)
        self._read_answers()
        self._read_first_line_of_title()
        told, self._found = [_named(*each) for each in zip(self._found, self._who, strict=True)], []
        self._read_title()
        return [*self._found, *sorted(told, key=_order)]

    # -- fields ------------------------------------------------------------------------------------------------

    def _read_field(self, field: Field) -> None:
        text = self._texts[field]
        carried, paragraph = False, -1
        if field == "body":
            self._read_first_line()
        for sentence in sentences(text):
            if sentence.paragraph != paragraph:
                if carried and goes_on_listing(text, self._found[-1], sentence):
                    carried, paragraph = self._carry(field, sentence), sentence.paragraph
                    continue
                carried, paragraph = self._labelled(field, sentence), sentence.paragraph
                if carried:
                    continue
            if self._found and self._found[-1].field == field and self._found[-1].end > sentence.start:
                continue  # within a quotation that was taken to its end
            chunks = self._reader.chunks(text, sentence.start, sentence.end)
            speaking = chunks.speaking()
            if not speaking:
                if carried:
                    carried = self._carry(field, sentence)
                continue
            pieces, attributions = self._attributions(text, sentence, chunks, speaking + _BEHIND)
            if carried and (not attributions or _is_within(attributions) and not self._is_anew(attributions)):
                carried = self._carry(field, sentence)
                if carried or not attributions:
                    continue
            words_of = [one for one in attributions if one.kind != "report"] or attributions
            doubt = _NESTED if carried and all(map(_is_told_by_others, words_of)) else 1.0
            carried = False
            for attribution in attributions:
                carried = self._add(field, sentence, attribution, pieces, doubt)

    def _attributions(
        self, text: str, sentence: Sentence, chunks: Chunks, most: int
    ) -> tuple[list[Piece], list[Attribution]]:
        """What a sentence ascribes, and its pieces: as far as the first colon, where that tells all, or as read."""
        colon = text.find(":", sentence.start, sentence.end) + 1
        if colon:
            pieces = self._reader.pieces_of(text, chunks, colon)
            found = self._finder.find(pieces)
            if found and found[-1].first >= len(pieces) and found[-1].is_open and not may_cite(pieces, found[-1].verb):
                return pieces, found
        pieces = self._reader.pieces_of(text, chunks, sentence.end, most)
        return pieces, self._finder.find(pieces)

    def _labelled(self, field: Field, sentence: Sentence) -> bool:
        """Reads a paragraph that begins with its speaker's name and a colon, as those of talks do."""
        text = self._texts[field]
        colon = text.find(":", sentence.start, min(sentence.start + _LONGEST_LABEL, sentence.end))
        if colon < 0 or sentence.end - colon < _SHORTEST or not self._cast.named:
            return False
        pieces = self._reader.pieces(text, sentence.start, colon)
        first = next((at for at, piece in enumerate(pieces) if not piece.bits & Is.SIGN), len(pieces))
        phrase = read_phrase(pieces, first, len(pieces)) or unknown_phrase(pieces, first, len(pieces))
        if phrase is None or phrase.end != len(pieces) or phrase.kind not in ("name", "unknown"):
            return False
        mention = mention_of(pieces, phrase)
        if not self._cast.knows(mention.name_forms):
            return False
        place = Place(field, mention.start, mention.end)
        person, certainty, resolution = self._cast.resolve(mention, _LABELLED, text, place)
        if person is None or not person.is_full:
            return False
        printed = text[mention.start : mention.end]
        said = (colon + 1, sentence.end)
        return self._append(field, *said, (colon, colon + 1), "direct", printed, person, certainty, resolution)

    def _read_answers(self) -> None:
        """Reads the answers of an interview: what stands after questions, where it is known who alone answers."""
        said = answers(self._texts["body"])
        if not said or (person := self._answering()) is None:
            return
        told = [(each.start, each.end) for each in self._found if each.field == "body"]
        for start, end in said:
            if not any(start < last and end > begun for begun, last in told):
                self._append("body", start, end, (start, start), "answer", "", person, _ANSWER, "carried")

    def _answering(self) -> Person | None:
        """The one who alone is known to speak, or else with whom the article says that it is a talk."""
        named = self._cast.named
        if len(named) == 1:
            return named[0]
        for field in FIELDS:
            text = self._texts[field]
            for start in talks(text):
                pieces = self._reader.pieces(text, start, min(start + _LONGEST_LABEL, len(text)))
                phrase = read_phrase(pieces, 0, len(pieces))
                if phrase is None or phrase.kind != "name":
                    continue
                mention = mention_of(pieces, phrase)
                person, _, _ = self._cast.resolve(mention, _ANSWER, text, Place(field, mention.start, mention.end))
                if person is not None and person.is_full:
                    return person
        return None

    def _add(
        self, field: Field, sentence: Sentence, attribution: Attribution, pieces: list[Piece], doubt: float
    ) -> bool:
        """Adds what is ascribed; whether the next sentences may go on with it."""
        text, kind = self._texts[field], attribution.kind
        mention, certainty = attribution.subject
        cue = (pieces[attribution.verb[0]].start, pieces[attribution.verb[1] - 1].end)
        place = Place(field, mention.start, mention.end) if mention else Place(field, *cue)
        if mention is not None and mention.kind == "pronoun" and self._cast.last is None:
            self._introduce(field, pieces[0].start)
        if mention is None or mention.kind == "pronoun":
            other = self._other_subject(field, sentence.start)
            certainty *= _CONTESTED if other else 1.0
            if mention and other and other.kind == "name" and other.is_full and other.is_clean:
                self._cast.resolve(other, _IN_BETWEEN, text, Place(field, other.start, other.end))
        if certainty < _SURE:
            certainty *= attribution.doubt  # so that it names nobody who spoke before
        person, certainty, resolution = self._cast.resolve(mention, certainty, text, place)
        if person is None:
            return False
        start = pieces[attribution.first].start if attribution.first < len(pieces) else pieces[-1].end
        end = pieces[attribution.last - 1].end if attribution.last < len(pieces) else sentence.end
        is_open = attribution.is_open
        if not is_open:
            end = closed_at(text, start, end)
        elif text.startswith('"', start + (text[start : start + 1] == " ")):
            end = closed_at(text, start, end, is_over_paragraphs=True)
        if is_open and (_is_quotation(text[start:end])):
            kind, is_open = "quotation", False
        printed = text[mention.start : mention.end] if mention else ""
        certainty *= doubt * attribution.doubt
        is_added = self._append(field, start, end, cue, kind, printed, person, certainty, resolution)
        return is_added and is_open

    def _append(
        self, field: Field, start: int, end: int, cue: tuple[int, int], kind: Kind,
        printed: str, person: Person, certainty: float, resolution: Resolution,
    ) -> bool:  # fmt: skip
        text = self._texts[field]
        while start < end and text[start] in AROUND:
            start += 1
        while end > start and text[end - 1] in AROUND:
            end -= 1
        if end - start < _SHORTEST:
            return False
        person.said += 1
        self._cast.last_said = Place(field, start, end)
        name = person.name if person.is_full else ""
        role = person.role if is_of_something(person.role_forms) or not person.is_person else ""
        said = Statement(
            field, start, end, *cue, kind, text[cue[0] : cue[1]], " ".join(printed.split()).strip(_MARKS), name,
            role, person.is_person, round(certainty, 2), resolution, person.named if name else None,
        )  # fmt: skip
        self._found.append(said)
        self._who.append(person)
        return True

    def _carry(self, field: Field, sentence: Sentence) -> bool:
        """Lets the last statement go on over a sentence; whether it may go on further."""
        said, text = self._found[-1], self._texts[field]
        if not goes_on(text, said, sentence, self._who[-1], self._cast.named):
            return False
        end = sentence.end
        while end > sentence.start and text[end - 1].isspace():
            end -= 1
        self._found[-1] = said._replace(end=end)
        self._cast.last_said = Place(field, said.start, end)
        return True

    def _is_anew(self, attributions: list[Attribution]) -> bool:
        """Whether the one who has been speaking is named anew."""
        forms = set(self._who[-1].forms)
        return any(one.subject.mention and forms & set(one.subject.mention.name_forms) for one in attributions)

    def _other_subject(self, field: Field, stop: int) -> Mention | None:
        """Who else is the subject of the last sentence between the last statement and a place that has one."""
        said, last = self._cast.last_said, self._cast.last
        if said is None or last is None or said.field != field:
            return None
        text, start = self._texts[field], max(said.end, stop - _LOOKED_AT)
        if stop - start <= _SHORTEST:
            return None
        for sentence in reversed([*sentences(text[start:stop])]):
            pieces = self._reader.pieces(text, start + sentence.start, start + sentence.end)
            mention = subject_of(pieces, [False] * len(pieces), len(pieces)).mention
            if mention is not None and mention.kind in ("name", "role", "anyone"):
                is_same = bool(set(mention.name_forms) & set(last.forms))
                is_same = is_same or not mention.name_forms and bool(set(mention.role_forms[:1]) & set(last.role_forms))
                return None if is_same else mention
        return None

    # -- names -------------------------------------------------------------------------------------------------

    def _introduce(self, field: Field, stop: int) -> None:
        """Has the person who was last named before a place speak, as nobody has yet."""
        start = max(0, stop - 400)
        text = self._texts[field]
        pieces = self._reader.pieces(text, start, stop)
        if found := find_name(pieces, 0, len(pieces)):
            mention = mention_of(pieces, found)
            person, _, _ = self._cast.resolve(mention, 0.6, text, Place(field, mention.start, mention.end))
            if person is not None:
                person.certainty = 0.65

    def _full_name(self, forms: tuple[str, ...], printed: str) -> tuple[str, Place] | None:
        """The full name that ends with a short one or, without forms, that stands beside a role, and where it is."""
        known: tuple[str, ...] | str = forms or printed
        if known not in self._full:
            self._full[known] = self._look_for(forms, printed)
        return self._full[known]

    def _look_for(self, forms: tuple[str, ...], printed: str) -> tuple[str, Place] | None:
        for field, text in self._texts.items():
            at = text.find(printed)
            while at >= 0:
                before = text.rfind("\n", 0, at) + 1
                start = max(before, at - (40 if forms else 60))
                start = text.find(" ", start, at) + 1 or start if start > before else start
                has_given = not forms or any(piece.bits & Is.GIVEN for piece in self._reader.pieces(text, start, at))
                pieces = self._reader.pieces(text, start, min(len(text), at + len(printed) + 60)) if has_given else []
                if found := full_name_beside(pieces, forms, at, at + len(printed)):
                    first, last = found
                    return " ".join(text[first:last].split()), Place(field, first, last)
                at = text.find(printed, at + len(printed))
        return None

    # -- the title ---------------------------------------------------------------------------------------------

    def _read_title(self) -> None:
        text = self._texts["title"]
        match = _HEADLINE.fullmatch(text)
        if match is None or re.search(r"\d:\d", text):
            return
        mention = self._head("title", match, ("name", "role", "body", "unknown"))
        if mention is None:
            return
        before = set(map(id, self._cast.named))
        place = Place("title", mention.start, mention.end)
        person, certainty, resolution = self._cast.resolve(mention, 0.95, text, place)
        if person is None:
            return
        if id(person) not in before:
            certainty = min(certainty, 0.6 if not mention.is_full else 0.85)
        colon = text.index(":", match.end(1))
        printed = text[mention.start : mention.end]
        said = (match.start(2), match.end(2))
        self._append("title", *said, (colon, colon + 1), "headline", printed, person, certainty, resolution)

    def _read_first_line_of_title(self) -> None:
        """Reads the first line of a body as a headline where the title says no more than who speaks, before a colon."""
        title, body = self._texts["title"], self._texts["body"]
        match = _SPEAKER.fullmatch(title)
        end = body.find("\n")
        start = len(body) - len(body.lstrip())
        if match is None or not _SHORTEST < end - start < _LONGEST_HEADLINE or ":" in body[start:end]:
            return
        pieces = self._reader.pieces(title, match.start(1), match.end(1))
        stop = self._finder.before_closing_verb(pieces)
        phrase = read_phrase(pieces, 0, stop)
        if phrase is None or phrase.kind not in ("name", "role", "body"):
            return
        rest = pieces[phrase.end : stop]
        if rest and (rest[0].form != _IN or any(piece.bits & Is.VERB for piece in rest)):
            return
        mention = mention_of(pieces, phrase)
        place = Place("title", mention.start, mention.end)
        person, certainty, resolution = self._cast.resolve(mention, _LABELLED, title, place)
        if person is not None:
            printed = title[mention.start : mention.end]
            self._append("body", start, end, (start, start), "headline", printed, person, certainty, resolution)

    def _read_first_line(self) -> None:
        """Reads the headline that a body begins with where it says who before a colon, as titles do."""
        text = self._texts["body"]
        match = _HEADLINE.fullmatch(text, 0, max(text.find("\n"), 0))
        if match is None or match.end() > _LONGEST_HEADLINE or re.search(r"\d:\d", match[0]):
            return
        mention = self._head("body", match, ("name", "role"))
        if mention is None:
            return
        colon = text.index(":", match.end(1))
        place = Place("body", mention.start, mention.end)
        person, certainty, resolution = self._cast.resolve(mention, _IN_FIRST_LINE, text, place)
        if person is not None:
            said, printed = (match.start(2), match.end(2)), text[mention.start : mention.end]
            self._append("body", *said, (colon, colon + 1), "headline", printed, person, certainty, resolution)

    def _head(self, field: Field, match: re.Match[str], kinds: tuple[str, ...]) -> Mention | None:
        """Who a headline says that speaks, if it is one of some kinds and nothing else stands before the colon."""
        pieces = self._reader.pieces(self._texts[field], match.start(1), match.end(1))
        phrase = read_phrase(pieces, 0, len(pieces)) or unknown_phrase(pieces, 0, len(pieces))
        is_head = phrase is not None and phrase.end == len(pieces) and phrase.kind in kinds
        return mention_of(pieces, phrase) if phrase and is_head else None


def _order(said: Statement) -> tuple[int, int]:
    return FIELDS.index(said.field), 0 if said.kind == "headline" else 1


def _named(said: Statement, person: Person) -> Statement:
    """A statement of somebody whose name is told only after it, with that name."""
    if said.name or not person.is_full or not said.is_person:
        return said
    resolution = said.resolution
    if resolution == "printed":
        resolution = "role" if said.printed in said.role else "short"
    certainty = round(min(said.certainty, _NAMED_LATER * person.certainty), 2)
    return said._replace(name=person.name, named=person.named, certainty=certainty, resolution=resolution)


def _is_quotation(text: str) -> bool:
    """Whether a text is all between quotation marks."""
    text = text.strip(" \n.،؛:")
    return len(text) > 2 and text[0] in '«“"' and text[-1] in '»”"' and not (set(text[1:-1]) & set("«»“”"))


def _is_within(attributions: list[Attribution]) -> bool:
    """Whether what a sentence ascribes belongs to the speech that goes on over it: nobody is named for it."""
    return all(
        attribution.kind == "report"
        or attribution.kind == "indirect"
        and (attribution.subject.mention is None or attribution.subject.certainty * attribution.doubt < 0.9)
        for attribution in attributions
    )


def _is_told_by_others(attribution: Attribution) -> bool:
    """Whether an attribution may be part of the speech before it."""
    mention = attribution.subject.mention
    return attribution.kind == "indirect" and mention is not None and mention.kind != "pronoun"
