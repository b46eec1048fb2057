"""JSON: lines of articles, read as a stream, or one document that holds an article or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from . import limits
from .encoding import mend
from .records import has_text, read_record
from .source import Input, Notice, Reading, Skipped, TooLarge, bounded

_LINE_SUFFIXES = (".jsonl", ".ndjson")
_OPENERS = ("{", "[", "[{")
_TOO_DEEP = "it is nested too deep"


def read(source: Input) -> Iterator[Reading]:
    """The articles of a JSON file, and what was wrong with each line or item that gives none."""
    text = source.lines()
    numbered = enumerate(bounded(text, limits.LINE_CHARACTERS), start=1)
    lines: Iterator[tuple[int, str]] = (line for line in numbered if not line[1].isspace())
    number, first = next(lines, (0, ""))
    if not first:
        yield Skipped(source.where, "it is empty")
        return
    value = _parsed(first)
    is_lines = source.suffix in _LINE_SUFFIXES
    if isinstance(value, ValueError) and (not is_lines or first.strip() in _OPENERS):
        yield from _document(source, first, number, text)
        return
    if isinstance(value, dict) and not has_text(value) and (articles := _wrapped(value)):
        yield from _items(source, articles)
    elif isinstance(value, list):
        yield from _items(source, value)
    elif is_lines or not isinstance(value, dict):
        yield from _line(source, first, number)
    elif (second := next(lines, None)) is None:
        yield from _record(source, first, value, source.where, source.name)
    else:
        yield from _line(source, first, number)
        lines = chain([second], lines)
    for number, line in lines:
        yield from _line(source, line, number)


def _line(source: Input, line: str, number: int) -> Iterator[Reading]:
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


def _record(source: Input, text: str, value: object, where: str, default_id: str) -> Iterator[Reading]:
    if not isinstance(value, dict):
        yield Skipped(where, f"it is no JSON object but {_kind(value)}")
        return
    if source.is_damaged(text):
        yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        value = _parsed(mend(text))
        if not isinstance(value, dict):
            return
    yield from read_record(value, default_id=default_id, where=where)


def _document(source: Input, first: str, number: int, lines: TextIO) -> Iterator[Reading]:
    """One JSON document of several lines; or lines after all, the first of them broken."""
    text = first + lines.read(limits.DOCUMENT_BYTES)
    if lines.read(1):
        raise TooLarge(
            f"it is a JSON document of over {limits.DOCUMENT_BYTES:,} characters; write JSON lines, or"
            f" {limits.raised_by('DOCUMENT_BYTES')}"
        )
    value = _parsed(text)
    if isinstance(value, json.JSONDecodeError):
        rest = text.splitlines()[1:]
        if any(isinstance(_parsed(line), dict) for line in rest[:2]):
            for place, line in enumerate((first, *rest)):
                if line.strip():
                    yield from _line(source, line, number + place)
            return
        yield Skipped(f"{source.where}:{number - 1 + value.lineno}", f"it is not JSON: {value}", unread=True)
    elif isinstance(value, ValueError):
        yield Skipped(source.where, f"it is not JSON: {value}", unread=True)
    elif isinstance(value, dict) and (has_text(value) or not (articles := _wrapped(value))):
        yield from _record(source, text, value, source.where, source.name)
    else:
        yield from _items(source, value if isinstance(value, list) else articles)


def _items(source: Input, items: list[object]) -> Iterator[Reading]:
    if not items:
        yield Skipped(source.where, "it is an empty list")
    for number, item in enumerate(items, start=1):
        where = f"{source.where}[{number}]"
        try:
            text = json.dumps(item, ensure_ascii=False) if isinstance(item, dict) else ""
        except RecursionError:
            yield Skipped(where, _TOO_DEEP)
            continue
        yield from _record(source, text, item, where, f"{source.name}:{number}")


def _wrapped(value: dict[str, object], depth: int = 0) -> list[object]:
    """The articles in an object that only wraps them: its one list of objects, or its objects by their ids."""
    lists = [held for held in value.values() if isinstance(held, list) and any(isinstance(x, dict) for x in held)]
    if len(lists) == 1:
        return lists[0]
    inner = {name: member for name, member in value.items() if isinstance(member, dict)}
    if inner and all(map(has_text, inner.values())):
        return [{"id": name, **member} for name, member in inner.items()]
    if len(inner) != 1 or lists or depth == limits.JSON_DEPTH:
        return []
    return _wrapped(next(iter(inner.values())), depth + 1)


def _parsed(text: str) -> object:
    """The value of a JSON text, or the error that says why it has none."""
    try:
        return json.loads(text, strict=False)  # with control characters, which scrapers leave in
    except RecursionError:
        return ValueError(_TOO_DEEP)
    except ValueError as error:
        return error


def _kind(value: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
