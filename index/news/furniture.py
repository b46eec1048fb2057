"""Page furniture: the lines of a news page that are not the news, and the facts some of them state.

A line is looked at by itself. It is furniture when it is, whole, one of the phrases of `furniture_patterns`, or when
nothing is left of it after taking out labels with their values, dates, counters, buttons, and the names of sections
and outlets. A sentence leaves words over, so it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from khabarjoo.analyzers.dates import find_moment, is_dateline

from . import outlets, sections
from .furniture_patterns import (
    BUTTONS,
    CONTACTS,
    LABELLED,
    MOMENT_BIT,
    SITE_WORDS,
    SURE,
    TAG_LABELS,
    UNSURE,
    WORDS,
    Meaning,
)
from .line_matching import LineKey, letters, line_key

# Longer lines are text, but for lists of tags.
LONGEST = 300
_LONGEST_LIST = 3000

_MOMENTS = frozenset({Meaning.PUBLISHED, Meaning.MOMENT, Meaning.CHANGED, Meaning.CRAWLED})
_ADDRESS = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}|(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?",
    re.IGNORECASE | re.ASCII,
)
_HASHTAGS = re.compile(r"#\s?[^\s#]{2,40}(?:[\s،,|]+#\s?[^\s#]{2,40})*")
_SEGMENTS = re.compile(r"\s*[|•·●■▪◄►⋅]+\s*|\s+(?:[-–—/]|//)\s+|\s{3,}|\t+|^\s*/+\s*|\s*/{2,}\s*")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\D)")
_ARROWS = frozenset("«»<>←→‹›")
_NEIGHBOUR = re.compile(
    r"(?:قبل[یي]|بعد[یي]|پ[یي]ش[یي]ن) ?[«»<>←→‹›].{3,}|.{3,}[«»<>←→‹›] ?(?:قبل[یي]|بعد[یي]|پ[یي]ش[یي]ن)"
)
# How a sentence ends, which a button or a label does not.
_STATED = re.compile(
    r"(?:\.|است|ن[یي]ست|بود|بودند|شد|شدند|[کك]رد|[کك]ردند|داد|دادند|دارد|دارند|گفت|م[یي].?شود|م[یي].?[کك]ند|خواهد.{2,6})$"
)
_RIGHTS_SIGN = re.compile(r"\s*(?:©|\([cC]\)\s)")
_TEMPLATE = re.compile(r"\s*(?:\{[{$%][^{}]{0,80}\}+|!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\))\s*")
_LONGEST_CRUMB = 40
_MOST_CRUMBS = 4
_LONGEST_NUMBERED = 3
# Words in a piece we do not know, amid more that we do: «ذخیره در فهرست علاقه‌مندی‌ها» beside a code and a date.
_LONGEST_STRANGE = 5
_LONGEST_DATED = 120
# The name of an outlet or a place before a date: «پیک ساحل - ۵ مهر ۱۴۰۲», «پیک ساحل: ۵ مهر ۱۴۰۲».
_LONGEST_NAME = 4
_NAMED_MOMENT = re.compile(r"[^:\d]{2,30}:\s*(?:\w{3,9}[\s\u200c]*(?:شنبه)?[،,]?\s*)?\d")
_FACTS = frozenset({Meaning.CODE, Meaning.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is known of a furniture line.

    ``facts`` pairs meanings with their values as typed. A line that is ``sure`` is furniture wherever it stands; one
    that is not (a bare «سیاسی», a bare date) may be a heading inside the text, and is furniture only around it.
    """

    facts: tuple[tuple[Meaning, str], ...] = ()
    sure: bool = True

    def has(self, meaning: Meaning) -> bool:
        """Returns whether the line tells this at all."""
        return any(fact is meaning for fact, _ in self.facts)

    def values(self, *meanings: Meaning) -> Iterator[str]:
        """Returns what the line says of these, in its order."""
        return (value for fact, value in self.facts if fact in meanings and value)


def furniture(line: str) -> Furniture | None:
    """Returns what a line is if it is furniture, or None where it is the article's own.

    >>> furniture("كد خبر ۵۳۲۰۴ | چاپ").facts
    ((<Meaning.CODE: 13>, '۵۳۲۰۴'), (<Meaning.BUTTON: 15>, 'چاپ'))
    >>> furniture("وزیر گفت کد خبر را چاپ کنند.") is None
    True
    """
    line = line.strip()
    if len(line) > _LONGEST_LIST or (len(line) > LONGEST and not _begins_list(line)):
        return None
    if _TEMPLATE.fullmatch(line) or (not _ARROWS.isdisjoint(line) and _NEIGHBOUR.fullmatch(line)):
        return Furniture()
    if _HASHTAGS.fullmatch(line):
        return Furniture(((Meaning.TAGS, line),))
    addresses = _ADDRESS.findall(line)
    bare = _ADDRESS.sub(lambda address: " " * len(address[0]), line) if addresses else line
    key = line_key(bare)
    if not key.text.strip(": "):
        return Furniture(tuple((Meaning.NOTHING, address) for address in addresses), sure=not addresses)
    return (
        _tag_list(line, key)
        or _breadcrumb(line)
        or _whole(line, key, _SURE, sure=True)
        or _rights(line)
        or (None if addresses else _whole(line, key, _UNSURE, sure=False))
        or _parts(bare, addresses)
    )


