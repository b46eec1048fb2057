"""Reads articles from records: the names people give to fields in JSON and CSV, and what their values mean."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from khabarjoo.analyzers.dates import DateError, parse_moment, tehran

from ..article import Article
from ..news import outlets, sections
from ..news.line_key import ascii_digits, letters
from . import limits
from .date_values import date_text
from .encoding import is_damaged, mend
from .markup import TooDeep, plain
from .source import Reading, Skipped, unread_date

_DELIMITERS = re.compile(r"[،,؛;|\n\t•·]+|\s+[/–-]\s+|\s{2,}")
_LONGEST_TAG = 80


def split_tags(text: str) -> tuple[str, ...]:
    """The tags that a text lists, however it parts them.

    >>> split_tags("قم، جهاد دانشگاهی ،قم"), split_tags("#قم #جهاد_دانشگاهی")
    (('قم', 'جهاد دانشگاهی'), ('قم', 'جهاد دانشگاهی'))
    """
    if text.count("#") > 1 or text.lstrip().startswith("#"):
        tags = text.replace("_", " ").split("#")
    else:
        tags = _DELIMITERS.split(text)
    stripped = (tag.strip(' \u200c.:،,؛;|"«»\t') for tag in tags)
    return tuple(dict.fromkeys(tag for tag in stripped if tag and len(tag) <= _LONGEST_TAG))


# What each of our fields is called elsewhere, best name first: in dumps of Persian outlets, RSS and Atom, WordPress,
# schema.org and the usual crawlers. Case, spaces, ZWNJ, hyphens and underscores make no difference.
NAMES: dict[str, str] = {
    "id": "id, _id, doc_id, docid, document_id, article_id, news_id, guid, uuid, شناسه, آی‌دی",
    "title": "title, headline, titr, head, news_title, post_title, عنوان, تیتر, عنوان خبر, تیتر خبر",
    "kicker": "rutitr, rootitr, roo_titr, ru_titr, kicker, overline, uptitle, روتیتر, رو تیتر",
    "lead": "lead, lid, summary, description, abstract, excerpt, standfirst, sutitr, subtitle, intro, لید, خلاصه,"
    " چکیده, سوتیتر, زیرتیتر, خلاصه خبر",
    "body": "body, text, content, article_body, full_text, news_text, main_text, html, raw_text, post_content,"
    " paragraphs, متن, بدنه, متن خبر, متن کامل, محتوا, شرح خبر",
    "published": "published, published_at, date_published, pub_date, publish_date, publication_date, publish_time,"
    " published_time, datetime, date_time, date, timestamp, post_date, created, created_at, news_date, time,"
    " تاریخ انتشار, زمان انتشار, تاریخ, تاریخ خبر, زمان",
    "clock": "time, hour, clock, ساعت, زمان",
    "source": "source, outlet, agency, news_agency, publisher, site, site_name, website, domain, newspaper, منبع,"
    " خبرگزاری, رسانه, روزنامه, پایگاه خبری, سایت",
    "category": "category, section, cat, topic, service, subject, categories, news_group, دسته, دسته بندی, گروه, سرویس,"
    " موضوع, بخش",
    "tags": "tags, tag, keywords, keyword, labels, label, برچسب, برچسب ها, کلیدواژه, کلیدواژه ها, کلمات کلیدی",
    "url": "url, link, href, permalink, canonical_url, page_url, news_url, لینک, نشانی, آدرس, پیوند, نشانی خبر,"
    " لینک خبر",
    "code": "code, news_code, newscode, کد, کد خبر, شناسه خبر",
}
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
_LONGEST_NAME = 200
_NAMES_REMEMBERED = 1 << 12
_DATES_REMEMBERED = 1 << 14
_INNER_TEXT = ("rendered", "name", "title", "text", "value", "label", "#text", "$t", "@value")


def key(name: str) -> str:
    """A field's name as it is looked up; of a name too long to be one of ours the beginning.

    >>> key("Published_At"), key("برچسب‌ها") == key("برچسب ها")
    ('publishedat', True)
    """
    return _key(name[:_LONGEST_NAME])


@lru_cache(maxsize=_NAMES_REMEMBERED)
def _key(name: str) -> str:
    return letters(name)


_FIELD_NAMES = {field: tuple(map(key, names.split(","))) for field, names in NAMES.items()}
_TEXT_FIELDS = frozenset(name for field in ("title", "kicker", "lead", "body") for name in _FIELD_NAMES[field])
_KNOWN = frozenset(name for names in _FIELD_NAMES.values() for name in names)


def known(names: Iterable[object]) -> int:
    """How many of these names we know."""
    return sum(key(str(name)) in _KNOWN for name in names)


def has_text(names: Iterable[object]) -> bool:
    """Whether one of these names is that of a title, a lead or a body, without which a record is no article."""
    return any(key(str(name)) in _TEXT_FIELDS for name in names)


def read_record(record: Mapping[str, object], *, default_id: str, where: str) -> Iterator[Reading]:
    """The article in one record, after notices of what could not be read of it; or why there is none."""
    try:
        yield from _read(record, default_id, where)
    except TooDeep as error:
        yield Skipped(where, str(error))


def _read(record: Mapping[str, object], default_id: str, where: str) -> Iterator[Reading]:
    row = _Row(record)
    title, kicker = row.text("title", " "), row.text("kicker", " ")
    lead, body = row.text("lead", "\n"), row.text("body", "\n")
    if not title and not lead and not body and not kicker:
        yield Skipped(where, "it has neither a title nor a text")
        return
    if not title:
        title, kicker = kicker, ""
    url, source = row.text("url", " "), row.text("source", " ")
    published, unread = _published(row)
    if unread:
        yield unread_date(where, unread)
    article = Article(
        id=row.text("id", " ") or default_id,
        title=title,
        lead="\n".join(filter(None, (kicker, lead))),
        body=body,
        published=published,
        source=source or outlets.of_address(url),
        category=sections.category(row.text("category", "،")),
        tags=_tags(row),
        url=url,
        code=ascii_digits(row.text("code", " ")),
    )
    yield article


def moment(text: str) -> datetime | None:
    """The moment a date field names; None where it is empty or only a placeholder for an unknown date.

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


