import io
import os
import sys
from pathlib import Path

import pexpect
import pytest

from index.errors import StoreError
from searcher.results import Suggestion
from searcher.shell.session import COMMANDS, Session

TWO_HITS = " 1. باران در رشت\n"


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def session(fake, out) -> Session:
    return Session(fake, out, limit=5)


def test_a_line_is_a_query(session, fake, out, capsys) -> None:
    session.answer("  باران در رشت \n")
    assert fake.asked == [("باران در رشت", {"limit": 5})]
    assert out.getvalue().startswith(TWO_HITS)
    assert capsys.readouterr().err == "all words: 1, any: 2 · 1.2 ms\n"


@pytest.mark.parametrize("number", ["2", "۲", "٢"])
def test_the_number_of_a_hit_opens_its_article_with_the_query_marked(session, fake, out, number: str) -> None:
    session.answer("باران")
    session.answer(number)
    assert fake.asked[1:] == [("باران", {})]
    assert "سطر یک\nسطر دو\n" in out.getvalue()
    assert "· b/2\n" in out.getvalue()


def test_the_query_marked_is_the_one_that_was_searched(session, fake) -> None:
    fake.suggestion = Suggestion("ایران", True, "typed on the English keyboard")
    session.answer("hdvhk")
    session.answer("1")
    assert fake.asked[-1] == ("ایران", {})


@pytest.mark.parametrize("line", ["2", "1403", "9" * 5000, "²"])
def test_a_number_that_is_no_hit_on_the_page_is_a_query(session, fake, line: str) -> None:
    fake.hits = fake.hits[:1]
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1][0] == line


def test_an_empty_line_does_nothing(session, fake, out) -> None:
    session.answer("  \n")
    assert fake.asked == []
    assert out.getvalue() == ""


@pytest.mark.parametrize("name", ["help", "راهنما"])
def test_help_names_every_command_in_both_languages(session, out, name: str) -> None:
    session.answer(f"\\{name}")
    assert all(f"\\{name}" in out.getvalue() for command in COMMANDS for name in command.names)


@pytest.mark.parametrize("name", ["quit", "خروج"])
def test_quit_ends_the_session(session, name: str) -> None:
    assert not session.done
    session.answer(f"\\{name}")
    assert session.done


def test_an_unknown_command_is_told_and_searched_for_by_nobody(session, fake, capsys) -> None:
    session.answer("\\نیست")
    assert capsys.readouterr().err == "khabarjoo: there is no command \\نیست; \\help lists them\n"
    assert fake.asked == []


def test_a_failure_is_one_line_and_ends_nothing(session, fake, monkeypatch, capsys) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError(Path("i"), "something\x1b[31m odd")

    monkeypatch.setattr(fake, "search", fail)
    session.answer("باران")
    assert capsys.readouterr().err == "khabarjoo: something odd\n"
    assert not session.done


def test_a_reader_that_left_does_end_the_session(session, fake, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(fake, "search", fail)
    with pytest.raises(BrokenPipeError):
        session.answer("باران")


# The real shell, on a terminal of its own, over a searcher that echoes what it is asked.

_SHELL = r"""
from searcher.results import Page
from searcher.shell.session import converse

class Echo:
    def search(self, text, *, limit):
        print("asked:", text)
        if text == "صبر":
            raise KeyboardInterrupt
        return Page(query=text, hits=(), total=0, total_all=0, took_ms=0)

converse(Echo())
print("left")
"""


@pytest.fixture
def shell(tmp_path):
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    child = pexpect.spawn(
        sys.executable, ["-c", _SHELL], env=environment, encoding="utf-8", timeout=20, dimensions=(24, 100)
    )
    child.expect("khabarjoo>")
    yield child
    child.close(force=True)


def ask(shell, line: str, answer: str) -> None:
    """Types a line, waits for its answer and then for the next prompt."""
    shell.send(f"{line}\r")
    shell.expect_exact(answer)
    shell.expect_exact("khabarjoo>")


def test_persian_typed_with_zwnj_is_asked_as_typed_and_remembered(shell, tmp_path) -> None:
    ask(shell, "می\u200cشود", "asked: می\u200cشود\r\n")
    shell.send("\x04")
    shell.expect_exact("left")
    (history,) = tmp_path.rglob("history")
    assert "+می\u200cشود\n" in history.read_text(encoding="utf-8")


def test_ctrl_c_leaves_the_line_and_ctrl_d_the_shell(shell) -> None:
    shell.send("باران\x03")
    shell.expect_exact("khabarjoo>")
    ask(shell, "برف", "asked: برف\r\n")
    shell.send("\x04")
    shell.expect_exact("left")


def test_ctrl_c_during_a_search_comes_back_to_the_prompt(shell) -> None:
    ask(shell, "صبر", "interrupted")
    ask(shell, "برف", "asked: برف\r\n")


def test_quit_leaves_the_shell(shell) -> None:
    shell.send("\\quit\r")
    shell.expect_exact("left")
    shell.expect(pexpect.EOF)