def is_site_talk(line: str) -> bool:
    """Returns whether a line of few words speaks of the site, as furniture does around an article: «نسخه مناسب چاپ».

    >>> is_site_talk("دریافت PDF شماره امروز"), is_site_talk("عضویت کتابخانه رایگان است")
    (True, False)
    """
    words = line.split()
    return (
        not _STATED.search(line)
        and len(words) <= _LONGEST_STRANGE + 1
        and any(letters(word) in _SITE_WORDS for word in words)
    )


def _pattern(readable: str) -> str:
    """One pattern for keys from lines of them written to be read."""
    lines = (line.strip() for line in readable.replace("\\\n", "").splitlines())
    joined = "|".join(line for line in lines if line and not line.startswith("#"))
    for name, words in sorted(WORDS.items(), key=lambda item: -len(item[0])):
        joined = joined.replace(name, f"(?:{'|'.join(sorted(words.split('|'), key=len, reverse=True))})")
    joined = joined.replace(" ", "")
    return "".join(letters(char) if char.isalpha() and not char.isascii() else char for char in joined)


def _compiled(table: Iterable[tuple[Meaning, str]]) -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    return tuple((meaning, re.compile(_pattern(pattern))) for meaning, pattern in table)


_SURE = _compiled(SURE)
_UNSURE = _compiled(UNSURE)
_LABELLED = _compiled(LABELLED)
_LOOSE = (
    (Meaning.MOMENT, re.compile(f"(?:{_pattern(MOMENT_BIT)})+")),
    (Meaning.SOURCE, re.compile(outlets.NAME_PATTERN)),
    (Meaning.NOTHING, re.compile(_pattern(CONTACTS))),
    (Meaning.BUTTON, re.compile(_pattern(BUTTONS))),
)
_MOMENT_LABELS = tuple(entry for entry in _LABELLED if entry[0] in (Meaning.PUBLISHED, Meaning.CHANGED))
_SITE_WORDS = frozenset(map(letters, SITE_WORDS.split()))
_SECTION_NAME = dict(_UNSURE)[Meaning.CATEGORY]
_TAG_LABEL = re.compile(_pattern(TAG_LABELS))


def begins_tags(line: str) -> bool:
    """Returns whether a line may begin with a label of tags, by its first letters.

    >>> begins_tags("برچسب‌ها: باران"), begins_tags("باران آمد")
    (True, False)
    """
    return _TAG_LABEL.match(letters(line[:_LONGEST_CRUMB])) is not None


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
    is_menu = len(crumbs) > _MOST_CRUMBS
    if crumbs and not is_menu and (len(crumbs) > 1 or len(crumbs[0]) <= _LONGEST_CRUMB):
        facts.append((Meaning.CATEGORY, sections.category(line)))
    return Furniture(tuple(facts))


def _whole(
    line: str, key: LineKey, table: tuple[tuple[Meaning, re.Pattern[str]], ...], *, sure: bool
) -> Furniture | None:
    """The line as one of the phrases of a table."""
    for meaning, pattern in table:
        found = pattern.fullmatch(key.text)
        if found is None:
            continue
        value = key.cut(*found.span(found.lastindex)) if found.lastindex else ""
        if not sure and ("؟" in line or "?" in line):
            continue
        if meaning is Meaning.CATEGORY and not (sure or sections.is_section(value) or key.text.endswith(":")):
            continue
        return Furniture(((meaning, line if meaning is Meaning.RIGHTS else value.strip(" ،.؛:")),), sure)
    return None


def _rights(line: str) -> Furniture | None:
    return Furniture(((Meaning.RIGHTS, line),)) if _RIGHTS_SIGN.match(line) else None


class _Part(NamedTuple):
    """A piece of a line that is understood, and where in the line its value stands."""

    meaning: Meaning
    start: int
    end: int
    labelled: bool = False


def _parts(line: str, addresses: list[str]) -> Furniture | None:
    """A line of nothing but parts: those of toolbars, datelines and mastheads."""
    parts: list[_Part] = []
    start = strange = known = 0
    for separator in (*_SEGMENTS.finditer(line), None):
        end = separator.start() if separator else len(line)
        found = _segment(line[start:end])
        if found is None and parts:
            found = _named_section(line[start:end])
        known += bool(found)
        if found is None:
            strange += 1
            if len(line[start:end].split()) > _LONGEST_STRANGE:
                return _dated(line) if _NAMED_MOMENT.match(line) else None
        parts += (part._replace(start=part.start + start, end=part.end + start) for part in found or ())
        start = separator.end() if separator else end
    if strange and not (strange < known and any(part.labelled and part.meaning in _FACTS for part in parts)):
        return _dated(line)
    parts = list(_merged(parts))
    facts = [(part.meaning, line[part.start : part.end].strip()) for part in parts]
    facts += ((Meaning.URL, address) for address in addresses if (Meaning.URL, "") in facts)
    buttons = sum(part.meaning is Meaning.BUTTON for part in parts)
    return Furniture(tuple(facts), sure=buttons > 1 or any(part.labelled for part in parts))


