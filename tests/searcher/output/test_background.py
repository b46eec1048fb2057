"""A terminal that answers is asked for its background, and no other is."""

import sys
import time

import pexpect
import pytest

from khabarjoo.searcher.output.background import background_of_terminal, shade

_ASK = """
import os, sys
from khabarjoo.searcher.output import background
background._PATIENCE = float(sys.argv[1])
print("told:", background.background_of_terminal(os.environ) or "nothing", flush=True)
print("typed:", input(), flush=True)
"""


def asked(answer: str, *, typed: str = "", **environment: str) -> tuple[str, float]:
    """What a process on a terminal of its own says after a terminal's answer, and how long that took."""
    patience = "20" if answer else "0.2"  # an answer may come late on a machine with much to do
    child = pexpect.spawn(
        sys.executable, ["-c", _ASK, patience], encoding="utf-8", timeout=30, env=environment | {"PATH": ""}
    )
    child.delaybeforesend = None
    if typed:
        child.send(typed)
    if answer:
        child.expect_exact("\x1b[c")
        child.send(answer)
    started = time.monotonic()
    child.expect("told: (\\w+)")
    told, took = child.match[1], time.monotonic() - started
    child.send("\r" if typed else "قم\r")
    child.expect("typed: (\\w+)")
    assert child.match[1] == (typed or "قم")
    child.close()
    return told, took


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c", "light"),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x07\x1b[?1;2c", "dark"),
        ("\x1b[?6c", "nothing"),  # it knows the second question alone
    ],
)
def test_a_terminal_that_answers_is_believed_and_what_is_typed_then_is_nobody_elses(answer: str, told: str) -> None:
    assert asked(answer, XTERM_VERSION="XTerm(379)")[0] == told


def test_a_terminal_that_does_not_answer_is_not_waited_for_long() -> None:
    told, took = asked("", VTE_VERSION="7006")
    assert told == "nothing"
    assert took < 5


@pytest.mark.parametrize(
    "environment",
    [{}, {"TERM": "xterm-256color"}, {"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, {"VTE_VERSION": ""}],
)
def test_who_may_not_answer_or_is_far_away_is_not_asked(environment: dict[str, str]) -> None:
    assert background_of_terminal(environment) == ""


@pytest.mark.parametrize("answer", [b"", b"\x1b]11;rgb:/", b"\x1b]11;?\x07", b"\x1b]11;rgb:gg/00/00\x07"])
def test_what_is_no_colour_tells_nothing(answer: bytes) -> None:
    assert shade(answer) == ""
