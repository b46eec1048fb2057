"""The compiled lexicon: what it knows of words, how fast it opens, and that a bad file is never trusted."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabarjoo.analyzers import lexicon as lexicon_module
from khabarjoo.analyzers.lexicon import (
    Entry,
    Kind,
    Lexicon,
    LexiconError,
    default_lexicon,
    hazm_folder,
    lists_digest,
)
from khabarjoo.analyzers.lexicon_compiler import compile_lexicon
from khabarjoo.analyzers.normalizer import ZWNJ, fold, join_parts
from khabarjoo.analyzers.word_tables import TableError, read_table, table_text

_OPENED_IN = 0.020  # seconds, the median of fresh processes
_RESIDENT = 60  # megabytes


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return default_lexicon()


class Cache:
    """A cache folder of a test's own, and how often a lexicon was compiled into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.compiled = 0

    def open(self) -> Lexicon:
        """The lexicon, as a process that has not opened it yet gets it."""
        default_lexicon.cache_clear()
        return default_lexicon()

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file()) if self.folder.is_dir() else []


@pytest.fixture(scope="module")
def compiled() -> dict[bytes, bytes]:
    """Lexicons compiled in this module, by what they are made of: compiling one takes a second."""
    return {}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: dict[bytes, bytes]) -> Iterator[Cache]:
    mine = Cache(tmp_path / "cache")

    def compile_once(sources: Path, made_of: bytes = bytes(64)) -> bytes:
        mine.compiled += 1
        if made_of not in compiled:
            compiled[made_of] = compile_lexicon(sources, made_of)
        return compiled[made_of]

    monkeypatch.setattr("khabarjoo.analyzers.lexicon_compiler.compile_lexicon", compile_once)
    monkeypatch.setattr("khabarjoo.analyzers.lexicon.user_folder", lambda _kind: mine.folder)
    yield mine
    default_lexicon.cache_clear()


def _knows_words(lexicon: Lexicon) -> bool:
    entry = lexicon.get("کتاب")
    return entry is not None and bool(entry.kind & Kind.NOUN) and lexicon.get("کتابوکتابو") is None


# -- the file --------------------------------------------------------------------------------------------------


def test_the_first_opening_compiles_one_file_and_the_second_reads_it(cache: Cache) -> None:
    assert _knows_words(cache.open())
    assert (cache.compiled, len(cache.files())) == (1, 1)
    assert _knows_words(cache.open())
    assert (cache.compiled, len(cache.files())) == (1, 1)


@pytest.mark.parametrize("kept", [0, 1, 30, 60, 1000, -1, -1000])
def test_a_truncated_file_is_made_anew(cache: Cache, kept: int) -> None:
    cache.open()
    (path,) = cache.files()
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    assert _knows_words(cache.open())
    assert cache.compiled == 2
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"\0" * len(data), id="all zeros"),
        pytest.param(lambda data: b"X" + data[1:], id="another magic"),
        pytest.param(lambda data: data[:10] + b"\xff" + data[11:], id="another digest"),
        pytest.param(lambda data: data + b"\0", id="a byte too long"),
        pytest.param(lambda data: data[:100] + b"\xff" * 4096 + data[4196:], id="a page of the table overwritten"),
        pytest.param(lambda data: data[:-5000] + b"\0" * 5000, id="the last pages never written"),
    ],
)
def test_a_damaged_file_is_made_anew(cache: Cache, damage: Callable[[bytes], bytes]) -> None:
    cache.open()
    (path,) = cache.files()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert _knows_words(cache.open())
    assert cache.compiled == 2
    assert path.read_bytes() == whole


def test_what_another_installation_compiled_stays_for_it_until_it_is_old(cache: Cache) -> None:
    cache.folder.mkdir()
    used, forgotten = (cache.folder / f"lexicon-{name}.bin" for name in ("used", "forgotten"))
    for path in (used, forgotten):
        path.write_bytes(b"")
    os.utime(forgotten, (0, 0))
    cache.open()
    assert used in cache.files()
    assert forgotten not in cache.files()


def test_a_folder_in_the_files_place_is_no_error(cache: Cache) -> None:
    cache.open()
    (path,) = cache.files()
    path.unlink()
    path.mkdir()
    assert _knows_words(cache.open())


def test_without_a_cache_folder_that_can_be_written_the_lexicon_is_kept_in_memory(cache: Cache) -> None:
    cache.folder.write_bytes(b"a file where the folder would be")
    assert _knows_words(cache.open())
    assert cache.compiled == 1