def _dated(line: str) -> Furniture | None:
    """A line that begins with a date and says the time, with a few words that may be anything; or a name and a date."""
    if len(line) > _LONGEST_DATED or line.endswith(".") or not _DIGIT.search(line):
        return None
    name, mark, rest = line.partition(":") if _NAMED_MOMENT.match(line) else ("", "", "")
    segments = [name, *_SEGMENTS.split(rest)] if mark else _SEGMENTS.split(line)
    parts = [_segment(segment) for segment in segments]
    strange = [segment for segment, found in zip(segments, parts, strict=True) if found is None]
    begins = parts[0] is not None and _CLOCK.search(line) is not None
    named = parts[0] is None and len(strange) == 1 and len(strange[0].split()) <= _LONGEST_NAME
    if not (begins or (named and not _STATED.search(strange[0]) and any(map(_is_day, segments[1:])))):
        return None
    return Furniture(((Meaning.MOMENT, line),), sure=False) if find_moment(line) else None


def _is_day(segment: str) -> bool:
    """Whether a piece of a line is a day and nothing else."""
    parts = _segment(segment)
    if not parts or any(part.meaning is not Meaning.MOMENT for part in parts):
        return False
    return find_moment(segment) is not None


def _merged(parts: list[_Part]) -> Iterator[_Part]:
    """The parts, with a moment and the label before it, or the rest of it after a dash, as one."""
    moment: _Part | None = None
    for part in parts:
        if part.meaning is Meaning.MOMENT and moment is not None:
            start = moment.start if moment.end > moment.start else part.start
            moment = moment._replace(start=start, end=part.end, labelled=moment.meaning is not Meaning.MOMENT)
            continue
        if moment is not None:
            yield moment
        moment = part if part.meaning in _MOMENTS else None
        if moment is None:
            yield part
    if moment is not None:
        yield moment


def _segment(text: str) -> list[_Part] | None:
    """The parts of a piece between separators, or None where something is left over."""
    if not letters(text):
        return []
    number = _NUMBERED.match(text.lstrip())
    start = len(text) - len(text.lstrip()) + (number.end() if number else 0)
    name = text[start:].strip()
    whole = slice(start, len(text))
    if sections.is_section(name) or (number and len(name.split()) <= _LONGEST_NUMBERED):
        return [_Part(Meaning.CATEGORY, whole.start, whole.stop)]
    if outlets.of_heading(name):
        return [_Part(Meaning.SOURCE, whole.start, whole.stop)]
    return _scan(line_key(text)) or _dateline(text)


def _dateline(text: str) -> list[_Part] | None:
    """A day in words that only programs print, with the label of a moment or without one."""
    label, colon, _ = text.partition(":")
    key = letters(label)
    meaning = next((meaning for meaning, pattern in _MOMENT_LABELS if colon and pattern.fullmatch(key)), None)
    start = len(label) + 1 if meaning else 0
    if not is_dateline(text[start:]):
        return None
    return [_Part(meaning or Meaning.MOMENT, start, len(text), labelled=meaning is not None)]


def _named_section(text: str) -> list[_Part] | None:
    """«سرویس هواشناسی» beside other parts, where a section may have any name."""
    key = line_key(text)
    found = _SECTION_NAME.fullmatch(key.text)
    return [_placed(key, Meaning.CATEGORY, *found.span(1))] if found else None


def _scan(key: LineKey) -> list[_Part] | None:
    """The parts that fill a key from end to end, each the first of the tables that fits."""
    parts: list[_Part] = []
    place = 0
    while place < len(key.text):
        if key.text[place] in ": ":
            place += 1
            continue
        part, place = _next_part(key, place)
        if part is None:
            return None
        parts.append(part)
    return parts


def _next_part(key: LineKey, place: int) -> tuple[_Part | None, int]:
    for meaning, pattern in _LABELLED:
        if (found := pattern.match(key.text, place)) and found.end() > place:
            start, end = found.span(found.lastindex) if found.lastindex else (found.end(), found.end())
            is_whole = start < end or meaning not in _MOMENTS
            return _placed(key, meaning, start, end, labelled=is_whole), found.end()
    for meaning, pattern in _LOOSE:
        if (found := pattern.match(key.text, place)) and found.end() > place:
            return _placed(key, meaning, place, found.end()), found.end()
    return None, place


def _placed(key: LineKey, meaning: Meaning, start: int, end: int, *, labelled: bool = False) -> _Part:
    """A part of the key as a part of the line."""
    if start == end:
        after = key.at[end - 1] + 1
        return _Part(meaning, after, after, labelled)
    return _Part(meaning, key.at[start], key.at[end - 1] + 1, labelled)
