"""The state that a page's program is started with, where the page itself has no text: Next, Nuxt and their like.

It comes as JSON (``<script id="__NEXT_DATA__">``), as the flat list in which Nuxt 3 writes values that refer to one
another by their places, in the chunks that Next's newer router pushes, or as a literal of JavaScript assigned to a
variable (``window.__NUXT__ = …``), which Nuxt 2 wraps in a function whose arguments are the values that repeat.
Literals are read, never run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeGuard

from selectolax.lexbor import LexborHTMLParser

from ..article import Article
from ..news.line_matching import letters
from .markup import plain
from .records import has_text, read_record

_LONGEST_SCRIPT = 4 * 2**20
_MOST_SCRIPTS = 200
_MOST_VALUES = 20_000
_MOST_RECORDS = 2_000
_DEEPEST = 64
_SHORTEST_BODY = 60
_ASSIGNED = re.compile(r"(?:window|self|globalThis)(?:\.(\w{3,40})|\[[\"'](\w{3,40})[\"']\])\s*=\s*(?=[{(\[J\"'])")
_PUSHED = re.compile(r"self\.__next_f\.push\(\s*\[1,\s*(?=\")")
_CHUNK_ROW = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{])", re.MULTILINE)
# A function called where it stands, with the names of its parameters, and what it returns.
_CALLED = re.compile(r"\(\s*function\s*\(([\w$,\s]{0,100000})\)\s*\{")
_RETURN = re.compile(r"return\s*(?=[{\[])")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|\d*\.?\d+(?:[eE][-+]?\d+)?)")
_SPACE = re.compile(r"\s*")
_CONSTANTS: Mapping[str, object] = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
# What wraps a plain value in Nuxt's list.
_WRAPPERS = frozenset("Ref ShallowRef Reactive ShallowReactive EmptyRef EmptyShallowRef Set".split())


@dataclass(frozen=True, slots=True)
class Stated:
    """An article that a page has in its head or its scripts; empty where they say nothing."""

    title: str = ""
    lead: str = ""
    body: str = ""
    published: datetime | None = None
    source: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    code: str = ""


def stated_article(tree: LexborHTMLParser, title: str) -> Stated | None:
    """Returns the article in a page's state: the record with the page's title, else with the longest text."""
    wanted = letters(title)
    best: Stated | None = None
    best_rank = (False, 0)
    for record in islice(_records(tree), _MOST_RECORDS):
        found = _article(record)
        if found is None or len(found.body) < _SHORTEST_BODY:
            continue
        own = letters(found.title)
        rank = bool(wanted and own and (own in wanted or wanted in own)), len(found.body)
        if rank > best_rank:
            best, best_rank = found, rank
    return best


def _article(record: Mapping[str, object]) -> Stated | None:
    found = next((x for x in read_record(record, default_id="state", where="") if isinstance(x, Article)), None)
    if found is None or not found.title:
        return None
    return Stated(
        plain(found.title),
        plain(found.lead),
        plain(found.body),
        found.published,
        found.source,
        found.category,
        found.tags,
        found.url if found.url.startswith("http") else "",
        found.code,
    )


def _records(tree: LexborHTMLParser) -> Iterator[Mapping[str, object]]:
    """The objects in a page's state that have a text, outer ones first."""
    for value in _states(tree):
        waiting: list[object] = [value]
        for value in waiting:
            members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            if len(waiting) < _MOST_VALUES:
                waiting.extend(islice((m for m in members if isinstance(m, dict | list)), _MOST_VALUES))
            if isinstance(value, dict) and _is_record(value):
                yield value


def _is_record(value: Mapping[str, object]) -> bool:
    texts = [name for name, member in value.items() if isinstance(member, str | list | dict) and member]
    return len(texts) > 1 and has_text(texts)


def _states(tree: LexborHTMLParser) -> Iterator[object]:
    """The values that scripts of the page hold."""
    pushed: list[str] = []
    for node in tree.css("script")[:_MOST_SCRIPTS]:
        attributes = node.attributes
        kind = (attributes.get("type") or "").strip().lower()
        script = node.text() or ""
        if len(script) > _LONGEST_SCRIPT or attributes.get("src") or kind == "application/ld+json":
            continue
        if kind == "application/json":
            yield from _json(script)
        elif "__next_f" in script:
            pushed += _pushed(script)
        else:
            yield from _assigned(script)
    chunks = "".join(pushed)
    decoder = json.JSONDecoder(strict=False)
    for row in islice(_CHUNK_ROW.finditer(chunks), _MOST_RECORDS):
        try:
            yield decoder.raw_decode(chunks, row.end())[0]
        except (ValueError, RecursionError):
            continue


def _json(script: str) -> Iterator[object]:
    try:
        value = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    yield _hydrated(value) if _is_flat(value) else value


def _pushed(script: str) -> Iterator[str]:
    decoder = json.JSONDecoder(strict=False)
    for found in islice(_PUSHED.finditer(script), _MOST_RECORDS):
        try:
            text = decoder.raw_decode(script, found.end())[0]
        except (ValueError, RecursionError):
            continue
        if isinstance(text, str):
            yield text


def _assigned(script: str) -> Iterator[object]:
    for found in islice(_ASSIGNED.finditer(script), 20):
        try:
            value = _Literal(script, found.end()).value()
        except (ValueError, IndexError, RecursionError):
            continue
        if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
            yield from _json(value)
        elif isinstance(value, dict | list):
            yield value


