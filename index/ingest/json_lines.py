"""JSON: lines of articles, read as a stream, or one document that holds an article or a list of them.

What search engines and databases answer is known by its shape: a list of records, in envelopes or not, under whatever
name it stands. A document beyond what a line may have is read piece by piece, however long it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from . import limits, telegram
from .encoding import is_damaged, mend
from .envelopes import is_article, is_enveloped
from .json_stream import JsonStream, parse
from .records import Record, Records
from .source import Input, Notice, Reading, Skipped, TooLarge, bounded

_LINE_SUFFIXES = (".jsonl", ".ndjson")
_OPENERS = ("{", "[", "[{")
_TOO_DEEP = "it is nested too deep"
_JSON_FEED = "jsonfeed.org/version"

_Item = Record | Reading


def read(source: Input) -> Iterator[Reading]:
    """Yields the articles of a JSON file, and what was wrong with each line or item that gives none."""
    text = source.lines()
    numbered = enumerate(bounded(text, limits.LINE_CHARACTERS), start=1)
    lines: Iterator[tuple[int, str]] = (line for line in numbered if not line[1].isspace())
    number, first = next(lines, (0, ""))
    if not first:
        yield Skipped(source.where, "it is empty")
        return
    value = _parsed(first) if len(first) <= limits.LINE_CHARACTERS else ValueError("it goes on")
    is_lines = source.suffix in _LINE_SUFFIXES
    if isinstance(value, ValueError) and (not is_lines or first.strip() in _OPENERS):
        yield from _document(source, first, number, text)
        return
    if isinstance(value, dict) and telegram.is_export(value):
        yield from telegram.read_export(source, value)
        return
    yield from _records(source).articles(chain(_first(source, value, first, number, lines), _lines(source, lines)))


def _records(source: Input) -> Records:
    return Records(source.where, source.options.mapping)


def _first(source: Input, value: object, text: str, number: int, lines: Iterator[tuple[int, str]]) -> Iterator[_Item]:
    """What the first line gives: a document of its own, or the first of many."""
    is_lines = source.suffix in _LINE_SUFFIXES
    if isinstance(value, list) or (isinstance(value, dict) and _is_wrapper(value)):
        yield from _items(source, value)
    elif is_lines or not isinstance(value, dict):
        yield from _line(source, text, number)
    elif (second := next(lines, None)) is None:
        yield from _record(source, text, value, source.where, source.name)
    else:
        yield from _line(source, text, number)
        yield from _line(source, second[1], second[0])


def _lines(source: Input, lines: Iterator[tuple[int, str]]) -> Iterator[_Item]:
    for number, line in lines:
        yield from _line(source, line, number)


def _line(source: Input, line: str, number: int) -> Iterator[_Item]:
    where = f"{source.where}:{number}"
    if len(line) > limits.LINE_CHARACTERS:
        yield Skipped(
            where,
            f"it is longer than {limits.LINE_CHARACTERS:,} characters; {limits.raised_by('LINE_CHARACTERS')}",
            unread=True,
        )
        return
    value = _parsed(line)
    if isinstance(value, ValueError):
        yield Skipped(where, f"it is not JSON: {value}", unread=True)
    else:
        yield from _record(source, line, value, where, f"{source.name}:{number}")


def _record(source: Input, text: str, value: object, where: str, default_id: str) -> Iterator[_Item]:
    if not isinstance(value, dict):
        yield Skipped(where, f"it is no JSON object but {_kind(value)}")
        return
    if source.is_damaged(text):
        yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        value = _parsed(mend(text))
        if not isinstance(value, dict):
            return
    yield Record(value, default_id, where)


def _document(source: Input, first: str, number: int, lines: TextIO) -> Iterator[Reading]:
    """One JSON document of several lines; or lines after all, the first of them broken."""
    text = first + lines.read(limits.LINE_CHARACTERS)
    if more := lines.read(1):
        yield from _long_document(source, JsonStream(text + more, lines))
        return
    value = _parsed(text)
    if isinstance(value, json.JSONDecodeError):
        rest = text.splitlines()[1:]
        if any(isinstance(_parsed(line), dict) for line in rest[:2]):
            numbered = ((number + place, line) for place, line in enumerate((first, *rest)) if line.strip())
            yield from _records(source).articles(_lines(source, numbered))
            return
        yield Skipped(f"{source.where}:{number - 1 + value.lineno}", f"it is not JSON: {value}", unread=True)
    elif isinstance(value, ValueError):
        yield Skipped(source.where, f"it is not JSON: {value}", unread=True)
    elif isinstance(value, dict) and telegram.is_export(value):
        yield from telegram.read_export(source, value)
    elif isinstance(value, dict) and not _is_wrapper(value):
        yield from _records(source).articles(_record(source, text, value, source.where, source.name))
    else:
        yield from _records(source).articles(_items(source, value))


# -- documents that hold records ---------------------------------------------------------------------------------------


def _items(source: Input, value: object) -> Iterator[_Item]:
    """The records of a list, or of an object that wraps them."""
    items = value if isinstance(value, list) else _wrapped(value) if isinstance(value, dict) else []
    if not items:
        yield Skipped(source.where, "it is an empty list")
    feed_title = _feed_title(value) if isinstance(value, dict) else ""
    for number, item in enumerate(items, start=1):
        where = f"{source.where}[{number}]"
        try:
            text = json.dumps(item, ensure_ascii=False) if isinstance(item, dict) else ""
        except RecursionError:
            yield Skipped(where, _TOO_DEEP)
            continue
        yield from _record(source, text, _of_feed(item, feed_title), where, f"{source.name}:{number}")


def _feed_title(value: dict[str, object]) -> str:
    """The title of a JSON Feed (jsonfeed.org), which is the outlet of its items."""
    is_feed = _JSON_FEED in str(value.get("version", ""))
    return str(value.get("title") or "") if is_feed else ""


def _of_feed(item: object, feed_title: str) -> object:
    if not feed_title or not isinstance(item, dict):
        return item
    from .feed import outlet_of_title

    return {**item, "site_name": outlet_of_title(feed_title, str(item.get("url") or ""))}


def _is_wrapper(value: dict[str, object]) -> bool:
    """Whether an object is no article but holds articles."""
    if _JSON_FEED in str(value.get("version", "")):
        return True
    if is_enveloped(value):
        return False
    if is_article(value):
        # A feed has a title, too; what it holds has texts.
        lists = _lists_of_articles(value) if not Records.has_body(value) else []
        return len(lists) == 1 and all(Records.has_body(item) for item in lists[0][:3] if isinstance(item, dict))
    return bool(_wrapped(value))


def _wrapped(value: dict[str, object]) -> list[object]:
    """The articles in an object that only wraps them: a list of them, its objects by their ids, or its only list."""
    return _articles_below(value) or _by_ids(value) or _only_list(value)


def _articles_below(value: dict[str, object], depth: int = 0) -> list[object]:
    """The list of articles in an object or in the objects in it; the longest, if there are several."""
    if lists := _lists_of_articles(value):
        return max(lists, key=len)
    if depth == limits.JSON_DEPTH:
        return []
    below = (_articles_below(member, depth + 1) for member in value.values() if isinstance(member, dict))
    return next(filter(None, below), [])


def _by_ids(value: dict[str, object], depth: int = 0) -> list[object]:
    inner = {name: member for name, member in value.items() if isinstance(member, dict)}
    if inner and all(map(is_article, inner.values())):
        return [{"id": name, **member} for name, member in inner.items()]
    if len(inner) != 1 or depth == limits.JSON_DEPTH:
        return []
    return _by_ids(next(iter(inner.values())), depth + 1)


def _only_list(value: dict[str, object], depth: int = 0) -> list[object]:
    lists = [held for held in value.values() if isinstance(held, list) and _is_list_of_objects(held)]
    inner = [member for member in value.values() if isinstance(member, dict)]
    if len(lists) == 1 or len(inner) != 1 or lists or depth == limits.JSON_DEPTH:
        return lists[0] if len(lists) == 1 else []
    return _only_list(inner[0], depth + 1)


def _lists_of_articles(value: dict[str, object]) -> list[list[object]]:
    lists = [held for held in value.values() if isinstance(held, list)]
    return [held for held in lists if any(map(is_article, held[:10]))]


def _is_list_of_objects(held: list[object]) -> bool:
    return any(isinstance(item, dict) for item in held[:10])


# -- documents that are too long to be read whole ----------------------------------------------------------------------


def _long_document(source: Input, stream: JsonStream) -> Iterator[Reading]:
    """The articles of a document, each read when it is its turn."""
    try:
        if stream.peek() == "[":
            found: Iterator[Reading] = _records(source).articles(_streamed(source, stream))
        else:
            found = _long_object(source, stream)
        yield from found
        if stream.peek():
            yield Skipped(f"{source.where}:{stream.line}", "more follows its end; that was not read")
    except ValueError as error:
        if isinstance(error, TooLarge):
            raise
        yield Skipped(f"{source.where}:{stream.line}", f"it is not JSON: {error}; what stands before was read")


def _streamed(source: Input, stream: JsonStream, start: int = 1) -> Iterator[_Item]:
    """The records of the list that is next."""
    for number, _ in enumerate(stream.items(), start=start):
        yield from _streamed_item(source, stream.value(), number)


def _streamed_item(source: Input, value: object, number: int) -> Iterator[_Item]:
    where = f"{source.where}[{number}]"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else ""
    if source.is_damaged(text) or is_damaged(text):
        value = _parsed(mend(text))
        yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
    yield from _record(source, "", value, where, f"{source.name}:{number}")


def _long_object(source: Input, stream: JsonStream) -> Iterator[Reading]:
    """What the lists in an object hold, however deep they are in it; an object that long is no article itself."""
    export = telegram.Export(source)
    records = _records(source)
    found = False
    waiting: list[Iterator[str]] = [stream.names()]
    path: list[str] = []
    while waiting:
        name = next(waiting[-1], None)
        if name is None:
            waiting.pop()
            export.leave(path)
            del path[-1:]
            continue
        sign = stream.peek()
        if sign == "{" and len(path) < limits.JSON_DEPTH:
            path.append(name)
            waiting.append(stream.names())
        elif sign == "[" and export.is_list_of_chats(path, name):
            found = True
            yield from export.stream_chats(stream)
        elif sign == "[" and export.is_list_of_messages(name):
            found = True
            yield from export.stream_messages(stream)
        elif sign == "[":
            found = True
            yield from records.articles(_streamed(source, stream))
        else:
            export.note(name, stream.value())
    if not found:
        yield Skipped(source.where, "it is one JSON object without a list of articles, too long for an article")


def _parsed(text: str) -> object:
    """The value of a JSON text, or the error that says why it has none."""
    try:
        return parse(text)
    except ValueError as error:
        return error


def _kind(value: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
