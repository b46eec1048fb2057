"""The compiled lexicon: which words there are, of what kind, how common, and which of them are compounds.

Source: the word and verb lists that the hazm package ships (MIT licence, roshan-ai.ir/hazm): 193,750 words, some with
frequency and part of speech, and 692 pairs of verb stems. Our own tables in ``data/`` add broken plurals, spelling
variants, names and bound forms (MIT, as the project).

Reading those lists takes seconds, so they are compiled once into one flat file in the user's cache folder: a hash table
of fixed slots over a run of records, mapped into memory and read in place. Opening it costs milliseconds however many
words it has, nothing in it is executable, and it is made anew when a source or this module changes.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from . import chars
from .chars import ALEF, ALEF_MADDA, VAV, ZWNJ, fold, join_parts

LEXICON_FORMAT = 1
"""Goes up whenever the file's layout, or what is compiled into it, changes."""

_SHORTEST_PART = 3  # letters of a part of a compound written apart
_COMMON = 12  # the weight from which a word is a common one
_MAGIC = b"KHJLEX%02d" % LEXICON_FORMAT
_HEADER = struct.Struct("<8s32sIIII")  # magic, digest of the sources, checksum, slots, record bytes, verb bytes
_RECORD = struct.Struct("<BBHB")  # bytes of the word, bytes of the remainder, flags, weight
_TABLES = (
    "broken_plurals.txt",
    "irregular.txt",
    "variants.txt",
    "names.txt",
    "adjectives.txt",
    "indefinites.txt",
    "bound_forms.txt",
    "prefixes.txt",
    "pairs.txt",
)


class LexiconError(Exception):
    """The sources of the lexicon are missing or unreadable."""


class Kind:
    """What a word can be, as bits. Parts of speech are hazm's; those from LISTED on are ours."""

    NOUN = 1
    ADJECTIVE = 2
    ADVERB = 4
    NUMBER = 8
    FUNCTION = 16
    PLURAL = 32
    LISTED = 64  # in the word list, with or without frequency or part of speech
    TRUSTED = 128  # with a frequency or a part of speech: surely a word of today
    NAME = 256  # a name or a word that only looks as if it carried a suffix
    LEMMA = 512  # the remainder is the word's lemma
    COMPOUND = 1024  # the remainder is the compound's parts
    HEAD = 2048  # begins some compound, or some word that can be read as one
    TAIL = 4096  # ends some compound, or some word that can be read as one
    PAIR = 8192  # a compound of two words with "and" between them (گفت‌وگو); ``parts`` are the two
    PAIR_HEAD = 16384  # begins such a compound


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


class Entry(NamedTuple):
    """A word of the lexicon: its kinds, its weight (log2 of its frequency, 0 to 63) and, for some, more.

    ``lemma`` is set for words whose lemma cannot be had by rule (اخبار: خبر); ``parts`` for compounds
    (بین‌المللی: بین and المللی).
    """

    kind: int
    weight: int
    lemma: str = ""
    parts: tuple[str, ...] = ()


class VerbStems(NamedTuple):
    """The past and the present stem of a verb, folded (رفت, رو)."""

    past: str
    present: str


@dataclass(slots=True)
class _Draft:
    """A word while the lexicon is being compiled."""

    kind: int = 0
    frequency: int = 0
    lemma: str = ""
    parts: tuple[str, ...] = field(default=())


class Lexicon:
    """Looks words up in a compiled lexicon. Words are given folded and without ZWNJ."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        magic, _, _, self._slots, record_bytes, verb_bytes = _HEADER.unpack_from(data)
        if magic != _MAGIC:
            raise LexiconError("not a lexicon of this version")
        start = _HEADER.size
        self._table = memoryview(data)[start : start + 4 * self._slots].cast("I")
        start += 4 * self._slots
        self._records = memoryview(data)[start : start + record_bytes]
        start += record_bytes
        self._verbs = bytes(memoryview(data)[start : start + verb_bytes])

    def get(self, word: str) -> Entry | None:
        """The entry of a word, or None."""
        key = word.encode()
        slot = zlib.crc32(key) % self._slots
        while offset := self._table[slot]:
            length, remainder, flags, weight = _RECORD.unpack_from(self._records, offset)
            start = offset + _RECORD.size
            if length == len(key) and self._records[start : start + length] == key:
                return _entry(flags, weight, bytes(self._records[start + length : start + length + remainder]))
            slot = (slot + 1) % self._slots
        return None

    def verbs(self) -> Iterator[VerbStems]:
        """Every verb's stems."""
        for line in self._verbs.decode().splitlines():
            past, _, present = line.partition("\t")
            yield VerbStems(past, present)


def _entry(flags: int, weight: int, remainder: bytes) -> Entry:
    if not remainder:
        return Entry(flags, weight)
    text = remainder.decode()
    if flags & Kind.COMPOUND:
        return Entry(flags, weight, parts=tuple(text.split(ZWNJ)))
    return Entry(flags, weight, lemma=text)


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon of the installed hazm, compiled on first use and kept in the user's cache folder."""
    sources = _hazm_folder()
    digest = _digest(sources)
    path = _cache_path(digest)
    if data := _map(path, digest):
        return Lexicon(data)
    compiled = compile_lexicon(sources, digest)
    return Lexicon((_write(path, compiled) and _map(path, digest)) or compiled)