def _is_flat(value: object) -> TypeGuard[list[object]]:
    """Whether a value is a list whose first item refers to the others by their places."""
    if not isinstance(value, list) or len(value) < 2:
        return False
    first = value[0]
    places = first.values() if isinstance(first, dict) else first[-1:] if isinstance(first, list) else ()
    return bool(places) and all(isinstance(place, int) for place in places)


def _hydrated(flat: list[object]) -> object:
    """The value that a flat list stands for, in which numbers inside lists and objects are places of the list."""
    made: dict[int, object] = {}

    def of(place: object, depth: int) -> object:
        if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(flat) or depth > _DEEPEST:
            return None
        if place in made:
            return made[place]
        raw = flat[place]
        made[place] = None
        if isinstance(raw, dict):
            object_: dict[str, object] = {}
            made[place] = object_
            object_.update((name, of(member, depth + 1)) for name, member in raw.items())
        elif isinstance(raw, list) and raw and isinstance(raw[0], str):
            inner = raw[1] if len(raw) > 1 else None
            made[place] = of(inner, depth + 1) if raw[0] in _WRAPPERS else inner
        elif isinstance(raw, list):
            list_: list[object] = []
            made[place] = list_
            list_.extend(of(member, depth + 1) for member in raw)
        else:
            made[place] = raw
        return made[place]

    return of(0, 0)


class _Literal:
    """A literal of JavaScript being read: JSON with names and strings as programs shorten them.

    What is no literal (a call, an operator) raises ``ValueError``.
    """

    def __init__(self, text: str, at: int, names: Mapping[str, object] = _CONSTANTS) -> None:
        self._text, self._at, self._names = text, at, names
        self._count = 0

    def value(self, depth: int = 0) -> object:
        self._count += 1
        if depth > _DEEPEST or self._count > 10 * _MOST_VALUES:
            raise ValueError("too deep or too much")
        char = self._peek()
        if char == "{":
            return self._object(depth)
        if char == "[":
            return self._list(depth)
        if char in "\"'`":
            return self._string()
        if char == "(":
            return self._call(depth)
        if self._text.startswith("JSON.parse(", self._at):
            self._at += len("JSON.parse(")
            self._peek()
            return self._string()
        if self._text.startswith(("void 0", "!0", "!1"), self._at):
            word = next(word for word in ("void 0", "!0", "!1") if self._text.startswith(word, self._at))
            self._at += len(word)
            return {"void 0": None, "!0": True, "!1": False}[word]
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            return float(number[0]) if re.search(r"[.eE]", number[0]) and "x" not in number[0] else int(number[0], 0)
        if name := _IDENTIFIER.match(self._text, self._at):
            if name[0] not in self._names:
                raise ValueError(name[0])
            self._at = name.end()
            return self._names[name[0]]
        raise ValueError(char)

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at]

    def _take(self, sign: str) -> bool:
        if self._peek() == sign:
            self._at += 1
            return True
        return False

    def _object(self, depth: int) -> dict[str, object]:
        self._at += 1
        found: dict[str, object] = {}
        while not self._take("}"):
            if self._peek() in "\"'":
                name = self._string()
            else:
                word = _IDENTIFIER.match(self._text, self._at) or _NUMBER.match(self._text, self._at)
                if word is None:
                    raise ValueError(self._text[self._at])
                name, self._at = word[0], word.end()
            if not self._take(":"):
                raise ValueError(name)
            found[name] = self.value(depth + 1)
            if not self._take(",") and self._peek() != "}":
                raise ValueError(name)
        return found

    def _list(self, depth: int) -> list[object]:
        self._at += 1
        found: list[object] = []
        while not self._take("]"):
            if self._take(","):
                found.append(None)
                continue
            found.append(self.value(depth + 1))
            if not self._take(",") and self._peek() != "]":
                raise ValueError("list")
        return found

    def _string(self) -> str:
        quote = self._text[self._at]
        at = self._at + 1
        pieces: list[str] = []
        while True:
            end = self._text.index(quote, at)
            slash = self._text.find("\\", at, end)
            if slash < 0:
                pieces.append(self._text[at:end])
                self._at = end + 1
                return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            pieces.append(self._text[at:slash])
            escape = self._text[slash + 1]
            at = slash + 2
            if escape in "ux":
                size = 4 if escape == "u" else 2
                pieces.append(chr(int(self._text[at : at + size], 16)))
                at += size
            else:
                pieces.append(_ESCAPES.get(escape, "" if escape == "\n" else escape))

    def _call(self, depth: int) -> object:
        """What a function called where it stands returns, if that is a literal of its parameters."""
        called = _CALLED.match(self._text, self._at)
        returned = _RETURN.search(self._text, called.end()) if called else None
        if called is None or returned is None:
            raise ValueError("(")
        names = [name.strip() for name in called[1].split(",") if name.strip()]
        # The arguments come after the literal: it is passed over once to find them, then read with them.
        passed = _Literal(self._text, returned.end(), dict.fromkeys(names) | dict(_CONSTANTS))
        passed.value(depth + 1)
        passed._take(";")
        if not passed._take("}"):
            raise ValueError("}")
        passed._take(")")
        if not passed._take("("):
            raise ValueError("(")
        arguments: list[object] = []
        while not passed._take(")"):
            arguments.append(passed.value(depth + 1))
            passed._take(",")
        self._at = passed._at
        return _Literal(self._text, returned.end(), dict(_CONSTANTS) | dict(zip(names, arguments, strict=False))).value(
            depth + 1
        )
