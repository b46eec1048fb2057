"""What a search gives back: a page of hits, each with its snippet when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, overload

from khabarjoo.analyzers.calendars import tehran_time
from khabarjoo.analyzers.value_object import lasting_value, value
from khabarjoo.index.errors import StoreError

from .hit_headings import heading_of, is_untitled

if TYPE_CHECKING:
    import pandas
    import polars

    from khabarjoo.index.article import Article, Precision

    from .engine import Found
    from .query.plan import Plan
    from .query_limits import Partial
    from .quotes import Quote


class Fragment(NamedTuple):
    """A stretch of the article's own text; ``match`` when it is a word the query matched."""

    text: str
    match: bool


class Suggestion(NamedTuple):
    """A better query: what to ask instead, whether that was done, and why it was thought of."""

    query: str
    applied: bool
    reason: str


class Copy(NamedTuple):
    """Another article that tells the same story in the same words; ``published`` is in Tehran's time, or None."""

    id: str
    source: str
    published: datetime | None


class Remark(Protocol):
    """Something said of a page, in one sentence."""

    @property
    def english(self) -> str:
        """The sentence in English."""

    @property
    def persian(self) -> str:
        """The sentence in Persian."""


class HitSource(Protocol):
    """Where hits read what they tell of their articles, when it is asked for."""

    def article(self, found: Found) -> Article:
        """Returns the whole article."""

    def origin(self, found: Found) -> str:
        """Returns the file that it was read from."""

    def quotes(self, found: Found) -> tuple[Quote, ...]:
        """Returns the statements of the article that the query asks for; none where it asks for none."""

    def snippet(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the sentences that answer the query best."""

    def title(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the whole title, with what the query matched."""


@lasting_value
class Hit:
    """One article found. ``score`` has no unit: it only orders the hits of one page. ``rank`` counts from 1.

    ``index`` is which of several indexes searched together it is in, '' when there is but one.

    The article is read from the index when something of it is asked for, not before. ``copies`` are the other articles
    found that it stands for, in order of publication; none unless a search folds them.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import khabarjoo
    >>> folder = tempfile.TemporaryDirectory()
    >>> page = Path(folder.name, "page.txt")
    >>> _ = page.write_text("آغاز سال تحصیلی\\n\\nدانشگاه‌ها از اول مهر باز شدند.\\n", encoding="utf-8")
    >>> _ = khabarjoo.build(Path(folder.name, "index"), page)
    >>> with khabarjoo.open(Path(folder.name, "index")) as news:
    ...     (hit,) = news.search("دانشگاه")
    ...     hit.rank, hit.title, [piece.text for piece in hit.snippet if piece.match]
    (1, 'آغاز سال تحصیلی', ['دانشگاه\u200cها'])
    >>> folder.cleanup()
    """

    rank: int
    id: str
    score: float
    _found: Found = field(repr=False, compare=False)
    _source: HitSource = field(repr=False, compare=False)
    copies: tuple[Copy, ...] = ()
    index: str = ""

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The statements of the article that a query for what somebody said is answered by; none of other queries."""
        return self._source.quotes(self._found)

    def __repr__(self) -> str:
        """Tells what it is about: its title and day too, where the article can still be read."""
        try:
            moment = str(self.published)[: 10 if self.published_precision == "day" else 16]
            told = f", title={self.heading!r}" + (f", published={moment!r}" if self.published else "")
        except (OSError, ValueError, StoreError):
            told = ""
        return f"Hit(rank={self.rank}, id={self.id!r}, score={self.score:.3f}{told})"

    def __reduce__(self) -> tuple[object, ...]:
        """A hit goes to another process with all that can be asked of it.

        Raises HitGone, which says what to do, when its article cannot be read any more.
        """
        from .hit_pickling import kept

        return kept(self)

    @cached_property
    def article(self) -> Article:
        """The whole article."""
        return self._source.article(self._found)

    @property
    def title(self) -> str:
        """The title, '' when it has none."""
        return self.article.title

    @property
    def heading(self) -> str:
        """The title, or the first sentence of an article without one."""
        return heading_of(self.article)

    @property
    def untitled(self) -> bool:
        """Whether the article has no title of its own."""
        return is_untitled(self.article)

    @property
    def origin(self) -> str:
        """The file it was read from."""
        return self._source.origin(self._found)

    @property
    def published(self) -> datetime | None:
        """When it was published, in Tehran's time, whose day is that of the article; None when it does not say."""
        moment = self.article.published
        return None if moment is None else tehran_time(moment)

    @property
    def published_precision(self) -> Precision | None:
        """``minute``, or ``day`` where the article gives no hour: `published` is when that day begins then."""
        return self.article.published_precision

    @property
    def source(self) -> str:
        """The outlet."""
        return self.article.source

    @property
    def category(self) -> str:
        """The section it was filed under."""
        return self.article.category

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return self.article.tags

    @property
    def url(self) -> str:
        """Where it was published."""
        return self.article.url

    @property
    def code(self) -> str:
        """The outlet's own number for it."""
        return self.article.code

    @cached_property
    def snippet(self) -> list[Fragment]:
        """The sentences of the article that answer the query best, with the words that matched."""
        return self._source.snippet(self._found, self.article)

    @cached_property
    def marked_title(self) -> list[Fragment]:
        """The title, with the words that matched."""
        return self._source.title(self._found, self.article)


def no_suggestion() -> Suggestion | None:
    """Returns what is suggested where there is nothing to mend."""
    return None


@lasting_value
class Page(Sequence[Hit]):
    """The hits asked for, in order, and how many there are in all.

    ``total`` counts the articles with any of the query's words, ``total_all`` those with all of them.
    ``took_ms`` is the time the search took, in milliseconds. ``offset`` is how many hits come before this page.
    ``plan`` is what the query was read as. ``partial`` tells which limit was reached and how many articles had been
    searched by then; None when all were. Of hits of one score, or of one day, the first by id comes first.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import khabarjoo
    >>> folder = tempfile.TemporaryDirectory()
    >>> pages = Path(folder.name, "news.jsonl")
    >>> _ = pages.write_text('''
    ... {"id": "1", "title": "باران در تهران", "source": "ایسنا", "date": "1402/01/05"}
    ... {"id": "2", "title": "برف و باران در رشت", "source": "مهر", "date": "1402/01/06"}
    ... ''', encoding="utf-8")
    >>> _ = khabarjoo.build(Path(folder.name, "index"), pages)
    >>> with khabarjoo.open(Path(folder.name, "index")) as news:
    ...     [hit.id for hit in news.search("باران", sort="newest")]
    ...     news.search("باران", source="ایسنا").total
    ...     news.facets("باران").articles
    ...     news.article("2").title
    ['2', '1']
    1
    2
    'برف و باران در رشت'
    >>> folder.cleanup()
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    total_all: int
    took_ms: float
    offset: int = 0
    plan: Plan | None = field(default=None, repr=False, compare=False)
    _suggest: Callable[[], Suggestion | None] = field(default=no_suggestion, repr=False, compare=False)
    partial: Partial | None = None

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """A better query, or None; looked for when it is asked for, unless nothing was found."""
        return self._suggest()

    @cached_property
    def explanation(self) -> str:
        """How the query was read, in the query language's own signs; '' when there was no query."""
        from .query.describe import describe

        return describe(self.plan) if self.plan else ""

    @property
    def notes(self) -> tuple[Remark, ...]:
        """What of the query could not be read as it was written, what was done about it; and if it asks too much."""
        notes: tuple[Remark, ...] = self.plan.notes if self.plan else ()
        return (*notes, self.partial) if self.partial else notes

    def to_dicts(self, fields: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Returns the hits as dicts of plain values: `dataframes.COLUMNS`, or these fields, texts among them.

        Raises ValueError for a field there is not.
        """
        from .dataframes import to_dicts

        return to_dicts(self, fields)

    def to_pandas(self, fields: Sequence[str] = ()) -> pandas.DataFrame:
        """Returns a DataFrame of pandas, dates in Tehran's time. Raises ImportError where pandas is not there."""
        from .dataframes import to_pandas

        return to_pandas(self, fields)

    def to_polars(self, fields: Sequence[str] = ()) -> polars.DataFrame:
        """Returns a DataFrame of polars, dates in Tehran's time. Raises ImportError where polars is not there."""
        from .dataframes import to_polars

        return to_polars(self, fields)

    def _repr_html_(self) -> str:
        """The hits as a notebook shows them: a table that reads from right to left."""
        from .output.notebook import page_table

        return page_table(self)

    def __reduce__(self) -> tuple[object, ...]:
        """A page goes to another process with its hits and what it suggests."""
        from .hit_pickling import kept_page

        return kept_page(self)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)


class Quotes(NamedTuple):
    """What somebody is reported to have said, the newest first; ``articles`` counts those that report it."""

    quotes: tuple[Quote, ...]
    articles: int
    notes: tuple[Remark, ...] = ()


WordsMatched = Literal["all", "any"]
"""Which articles are counted: those with all words of the query or, when none has all, those with any."""

PeriodName = Literal["month", "season", "year"]
FacetName = Literal["source", "category", "tag", "speaker", "year", "month"]


@value
class Count:
    """How many articles have a name."""

    name: str
    count: int


@value
class Period:
    """A month, season or year of the Jalali calendar, and how many articles were published in it.

    ``part`` is the number of the month (1 to 12) or the season (1 to 4) in its year, and 1 for a whole year. The
    period lasts from ``start`` up to but not including ``end``, moments in Tehran's time.
    """

    year: int
    part: int
    start: datetime
    end: datetime
    count: int


class Timeline(NamedTuple):
    """How many articles that match are of each period, without a gap from the first that has one to the last.

    ``articles`` counts all that match; ``undated`` of them are of no period.
    """

    query: str
    words: WordsMatched
    articles: int
    by: PeriodName
    periods: tuple[Period, ...]
    undated: int
    partial: Partial | None = None
    notes: tuple[Remark, ...] = ()


class FacetCounts(NamedTuple):
    """The commonest names of one kind among the articles that match, and how many different ones there are in all.

    Years are written 1402 and months 1402/07, of the Jalali calendar.
    """

    name: FacetName
    counts: tuple[Count, ...]
    distinct: int


class Facets(NamedTuple):
    """What the articles that match have in common. ``articles`` counts them."""

    query: str
    words: WordsMatched
    articles: int
    facets: tuple[FacetCounts, ...]
    partial: Partial | None = None
    notes: tuple[Remark, ...] = ()


class ExplanationLine(NamedTuple):
    """A part of an article's score, and what earned it."""

    what: str
    value: float


class Explanation(NamedTuple):
    """Why an article has its score for a query: the lines add up to it. No line when it does not match."""

    query: str
    id: str
    score: float
    lines: tuple[ExplanationLine, ...]
    partial: Partial | None = None


class Stats(NamedTuple):
    """What an index holds. ``first`` and ``last`` are the earliest and latest dates of publication."""

    articles: int
    dated: int
    first: datetime | None
    last: datetime | None
    sources: dict[str, int]
    categories: dict[str, int]
    terms: int
    size_bytes: int
    analyzer_version: int
    path: str | Path
