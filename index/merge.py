"""Merging segments into one: nothing is analysed again, and what is deleted is left behind.

Impacts depend on the article alone (see `impacts`), so the postings of a word are those of the segments, one after
another, with the articles renumbered. Keywords stay what they were when the article was indexed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .build import facet_columns, id_columns
from .columns import Array, ends_of, narrowest, write_columns
from .inversion import Numbers, form_columns, forward_columns
from .segment import SEGMENT_FILE, Docs, Facet, Segment
from .texts import pack_strings

FACETS = ("source", "category", "tag", "code", "origin")


class Part(NamedTuple):
    """A segment to be merged, and the articles of it that are to be kept, ascending."""

    segment: Segment
    kept: Docs


def merge(parts: Sequence[Part], folder: Path) -> Path:
    """Writes the articles kept of some segments, in order, as one segment in a new folder; returns its file.

    Raises ColumnsError for a damaged segment, rather than vouch for what is in it with new checksums.
    """
    for part in parts:
        part.segment.columns.check()
    columns = {**_word_columns(parts), **_article_columns(parts)}
    folder.mkdir(parents=True)
    path = folder / SEGMENT_FILE
    with path.open("wb") as file:
        write_columns(file, columns)
    return path


# -- words -----------------------------------------------------------------------------------------------------


def _word_columns(parts: Sequence[Part]) -> dict[str, Array]:
    used = [np.bincount(_kept_words(part), minlength=len(part.segment.forms)) for part in parts]
    keys = [_form_keys(part.segment) for part in parts]
    lemmas = sorted({lemma for k, u in zip(keys, used, strict=True) for lemma in _lemmas_of(k, u)})
    number = {lemma: place for place, lemma in enumerate(lemmas)}

    distinct: dict[_FormKey, int] = {}
    numbers = [[distinct.setdefault(key, len(distinct)) for key in k] for k in keys]
    counts = np.zeros(len(distinct), np.int64)
    for of_part, u in zip(numbers, used, strict=True):
        counts[of_part] += u
    by_frequency = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    place = np.zeros(len(counts), np.uint32)  # there is one of these for every word of every article
    place[by_frequency] = np.arange(len(by_frequency))
    every = list(distinct)
    chosen = [every[n] for n in by_frequency.tolist()]

    forms = [
        place[np.array(of_part, np.int64)[_kept_words(part)]] for of_part, part in zip(numbers, parts, strict=True)
    ]
    lemma_of_form = np.fromiter((number[key.lemma] for key in chosen), np.int64, len(chosen))
    part_sizes = np.fromiter((len(key.parts) for key in chosen), np.int64, len(chosen))
    lemmas_of_parts = np.fromiter((number[p] for key in chosen for p in key.parts), np.int64, int(part_sizes.sum()))
    return {
        **pack_strings("lemmas", [_text(lemma) for lemma in lemmas]),
        **pack_strings("forms", [_text(key.form) for key in chosen]),
        **form_columns(lemma_of_form, lemmas_of_parts, part_sizes, len(lemmas)),
        **forward_columns(_joined(forms), _lengths(parts)),
        **_postings(parts, number),
        **_keywords(parts, number),
    }


class _FormKey(NamedTuple):
    """What makes two forms of different segments the same; all in UTF-8."""

    form: bytes
    lemma: bytes
    parts: tuple[bytes, ...]


def _form_keys(segment: Segment) -> list[_FormKey]:
    lemmas = segment.lemmas.raws()
    numbers, ends = (array.tolist() for array in segment.form_parts)
    return [
        _FormKey(form, lemmas[lemma], tuple(lemmas[n] for n in numbers[ends[i] : ends[i + 1]]))
        for i, (form, lemma) in enumerate(zip(segment.forms.raws(), segment.form_lemmas.tolist(), strict=True))
    ]


def _lemmas_of(keys: list[_FormKey], used: Numbers) -> Iterator[bytes]:
    for n in np.flatnonzero(used).tolist():
        yield keys[n].lemma
        yield from keys[n].parts


def _kept_words(part: Part) -> Numbers:
    """The forms of the words of all articles kept."""
    segment = part.segment
    words = segment.words_at(np.arange(int(segment.doc_ends[-1])))
    if len(part.kept) == len(segment):
        return words
    kept = np.zeros(len(segment), np.bool_)
    kept[part.kept] = True
    return words[np.repeat(kept, np.diff(segment.doc_ends.astype(np.int64)))]


def _lengths(parts: Sequence[Part]) -> Numbers:
    """Words in title, lead and body of the articles kept."""
    rows = []
    for segment, kept in parts:
        fields = segment.field_lengths[kept].astype(np.int64)
        whole = np.diff(segment.doc_ends.astype(np.int64))[kept]
        rows.append(np.column_stack((fields, whole - fields.sum(axis=1))))
    return np.concatenate(rows)


def _postings(parts: Sequence[Part], number: dict[bytes, int]) -> dict[str, Array]:
    sizes = np.zeros((len(parts), len(number)), np.int64)
    runs = []
    first = 0
    for row, (segment, kept) in enumerate(parts):
        docs, impacts, ends = segment.all_postings
        renumbered = _renumbered(len(segment), kept, first)[docs]
        lemma = np.repeat(_lemma_numbers(segment, number).astype(np.uint32), np.diff(ends.astype(np.int64)))
        live = np.flatnonzero(renumbered >= 0)
        lemma, renumbered, impacts = lemma[live], renumbered[live], impacts[live]
        sizes[row] = np.bincount(lemma, minlength=len(number))
        runs.append((lemma, renumbered, impacts))
        first += len(kept)
    ends = ends_of(sizes.sum(axis=0))
    starts = ends[:-1].astype(np.int64) + np.cumsum(sizes, axis=0) - sizes  # of each segment's run in each list
    all_docs = np.zeros(int(ends[-1]), np.int32)
    all_impacts = np.zeros(int(ends[-1]), np.uint8)
    for row, (lemma, renumbered, impacts) in enumerate(runs):
        before = np.cumsum(sizes[row]) - sizes[row]
        places = starts[row][lemma] - before[lemma] + np.arange(len(lemma))
        all_docs[places] = renumbered
        all_impacts[places] = impacts
    return {"postings.docs": narrowest(all_docs), "postings.impacts": all_impacts, "postings.ends": ends}


def _keywords(parts: Sequence[Part], number: dict[bytes, int]) -> dict[str, Array]:
    lemmas = []
    for segment, kept in parts:
        chosen = segment.keywords[0][kept].astype(np.int64)
        # A segment without a word has no lemma for its keywords of weight 0 to be; they are 0 as it is.
        lemmas.append(_lemma_numbers(segment, number)[chosen] if len(segment.lemmas) else chosen)
    weights = [segment.keywords[1][kept] for segment, kept in parts]
    return {"keywords": narrowest(np.concatenate(lemmas).ravel()), "keywords.weights": np.concatenate(weights).ravel()}


def _lemma_numbers(segment: Segment, number: dict[bytes, int]) -> Numbers:
    """The new number of each lemma of a segment; 0 for one that only deleted articles have."""
    return np.fromiter((number.get(raw, 0) for raw in segment.lemmas.raws()), np.int64, len(segment.lemmas))


# -- articles --------------------------------------------------------------------------------------------------


def _article_columns(parts: Sequence[Part]) -> dict[str, Array]:
    ids = [segment.ids[doc] for segment, kept in parts for doc in kept.tolist()]
    sizes = [np.diff(segment.columns["stored.ends"].astype(np.int64))[kept] for segment, kept in parts]
    columns: dict[str, Array] = {
        **id_columns(ids),
        "published": np.concatenate([segment.published[kept] for segment, kept in parts]),
        "digests": np.concatenate([segment.digests[kept] for segment, kept in parts]),
        "signatures": np.concatenate([segment.signatures[kept] for segment, kept in parts]).ravel(),
        "stored": np.concatenate([_stored(part) for part in parts]),
        "stored.ends": ends_of(_joined(sizes)),
    }
    for name in FACETS:
        facets = [Facet(segment.columns, name) for segment, _ in parts]
        columns.update(facet_columns(name, _names(facets, [kept for _, kept in parts])))
    return columns


def _stored(part: Part) -> NDArray[np.uint8]:
    whole = part.segment.columns["stored"]
    if len(part.kept) == len(part.segment):
        return whole
    return whole[_within(part.kept, np.diff(part.segment.columns["stored.ends"].astype(np.int64)))]


def _names(facets: Iterable[Facet], kept: Iterable[Docs]) -> list[list[str]]:
    return [
        [facet.names[n] for n in facet.numbers(doc).tolist()]
        for facet, docs in zip(facets, kept, strict=True)
        for doc in docs.tolist()
    ]


# -- arrays ----------------------------------------------------------------------------------------------------


def _renumbered(articles: int, kept: Docs, first: int) -> NDArray[np.int32]:
    """The new number of each article, -1 for those that are left behind."""
    numbers = np.full(articles, -1, np.int32)
    numbers[kept] = first + np.arange(len(kept))
    return numbers


def _within(kept: Docs, sizes: Numbers) -> Numbers:
    """The places of what belongs to the articles kept, where each has so many, one article after another."""
    starts = (np.cumsum(sizes) - sizes)[kept]
    chosen = sizes[kept]
    places: Numbers = np.repeat(starts - np.cumsum(chosen) + chosen, chosen) + np.arange(int(chosen.sum()))
    return places


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")
