"""Merging segments into one: nothing is analysed again, and what is deleted is left behind.

Impacts depend on the article alone (see `impacts`), so the postings of a word are those of the segments, one after
another, with the articles renumbered. So do keywords, and they stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress, pairwise, repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .column_shapes import FACETS, SPEAKERS, troubles
from .columns import (
    Array,
    Columns,
    ColumnsError,
    ends_of,
    narrowest,
    narrowest_type,
    places_of,
    sizes_of,
    write_columns,
)
from .packed_texts import Strings, pack_encoded
from .segment import SEGMENT_FILE, Docs, Segment
from .segment_writer import Numbers, form_columns, forward_columns, id_columns, name_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
        for why in troubles(part.segment.columns):
            raise ColumnsError(why)
        part.segment.columns.let_go()
    columns: dict[str, Array | list[Array]] = {**_word_columns(parts), **_article_columns(parts), **_stored(parts)}
    folder.mkdir(parents=True)
    path = folder / SEGMENT_FILE
    with path.open("xb") as file:
        write_columns(file, columns)
    return path


# -- words -----------------------------------------------------------------------------------------------------


def _word_columns(parts: Sequence[Part]) -> dict[str, Array]:
    counts = [np.bincount(_kept_words(part), minlength=len(part.segment.forms)) for part in parts]
    lemmas, renumbered = _lemmas(parts, counts)

    # The forms of all parts, one after another; those that are the same have the same number.
    letters = _joined([_runs(part.segment.columns, "forms") for part in parts])
    lemma_of_form = _concatenated([n[part.segment.form_lemmas] for n, part in zip(renumbered, parts, strict=True)])
    compounds = _joined([_renumbered_parts(part.segment, n) for n, part in zip(renumbered, parts, strict=True)])
    number = _numbered(letters, lemma_of_form, compounds)

    frequency = np.bincount(number, _concatenated(counts))
    by_frequency = np.argsort(-frequency, kind="stable")[: np.count_nonzero(frequency)]
    place = np.zeros(len(frequency), np.uint32)  # there is one of these for every word of every article
    place[by_frequency] = np.arange(len(by_frequency))
    chosen = np.unique(number, return_index=True)[1][by_frequency]

    firsts = np.cumsum([0, *map(len, counts)])
    places = (place[number[first:end]] for first, end in pairwise(firsts.tolist()))
    forms = (of_part[_kept_words(part)] for of_part, part in zip(places, parts, strict=True))
    of_compounds = compounds.chosen(chosen)
    return {
        **pack_encoded("lemmas", lemmas),
        **letters.chosen(chosen).columns("forms"),
        **form_columns(lemma_of_form[chosen], of_compounds.values, of_compounds.sizes, len(lemmas)),
        **forward_columns(forms, _lengths(parts)),
        **_postings(parts, renumbered, len(lemmas)),
        **_keywords(parts, renumbered),
    }


def _numbered(letters: _Runs, lemma_of_form: Array, compounds: _Runs) -> Numbers:
    """A number for each form, by its letters, its lemma and those of its parts: equal forms have the same."""
    distinct: dict[tuple[bytes, int, bytes], int] = {}
    keys = zip(letters.raws(), lemma_of_form.tolist(), compounds.raws(), strict=True)
    return np.fromiter((distinct.setdefault(key, len(distinct)) for key in keys), np.int64, len(lemma_of_form))


def _kept_words(part: Part) -> NDArray[np.uint32]:
    """The forms of the words of all articles kept."""
    segment = part.segment
    words = segment.forward.astype(np.uint32)
    words[segment.columns["forward.wide.places"]] = segment.columns["forward.wide"]
    return _kept(part, _Runs(words, sizes_of(segment.doc_ends))).values


def _lemmas(parts: Sequence[Part], counts: Sequence[Numbers]) -> tuple[list[bytes], list[Numbers]]:
    """The lemmas of the words kept, ascending, and for each part the new number of each of its lemmas.

    Of a lemma that only deleted articles have, the number is 0. ``counts`` say how often each form is kept.
    """
    raws = [part.segment.lemmas.raws() for part in parts]
    used = [_used_lemmas(part.segment, c > 0) for part, c in zip(parts, counts, strict=True)]
    kept = chain.from_iterable(map(compress, raws, (u.tolist() for u in used)))
    lemmas = list(dict.fromkeys(sorted(kept)))  # takes no time, as those of each part are sorted already
    number = dict(zip(lemmas, range(len(lemmas)), strict=True))
    return lemmas, [np.fromiter(map(number.get, raw, repeat(0)), np.int64, len(raw)) for raw in raws]


def _used_lemmas(segment: Segment, used_forms: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which lemmas these forms are of, or have as a part."""
    used = np.zeros(len(segment.lemmas), np.bool_)
    used[segment.form_lemmas[used_forms]] = True
    numbers, ends = segment.form_parts
    used[numbers[np.repeat(used_forms, sizes_of(ends))]] = True
    return used


