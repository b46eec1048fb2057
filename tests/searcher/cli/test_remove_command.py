"""Taking articles out of an index, and writing all of them so that another index can be made."""

from __future__ import annotations

import gzip
import json
import shlex
from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync
from khabarjoo.index.segment_writer import digest
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify

ROWS = [
    {
        "id": "1",
        "title": "باران در گیلان",
        "text": "a < b &amp;amp; c\n\nدوم",
        "date": "1402/01/02 10:00",
        "tags": ["قم"],
    },
    {"id": "2", "text": "برف در زنجان بارید. راه‌ها بسته شد.", "agency": "ایسنا", "category": "اجتماعی", "code": "۱۲"},
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    (folder / "b.jsonl").write_text('{"id": "3", "title": "باد"}', encoding="utf-8")
    sync(tmp_path / "index", [folder])
    return folder


def digests(index: Path) -> set[int]:
    return {digest(live.segment.article(doc)) for live in open_snapshot(index).segments for doc in live.live().tolist()}


def ids(index: Path) -> set[str]:
    return {live.segment.ids[doc] for live in open_snapshot(index).segments for doc in live.live().tolist()}


def test_a_dump_is_read_back_to_the_same_articles(run, files: Path, tmp_path: Path) -> None:
    code, out, err = run("dump", "--index", str(tmp_path / "index"))
    assert (code, err) == (0, "3 articles written\n")
    assert [json.loads(line)["origin"] for line in out.splitlines()] == [
        *[str(files / "a.jsonl")] * 2,
        str(files / "b.jsonl"),
    ]
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(out.encode()))
    report = sync(tmp_path / "other", [tmp_path / "all.jsonl.gz"])
    assert (report.added, report.skipped, report.notices) == (3, [], [])
    assert digests(tmp_path / "other") == digests(tmp_path / "index")


def test_an_article_is_removed_by_its_id_and_stays_so_until_its_file_changes(run, files: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    code, _, err = run("remove", "--index", str(index), "1")
    assert code == 0
    assert err.splitlines()[0] == "removed 1 article"
    assert "a.jsonl is still there" in err
    assert ids(index) == {"2", "3"}
    assert sync(index, [files]).unchanged == 2
    assert ids(index) == {"2", "3"}
    assert verify(index).damage == []
    (files / "a.jsonl").write_text("\n".join(map(json.dumps, [*ROWS, {"id": "4", "title": "مه"}])), encoding="utf-8")
    sync(index, [files])
    assert ids(index) == {"1", "2", "3", "4"}


def test_what_was_removed_comes_back_with_the_command_that_is_told(run, files: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    told = run("remove", "--index", str(index), "1").err.splitlines()
    command = next(line for line in told if line.startswith("khabarjoo index"))
    assert run(*shlex.split(command)[1:]).code == 0
    assert ids(index) == {"1", "2", "3"}
    report = sync(index, [files], again=True)
    assert (report.added, report.unchanged) == (0, 3)
    assert verify(index).damage == []


@pytest.mark.parametrize("gone", [False, True])
def test_the_articles_of_a_file_or_a_folder_are_removed_whether_it_is_there_or_not(
    run, files: Path, tmp_path: Path, gone: bool
) -> None:
    index = tmp_path / "index"
    if gone:
        (files / "a.jsonl").unlink()
    assert run("remove", "--index", str(index), "-v", str(files / "a.jsonl")).err.splitlines() == [
        "removed 2 articles",
        "removed 1",
        "removed 2",
    ]
    assert ids(index) == {"3"}
    assert run("remove", "--index", str(index), str(files)).code == 0
    assert ids(index) == set()
    assert verify(index).damage == []


def test_what_is_neither_an_id_nor_a_file_is_named_and_the_rest_removed(run, files: Path, tmp_path: Path) -> None:
    code, _, err = run("remove", "--index", str(tmp_path / "index"), "nobody", "3")
    assert code == 1
    assert "“nobody” is neither the id of an article nor a file" in err
    assert ids(tmp_path / "index") == {"1", "2"}


def test_nothing_is_removed_from_what_is_no_index_and_none_is_made(run, tmp_path: Path) -> None:
    code, _, err = run("remove", "--index", str(tmp_path / "nowhere"), "1")
    assert code == 2
    assert "there is no index in" in err
    assert not (tmp_path / "nowhere").exists()
