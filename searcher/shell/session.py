r"""The shell's conversation: each line is a query, the number of a hit, or a ``\command``.

A `Session` answers lines and knows no terminal; `converse` feeds it lines, typed or piped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from khabarjoo.analyzers.digits import figure
from khabarjoo.index.errors import StoreError

from ..bidi.reordering import first_strong_is_right_to_left
from ..config import DEFAULTS, Settings
from ..output.messages import complain, counts, note, suggestion, tell_failure
from ..output.styles import Paragraph, Span, Style, is_terminal, screen_of, write_paragraphs
from ..query.plan import Filters
from ..terminal_safety import CleanSink, Sink, one_line
from .command_table import PREFIX, Argument, Command, number_in, split_line
from .commands import COMMANDS, command_named, command_of_letter, command_of_word
from .history import state_folder
from .listing import Listing, Search
from .saved_searches import SavedSearches
from .shell_messages import ShellError, message
from .trail import Step, Trail

if TYPE_CHECKING:
    from ..engine import Sort
    from ..results import Hit, Page
    from ..searcher import Searcher

Write = Callable[[Sink], None]
"""Something that is written whole: an article, a chart."""

_LONGEST_NUMBER = 3  # digits of a number that asks for a hit, shown or not; longer ones may be years
_LONGEST_COMMAND = 3  # words of a line that may be a command without its backslash


class Pager(Protocol):
    """Shows something in a window; what the reader asked for when leaving it: ``next`` or ``previous`` hit, or ''."""

    def __call__(self, write: Write, out: Sink, *, always: bool = False, place: str = "", keep: bool = False) -> str:
        """Shows it, as `pager.page_through` does."""


class Session:
    """A conversation over one index.

    It remembers what is listed, which hits have been shown, and how; ``done`` when the reader has left. ``searcher``
    may take its time: it is waited for when it is first needed. ``reopen`` opens the index anew after it was changed.
    ``rows`` tells how many rows the screen has, where hits are to fit it; with a ``limit`` they need not.
    """

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        out: Sink,
        *,
        settings: Settings = DEFAULTS,
        limit: int | None = None,
        saved: Path | None = None,
        pager: Pager | None = None,
        reopen: Callable[[], None] | None = None,
        rows: Callable[[], int] | None = None,
    ) -> None:
        self._searcher = searcher
        self.out = out
        self.settings = settings
        self.language = self.asked_in = settings.language_of_messages()
        self.limit = settings.page_size if limit is None else limit
        self.fits = limit is None
        self.saved = SavedSearches(saved or state_folder() / "saved.json", self.language)
        self._pager = pager
        self._reopen = reopen
        self._rows = rows
        self.standing = Filters()
        self.sort: Sort = "relevance"
        self.folds = True
        self.format_name = "text"
        self.search: Search | None = None
        self.listing: Listing | None = None
        self.page: Page | None = None
        self.is_cut = False
        self.shown: dict[int, Hit] = {}
        self.offsets: list[int] = []
        self.trail = Trail()
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
                raise ShellError(self.unknown(name))
            self.asked_in = "fa" if first_strong_is_right_to_left(name) else "en"
            command.run(self, typed)
        elif (command := command_of_word(line)) is not None:
            self.asked_in = "fa" if first_strong_is_right_to_left(line) else "en"
            command.run(self, "")
        elif found := self._without_backslash(line):
            command, typed = found
            command.run(self, typed)
        elif self._is_number_of_hit(line):
            command_named("open").run(self, line)  # type: ignore[union-attr]
        elif line:
            self.search_for(line)
            self._tell_if_command(line)

    def search_for(self, query: str) -> None:
        """Searches for a query, whatever it looks like, with the filters and the order in force."""
        self.renew()
        self.show_page(Search(query, self.standing, self.sort, self.folds))

    def _is_number_of_hit(self, line: str) -> bool:
        """Whether a line asks for a hit: one that was shown, or any of so few digits that it is no year."""
        number = number_in(line)
        return number is not None and (number in self.shown or len(line) <= _LONGEST_NUMBER)

    def _without_backslash(self, line: str) -> tuple[Command, str] | None:
        """Returns the command once there are hits: a letter (``n``, ``s 3``), or a name and a hit (``cite 3``)."""
        name, _, typed = line.partition(" ")
        if not self.listing:
            return None
        by_letter = command_of_letter(name)
        command = by_letter or command_named(name)
        if command is None:
            return None
        if command.argument is Argument.HIT:
            number, _, rest = typed.strip().partition(" ")
            fits = number_in(number) is not None and (not rest or command.choose(rest) is not None)
            fits = fits and (by_letter is not None or number_in(number) in self.shown)
        elif by_letter is None:
            return None
        else:
            fits = not typed.strip()
        return (command, typed.strip()) if fits else None

    def _tell_if_command(self, line: str) -> None:
        """Tells of a command that may have been meant by words no article has."""
        first, *others = line.split()
        command = command_named(first) if first.isascii() and len(others) < _LONGEST_COMMAND else None
        page = self.page
        if command is not None and len(first) > 1 and page is not None and not (page.hits and page.total_all):
            self.say("is a command", name=" ".join([command.name("en"), *others]))

    def unknown(self, name: str) -> str:
        """Returns what is said of a command that there is not: which there is that looks like it."""
        from .near_names import nearest

        near = nearest(name, (known for command in COMMANDS for known in command.names if len(known) > 1))
        return self.words("did you mean", name=name, near=near) if near else self.words("no command", name=name)

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
        """Shows hits of a listing, and remembers them. What was listed before can be gone back to."""
        before = self.step
        self.load(listing, offset)
        if before is not None and listing != before.listing:
            self.trail.leave(before)
        if heading:
            self.tell(heading)
        self.write_page()

    def load(self, listing: Listing, offset: int = 0) -> None:
        """Takes hits of a listing for those shown, as many as fit. Raises ShellError where there are no more."""
        page = listing.page(self.searcher, offset, self.limit)
        if offset and not page.hits:
            raise ShellError(self.words("last page"))
        whole, self.is_cut = page, False
        if self.fits and self._rows is not None and self.format_name == "text":
            from .page_fit import fitted

            told = self._about(page, is_search=isinstance(listing, Search))
            page = fitted(page, told, screen_of(self.out, self.settings), self.settings, self._rows())
            self.is_cut = len(page) < len(whole)
        if listing != self.listing:
            self.shown, self.offsets = {}, []
        self.listing, self.page = listing, page
        self.offsets.append(offset)
        if isinstance(listing, Search):
            self.search = listing
        self.shown |= {hit.rank: hit for hit in page}

    def write_page(self) -> None:
        """Writes the hits that are listed, after what is told of them."""
        assert self.page is not None
        for told in self._about(self.page, is_search=isinstance(self.listing, Search)):
            self.tell(told)
        self._write(self.page)

    def hit(self, number: int) -> Hit:
        """Returns the hit of a number. Raises ShellError, which tells which there are, or what lists some."""
        if not self.shown:
            raise ShellError(self.words("nothing listed", number=self.figure(number)))
        if number not in self.shown:
            more = self.words("more") if self.has_more else ""
            key = "no hit" if len(self.shown) > 1 else "no hit, of one"
            raise ShellError(self.words(key, number=self.figure(number), shown=self._ranks(), more=more))
        return self.shown[number]

    @property
    def has_more(self) -> bool:
        """Whether there are hits after those shown last."""
        page = self.page
        if page is None:
            return False
        return self.is_cut or (page.offset + len(page) < page.total and len(page) == self.limit)

    def _ranks(self) -> str:
        """Which hits have been shown."""
        ranges: list[list[int]] = []
        for rank in sorted(self.shown):
            if ranges and rank == ranges[-1][1] + 1:
                ranges[-1][1] = rank
            else:
                ranges.append([rank, rank])
        return self.words("and").join(
            self.figure(first)
            if first == last
            else self.words("range", first=self.figure(first), last=self.figure(last))
            for first, last in ranges
        )

    def beside(self, rank: int, step: str) -> Hit | None:
        """Returns the ``next`` or ``previous`` hit, its page loaded if need be; None at either end of the list."""
        wanted = rank + 1 if step == "next" else rank - 1
        if self.listing is None or self.page is None or wanted < 1:
            return None
        if not any(hit.rank == wanted for hit in self.page):
            known = [offset for offset in self.offsets if offset < wanted] if wanted in self.shown else []
            try:
                self.load(self.listing, max(known, default=wanted - 1))
            except ShellError:
                return None
        return self.shown.get(wanted)

    @property
    def step(self) -> Step | None:
        """What is listed now, to come back to."""
        if self.listing is None or self.page is None:
            return None
        return Step(self.listing, self.page.offset, self.search, self.standing, self.sort, self.folds)

    def go_to(self, step: Step) -> None:
        """Shows what was listed before, with the filters and the order it had."""
        self.standing, self.sort, self.folds, self.search = step.standing, step.sort, step.folds, step.search
        self.load(step.listing, step.offset)
        if isinstance(step.listing, Search):
            self.tell(one_line(step.listing.told(self.language)))
        self.write_page()

    def reopen(self) -> None:
        """Opens the index anew, after it was changed, and lists again what was listed."""
        if self._reopen is not None:
            self._reopen()
        self.trail.clear()
        if isinstance(self.listing, Search):
            self.refresh()
        else:
            self.listing, self.page, self.shown = None, None, {}

    def renew(self) -> None:
        """Opens the index anew if it was written to since it was opened, as by another terminal."""
        if self._reopen is None:
            return
        try:
            is_outdated = self.searcher.is_outdated
        except StoreError:  # it could not be opened the last time
            is_outdated = True
        if is_outdated:
            self._reopen()
            self.trail.clear()
            self.listing, self.page, self.shown = None, None, {}

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

    def _about(self, page: Page, *, is_search: bool) -> list[str]:
        """What is told of a page before its hits."""
        told = [note.persian if self.language == "fa" else note.english for note in page.notes]
        if is_search and self.format_name == "text":
            told.append(counts(page, by_date=self.sort != "relevance", language=self.language))
        if hint := suggestion(page, language=self.language):
            told.append(hint)
        return told

    def _write(self, page: Page) -> None:
        from ..output import FORMATS, REPORTS
        from ..output.hits_text import write_text

        if self.format_name == "text":
            self.show(lambda out: write_text(page, out, settings=self.settings), keep=True)
        elif self.format_name in REPORTS:
            REPORTS[self.format_name](page, self.raw_out, filters=self.standing, sort=self.sort)
        else:
            FORMATS[self.format_name](page, self.raw_out)

    # -- words -------------------------------------------------------------------------------------------------

    def show(self, write: Write, *, always: bool = False, place: str = "", keep: bool = False) -> str:
        """Shows something that may be longer than the screen; what the reader asked for then (see `Pager`)."""
        if self._pager:
            return self._pager(write, self.out, always=always, place=place, keep=keep)
        write(self.out)
        return ""

    def list_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Shows pairs of something and what it means, each a paragraph."""
        right_to_left = self.asked_in == "fa"
        paragraphs = [
            Paragraph([Span(what, Style.TITLE), Span(f"  {meaning}" if meaning else "")], "", right_to_left)
            for what, meaning in pairs
        ]
        self.show(lambda out: write_paragraphs(paragraphs, out, self.settings))

    def words(self, key: str, **facts: object) -> str:
        """Returns a message, in the reader's language."""
        return message(key, self.language, **facts)

    def figure(self, number: int) -> str:
        """Returns a number in the reader's language."""
        return figure(number, self.language)

    def say(self, key: str, **facts: object) -> None:
        """Says a message, in the reader's language."""
        self.tell(self.words(key, **facts))

    def tell(self, text: str) -> None:
        """Says something beside the results."""
        note(text, self.settings)

    def name_of(self, english: str) -> str:
        """Returns a command as the reader types it."""
        return PREFIX + self.command(english).name(self.language)

    def usage(self, english: str) -> str:
        """Returns how a command is typed."""
        command = self.command(english)
        what, example = command.takes[self.language == "fa"], command.argument.example_in(self.language)
        return self.words("wants", name=command.name(self.language), what=what, example=example)

    def choice(self, english: str, typed: str) -> str | None:
        """Returns the choice typed after a command; None when nothing was. Raises ShellError for another."""
        if not typed.strip():
            return None
        command = self.command(english)
        if (chosen := command.choose(typed)) is None:
            from .near_names import nearest

            values = "، ".join(command.choices.values()) if self.language == "fa" else ", ".join(command.choices)
            near = nearest(typed, [*command.choices, *command.choices.values()])
            key = "one of, near" if near else "one of"
            raise ShellError(self.words(key, name=self.name_of(english), values=values, near=near))
        return chosen

    @staticmethod
    def command(english: str) -> Command:
        """Returns the command of an English name."""
        return next(command for command in COMMANDS if english in command.english)
