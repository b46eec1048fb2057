"""The shapes of a segment's columns: types, how many values there must be, what they number, what they cut into runs.

An index may be somebody else's, with every checksum right and nothing behind it. So no end, count or number is
believed: `require` looks at a column when it is first asked for. Its type and its count are compared with the
directory, which costs nothing; what is in it is read where that takes less than a millisecond, or where all of it is
going to be read anyway. Of the large columns that belong to words, a search reads a few runs, each of which is looked
at by itself (`run`). `troubles` looks at all of them, as `verify` and merging do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .column_values import ascend, largest
from .columns import Columns, ColumnsError, Numbers

KEYWORDS = 24
"""Lemmas listed for each article as those that tell most about it."""

SIGNATURE = 16
"""Values of an article's signature, by which its copies are found."""

WIDE = 0xFFFF
"""Stands in ``forward`` for a form whose number does not fit two bytes; ``forward.wide`` has it."""

FACETS = ("source", "category", "tag", "code", "origin")
"""Columns of names."""

_LEMMAS, _FORMS, _ARTICLES = "lemmas", "forms", "ids"
"""Things that are numbered, by the column of their names; facets have names of their own."""

_BYTES, _NUMBERS = ("|u1",), ("|u1", "<u2", "<u4")


class Shape(NamedTuple):
    """What a column must be.

    It has ``each`` values for every one ``of`` some things, or, where ``like`` names another column, as many as that.
    Ends have one more value than things, and ``cut`` a column into runs. Of numbers, ``number`` says what they number.
    """

    kinds: tuple[str, ...] = _NUMBERS
    of: str = ""
    each: int = 1
    like: str = ""
    cut: str = ""
    number: str = ""


def _ends(of: str, cut: str) -> Shape:
    return Shape((*_NUMBERS, "<u8"), of=of, cut=cut)


def _texts(name: str) -> dict[str, Shape]:
    return {name: Shape(_BYTES), f"{name}.ends": _ends("", name)}


SHAPES: dict[str, Shape] = {
    **_texts(_LEMMAS),
    **_texts(_FORMS),
    **_texts(_ARTICLES),
    "stored": Shape(_BYTES),
    "stored.ends": _ends(_ARTICLES, "stored"),
    "ids.order": Shape(of=_ARTICLES, number=_ARTICLES),
    "published": Shape(("<i8",), of=_ARTICLES),
    "digests": Shape(("<u8",), of=_ARTICLES),
    "signatures": Shape(("<u2",), of=_ARTICLES, each=SIGNATURE),
    "keywords": Shape(of=_ARTICLES, each=KEYWORDS, number=_LEMMAS),
    "keywords.weights": Shape(_BYTES, of=_ARTICLES, each=KEYWORDS),
    "forward": Shape(("<u2",)),  # its numbers are looked at by `consistency`, which tells of which articles they are
    "forward.ends": _ends(_ARTICLES, "forward"),
    "forward.fields": Shape(of=_ARTICLES, each=2),
    "forward.wide": Shape(like="forward.wide.places", number=_FORMS),
    "forward.wide.places": Shape(number="forward"),
    "postings.docs": Shape(number=_ARTICLES),
    "postings.impacts": Shape(_BYTES, like="postings.docs"),
    "postings.ends": _ends(_LEMMAS, "postings.docs"),
    "forms.lemma": Shape(of=_FORMS, number=_LEMMAS),
    "forms.parts": Shape(number=_LEMMAS),
    "forms.parts.ends": _ends(_FORMS, "forms.parts"),
    "lemmas.forms": Shape(number=_FORMS),
    "lemmas.forms.ends": _ends(_LEMMAS, "lemmas.forms"),
}
for _name in FACETS:
    SHAPES |= {
        **_texts(f"{_name}.names"),
        _name: Shape(number=f"{_name}.names"),
        f"{_name}.ends": _ends(_ARTICLES, _name),
    }

SPEAKERS = "speaker"
"""The column of who said what; an index may do without it, and without those that belong to it."""

