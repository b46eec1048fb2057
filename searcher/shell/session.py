r"""The shell's conversation: each line is a query, the number of a hit, or a ``\command``.

A `Session` answers lines and knows no terminal; `converse` feeds it lines, typed or piped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..bidi.reordering import first_strong_is_right_to_left
from ..config import DEFAULTS, Settings
from ..output.messages import complain, counts, note, suggestion, tell_failure
from ..output.styles import Paragraph, Span, Style, is_terminal, write_paragraphs
from ..query.plan import Filters
from ..terminal_safety import CleanSink, Sink
from .command_table import PREFIX, Argument, Command, number_in, split_line
from .commands import COMMANDS, command_named, command_of_letter
from .history import state_folder
from .listing import Listing, Search
from .saved_searches import SavedSearches
from .shell_messages import ShellError, message

if TYPE_CHECKING:
    from ..engine import Sort
    from ..results import Hit, Page
    from ..searcher import Searcher

Write = Callable[[Sink], None]
"""Something that is written whole: an article, a chart."""


class Session:
    """A conversation over one index.

    It remembers what is listed, which hits have been shown, and how; ``done`` when the reader has left. ``searcher``
    may take its time: it is waited for when it is first needed.
    """

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        out: Sink,
        *,
        settings: Settings = DEFAULTS,
        limit: int | None = None,
        saved: Path | None = None,
        pager: Callable[[Write, Sink], None] | None = None,
    ) -> None:
        self._searcher = searcher
        self.out = out
        self.settings = settings
        self.language = self.asked_in = settings.language_of_messages()
        self.limit = settings.page_size if limit is None else limit
        self.saved = SavedSearches(saved or state_folder() / "saved.json", self.language)
        self._pager = pager
        self.standing = Filters()
        self.sort: Sort = "relevance"
        self.folds = True
        self.format_name = "text"
        self.search: Search | None = None
        self.listing: Listing | None = None
        self.page: Page | None = None
        self.shown: dict[int, Hit] = {}
        self.done = False

    # -- lines -------------------------------------------------------------------------------------------------

    def answer(self, line: str) -> None:
        """Does what the line asks for. A failure is told, and ends nothing."""
        try:
            self._answer(line.strip())
        except BrokenPipeError:
            raise
        except ShellError as error:
            complain(error)
        except Exception as error:
            tell_failure(error)

    def _answer(self, line: str) -> None:
        if line.startswith(PREFIX):
            name, typed = split_line(line)
            if (command := command_named(name)) is None:
                raise ShellError(self.words("no command", name=name))
            self.asked_in = "fa" if first_strong_is_right_to_left(name) else "en"
            command.run(self, typed)
        elif found := self._by_letter(line):
            command, typed = found
            command.run(self, typed)
        elif (number := number_in(line)) is not None and number in self.shown:
            command_named("open").run(self, line)  # type: ignore[union-attr]
        elif line:
            self.show_page(Search(line, self.standing, self.sort, self.folds))

    def _by_letter(self, line: str) -> tuple[Command, str] | None:
        """The command that a letter stands for, once there are hits: ``n``, ``s 3``."""
        letter, _, typed = line.partition(" ")
        command = command_of_letter(letter) if self.listing else None
        if command is None:
            return None
        if command.argument is Argument.HIT:
            number, _, rest = typed.strip().partition(" ")
            fits = number_in(number) is not None and (not rest or command.choose(rest) is not None)
        else:
            fits = not typed.strip()
        return (command, typed.strip()) if fits else None

    # -- hits --------------------------------------------------------------------------------------------------

    @property
    def searcher(self) -> Searcher:
        """The index. Raises what opening it raised."""
        return self._searcher()

    @property
    def index_name(self) -> str:
        """What the index is called, which saved searches go by."""
        return self.searcher.name

    @property
    def query_searched(self) -> str:
        """The query whose words are marked; '' for articles that were found without one."""
        if self.page is None:
            return ""
        suggested = self.page.suggestion
        return suggested.query if suggested and suggested.applied else self.page.query

    @property
    def raw_out(self) -> Sink:
        """Where text goes as it is, cleaned for a terminal."""
        return CleanSink(self.out) if is_terminal(self.out) else self.out

    def show_page(self, listing: Listing, offset: int = 0, *, heading: str = "") -> None:
        """Shows hits of a listing, and remembers them."""
        page = listing.page(self.searcher, offset, self.limit)
        if offset and not page.hits:
            raise ShellError(self.words("last page"))
        if listing != self.listing:
            self.shown = {}
        self.listing, self.page = listing, page
        if isinstance(listing, Search):
            self.search = listing
        self.shown |= {hit.rank: hit for hit in page}
        if heading:
            self.tell(heading)
        self._tell_about(page, is_search=isinstance(listing, Search))
        self._write(page)

    def refresh(self) -> None:
        """Shows the first page again, as orders, filters and formats now are."""
        if isinstance(self.listing, Search):
            self.show_page(Search(self.listing.text, self.standing, self.sort, self.folds))
        elif self.listing is not None:
            self.show_page(self.listing)

    def narrow(self, standing: Filters) -> None:
        """Puts other filters in force and searches again; when that fails, all is as it was."""
        self._change(standing, self.sort)

    def reorder(self, sort: Sort) -> None:
        """Puts hits in another order and searches again."""
        self._change(self.standing, sort)

    def take(self, search: Search) -> None:
        """Makes the filters and order of a search those in force."""
        self.standing, self.sort, self.folds, self.search = search.standing, search.sort, search.folds, search

    def _change(self, standing: Filters, sort: Sort) -> None:
        before = self.standing, self.sort
        self.standing, self.sort = standing, sort
        try:
            if self.search is not None and before != (standing, sort):
                self.show_page(Search(self.search.text, standing, sort, self.folds))
        except BaseException:
            self.standing, self.sort = before
            raise

    def _tell_about(self, page: Page, *, is_search: bool) -> None:
        for remark in page.notes:
            self.tell(remark.persian if self.language == "fa" else remark.english)
        if is_search and self.format_name == "text":
            self.tell(counts(page, by_date=self.sort != "relevance", language=self.language))
        if hint := suggestion(page, language=self.language):
            self.tell(hint)

    def _write(self, page: Page) -> None:
        from ..output import FORMATS, REPORTS
        from ..output.hits_text import write_text

        if self.format_name == "text":
            write_text(page, self.out, settings=self.settings)
        elif self.format_name in REPORTS:
            REPORTS[self.format_name](page, self.raw_out, filters=self.standing, sort=self.sort)
        else:
            FORMATS[self.format_name](page, self.raw_out)

    # -- words -------------------------------------------------------------------------------------------------

    def show(self, write: Write) -> None:
        """Shows something that may be longer than the screen."""
        if self._pager:
            self._pager(write, self.out)
        else:
            write(self.out)

    def list_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Shows pairs of something and what it means, each a paragraph."""
        right_to_left = self.asked_in == "fa"
        paragraphs = [
            Paragraph([Span(what, Style.TITLE), Span(f"  {meaning}" if meaning else "")], "", right_to_left)
            for what, meaning in pairs
        ]
        self.show(lambda out: write_paragraphs(paragraphs, out, self.settings))

    def words(self, key: str, **facts: object) -> str:
        """A message, in the reader's language."""
        return message(key, self.language, **facts)

    def say(self, key: str, **facts: object) -> None:
        """Says a message, in the reader's language."""
        self.tell(self.words(key, **facts))

    def tell(self, text: str) -> None:
        """Says something beside the results."""
        note(text, self.settings)

    def name_of(self, english: str) -> str:
        """A command as the reader types it."""
        return PREFIX + self._command(english).name(self.language)

    def usage(self, english: str) -> str:
        """How a command is typed."""
        command = self._command(english)
        what, example = command.takes[self.language == "fa"], command.argument.example
        return self.words("wants", name=command.name(self.language), what=what, example=example)

    def choice(self, english: str, typed: str) -> str | None:
        """The choice typed after a command; None when nothing was. Raises ShellError for another."""
        if not typed.strip():
            return None
        command = self._command(english)
        if (chosen := command.choose(typed)) is None:
            values = "، ".join(command.choices.values()) if self.language == "fa" else ", ".join(command.choices)
            raise ShellError(self.words("one of", name=self.name_of(english), values=values))
        return chosen

    @staticmethod
    def _command(english: str) -> Command:
        return next(command for command in COMMANDS if english in command.english)
