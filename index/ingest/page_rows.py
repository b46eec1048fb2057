"""The lines of a page as its layout is worked out from them: each with its place and what furniture it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..news.furniture import Furniture, furniture
from ..news.furniture_patterns import Meaning
from ..news.line_matching import letters
from ..news.sections import HOME

# A paragraph at least this long, or this long and ended with a stop, is no headline.
PARAGRAPH = 170
SENTENCE = 60
_SHORTEST_SENTENCE = 15

# Lines past this many are a book's, or made to keep us busy; none of them is looked at for furniture.
_MOST_LINES = 10_000
_LONGEST_TAG = 40
_MOST_TAGS = 20
_CRAWL_DATE = re.compile(r"\s*(date \d{4}-\d\d-\d\d)(?!\d)\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"\s*+[•*●▪■◾◼·»›>-]++(?:\s+|$)")
_STOP = re.compile(r"[.!…:][»”\"')\]]*[\s/]*$")
# How a paragraph goes on that a headline never begins with.
_OPENINGS = re.compile(
    r"(?:و[یي]|او|ا[یي]شان|ا[یي]ن|آن|به گفته|به گزارش|همچن[یي]ن|در ادامه|در ا[یي]ن|گفتن[یي]|لازم به ذکر|بنابرا[یي]ن)\s"
)
_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class PageRow:
    """One line that is not empty: its text, its letters, whether space stands before it, and its furniture."""

    text: str
    key: str
    after_space: bool = False
    bulleted: bool = False
    mark: Furniture | None = None

    @property
    def is_own(self) -> bool:
        """Whether the line, by itself, reads as the article's own."""
        return self.mark is None

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as running text, which no headline does."""
        length = len(self.text)
        if length >= PARAGRAPH or _OPENINGS.match(self.text.lstrip("*_ ")):
            return True
        if self.text.endswith("."):
            return length >= (SENTENCE if self.bulleted else _SHORTEST_SENTENCE)
        return length >= SENTENCE and not self.bulleted and _STOP.search(self.text) is not None

    def tells(self, *meanings: Meaning) -> bool:
        """Returns whether its furniture tells one of these."""
        return self.mark is not None and any(map(self.mark.has, meanings))


def split_lines(text: str) -> list[str]:
    """Returns the lines of a text, at any line end that text is written with."""
    return _BREAK.split(text)


def rows(lines: Iterable[str], look: Callable[[str], Furniture | None] = furniture) -> list[PageRow]:
    """Returns the rows of a page's lines; ``look`` tells the furniture in one, for a caller that asks more often."""
    made: list[PageRow] = []
    after_space = False
    for line in _joined_breadcrumbs(_parted_crawl_dates(lines)):
        text = line.strip()
        if not text:
            after_space = True
            continue
        bullet = _BULLET.match(text)
        content = text[bullet.end() :] if bullet else text
        mark = look(content) if len(made) < _MOST_LINES else None
        made.append(PageRow(text, letters(text), after_space, bullet is not None, mark))
        after_space = False
    return list(_with_tags(made))


def _parted_crawl_dates(lines: Iterable[str]) -> Iterator[str]:
    """The day a crawler wrote before a line, as a line of its own."""
    for line in lines:
        if crawled := _CRAWL_DATE.match(line):
            yield crawled[1]
            yield crawled[2]
        else:
            yield line


def _joined_breadcrumbs(lines: Iterable[str]) -> Iterator[str]:
    """A breadcrumb that was copied as a list, one crumb or sign a line, as one line."""
    crumbs: list[str] = []
    is_open = False
    for line in lines:
        bullet = _BULLET.match(line.strip())
        content = line.strip()[bullet.end() :] if bullet else line.strip()
        is_sign = bool(line.strip()) and not letters(line)
        if crumbs and (is_sign or (content and (is_open or content != line.strip()))):
            is_open = is_sign
            if not is_sign:
                crumbs.append(content)
            continue
        if crumbs:
            yield " > ".join(crumbs)
            crumbs = []
        if letters(content) in HOME:
            crumbs, is_open = [content], False
        else:
            yield line
    if crumbs:
        yield " > ".join(crumbs)


def _with_tags(made: list[PageRow]) -> Iterator[PageRow]:
    """The rows, where short lines under a label of tags are tags."""
    left = 0
    after_text = False
    for row in made:
        if row.mark is not None and row.mark.facts == ((Meaning.TAGS, ""),):
            left = _MOST_TAGS
        elif left and row.is_own and len(row.text) <= _LONGEST_TAG and (after_text or not row.after_space):
            left -= 1
            row = replace(row, mark=Furniture(((Meaning.TAGS, row.text),)))
        elif left and row.tells(Meaning.TAGS):
            left -= 1
        else:
            left = 0
            after_text = after_text or (row.is_own and row.is_sentence)
        yield row
