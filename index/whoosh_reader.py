"""A segment as a Whoosh index reader, so that Whoosh's queries, matchers and results work on it unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import ListMatcher, Matcher
from whoosh.reading import IndexReader, TermInfo, TermNotFound

from .bm25f import LEVELS
from .date_terms import DateColumn, DateTerms
from .forward_index import count
from .schema import ALL_TEXT, DATE_FIELD, NAME_FIELDS, TEXT_FIELDS, whoosh_schema
from .segment import Docs, Facet
from .segment_reader import SegmentReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Term = tuple[str, bytes]


class WhooshReader(IndexReader):  # type: ignore[misc]
    """Reads what a `SegmentReader` reads, in Whoosh's terms."""

    def __init__(self, segment: SegmentReader) -> None:
        self.segment = segment
        self.columns = segment.columns
        self.schema = whoosh_schema()
        self._mask = segment.live.mask
        self._deleted = frozenset(segment.live.deleted.tolist())
        # A query asks for the same term several times over: is it there, in how many, and then in which.
        self._docs = lru_cache(maxsize=16)(self._find_docs)

    def __contains__(self, term: _Term) -> bool:
        return term[0] in self.schema and len(self._docs(*term)) > 0

    def indexed_field_names(self) -> Iterable[str]:
        """Returns the fields that have terms."""
        return ["id", *TEXT_FIELDS, *NAME_FIELDS, DATE_FIELD]

    def all_terms(self) -> Iterator[_Term]:
        """Yields every (field, term), fields in alphabetical order."""
        for field in sorted(self.indexed_field_names()):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[_Term]:
        """Yields the terms of a field from a prefix on, ascending."""
        segment = self.columns
        if fieldname in TEXT_FIELDS:
            start = segment.lemmas.place(prefix)
            names: Iterable[bytes] = map(segment.lemmas.raw, range(start, len(segment.lemmas)))
        elif fieldname == "id":
            names = (name for name in sorted(map(segment.ids.raw, range(len(segment)))) if name >= prefix)
        elif fieldname == DATE_FIELD:
            names = self._moments.terms_from(prefix)
        else:
            names = (name for name in sorted(map(_utf8, self._facet(fieldname).names)) if name >= prefix)
        surely_live = fieldname not in ("title", "lead", "body") and not self._deleted
        for name in names:
            if surely_live or len(self._find_docs(fieldname, name)):
                yield fieldname, name

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Returns Whoosh's statistics of one term."""
        matcher = self.postings(fieldname, text)
        docs = matcher.docs
        lengths = [self.doc_field_length(doc, fieldname) for doc in docs.tolist()]
        return TermInfo(
            weight=float(matcher.impacts.sum()) / LEVELS,
            df=len(docs),
            minlength=min(lengths),
            maxlength=max(lengths),
            maxweight=float(np.max(matcher.impacts)) / LEVELS,
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> PostingMatcher:
        """Returns a matcher over the articles with a term; raises TermNotFound."""
        docs = self._docs(fieldname, text)
        if not len(docs):
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        if fieldname in TEXT_FIELDS:
            all_docs, impacts = self.columns.postings(self.segment.lemma_number(_text(text)))
            impacts = impacts[np.searchsorted(all_docs, docs)]
        else:
            impacts = np.full(len(docs), LEVELS, dtype=np.uint8)
        return PostingMatcher(self, (fieldname, _utf8(text)), docs, impacts, scorer)

    def _find_docs(self, fieldname: str, text: str | bytes) -> Docs:
        """The articles with a term, deleted ones left out."""
        segment = self.columns
        if fieldname in TEXT_FIELDS:
            number = self.segment.lemma_number(_text(text))
            docs = segment.postings(number).docs.astype(np.intp) if number >= 0 else np.zeros(0, np.intp)
            if fieldname != ALL_TEXT and len(docs):
                docs = docs[count(segment, docs, [segment.forms_of(number)], fieldname) > 0]
        elif fieldname == "id":
            number = segment.doc_number(_text(text))
            docs = np.array([number] if number >= 0 else [], dtype=np.intp)
        elif fieldname == DATE_FIELD:
            docs = self._moments.docs(_utf8(text))
        else:
            facet = self._facet(fieldname)
            name = _text(text)
            docs = facet.docs([facet.names.index(name)]) if name in facet.names else np.zeros(0, np.intp)
        return docs if self._mask is None else docs[self._mask[docs]]

    @cached_property
    def _moments(self) -> DateTerms:
        return DateTerms(self.columns.published)

    def _facet(self, fieldname: str) -> Facet:
        segment = self.columns
        facets = {"source": segment.sources, "category": segment.categories, "tag": segment.tags}
        if fieldname not in facets:
            raise TermNotFound(f"no field {fieldname}")
        return facets[fieldname]

    def positions(self, doc: int, fieldname: str, lemma: int) -> NDArray[np.intp]:
        """Returns where a lemma stands among an article's words, counted from its start, in one field or all."""
        segment = self.columns
        start, end = self.field_range(doc, fieldname)
        offset = int(segment.doc_ends[doc])
        forms = segment.words_at(np.arange(offset + start, offset + end))
        return start + np.flatnonzero(np.isin(forms, segment.forms_of(lemma)))

    def field_range(self, doc: int, fieldname: str) -> tuple[int, int]:
        """Returns the first word of a field in an article, and the one after its last."""
        title, lead = map(int, self.columns.field_lengths[doc])
        whole = int(self.columns.doc_ends[doc + 1]) - int(self.columns.doc_ends[doc])
        ranges = {"title": (0, title), "lead": (title, title + lead), "body": (title + lead, whole)}
        return ranges.get(fieldname, (0, whole))

    # -- articles ----------------------------------------------------------------------------------------------

    def has_deletions(self) -> bool:
        """Returns whether any article is deleted."""
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Returns whether one article is deleted."""
        return docnum in self._deleted

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Returns what Whoosh's hits show."""
        article = self.columns.article(docnum)
        return {name: getattr(article, name) for name in article.__match_args__}

    def doc_count_all(self) -> int:
        """Counts the articles, deleted ones too."""
        return len(self.columns)

    def doc_count(self) -> int:
        """Counts the articles that are not deleted."""
        return self.segment.doc_count()

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        """Returns how often a term occurs; for words of text, how many articles it is in."""
        return self.doc_frequency(fieldname, text)

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """Returns how many articles a term is in."""
        return len(self._docs(fieldname, text))

    def field_length(self, fieldname: str) -> int:
        """Counts the words in a field, over all articles."""
        return sum(self.doc_field_length(doc, fieldname) for doc in range(len(self.columns)))

    def min_field_length(self, fieldname: str) -> int:
        """Counts the words in the shortest of a field."""
        return min((self.doc_field_length(doc, fieldname) for doc in range(len(self.columns))), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Counts the words in the longest of a field."""
        return max((self.doc_field_length(doc, fieldname) for doc in range(len(self.columns))), default=0)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Counts the words in a field of one article."""
        if fieldname not in TEXT_FIELDS:
            return default
        start, end = self.field_range(docnum, fieldname)
        return end - start

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Returns whether an article has words in a field."""
        return self.doc_field_length(docnum, fieldname) > 0

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Matcher:
        """Returns the lemmas of one article's field, ascending, weighted by their frequencies, with their positions."""
        if fieldname not in TEXT_FIELDS:
            raise KeyError(fieldname)
        segment = self.columns
        parts, ends = segment.form_parts
        start, end = self.field_range(docnum, fieldname)
        positions: dict[int, list[int]] = {}
        for place, form in enumerate(segment.words(docnum)[start:end].tolist(), start):
            lemmas = (int(segment.form_lemmas[form]), *parts[int(ends[form]) : int(ends[form + 1])].tolist())
            for lemma in dict.fromkeys(lemmas):
                positions.setdefault(lemma, []).append(place)
        format_ = format_ or self.schema[fieldname].format
        numbers = sorted(positions)
        return ListMatcher(
            [self.segment.lemma(number) for number in numbers],
            weights=[float(len(positions[number])) for number in numbers],
            values=[format_.encode(positions[number]) for number in numbers],
            format=format_,
        )

    def has_column(self, fieldname: str) -> bool:
        """Returns whether a field has a column: only dates have one; names are sorted by their terms."""
        return fieldname == DATE_FIELD

    def column_reader(
        self, fieldname: str, column: Any = None, reverse: bool = False, translate: bool = True
    ) -> DateColumn:
        """Returns each article's date, or with ``translate`` off a number to sort by."""
        if not self.has_column(fieldname):
            raise KeyError(fieldname)
        return self._moments.column(reverse=reverse, translate=translate)


class PostingMatcher(Matcher):  # type: ignore[misc]
    """Walks the postings of one term. Positions are found in the forward view, for the articles asked about."""

    def __init__(self, reader: WhooshReader, term: _Term, docs: Docs, impacts: NDArray[np.uint8], scorer: Any) -> None:
        self._reader = reader
        self._term = term
        self.docs = docs
        self.impacts = impacts
        self._scorer = scorer
        self._place = 0

    def is_active(self) -> bool:
        """Returns whether there is a current article."""
        return self._place < len(self.docs)

    def reset(self) -> None:
        """Goes back to the first article."""
        self._place = 0

    def term(self) -> _Term:
        """Returns the (field, term) matched."""
        return self._term

    def copy(self) -> PostingMatcher:
        """Returns another matcher at the same place."""
        other = PostingMatcher(self._reader, self._term, self.docs, self.impacts, self._scorer)
        other._place = self._place
        return other

    def id(self) -> int:
        """Returns the current article."""
        return int(self.docs[self._place])

    def all_ids(self) -> Iterator[int]:
        """Returns every article."""
        return iter(self.docs.tolist())

    def next(self) -> None:
        """Goes to the next article."""
        self._place += 1

    def skip_to(self, id: int) -> None:
        """Goes to the first article that is not before the one given."""
        self._place += int(np.searchsorted(self.docs[self._place :], id))

    def supports(self, astype: str) -> bool:
        """Returns whether postings give it: positions, frequencies and weights."""
        return astype in ("positions", "frequency", "weight")

    def value(self) -> bytes:
        """Returns nothing: postings carry no encoded values."""
        return b""

    def value_as(self, astype: str) -> Any:
        """Returns the current article's positions, frequency or weight."""
        if astype == "weight":
            return self.weight()
        field, text = self._term
        number = self._reader.segment.lemma_number(_text(text))
        positions = self._reader.positions(self.id(), field, number).tolist()
        return positions if astype == "positions" else len(positions)

    def weight(self) -> float:
        """Returns the impact of the term in the current article, from 0 to 1."""
        return float(self.impacts[self._place]) / LEVELS

    def score(self) -> float:
        """Returns what the scorer makes of the current article."""
        return float(self._scorer.score(self)) if self._scorer else self.weight()

    def supports_block_quality(self) -> bool:
        """Returns whether an upper bound is known for the whole list."""
        return self._scorer is not None

    def max_quality(self) -> float:
        """Returns the highest score any article can get."""
        return float(self._scorer.max_quality()) if self._scorer else 1.0

    def block_quality(self) -> float:
        """Returns the same for the current block, which is the whole list."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Ends the walk when no article can reach a score."""
        if self.max_quality() <= minquality:
            self._place = len(self.docs)
        return 0


def _text(text: str | bytes) -> str:
    return text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text


def _utf8(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
