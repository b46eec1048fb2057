"""The real shell on a terminal of its own: types into it, and waits for what it shows."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path

import pexpect

from khabarjoo.searcher.bidi.terminals import SIGNS
from khabarjoo.searcher.config import KEYS

PATIENCE = 30  # seconds, for machines with much to do
PROMPT = "khabarjoo>"

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])")
_WHERE_IS_THE_CURSOR = "\x1b[6n"
_REORDERS_BY_ITSELF = {"VTE_VERSION": "7006"}


class RealShell:
    """A shell that runs. ``raw`` is all it has written, ``seen`` the same without sequences for the terminal."""

    def __init__(
        self,
        arguments: list[str],
        home: Path,
        *,
        columns: int = 100,
        rows: int = 24,
        reorders: bool = True,
        **said: str,
    ) -> None:
        ours = {sign.variable for sign in SIGNS} | {key.variable for key in KEYS} | {"NO_COLOR", "COLUMNS", "LINES"}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {
            "TERM": "xterm-256color",
            "COLORFGBG": "15;0",
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_DATA_HOME": str(home / "data"),
            "KHABARJOO_CONFIG": str(home / "config.toml"),
        }
        environment |= (_REORDERS_BY_ITSELF if reorders else {}) | said
        self._child = pexpect.spawn(
            sys.executable, arguments, env=environment, encoding="utf-8", dimensions=(rows, columns), timeout=PATIENCE
        )
        self._child.delaybeforesend = None
        self.raw = ""
        self._from = 0
        self._answered = 0

    @property
    def seen(self) -> str:
        """What has been written to the screen."""
        return _SEQUENCE.sub("", self.raw)

    def send(self, text: str) -> None:
        """Presses keys."""
        self._child.send(text)

    def ask(self, line: str, *answers: str) -> None:
        """Types a line, and waits for its answers and the next prompt."""
        self.send(f"{line}\r")
        for answer in answers:
            self.wait_for(answer)
        self.wait_for(PROMPT)

    def read(self, line: str, *answers: str) -> None:
        """Types a line that opens the pager, waits for what it shows, and leaves it."""
        self.send(f"{line}\r")
        for answer in answers:
            self.wait_for(answer)
        self.wait_for("leave")
        self.send("q")
        self.wait_for(PROMPT)

    def wait_for(self, text: str, patience: float = PATIENCE) -> str:
        """Waits until a text is shown, after what was waited for before; all that was shown until then."""
        until = time.monotonic() + patience
        while (place := self.seen.find(text, self._from)) < 0:
            if not self._read() or time.monotonic() > until:
                raise AssertionError(f"{text!r} was not shown; what was: {self.seen[self._from :]!r}")
        shown = self.seen[self._from : place]
        self._from = place + len(text)
        return shown

    def redrawn(self, text: str) -> str:
        """Has the prompt drawn anew until a text is in it: else only what has changed is written."""
        until = time.monotonic() + PATIENCE
        while True:
            self.send("\x0c")
            with suppress(AssertionError):
                return self.wait_for(text, patience=1)
            if time.monotonic() > until:
                raise AssertionError(f"{text!r} was not drawn; what was: {self.seen[self._from :]!r}")

    def resize(self, rows: int, columns: int) -> None:
        """Changes the size of the terminal."""
        self._child.setwinsize(rows, columns)

    def end(self) -> int:
        """Waits until the shell has ended; its exit code."""
        while self._read():
            pass
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def close(self) -> None:
        """Ends it, whatever it does."""
        self._child.close(force=True)

    def _read(self) -> bool:
        """Reads what there is, and tells where the cursor is when asked, as a terminal does; False at the end."""
        try:
            self.raw += self._child.read_nonblocking(65536, timeout=0.5)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        while self.raw.count(_WHERE_IS_THE_CURSOR) > self._answered:
            self._answered += 1
            self._child.send("\x1b[1;1R")
        return True
