"""Dates as programs keep them in records: objects, lists of numbers and calls, made the text that dates are read from.

Firestore and protobuf write seconds with nanoseconds, MongoDB's Extended JSON ``$date`` and ``$timestamp``, PHP's
DateTime its three members, Jackson and Python lists of numbers, ASP.NET and the mongo shell a call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

_SECONDS = ("seconds", "_seconds", "$seconds", "epochSecond", "epoch_second", "sec")
_MILLISECONDS = ("$date", "milliseconds", "millis", "epochMillis")
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_OTHER_NAMES = {"monthValue": "month", "dayOfMonth": "day", "date": "day", "minutes": "minute", "hours": "hour"}
_TEXTS = (
    *("iso", "iso8601", "iso_date", "datetime", "dateTime", "formatted", "raw"),
    *("rendered", "value", "#text", "$t", "@value", "date", "text", "name"),
)
_CALL = re.compile(r"/?(?:new\s+)?(?:ISODate|Date|NumberLong|Timestamp|datetime(?:\.datetime|\.date)?)\((.{0,60})\)/?")
_ZONE_OF_CALL = re.compile(r"(-?\d{12,13})[+-]\d{4}")
_FEWEST, _MOST = 3, 7
_LONGEST = 500
_DEEPEST = 4


def date_text(value: object, depth: int = 0) -> str:
    """Returns what a value of a date field says, as text that ``analyzers.dates`` reads; '' where it says nothing.

    >>> date_text({"$date": {"$numberLong": "1712165400000"}}), date_text([2024, 4, 3, 21, 0])
    ('1712165400000', '2024-04-03 21:00')
    """
    if isinstance(value, str):
        return _of_text(value, depth)
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return _of_object(value, depth)
    if isinstance(value, list):
        members = (item for item in value[:_MOST] if isinstance(item, str | Mapping))
        return _of_numbers(value) or next(filter(None, (date_text(item, depth + 1) for item in members)), "")
    return ""


def _of_text(text: str, depth: int) -> str:
    """A text, or what the object or the call written in it says."""
    bare = text.strip()
    if bare.startswith("{") and len(bare) <= _LONGEST:
        try:
            return date_text(json.loads(bare), depth + 1)
        except (ValueError, RecursionError):
            return text
    call = _CALL.fullmatch(bare) if bare.endswith((")", ")/")) else None
    if call is None:
        return text
    inner = call[1].strip("\"' ")
    numbers = inner.split(",")
    if all(number.strip().isdecimal() for number in numbers):
        return _of_numbers([int(number) for number in numbers]) or numbers[0]
    zoned = _ZONE_OF_CALL.fullmatch(inner)
    return zoned[1] if zoned else inner


def _of_object(value: Mapping[str, object], depth: int) -> str:
    if (number := _number(value)) is not None:
        return str(number)
    for name in _SECONDS:
        if (seconds := _number(value.get(name))) is not None:
            return str(seconds)
    for name in _MILLISECONDS:
        held = value.get(name)
        if (number := _number(held)) is not None:
            return str(number)
        if held:
            return date_text(held, depth + 1)
    if isinstance(stamp := value.get("$timestamp"), Mapping) and (seconds := _number(stamp.get("t"))) is not None:
        return str(seconds)
    if isinstance(moment := value.get("date"), str) and isinstance(zone := value.get("timezone"), str):
        return _in_zone(moment, zone)
    named = {_OTHER_NAMES.get(name, name): member for name, member in value.items() if isinstance(member, int)}
    numbers = [named[part] for part in _PARTS if part in named]
    if len(numbers) >= _FEWEST and set(_PARTS[:_FEWEST]) <= named.keys():
        return _of_numbers(numbers)
    return next(filter(None, (date_text(value[name], depth + 1) for name in _TEXTS if name in value)), "")


def _number(value: object) -> int | None:
    """A whole number, as itself, as digits, or as MongoDB wraps it."""
    if isinstance(value, Mapping):
        value = value.get("$numberLong", value.get("$numberInt"))
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.lstrip("-").isdecimal() else None


def _of_numbers(numbers: list[object] | list[int]) -> str:
    """Year, month, day and the parts of the time after them, as a date is written."""
    whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
    if len(whole) != len(numbers) or not _FEWEST <= len(whole) <= _MOST or len(str(whole[0])) != len("2024"):
        return ""
    day = "-".join(f"{number:02}" for number in whole[:3])
    clock = ":".join(f"{number:02}" for number in whole[3:6])
    return f"{day} {clock}" if ":" in clock else day


def _in_zone(moment: str, zone: str) -> str:
    """A local time of PHP with the offset of its zone."""
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except (ValueError, KeyError, OSError):
        return f"{moment} {zone}"
