"""What a walk through a folder takes: links, names that are no UTF-8, and ids that meet, through archives too."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from tests.newsfolder import Folder, counts

ROW = '{"id":"%s","title":"باران"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def zipped(name: str, id: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, ROW % id)
    return packed.getvalue()


def test_links_that_leave_the_folder_are_named_and_not_followed(folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jsonl").write_text(ROW % "secret", encoding="utf-8")
    folder.write("a.jsonl", {"1": "باران"})
    (folder.files / "b.jsonl").symlink_to(outside / "secret.jsonl")
    (folder.files / "c").symlink_to(outside, target_is_directory=True)
    report = folder.sync()
    assert [Path(skipped.where).name for skipped in report.skipped] == ["c", "b.jsonl"]
    assert {skipped.why for skipped in report.skipped} == {
        "it is a link out of the folder; to index what it leads to, name it"
    }
    assert folder.rows() == {"1": "باران"}
    assert counts(folder.sync(folder.files / "b.jsonl")) == {"added": 1}


def test_loops_and_links_inside_the_folder_give_each_article_once(folder: Folder) -> None:
    folder.write("deep/a.jsonl", {"1": "باران"})
    (folder.files / "deep" / "loop").symlink_to(folder.files, target_is_directory=True)
    (folder.files / "again.jsonl").symlink_to(folder.files / "deep" / "a.jsonl")
    assert counts(folder.sync()) == {"added": 1}


def test_pipes_sockets_and_devices_in_the_folder_are_named_and_never_opened(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    os.mkfifo(folder.files / "pipe")
    os.mkfifo(folder.files / "b.jsonl")
    (folder.files / "null.html").symlink_to("/dev/null")
    (folder.files / "gone.csv").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(folder.files / "socket"))  # the name of one has a hundred letters at most
        report = folder.sync()
    assert {Path(skipped.where).name: skipped.why for skipped in report.skipped} == {
        "pipe": "it is a pipe; only files are read",
        "b.jsonl": "it is a pipe; only files are read",
        "socket": "it is a socket; only files are read",
        "null.html": "it is a device; only files are read",
        "gone.csv": "it is a link to nothing",
    }
    assert report.added == 1


def test_the_articles_of_a_file_whose_place_a_pipe_has_taken_stay(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    file = folder.write("b.jsonl", {"2": "برف"})
    folder.sync()
    file.unlink()
    os.mkfifo(file)
    assert counts(folder.sync()) == {"unchanged": 1, "skipped": 1}
    assert folder.rows() == {"1": "باران", "2": "برف"}


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_names_that_are_no_utf8_stay_apart(folder: Folder) -> None:
    for name in (b"\xff.jsonl", b"\xfe.jsonl"):
        with open(os.fsencode(folder.files) + b"/" + name, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write('{"title":"باران"}\n')
    assert counts(folder.sync()) == {"added": 2}
    assert counts(folder.sync()) == {"unchanged": 2}
    assert set(folder.rows()) == {"\\udcff:1", "\\udcfe:1"}


def test_an_id_that_an_archive_repeats_is_told_apart_by_the_archives(folder: Folder) -> None:
    folder.write("a.jsonl", {"1": "باران"})
    (folder.files / "b.zip").write_bytes(zipped("x.jsonl", "1"))
    (folder.files / "c.zip").write_bytes(zipped("x.jsonl", "2"))
    assert counts(folder.sync()) == {"added": 3}
    assert set(folder.rows()) == {"a/1", "b/1", "2"}


def test_a_changed_archive_is_followed(folder: Folder) -> None:
    (folder.files / "a.zip").write_bytes(zipped("x.jsonl", "1"))
    folder.sync()
    (folder.files / "a.zip").write_bytes(zipped("longer-name.jsonl", "2"))
    assert counts(folder.sync()) == {"added": 1, "removed": 1}
    (folder.files / "a.zip").unlink()
    folder.write("b.jsonl", {"3": "برف"})
    assert counts(folder.sync()) == {"added": 1, "removed": 1}
