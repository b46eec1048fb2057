"""Reads articles from records: the names people give to fields in JSON and CSV, and what their values mean."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from khabarjoo.analyzers.calendars import TimedMidnight, has_clock
from khabarjoo.analyzers.dates import DateError, parse_moment, tehran

from ..article import Article
from ..news import outlets, sections
from ..news.line_matching import ascii_digits
from . import limits
from .date_values import date_text
from .encoding import is_damaged, mend
from .envelopes import EMPTY, OF_DUMP, action_of, opened
from .field_names import NAMES, FieldMap, Layout, has_text, key, known, layout
from .guess import SAMPLE, guess, might_help
from .markup import TooDeep, plain
from .source import Notice, Reading, Skipped, unread_date

_DELIMITERS = re.compile(r"[،,؛;|\n\t•·]+|\s+[/–-]\s+|\s{2,}")
_LONGEST_TAG = 80


def split_tags(text: str) -> tuple[str, ...]:
    """Returns the tags that a text lists, however it parts them.

    >>> split_tags("قم، جهاد دانشگاهی ،قم"), split_tags("#قم #جهاد_دانشگاهی")
    (('قم', 'جهاد دانشگاهی'), ('قم', 'جهاد دانشگاهی'))
    """
    if text.count("#") > 1 or text.lstrip().startswith("#"):
        tags = text.replace("_", " ").split("#")
    else:
        tags = _DELIMITERS.split(text)
    stripped = (tag.strip(' \u200c.:،,؛;|"«»\t') for tag in tags)
    return tuple(dict.fromkeys(tag for tag in stripped if tag and len(tag) <= _LONGEST_TAG))


__all__ = ["NAMES", "Record", "Records", "has_text", "key", "known", "moment", "read_record"]

# Days that software writes where it knows none: the zero of Unix, of SQL and .NET, and of spreadsheets.
PLACEHOLDERS = frozenset({date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30)})

_ZEROS = re.compile(r"[0\W]*|0001-01-01.*|null|none|nan|nat", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"\d{4}")
_ANOTHER_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# Seconds since 1970 have nine or ten digits in any year of the web, their thousandths, millionths and billionths three,
# six and nine more. Years come in eight, twelve (with minutes) or fourteen digits, and those beginning with 13, 14, 19
# or 20 are left to the dates.
_EPOCH = re.compile(r"(\d{9,10})((?:\d{3}){1,3})?(?:\.\d+)?")
_LONGEST_DATE = 500
_DATES_REMEMBERED = 1 << 14
# Members that hold the words of an object: WordPress, feedparser (term), exports of Mongo ($oid, $date, $number…) and
# Firestore (…Value), XML turned into JSON (#text, $t), languages side by side (fa, original).
_INNER_TEXT = (
    "rendered", "name", "title", "text", "value", "label", "term", "fa", "original", "#text", "$t", "@value", "$oid",
    "$date", "$numberLong", "$numberInt", "$numberDouble", "stringValue", "timestampValue", "integerValue",
)  # fmt: skip
_LINE_BREAK = "[n]"  # how pn_summary and wiki_summary write the end of a line in their tables
_PERSIAN = re.compile("[\u0621-\u06d2]")
_MOST_COLUMNS = 1000
_COLUMNS_SHOWN = 12


class Record(NamedTuple):
    """One record: its values by their names, the id it has if none of its own, and where it stands."""

    values: Mapping[str, object]
    default_id: str
    where: str


def read_record(record: Mapping[str, object], *, default_id: str, where: str) -> Iterator[Reading]:
    """Yields the article in one record, after notices of what could not be read of it; or why there is none."""
    yield from Records(where).read(record, default_id=default_id, where=where)


class Records:
    """Reads the records of one file, and remembers which of their names gave nothing.

    ``mapping`` is what the user says of names. Where no name of a body or a date is known, it is looked for in what
    the first records hold; that this was done is said.
    """

    def __init__(self, where: str, mapping: FieldMap = ()) -> None:
        self._where = where
        self._mapping = mapping
        self._layout: Layout | None = None
        self._found = False
        self._used: set[str] = set()
        self._unread: dict[str, None] = {}
        self._idle: list[str] = []
        self._next_id = ""
        self._may_wrap = self._is_inside = False

    def articles(self, records: Iterable[Record | Reading]) -> Iterator[Reading]:
        """Yields what the records give, after what is said of the file, and with what else stands among them."""
        waiting: list[Record | Reading] = []
        rest = iter(records)
        try:
            for item in rest:
                waiting.append(item)
                if not self._is_undecided(waiting):
                    break
        finally:  # what stands before an error is read all the same
            yield from self._flush(waiting)
        for item in rest:
            if isinstance(item, Record):
                yield from self.read(item.values, default_id=item.default_id, where=item.where)
            else:
                yield item
        yield from self.unread()

    def read(self, record: Mapping[str, object], *, default_id: str, where: str) -> Iterator[Reading]:
        """Yields the article in one record, after notices of what could not be read of it; or why there is none."""
        if self._may_wrap and isinstance(record.get("article"), dict):
            record = opened(record, self._mapping)
        names = tuple(record)
        if self._layout is None or names != self._layout.names:
            self._layout = layout(names, self._mapping)
            self._watch(names)
            if self._may_wrap and isinstance(record.get("article"), dict):
                yield from self.read(record, default_id=default_id, where=where)
                return
        try:
            yield from self._read(record, self._layout, default_id, where)
        except TooDeep as error:
            yield Skipped(where, str(error))

    @staticmethod
    def has_body(record: Mapping[str, object]) -> bool:
        """Returns whether one of the record's names is that of a text."""
        return layout(tuple(record)).has("lead", "body")

    def unread(self) -> Iterator[Notice]:
        """Yields one line with the names that held something and were never read."""
        names = [name for name in self._unread if name not in self._used]
        if names:
            shown = ", ".join(_shown_name(name) for name in names[:_COLUMNS_SHOWN])
            more = f" and {len(names) - _COLUMNS_SHOWN:,} more" if len(names) > _COLUMNS_SHOWN else ""
            yield Notice(self._where, f"columns not read: {shown}{more}; --map FIELD=NAME reads one")

    def _watch(self, names: tuple[str, ...]) -> None:
        self._may_wrap = "article" in names  # which is a text in some sets, and the whole in others
        room = len(self._unread) < _MOST_COLUMNS
        self._idle = [name for name in names if room and name not in self._unread]

    def _note_idle(self, record: Mapping[str, object]) -> None:
        """Remembers which names hold something though they have not been read so far."""
        left = []
        for name in self._idle:
            if name in self._used:
                continue
            if record[name] in EMPTY:
                left.append(name)
            else:
                self._unread[name] = None
        self._idle = left

    def _is_undecided(self, waiting: list[Record | Reading]) -> bool:
        records = [item for item in waiting if isinstance(item, Record)]
        if not records:
            return len(waiting) < SAMPLE
        found = layout(tuple(opened(records[0].values, self._mapping)), self._mapping)
        return might_help(found) and len(waiting) < SAMPLE

    def _flush(self, waiting: list[Record | Reading]) -> Iterator[Reading]:
        sample = [opened(item.values, self._mapping) for item in waiting if isinstance(item, Record)]
        guessed = guess(sample, self._mapping, _is_date)
        if guessed:
            self._mapping = (*self._mapping, *guessed)
            told = ", ".join(f"{field}={_shown_name(name)}" for field, name in guessed)
            yield Notice(self._where, f"columns guessed from what they hold: {told}; --map FIELD=NAME reads others")
        for item in waiting:
            if isinstance(item, Record):
                yield from self.read(item.values, default_id=item.default_id, where=item.where)
            else:
                yield item

    def _read(self, record: Mapping[str, object], found: Layout, default_id: str, where: str) -> Iterator[Reading]:
        row = _Row(record, found.fields, self._used)
        title, kicker = row.text("title", " "), row.text("kicker", " ")
        lead, body = _lines(row.text("lead", "\n")), _lines(row.text("body", "\n"))
        if not (title or lead or body or kicker) or OF_DUMP in record:
            yield from self._read_unusual(record, default_id, where)
            return
        if not title:
            title, kicker = kicker, ""
        url, source = row.text("url", " "), row.text("source", " ")
        if source.startswith(("http://", "https://")):
            url, source = url or source, ""
        if not source and (code := row.text("outlet_code", " ")):
            source = outlets.called(code) or outlets.of_address(code) or code
        published, unread = _published(row)
        if unread:
            yield unread_date(where, unread)
        yield Article(
            id=row.text("id", " ") or self._taken_id() or default_id,
            title=title,
            lead="\n".join(filter(None, (kicker, lead))),
            body=body,
            published=published,
            source=source or outlets.of_address(url),
            category=_category(row),
            tags=_tags(row),
            url=url,
            code=ascii_digits(row.text("code", " ")),
        )
        self._found = True
        if self._idle:
            self._note_idle(record)

    def _read_unusual(self, record: Mapping[str, object], default_id: str, where: str) -> Iterator[Reading]:
        """An article of `dump`, or in an envelope; the id of the next record; or why there is none."""
        if OF_DUMP in record:
            yield _of_dump(record, where)
            return
        inner = opened(record, self._mapping)
        if inner is not record and not self._is_inside:  # an envelope in an envelope is none
            self._is_inside = True
            yield from self.read(inner, default_id=default_id, where=where)
            self._is_inside = False
        elif (action := action_of(record)) is not None:
            self._next_id = action
        else:
            yield Skipped(where, "it has neither a title nor a text")
            if not self._found:  # else it is no wonder that nobody reads it
                self._note_idle(record)

    def _taken_id(self) -> str:
        id, self._next_id = self._next_id, ""
        return id