def _renumbered_parts(segment: Segment, renumbered: Numbers) -> _Runs:
    """The lemmas of each form's parts, by their new numbers."""
    numbers, sizes = _runs(segment.columns, "forms.parts")
    return _Runs(renumbered[numbers], sizes)


def _lengths(parts: Sequence[Part]) -> Numbers:
    """Words in title, lead and body of the articles kept."""
    rows = []
    for segment, kept in parts:
        fields = segment.field_lengths[kept].astype(np.int64)
        whole = sizes_of(segment.doc_ends)[kept]
        rows.append(np.column_stack((fields, whole - fields.sum(axis=1))))
    return np.concatenate(rows)


def _postings(parts: Sequence[Part], renumbered: Sequence[Numbers], lemmas: int) -> dict[str, Array]:
    sizes = np.zeros((len(parts), lemmas), np.int64)
    firsts = np.cumsum([0, *(len(part.kept) for part in parts)]).tolist()
    top = 0
    for row, part in enumerate(parts):
        lemma, docs, _ = _kept_postings(part, renumbered[row], firsts[row])
        sizes[row] = np.bincount(lemma, minlength=lemmas)
        top = max(top, int(docs.max(initial=0)))
    ends = ends_of(sizes.sum(axis=0))
    starts = ends[:-1].astype(np.int64) + np.cumsum(sizes, axis=0) - sizes  # of each segment's run in each list
    all_docs = np.zeros(int(ends[-1]), narrowest_type(top))
    all_impacts = np.zeros(int(ends[-1]), np.uint8)
    for row, part in enumerate(parts):  # once more, as that takes less than keeping them all
        _, docs, impacts = _kept_postings(part, renumbered[row], firsts[row])
        places = places_of(starts[row], sizes[row])
        all_docs[places] = docs
        all_impacts[places] = impacts
    return {"postings.docs": all_docs, "postings.impacts": all_impacts, "postings.ends": ends}


def _kept_postings(part: Part, renumbered: Numbers, first: int) -> tuple[Array, Array, Array]:
    """The postings of the articles kept, of which the first gets a number: lemmas, articles and impacts."""
    segment, kept = part
    docs, impacts, ends = segment.all_postings
    docs = _new_docs(len(segment), kept, first)[docs]
    lemma = np.repeat(renumbered.astype(np.uint32), sizes_of(ends))
    if len(kept) < len(segment):
        live = np.flatnonzero(docs >= 0)
        lemma, docs, impacts = lemma[live], docs[live], impacts[live]
    return lemma, docs, impacts


def _new_docs(articles: int, kept: Docs, first: int) -> NDArray[np.int32]:
    """The new number of each article, -1 for those that are left behind."""
    numbers = np.full(articles, -1, np.int32)
    numbers[kept] = first + np.arange(len(kept))
    return numbers


def _keywords(parts: Sequence[Part], renumbered: Sequence[Numbers]) -> dict[str, Array]:
    lemmas = []
    for (segment, kept), numbers in zip(parts, renumbered, strict=True):
        chosen = segment.keywords[0][kept].astype(np.int64)
        # A segment without a word has no lemma for its keywords of weight 0 to be; they are 0 as it is.
        lemmas.append(numbers[chosen] if len(numbers) else chosen)
    weights = [segment.keywords[1][kept] for segment, kept in parts]
    return {"keywords": narrowest(np.concatenate(lemmas).ravel()), "keywords.weights": np.concatenate(weights).ravel()}


