"""Page furniture: the lines of a news page that are not the news, and the facts some of them state.

A line is looked at by itself. It is furniture when it is, whole, one of the phrases of ``index.furniture``, or when
nothing is left of it after taking out labels with their values, dates, counters, buttons, and the names of sections
and outlets. A sentence leaves words over, so it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index import outlets, sections
from index.furniture import BUTTONS, LABELLED, MOMENT_BIT, SURE, TAG_LABELS, UNSURE, Meaning
from index.linekey import LineKey, letters, line_key

# Longer lines are text, but for lists of tags.
LONGEST = 300
_LONGEST_LIST = 3000

_MOMENTS = frozenset({Meaning.PUBLISHED, Meaning.MOMENT, Meaning.CRAWLED})
_VALUES = frozenset({Meaning.CODE, Meaning.PUBLISHED, Meaning.CATEGORY, Meaning.URL})

_ADDRESS = re.compile(
    r"https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?",
    re.IGNORECASE | re.ASCII,
)
_HASHTAGS = re.compile(r"\s*#[^\s#]{2,40}(?:[\s،,|]+#[^\s#]{2,40})*\s*")
_SEGMENTS = re.compile(r"\s*[|•·●■▪◄►⋅]+\s*|\s+(?:[-–—/]|//)\s+|\s{3,}|\t+|^\s*/+\s*|\s*/{2,}\s*")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\D)")
_RIGHTS_SIGN = re.compile(r"\s*(?:©|\([cC]\)\s)")
_TEMPLATE = re.compile(r"\s*(?:\{[{$%][^{}]{0,80}\}+|!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\))\s*")
_LONGEST_CRUMB = 40


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is known of a furniture line.

    ``facts`` pairs meanings with their values as typed. A line that is ``sure`` is furniture wherever it stands; one
    that is not (a bare «سیاسی», a bare date) may be a heading inside the text, and is furniture only around it.
    """

    facts: tuple[tuple[Meaning, str], ...] = ()
    sure: bool = True

    def has(self, meaning: Meaning) -> bool:
        """Whether the line tells this at all."""
        return any(fact is meaning for fact, _ in self.facts)

    def values(self, *meanings: Meaning) -> Iterator[str]:
        """What the line says of these, in its order."""
        return (value for fact, value in self.facts if fact in meanings and value)


def furniture(line: str) -> Furniture | None:
    """What a line is if it is furniture, or None where it is the article's own.

    >>> furniture("كد خبر ۵۳۲۰۴ | چاپ").facts
    ((<Meaning.CODE: 12>, '۵۳۲۰۴'), (<Meaning.NOTHING: 1>, ''))
    >>> furniture("وزیر گفت کد خبر را چاپ کنند.") is None
    True
    """
    line = line.strip()
    if len(line) > _LONGEST_LIST or (len(line) > LONGEST and not _begins_list(line)):
        return None
    if _TEMPLATE.fullmatch(line):
        return Furniture()
    if _HASHTAGS.fullmatch(line):
        return Furniture(((Meaning.TAGS, line),))
    addresses = _ADDRESS.findall(line)
    bare = _ADDRESS.sub(lambda address: " " * len(address[0]), line) if addresses else line
    key = line_key(bare)
    if not key.text.strip(": "):
        return Furniture(tuple((Meaning.NOTHING, address) for address in addresses))
    return (
        _tag_list(line, key)
        or _breadcrumb(line)
        or _whole(line, key, _SURE, sure=True)
        or _rights(line)
        or _whole(line, key, _UNSURE, sure=False)
        or _parts(bare, addresses)
    )


def _pattern(readable: str) -> str:
    """One pattern for keys from lines of them written to be read."""
    lines = (line.strip() for line in readable.splitlines())
    joined = "|".join(line for line in lines if line and not line.startswith("#")).replace(" ", "")
    return "".join(letters(char) if char.isalpha() and not char.isascii() else char for char in joined)


def _compiled(table: Iterable[tuple[Meaning, str]]) -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    return tuple((meaning, re.compile(_pattern(pattern))) for meaning, pattern in table)


_SURE = _compiled(SURE)
_UNSURE = _compiled(UNSURE)
_LABELLED = _compiled(LABELLED)
_BIT = re.compile(_pattern(MOMENT_BIT))
_BUTTON = re.compile(_pattern(BUTTONS))
_TAG_LABEL = re.compile(_pattern(TAG_LABELS))


def _begins_list(line: str) -> bool:
    label, colon, _ = line[:40].partition(":")
    return (bool(colon) and _TAG_LABEL.fullmatch(letters(label)) is not None) or line.startswith("#")


def _tag_list(line: str, key: LineKey) -> Furniture | None:
    """«برچسب‌ها: …», or the label alone, with the tags below it."""
    label = _TAG_LABEL.match(key.text)
    if label is None:
        return None
    if label.end() == len(key.text):
        return Furniture(((Meaning.TAGS, ""),))
    if key.text[label.end()] != ":":
        return None
    return Furniture(((Meaning.TAGS, line[key.at[label.end()] + 1 :].strip()),))


def _breadcrumb(line: str) -> Furniture | None:
    if letters(line) in sections.HOME:
        return Furniture(((Meaning.HOME, ""),), sure=False)
    if not sections.is_breadcrumb(line):
        return None
    crumbs = sections.crumbs(line)
    facts = [(Meaning.CRUMB, crumbs[-1])] if crumbs else []
    if crumbs and (len(crumbs) > 1 or len(crumbs[0]) <= _LONGEST_CRUMB):
        facts.append((Meaning.CATEGORY, sections.category(line)))
    return Furniture(tuple(facts))


def _whole(
    line: str, key: LineKey, table: tuple[tuple[Meaning, re.Pattern[str]], ...], *, sure: bool
) -> Furniture | None:
    """The line as one of the phrases of a table."""
    for meaning, pattern in table:
        if found := pattern.fullmatch(key.text):
            group = found.lastindex or 0
            value = key.cut(*found.span(group)) if group else line
            if meaning is Meaning.CATEGORY and not (sure and ":" in key.text[: found.start(group)]):
                sure = sure and sections.is_section(value)
            if meaning is Meaning.RIGHTS:
                value = line
            elif not group:
                value = ""
            return Furniture(((meaning, value.strip(" ،.؛:")),), sure=sure)
    return None


def _rights(line: str) -> Furniture | None:
    return Furniture(((Meaning.RIGHTS, line),)) if _RIGHTS_SIGN.match(line) else None


def _parts(line: str, addresses: list[str]) -> Furniture | None:
    """A line of nothing but parts: those of toolbars, datelines and mastheads."""
    facts: list[tuple[Meaning, str]] = [(Meaning.NOTHING, address) for address in addresses]
    buttons = labels = 0
    for segment in _SEGMENTS.split(line):
        segment = segment.strip()
        if not letters(segment):
            continue
        found = _segment(segment)
        if found is None:
            return None
        facts += found
        buttons += sum(meaning is Meaning.NOTHING and value == _IS_BUTTON for meaning, value in found)
        labels += sum(meaning in _VALUES or (meaning is Meaning.NOTHING and value != _IS_BUTTON) for meaning, value in found)
    plain = tuple((meaning, "" if value == _IS_BUTTON else value) for meaning, value in _merged(facts, line))
    return Furniture(plain, sure=labels > 0 or buttons > 1 or bool(addresses))
