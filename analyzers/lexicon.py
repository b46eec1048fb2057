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
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from .chars import ZWNJ
from .tables import LEXICON_TABLES, table_text

LEXICON_FORMAT = 1
"""Goes up whenever the file's layout, or what is compiled into it, changes."""

COMMON = 12
"""The weight from which a word is a common one."""

MAGIC = b"KHJLEX%02d" % LEXICON_FORMAT
HEADER = struct.Struct("<8s32sIIII")  # magic, digest of the sources, checksum, slots, record bytes, verb bytes
RECORD = struct.Struct("<BBHB")  # bytes of the word, bytes of the remainder, flags, weight


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


class Lexicon:
    """Looks words up in a compiled lexicon. Words are given folded and without ZWNJ."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        magic, _, _, self._slots, record_bytes, verb_bytes = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise LexiconError("not a lexicon of this version")
        start = HEADER.size
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
            length, remainder, flags, weight = RECORD.unpack_from(self._records, offset)
            start = offset + RECORD.size
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
    from .lexicon_compiler import compile_lexicon  # late, as it is needed once in the life of an installation

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
    digest = hashlib.sha256(MAGIC)
    for module in ("lexicon.py", "lexicon_compiler.py", "chars.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    for name in ("words.dat", "verbs.dat"):
        status = (sources / name).stat()
        digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    for name in LEXICON_TABLES:
        digest.update(table_text(name).encode())
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
    if len(data) < HEADER.size:
        return None
    magic, made_of, checksum, slots, record_bytes, verb_bytes = HEADER.unpack_from(data)
    whole = len(data) == HEADER.size + 4 * slots + record_bytes + verb_bytes
    ours = whole and magic == MAGIC and made_of == digest
    return data if ours and zlib.crc32(memoryview(data)[HEADER.size :]) == checksum else None


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


def is_content(kind: int, weight: int) -> bool:
    """Whether a word is surely a common noun or adjective, to be taken for a part of a compound written apart."""
    return bool(kind & Kind.TRUSTED and kind & (Kind.NOUN | Kind.ADJECTIVE)) and weight >= COMMON