# -- articles --------------------------------------------------------------------------------------------------


def _article_columns(parts: Sequence[Part]) -> dict[str, Array]:
    columns: dict[str, Array] = {
        **id_columns(_joined([_kept(part, _runs(part.segment.columns, "ids")) for part in parts]).raws()),
        "published": np.concatenate([segment.published[kept] for segment, kept in parts]),
        "digests": np.concatenate([segment.digests[kept] for segment, kept in parts]),
        "signatures": np.concatenate([segment.signatures[kept] for segment, kept in parts]).ravel(),
    }
    for name in FACETS:
        columns.update(_facet_columns(parts, name))
    if all(part.segment.has_speech for part in parts):
        columns.update(_speech_columns(parts))
    return columns


def _stored(parts: Sequence[Part]) -> dict[str, Array | list[Array]]:
    """The stored articles kept, in pieces: they are the largest there is, and lie in the segments as they are."""
    runs = [_kept(part, _runs(part.segment.columns, "stored")) for part in parts]
    return {"stored": [run.values for run in runs], "stored.ends": ends_of(_concatenated([run.sizes for run in runs]))}


def _speech_columns(parts: Sequence[Part]) -> dict[str, Array]:
    """Who said what in the articles kept."""
    columns = _facet_columns(parts, SPEAKERS)
    for name in ("speech.starts", "speech.sizes", "speech.how"):
        runs = (_Runs(part.segment.columns[name], sizes_of(part.segment.columns[f"{SPEAKERS}.ends"])) for part in parts)
        values = _joined([_kept(part, run) for part, run in zip(parts, runs, strict=True)]).values
        columns[name] = values if name == "speech.how" else narrowest(values)
    return columns


def _facet_columns(parts: Sequence[Part], name: str) -> dict[str, Array]:
    number: dict[bytes, int] = {}
    runs = []
    for part in parts:
        names = Strings(part.segment.columns, f"{name}.names").raws()
        renumbered = np.array([number.setdefault(raw, len(number)) for raw in names], np.int64)
        numbers, sizes = _kept(part, _runs(part.segment.columns, name))
        runs.append(_Runs(renumbered[numbers], sizes))
    return name_columns(name, list(number), *_joined(runs))


# -- runs ------------------------------------------------------------------------------------------------------


class _Runs(NamedTuple):
    """Runs of values, one after another, and how many values each run has."""

    values: Array
    sizes: Numbers

    def chosen(self, numbers: Docs) -> _Runs:
        """Returns some of the runs, by their numbers."""
        sizes = self.sizes[numbers]
        places = places_of((np.cumsum(self.sizes) - self.sizes)[numbers], sizes)
        return _Runs(self.values[places], sizes)

    def raws(self) -> list[bytes]:
        """Returns the bytes of each run."""
        data = self.values.tobytes()
        ends = np.concatenate(([0], np.cumsum(self.sizes))) * self.values.itemsize
        return [data[start:end] for start, end in pairwise(ends.tolist())]

    def columns(self, name: str) -> dict[str, Array]:
        """Returns the runs as columns of a segment."""
        return {name: self.values, f"{name}.ends": ends_of(self.sizes)}


def _runs(columns: Columns, name: str) -> _Runs:
    """A column that has another for where its runs end."""
    return _Runs(columns[name], sizes_of(columns[f"{name}.ends"]))


def _kept(part: Part, runs: _Runs) -> _Runs:
    """Of a run for each article, those of the articles kept."""
    return runs if len(part.kept) == len(part.segment) else runs.chosen(part.kept)


def _joined(all_runs: Sequence[_Runs]) -> _Runs:
    """The runs of all, one after another."""
    return _Runs(_concatenated([runs.values for runs in all_runs]), _concatenated([runs.sizes for runs in all_runs]))


def _concatenated(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)
