"""The real shell, on a real terminal, over a real index."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabarjoo.searcher.cli.main import main
from khabarjoo.seeds import pages_folder
from tests.searcher.shell.realshell import PROMPT, RealShell

ZWNJ = "\u200c"
PLANTED = "\x1b]0;planted\x07\x1b[31m\u202eوارون\x9b5m"
ARTICLES = [
    {"id": f"a{number}", "title": f"باران شمارهٔ {number}", "body": "باران می‌بارد. ", "date": f"1401/06/{number:02}",
     "source": "پیک باران", "category": "هواشناسی", "tags": ["رگبار"]}
    for number in range(1, 13)
]  # fmt: skip
LONG = {
    "id": "long",
    "title": "زلزلهٔ بزرگ",
    "body": "\n".join(f"سطر {n} از زلزله" for n in range(100)),
    "source": "مهر",
}
EVIL = {
    "id": "evil\x1b]0;x\x07", "title": f"توفان {PLANTED}", "body": f"توفان {PLANTED}\n" * 3,
    "source": f"بد {PLANTED}", "category": PLANTED, "tags": [f"تگ {PLANTED}", "تگ خوب"],
}  # fmt: skip

Start = Callable[..., RealShell]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shell")
    pages = folder / "p\x1b[31m\u202e.jsonl"
    pages.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in [*ARTICLES, LONG, EVIL]), "utf-8")
    assert main(["index", "--index", str(folder / "index"), str(pages)]) == 0
    return folder / "index"


@pytest.fixture
def start(index: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the shell over the index, and waits until it is ready to be typed into."""
    started: list[RealShell] = []

    def start(*arguments: str, **said) -> RealShell:
        shell = RealShell(["-m", "khabarjoo", "shell", "--index", str(index), *arguments], tmp_path, **said)
        started.append(shell)
        if said.get("TERM") != "dumb":
            shell.redrawn("14 articles ·")
        return shell

    yield start
    for shell in started:
        shell.close()


def test_persian_typed_with_zwnj_is_searched_as_typed_and_remembered(start: Start, tmp_path: Path) -> None:
    shell = start()
    shell.ask(f"می{ZWNJ}بارد", "all words: 12, any: 12")
    shell.ask("\\quit")
    assert shell.end() == 0
    (history,) = tmp_path.rglob("history")
    assert history.read_text("utf-8") == f"+می{ZWNJ}بارد\n+\\quit\n"
    assert history.stat().st_mode & 0o077 == 0


def test_persian_is_legible_while_it_is_typed_and_arrow_keys_go_as_seen(start: Start) -> None:
    shell = start(reorders=False)
    shell.send("زله")
    shell.redrawn(f"{PROMPT}  ﻪﻟﺯ")
    shell.send("\x1b[C\x1b[Cلز")  # twice to the right: before the second letter
    shell.redrawn(f"{PROMPT}  ﻪﻟﺰﻟﺯ")
    shell.send("\r")
    shell.wait_for("all words: 1, any: 1")
    shell.wait_for(PROMPT)


def test_names_of_the_index_are_completed_while_one_types(start: Start) -> None:
    shell = start()
    shell.send("منبع:پی")
    shell.wait_for("پیک باران")
    shell.send("\t\r")  # the menu is closed by the first Enter
    shell.redrawn("منبع:«پیک باران»")
    shell.send("\r")
    shell.wait_for("any: 12")


def test_pages_are_walked_hits_opened_and_similar_ones_found(start: Start) -> None:
    shell = start("--limit", "5", NO_COLOR="1")
    shell.ask("باران", "1-5 shown")
    shell.ask("n", "6-10 shown", " 6. ")
    shell.ask("ب", "11-12 shown")
    shell.ask("n", "this is the last page")
    shell.ask("p", "6-10 shown")
    shell.read("۲", "باران شمارهٔ", "می‌بارد", "hit 2 of 12")
    shell.ask("c 1 bibtex", "@misc{khabarjoo:")
    shell.ask("s 1", "like 1: باران شمارهٔ")


