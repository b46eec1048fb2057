"""Writes a segment: analyses articles in batches, inverts their words by one sort, lays out the columns."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import numpy as np

from khabarjoo.analyzers.bulk import BulkAnalyzer, TermPlaces
from khabarjoo.analyzers.compounds import Term
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.analyzers.word_rarity import rarity

from .article import Article, record_of
from .bm25f import BM25F, FIELDS, WEIGHTING
from .column_shapes import KEYWORDS, WIDE
from .columns import Array, ends_of, narrowest, places_of, write_columns
from .hashing import hashes_of
from .near_duplicates import signatures
from .packed_texts import pack_encoded, pack_strings
from .segment import FIRST_MOMENT, LAST_MOMENT, SEGMENT_FILE, UNDATED
from .stored_records import stored_record

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Every word is a (lemma, article) pair with a weight. Sorted, equal pairs lie together; their sums are the postings.


Numbers: TypeAlias = "NDArray[np.int64]"

_SIGNED_TOGETHER = 1 << 10  # articles, so that the hashes of all words are never held at once
_RARITY = 32  # steps of a rarity of 1; so a lemma's worth, by its impact's level, fits two bytes


class Inverted(NamedTuple):
    """The words of some articles, inverted: forms from the commonest on, lemmas by their bytes, and the postings.

    ``lemma``, ``doc`` and ``levels`` are the postings, ascending: which lemma is in which article, with what impact.
    """

    chosen: Sequence[Term]  # the term of each form
    forms: NDArray[np.uint32]  # of all words
    lemmas: Sequence[str]
    lemma_of_form: Numbers
    parts: Numbers
    part_sizes: Numbers
    lemma: Array
    doc: Array
    levels: NDArray[np.uint8]


def word_columns(
    terms: Sequence[Term],
    words: NDArray[np.int32],
    lengths: Numbers,
    weighting: BM25F,
) -> dict[str, Array]:
    """Returns the columns of all words of a segment; what is given is that of `invert`."""
    found = invert(terms, words, lengths, weighting)
    return {
        **posting_columns(found, lengths),
        **keyword_columns(found, len(lengths), rarity_steps(found.lemmas)),
        "signatures": signatures_of(found, lengths),
    }


def posting_columns(found: Inverted, lengths: Numbers) -> dict[str, Array]:
    """Returns the columns that tell which words are where; ``lengths`` are those of `invert`."""
    return {
        **pack_strings("lemmas", found.lemmas),
        **pack_strings("forms", [term.form for term in found.chosen]),
        **form_columns(found.lemma_of_form, found.parts, found.part_sizes, len(found.lemmas)),
        **forward_columns([found.forms], lengths),
        "postings.docs": narrowest(found.doc),
        "postings.impacts": found.levels,
        "postings.ends": ends_of(np.bincount(found.lemma, minlength=len(found.lemmas))),
    }


def invert(
    terms: Sequence[Term],
    words: NDArray[np.int32],
    lengths: Numbers,
    weighting: BM25F,
) -> Inverted:
    """Inverts the words of some articles.

    ``words`` are indexes into ``terms``, article after article; ``lengths`` says how many of them are an article's
    title, lead and body: articles x 3.
    """
    used = np.bincount(words, minlength=len(terms))
    by_frequency = np.argsort(-used, kind="stable")[: np.count_nonzero(used)]
    form_of_term = np.zeros(len(used), np.uint32)  # there is one of these for every word of every article
    form_of_term[by_frequency] = np.arange(len(by_frequency))
    forms = form_of_term[words]
    chosen = [terms[number] for number in by_frequency.tolist()]

    own = [term.lemma for term in chosen]
    parts_of = [term.parts for term in chosen]
    of_parts = list(chain.from_iterable(parts_of))
    lemmas = sorted({*own, *of_parts})  # by their characters, and so by their UTF-8 bytes
    number = dict(zip(lemmas, range(len(lemmas)), strict=True)).__getitem__
    lemma_of_form = np.fromiter(map(number, own), np.int64, len(own))
    parts = np.fromiter(map(number, of_parts), np.int64, len(of_parts))
    part_sizes = np.fromiter(map(len, parts_of), np.int64, len(parts_of))

    pairs = _pairs_natively if has_kernel() else _pairs
    lemma, doc, weight = pairs(forms, lengths, lemma_of_form, parts, part_sizes, len(lemmas), weighting)
    levels = weighting.levels(weight)
    return Inverted(chosen, forms, lemmas, lemma_of_form, parts, part_sizes, lemma, doc, levels)


def form_columns(lemma_of_form: Numbers, parts: Numbers, part_sizes: Numbers, lemmas: int) -> dict[str, Array]:
    """Returns what each form is a form of, and the other way round the forms of a lemma or with it as a part."""
    owners = np.concatenate((lemma_of_form, parts))
    forms = np.concatenate((np.arange(len(lemma_of_form)), np.repeat(np.arange(len(part_sizes)), part_sizes)))
    return {
        "forms.lemma": narrowest(lemma_of_form),
        "forms.parts": narrowest(parts),
        "forms.parts.ends": ends_of(part_sizes),
        "lemmas.forms": narrowest(forms[np.argsort(owners, kind="stable")]),
        "lemmas.forms.ends": ends_of(np.bincount(owners, minlength=lemmas)),
    }


def forward_columns(pieces: Iterable[Array], lengths: Numbers) -> dict[str, Array]:
    """Returns each article's words in order, in two bytes where their numbers fit; the forms may come in pieces."""
    forward = np.empty(int(lengths.sum()), np.uint16)
    wide, places, first = [], [], 0
    for forms in pieces:
        np.minimum(forms, WIDE, out=forward[first : first + len(forms)], casting="unsafe")
        at = np.flatnonzero(forms >= WIDE)
        wide.append(forms[at])
        places.append(first + at)
        first += len(forms)
    return {
        "forward": forward,
        "forward.wide": narrowest(np.concatenate(wide)),
        "forward.wide.places": narrowest(np.concatenate(places)),
        "forward.ends": ends_of(lengths.sum(axis=1)),
        "forward.fields": narrowest(lengths[:, :2].ravel()),
    }


