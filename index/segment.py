"""A segment: articles that were indexed together, as columns on disk. Immutable, but for deletions kept beside it.

Two views of the same words:

* the *inverted* view: for each lemma the articles it is in (``docs``) and what it is worth there (``impacts``);
* the *forward* view: for each article its words in order, title first, then lead, then body, each the number of a
  *form*; a form knows its lemma and, for compounds, its parts; and its *keywords*, the lemmas that tell most about it.

Ranking reads the inverted view. Whatever concerns a few articles reads the forward one: phrases, nearness, exact
forms, fields, similar articles. So positions are kept once, in two bytes a word.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from khabarjoo.analyzers.calendars import TimedMidnight, tehran

from .article import TIMED, Article
from .column_shapes import KEYWORDS, SIGNATURE, SPEAKERS, WIDE, has_speech, require, run
from .column_values import ascend, count_outside
from .columns import Array, Columns, ColumnsError, Numbers, sizes_of
from .packed_texts import Strings, open_record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    from . import late_numpy as np

SEGMENT_FILE = "columns.bin"
UNDATED = -(1 << 63)
"""Stands in ``published`` for articles without a date."""

FIRST_MOMENT, LAST_MOMENT = -62_135_510_400, 253_402_128_000
"""The first and last second that an article may be of: two days within the years 1 to 9999, as a day is lost on the way
to the time of a place, and another in rounding."""

_RANKS_REMEMBERED = 1 << 12

_RECORD = (str, str, str, str, str, list, str, str)  # title, lead, body, source, category, tags, url, code

Docs: TypeAlias = "NDArray[np.intp]"


class Postings(NamedTuple):
    """The articles a lemma is in, ascending, and its impact in each (see `impacts`)."""

    docs: Array
    impacts: Array


class Segment:
    """One segment, opened for reading. Articles are numbered from 0.

    With ``salvage`` a damaged one is opened as far as it goes; then anything that is asked of it may fail. ``columns``
    are those of its file where that is open already. Whatever is read raises ColumnsError where it is not that of a
    segment; what can be read all the same is read, and ``flaws`` tell of it.
    """

    def __init__(self, folder: Path, *, salvage: bool = False, columns: Columns | None = None) -> None:
        if folder.is_symlink():  # which would have us read, and vouch for, what is elsewhere
            raise ColumnsError(f"{folder.name} is a link")
        self.folder = folder
        self.flaws: list[str] = []
        self.columns = columns = columns or Columns(folder / SEGMENT_FILE, salvage=salvage, require=require)
        self.lemmas = Strings(columns, "lemmas")
        self._posting_ends = columns.numbers("postings.ends")
        self._docs = columns.numbers("postings.docs")
        self._impacts = columns.numbers("postings.impacts")
        self._doc_ends = columns.numbers("forward.ends")
        self.ids = Strings(columns, "ids")

    def __len__(self) -> int:
        return len(self.ids)

    # -- inverted ----------------------------------------------------------------------------------------------

    def lemma_number(self, lemma: str) -> int:
        """Returns the number of a lemma, or -1 when no article has it."""
        return self.lemmas.find(lemma)

    def postings(self, number: int) -> Postings:
        """Returns the postings of a lemma, by its number."""
        docs = self.docs_with(number)
        start = self._posting_ends[number]
        return Postings(np.asarray(docs), np.asarray(self._impacts[start : start + len(docs)]))

    def docs_with(self, number: int) -> Numbers:
        """Returns the articles that a lemma is in, by its number, ascending."""
        start, end = run(self._posting_ends, number, len(self._docs), "postings")
        docs = self._docs[start:end]
        if end > start and (docs[-1] >= len(self) or not ascend(docs, strictly=True)):
            raise ColumnsError("column postings.docs does not ascend within a lemma")
        return docs

    @property
    def all_postings(self) -> tuple[Array, Array, Array]:
        """Articles and impacts of all lemmas, one after another, and where each lemma's end."""
        return np.asarray(self._docs), np.asarray(self._impacts), np.asarray(self._posting_ends)

    def document_frequency(self, number: int) -> int:
        """Returns how many articles a lemma is in."""
        start, end = run(self._posting_ends, number, len(self._docs), "postings")
        return end - start

    # -- forward -----------------------------------------------------------------------------------------------

    @cached_property
    def forms(self) -> Strings:
        """The forms' letters, by number; forms are numbered from the commonest."""
        return Strings(self.columns, "forms")

    @cached_property
    def form_lemmas(self) -> Array:
        """The lemma number of each form."""
        return self.columns["forms.lemma"]

    def lemma_of(self, form: int) -> int:
        """Returns the lemma number of a form."""
        return self._lemma_of_forms[form]

    @cached_property
    def _lemma_of_forms(self) -> Numbers:
        return self.columns.numbers("forms.lemma")

    @cached_property
    def form_parts(self) -> tuple[Array, Array]:
        """The lemma numbers of all compounds' parts, and where each form's end among them."""
        return self.columns["forms.parts"], self.columns["forms.parts.ends"]

    def parts_of(self, form: int) -> list[int]:
        """Returns the lemma numbers of a form's parts, none unless it is a compound."""
        parts, ends = self._form_parts
        return parts[ends[form] : ends[form + 1]].tolist()

    @cached_property
    def _form_parts(self) -> tuple[Numbers, Numbers]:
        return self.columns.numbers("forms.parts"), self.columns.numbers("forms.parts.ends")

    @cached_property
    def _lemma_forms(self) -> tuple[Numbers, Numbers]:
        return self.columns.numbers("lemmas.forms"), self.columns.numbers("lemmas.forms.ends")

    def forms_of(self, lemma: int) -> Array:
        """Returns the forms that are of a lemma, or have it as a part."""
        return np.asarray(self.form_numbers(lemma))

    def form_numbers(self, lemma: int) -> Numbers:
        """Returns the same as numbers one by one."""
        forms, ends = self._lemma_forms
        start, end = run(ends, lemma, len(forms), "lemmas.forms")
        return forms[start:end]

    def forms_between(self, first: int, end: int) -> Array:
        """Returns the same of all lemmas from one number on, up to another."""
        forms, ends = self._lemma_forms
        return np.asarray(forms[ends[first] : ends[end]])

    @cached_property
    def keywords(self) -> tuple[Array, Array]:
        """Each article's keywords as lemma numbers, most telling first, and their weights; articles x `KEYWORDS`.

        The weights of an article are a vector whose length is 255. An article with fewer has some of weight 0.
        """
        numbers, weights = self.columns["keywords"], self.columns["keywords.weights"]
        return numbers.reshape(-1, KEYWORDS), weights.reshape(-1, KEYWORDS)

    @cached_property
    def doc_ends(self) -> Array:
        """Where the words of each article end in the forward view, after a leading 0."""
        return np.asarray(self._doc_ends)

    def word_bounds(self, doc: int) -> tuple[int, int, int, int]:
        """Returns where in the forward view the title, the lead and the body of an article begin, and where it ends."""
        start, end = self._doc_ends[doc], self._doc_ends[doc + 1]
        title, lead = self._fields[2 * doc], self._fields[2 * doc + 1]
        if title + lead > end - start:
            raise ColumnsError("column forward.fields gives an article more words than it has")
        return start, start + title, start + title + lead, end

    @cached_property
    def _fields(self) -> Numbers:
        return self.columns.numbers("forward.fields")

    @cached_property
    def field_lengths(self) -> Array:
        """Words in title and lead of each article, shape (articles, 2); the rest is body."""
        fields = self.columns["forward.fields"].reshape(-1, 2)
        words = sizes_of(self.doc_ends)
        if ((fields[:, 0] > words) | (fields[:, 1] > words - fields[:, 0])).any():
            raise ColumnsError("column forward.fields gives an article more words than it has")
        return fields

    @cached_property
    def forward(self) -> Array:
        """Every word of every article: the number of its form, or `WIDE`."""
        return self.columns["forward"]

    @cached_property
    def _wide(self) -> tuple[Array, Array]:
        return self.columns["forward.wide.places"], self.columns["forward.wide"]

    def words(self, doc: int) -> NDArray[np.int64]:
        """Returns the forms of one article's words, in order."""
        start, end = self._doc_ends[doc], self._doc_ends[doc + 1]
        forms = self.forward[start:end].astype(np.int64)
        (wide,) = (forms == WIDE).nonzero()
        if len(wide):
            forms[wide] = self.wide_words(start + wide)
        return forms

    def words_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Returns the forms at places of the forward view."""
        forms = self.forward[places].astype(np.int64)
        wide = np.flatnonzero(forms == WIDE)
        if len(wide):
            forms[wide] = self.wide_words(places[wide])
        return forms

    def wide_words(self, places: NDArray[np.int64]) -> Array:
        """Returns the forms at places of the forward view that hold `WIDE`."""
        at, numbers = self._wide
        return numbers[np.searchsorted(at, places.astype(at.dtype))]  # or else all places would be converted

    # -- stored ------------------------------------------------------------------------------------------------

    @cached_property
    def published(self) -> Array:
        """Seconds since 1970 in UTC, or `UNDATED`. Dates of no year count as none, which is a flaw of the segment."""
        return np.asarray(self.dates)

    @cached_property
    def dates(self) -> Numbers:
        """The same as numbers one by one."""
        dates = self.columns.numbers("published")
        if strange := count_outside(dates, FIRST_MOMENT, LAST_MOMENT, besides=UNDATED):
            self.flaws.append(f"column published has {strange} dates of no year, which are left out")
            known = (date if FIRST_MOMENT <= date <= LAST_MOMENT else UNDATED for date in dates)
            dates = memoryview(array("q", known))
        return dates

    def article(self, doc: int) -> Article:
        """Returns one stored article, as it was read, but for its date, which is to the second and in Tehran's time."""
        data = self.columns.bytes("stored")
        start, end = run(self.columns.numbers("stored.ends"), doc, len(data), "stored")
        try:
            text = open_record(bytes(data[start:end]))
        except ValueError as error:
            raise ColumnsError(str(error)) from error
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ColumnsError(f"a stored record is not that of an article ({error})") from error
        is_timed = isinstance(values, list) and values[len(_RECORD) :] == [TIMED]
        if is_timed:
            values.pop()
        if not isinstance(values, list) or tuple(map(type, values)) != _RECORD or {*map(type, values[5])} - {str}:
            raise ColumnsError("a stored record is not that of an article")
        title, lead, body, source, category, tags, url, code = values
        moment = self.moment(doc)
        if is_timed and moment is not None:
            moment = TimedMidnight.at(moment)
        return Article(self.ids[doc], title, lead, body, moment, source, category, tuple(tags), url, code)

    def moment(self, doc: int) -> datetime | None:
        """Returns when an article was published, in Tehran's time."""
        seconds = self.dates[doc]
        return None if seconds == UNDATED else datetime.fromtimestamp(seconds, tehran())

    def doc_number(self, id: str) -> int:
        """Returns the number of the article with this id, or -1."""
        wanted = id.encode("utf-8", "surrogatepass")
        articles = len(self)
        rank = bisect_left(range(articles), wanted, key=self._id_of_rank)
        found = rank < articles and self._id_of_rank(rank) == wanted
        return self.columns.numbers("ids.order")[rank] if found else -1

    @cached_property
    def _id_of_rank(self) -> Callable[[int], bytes]:
        """Tells which id comes at a place in their order. Those that look-ups begin with are remembered."""
        order, raw = self.columns.numbers("ids.order"), self.ids.raw
        return lru_cache(maxsize=_RANKS_REMEMBERED)(lambda rank: raw(order[rank]))

    @cached_property
    def id_ranks(self) -> NDArray[np.uint32]:
        """The place of each article among all of the segment in the order of ids."""
        order = self.columns["ids.order"]
        ranks = np.zeros(len(order), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        return ranks

    # -- filters -----------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> Facet:
        """Which outlet each article is from."""
        return Facet(self.columns, "source")

    @cached_property
    def categories(self) -> Facet:
        """Which section each article was filed under."""
        return Facet(self.columns, "category")

    @cached_property
    def tags(self) -> Facet:
        """Which tags each article has."""
        return Facet(self.columns, "tag")

    @cached_property
    def codes(self) -> Facet:
        """The outlet's own number of each article."""
        return Facet(self.columns, "code")

    @cached_property
    def origins(self) -> Facet:
        """Which file each article was read from."""
        return Facet(self.columns, "origin")

    # -- who said what, where it was indexed --------------------------------------------------------------------

    @property
    def has_speech(self) -> bool:
        """Whether it tells who said what."""
        return has_speech(self.columns)

    @cached_property
    def speakers(self) -> Facet:
        """Who speaks in each article: a number for each statement."""
        return Facet(self.columns, SPEAKERS)

    @cached_property
    def speech(self) -> tuple[Array, Array, Array]:
        """Of all statements the first word, by its place in the article, how many words, and how it is given."""
        return self.columns["speech.starts"], self.columns["speech.sizes"], self.columns["speech.how"]

    def statements(self, doc: int) -> tuple[Array, Array, Array, Array]:
        """Returns of one article's statements the speaker's number, the first word, how many words, and the manner."""
        ends = self.columns[f"{SPEAKERS}.ends"]
        start, end = int(ends[doc]), int(ends[doc + 1])
        starts, sizes, how = self.speech
        return self.columns[SPEAKERS][start:end], starts[start:end], sizes[start:end], how[start:end]

    @cached_property
    def signatures(self) -> Array:
        """What each article's copies are found by (see `signatures`); zeros where it is too short to have any."""
        return self.columns["signatures"].reshape(-1, SIGNATURE)

    @cached_property
    def digests(self) -> Array:
        """A digest of each article's content, to tell whether it has changed."""
        return self.columns["digests"]


def all_docs(segment: Segment) -> Docs:
    """Returns the numbers of all articles of a segment."""
    return np.arange(len(segment))


class Facet:
    """A column of names: each article has none, one or several. ``names`` are listed once; articles hold numbers."""

    def __init__(self, columns: Columns, name: str) -> None:
        self.names: list[str] = list(Strings(columns, f"{name}.names"))
        self._numbers = columns.numbers(name)
        self._ends = columns.numbers(f"{name}.ends")

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each name."""
        return {name: number for number, name in enumerate(self.names)}

    def numbers(self, doc: int) -> Numbers:
        """Returns the numbers of one article's names."""
        return self._numbers[self._ends[doc] : self._ends[doc + 1]]

    def docs(self, wanted: list[int]) -> Docs:
        """Returns the articles that have one of the names wanted, ascending."""
        places = np.flatnonzero(np.isin(np.asarray(self._numbers), np.array(wanted, dtype=np.int64)))
        docs: Docs = np.unique(np.searchsorted(np.asarray(self._ends), places, side="right") - 1)
        return docs

    def counts(self, docs: Docs) -> NDArray[np.int64]:
        """Returns how many of the articles have each name."""
        chosen = np.zeros(len(self._ends) - 1, dtype=np.bool_)
        chosen[docs] = True
        ends: NDArray[np.int64] = np.asarray(self._ends).astype(np.int64)
        owners = np.repeat(np.arange(len(chosen)), ends[1:] - ends[:-1])
        return np.bincount(np.asarray(self._numbers)[chosen[owners]], minlength=len(self.names))
