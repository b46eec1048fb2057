"""Whether the columns of a segment agree with each other: what `verify` looks for beyond checksums.

Checksums tell that a file is what was written. These checks tell that what was written is a segment: every end within
its column, every number one of something, both views of the words the same, every stored article what was indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.native_bulk import bulk_analyzer

from .column_shapes import FACETS, KEYWORDS, SPEAKERS, WIDE, troubles
from .columns import Array, ColumnsError, places_of, sizes_of
from .packed_texts import Strings
from .segment import FIRST_MOMENT, LAST_MOMENT, UNDATED, Docs, Segment
from .segment_writer import Numbers, SegmentBuilder, digest, form_columns
from .temporary_folders import temporary_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Trouble(NamedTuple):
    """What is wrong, and with which article, -1 when it is not one article alone."""

    why: str
    doc: int = -1


def column_troubles(segment: Segment) -> Iterator[Trouble]:
    """Yields where columns do not agree with each other. Reads them all."""
    try:
        shapes = list(_shape_troubles(segment))
        yield from shapes
        if not shapes:
            for check in _CHECKS:
                yield from check(segment)
    except Exception as error:  # whatever it is, the columns led to it
        yield Trouble(f"its columns cannot be read: {type(error).__name__}: {error}")


def article_troubles(segment: Segment, docs: Sequence[int]) -> Iterator[Trouble]:
    """Yields which stored articles cannot be opened, or are not what was indexed."""
    for doc in docs:
        try:
            article = segment.article(doc)
            if digest(article) != int(segment.digests[doc]):
                yield Trouble("the stored article is not the one that was indexed", doc)
            elif facets_of(segment, doc) != [
                [article.source] if article.source else [],
                [article.category] if article.category else [],
                list(dict.fromkeys(article.tags)),
                [article.code] if article.code else [],
            ]:
                yield Trouble("its names are not those of the stored article", doc)
        except Exception as error:
            yield Trouble(f"the stored article cannot be opened: {error}", doc)


def facets_of(segment: Segment, doc: int) -> list[list[str]]:
    """Returns the names of one article: source, category, tags, code."""
    facets = (segment.sources, segment.categories, segment.tags, segment.codes)
    return [[facet.names[number] for number in facet.numbers(doc)] for facet in facets]


# -- sizes and bounds --------------------------------------------------------------------------------------------------


def _shape_troubles(segment: Segment) -> Iterator[Trouble]:
    for why in troubles(segment.columns):
        yield Trouble(why)
    forward = segment.columns["forward"]
    beyond = (forward >= len(segment.forms)) & (forward != WIDE)
    if beyond.any():
        yield from _of_articles("column forward has a word that is none", np.flatnonzero(beyond), segment.doc_ends)


def _of_articles(why: str, places: Array, ends: Array) -> Iterator[Trouble]:
    """One trouble for each article that places of a column belong to."""
    for doc in np.unique(np.searchsorted(ends, places, side="right") - 1).tolist():
        yield Trouble(why, doc)


# -- contents ----------------------------------------------------------------------------------------------------------


def _lemmas_ascend(segment: Segment) -> Iterator[Trouble]:
    if not _ascend(segment.lemmas.raws()):
        yield Trouble("column lemmas is not in order")


def _ids_ascend(segment: Segment) -> Iterator[Trouble]:
    ids = segment.ids.raws()
    if not _ascend([ids[doc] for doc in segment.columns["ids.order"].tolist()]):
        yield Trouble("column ids.order does not put the ids in order")


def _ascend(raws: list[bytes]) -> bool:
    return all(one < following for one, following in pairwise(raws))


def _texts_are_text(segment: Segment) -> Iterator[Trouble]:
    for name in ("lemmas", "forms", "ids", *(f"{facet}.names" for facet in FACETS)):
        try:
            list(Strings(segment.columns, name))
        except ColumnsError as error:
            yield Trouble(str(error))


def _postings_ascend(segment: Segment) -> Iterator[Trouble]:
    docs, impacts, ends = segment.all_postings
    ascending = np.diff(docs.astype(np.int64)) > 0
    starts = ends[1:-1].astype(np.int64)
    ascending[starts[(starts > 0) & (starts < len(docs))] - 1] = True
    if not ascending.all():
        yield Trouble("column postings.docs does not ascend within a lemma")
    if len(impacts) and not impacts.all():
        yield Trouble("column postings.impacts has an impact of 0")


def _wide_words_are_wide(segment: Segment) -> Iterator[Trouble]:
    places, numbers = segment.columns["forward.wide.places"], segment.columns["forward.wide"]
    if not np.array_equal(places, np.flatnonzero(segment.forward == WIDE)):
        yield Trouble("column forward.wide.places does not tell where the wide words are")
    if len(numbers) and int(numbers.min()) < WIDE:
        yield Trouble("column forward.wide has a form that is not wide")


def _fields_fit(segment: Segment) -> Iterator[Trouble]:
    words = sizes_of(segment.doc_ends)
    fields = segment.columns["forward.fields"].astype(np.int64).reshape(-1, 2)
    for doc in np.flatnonzero(fields.sum(axis=1) > words).tolist():
        yield Trouble("column forward.fields gives it more words than it has", doc)


def _forms_meet_lemmas(segment: Segment) -> Iterator[Trouble]:
    parts, ends = segment.form_parts
    sizes = sizes_of(ends)
    made = form_columns(segment.form_lemmas.astype(np.int64), parts.astype(np.int64), sizes, len(segment.lemmas))
    for name in ("lemmas.forms", "lemmas.forms.ends"):
        if not np.array_equal(made[name], segment.columns[name]):
            yield Trouble(f"column {name} does not go with column forms.lemma and column forms.parts")


def _keywords_are_words(segment: Segment) -> Iterator[Trouble]:
    numbers, weights = (array.astype(np.int64) for array in segment.keywords)
    docs, ranks = np.nonzero(weights)
    known = _pairs(segment)
    pairs = (numbers[docs, ranks] << 32) | docs
    places = np.minimum(np.searchsorted(known, pairs), max(len(known) - 1, 0))
    strange = docs[known[places] != pairs] if len(known) else docs
    lengths = np.sqrt((weights**2).sum(axis=1))
    wrong = (np.diff(weights, axis=1) > 0).any(axis=1) | ((lengths > 0) & (abs(lengths - 255) > KEYWORDS**0.5))
    wrong[strange] = True
    for doc in np.flatnonzero(wrong).tolist():
        yield Trouble("its keywords are not those of an article", doc)


def _pairs(segment: Segment) -> Numbers:
    """Every pair of a lemma and an article it is in, as one number each, ascending."""
    docs, _, ends = segment.all_postings
    lemmas = np.repeat(np.arange(len(ends) - 1), sizes_of(ends))
    return (lemmas << 32) | docs.astype(np.int64)


def _moments_are_moments(segment: Segment) -> Iterator[Trouble]:
    published = segment.columns["published"]
    wrong = (published != UNDATED) & ((published < FIRST_MOMENT) | (published > LAST_MOMENT))
    for doc in np.flatnonzero(wrong).tolist():
        yield Trouble("column published has a date of no year", doc)


def _one_name_each(segment: Segment) -> Iterator[Trouble]:
    for name, least, most in (("source", 0, 1), ("category", 0, 1), ("code", 0, 1), ("origin", 1, 1)):
        sizes = sizes_of(segment.columns[f"{name}.ends"])
        for doc in np.flatnonzero((sizes < least) | (sizes > most)).tolist():
            yield Trouble(f"column {name} gives it {int(sizes[doc])} names", doc)


def _speech_is_of_words(segment: Segment) -> Iterator[Trouble]:
    """Which articles have statements of words that they have not."""
    if not segment.has_speech:
        return
    list(Strings(segment.columns, f"{SPEAKERS}.names"))
    ends = segment.columns[f"{SPEAKERS}.ends"]
    words = np.repeat(sizes_of(segment.doc_ends), sizes_of(ends))
    starts, sizes, _ = segment.speech
    beyond = np.flatnonzero(starts.astype(np.int64) + sizes > words)
    yield from _of_articles("a statement has words that the article has not", beyond, ends)


def _impact(segment: Segment, lemma: int, doc: int) -> int:
    docs, impacts = segment.postings(lemma)
    place = int(np.searchsorted(docs, doc))
    return int(impacts[place]) if place < len(docs) and docs[place] == doc else 0


_CHECKS: tuple[Callable[[Segment], Iterator[Trouble]], ...] = (
    _texts_are_text,
    _lemmas_ascend,
    _ids_ascend,
    _postings_ascend,
    _wide_words_are_wide,
    _fields_fit,
    _forms_meet_lemmas,
    _keywords_are_words,
    _moments_are_moments,
    _one_name_each,
    _speech_is_of_words,
)


# -- samples -----------------------------------------------------------------------------------------------------------


def recount_troubles(segment: Segment, lemmas: NDArray[np.int64]) -> Iterator[Trouble]:
    """Yields which of some lemmas have postings other than the forward view gives them."""
    chosen = np.zeros(len(segment.lemmas), np.bool_)
    chosen[lemmas] = True
    forms, ends = segment.columns["lemmas.forms"].astype(np.int64), segment.columns["lemmas.forms.ends"]
    owners = np.repeat(np.arange(len(ends) - 1), sizes_of(ends))
    forms, owners = forms[chosen[owners]], owners[chosen[owners]]
    order = np.argsort(forms, kind="stable")
    forms, owners = forms[order], owners[order]
    sought = np.zeros(len(segment.forms), np.bool_)
    sought[forms] = True
    words = segment.words_at(np.arange(int(segment.doc_ends[-1])))
    at = np.flatnonzero(sought[words])
    firsts, lasts = np.searchsorted(forms, words[at]), np.searchsorted(forms, words[at], side="right")
    sizes = lasts - firsts
    docs = np.repeat(np.searchsorted(segment.doc_ends, at, side="right") - 1, sizes)
    places = places_of(firsts, sizes)
    counted = np.unique((owners[places] << 32) | docs)
    kept = _pairs(segment)
    kept = kept[chosen[kept >> 32]]
    for lemma in np.unique(np.setxor1d(counted, kept) >> 32).tolist():
        yield Trouble(f"the postings of “{segment.lemmas[lemma]}” are not what the articles' words come to")


def reanalysis_troubles(segment: Segment, docs: Docs) -> Iterator[Trouble]:
    """Yields which of some articles are indexed otherwise than the stored articles would be now."""
    builder = SegmentBuilder(bulk_analyzer(default_analyzer()))
    for doc in docs.tolist():
        builder.add(segment.article(doc), "")
    with temporary_folder() as folder:
        builder.write(folder / "s")
        made = Segment(folder / "s")
        for number, doc in enumerate(docs.tolist()):
            there, wanted = _indexed(segment, doc), _indexed(made, number)
            for what, value in wanted.items():
                if there[what] != value:
                    yield Trouble(f"its {what} are not those of the stored article", doc)
        del made


def _indexed(segment: Segment, doc: int) -> dict[str, Any]:
    """What is indexed of an article, in terms that are the same in every segment."""
    lemmas, forms = segment.lemmas, segment.forms
    parts, ends = segment.form_parts
    words = segment.words(doc).tolist()
    named = {}
    numbers = set()
    for form in set(words):
        lemma, of = int(segment.form_lemmas[form]), parts[int(ends[form]) : int(ends[form + 1])].tolist()
        named[form] = (forms[form], lemmas[lemma], tuple(lemmas[part] for part in of))
        numbers |= {lemma, *of}
    return {
        "words": [named[form] for form in words],
        "fields": segment.field_lengths[doc].tolist(),
        "impacts": {lemmas[number]: _impact(segment, number, doc) for number in numbers},
        "signatures": segment.signatures[doc].tolist(),
    }


def speech_troubles(segment: Segment, docs: Docs) -> Iterator[Trouble]:
    """Tells of which of some articles it is said otherwise who said what than it would be now."""
    from khabarjoo.analyzers.reported_speech import name_key

    from .speech_columns import read_again, told_of

    numbers = docs.tolist()
    for doc, told in zip(numbers, read_again([segment.article(doc) for doc in numbers]), strict=True):
        if [row._replace(name=name_key(row.name)) for row in told_of(segment, doc)] != [
            row._replace(name=name_key(row.name)) for row in told
        ]:
            yield Trouble("who said what in it is not what the stored article says", doc)