def signatures_of(found: Inverted, lengths: Numbers) -> Array:
    """Returns what copies of each article are found by; titles, which outlets make their own, are left out."""
    hash_of_form = hashes_of(found.lemmas)[found.lemma_of_form]
    ends = np.cumsum(lengths.sum(axis=1))
    rows = [np.zeros(0, np.uint16)]
    for first in range(0, len(lengths), _SIGNED_TOGETHER):
        some = lengths[first : first + _SIGNED_TOGETHER]
        end = int(ends[first + len(some) - 1])
        forms = found.forms[end - int(some.sum()) : end]
        is_told = np.repeat(np.tile([False, True, True], len(some)), some.ravel())
        rows.append(signatures(hash_of_form[forms[is_told]], some[:, 1:].sum(axis=1)).ravel())
    return np.concatenate(rows)


def _pairs(
    forms: Array,
    lengths: Numbers,
    lemma_of_form: Numbers,
    parts: Numbers,
    part_sizes: Numbers,
    lemma_count: int,
    weighting: BM25F,
) -> tuple[Array, Array, NDArray[np.float32]]:
    """All distinct (lemma, article) pairs, ascending, and the weighted frequency of each."""
    whole = lengths.sum(axis=1)
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), whole)
    weights = np.repeat(weighting.field_factors(lengths).ravel(), lengths.ravel())
    told = np.minimum(whole - lengths[:, 0], weighting.opening_words)
    weights[places_of(np.cumsum(whole) - whole + lengths[:, 0], told)] += weighting.opening
    lemmas = lemma_of_form.astype(np.uint32)[forms]
    compound = np.flatnonzero((part_sizes > 0)[forms])
    if len(compound):
        form = forms[compound]
        sizes = part_sizes[form]
        of_parts = parts[places_of((np.cumsum(part_sizes) - part_sizes)[form], sizes)]
        lemmas = np.concatenate((lemmas, of_parts.astype(np.uint32)))
        docs = np.concatenate((docs, np.repeat(docs[compound], sizes)))
        weights = np.concatenate((weights, np.repeat(weights[compound] * weighting.part, sizes)))
        order = np.argsort(docs, kind="stable")  # takes no time, as both halves are sorted
        lemmas, docs, weights = lemmas[order], docs[order], weights[order]
    order = _stable_order(lemmas)
    lemmas, docs = lemmas[order], docs[order]
    first = np.ones(len(lemmas), np.bool_)
    first[1:] = (lemmas[1:] != lemmas[:-1]) | (docs[1:] != docs[:-1])
    firsts = np.flatnonzero(first)
    summed = np.add.reduceat(weights[order], firsts) if len(firsts) else weights[:0]
    return lemmas[firsts], docs[firsts], summed.astype(np.float32)


