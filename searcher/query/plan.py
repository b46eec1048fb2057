"""A plan: what is to be matched, in the index's own terms, apart from who asked and from which engine will do it.

A plan is a small tree. Its leaves match articles by a word; its branches combine them. Every node matches a set of
articles and gives each a score; filters match and give nothing. Words are analysed already (`analyzers.analyzer`): an
engine needs no Persian to carry a plan out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from khabarjoo.analyzers.value_object import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime
    from typing import Protocol

    from khabarjoo.analyzers.dates import Span

    from .notes import Note

    class JalaliDay(Protocol):
        """A date or a datetime of jdatetime, or of whatever else knows its Gregorian day."""

        def togregorian(self) -> date:
            """Returns the same in the Gregorian calendar."""


TextField = Literal["", "title", "lead", "body"]
"""Where a word has to stand; '' is anywhere."""

Names: TypeAlias = "str | Sequence[str] | None"
"""One name, several, or none."""

When: TypeAlias = "str | int | date | datetime | JalaliDay | None"
"""A date as people write it, a year, a day, a moment (Tehran's, if it has no zone), or none."""

NameField = Literal["source", "category", "tag", "code"]


@value
class Word:
    """A word in any of its forms, by its lemma. ``forms`` are those asked for; an article that has one is better.

    ``after`` is the lemma of the word before it when the two are parts of one person's name, else '': an article
    that has them side by side is much better.
    """

    lemma: str
    forms: tuple[str, ...]
    boost: float = 1.0
    field: TextField = ""
    after: str = ""


@value
class Exact:
    """A word in this very form (folded letters, without ZWNJ), and in no other."""

    form: str
    boost: float = 1.0
    field: TextField = ""


@value
class Pattern:
    """Every form that a pattern fits: ``*`` stands for any letters or none, ``?`` for one."""

    pattern: str
    boost: float = 1.0
    field: TextField = ""


@value
class Fuzzy:
    """Every form at most ``distance`` letters (left out, put in, or changed) from this one."""

    form: str
    distance: int = 1
    boost: float = 1.0
    field: TextField = ""


Leaf = Word | Exact | Pattern | Fuzzy


@value
class Near:
    """All parts close together: between the first and the last stand at most ``slop`` words that are no parts.

    With ``slop`` 0 and ``ordered`` it is a phrase. All parts stand in one field.
    """

    parts: tuple[Leaf, ...]
    slop: int = 0
    ordered: bool = True
    boost: float = 1.0


@value
class Match:
    """Plain words: articles with any of the parts, those with more of them first. All and any are counted."""

    parts: tuple[Node, ...]


@value
class AnyOf:
    """Articles that match any of the parts; their scores are added."""

    parts: tuple[Node, ...]


@value
class AllOf:
    """Articles that match all of the parts; their scores are added."""

    parts: tuple[Node, ...]


@value
class Boosting:
    """Articles that match ``required``; those that match ``optional`` too score more."""

    required: Node
    optional: Node


@value
class Exclude:
    """Articles that match ``kept`` and do not match ``barred``."""

    kept: Node
    barred: Node


@value
class Terms:
    """Articles whose outlet, category, tag or code is one of some names. Gives no score."""

    field: NameField
    names: tuple[str, ...]


@value
class DateRange:
    """Articles published within a span. Gives no score."""

    span: Span


@value
class Said:
    """Articles with a statement by one of some speakers in which all parts stand. Gives no score.

    Speakers are full names by the time an engine is asked (`query.speaker_nodes`). With ``perhaps`` statements count
    too that are not certain enough to be shown as said by them.
    """

    speakers: tuple[str, ...]
    parts: tuple[Leaf | Near, ...] = ()
    perhaps: bool = False


@value
class MatchAll:
    """Every article. Gives no score."""


@value
class MatchNone:
    """No article at all: what an empty query comes to."""


Node = Leaf | Near | Match | AnyOf | AllOf | Boosting | Exclude | Terms | DateRange | Said | MatchAll | MatchNone


def plain_words(root: Node) -> tuple[Word, ...] | None:
    """Returns the words of a plan that is nothing but plain words, or None of any other."""
    if isinstance(root, Match) and all(isinstance(part, Word) and not part.field for part in root.parts):
        return root.parts or None  # type: ignore[return-value]
    return (root,) if isinstance(root, Word) and not root.field else None


def sought(node: Node) -> Iterator[Node]:
    """Yields the leaves and filters of a plan that articles are to match; not those they must not.

    >>> list(sought(Exclude(AllOf((Word("باران", ()), MatchAll())), Word("برف", ()))))
    [Word(lemma='باران', forms=(), boost=1.0, field='', after=''), MatchAll()]
    """
    match node:
        case Match(parts) | AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from sought(part)
        case Boosting(required, optional):
            yield from sought(required)
            yield from sought(optional)
        case Exclude(kept, _):
            yield from sought(kept)
        case _:
            yield node


def with_branches(node: Node, change: Callable[[Node], Node]) -> Node:
    """Returns a node with each that is right below it changed; a leaf or a filter as it is."""
    match node:
        case Match(parts) | AnyOf(parts) | AllOf(parts):
            return type(node)(tuple(map(change, parts)))
        case Boosting(required, optional):
            return Boosting(change(required), change(optional))
        case Exclude(kept, barred):
            return Exclude(change(kept), change(barred))
        case _:
            return node


@value
class Filters:
    """What articles must be besides matching: published within a span, from one of some outlets, and so on.

    ``since`` and ``until`` are what was typed for the span, '' where nothing was; engines go by the span alone. The
    searcher makes nodes of ``speakers`` (`Said`); engines do not see them here.

    >>> autumn = Filters.of(since="مهر ۱۴۰۲", until="آذر ۱۴۰۲", source=["ایسنا", "مهر"])
    >>> autumn.sources, str(autumn.published.start), str(autumn.published.end)
    (('ایسنا', 'مهر'), '2023-09-22 20:30:00+00:00', '2023-12-21 20:30:00+00:00')
    """

    published: Span | None = None
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    speakers: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        since: When = None,
        until: When = None,
        source: Names = None,
        category: Names = None,
        tag: Names = None,
        speaker: Names = None,
    ) -> Filters:
        """Reads filters as people give them: dates of either calendar, one name or several of which any will do.

        An imprecise date means its whole unit, so until 1401 includes its last day; so does a day, and an int is a
        year. Raises DateError for a date that cannot be read, and for a span that ends before it begins.

        >>> Filters.of(source="ایسنا", since=1401).typed()
        {'since': '1401', 'source': ('ایسنا',)}
        """
        since, until = map(_plain_date, (since, until))
        typed = (str(since or ""), str(until or ""))
        return cls(_span(since, until), _names(source), _names(category), _names(tag), *typed, speakers=_names(speaker))

    def typed(self) -> dict[str, str | tuple[str, ...]]:
        """Returns the filters there are, by the names and as the texts that `of` takes."""
        given: dict[str, str | tuple[str, ...]] = {
            "since": self.since,
            "until": self.until,
            "source": self.sources,
            "category": self.categories,
            "tag": self.tags,
            "speaker": self.speakers,
        }
        return {name: value for name, value in given.items() if value}


