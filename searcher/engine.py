"""What an engine must give for all that is above it: the searcher, highlighting, the shell and the commands.

An engine carries out plans (`query.plan`) over one collection of articles. It is asked in terms of articles and their
ids; how it keeps them is its own affair. ARCHITECTURE.md lists what each method may cost and how ties are broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from .query.plan import Leaf, Near

if TYPE_CHECKING:
    from khabarjoo.analyzers.reported_speech import Statement
    from khabarjoo.index.article import Article

    from .query.plan import Node, Plan, Said
    from .query_limits import Partial
    from .results import Copy, FacetName, Facets, PeriodName, Stats, Timeline
    from .snippets import Marking

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
NameKind = Literal["source", "category", "tag"]


class Found(NamedTuple):
    """An article that was found. ``place`` is the engine's own note of where it is, and no one else's business.

    ``collection`` is which of several it is in, '' when there is but one.
    """

    id: str
    score: float = 0.0
    place: object = None
    collection: str = ""


class Answer(NamedTuple):
    """What a plan comes to: how many articles match, how many have all plain words, and the hits asked for.

    ``copies`` are those that hits stand for, by the id of the hit. ``partial`` tells which limit was reached, when not
    all articles were searched.
    """

    total: int
    total_all: int
    hits: Sequence[Found]
    copies: Mapping[str, tuple[Copy, ...]] = MappingProxyType({})
    partial: Partial | None = None


class Share(NamedTuple):
    """What a leaf of a plan adds to an article's score; or, named, what closer reading does."""

    what: Leaf | Near | str
    value: float


class Correction(NamedTuple):
    """A query with its wrong words replaced, and why; ``is_certain`` when hardly anything else can have been meant."""

    query: str
    reason: str
    is_certain: bool = True


class WordForm(NamedTuple):
    """A word as articles have it, without ZWNJ; how often; its lemma, and those of the parts of a compound."""

    form: str
    times: int
    lemma: str
    parts: Sequence[str]


class Engine(Protocol):
    """Answers plans over one collection of articles.

    Methods raise `index.errors.StoreError` of some kind when the collection cannot be read.
    """

    @property
    def path(self) -> str | Path:
        """Where the collection is, as it was given."""

    @property
    def name(self) -> str:
        """The same, told from wherever one is: what is kept for a collection is kept under it."""

    @property
    def fell_back(self) -> str:
        """Why what is answered from is older than it should be; '' when it is not."""

    @property
    def is_behind(self) -> bool:
        """Whether the analyzer before this one, or another lexicon, made the terms."""

    @property
    def is_outdated(self) -> bool:
        """Whether the collection was written to since it was opened: opened anew, it may answer otherwise."""

    @property
    def tells_speakers(self) -> bool:
        """Whether it knows who said what. If it does not, it is never asked for speakers, nor given `Said`."""

    def __len__(self) -> int:
        """How many articles there are."""

    # -- plans -------------------------------------------------------------------------------------------------

    def search(
        self, plan: Plan, limit: int, *, offset: int = 0, sort: Sort = "relevance", collapse: bool = False
    ) -> Answer:
        """Returns the ``limit`` first hits after ``offset``, best first or by date; equals in the order of their ids.

        By date they are the articles that have all plain words, or any when none has all; undated ones are last. With
        ``collapse`` those among the best 300 that are copies of one before are no hits of their own.
        """

    def facets(self, plan: Plan, by: Sequence[FacetName], limit: int) -> Facets:
        """Counts each facet's ``limit`` commonest among the articles with all plain words, or any when none has all."""

    def timeline(self, plan: Plan, by: PeriodName | None) -> Timeline:
        """Returns how many of the same articles are of each period; without ``by`` their span decides."""

    def explain(self, plan: Plan, article: Found) -> list[Share] | None:
        """Returns what an article's score is the sum of; None when it does not match."""

    def partial(self, plan: Plan) -> Partial | None:
        """Returns which limit a plan comes to, if it does."""

    def similar(self, article: Found, limit: int) -> Answer:
        """Returns the articles most about what an article is about, itself left out."""

    def correct(self, text: str, plan: Plan, complete: int) -> Correction | None:
        """Returns a better query than a text, read as ``plan``, whose words ``complete`` articles all have."""

    def speakers(self, wanted: Sequence[str]) -> dict[str, int]:
        """Counts the statements shown of each speaker that some names stand for, the most first; of all for none.

        A name stands for all its spellings or, where nobody has it, for all full names that it is a part of.
        """

    def statements(self, article: Found, said: Said) -> list[Statement]:
        """Returns the statements of an article for which it matches, in the order of its text."""

    # -- articles ----------------------------------------------------------------------------------------------

    def find(self, id: str) -> Found | None:
        """Returns the article with an id."""

    def read(self, article: Found) -> Article:
        """Returns an article as it was indexed."""

    def origin(self, article: Found) -> str:
        """Returns the file that an article was read from."""

    def all(self) -> Iterator[Found]:
        """Returns every article, in an order of the engine's own."""

    def marking(self, root: Node) -> Marking:
        """Returns what marks a plan's words in articles. `snippets.Marking` itself will do: it reads their texts."""

    # -- the whole ---------------------------------------------------------------------------------------------

    def names(self, kind: NameKind) -> dict[str, int]:
        """Returns how many articles have each name, the commonest first, equals by their letters."""

    def vocabulary(self, most: int) -> Sequence[WordForm]:
        """Returns the ``most`` commonest words, and those as common as the last; in no order."""

    def dates(self) -> tuple[datetime, datetime] | None:
        """Returns the earliest and the latest date of publication, in Tehran's time; None when no article has one."""

    def stats(self) -> Stats:
        """Returns what the collection holds."""

    # -- the engine --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raises StoreError if the collection can no longer be read; costs hardly anything."""

    def require_flawless(self) -> None:
        """Raises StoreError if damage was met that kept no answer back."""

    def blame(self, error: Exception) -> None:
        """Raises StoreError if an error comes of damage to the collection; may take long."""

    def close(self) -> None:
        """Lets go of the collection."""
