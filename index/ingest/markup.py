"""Markup inside text: HTML in a field becomes its paragraphs, entities become their characters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import limits

# Elements that begin a new line where they begin and end (WHATWG HTML, rendering of flow content), and those whose
# text is never the page's words.
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th"
    " thead title tr ul".split()
)
SILENT = frozenset("script style noscript template iframe object svg math head select textarea button canvas".split())

# Elements that look among all they are in for a paragraph to close where they begin (WHATWG HTML, tree construction),
# so that the time parsing takes grows with the square of their depth.
_CONTAINER = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form"
    r"|header|hgroup|h[1-6]|listing|main|menu|nav|ol|optgroup|option|pre|search|section|summary|table|ul)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<!--|</?(?:script|style|iframe|noscript|object|svg|template|p|br|div|span|a|b|i|u|em|strong|img|h[1-6]|ul|ol|li|table|tr|td|font|figure|center)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_QUOTED = r"""=\s*+(?:"[^"]*"|'[^']*')"""
_VALUE = re.compile(_QUOTED)
_WHOLE_TAG = re.compile(rf"""<[A-Za-z](?:[^"'>=]++|{_QUOTED}|["'=])*+""")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class TooDeep(ValueError):
    """HTML beyond a limit that keeps its parsing short. The text of the error says so, in words for the user."""


def plain(text: str) -> str:
    """Returns the words of a field: tags become line ends where they are paragraphs, entities become characters.

    Text without either comes back as it is, without the white space around it.

    >>> plain("<p>نامه&zwnj;ای <b>تازه</b></p><p>دوم</p>")
    'نامه\\u200cای تازه\\nدوم'
    >>> plain("a < b &amp; c")
    'a < b & c'
    """
    if "<" in text and _TAG.search(text):
        tree = parse(text)
        return "\n".join(lines(tree.body)) if tree.body is not None else ""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text.strip()


def parse(text: str) -> LexborHTMLParser:
    """Returns the tree of an HTML text.

    Raises:
        TooDeep: it has more tags, is nested deeper, or has more attributes in one tag than ``limits`` allow.
    """
    if text.count("<") > limits.HTML_TAGS:
        raise TooDeep(f"it is HTML with over {limits.HTML_TAGS:,} tags; {limits.raised_by('HTML_TAGS')}")
    if any(_attributes(tag[0]) > limits.HTML_ATTRIBUTES for tag in _WHOLE_TAG.finditer(text)):
        raise TooDeep(f"it is HTML with over {limits.HTML_ATTRIBUTES} attributes in one element")
    depth = containers = 0
    for tag in _CONTAINER.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        containers += not tag[1]
        if depth > limits.HTML_DEPTH:
            raise TooDeep(f"it is HTML nested more than {limits.HTML_DEPTH} deep")
    # Tags that close nothing may have hidden how deep it is.
    if containers > limits.HTML_CONTAINERS:
        raise TooDeep(
            f"it is HTML with over {limits.HTML_CONTAINERS:,} containers; {limits.raised_by('HTML_CONTAINERS')}"
        )
    return LexborHTMLParser(text)


def _attributes(tag: str) -> int:
    """How many attributes a tag has, or somewhat more."""
    return len(_VALUE.sub("= ", tag).replace("/", " ").split()) if len(tag) > 2 * limits.HTML_ATTRIBUTES else 0


def lines(root: LexborNode, skip: frozenset[int] = frozenset()) -> list[str]:
    """Returns the text under an element as its reader sees it: a line a block, white space collapsed, none empty.

    ``skip`` are the ``mem_id`` of elements to leave out.
    """
    gathered: list[str] = []
    line: list[str] = []
    for node, is_start in walk(root, skip):
        if node.tag == "-text":
            line.append(_BLANKS.sub(" ", node.text_content or "") if is_start else "")
        elif node.tag in BLOCKS and line:
            gathered.append("".join(line).strip())
            line = []
        elif node.tag == "img" and is_start:
            line.append(" ")
    gathered.append("".join(line).strip())
    return [text for text in gathered if text]


def walk(root: LexborNode, skip: frozenset[int] = frozenset()) -> Iterator[tuple[LexborNode, bool]]:
    """Yields every node under the root, in order: at its start (True) and at its end (False).

    What is inside silent elements and those to ``skip`` is passed over, and so are these themselves. There is no
    recursion, for pages nest as deep as they like.
    """
    node: LexborNode | None = root
    while node is not None:
        passed = (node.tag in SILENT or node.mem_id in skip) and node.mem_id != root.mem_id
        if not passed:
            yield node, True
        child = None if passed else node.child
        while child is None:
            if not passed:
                yield node, False
            if node.mem_id == root.mem_id:
                return
            child, passed = node.next, False
            if child is None:
                node = node.parent
                if node is None:
                    return
        node = child


def elements(root: LexborNode, skip: frozenset[int] = frozenset()) -> Iterator[LexborNode]:
    """Returns the elements under the root that ``walk`` comes by, in order.

    Only these have attributes: early versions of selectolax crash where text or a comment is asked for them.
    """
    return (node for node, is_start in walk(root, skip) if is_start and not (node.tag or "-").startswith(("-", "!")))
