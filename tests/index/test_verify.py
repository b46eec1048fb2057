"""Verifying: a whole index is whole, every damage is found and named, and so is what checksums cannot tell."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from khabarjoo.index.columns import Array, Columns, write_columns
from khabarjoo.index.consistency import (
    Trouble,
    article_troubles,
    column_troubles,
    reanalysis_troubles,
    recount_troubles,
)
from khabarjoo.index.errors import DiskFailure, IndexBusy, NoIndex, OtherFormat
from khabarjoo.index.manifest import Manifest, Sources, encode, manifest_name, read_manifest, read_sources
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import Damage, verify
from tests.corpus import damage, make_index, make_segment, only, random_articles
from tests.newsfolder import Folder

ALL = 10**6


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of two segments, in the first of which articles are deleted."""
    make_index(
        tmp_path / "index", random_articles(Random(3), 40), random_articles(Random(4), 10, "b"), deleted=("a3", "a9")
    )
    return tmp_path / "index"


def sealed(index: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Writes the manifest anew, as somebody would who makes a mistake, or means harm."""
    (index / manifest_name(1)).write_bytes(encode(change(read_manifest(index, 1))))


def with_columns(index: Path, change: Callable[[dict[str, Array]], object]) -> None:
    """Writes the first segment anew with other columns, and checksums that hold."""
    name = read_manifest(index, 1).segments[0].name
    file = index / name / SEGMENT_FILE
    columns = Columns(file)
    arrays = {column: columns[column].copy() for column in columns.names}
    change(arrays)
    with file.open("wb") as out:
        write_columns(out, arrays)
    data = file.read_bytes()

    def reseal(manifest: Manifest) -> Manifest:
        first, *others = manifest.segments
        row = first._replace(
            bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), directory=Columns(file).fingerprint
        )
        return manifest._replace(segments=(row, *others))

    sealed(index, reseal)


# -- whole and damaged -------------------------------------------------------------------------------------------------


def test_a_whole_index_is_whole_and_what_was_done_is_told(index: Path) -> None:
    told: list[Progress] = []
    found = verify(index, sample=ALL, on_progress=told.append)
    assert found.damage == []
    assert found.whole
    snapshot = open_snapshot(index)
    assert found.articles == len(snapshot) == 48
    assert found.size_bytes == snapshot.size_bytes() == told[-1].done_bytes == told[-1].total_bytes
    assert found.analysed_again == 50
    assert found.counted_again == sum(len(live.segment.lemmas) for live in snapshot.segments)


def test_the_sample_is_of_the_size_asked_for(index: Path) -> None:
    for size in (0, 7):
        found = verify(index, sample=size)
        assert (found.counted_again, found.analysed_again, found.whole) == (2 * size, 2 * size, True)


def test_an_empty_index_and_articles_without_words_are_whole(tmp_path: Path) -> None:
    make_index(tmp_path / "none")
    assert verify(tmp_path / "none").whole
    empty = [replace(article, title="", lead="", body="") for article in random_articles(Random(1), 3)]
    make_index(tmp_path / "empty", empty)
    assert verify(tmp_path / "empty").whole


def test_where_there_is_no_index_there_is_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        verify(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_another_format_is_refused_in_one_line(index: Path) -> None:
    fields = json.loads((index / manifest_name(1)).read_bytes().rpartition(b"\n}")[0] + b"\n}")
    body = json.dumps(fields | {"format": 1})
    (index / manifest_name(1)).write_text(f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")
    with pytest.raises(OtherFormat, match="made by an older version"):
        verify(index)


def test_every_changed_byte_of_every_file_is_found(index: Path) -> None:
    rng = Random(6)
    for file in sorted(path for path in index.rglob("*") if path.is_file() and path.name != "lock"):
        whole = file.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 2, *(rng.randrange(len(whole) - 1) for _ in range(20))):
            damage(file, place, bits=1 << rng.randrange(8))
            assert not verify(index, sample=0).whole, (file.name, place)
            file.write_bytes(whole)
        for data in (b"", whole[: len(whole) // 2], whole[:-2], whole + b"x"):
            file.write_bytes(data)
            assert not verify(index, sample=0).whole, (file.name, len(data))
        if file.suffix != ".json":
            file.unlink()
            assert not verify(index, sample=0).whole, file.name
        file.write_bytes(whole)
    assert verify(index).whole


def test_what_is_damaged_is_named_by_file_column_and_article(index: Path) -> None:
    live = open_snapshot(index).segments[0]
    file = index / live.name / SEGMENT_FILE
    ends = live.segment.columns["stored.ends"]
    stored = file.read_bytes().index(bytes(live.segment.columns.bytes("stored")))
    damage(file, stored + int(ends[12]) + 1)
    where = f"{live.name}/{SEGMENT_FILE}"
    assert verify(index).damage == [
        Damage(where, "column stored is not what was written", live.name),
        Damage(where, "the stored article cannot be opened: a stored record is damaged", live.name, "a12"),
    ]
    assert str(verify(index).damage[1]).endswith("a stored record is damaged (article a12)")


def test_damage_to_other_files_is_named_too(index: Path) -> None:
    name = read_manifest(index, 1).segments[0].name
    (index / "sources-000001.json").write_bytes(b"{")
    (index / f"deleted-000001-{name}").unlink()
    assert list(map(str, verify(index).damage)) == [
        "sources-000001.json: is not what was written",
        f"deleted-000001-{name}: no such file or directory",
    ]
    (index / "manifest-000001.json").write_bytes(b"{}")
    assert list(map(str, verify(index).damage)) == ["manifest-000001.json: is not what was written"]


def test_the_generation_to_fall_back_to_is_verified_as_well(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    older = only(open_snapshot(folder.index).segments).name
    folder.write("b.jsonl", {"2": "برف"})
    folder.sync()
    assert verify(folder.index).whole
    damage(folder.index / older / SEGMENT_FILE, 500)
    damage(folder.index / "sources-000001.json", 5)
    assert {found.file for found in verify(folder.index).damage} == {f"{older}/{SEGMENT_FILE}", "sources-000001.json"}


def test_a_file_that_may_not_be_read_is_not_taken_for_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: Any, *args: Any, **options: Any) -> int:
        if str(path).endswith(f"{os.sep}{SEGMENT_FILE}") and str(path).startswith(str(index)):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DiskFailure, match="permission denied"):
        verify(index)


# -- what checksums do not tell ----------------------------------------------------------------------------------------


def set_to(name: str, place: int, value: int) -> Callable[[dict[str, Array]], object]:
    return lambda arrays: arrays[name].__setitem__(place, value)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (set_to("lemmas.ends", 3, 255), "column lemmas.ends does not cut column lemmas into runs"),
        (set_to("postings.ends", 0, 1), "column postings.ends does not cut column postings.docs into runs"),
        (set_to("forms.lemma", 0, 255), "column forms.lemma has 255 where numbers end at"),
        (set_to("postings.docs", 0, 40), "column postings.docs has 40 where numbers end at 39"),
        (set_to("postings.impacts", 5, 0), "column postings.impacts has an impact of 0"),
        (set_to("forward", 7, 60000), "column forward has a word that is none"),
        (set_to("forward", 7, 65535), "column forward.wide.places does not tell where the wide words are"),
        (set_to("forward.fields", 0, 255), "column forward.fields gives it more words than it has"),
        (set_to("ids.order", 0, 39), "column ids.order does not put the ids in order"),
        (set_to("published", 0, 2**62), "column published has a date of no year"),
        (set_to("digests", 4, 1), "the stored article is not the one that was indexed"),
        (set_to("source", 0, 200), "column source has 200 where numbers end at"),
        (set_to("keywords.weights", 1, 255), "its keywords are not those of an article"),
        (lambda arrays: arrays.update(digests=arrays["digests"][1:]), "column digests has 39 values where there"),
        (lambda arrays: arrays.pop("published"), "column published is missing"),
        (lambda arrays: arrays["lemmas"].__setitem__(0, 255), "column lemmas is not text"),
    ],
)
def test_columns_that_do_not_agree_are_found_though_checksums_hold(
    change: Callable[[dict[str, Array]], object], why: str, index: Path
) -> None:
    with_columns(index, change)
    found = verify(index, sample=0).damage
    assert any(why in damaged.why for damaged in found), found


_NEVER_TOLD = ("keywords", "origin")  # what else these could be there is nothing to tell by


@pytest.mark.parametrize("seed", range(3))
def test_any_changed_number_is_found_when_all_is_worked_out_again(seed: int, index: Path) -> None:
    rng = np.random.default_rng(seed)
    columns = open_snapshot(index).segments[0].segment.columns
    names = [name for name in columns.names if len(columns[name]) and not name.startswith(_NEVER_TOLD)]
    whole = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    for name in names:

        def turn_a_bit(arrays: dict[str, Array], name: str = name) -> None:
            data = arrays[name].view(np.uint8)
            data[rng.integers(len(data))] ^= np.uint8(1 << rng.integers(8))

        with_columns(index, turn_a_bit)
        assert not verify(index, sample=ALL).whole, name
        for path, data in whole.items():
            path.write_bytes(data)


def test_counts_other_than_the_manifest_s_are_found(index: Path) -> None:
    def miscounted(manifest: Manifest) -> Manifest:
        first, *others = manifest.segments
        return manifest._replace(segments=(first._replace(articles=39), *others))

    sealed(index, miscounted)
    assert any("it has 40 articles where there should be 39" in found.why for found in verify(index).damage)


def test_a_manifest_that_names_files_elsewhere_is_refused(index: Path) -> None:
    for name in ("../../etc", "/etc", "s000001-1/..", "x", ""):

        def elsewhere(manifest: Manifest, name: str = name) -> Manifest:
            return manifest._replace(segments=(manifest.segments[0]._replace(name=name),))

        whole = (index / manifest_name(1)).read_bytes()
        sealed(index, elsewhere)
        assert "which no index has" in only(verify(index).damage).why
        (index / manifest_name(1)).write_bytes(whole)


def test_postings_other_than_the_words_say_are_found(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(2), 30))
    every = np.arange(len(segment.lemmas))
    assert list(recount_troubles(segment, every)) == []
    lemma = segment.lemma_number("باران")
    segment._posting_ends = memoryview(array(segment._posting_ends.format, segment._posting_ends))
    segment._posting_ends[lemma + 1] -= 1  # one article is now the next lemma's
    told = "the postings of “باران” are not what the articles' words come to"
    assert next(recount_troubles(segment, every)) == Trouble(told)
    assert list(recount_troubles(segment, every[:lemma])) == []


def test_articles_indexed_otherwise_than_they_are_stored_are_found(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(2), 30))
    assert list(reanalysis_troubles(segment, np.arange(30))) == []
    segment._impacts = memoryview(bytearray(segment._impacts))
    place = segment._docs.tolist().index(4)
    segment._impacts[place] ^= 1
    assert list(reanalysis_troubles(segment, np.arange(30))) == [
        Trouble("its impacts are not those of the stored article", 4)
    ]


def test_a_segment_that_is_whole_has_no_troubles(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(5), 50))
    assert list(column_troubles(segment)) == []
    assert list(article_troubles(segment, range(50))) == []


def test_columns_that_are_nonsense_end_in_a_trouble_and_no_more(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(5), 5))
    del segment.columns._columns["forward"]
    assert ["column forward is missing" in trouble.why for trouble in column_troubles(Segment(segment.folder))] == []
    assert only(list(column_troubles(segment))).why.endswith("column forward is missing")


# -- damage of all kinds -----------------------------------------------------------------------------------------------


def test_no_damage_that_changes_an_answer_goes_unfound_and_none_crashes_anything() -> None:
    """Two thousand ways: benchmarks/damage.py."""
    if not hasattr(os, "fork"):
        pytest.skip("the harness forks")
    harness = Path(__file__).with_name("damage_harness.py")
    path = os.pathsep.join(map(str, harness.parents[1:3]))
    output = subprocess.run(
        [sys.executable, harness, "40", "20"],
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert output.returncode == 0, output.stderr
    found: dict[str, Any] = json.loads(output.stdout)
    assert found["failures"] == []
    assert found["ways"] == 40
    assert found["answers_changed"] > 10
    assert found["harmless"] == found["of_files"].get("lock", 0)


# -- while somebody writes ---------------------------------------------------------------------------------------------


def commit_again(folder: Folder, numbers: Iterator[int]) -> None:
    """Commits two generations more, so that nothing is kept of those there were."""
    for number in islice(numbers, 2):
        folder.write("a.jsonl", {f"a{doc}": f"عنوان {doc} {number}" for doc in range(30)})
        folder.sync()


def test_an_index_is_whole_however_often_somebody_commits_while_it_is_verified(tmp_path: Path) -> None:
    folder, numbers = Folder(tmp_path), count()
    commit_again(folder, numbers)
    generation = open_snapshot(folder.index).generation
    found = verify(folder.index, on_progress=lambda _: commit_again(folder, numbers))
    assert found.damage == []
    assert found.manifest is not None
    assert found.manifest.generation == generation < open_snapshot(folder.index).generation
    assert found.articles == found.analysed_again == 30


def test_a_commit_that_falls_into_opening_has_it_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, numbers = Folder(tmp_path), count()
    commit_again(folder, numbers)

    def read_amid_commits(path: Path, manifest: Manifest) -> Sources:
        if next(numbers) < 10:
            commit_again(folder, numbers)
        return read_sources(path, manifest)

    monkeypatch.setattr("khabarjoo.index.verify.read_sources", read_amid_commits)
    assert verify(folder.index).damage == []


def test_an_index_that_is_never_left_alone_is_said_to_be_busy_and_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    commit_again(folder, count())
    numbers = count(5)
    monkeypatch.setattr("khabarjoo.index.verify.generations", lambda path: [next(numbers), 1])
    with pytest.raises(IndexBusy, match="was written to meanwhile"):
        verify(folder.index)
