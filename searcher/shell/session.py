r"""The shell's conversation: each line is a query, the number of a hit, or a ``\command``.

A `Session` answers lines and knows no terminal; `converse` feeds it lines, typed or piped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..clean import Sink
from ..output.article import Marks, write_article_text
from ..output.notices import complain, counts, note, suggestion, tell_failure
from ..output.text import write_text
from ..results import Hit, Page

if TYPE_CHECKING:
    from prompt_toolkit.history import History

    from ..engine import Searcher

_PREFIX = "\\"
_PROMPT = "khabarjoo> "
_GREETING = r"Type words to search, 3 to open the third hit, \help or \راهنما for help, Ctrl-D to leave."


class Command(NamedTuple):
    """A command of the shell: its names, English and Persian, and what it does, for the help and in fact."""

    names: tuple[str, ...]
    help: str
    run: Callable[[Session], None]


class Session:
    """A conversation over one index. It remembers the page shown last; ``done`` when the reader has left."""

    def __init__(self, searcher: Searcher, out: Sink, *, limit: int = 10) -> None:
        self._searcher = searcher
        self._out = out
        self._limit = limit
        self._page: Page | None = None
        self.done = False

    def answer(self, line: str) -> None:
        """Does what the line asks for. A failure is told, and ends nothing."""
        try:
            self._answer(line.strip())
        except BrokenPipeError:
            raise
        except Exception as error:
            tell_failure(error)

    def _answer(self, line: str) -> None:
        if line.startswith(_PREFIX):
            self._run(line.removeprefix(_PREFIX).strip())
        elif hit := self._shown(line):
            self._open(hit)
        elif line:
            self._search(line)

    def _shown(self, line: str) -> Hit | None:
        """The hit of that number, when the line is one that is on the page shown."""
        if self._page is None or not line.isdecimal() or len(line) > 9:
            return None
        number = int(line)
        return next((hit for hit in self._page if hit.rank == number), None)

    def _search(self, text: str) -> None:
        self._page = page = self._searcher.search(text, limit=self._limit)
        note(counts(page))
        if hint := suggestion(page):
            note(hint)
        write_text(page, self._out)

    def _open(self, hit: Hit) -> None:
        assert self._page is not None
        suggested = self._page.suggestion
        query = suggested.query if suggested and suggested.applied else self._page.query
        article = self._searcher.article(hit.id)
        write_article_text(article, Marks(*self._searcher.mark(article, query)), self._out)

    def _run(self, name: str) -> None:
        for command in COMMANDS:
            if name in command.names:
                command.run(self)
                return
        complain(rf"there is no command \{name}; \help lists them")

    def _help(self) -> None:
        entries = [("words", "search for them"), ("3", "open the third hit")]
        entries += [(" ".join(_PREFIX + name for name in names), help) for names, help, _ in COMMANDS]
        for what, help in entries:
            self._out.write(f"{what:<16} {help}\n")

    def _quit(self) -> None:
        self.done = True


COMMANDS = (
    Command(("help", "راهنما"), "this list", Session._help),
    Command(("quit", "خروج"), "leave the shell (or Ctrl-D)", Session._quit),
)
"""Every command of the shell: dispatch and help read this table."""


def converse(searcher: Searcher, piped: Iterable[str] | None = None, *, limit: int = 10) -> None:
    """Answers lines until they end: those piped, or those typed at a prompt when ``piped`` is None."""
    session = Session(searcher, sys.stdout, limit=limit)
    if piped is None:
        note(_GREETING)
    for line in _typed_lines() if piped is None else piped:
        try:
            session.answer(line)
        except KeyboardInterrupt:
            if piped is not None:
                raise
            note("interrupted")
        sys.stdout.flush()  # whoever pipes lines in may wait for the answer to each
        if session.done:
            return


def _typed_lines() -> Iterator[str]:
    """The lines typed at the prompt: Ctrl-C starts the line anew, Ctrl-D ends them."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.output import create_output

    prompt: PromptSession[str] = PromptSession(
        history=_history(),
        enable_history_search=True,
        output=create_output(always_prefer_tty=True),  # the prompt stays on the terminal when results are piped
    )
    while True:
        try:
            yield prompt.prompt(_PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _history() -> History:
    """The lines of earlier sessions, kept in the user's state folder where it can be written."""
    from platformdirs import user_state_path
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    folder = user_state_path("khabarjoo", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "history").touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(folder / "history")
