"""An HTML page as lines in elements: one walk over its tree, from which text and facts are told by looking alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from .markup import BLOCKS, SILENT

# A line with at least this much text that is no link, and no more than this share of links, is running text.
SHORTEST_RUNNING = 25
_MOST_LINKED = 0.6
_SENTENCE = 60
_MOST_UNLINKED = 100

_MEDIA = frozenset("iframe object audio video embed amp-audio amp-video amp-iframe amp-youtube".split())
_BREAKS = frozenset("br hr".split())
_FIELDS = frozenset("textarea input".split())
# Inline elements that stand for things apart, as a date and a number beside it; those of emphasis are parts of words.
_APART = frozenset("a span time label button small".split())
_RUNS = frozenset("p li blockquote td h1 h2 h3 h4 h5 h6".split())
_WORD = re.compile(r"[a-z]+")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")
_CONCEALED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PARTING_SIGNS = " \u200c|،,؛;/•·-–—#:："
_NOTHING: Mapping[str, str | None] = MappingProxyType({})
_NAMELESS: frozenset[str] = frozenset()


@dataclass(eq=False, slots=True)
class Element:
    """An element, and what stands in it: its lines are those from ``first`` up to ``last`` of its page.

    ``size`` counts the characters of its text, ``linked`` those that are links, ``running`` those of running text
    (see ``Page.weigh``), ``lines`` its lines, ``links`` those that are nothing but links, ``prose`` those of running
    text.
    """

    tag: str
    attributes: Mapping[str, str | None]
    parent: Element | None
    depth: int
    first: int
    begin: int
    is_block: bool
    last: int = 0
    end: int = 0
    size: int = 0
    linked: int = 0
    running: float = 0
    lines: int = 0
    links: int = 0
    prose: int = 0
    media: int = 0
    fields: int = 0
    images: int = 0
    times: int = 0
    items: list[Element | Line] = field(default_factory=list)
    _names: frozenset[str] | None = None

    @property
    def names(self) -> frozenset[str]:
        """The words of its class and id."""
        if self._names is None:
            attributes = self.attributes
            called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}" if attributes else " "
            self._names = frozenset(_WORD.findall(called.lower())) if called != " " else _NAMELESS
        return self._names

    @property
    def signature(self) -> tuple[str, str]:
        """What its like have too: tag and class."""
        return self.tag, self.attributes.get("class") or ""

    @property
    def is_concealed(self) -> bool:
        """Whether the page never shows it as it comes."""
        style = self.attributes.get("style")
        return "hidden" in self.attributes or (style is not None and _CONCEALED.search(style) is not None)

    def is_within(self, other: Element) -> bool:
        """Returns whether it is, or stands in, another element."""
        return any(element is other for element in self.around())

    def around(self) -> Iterator[Element]:
        """Yields the elements it stands in, from the inside out, with itself."""
        found: Element | None = self
        while found is not None:
            yield found
            found = found.parent


@dataclass(eq=False, slots=True)
class Line:
    """One line of a page: its place, its text, the innermost element that holds all of it, and its links.

    ``linked`` counts the characters that are links; ``links`` are the texts of those that begin and end in the line.
    """

    place: int
    text: str
    element: Element
    linked: int
    links: list[str]

    @property
    def is_link(self) -> bool:
        """Whether it is nothing but links."""
        return self.linked > 0 and len(self.text) - self.linked <= max(3, len(self.text) // 20)

    @property
    def is_running(self) -> bool:
        """Whether it reads as text, which no list of links does."""
        return len(self.text) - self.linked >= SHORTEST_RUNNING and self.linked <= _MOST_LINKED * len(self.text)

    @property
    def holder(self) -> Element | None:
        """The element it stands in with other lines."""
        element: Element | None = self.element
        while element is not None and element.lines == 1:
            element = element.parent
        return element

    @property
    def label(self) -> str:
        """What stands before its first link."""
        return self.text[: max(0, self.text.find(self.links[0]))].strip(" :-–»←") if self.links else ""

    def listed(self) -> list[str]:
        """Returns the texts of its links, where there is nothing else in it but what parts them; else none."""
        rest = self.text
        for link in self.links:
            before, _, after = rest.partition(link)
            if before.strip(_PARTING_SIGNS):
                return []
            rest = after
        return [] if rest.strip(_PARTING_SIGNS) else self.links


class Page:
    """The lines and the elements of a page, in its order."""

    def __init__(self, body: LexborNode) -> None:
        self.lines: list[Line] = []
        self.elements: list[Element] = []
        self._pieces: list[str] = []
        self._scan(body)
        self._add_up()

    def text_of(self, element: Element) -> list[str]:
        """Returns the lines of an element's text, those of one that is part of a line too."""
        joined = "".join(self._pieces[element.begin : element.end])
        return [text for text in map(_tidy, joined.split("\n")) if text]

    def inside(self, element: Element) -> list[Line]:
        """Returns the lines in a block element."""
        return self.lines[element.first : element.last]

    def unlink(self) -> None:
        """Takes the sentences of a page that is one link all over for text."""
        for line in self.lines[:_MOST_UNLINKED]:
            if len(line.text) >= _SENTENCE and line.text[-1] in ".!؟":
                for element in line.element.around():
                    element.linked -= line.linked
                    element.links -= line.is_link
                line.linked = 0

    def _scan(self, body: LexborNode) -> None:
        """Walks the tree without recursion, for pages nest as deep as they like."""
        scan = _Scan(self.lines, self.elements, self._pieces)
        scan.open(body, body.tag or "body")
        node = body.child
        while True:
            while node is None:
                closed = scan.close()
                if closed is None:
                    return
                node = closed.next
            tag = node.tag or "-"
            if tag == "-text":
                scan.text(node.text_content or "")
                node = node.next
            elif tag in _BREAKS:
                scan.end_line()
                node = node.next
            elif tag in SILENT or tag.startswith(("-", "!")):
                scan.note(tag)
                node = node.next
            else:
                scan.open(node, tag)
                child = node.child
                node = child

    def _add_up(self) -> None:
        for line in self.lines:
            element = line.element
            element.items.append(line)
            element.size += len(line.text)
            element.linked += line.linked
            element.lines += 1
            element.links += line.is_link
            if not element.is_block:
                element.first = min(element.first, line.place) if element.lines > 1 else line.place
                element.last = max(element.last, line.place + 1)
        for element in reversed(self.elements):
            if (parent := element.parent) is not None:
                parent.size += element.size
                parent.linked += element.linked
                parent.lines += element.lines
                parent.links += element.links
                parent.media += element.media
                parent.fields += element.fields
                parent.images += element.images
                parent.times += element.times
                if element.lines and not parent.is_block:
                    parent.last = max(parent.last, element.last)
        for element in self.elements:
            if element.parent is not None and element.lines:
                element.parent.items.append(element)
        for element in self.elements:
            if len(element.items) > 1:
                element.items.sort(key=_place)

    def weigh(self, weights: Mapping[int, float]) -> None:
        """Sets how much running text each element has, from the weights of lines by their places."""
        for element in self.elements:
            element.running, element.prose = 0, 0
        for place, weight in weights.items():
            element = self.lines[place].element
            element.running += weight
            element.prose += 1
        for element in reversed(self.elements):
            if element.parent is not None:
                element.parent.running += element.running
                element.parent.prose += element.prose


