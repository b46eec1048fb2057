import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.errors import IndexLocked, Interrupted, StoreError
from khabarjoo.index.ingest import Notice, Options, Skipped
from khabarjoo.index.run_report import Progress, Report


class FakeSync:
    """Stands in for `index.sync.sync`: remembers how it was called and gives the report it was told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[Path, list[Path], dict[str, Any]]] = []
        self.stdin = b""
        self.failure: BaseException | None = None
        self.skipped: list[Skipped] = []
        self.notices: list[Notice] = []
        self.added, self.removed, self.resumed = 5, 2, 0
        self.passed_over: Counter[str] = Counter()
        self.changes: list[tuple[str, str]] = []

    def __call__(self, index: Path, paths: list[Path], **options: Any) -> Any:
        self.calls.append((index, paths, options))
        self.stdin = b"".join(path.read_bytes() for path in paths if path.name.startswith("stdin-"))
        if self.failure:
            raise self.failure
        if report := options["on_progress"]:
            report(Progress(done_bytes=1, total_bytes=2, articles=3))
        return Report(
            added=self.added,
            removed=self.removed,
            resumed=self.resumed,
            skipped=self.skipped,
            notices=self.notices,
            passed_over=self.passed_over,
            changes=self.changes,
            seconds=0.25,
        )


@pytest.fixture
def sync(monkeypatch, tmp_path) -> FakeSync:
    fake = FakeSync()
    monkeypatch.setattr("khabarjoo.index.file_sync.sync", fake)
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "data" / "index"))
    return fake


def skipped(count: int) -> list[Skipped]:
    return [Skipped(f"bad{n}.txt", "it is empty") for n in range(1, count + 1)]


def test_what_was_read_is_summed_up_on_standard_error(run, sync) -> None:
    code, out, err = run("index", "pages", "dump.jsonl")
    assert (code, out) == (0, "")
    assert err == "read 5 articles: 5 added, 0 updated, 0 unchanged, 2 forgotten; skipped 0 (0.2 s)\n"
    ((_, paths, options),) = sync.calls
    assert paths == [Path("pages"), Path("dump.jsonl")]
    assert options.pop("options")("x") == Options()
    assert options.pop("list_changes") is False
    assert options == {
        "rebuild": False, "jobs": os.cpu_count(), "on_progress": None, "on_locked": None, "on_forget": None,
    }  # fmt: skip


def test_what_an_interrupted_run_had_done_is_told(run, sync) -> None:
    sync.resumed, sync.skipped = 4, skipped(1)
    assert run("index", "pages")[2].splitlines()[1:] == [
        "went on from an interrupted run, which had indexed 4 of them",
        "skipped bad1.txt: it is empty",
    ]


def test_an_interrupted_run_says_how_many_articles_the_next_goes_on_from(run, sync) -> None:
    sync.failure = Interrupted(8192)
    code, _, err = run("index", "pages")
    assert code == 130
    assert err.strip() == "khabarjoo: interrupted; 8,192 articles are kept, and the next run goes on from there"


def test_options_reach_the_indexer(run, sync) -> None:
    run("index", "--index", "some.index", "--rebuild", "--jobs", "3", "pages")
    ((folder, _, options),) = sync.calls
    assert folder == Path("some.index")
    assert options["rebuild"] is True
    assert options["jobs"] == 3


def test_what_was_skipped_is_named_with_the_reason(run, sync) -> None:
    sync.skipped = skipped(2)
    code, _, err = run("index", "pages")
    assert code == 0
    assert err.splitlines()[1:] == ["skipped bad1.txt: it is empty", "skipped bad2.txt: it is empty"]


def test_what_was_read_with_a_loss_is_named_too(run, sync) -> None:
    sync.skipped, sync.notices = skipped(1), [Notice("a.txt", "its date cannot be read")]
    code, _, err = run("index", "pages")
    assert code == 0
    assert err.splitlines()[1:] == ["skipped bad1.txt: it is empty", "noticed a.txt: its date cannot be read"]


def test_what_was_passed_over_is_told_by_kind_and_what_changed_by_id(run, sync) -> None:
    sync.passed_over = Counter({".jpg": 150, ".pdf": 60, "": 1})
    sync.changes = [("added", "a1"), ("updated", "a2"), ("forgotten", "a3")]
    assert run("index", "-v", "pages").err.splitlines()[1:] == [
        "passed over 150 .jpg, 60 .pdf, 1 without an extension: not read",
        "added a1",
        "updated a2",
        "forgotten a3",
    ]
    assert sync.calls[0][2]["list_changes"] is True


def test_what_is_noticed_of_many_files_alike_is_told_once(run, sync) -> None:
    sync.notices = [Notice(f"{n}.json", "columns not read: x") for n in range(1000)]
    assert run("index", "pages").err.splitlines()[1:] == ["noticed 0.json (and 999 more): columns not read: x"]


def test_fields_are_mapped_by_flags_before_settings_of_inner_folders_before_outer(
    run, sync, tmp_path, monkeypatch
) -> None:
    settings = tmp_path / "config.toml"
    monkeypatch.setenv("KHABARJOO_CONFIG", str(settings))
    settings.write_text(
        f'[map]\ntitle = "t"\n[map."{tmp_path}/a"]\nbody = ["b", "c"]\n[map."{tmp_path}/a/b"]\npublished = "p"\n'
    )
    run("index", "--map", "source=s", "--table", "news", "--drafts", "pages")
    options = sync.calls[0][2]["options"]
    inner = options(os.path.realpath(tmp_path / "a" / "b" / "x.csv"))
    assert inner.mapping == (("source", "s"), ("published", "p"), ("body", "b"), ("body", "c"), ("title", "t"))
    assert (inner.table, inner.drafts) == ("news", True)
    assert options("/elsewhere/x.csv").mapping == (("source", "s"), ("title", "t"))


@pytest.mark.parametrize("wrong", ["pubdate", "published=", "when=pubdate"])
def test_a_mapping_that_cannot_be_is_a_line_that_names_it(run, sync, wrong: str) -> None:
    code, out, err = run("index", "--map", wrong, "pages")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert wrong.partition("=")[0] in err


def test_a_long_list_of_what_was_skipped_is_cut_unless_verbose(run, sync) -> None:
    sync.skipped = skipped(25)
    lines = run("index", "pages").err.splitlines()
    assert lines[-2:] == ["skipped bad20.txt: it is empty", "and 5 more (--verbose shows all)"]
    assert len(run("index", "--verbose", "pages").err.splitlines()) == 26


def test_when_nothing_could_be_read_the_exit_code_is_2(run, sync) -> None:
    sync.added, sync.removed, sync.skipped = 0, 0, skipped(1)
    told = "khabarjoo: nothing could be read: bad1.txt: it is empty"
    assert run("index", "pages") == (2, "", f"{told}\n")
    sync.skipped = skipped(3)
    assert run("index", "pages") == (2, "", f"{told} (and 2 more like it)\n")


def test_names_of_skipped_files_do_not_act_on_the_terminal(run, sync) -> None:
    sync.skipped = [Skipped("\x1b[2Jx\n\u202e.txt", "it is \x1b]0;y\x07empty")]
    assert run("index", "pages").err.splitlines()[1] == "skipped x .txt: it is empty"


@pytest.mark.parametrize(
    ("failure", "code"),
    [(StoreError(Path("x"), "x: no such file"), 2), (IndexLocked(Path("x"), "process 7"), 3)],
)
def test_a_failure_is_one_line(run, sync, failure: Exception, code: int) -> None:
    sync.failure = failure
    assert run("index", "pages") == (code, "", f"khabarjoo: {failure}\n")


def test_standard_input_is_read_as_json_lines(run, sync) -> None:
    data = '{"title": "باران"}\n'.encode()
    assert run("index", "-", stdin=data).code == 0
    assert sync.stdin == data


def test_on_a_terminal_progress_is_drawn_and_wiped(run, sync, monkeypatch, terminal) -> None:
    monkeypatch.setattr(sys, "stderr", terminal)
    run("index", "pages")
    assert sync.calls[0][2]["on_progress"] is not None
    assert "3 articles" in terminal.getvalue()


def test_watching_takes_in_what_changes_until_it_is_interrupted(tmp_path: Path) -> None:
    pages, folder = tmp_path / "pages", tmp_path / "index"
    pages.mkdir()
    (pages / "a.txt").write_text("باران در رشت\n\nدیروز در رشت باران بارید.", encoding="utf-8")
    command = [sys.executable, "-m", "khabarjoo", "index", "--index", str(folder), "--watch", "--every", "0.1"]
    with subprocess.Popen([*command, str(pages)], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        assert "1 added" in next(lines)
        assert "Ctrl-C" in next(lines)
        (pages / "b.txt").write_text("برف در تبریز\n\nامروز در تبریز برف بارید.", encoding="utf-8")
        assert "1 added, 0 updated, 1 unchanged" in next(lines)
        (pages / "a.txt").unlink()
        assert "1 forgotten" in next(lines)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in process.stderr.read()


def test_watching_standard_input_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "khabarjoo", "index", "--index", str(tmp_path / "index"), "--watch", "-"]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "standard input" in done.stderr


def test_who_said_what_is_no_longer_indexed_only_when_all_is_made_anew(run, sync) -> None:
    code, _, err = run("index", "--no-speakers", "pages")
    assert (code, sync.calls) == (2, [])
    assert "--no-speakers needs --rebuild" in err
    assert run("index", "--speakers", "pages")[0] == 0
    ((_, _, options),) = sync.calls
    assert options["speakers"] is True
