"""``khabarjoo verify``, and what the commands say of indexes that are damaged, locked, old or out of reach."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from pathlib import Path

import pytest

import khabarjoo.index.store as store
from khabarjoo.analyzers.analyzer import ANALYZER_VERSION
from khabarjoo.index.lock import lock
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot
from tests.corpus import damage
from tests.newsfolder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("a.jsonl", {"1": "باران", "2": "برف", "3": "باد"})
    made.sync()
    return made


def stored_of(folder: Folder) -> tuple[Path, int]:
    """The file of the only segment, and where its stored articles begin."""
    (live,) = open_snapshot(folder.index).segments
    file = folder.index / live.name / SEGMENT_FILE
    return file, file.read_bytes().index(bytes(live.segment.columns.bytes("stored")))


def test_the_sample_is_by_default_that_of_the_library() -> None:
    from khabarjoo.index.verify import SAMPLE
    from khabarjoo.searcher.cli.verify_command import verify

    assert {option.name: option.default for option in verify.params}["sample"] == SAMPLE


def test_a_whole_index_is_told_to_be_whole(run, folder) -> None:
    code, out, err = run("verify", "--index", str(folder.index))
    assert (code, out) == (0, "")
    told = r"whole: 3 articles in 1 segment, 0\.0 MB; \d+ words counted again, 3 articles analysed again\n"
    assert re.fullmatch(told, err)


def test_a_damaged_index_is_told_in_lines_and_the_exit_code_is_4(run, folder) -> None:
    file, stored = stored_of(folder)
    damage(file, stored + 1)
    code, out, err = run("verify", "--index", str(folder.index))
    assert (code, out) == (4, "")
    assert err.splitlines() == [
        "damaged s000001-1/columns.bin: column stored is not what was written",
        "damaged s000001-1/columns.bin: the stored article cannot be opened: a stored record is damaged (article 1)",
        f"khabarjoo: the index in {folder.index} is damaged; mend it with: khabarjoo verify --repair "
        f"--index {folder.index}",
    ]


def test_repair_tells_what_was_lost_and_index_brings_it_back(run, folder) -> None:
    file, stored = stored_of(folder)
    damage(file, stored + 1)
    code, _, err = run("verify", "--repair", "--index", str(folder.index))
    assert code == 4
    assert err.splitlines()[2:] == [
        "repaired: 1 segment made anew from 2 stored articles",
        f"lost 1, which was read from {(folder.files / 'a.jsonl').resolve()}",
        "the next khabarjoo index over the paths that gave them reads 1 file again",
    ]
    assert run("verify", "--index", str(folder.index)).code == 0
    assert "1 added" in run("index", "--index", str(folder.index), str(folder.files)).err
    code, _, err = run("verify", "--repair", "--index", str(folder.index))
    assert code == 0
    assert err.endswith("there is nothing to repair\n")


def test_a_long_list_of_damage_is_cut_unless_verbose(run, folder) -> None:
    folder.write("b.jsonl", {str(n): "مه" for n in range(10, 60)})
    folder.sync()
    columns = open_snapshot(folder.index).segments[-1].segment.columns
    file = folder.index / open_snapshot(folder.index).segments[-1].name / SEGMENT_FILE
    for place in range(0, 400, 8):
        damage(file, columns._start + columns._columns["digests"].place + place)
    lines = run("verify", "--index", str(folder.index)).err.splitlines()
    assert len(lines) == 22
    assert lines[20] == "and 31 more (--verbose shows all)"
    assert len(run("verify", "--verbose", "--index", str(folder.index)).err.splitlines()) == 52


def test_where_there_is_no_index_it_says_so(run, tmp_path) -> None:
    for options in ((), ("--repair",)):
        code, out, err = run("verify", *options, "--index", str(tmp_path / "none"))
        assert (code, out) == (2, "")
        assert err.startswith("khabarjoo: there is no index in")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", [("search", "باران"), ("stats",), ("index", "{files}"), ("shell",), ("verify",)])
def test_an_index_without_manifests_is_told_in_one_line_with_the_command(run, folder, monkeypatch, command) -> None:
    (folder.index / "manifest-000001.json").unlink()
    monkeypatch.setenv("KHABARJOO_INDEX", str(folder.index))  # where the sample would be indexed if there were none
    code, out, err = run(*(argument.format(files=folder.files) for argument in command))
    assert (code, out) == (4, "")
    assert "khabarjoo verify --repair" in err.splitlines()[-1]
    assert len(err.splitlines()) == (2 if command == ("verify",) else 1)
    code, out, err = run("verify", "--repair")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "damaged manifest: there is none; whole segments: 1 of 1, articles in them: 3",
        "repaired: 1 segment made anew from 3 stored articles",
        "it is no longer known which articles had been deleted; some may be back until their files are read again",
        "the next khabarjoo index over the paths that gave them reads 1 file again",
    ]
    assert run("search", "باران").code == 0


@pytest.mark.parametrize("command", [("search", "باران"), ("stats",), ("show", "1"), ("facets", "باران")])
def test_damage_met_while_searching_is_one_line_and_the_exit_code_is_4(run, folder, monkeypatch, command) -> None:
    """Whether it is met in a checked column or, as in a large index, in one that is not."""
    file, _ = stored_of(folder)
    data = file.read_bytes()
    columns = open_snapshot(folder.index).segments[0].segment.columns
    for small in (1 << 19, -1):
        monkeypatch.setattr("khabarjoo.index.columns._SMALL", small)
        for name in ("ids.ends", "stored.ends", "published", "source.ends", "stored"):
            for place in range(8):
                damage(file, columns._start + columns._columns[name].place + place)
            code, _, err = run(*command[:1], "--index", str(folder.index), *command[1:])
            assert code in (0, 1, 4), (name, err)
            assert "should not happen" not in err
            if code == 4:
                told = err.splitlines()[-1]
                assert re.fullmatch(r"khabarjoo: the index in .* is damaged \(.*\); mend it with: .*", told), err
            file.write_bytes(data)


def test_an_older_generation_is_shown_with_a_warning(run, folder) -> None:
    folder.write("b.jsonl", {"4": "باران تند"})
    folder.sync()
    damage(folder.index / "manifest-000002.json", 9)
    code, out, err = run("search", "--index", str(folder.index), "باران")
    assert code == 0
    assert "تند" not in out
    assert "manifest-000002.json is not what was written); what is shown is older" in " ".join(err.split())
    err = run("index", "--index", str(folder.index), str(folder.files)).err
    assert "manifest-000002.json is not what was written; went on from generation 1" in " ".join(err.split())
    assert "تند" in run("search", "--index", str(folder.index), "باران").out


def test_an_index_of_an_older_format_is_one_line(run, folder) -> None:
    manifest = folder.index / "manifest-000001.json"
    fields = json.loads(manifest.read_bytes().rpartition(b"\n}")[0] + b"\n}")
    body = json.dumps(fields | {"format": 1})
    manifest.write_text(f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")
    for command in (("search", "باران"), ("verify",), ("verify", "--repair"), ("index", str(folder.files))):
        code, out, err = run(command[0], "--index", str(folder.index), *command[1:])
        assert (code, out) == (2, "")
        assert "made by an older version (format 1, this version reads 2)" in err
        assert err.endswith(f"khabarjoo index --rebuild --index {folder.index} PATHS\n")
        assert len(err.splitlines()) == 1
    assert run("index", "--rebuild", "--index", str(folder.index), str(folder.files)).code == 0
    assert run("search", "--index", str(folder.index), "باران").code == 0


def test_a_manifest_that_tells_no_format_is_damaged_not_old(run, folder) -> None:
    manifest = folder.index / "manifest-000001.json"
    manifest.write_text(f"{{}}\n{hashlib.sha256(b'{}').hexdigest()}\n")
    code, out, err = run("search", "--index", str(folder.index), "باران")
    assert (code, out) == (4, "")
    assert "is damaged" in err


def test_an_index_of_an_older_analyzer_is_made_anew_from_itself(run, folder, monkeypatch) -> None:
    for ahead, expected in ((1, 0), (2, 2)):  # that of the analyzer before is still searched, with a notice
        monkeypatch.setattr(store, "ANALYZER_VERSION", ANALYZER_VERSION + ahead)
        code, _, err = run("search", "--index", str(folder.index), "باران")
        assert code == expected
        assert f"khabarjoo index --rebuild --index {folder.index}" in err
    for file in folder.files.iterdir():
        file.unlink()
    code, out, err = run("index", "--rebuild", "--index", str(folder.index))
    assert (code, out, err) == (0, "", "made anew from 3 stored articles\n")
    assert run("search", "--index", str(folder.index), "باران").code == 0


def test_without_paths_only_a_rebuild_is_possible(run, folder) -> None:
    code, _, err = run("index", "--index", str(folder.index))
    assert code == 2
    assert "Missing argument 'PATH...'" in err


@pytest.mark.parametrize("command", [("index", "{files}"), ("index", "--rebuild"), ("verify", "--repair")])
def test_while_another_writes_the_second_says_who_or_waits(run, folder, command) -> None:
    arguments = [command[0], "--index", str(folder.index), *(a.format(files=folder.files) for a in command[1:])]
    held = lock(folder.index)
    with held:
        code, out, err = run(*arguments)
        assert (code, out) == (3, "")
        written_by = rf"is being written by process {os.getpid()} since \d\d:\d\d:\d\d; try again when it is done, or"
        assert re.search(written_by, err)
    held = lock(folder.index)
    held.__enter__()
    timer = threading.Timer(0.3, held.__exit__, (None, None, None))
    timer.start()
    code, _, err = run(*arguments, "--wait")
    timer.join()
    assert code == 0
    assert re.match(rf"waiting for process {os.getpid()} since \d\d:\d\d:\d\d, which writes to the index in", err)


@pytest.mark.parametrize("command", ["search", "index", "verify"])
def test_what_the_system_refuses_is_one_line(run, folder, monkeypatch, command) -> None:
    listed = Path.iterdir

    def refused(self: Path) -> object:
        if self == folder.index:
            raise PermissionError(13, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", refused)
    paths = {"search": ["باران"], "index": [str(folder.files)], "verify": []}[command]
    code, out, err = run(command, "--index", str(folder.index), *paths)
    assert (code, out, err) == (2, "", f"khabarjoo: {folder.index}: permission denied\n")


def test_a_full_disk_is_one_line_and_leaves_the_index_as_it_was(run, folder, monkeypatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    folder.write("b.jsonl", {"4": "مه"})
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, out, err = run("index", "--index", str(folder.index), str(folder.files))
    assert (code, out) == (2, "")
    why = "there is no space left on its disk; the index is as it was: make room and run the command again"
    assert err == f"khabarjoo: {folder.index}: {why}\n"
    assert folder.rows() == {"1": "باران", "2": "برف", "3": "باد"}
    assert "1 added" in run("index", "--index", str(folder.index), str(folder.files)).err
