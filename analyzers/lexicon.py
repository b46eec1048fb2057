"""The compiled lexicon: which words there are, of what kind, how common, and which of them are compounds.

Source: the word and verb lists that the hazm package ships (MIT licence, roshan-ai.ir/hazm): 193,750 words, some with
frequency and part of speech, 692 pairs of verb stems, and 400 words and stems of the spoken language. Our own tables
in ``data/`` add broken plurals, spelling variants, names and bound forms (MIT, as the project).

Reading those lists takes seconds, so they are compiled once into one flat file: a hash table of fixed slots over
columns of words, kinds and weights, mapped into memory and read in place. Opening it costs milliseconds however many
words it has, and nothing in it is executable. A wheel has it compiled, with hazm's notice, and reads nothing of hazm; a
checkout, whose tables change, compiles it into the user's cache folder, anew when a list, a table or this module
changes. Its bytes are the same either way. Who is about to read thousands of texts has it `load` all words into a
dictionary first.
"""

from __future__ import annotations

import base64
import mmap
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from .checksums import crc32, sha256
from .config_folders import user_folder
from .normalizer import ZWNJ
from .word_tables import LEXICON_TABLES, table_text

LEXICON_FORMAT = 4
"""Goes up whenever the file's layout, or what is compiled into it, changes."""

SOURCES = ("words.dat", "verbs.dat", "iwords.dat", "iverbs.dat")
"""The files of hazm that are compiled: words, verbs, and both of the spoken language."""

TITLE = "سید"
"""The title that is run together with a given name, which stays a word of its own (سیدحسن)."""

COMMON = 12
"""The weight from which a word is a common one."""

MAGIC = b"KHJLEX%02d" % LEXICON_FORMAT
HEADER = struct.Struct("<8s64s32sI5I")  # magic, what it is made of, digest, checksum, the sizes of what follows
SHIPPED = Path(__file__).with_name("data") / "lexicon.bin"
SEPARATOR = "\n"  # after each word, each remainder and each verb
WEIGHT = 1 << 20  # what weights are multiplied with to stand above kinds

_REMEMBERED = 1 << 14  # entries, while they are read from the file
_KEPT = 30 * 24 * 3600  # seconds for which others' lexicons are kept: each installation has its own


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
    SPOKEN = 32768  # a word of the spoken language; ``lemma`` is the written word
    GIVEN = 65536  # a given name of persons
    GIVEN_TOO = 131072  # a given name, and a common word as well
    SURNAME = 262144  # a surname
    TITLE = 524288  # a title before names


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


class SpokenStems(NamedTuple):
    """A spoken present stem, and the past stem of its verb as it is written (دون, دانست)."""

    present: str
    past: str


class Sizes(NamedTuple):
    """How long the parts of the file are, in their order.

    A slot is four bytes: the number of a word, counted from 1, or 0. Then come, four bytes each, the ends of the words
    and of their remainders in the two runs of lines below, and the words' kinds with their weights above them; then the
    words, the remainders, and the verbs.
    """

    slots: int
    words: int
    word_bytes: int
    remainder_bytes: int
    verb_bytes: int

    @property
    def total(self) -> int:
        """Bytes of all parts."""
        return 4 * self.slots + 12 * self.words + self.word_bytes + self.remainder_bytes + self.verb_bytes


class Lexicon:
    """Looks words up in a compiled lexicon. Words are given folded and without ZWNJ."""

    get: Callable[[str], Entry | None]
    """The entry of a word, or None."""

    digest: str
    """Stands for all that the lexicon holds, in 16 hexadecimal digits. Equal ones read every text alike."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        magic, _, digest, _, *numbers = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise LexiconError("not a lexicon of this version")
        self.digest = digest.hex()[:16]
        sizes, rest = Sizes(*numbers), memoryview(data)[HEADER.size :]

        def take(size: int) -> memoryview:
            nonlocal rest
            taken, rest = rest[:size], rest[size:]
            return taken

        self._slots = take(4 * sizes.slots).cast("I")
        self._word_ends = take(4 * sizes.words).cast("I")
        self._remainder_ends = take(4 * sizes.words).cast("I")
        self._kinds = take(4 * sizes.words).cast("I")
        self._words = take(sizes.word_bytes)
        self._remainders = take(sizes.remainder_bytes)
        self._verbs = bytes(take(sizes.verb_bytes))
        self.get = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._is_loaded = False

    def load(self) -> None:
        """Reads all words at once: 30 MB and a tenth of a second, and each look-up is twenty times as fast."""
        if self._is_loaded:
            return
        words, kinds, remainders = _lines(self._words), self._kinds.tolist(), _lines(self._remainders)
        plain = {kind: _entry(kind, "") for kind in set(kinds)}
        entries = dict(zip(words, map(plain.__getitem__, kinds), strict=True))
        for word, kind, remainder in compress(zip(words, kinds, remainders, strict=True), remainders):
            entries[word] = _entry(kind, remainder)
        self.get = entries.get
        self._is_loaded = True

    @property
    def lines(self) -> tuple[memoryview, memoryview]:
        """All words, `SEPARATOR` after each, and the kinds of each with its weight above them."""
        return self._words, self._kinds

    def verbs(self) -> Iterator[VerbStems]:
        """Yields every verb's stems."""
        for line in _lines(memoryview(self._verbs)):
            past, present, spoken = line.split("\t")
            if not spoken:
                yield VerbStems(past, present)

    def spoken_verbs(self) -> Iterator[SpokenStems]:
        """Yields the present stems of the spoken language that are listed."""
        for line in _lines(memoryview(self._verbs)):
            past, _, spoken = line.split("\t")
            if spoken:
                yield SpokenStems(spoken, past)

    def _find(self, word: str) -> Entry | None:
        key = word.encode("utf-8", "surrogatepass")
        slots = len(self._slots)
        slot = zlib.crc32(key) % slots
        while number := self._slots[slot]:
            if _line(self._words, self._word_ends, number - 1) == key:
                remainder = bytes(_line(self._remainders, self._remainder_ends, number - 1)).decode()
                return _entry(self._kinds[number - 1], remainder)
            slot = (slot + 1) % slots
        return None


