"""Repairing: what can be read is kept, what cannot is named, and the next run brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

import khabarjoo.index.store as store
from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.index.errors import AnalyzerMismatch, IndexDamaged, IndexLocked, NoIndex
from khabarjoo.index.manifest import generations
from khabarjoo.index.repair import Lost, remake, repair
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot, open_writer
from khabarjoo.index.verify import verify
from tests.corpus import damage, files_in
from tests.newsfolder import Folder, counts

FIRST = {str(n): f"باران {n}" for n in range(60)}
SECOND = {str(n): f"برف {n}" for n in range(100, 110)}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of two files, and an index of two segments; in the first, articles are deleted."""
    made = Folder(tmp_path)
    made.write("a.jsonl", FIRST | {"gone": "رفته"})
    made.sync()
    made.write("a.jsonl", FIRST)
    made.write("b.jsonl", SECOND)
    made.sync()
    assert [len(live.deleted) for live in open_snapshot(made.index).segments] == [1, 0]
    return made


def file_of(folder: Folder, segment: int = 0) -> Path:
    return folder.index / open_snapshot(folder.index).segments[segment].name / SEGMENT_FILE


def damage_column(folder: Folder, name: str, place: int = 0, segment: int = 0) -> None:
    """Turns over bits of one byte of a column."""
    columns = open_snapshot(folder.index).segments[segment].segment.columns
    damage(file_of(folder, segment), columns._start + columns._columns[name].place + place)


def assert_mended(folder: Folder) -> None:
    """The index is whole, and after a run it is as it was."""
    assert verify(folder.index).damage == []
    folder.sync()
    assert folder.rows() == FIRST | SECOND
    assert verify(folder.index).damage == []
    assert set(counts(folder.sync())) == {"unchanged"}


def test_there_is_nothing_to_repair_in_a_whole_index(folder: Folder) -> None:
    before = files_in(folder.index)
    done = repair(folder.index)
    assert done.found is not None
    assert done.found.whole
    assert (done.segments, done.articles, done.lost) == (0, 0, [])
    assert files_in(folder.index) == before


@pytest.mark.parametrize("column", ["postings.docs", "forms", "lemmas.ends", "forward", "keywords", "source.ends"])
def test_damaged_words_are_made_anew_from_the_stored_articles(column: str, folder: Folder) -> None:
    damage_column(folder, column)
    assert not verify(folder.index).whole
    for file in folder.files.iterdir():
        file.rename(file.with_suffix(".hidden"))  # no source is needed
    done = repair(folder.index)
    assert (done.segments, done.articles, done.lost, done.read_again) == (1, 60, [], 0)
    assert folder.rows() == FIRST | SECOND
    for file in folder.files.iterdir():
        file.rename(file.with_suffix(".jsonl"))
    assert_mended(folder)


def test_a_lost_article_is_named_and_the_next_run_reads_its_file_again(folder: Folder) -> None:
    ends = open_snapshot(folder.index).segments[0].segment.columns["stored.ends"]
    damage_column(folder, "stored", int(ends[7]) + 1)
    done = repair(folder.index)
    origin = str((folder.files / "a.jsonl").resolve())
    assert (done.articles, done.lost, done.read_again) == (59, [Lost("7", origin)], 1)
    assert folder.rows() == {id: title for id, title in (FIRST | SECOND).items() if id != "7"}
    assert counts(folder.sync()) == {"added": 1, "unchanged": 69}
    assert_mended(folder)


def test_a_damaged_directory_is_read_from_its_copy(folder: Folder) -> None:
    damage(file_of(folder), 40)
    with pytest.raises(IndexDamaged, match="broken directory"):
        open_snapshot(folder.index)
    done = repair(folder.index)
    assert (done.articles, done.lost) == (60, [])
    assert folder.rows() == FIRST | SECOND
    assert_mended(folder)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_what_is_left_of_a_file_that_is_cut_short_is_kept(part: float, folder: Folder) -> None:
    file = file_of(folder)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * part)])
    done = repair(folder.index)
    assert done.lost != [] or done.articles == 60
    assert folder.rows().items() <= (FIRST | SECOND).items()
    assert_mended(folder)


@pytest.mark.parametrize("data", [b"", b"x" * 1000])
def test_a_segment_of_which_nothing_is_left_is_lost_and_read_again(data: bytes, folder: Folder) -> None:
    name = file_of(folder).parent.name
    file_of(folder).write_bytes(data)
    done = repair(folder.index)
    assert done.lost == [Lost(f"61 of segment {name}", "")]
    assert folder.rows() == SECOND
    assert done.read_again == 2
    assert_mended(folder)


@pytest.mark.parametrize("column", ["origin", "origin.names", "origin.ends"])
def test_when_it_is_not_known_where_articles_came_from_all_files_are_read_again(column: str, folder: Folder) -> None:
    damage_column(folder, column)
    done = repair(folder.index)
    assert (done.articles, done.lost, done.read_again) == (60, [], 2)
    assert folder.rows() == FIRST | SECOND
    assert_mended(folder)


def test_digests_alone_are_no_loss(folder: Folder) -> None:
    damage_column(folder, "digests", 80)
    assert repair(folder.index).lost == []
    assert_mended(folder)


