"""Labels in the lines of an HTML page: those of tags, each a link, and those whose value has a cell of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..news.furniture_patterns import Meaning
from .html_blocks import Element, Line
from .html_evidence import Look

# Labels whose value may stand in a cell of its own.
_LABEL = re.compile(r"(?:کد|شناسه|شماره|تاریخ|زمان|انتشار|منتشر|درج|گروه|سرو[یي]س|دسته|حوزه)\b[^\d]{0,20}$")
_LABELLED = (Meaning.CODE, Meaning.PUBLISHED, Meaning.CATEGORY)
_LONGEST_LABEL = 24
_LONGEST_VALUE = 60


class Labels:
    """The labels met in a page; ``groups`` are the links that stand under those of tags, label by label."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.groups: list[list[str]] = []

    def texts(self, lines: Iterable[Line]) -> Iterator[str]:
        """Returns the texts of lines, as page text has labels: with their values in one line, tags parted by commas."""
        return self._labelled(self._listed(lines))

    def _listed(self, lines: Iterable[Line]) -> Iterator[str]:
        """The texts of lines, where tags under a label, each a link of its own, are parted."""
        label, tags = "", list[str]()
        holder: Element | None = None
        for line in lines:
            if label and (listed := line.listed()) and (not tags or line.holder is holder):
                holder = line.holder
                tags += listed
                self.groups[-1] += listed
                continue
            if label:
                yield _tag_line(label, tags)
                label, tags = "", []
            mark = self._look(line.text)
            if mark is not None and mark.has(Meaning.TAGS) and not line.text.startswith("#"):
                if mark.facts == ((Meaning.TAGS, ""),):
                    label = line.text
                    self.groups.append([])
                    continue
                if line.links and (start := line.text.find(line.links[0])) > 0:
                    self.groups.append(line.links)
                    yield _tag_line(line.text[:start], line.links)
                    continue
            elif line.links and 0 < (start := line.text.find(line.links[0])) <= _LONGEST_LABEL:
                mark = self._look(line.text[:start].strip())
                if mark is not None and mark.facts == ((Meaning.TAGS, ""),):
                    self.groups.append(line.links)
                    yield _tag_line(line.text[:start], line.links)
                    continue
            yield line.text
        if label:
            yield _tag_line(label, tags)

    def _labelled(self, texts: Iterable[str]) -> Iterator[str]:
        """The texts, where a label that has a cell of its own is one with its value in the next."""
        label = ""
        for text in texts:
            if label:
                joined = f"{label} {text}"
                mark = self._look(joined) if len(text) <= _LONGEST_VALUE else None
                if mark is not None and mark.sure and any(map(mark.has, _LABELLED)):
                    label = ""
                    yield joined
                    continue
                yield label
                label = ""
            if len(text) <= _LONGEST_LABEL and _LABEL.match(text):
                label = text
            else:
                yield text
        if label:
            yield label


def _tag_line(label: str, tags: Sequence[str]) -> str:
    return f"{label.rstrip(' :')}: {'، '.join(tags)}" if tags else label