_OF_SPEECH: dict[str, Shape] = {
    **_texts(f"{SPEAKERS}.names"),
    SPEAKERS: Shape(number=f"{SPEAKERS}.names"),
    f"{SPEAKERS}.ends": _ends(_ARTICLES, SPEAKERS),
    "speech.starts": Shape(like=SPEAKERS),
    "speech.sizes": Shape(like=SPEAKERS),
    "speech.how": Shape(_BYTES, like=SPEAKERS),
}
_ALL_SHAPES = SHAPES | _OF_SPEECH

_READ_WHOLE = frozenset(
    name
    for name, shape in _ALL_SHAPES.items()
    if (shape.cut and shape.of == _ARTICLES)
    or name.partition(".")[0] in (*FACETS, SPEAKERS, "speech")
    or name == "ids.order"
)
"""Columns whose values are looked at however many they are: ends of articles, and names, which are read whole."""


def require(columns: Columns, name: str, *, is_small: bool) -> None:
    """Raises ColumnsError when a column, about to be read, cannot be one of a segment; one without a shape may be any.

    Values are looked at in small columns, and in those that are read whole.
    """
    if shape := _ALL_SHAPES.get(name):
        why = _trouble_of_count(columns, name, shape)
        if not why and (is_small or name in _READ_WHOLE):
            why = _trouble_of_values(columns, name, shape)
        if why:
            raise ColumnsError(why)


def troubles(columns: Columns) -> Iterator[str]:
    """Yields what is wrong with the shapes of a segment's columns, all read. Raises ColumnsError for a missing one."""
    for name, shape in (_ALL_SHAPES if has_speech(columns) else SHAPES).items():
        columns.count(name)
        if why := _trouble_of_count(columns, name, shape) or _trouble_of_values(columns, name, shape):
            yield why


def has_speech(columns: Columns) -> bool:
    """Returns whether a segment has columns of who said what: if it has one, it must have them all."""
    return not _OF_SPEECH.keys().isdisjoint(columns.names)


def run(ends: Numbers, number: int, size: int, name: str) -> tuple[int, int]:
    """Returns where a run of a column of so many values starts and ends. Raises ColumnsError when it is none of it."""
    start, end = ends[number], ends[number + 1]
    if not start <= end <= size:
        raise ColumnsError(f"column {name}.ends does not cut column {name} into runs")
    return start, end


def _trouble_of_count(columns: Columns, name: str, shape: Shape) -> str:
    kind, count = columns.kind(name), columns.count(name)
    if kind not in shape.kinds:
        return f"column {name} has values of type {kind}"
    if shape.of:
        expected = _things(columns, shape.of) * shape.each + bool(shape.cut)
    elif shape.like:
        expected = columns.count(shape.like)
    else:
        expected = max(count, bool(shape.cut))
    return "" if count == expected else f"column {name} has {count} values where there should be {expected}"


def _trouble_of_values(columns: Columns, name: str, shape: Shape) -> str:
    values = columns.peek_numbers(name)
    if shape.cut:
        size = columns.count(shape.cut)
        cuts = values[0] == 0 and values[-1] == size and ascend(values)
        return "" if cuts else f"column {name} does not cut column {shape.cut} into runs"
    if not shape.number or not len(values):
        return ""
    limit = columns.count(shape.number) if shape.number == "forward" else _things(columns, shape.number)
    if name == "keywords":
        limit = max(limit, 1)  # a segment without a word has keywords of weight 0, which are 0
    top = largest(values)
    return "" if top < limit else f"column {name} has {top} where numbers end at {limit - 1}"


def _things(columns: Columns, thing: str) -> int:
    return columns.count(f"{thing}.ends") - 1


def deleted_docs(columns: Columns, name: str, articles: int) -> Numbers:
    """Returns what a list of deleted articles of a segment holds. Raises ColumnsError when it cannot be one."""
    docs = columns.numbers("docs")
    is_list = "u" in columns.kind("docs") and len(docs) <= articles and ascend(docs, strictly=True)
    if not is_list or (len(docs) and docs[-1] >= articles):
        raise ColumnsError(f"{name} lists articles that are none")
    return docs
