"""How much of a page was read rightly: paragraphs by recall and precision, facts one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from zoneinfo import ZoneInfo

from khabarjoo.index.article import Article
from khabarjoo.index.news.line_matching import letters

from .making import Page

_TEHRAN = ZoneInfo("Asia/Tehran")
_LONGEST_GLUED = 6


@dataclass(frozen=True, slots=True)
class Read:
    """What a program read of a page; None for a fact that it has no place for."""

    title: str | None
    lead: str | None
    text: tuple[str, ...]
    published: datetime | None
    code: str | None = None
    tags: tuple[str, ...] | None = None
    source: str | None = None

    @classmethod
    def of(cls, article: Article) -> Read:
        """An article of ours."""
        body = tuple(article.body.split("\n")) if article.body else ()
        return cls(article.title, article.lead, body, article.published, article.code, article.tags, article.source)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one page: paragraphs right and wrong, and which facts were right."""

    wanted: int
    found: int
    strange: int
    facts: tuple[tuple[str, bool], ...]
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the text was read."""
        return not self.found


def score(page: Page, read: Read) -> Score:
    """The score of what was read of a page.

    The lead may be told apart or be the first paragraph: it counts as a paragraph here, and as a fact below. A
    paragraph is found where its letters stand in what was read, in one line or in lines that follow one another. A line
    is strange when it is neither part of the article nor made of parts of it.
    """
    expected = [page.lead, *page.paragraphs] if page.lead else list(page.paragraphs)
    lines = [line for part in (read.lead or "", *read.text) for line in part.split("\n") if letters(line)]
    keys = list(map(letters, lines))
    own = letters("".join((page.kicker, page.title, *expected)))
    parts = [letters(text) for text in (page.kicker, page.title, *expected) if text]
    glued = "\n".join(keys)
    missing = [text for text in expected if letters(text) not in glued and letters(text) not in glued.replace("\n", "")]
    extra = [line for line, key in zip(lines, keys, strict=True) if key not in own and not _is_made_of(key, parts)]
    extra += [
        text for text in page.absent if letters(text) in glued and all(letters(text) not in letters(x) for x in extra)
    ]
    return Score(
        len(expected), len(expected) - len(missing), len(extra), tuple(_facts(page, read)), tuple(missing), tuple(extra)
    )


def _is_made_of(key: str, parts: Sequence[str]) -> bool:
    """Whether a line is the glued text of parts of the article, and hardly anything else."""
    rest = key
    for part in parts:
        rest = rest.replace(part, "")
    return len(rest) * 20 < len(key)


def _facts(page: Page, read: Read) -> Iterable[tuple[str, bool]]:
    yield "title", letters(read.title or "") == letters(page.title)
    if page.lead:
        yield "lead", _is_lead(page, read)
    if page.kicker:
        yield "kicker", letters(page.kicker) in letters(read.lead or "")
    if page.published:
        yield "date", read.published is not None and _local(read.published)[:10] == _local(page.published)[:10]
        if "T" in page.published:
            yield "time", read.published is not None and _local(read.published) == _local(page.published)
    if page.code:
        yield "code", (read.code or "") == page.code
    if page.tags:
        yield "tags", list(map(letters, read.tags or ())) == list(map(letters, page.tags))
    if page.source:
        yield "outlet", letters(page.source) == letters(read.source or "")


def _is_lead(page: Page, read: Read) -> bool:
    return SequenceMatcher(None, letters(read.lead or ""), letters(page.kicker + page.lead)).ratio() > 0.9 or letters(
        read.lead or ""
    ) == letters(page.lead)


def _local(moment: datetime | str) -> str:
    """A moment in Tehran to the minute, or a day."""
    if isinstance(moment, str):
        if "T" not in moment:
            return moment
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.astimezone(_TEHRAN).strftime("%Y-%m-%dT%H:%M")
