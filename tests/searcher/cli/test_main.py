"""What holds for every command: help, exit codes, one line for a failure, and what goes where."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.errors import AnalyzerMismatch, IndexDamaged, IndexLocked, NoIndex, NotAnIndex
from khabarjoo.index.file_sync import sync
from khabarjoo.searcher.cli.main import khabarjoo, main

CONTEXT = click.Context(khabarjoo)
COMMANDS = khabarjoo.list_commands(CONTEXT)


def test_every_command_of_the_contract_is_there() -> None:
    assert {"index", "search", "batch", "show", "analyze", "stats", "shell"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_explains_every_option(run, command: str) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert "Examples:\n" in out
    assert f"khabarjoo {command}" in out
    for parameter in khabarjoo.get_command(CONTEXT, command).params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command_and_the_exit_codes(run, flag: str) -> None:
    code, out, err = run(flag)
    assert (code, err) == (0, "")
    assert all(f"  {command} " in out for command in COMMANDS)
    assert "Exit codes: 0 found, 1 nothing found, 2 an error" in out


def test_version_names_the_command(run) -> None:
    code, out, err = run("--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"khabarjoo, version \S+ \((native|Python; .+)\)\n", out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["serch", "x"],
        ["search"],
        ["search", "--limit", "0", "x"],
        ["search", "--limit", "ده", "x"],
        ["search", "--format", "xml", "x"],
        ["search", "--no-such-option", "x"],
        ["search", "-0", "x"],
        ["index"],
        ["show"],
        ["batch"],
        ["analyze"],
        ["index", "--jobs", "0", "x"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("khabarjoo: ")
    assert err.count("\n") == 1
    assert "--help" in err


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (NoIndex(Path("i")), 2),
        (NotAnIndex(Path("i"), "no manifest"), 2),
        (AnalyzerMismatch(Path("i"), 1, 2), 2),
        (IndexLocked(Path("i"), "process 7"), 3),
        (IndexDamaged(Path("i"), "a file is gone"), 4),
        (FileNotFoundError(2, "No such file or directory", "i"), 2),
        (RuntimeError("odd"), 2),
    ],
)
def test_a_failure_is_one_line_and_its_own_exit_code(run, fake, monkeypatch, failure, code: int) -> None:
    def fail(path: Path, *, limits: object, tables: Path) -> None:
        raise failure

    monkeypatch.setattr("khabarjoo.open", fail, raising=False)
    ran = run("search", "--index", "i", "باران")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("khabarjoo: ")
    assert ran.err.count("\n") == 1


def test_a_failure_shows_where_only_when_asked(run, fake, monkeypatch) -> None:
    monkeypatch.setattr(fake, "stats", lambda: 1 / 0)
    assert "Traceback" not in run("stats").err
    monkeypatch.setenv("KHABARJOO_DEBUG", "1")
    assert "Traceback" in run("stats").err


def test_a_failure_shows_no_escape_sequences(run, fake) -> None:
    ran = run("show", "\x1b[31mخبر\u202e")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


def test_an_interrupt_is_one_line_and_exit_130(run, fake, monkeypatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake, "stats", interrupt)
    ran = run("stats")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.strip() == "khabarjoo: interrupted"


def test_without_a_command_this_is_the_shell(run, fake) -> None:
    ran = run(stdin="باران\n")
    assert ran.code == 0
    assert " 1. باران در رشت" in ran.out
    assert [text for text, _ in fake.asked] == ["باران"]


def test_main_defaults_to_the_arguments_of_the_process(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["khabarjoo", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("khabarjoo, version ")


# What follows needs a process of its own. The analyzer needs no index, so `analyze` serves for all.


def khabarjoo_process(*arguments: str, **options) -> subprocess.Popen[bytes]:
    environment = os.environ | options.pop("env", {})
    program = [sys.executable, "-m", "khabarjoo", *arguments]
    return subprocess.Popen(program, env=environment, stderr=subprocess.PIPE, **options)


def test_a_reader_that_leaves_early_is_no_error_to_tell() -> None:
    reading, writing = os.pipe()
    process = khabarjoo_process("analyze", "-", "--format", "tsv", stdin=subprocess.PIPE, stdout=writing)
    os.close(writing)
    os.close(reading)
    _, err = process.communicate("باران بارید\n".encode() * 20_000)
    assert (process.returncode, err) == (141, b"")


def test_a_reader_that_leaves_before_the_last_words_is_no_error_either() -> None:
    reading, writing = os.pipe()
    process = khabarjoo_process("analyze", "باران", stdout=writing)
    os.close(writing)
    os.close(reading)
    _, err = process.communicate()
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line_and_exit_2() -> None:
    with Path("/dev/full").open("wb") as full:
        process = khabarjoo_process("analyze", "باران", stdout=full)
        _, err = process.communicate()
    assert process.returncode == 2
    assert err == b"khabarjoo: no space left on device\n"


def test_an_index_may_be_named_before_the_command_whose_own_counts_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "{name}", "text": "باران"}}\n', encoding="utf-8")
        sync(tmp_path / name, [tmp_path / f"{name}.jsonl"])
    before = ["--index", str(tmp_path / "one"), "search", "--format", "ids"]
    for arguments, found in (([], "one\n"), (["--index", str(tmp_path / "other")], "other\n")):
        assert main([*before, *arguments, "باران"]) == 0
        assert capsys.readouterr().out == found


def test_output_is_utf8_in_any_locale_and_odd_bytes_in_arguments_do_no_harm() -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    process = khabarjoo_process(
        "analyze", "-", "--format", "tsv", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    out, err = process.communicate("باران\n".encode() + b"\xff\n")
    assert (process.returncode, err) == (0, b"")
    assert out.decode().splitlines()[0].startswith("باران\t")


def imported_by(*arguments: str) -> set[str]:
    """The modules that a command leaves imported."""
    running = "import sys; from khabarjoo.searcher.cli.main import main; main(sys.argv[1:])"
    listing = f"{running}; print(*sys.modules, file=sys.stderr)"
    program = [sys.executable, "-c", listing, *arguments]
    ran = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return set(ran.stderr.splitlines()[-1].split())


def test_the_list_of_commands_says_of_each_what_its_own_help_says_first(run) -> None:
    listed = " ".join(run("--help").out.split("Commands:\n")[1].split())
    for command in COMMANDS:
        first = khabarjoo.get_command(CONTEXT, command).help.partition("\n\n")[0]
        assert f"{command} {' '.join(first.split())}" in listed


def test_the_list_of_commands_imports_none_of_them_nor_what_results_need() -> None:
    imported = imported_by("--help")
    others = ("search_command", "counts_command", "index_command", "web_command")
    assert not {f"khabarjoo.searcher.cli.{name}" for name in others} & imported
    assert not {"khabarjoo.searcher.results", "khabarjoo.searcher.output.messages", "socket", "platformdirs"} & imported


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["analyze", "--format", "tsv", "باران"]])
def test_a_command_imports_only_what_it_needs(arguments: list[str]) -> None:
    assert not {"rich", "prompt_toolkit", "hazm", "numpy", "whoosh"} & imported_by(*arguments)


def test_the_first_prompt_needs_nothing_of_queries_and_results() -> None:
    """Which are there by the time something is typed: the index is opened then."""
    code = "import sys, khabarjoo.searcher.shell.loop, khabarjoo.searcher.shell.prompt; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    needless = ("results", "searcher", "query.lexer", "query.parser", "query.syntax", "shell.completion", "shell.pager")
    assert not {f"khabarjoo.searcher.{name}" for name in needless} & set(ran.stdout.split())


SELDOM_NEEDED = {
    *("rich", "prompt_toolkit", "hazm", "wcwidth", "bidi", "arabic_reshaper", "rapidfuzz", "selectolax", "whoosh"),
    *("numpy.typing", "importlib.metadata", "importlib.resources", "sqlite3", "multiprocessing", "tomllib"),
    *("khabarjoo.analyzers.bulk", "khabarjoo.analyzers.dates", "khabarjoo.analyzers.lexicon_compiler"),
    *(
        "khabarjoo.index.segment_writer",
        "khabarjoo.index.lock",
        "khabarjoo.index.ingest",
        "khabarjoo.index.file_sync",
        "khabarjoo.index.verify",
    ),
    *(
        "khabarjoo.searcher.bidi.shaping",
        "khabarjoo.searcher.local.facet_counts",
        "khabarjoo.searcher.shell",
        "khabarjoo.searcher.local.suggest",
    ),
    *("khabarjoo.index.near_duplicates", "khabarjoo.index.term_dictionary"),
    *("khabarjoo.searcher.query.describe", "khabarjoo.searcher.query.parser", "khabarjoo.searcher.query.planner"),
    *("khabarjoo.searcher.query.name_matching", "khabarjoo.searcher.query.notes", "khabarjoo.searcher.speaker_plans"),
    *("khabarjoo.searcher.local.spelling", "khabarjoo.index.common_words", "khabarjoo.searcher.zwnj_spelling"),
    *("platformdirs", "tempfile", "shutil", "difflib"),
}
"""What takes time to import and only some searches need: operators, dates, terminals, names, mistakes in typing."""

RANKING_IN_PYTHON = {
    f"khabarjoo.searcher.local.{name}"
    for name in ("collector", "top_k", "rescore", "proximity", "leaf_matches", "match")
}


@pytest.mark.parametrize("format_name", ["ids", "text"])
def test_a_search_for_plain_words_imports_only_what_it_needs(
    format_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABARJOO_CONFIG", str(tmp_path / "none.toml"))
    page = tmp_path / "news.jsonl"
    article = '{{"id": "{}", "title": "باران در قم", "text": "باران آمد.", "date": "1402/01/02"}}\n'
    page.write_text("".join(map(article.format, range(10))), encoding="utf-8")  # or else a better query is thought of
    sync(tmp_path / "index", [page])
    imported = imported_by("search", "--index", str(tmp_path / "index"), "--format", format_name, "بارانهای", "قم")
    assert "khabarjoo.searcher.searcher" in imported
    assert SELDOM_NEEDED & imported == set()
    if has_kernel():
        assert RANKING_IN_PYTHON & imported == set()
        assert "numpy" not in imported
    if format_name == "ids":
        assert not {"jdatetime", "zoneinfo"} & imported


def test_before_its_first_prompt_the_shell_imports_nothing_that_only_answers_need(tmp_path: Path) -> None:
    page = tmp_path / "news.jsonl"
    page.write_text('{"id": "1", "title": "باران", "text": "باران آمد."}\n', encoding="utf-8")
    sync(tmp_path / "index", [page])
    imported = imported_by("shell", "--index", str(tmp_path / "index"))
    rooms = {"pager", "paged_text", "exporting", "index_actions", "near_names", "page_fit"}
    assert "khabarjoo.searcher.shell.session" in imported
    assert not {f"khabarjoo.searcher.shell.{name}" for name in rooms} & imported
    assert not {"khabarjoo.searcher.output.office_files", "khabarjoo.searcher.output.hits_text"} & imported


def test_a_command_imports_no_other_command() -> None:
    imported = imported_by("search", "--help")
    assert "khabarjoo.searcher.cli.search_command" in imported
    assert not {f"khabarjoo.searcher.cli.{name}" for name in COMMANDS if name != "search"} & imported
    assert not {"khabarjoo.searcher.output.html_report", "khabarjoo.searcher.output.hits_data"} & imported
