"""Where in an HTML page the article is: the blocks that belong together and hold the most text that is no link.

Evidence is of three kinds. What an element is (``nav``, ``aside``) and what its lines say (a heading «اخبار مرتبط»,
nothing but links) decide. What it is called is a hint alone: it needs one of the others beside it, for themes call the
text itself ``widget``, ``news_nav`` or ``sidebar-right``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .html_blocks import Element, Line, Page
from .html_evidence import BOX_SHARE, ENDS, FEW_LINKS, HINTED, PARAGRAPHS, Evidence, Look, is_long

_ABOUT = frozenset("header footer".split())
_LEADS = frozenset("p h2 h3 h4 strong b blockquote".split())
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_EMPHASIS = frozenset("b strong h2 h3 h4 em".split())
_BODY_PROPERTIES = frozenset(("articlebody", "text"))
# How much of a paragraph's weight counts for the element it is in, and for those around that.
_SHARES = (1.0, 0.5, 0.25)
_MUCH = 0.3


@dataclass(frozen=True, slots=True)
class MainText:
    """What of a page is its article, as places of lines.

    ``text`` are the lines of the article; ``around`` those that may state its facts. ``seed`` is the element with most
    of the text, None in a page without any. ``left`` are the lines of running text that were left out though nothing
    says that they are menus, lists of other articles or comments.
    """

    text: Sequence[Line]
    around: Sequence[Line]
    seed: Element | None
    left: Sequence[Line]
    running: int


def main_text(page: Page, look: Look, title_at: int = -1) -> MainText:
    """Returns the article in a page; ``look`` tells the furniture in a line, ``title_at`` is the headline's line."""
    return _Search(page, look, title_at).found()