def _published(row: _Row) -> tuple[datetime | None, str]:
    """The first date that can be read, or the first that cannot, as it is written."""
    unread = ""
    for text in row.dates():
        clock = next(filter(_CLOCK.fullmatch, map(ascii_digits, row.texts("clock", " "))), "")
        attempts = [text] if ":" in text or not clock else [f"{text} {clock}", text]
        for attempt in attempts:
            try:
                return moment(attempt), ""
            except (DateError, OverflowError, ValueError):
                unread = unread or text
    return None, unread


def _since_1970(text: str) -> datetime | None:
    digits = _EPOCH.fullmatch(ascii_digits(text))
    if digits is None or (digits[2] and len(digits[0]) == 12 and digits[0][:2] in ("13", "14", "19", "20")):
        return None
    return datetime.fromtimestamp(int(digits[1]), UTC)


class _Row:
    """A record's values, by field."""

    def __init__(self, record: Mapping[str, object]) -> None:
        values = {key(name): value for name, value in reversed(list(record.items())) if isinstance(name, str)}
        self._values = values
        self._names = _names_by_field(tuple(filter(_KNOWN.__contains__, values)))

    def values(self, field: str) -> Iterator[object]:
        """The values of a field, that of its best name first."""
        return map(self._values.__getitem__, self._names[field])

    def texts(self, field: str, joint: str) -> Iterator[str]:
        """The texts of a field under each of the names it goes by that is not empty."""
        for name in self._names[field]:
            if text := plain(_sound(_flat(self._values[name], joint))):
                yield text

    def dates(self) -> Iterator[str]:
        """What the names of a publication's date say, as texts; an object or list that nobody can read as its JSON."""
        for value in self.values("published"):
            text = date_text(value) or (
                json.dumps(value, default=str) if isinstance(value, dict | list) and value else ""
            )
            if text := plain(_sound(text)):
                yield text

    def text(self, field: str, joint: str) -> str:
        """The first of the texts of a field, or an empty one."""
        for text in self.texts(field, joint):
            return text
        return ""


@lru_cache(maxsize=_NAMES_REMEMBERED)
def _names_by_field(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Which of these names each field goes by, the best first; records of one dump have the same names."""
    there = frozenset(names)
    return {field: tuple(filter(there.__contains__, known_names)) for field, known_names in _FIELD_NAMES.items()}


def _flat(value: object, joint: str, depth: int = 0) -> str:
    """A JSON value as text: lists joined, objects by the member that holds their words; what is no value is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > limits.JSON_DEPTH:
        return ""
    if isinstance(value, list):
        return joint.join(filter(None, (_flat(item, joint, depth + 1) for item in value)))
    if isinstance(value, dict):
        return next((_flat(value[name], joint, depth + 1) for name in _INNER_TEXT if name in value), "")
    if isinstance(value, float) and math.isnan(value):
        return ""
    return str(value)


def _tags(row: _Row) -> tuple[str, ...]:
    """Tags from a list, from an object whose keys they are, or from one text that lists them."""
    for value in row.values("tags"):
        if isinstance(value, str) and value.strip().startswith("["):
            value = _listed(value)
        if isinstance(value, dict) and not any(inner in value for inner in _INNER_TEXT):
            value = list(value)
        items = value if isinstance(value, list) else split_tags(_flat(value, "،"))
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