def _pairs_natively(
    forms: NDArray[np.uint32],
    lengths: Numbers,
    lemma_of_form: Numbers,
    parts: Numbers,
    part_sizes: Numbers,
    lemma_count: int,
    weighting: BM25F,
) -> tuple[Array, Array, NDArray[np.float32]]:
    """The same as `_pairs`, in a fifth of the time and less memory."""
    from khabarjoo import _native

    factors = weighting.field_factors(lengths)
    opening = weighting.opening, weighting.opening_words
    sizes, docs, weights = _native.invert(
        forms,
        np.ascontiguousarray(lengths),
        lemma_of_form,
        parts,
        part_sizes,
        factors,
        opening,
        weighting.part,
        lemma_count,
    )
    lemma = np.repeat(np.arange(lemma_count, dtype=np.uint32), np.frombuffer(sizes, np.uint32))
    return lemma, np.frombuffer(docs, np.uint32), np.frombuffer(weights, np.float32)


def _stable_order(keys: Array) -> NDArray[np.intp]:
    """What sorts the keys, equal ones kept in order: sixteen bits at a time, for which numpy counts, not compares."""
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    if len(keys) and int(keys.max()) >> 16:
        order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def rarity_step(lemma: str) -> int:
    """Returns how rare a lemma is in Persian, in whole steps."""
    return round(rarity(lemma) * _RARITY)


def rarity_steps(lemmas: Sequence[str], step: Callable[[str], int] = rarity_step) -> NDArray[np.uint16]:
    """Returns how rare lemmas are, each as ``step`` tells."""
    return np.fromiter(map(step, lemmas), np.uint16, len(lemmas))


def keyword_columns(found: Inverted, articles: int, rarities: NDArray[np.uint16]) -> dict[str, Array]:
    """Returns for each article the lemmas that tell most about it, by impact times rarity, as a vector of length one.

    Of lemmas worth the same the first by their letters come first. So an article has the same keywords whatever it is
    indexed with: rarities are those of the language, and all is counted in whole numbers.
    """
    lemma, doc = found.lemma, found.doc
    worth = found.levels * rarities[lemma]
    place = _stable_order(65535 - worth)  # from high to low
    place = place[_stable_order(doc[place])]
    sizes = np.bincount(doc, minlength=articles)
    within = np.arange(len(place), dtype=np.uint32)
    within -= np.repeat((np.cumsum(sizes) - sizes).astype(np.uint32), sizes)
    chosen = within < KEYWORDS
    place, within = place[chosen], within[chosen]
    numbers = np.zeros((articles, KEYWORDS), np.int64)
    weights = np.zeros((articles, KEYWORDS))
    numbers[doc[place], within] = lemma[place]
    weights[doc[place], within] = worth[place]
    weights /= np.maximum(np.sqrt((weights**2).sum(axis=1, keepdims=True)), 1e-9)
    return {"keywords": narrowest(numbers.ravel()), "keywords.weights": np.rint(weights * 255).astype(np.uint8).ravel()}


def utf8(text: str) -> bytes:
    """Returns how strings are ordered in an index: by their UTF-8 bytes."""
    return text.encode("utf-8", "surrogatepass")


# Articles are analysed a batch at a time into numbers (`analyzers.bulk`); at the end all of them are inverted at once.


_BATCH = 256  # articles analysed together
_BATCH_CHARACTERS = 1 << 20  # from which they are fewer


def digest(article: Article) -> int:
    """Returns 64 bits of an article's whole content, as it is stored: its date to the second."""
    return _digest(article, record_of(article).encode("utf-8", "surrogatepass"))


def _digest(article: Article, record: bytes) -> int:
    id_and_date = f"{article.id}\n{seconds_of(article.published)}\n".encode("utf-8", "surrogatepass")
    summed = hashlib.blake2b(id_and_date, digest_size=8)
    summed.update(record)
    return int.from_bytes(summed.digest(), "little")


def seconds_of(published: datetime | None) -> int:
    """Returns seconds since 1970 in UTC; a moment that is in no year everywhere on earth counts as no date."""
    try:
        seconds = UNDATED if published is None else math.floor(published.astimezone(UTC).timestamp())
    except OverflowError:
        return UNDATED
    return seconds if FIRST_MOMENT <= seconds <= LAST_MOMENT else UNDATED


class Speech(Protocol):
    """Collects who said what in articles that were just analysed; see `SpeechColumns`."""

    def add(self, articles: Sequence[Article], places: TermPlaces, lengths: Array) -> None:
        """Takes articles whose texts are a batch of the analyzer's."""

    def columns(self) -> dict[str, Array]:
        """Returns the columns of all articles taken."""


