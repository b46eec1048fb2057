import os
import sys
from pathlib import Path

import pytest


@pytest.fixture
def file() -> Path:
    return Path(os.environ["KHABARJOO_CONFIG"])


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def test_the_path_is_printed_and_the_file_made(run, file: Path) -> None:
    assert run("config") == (0, f"{file}\n", "")
    made = file.read_text(encoding="utf-8")
    assert made.startswith("# Settings of khabarjoo.")
    assert run("config") == (0, f"{file}\n", "")
    assert file.read_text(encoding="utf-8") == made


def test_show_tells_what_is_in_force_and_where_it_was_set(run, file: Path, monkeypatch) -> None:
    write(file, 'calendar = "both"')
    monkeypatch.setenv("KHABARJOO_DIGITS", "latin")
    code, out, err = run("--bidi", "on", "config", "--show")
    assert (code, err) == (0, "")
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in out.splitlines()}
    assert lines["calendar"] == f"both  ({file})"
    assert lines["digits"] == "latin  ($KHABARJOO_DIGITS)"
    assert lines["bidi"] == "on  (command line)"
    assert lines["index"] == "the user's data folder  (default)"
    assert lines["page_size"] == "10  (default)"


def test_edit_opens_the_file_in_the_editor_of_the_reader(run, file: Path, monkeypatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    script = file.parent.parent / "editor.py"
    script.write_text("""import sys; open(sys.argv[1], "a").write("bidi = 'off'")""", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")
    assert run("config", "--edit") == (0, "", "")
    assert file.read_text(encoding="utf-8").endswith("bidi = 'off'")


def test_an_edit_that_sets_what_cannot_be_is_told(run, file: Path, monkeypatch) -> None:
    write(file, "bidi = 1")
    monkeypatch.setenv("VISUAL", "true")
    code, out, err = run("config", "--edit")
    assert (code, out) == (2, "")
    assert err == f'khabarjoo: {file}: bidi is "auto", "on" or "off", not 1\n'


@pytest.mark.parametrize("editor", ["false", "no-such-editor-here", "'unclosed"])
def test_an_editor_that_fails_is_one_line_and_exit_2(run, monkeypatch, editor: str) -> None:
    monkeypatch.setenv("VISUAL", editor)
    code, out, err = run("config", "--edit")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_show_and_edit_do_not_go_together(run) -> None:
    assert run("config", "--show", "--edit").code == 2


@pytest.mark.parametrize("command", [["search", "باران"], ["show", "a1"], ["config", "--show"]])
def test_a_wrong_setting_is_one_line_and_exit_2(run, fake, file: Path, command: list[str]) -> None:
    write(file, 'calendar = "lunar"\n')
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert err == f'khabarjoo: {file}: calendar is "jalali", "gregorian" or "both", not \'lunar\'\n'


def test_a_wrong_setting_keeps_nobody_from_finding_the_file(run, file: Path) -> None:
    write(file, 'calendar = "lunar"\n')
    assert run("config") == (0, f"{file}\n", "")


def test_settings_reach_the_search(run, fake, file: Path, monkeypatch) -> None:
    monkeypatch.delenv("KHABARJOO_INDEX")
    write(file, 'index = "here"\npage_size = 1\ndigits = "persian"\nlanguage = "fa"\n')
    code, out, err = run("search", "باران")
    assert code == 0
    assert fake.opened == [file.parent / "here"]
    assert fake.asked[0][1]["limit"] == 1
    assert out.startswith(" ۱. باران در رشت\n")
    assert "(۲۰۱۸-۰۱-۲۲)" in out
    assert err.startswith("همهٔ واژه‌ها: ۱")


def test_a_limit_beats_the_page_size(run, fake, file: Path) -> None:
    write(file, "page_size = 1\n")
    run("search", "--limit", "2", "باران")
    assert fake.asked[0][1]["limit"] == 2
