"""Compiles the lexicon: hazm's word lists and our tables into the one file that `lexicon` reads."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from .lexicon import (
    COMMON,
    HEADER,
    MAGIC,
    SEPARATOR,
    TITLE,
    WEIGHT,
    Kind,
    Sizes,
    VerbStems,
    is_content,
)
from .normalizer import ALEF, ALEF_MADDA, BEH, HEH, VAV, ZWNJ, fold, join_parts
from .word_tables import read_table

_NOT_SPOKEN = frozenset("بارون اینه کا صب اسلا هایی والا مشتی دس".split())  # in hazm's list, but news means others
_SHORTEST_PART = 3  # letters of a part of a compound written apart
_PARTS_OF_SPEECH = {
    "N": Kind.NOUN,
    "AJ": Kind.ADJECTIVE,
    "AJC": Kind.ADJECTIVE,
    "ADV": Kind.ADVERB,
    "NUM": Kind.NUMBER,
    "PL": Kind.PLURAL,
    "P": Kind.FUNCTION,
    "CONJ": Kind.FUNCTION,
    "DET": Kind.FUNCTION,
    "PRO": Kind.FUNCTION,
    "POSTP": Kind.FUNCTION,
}


@dataclass(slots=True)
class _Draft:
    """A word while the lexicon is being compiled."""

    kind: int = 0
    frequency: int = 0
    lemma: str = ""
    parts: tuple[str, ...] = field(default=())


def compile_lexicon(sources: Path, made_of: bytes = bytes(64)) -> bytes:
    """Compiles hazm's lists and our tables into the bytes that `Lexicon` reads.

    ``made_of`` is what they are known by: the digest of the recipe and the one of the lists.
    """
    words = _read_words((sources / "words.dat").read_text(encoding="utf-8").splitlines())
    _add_names(words)
    _add_adjectives(words)
    _add_indefinites(words)
    _add_lemmas(words, "broken_plurals.txt", Kind.PLURAL)
    _add_lemmas(words, "irregular.txt", 0)
    _add_variants(words)
    _add_pairs(words)
    _add_function_compounds(words)
    _add_compounds(words)
    _add_given_names(words)
    _give_parts_to_names(words)
    _add_spoken(words, (sources / "iwords.dat").read_text(encoding="utf-8").splitlines())
    _mark_pairs(words)
    _mark_parts(words)
    _mark_persons(words)
    verbs = _read_verbs((sources / "verbs.dat").read_text(encoding="utf-8").splitlines())
    spoken = _read_spoken_verbs((sources / "iverbs.dat").read_text(encoding="utf-8").splitlines())
    return _pack(words, [*(("\t".join(verb) + "\t") for verb in verbs), *spoken], made_of)


def _read_words(lines: Iterable[str]) -> dict[str, _Draft]:
    words: dict[str, _Draft] = {}
    for line in lines:
        raw, frequency, tags = [*line.split("\t"), "0", "0"][:3]
        folded = fold(raw)
        if not folded:
            continue
        draft = words.setdefault(join_parts(folded), _Draft())
        draft.kind |= Kind.LISTED
        draft.frequency = max(draft.frequency, int(frequency))
        if frequency != "0" or tags != "0":
            draft.kind |= Kind.TRUSTED
        for tag in tags.split(","):
            draft.kind |= _PARTS_OF_SPEECH.get(tag, 0)
        if ZWNJ in folded:
            draft.parts = tuple(folded.split(ZWNJ))
    return words


def _add_names(words: dict[str, _Draft]) -> None:
    for (name,) in read_table("names.txt", 1):
        draft = words.setdefault(join_parts(fold(name)), _Draft())
        draft.kind |= Kind.NAME | Kind.LISTED | Kind.TRUSTED
        draft.frequency = max(draft.frequency, 1 << COMMON)


def _give_parts_to_names(words: dict[str, _Draft]) -> None:
    """Lets a name that begins with a particle be typed with a space (بن سلمان), but not common words (تیم ملی)."""
    for (name,) in read_table("names.txt", 1):
        parts, draft = fold(name).split(ZWNJ), words.get(join_parts(fold(name)), _Draft())
        if len(parts) == 2 and len(parts[1]) >= _SHORTEST_PART and not draft.parts and not draft.lemma:
            known = [words.get(part, _Draft()) for part in parts]
            names = [bool(draft.kind & Kind.NAME) for draft in known]
            common = [is_content(draft.kind, draft.frequency.bit_length()) for draft in known]
            if not names[0] and (names[1] or not all(common)):
                draft.parts = tuple(parts)


def _mark_persons(words: dict[str, _Draft]) -> None:
    """Marks what names of persons are made of; a word is no more listed for it."""
    kinds = {"given": Kind.GIVEN, "given_too": Kind.GIVEN_TOO, "surname": Kind.SURNAME, "title": Kind.TITLE}
    for kind, names in read_table("person_names.txt", 2):
        for name in names.split():
            words.setdefault(join_parts(fold(name)), _Draft()).kind |= kinds[kind]


def _add_adjectives(words: dict[str, _Draft]) -> None:
    for (word,) in read_table("adjectives.txt", 1):
        words.setdefault(join_parts(fold(word)), _Draft()).kind |= Kind.ADJECTIVE | Kind.LISTED | Kind.TRUSTED


def _add_indefinites(words: dict[str, _Draft]) -> None:
    """Takes indefinite forms that were listed as if they were words off the list, so that the rule cuts them."""
    for (word,) in read_table("indefinites.txt", 1):
        words.pop(join_parts(fold(word)), None)


def _add_lemmas(words: dict[str, _Draft], table: str, kind: int) -> None:
    for word, lemma in read_table(table, 2):
        draft = words.setdefault(join_parts(fold(word)), _Draft())
        draft.kind |= kind | Kind.LISTED
        draft.lemma = join_parts(fold(lemma))


def _add_variants(words: dict[str, _Draft]) -> None:
    """Gives each spelling of a group the first one as its lemma, so that all of them meet."""
    for canonical, *spellings in read_table("variants.txt", 0):
        lemma = join_parts(fold(canonical))
        chief = words.setdefault(lemma, _Draft())
        chief.kind |= Kind.LISTED
        for spelling in spellings:
            key = join_parts(fold(spelling))
            if key == lemma:
                continue
            draft = words.setdefault(key, _Draft())
            draft.lemma = lemma
            chief.kind |= draft.kind
            draft.kind |= chief.kind
            chief.parts = chief.parts or draft.parts


def _add_pairs(words: dict[str, _Draft]) -> None:
    for first, second in read_table("pairs.txt", 2):
        draft = words.setdefault(join_parts(fold(first + VAV + second)), _Draft())
        draft.kind |= Kind.NOUN | Kind.LISTED | Kind.TRUSTED
        draft.parts = (fold(first), VAV + join_parts(fold(second)))
        for part in (first, second):
            words.setdefault(fold(part), _Draft())


def _add_function_compounds(words: dict[str, _Draft]) -> None:
    for first, second in read_table("function_compounds.txt", 2):
        parts = (fold(first), fold(second))
        whole = join_parts(ZWNJ.join(parts))
        draft = words.setdefault(whole, _Draft())
        draft.kind |= Kind.FUNCTION | Kind.LISTED | Kind.TRUSTED
        draft.parts, draft.lemma = parts, ""
        old = words.setdefault(BEH + parts[1], _Draft()) if parts[0] == BEH + HEH else draft
        if not old.kind & Kind.TRUSTED:  # بنام and its like are words of their own
            old.kind |= Kind.LISTED
            old.lemma = whole


def _add_compounds(words: dict[str, _Draft]) -> None:
    for first, second in read_table("compounds.txt", 2):
        whole = join_parts(fold(first + ZWNJ + second))
        draft = words.setdefault(whole, _Draft())
        draft.kind |= Kind.NOUN | Kind.LISTED | Kind.TRUSTED
        if not draft.lemma:
            draft.parts = draft.parts or (fold(first), join_parts(fold(second)))


def _add_given_names(words: dict[str, _Draft]) -> None:
    """Adds the given names of two parts; a title and a name, which are two words, are taken off the list."""
    for first, seconds in read_table("given_names.txt", 2):
        for second in seconds.split():
            draft = words.setdefault(join_parts(fold(first + second)), _Draft())
            if draft.lemma:
                continue
            draft.kind |= Kind.NAME | Kind.LISTED | Kind.TRUSTED
            draft.frequency = max(draft.frequency, 1 << COMMON)
            draft.parts = (fold(first), fold(second))
    for word in [word for word in words if word.startswith(TITLE) and len(word) > len(TITLE) + 1]:
        name = words.get(word[len(TITLE) :], _Draft())
        if name.kind & Kind.TRUSTED and (name.kind & Kind.NAME or not words[word].kind & Kind.NAME):  # but not سیدخندان
            del words[word]


def _add_spoken(words: dict[str, _Draft], lines: Iterable[str]) -> None:
    """Adds the words of the spoken language that are none of the written one, each with the written word as lemma."""
    rows = [line.split(maxsplit=1) for line in lines]
    for spoken, written in (*rows, *read_table("spoken.txt", 2)):
        word, lemma = (join_parts(fold(text.strip().replace(" ", ZWNJ))) for text in (spoken, written))
        known = words.get(word)
        if (
            word == lemma
            or len(word) < 2
            or word in _NOT_SPOKEN
            or lemma not in words
            or known
            and (known.frequency or known.lemma or known.parts)
        ):
            continue
        draft = words.setdefault(word, _Draft())
        draft.kind |= Kind.SPOKEN
        draft.lemma = lemma


def _mark_pairs(words: dict[str, _Draft]) -> None:
    """Finds the compounds of two words with "and" between them, which are typed with two spaces as well."""
    for draft in list(words.values()):
        if len(draft.parts) == 2 and draft.parts[1].startswith(VAV):
            head, tail = draft.parts[0], draft.parts[1][1:]
            whole = words.get(draft.parts[1])
            tail = tail if tail in words else _with_madda(tail)
            words.setdefault(draft.parts[1], _Draft()).kind |= Kind.TAIL
            if len(tail) > 1 and tail in words and not (whole and whole.kind & Kind.TRUSTED):
                draft.parts = (head, tail)
                draft.kind |= Kind.PAIR
                words.setdefault(head, _Draft()).kind |= Kind.PAIR_HEAD


def _mark_parts(words: dict[str, _Draft]) -> None:
    """Flags the words compounds begin and end with, so that most neighbours are told apart at a glance."""
    for parts in [draft.parts for draft in words.values() if draft.parts]:
        words.setdefault(parts[0], _Draft()).kind |= Kind.HEAD
        words.setdefault(parts[-1], _Draft()).kind |= Kind.TAIL
    heads = tuple(prefix for prefix, kind in read_table("prefixes.txt", 2) if kind == "listed")
    content = dict.fromkeys(  # and no set, whose order is another in each process
        word for word, draft in words.items() if is_content(draft.kind, draft.frequency.bit_length())
    )
    for word in content:
        for head in heads:
            if word.startswith(head) and len(word) >= len(head) + _SHORTEST_PART - 1:
                words.setdefault(head, _Draft()).kind |= Kind.HEAD
                words.setdefault(_with_madda(word[len(head) :]), _Draft()).kind |= Kind.TAIL
                words.setdefault(word[len(head) :], _Draft()).kind |= Kind.TAIL
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            head, tails = word[:place], (word[place:], _with_madda(word[place:]))
            for tail in tails:
                if head in content and tail in content:
                    words[head].kind |= Kind.HEAD
                    words[tail].kind |= Kind.TAIL


def _with_madda(part: str) -> str:
    return ALEF_MADDA + part[1:] if part.startswith(ALEF) else part


def _read_verbs(lines: Iterable[str]) -> list[VerbStems]:
    """Pairs of stems; a line that names two present stems, or a past with its infinitive ending, is tidied."""
    verbs: dict[VerbStems, None] = {}
    for line in lines:
        past, _, presents = line.strip().partition("#")
        for present in presents.split(" یا "):
            stems = VerbStems(fold(past.strip()), fold(present.strip()))
            if stems.past and stems.present:
                verbs[stems] = None
    return list(verbs)


def _read_spoken_verbs(lines: Iterable[str]) -> list[str]:
    """The stems of verbs with a spoken present stem, as the file keeps them."""
    rows = (line.replace("#", " ").split() for line in lines)
    return ["\t".join(map(fold, (past, present, spoken))) for past, present, spoken, *_ in rows]


def _pack(words: dict[str, _Draft], verbs: list[str], made_of: bytes) -> bytes:
    slots = [0] * (1 << (2 * len(words)).bit_length())
    for number, word in enumerate(words, 1):
        slot = zlib.crc32(word.encode()) % len(slots)
        while slots[slot]:
            slot = (slot + 1) % len(slots)
        slots[slot] = number
    word_ends, word_lines = _column(words)
    remainder_ends, remainder_lines = _column([_remainder(draft) for draft in words.values()])
    _, verb_lines = _column(verbs)
    kinds = array("I", [draft.kind + min(draft.frequency.bit_length(), 63) * WEIGHT for draft in words.values()])
    texts = (word_lines, remainder_lines, verb_lines)
    body = b"".join((array("I", slots), word_ends, remainder_ends, kinds, *texts))
    sizes = Sizes(len(slots), len(words), *map(len, texts))
    return HEADER.pack(MAGIC, made_of, hashlib.sha256(body).digest(), zlib.crc32(body), *sizes) + body


def _column(lines: Iterable[str]) -> tuple[array[int], bytes]:
    """Lines one after another, each with its separator, and where each ends."""
    encoded = [(line + SEPARATOR).encode() for line in lines]
    return array("I", accumulate(map(len, encoded))), b"".join(encoded)


def _remainder(draft: _Draft) -> str:
    if draft.lemma:
        draft.kind |= Kind.LEMMA
        return draft.lemma
    if draft.parts:
        draft.kind |= Kind.COMPOUND
        return ZWNJ.join(draft.parts)
    return ""
