"""Help, errors and summaries in Persian: nothing of the commands is left in English, and what is not ours stays."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import khabarjoo as khabarjoo_package
from khabarjoo.searcher.cli.main import khabarjoo
from khabarjoo.searcher.config import KEYS
from khabarjoo.searcher.output.translation import texts, translated

CONTEXT = click.Context(khabarjoo)
COMMANDS = [khabarjoo, *(khabarjoo.get_command(CONTEXT, name) for name in khabarjoo.list_commands(CONTEXT))]
INGEST = Path(khabarjoo_package.__file__).parent / "index" / "ingest"
LATIN_SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")


@pytest.fixture(autouse=True)
def persian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABARJOO_LANGUAGE", "fa")


def test_the_help_of_commands_and_options_is_in_persian() -> None:
    told: set[str] = set()
    for command in COMMANDS:
        told |= {each for each in inspect.cleandoc(command.help or "").split("\n\n") if not each.startswith("\b")}
        told |= {each.help or "" for each in command.params if isinstance(each, click.Option)}
    missing = [text for text in told if text and translated(text) == text]
    assert len(missing) <= len(told) // 20, missing  # what was just added may still wait for its translation


def test_a_text_has_the_same_holes_in_both_languages_and_no_text_is_there_twice() -> None:
    told = list(texts())
    wrong = [english for english, persian in told if len(re.findall(r"\{\d?\}", persian)) > english.count("{}")]
    assert wrong == [] and len({english for english, _ in told}) == len(told)


def test_help_is_written_from_right_to_left_with_commands_as_they_are_typed(run) -> None:
    out = run("search", "--help").out
    assert out.startswith("کاربرد:\n  khabarjoo search [OPTIONS] QUERY...\n")
    assert '  khabarjoo search زلزله -بم -"سازمان ملل"\n' in out and "گزینه‌ها:\n" in out
    assert "[پیش‌فرض: ۱۰؛ دست‌کم ۱]" in out and not LATIN_SENTENCE.search(re.sub("(?m)^  khabarjoo.*$", "", out))
    commands = run("--help").out
    assert "  search\n    خبرها را می‌یابد، بهترین پاسخ نخست.\n" in commands


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serch"], "فرمانی به نام «serch» نیست؛ شاید search؟"),
        (["search"], "چیزی کم است: QUERY..."),
        (["search", "باران", "--limit", "x"], "مقدار --limit درست نیست: x عدد نیست"),
        (["search", "باران", "--limit", "0"], "کمتر از"),
        (["search", "باران", "--frmat", "json"], "گزینه‌ای به نام --frmat نیست؛ شاید یکی از این‌ها: "),
        (["search", "باران", "--format", "jsn"], "مقدار --format درست نیست"),
        (
            ["search", "باران", "--since", "۳۱ مهر ۱۴۰۱"],
            "تاریخ خوانایی نیست: مهر ۱۴۰۱ ۳۰ روز دارد، نه ۳۱",
        ),
        (["show", "nowhere"], "خبری با شناسهٔ «nowhere» نیست"),
        (["stats", "--index", "absent"], "در absent نمایه‌ای نیست؛ این می‌سازدش: khabarjoo index"),
        (["search", "باران", "--fields", "bdy", "--format", "json"], "فیلدی به نام «bdy» نیست؛ شاید body؟"),
        (["index", "no-such-folder"], "no-such-folder: چنین فایل یا پوشه‌ای نیست"),
        (["run", "nothing"], "جست‌وجویی به نام nothing ذخیره نشده است"),
    ],
)
def test_errors_are_in_persian(arguments: list[str], told: str, run, fake, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    ran = run(*arguments)
    assert ran.code in (1, 2) and told in ran.err
    assert not LATIN_SENTENCE.search(re.sub("khabarjoo (index|search serch)", "", ran.err))


def test_a_run_is_summed_up_in_persian_and_counts_are_in_persian_digits(run, tmp_path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("آغاز سال تحصیلی\n\nدانشگاه‌ها از اول مهر باز شدند.\n", encoding="utf-8")
    index = ["--index", str(tmp_path / "index")]
    ran = run("index", *index, str(page))
    assert "۱ خبر خوانده شد: ۱ افزوده، ۰ به‌روز، ۰ بی‌تغییر، ۰ فراموش؛ ۰ کنار گذاشته" in ran.err
    assert run("search", *index, "دانشگاه").out.startswith(" ۱. آغاز")
    assert run("verify", *index).err.startswith("سالم است: ۱ خبر در ۱ بخش")
    assert run("facets", *index, "دانشگاه", "--by", "tag").out == "برچسب: هیچ\n"


def test_what_is_set_counts_more_than_the_language(run, fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABARJOO_DIGITS", "latin")
    assert run("search", "باران").out.startswith(" 1. ")


@pytest.mark.parametrize("text", ["باران در قم", "زلزله OR سیل", "some words of a user", "", "{} {}", "a" * 10_000])
def test_what_is_no_text_of_ours_stays_as_it_is(text: str) -> None:
    assert translated(text) == text


def test_a_score_is_explained_in_persian(run, fake) -> None:
    lines = run("explain", "باران", "a1").out.splitlines()
    assert [line.strip() for line in lines] == ["۵٫۰۰۰  باران", "۲٫۲۵۰  باران، in the title", "۷٫۲۵۰  امتیاز a1"]


def test_an_analysis_is_in_persian_with_its_rules(run) -> None:
    head, row = run("analyze", "کتاب‌ها").out.splitlines()
    assert head.split() == ["واژه", "جا", "صورت", "بن", "پاره‌ها", "قاعده", "مدخل"]
    assert "پسوند پس از نیم‌فاصله" in row and "۰" in row
    assert '"rule": "suffix after ZWNJ"' in run("analyze", "--format", "json", "کتاب‌ها").out


def test_where_settings_come_from_is_in_persian(run) -> None:
    out = run("config", "--show").out
    assert "پوشهٔ داده‌های کاربر  (پیش‌فرض)" in out and "persian  (زبان)" in out


def test_the_file_of_settings_explains_itself_in_persian(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KHABARJOO_CONFIG", str(tmp_path / "config.toml"))
    assert run("config").code == 0
    comments = [line for line in (tmp_path / "config.toml").read_text("utf-8").splitlines() if line.startswith("# ")]
    assert "# عددی از ۱ تا ۱۰۰۰" in comments and max(map(len, comments)) <= 112
    assert not [line for line in comments if LATIN_SENTENCE.search(line)]
    monkeypatch.setenv("KHABARJOO_LANGUAGE", "")
    assert run("config", "--show").out.count("(default)") == len(KEYS)


def test_the_version_is_in_persian(run) -> None:
    assert re.fullmatch(r"خبرجو، نسخهٔ [۰-۹.a-z+]+ \(هسته: .+\)\n", run("--version").out)


def _reasons(module: Path) -> Iterator[str]:
    """What a module says of files it does not read, a letter for whatever is filled in."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Skipped", "Notice"):
            for said in node.args:
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value
                elif isinstance(said, ast.JoinedStr):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x1" for part in said.values)


def test_what_is_said_of_files_that_are_not_read_is_in_persian() -> None:
    said = {text for module in INGEST.glob("*.py") for text in _reasons(module) if " " in text}
    missing = [text for text in sorted(said) if LATIN_SENTENCE.search(translated(text))]
    assert len(said) > 40
    assert len(missing) <= len(said) // 20, missing  # as of help: what was just added may still wait