def _of_dump(record: Mapping[str, object], where: str) -> Reading:
    """An article exactly as ``khabarjoo dump`` wrote it."""
    names = ("id", "title", "lead", "body", "source", "category", "url", "code")
    texts = {name: text for name in names if isinstance(text := record.get(name, ""), str)}
    listed = record.get("tags")
    tags = [tag for tag in listed if isinstance(tag, str)] if isinstance(listed, list) else []
    if len(texts) < len(names) or not texts["id"]:
        return Skipped(where, "it is no article as khabarjoo dump writes them")
    try:
        written = record.get("published")
        published = None if written is None else datetime.fromisoformat(str(written))
        if published and record.get("published_precision") == "minute" and not has_clock(published):
            published = TimedMidnight.at(published)
        sound = {name: _sound(text) for name, text in texts.items()}
        return Article(**sound, published=published, tags=tuple(map(_sound, tags)))
    except ValueError:
        return Skipped(where, f"the date {_shown(str(written))} is none that khabarjoo dump writes")


def _lines(text: str) -> str:
    return text.replace(_LINE_BREAK, "\n") if _LINE_BREAK in text else text


def moment(text: str) -> datetime | None:
    """Returns the moment a date field names; None where it is empty or only a placeholder for an unknown date.

    It does not depend on when it is asked, and a dump repeats its dates; so those read last are remembered.

    Raises:
        DateError: it names no date we can read.
    """
    return _moment(text[:_LONGEST_DATE])