def _hazm_folder() -> Path:
    """Where hazm keeps its data. Only its files are wanted: importing the package takes seconds."""
    spec = find_spec("hazm")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "data"
        if (folder / "words.dat").is_file() and (folder / "verbs.dat").is_file():
            return folder
    raise LexiconError("the hazm package and its word lists are missing; install it with: pip install hazm")


def _digest(sources: Path) -> bytes:
    """Changes whenever a source may have changed. Names, sizes and times stand for hazm's big files."""
    digest = hashlib.sha256(_MAGIC)
    for module in (__file__, chars.__file__):
        digest.update(Path(module).read_bytes())
    for name in ("words.dat", "verbs.dat"):
        status = (sources / name).stat()
        digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    for name in _TABLES:
        digest.update(_table_text(name).encode())
    return digest.digest()


def _cache_path(digest: bytes) -> Path:
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("khabarjoo", appauthor=False)) / f"lexicon-{digest.hex()[:16]}.bin"


def _map(path: Path, digest: bytes) -> mmap.mmap | None:
    """The compiled file, mapped, or None when there is none that is whole and ours."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(data) < _HEADER.size:
        return None
    magic, made_of, checksum, slots, record_bytes, verb_bytes = _HEADER.unpack_from(data)
    whole = len(data) == _HEADER.size + 4 * slots + record_bytes + verb_bytes
    ours = whole and magic == _MAGIC and made_of == digest
    return data if ours and zlib.crc32(memoryview(data)[_HEADER.size :]) == checksum else None


def _write(path: Path, compiled: bytes) -> bool:
    """Puts the compiled lexicon in place in one step; False where the cache folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder, path.name)
            made.write_bytes(compiled)
            made.replace(path)
        for old in path.parent.glob("lexicon-*.bin"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def compile_lexicon(sources: Path, digest: bytes = bytes(32)) -> bytes:
    """Compiles hazm's lists and our tables into the bytes that `Lexicon` reads."""
    words = _read_words((sources / "words.dat").read_text(encoding="utf-8").splitlines())
    _add_names(words)
    _add_adjectives(words)
    _add_indefinites(words)
    _add_lemmas(words, "broken_plurals.txt", Kind.PLURAL)
    _add_lemmas(words, "irregular.txt", 0)
    _add_variants(words)
    _add_pairs(words)
    _mark_pairs(words)
    _mark_parts(words)
    verbs = _read_verbs((sources / "verbs.dat").read_text(encoding="utf-8").splitlines())
    return _pack(words, verbs, digest)


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
        draft.frequency = max(draft.frequency, 1 << _COMMON)


def _add_adjectives(words: dict[str, _Draft]) -> None:
    for (word,) in read_table("adjectives.txt", 1):
        words.setdefault(join_parts(fold(word)), _Draft()).kind |= Kind.ADJECTIVE | Kind.LISTED | Kind.TRUSTED


def _add_indefinites(words: dict[str, _Draft]) -> None:
    """Takes indefinite forms of nouns that were listed as if they were words off the list, so that the rule cuts them."""
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
    content = {word for word, draft in words.items() if is_content(draft.kind, draft.frequency.bit_length())}
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


def is_content(kind: int, weight: int) -> bool:
    """Whether a word is surely a common noun or adjective, to be taken for a part of a compound written apart."""
    return bool(kind & Kind.TRUSTED and kind & (Kind.NOUN | Kind.ADJECTIVE)) and weight >= _COMMON


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


def _pack(words: dict[str, _Draft], verbs: list[VerbStems], digest: bytes) -> bytes:
    slots = 1 << (2 * len(words)).bit_length()
    table = [0] * slots
    records = bytearray(b"\0")  # offset 0 marks an empty slot
    for word, draft in words.items():
        key = word.encode()
        remainder = _remainder(draft)
        if len(key) > 255 or len(remainder) > 255:
            continue
        slot = zlib.crc32(key) % slots
        while table[slot]:
            slot = (slot + 1) % slots
        table[slot] = len(records)
        weight = min(draft.frequency.bit_length(), 63)
        records += _RECORD.pack(len(key), len(remainder), draft.kind, weight) + key + remainder
    stems = "\n".join("\t".join(verb) for verb in verbs).encode()
    body = struct.pack(f"<{slots}I", *table) + bytes(records) + stems
    return _HEADER.pack(_MAGIC, digest, zlib.crc32(body), slots, len(records), len(stems)) + body


def _remainder(draft: _Draft) -> bytes:
    if draft.lemma:
        draft.kind |= Kind.LEMMA
        return draft.lemma.encode()
    if draft.parts:
        draft.kind |= Kind.COMPOUND
        return ZWNJ.join(draft.parts).encode()
    return b""


def read_table(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of one of our tables in ``data/``, split at tabs; blank lines and ``#`` comments are passed over.

    With ``columns`` 0 a row may have any number of cells.
    """
    for number, line in enumerate(_table_text(name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns and len(cells) != columns:
            raise LexiconError(f"{name}, line {number}: {columns} cells wanted, {len(cells)} found")
        yield cells


@lru_cache(maxsize=16)
def _table_text(name: str) -> str:
    return (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
