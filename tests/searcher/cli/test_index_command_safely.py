"""What ``khabarjoo index`` and ``verify`` do where something is amiss: in whole processes, as a shell runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from khabarjoo.index.errors import named
from khabarjoo.index.file_sync import FORGOTTEN_UNASKED, sync
from khabarjoo.index.store import open_snapshot

MANY = 2 * FORGOTTEN_UNASKED


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "my news"
    folder.mkdir()
    rows = ({"id": str(n), "title": f"باران {n}", "text": "متن"} for n in range(MANY))
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def khabarjoo(*arguments: object, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "khabarjoo", *map(str, arguments)]
    path = os.pathsep.join([str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, **variables}
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=cwd, env=environment,
        timeout=60,
    )  # fmt: skip


def ids(index: Path) -> set[str]:
    snapshot = open_snapshot(index)
    return {live.segment.ids[doc] for live in snapshot.segments for doc in live.live().tolist()}


def test_the_folder_one_stands_in_can_be_an_index_and_the_root_says_why_it_cannot(news: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    assert khabarjoo("index", "--index", ".", news, cwd=here).returncode == 0
    found = khabarjoo("search", "--index", ".", "--format", "ids", "باران", cwd=here)
    assert (found.returncode, len(found.stdout.splitlines())) == (0, 10)
    done = khabarjoo("index", "--index", "/", news)
    assert done.returncode == 2
    assert "/ is not a khabarjoo index" in done.stderr
    assert "should not happen" not in done.stderr


def test_no_file_beside_an_index_has_it_emptied(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "news"
    khabarjoo("index", "--index", index, news)
    own = tmp_path / "news.sample"
    own.write_text("mine", encoding="utf-8")
    (news / "b.txt").write_text("برف در تبریز\n\nامروز در تبریز برف بارید.", encoding="utf-8")
    khabarjoo("index", "--index", index, news / "b.txt")
    assert own.read_text(encoding="utf-8") == "mine"
    assert len(ids(index)) == MANY + 1


_KILLED_AFTER_THE_COMMIT = """
import os, signal, sys
from pathlib import Path
from khabarjoo.index import store
commit = store.Writer.commit
def killed(*arguments, **options):
    commit(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
store.Writer.commit = killed
from khabarjoo.searcher.cli.main import main
main(sys.argv[1:])
"""


def test_whenever_the_first_own_run_is_killed_the_next_drops_nothing(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    variables = {**os.environ, "KHABARJOO_INDEX": str(index)}
    assert khabarjoo("search", "آب", KHABARJOO_INDEX=str(index)).returncode == 0
    assert open_snapshot(index).manifest.sample
    command = [sys.executable, "-c", _KILLED_AFTER_THE_COMMIT, "index", str(news)]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, capture_output=True, check=False, cwd=root, env=variables, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert len(ids(index)) == MANY
    (news / "b.txt").write_text("برف در تبریز\n\nامروز در تبریز برف بارید.", encoding="utf-8")
    assert khabarjoo("index", news / "b.txt", KHABARJOO_INDEX=str(index)).returncode == 0
    assert len(ids(index)) == MANY + 1


def test_a_disk_that_is_not_mounted_forgets_nothing_unless_one_says_so(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    khabarjoo("index", "--index", index, news)
    (news / "a.jsonl").unlink()
    done = khabarjoo("index", "--index", index, news)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"{news}: this run would forget all {MANY} articles" in done.stderr
    assert "--allow-forget" in done.stderr
    assert len(ids(index)) == MANY
    assert khabarjoo("index", "--index", index, "--allow-forget", news).returncode == 0
    assert ids(index) == set()


@pytest.mark.parametrize(("answer", "code", "left"), [("n", 2, MANY), ("", 2, MANY), ("y", 0, 0)])
def test_on_a_terminal_it_asks(
    answer: str, code: int, left: int, run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal
) -> None:
    index = tmp_path / "index"
    sync(index, [news])
    (news / "a.jsonl").unlink()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("khabarjoo.searcher.cli.index_command._is_answered", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: answer)
    assert run("index", "--index", str(index), str(news)).code == code
    assert len(ids(index)) == left


def test_watching_keeps_what_is_gone_at_once_and_warns(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    command = [
        sys.executable,
        "-m",
        "khabarjoo",
        "index",
        "--index",
        str(index),
        "--watch",
        "--every",
        "0.1",
        str(news),
    ]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        assert f"{MANY} added" in next(lines)
        assert "Ctrl-C" in next(lines)
        (news / "a.jsonl").unlink()
        assert "they are kept" in next(lines)
        (news / "b.txt").write_text("برف در تبریز\n\nامروز در تبریز برف بارید.", encoding="utf-8")
        assert "1 added" in next(lines)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert len(ids(index)) == MANY + 1


def test_the_message_of_damage_can_be_pasted_into_a_shell(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "my 'index'"
    sync(index, [news])
    (index / "manifest-000001.json").write_bytes(b"{}")
    for arguments in (("search", "باران"), ("verify",), ("index", news), ("stats",)):
        done = khabarjoo(*arguments, "--index", index)
        assert done.returncode == 4
        assert f"khabarjoo verify --repair {named(index)}" in done.stderr
    mend = done.stderr.partition("mend it with: khabarjoo ")[2].partition(", or make")[0]
    mended = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m khabarjoo {mend}', sys.executable],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3], timeout=60,
    )  # fmt: skip
    assert mended.returncode == 0, mended.stderr
    assert len(ids(index)) == MANY


def test_a_temporary_folder_that_takes_nothing_is_the_one_that_is_told_of(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    sync(index, [news])
    script = (
        "import errno, os, sys, khabarjoo.index.segment_writer as build\n"
        "def full(file, columns):\n"
        "    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
        "build.write_columns = full\n"
        "from khabarjoo.searcher.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    for options in ((), ("--repair",)):
        done = subprocess.run(
            [sys.executable, "-c", script, "verify", "--index", str(index), *options],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
            env={**os.environ, "TMPDIR": str(tmp_path)}, timeout=60,
        )  # fmt: skip
        assert done.returncode == 2
        assert f"{tmp_path}: no space left on device" in done.stderr
        assert "TMPDIR" in done.stderr
        assert "the index is as it was" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep data elsewhere")
@pytest.mark.parametrize("home", ["/dev/null", "/proc/nobody"])
def test_a_home_that_cannot_be_written_says_what_to_set(home: str, news: Path) -> None:
    for arguments in (("index", news), ("search", "آب"), ("stats",)):
        done = khabarjoo(*arguments, HOME=home, XDG_DATA_HOME="", KHABARJOO_INDEX="")
        assert done.returncode == 2
        assert "KHABARJOO_INDEX" in done.stderr.splitlines()[-1]