@lru_cache(maxsize=_DATES_REMEMBERED)
def _moment(text: str) -> datetime | None:
    text = plain(text)
    if _ZEROS.fullmatch(text):
        return None
    found = _since_1970(text) or parse_moment(text)
    if not _YEAR.search(text) and found != parse_moment(text, now=_ANOTHER_DAY):
        raise DateError(f'"{text}" counts from a day that the record does not give')
    return None if {found.date(), found.astimezone(tehran()).date()} & PLACEHOLDERS else found


def _is_date(text: str) -> bool:
    try:
        return moment(text) is not None
    except (DateError, OverflowError, ValueError):
        return False


def _published(row: _Row) -> tuple[datetime | None, str]:
    """The first date that can be read, or the first that cannot, as it is written."""
    unread = ""
    for text in row.dates():
        clock = "" if ":" in text else next(filter(_CLOCK.fullmatch, map(ascii_digits, row.texts("clock", " "))), "")
        attempts = [f"{text} {clock}", text] if clock else [text]
        for attempt in attempts:
            try:
                return moment(attempt), ""
            except (DateError, OverflowError, ValueError):
                unread = unread or text
    return None, unread


def _since_1970(text: str) -> datetime | None:
    digits = _EPOCH.fullmatch(text)  # of whatever script
    if digits is None or (digits[2] and len(digits[0]) == 12 and int(digits[0][:2]) in (13, 14, 19, 20)):
        return None
    return datetime.fromtimestamp(int(digits[1]), UTC)