def _line(lines: memoryview, ends: memoryview, number: int) -> memoryview:
    """One of the lines a column of text is made of, without its separator."""
    return lines[ends[number - 1] if number else 0 : ends[number] - 1]


def _lines(column: memoryview) -> list[str]:
    return bytes(column).decode().split(SEPARATOR)[:-1]


def _entry(packed: int, remainder: str) -> Entry:
    weight, kind = divmod(packed, WEIGHT)
    if not remainder:
        return Entry(kind, weight)
    if kind & Kind.COMPOUND:
        return Entry(kind, weight, parts=tuple(remainder.split(ZWNJ)))
    return Entry(kind, weight, lemma=remainder)


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Returns the lexicon that came with the package, else the one of the installed hazm, compiled on first use.

    Raises LexiconError where there is neither.
    """
    recipe = recipe_digest()
    if data := read_lexicon(SHIPPED, recipe):
        return Lexicon(data)
    sources = hazm_folder()
    made_of = recipe + lists_digest(sources)
    path = _cache_path(made_of)
    if data := read_lexicon(path, made_of):
        return Lexicon(data)
    from .lexicon_compiler import compile_lexicon

    compiled = compile_lexicon(sources, made_of)
    return Lexicon((_write(path, compiled) and read_lexicon(path, made_of)) or compiled)


def hazm_folder() -> Path:
    """Returns where hazm keeps its data. Only its files are wanted: importing the package takes seconds.

    Raises LexiconError where hazm is not installed.
    """
    spec = find_spec("hazm")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "data"
        if all((folder / name).is_file() for name in SOURCES):
            return folder
    raise LexiconError(
        "the hazm package and its word lists are missing; install it with: pip install hazm (on Python 3.14 and later, "
        "where it says that it cannot be: pip install --no-deps --ignore-requires-python hazm)"
    )


def recipe_digest() -> bytes:
    """Returns 32 bytes that change with all that makes the lexicon but hazm's lists: our tables and the code."""
    digest = sha256(MAGIC + sys.byteorder.encode())  # its numbers are those of the machine
    for module in ("lexicon.py", "lexicon_compiler.py", "normalizer.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    for name in LEXICON_TABLES:
        digest.update(table_text(name).encode())
    return digest.digest()


def lists_digest(sources: Path) -> bytes:
    """Returns 32 bytes that change with what hazm's lists hold.

    The lists are megabytes, so their checksums are taken from what the installer noted, if it did.
    """
    noted = _noted_checksums(sources)
    checksums = [noted.get(name) or sha256((sources / name).read_bytes()).digest() for name in SOURCES]
    return sha256(b"".join(checksums)).digest()


def _noted_checksums(sources: Path) -> dict[str, bytes]:
    """The SHA-256 of lists as it stands in the RECORD of the installed hazm, for those of the size it tells."""
    package, packages = sources.parent, sources.parents[1]
    noted = {}
    with os.scandir(packages) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(f"{package.name}-")]
    for name in names:
        try:
            lines = (packages / name / "RECORD").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            path, _, rest = line.partition(",sha256=")
            checksum, _, size = rest.partition(",")
            file = path.rpartition("/")[2]
            if path == f"{package.name}/{sources.name}/{file}" and size == str((sources / file).stat().st_size):
                noted[file] = base64.urlsafe_b64decode(checksum + "=")
    return noted


def _cache_path(made_of: bytes) -> Path:
    return user_folder("cache") / f"lexicon-{sha256(made_of).hexdigest()[:16]}.bin"


def read_lexicon(path: Path, made_of: bytes) -> mmap.mmap | None:
    """Returns the compiled file, mapped, or None when there is none that is whole and made of this.

    ``made_of`` is the digest of the recipe, or that and the one of the lists.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(data) < HEADER.size:
        return None
    magic, was_made_of, _, checksum, *sizes = HEADER.unpack_from(data)
    whole = len(data) == HEADER.size + Sizes(*sizes).total
    ours = whole and magic == MAGIC and was_made_of.startswith(made_of)
    return data if ours and crc32(memoryview(data)[HEADER.size :]) == checksum else None


def _write(path: Path, compiled: bytes) -> bool:
    """Puts the compiled lexicon in place in one step; False where the cache folder cannot be written."""
    import tempfile  # late, as the compiler is

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder, path.name)
            made.write_bytes(compiled)
            made.replace(path)
        for old in path.parent.glob("lexicon-*.bin"):
            if old != path and old.stat().st_mtime < time.time() - _KEPT:
                old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def is_content(kind: int, weight: int) -> bool:
    """Returns whether a word is surely a common noun or adjective, so that a compound may be written apart with it."""
    return bool(kind & Kind.TRUSTED and kind & (Kind.NOUN | Kind.ADJECTIVE)) and weight >= COMMON
