"""The words of wikitext, and the categories it names: enough of it to search by, not to print.

The syntax is that of mediawiki.org, Help:Formatting.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SILENT = re.compile(
    r"<(ref|gallery|math|timeline|score|syntaxhighlight|source|imagemap|templatestyles)\b[^<>]*(?:/>|(?<!/)>.*?(?:</\1\s*>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_CATEGORY = re.compile(r"\[\[\s*(?:category|رده)\s*:\s*([^\[\]|]{1,200})(?:\|[^\[\]]*)?\]\]", re.IGNORECASE)
_FILE = re.compile(r"\[\[\s*(?:file|image|media|پرونده|تصویر)\s*:", re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]]{1,2000}(?:\s+([^\[\]]{0,500}))?\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_QUOTES = re.compile(r"'{2,5}")
_HEADING = re.compile(r"^[ \t]*={1,6}\s*(.*?)\s*={1,6}[ \t]*$", re.MULTILINE)
_BULLETS = re.compile(r"^[*#:;]+[ \t]*", re.MULTILINE)
_MAGIC = re.compile(r"__[A-Z]{3,20}__")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BEFORE_STOP = re.compile(r"[ \t]++([.،؛:!؟])")
_SPACES = re.compile(r"[ \t]{2,}")
_BRACES = re.compile(r"\{\{|\}\}|\{\||\|\}|\[\[|\]\]")


def plain_wikitext(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns the words of a page and the names of its categories.

    >>> plain_wikitext("'''تهران''' [[پایتخت|مرکز]] است.{{منبع}}<ref>x</ref>\\n[[رده:شهرها]]")
    ('تهران مرکز است.', ('شهرها',))
    """
    text = _SILENT.sub(" ", _COMMENT.sub("", text))
    categories = tuple(dict.fromkeys(name.strip() for name in _CATEGORY.findall(text)))
    text = _without_braces(_CATEGORY.sub("", text))
    for _ in range(3):  # links in the captions of links
        text = _LINK.sub(r"\1", text)
    text = _EXTERNAL.sub(lambda found: found[1] or "", text)
    text = _QUOTES.sub("", _TAG.sub(" ", text)).replace("&nbsp;", " ")
    text = _BULLETS.sub("", _HEADING.sub(r"\1", _MAGIC.sub("", text)))
    text = _SPACES.sub(" ", _BEFORE_STOP.sub(r"\1", text))
    return _BLANK_LINES.sub("\n\n", text).strip(), categories


def _without_braces(text: str) -> str:
    """The text without templates, tables, and links to files, however they nest."""
    kept: list[str] = []
    open_: list[str] = []  # what is open, the outermost of it first
    at = 0
    for sign in _BRACES.finditer(text):
        silent = any(name != "[[" for name in open_)
        if not silent:
            kept.append(text[at : sign.start()])
        at = sign.start()
        mark = sign[0]
        if mark in ("{{", "{|"):
            open_.append(mark)
        elif mark == "[[":
            open_.append("file" if _FILE.match(text, sign.start()) else "[[")
        elif open_ and _closes(mark, open_[-1]) and open_.pop() != "[[":
            at = sign.end()
            continue
        if not any(name != "[[" for name in open_) and mark in ("[[", "]]"):
            kept.append(mark)
        at = sign.end()
        if len(open_) > 200:
            break
    if not any(name != "[[" for name in open_):
        kept.append(text[at:])
    return "".join(kept)


def _closes(mark: str, opened: str) -> bool:
    return {"{{": "}}", "{|": "|}", "[[": "]]", "file": "]]"}[opened] == mark