class _Search(Evidence):
    """The search for the article in one page."""

    def found(self) -> MainText:
        lines = self._page.lines
        seed = self._seed()
        if seed is None:
            around = [line for line in lines if self._may_tell(line, len(lines))]
            text = [line for line in lines if not (self._strange[line.place] or self._out[line.place])]
            return MainText(text, around, None, (), 0)
        chosen = self._grown(seed)
        around = [line for line in lines if self._may_tell(line, seed.first)]
        text = [
            line for line in lines if chosen[line.place] and not (self._strange[line.place] or self._out[line.place])
        ]
        left = [
            line
            for line in lines
            if self._is_text(line)
            and not (chosen[line.place] or self._out[line.place] or self._listed[line.place])
            and line.place > self._title_at
        ]
        return MainText(text, around, seed, left, int(sum(self._weight(line) for line in text if self._is_text(line))))

    def _seed(self) -> Element | None:
        """The element whose paragraphs hold the most text, each seen through the wrappers it is alone in."""
        scores: dict[int, float] = defaultdict(float)
        holders: dict[int, Element] = {}
        for line in self._page.lines:
            if self._out[line.place] or not self._is_probable(line):
                continue
            weight = self._weight(line)
            holder: Element | None = line.element
            while holder is not None and holder.lines == 1 and holder.parent is not None:
                holder = holder.parent
            for share in _SHARES:
                if holder is None:
                    break
                scores[id(holder)] += share * weight
                holders[id(holder)] = holder
                lines = holder.lines
                while holder is not None and holder.lines == lines:
                    holder = holder.parent
        stated = [
            element
            for element in self._page.elements
            if (element.attributes.get("itemprop") or "").lower() in _BODY_PROPERTIES
            and element.running >= _MUCH * self._whole
        ]
        if stated:
            return max(stated, key=lambda element: element.running)
        for key, holder in holders.items():
            if any(id(element) in self._suspects for element in holder.around()):
                scores[key] *= HINTED
        best = max(scores, key=scores.__getitem__, default=None)
        return None if best is None else holders[best]

    def _grown(self, seed: Element) -> bytearray:
        """The lines of the seed and of what belongs to it around."""
        chosen = bytearray(len(self._page.lines))
        self._mark(chosen, seed)
        self._drop_odd(chosen, seed)
        node, running, level = seed, seed.running, 0
        while (parent := node.parent) is not None:
            if parent.lines > node.lines:
                running += self._join(chosen, parent, node, running, level)
                level += 1
            node = parent
        return chosen

    def _drop_odd(self, chosen: bytearray, seed: Element) -> None:
        """Takes out what stands amid the seed's paragraphs, is unlike them, and is called what no text is."""
        for item in _regions(seed):
            if id(item) in self._suspects and item.running < BOX_SHARE * seed.running and item.tag not in PARAGRAPHS:
                chosen[item.first : item.last] = bytes(item.last - item.first)

    def _join(self, chosen: bytearray, parent: Element, node: Element, running: float, level: int) -> float:
        """Adds the siblings of a node that belong to it; returns how much text they have."""
        at = next(place for place, item in enumerate(parent.items) if item is node)
        joined: list[tuple[int, int]] = []
        added = 0.0
        for item in parent.items[at + 1 :]:
            first, last = _span(item)
            if self._belongs(item, node, running, level) and not self._is_over(node.last, first, item, node):
                joined.append((first, last))
                added += self._running(item)
        for item in reversed(parent.items[:at]):
            first, last = _span(item)
            if self._title_at < 0 or last <= self._title_at:
                break
            if isinstance(item, Element) and first <= self._title_at < last and level == 0:
                below = [line for line in self._page.inside(item) if line.place > self._title_at]
                joined += [(line.place, line.place + 1) for line in below if self._is_text(line) and _may_lead(line)]
            if first > self._title_at and self._belongs(item, node, running, level):
                joined.append((first, last))
                added += self._running(item)
        if joined:
            start = min(first for first, _ in joined)
            for item in parent.items:
                first, last = _span(item)
                between = start <= first and last <= max(last for _, last in joined) and not self._running(item)
                if between and (first >= node.last or last <= node.first):
                    joined.append((first, last))
        for first, last in joined:
            chosen[first:last] = b"\1" * (last - first)
        return added

    def _running(self, item: Element | Line) -> float:
        if isinstance(item, Element):
            return item.running
        return self._weight(item) if self._is_text(item) else 0

    def _belongs(self, item: Element | Line, node: Element, running: float, level: int) -> bool:
        """Whether a sibling of a node has text of the article too."""
        if isinstance(item, Line):
            return level == 0 and self._is_text(item) and not self._out[item.place]
        after_title = self._title_at >= 0 and item.last <= node.first
        if not item.running or (item.tag in _ABOUT and not after_title) or self._is_strange(item):
            return False
        is_suspect = id(item) in self._suspects or any(id(inner) in self._suspects for inner in _alone(item))
        is_alike = level == 0 and self._shape(item) == self._shape(node)
        if is_suspect and not is_alike and not (after_title and item.prose == item.lines == 1):
            return False
        if self._is_list(item):
            self._mark(self._listed, item)
            if item.lines > FEW_LINKS:
                self._mark(self._menus, item)
            return False
        if level == 0 or after_title:
            return True
        alike = item.signature == node.signature and bool(item.signature[1])
        return alike or (item.prose > 1 and item.running >= _MUCH * running)

    def _shape(self, item: Element) -> tuple[str, frozenset[tuple[str, int]]]:
        """How an element holds its paragraphs: in what, and how deep."""
        texts = (line.element for line in self._page.inside(item) if self._is_text(line))
        return item.tag, frozenset((element.tag, element.depth - item.depth) for element in texts)

    def _is_over(self, start: int, end: int, item: Element | Line, node: Element) -> bool:
        """Whether the article is over somewhere before this sibling."""
        marks = (mark for mark in map(self._mark_of, range(start, end)) if mark is not None)
        if not any(any(map(mark.has, ENDS)) for mark in marks):
            return False
        if isinstance(item, Element):
            self._mark(self._listed, item)
        return True


def _may_lead(line: Line) -> bool:
    """Whether a line below a headline is a lead rather than who wrote the article, when, and how long it is to read."""
    is_paragraph = line.text[-1] in ".!؟" or any(element.tag in _LEADS for element in _wrappers(line))
    return is_long(line) and is_paragraph and _CLOCK.search(line.text) is None


def _wrappers(line: Line) -> Iterable[Element]:
    """The elements that hold a line and nothing else."""
    element: Element | None = line.element
    while element is not None and element.lines == 1:
        yield element
        element = element.parent


def _span(item: Element | Line) -> tuple[int, int]:
    return (item.first, item.last) if isinstance(item, Element) else (item.place, item.place + 1)


def _alone(element: Element) -> Iterable[Element]:
    """What an element is the wrapper of."""
    while len(element.items) == 1 and isinstance(element.items[0], Element):
        element = element.items[0]
        yield element


def _regions(element: Element) -> Iterable[Element]:
    """The elements right in another, wrappers seen through."""
    waiting = [item for item in element.items if isinstance(item, Element)]
    for item in waiting:
        yield item
        if len(item.items) == 1 and isinstance(item.items[0], Element):
            waiting.append(item.items[0])


def emphasised(line: Line) -> bool:
    """Returns whether all of a line is set apart from text: bold, or a heading."""
    return any(element.tag in _EMPHASIS for element in _wrappers(line))