def test_a_failed_write_leaves_nothing_behind(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", disk_full)
    assert _knows_words(cache.open())
    assert cache.files() == []


def test_other_tables_make_another_file(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.open()
    monkeypatch.setattr(lexicon_module, "table_text", lambda name: table_text(name) + "# one line more\n")
    cache.open()
    assert cache.compiled == 2


def test_compiling_twice_gives_the_same_bytes(cache: Cache, compiled: dict[bytes, bytes]) -> None:
    cache.open()
    made_of, data = next(iter(compiled.items()))
    assert compile_lexicon(hazm_folder(), made_of) == data


_COMPILE = """
from khabarjoo.analyzers.lexicon import Lexicon, hazm_folder
from khabarjoo.analyzers.lexicon_compiler import compile_lexicon
print(Lexicon(compile_lexicon(hazm_folder())).digest)
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_every_process_compiles_the_same(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, seed: str) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    assert _run(_COMPILE) == [lexicon.digest]


def test_one_that_came_with_the_package_is_taken_and_nothing_is_compiled_or_asked_of_hazm(
    cache: Cache, compiled: dict[bytes, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digest = cache.open().digest
    cache.files()[0].unlink()
    shipped = tmp_path / "lexicon.bin"
    shipped.write_bytes(next(iter(compiled.values())))
    monkeypatch.setattr(lexicon_module, "SHIPPED", shipped)
    monkeypatch.setattr(lexicon_module, "find_spec", lambda _name: None)
    assert cache.open().digest == digest
    assert (cache.compiled, cache.files()) == (1, [])


def test_one_of_other_tables_that_came_with_the_package_is_not_taken(
    cache: Cache, compiled: dict[bytes, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache.open()
    shipped = tmp_path / "lexicon.bin"
    shipped.write_bytes(next(iter(compiled.values())))
    monkeypatch.setattr(lexicon_module, "SHIPPED", shipped)
    monkeypatch.setattr(lexicon_module, "recipe_digest", lambda: bytes(32))
    cache.open()
    assert cache.compiled == 2


def test_lists_are_known_by_what_they_hold_and_not_by_their_times(tmp_path: Path) -> None:
    lists = tmp_path / "hazm" / "data"
    shutil.copytree(hazm_folder(), lists)
    assert lists_digest(lists) == lists_digest(hazm_folder())
    (lists / "verbs.dat").write_bytes((lists / "verbs.dat").read_bytes()[:-1] + b"#")
    assert lists_digest(lists) != lists_digest(hazm_folder())


def test_lists_of_another_size_than_was_installed_are_read(tmp_path: Path) -> None:
    lists = tmp_path / "hazm" / "data"
    shutil.copytree(hazm_folder(), lists)
    (record,) = hazm_folder().parents[1].glob("hazm-*.dist-info/RECORD")
    shutil.copytree(record.parent, tmp_path / record.parent.name)
    assert lists_digest(lists) == lists_digest(hazm_folder())
    (lists / "verbs.dat").write_bytes((lists / "verbs.dat").read_bytes() + b"\n")
    assert lists_digest(lists) != lists_digest(hazm_folder())


def test_the_file_holds_no_pickle_and_begins_with_its_own_name(cache: Cache) -> None:
    cache.open()
    (path,) = cache.files()
    assert path.read_bytes()[:6] == b"KHJLEX"


def test_bytes_of_another_format_are_refused(compiled: dict[bytes, bytes], cache: Cache) -> None:
    cache.open()
    data = next(iter(compiled.values()))
    with pytest.raises(LexiconError, match="version"):
        Lexicon(b"KHJLEX99" + data[8:])


def test_without_hazm_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, cache: Cache) -> None:
    monkeypatch.setattr(lexicon_module, "find_spec", lambda _name: None)
    with pytest.raises(LexiconError, match="pip install hazm"):
        cache.open()


# -- a process of its own --------------------------------------------------------------------------------------

_OPEN = """
import sys, time
from khabarjoo.analyzers.lexicon import default_lexicon
started = time.process_time()
lexicon = default_lexicon()
print(time.process_time() - started, lexicon.get("کتاب") is not None, "hazm" in sys.modules, "pickle" in sys.modules)
"""
_READ_ALL = """
import sys
from khabarjoo.analyzers.lexicon import default_lexicon
lexicon = default_lexicon()
found = sum(lexicon.get(word) is not None for word in sys.stdin.read().split())
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(found, int(peak.split()[1]) / 1024)
"""


def _run(program: str, text: str = "") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split()


def test_opening_takes_milliseconds_and_loads_neither_hazm_nor_pickle(lexicon: Lexicon) -> None:
    runs = [_run(_OPEN) for _ in range(7)]
    assert {tuple(run[1:]) for run in runs} == {("True", "False", "False")}
    assert statistics.median(float(run[0]) for run in runs) < _OPENED_IN


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to tell the resident size")
def test_a_process_that_has_looked_up_every_word_stays_small() -> None:
    words = (hazm_folder() / "words.dat").read_text(encoding="utf-8").splitlines()
    keys = {join_parts(fold(line.partition("\t")[0])) for line in words}
    found, resident = _run(_READ_ALL, "\n".join(keys))
    assert int(found) > 180_000
    assert float(resident) < _RESIDENT


# -- the entries -----------------------------------------------------------------------------------------------


def _entry(lexicon: Lexicon, word: str) -> Entry:
    entry = lexicon.get(word)
    assert entry is not None, word
    return entry


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("کتاب", Kind.NOUN),
        ("بزرگ", Kind.ADJECTIVE),
        ("هرگز", Kind.ADVERB),
        ("هفت", Kind.NUMBER),
        ("از", Kind.FUNCTION),
        ("که", Kind.FUNCTION),
        ("اخبار", Kind.PLURAL),
        ("تهران", Kind.NAME),
        ("رییسی", Kind.NAME),
    ],
)
def test_a_known_word_is_of_its_kind(lexicon: Lexicon, word: str, kind: int) -> None:
    assert _entry(lexicon, word).kind & kind
    assert _entry(lexicon, word).kind & Kind.LISTED


@pytest.mark.parametrize(
    ("common", "rare"), [("سال", "سالنامه"), ("کشور", "کشورگشا"), ("مردم", "مردمک"), ("دولت", "دولتمند")]
)
def test_a_common_word_weighs_more_than_a_rare_one(lexicon: Lexicon, common: str, rare: str) -> None:
    assert 63 >= _entry(lexicon, common).weight > _entry(lexicon, rare).weight >= 0


@pytest.mark.parametrize(
    ("word", "lemma"), [("اخبار", "خبر"), ("طهران", "تهران"), ("بهترین", "بهتر"), ("جوایز", "جایزه")]
)
def test_a_word_whose_lemma_is_no_matter_of_rule_has_it(lexicon: Lexicon, word: str, lemma: str) -> None:
    assert _entry(lexicon, word).lemma == lemma


@pytest.mark.parametrize(
    ("word", "parts"),
    [("بینالمللی", ("بین", "المللی")), ("دانشاموز", ("دانش", "آموز")), ("اتشبس", ("آتش", "بس"))],
)
def test_a_compound_has_its_parts(lexicon: Lexicon, word: str, parts: tuple[str, ...]) -> None:
    key = word if lexicon.get(word) else join_parts(ZWNJ.join(parts))
    assert _entry(lexicon, key).parts == parts


@pytest.mark.parametrize(
    "word", ["کواراتسخلیا", "", " ", "کتاب ها", f"بین{ZWNJ}المللی", "ك", "a", "x" * 100_000, "😀", "ا\0"]
)
def test_what_is_no_folded_word_of_the_lists_has_no_entry(lexicon: Lexicon, word: str) -> None:
    assert lexicon.get(word) is None


def test_loading_all_words_changes_no_answer(cache: Cache) -> None:
    mapped, loaded = cache.open(), cache.open()
    loaded.load()
    loaded.load()
    words = [row[0] for name in ("names.txt", "irregular.txt", "adjectives.txt") for row in read_table(name, 0)]
    words += ["کتاب", "بینالمللی", "دانشاموز", "گفتوگو", "", "کواراتسخلیا", "x" * 1000]
    assert [loaded.get(join_parts(fold(word))) for word in words] == [
        mapped.get(join_parts(fold(word))) for word in words
    ]
    assert list(loaded.verbs()) == list(mapped.verbs())


def test_every_word_of_our_tables_is_known_as_what_its_table_says(lexicon: Lexicon) -> None:
    names = [join_parts(fold(name)) for (name,) in read_table("names.txt", 1)]
    plurals = [tuple(join_parts(fold(cell)) for cell in row) for row in read_table("broken_plurals.txt", 2)]
    assert [name for name in names if not _entry(lexicon, name).kind & Kind.NAME] == []
    assert [plural for plural, singular in plurals if _entry(lexicon, plural).lemma != singular] == []


def test_the_verbs_are_pairs_of_folded_stems(lexicon: Lexicon) -> None:
    verbs = list(lexicon.verbs())
    assert len(verbs) > 600
    assert ("رفت", "رو") in verbs
    assert ("گفت", "گو") in verbs
    assert [
        verb for verb in verbs if any(not stem or stem != fold(stem) or stem != stem.strip() for stem in verb)
    ] == []


def test_a_table_with_a_cell_missing_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.analyzers.word_tables.table_text", lambda _name: "# a comment\n\nالف\tب\nپ\n")
    with pytest.raises(TableError, match=r"broken_plurals\.txt, line 4: 2 cells wanted, 1 found"):
        list(read_table("broken_plurals.txt", 2))