class _Row:
    """A record's values, by field; ``used`` is told of each name that gave something."""

    def __init__(self, record: Mapping[str, object], fields: Mapping[str, tuple[str, ...]], used: set[str]) -> None:
        self._record = record
        self._fields = fields
        self._used = used

    def values(self, field: str) -> Iterator[object]:
        """Yields the values of a field, that of its best name first."""
        for name in self._fields[field]:
            self._used.add(name)
            yield self._record[name]

    def texts(self, field: str, joint: str) -> Iterator[str]:
        """Yields the texts of a field under each of the names it goes by that is not empty."""
        for name in self._fields[field]:
            if text := plain(_sound(_flat(self._record[name], joint))):
                self._used.add(name)
                yield text

    def dates(self) -> Iterator[str]:
        """Yields what the date fields of a record say, as texts; an object or list nobody can read as its JSON."""
        for value in self.values("published"):
            text = date_text(value) or (
                json.dumps(value, default=str) if isinstance(value, dict | list) and value else ""
            )
            if text := plain(_sound(text)):
                yield text

    def text(self, field: str, joint: str) -> str:
        """Returns the first of the texts of a field, or an empty one."""
        for name in self._fields[field]:  # as `texts` does, for the many fields that are read once
            if text := plain(_sound(_flat(self._record[name], joint))):
                self._used.add(name)
                return text
        return ""


def _flat(value: object, joint: str, depth: int = 0) -> str:
    """A JSON value as text: lists joined, objects by the member that holds their words; what is no value is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > limits.JSON_DEPTH:
        return ""
    if isinstance(value, list | tuple):
        return joint.join(filter(None, (_flat(item, joint, depth + 1) for item in value)))
    if isinstance(value, dict):
        texts = (_flat(value[name], joint, depth + 1) for name in _INNER_TEXT if name in value)
        return next(filter(None, texts), "")
    if isinstance(value, float) and math.isnan(value):
        return ""
    return str(value)


def _category(row: _Row) -> str:
    """The section: under the first name that has a Persian one, else under the first that has any."""
    found = ""
    for text in row.texts("category", "،"):
        category = sections.category(text.split("+")[0])  # pn_summary joins its own so
        slashed = category.split("/")[0].strip()
        # One section by the usual name, and another in it: «اقتصادی/بانک»; but «فرهنگی/هنری» is one.
        if "/" in category and sections.is_section(slashed) and not sections.is_section(category):
            category = slashed
        if _PERSIAN.search(category):
            return category
        found = found or category
    return found


def _tags(row: _Row) -> tuple[str, ...]:
    """Tags from a list, from an object whose keys they are, or from one text that lists them."""
    for value in row.values("tags"):
        if isinstance(value, str) and value.strip().startswith("["):
            value = _listed(value)
        if isinstance(value, dict) and not any(inner in value for inner in _INNER_TEXT):
            value = list(value)
        items = value if isinstance(value, list | tuple) else split_tags(_flat(value, "،"))
        tags = (plain(_sound(_flat(item, " "))) for item in items)
        if found := tuple(dict.fromkeys(filter(None, tags))):
            return found
    return ()


def _listed(text: str) -> object:
    """A list written into a cell, in JSON's quotes or in Python's."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return [item.strip().strip("'\"") for item in text.strip().strip("[]").split(",")]


def _sound(text: str) -> str:
    return mend(text) if is_damaged(text) else text


def _shown(text: str) -> str:
    """A text for a message, as it reads: Persian is never shown as escapes."""
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _shown_name(name: str) -> str:
    name = mend(" ".join(name.split()))
    return f"{name[:40]}…" if len(name) > 40 else name or "(one without a name)"
