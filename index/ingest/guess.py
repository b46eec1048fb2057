"""What a table's columns are, told from what they hold: only the text and the date, and only where no name tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import mean

from .field_names import FieldMap, Layout, key, layout

SAMPLE = 50
"""How many records are looked at."""

_LEAST_WORDS = 5  # of a text, on average; fewer are a title or a name
_LEAST_DATES = 0.8
_LONGEST_DATE = 80
# Columns with moments other than that of publication (news-please: date_modify, date_download; trafilatura: filedate).
_OTHER_MOMENTS = ("modif", "updat", "download", "crawl", "fetch", "scrap", "retriev", "filedate", "expire", "birth")


def might_help(found: Layout) -> bool:
    """Returns whether there is something to guess in records of this layout."""
    return not found.has("body") or not found.has("published")


def guess(records: Sequence[Mapping[str, object]], mapping: FieldMap, is_date: Callable[[str], bool]) -> FieldMap:
    """Returns the body and the date of publication of these records, where they have no name that we know.

    The body is the column with the longest texts, if these are sentences and longer than the titles are; the date is
    the first column in which nearly all values are dates.
    """
    if not records:
        return ()
    found = layout(tuple(dict.fromkeys(name for record in records for name in record)), mapping)
    known = {name for names in found.fields.values() for name in names}
    columns = {name: _texts(records, name) for name in found.names if name not in known}
    guessed: list[tuple[str, str]] = []
    if not found.has("body"):
        titles = [_words(records, name) for name in found.fields["title"][:1]]
        sizes = {name: mean(len(text.split()) for text in texts) for name, texts in columns.items() if texts}
        name = max(sizes, key=sizes.__getitem__, default="")
        if name and sizes[name] >= max([_LEAST_WORDS, *titles]):
            guessed.append(("body", name))
    if not found.has("published"):
        name = next((name for name, texts in columns.items() if _is_of_dates(name, texts, is_date)), "")
        if name:
            guessed.append(("published", name))
    return tuple(guessed)


def _texts(records: Sequence[Mapping[str, object]], name: str) -> list[str]:
    values = (record.get(name) for record in records)
    return [value for value in values if isinstance(value, str) and value.strip()]


def _words(records: Sequence[Mapping[str, object]], name: str) -> float:
    texts = _texts(records, name)
    return mean(len(text.split()) for text in texts) if texts else 0


def _is_of_dates(name: str, texts: Sequence[str], is_date: Callable[[str], bool]) -> bool:
    """Whether nearly all of the texts are dates; numbers alone may be anything."""
    if not texts or any(word in key(name) for word in _OTHER_MOMENTS):
        return False
    dated = sum(len(text) <= _LONGEST_DATE and not text.strip().isdecimal() and is_date(text) for text in texts)
    return dated >= _LEAST_DATES * len(texts)
