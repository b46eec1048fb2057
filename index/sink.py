"""What a run over files needs of the collection it brings up to date: what is there, and a way to change it.

`sync` decides, a sink carries out. Nothing that a sink is told takes effect before `commit`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from .article import Article
from .manifest import Sources


class There(NamedTuple):
    """An article of the collection: its file and the digest of its content. ``place`` is the sink's own note of it."""

    origin: str
    digest: int
    place: object


class Sink(Protocol):
    """A collection of articles as one run changes it. Raises StoreError of some kind when it cannot be written."""

    @property
    def path(self) -> Path | str:
        """Where the collection is, for messages."""

    def __len__(self) -> int:
        """How many articles there were before the run."""

    def sources(self) -> Sources:
        """Returns what was noted of each file when it was last read."""

    def replaced(self) -> tuple[Sources, int] | None:
        """Returns the same of the collection that a rebuild replaces, and its number of articles; None for none."""

    # -- what is there -----------------------------------------------------------------------------------------

    def find(self, id: str) -> There | None:
        """Returns the article of an id, unless it is already replaced or forgotten."""

    def read(self, there: There) -> Article:
        """Returns an article of the collection."""

    # -- what changes ------------------------------------------------------------------------------------------

    def keep(self, there: There) -> None:
        """Takes note that an article is still in its file."""

    def drop(self, there: There) -> None:
        """Deletes an article, as another takes its id."""

    def add(self, article: Article, origin: str, left: Callable[[], int]) -> None:
        """Adds an article; ``left`` says how many bytes of files are still to be read."""

    def forget(self, origin: str) -> list[str]:
        """Deletes the articles of a file that were neither kept nor dropped in this run; their ids."""

    def keep_rest(self, origin: str) -> int:
        """Keeps the articles of a file that were neither kept nor dropped in this run; how many they are."""

    def forgotten(self, is_elsewhere: Callable[[str], bool]) -> Counter[str]:
        """Returns how many articles of each file were forgotten, without those that are elsewhere now, by their ids."""

    def remember(self) -> None:
        """Takes back that anything was forgotten."""

    # -- the end -----------------------------------------------------------------------------------------------

    def finish(self) -> bool:
        """Ends what `add` began; whether anything was added."""

    @property
    def resumed(self) -> int:
        """How many of the articles added an interrupted run had already brought here."""

    def commit(self, sources: Sources, added: int, *, sample: bool) -> None:
        """Makes the changes take effect, all at once."""

    def stop(self) -> None:
        """Lets go of whatever still works on the run."""