class Narrowing(TypedDict, total=False):
    """What whoever asks may say of the articles wanted: filters one by one, as `Filters.of` takes them, or whole."""

    since: When
    until: When
    source: Names
    category: Names
    tag: Names
    speaker: Names
    filters: Filters | None


def filters_of(narrowing: Narrowing) -> Filters:
    """Returns a call's filters. Raises ValueError for whole and single ones together, TypeError for other names."""
    if not narrowing:
        return NO_FILTERS
    given = dict(narrowing)
    if unknown := given.keys() - Narrowing.__annotations__.keys():
        names = ", ".join(map(repr, sorted(unknown)))
        raise TypeError(f"unexpected keyword argument {names}; filters are {', '.join(Narrowing.__annotations__)}")
    filters = given.pop("filters", None)
    one_by_one = {name: value for name, value in given.items() if value is not None}
    if not one_by_one:
        return filters or NO_FILTERS  # type: ignore[return-value]
    if filters is not None:
        raise ValueError("filters are given whole or one by one, not both")
    return Filters.of(**one_by_one)  # type: ignore[arg-type]


NO_FILTERS = Filters()


def _plain_date(when: When) -> str | datetime | None:
    """A date as `_span` takes it: as people write it, or a moment with its zone. Raises TypeError for anything else."""
    from datetime import date, datetime

    if when is None or isinstance(when, str):
        return when
    if isinstance(when, int) and not isinstance(when, bool):
        return str(when)
    day: object = when.togregorian() if hasattr(when, "togregorian") else when
    if isinstance(day, datetime):
        if day.tzinfo is not None:
            return day
        from khabarjoo.analyzers.calendars import tehran

        return day.replace(tzinfo=tehran())
    if isinstance(day, date):
        return day.isoformat()
    raise TypeError(f"a date is a str, an int, a date or a datetime, not {type(when).__name__}")


def _span(since: str | datetime | None, until: str | datetime | None) -> Span | None:
    if since is None and until is None:
        return None
    from khabarjoo.analyzers.dates import DateError, Span, parse_span

    start = parse_span(since).start if isinstance(since, str) else since
    end = parse_span(until).end if isinstance(until, str) else until
    if start and end and start >= end:
        raise DateError(f"the span from {since} until {until} ends before it begins")
    return Span(start, end)


def _names(names: Names) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


@value
class Plan:
    """What to match, the filters beside it, and notes of how the query was read where it could not be parsed."""

    root: Node
    filters: Filters = Filters()
    notes: tuple[Note, ...] = ()

    def narrowed(self, filters: Filters) -> Plan:
        """Returns the same within filters; of no words, all that pass them."""
        if filters is NO_FILTERS or filters == NO_FILTERS:
            return self
        if self.root == MatchNone():
            return Plan(MatchAll(), filters, tuple(note for note in self.notes if note.kind != "nothing"))
        return Plan(self.root, filters, self.notes)
