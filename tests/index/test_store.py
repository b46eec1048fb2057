"""The index folder: generations, damage, readers beside a writer, and folders that are no index."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

import khabarjoo.index.store as store
from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import deleted_docs
from khabarjoo.index.columns import Columns, ColumnsError, write_columns
from khabarjoo.index.errors import (
    AnalyzerMismatch,
    DiskFailure,
    IndexDamaged,
    IndexLocked,
    NoIndex,
    NotAnIndex,
    OtherFormat,
    StoreError,
)
from khabarjoo.index.manifest import generations, manifest_name, read_sources, sources_name
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import LiveSegment, Snapshot, open_snapshot, open_writer
from tests.corpus import damage, files_in, make_index, make_live, only, random_articles


def ids(snapshot: Snapshot) -> list[str]:
    return sorted(live.segment.ids[doc] for live in snapshot.segments for doc in live.live().tolist())


def commit(path: Path, *articles: Article, deleted: frozenset[str] = frozenset()) -> Snapshot:
    """One more generation: what there was without the articles deleted, and a new segment."""
    with open_writer(path) as writer:
        lives = []
        for live in writer.base.segments if writer.base else ():
            gone = [doc for doc in live.live().tolist() if live.segment.ids[doc] in deleted]
            gone_now = np.array(sorted({*live.deleted.tolist(), *gone}), np.intp)
            lives.append(LiveSegment(live.name, live.segment, gone_now))
        if articles:
            lives.append(make_live(writer.segment_folder(), articles))
        return writer.commit(lives, {"/news.jsonl": [1, 2, 3]})


def in_folder(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


@pytest.fixture
def two_generations(tmp_path: Path) -> Path:
    """An index whose first generation has article a, and its second a and b."""
    path = tmp_path / "index"
    commit(path, Article("a", "باران"))
    commit(path, Article("b", "برف"))
    return path


# -- generations -------------------------------------------------------------------------------------------------------


def test_a_commit_gives_what_was_committed_and_counts_generations(tmp_path: Path) -> None:
    for number in range(1, 5):
        snapshot = commit(tmp_path / "index", Article(f"a{number}", "باران"))
        assert (snapshot.generation, len(snapshot)) == (number, number)
        assert ids(open_snapshot(tmp_path / "index")) == ids(snapshot) == [f"a{n}" for n in range(1, number + 1)]
        assert snapshot.sources() == {"/news.jsonl": [1, 2, 3]}
        assert snapshot.fell_back == ""


def test_only_the_newest_two_generations_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        with open_writer(tmp_path / "index", rebuild=True) as writer:
            writer.commit([make_live(writer.segment_folder(), [Article(str(number), "باران")])], {})
    assert in_folder(tmp_path / "index") == {
        "lock", "manifest-000004.json", "manifest-000005.json", "sources-000004.json", "sources-000005.json",
        "s000004-1", "s000005-1",
    }  # fmt: skip


def test_segments_of_older_generations_stay_as_long_as_they_are_used(tmp_path: Path) -> None:
    path = tmp_path / "index"
    commit(path, Article("a", "باران"))
    before = (path / "s000001-1" / SEGMENT_FILE).read_bytes()
    for number in range(4):
        commit(path, Article(f"b{number}", "برف"))
    assert (path / "s000001-1" / SEGMENT_FILE).read_bytes() == before
    assert "a" in ids(open_snapshot(path))


def test_deleted_articles_are_gone_and_a_segment_without_others_too(tmp_path: Path) -> None:
    path = tmp_path / "index"
    commit(path, Article("a"), Article("b"), Article("c"))
    commit(path, Article("d"))
    snapshot = commit(path, deleted=frozenset("bd"))
    assert ids(snapshot) == ids(open_snapshot(path)) == ["a", "c"]
    assert [live.mask.tolist() for live in snapshot.segments if live.mask is not None] == [[True, False, True]]
    snapshot = commit(path, deleted=frozenset("ac"))
    assert (snapshot.segments, len(snapshot)) == ((), 0)


def test_nothing_is_seen_of_a_writer_that_does_not_commit(two_generations: Path) -> None:
    before = files_in(two_generations)
    with open_writer(two_generations) as writer:
        make_live(writer.segment_folder(), [Article("c")])
        assert ids(open_snapshot(two_generations)) == ["a", "b"]
    with pytest.raises(RuntimeError), open_writer(two_generations):
        raise RuntimeError
    with open_writer(two_generations):
        pass
    assert files_in(two_generations) == before


def test_a_rebuild_starts_from_nothing_and_leaves_what_was_until_it_commits(two_generations: Path) -> None:
    with open_writer(two_generations, rebuild=True) as writer:
        assert writer.base is None
        lives = [make_live(writer.segment_folder(), [Article("z")])]
        assert ids(open_snapshot(two_generations)) == ["a", "b"]
        writer.commit(lives, {})
    assert ids(open_snapshot(two_generations)) == ["z"]


def test_a_snapshot_stays_readable_while_writers_replace_everything(tmp_path: Path) -> None:
    path = tmp_path / "index"
    articles = random_articles(Random(1), 30)
    old = make_index(path, articles)
    for number in range(3):
        make_index(path, [Article(f"new{number}", "برف")])
        segment = only(old.segments).segment
        assert [segment.article(doc).body for doc in range(30)] == [article.body for article in articles]
        assert segment.postings(segment.lemma_number("باران")).docs.tolist() != []
        assert segment.sources.counts(np.arange(30)).sum() > 0
        assert old.size_bytes() == segment.columns.size_bytes > 0
    assert ids(open_snapshot(path)) == ["new2"]


def test_a_reader_that_two_commits_overtake_reads_the_newest(
    two_generations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = generations
    overtaken: Iterator[None] = iter((None,))

    def slow(path: Path) -> list[int]:
        numbers = listed(path)
        if next(overtaken, 0) is None:
            make_index(path, [Article("x")])
            make_index(path, [Article("y")])
        return numbers

    monkeypatch.setattr(store, "generations", slow)
    snapshot = open_snapshot(two_generations)
    assert (ids(snapshot), snapshot.fell_back) == (["y"], "")


# -- damage ------------------------------------------------------------------------------------------------------------


def damaged_ways(path: Path) -> Iterator[str]:
    """Damages the newest generation in one way after another, and mends it again."""
    manifest, columns = path / "manifest-000002.json", path / "s000002-1" / SEGMENT_FILE
    for file in (manifest, columns):
        whole = file.read_bytes()
        for name, data in (("empty", b""), ("half", whole[: len(whole) // 2]), ("other", b"\xff" * len(whole))):
            file.write_bytes(data)
            yield f"{file.name} {name}"
        file.unlink()
        yield f"{file.name} missing"
        file.write_bytes(whole)


def test_the_generation_before_is_read_when_the_newest_is_damaged(two_generations: Path) -> None:
    for way in damaged_ways(two_generations):
        if way != "manifest-000002.json missing":
            snapshot = open_snapshot(two_generations)
            assert (ids(snapshot), snapshot.generation) == (["a"], 1), way
            assert snapshot.fell_back.startswith("generation 2: "), way
    assert ids(open_snapshot(two_generations)) == ["a", "b"]


def test_any_changed_byte_of_a_manifest_is_noticed(two_generations: Path) -> None:
    manifest = two_generations / "manifest-000002.json"
    whole = manifest.read_bytes()
    for place in range(len(whole) - 1):  # the line's end may go
        damage(manifest, place, bits=1)
        assert open_snapshot(two_generations).generation == 1
        manifest.write_bytes(whole)


def test_a_damaged_list_of_deletions_is_noticed(two_generations: Path) -> None:
    commit(two_generations, Article("c"), Article("d"))
    assert ids(commit(two_generations, deleted=frozenset("c"))) == ["a", "b", "d"]
    (two_generations / "deleted-000004-s000003-1").write_bytes(b"")
    assert open_snapshot(two_generations).generation == 3


def test_a_segment_of_the_same_length_that_is_another_is_noticed(tmp_path: Path) -> None:
    for name, title in (("one", "باران"), ("other", "بارام")):
        commit(tmp_path / name, Article("a", title))
    one, other = (tmp_path / name / "s000001-1" / SEGMENT_FILE for name in ("one", "other"))
    assert one.stat().st_size == other.stat().st_size
    one.write_bytes(other.read_bytes())
    with pytest.raises(IndexDamaged, match=r"s000001-1/columns\.bin is not the one that was written"):
        open_snapshot(tmp_path / "one")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EMFILE])
def test_what_the_system_refuses_to_open_is_not_taken_for_damage(
    number: int, two_generations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *args: object) -> int:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DiskFailure, match=r"permission denied|too many files are open"):
        open_snapshot(two_generations)


def test_damage_explains_an_error_and_nothing_else_does(two_generations: Path) -> None:
    snapshot = open_snapshot(two_generations)
    snapshot.blame(IndexError("a bug"))
    with pytest.raises(IndexDamaged, match="column x is missing"):
        snapshot.blame(ColumnsError("column x is missing"))
    columns = snapshot.segments[1].segment.columns
    damage(two_generations / "s000002-1" / SEGMENT_FILE, columns._start + columns._columns["stored"].place)
    with pytest.raises(IndexDamaged, match=r"s000002-1/columns\.bin: column stored is not what was written"):
        snapshot.blame(IndexError("damage"))


def test_an_index_of_nothing_but_damage_is_refused(two_generations: Path) -> None:
    (two_generations / "manifest-000001.json").write_bytes(b"{}")
    for way in damaged_ways(two_generations):
        with pytest.raises(IndexDamaged, match=r"damaged \(generation"):
            open_snapshot(two_generations)
        with pytest.raises(IndexDamaged), open_writer(two_generations):
            pytest.fail(way)


def test_a_writer_on_a_damaged_index_goes_on_from_the_generation_before_and_keeps_it(two_generations: Path) -> None:
    damage(two_generations / "manifest-000002.json", 5)
    snapshot = commit(two_generations, Article("c"))
    assert (ids(snapshot), snapshot.generation) == (["a", "c"], 3)
    damage(two_generations / "manifest-000003.json", 5)
    assert ids(open_snapshot(two_generations)) == ["a"]


def test_a_damaged_list_of_sources_is_refused_but_does_not_stop_readers(two_generations: Path) -> None:
    sources = two_generations / "sources-000002.json"
    for data in (b"", b"{}", b"\xff", sources.read_bytes().replace(b"1", b"2")):
        sources.write_bytes(data)
        snapshot = open_snapshot(two_generations)
        assert ids(snapshot) == ["a", "b"]
        with pytest.raises(IndexDamaged, match=r"sources-000002\.json is not what was written"):
            snapshot.sources()
    sources.unlink()
    with pytest.raises(IndexDamaged):
        snapshot.sources()


def test_sources_may_have_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"/news/\xff\xfe.jsonl")
    with open_writer(tmp_path / "index") as writer:
        lives = [make_live(writer.segment_folder(), [Article("a")])]
        assert writer.commit(lives, {name: [1, 2, 3], "/اخبار": [0, 0, 0]}).sources() == {
            name: [1, 2, 3],
            "/اخبار": [0, 0, 0],
        }


def test_what_a_killed_writer_left_is_removed_by_the_next(two_generations: Path) -> None:
    before = files_in(two_generations)
    make_live(two_generations / "s000003-1", [Article("c")])
    for name in ("manifest-000003.json.tmp", "sources-000003.json", "deleted-000003-s000001-1"):
        (two_generations / name).write_bytes(b"half")
    assert ids(open_snapshot(two_generations)) == ["a", "b"]
    with open_writer(two_generations):
        after = files_in(two_generations)
        assert after.pop("lock").startswith(f"{os.getpid()} ".encode())
        assert after | {"lock": b""} == before


def test_a_leftover_segment_is_in_nobody_s_way(two_generations: Path) -> None:
    make_live(two_generations / "s000003-1", [Article("half")])
    assert ids(commit(two_generations, Article("c"))) == ["a", "b", "c"]


# -- folders that are no index -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir], ids=["missing", "empty"])
def test_where_there_is_nothing_there_is_no_index(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "index"
    make(path)
    with pytest.raises(NoIndex, match="make one with: khabarjoo index --index"):
        open_snapshot(path)


def test_a_folder_of_other_files_is_not_an_index_and_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    before = files_in(tmp_path)
    with pytest.raises(NotAnIndex, match=r"it holds thesis\.docx"):
        open_snapshot(tmp_path)
    for rebuild in (False, True):
        with pytest.raises(NotAnIndex), open_writer(tmp_path, rebuild=rebuild):
            pytest.fail("opened")
    assert files_in(tmp_path) == before


def test_a_file_is_not_an_index(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("text")
    with pytest.raises(NotAnIndex, match="it is a file"):
        open_snapshot(path)
    with pytest.raises(NotAnIndex, match="it is a file"), open_writer(path):
        pytest.fail("opened")
    with pytest.raises(StoreError), open_writer(path / "below"):
        pytest.fail("opened")
    assert path.read_text() == "text"


def test_a_stray_file_beside_an_index_does_no_harm_and_comes_to_none(two_generations: Path) -> None:
    (two_generations / ".DS_Store").write_bytes(b"x")
    (two_generations / "notes.txt").write_text("mine")
    (two_generations / "s000001-1" / "notes.txt").write_text("mine")
    assert ids(commit(two_generations, Article("c"))) == ["a", "b", "c"]
    assert (two_generations / "notes.txt").read_text() == "mine"


def test_an_interrupted_first_writer_leaves_a_folder_that_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with pytest.raises(RuntimeError), open_writer(path) as writer:
        make_live(writer.segment_folder(), [Article("a")])
        raise RuntimeError
    with pytest.raises(NoIndex):
        open_snapshot(path)
    assert ids(commit(path, Article("b"))) == ["b"]


class _Trap:
    """Fails the test when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("a pickle was read",))