def test_a_damaged_list_of_deletions_brings_back_nothing_for_good(folder: Folder) -> None:
    snapshot = open_snapshot(folder.index)
    damage(folder.index / f"deleted-{snapshot.generation:06}-{snapshot.segments[0].name}", 3)
    done = repair(folder.index)
    assert done.lost == []
    assert done.read_again == 2
    assert folder.rows().items() >= (FIRST | SECOND).items()
    assert_mended(folder)


def test_of_an_article_that_is_there_twice_the_newer_is_kept(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.jsonl", {str(n): f"کهنه {n}" for n in range(60)})
    folder.sync()
    newer = {str(n): f"نو {n}" for n in range(5)} | {str(n): f"کهنه {n}" for n in range(5, 60)}
    folder.write("a.jsonl", newer)
    folder.sync()
    snapshot = open_snapshot(folder.index)
    assert len(snapshot.segments) == 2
    damage(folder.index / f"deleted-{snapshot.generation:06}-{snapshot.segments[0].name}", 3)
    repair(folder.index)
    assert folder.rows() == newer


def test_a_damaged_list_of_files_has_all_files_read_again(folder: Folder) -> None:
    damage(folder.index / "sources-000002.json", 3)
    with pytest.raises(IndexDamaged):
        folder.sync()
    done = repair(folder.index)
    assert (done.segments, done.lost, done.read_again) == (0, [], 2)
    assert_mended(folder)


def test_a_damaged_newest_manifest_is_given_up_for_the_one_before(folder: Folder) -> None:
    damage(folder.index / "manifest-000002.json", 3)
    repair(folder.index)
    assert generations(folder.index) == [3]
    assert folder.rows() == FIRST | {"gone": "رفته"}
    assert_mended(folder)


def test_without_any_manifest_the_segments_that_are_there_are_read(folder: Folder) -> None:
    for number in (1, 2):
        damage(folder.index / f"manifest-{number:06}.json", 3)
    with pytest.raises(IndexDamaged):
        open_snapshot(folder.index)
    done = repair(folder.index)
    assert (done.segments, done.lost, done.read_again) == (2, [], 2)
    assert folder.rows() == FIRST | SECOND | {"gone": "رفته"}
    assert_mended(folder)


def test_without_manifests_and_segments_there_is_nothing_to_repair(folder: Folder) -> None:
    for file in folder.index.rglob("*"):
        if file.is_file():
            file.write_bytes(b"?")
    with pytest.raises(IndexDamaged, match="nothing of it can be read"):
        repair(folder.index)
    with pytest.raises(NoIndex):
        repair(folder.files)


def test_damage_to_a_generation_that_is_not_the_newest_is_removed_with_it(folder: Folder) -> None:
    damage(folder.index / "sources-000001.json", 3)
    assert not verify(folder.index).whole
    repair(folder.index)
    assert_mended(folder)


def test_while_another_writes_nothing_is_repaired(folder: Folder) -> None:
    damage_column(folder, "forms")
    with open_writer(folder.index), pytest.raises(IndexLocked):
        repair(folder.index)


# -- damage is not made to look whole ----------------------------------------------------------------------------------


def test_a_damaged_segment_is_not_merged_into_a_new_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "khabarjoo.index.columns._SMALL", -1
    )  # as if its columns were large, and so not checked when read
    damage_column(folder, "postings.impacts", segment=1)
    folder.write("c.jsonl", {"200": "مه", "201": "باد", "202": "سیل"})
    before = files_in(folder.index)
    with pytest.raises(IndexDamaged, match=r"postings\.impacts is not what was written"):
        folder.sync()
    assert files_in(folder.index) == before
    repair(folder.index)
    assert counts(folder.sync()) == {"added": 3, "unchanged": 70}


# -- a new analyzer ----------------------------------------------------------------------------------------------------


def test_an_index_of_an_older_analyzer_is_made_anew_without_its_sources(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ANALYZER_VERSION", ANALYZER_VERSION + 1)
    with pytest.raises(AnalyzerMismatch, match="khabarjoo index --rebuild --index"):
        folder.rows()
    for file in folder.files.iterdir():
        file.unlink()
    done = remake(folder.index)
    assert (done.segments, done.articles, done.lost, done.read_again) == (2, 70, [], 0)
    assert folder.rows() == FIRST | SECOND


def test_what_is_known_of_the_files_stays_known(folder: Folder) -> None:
    remake(folder.index)
    assert counts(folder.sync()) == {"unchanged": 70}
    assert_mended(folder)


def test_articles_lost_while_it_is_made_anew_are_read_again(folder: Folder) -> None:
    ends = open_snapshot(folder.index).segments[0].segment.columns["stored.ends"]
    damage_column(folder, "stored", int(ends[7]) + 1)
    done = remake(folder.index)
    assert [lost.article for lost in done.lost] == ["7"]
    assert_mended(folder)


def test_where_there_is_no_index_none_is_made(tmp_path: Path) -> None:
    for make in (remake, repair):
        with pytest.raises(NoIndex):
            make(tmp_path / "index")
    assert list(tmp_path.iterdir()) == []