class _Scan:
    """The state of the walk: the elements open, and the line begun."""

    def __init__(self, lines: list[Line], elements: list[Element], pieces: list[str]) -> None:
        self._lines, self._elements, self._pieces = lines, elements, pieces
        self._open: list[tuple[Element, LexborNode]] = []
        self._begin = 0
        self._owner: Element | None = None
        self._dip = 0
        self._linked = 0
        self._in_link = 0
        self._links: list[str] = []
        self._closed: Element | None = None
        self._at_edge = False

    def open(self, node: LexborNode, tag: str) -> None:
        is_block = tag in BLOCKS or "-" in tag
        if is_block:
            self.end_line()
        parent = self._open[-1][0] if self._open else None
        element = Element(
            tag=tag,
            attributes=node.attributes or _NOTHING,
            parent=parent,
            depth=len(self._open),
            first=len(self._lines),
            begin=len(self._pieces),
            is_block=is_block,
        )
        if tag == "time":
            element.times = 1
        elif tag in _MEDIA:
            element.media = 1
        elif tag in _FIELDS:
            element.fields = element.attributes.get("type") != "hidden"
        elif tag == "img":
            element.images = 1
            self._pieces.append(" ")
        if not is_block:
            if self._closed is not None and _stand_apart(self._closed, element):
                self._pieces.append(" ")
            is_run = parent is not None and parent.tag in _RUNS
            self._at_edge = tag in _APART and (self._closed is not None or "class" in element.attributes or not is_run)
        self._closed = None
        self._in_link += _is_link(element)
        self._elements.append(element)
        self._open.append((element, node))

    def close(self) -> LexborNode | None:
        """Closes the element opened last; None where that was the first of all."""
        element, node = self._open.pop()
        if element.is_block:
            self.end_line()
        element.last, element.end = len(self._lines), len(self._pieces)
        if _is_link(element):
            self._in_link -= 1
            if element.first == element.last and self._in_link == 0:
                text = _tidy("".join(self._pieces[element.begin :]))
                if text:
                    self._links.append(text)
        if not element.is_block:
            if element.is_concealed:
                self._conceal(element)
            self._closed = element
            self._at_edge = element.tag in _APART and "class" in element.attributes
        self._dip = min(self._dip, len(self._open))
        return node if self._open else None

    def note(self, tag: str) -> None:
        """Notes an element whose text is no part of the page."""
        if self._open and tag in _MEDIA:
            self._open[-1][0].media += 1
        elif self._open and tag in _FIELDS:
            self._open[-1][0].fields += 1

    def text(self, text: str) -> None:
        text = _BLANKS.sub(" ", text)
        if text == " " or not text:
            if text:
                self._pieces.append(text)
                self._closed = None
                self._at_edge = False
            return
        if self._at_edge and self._pieces and _clash(self._pieces[-1], text):
            self._pieces.append(" ")
        self._pieces.append(text)
        self._closed, self._at_edge = None, False
        if self._owner is None:
            self._owner = self._open[-1][0]
        else:
            while self._owner.depth >= self._dip and self._owner.parent is not None:
                self._owner = self._owner.parent
        self._dip = len(self._open)
        if self._in_link:
            self._linked += len(text.strip())

    def _conceal(self, element: Element) -> None:
        if element.first == len(self._lines):
            del self._pieces[element.begin :]
            element.end = element.begin

    def end_line(self) -> None:
        """Ends the line begun, if there is any text in it."""
        if self._owner is not None:
            text = _tidy("".join(self._pieces[self._begin :]))
            if text:
                self._lines.append(Line(len(self._lines), text, self._owner, min(self._linked, len(text)), self._links))
        if len(self._pieces) > self._begin:
            self._pieces.append("\n")
        self._begin = len(self._pieces)
        self._owner, self._linked, self._links = None, 0, []
        self._closed, self._at_edge = None, False


def _is_link(element: Element) -> bool:
    """Whether an element is a link; those that a program of the page follows need no address."""
    return element.tag == "a" and ("href" in element.attributes or "name" not in element.attributes)


def _place(item: Element | Line) -> int:
    return item.first if isinstance(item, Element) else item.place


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _stand_apart(left: Element, right: Element) -> bool:
    """Whether two inline elements without any space between them are things apart, which the page's style shows."""
    if left.tag not in _APART or right.tag not in _APART:
        return False
    if left.tag != right.tag or left.tag == "a":
        return True
    classes = left.attributes.get("class"), right.attributes.get("class")
    if classes[0] == classes[1]:
        return False
    return all(classes) or right.parent is None or right.parent.tag not in _RUNS


def _clash(left: str, right: str) -> bool:
    """Whether a number would run into a word or another number."""
    before, after = left[-1:], right[:1]
    return before.isalnum() and after.isalnum() and (before.isdigit() or after.isdigit())