def test_planted_pickles_are_never_read(two_generations: Path) -> None:
    trap = pickle.dumps(_Trap())
    for name in ("_MAIN_1.toc", "_MAIN_000000000003.toc", "lock", "sources-000001.json", "manifest-000003.json"):
        (two_generations / name).write_bytes(trap)
    snapshot = open_snapshot(two_generations)
    assert ids(snapshot) == ["a", "b"]
    assert [live.segment.article(0).title for live in snapshot.segments] == ["باران", "برف"]
    assert ids(commit(two_generations, Article("c"))) == ["a", "b", "c"]


def test_an_index_of_another_analyzer_is_refused_until_it_is_made_again(
    two_generations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ANALYZER_VERSION", ANALYZER_VERSION + 1)
    with pytest.raises(AnalyzerMismatch, match="make it again, from the articles stored in it, with") as caught:
        open_snapshot(two_generations)
    assert (caught.value.have, caught.value.want) == (ANALYZER_VERSION, ANALYZER_VERSION + 1)
    assert ids(open_snapshot(two_generations, any_analyzer=True)) == ["a", "b"]
    with pytest.raises(AnalyzerMismatch), open_writer(two_generations):
        pytest.fail("opened")
    make_index(two_generations, [Article("z")])
    assert ids(open_snapshot(two_generations)) == ["z"]


def as_format(path: Path, version: object) -> None:
    """Makes the newest manifest one of another format."""
    manifest = max(path.glob("manifest-*.json"))
    fields = json.loads(manifest.read_bytes().rpartition(b"\n}")[0] + b"\n}")
    body = json.dumps({**fields, "format": version})
    manifest.write_text(f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")


@pytest.mark.parametrize(("version", "age"), [(1, "an older"), (99, "a newer"), (None, "an older"), ("x", "an older")])
def test_an_index_of_another_format_is_refused_in_one_line(version: object, age: str, two_generations: Path) -> None:
    as_format(two_generations, version)
    told = rf"made by {age} version \(format {version}, this version reads 2\); .* index --rebuild --index \S+ PATHS$"
    with pytest.raises(OtherFormat, match=told):
        open_snapshot(two_generations)
    with pytest.raises(OtherFormat), open_writer(two_generations):
        pytest.fail("opened")


def test_an_index_of_another_format_is_replaced_by_a_rebuild(two_generations: Path) -> None:
    as_format(two_generations, 1)
    for id in "xyz":
        make_index(two_generations, [Article(id)])
        assert ids(open_snapshot(two_generations)) == [id]
    assert in_folder(two_generations) == {
        "lock", "manifest-000004.json", "manifest-000005.json", "sources-000004.json", "sources-000005.json",
        "s000004-1", "s000005-1",
    }  # fmt: skip


def test_a_second_writer_is_refused_and_the_first_goes_on(two_generations: Path) -> None:
    with open_writer(two_generations) as writer:
        with pytest.raises(IndexLocked), open_writer(two_generations):
            pytest.fail("opened")
        lives = [make_live(writer.segment_folder(), [Article("c")])]
        assert ids(writer.commit(lives, {})) == ["c"]


# -- durability --------------------------------------------------------------------------------------------------------


def test_everything_a_manifest_names_is_on_disk_before_it_is(
    two_generations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        events.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    def noted_replace(self: Path, target: Path) -> Path:
        events.append("renamed")
        return replace(self, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("which files are synced can be told from /proc only")
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    commit(two_generations, Article("c"), deleted=frozenset("a"))
    before, after = events[: events.index("renamed")], events[events.index("renamed") + 1 :]
    names = [Path(event).name for event in before]
    assert {SEGMENT_FILE, "s000003-1", "sources-000003.json", "manifest-000003.json.tmp", "index"} <= set(names)
    assert "index" in names[names.index("manifest-000003.json.tmp") :]
    assert [Path(event).name for event in after] == ["index"]


def test_a_manifest_holds_checksums_of_what_it_names(two_generations: Path) -> None:
    manifest = json.loads((two_generations / "manifest-000002.json").read_text().rpartition("\n}")[0] + "\n}")
    assert [row["name"] for row in manifest["segments"]] == ["s000001-1", "s000002-1"]
    for row in manifest["segments"]:
        data = (two_generations / row["name"] / SEGMENT_FILE).read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("sources", [[], "x", None, {"a": 1}, {"a": [1, 2]}, {"a": [1, 2, "3"]}, {"a": [1, 2, True]}])
def test_a_list_of_files_that_is_none_is_damage(tmp_path: Path, sources: object) -> None:
    snapshot = make_index(tmp_path / "index", random_articles(Random(1), 3))
    data = json.dumps(sources).encode()
    (tmp_path / "index" / sources_name(snapshot.generation)).write_bytes(data)
    manifest = snapshot.manifest._replace(sources_sha256=hashlib.sha256(data).hexdigest())
    with pytest.raises(ValueError, match="is no list of files"):
        read_sources(tmp_path / "index", manifest)


@pytest.mark.parametrize("body", ["[]", "7", "null", "[" * 50_000, '{"format": 2, "analyzer": 1.5}'])
def test_a_manifest_of_something_else_is_damage(tmp_path: Path, body: str) -> None:
    make_index(tmp_path / "index", random_articles(Random(1), 3))
    checksum = hashlib.sha256(body.encode()).hexdigest()
    (tmp_path / "index" / manifest_name(1)).write_text(f"{body}\n{checksum}\n")
    with pytest.raises(IndexDamaged):
        open_snapshot(tmp_path / "index")


@pytest.mark.parametrize("docs", [[3], [2**32 - 1], [1, 1], [2, 1], [0, 1, 2, 3]])
def test_a_list_of_deleted_articles_that_are_none_is_damage(tmp_path: Path, docs: list[int]) -> None:
    row = make_index(tmp_path / "index", random_articles(Random(1), 3)).manifest.segments[0]
    with (tmp_path / "deleted").open("wb") as file:
        write_columns(file, {"docs": np.array(docs, np.uint32)})
    with pytest.raises(ValueError, match="lists articles that are none"):
        deleted_docs(Columns(tmp_path / "deleted"), "deleted", row.articles)