class SegmentBuilder:
    """Takes articles and writes them as one segment, with who said what in them where ``speech`` collects it."""

    def __init__(self, bulk: BulkAnalyzer, weighting: BM25F = WEIGHTING, speech: Speech | None = None) -> None:
        self._speech = speech
        self._bulk = bulk
        self._weighting = weighting
        self._waiting: list[Article] = []
        self._characters = 0  # of those waiting
        self._terms: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._ids: list[str] = []
        self._published: list[int] = []
        self._digests: list[int] = []
        self._names: dict[str, list[Sequence[str]]] = {
            "source": [],
            "category": [],
            "tag": [],
            "code": [],
            "origin": [],
        }
        self._records: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article, origin: str) -> None:
        """Takes one article, read from the file ``origin``."""
        self._ids.append(article.id)
        self._published.append(seconds_of(article.published))
        record = stored_record(article)
        self._digests.append(_digest(article, record.utf8))
        self._names["source"].append([article.source] if article.source else [])
        self._names["category"].append([article.category] if article.category else [])
        self._names["tag"].append(list(dict.fromkeys(article.tags)))
        self._names["code"].append([article.code] if article.code else [])
        self._names["origin"].append([origin])
        self._records.append(record.packed)
        self._waiting.append(article)
        self._characters += article.characters
        if len(self._waiting) == _BATCH or self._characters >= _BATCH_CHARACTERS:
            self._analyse()

    def write(self, folder: Path) -> Path:
        """Writes the segment into a new folder and returns its file."""
        self._analyse()
        folder.mkdir(parents=True)
        path = folder / SEGMENT_FILE
        with path.open("xb") as file:
            write_columns(file, self._columns())
        return path

    def _analyse(self) -> None:
        texts = [text for a in self._waiting for text in (a.title, a.lead, a.body)]
        if texts:
            if self._speech is None:
                terms, lengths = self._bulk.analyze(texts)
            else:
                terms, lengths, places = self._bulk.analyze_placed(texts)
                self._speech.add(self._waiting, places, lengths)
            self._terms.append(terms)
            self._lengths.append(lengths)
        self._waiting, self._characters = [], 0

    def _columns(self) -> dict[str, Array]:
        terms = np.concatenate(self._terms) if self._terms else np.zeros(0, np.int32)
        self._terms = [terms]  # in place of the pieces
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros(0, np.int32)
        fields = lengths.reshape(-1, len(FIELDS)).astype(np.int64)
        columns = word_columns(self._bulk.terms, terms, fields, self._weighting)
        columns.update(self._article_columns())
        if self._speech is not None:
            columns.update(self._speech.columns())
        return columns

    # -- articles ----------------------------------------------------------------------------------------------

    def _article_columns(self) -> dict[str, Array]:
        columns: dict[str, Array] = {
            **id_columns(list(map(utf8, self._ids))),
            "published": np.array(self._published, dtype=np.int64),
            "digests": np.array(self._digests, dtype=np.uint64),
            "stored": np.frombuffer(b"".join(self._records), np.uint8),
            "stored.ends": ends_of(np.fromiter(map(len, self._records), np.uint64, len(self._records))),
        }
        for name, rows in self._names.items():
            number: dict[str, int] = {}
            numbers = [number.setdefault(value, len(number)) for row in rows for value in row]
            sizes = np.fromiter(map(len, rows), np.int64, len(rows))
            columns.update(name_columns(name, list(map(utf8, number)), np.array(numbers, np.int64), sizes))
        return columns


def id_columns(ids: Sequence[bytes]) -> dict[str, Array]:
    """Returns the ids in the articles' order, and the order that sorts them."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return {**pack_encoded("ids", ids), "ids.order": narrowest(np.array(order, dtype=np.int64))}


def name_columns(name: str, names: Sequence[bytes], numbers: Numbers, sizes: Numbers) -> dict[str, Array]:
    """Returns a column of names: those that articles have, from the commonest, and each article's as numbers.

    ``numbers`` are indexes into ``names``, article after article; ``sizes`` say how many an article has.
    """
    counts = np.bincount(numbers, minlength=len(names))
    firsts = np.full(len(names), len(numbers))
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    order = np.lexsort((firsts, -counts))[: np.count_nonzero(counts)]
    place = np.zeros(len(names), np.int64)
    place[order] = np.arange(len(order))
    return {
        **pack_encoded(f"{name}.names", [names[number] for number in order.tolist()]),
        name: narrowest(place[numbers]),
        f"{name}.ends": ends_of(sizes),
    }