def test_a_long_article_is_paged_with_its_matches_marked_and_laid_out_anew_for_another_size(start: Start) -> None:
    shell = start()
    shell.ask("زلزله", "زلزلهٔ بزرگ")
    shell.send("1\r")
    shell.wait_for("سطر 10 از زلزله")
    shell.wait_for("/103 · Space next")
    assert "\x1b[1;4;33mزلزله\x1b[0m" in shell.raw
    shell.send(" ")
    shell.wait_for("سطر 30 از")
    shell.resize(12, 100)
    shell.send("G")
    shell.wait_for("103/103 · Space next")
    shell.send("q")
    shell.wait_for(PROMPT)
    shell.resize(24, 40)
    shell.ask("\\filters", "no filters are in force")


def test_searches_are_saved_run_again_and_exported(start: Start, tmp_path: Path) -> None:
    shell = start(columns=300)  # so that no line with a path is broken
    shell.ask("\\since ۱۴۰۱/۰۶/۰۹", "since ۱۴۰۱/۰۶/۰۹")
    shell.ask("باران", "all words: 4")
    shell.ask("\\ذخیره بارش‌ها", "saved")
    shell.ask("\\clear", "all words: 12")
    shell.ask("\\run بارشها", "nothing new since", "all words: 4")
    shell.ask(f"\\export {tmp_path}/x.csv", "4 of 4 articles written")
    shell.ask(f"\\export {tmp_path}/x.csv", "is there already")
    assert len((tmp_path / "x.csv").read_text("utf-8").splitlines()) == 5


def test_ctrl_c_leaves_the_line_ctrl_d_the_shell_and_failures_neither(start: Start) -> None:
    shell = start()
    shell.send("برف\x03")
    shell.wait_for(PROMPT)
    shell.ask("\\since نه‌تاریخ", "cannot be read as a date")
    shell.ask("\\nothing", "there is no command \\nothing")
    shell.ask("باران", "all words: 12")
    shell.send("\x04")
    assert shell.end() == 0


_SLOW = """
from khabarjoo.searcher.results import Page
from khabarjoo.searcher.shell.loop import converse

class Slow:
    is_outdated = False
    def __enter__(self): return self
    def __exit__(self, *error): pass
    is_outdated = False
    def __len__(self): return 14
    def names(self, kind): raise OSError
    def search(self, text, **options):
        print("asked:", text)
        if text == "صبر":
            import time
            time.sleep(60)
        return Page(query=text, hits=(), total=0, total_all=0, took_ms=0)

converse(Slow)
"""


def test_ctrl_c_during_a_search_comes_back_to_the_prompt(tmp_path: Path) -> None:
    shell = RealShell(["-c", _SLOW], tmp_path)
    shell.redrawn("14 articles")
    shell.send("صبر\r")
    shell.wait_for("asked: صبر")
    shell.send("\x03")
    shell.wait_for("interrupted")
    shell.wait_for(PROMPT)
    shell.ask("برف", "asked: برف")
    shell.close()


