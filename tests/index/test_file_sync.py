"""Syncing: after a run the index holds the articles of the files and nothing else."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
from contextlib import suppress
from math import log
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from khabarjoo.index.ingest import Options
from khabarjoo.index.merge import Part, merge
from khabarjoo.index.run_report import Progress
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.store import open_snapshot
from tests.corpus import WORDS, contents, files_in, random_articles
from tests.newsfolder import Folder, Rows, counts


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# -- what runs do ------------------------------------------------------------------------------------------------------


def test_a_first_run_adds_everything(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("deep/er/b.jsonl", {"3": "باد"})
    report = folder.sync()
    assert counts(report) == {"added": 3}
    assert report.articles == 3
    assert report.seconds > 0
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}


def test_a_second_run_over_the_same_files_changes_nothing_at_all(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("b.jsonl", {"3": "باد"}, broken=True)
    folder.sync()
    before = files_in(folder.index)
    for _ in range(2):
        assert counts(folder.sync()) == {"unchanged": 3, "skipped": 1}
        assert files_in(folder.index) == before


def test_a_changed_file_adds_updates_keeps_and_forgets(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف", "3": "باد"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران", "2": "تگرگ", "4": "مه"})
    assert counts(folder.sync()) == {"added": 1, "updated": 1, "unchanged": 1, "removed": 1}
    assert folder.rows() == {"1": "باران", "2": "تگرگ", "4": "مه"}


def test_a_file_whose_time_alone_has_changed_is_read_and_nothing_is_indexed(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"unchanged": 1}
    assert len(open_snapshot(folder.index).segments) == 1


def test_a_file_as_long_and_as_old_as_before_is_not_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    monkeypatch.setattr("khabarjoo.index.file_sync.read", lambda path, **options: pytest.fail("read"))
    assert counts(folder.sync()) == {"unchanged": 1}


def test_articles_of_a_file_that_is_gone_are_forgotten(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.write("b.jsonl", {"2": "برف"})
    folder.sync()
    (folder.files / "b.jsonl").unlink()
    assert counts(folder.sync()) == {"unchanged": 1, "removed": 1}
    assert folder.rows() == {"1": "باران"}


def test_a_folder_emptied_of_its_files_empties_its_part_of_the_index(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    path.unlink()
    assert counts(folder.sync()) == {"removed": 1}
    assert folder.rows() == {}


def test_a_file_that_is_to_be_read_otherwise_than_last_time_is_read_again(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران"})
    path.write_text('{"id": 1, "title": "باران", "written": "1402/01/02 10:00"}\n', encoding="utf-8")
    folder.sync()
    mapped = Options(mapping=(("source", "written"),))
    for _ in range(2):
        folder.sync(options=lambda path: mapped)
        (live,) = open_snapshot(folder.index).segments
        assert live.segment.article(live.live()[0]).source == "1402/01/02 10:00"
    assert counts(folder.sync(options=lambda path: mapped)) == {"unchanged": 1}
    assert counts(folder.sync()) == {"updated": 1}


def test_what_changed_is_named_and_what_is_passed_over_is_counted(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("b.mp4", {})
    folder.write("c.JPG", {})
    folder.write("d.jpg", {})
    report = folder.sync(list_changes=True)
    assert report.changes == [("added", "1"), ("added", "2")]
    assert report.passed_over == {".mp4": 1, ".jpg": 2}
    folder.write("a.jsonl", {"1": "مه"})
    assert folder.sync(list_changes=True).changes == [("updated", "1"), ("forgotten", "2")]


def test_progress_is_told_inside_a_large_packed_file(folder: Folder) -> None:
    lines = "".join(json.dumps({"id": str(n), "title": f"{n} {hash((n, 7))}"}) + "\n" for n in range(150_000))
    path = folder.files / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode(), compresslevel=1))
    seen: list[Progress] = []
    with suppress(KeyboardInterrupt):
        folder.sync(on_progress=lambda at: seen.append(at) if len(seen) < 3 else signal.raise_signal(signal.SIGINT))
    assert 0 < seen[1].done_bytes < path.stat().st_size
    assert {progress.total_bytes for progress in seen} == {path.stat().st_size}


def test_a_renamed_file_keeps_its_articles(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.sync()
    path.rename(folder.files / "z.jsonl")
    folder.sync()
    assert folder.rows() == {"1": "باران", "2": "برف"}
    assert counts(folder.sync()) == {"unchanged": 2}


def test_files_outside_the_paths_of_a_run_are_left_alone(folder: Folder) -> None:
    folder.write("one/a.jsonl", {"1": "باران"})
    folder.write("two/b.jsonl", {"2": "برف"})
    folder.write("onemore.jsonl", {"3": "باد"})
    folder.sync()
    shutil.rmtree(folder.files / "two")
    (folder.files / "onemore.jsonl").unlink()
    assert counts(folder.sync(folder.files / "one")) == {"unchanged": 1}
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}


def test_several_paths_are_read_once_each_however_they_are_named(folder: Folder) -> None:
    path = folder.write("one/a.jsonl", {"1": "باران"})
    assert counts(folder.sync(folder.files, path, folder.files / "one" / ".." / "one")) == {"added": 1}
    (folder.files / "link.jsonl").symlink_to(path)
    assert counts(folder.sync()) == {"unchanged": 1}


def test_hidden_files_and_other_kinds_of_files_are_passed_over_unless_named(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.write(".hidden.jsonl", {"2": "برف"})
    folder.write(".git/b.jsonl", {"3": "باد"})
    folder.write("picture.jpg", {"4": "مه"})
    assert counts(folder.sync()) == {"added": 1}
    folder.sync(folder.files / ".hidden.jsonl")
    assert set(folder.rows()) == {"1", "2"}


def test_an_index_inside_the_folder_it_is_of_is_not_read(folder: Folder) -> None:
    folder.index = folder.files / "index"
    folder.write("a.jsonl", {"1": "باران"})
    assert counts(folder.sync()) == {"added": 1}
    before = files_in(folder.index)
    assert counts(folder.sync()) == {"unchanged": 1}
    assert files_in(folder.index) == before


def test_progress_goes_up_to_the_total(folder: Folder) -> None:
    for number in range(3):
        folder.write(f"{number}.jsonl", {f"{number}-{n}": "باران" for n in range(number + 1)})
    seen: list[Progress] = []
    folder.sync(on_progress=seen.append)
    assert [progress.articles for progress in seen] == [1, 3, 6]
    assert [progress.done_bytes for progress in seen] == sorted({progress.done_bytes for progress in seen})
    assert {progress.total_bytes for progress in seen} == {seen[-1].done_bytes}


def test_more_articles_than_a_segment_holds_go_into_several(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.index_writer.SEGMENT_ARTICLES", 2)
    monkeypatch.setattr("khabarjoo.index.merge_policy.SEGMENT_ARTICLES", 2)
    folder.write("a.jsonl", {str(number): "باران" for number in range(5)})
    assert counts(folder.sync(run_articles=2)) == {"added": 5}
    assert [len(live) for live in open_snapshot(folder.index).segments] == [2, 2, 1]
    folder.write("a.jsonl", {str(number): "باران" for number in range(1, 5)})
    assert counts(folder.sync()) == {"unchanged": 4, "removed": 1}


def test_file_names_that_are_no_text_are_remembered(folder: Folder) -> None:
    name = os.fsdecode(b"\xff.jsonl")
    try:
        folder.write(name, {"1": "باران"})
    except OSError:
        pytest.skip("this file system has only names that are text")
    folder.sync()
    assert counts(folder.sync()) == {"unchanged": 1}


# -- many small runs ---------------------------------------------------------------------------------------------------


def live_contents(folder: Folder) -> dict[str, Any]:
    """All that an index answers of its live articles, by their ids."""
    parts = [
        (live.segment.ids[doc], Part(live.segment, np.array([doc])))
        for live in open_snapshot(folder.index).segments
        for doc in live.live().tolist()
    ]
    in_order = [part for _, part in sorted(parts, key=itemgetter(0))]
    whole = folder.index.with_name(f"whole of {len(list(folder.index.parent.iterdir()))}")
    merge(in_order, whole)
    return contents(Segment(whole))


def change(folder: Folder, rng: Random, rows: dict[str, Rows], run: int) -> None:
    """Writes a new file, removes one, or keeps some rows of one, changes some and adds some; ``rows`` follow suit."""

    def some(size: int) -> Rows:
        return {f"{run}-{n}": " ".join(rng.choices(WORDS, k=4)) for n in range(size)}

    name = rng.choice([f"{run}.jsonl", *sorted(rows)][:6])
    if name in rows and len(rows) > 1 and rng.random() < 0.3:
        del rows[name]
        (folder.files / name).unlink()
        return
    kept = {id: title for id, title in rows.get(name, {}).items() if rng.random() < 0.7}
    changed = dict(zip(kept, some(rng.randrange(3)).values(), strict=False))
    rows[name] = {**kept, **changed, **some(rng.randrange(1, 4))}
    folder.write(name, rows[name])


@pytest.mark.parametrize("seed", range(3))
def test_many_small_runs_keep_segments_few_and_end_as_one_rebuild_does(seed: int, folder: Folder) -> None:
    rng = Random(seed)
    rows: dict[str, Rows] = {}
    for run in range(40):
        change(folder, rng, rows, run)
        folder.sync()
        assert folder.rows() == {id: title for of in rows.values() for id, title in of.items()}
        lives = open_snapshot(folder.index).segments
        assert all(len(live) for live in lives)
        assert len(lives) <= 2 + log(sum(map(len, lives)), 4)
    changed = live_contents(folder)
    folder.sync(rebuild=True)
    assert len(open_snapshot(folder.index).segments) == 1
    assert live_contents(folder) == changed


def test_a_small_run_writes_little_beside_a_large_segment(folder: Folder) -> None:
    folder.write("large.jsonl", {str(number): "باران" for number in range(100)})
    folder.sync()
    (large,) = open_snapshot(folder.index).segments
    for run in range(12):
        folder.write(f"{run}.jsonl", {f"{run}-1": "برف"})
        assert counts(folder.sync()) == {"added": 1, "unchanged": 100 + run}
        first, *others = open_snapshot(folder.index).segments
        assert first.name == large.name
        assert sum(map(len, others)) == run + 1
        assert len(others) <= 2


# -- ids that two articles have ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [("a.jsonl", "b.jsonl"), ("b.jsonl", "a.jsonl")])
def test_ids_that_are_unique_in_their_files_only_are_kept_apart_by_the_files(
    names: tuple[str, str], folder: Folder
) -> None:
    first, second = names
    folder.write(first, {"1": "باران", "5": "مه"})
    folder.write(second, {"1": "برف", "2": "باد"})
    report = folder.sync()
    assert counts(report) == {"added": 4}
    assert [notice.why.partition("; ")[0] for notice in report.notices] == [
        "its ids are also those of other articles"
    ] * 2
    one, two = first.removesuffix(".jsonl"), second.removesuffix(".jsonl")
    rows = {f"{one}/1": "باران", f"{one}/5": "مه", f"{two}/1": "برف", f"{two}/2": "باد"}
    assert folder.rows() == rows
    assert counts(folder.sync()) == {"unchanged": 4}
    folder.write(second, {"1": "برف", "2": "باد", "3": "تگرگ"})
    assert counts(folder.sync()) == {"added": 1, "unchanged": 4}
    assert folder.rows() == {**rows, f"{two}/3": "تگرگ"}


def test_files_of_one_name_are_told_apart_by_their_folders(folder: Folder) -> None:
    one = folder.write("north/result.jsonl", {"1": "باران"})
    two = folder.write("south/result.jsonl", {"1": "برف"})
    folder.sync(one, two)
    assert folder.rows() == {"north/result/1": "باران", "south/result/1": "برف"}


def test_a_clash_that_only_the_last_file_shows_concerns_the_first_one(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("b.jsonl", {"7": "باد"})
    folder.write("c.jsonl", {"2": "مه"})
    folder.sync(run_articles=1)
    assert folder.rows() == {"a/1": "باران", "a/2": "برف", "7": "باد", "c/2": "مه"}


def test_the_same_text_under_the_same_id_is_one_article_even_where_ids_clash(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران", "2": "برف"})
    folder.write("b.jsonl", {"1": "باران"})
    report = folder.sync()
    assert counts(report) == {"added": 2, "skipped": 1}
    assert report.skipped[0].where == "b.jsonl"
    assert report.skipped[0].why == "the id “1” is already that of an article in a.jsonl, with the same text; left out"
    folder.write("b.jsonl", {"1": "باران", "2": "مه"})
    folder.sync(rebuild=True)
    assert folder.rows() == {"a/1": "باران", "a/2": "برف", "b/2": "مه"}


def test_a_copy_of_a_file_is_told_in_one_line_with_how_many_articles_it_doubles(folder: Folder) -> None:
    rows = {str(number): f"باران {number}" for number in range(150)}
    folder.write("a.jsonl", rows)
    folder.write("b.jsonl", rows)
    report = folder.sync()
    assert counts(report) == {"added": 150, "skipped": 1}
    why = "150 articles are in a.jsonl already, with the same ids and texts; left out"
    assert [(each.where, each.why, each.count) for each in report.skipped] == [("b.jsonl", why, 150)]


def test_an_address_is_one_article_whatever_file_it_is_in(folder: Folder) -> None:
    folder.write("a.jsonl", {"https://example.org/1": "باران"})
    folder.write("b.jsonl", {"https://example.org/1": "باران شدید"})
    assert counts(folder.sync()) == {"added": 1, "skipped": 1}
    assert folder.rows() == {"https://example.org/1": "باران"}


def test_ids_of_an_index_stay_when_another_file_has_them_too(folder: Folder) -> None:
    folder.write("b.jsonl", {"1": "برف", "2": "باد"})
    folder.sync()
    folder.write("a.jsonl", {"1": "باران", "9": "مه"})
    assert counts(folder.sync()) == {"added": 2, "unchanged": 2}
    assert folder.rows() == {"1": "برف", "2": "باد", "a/1": "باران", "a/9": "مه"}
    folder.write("b.jsonl", {"1": "تگرگ", "2": "باد", "9": "رعد"})
    folder.sync()
    assert folder.rows() == {"1": "تگرگ", "2": "باد", "9": "رعد", "a/1": "باران", "a/9": "مه"}


def test_an_id_twice_in_one_file_is_told_of_every_time(folder: Folder) -> None:
    path = folder.write("a.jsonl", {"1": "باران"})
    path.write_text(path.read_text() * 2)
    assert counts(folder.sync()) == {"added": 1, "skipped": 1}
    assert counts(folder.sync()) == {"unchanged": 1, "skipped": 1}


@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("b", "a")])
def test_an_article_moved_to_another_file_is_in_the_index_after_one_run(
    before: str, after: str, folder: Folder
) -> None:
    folder.write(f"{before}.jsonl", {"1": "باران", "2": "برف"})
    folder.write(f"{after}.jsonl", {"3": "باد"})
    folder.sync()
    folder.write(f"{before}.jsonl", {"1": "باران"})
    folder.write(f"{after}.jsonl", {"3": "باد", "2": "برف"})
    assert "skipped" not in counts(folder.sync())
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}
    assert counts(folder.sync()) == {"unchanged": 3}
    (folder.files / f"{before}.jsonl").unlink()
    folder.sync()
    assert folder.rows() == {"2": "برف", "3": "باد"}


# -- rebuilding --------------------------------------------------------------------------------------------------------


def test_a_rebuild_holds_the_paths_given_and_nothing_else(folder: Folder) -> None:
    folder.write("one/a.jsonl", {"1": "باران"})
    folder.write("two/b.jsonl", {"2": "برف"})
    folder.sync()
    assert counts(folder.sync(folder.files / "two", rebuild=True)) == {"added": 1}
    assert folder.rows() == {"2": "برف"}


def test_a_rebuild_over_files_without_articles_leaves_an_empty_index(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    folder.sync()
    monkeypatch.setattr("khabarjoo.index.file_sync.read", lambda path, **options: iter(()))
    assert counts(folder.sync(rebuild=True)) == {}
    assert folder.rows() == {}


def test_a_rebuild_gives_the_same_segment_twice(folder: Folder) -> None:
    folder.write("a.jsonl", {article.id: article.title or "-" for article in random_articles(Random(4), 30)})
    segments = []
    for generation in (1, 2):
        folder.sync(rebuild=True)
        segments.append((folder.index / f"s{generation:06}-1" / SEGMENT_FILE).read_bytes())
    assert segments[0] == segments[1]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_index_is_as_if_made_anew(seed: int, folder: Folder) -> None:
    rng = Random(seed)
    for _ in range(6):
        for name in ("a.jsonl", "b/b.jsonl", "c.jsonl"):
            if rng.random() < 0.5:
                # Each file has ids of its own, so that it does not matter which was read first.
                folder.write(name, {f"{name}-{rng.randrange(8)}": rng.choice(("باران", "برف")) for _ in range(5)})
            elif rng.random() < 0.4 and (folder.files / name).exists():
                (folder.files / name).unlink()
        if any(path.is_file() for path in folder.files.rglob("*")):
            folder.sync()
            changed = folder.rows()
            kept, folder.index = folder.index, folder.index.with_name(f"anew{rng.random()}")
            folder.sync()
            assert folder.rows() == changed
            folder.index = kept
