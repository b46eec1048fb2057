"""The way into the command: Ctrl-C is one quiet line or none, at whatever moment it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.corpus import make_index, random_articles

CLEAN = ([], ["khabarjoo: interrupted"])


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Also where the tests are run in the background: what is ignored here would be so in what is started."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def started(*arguments: str, flags: tuple[str, ...] = (), code: str = "") -> subprocess.Popen[str]:
    program = ["-c", code] if code else ["-m", "khabarjoo"]
    return subprocess.Popen(
        [sys.executable, *flags, *program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("arguments", [("search", "باران"), ("stats",), ("index", "{folder}"), ("verify",), ()])
@pytest.mark.parametrize(
    "module",
    [
        "click.core",
        "khabarjoo.searcher.terminal_safety",
        "khabarjoo.searcher.cli.main",
        "json",
        "mmap",
        "khabarjoo.index.store",
    ],
)
def test_while_modules_are_imported_it_is_quiet(
    arguments: tuple[str, ...], module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``-X importtime`` Python tells of each module as soon as it is there."""
    make_index(tmp_path / "index", random_articles(Random(1), 50))
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "index"))
    process = started(*(word.format(folder=tmp_path) for word in arguments), flags=("-X", "importtime"))
    assert process.stderr is not None
    for line in process.stderr:
        if line.rstrip().endswith(f" {module}"):
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=60)
    # click ends the line with ^C, should it come while click itself is at work.
    said = [line for line in err.splitlines() if line and not line.startswith("import time:")]
    assert (process.returncode, out) == (130, "")
    assert said in CLEAN


def test_an_interrupt_that_an_import_would_swallow_is_heeded_after_it(tmp_path: Path) -> None:
    code = """
import os, signal, sys, importlib.abc, importlib.machinery
class Swallowing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "khabarjoo.searcher.cli.main":
            try:
                os.kill(os.getpid(), signal.SIGINT)
                for _ in range(100): pass
            except KeyboardInterrupt:
                raise ImportError("something else")
sys.meta_path.insert(0, Swallowing())
from khabarjoo.__main__ import main
sys.exit(main())
"""
    process = started("search", "--index", str(tmp_path), "باران", code=code)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.strip().splitlines() in CLEAN


def test_when_all_is_said_it_changes_nothing() -> None:
    code = """
import os, signal, sys
from khabarjoo.__main__ import main
sys.argv = ["khabarjoo", "--version"]
code = main()
os.kill(os.getpid(), signal.SIGINT)
sys.exit(code)
"""
    process = started(code=code)
    out, err = process.communicate(timeout=60)
    assert out.startswith("khabarjoo, version ")
    assert (process.returncode, err) == (0, "")


def test_a_second_one_is_quiet_too() -> None:
    code = """
import sys
import khabarjoo.searcher.cli.main
from khabarjoo.__main__ import main
def interrupted_while_it_tells(arguments=None):
    raise KeyboardInterrupt
khabarjoo.searcher.cli.main.main = interrupted_while_it_tells
sys.exit(main())
"""
    process = started(code=code)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 130


def test_where_it_is_ignored_it_stays_so() -> None:
    code = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
import khabarjoo.searcher.cli.main
from khabarjoo.__main__ import main
khabarjoo.searcher.cli.main.main = lambda: os.kill(os.getpid(), signal.SIGINT) or 7
sys.exit(main())
"""
    process = started(code=code)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 7


def test_no_module_is_imported_before_it_is_heeded() -> None:
    """Beyond what Python has loaded anyway, there is nothing but the package itself."""
    code = "import sys; before = set(sys.modules); import khabarjoo.__main__; print(*sorted(set(sys.modules) - before))"
    out, _ = started(code=code).communicate(timeout=60)
    assert set(out.split()) <= {"__future__", "khabarjoo", "khabarjoo.__main__"}