def test_lines_of_earlier_sessions_are_found_and_suggested(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "khabarjoo"
    folder.mkdir(parents=True)
    (folder / "history").write_text(f"+زلزلهٔ بزرگ\n+باران {PLANTED} تند\n", "utf-8")
    shell = start()
    shell.send("زلز")
    shell.redrawn("زلزلهٔ بزرگ")
    shell.send("\x05\r")  # the end of the line takes what is suggested
    shell.wait_for("all words: 1")
    shell.wait_for(PROMPT)
    shell.send("\x12باران")
    shell.redrawn("باران وارون تند")
    shell.send("\r\r")  # into the line, and off
    shell.wait_for("any: ")
    assert_nothing_planted(shell)


@pytest.mark.parametrize("reorders", [True, False])
def test_nothing_that_acts_on_a_terminal_reaches_it(start: Start, tmp_path: Path, reorders: bool) -> None:
    shell = start(reorders=reorders)
    shell.ask("توفان", "any: 1")
    answers = {
        "1": "evil", "c 1": "«", "\\facets": "month", "\\timeline": "undated", "\\stats": "analyzer",
        "\\explain 1": "score of evil", "\\format json": '"hits": [', "\\format csv": "rank,id", "\\save x": "saved",
        "\\nothing\u202e": "there is no command",
    }  # fmt: skip
    for line, answer in answers.items():
        (shell.read if line == "1" else shell.ask)(line, answer)
    shell.send("\x1b[200~برف\x1b]0;planted\x07\u202e\nقم\x1b[201~")
    shell.redrawn("برف قم" if reorders else "ﻢﻗ ﻑﺮﺑ")
    shell.send("\x15")
    for start_of_name in ("منبع:بد", "برچسب:تگ", "\\tag تگ"):
        shell.send(start_of_name)
        shell.send("\t")
        shell.redrawn(PROMPT)
        shell.send("\x15")
    assert_nothing_planted(shell)


def assert_nothing_planted(shell: RealShell) -> None:
    assert not re.search("\x1b\\]|\x07|\x9b|[\u202a-\u202e\u2066-\u2069]|\x1b\\[31m", shell.raw)


@pytest.mark.parametrize("columns", [40, 200])
def test_narrow_and_wide_terminals_serve(start: Start, columns: int) -> None:
    shell = start(columns=columns, reorders=False, NO_COLOR="1")
    shell.ask("باران شمارهٔ دوازده باران می‌بارد و باز باران و باران", "all words")
    shell.send("\\help\r")
    shell.wait_for("Space next" if columns > 40 else "? keys")
    shell.send("q\\filters\r")  # what is typed ahead is the prompt's
    shell.wait_for("no filters are in force")
    assert not re.search(r"\x1b\[(?:[0-9]+;)*(?:3[0-7]|9[0-7]|38;[25])[;m]", shell.raw)


def test_a_dumb_terminal_gets_lines_and_no_sequences(start: Start) -> None:
    shell = start(TERM="dumb")
    shell.wait_for(PROMPT)
    shell.ask("باران", "باران شمارهٔ")
    shell.send("\x03")
    shell.wait_for(PROMPT)
    shell.send("\x04")
    assert shell.end() == 0
    assert "\x1b" not in shell.raw


def test_vi_keys_are_there_for_who_sets_them(start: Start) -> None:
    shell = start(KHABARJOO_KEYS="vi")
    shell.send("خباران\x1b")
    shell.redrawn("normal")
    shell.send("0x")
    shell.send("\r")
    shell.wait_for("all words: 12")


def test_the_first_run_offers_the_sample_and_says_how_to_index_ones_own_pages(tmp_path: Path) -> None:
    for answer, told in (("n\n", "khabarjoo index FOLDER"), ("\n", "articles ·")):
        shell = RealShell(["-m", "khabarjoo"], tmp_path, columns=300)
        shell.wait_for("Index the bundled sample of ")
        shell.send(answer)
        shell.wait_for(told) if answer == "n\n" else shell.redrawn(told)
        if told == "articles ·":
            shell.ask("همکاری دانشگاه", "all words: ")
            shell.send("\x04")
        assert shell.end() == 0


def test_an_index_that_cannot_be_opened_ends_the_shell_with_its_exit_code(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "manifest-000001.json").write_text("{", "utf-8")
    shell = RealShell(["-m", "khabarjoo", "shell", "--index", str(folder)], tmp_path)
    assert shell.end() == 4
    assert "damaged" in shell.seen


def test_no_sample_is_offered_in_place_of_an_index_whose_manifests_are_gone(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "khabarjoo" / "index"
    assert main(["index", "--index", str(folder), str(pages_folder())]) == 0
    (folder / "manifest-000001.json").unlink()
    shell = RealShell(["-m", "khabarjoo"], tmp_path, columns=300)
    shell.wait_for("khabarjoo verify --repair")
    assert shell.end() == 4
    assert "bundled" not in shell.seen


@pytest.mark.parametrize(("columns", "reorders"), [(30, False), (60, True), (80, False), (120, True)])
def test_at_every_width_a_page_fits_the_screen_with_its_position_below(
    start: Start, columns: int, reorders: bool
) -> None:
    shell = start(columns=columns, reorders=reorders, KHABARJOO_COLOURS="never")
    shell.ask("باران", "all words: 12")
    shell.redrawn("1-")
    shown = re.search(r"1-(\d+) of 12", shell.seen)
    assert shown is not None
    assert 3 <= int(shown[1]) <= 10
    page = shell.seen[shell.seen.index("all words: 12") :].split(PROMPT)[0]
    assert page.count("\n") <= 24 - 2
    shell.ask("n", f"{int(shown[1]) + 1}. " if reorders else f".{int(shown[1]) + 1}")
    shell.ask("99", f"1 to {int(shown[1])}"[:4])
    shell.send("help\r")
    shell.wait_for("Space next" if columns >= 60 else "? keys")
    shell.send("q")
    shell.wait_for(PROMPT)
    shell.ask("\\sorce x", "did you")
    shell.send("exit\r")
    assert shell.end() == 0


def test_in_the_pager_words_are_found_keys_told_and_the_hits_beside_are_a_key_away(start: Start) -> None:
    shell = start()
    shell.ask("زلزله", "زلزلهٔ بزرگ")
    shell.send("1\r")
    shell.wait_for("hit 1 of 1")
    shell.send("/سطر ٧٧\r")
    shell.wait_for("\u0637\u0631 77")
    shell.wait_for("1 of 1 /")
    assert "\x1b[1;4;7mسطر 77\x1b[0m" in shell.raw
    shell.send("?")
    shell.wait_for("the next hit, the one before")
    shell.send("q")
    shell.wait_for("hit 1 of 1")
    shell.send("q")
    shell.wait_for(PROMPT)
    shell.ask("باران", "all words: 12")
    shell.send("1\r")
    shell.wait_for("hit 1 of 12")
    for number in range(2, 8):
        shell.send("]")
        shell.wait_for(f"hit {number} of 12")
    shell.send("[")
    shell.wait_for("hit 6 of 12")
    shell.send("q")
    shell.wait_for(" 6. ")  # the page of the hit that was read last
    shell.wait_for(PROMPT)


_STOPPED = "Stopped"


def test_ctrl_z_suspends_at_the_prompt_and_in_the_pager(index: Path, tmp_path: Path) -> None:
    shell = RealShell(["-c", "import os; os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])"], tmp_path)
    shell.send(f"{sys.executable} -m khabarjoo shell --index '{index}'\r")
    shell.redrawn("14 articles ·")
    shell.send("\x1a")
    shell.wait_for(_STOPPED)
    shell.send("fg\r")
    shell.wait_for(PROMPT)
    shell.ask("باران", "all words: 12")
    shell.send("1\r")
    shell.wait_for("hit 1 of 12")
    shell.send("\x1a")
    shell.wait_for(_STOPPED)
    shell.send("fg\r")
    shell.wait_for("hit 1 of 12")
    shell.send("q")
    shell.wait_for(PROMPT)
    shell.close()


def test_articles_are_indexed_and_removed_without_leaving(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    pages = tmp_path / "new pages"
    pages.mkdir()
    (pages / "n1.json").write_text(json.dumps({"id": "n1", "title": "کسوف", "body": "کسوف دیده شد."}), "utf-8")
    assert main(["index", "--index", str(folder), str(pages_folder())]) == 0
    shell = RealShell(["-m", "khabarjoo", "shell", "--index", str(folder)], tmp_path, columns=200)
    shell.redrawn("70 articles ·")
    shell.ask("کسوف", "any: 0")
    shell.ask(f"\\index {pages}", "1 added", "all words: 1, any: 1")
    shell.redrawn("71 articles ·")
    for answer, told in (("n", "nothing was removed"), ("y", "removed n1")):
        shell.send("\\remove 1\r")
        shell.wait_for("Take «کسوف» (n1) out of the index?")
        shell.send(f"{answer}\r")
        shell.wait_for(told)
        shell.wait_for(PROMPT)
    shell.redrawn("70 articles ·")
    shell.ask("\\index nowhere", "nowhere")
    shell.ask("\\quit")
    assert shell.end() == 0
    shell.close()
