"""Markdown (CommonMark), with front matter or without: what note takers, clippers and site generators keep.

Front matter is read as far as these write it: names with texts, lists and blocks of text in YAML; TOML by Python's own
reader. What else YAML can do is not, and said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from . import limits
from .encoding import mend
from .markup import lines, parse, plain
from .records import Record, Records, key
from .source import Input, Notice, Reading, Skipped

BEGINNING = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\r?\n){0,200}?---[ \t]*(?:\r?\n|\Z)|\+\+\+[ \t]*\r?\n")
"""How a file with front matter begins."""

_YAML = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MEMBER = re.compile(r"""("[^"\n]*"|'[^'\n]*'|[^\s#"'\[\]{},:-][^:\n]*?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$""")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_BLOCK = re.compile(r"[|>][+-]?\d?[ \t]*(?:#.*)?$")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]+#""")
_FLOW_ITEM = re.compile(r"""\s*+("[^"]*"|'[^']*'|[^,\[\]]+)""")
_COMMENT = re.compile(r"[ \t]+#.*$")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_HEADING = re.compile(r"<h1[^<>]*>(.*?)</h1>", re.DOTALL)
_FIRST_HEADING = re.compile(r"\s*<h[1-6][^<>]*>(.*?)</h[1-6]>", re.DOTALL)
_LONGEST = 2_000_000  # characters beyond which text is taken as it is, for Markdown's own rules take long over it


def read(source: Input) -> Iterator[Reading]:
    """Yields the one article of a Markdown file."""
    text = source.whole()
    if not text.strip("\ufeff \t\r\n"):
        yield Skipped(source.where, "it is empty")
        return
    if source.is_damaged(text):
        yield Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        text = mend(text)
    values, unread, text = front_matter(text)
    if unread:
        yield Notice(source.where, f"line {unread} of its front matter is not read; write name: value")
    html = _html(text)
    title = next((plain(str(value)) for name, value in values.items() if key(name) in ("title", "عنوان")), "")
    heading = _FIRST_HEADING.match(html) if title else _FIRST_HEADING.match(html) or _HEADING.search(html)
    if heading and (not title or key(plain(heading[1])) == key(title)):
        values.setdefault("title", plain(heading[1]))
        html = html[: heading.start()] + html[heading.end() :]
    tree = parse(html)
    body = "\n".join(lines(tree.body)) if tree.body is not None else ""
    record = {name: value for name, value in values.items() if key(name) not in ("body", "text", "content")}
    yield from Records(source.where, source.options.mapping).articles(
        [Record({**record, "body": body}, source.name, source.where)]
    )


def front_matter(text: str) -> tuple[dict[str, object], int, str]:
    """Returns the values before a text, the number of the first line of them that cannot be read or 0, and the text.

    >>> front_matter("---\\ntitle: 'برف'\\ntags:\\n  - الف\\n  - ب\\n---\\nمتن")
    ({'title': 'برف', 'tags': ['الف', 'ب']}, 0, 'متن')
    """
    if found := _TOML.match(text):
        try:
            return _flat(tomllib.loads(found[1])), 0, text[found.end() :]
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, 1, text[found.end() :]
    if not (found := _YAML.match(text)):
        return {}, 0, text.removeprefix("\ufeff")
    values, unread = _yaml(found[1].splitlines())
    return values, unread, text[found.end() :]


def _flat(values: dict[str, object]) -> dict[str, object]:
    """TOML's tables, such as Hugo's taxonomies, beside what is not in one; dates as texts."""
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat.update({inner: held for inner, held in value.items() if inner not in values})
        else:
            flat[name] = value if isinstance(value, str | list) else str(value)
    return flat


def _yaml(lines: list[str]) -> tuple[dict[str, object], int]:
    values: dict[str, object] = {}
    name = ""
    unread = 0
    at = 0
    while at < len(lines):
        line = lines[at].rstrip()
        at += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (item := _ITEM.match(line)) and name:
            held = values.get(name)
            values[name] = [*(held if isinstance(held, list) else []), _scalar(item[1])]
        elif not line[0].isspace() and (member := _MEMBER.match(line)):
            name, value = str(_scalar(member[1])), member[2] or ""
            if _BLOCK.match(value):
                block: list[str] = []
                while at < len(lines) and (not lines[at].strip() or lines[at][0].isspace()):
                    block.append(lines[at].strip())
                    at += 1
                values[name] = ("\n" if value[0] == "|" else " ").join(block).strip()
            else:
                values[name] = _value(value)
        elif line[0].isspace() and name and isinstance(values.get(name), str) and not _MEMBER.match(line.strip()):
            values[name] = f"{values[name]} {line.strip()}".strip()  # a text that goes on in the next line
        else:
            unread = unread or at + 1
    return values, unread


def _value(text: str) -> object:
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_scalar(item) for item in _FLOW_ITEM.findall(text[1:-1]) if item.strip()]
    return _scalar(text)


def _scalar(text: str) -> str:
    text = text.strip()
    if quoted := _QUOTED.match(text):
        text = quoted[1]
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace(r"\"", '"').replace(r"\n", "\n").replace(r"\\", "\\")
    elif len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].replace("''", "'")
    else:
        text = _COMMENT.sub("", text)
    return "" if text in ("~", "null") else _WIKI_LINK.sub(r"\1", text)


def _html(text: str) -> str:
    """The text as HTML, in which links are their words."""
    if len(text) > min(_LONGEST, limits.PAGE_BYTES):
        return text
    from markdown_it import MarkdownIt  # late, as few files are Markdown

    return str(MarkdownIt("commonmark").enable("table").render(_WIKI_LINK.sub(r"\1", text)))
