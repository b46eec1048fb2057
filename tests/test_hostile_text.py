"""Nothing that others planted, in files, names or arguments, acts on a terminal, whatever the command and format."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.searcher.bidi.terminals import SIGNS
from khabarjoo.searcher.cli.main import main
from khabarjoo.searcher.output import FORMATS
from khabarjoo.searcher.output.analysis import ANALYSIS_FORMATS
from khabarjoo.searcher.output.article_text import ARTICLE_FORMATS
from khabarjoo.searcher.output.citations import CITATION_FORMATS
from khabarjoo.searcher.output.counts import FACET_FORMATS, TIMELINE_FORMATS
from khabarjoo.searcher.output.explanation import EXPLANATION_FORMATS
from khabarjoo.searcher.output.statistics import STATS_FORMATS

PLANTED = (
    "\x1b[66;1H\x1b]0;OWNED\x07\x1b]52;c;OWNED\x9c\x1bP66q\x9c\x1bc"  # moves, renames the window, fills the clipboard
    "\x9b66;1H\x9d0;OWNED\x9c\x9066q\x9c\x85\x84"  # the same in C1 controls
    "\u202e\u2066\u2067\u2028\u2029\x08\x7f\r\nFAKED\x0b\x0c"  # turned around, deleted, on lines of its own
)
INLINE = "".join(PLANTED.split())  # for texts whose lines are their own
OURS = re.compile("\x1b\\[[0-9;]*m|\x1b\\[[02] k|(?m:\u202b(?=.*\u202c$)|\u202c$)")  # colours and directions
PROGRESS = re.compile(r"\x1b\[(?:\?25[lh]|\d*A|2K)|\r")  # how a progress bar draws itself, and takes itself away
ESCAPED = re.compile(r"\\x1b|\\u001b|%1B")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]")
REMNANT = re.compile(r"66;1H|0;OWNED|c;OWNED|66q|(?m:^\W*FAKED)")

ID = f"یک{PLANTED}دو"
NAME = f"x{PLANTED.replace('/', '')}"


LINES = f"باران\n1\nn\n\\source {PLANTED}\n\\{PLANTED}\n\\open {PLANTED}\n\\explain 1\n\\stats\n{PLANTED}\n"
"""What the shell is told."""


class Place:
    """A folder of files that hold planted text, in their names too, and an index of them."""

    def __init__(self, root: Path) -> None:
        self.files = root / NAME
        self.files.mkdir()
        self.index = root / f"index{PLANTED}"
        self.config = root / f"config{PLANTED}" / "config.toml"
        fields = ("lead", "body", "source", "category", "url", "code")
        for number, id in enumerate((ID, "دو")):
            page: dict[str, Any] = dict.fromkeys(fields, f"باران {PLANTED} برف {number}")
            page |= dict.fromkeys(("lead", "body"), f"باران {INLINE} برف")
            page |= {"id": id, "title": f"باران {PLANTED} برف", "tags": [f"رشت{PLANTED}"], "date": "1401/06/23"}
            text = json.dumps(page | {"url": f"https://example.org/{PLANTED}"})
            (self.files / f"{number}{NAME}.json").write_text(text, encoding="utf-8")
        (self.files / f"bad{NAME}.json").write_text("{", encoding="utf-8")
        (self.files / f"odd{NAME}.csv").write_text(f"id,title,date\n1,باران,{PLANTED.split()[0]}\n", encoding="utf-8")
        (self.files / f"queries{NAME}.tsv").write_text(f"{PLANTED}\nq1\tباران\nq1\t{PLANTED}\n2 3\tx\n", "utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("planted"))
    assert main(["index", "--index", str(made.index), str(made.files)]) == 0
    return made


KEEPING = {"json", "jsonl", "csv", "html", "markdown", "bibtex", "ris"}
"""Formats that keep what was planted: escaped, in cells of several lines, or in addresses."""
READING = {"analyze", "explain", "--explain", "shell"}
"""What tells of the words of a text: those of a sequence are words, too."""

Screen = Callable[..., str]


@pytest.fixture
def screen(place: Place, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """What a command writes to a terminal, results and messages, with its exit code."""

    def screen(arguments: Sequence[str], **said: str) -> str:
        for name in ({sign.variable for sign in SIGNS} | {"COLUMNS", "NO_COLOR"}) - {"TERM"}:
            monkeypatch.delenv(name, raising=False)
        said = {"TERM": "xterm-256color", "COLUMNS": "4000", "VTE_VERSION": "7006"} | said
        said = {"KHABARJOO_INDEX": str(place.index), "KHABARJOO_CONFIG": str(place.config)} | said
        for name, value in said.items():
            monkeypatch.setenv(name, value)
        with terminal() as (stream, told), monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
            main([argument.replace("{files}", str(place.files)) for argument in arguments])
            stream.flush()
        return b"".join(told).decode("utf-8")

    return screen


@contextmanager
def terminal() -> Iterator[tuple[io.TextIOWrapper, list[bytes]]]:
    """A terminal to write to, and what has come through when it is left."""
    theirs, ours = os.openpty()
    told: list[bytes] = []

    def read() -> None:
        with suppress(OSError):  # when nobody can write any more
            while data := os.read(theirs, 1 << 16):
                told.append(data)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with os.fdopen(ours, "w", encoding="utf-8") as stream:
            yield stream, told
    finally:
        reader.join()
        os.close(theirs)


def assert_safe(told: str, *, drawn: bool = False, kept: bool = False) -> None:
    """Nothing in it acts on a terminal; and nothing is left of what would, unless it is told escaped."""
    text = OURS.sub("", re.sub("\r+\n", "\n", told))
    if drawn:
        text = PROGRESS.sub("", text)
    assert UNSAFE.findall(text) == []
    assert kept or REMNANT.findall("" if ESCAPED.search(text) else text) == []
    assert "Traceback" not in text
    assert "should not happen" not in text


def formats(command: Sequence[str], names: Sequence[str]) -> list[tuple[str, ...]]:
    return [(*command, "--format", name) for name in names]


COMMANDS: list[tuple[str, ...]] = [
    *formats(("search", "باران"), [*FORMATS]),
    ("search", "--explain", "باران", f'"برف{PLANTED}"', f"source:{PLANTED}", f"[{PLANTED}"),
    ("search", "--sort", "newest", "--all-copies", "باران"),
    ("search", "--source", PLANTED, "باران"),
    ("search", f"بارلن{PLANTED}"),
    ("search", f"تاریخ:{PLANTED}"),
    ("search", "fhvhk"),
    *formats(("show", ID), [*ARTICLE_FORMATS]),
    ("show", ID, "--query", f"باران {PLANTED}"),
    *formats(("similar", ID), [*FORMATS]),
    *formats(("facets", "باران"), [*FACET_FORMATS]),
    *formats(("timeline", f"باران {PLANTED}"), [*TIMELINE_FORMATS]),
    *formats(("explain", f"باران {PLANTED}", ID), [*EXPLANATION_FORMATS]),
    *formats(("stats",), [*STATS_FORMATS]),
    *formats(("cite", ID), [*CITATION_FORMATS]),
    *formats(("analyze", f"باران {PLANTED}"), [*ANALYSIS_FORMATS]),
    *formats(("batch", f"{{files}}/queries{NAME}.tsv"), ["trec", "jsonl"]),
    ("dump",),
    ("shell",),
    ("config",),
    ("config", "--show"),
    ("verify",),
]

WRONG: list[tuple[str, ...]] = [
    (f"x{PLANTED}",),
    ("search", f"--{PLANTED}", "x"),
    ("search", "--limit", PLANTED, "x"),
    ("search", "--format", PLANTED, "x"),
    ("search", "--since", PLANTED, "x"),
    ("search", "--index", f"/none{PLANTED}", "x"),
    ("show", f"none{PLANTED}"),
    ("similar", f"none{PLANTED}"),
    ("cite", f"none{PLANTED}"),
    ("explain", "باران", f"none{PLANTED}"),
    ("facets", "--by", PLANTED, "x"),
    ("timeline", "--until", PLANTED, "x"),
    ("batch", f"none{PLANTED}"),
    ("index", f"none{PLANTED}"),
    ("index", "--jobs", PLANTED, "x"),
    ("index", "--map", PLANTED, "x"),
    ("index", "--map", f"title{PLANTED}={PLANTED}", "x"),
    ("remove", f"none{PLANTED}"),
    ("remove", "--index", f"/none{PLANTED}", "x"),
    ("dump", "--index", f"/none{PLANTED}"),
    ("verify", "--index", f"/none{PLANTED}"),
    ("verify", "--sample", PLANTED),
    ("completion", PLANTED),
    ("shell", "--index", f"/none{PLANTED}", "--limit", PLANTED),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(map(ascii, arguments))[:60])
def test_what_articles_say_never_acts_on_the_terminal(arguments: tuple[str, ...], screen: Screen) -> None:
    told = screen(arguments)
    assert told.strip()
    assert "no article has the id" not in told
    assert_safe(told, drawn=arguments[0] == "verify", kept=bool({*arguments} & (KEEPING | READING)))


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(map(ascii, arguments))[:60])
def test_what_is_quoted_of_a_mistake_never_acts_on_the_terminal(arguments: tuple[str, ...], screen: Screen) -> None:
    told = screen(arguments)
    assert told.strip()
    assert_safe(told, drawn=True)
    if arguments[0] not in ("index", "verify", f"x{PLANTED}"):  # two draw a bar, the third has Persian and is a query
        error, *hint = told.strip().splitlines()
        assert error and all("--help" in line for line in hint) and len(hint) <= 1


@pytest.mark.parametrize("terminal", [{"VTE_VERSION": ""}, {"MLTERM": "3"}, {"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_so_it_is_on_every_kind_of_terminal(terminal: dict[str, str], screen: Screen) -> None:
    for arguments in (("search", "باران"), ("show", ID), ("facets", "باران"), ("timeline", "باران"), ("stats",)):
        assert_safe(screen(arguments, **terminal), kept=True)


def test_what_is_skipped_is_named_without_what_its_name_would_do(place: Place, screen: Screen, tmp_path: Path) -> None:
    told = screen(("index", "--verbose", "--index", f"{tmp_path}/{NAME}", "{files}"))
    assert "skipped" in told
    assert_safe(told, drawn=True)


@pytest.mark.parametrize("command", [("search", "باران"), ("verify",), ("verify", "--repair"), ("index", "{files}")])
def test_damage_is_named_so_too(command: tuple[str, ...], screen: Screen, place: Place, tmp_path: Path) -> None:
    index = tmp_path / NAME
    assert main(["index", "--index", str(index), str(place.files)]) == 0
    for file in index.glob("*/columns.bin"):
        data = bytearray(file.read_bytes())
        for at in range(64, len(data), 97):
            data[at] ^= 0xFF
        file.write_bytes(bytes(data))
    assert_safe(screen((command[0], "--index", str(index), *command[1:])), drawn=True)


def test_settings_that_cannot_be_are_told_safely(screen: Screen, tmp_path: Path) -> None:
    config = tmp_path / f"{NAME}.toml"
    assert_safe(screen(("search", "x"), KHABARJOO_BIDI=PLANTED))
    for text in ("bidi = 'x\ny", f"bidi = '{PLANTED}'", f"'''{PLANTED}''' = 1", 'bidi = "\\u001b[66;1H"'):
        config.write_text(text, encoding="utf-8")
        assert_safe(screen(("search", "x"), KHABARJOO_CONFIG=str(config)))


def test_formats_for_machines_keep_what_was_planted(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    """Where no terminal is; each escaped as its format has it."""

    def out(*arguments: str) -> str:
        capfd.readouterr()
        assert main([arguments[0], "--index", str(place.index), *arguments[1:]]) == 0
        return capfd.readouterr().out

    found = json.loads(out("search", "--format", "json", "باران"))["hits"]
    assert ID in [hit["id"] for hit in found]
    assert {hit["source"] for hit in found if hit["source"]} == {f"باران {PLANTED} برف {number}" for number in (0, 1)}
